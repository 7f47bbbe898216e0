"""The one walk over a drug, in the order of ``parts.PARTS``: every output and every check of facts is a projection of it.

A fact is a record with ``sources``: which attributes of a drug hold facts follows from the model's types, and a model that has
one for which ``parts`` knows no place is refused when this module is imported.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from itertools import groupby
from typing import Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

from drugref import parts
from drugref.bands import BANDS
from drugref.model import Drug, Incidence, Passage, Product, Risk, SideEffect, Source, Use, key_of
from drugref.parts import LABEL_TEXT, NOTHING, NOTHING_KIND, Part
from drugref.text import phrase_key

Entry = tuple[str, Drug, dict[str, Source]]
"""A drug's key, the drug, and the sources that it cites."""


class Fact(NamedTuple):
    """A fact of a drug where the walk meets it; also a label's text, and that a part holds nothing."""

    part: Part
    """The part, and how its facts are told."""
    number: int
    """Place of the fact in its attribute, from 0."""
    record: Any
    """The record of the model; None for the fact that nothing is recorded."""
    kind: str
    """By what it is told apart: band, kind of use, type of risk; ``label-text`` or ``none-recorded``."""
    item: str
    """What it is of, or its text."""

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources that it cites."""
        return self.record.sources if self.record else ()

    @property
    def empty(self) -> bool:
        """Whether it only says that nothing is recorded."""
        return self.record is None

    @property
    def is_text(self) -> bool:
        """Whether it is a label's text, which nobody sorted."""
        return isinstance(self.record, Passage)

    @property
    def detail(self) -> str:
        """What limits or explains it, in one cell."""
        if self.record is None:
            return ""
        if isinstance(self.record, Passage):
            return self.record.title or ""
        tell = _DETAILS.get(type(self.record))
        return tell(self.record) if tell else phrases(*(getattr(self.record, name) for name in self.part.detail))


def joined(values: tuple[str, ...]) -> str:
    """Join the values of one cell."""
    return "; ".join(values)


def phrases(*values: str | None) -> str:
    """Join those texts that there are into one cell of free text."""
    return "; ".join(value for value in values if value)


def measured(effect: SideEffect) -> str:
    """Say in one cell what is known of a side effect's frequency in numbers: incidence, comparator, arms."""
    arms = (f"{arm.population}: {_against(arm.incidence, arm.comparator)}" for arm in effect.arms)
    return phrases(str(effect.incidence or ""), _comparator(effect.comparator), *arms)


def _comparator(figure: Incidence | None) -> str | None:
    return f"comparator {figure}" if figure else None


def _against(figure: Incidence, comparator: Incidence | None) -> str:
    return f"{figure} ({_comparator(comparator)})" if comparator else str(figure)


def scope_of(record: Any) -> str:
    """Say in one cell whom and what a claim is limited to, but for its route and place: product, patients, dose, degree."""
    severity = getattr(record, "severity", None)
    return phrases(record.population, record.product, getattr(record, "dose", None), severity and severity.replace("-", " "))


def limits_of(record: Any) -> str:
    """Say in one cell everything that a claim is limited to, and what limits or explains it besides."""
    return phrases(record.route, scope_of(record), record.place, record.detail)


def _of_effect(effect: SideEffect) -> str:
    words = f"“{effect.wording}”" if effect.wording else None
    serious = "serious" if effect.serious else None
    least = f"or rarer, down to {effect.least}" if effect.least != effect.band else None
    above = "not above its comparator" if effect.is_not_above else None
    rate = phrases(effect.measure if effect.measure != "patients" else None, effect.period, effect.attribution)
    limits = limits_of(effect)
    return phrases(serious, least, measured(effect), above, rate, f"basis {effect.basis}", words, limits, effect.counted)


def _of_product(product: Product) -> str:
    return phrases(f"{product.labels} labels", joined(product.ingredients), joined(product.routes))


_DETAILS: dict[type, Callable[[Any], str]] = {SideEffect: _of_effect, Risk: limits_of, Use: limits_of, Product: _of_product}
"""How facts are explained of which more is to be said than some attributes in a row."""


def text_of(value: Any) -> str:
    """Return what an attribute of a fact holds in one cell."""
    if isinstance(value, tuple):
        return " > ".join(value)
    return "" if value is None else str(value)


def running(held: Passage) -> str:
    """Return a label's text in one cell."""
    return " ".join(held.text)


def texts_of(drug: Drug, part: str) -> list[Passage]:
    """Return what of a part is kept as a label's text."""
    return [held for held in drug.texts if held.part == part]


@cache
def sourced() -> dict[str, Any]:
    """Return the attributes of a drug that hold facts, with the facts' types: those whose records have ``sources``.

    Attributes that hold one fact come before those that hold many.
    """
    found: dict[str, Any] = {}
    many: dict[str, Any] = {}
    for attribute, hint in get_type_hints(Drug, include_extras=True).items():
        held = next((kind for kind in (hint, *get_args(hint)) if is_dataclass(kind)), None)
        if held and "sources" in {field.name for field in fields(held)}:
            (many if get_origin(hint) is tuple else found)[attribute] = held
    return found | many


