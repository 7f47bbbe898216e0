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
