"""Pages of what was found: searches, comparisons, screenings, interactions."""

from collections.abc import Sequence
from typing import Any

from drugref.compare import Compared
from drugref.pages.view import DISCLAIMER, Bullets, Grid, Group, Line, Page, Paragraph, Role, Row, Section, Span, cited
from drugref.parts import NOT_RECORDED
from drugref.screen import Finding
from drugref.search import MARK_OFF, MARK_ON

RISKS: tuple[tuple[str, str, str, Role], ...] = (
    ("contraindication", "Contraindicated", "✗", "danger"),
    ("caution", "With care", "▲", "warn"),
    ("self-care", "Ask first, when bought without prescription", "?", "warn"),
)


def search_page(text: str, found: Sequence[tuple[str, str, str]]) -> Page:
    """Return the page of a search: drug, part, and passage with what matched between marks."""
    groups = []
    for inn, part, passage in found:
        line = [Span(f"{part.replace('-', ' ')}: ", "dim"), *_marked(passage)]
        groups.append(Group([[Span(inn, "strong")]], [Row(([line],))]))
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
_NOT_HERE = "–"
_SIGNS = {"same": "=", "different": "≠", "only": " "}


def comparison_page(inns: list[str], compared: Sequence[Compared]) -> Page:
    """Return the grid of a comparison: an item a row, a drug a column; = marks what all share, ≠ what differs."""
    sections = []
    for part, title in _COMPARED.items():
        groups = [
            Group(
                [[Span(f"{_SIGNS[entry.group]} ", "dim"), Span(entry.item)]],
                [Row(tuple([[_value(value)]] for value in entry.values))],
            )
            for entry in compared
            if entry.part == part
        ]
        if groups:
            sections.append(Section(title, [Grid(groups, ("", *inns), even=True)]))
    legend: Line = [
        Span(f"= all alike  ≠ all have it, not alike  {_NOT_HERE} {NOT_RECORDED}, which is not absence. {DISCLAIMER}", "words")
    ]
    return Page(" · ".join(inns), [], sections, legend)


def _value(value: str) -> Span:
    if value == NOT_RECORDED:
        return Span(_NOT_HERE, "dim")
    roles: dict[str, Role] = {"contraindication": "danger", "caution": "warn"}
    return Span(value, roles.get(value, "plain"))


_FOUND: dict[str, tuple[str, str, Role]] = {
    "contraindication": ("Contraindications", "✗", "danger"),
    "caution": ("Cautions", "▲", "warn"),
    "self-care": ("Advice of packs without prescription", "?", "warn"),
    "only-if": ("Only if", "◇", "warn"),
    "same-drug": ("One drug named twice", "=", "warn"),
    "same-class": ("Of one class", "=", "warn"),
    "shared-effect": ("Effects that several have, common or more", "+", "warn"),
    "not-checked": ("Not checked", "?", "dim"),
}


def screen_page(names: list[str], conditions: list[str], findings: Sequence[Finding], *, complete: bool) -> Page:
    """Return the page of a screening, by kind of finding; what was not checked is always there, in few lines."""
    sections = []
    for kind, (title, mark, role) in _FOUND.items():
        its = [finding for finding in findings if finding.finding == kind]
        items = _unchecked_lines(its) if kind == "not-checked" else _pair_lines(its)
        if items:
            sections.append(Section(title, [Bullets(mark, role, items)]))
    subtitle: list[Line] = [[Span("Conditions: ", "dim"), Span(", ".join(conditions))]] if conditions else []
    if not complete:
        subtitle.append([Span("Not fully checked: not every name has a record.", "warn")])
    elif all(finding.finding == "not-checked" for finding in findings):
        subtitle.append([Span("Nothing recorded applies; this is not evidence of safety.", "warn")])
    foot = "What the records hold, not a clinical assessment."
    return Page(" + ".join(names), subtitle, sections, [Span(f"{DISCLAIMER} {foot}", "words")])


