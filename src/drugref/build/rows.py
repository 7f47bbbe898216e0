"""From the walk over a drug to what the store keeps ready: rows of the fixed columns, passages to search, and JSON."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from drugref.bands import BANDS
from drugref.codec import json_of, record_json
from drugref.columns import TABLE_OF
from drugref.facts import (
    Fact,
    class_text,
    joined,
    kinds_of,
    limits_of,
    nothing_recorded,
    phrases,
    scope_of,
    sections_text,
    status_text,
    text_of,
)
from drugref.model import Database, Drug, Passage, SideEffect, Source
from drugref.parts import LABEL_TEXT, NOTHING, NOTHING_KIND, PASSAGES
from drugref.spec import COLUMNS


class Row(NamedTuple):
    """One line of a command's table: its cells, its JSON, and what it is filtered by."""

    cells: tuple[str, ...]
    """Cells in the order of the columns."""
    json: str
    """The fact as JSON output gives it, with the drug that it belongs to."""
    rank: int | None = None
    """Rank of the most frequent band possible, or of the kind of use or risk; look-ups filter and sort by it."""
    least: int | None = None
    """Rank of the least frequent band possible; that of other facts is their only one."""
    serious: bool = False
    """Whether a side effect is serious."""
    empty: bool = False
    """Whether it only says that nothing is recorded."""
    fact: Fact | None = None
    """The fact that it tells, where search finds it by that."""


def tables(drug: Drug, sources: dict[str, Source], walked: Iterable[Fact]) -> dict[str, list[Row]]:
    """Return the rows of every command's table of a drug; ``sources`` are those that it cites, ``walked`` its facts."""
    found: dict[str, list[Row]] = {command: [] for command in TABLE_OF.values()}
    for fact in walked:
        command = TABLE_OF.get(fact.part.name)
        if command and not (fact.empty and command != fact.part.name):
            found[command].append(_row(drug.inn, fact, COLUMNS[command]))
    found["list"] = [_listed(drug)]
    found["sources"] = list(_sources(drug, sources))
    return found


def _row(inn: str, fact: Fact, columns: tuple[str, ...]) -> Row:
    if fact.empty:
        cells = (inn, NOTHING_KIND, NOTHING) + ("",) * (len(columns) - 3)
        return Row(cells, _json(inn, {"nothing_recorded": fact.part.name}), empty=True)
    # Of two attributes in one table the row first says which; within one it says the kind.
    told = fact.part.fixed if fact.part.kind and fact.part.fixed else fact.kind
    cells = (inn, told, fact.item, *[tell(fact) for tell in _tellers(fact.record.__class__, columns)])
    lead = {"kind": told} if fact.part.fixed or fact.is_text else {}
    serious = getattr(fact.record, "serious", False)
    rank = _rank(fact)
    least = BANDS.index(fact.record.least) if isinstance(fact.record, SideEffect) else rank
    return Row(cells, _json(inn, fact.record, lead), rank, least, serious, fact=None if fact.is_text else fact)


_SORTS = ("type", "basis")
"""Columns that say of what sort a fact is; of a label's text, that nobody sorted it."""


@cache
def _tellers(kind: type, columns: tuple[str, ...]) -> list[Callable[[Fact], str]]:
    """Return what gives the cells of a kind of record, from the fourth column on."""
    return [_teller(column, is_text=kind is Passage, is_scoped=hasattr(kind, "route")) for column in columns[3:]]


def _teller(column: str, *, is_text: bool, is_scoped: bool) -> Callable[[Fact], str]:
    if column == "source":
        return lambda fact: joined(fact.record.sources)
    if is_text:
        cell = LABEL_TEXT if column in _SORTS else ""
        return lambda fact: fact.detail if column == "detail" else cell
    if column == "detail":
        # Limits have columns of their own where a claim has a scope; nothing is told twice.
        return (lambda fact: fact.record.detail or "") if is_scoped else (lambda fact: fact.detail)
    if column == "population" and is_scoped:
        return lambda fact: scope_of(fact.record)
    if column in ("low", "high"):
        return lambda fact: _percent(getattr(fact.record.incidence, column, None))
    return lambda fact: _word(column, getattr(fact.record, column))


def _percent(figure: float | None) -> str:
    return "" if figure is None else f"{figure:.6f}".rstrip("0").rstrip(".")


def _word(column: str, value: Any) -> str:
    return value if value.__class__ is str else column * value if isinstance(value, bool) else text_of(value)


_RISKS = ("contraindication", "caution", "self-care")


