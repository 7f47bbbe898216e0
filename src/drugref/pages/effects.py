"""Side effects on a page: each once, by what speaks for the drug, with its figure, its bar and what other claims say."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from drugref.bands import BANDS, MEANING, range_of
from drugref.claims import Merged, is_not_above, merged
from drugref.pages.view import TIE, Bar, Block, Citations, Grid, Group, Line, Paragraph, Row, Section, Span
from drugref.query import Filter
from drugref.store import Store

Claim = dict[str, Any]


def chosen(drug: dict[str, Any], wanted: Filter) -> list[Claim]:
    """Return the claims of a record that a filter wants."""
    return [
        effect
        for effect in drug["side_effects"]
        if wanted.takes(BANDS.index(effect["band"]), BANDS.index(effect["least"])) and (effect["serious"] or not wanted.serious)
    ]


def section(effects: list[Claim], sources: dict[str, Claim], cite: Citations, words: Store | None) -> Section:
    """Return the section on some claims: each effect once, or, without a thesaurus to join them by, each claim."""
    entries = merged(effects, sources, words) if words else [Merged(effect["effect"], effect, []) for effect in effects]
    scale = max((effect["incidence"]["top"] for effect in effects if effect["incidence"]), default=0.0)
    groups = []
    ranges = {(entry.claim["band"], entry.claim["least"]) for entry in entries}
    for most, least in sorted(ranges, key=lambda pair: [*map(BANDS.index, pair)]):
        mine = [entry for entry in entries if (entry.claim["band"], entry.claim["least"]) == (most, least)]
        counted = words is None
        rows = [*_drawn(mine, scale, cite, counted=counted), *_run_on(mine, cite, counted=counted)]
        groups.append(Group(band_label(most, least), rows))
    blocks: list[Block] = [Grid(groups, ("band", "effect", "patients"))]
    if legend := _legend([entry.claim for entry in entries], entries):
        blocks.append(Paragraph(legend))
    return Section("Side effects", blocks)


def band_label(most: str, least: str) -> list[Line]:
    """Return the name of the bands that claims may be of, with their numbers below where they are of one."""
    meaning = [[Span(SHORT_MEANING[most], "dim")]] if most == least else []
    return [[Span(range_of(most, least), "strong")], *meaning]


SHORT_MEANING = {**{band: text.split(" to ")[0] for band, text in MEANING.items()}, "not-known": "no estimate"}


def bar_of(effect: Claim, scale: float) -> Bar | None:
    """Return the bar of a claim: from its lowest to its highest figure, with the comparator's mark; none for an open figure."""
    figure, other = effect["incidence"], effect["comparator"]
    if not figure or figure["low"] is None or figure["high"] is None or not scale:
        return None
    low = figure["low"] / scale if figure["low"] != figure["high"] else 0.0
    mark = other["top"] / scale if other and is_comparable(effect) else None
    return Bar(low, figure["high"] / scale, mark)


def is_comparable(effect: Claim) -> bool:
    """Tell whether a figure may be set beside its comparator's: a range of many trials not beside a single one's placebo."""
    return not ("–" in effect["incidence"]["text"] and "–" not in effect["comparator"]["text"])


def _is_drawn(claim: Claim) -> bool:
    """Tell whether a claim has a row with a figure and a bar: one of 1 % or more; the bar of less is a speck."""
    return bool(claim["arms"] or (_is_closed(claim) and claim["incidence"]["top"] >= 1))


def _is_closed(claim: Claim) -> bool:
    figure = claim["incidence"]
    return bool(figure and figure["low"] is not None and figure["high"] is not None)


def _drawn(entries: list[Merged], scale: float, cite: Citations, *, counted: bool) -> Iterator[Row]:
    """Yield rows with a figure and a bar; effects of one route and figure stand in one."""
    groups: dict[str, list[Merged]] = {}
    for entry in entries:
        if _is_drawn(claim := entry.claim):
            alone = id(entry) if claim["arms"] else ""
            shared = [claim["route"], _limits(claim, counted=counted), patients_of(claim), alone]
            groups.setdefault(str(shared), []).append(entry)
    for held in groups.values():
        claim = held[0].claim
        lead = [*filter(None, [claim["route"]]), *_limits(claim, counted=counted)]
        line = _several(held, lead, cite, counted=counted) if len(held) > 1 else _alone(held[0], cite, counted=counted)
        patients = patients_of(claim)
        yield Row(([line], [patients] if patients else []), bar_of(claim, scale))


def _run_on(entries: list[Merged], cite: Citations, *, counted: bool) -> Iterator[Row]:
    """Yield rows in which the other effects run on: of one route, and of one open figure or in the same words of a source.

    Many that are limited alike, or explained alike, stand in a row that says so once.
    """
    mine = [entry for entry in entries if not _is_drawn(entry.claim)]
    alike = Counter(_limits(entry.claim, counted=counted) for entry in mine)
    groups: dict[tuple[str, ...], list[Merged]] = {}
    for entry in mine:
        claim = entry.claim
        limits = _limits(claim, counted=counted)
        words = "" if _is_closed(claim) else "".join(span.text for span in patients_of(claim))
        lead = (claim["route"] or "", *(limits if alike[limits] >= _MANY else ()), words)
        groups.setdefault(lead, []).append(entry)
    for lead, held in groups.items():
        yield Row(([_several(held, [part for part in lead if part], cite, counted=counted)],))


_MANY = 3


