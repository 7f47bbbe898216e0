"""Pages of reverse look-ups: the drugs with an effect, a use or a risk, a line for each drug, its sources by number."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from drugref import vocabulary
from drugref.bands import BANDS
from drugref.claims import merged
from drugref.pages.effects import band_label, bar_of, limits_of, patients_of
from drugref.pages.found import RISKS
from drugref.pages.view import DISCLAIMER, TIE, Bullets, Citations, Grid, Group, Line, Page, Paragraph, Row, Section, Span
from drugref.store import Store

Fact = dict[str, Any]


def reverse_page(command: str, text: str, facts: list[Fact], sources: Mapping[str, Fact], words: Store) -> Page:
    """Return the page of a reverse look-up: drugs by band, by kind of use, or by what is forbidden and what asks for care.

    ``facts`` are as JSON has them, ``sources`` those that they cite, by identifier.
    """
    cite = Citations(words=words)
    sections = list(_TOLD[command](text, facts, sources, cite))
    if cite.numbers:
        held: Line = []
        for key, number in cite.numbers.items():
            held += [Span("  " if held else ""), Span(str(number), "cite"), Span(f"{TIE}{key}")]
        sections.append(Section("Sources", [Paragraph(held)]))
    foot = f"{DISCLAIMER} A drug that is not listed is not thereby free of it."
    return Page(text, [], sections, [Span(foot, "words")])


def _effects(text: str, facts: list[Fact], sources: Mapping[str, Fact], cite: Citations) -> Iterator[Section]:
    """Yield each drug once, by the claim that speaks for it, in that claim's bands."""
    told: dict[tuple[str, str], list[Row]] = {}
    assert cite.words is not None
    asked = vocabulary.preferred(cite.words, text)
    for inn, claims in _by(facts, "drug").items():
        first = merged(claims, sources, cite.words)[0]
        claim = first.claim
        more = len(claims) - 1
        line: Line = [Span("! ", "danger")] if claim["serious"] else []
        line.append(Span(inn, "strong"))
        if first.concept.casefold() != asked.casefold():
            line.append(Span(f": {first.concept}"))
        if limits := limits_of({**claim, "detail": None}, counted=False):
            line.append(Span(f" – {'; '.join(limits)}"))
        line += [cite.mark(claim["sources"]), *([Span(f" +{more}", "words")] if more else [])]
        patients = patients_of(claim)
        bands = claim["band"], claim["least"]
        told.setdefault(bands, []).append(Row(([line], [patients] if patients else [[Span("")]]), bar_of(claim, 100.0)))
    bands_of = sorted(told, key=lambda pair: [*map(BANDS.index, pair)])
    if told:
        groups = [Group(band_label(*bands), told[bands]) for bands in bands_of]
        legend = "+n: further claims of the drug; drugref side-effects DRUG --all-claims shows them."
        yield Section("Side effects", [Grid(groups, ("band", "drug", "patients")), Paragraph([Span(legend, "words")])])


def _uses(text: str, facts: list[Fact], sources: Mapping[str, Fact], cite: Citations) -> Iterator[Section]:
    groups = []
    for kind, uses in _by(facts, "kind").items():
        rows = [Row(([line],)) for line in _lines(uses, "condition", cite)]
        groups.append(Group([[Span(kind, "plain" if kind == "approved" else "warn")]], rows))
    if groups:
        yield Section("Uses", [Grid(groups)])


def _risks(text: str, facts: list[Fact], sources: Mapping[str, Fact], cite: Citations) -> Iterator[Section]:
    for kind, title, mark, role in RISKS:
        if items := _lines([fact for fact in facts if fact["kind"] == kind], "item", cite):
            yield Section(title, [Bullets(mark, role, items)])


_TOLD: dict[str, Callable[[str, list[Fact], Mapping[str, Fact], Citations], Iterator[Section]]] = {
    "side-effects": _effects,
    "uses": _uses,
    "contraindications": _risks,
}


def _lines(facts: list[Fact], key: str, cite: Citations) -> list[Line]:
    """Return a line for each drug: what is recorded, each thing named once, with what limits it by each source."""
    lines: list[Line] = []
    for inn, mine in _by(facts, "drug").items():
        line: Line = [Span(inn, "strong"), Span(": ")]
        for number, (item, held) in enumerate(_by(mine, key).items()):
            line.append(Span(f"{'; ' if number else ''}{item}"))
            for place, fact in enumerate(held):
                told = "; ".join(limits_of(fact))
                line += [Span(f"{' · ' if place else ' – '}{told}" if told else "", "dim"), cite.mark(fact["sources"])]
        lines.append(line)
    return lines


def _by(facts: list[Fact], key: str) -> dict[str, list[Fact]]:
    grouped: dict[str, list[Fact]] = {}
    for fact in facts:
        grouped.setdefault(fact[key], []).append(fact)
    return grouped
