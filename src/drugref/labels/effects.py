"""From what was read of a label's incidence to side effects: one for each effect, with the figures of every arm.

The incidence is what the figures of all arms that were given the drug come to, as everywhere in drugref.
"""

from collections.abc import Iterable

from drugref.bands import BANDS
from drugref.facts import order_of
from drugref.incidence.figures import Figure, Worded
from drugref.model import Arm, Incidence, SideEffect, Sources
from drugref.text import name_key

_LONGEST = 120
"""Characters of an effect's name; what is longer is no name."""


def side_effects(figures: Iterable[Figure], worded: Iterable[Worded], sources: Sources) -> tuple[SideEffect, ...]:
    """Return the side effects by falling frequency; a word for an effect's frequency yields to its figures."""
    by_effect: dict[str, list[Figure]] = {}
    for figure in figures:
        key = name_key(figure.effect)
        if key and len(figure.effect) <= _LONGEST:
            held = by_effect.setdefault(key, [])
            if not any(_same(figure, other) for other in held):
                held.append(figure)
    found = {key: _measured(held, sources) for key, held in by_effect.items()}
    for entry in sorted(worded, key=lambda entry: BANDS.index(entry.band)):
        key = name_key(entry.effect)
        if key and key not in found and len(entry.effect) <= _LONGEST:
            found[key] = SideEffect(effect=entry.effect, band=entry.band, basis="wording", wording=entry.words, sources=sources)  # type: ignore[arg-type]  # a band's code, by Worded's word
    return tuple(sorted(found.values(), key=order_of))


def _same(figure: Figure, other: Figure) -> bool:
    """Tell whether two figures say the same: a label's highlights repeat its sections."""
    return figure.incidence == other.incidence and (
        (figure.population, figure.comparator) == (other.population, other.comparator) or not figure.population
    )


def _measured(held: list[Figure], sources: Sources) -> SideEffect:
    first = max(held, key=lambda figure: figure.incidence.reach)
    incidence = Incidence.spanning([figure.incidence for figure in held])
    compared = {figure.comparator for figure in held}
    several = len(held) > 1
    return SideEffect(
        effect=held[0].effect,
        incidence=incidence,
        comparator=held[0].comparator if len(compared) == 1 else None,
        counted=None if several else _population(held[0]),
        arms=tuple(map(_arm, held)) if several else (),
        basis="figures",
        wording=first.words,
        sources=sources,
    )


def _arm(figure: Figure) -> Arm:
    return Arm(
        population=_population(figure) or "population not stated", incidence=figure.incidence, comparator=figure.comparator
    )


def _population(figure: Figure) -> str | None:
    against = f"compared with {figure.versus}" if figure.versus else None
    return "; ".join(text for text in (figure.population, against) if text) or None
