"""The sources of a page: a line each at its end, and what each is and supports on a page of their own."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from drugref.pages.view import Citations, Grid, Section, Span, labelled, linked


def cited_sources(drug: dict[str, Any], cite: Citations) -> list[Section]:
    """List what the page cites, by number, a line each; a page that cites nothing has no such section."""
    rows = []
    for key, number in cite.numbers.items():
        source = drug["sources"][key]
        address = next((span.link for span in linked(source["locator"]) if span.link), "")
        copy = [Span(f" (copy: {source['via']})", "dim")] if source["via"] else []
        line = [Span(source["title"], link=address), *copy]
        rows.append(labelled([Span(str(number), "cite"), Span(f" {source['kind']}", "dim")], [line]))
    return [Section("Sources", [Grid(rows)])] if rows else []


def supporting(drug: dict[str, Any], cite: Citations) -> list[Section]:
    """Tell of each source what it is, how it was read, and how many facts of each part rest on it, by the page's numbers."""
    rests = _resting(drug)
    rows = []
    for key, number in cite.numbers.items():
        source = drug["sources"][key]
        lines = [[Span(source["title"])], linked(source["locator"])]
        lines.append([Span("; ".join(_circumstances(source)))])
        lines.append([Span("supports "), Span(", ".join(f"{name} {count}" for name, count in rests[key].items()))])
        rows.append(labelled([Span(str(number), "cite"), Span(f" {source['kind']}", "dim")], lines))
    return [Section("Sources", [Grid(rows)])] if rows else []


def _circumstances(source: dict[str, Any]) -> Iterator[str]:
    if source["via"]:
        yield f"copy: {source['via']}"
    if source["dated"]:
        yield f"of {source['dated']}"
    read = source["read"] or {}
    yield from (f"{how}: {', '.join(read[how])}" for how in ("whole", "part") if read.get(how))
    yield f"read {source['retrieved']}"
    yield source["licence"]
    if source["note"]:
        yield source["note"].rstrip(".")


def _resting(drug: dict[str, Any]) -> dict[str, Counter[str]]:
    """Count the facts of each part that name each source."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for part, held in drug.items():
        for fact in held if isinstance(held, list) else [held]:
            for key in fact.get("sources", ()) if isinstance(fact, dict) else ():
                counts[key][part.replace("_", " ")] += 1
    return counts
