"""From what was read of a label's incidence to side effects: one for each effect and scope, with the figures of every arm.

The incidence is what the figures of all arms that were given the drug come to, as everywhere in drugref. Severe and
serious cases and some patients alone are scopes of their own, which never enter the range of all who were given the drug.
"""

from collections.abc import Iterable
from typing import NamedTuple

from drugref.bands import BANDS
from drugref.facts import order_of
from drugref.incidence.figures import Figure, Worded
from drugref.labels.scopes import Scope, scope_of
from drugref.model import Arm, Incidence, SideEffect, Sources
from drugref.text import name_key

_LONGEST = 120
"""Characters of an effect's name; what is longer is no name."""


def side_effects(figures: Iterable[Figure], worded: Iterable[Worded], sources: Sources) -> tuple[SideEffect, ...]:
    """Return the side effects by falling frequency; a word for an effect's frequency yields to its figures."""
    by_scope: dict[tuple[str, str | None, str], list[_Scoped]] = {}
    for figure in figures:
        scope = scope_of(figure.effect, figure.population)
        key = name_key(scope.effect)
        if key and len(figure.effect) <= _LONGEST:
            held = by_scope.setdefault((key, scope.severity, (scope.population or "").lower()), [])
            if not any(_same(figure, other) for _, other in held):
                held.append(_Scoped(scope, figure))
    measured = [_measured(held, sources) for held in by_scope.values()]
    found: dict[str, SideEffect] = {}
    for entry in sorted(worded, key=lambda entry: BANDS.index(entry.band)):
        key = name_key(entry.effect)
        if key and (key, None, "") not in by_scope and key not in found and len(entry.effect) <= _LONGEST:
            found[key] = SideEffect(effect=entry.effect, band=entry.band, basis="wording", wording=entry.words, sources=sources)  # type: ignore[arg-type]  # a band's code, by Worded's word
    return tuple(sorted((*measured, *found.values()), key=order_of))


class _Scoped(NamedTuple):
    """A figure with what it is of."""

    scope: Scope
    figure: Figure


def _same(figure: Figure, other: Figure) -> bool:
    """Tell whether two figures say the same: a label's highlights repeat its sections."""
    return figure.incidence == other.incidence and (
        (figure.population, figure.comparator) == (other.population, other.comparator) or not figure.population
    )


def _measured(scoped: list[_Scoped], sources: Sources) -> SideEffect:
    scope, held = scoped[0].scope, [figure for _, figure in scoped]
    first = max(held, key=lambda figure: figure.incidence.reach)
    several = len(held) > 1
    return SideEffect(
        effect=scope.effect,
        term=held[0].effect if held[0].effect != scope.effect else None,
        incidence=Incidence.spanning([figure.incidence for figure in held]),
        comparator=_comparator(held),
        population=scope.population,
        severity=scope.severity,
        counted=None if several else _population(held[0]),
        arms=tuple(map(_arm, held)) if several else (),
        basis="figures",
        wording=first.words,
        sources=sources,
    )


def _comparator(held: list[Figure]) -> Incidence | None:
    """Return what the comparison arms come to, where each figure has one and all of them were given the same."""
    compared = [figure.comparator for figure in held if figure.comparator]
    if len(compared) < len(held) or len({figure.versus for figure in held}) > 1:
        return None
    return Incidence.spanning(compared)


def _arm(figure: Figure) -> Arm:
    return Arm(
        population=_population(figure) or "population not stated", incidence=figure.incidence, comparator=figure.comparator
    )


def _population(figure: Figure) -> str | None:
    against = f"compared with {figure.versus}" if figure.versus else None
    return "; ".join(text for text in (figure.population, against) if text) or None
