"""From records (as JSON) to pages: the parts in the order of ``parts.PARTS``, told by a builder of their own or plainly."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from drugref.bands import term
from drugref.columns import TABLE_OF
from drugref.pages import effects
from drugref.pages.effects import limits_of
from drugref.pages.sources import cited_sources, supporting
from drugref.pages.view import (
    DISCLAIMER,
    Block,
    Bullets,
    Citations,
    Grid,
    Line,
    Page,
    Paragraph,
    Role,
    Section,
    Span,
    labelled,
)
from drugref.parts import NOTHING, PARTS, Part
from drugref.query import Filter
from drugref.store import Store

Drug = dict[str, Any]
"""A record as the store keeps it: JSON of ``model.Drug`` with its sources and its database."""


def pages(
    command: str,
    records: Iterable[str],
    wanted: Filter,
    also: dict[str, tuple[str, ...]],
    *,
    words: Store | None = None,
    brief: bool = False,
) -> Iterator[Page]:
    """Yield the page of a command for each record; with a filter, none for a drug of which it leaves nothing.

    ``also`` are further databases that know a drug, by INN; ``words`` the thesaurus by which claims about one effect are
    joined, None to show each claim. Brief pages, for a part of every drug, name their sources where
    they cite them and have no list of them.
    """
    for text in records:
        drug = json.loads(text)
        if command == "show":
            yield _whole(drug, also.get(drug["inn"], ()), words)
            continue
        if command == "sources":
            cite = Citations(words=words)
            _cited(drug, cite)
            yield Page(drug["inn"], [], supporting(drug, cite), _foot(drug))
            continue
        cite = Citations(by_name=brief, words=words)
        shown = list(_sections(drug, cite, wanted, [part for part, table in TABLE_OF.items() if table == command]))
        if shown and brief:
            yield Page(drug["inn"], [], shown, [])
        elif shown:
            alerts = _alerts(drug, cite, ("boxed-warning", "sourcing"))
            yield Page(drug["inn"], alerts, shown + cited_sources(drug, cite), _foot(drug))
    if brief:
        yield Page("", [], [], [Span(DISCLAIMER, "words")])


def _whole(drug: Drug, also: tuple[str, ...], words: Store | None) -> Page:
    cite = Citations(words=words)
    subtitle, sections = _cited(drug, cite)
    if drug["related"]:
        sections.append(Section("See also", [Paragraph([Span(" · ".join(drug["related"]))])]))
    return Page(drug["inn"], subtitle, sections + cited_sources(drug, cite), _foot(drug, also))


def _cited(drug: Drug, cite: Citations) -> tuple[list[Line], list[Section]]:
    """Return what stands below the title of a page, and its sections down to the notes: all that cites sources."""
    weak = is_weak(drug)
    subtitle = [*_identity(drug, cite), *_alerts(drug, cite, _AT_ONCE if weak else ("boxed-warning",))]
    sections = list(_sections(drug, cite, Filter(), dict.fromkeys(part.name for part in PARTS)))
    if identity := _facts_of_identity(drug, cite).groups:
        sections.append(Section("Names and status", [Grid(identity)]))
    if notes := _alerts(drug, cite, [kind for kind in _ALERTS if kind not in (_AT_ONCE if weak else ("boxed-warning",))]):
        sections.append(Section("Notes", [Paragraph(line) for line in notes]))
    return subtitle, sections


def is_weak(drug: Drug) -> bool:
    """Tell whether a record rests on no regulator's document; what its notes say of that then stands at the top."""
    return all(source["kind"] != "regulator" for source in drug["sources"].values())


_AT_ONCE = ("boxed-warning", "conflict", "sourcing")


def _sections(drug: Drug, cite: Citations, wanted: Filter, names: Iterable[str]) -> Iterator[Section]:
    """Yield the sections of some parts, those that have something to say."""
    for name in names:
        places = [part for part in PARTS if part.name == name]
        if name in _TOLD_APART:
            continue
        build = _SECTIONS.get(name)
        if build is None:
            build = _plain_section(places)
        if section := build(drug, cite, wanted):
            yield section


_TOLD_APART = ("class", "summary", "note", "name", "atc", "identifier", "status", "product")
"""Parts that are told at the top of the page and near its end, not in sections of their own."""


