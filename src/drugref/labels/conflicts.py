"""Labels of one ingredient set that contradict each other: the figures in which another label differs beyond any doubt."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from drugref.bands import band_of
from drugref.incidence.figures import Figure
from drugref.labels.incidence import EFFECTS
from drugref.labels.label import Label, Section, Table
from drugref.labels.scopes import scope_of
from drugref.text import name_key

TIMES = 3
"""How many times as often an effect has to be seen under one label as under another, besides in another band."""
MOST = 5
"""Effects that are named for one label."""
_PERCENT = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d+)?(?= ?%)")
_CELL = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d+)?(?![\d,])")


def disagreeing(
    label: Label, figures: Sequence[Figure], others: Iterable[Label], read: Callable[[Label], Sequence[Figure]]
) -> Iterator[tuple[Label, list[str]]]:
    """Yield the labels that give other figures for the same effects, with what they say; ``figures`` are the label's own.

    Another label is read only if its figures are not the same to the last one, as they are in most copies of a label, and if
    it is for the same routes.
    """
    numbers: Counter[str] | None = None  # most labels are the only one of their ingredients
    for other in others:
        if set(other.routes) != set(label.routes):
            continue
        numbers = _numbers(label) if numbers is None else numbers
        if not numbers or _numbers(other) in (numbers, Counter()):
            continue
        if differing := list(_differing(figures, read(other))):
            yield other, differing[:MOST]


def _differing(mine: Sequence[Figure], theirs: Sequence[Figure]) -> Iterator[str]:
    """Yield what another label says of effects that it has three times as often, or as rarely, and in another band."""
    others = dict(_single(theirs))
    for key, figure in _single(mine):
        one, other = figure.incidence, others[key].incidence if key in others else None
        if other and one.high and other.high and band_of(one.high) != band_of(other.high):
            low, high = sorted((one.high, other.high))
            if high >= TIMES * low:
                yield f"{figure.effect} {other} (here {one})"


def _single(figures: Sequence[Figure]) -> Iterator[tuple[str, Figure]]:
    """Yield by its effect what is the one closed figure of an effect, in all who were given the drug and in no arm alone."""
    held: dict[str, list[Figure]] = {}
    limited: set[str] = set()
    for figure in figures:
        scope = scope_of(figure.effect, figure.population)
        held.setdefault(name_key(scope.effect), []).append(figure)
        if scope.severity or scope.population:
            limited.add(name_key(scope.effect))
    for key, (first, *rest) in held.items():
        one = first.incidence
        if key not in limited and one.low == one.high and all(figure.incidence == one for figure in rest):
            yield key, first


def _numbers(label: Label) -> Counter[str]:
    """Count the percentages in a label's sections on side effects, and the numbers in their tables."""
    return Counter(number for section in label.sections for number in _of_section(section, ""))


def _of_section(section: Section, part: str) -> Iterator[str]:
    part = section.part or part
    if part == EFFECTS:
        for block in section.blocks:
            if isinstance(block, Table):
                yield from _CELL.findall(" ".join(block.element.itertext()))
            else:
                yield from _PERCENT.findall(block.text)
    for inner in section.sections:
        yield from _of_section(inner, part)
