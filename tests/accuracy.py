"""How well incidence is read from real labels, held against answers that were checked by hand.

The answers in ``tests/gold`` were written by reading the labels, before and without the reader. What counts is a figure: one
effect, one arm that was given the drug, one percentage. A figure that was read is right if the answers have the same effect,
percentage and (where both have one) comparator, each answer being used once; the words of an effect may differ in number,
case and punctuation, or be followed by what a footnote or parenthesis adds. Answers marked optional, a repetition, or "either
way" are right when read and no loss when not. Precision is what is right of what was read, recall what was found of what the
answers ask for. ``python -m tests.accuracy`` prints both, by label and by the rules that read the figures.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from drugref.incidence.figures import Figure
from drugref.text import phrase_key

GOLD = Path(__file__).parent / "gold"


class Score(NamedTuple):
    """What came of one label."""

    read: int
    right: int
    asked: int
    found: int
    wrong: list[str]
    missed: list[str]
    by_rule: dict[str, Counter[str]]
    """By the name of a rule: how many figures it read, how many of them are right, how many answers it found."""

    @property
    def precision(self) -> float:
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.asked if self.asked else 1.0


class Answer(NamedTuple):
    """A figure as it was read by eye."""

    effects: frozenset[str]
    incidences: frozenset[str]
    comparators: frozenset[str] | None
    needed: bool
    shown: str


def answers(gold: dict[str, Any]) -> list[Answer]:
    """Return the answers to a label, those that need not be found after those that must."""
    found: list[Answer] = []
    for section in gold["sections"]:
        for key, needed in (("figures", True), ("either_way", False)):
            for entry in section.get(key, ()):
                found += _answers(entry, section["id"], needed=needed)
    for entry in _excerpt(gold):
        found += _answers(entry, "highlights", needed=False)
    return sorted(found, key=lambda answer: not answer.needed)


def _excerpt(gold: dict[str, Any]) -> list[dict[str, Any]]:
    excerpt = gold.get("highlights_excerpt") or {}
    return list(excerpt.get("figures", ()) or excerpt.get("either_way", ())) if isinstance(excerpt, dict) else list(excerpt)


def _answers(entry: dict[str, Any], section: str, *, needed: bool) -> Iterator[Answer]:
    if not isinstance(entry, dict) or "incidence" not in entry:
        return
    names = [entry["effect"], *_list(entry, "alternative_effects")]
    names += [f"{entry['parent']} {name}" for name in names] if entry.get("parent") else []
    others = entry.get("alternatives") or []
    incidences = {entry["incidence"], *(other if isinstance(other, str) else other["incidence"] for other in others)}
    comparators = {entry["comparator"], *_list(entry, "alternative_comparators")} if entry.get("comparator") else None
    needed = needed and not entry.get("optional") and not entry.get("repeat_of")
    shown = f"{section}: {entry['effect']} {entry['incidence']} vs {entry.get('comparator')} [{entry.get('arm')}]"
    yield Answer(
        frozenset(map(effect_key, names)), frozenset(incidences), frozenset(comparators) if comparators else None, needed, shown
    )


def _list(entry: dict[str, Any], key: str) -> list[str]:
    value = entry.get(key) or []
    return [value] if isinstance(value, str) else list(value)


def effect_key(effect: str) -> str:
    """Return what two ways to write one effect have in common."""
    return phrase_key(re.sub(r"\([^)]*\)|[*†‡§¶#]", " ", effect)) or phrase_key(effect)


def score(figures: list[Figure], gold: dict[str, Any]) -> Score:
    """Hold what was read of a label against the answers."""
    open_ = answers(gold)
    asked = sum(answer.needed for answer in open_)
    wrong, right, found = [], 0, 0
    by_rule: dict[str, Counter[str]] = {}
    used_up: list[Answer] = []
    for figure in figures:
        before = right, found
        answer = next((answer for answer in open_ if _meets(figure, answer)), None)
        if answer:
            open_.remove(answer)
            used_up.append(answer)
            right += 1
            found += answer.needed
        elif any(_meets(figure, answer) for answer in used_up) and not figure.population:
            right += 1  # a label's highlights and lists say again what its tables say
        else:
            wrong.append(f"{figure.effect} {figure.incidence} vs {figure.comparator} [{figure.population}] ← {figure.words}")
        for rule in figure.rules:
            by_rule.setdefault(rule, Counter()).update(read=1, right=right - before[0], found=found - before[1])
    missed = [answer.shown for answer in open_ if answer.needed]
    return Score(len(figures), right, asked, found, wrong, missed, by_rule)


def told_by_rule(scores: Iterable[Score]) -> str:
    """Return a line for each rule: its precision, and its part of the recall of all."""
    held = list(scores)
    asked = sum(one.asked for one in held) or 1
    total: dict[str, Counter[str]] = {}
    for one in held:
        for rule, counts in one.by_rule.items():
            total.setdefault(rule, Counter()).update(counts)
    lines = ["rule                                                    read  right  precision  recall"]
    lines += [
        f"{rule:<54} {counts['read']:5} {counts['right']:6} {counts['right'] / counts['read']:10.3f} {counts['found'] / asked:7.3f}"
        for rule, counts in sorted(total.items(), key=lambda entry: -entry[1]["read"])
    ]
    return "\n".join(lines)


def _meets(figure: Figure, answer: Answer) -> bool:
    return (
        effect_key(figure.effect) in answer.effects
        and figure.incidence.text.replace(" to < ", "–") in answer.incidences  # the answers give the ends as printed
        and (not figure.comparator or not answer.comparators or figure.comparator.text in answer.comparators)
    )


def gold(name: str) -> dict[str, Any]:
    """Return the answers to a label."""
    return dict(json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8")))


def main() -> None:
    """Print precision and recall on the real labels."""
    from tests.test_accuracy import scores  # which needs this module

    held = scores()
    for name, one in held.items():
        print(f"{name}: precision {one.precision:.3f}, recall {one.recall:.3f}")  # noqa: T201 (a program that prints)
    read, right = sum(one.read for one in held.values()), sum(one.right for one in held.values())
    asked, found = sum(one.asked for one in held.values()), sum(one.found for one in held.values())
    print(f"all: precision {right / read:.3f} ({right} of {read}), recall {found / asked:.3f} ({found} of {asked})\n")  # noqa: T201
    print(told_by_rule(held.values()))  # noqa: T201


if __name__ == "__main__":
    main()
