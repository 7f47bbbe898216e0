"""Figures of several arms become one side effect, whose band is that of the highest."""

import pytest

from drugref.incidence.figures import Figure, Worded
from drugref.incidence.rules import Rule
from drugref.labels.effects import side_effects
from drugref.labels.scopes import DEGREES, SOME, scope_of
from drugref.model import Incidence


def figure(effect: str, text: str, population: str | None = None, comparator: str | None = None) -> Figure:
    against = Incidence.parse(comparator) if comparator else None
    return Figure(effect, Incidence.parse(text), against, None, population, f"{effect} {text}")


def test_arms_keep_their_own_figures() -> None:
    (effect,) = side_effects([figure("rash", "2 %", "10 mg", "1 %"), figure("Rash", "11 %", "20 mg", "1 %")], [], ("s",))
    assert (effect.effect, effect.band, str(effect.incidence), str(effect.comparator)) == (
        "rash",
        "very-common",
        "2–11 %",
        "1 %",
    )
    assert [(arm.population, str(arm.incidence)) for arm in effect.arms] == [("10 mg", "2 %"), ("20 mg", "11 %")]
    assert effect.wording == "Rash 11 %"


def test_an_arm_that_the_label_does_not_describe_says_so() -> None:
    (effect,) = side_effects([figure("rash", "2 %", "10 mg"), figure("rash", "11 %")], [], ("s",))
    assert [arm.population for arm in effect.arms] == ["10 mg", "population not stated"]


def test_one_arm_stands_in_the_effect_itself() -> None:
    (effect,) = side_effects([figure("rash", "2 %", "10 mg", "1 %"), figure("rash", "2 %")], [], ("s",))
    assert (effect.counted, effect.arms) == ("10 mg", ())


def test_comparators_that_differ_stand_with_their_arms() -> None:
    (effect,) = side_effects([figure("rash", "2 %", "trial 1", "1 %"), figure("rash", "3 %", "trial 2", "4 %")], [], ("s",))
    assert str(effect.comparator) == "1–4 %"
    assert [str(arm.comparator) for arm in effect.arms] == ["1 %", "4 %"]


def test_words_yield_to_figures_and_the_more_frequent_word_wins() -> None:
    words = [Worded("Rash", "rare", "Rare"), Worded("itch", "rare", "Rare"), Worded("itch", "common", "Common")]
    effects = side_effects([figure("rash", "2 %")], words, ("s",))
    assert [(effect.effect, effect.band, effect.basis, effect.wording) for effect in effects] == [
        ("rash", "common", "figures", "rash 2 %"),
        ("itch", "common", "wording", "Common"),
    ]


def test_a_bound_above_the_figures_is_the_figure() -> None:
    (effect,) = side_effects([figure("rash", "≤ 20 %", "trial 1"), figure("rash", "3 %", "trial 2")], [], ("s",))
    assert (str(effect.incidence), effect.band, effect.wording) == ("≤ 20 %", "very-common", "rash ≤ 20 %")


def test_an_arm_without_a_comparator_leaves_the_effect_without_one() -> None:
    (effect,) = side_effects([figure("rash", "2 %", "trial 1", "1 %"), figure("rash", "3 %", "trial 2")], [], ("s",))
    assert effect.comparator is None


def test_severe_cases_never_enter_the_range_of_all() -> None:
    arms = [figure("nausea", "30 %", "ZYLO (N=80), All Grades"), figure("nausea", "2 %", "ZYLO (N=80), Grade 3-4")]
    every, severe = side_effects(arms, [], ("s",))
    assert (str(every.incidence), every.severity) == ("30 %", None)
    assert (str(severe.incidence), severe.severity) == ("2 %", "grade-3-4")


def test_a_degree_in_the_name_of_an_effect_is_its_severity() -> None:
    every, serious = side_effects([figure("infections", "20 %"), figure("serious infections", "3 %")], [], ("s",))
    assert (every.effect, str(every.incidence), every.term) == ("infections", "20 %", None)
    assert (serious.effect, serious.severity, serious.term) == ("infections", "serious", "serious infections")


def test_some_patients_are_a_scope_of_their_own() -> None:
    arms = [
        figure("rash", "2 %"),
        figure("rash", "9 %", "Pediatric patients (N=30)"),
        figure("rash", "7 %", "Pediatric patients (N=9)"),
    ]
    every, some = sorted(side_effects(arms, [], ("s",)), key=lambda effect: effect.population or "")
    assert (str(every.incidence), every.is_special) == ("2 %", False)
    assert (str(some.incidence), some.population, some.is_special) == ("7–9 %", "Pediatric patients", True)


@pytest.mark.parametrize(
    ("effect", "counted", "expected"),
    [
        ("pain, severe", None, ("pain", "severe", None)),
        ("grade 3 or 4 neutropenia", None, ("neutropenia", "grade-3-4", None)),
        ("nausea", "ZYLO, Grade 3 or higher", ("nausea", "grade-3-5", None)),
        ("nausea", "Grade III/IV", ("nausea", "grade-3-4", None)),
        ("nausea", "Grade 4", ("nausea", "grade-4", None)),
        ("nausea", "ZYLO (n=258), Grade 3 – 4 %", ("nausea", "grade-3-4", None)),
        ("nausea", "Grades 1-4", ("nausea", None, None)),
        ("nausea", "Grade 1-2", ("nausea", None, "Grade 1-2")),
        ("nausea", "Serious adverse reactions", ("nausea", "serious", None)),
        ("nausea", "in combination with otherol", ("nausea", None, "in combination with otherol")),
        ("nausea", "patients with severe asthma", ("nausea", None, None)),
        ("severe cutaneous adverse reactions", None, ("severe cutaneous adverse reactions", None, None)),
        ("moderate to severe pain", None, ("moderate to severe pain", None, None)),
        ("rash", "men and women", ("rash", None, None)),
    ],
)
def test_what_a_figure_is_of(effect: str, counted: str | None, expected: tuple[str | None, ...]) -> None:
    assert scope_of(effect, counted)[:3] == expected


@pytest.mark.parametrize("rule", [*DEGREES, *SOME], ids=lambda rule: rule.name)
def test_a_rule_of_scope_holds_for_its_example(rule: Rule) -> None:
    assert scope_of("rash", rule.example)[1:3] != (None, None)
