"""Look-ups on compiled databases: names to drugs, drugs to facts. Rows come back as they will be printed."""

from drugref import sqlite
from drugref.bands import BANDS, at_least
from drugref.columns import FACT_TABLES
from drugref.errors import AmbiguousNameError
from drugref.store import Store
from drugref.text import name_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any


class Found:
    """A drug that a name led to."""

    __slots__ = ("also", "id", "inn", "kind", "store")

    def __init__(self, store: Store, id: int, inn: str, kind: str, also: tuple[str, ...]) -> None:
        self.store = store
        """The database that answers."""
        self.id = id
        """Number of the drug in it."""
        self.inn = inn
        """The drug's INN."""
        self.kind = kind
        """What kind of name it was that led here; ``inn`` for the INN."""
        self.also = also
        """Names of further databases that know the drug."""


class Filter:
    """Which facts of a part are wanted; a plain one wants all."""

    __slots__ = ("absolute", "bands", "serious")

    def __init__(self, bands: "Iterable[int]" = (), serious: bool = False, absolute: bool = False) -> None:
        self.bands = tuple(sorted(set(bands)))
        """Ranks of the frequency bands wanted, of which a claim may be; none stands for all."""
        self.serious = serious
        """Whether only serious effects are wanted."""
        self.absolute = absolute
        """Whether contraindications are wanted without cautions."""

    def __bool__(self) -> bool:
        return bool(self.bands) or self.serious or self.absolute

    def takes(self, most: int, least: int) -> bool:
        """Tell whether a claim is wanted that may be of the bands from ``most`` to ``least``."""
        return not self.bands or any(most <= band <= least for band in self.bands)

    def condition(self) -> str:
        """Return the SQL that narrows a look-up; made of whole numbers only."""
        sql = ""
        if self.bands:
            # A claim is taken in if one of the bands that it may be of was asked for.
            sql += " AND (" + " OR ".join(f"rank <= {band} AND least >= {band}" for band in self.bands) + ")"
        if self.serious:
            sql += " AND serious = 1"
        if self.absolute:
            sql += " AND rank = 0"
        return sql


def filter_of(values: "dict[str, Any]") -> Filter:
    """Return which facts of a part the options of a command want; the flags for bands add up."""
    chosen = set(values.get("frequency") or ())
    for flag, its_bands in _FLAGS.items():
        if values.get(flag):
            chosen |= its_bands
    if values.get("at_least"):
        chosen.update(at_least(values["at_least"]))
    ranks = (BANDS.index(band) for band in chosen)
    return Filter(ranks, bool(values.get("serious")), bool(values.get("absolute")))


_FLAGS = {"common": {"very-common", "common"}, "uncommon": {"uncommon"}, "rare": {"rare", "very-rare"}}


def list_filter(
    class_: "Callable[[str, list[str]], bool] | None", atc: str | None, status: str | None
) -> "Callable[[tuple[str, str, int]], bool]":
    """Return what tells whether a row of ``list`` is wanted: by drug and class, by how an ATC code begins, by a status."""
    if class_ is None and not (atc or status):
        return lambda row: True
    import json  # only a filter asks the data

    def keep(row: tuple[str, str, int]) -> bool:
        listed = json.loads(row[1])
        return (
            (class_ is None or class_(listed["drug"], listed["class"]))
            and (not atc or any(code.startswith(atc.upper()) for code in listed["atc"]))
            and (not status or any(entry["status"] == status for entry in listed["status"]))
        )

    return keep


def look_up(name: str, stores: "list[Store]") -> Found | None:
    """Return the drug that a name means in the first database that knows it; None if none does.

    Raises AmbiguousNameError.
    """
    key = name_key(name)
    sql = "SELECT drug.id, drug.inn, name.kind FROM name JOIN drug ON drug.id = name.drug WHERE name.key = ?"
    for position, store in enumerate(stores if key else ()):
        rows = store.connection.execute(sql, (key,)).fetchall()
        owners = {row[0] for row in rows}
        exact = [row for row in rows if row[2] == "inn"]
        if len(owners) > 1 and len({row[0] for row in exact}) != 1:
            raise AmbiguousNameError(name, tuple(sorted({row[1] for row in rows})))
        if rows:
            number, inn, kind = (exact or rows)[0]
            return Found(store, number, inn, kind, _also(inn, stores[position + 1 :]))
    return None


def names_of(found: Found) -> "list[str]":
    """Return the names of a drug by which records of other drugs may mean it, its INN first."""
    sql = "SELECT name FROM name WHERE drug = ? AND kind != 'chemical' ORDER BY kind != 'inn', key"
    return [str(row[0]) for row in found.store.connection.execute(sql, (found.id,))]


