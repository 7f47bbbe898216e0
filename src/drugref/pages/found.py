"""Pages of what was found: searches, comparisons, screenings. The pages of drugs are in ``view``."""

from collections.abc import Iterator, Sequence
from typing import Any

from drugref.compare import Compared
from drugref.pages.drug import band_label, height_of, limits_of, patients_of
from drugref.pages.view import DISCLAIMER, Bullets, Grid, Group, Line, Page, Role, Row, Section, Span, cited
from drugref.parts import NOT_RECORDED
from drugref.screen import Finding
from drugref.search import MARK_OFF, MARK_ON


def reverse_page(command: str, text: str, facts: list[dict[str, Any]]) -> Page:
    """Return the page of a reverse look-up: drugs by band, by kind of use, or by what is forbidden and what asks for care."""
    sections = []
    if command == "contraindications":
        for kind, title, mark, role in _RISKS:
            items = [_named(fact, [Span(fact["item"])]) for fact in facts if fact["kind"] == kind]
            if items:
                sections.append(Section(title, [Bullets(mark, role, items)]))
    elif command == "uses":
        groups = [
            Group(
                [[Span(kind, "plain" if kind == "approved" else "warn")]],
                [Row(([_named(use, [Span(use["condition"])])],)) for use in uses],
            )
            for kind, uses in _by(facts, "kind").items()
        ]
        sections = [Section("Uses", [Grid(groups)])] if groups else []
    else:
        groups = [
            Group(band_label(band, least), list(_effect_rows(effects)))
            for band, mine in _by(facts, "band").items()
            for least, effects in _by(mine, "least").items()
        ]
        sections = [Section("Side effects", [Grid(groups, ("band", "drug", "patients"))])] if groups else []
    return Page(text, [], sections, [Span(f"{DISCLAIMER} A drug that is not listed is not thereby free of it.", "words")])


_RISKS: tuple[tuple[str, str, str, Role], ...] = (
    ("contraindication", "Contraindicated", "✗", "danger"),
    ("caution", "With care", "▲", "warn"),
)


def _by(facts: list[dict[str, Any]], key: str) -> dict[str, list[dict[str, Any]]]:
    grouped: dict[str, list[dict[str, Any]]] = {}
    for fact in facts:
        grouped.setdefault(fact[key], []).append(fact)
    return grouped


def _named(fact: dict[str, Any], spans: Line) -> Line:
    told = fact["detail"] if fact.get("effect") else "; ".join(limits_of(fact))
    detail = [Span(f" – {told}", "dim")] if told else []
    return [Span(fact["drug"], "strong"), Span(": ", "dim"), *spans, *detail, cited(fact["sources"])]


def _effect_rows(effects: list[dict[str, Any]]) -> Iterator[Row]:
    for effect in effects:
        spans = [Span("! ", "danger")] if effect["serious"] else []
        height = height_of(effect)
        bar = None if height is None else height / 100
        patients = patients_of(effect)
        line = _named({**effect, "detail": "; ".join(limits_of(effect))}, [*spans, Span(effect["effect"])])
        yield Row(([line], [patients] if patients else []), bar)


def search_page(text: str, found: Sequence[tuple[str, str, str]]) -> Page:
    """Return the page of a search: drug, part, and passage with what matched between marks."""
    groups = []
    for inn, part, passage in found:
        groups.append(Group([[Span(inn, "strong")], [Span(part.replace("-", " "), "dim")]], [Row(([_marked(passage)],))]))
    sections = [Section("", [Grid(groups)])] if groups else []
    return Page(text, [], sections, [Span(DISCLAIMER, "words")])


def _marked(passage: str) -> Line:
    line: Line = []
    for number, piece in enumerate(passage.split(MARK_ON)):
        matched, _, rest = piece.partition(MARK_OFF) if number else ("", "", piece)
        line += [span for span in (Span(matched, "strong"), Span(rest)) if span.text]
    return line


_COMPARED = {
    "class": "Class", "atc": "ATC", "status": "Status", "targets": "Targets", "uses": "Uses", "side-effects": "Side effects",
    "contraindications": "Contraindications and cautions", "pharmacokinetics": "Pharmacokinetics",
}  # fmt: skip
_SIGNS = {"same": "=", "different": "≠", "only": " "}


def comparison_page(inns: list[str], compared: Sequence[Compared]) -> Page:
    """Return the grid of a comparison: an item a row, a drug a column; = marks what all share, ≠ what differs."""
    sections = []
    for part, title in _COMPARED.items():
        groups = [
            Group(
                [[Span(f"{_SIGNS[entry.group]} ", "dim"), Span(entry.item)]],
                [Row(tuple([[Span(value, _value_role(value))]] for value in entry.values))],
            )
            for entry in compared
            if entry.part == part
        ]
        if groups:
            sections.append(Section(title, [Grid(groups, ("", *inns), even=True)]))
    legend: Line = [
        Span(f"= all alike  ≠ all have it, not alike  – {NOT_RECORDED}, which is not absence. {DISCLAIMER}", "words")
    ]
    return Page(" · ".join(inns), [], sections, legend)


def _value_role(value: str) -> Role:
    if value == NOT_RECORDED:
        return "dim"
    roles: dict[str, Role] = {"contraindication": "danger", "caution": "warn"}
    return roles.get(value, "plain")


_FOUND: dict[str, tuple[str, str, Role]] = {
    "contraindication": ("Contraindications", "✗", "danger"),
    "caution": ("Cautions", "▲", "warn"),
    "same-drug": ("One drug named twice", "=", "warn"),
    "same-class": ("Of one class", "=", "warn"),
    "shared-effect": ("Effects that several have, common or more", "+", "warn"),
    "not-checked": ("Not checked", "?", "dim"),
}


def screen_page(inns: list[str], conditions: list[str], findings: Sequence[Finding]) -> Page:
    """Return the page of a screening, by kind of finding; what was not checked is always there."""
    sections = []
    for kind, (title, mark, role) in _FOUND.items():
        items = [_finding_line(finding) for finding in findings if finding.finding == kind]
        if items:
            sections.append(Section(title, [Bullets(mark, role, items)]))
    subtitle: list[Line] = [[Span("Conditions: ", "dim"), Span(", ".join(conditions))]] if conditions else []
    if all(finding.finding == "not-checked" for finding in findings):
        subtitle.append([Span("Nothing recorded applies; this is not evidence of safety.", "warn")])
    foot = "What the records hold, not a clinical assessment."
    return Page(" + ".join(inns), subtitle, sections, [Span(f"{DISCLAIMER} {foot}", "words")])


def _finding_line(finding: Finding) -> Line:
    who = " with ".join(name for name in (finding.drug, finding.other) if name)
    line: Line = [Span(who, "strong"), Span(": ", "dim")] if who else []
    rest = finding.detail.removeprefix(finding.item)
    line += [Span(finding.item), Span(rest, "dim")] if finding.item else [Span(rest)]
    return [*line, cited(finding.sources)] if finding.sources else line
