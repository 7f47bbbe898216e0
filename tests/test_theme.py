"""Colours that can be read: contrast on the palettes that people have, and themes of their own.

Ratios are those of WCAG 2.2. What cannot reach 4.5 is held to what a palette's own text reaches: Solarized's has 4.1.
"""

from itertools import product

import pytest

from drugref.theme import COLORS, SAFE, THEMES, read
from tests.conftest import Cli

PALETTES = {
    "xterm": "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff",
    "VGA": "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa 555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff",
    "Solarized": "073642 dc322f 859900 b58900 268bd2 d33682 2aa198 eee8d5 002b36 cb4b16 586e75 657b83 839496 6c71c4 93a1a1 fdf6e3",
    "GNOME": "171421 c01c28 26a269 a2734c 12488b a347ba 2aa1b3 d0cfcc 5e5c64 f66151 33da7a e9ad0c 2a7bde c061cb 33c7de ffffff",
    "Tango": "2e3436 cc0000 4e9a06 c4a000 3465a4 75507b 06989a d3d7cf 555753 ef2929 8ae234 fce94f 729fcf ad7fa8 34e2e2 eeeeec",
    "Windows": "0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc 767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2",
    "macOS": "000000 990000 00a600 999900 0000b2 b200b2 00a6b2 bfbfbf 666666 e50000 00d900 e5e500 0000ff e500e5 00e5e5 e5e5e5",
}
"""The sixteen colours of usual terminals, in the order of their codes."""
GROUNDS = {
    "xterm": {"light": ("000000", "ffffff"), "dark": ("e5e5e5", "000000")},
    "VGA": {"dark": ("aaaaaa", "000000")},
    "Solarized": {"light": ("657b83", "fdf6e3"), "dark": ("839496", "002b36")},
    "GNOME": {"light": ("171421", "ffffff"), "dark": ("d0cfcc", "171421")},
    "Tango": {"light": ("000000", "ffffff"), "dark": ("eeeeec", "300a24")},
    "Windows": {"dark": ("cccccc", "0c0c0c")},
    "macOS": {"light": ("000000", "ffffff"), "dark": ("ffffff", "1e1e1e")},
}
"""Their text and ground."""
SETTINGS = [(palette, ground) for palette, grounds in GROUNDS.items() for ground in grounds]


def luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def shown(style: str, palette: str, ground: str) -> float:
    """Return the contrast at which a palette shows a style."""
    codes = dict(zip(COLORS, PALETTES[palette].split(), strict=True))
    text, behind = GROUNDS[palette][ground]
    before, _, after = style.partition("on ")
    hues = [codes[word] for word in before.split() if word in codes]
    return contrast(hues[0] if hues else text, codes[after] if after else behind)


@pytest.mark.parametrize(("palette", "ground"), SETTINGS)
def test_the_usual_theme_is_readable_everywhere(palette: str, ground: str) -> None:
    least = min(4.5, *(contrast(*pair) for pair in GROUNDS[palette].values()))
    for role, style in SAFE.items():
        assert shown(style, palette, ground) >= least, role


@pytest.mark.parametrize(("palette", "ground"), [pair for pair in SETTINGS if pair[0] != "Solarized"])
def test_a_theme_for_a_ground_is_readable_on_it(palette: str, ground: str) -> None:
    for role, style in THEMES[ground].items():
        assert shown(style, palette, ground) >= 4.5, role


def test_citations_alone_are_faint() -> None:
    assert {role for styles in THEMES.values() for role, style in styles.items() if "dim" in style.split()} == {"cite"}


def test_a_value_is_a_theme_and_changes_to_it() -> None:
    styles, remarks = read("dark:bar=bold green on black:cite=none")
    assert (styles["accent"], styles["bar"], styles["cite"]) == (THEMES["dark"]["accent"], "bold green on black", "")
    assert remarks == []


@pytest.mark.parametrize(
    "value",
    ["gaudy", "warn", "warn=", "nosuch=red", "warn=conceal", "warn=red green", "warn=on", "warn=red on", "warn=link x", "=red"],
)
def test_what_makes_no_sense_is_said_and_left(value: str) -> None:
    styles, remarks = read(value)
    assert styles == SAFE
    assert len(remarks) == 1


def test_it_is_said_once(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = cli("uses", "inaperisone", "-f", "table", "--color", "always")
    monkeypatch.setenv("DRUGREF_COLORS", "gau\x1bdy")
    code, out, err = cli("uses", "inaperisone", "-f", "table", "--color", "always")
    assert (code, out) == usual[:2]
    assert err.count("DRUGREF_COLORS") == err.count("\n") == 1
    assert "\x1b" not in err
    assert cli("uses", "inaperisone", "-f", "table")[2] == ""


def test_a_theme_is_followed(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRUGREF_COLORS", "accent=green:words=reverse")
    out = cli("uses", "inaperisone", "-f", "table", "--color", "always")[1]
    assert "\x1b[32mUSES\x1b[0m" in out
    assert "\x1b[7m" in out


def test_space_is_not_painted(cli: Cli) -> None:
    out = cli("show", "baclofen", "-f", "table", "--color", "always")[1]
    assert "\x1b[1;97;41m" in out
    assert all(f"{space}\x1b[0m" not in out for space in ("\x1b[1;97;41m ", "! "))


def test_there_are_palettes() -> None:
    assert all(len(colors.split()) == 16 for colors in PALETTES.values())
    assert len(list(product(THEMES, SETTINGS))) > 20
