"""What a name means that no record bears: asked after a miss, of the index of medicines and of the codes that records hold.

A name of the index leads to the record of the same medicine, and says so; or to a medicine without a record. Nothing near is
ever taken for what was typed.
"""

from drugref import medicines, query
from drugref.errors import AmbiguousNameError, UnknownDrugError
from drugref.ndc import products_of
from drugref.text import name_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from drugref.medicines import Medicine
    from drugref.query import Found
    from drugref.store import Store


class Meant:
    """What a name means: a record, or a medicine that has none."""

    __slots__ = ("found", "kind", "medicine", "within")

    def __init__(self, found: "Found | None", medicine: "Medicine | None", kind: str, within: "tuple[Found, ...]" = ()) -> None:
        self.found = found
        """The record, if there is one."""
        self.medicine = medicine
        """The medicine of the index; None for a record that the index lacks, found by a code that it holds."""
        self.kind = kind
        """What kind of name led here: a value of ``medicines.NAME_KINDS``, or what a code is."""
        self.within = within
        """Of a medicine without a record, the records of combinations that it is part of."""


def find(name: str, stores: "list[Store]") -> "Found":
    """Return the record that a name leads to, by itself, as a code or through the index.

    Raises UnknownDrugError, with near names or the medicine that has no record, or AmbiguousNameError.
    """
    meant = _of_any(name, stores)
    if meant and meant.found:
        return meant.found
    if meant and meant.medicine:
        raise UnknownDrugError(name, (), meant.medicine.key)
    from drugref.suggest import near_names  # only a name that nobody knows pays for this

    raise UnknownDrugError(name, near_names(name, stores))


def is_recorded(name: str, stores: "list[Store]") -> bool:
    """Tell whether ``find`` finds a record; no near name is looked for. Raises AmbiguousNameError."""
    meant = _of_any(name, stores)
    return meant is not None and meant.found is not None


def _of_any(name: str, stores: "list[Store]") -> Meant | None:
    """Return what a name means, whether a record bears it or not; None if nobody knows it."""
    recorded = query.look_up(name, stores)
    return Meant(recorded, None, recorded.kind) if recorded else look_up(name, stores)


def look_up(name: str, stores: "list[Store]") -> Meant | None:
    """Return what a name means that no record bears; None if nobody knows it. Raises AmbiguousNameError."""
    owners = medicines.owners(name)
    by_code = [] if set(owners.values()) - {"UNII", "ATC code"} else _by_code(name, stores)
    if by_code:
        others = {medicine for medicine in owners if _record_of(medicines.by_key(medicine), stores) is None}
        inns = {found.inn for found, _ in by_code}
        if len(inns) > 1 or others:
            raise AmbiguousNameError(name, tuple(sorted(inns | others)))
        found, scheme = by_code[0]
        return Meant(found, None, scheme)
    if len(owners) > 1:
        raise AmbiguousNameError(name, tuple(sorted(owners)))
    for key, kind in owners.items():
        medicine = medicines.by_key(key)
        record = _record_of(medicine, stores)
        if record and kind == "INN":
            kind = "the same parts" if medicine.parts else "the only record of it"
        return Meant(record, medicine, kind, () if record else _within(medicine, stores))
    together = _combination(medicines.parts_of(name), stores)
    return Meant(together, None, "the same parts") if together else None


def _record_of(medicine: "Medicine", stores: "list[Store]") -> "Found | None":
    """Return the record of a medicine: by its key, by its parts, or by a name of which it is the only owner.

    Raises AmbiguousNameError where records of two salts, say, are as good.
    """
    if medicine.parts:
        return _combination(list(medicine.parts), stores)
    if found := query.look_up(medicine.key, stores):
        return found if _is_same(found, medicine) else None
    records: dict[str, Found] = {}
    for kind, name, _ in medicine.names:
        if kind not in ("brand", "code") and name not in medicine.shared:
            try:
                found = query.look_up(name, stores)
            except AmbiguousNameError:
                continue
            if found and _is_same(found, medicine):
                records.setdefault(name_key(found.inn), found)
    if len(records) > 1:
        raise AmbiguousNameError(medicine.key, tuple(sorted(found.inn for found in records.values())))
    return next(iter(records.values()), None)


def _is_same(found: "Found", medicine: "Medicine") -> bool:
    """Tell whether a record is of a medicine: whether its INN leads there in the index, or to nothing."""
    owners = medicines.owners(found.inn)
    return not owners or set(owners) == {medicine.key}


def combinations(stores: "list[Store]") -> "Iterator[tuple[Found, frozenset[str]]]":
    """Yield the records of combinations, with the keys of their parts; a part that the index lacks stands by its own name."""
    seen: set[str] = set()
    for store in stores:
        sql = "SELECT id, inn FROM drug WHERE inn LIKE '%/%' OR inn LIKE '%+%' OR inn LIKE '% and %' OR inn LIKE '%,%'"
        for number, inn in store.connection.execute(sql):
            parts = medicines.parts_of(inn)
            if parts and name_key(inn) not in seen:
                seen.add(name_key(inn))
                yield query.Found(store, number, inn, "combination", ()), frozenset(map(_part_key, parts))


def _part_key(part: str) -> str:
    """Return the key of a part; of a salt that the index lacks, that of what stands before its last word."""
    owners = medicines.owners(part) or medicines.owners(part.rpartition(" ")[0])
    return next(iter(owners)) if len(owners) == 1 else name_key(part)


def _combination(parts: "list[str]", stores: "list[Store]") -> "Found | None":
    wanted = frozenset(map(_part_key, parts))
    if len(wanted) < 2:
        return None
    return next((found for found, its in combinations(stores) if its == wanted), None)


def _within(medicine: "Medicine", stores: "list[Store]") -> "tuple[Found, ...]":
    return tuple(found for found, parts in combinations(stores) if medicine.key in parts)


_SHORTEST = 4
"""Shorter words are no code; PubChem's and RxNorm's first numbers would be found in too many places."""


def _by_code(name: str, stores: "list[Store]") -> "list[tuple[Found, str]]":
    """Return the records that hold a code, and what code it is."""
    code = name.strip()
    if code[:3].upper() == "NDC":
        code = code[3:].lstrip(" :#")
    if len(code) < _SHORTEST or not (any(char.isdigit() for char in code) and all(map(_is_of_code, code))):
        return []
    found: dict[str, tuple[Found, str]] = {}
    spellings = (code.casefold(), *products_of(code))
    sql = (
        "SELECT drug.id, drug.inn, code.scheme FROM code JOIN drug ON drug.id = code.drug"
        f" WHERE code.key IN ({', '.join('?' * len(spellings))}) ORDER BY drug.inn"
    )
    for position, store in enumerate(stores):
        for number, inn, scheme in store.connection.execute(sql, spellings):
            if not query.known_to_any(inn, stores[:position]):
                found.setdefault(name_key(inn), (query.Found(store, number, inn, scheme, ()), scheme))
    return list(found.values())


def _is_of_code(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char == "-")