@cache
def kinds_of(part: Part) -> tuple[str, ...]:
    """Return the kinds that facts of a part can be, in the order of the model; none where it has no fixed ones."""
    if not part.kind:
        return ()
    hint = get_type_hints(sourced()[part.attribute])[part.kind]
    literal = next((kind for kind in (hint, *get_args(hint)) if get_origin(kind) is Literal), None)
    return get_args(literal)


_PLACES = {part.attribute for part in parts.PARTS} | {"texts"}
if homeless := sourced().keys() - _PLACES:
    raise TypeError(f"parts.PARTS has no place for {', '.join(sorted(homeless))} of model.Drug")


_KEYS = [(attribute, key_of(attribute)) for attribute in sourced()]


def held_by(drug: Drug, attribute: str) -> tuple[Any, ...]:
    """Return the facts of an attribute, one or many or none; None stands for one that validation refused."""
    value = getattr(drug, attribute)
    return value if isinstance(value, tuple) else (value,) if value is not None else ()


def every(drug: Drug) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield every fact of a drug that names sources, with its path inside the drug, in the order of the model."""
    for attribute, key in _KEYS:
        value = getattr(drug, attribute)
        if isinstance(value, tuple):
            for index, fact in enumerate(value):
                if fact is not None:
                    yield (key, index), fact
        elif value is not None:
            yield (key,), value


def cited_by(drug: Drug) -> dict[str, None]:
    """Return the sources that a drug cites, as keys in the order of its facts."""
    return {source: None for _, fact in every(drug) for source in fact.sources}


def walk(drug: Drug) -> Iterator[Fact]:
    """Yield the facts of a drug in the order of the page; each part ends with its label's text, or says that it is empty."""
    for name, places in _GROUPS:
        found = [fact for part in places if part.attribute for fact in _facts_at(drug, part)]
        if drug.texts:
            found += [
                Fact(places[0], index, held, LABEL_TEXT, running(held))
                for index, held in enumerate(drug.texts)
                if held.part == name
            ]
        yield from found
        if places[0].held and not found:
            yield Fact(places[0], 0, None, NOTHING_KIND, NOTHING)


_GROUPS = [(name, list(group)) for name, group in groupby(parts.PARTS, lambda part: part.name)]


def _facts_at(drug: Drug, part: Part) -> Iterator[Fact]:
    for index, record in _in_order(held_by(drug, part.attribute)):
        kind = getattr(record, part.kind) if part.kind else part.fixed
        if not part.kinds or kind in part.kinds:
            yield Fact(part, index, record, kind, text_of(getattr(record, part.item)))


def _in_order(records: tuple[Any, ...]) -> list[tuple[int, Any]]:
    """Return facts with their places: side effects by what they say of patients in general, the rest as they stand."""
    numbered = list(enumerate(records))
    if records and isinstance(records[0], SideEffect):
        numbered.sort(key=lambda pair: order_of(pair[1]))
    return numbered


def order_of(effect: SideEffect) -> tuple[Any, ...]:
    """Return by what side effects are sorted: band; above the comparator, patients in general, all degrees, related to the drug
    before what is not; key and serious ones; falling figures."""
    height = effect.incidence.reach[0] if effect.incidence else 0.0
    general = (effect.is_not_above, effect.is_special, effect.attribution == "any-cause")
    least = BANDS.index(effect.least or "not-known")
    return (BANDS.index(effect.band or "not-known"), least, *general, not effect.key, not effect.serious, -height)


def completed(drug: Drug) -> Drug:
    """Return a drug with its key side effects marked: named in a boxed warning or among the cautions, or serious and common."""
    warned = [f" {phrase_key(note.text)} " for note in drug.notes if note.kind == "boxed-warning"]
    warned += [f" {phrase_key(risk.item)} " for risk in drug.cautions]
    text = "\n".join(warned)

    def is_key(effect: SideEffect) -> bool:
        if effect.serious and BANDS.index(effect.band or "not-known") <= BANDS.index("common"):
            return True
        return f" {phrase_key(effect.effect)} " in text

    effects = [(effect, is_key(effect)) for effect in drug.side_effects]
    if all(effect.key == key for effect, key in effects):
        return drug
    return replace(
        drug, side_effects=tuple(effect if effect.key == key else replace(effect, key=key) for effect, key in effects)
    )


def nothing_recorded(walked: Iterable[Fact]) -> tuple[str, ...]:
    """Return those of ``parts.HELD_PARTS`` in which a drug that was walked holds neither a fact nor a label's text."""
    return tuple(fact.part.name for fact in walked if fact.empty)


def status_text(drug: Drug) -> str:
    """Say in one cell how a drug stands where."""
    return joined(tuple(dict.fromkeys(f"{status.status} ({status.where})" for status in drug.status)))


def sections_text(drug: Drug) -> str:
    """Say in one cell which sections of labels were read for a record; "" where it does not say."""
    if drug.sections is None:
        return ""
    told = ((field.name.replace("_", " "), getattr(drug.sections, field.name)) for field in fields(drug.sections))
    read = [f"{name} {'not read' if extent == 'no' else extent}" for name, extent in told if name != "reason"]
    return phrases(", ".join(read), drug.sections.reason)


def class_text(drug: Drug) -> str:
    """Give a drug's class as a path in one cell."""
    return text_of(drug.drug_class.path) if drug.drug_class else ""
