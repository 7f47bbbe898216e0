"""From records to what the store keeps ready: rows of the fixed columns, and JSON."""

import json
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import date
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, NamedTuple, get_args

from drugref.bands import BANDS
from drugref.columns import COLUMNS, FURTHER_PARTS, HELD_PARTS, LABEL_TEXT, NOTHING, NOTHING_KIND
from drugref.model import Database, Drug, Incidence, Passage, SideEffect, Source, UseKind, key_of

_quoted = json.encoder.encode_basestring


class Fact(NamedTuple):
    """One line of a part: its cells, its JSON, and what it is filtered by."""

    cells: tuple[str, ...]
    """Cells in the order of the part's columns."""
    data: Any
    """The record that holds the fact, or a dict; JSON output gives all of it."""
    rank: int | None = None
    """Rank of the frequency band, or of the kind of use or risk; look-ups filter and sort by it."""
    serious: bool = False
    """Whether a side effect is serious."""
    empty: bool = False
    """Whether it only says that nothing is recorded."""
    term: str = ""
    """What reverse look-ups and search match: the effect, condition or risk."""
    passage: str = ""
    """Which of ``PASSAGES`` it is."""
    lead: tuple[str, str] | None = None
    """A key and its value that JSON output gives before the data."""

    def json(self) -> str:
        """Return the fact as JSON output gives it, with the drug that it belongs to."""
        lead = f"{_quoted(self.lead[0])}:{_quoted(self.lead[1])}," if self.lead else ""
        return f'{{"drug":{_quoted(self.cells[0])},{lead}{json_of(self.data)[1:]}'


def joined(values: tuple[str, ...]) -> str:
    """Join the values of one cell."""
    return "; ".join(values)


def phrases(*values: str | None) -> str:
    """Join those texts that there are into one cell of free text."""
    return "; ".join(value for value in values if value)


@cache
def _shape(kind: type) -> tuple[str, Callable[[Any], tuple[Any, ...]]]:
    """Return a template of the JSON of a kind of record, and what reads the values; every kind has two or more."""
    attributes = [field.name for field in fields(kind)]
    return "{" + ",".join(f"{_quoted(key_of(name))}:%s" for name in attributes) + "}", attrgetter(*attributes)


def _record_json(record: Any) -> str:
    """Return a record as JSON, every key there, set or not."""
    template, values = _shape(record.__class__)
    find = _WRITERS.get
    return template % tuple([find(value.__class__, _told_twice)(value) for value in values(record)])


_told_twice = lru_cache(256)(_record_json)
"""The same for facts: each stands in a part and in the whole record."""


def json_of(value: Any) -> str:
    """Return a fact, or what may stand in one, as JSON in the one form that drugref prints."""
    return _WRITERS.get(value.__class__, _told_twice)(value)


def dumps(value: Any) -> str:
    """Return JSON in the one form that drugref prints, of what JSON knows."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


_WRITERS: dict[type, Callable[[Any], str]] = {
    str: _quoted,
    type(None): lambda value: "null",
    bool: lambda value: "true" if value else "false",
    int: int.__repr__,
    float: float.__repr__,
    date: lambda value: f'"{value}"',
    tuple: lambda value: f"[{','.join([json_of(entry) for entry in value])}]" if value else "[]",
    dict: lambda value: "{" + ",".join([f"{_quoted(key)}:{json_of(entry)}" for key, entry in value.items()]) + "}",
}
"""How values are written that are no records."""


def measured(effect: SideEffect) -> str:
    """Say in one cell what is known of a side effect's frequency in numbers: incidence, comparator, who was counted."""
    arms = (f"{arm.population}: {_against(arm.incidence, arm.comparator)}" for arm in effect.arms)
    return phrases(str(effect.incidence or ""), _comparator(effect.comparator), effect.population, *arms)


def _comparator(figure: Incidence | None) -> str | None:
    return f"comparator {figure}" if figure else None


def _against(figure: Incidence, comparator: Incidence | None) -> str:
    return f"{figure} ({_comparator(comparator)})" if comparator else str(figure)


def status_text(drug: Drug) -> str:
    """Say in one cell how a drug stands where."""
    return joined(tuple(dict.fromkeys(f"{status.status} ({status.where})" for status in drug.status)))


def class_text(drug: Drug) -> str:
    """Give a drug's class as a path in one cell."""
    return " > ".join(drug.drug_class.path) if drug.drug_class else ""


