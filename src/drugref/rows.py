"""From records to what the store keeps ready: rows of the fixed columns, and JSON."""

import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from typing import Any, NamedTuple

from drugref.bands import BANDS
from drugref.columns import COLUMNS, NOTHING, NOTHING_KIND
from drugref.model import Database, Drug, Incidence, SideEffect, Source, key_of


class Fact(NamedTuple):
    """One line of a part: its cells, its JSON, and what it is filtered by."""

    cells: tuple[str, ...]
    """Cells in the order of the part's columns."""
    data: dict[str, Any]
    """The fact as JSON output gives it."""
    band: int | None = None
    """Rank of the frequency band, of side effects."""
    serious: bool = False
    """Whether a side effect is serious."""
    empty: bool = False
    """Whether it only says that nothing is recorded."""
    term: str = ""
    """What reverse look-ups and search match: the effect, condition or risk."""
    passage: str = ""
    """Which of ``PASSAGES`` it is."""


def joined(values: tuple[str, ...]) -> str:
    """Join the values of one cell."""
    return "; ".join(values)


def phrases(*values: str | None) -> str:
    """Join those texts that there are into one cell of free text."""
    return "; ".join(value for value in values if value)


def plain(value: Any) -> Any:
    """Return a value of the model as JSON can hold it; every key of a record is there, set or not."""
    if isinstance(value, Incidence):
        return {"text": value.text, "low": value.low, "high": value.high}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(entry) for entry in value]
    if hasattr(value, "__dataclass_fields__"):
        return {key_of(field.name): plain(getattr(value, field.name)) for field in fields(value)}
    return value


def dumps(value: Any) -> str:
    """Return JSON in the one form that drugref prints."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def measured(effect: SideEffect) -> str:
    """Say in one cell what is known of a side effect's frequency in numbers: incidence, comparator, who was counted."""
    comparator = f"comparator {effect.comparator}" if effect.comparator else None
    return phrases(str(effect.incidence or ""), comparator, effect.population)


def status_text(drug: Drug) -> str:
    """Say in one cell how a drug stands where."""
    return joined(tuple(dict.fromkeys(f"{status.status} ({status.where})" for status in drug.status)))


def class_text(drug: Drug) -> str:
    """Give a drug's class as a path in one cell."""
    return " > ".join(drug.drug_class.path) if drug.drug_class else ""


def _mechanism(drug: Drug) -> Iterator[Fact]:
    for entry in drug.mechanism:
        cells = (drug.inn, "text", entry.text, entry.certainty, joined(entry.sources))
        yield Fact(cells, {"kind": "text", **plain(entry)}, term=entry.text, passage="mechanism")
    for target in drug.targets:
        detail = phrases(target.action, target.detail)
        named = (drug.inn, "target", target.target, detail, joined(target.sources))
        yield Fact(named, {"kind": "target", **plain(target)}, term=f"{target.target} {target.action}", passage="mechanism")


def _uses(drug: Drug) -> Iterator[Fact]:
    for use in drug.uses:
        cells = (drug.inn, use.kind, use.condition, use.detail or "", joined(use.sources))
        yield Fact(cells, plain(use), term=use.condition, passage="uses")


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
        yield Fact(cells, plain(effect), BANDS.index(effect.band), effect.serious, term=effect.effect, passage="side-effects")


def _risks(drug: Drug) -> Iterator[Fact]:
    if drug.cautions and not drug.contraindications:
        yield _nothing(drug, "contraindications")
    for kind, risks in (("contraindication", drug.contraindications), ("caution", drug.cautions)):
        for risk in risks:
            cells = (drug.inn, kind, risk.item, risk.type, risk.detail or "", joined(risk.sources))
            yield Fact(cells, {"kind": kind, **plain(risk)}, term=risk.item, passage=f"{kind}s")


def _list(drug: Drug) -> Iterator[Fact]:
    names = tuple(name.name for name in drug.names)
    atc = tuple(code.code for code in drug.atc)
    data = {
        "class": list(drug.drug_class.path) if drug.drug_class else [],
        "atc": list(atc),
        "status": plain(drug.status),
        "names": plain(drug.names),
        "summary": drug.summary.text if drug.summary else None,
        "reviewed": plain(drug.reviewed),
    }
    yield Fact((drug.inn, class_text(drug), joined(atc), status_text(drug), joined(names)), data)


def _sources(drug: Drug, sources: dict[str, Source]) -> Iterator[Fact]:
    for key, source in sources.items():
        cells = (drug.inn, key, source.kind, source.title, source.locator, source.licence, source.retrieved.isoformat())
        yield Fact(cells, {"source": key, **plain(source)})


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
                yield fact.passage, order, fact.term, phrases(fact.data.get("population"), fact.data.get("detail"))
    for order, note in enumerate(drug.notes):
        yield "note", order, note.text, ""


def record(key: str, drug: Drug, sources: dict[str, Source], database: Database) -> dict[str, Any]:
    """Return the whole record as JSON output gives it."""
    held = {
        "mechanism": drug.mechanism or drug.targets,
        "uses": drug.uses,
        "side-effects": drug.side_effects,
        "contraindications": drug.contraindications,
        "cautions": drug.cautions,
    }
    return {
        "id": key,
        **plain(drug),
        "nothing_recorded": [part for part, facts_held in held.items() if not facts_held],
        "sources": {name: plain(source) for name, source in sources.items()},
        "database": plain(database),
    }


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
    for entry in drug.mechanism:
        yield line("mechanism", "text", entry.text, entry.certainty, entry.sources)
    for target in drug.targets:
        yield line("mechanism", "target", target.target, phrases(target.action, target.detail), target.sources)
    if not drug.mechanism and not drug.targets:
        yield line("mechanism", NOTHING_KIND, NOTHING, None, ())
    for use in drug.uses:
        yield line("uses", use.kind, use.condition, use.detail, use.sources)
    if not drug.uses:
        yield line("uses", NOTHING_KIND, NOTHING, None, ())
    for effect in drug.side_effects:
        words = f"“{effect.wording}”" if effect.wording else None
        serious = "serious" if effect.serious else None
        detail = phrases(serious, measured(effect), f"basis {effect.basis}", words, effect.detail)
        yield line("side-effects", effect.band, effect.effect, detail, effect.sources)
    if not drug.side_effects:
        yield line("side-effects", NOTHING_KIND, NOTHING, None, ())
    for part, risks in (("contraindications", drug.contraindications), ("cautions", drug.cautions)):
        for risk in risks:
            yield line(part, risk.type, risk.item, risk.detail, risk.sources)
        if not risks:
            yield line(part, NOTHING_KIND, NOTHING, None, ())
    for name_ in drug.related:
        yield line("related", "", name_, None, ())
    for key, source in sources.items():
        yield line("sources", source.kind, source.title, source.locator, (key,))
    yield line("reviewed", "", drug.reviewed.isoformat() if drug.reviewed else "not yet reviewed", None, ())
    yield line("database", "", database.name, database.version, ())
