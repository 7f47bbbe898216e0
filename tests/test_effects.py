"""Figures of several arms become one side effect, whose band is that of the highest."""

from drugref.incidence.figures import Figure, Worded
from drugref.labels.effects import side_effects
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
    assert effect.comparator is None
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