def _mechanism(drug: Drug) -> Iterator[Fact]:
    for entry in drug.mechanism:
        cells = (drug.inn, "text", entry.text, entry.certainty, joined(entry.sources))
        yield Fact(cells, entry, lead=("kind", "text"), term=entry.text, passage="mechanism")
    for target in drug.targets:
        detail = phrases(target.action, target.detail)
        named = (drug.inn, "target", target.target, detail, joined(target.sources))
        yield Fact(named, target, lead=("kind", "target"), term=f"{target.target} {target.action}", passage="mechanism")
    for held in texts_of(drug, "mechanism"):
        text = (drug.inn, LABEL_TEXT, running(held), held.title or "", joined(held.sources))
        yield Fact(text, held, lead=("kind", LABEL_TEXT))


_USES = get_args(UseKind)


def _uses(drug: Drug) -> Iterator[Fact]:
    for use in drug.uses:
        cells = (drug.inn, use.kind, use.condition, use.detail or "", joined(use.sources))
        yield Fact(cells, use, _USES.index(use.kind), term=use.condition, passage="uses")
    for held in texts_of(drug, "uses"):
        text = (drug.inn, LABEL_TEXT, running(held), held.title or "", joined(held.sources))
        yield Fact(text, held, len(_USES), lead=("kind", LABEL_TEXT))


def _side_effects(drug: Drug) -> Iterator[Fact]:
    for effect in drug.side_effects:
        cells = (
            drug.inn,
            effect.band,
            effect.effect,
            effect.incidence.text if effect.incidence else "",
            effect.basis,
            "serious" if effect.serious else "",
            joined(effect.sources),
        )
        yield Fact(cells, effect, BANDS.index(effect.band), effect.serious, term=effect.effect, passage="side-effects")
    for held in texts_of(drug, "side-effects"):
        text = (drug.inn, LABEL_TEXT, running(held), "", LABEL_TEXT, "", joined(held.sources))
        yield Fact(text, held, UNSORTED, lead=("kind", LABEL_TEXT))


UNSORTED = len(BANDS)
"""Rank of a side effect's row that is in no band."""


def texts_of(drug: Drug, part: str) -> list[Passage]:
    """Return what of a part is kept as a label's text."""
    return [held for held in drug.texts if held.part == part]


def running(held: Passage) -> str:
    """Return a label's text in one cell."""
    return " ".join(held.text)


def _risks(drug: Drug) -> Iterator[Fact]:
    forbidding, warning = (texts_of(drug, part) for part in ("contraindications", "cautions"))
    if (drug.cautions or warning) and not (drug.contraindications or forbidding):
        yield _nothing(drug, "contraindications")
    held = (("contraindication", drug.contraindications, forbidding), ("caution", drug.cautions, warning))
    for rank, (kind, risks, texts) in enumerate(held):
        for risk in risks:
            cells = (drug.inn, kind, risk.item, risk.type, risk.detail or "", joined(risk.sources))
            yield Fact(cells, risk, rank, lead=("kind", kind), term=risk.item, passage=f"{kind}s")
        for text in texts:
            unsorted = (drug.inn, kind, running(text), LABEL_TEXT, text.title or "", joined(text.sources))
            yield Fact(unsorted, text, rank, lead=("kind", kind))


def _list(drug: Drug) -> Iterator[Fact]:
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
    yield Fact((drug.inn, class_text(drug), joined(atc), status_text(drug), joined(names)), data)


def _sources(drug: Drug, sources: dict[str, Source]) -> Iterator[Fact]:
    for key, source in sources.items():
        cells = (drug.inn, key, source.kind, source.title, source.locator, source.licence, source.retrieved.isoformat())
        yield Fact(cells, source, lead=("source", key))


def _nothing(drug: Drug, part: str) -> Fact:
    cells = (drug.inn, NOTHING_KIND, NOTHING) + ("",) * (len(COLUMNS[part]) - 3)
    return Fact(cells, {"nothing_recorded": part}, empty=True)


_PARTS = {"mechanism": _mechanism, "uses": _uses, "side-effects": _side_effects, "contraindications": _risks}


def facts(drug: Drug, sources: dict[str, Source]) -> dict[str, list[Fact]]:
    """Return the rows of every part of a drug; ``sources`` are those that it cites. A part without facts says so."""
    table = {part: list(build(drug)) or [_nothing(drug, part)] for part, build in _PARTS.items()}
    table["list"] = list(_list(drug))
    table["sources"] = list(_sources(drug, sources))
    return table


