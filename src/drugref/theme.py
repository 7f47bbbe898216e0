"""How each role of a page's text looks on a terminal, and what a user may make of it with ``DRUGREF_COLORS``.

A terminal's background is not known, and its sixteen colours differ: no foreground of theirs is readable on every ground. So
text keeps the terminal's own colour, and weight tells roles apart; what warns of danger brings its ground along. Two further
themes, for grounds that the user knows, have hues. ``tests/test_theme.py`` computes the contrasts.
"""

SAFE: "dict[str, str]" = {
    "plain": "",
    "dim": "",
    "strong": "bold",
    "accent": "bold",
    "warn": "bold",
    "danger": "bold bright_white on red",
    "cite": "dim",
    "words": "italic",
    "bar": "",
}
"""Styles by role. ``dim`` text qualifies a fact and has to be read with it; citations alone may be faint."""

THEMES: "dict[str, dict[str, str]]" = {
    "safe": SAFE,
    "dark": {**SAFE, "accent": "bold bright_cyan", "warn": "bright_yellow", "bar": "cyan"},
    "light": {**SAFE, "accent": "bold blue", "warn": "bold magenta", "bar": "blue"},
}
"""Themes by name: readable on every ground; on black; on white."""

_HUES = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
COLORS: "tuple[str, ...]" = (*_HUES, *(f"bright_{hue}" for hue in _HUES))
ATTRIBUTES = ("bold", "dim", "italic", "underline", "reverse")


def read(text: str) -> "tuple[dict[str, str], list[str]]":
    """Return the styles that a value of ``DRUGREF_COLORS`` asks for, and a remark on each part of it that makes no sense.

    The parts stand between colons: a theme's name, or ``role=style``; a style is words, ``none`` for the text's own look.

    >>> read("dark:bar=green")[0]["bar"]
    'green'
    """
    styles, remarks = dict(SAFE), []
    for part in filter(None, text.split(":")):
        role, given, style = part.partition("=")
        if not given and part in THEMES:
            styles.update(THEMES[part])
        elif role in SAFE and style.strip() and _is_style(style.split()):
            styles[role] = "" if style.split() == ["none"] else " ".join(style.split())
        else:
            remarks.append(f"DRUGREF_COLORS: {part[:40]!r} is neither a theme ({', '.join(THEMES)}) nor ROLE=STYLE; ignored")
    return styles, remarks


def _is_style(words: "list[str]") -> bool:
    """Tell whether words are a style: attributes, a colour, ``on`` and a colour behind it."""
    if words == ["none"]:
        return True
    if "on" in words:
        place = words.index("on")
        if len(words) != place + 2 or words[-1] not in COLORS:
            return False
        words = words[:place]
    hues = [word for word in words if word not in ATTRIBUTES]
    return len(hues) <= 1 and all(hue in COLORS for hue in hues)
