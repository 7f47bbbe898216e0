"""Near names for a name that no database knows. They are shown, never used."""

from collections.abc import Iterable

from drugref.store import Store
from drugref.text import name_key

_LONGEST = 60
"""Longer input is no mistyped name; comparing it would only cost time."""
_LIKENESS = 68.0
"""Least likeness, of 100, of a name worth showing."""


_BORNE = 20
"""Most names of the index of one key, and longer ones, that are looked through."""
_INDEXED = 30
"""Most names of the index that are held against a name by sound as well."""


def _indexed(key: str) -> dict[str, str]:
    """Return names of the index of medicines that are spelled like a name, by their keys, as they are shown."""
    from drugref import medicines
    from drugref.likeness import alike

    # Names of other lengths cannot be alike enough.
    keys = medicines.keys_of_length(int(len(key) * _LIKENESS / 100), 1 + int(len(key) * 100 / _LIKENESS))
    shown: dict[str, str] = {}
    for place in alike(key, keys, _LIKENESS, _INDEXED):
        for found, medicine, _, written in medicines.beginning(keys[place], _BORNE):
            if found == keys[place]:
                shown.setdefault(found, written if written == medicine else f"{written} ({medicine})")
    return shown


def _meant(shown: str) -> str:
    return shown.rpartition(" (")[2].rstrip(")")


def near_names(name: str, stores: Iterable[Store], limit: int = 3) -> tuple[str, ...]:
    """Return up to ``limit`` names that look or sound like ``name``, best first; behind one that is not the INN, the INN."""
    key = name_key(name)
    if not 2 <= len(key) <= _LONGEST:
        return ()
    from drugref.likeness import candidates, rank, sound_of  # paid only after a miss

    shown: dict[str, str] = {}
    opened = list(stores)
    recorded = {found for store in opened for found in candidates(store.connection, key, names=True)}
    indexed = _indexed(key)
    best = rank(key, recorded | {(found, sound_of(found)) for found in indexed}, _LIKENESS, limit)
    for found in best:
        for store in opened:
            sql = "SELECT name.name, drug.inn FROM name JOIN drug ON drug.id = name.drug WHERE name.key = ?"
            for written, inn in store.connection.execute(sql, (found,)):
                shown.setdefault(found, written if name_key(inn) == found else f"{written} ({inn})")
        written = indexed.get(found)
        if written and not any(_meant(written) == _meant(other) for other in shown.values()):
            shown.setdefault(found, written)  # one name of a medicine is hint enough
    return tuple(shown.values())
