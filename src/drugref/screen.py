"""A list of medicines and conditions held against the records: what is recorded that applies, and what was not checked.

Nothing here says that a combination is safe; that nothing was found is said together with what was not looked at.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from drugref import vocabulary
from drugref.bands import BANDS
from drugref.compare import Record, Side, by_item, side_effects
from drugref.store import Store
from drugref.text import phrase_key

Asked = tuple[vocabulary.Meaning, vocabulary.Meaning]
"""A condition asked about: what it means, and the terms above it."""

NOT_CHECKED = "not-checked"
"""Finding that is none: what the screen could not look at."""


class Finding(NamedTuple):
    """One thing that applies, or that was not checked."""

    finding: str
    """contraindication, caution, same-drug, same-class, shared-effect or not-checked."""
    drug: str
    """INN of the drug whose record says it."""
    other: str
    """The condition, or the other drug or drugs, that it applies to."""
    detail: str
    """What is recorded, in the record's words."""
    sources: tuple[str, ...]
    """Sources of the fact."""
    item: str = ""
    """Of a contraindication or caution, the item as recorded, with which the detail begins."""


class _Medicine(NamedTuple):
    """What other records may call a drug, as keys."""

    inn: str
    own: frozenset[str]
    """Its names."""
    member: frozenset[str]
    """Its classes and the groups that it belongs to."""
    foreign: tuple[str, ...]
    """All groups that it does not belong to."""


def asked(conditions: list[str], words: Store) -> list[Asked]:
    """Return what conditions mean, each with the terms above it."""
    meanings = [vocabulary.meaning(words, condition) for condition in conditions]
    return [(sought, vocabulary.broader(words, sought)) for sought in meanings]


def screen(records: list[Record], conditions: list[Asked], words: Store) -> list[Finding]:
    """Return every recorded contraindication and caution that applies to drugs taken together under some conditions.

    Records are of different drugs. Contraindications come first, then cautions, classes, shared effects, and last what was
    not checked.
    """
    groups = vocabulary.group_words(words)
    medicines = [_medicine(record, groups, words) for record in records]
    risks = [finding for record in records for finding in _risks(record, medicines, conditions, words)]
    risks.sort(key=lambda finding: finding.finding != "contraindication")
    return [*risks, *_same_class(records), *_shared_effects(records, words), *_not_checked(records, conditions, risks)]


def _medicine(record: Record, groups: list[str], words: Store) -> _Medicine:
    names = [record["inn"], *(name["name"] for name in record["names"] if name["kind"] != "chemical")]
    classes = record["class"]["path"] if record["class"] else []
    own = frozenset(key for key in map(phrase_key, names) if len(key) > 3)
    member = frozenset((*map(phrase_key, classes), *vocabulary.groups_of(words, [*names, *classes])))
    return _Medicine(record["inn"], own, member, tuple(key for key in groups if key not in member))


def _risks(record: Record, medicines: list[_Medicine], conditions: list[Asked], words: Store) -> Iterator[Finding]:
    for kind, key in (("contraindication", "contraindications"), ("caution", "cautions")):
        for risk in record[key]:
            detail = f"{risk['item']} – {risk['detail']}" if risk["detail"] else risk["item"]
            for other, remark in _applies_to(risk, record["inn"], medicines, conditions, words):
                yield Finding(kind, record["inn"], other, detail + remark, tuple(risk["sources"]), risk["item"])


def _applies_to(
    risk: dict[str, Any], inn: str, medicines: list[_Medicine], conditions: list[Asked], words: Store
) -> Iterator[tuple[str, str]]:
    """Yield what a recorded risk applies to, with a remark if it was recorded for something broader."""
    item = risk["item"]
    if risk["type"] in ("medicine", "statement"):
        for other in medicines:
            if other.inn != inn and _names(item, other):
                yield other.inn, ""
    for sought, above in conditions:
        if _is_about(item, sought, words):
            yield sought.text, ""
        elif _is_about(item, above, words):
            yield sought.text, f" (recorded for a broader term than {sought.text})"


_EXCEPT = re.compile(r"\b(?:other than|except|apart from|but not)\b")
"""What follows is not meant: fluoroquinolones other than ciprofloxacin."""


