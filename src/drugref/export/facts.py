"""The facts of a record as rows of one shape, which every format reads.

A row has columns that all facts share, and the attributes of the model under their own names: what an attribute holds that is
not the item, the kind or the detail of its fact. They follow from the model, so that no attribute is left out.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from drugref.facts import Fact, sections_text, sourced, walk
from drugref.library import Record
from drugref.model import Drug, Incidence, Quantity, Source, Sources
from drugref.parts import PARTS, Part
from drugref.text import slug

Row = dict[str, Any]
"""A fact by column, or what stands in a cell that holds records of its own."""


class Column(NamedTuple):
    """A column: the type of its values, and what they mean."""

    hint: Any
    """Type of a value; ``Nested`` for a list of records."""
    meaning: str = ""
    """What it means; "" if ``attribute`` says it."""
    attribute: tuple[type, str] | None = None
    """The record of the model and its attribute that it comes from, whose description holds for it."""

    @property
    def is_list(self) -> bool:
        """Whether a cell is a list, which may be empty but is never null."""
        return isinstance(self.hint, Nested) or self.hint == _TEXTS


class Nested(NamedTuple):
    """The columns of records that stand in a cell, such as the arms of a trial."""

    columns: dict[str, Column]
    """Columns by name."""


_TEXTS = tuple[str, ...]
SHARED: dict[str, Column] = {
    "database": Column(str, "Name of the database."),
    "database_version": Column(str, "Version of its data."),
    "database_licence": Column(str, "Licence of its data."),
    "drug": Column(str, "INN, in lower case."),
    "drug_id": Column(str, "The INN as a key: lower-case letters, digits and hyphens."),
    "unii": Column(_TEXTS, "UNII codes recorded for the drug; perhaps none."),
    "rxcui": Column(_TEXTS, "RxNorm concepts recorded for the drug; perhaps none."),
    "atc": Column(_TEXTS, "ATC codes recorded for the drug; perhaps none."),
    "reviewed": Column(date | None, "Day of the record's last review; null for none."),
}
"""Columns that all facts of a drug have in common."""
OWN: dict[str, Column] = {
    "fact": Column(str, "Identifier of the fact, unique within this version of the database."),
    "part": Column(str, "Part of the record, as in `show`: uses, side-effects, contraindications, cautions and so on."),
    "kind": Column(
        str | None,
        "What it is within its part: of a side effect its band, of a use whether it is approved, of a contraindication, "
        "caution, name or note its sort; `none-recorded` where a part holds nothing, `label-text` where it holds text that "
        "nobody sorted.",
    ),
    "item": Column(str | None, "The effect, condition, risk, target, name, code; null where there is text."),
    "text": Column(str | None, "Running text; paragraphs are parted by an empty line."),
    "detail": Column(str | None, "What limits or explains the fact; of a label's text its heading."),
}
"""Columns of every fact."""

PUBLISHED = (
    "place", "certainty", "action", "supply", "incidence", "incidence_low", "incidence_high", "comparator", "comparator_low",
    "comparator_high", "population", "arms", "basis", "wording", "serious", "labels", "ingredients", "routes",
)  # fmt: skip
"""Columns in the order in which they were published; what a model brings besides comes after them, but before ``sources``."""

RENAMED = {"where": "place"}
"""Attributes that are called otherwise here."""


@cache
def columns() -> dict[str, Column]:
    """Return the columns of a row, in order."""
    found: dict[str, Column] = {}
    for part in PARTS:
        for name in _further(part) if part.attribute else ():
            found = {**_columns_of(sourced()[part.attribute], name), **found}
    later = {name: column for name, column in found.items() if name not in PUBLISHED}
    return {**SHARED, **OWN, **{name: found[name] for name in PUBLISHED}, **later, "sources": SOURCES}


@cache
def _further(part: Part) -> tuple[str, ...]:
    """Return the attributes of a part's facts that have columns of their own."""
    told = {part.exported, part.kind, "detail", "sources"}
    names = [field.name for field in fields(sourced()[part.attribute])]
    return tuple(name for name in names if name not in told)


def _columns_of(record: Any, attribute: str, *, inside: bool = False) -> dict[str, Column]:
    """Return the columns of an attribute: one, or of a figure one as printed and one for each of its parts.

    Any attribute of a fact may be null, as other facts have others; ``inside`` a cell's records only what may be unset.
    """
    hint = get_type_hints(record)[attribute]
    name, needed = RENAMED.get(attribute, attribute), inside and not _may_be_unset(hint)
    held = get_args(hint)[0] if _may_be_unset(hint) or get_origin(hint) is tuple else hint
    of = (record, attribute)
    if held in (Incidence, Quantity):
        ends = {f"{name}_{part}": Column(kind, attribute=(held, part)) for part, kind in _ends(held).items()}
        return {name: Column(str if needed else str | None, attribute=of), **ends}
    if is_dataclass(held) and get_origin(hint) is not tuple:  # one record: a column for each of its attributes
        return {f"{name}_{key}": column for field in fields(held) for key, column in _columns_of(held, field.name).items()}
    if is_dataclass(held):
        inner = (_columns_of(held, field.name, inside=True) for field in fields(held))
        return {name: Column(Nested({key: column for found in inner for key, column in found.items()}), attribute=of)}
    if get_origin(hint) is tuple:
        return {name: Column(_TEXTS, attribute=of)}
    kind = held if held in (bool, int, float, date) else str
    return {name: Column(kind if needed else kind | None, attribute=of)}