def passages(drug: Drug, rows: dict[str, list[Fact]]) -> Iterator[tuple[str, int, str, str]]:
    """Yield what full-text search finds of a drug: which of ``PASSAGES``, its place in the part, term, and detail."""
    yield "name", 0, ", ".join([drug.inn, *(name.name for name in drug.names), *(code.code for code in drug.atc)]), ""
    if drug.drug_class:
        yield "class", 0, class_text(drug), ""
    if drug.summary:
        yield "summary", 0, drug.summary.text, ""
    for found in rows.values():
        for order, fact in enumerate(found):
            if fact.passage:
                yield (
                    fact.passage,
                    order,
                    fact.term,
                    phrases(getattr(fact.data, "population", None), getattr(fact.data, "detail", None)),
                )
    for order, note in enumerate(drug.notes):
        yield "note", order, note.text, ""
    for order, held in enumerate(drug.texts):
        yield "text", order, phrases(held.title, running(held)), ""


def nothing_recorded(drug: Drug) -> tuple[str, ...]:
    """Return those of ``HELD_PARTS`` in which a drug holds neither a fact nor a label's text."""
    held = {
        "mechanism": drug.mechanism or drug.targets,
        "uses": drug.uses,
        "side-effects": drug.side_effects,
        "contraindications": drug.contraindications,
        "cautions": drug.cautions,
    }
    return tuple(part for part in HELD_PARTS if not held[part] and not texts_of(drug, part))


def record(key: str, drug: Drug, sources: dict[str, Source], database: Database) -> str:
    """Return the whole record as JSON output gives it."""
    rest = json_of({"nothing_recorded": nothing_recorded(drug), "sources": sources, "database": database})
    return f'{{"id":{_quoted(key)},{_record_json(drug)[1:-1]},{rest[1:]}'


def long_form(drug: Drug, sources: dict[str, Source], database: Database) -> Iterator[tuple[str, ...]]:
    """Yield the rows of ``show``, in the page's order, beginning with the name."""

    def line(part: str, group: str, item: str, detail: str | None, cited: tuple[str, ...]) -> tuple[str, ...]:
        return (drug.inn, part, group, item, detail or "", joined(cited))

    yield line("name", "inn", drug.inn, None, ())
    for name in drug.names:
        yield line("name", name.kind, name.name, name.where, name.sources)
    if drug.drug_class:
        yield line("class", "", class_text(drug), None, drug.drug_class.sources)
    for code in drug.atc:
        yield line("atc", "", code.code, None, code.sources)
    for identifier in drug.identifiers:
        yield line("identifier", identifier.scheme, identifier.value, None, identifier.sources)
    for status in drug.status:
        yield line("status", status.status, status.where, phrases(status.supply, status.detail), status.sources)
    if drug.summary:
        yield line("summary", "", drug.summary.text, None, drug.summary.sources)
    for note in drug.notes:
        yield line("note", note.kind, note.text, None, note.sources)
    if drug.product:
        detail = phrases(f"{drug.product.labels} labels", joined(drug.product.ingredients), joined(drug.product.routes))
        yield line("product", "", drug.product.kind, detail, drug.product.sources)

    def rest(part: str, number: int) -> Iterator[tuple[str, ...]]:
        held = texts_of(drug, part)
        for text in held:
            yield line(part, LABEL_TEXT, running(text), text.title, text.sources)
        if not held and not number and part in HELD_PARTS:
            yield line(part, NOTHING_KIND, NOTHING, None, ())

    for entry in drug.mechanism:
        yield line("mechanism", "text", entry.text, entry.certainty, entry.sources)
    for target in drug.targets:
        yield line("mechanism", "target", target.target, phrases(target.action, target.detail), target.sources)
    yield from rest("mechanism", len(drug.mechanism) + len(drug.targets))
    for use in drug.uses:
        yield line("uses", use.kind, use.condition, use.detail, use.sources)
    yield from rest("uses", len(drug.uses))
    for effect in drug.side_effects:
        words = f"“{effect.wording}”" if effect.wording else None
        serious = "serious" if effect.serious else None
        detail = phrases(serious, measured(effect), f"basis {effect.basis}", words, effect.detail)
        yield line("side-effects", effect.band, effect.effect, detail, effect.sources)
    yield from rest("side-effects", len(drug.side_effects))
    for part, risks in (("contraindications", drug.contraindications), ("cautions", drug.cautions)):
        for risk in risks:
            yield line(part, risk.type, risk.item, risk.detail, risk.sources)
        yield from rest(part, len(risks))
    for part in FURTHER_PARTS:
        yield from rest(part, 0)
    for name_ in drug.related:
        yield line("related", "", name_, None, ())
    for key, source in sources.items():
        yield line("sources", source.kind, source.title, source.locator, (key,))
    yield line("reviewed", "", drug.reviewed.isoformat() if drug.reviewed else "not yet reviewed", None, ())
    yield line("database", "", database.name, database.version, ())
