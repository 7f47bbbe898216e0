"""The page of a medicine that has no record: that it has none, what other records say of it, and who it is."""

from collections.abc import Iterable
from typing import Any

from drugref.pages.view import (
    DISCLAIMER,
    Block,
    Bullets,
    Citations,
    Grid,
    Group,
    Line,
    Page,
    Paragraph,
    Role,
    Section,
    Span,
    cited,
    labelled,
)
from drugref.parts import NOTHING

_SIGNS: dict[str, tuple[str, Role]] = {
    "contraindication": ("✗", "danger"),
    "caution": ("▲", "warn"),
    "self-care": ("?", "warn"),
}


def page(about: dict[str, Any], *, whole: bool) -> Page:
    """Return the page of a medicine without a record; of one part of it, that nothing is recorded."""
    cite = Citations()
    alert: Line = [Span("No record of its own: ", "danger"), Span(f"{NOTHING}.", "warn")]
    if not whole:
        return Page(about["medicine"], [alert], [], [Span(DISCLAIMER, "words")])
    sections = [
        Section("Named in the records of others", _named_in(about)),
        Section("Neighbours with a record, not in its place", _neighbours(about)),
        Section("Names and codes", [Grid(_names(about, cite))]),
        Section("Classes", [Grid(_classes(about, cite))]),
        Section("How to get a label", [Paragraph([Span(f"{about['import']}  (PATH: openFDA's drug label files)")])]),
        Section("Lists", [Grid([_list(about, key, number) for key, number in cite.numbers.items()])]),
    ]
    foot = f"{DISCLAIMER} Named by the index of medicines, which says nothing of effects or risks."
    return Page(about["medicine"], [*_identity(about), alert], [part for part in sections if _has(part)], [Span(foot, "words")])


def _has(section: Section) -> bool:
    return any(not isinstance(block, Grid) or block.groups for block in section.blocks)


def _identity(about: dict[str, Any]) -> list[Line]:
    lines: list[Line] = []
    if about["typed"].casefold() != about["medicine"].casefold():
        lines.append([Span(f"{about['typed']}: {about['typed_kind']}", "dim")])
    if about["parts"]:
        parts = (f"{part['medicine']} ({'has a record' if part['record'] else 'no record'})" for part in about["parts"])
        lines.append([Span(f"Combination of {' and '.join(parts)}")])
    if about["part_of"]:
        lines.append([Span(f"Part of {', '.join(about['part_of'])}, which {_has_or_have(about['part_of'])} a record")])
    return lines


def _has_or_have(names: list[str]) -> str:
    return "has" if len(names) == 1 else "have"


def _named_in(about: dict[str, Any]) -> list[Block]:
    blocks: list[Block] = []
    for kind, (sign, role) in _SIGNS.items():
        facts = [fact for fact in about["named_in"] if fact["kind"] == kind]
        if facts:
            blocks.append(Bullets(sign, role, [_fact(fact) for fact in facts]))
    return blocks


def _fact(fact: dict[str, Any]) -> Line:
    line = [Span(f"{fact['drug']}: ", "strong"), Span(fact["item"])]
    if fact["detail"]:
        line.append(Span(f" – {fact['detail']}", "dim"))
    if fact["via"]:
        line.append(Span(f" (by its group: {fact['via']}; not named in the source)", "words"))
    return [*line, cited(fact["sources"])]


def _neighbours(about: dict[str, Any]) -> list[Block]:
    by_class: dict[str, list[str]] = {}
    for entry in about["neighbours"]:
        by_class.setdefault("; ".join(entry["shares"]), []).append(entry["drug"])
    return [Grid([labelled([Span(shared, "dim")], [[Span(", ".join(drugs))]]) for shared, drugs in by_class.items()])]


def _names(about: dict[str, Any], cite: Citations) -> list[Group]:
    codes = [(entry["code"], entry["sources"]) for entry in about["atc"]]
    uniis = [(entry["value"], entry["sources"]) for entry in about["identifiers"]]
    kinds = dict.fromkeys(name["kind"] for name in about["names"])
    by_kind = [(k, [(name["name"], name["sources"]) for name in about["names"] if name["kind"] == k]) for k in kinds]
    return [_told(label, items, cite) for label, items in [*by_kind, ("ATC", codes), ("UNII", uniis)] if items]


def _classes(about: dict[str, Any], cite: Citations) -> list[Group]:
    types = dict.fromkeys(entry["type"] for entry in about["classes"])
    rows = [
        _told(type_, [(entry["class"], entry["sources"]) for entry in about["classes"] if entry["type"] == type_], cite)
        for type_ in types
    ]
    groups = [(entry["group"], entry["sources"]) for entry in about["groups"]]
    return [*rows, _told("groups", groups, cite)] if groups else rows


def _told(label: str, items: Iterable[tuple[str, list[str]]], cite: Citations) -> Group:
    """Set items in one line; those that follow each other and are of the same lists are cited once."""
    line: Line = []
    previous: list[str] | None = None
    for text, sources in items:
        if previous is not None:
            line += [cite.mark(previous)] if sources != previous else []
            line.append(Span(", ", "dim"))
        line.append(Span(text))
        previous = sources
    if previous:
        line.append(cite.mark(previous))
    return labelled([Span(label, "dim")], [line])


def _list(about: dict[str, Any], key: str, number: int) -> Group:
    source = about["sources"][key]
    lines = [[Span(f"{source['title']}; {source['publisher']}, {source['date']}")], [Span(source["locator"], "dim")]]
    return labelled([Span(str(number), "cite"), Span(" list", "dim")], lines)