_KINDS = {"half-life": "half-life"}
"""Kinds whose name in running text is not their code without hyphens."""


def _plain_section(places: list[Part]) -> "Builder":
    """Return what tells a part by its kinds: facts, then a label's text, or that there is nothing where that is to be said."""

    def build(drug: Drug, cite: Citations, wanted: Filter) -> Section | None:
        groups = []
        for part in places:
            facts = drug[part.attribute] if part.attribute else []
            for kind in dict.fromkeys(fact[part.kind] for fact in facts):
                mine = [fact for fact in facts if fact[part.kind] == kind]
                groups.append(
                    labelled([Span(_KINDS.get(kind, term(kind)), "dim")], [_plain_line(part, fact, cite) for fact in mine])
                )
        blocks: list[Block] = [Grid(groups)] if groups else []
        blocks += _label_text(drug, places[0].name, cite)
        if not blocks and places[0].held:
            blocks = [_nothing()]
        return Section(places[0].title, blocks) if blocks else None

    return build


def _plain_line(part: Part, fact: dict[str, Any], cite: Citations) -> Line:
    said = [fact[name] for name in fact if name not in (part.kind, *part.detail, "sources") and fact[name]]
    told = "; ".join(entry["text"] if isinstance(entry, dict) else str(entry) for entry in said)
    detail = "; ".join(fact[name] for name in part.detail if fact[name])
    return _detailed([Span(told)], detail, cite.mark(fact["sources"]))


def _identity(drug: Drug, cite: Citations) -> list[Line]:
    lines = []
    if entry := drug["class"]:
        lines.append([Span(" › ".join(entry["path"])), cite.mark(entry["sources"])])
    if summary := drug["summary"]:
        lines.append([Span(summary["text"]), cite.mark(summary["sources"])])
    return lines


def _facts_of_identity(drug: Drug, cite: Citations) -> Grid:
    """Names, codes and status, one label a row."""
    names = [([Span(entry["name"]), Span(f" ({_name_kind(entry)})", "dim")], entry["sources"]) for entry in drug["names"]]
    codes = [([Span(entry["code"])], entry["sources"]) for entry in drug["atc"]]
    others = [
        ([Span(f"{_SCHEMES[entry['scheme']]} ", "dim"), Span(entry["value"])], entry["sources"])
        for entry in drug["identifiers"]
        if entry["scheme"] != "ndc"
    ]
    products = [([Span(entry["value"])], entry["sources"]) for entry in drug["identifiers"] if entry["scheme"] == "ndc"]
    if (more := len(products) - _PRODUCTS) > 0:
        products[_PRODUCTS:] = [([Span(f"{more} more", "dim")], products[-1][1])]
    rows = [
        labelled([Span(label, "dim")], [_flow(items, cite, separator)])
        for label, items, separator in (
            ("Also", names, ", "),
            ("ATC", codes, ", "),
            ("Codes", others, " · "),
            ("NDC", products, ", "),
        )
        if items
    ]
    status = [_status_line(entry, cite) for entry in drug["status"]]
    if status:
        rows.append(labelled([Span("Status", "dim")], status))
    if product := drug["product"]:
        rows.append(labelled([Span("Labels", "dim")], [_product_line(product, cite)]))
    return Grid(rows)


_SCHEMES = {"unii": "UNII", "cas": "CAS", "rxcui": "RxCUI", "chembl": "ChEMBL", "pubchem": "PubChem", "formula": "formula"}
_PRODUCTS = 8
"""Codes of products that a page shows; lines for programs have all, and a look-up knows them."""


def _name_kind(entry: dict[str, Any]) -> str:
    return f"{entry['kind']}, {entry['where']}" if entry["where"] else str(entry["kind"])


def _status_line(entry: dict[str, Any], cite: Citations) -> Line:
    fine = entry["status"] in ("approved",)
    line = [Span(term(entry["status"]), "plain" if fine else "warn"), Span(f": {entry['where']}")]
    if entry["supply"]:
        line.append(Span(f", {'OTC' if entry['supply'] == 'otc' else entry['supply']}"))
    if entry["detail"]:
        line.append(Span(f" – {entry['detail']}", "dim"))
    return [*line, cite.mark(entry["sources"])]


