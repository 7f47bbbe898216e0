"""Near names for a name that no database knows. They are shown, never used."""

from collections.abc import Iterable

from drugref.store import Store
from drugref.text import name_key

_LONGEST = 60
"""Longer input is no mistyped name; comparing it would only cost time."""
_LIKENESS = 72.0
"""Least likeness, of 100, of a name worth showing."""


def near_names(name: str, stores: Iterable[Store], limit: int = 3) -> tuple[str, ...]:
    """Return up to ``limit`` names that look like ``name``, best first; a name that is not the INN with the INN behind it."""
    key = name_key(name)
    if not 2 <= len(key) <= _LONGEST:
        return ()
    from rapidfuzz import fuzz, process  # 14 ms, paid only after a miss

    shown: dict[str, str] = {}
    for store in stores:
        sql = "SELECT name.key, name.name, drug.inn FROM name JOIN drug ON drug.id = name.drug ORDER BY name.kind = 'inn'"
        for found, written, inn in store.connection.execute(sql):
            shown[found] = written if name_key(inn) == found else f"{written} ({inn})"
    best = process.extract(key, shown.keys(), scorer=fuzz.ratio, score_cutoff=_LIKENESS, limit=limit)
    return tuple(shown[found] for found, _, _ in best)