def _may_be_unset(hint: Any) -> bool:
    return get_origin(hint) in (Union, UnionType)


def _ends(figure: type) -> dict[str, Any]:
    """Return the parts of a figure beside its text, with the types of their columns."""
    hints = {name: hint for name, hint in get_type_hints(figure).items() if name in {field.name for field in fields(figure)}}
    plain = {name: get_args(hint)[0] if _may_be_unset(hint) else hint for name, hint in hints.items()}
    return {name: kind | None for name, kind in plain.items() if name != "text"}


SOURCES = Column(
    Nested(
        {
            "id": Column(str, "Identifier within the database."),
            **{key: column for field in fields(Source) for key, column in _columns_of(Source, field.name, inside=True).items()},
        }
    ),
    "Where the fact comes from; none for the INN, for related drugs and for a part without facts.",
)
"""The column of sources."""


def rows_of(record: Record) -> list[Row]:
    """Return the facts of a record in the page's order. The first is the INN; a part without facts has a row that says so."""
    drug, database = record.drug, record.database
    told = {key: {"id": key, **_inner(source)} for key, source in record.sources.items()}
    shared = {
        "database": database.name,
        "database_version": database.version,
        "database_licence": database.licence,
        "drug": drug.inn,
        "drug_id": slug(drug.inn),
        "unii": _identifiers(drug, "unii"),
        "rxcui": _identifiers(drug, "rxcui"),
        "atc": tuple(code.code for code in drug.atc),
        "reviewed": drug.reviewed,
    }
    blank = {name: () if column.is_list else None for name, column in columns().items()}
    numbers: Counter[str] = Counter()
    rows = []
    for part, cited, values in _facts(drug):
        numbers[part] += 1
        fact = f"{shared['drug_id']}.{part}.{numbers[part]}"
        rows.append({**blank, **shared, "fact": fact, "part": part, **values, "sources": tuple(told[key] for key in cited)})
    return rows


def _facts(drug: Drug) -> Iterator[tuple[str, Sources, Row]]:
    yield "name", (), {"kind": "inn", "item": drug.inn}
    for fact in walk(drug):
        yield fact.part.name, fact.sources, _values(fact)
    for inn in drug.related:
        yield "related", (), {"item": inn}
    if told := sections_text(drug):
        yield "sections", (), {"text": told}


def _values(fact: Fact) -> Row:
    if fact.is_text:
        return {"kind": fact.kind, "text": "\n\n".join(fact.record.text), "detail": fact.record.title}
    if fact.empty:
        return {"kind": fact.kind, "text": fact.item}
    part, record = fact.part, fact.record
    item = fact.item if part.exported == part.item else str(getattr(record, part.exported))
    kind = item if part.exported == part.kind or part.item == "kind" else fact.kind or None
    told: Row = {"kind": kind, "text" if part.exported == "text" else "item": item, "detail": getattr(record, "detail", None)}
    for name in _further(part):
        told.update(_cells(RENAMED.get(name, name), getattr(record, name)))
    return told


def _cells(name: str, value: Any) -> Row:
    """Return the cells of an attribute, in the columns of ``_columns_of`` as far as it is set."""
    if isinstance(value, (Incidence, Quantity)):
        return {name: value.text} | {f"{name}_{part.name}": getattr(value, part.name) for part in fields(value)[1:]}
    if isinstance(value, tuple) and value and is_dataclass(value[0]):
        return {name: tuple(_inner(entry) for entry in value)}
    if is_dataclass(value):
        return {f"{name}_{key}": entry for key, entry in _attributes(value).items()}
    return {name: value}


def _inner(record: Any) -> Row:
    columns = (_columns_of(type(record), field.name, inside=True) for field in fields(record))
    row: Row = {name: () if column.is_list else None for found in columns for name, column in found.items()}
    for name, value in _attributes(record).items():
        row.update(_cells(name, value) if value is not None else {})
    return row


def _attributes(record: Any) -> Row:
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _identifiers(drug: Drug, scheme: str) -> tuple[str, ...]:
    return tuple(identifier.value for identifier in drug.identifiers if identifier.scheme == scheme)
