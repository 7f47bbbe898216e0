"""Lists of words, and the patterns made of them.

An entry of a list is a piece of a regular expression with its spaces as they are: ``patients?``. It never holds a group that is
read, nor an alternative outside brackets.
"""

import re


def entries(text: str) -> tuple[str, ...]:
    """Return the entries of a list that is written one a line, or a few that belong together on one, apart by semicolons.

    >>> entries("headaches?; migraine\\nsick rash")
    ('headaches?', 'migraine', 'sick rash')
    """
    return tuple(entry for line in text.splitlines() for part in line.split(";") if (entry := part.strip()))


def either(*lists: tuple[str, ...]) -> str:
    """Return a piece of a pattern for any entry of some lists; it can stand in a verbose pattern as well.

    >>> either(("a b", "c"))
    '(?:a\\\\ b|c)'
    """
    return f"(?:{'|'.join(entry for listed in lists for entry in listed)})".replace("\\ ", " ").replace(" ", "\\ ")


def words(*lists: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for any entry of some lists, as whole words in any case.

    >>> bool(words(("side effects?", "death")).search("Side effect (mild)")), bool(words(("death",)).search("deathly"))
    (True, False)
    """
    return re.compile(rf"\b{either(*lists)}(?!\w)", re.IGNORECASE)


def phrases(*lists: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for any entry of some lists, in any case, within words as well."""
    return re.compile(either(*lists), re.IGNORECASE)


_TOKEN = re.compile(r"\\.|\[(?:[^\]\\]|\\.)*\]|\(\?[=!<:][=!]?|.", re.DOTALL)
_REPEAT = re.compile(r"[*+?]\+?|\{(?P<least>\d*)(?:,\d*)?\}\+?")


def literals_in(entry: str) -> tuple[str, ...]:
    """Return letters in lower case of which any text that an entry matches holds some; an empty one where there are no such.

    >>> literals_in(r"\\bresponse rates?\\b"), literals_in(r"(?:was|were) not\\b"), literals_in(r"(?:no )?(?:rash|itch\\w+)")
    (('response rate',), (' not',), ('rash', 'itch'))
    """
    return _alternatives(entry, 0)[0]


def _alternatives(entry: str, at: int) -> tuple[tuple[str, ...], int]:
    """Return the letters of what stands before the next closing bracket, and the place behind that."""
    found: list[str] = []
    while True:
        letters, at = _sequence(entry, at)
        found += letters
        if entry[at : at + 1] != "|":
            return tuple(dict.fromkeys(found)), at + 1
        at += 1


def _sequence(entry: str, at: int) -> tuple[tuple[str, ...], int]:
    """Return the letters of one alternative that tell most, and the place behind it."""
    best: tuple[str, ...] = ("",)
    run = ""
    while at < len(entry) and entry[at] not in "|)":
        token = _TOKEN.match(entry, at)[0]  # type: ignore[index]  # any character is a token
        at += len(token)
        letters: tuple[str, ...] = (token.lower(),) if token.isalpha() or token in " -" else ("",)
        if token[0] == "(":
            letters, at = _alternatives(entry, at)
            letters = letters if token in ("(", "(?:") else ("",)
        repeat = _REPEAT.match(entry, at)
        at = repeat.end() if repeat else at
        if repeat and (repeat[0][0] in "*?" or repeat["least"] in ("", "0")):
            letters = ("",)
        run = run + letters[0] if len(letters) == 1 and letters[0] and not repeat and token[0] != "(" else ""
        best = max(best, letters, (run,), key=lambda told: min(map(len, told)))
    return best, at