def _product_line(product: dict[str, Any], cite: Citations) -> Line:
    many = f"{product['labels']} labels stand" if product["labels"] > 1 else "one label stands"
    kind = "OTC" if product["kind"] == "otc" else product["kind"]
    text = f"{kind}; {many} behind this record; {', '.join(product['ingredients'])}"
    routes = f"; {', '.join(product['routes'])}" if product["routes"] else ""
    return [Span(text + routes), cite.mark(product["sources"])]


def _flow(items: Iterable[tuple[Line, Sequence[str]]], cite: Citations, separator: str) -> Line:
    """Join items into one line; those that follow each other and share their sources are cited once."""
    line: Line = []
    previous: Sequence[str] | None = None
    for spans, sources in items:
        if previous is not None and list(sources) != list(previous):
            line.append(cite.mark(previous))
        if line:
            line.append(Span(separator, "dim"))
        line += spans
        previous = sources
    if previous is not None:
        line.append(cite.mark(previous))
    return line


_ALERTS: dict[str, tuple[str, Role]] = {
    "boxed-warning": ("Boxed warning (US)", "danger"),
    "conflict": ("Sources disagree", "warn"),
    "sourcing": ("Sourcing", "warn"),
    "note": ("Note", "dim"),
}


def _alerts(drug: Drug, cite: Citations, kinds: Iterable[str]) -> list[Line]:
    lines = []
    for kind in kinds:
        label, role = _ALERTS[kind]
        notes = (note for note in drug["notes"] if note["kind"] == kind)
        lines += [[Span(f"{label}: ", role), Span(note["text"]), cite.mark(note["sources"])] for note in notes]
    return lines


def _mechanism(drug: Drug, cite: Citations, wanted: Filter) -> Section | None:
    blocks: list[Block] = []
    for entry in drug["mechanism"]:
        certainty = _CERTAINTY[entry["certainty"]]
        spans = [Span(entry["text"]), cite.mark(entry["sources"])]
        blocks.append(Paragraph([*spans, Span(f" {certainty}", "words")] if certainty else spans))
    actions = dict.fromkeys(entry["action"] for entry in drug["targets"])
    groups = []
    for action in actions:
        mine = [entry for entry in drug["targets"] if entry["action"] == action]
        groups.append(labelled([Span(action, "dim")], _lines(mine, "target", cite)))
    if groups:
        blocks.append(Grid(groups))
    blocks += _label_text(drug, "mechanism", cite)
    return Section("Mechanism", blocks or [_nothing()])


def _label_text(drug: Drug, part: str, cite: Citations) -> list[Block]:
    """Give a label's text as it stands, with its headings, and say that it is."""
    blocks: list[Block] = []
    for held in drug["texts"]:
        if held["part"] == part:
            *first, last = [[Span(paragraph)] for paragraph in held["text"]]
            blocks.append(Paragraph([Span(held["title"] or "From the label", "strong"), Span(" (label text)", "words")]))
            blocks += [Paragraph(line) for line in (*first, [*last, cite.mark(held["sources"])])]
    return blocks


_CERTAINTY = {"established": "", "probable": "Probable.", "uncertain": "Not fully understood.", "unknown": "Not known."}


def _detailed(spans: Line, detail: str | None, mark: Span) -> Line:
    return [*spans, Span(f" – {detail}", "dim"), mark] if detail else [*spans, mark]


def _uses(drug: Drug, cite: Citations, wanted: Filter) -> Section | None:
    groups = []
    for kind in dict.fromkeys(use["kind"] for use in drug["uses"]):
        mine = [use for use in drug["uses"] if use["kind"] == kind]
        role: Role = "plain" if kind == "approved" else "warn"
        groups.append(labelled([Span(kind, role)], _lines(mine, "condition", cite)))
    blocks: list[Block] = [Grid(groups)] if groups else []
    return Section("Uses", [*blocks, *_label_text(drug, "uses", cite)] or [_nothing()])


