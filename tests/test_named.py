"""Effects that a label names without a figure: lists, sentences and flattened tables, and what is none of them."""

import pytest

from drugref.incidence.named.flat import read_flat
from drugref.incidence.named.reader import read_named


def named(text: str) -> list[str]:
    return [effect.effect for effect in read_named(text)]


@pytest.mark.parametrize(
    ("text", "effects"),
    [
        (
            "Other adverse reactions include: Immune system disorders: hypersensitivity/allergic reactions (including urticaria) "
            "Vascular disorders: vasculitis Gastrointestinal disorders: nausea, vomiting, diarrhea",
            ["vasculitis", "nausea", "vomiting", "diarrhea"],
        ),
        ("Skin: Alopecia, bruising, erythema.", ["alopecia", "bruising", "erythema"]),
        ("There have been reports of rash and angioedema in patients treated with Zylo.", ["rash", "angioedema"]),
        ("Seizures and hallucinations have been reported.", ["seizures", "hallucinations"]),
        ("Zylo may cause dizziness, which passes.", ["dizziness"]),
        ("The most common adverse reactions were nausea, headache, and fatigue.", ["nausea", "headache", "fatigue"]),
    ],
)
def test_what_a_sentence_names_is_an_effect(text: str, effects: list[str]) -> None:
    found = named(text)
    assert [effect for effect in effects if effect in found] == effects


@pytest.mark.parametrize(
    "text",
    [
        "To report suspected adverse reactions such as rash, contact Zylo at 1-800-555-0100.",
        "Patients with a history of gout or diabetes were excluded.",
        "Reactions of other drugs of this class include rash and fever.",
        "Rash was reported in placebo-treated patients.",
        "No cases of hepatitis have been reported.",
        "Pain management and monitoring of blood pressure have been described elsewhere.",
        "The onset of symptoms may occur after treatment.",
        "Laboratory tests included hemoglobin, creatinine and glucose.",
    ],
)
def test_what_only_sounds_like_one_is_none(text: str) -> None:
    assert named(text) == []


def test_a_flattened_table_gives_its_rows_without_figures() -> None:
    text = (
        "Table 2 Adverse reactions Zylo (N=100) n (%) Placebo (N=98) n (%) Nausea 12 (12) 3 (3) Headache 9 (9) 8 (8) "
        "Dizziness 7 (7) 2 (2) Abdominal pain 5 (5) 1 (1)"
    )
    effects = {effect.effect: effect.words for effect in read_named(text)}
    assert effects.keys() >= {"headache", "dizziness", "abdominal pain"}
    assert effects["headache"] == "table, figures not read"


def test_the_words_that_named_it_are_kept() -> None:
    (effect,) = read_named("Zylo may cause dizziness.")
    assert (effect.band, effect.words) == ("not-known", "Zylo may cause dizziness.")


HEAD = "Table 1 Trials in children Examplin Hydrochloride N=807 Placebo N=258 "
ROWS = "Constipation 11.0% 7.0% Eye disorders Dry eye 8.3% 3.5% Nausea 4.2% <1% "


@pytest.mark.parametrize(
    "text",
    [
        HEAD + ROWS + "The reactions were mild.",
        "Table 1 Trials in children Body system | Term | EXM (n=807) | Placebo (n=258) " + ROWS.replace("% ", "% | "),
        "Table 1 Trials in children Placebo (N = 258) % Examplin (N = 807) % "
        "Constipation 7.0% 11.0% Dry eye 3.5% 8.3% Nausea <1% 4.2% All were mild.",
    ],
)
def test_a_flattened_table_of_two_columns_gives_its_figures(text: str) -> None:
    figures = [(figure.effect, str(figure.incidence), str(figure.comparator)) for figure in read_flat(text)]
    assert figures == [("constipation", "11.0 %", "7.0 %"), ("dry eye", "8.3 %", "3.5 %"), ("nausea", "4.2 %", "< 1 %")]
    assert {figure.population for figure in read_flat(text)} == {"children"}


@pytest.mark.parametrize(
    "text",
    [
        HEAD.replace("N=807", "N=807 Otherol N=300") + ROWS,  # three arms
        HEAD + "Constipation 11.0% 7.0% 3% Dry eye 8.3% 3.5% 2% Nausea 4.2% 1% 2% ",  # three columns of figures
        HEAD + "Constipation 11.0% 7.0% Dry eye 8.3% 3.5% They were mild.",  # two rows may be anything
        HEAD.replace("Placebo", "Otherol") + ROWS,
        HEAD + "Constipation 89 11.0% 20 7.0% Dry eye 67 8.3% 9 3.5% Nausea 34 4.2% 10 3.9% ",  # counts among the shares
        "Examplin and placebo " + ROWS,
    ],
)
def test_a_flattened_table_whose_columns_are_in_doubt_gives_no_figure(text: str) -> None:
    assert read_flat(text) == []
