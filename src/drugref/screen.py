"""A list of medicines and conditions held against the records: what is recorded that applies, and what was not checked.

Nothing here says that a combination is safe; that nothing was found is said together with what was not looked at.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from drugref import vocabulary
from drugref.bands import BANDS, term
from drugref.store import Store
from drugref.text import phrase_key

Record = dict[str, Any]
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


def screen(records: list[Record], conditions: list[str], words: Store) -> list[Finding]:
    """Return every recorded contraindication and caution that applies to drugs taken together under some conditions.

    Records are of different drugs. Contraindications come first, then cautions, classes, shared effects, and last what was
    not checked.
    """
    meanings = [vocabulary.meaning(words, condition) for condition in conditions]
    asked = [(sought, vocabulary.broader(words, sought)) for sought in meanings]
    risks = [finding for record in records for finding in _risks(record, records, asked, words)]
    risks.sort(key=lambda finding: finding.finding != "contraindication")
    return [*risks, *_same_class(records), *_shared_effects(records, words), *_not_checked(records, conditions, risks, words)]


def _risks(record: Record, records: list[Record], asked: list[Asked], words: Store) -> list[Finding]:
    out = []
    for kind, key in (("contraindication", "contraindications"), ("caution", "cautions")):
        for risk in record[key]:
            detail = f"{risk['item']} – {risk['detail']}" if risk["detail"] else risk["item"]
            for other, remark in _applies_to(risk, record, records, asked, words):
                out.append(Finding(kind, record["inn"], other, detail + remark, tuple(risk["sources"])))
    return out


def _applies_to(
    risk: dict[str, Any], record: Record, records: list[Record], asked: list[Asked], words: Store
) -> Iterator[tuple[str, str]]:
    """Yield what a recorded risk applies to, with a remark if it was recorded for something broader."""
    if risk["type"] == "medicine":
        for other in records:
            if other is not record and names_medicine(risk["item"], other, words):
                yield other["inn"], ""
    for sought, above in asked:
        if _is_about(risk["item"], sought, words):
            yield sought.text, ""
        elif _is_about(risk["item"], above, words):
            yield sought.text, f" (recorded for a broader term than {sought.text})"


_EXCEPT = re.compile(r"\b(?:other than|except|apart from|but not)\b")
"""What follows is not meant: fluoroquinolones other than ciprofloxacin."""


def names_medicine(item: str, other: Record, words: Store) -> bool:
    """Tell whether an interacting medicine, as recorded, is a drug: by a name of it, a class, or a group that it belongs to."""
    meant, *excepted = (f" {phrase_key(part)} " for part in _EXCEPT.split(item, 1))
    names = [other["inn"], *(name["name"] for name in other["names"] if name["kind"] != "chemical")]
    groups = other["class"]["path"] if other["class"] else []
    own = [key for key in map(phrase_key, names) if len(key) > 3]
    if any(f" {key} " in part for part in excepted for key in own):
        return False
    if any(f" {key} " in meant for key in own):
        return True
    member = {*map(phrase_key, groups), *vocabulary.groups_of(words, [*names, *groups])}
    # Diuretics are meant by "diuretics", but not by "potassium-sparing diuretics", unless they are of those too.
    foreign = [f" {key} " for key in vocabulary.group_words(words) if key not in member and f" {key} " in meant]
    return any(f" {key} " in meant and not any(f" {key} " in longer for longer in foreign) for key in member)


def _is_about(item: str, sought: vocabulary.Meaning, words: Store) -> bool:
    """Tell whether a recorded item is about a condition: one of its words stands in the item, which means nothing else."""
    held = f" {phrase_key(item)} "
    keys = (phrase_key(phrase) for phrase in sought.phrases)
    return any(key and f" {key} " in held for key in keys) and not vocabulary.is_other(words, item, sought)


def _same_class(records: list[Record]) -> list[Finding]:
    out = []
    by_class: dict[str, list[Record]] = {}
    for record in records:
        if record["class"]:
            by_class.setdefault(record["class"]["path"][-1], []).append(record)
    for name, members in by_class.items():
        for record in members[:1] if len(members) > 1 else []:
            others = ", ".join(other["inn"] for other in members[1:])
            sources = dict.fromkeys(source for member in members for source in member["class"]["sources"])
            out.append(Finding("same-class", record["inn"], others, name, tuple(sources)))
    return out


_COMMON = BANDS.index("common")


def _shared_effects(records: list[Record], words: Store) -> list[Finding]:
    """Return the effects that two drugs or more have at common or above; the most widely shared and frequent first."""
    shared: dict[str, dict[str, tuple[int, str, tuple[str, ...]]]] = {}
    for record in records:
        for effect in record["side_effects"]:
            rank = BANDS.index(effect["band"])
            if rank > _COMMON:
                continue
            concepts = vocabulary.concepts_of(words, effect["effect"])
            item = vocabulary.preferred(words, effect["effect"]) if len(concepts) == 1 else effect["effect"]
            incidence = f", {effect['incidence']['text']}" if effect["incidence"] else ""
            entry = (rank, f"{record['inn']} {term(effect['band'])}{incidence}", tuple(effect["sources"]))
            held = shared.setdefault(phrase_key(item), {})
            held[record["inn"]] = min(held.get(record["inn"], entry), entry)
            held.setdefault("", (0, item, ()))
    out = []
    for held in shared.values():
        item = held.pop("")[1]
        if len(held) > 1:
            first, *others = held
            sources = dict.fromkeys(source for _, _, cited in held.values() for source in cited)
            detail = f"{item}: {'; '.join(text for _, text, _ in held.values())}"
            out.append((-len(held), min(rank for rank, _, _ in held.values()), item,
                        Finding("shared-effect", first, ", ".join(others), detail, tuple(sources))))  # fmt: skip
    return [finding for *_, finding in sorted(out, key=lambda entry: entry[:3])]


def _not_checked(records: list[Record], conditions: list[str], risks: list[Finding], words: Store) -> list[Finding]:
    out = []
    for record in records:
        lacking = [part for part in ("contraindications", "cautions", "side-effects") if part in record["nothing_recorded"]]
        if lacking:
            out.append(Finding(NOT_CHECKED, record["inn"], "", f"nothing recorded: {', '.join(lacking)}", ()))
        partial = [note["text"] for note in record["notes"] if note["kind"] == "sourcing"]
        out += [Finding(NOT_CHECKED, record["inn"], "", f"record may be incomplete: {text}", ()) for text in partial]
        open_items = [
            risk["item"]
            for key in ("contraindications", "cautions")
            for risk in record[key]
            if risk["type"] == "medicine"
            and not any(f.drug == record["inn"] and f.detail.startswith(risk["item"]) for f in risks)
        ]
        if open_items:
            listed = "; ".join(dict.fromkeys(open_items))
            out.append(
                Finding(
                    NOT_CHECKED,
                    record["inn"],
                    "",
                    f"medicines and groups recorded that no name given was matched to: {listed}",
                    (),
                )
            )
    for condition in conditions:
        known = "" if vocabulary.concepts_of(words, condition) else "; the thesaurus does not know it, check its spelling"
        without = [
            record["inn"] for record in records if not any(f.drug == record["inn"] and f.other == condition for f in risks)
        ]
        if without:
            detail = f"no recorded contraindication or caution matched this condition{known}"
            out.append(Finding(NOT_CHECKED, ", ".join(without), condition, detail, ()))
    out.append(Finding(NOT_CHECKED, "", "", "doses, routes, laboratory values and what the records do not hold", ()))
    return out