def _pair_lines(findings: Sequence[Finding]) -> list[Line]:
    """Return a line for each pair, with all that either record says of the other."""
    pairs: dict[frozenset[str], list[Finding]] = {}
    for finding in findings:
        pairs.setdefault(frozenset((finding.drug, finding.other)), []).append(finding)
    return [_pair_line(its) for its in pairs.values()]


def _pair_line(findings: list[Finding]) -> Line:
    first, *others = findings
    who = " with ".join(name for name in (first.drug, first.other) if name)
    line: Line = [Span(who, "strong"), Span(": ", "dim"), *_said(first)]
    for finding in others:
        line.append(Span("; ", "dim"))
        if finding.drug != first.drug:
            line += [Span(finding.drug, "strong"), Span(": ", "dim")]
        line += _said(finding)
    return line


def _said(finding: Finding) -> Line:
    rest = finding.detail.removeprefix(finding.item) if finding.item else finding.detail
    line: Line = [Span(finding.item), Span(rest, "dim")] if rest != finding.detail else [Span(rest)]
    if finding.via:
        line.append(Span(f" ({_group_of(finding.via)})", "dim"))
    return [*line, cited(finding.sources)] if finding.sources else line


def _group_of(via: str) -> str:
    """Return what a page says of the group that a finding rests on; machines have it in full."""
    group, _, rest = via.partition(";")
    return f"by the group {group}" if rest else f"by {group}"


def _unchecked_lines(findings: Sequence[Finding]) -> list[Line]:
    """Return what was not checked in three lines: names without a record; what records lack; and what none of it holds."""
    lacking = [finding for finding in findings if finding.detail.startswith(("no record of", "unknown drug"))]
    rest = [finding for finding in findings if finding not in lacking and finding.drug]
    lines: list[Line] = []
    if lacking:
        names = ", ".join(dict.fromkeys(finding.drug for finding in lacking))
        lines.append([Span(names, "strong"), Span(": no record; only what others say of it was checked")])
    if rest:
        told: dict[str, list[str]] = {}
        for finding in rest:
            told.setdefault(finding.detail, []).append(" with ".join(filter(None, (finding.drug, finding.other))))
        whole = "; ".join(f"{', '.join(names)}: {detail}" for detail, names in told.items())
        lines.append([Span(whole if len(whole) < _MOST else f"{whole[:_MOST].rsplit(' ', 1)[0]} … (-f tsv has all)")])
    lines += [[Span(finding.detail)] for finding in findings if not finding.drug]
    return lines


_MOST = 400
"""Characters of the line on what records lack."""


_LISTED = 6
"""Members of a group that a page names; the other forms have all."""


def interactions_page(names: list[str], told: Sequence[dict[str, Any]]) -> Page:
    """Return the page of what must not, or only with care, be given with a drug, or of what stands between several."""
    sections = []
    for kind, title, mark, role in RISKS:
        items = [_interaction_line(entry) for entry in told if entry["kind"] == kind]
        if items:
            sections.append(Section(title, [Bullets(mark, role, items)]))
    texts = [Paragraph([Span(entry["detail"]), cited(entry["sources"])]) for entry in told if entry["kind"] == "label-text"]
    if texts:
        sections.append(Section("The label's own text, sorted by nobody", list(texts)))
    foot = f"{DISCLAIMER} That a medicine is not listed clears nothing."
    return Page(" + ".join(names), [[Span("Interactions", "dim")]], sections, [Span(foot, "words")])


def _interaction_line(entry: dict[str, Any]) -> Line:
    line: Line = [Span(f"{entry['drug']} with {entry['with']}", "strong")]
    for group, members in entry.get("groups", {}).items():
        more = f" and {len(members) - _LISTED} more" if len(members) > _LISTED else ""
        line.append(Span(f" ({group}: {', '.join(members[:_LISTED])}{more})", "dim"))
    if "groups" not in entry and entry["via"] != entry["drug"]:
        line.append(Span(f" ({_group_of(entry['via'])})", "dim"))
    if entry["detail"]:
        line.append(Span(f" – {entry['detail']}", "dim"))
    return [*line, cited(entry["sources"])]
