"""The facts of a record as rows of one shape. What the columns are is said here, and every format reads it."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from drugref.build.rows import class_text, nothing_recorded, texts_of
from drugref.columns import FURTHER_PARTS, LABEL_TEXT, NOTHING, NOTHING_KIND
from drugref.library import Record
from drugref.model import Arm, Drug, Incidence, Risk, Source, Sources
from drugref.text import slug


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmRow:
    """What was counted in one arm of one trial."""

    population: str
    """Dose, trial, indication, number of patients."""
    incidence: str
    """Patients affected in this arm, as printed."""
    incidence_low: float | None
    """Its lower end in percent; null if open."""
    incidence_high: float | None
    """Its upper end in percent; null if open."""
    comparator: str | None
    """Patients affected in the comparison arm, as printed."""
    comparator_low: float | None
    """Its lower end in percent."""
    comparator_high: float | None
    """Its upper end in percent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A document that a fact was taken from."""

    id: str
    """Identifier within the database."""
    title: str
    """Document, product, holder, country, date."""
    kind: str
    """regulator, primary, review, database or encyclopedia."""
    locator: str
    """Where it is found: URL, DOI, set id."""
    licence: str
    """Terms of the document itself."""
    retrieved: date
    """Day on which it was read."""
    note: str | None
    """What of it was read, of what it is a mirror."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """One fact, with the drug that it is of and the database that it comes from."""

    database: str
    """Name of the database."""
    database_version: str
    """Version of its data."""
    database_licence: str
    """Licence of its data."""
    drug: str
    """INN, in lower case."""
    drug_id: str
    """The INN as a key: lower-case letters, digits and hyphens."""
    unii: tuple[str, ...]
    """UNII codes recorded for the drug; perhaps none."""
    rxcui: tuple[str, ...]
    """RxNorm concepts recorded for the drug; perhaps none."""
    atc: tuple[str, ...]
    """ATC codes recorded for the drug; perhaps none."""
    reviewed: date | None
    """Day of the record's last review; null for none."""
    fact: str
    """Identifier of the fact, unique within this version of the database."""
    part: str
    """Part of the record, as in `show`: uses, side-effects, contraindications, cautions and so on."""
    kind: str | None = None
    """What it is within its part: of a side effect its band, of a use whether it is approved, of a contraindication, caution,
    name or note its sort; `none-recorded` where a part holds nothing, `label-text` where it holds text that nobody sorted."""
    item: str | None = None
    """The effect, condition, risk, target, name, code; null where there is text."""
    text: str | None = None
    """Running text; paragraphs are parted by an empty line."""
    detail: str | None = None
    """What limits or explains the fact; of a label's text its heading."""
    place: str | None = None
    """Country or region of a name or a status."""
    certainty: str | None = None
    """Of a mechanism: established, probable, uncertain or unknown."""
    action: str | None = None
    """Of a target: agonist, antagonist, inhibitor and so on."""
    supply: str | None = None
    """Of a status: prescription, otc, pharmacy, controlled or hospital."""
    incidence: str | None = None
    """Of a side effect: patients affected, as printed."""
    incidence_low: float | None = None
    """Its lower end in percent; null if open or not recorded."""
    incidence_high: float | None = None
    """Its upper end in percent; null if open or not recorded."""
    comparator: str | None = None
    """Patients affected in the comparison arm, as printed."""
    comparator_low: float | None = None
    """Its lower end in percent."""
    comparator_high: float | None = None
    """Its upper end in percent."""
    population: str | None = None
    """Who was counted."""
    arms: tuple[ArmRow, ...] = ()
    """The figures one by one where the incidence spans those of several arms or trials."""
    basis: str | None = None
    """Whether the band of a side effect rests on `figures` or on `wording`."""
    wording: str | None = None
    """The source's own words on frequency."""
    serious: bool | None = None
    """Whether a side effect is serious; null for other facts."""
    labels: int | None = None
    """Of a product: number of labels behind the record."""
    ingredients: tuple[str, ...] = ()
    """Of a product: active ingredients."""
    routes: tuple[str, ...] = ()
    """Of a product: routes of administration."""
    sources: tuple[SourceRow, ...] = ()
    """Where the fact comes from; none for the INN, for related drugs and for a part without facts."""