def classes_of(found: Found) -> "list[str]":
    """Return the classes of a drug, from broad to narrow."""
    (row, _, _), *_ = facts("list", found, Filter())
    return [name for name in row.split("\t")[1].split(" > ") if name]


def also(drug: Found, stores: "list[Store]") -> tuple[str, ...]:
    """Return the names of the further databases that know a drug."""
    return _also(drug.inn, stores[stores.index(drug.store) + 1 :])


def _also(inn: str, stores: "list[Store]") -> tuple[str, ...]:
    return tuple(store.meta("name") for store in stores if knows(store, inn))


def knows(store: Store, inn: str) -> bool:
    """Tell whether a database knows a drug by this INN, whatever it calls it."""
    sql = "SELECT 1 FROM name WHERE key = ? LIMIT 1"
    return store.connection.execute(sql, (name_key(inn),)).fetchone() is not None


def facts(part: str, found: Found, wanted: Filter) -> "list[tuple[str, str, int]]":
    """Return the facts of one part of a drug: row, JSON, and whether it only says that nothing is recorded."""
    sql = "SELECT row, json, empty FROM fact WHERE part = ? AND drug = ?" + wanted.condition() + " ORDER BY ord"
    return found.store.connection.execute(sql, (FACT_TABLES.index(part), found.id)).fetchall()


def all_facts(part: str, stores: "list[Store]", wanted: Filter) -> "Iterator[tuple[str, str, int]]":
    """Yield the facts of one part of every drug; a drug that an earlier database knows comes from there alone."""
    sql = "SELECT row, json, empty, drug FROM fact WHERE part = ?" + wanted.condition() + " ORDER BY drug, ord"
    for position, store in enumerate(stores):
        hidden = _hidden(store, stores[:position])
        for row, json, empty, drug in store.connection.execute(sql, (FACT_TABLES.index(part),)):
            if drug not in hidden:
                yield row, json, empty


def without_facts(part: str, stores: "list[Store]") -> "list[str]":
    """Return the INNs of drugs of which nothing is recorded in a part."""
    sql = "SELECT drug.id, drug.inn FROM fact JOIN drug ON drug.id = fact.drug WHERE part = ? AND ord = 0 AND empty = 1"
    names: list[str] = []
    for position, store in enumerate(stores):
        hidden = _hidden(store, stores[:position])
        rows = store.connection.execute(sql, (FACT_TABLES.index(part),))
        names += [inn for number, inn in rows if number not in hidden]
    return names


def unsorted(part: str, stores: "list[Store]") -> int:
    """Return the number of drugs of which a part holds a label's text and nothing that a filter could sort."""
    if part != "side-effects":
        return 0
    sql = "SELECT drug FROM fact WHERE part = ? AND ord = 0 AND rank = ?"
    values = (FACT_TABLES.index(part), len(BANDS))
    count = 0
    for position, store in enumerate(stores):
        hidden = _hidden(store, stores[:position])
        count += sum(number not in hidden for (number,) in store.connection.execute(sql, values))
    return count


def all_drugs(stores: "list[Store]") -> "Iterator[Found]":
    """Yield every drug once, from the first database that knows it."""
    for position, store in enumerate(stores):
        hidden = _hidden(store, stores[:position])
        for number, inn in store.connection.execute("SELECT id, inn FROM drug ORDER BY id"):
            if number not in hidden:
                yield Found(store, number, inn, "inn", ())


def known_to_any(inn: str, stores: "list[Store]") -> bool:
    """Tell whether one of some databases knows a drug by this INN."""
    return any(knows(store, inn) for store in stores)


def _hidden(store: Store, earlier: "list[Store]") -> set[int]:
    if not earlier:
        return set()
    drugs = store.connection.execute("SELECT id, inn FROM drug")
    return {number for number, inn in drugs if known_to_any(inn, earlier)}


def record(found: Found) -> str:
    """Return the whole record of a drug as JSON."""
    return _one(found, "SELECT json FROM drug WHERE id = ?")


def long_form(found: Found) -> str:
    """Return the rows of ``show``, joined by line breaks."""
    return _one(found, "SELECT long FROM drug WHERE id = ?")


def _one(found: Found, sql: str) -> str:
    row = found.store.connection.execute(sql, (found.id,)).fetchone()
    if row is None:
        raise sqlite.DatabaseError("a name without its drug")
    return str(row[0])