def _rank(fact: Fact) -> int | None:
    """Return the place of a fact among the kinds of its table, the weightiest first; a label's text comes after all."""
    if fact.part.fixed in _RISKS:
        return _RISKS.index(fact.part.fixed)
    kinds = kinds_of(fact.part)
    if not kinds:
        return None
    return len(kinds) if fact.is_text else kinds.index(fact.kind)


def _json(inn: str, data: Any, lead: dict[str, str] | None = None) -> str:
    head = json_of({"drug": inn, **lead} if lead else {"drug": inn})
    return f"{head[:-1]},{json_of(data)[1:]}"


def _listed(drug: Drug) -> Row:
    names = tuple(name.name for name in drug.names)
    atc = tuple(code.code for code in drug.atc)
    data = {
        "class": drug.drug_class.path if drug.drug_class else (),
        "atc": atc,
        "status": drug.status,
        "names": drug.names,
        "summary": drug.summary.text if drug.summary else None,
        "reviewed": drug.reviewed,
    }
    cells = (drug.inn, class_text(drug), joined(atc), status_text(drug), joined(names))
    return Row(cells, _json(drug.inn, data))


def _sources(drug: Drug, sources: dict[str, Source]) -> Iterator[Row]:
    for key, source in sources.items():
        cells = (drug.inn, key, source.kind, source.title, source.locator, source.licence, source.retrieved.isoformat())
        yield Row(cells, _json(drug.inn, source, {"source": key}))


def passages(drug: Drug, rows: dict[str, list[Row]], walked: Iterable[Fact]) -> Iterator[tuple[str, int, str, str]]:
    """Yield what full-text search finds of a drug: which of ``PASSAGES``, its place in the part, term, and detail.

    The place of a fact that a command's table holds is that of its row there.
    """
    yield "name", 0, ", ".join([drug.inn, *(name.name for name in drug.names), *(code.code for code in drug.atc)]), ""
    for table in rows.values():
        for order, row in enumerate(table):
            if row.fact:
                yield row.fact.part.name, order, _term(row.fact), _limits(row.fact.record)
    for fact in walked:
        if fact.is_text:
            yield "text", fact.number, phrases(fact.detail, fact.item), ""
        elif fact.part.name in PASSAGES and fact.part.name not in TABLE_OF and fact.part.name != "name":
            yield fact.part.name, fact.number, fact.item, ""


def _term(fact: Fact) -> str:
    return f"{fact.item} {fact.record.action}" if fact.part.fixed == "target" else fact.item


def _limits(record: Any) -> str:
    return limits_of(record) if hasattr(record, "route") else phrases(getattr(record, "detail", None))


_CODES = {"unii": "UNII", "cas": "CAS", "rxcui": "RxCUI", "chembl": "ChEMBL", "pubchem": "PubChem", "ndc": "NDC"}
_SET_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def codes(drug: Drug, sources: dict[str, Source]) -> Iterator[tuple[str, str]]:
    """Yield the codes by which a record is found, case-folded, and what each is: its own, and its labels' set ids."""
    for entry in drug.identifiers:
        if entry.scheme in _CODES:
            yield entry.value.casefold(), _CODES[entry.scheme]
    for atc in drug.atc:
        yield atc.code.casefold(), "ATC code"
    for source in sources.values():
        for set_id in _SET_ID.findall(source.locator.casefold()):
            yield set_id, "set id"


def record(key: str, drug: Drug, sources: dict[str, Source], database: Database, walked: Iterable[Fact]) -> str:
    """Return the whole record as JSON output gives it."""
    rest = json_of({"nothing_recorded": nothing_recorded(walked), "sources": sources, "database": database})
    return f"{json_of({'id': key})[:-1]},{record_json(drug)[1:-1]},{rest[1:]}"


def long_form(drug: Drug, sources: dict[str, Source], database: Database, walked: Iterable[Fact]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of ``show``, in the page's order, beginning with the name."""
    told: Iterable[tuple[str, str, str, str, tuple[str, ...]]] = (
        ("name", "inn", drug.inn, "", ()),
        *((fact.part.name, fact.kind, fact.item, fact.detail, fact.sources) for fact in walked),
        *(("related", "", name, "", ()) for name in drug.related),
        *(("sources", source.kind, source.title, source.locator, (key,)) for key, source in sources.items()),
        *([("sections", "", sections_text(drug), "", ())] if drug.sections else []),
        ("reviewed", "", drug.reviewed.isoformat() if drug.reviewed else "not yet reviewed", "", ()),
        ("database", "", database.name, database.version, ()),
    )
    for part, group, item, detail, cited in told:
        yield drug.inn, part, group, item, detail, joined(cited)
