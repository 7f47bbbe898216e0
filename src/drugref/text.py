"""Text as users type it and as terminals may show it: keys of names, safe and printable forms."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_DROPPED = frozenset("'\"`.,;()/+·•*®™ʹʺ′″‘’“”´")
_DROPPED_ASCII = dict.fromkeys(map(ord, " -'\"`.,;()/+*"))
# Bidirectional controls reorder what a reader sees; U+FEFF and U+2028/9 break lines or hide.
_UNSAFE_FORMAT = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u2028\u2029")


def is_unsafe(char: str) -> bool:
    """Tell whether a character may not reach a terminal: control, surrogate or bidirectional control."""
    if char.isprintable():
        return False
    import unicodedata  # a look-up of plain text needs none of it

    return char in _UNSAFE_FORMAT or unicodedata.category(char) in ("Cc", "Cs")


def name_key(name: str) -> str:
    """Return the key under which a drug's name is found, or ``""`` if it can be no name.

    Case, accents, spaces, hyphens, quotation marks and the like do not count; everything else does. A name with a control
    character or an undecodable byte has no key, so that it is never taken for the name without it.

    >>> name_key("Élan-Vital") == name_key("elan vital"), name_key("bac\\x07lofen")
    (True, '')
    """
    if name.isascii():
        if name.isalnum():
            return name.lower()
        if name.isprintable():
            return name.lower().translate(_DROPPED_ASCII)
    if any(is_unsafe(char) for char in name.strip()):
        return ""
    import unicodedata

    # Decomposing can bring capitals to light and folding accents, so each is done until both have had their say.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold()).casefold()
    kept = []
    for char in folded:
        category = unicodedata.category(char)
        if category[0] in "MZ" or category in ("Pd", "Cf") or char in _DROPPED or char == "\u2044":
            continue
        kept.append(char)
    return "".join(kept)


def phrase_key(text: str) -> str:
    """Return the key under which a term meets itself: case, accents, punctuation and a plural s do not count.

    >>> phrase_key("Stevens–Johnson syndrome") == phrase_key("stevens-johnson syndromes")
    True
    """
    if text.isascii():
        return " ".join(map(_singular, text.translate(_PHRASE_ASCII).split()))
    import unicodedata

    folded = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(char if char.isalnum() else "" if unicodedata.combining(char) else " " for char in folded)
    return " ".join(_singular(word) for word in kept.split())


_PHRASE_ASCII = [char.lower() if (char := chr(code)).isalnum() else " " for code in range(128)]


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] not in "sui" else word


def slug(name: str) -> str:
    """Return a name as a bare TOML key: lower case, words joined by hyphens.

    >>> slug("Valproic acid")
    'valproic-acid'
    """
    if name.isascii() and name.isalnum():
        return name.lower()
    import unicodedata

    folded = unicodedata.normalize("NFKD", name).casefold()
    kept = "".join(char if char.isascii() and char.isalnum() else " " for char in folded if not unicodedata.combining(char))
    return "-".join(kept.split())


def printable(text: str, limit: int = 0) -> str:
    """Return text fit for one line of a terminal: unsafe characters as escapes, cut to ``limit`` characters if given."""
    if limit and len(text) > limit:
        text = text[: limit - 1] + "…"
    if text.isprintable():
        return text
    return "".join(_escaped(char) if is_unsafe(char) else char for char in text)


def _escaped(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def shown_row(row: str) -> str:
    """Return a line of tab-separated cells fit for any output: its tabs stay, every other unsafe character is an escape."""
    if row.replace("\t", "").isprintable():
        return row
    return "\t".join(map(printable, row.split("\t")))


def shown_json(text: str) -> str:
    """Return JSON on one line fit for any output: unsafe characters, which only strings hold, as JSON's own escapes."""
    if text.isprintable():
        return text
    return "".join(f"\\u{ord(char):04x}" if is_unsafe(char) else char for char in text)


def dumps(value: object) -> str:
    """Return JSON in the one form that drugref prints, of what JSON knows."""
    global _encode
    if _encode is None:
        import json  # costs more than all the rest of a look-up that needs none

        _encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    return _encode(value)


_encode: "Callable[[object], str] | None" = None


def one_line(text: str) -> str:
    """Return a value as a cell of tab-separated output: tabs and line breaks become spaces."""
    return text if text.isprintable() or not any(char in text for char in "\t\n\r\v\f") else " ".join(text.split())


def clean(text: str) -> str:
    """Return foreign text as records may hold it: one line, single spaces, NFC, nothing invisible; "" if nothing is left.

    >>> clean(" 5\\u00a0% \\n of\\u200b patients\\x07")
    '5 % of patients'
    """
    import unicodedata

    line = " ".join(text.split())
    if not line.isprintable():
        line = "".join(char for char in line if unicodedata.category(char) not in ("Cc", "Cf", "Cs"))
        line = " ".join(line.split())
    return line if line.isascii() else unicodedata.normalize("NFC", line)


def tab_row(cells: tuple[str, ...]) -> str:
    """Return cells as a line of tab-separated output, without its end."""
    return "\t".join(cells if "".join(cells).isprintable() else map(one_line, cells))


_ASCII = str.maketrans(
    {
        "–": "-", "—": "-", "‑": "-", "−": "-", "≥": ">=", "≤": "<=", "·": "-", "…": "...", "’": "'", "‘": "'",
        "“": '"', "”": '"', "′": "'", "″": '"', "±": "+/-", "µ": "u", "μ": "u", "×": "x", "→": "->", "\u00a0": " ",
        "\u202f": " ", "\u2009": " ", "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "ω": "omega",
        "✗": "x", "▲": "^", "█": "#", "▉": "#", "▊": "#", "▋": "#", "▌": "#", "▍": "#", "▎": "#", "▏": "#", "ß": "ss",
        "œ": "oe", "æ": "ae", "®": "(R)", "™": "(TM)",
    }
)  # fmt: skip


def to_ascii(text: str) -> str:
    """Return text in ASCII alone: usual spellings for the signs we use, accents dropped, ``?`` for the rest."""
    if text.isascii():
        return text
    import unicodedata

    plain = unicodedata.normalize("NFKD", text.translate(_ASCII))
    return "".join(char for char in plain if not unicodedata.combining(char)).encode("ascii", "replace").decode("ascii")