def rows_of(record: Record) -> list[FactRow]:
    """Return the facts of a record in the page's order. The first is the INN; a part without facts has a row that says so."""
    drug, database = record.drug, record.database
    sources = {key: _source(key, source) for key, source in record.sources.items()}
    about: dict[str, Any] = {
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
    numbers: Counter[str] = Counter()

    def row(part: str, kind: str | None, cited: Sources, **values: Any) -> FactRow:
        numbers[part] += 1
        fact = f"{about['drug_id']}.{part}.{numbers[part]}"
        return FactRow(**about, fact=fact, part=part, kind=kind, sources=tuple(sources[key] for key in cited), **values)

    return list(_rows(drug, row))


def _rows(drug: Drug, row: Callable[..., FactRow]) -> Iterator[FactRow]:
    yield row("name", "inn", (), item=drug.inn)
    for name in drug.names:
        yield row("name", name.kind, name.sources, item=name.name, place=name.where)
    if drug.drug_class:
        yield row("class", None, drug.drug_class.sources, item=class_text(drug))
    for code in drug.atc:
        yield row("atc", None, code.sources, item=code.code)
    for identifier in drug.identifiers:
        yield row("identifier", identifier.scheme, identifier.sources, item=identifier.value)
    for status in drug.status:
        told = {"place": status.where, "supply": status.supply, "detail": status.detail}
        yield row("status", status.status, status.sources, item=status.status, **told)
    if drug.summary:
        yield row("summary", None, drug.summary.sources, text=drug.summary.text)
    for note in drug.notes:
        yield row("note", note.kind, note.sources, text=note.text)
    if drug.product:
        counted = {"labels": drug.product.labels, "ingredients": drug.product.ingredients, "routes": drug.product.routes}
        yield row("product", drug.product.kind, drug.product.sources, item=drug.product.kind, **counted)
    nothing = nothing_recorded(drug)

    def rest(part: str) -> Iterator[FactRow]:
        for held in texts_of(drug, part):
            yield row(part, LABEL_TEXT, held.sources, text="\n\n".join(held.text), detail=held.title)
        if part in nothing:
            yield row(part, NOTHING_KIND, (), text=NOTHING)

    for entry in drug.mechanism:
        yield row("mechanism", "text", entry.sources, text=entry.text, certainty=entry.certainty)
    for target in drug.targets:
        yield row("mechanism", "target", target.sources, item=target.target, action=target.action, detail=target.detail)
    yield from rest("mechanism")
    for use in drug.uses:
        yield row("uses", use.kind, use.sources, item=use.condition, detail=use.detail)
    yield from rest("uses")
    for effect in drug.side_effects:
        yield row(
            "side-effects",
            effect.band,
            effect.sources,
            item=effect.effect,
            detail=effect.detail,
            **_figure("incidence", effect.incidence),
            **_figure("comparator", effect.comparator),
            population=effect.population,
            arms=tuple(map(_arm, effect.arms)),
            basis=effect.basis,
            wording=effect.wording,
            serious=effect.serious,
        )
    yield from rest("side-effects")
    risks: tuple[tuple[str, tuple[Risk, ...]], ...] = (
        ("contraindications", drug.contraindications),
        ("cautions", drug.cautions),
    )
    for part, held in risks:
        for risk in held:
            yield row(part, risk.type, risk.sources, item=risk.item, detail=risk.detail)
        yield from rest(part)
    for part in FURTHER_PARTS:
        yield from rest(part)
    for inn in drug.related:
        yield row("related", None, (), item=inn)


def _identifiers(drug: Drug, scheme: str) -> tuple[str, ...]:
    return tuple(identifier.value for identifier in drug.identifiers if identifier.scheme == scheme)


def _figure(column: str, figure: Incidence | None) -> dict[str, Any]:
    """Return the three columns of a figure: as printed, lower end, upper end."""
    values = (figure.text, figure.low, figure.high) if figure else (None, None, None)
    return dict(zip((column, f"{column}_low", f"{column}_high"), values, strict=True))


def _arm(arm: Arm) -> ArmRow:
    return ArmRow(population=arm.population, **_figure("incidence", arm.incidence), **_figure("comparator", arm.comparator))


def _source(key: str, source: Source) -> SourceRow:
    return SourceRow(
        id=key,
        title=source.title,
        kind=source.kind,
        locator=source.locator,
        licence=source.licence,
        retrieved=source.retrieved,
        note=source.note,
    )
