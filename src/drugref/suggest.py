"""Near names for a name that no database knows. They are shown, never used."""

from collections.abc import Iterable

from drugref.store import Store
from drugref.text import name_key

_LONGEST = 60
"""Longer input is no mistyped name; comparing it would only cost time."""
_LIKENESS = 68.0
"""Least likeness, of 100, of a name worth showing."""


def near_names(name: str, stores: Iterable[Store], limit: int = 3) -> tuple[str, ...]:
    """Return up to ``limit`` names that look or sound like ``name``, best first; behind one that is not the INN, the INN."""
    key = name_key(name)
    if not 2 <= len(key) <= _LONGEST:
        return ()
    from drugref.likeness import candidates, rank  # paid only after a miss

    shown: dict[str, str] = {}
    opened = list(stores)
    best = rank(key, {found for store in opened for found in candidates(store.connection, key, names=True)}, _LIKENESS, limit)
    for found in best:
        for store in opened:
            sql = "SELECT name.name, drug.inn FROM name JOIN drug ON drug.id = name.drug WHERE name.key = ?"
            for written, inn in store.connection.execute(sql, (found,)):
                shown.setdefault(found, written if name_key(inn) == found else f"{written} ({inn})")
    return tuple(shown.values())