def _alone(entry: Merged, cite: Citations, *, counted: bool) -> Line:
    line = _named(entry)
    detail = [*limits_of(entry.claim, counted=counted), *map(_arm, entry.claim["arms"])]
    if is_not_above(entry.claim):
        detail.insert(0, "not above its comparator")
    if detail:
        line.append(Span(f" – {'; '.join(detail)}"))
    return [*line, cite.mark(entry.claim["sources"]), *others_of(entry, cite)]


def _several(entries: list[Merged], lead: list[str], cite: Citations, *, counted: bool) -> Line:
    """Name effects one after another behind what they share; sources that follow each other are cited once."""
    line: Line = []
    for part in lead:
        line += [Span(", ")] if line else []
        line.append(Span(part, "words" if part[0] == "“" else "plain"))
    line += [Span(": ")] if line else []
    for number, entry in enumerate(entries):
        claim = entry.claim
        limits = [limit for limit in _limits(claim, counted=counted) if limit not in lead]
        line += [Span(", ")] if number else []
        line += _named(entry)
        line += [Span(" "), *patients_of(claim)] if _is_closed(claim) and not _is_drawn(claim) else []
        line += [Span(f" ({'; '.join(limits)})")] if limits else []
        following = entries[number + 1].claim["sources"] if number + 1 < len(entries) else None
        if entry.others or following != claim["sources"]:
            line.append(cite.mark(claim["sources"]))
        line += others_of(entry, cite)
    return line


def _limits(claim: Claim, *, counted: bool) -> tuple[str, ...]:
    """Return what is said in brackets behind an effect below its route."""
    return (*(["not above its comparator"] if is_not_above(claim) else []), *limits_of(claim, counted=counted, route=False))


def _named(entry: Merged) -> Line:
    return [Span("! ", "danger"), Span(entry.concept)] if entry.claim["serious"] else [Span(entry.concept)]


def others_of(entry: Merged, cite: Citations) -> Line:
    """Say in short what other claims say that the one shown does not: other bands, figures or words."""
    shown = _short(entry.claim)
    told: dict[str, list[str]] = {}
    for claim in entry.others:
        if (short := _short(claim)) != shown:
            told.setdefault(short, []).extend(claim["sources"])
    line: Line = []
    for short, sources in list(told.items())[:_MOST_OTHERS]:
        line += [Span("; " if line else " (also "), Span(short), cite.mark(list(dict.fromkeys(sources)))]
    more = len(told) - _MOST_OTHERS
    if more > 0:
        line.append(Span(f"; {more} more claims"))
    return [*line, Span(")")] if line else []


_MOST_OTHERS = 2


def _short(claim: Claim) -> str:
    said = (
        claim["incidence"]["text"].replace(" ", TIE)
        if claim["incidence"]
        else f"“{claim['wording']}”"
        if claim["wording"]
        else ""
    )
    limits = next((claim[name] for name in ("population", "dose", "severity", "place") if claim[name]), "")
    told = [range_of(claim["band"], claim["least"]) if not claim["incidence"] else "", said]
    return " ".join(part for part in told if part) + (f" in {limits.replace('-', ' ')}" if limits else "")


def _arm(arm: Claim) -> str:
    against = f" vs {arm['comparator']['text']}" if arm["comparator"] else ""
    return f"{arm['population']}: {arm['incidence']['text']}{against}"


def limits_of(claim: Claim, *, counted: bool = True, route: bool = True) -> list[str]:
    """Return what a claim is limited to, and what explains it, in the order of reading.

    ``counted``: also where it is from; ``route``: also by which route.
    """
    told = [claim.get(name) for name in _LIMITS if (counted or name != "counted") and (route or name != "route")]
    if claim.get("attribution") == "any-cause":
        told.append("of any cause")
    return [text.replace("-", " ") if text in _CODES else text for text in told if text]


_LIMITS = ("route", "product", "population", "dose", "severity", "place", "measure", "period", "counted", "detail")
_CODES = ("per-year", "leading-to-stopping", "leading-to-dose-change")


def patients_of(effect: Claim) -> Line:
    """Return what stands under "patients": the incidence, or the source's words."""
    if effect["incidence"]:
        line = [Span(effect["incidence"]["text"].replace(" ", TIE))]
        beside = effect["comparator"] and is_comparable(effect)
        return [*line, Span(f" vs{TIE}{effect['comparator']['text']}")] if beside else line
    return [Span(f"“{effect['wording']}”", "words")] if effect["wording"] else []


def _legend(claims: list[Claim], entries: list[Merged]) -> Line:
    """Explain the signs that the table uses, and say it if no band rests on figures."""
    parts: list[Span] = []
    if all(claim["basis"] == "wording" for claim in claims):
        parts.append(Span("Bands rest on wording: the sources give no figures.", "warn"))
    elif any(claim["wording"] and claim["basis"] == "wording" for claim in claims):
        parts.append(Span("“…”: the band rests on the source's words, not on figures."))
    if any(claim["comparator"] for claim in claims):
        parts.append(Span("vs: comparison arm, placebo unless stated, and its mark on the bar."))
    if any(bar and bar.low for bar in (bar_of(claim, 100.0) for claim in claims)):
        parts.append(Span("░ up to the lowest figure, █ from it to the highest."))
    if any(entry.others for entry in entries):
        parts.append(Span("also: what other sources say; --all-claims shows each."))
    if any(claim["serious"] for claim in claims):
        parts.append(Span("! serious", "danger"))
    line: Line = []
    for part in parts:
        line += [Span("  "), part] if line else [part]
    return line