def _names(item: str, medicine: _Medicine) -> bool:
    """Tell whether an interacting medicine, as recorded, is a drug: by a name of it, a class, or a group that it belongs to."""
    meant, *excepted = (f" {phrase_key(part)} " for part in _EXCEPT.split(item, maxsplit=1))
    if any(f" {key} " in part for part in excepted for key in medicine.own):
        return False
    if any(f" {key} " in meant for key in medicine.own):
        return True
    # Diuretics are meant by "diuretics", but not by "potassium-sparing diuretics", unless they are of those too.
    held = [key for key in medicine.member if f" {key} " in meant]
    foreign = [f" {key} " for key in medicine.foreign if f" {key} " in meant] if held else []
    return any(not any(f" {key} " in longer for longer in foreign) for key in held)


def _is_about(item: str, sought: vocabulary.Meaning, words: Store) -> bool:
    """Tell whether a recorded item is about a condition: one of its words stands in the item, which means nothing else."""
    held = f" {phrase_key(item)} "
    return any(key and f" {key} " in held for key in sought.by_key) and not vocabulary.is_other(words, item, sought)


def _same_class(records: list[Record]) -> Iterator[Finding]:
    by_class: dict[str, list[Record]] = {}
    for record in records:
        if record["class"]:
            by_class.setdefault(record["class"]["path"][-1], []).append(record)
    for name, (first, *others) in by_class.items():
        if others:
            sources = dict.fromkeys(source for record in (first, *others) for source in record["class"]["sources"])
            yield Finding("same-class", first["inn"], ", ".join(other["inn"] for other in others), name, tuple(sources))


_COMMON = BANDS.index("common")


def _shared_effects(records: list[Record], words: Store) -> Iterator[Finding]:
    """Yield the effects that two drugs or more have at common or above; the most widely shared and frequent first."""
    shared: dict[str, dict[str, Side]] = {}
    for record in records:
        for key, side in by_item(side_effects(record, words)).items():
            if side.weight <= _COMMON:
                shared.setdefault(key, {})[record["inn"]] = side
    several = [held for held in shared.values() if len(held) > 1]
    several.sort(
        key=lambda held: (-len(held), min(side.weight for side in held.values()), min(side.item for side in held.values()))
    )
    for held in several:
        first, *others = held
        sources = dict.fromkeys(source for side in held.values() for source in side.sources)
        detail = f"{held[first].item}: {'; '.join(f'{inn} {side.value}' for inn, side in held.items())}"
        yield Finding("shared-effect", first, ", ".join(others), detail, tuple(sources))


def _not_checked(records: list[Record], conditions: list[Asked], risks: list[Finding]) -> Iterator[Finding]:
    for record in records:
        inn = record["inn"]
        lacking = [part for part in ("contraindications", "cautions", "side-effects") if part in record["nothing_recorded"]]
        if lacking:
            yield Finding(NOT_CHECKED, inn, "", f"nothing recorded: {', '.join(lacking)}", ())
        if unread := dict.fromkeys(text["part"] for text in record["texts"]):
            yield Finding(NOT_CHECKED, inn, "", f"a label's text, which was not screened: {', '.join(unread)}", ())
        for note in record["notes"]:
            if note["kind"] == "sourcing":
                yield Finding(NOT_CHECKED, inn, "", f"record may be incomplete: {note['text']}", ())
        met = {finding.item for finding in risks if finding.drug == inn}
        recorded = [risk for key in ("contraindications", "cautions") for risk in record[key] if risk["type"] == "medicine"]
        unmet = dict.fromkeys(risk["item"] for risk in recorded if risk["item"] not in met)
        if unmet:
            detail = f"medicines and groups recorded that no name given was matched to: {'; '.join(unmet)}"
            yield Finding(NOT_CHECKED, inn, "", detail, ())
    for sought, _ in conditions:
        met = {finding.drug for finding in risks if finding.other == sought.text}
        without = [record["inn"] for record in records if record["inn"] not in met]
        if without:
            known = "" if sought.concepts else "; the thesaurus does not know it, check its spelling"
            detail = f"no recorded contraindication or caution matched this condition{known}"
            yield Finding(NOT_CHECKED, ", ".join(without), sought.text, detail, ())
    yield Finding(NOT_CHECKED, "", "", "doses, routes, laboratory values and what the records do not hold", ())