def _lines(facts: list[dict[str, Any]], key: str, cite: Citations) -> list[Line]:
    """Set facts that have no detail in one line, the others in a line for each thing named; what is told of several, once."""
    bare = [([Span(fact[key])], fact["sources"]) for fact in facts if not limits_of(fact)]
    lines = [_flow(bare, cite, ", ")] if bare else []
    limited: dict[str, list[tuple[Line, Sequence[str]]]] = {}
    for fact in facts:
        if told := limits_of(fact):
            limited.setdefault(fact[key], []).append(([Span("; ".join(told), "dim")], fact["sources"]))
    alike: dict[str, list[str]] = {}
    for name, tails in limited.items():
        alike.setdefault(str(tails), []).append(name)
    shared = ((names, limited[names[0]]) for names in alike.values())
    return lines + [[Span(" · ".join(names)), Span(" – ", "dim"), *_flow(tails, cite, " · ")] for names, tails in shared]


def _side_effects(drug: Drug, cite: Citations, wanted: Filter) -> Section | None:
    found = effects.chosen(drug, wanted)
    text = [] if wanted else _label_text(drug, "side-effects", cite)
    if not found:
        held = drug["side_effects"] or any(text["part"] == "side-effects" for text in drug["texts"])
        return Section("Side effects", text) if text else None if held else Section("Side effects", [_nothing()])
    told = effects.section(found, drug["sources"], cite, cite.words)
    return Section(told.title, told.blocks + text)


def _contraindications(drug: Drug, cite: Citations, wanted: Filter) -> Section:
    items = _risks(drug["contraindications"], cite)
    blocks: list[Block] = [Bullets("✗", "danger", items)] if items else []
    return Section("Contraindications", [*blocks, *_label_text(drug, "contraindications", cite)] or [_nothing()])


def _cautions(drug: Drug, cite: Citations, wanted: Filter) -> Section | None:
    if wanted.absolute:
        return None
    blocks: list[Block] = []
    for taken in (False, True):
        risks = [risk for risk in drug["cautions"] if (risk["type"] == "medicine") is taken]
        if items := _risks(risks, cite):
            blocks.append(Bullets("▲", "warn", items))
    return Section("Cautions", [*blocks, *_label_text(drug, "cautions", cite)] or [_nothing()])


def _risks(risks: list[dict[str, Any]], cite: Citations) -> list[Line]:
    """Tell risks, those of which the same is said by the same sources in one line."""
    alike: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for risk in risks:
        told = (risk["type"] == "medicine", *limits_of(risk))
        alike.setdefault((told, *risk["sources"]), []).append(risk)
    return [_risk(held, cite) for held in alike.values()]


def _risk(alike: list[dict[str, Any]], cite: Citations) -> Line:
    """Name risks that share all else; a medicine is one given at the same time, so it is said with ``with``."""
    first = alike[0]
    named = [Span(" · ".join(risk["item"] for risk in alike))]
    if first["type"] == "medicine":
        named.insert(0, Span("with ", "dim"))
    return _detailed(named, "; ".join(limits_of(first)), cite.mark(first["sources"]))


def _nothing() -> Paragraph:
    return Paragraph([Span(f"{NOTHING[0].upper()}{NOTHING[1:]}.", "warn")])


def _foot(drug: Drug, also: tuple[str, ...] = ()) -> Line:
    """End with what kind of thing this is, how well it is sourced, and where it comes from."""
    parts = [DISCLAIMER]
    if is_weak(drug):
        parts.append("Weakly sourced: no regulator's document.")
    if read := drug["sections"]:
        told = [f"{name.replace('_', ' ')} {'not' if read[name] == 'no' else read[name]}" for name in _SECTIONS_READ]
        parts.append(f"Sections read: {', '.join(told)}.")
    parts.append(f"Reviewed {drug['reviewed']}." if drug["reviewed"] else "Not yet reviewed.")
    known = f"; also in {', '.join(also)}" if also else ""
    parts.append(f"From {drug['database']['name']} {drug['database']['version']}{known}.")
    return [Span(" ".join(parts), "words")]


_SECTIONS_READ = ("boxed_warning", "contraindications", "warnings", "adverse_reactions", "interactions", "populations")


Builder = Callable[[Drug, Citations, Filter], Section | None]
_SECTIONS: dict[str, Builder] = {
    "mechanism": _mechanism,
    "uses": _uses,
    "side-effects": _side_effects,
    "contraindications": _contraindications,
    "cautions": _cautions,
}
"""Parts that are told otherwise than plainly."""
