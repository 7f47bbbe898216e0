"""Patterns written as lists of words."""

import re


def words(*lists: str) -> re.Pattern[str]:
    """Return a pattern for any of the alternatives, separated by semicolons, as whole words in any case.

    >>> bool(words("side effects?; death").search("Side effect (mild)")), bool(words("death").search("deathly"))
    (True, False)
    """
    return re.compile(rf"\b(?:{_alternatives(lists)})(?!\w)", re.IGNORECASE)


def phrases(*lists: str) -> re.Pattern[str]:
    """Return a pattern for any of the alternatives, separated by semicolons, in any case."""
    return re.compile(_alternatives(lists), re.IGNORECASE)


def _alternatives(lists: tuple[str, ...]) -> str:
    return "|".join(item.strip() for part in lists for item in part.split(";") if item.strip())
