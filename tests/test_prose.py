"""Sentences and lists of labels are read as they stand, or stay text and are counted."""

import json
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugref.incidence.prose.arrangements import told
from drugref.incidence.prose.clauses import PATTERNS, Pattern
from drugref.incidence.prose.guards import BY_NAME
from drugref.incidence.prose.marks import marked
from drugref.incidence.prose.passages import LONGEST, pieces
from drugref.incidence.prose.reader import QUOTED, read_prose
from drugref.incidence.prose.shares import normalised, shares_in
from drugref.incidence.prose.terms import effect, parts
from drugref.labels.incidence import read_sections
from drugref.labels.label import Item, Paragraph, Section
from tests.conftest import ROOT

DRUGS = ("examplin", "exampla")
NAPROXEN = ROOT.parent / "shared" / "data" / "openfda" / "rohit_drug_labels.json"


def figures(text: str, heading: str = "") -> list[str]:
    """Return what is read as lines: effect, incidence, comparator and who was in its arm."""
    return [
        f"{figure.effect} {figure.incidence}"
        + (f", {figure.versus or 'placebo'} {figure.comparator}" if figure.comparator else "")
        for figure in read_prose(text, DRUGS, heading).figures
    ]


READ = {
    "the drug named twice before its comparator": (
        "In a study comparing examplin with otherol, reactions in ≥5% of patients treated with examplin (n = 776) and more "
        "frequently than in patients treated with a sulfonylurea (n = 775) were back pain (9.1% vs 8.4%), cough (6% vs 5%).",
        [
            "back pain 9.1 %, patients treated with a sulfonylurea (n = 775) 8.4 %",
            "cough 6 %, patients treated with a sulfonylurea (n = 775) 5 %",
        ],
    ),
    "the drug with another one beside the drug alone": (
        "Serious reactions in the examplin and otherol arm and the examplin arm, respectively, were colitis (10% and 2%).",
        [],
    ),
    "headings of systems run into their lists": (
        "The following events occurred in <1% of patients: Central Nervous System tremor, vertigo. Special Senses tinnitus, 1 eye pain, itch. "
        "Gastrointestinal anorexia, gastrointestinal bleeding, 1 vomiting. Respiratory failure, cough, 1 hiccups.",
        [
            *("tremor < 1 %", "vertigo < 1 %", "tinnitus < 1 %", "eye pain < 1 %", "itch < 1 %", "anorexia < 1 %"),
            *("gastrointestinal bleeding < 1 %", "vomiting < 1 %", "respiratory failure < 1 %", "cough < 1 %", "hiccups < 1 %"),
        ],
    ),
    "an adjective of a system where lists have no headings": (
        "The following events occurred in <1% of patients: Gastrointestinal upset, rash, 1 death in a trial.",
        ["gastrointestinal upset < 1 %", "rash < 1 %"],
    ),
    "one per so many": (
        "Anaphylaxis was reported in approximately 1 per 10,000 patients. Alopecia occurred in one out of every 50 patients.",
        ["anaphylaxis 0.01 %", "alopecia 2 %"],
    ),
    "patients counted among all": (
        "Constipation was reported in 5 of 200 patients. Rash was seen in 3 of 50 patients on examplin and 1 of 50 patients on placebo.",
        ["constipation 2.5 %", "rash 6 %, placebo 2 %"],
    ),
    "patients counted, and their share": ("Pain was reported in 39 of 1044 patients (3.7%).", ["pain 3.7 %"]),
    "a figure in brackets": ("Drowsiness (10 to 63 %)", ["drowsiness 10–63 %"]),
    "several in brackets": (
        "Reactions were headache (12%), dizziness (5.3%) and rash (< 1%).",
        ["headache 12 %", "dizziness 5.3 %", "rash < 1 %"],
    ),
    "figures behind commas": ("headache, 12%; dizziness, 5%", ["headache 12 %", "dizziness 5 %"]),
    "two effects under one figure": ("Nausea and vomiting (3%).", ["nausea and vomiting 3 %"]),
    "arms named in brackets": ("Nausea (EXAMPLA 5%, placebo 3%).", ["nausea 5 %, placebo 3 %"]),
    "placebo named first": ("Nausea (placebo 3%, EXAMPLA 5%).", ["nausea 5 %, placebo 3 %"]),
    "only the second arm named": ("Nausea (7% vs. 3% for placebo).", ["nausea 7 %, placebo 3 %"]),
    "arms in order": ("Nausea (5% and 2%, respectively) was seen with Examplin and placebo.", ["nausea 5 %, placebo 2 %"]),
    "another drug in brackets": ("Edema (examplin 8%, otherol 2%).", ["edema 8 %, otherol 2 %"]),
    "a sentence with two arms": (
        "Drowsiness occurred in 12 % of patients treated with EXAMPLA and in 5 % of patients on placebo.",
        ["drowsiness 12 %, placebo 5 %"],
    ),
    "share first": (
        "12% of EXAMPLA-treated patients reported drowsiness compared with 5% of placebo-treated patients.",
        ["drowsiness 12 %, placebo 5 %"],
    ),
    "placebo in brackets": ("Drowsiness was reported in 2.3 % (vs 0.7 % placebo).", ["drowsiness 2.3 %, placebo 0.7 %"]),
    "counts beside the shares": (
        "Gout was reported in 144 subjects (6.1%) in the examplin group and 89 subjects (3.8%) in the placebo group.",
        ["gout 6.1 %, placebo 3.8 %"],
    ),
    "several doses": (
        "Nausea was reported by 5% of patients receiving Examplin 10 mg, 7% of patients receiving Examplin 20 mg, and 2% of "
        "patients receiving placebo.",
        ["nausea 5 %, placebo 2 %", "nausea 7 %, placebo 2 %"],
    ),
    "effects and shares in order": (
        "Nausea, vomiting, and rash occurred in 5%, 4%, and 3% of patients, respectively.",
        ["nausea 5 %", "vomiting 4 %", "rash 3 %"],
    ),
    "a threshold before a list": (
        "The most common adverse reactions (incidence ≥ 5 % and twice that of placebo) were nausea, cough and dry mouth.",
        ["nausea ≥ 5 %", "cough ≥ 5 %", "dry mouth ≥ 5 %"],
    ),
    "a bound in words": ("in less than 1 % of patients: nausea, rash", ["nausea < 1 %", "rash < 1 %"]),
    "a range before a list": ("1% to 10%: rash, fever", ["rash 1 to < 10 %", "fever 1 to < 10 %"]),
    "between two bounds": ("Reported in between 0.1 % and 1 % of patients: gout.", ["gout 0.1 to < 1 %"]),
    "up to": ("Rash occurred in up to 3 % of patients.", ["rash ≤ 3 %"]),
    "about": ("Rash occurred in approximately 10 % of patients.", ["rash 10 %"]),
    "or less": ("Adverse reactions in 1% or less of patients: rash, gout.", ["rash ≤ 1 %", "gout ≤ 1 %"]),
    "a word with its definition": ("Uncommon (≥1/1,000 to <1/100): rash, fever", ["rash 0.1 to < 1 %", "fever 0.1 to < 1 %"]),
    "every band with its definition": (
        "Common (1% to <10%): rash. Uncommon (≥1/1,000 to <1/100): gout. Rare (1 in 10,000 to 1 in 1,000): coma. "
        "Very rare (<1/10,000): stroke. Uncommon (less than 1% but at least 0.1%): fever.",
        ["rash 1 to < 10 %", "gout 0.1 to < 1 %", "coma 0.01 to < 0.1 %", "stroke < 0.01 %", "fever 0.1 to < 1 %"],
    ),
    "a range within one band over a list": ("Reported in 2% to 3% of patients: gout, rash.", ["gout 2–3 %", "rash 2–3 %"]),
    "a range of several figures of one effect": ("Rash occurred in 5% to 10% of patients.", ["rash 5–10 %"]),
    "definitions in a paragraph of their own": (
        "The terms are common (≥1/100 to <1/10), uncommon (≥1/1,000 to <1/100), rare (<1/1,000).\nCommon: rash\nRare: coma",
        ["rash 1 to < 10 %", "coma < 0.1 %"],
    ),
    "an effect and two shares behind a colon": (
        "Headache: 14.3% vs 6.1% with placebo. Nausea: 9% vs 3% with placebo.",
        ["headache 14.3 %, placebo 6.1 %", "nausea 9 %, placebo 3 %"],
    ),
    "the drug and another one in their order": (
        "The rates for Examplin and otherol, respectively, were: epistaxis (6.2%, 3.3%), gout (1.5%, 1.0%).",
        ["epistaxis 6.2 %, otherol 3.3 %", "gout 1.5 %, otherol 1.0 %"],
    ),
    "systems run into items": (
        "In <2% of patients: malaise Cardiovascular cardiac arrest, vasculitis Digestive pancreatitis, anorexia Renal failure, "
        "rash Eye disorders -mydriasis.",
        [
            f"{effect} < 2 %"
            for effect in (
                "malaise",
                "cardiac arrest",
                "vasculitis",
                "pancreatitis",
                "anorexia",
                "renal failure",
                "rash",
                "mydriasis",
            )
        ],
    ),
    "in whom, before the list": (
        "Most common reactions (≥20%) were: as a single agent: fatigue, gout.",
        ["fatigue ≥ 20 %", "gout ≥ 20 %"],
    ),
    "words defined before": (
        "Frequent adverse events are those occurring in at least 1/100 patients; rare events are those occurring in fewer than "
        "1/1000 patients. Cardiovascular System – Frequent: palpitation; Rare: asystole. Skin: Frequent: rash.",
        ["palpitation ≥ 1 %", "asystole < 0.1 %", "rash ≥ 1 %"],
    ),
    "systems run together under a bound": (
        "The following events occurred in <2% of patients; a causal relationship is uncertain: Body as a Whole: face edema, "
        "shock. Digestive: vomiting, dry mouth Special Senses: tinnitus",
        ["face edema < 2 %", "shock < 2 %", "vomiting < 2 %", "dry mouth < 2 %", "tinnitus < 2 %"],
    ),
    "an asterisk and its footnote": (
        "Reactions in approximately 1% to 10% of patients were: Skin: itching*, sweating *Incidence between 3% and 9%.",
        ["itching 3–9 %", "sweating 1 to < 10 %"],
    ),
    "several statements in one sentence": (
        "Nausea was reported in 14% and vomiting in 6% of patients treated with examplin.",
        ["nausea 14 %", "vomiting 6 %"],
    ),
    "what an effect led to": (
        "Rash occurred in 15-45% of patients, causing discontinuation in 3% of patients.",
        ["rash 15–45 %"],
    ),
    "placebo in brackets behind the drug": (
        "Gout occurred in 10% of patients on examplin (placebo 2%).",
        ["gout 10 %, placebo 2 %"],
    ),
    "more often than placebo": (
        "Reactions more frequent than placebo were nausea (5%), rash (2%).",
        ["nausea 5 %", "rash 2 %"],
    ),
    "arms named around the brackets": (
        "The most common adverse reactions (examplin vs placebo) were nausea (14% vs 4%) and gout (6% vs 2%).",
        ["nausea 14 %, placebo 4 %", "gout 6 %, placebo 2 %"],
    ),
    "arms named around the brackets, placebo first": (
        "The most common adverse reactions, as placebo vs examplin, were nausea (4% vs 14%).",
        ["nausea 14 %, placebo 4 %"],
    ),
    "leads without a full stop": (
        "Most common reactions (≥5%) in adults were gout and rash (6.1) Most common reactions (≥4%) in children were fever, cough",
        ["gout ≥ 5 %", "rash ≥ 5 %", "fever ≥ 4 %", "cough ≥ 4 %"],
    ),
    "a list longer than a sentence may be": (
        "The following events occurred in <2% of patients: " + "Skin: rash, gout Cardiac: angina " * 200,
        ["rash < 2 %", "gout < 2 %", "angina < 2 %"] * 200,
    ),
    "doses in order": (
        "The incidence of nausea was 1%, 2%, and 4% for 10, 20, and 40 mg, respectively.",
        ["nausea 1 %", "nausea 2 %", "nausea 4 %"],
    ),
    "doses in order, and placebo behind": (
        "Gout was seen in 5% and 8% of patients receiving Examplin 10 mg and 20 mg, respectively, compared with 3% on placebo.",
        ["gout 5 %, placebo 3 %", "gout 8 %, placebo 3 %"],
    ),
    "dose groups": ("Reactions were nausea (7% in the 5-day group, 4% in the 10-day group).", ["nausea 7 %", "nausea 4 %"]),
    "effects and shares in order, in brackets": (
        "The most common reactions were site pain and site reaction (19% and 16%, respectively).",
        ["site pain 19 %", "site reaction 16 %"],
    ),
    "higher in one arm": (
        "The incidence of gout was significantly higher in the examplin group (38, 1.6%) as compared to the placebo group "
        "(16, 0.7%).",
        ["gout 1.6 %, placebo 0.7 %"],
    ),
    "rare, but higher in one arm": (
        "Rises of CK (≥ 10 × ULN) were rare, but were higher in the examplin group (0.3%) compared to placebo (0.1%).",
        ["rises of CK (≥ 10 × ULN) 0.3 %, placebo 0.1 %"],
    ),
    "arms compared before the shares": (
        "Examplin-treated patients had a higher incidence of arthralgia when compared to controls (3% vs. 1%).",
        ["arthralgia 3 %, controls 1 %"],
    ),
    "arms named twice": (
        "A higher incidence of gout was seen in the examplin group compared to placebo (55, 2.3% examplin vs. 33, 1.4% placebo).",
        ["gout 2.3 %, placebo 1.4 %"],
    ),
    "what an effect comprises": (
        "20% of patients treated with Examplin developed site reactions (redness, or pain), compared to 14% of patients "
        "receiving placebo.",
        ["site reactions 20 %, placebo 14 %"],
    ),
    "when an effect was seen": (
        "Serious infections were observed in 4% of patients within approximately 2 years of initiation of treatment with "
        "Examplin and included sepsis.",
        ["serious infections 4 %"],
    ),
    "how severe an effect was": (
        "Pneumonitis occurred in 3.1% (61/1994) of patients on Examplin, including Grade 4 (<0.1%), and Grade 3 (0.9%).",
        ["pneumonitis 3.1 %"],
    ),
    "an adjective with its noun": (
        "The rates of musculoskeletal adverse reactions were 9% in the examplin group and 6% on placebo.",
        ["musculoskeletal adverse reactions 9 %, placebo 6 %"],
    ),
    "a change of two measures": (
        "Elevations of bilirubin and transaminases were reported in <1% of patients.",
        ["elevations of bilirubin and transaminases < 1 %"],
    ),
    "two leads in one sentence": (
        "The most common local reactions were pain (57%) and erythema (37%); the most common systemic adverse reactions were "
        "fever (14%) and malaise (8%).",
        ["pain 57 %", "erythema 37 %", "fever 14 %", "malaise 8 %"],
    ),
    "what patients were given besides": (
        "A total of 45% of children experienced an infection while receiving EXAMPLA in the first 16 weeks of treatment.",
        ["infection 45 %"],
    ),
    "reactions that do not appear elsewhere": (
        "Other reactions that do not appear in the Warnings that occurred at an incidence of less than 5% were: "
        "Hemic And Lymphatic System: agranulocytosis",
        ["agranulocytosis < 5 %"],
    ),
    "a limit in the effect's name": (
        "Elevations in ALT (>3 x ULN) occurred in 1.2% of patients.",
        ["elevations in ALT (>3 x ULN) 1.2 %"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), READ.values(), ids=READ)
def test_a_figure_is_read_as_the_label_says_it(text: str, expected: list[str]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Frequent (≥ 1/100)", "≥ 1 %"),
        ("Infrequent: 1/100 to 1/1000", "0.1 to < 1 %"),
        ("Rare: fewer than 1/1000", "< 0.1 %"),
        ("6.1 Clinical Trials Experience > Incidence less than 1%", "< 1 %"),
    ],
)
def test_a_definition_in_the_heading_holds_for_the_list(heading: str, expected: str) -> None:
    assert figures("rash, fever", heading) == [f"rash {expected}", f"fever {expected}"]


def test_definitions_bind_the_lists_of_the_sections_behind_them() -> None:
    defined = Paragraph("Frequent reactions are those in at least 1/100 patients; infrequent ones those in 1/100 to 1/1000.")
    inner = Section("", "Skin", (Paragraph("Infrequent: rash, gout"),))
    (section,) = (Section("side-effects", "6.1 Clinical trials", (defined,), (inner,)),)
    read = read_sections([section], DRUGS).figures
    assert [(figure.effect, str(figure.incidence)) for figure in read] == [("rash", "0.1 to < 1 %"), ("gout", "0.1 to < 1 %")]


def test_the_blocks_of_a_section_are_paragraphs_of_one_text() -> None:
    blocks = (
        Paragraph("Study 1"),
        Paragraph("Reactions in less than 1% of patients:"),
        Item("rash"),
        Item("gout and fever"),
        Paragraph("Cough occurred in 3% of patients"),
    )
    reading = read_sections([Section("side-effects", "6.1 Trials", blocks)], DRUGS)
    assert [f"{figure.effect} {figure.incidence}" for figure in reading.figures] == [
        "rash < 1 %",
        "gout < 1 %",
        "fever < 1 %",
        "cough 3 %",
    ]


LEFT = {
    "discontinuation": ("9.7% of patients discontinued due to nausea (2%).", ["stopped treatment"]),
    "effects that led to discontinuation": (
        "Nausea leading to discontinuation occurred in 2% of patients.",
        ["stopped treatment"],
    ),
    "a response": ("Remission occurred in 40% of patients.", ["efficacy"]),
    "a background rate": ("The background risk of miscarriage is 15 to 20 %.", ["background rate"]),
    "animals": ("Tumors occurred in 12% of rats.", ["animals"]),
    "an overdose": ("Seizures were reported in 12% of overdoses.", ["overdose"]),
    "kinetics": ("Protein binding is 95%.", ["kinetics"]),
    "antibodies": ("Antibodies developed in 12% of patients.", ["antibodies"]),
    "a part of those affected": ("Of these, 40% recovered.", ["part of those affected"]),
    "a negation": ("The incidence of rash did not differ (5% vs 5%).", ["negated"]),
    "a rate": ("Fractures occurred in 1.2% of patients per year.", ["rate over time"]),
    "demography": ("45% were women.", ["percentage of something else"]),
    "a confidence interval": ("The hazard ratio was 1.2 (95% CI 0.8 to 2).", ["percentage of something else"]),
    "a strength": ("Apply examplin 0.5% cream.", ["percentage of something else"]),
    "a caption": ("Table 1 lists adverse reactions in ≥ 2% of patients.", ["caption of a table"]),
    "placebo alone": ("Drowsiness occurred in 5% of placebo patients.", ["figure of another arm"]),
    "another drug alone": ("Hypotension occurred in 3% of patients treated with otherol.", ["figure of another arm"]),
    "any adverse event": ("Any adverse event was reported by 60% of patients.", ["unclear figure"]),
    "placebo around the brackets": ("In the placebo group, nausea (5%) and rash (3%) were seen.", ["unclear figure"]),
    "placebo at the end": ("Nausea was reported in 14% and gout in 6% of placebo patients.", ["unclear figure"]),
    "a whole and its parts": (
        "Serious adverse reactions occurred in 28% of patients and included pneumonia, sepsis.",
        ["unclear figure"],
    ),
    "fatal reactions": (
        "Fatal adverse reactions occurred in 1.7% of patients, including cardiac arrest, sepsis.",
        ["unclear figure"],
    ),
    "a number of patients as the threshold": (
        "Laboratory abnormalities in ≥ 2 patients (4.3%) were decreased sodium, anemia.",
        ["unclear figure"],
    ),
    "three effects, one figure": ("Nausea, rash and gout occurred in 5% of patients.", ["unclear figure"]),
    "a figure behind a bare list": ("Reactions were nausea, rash, and gout (5%).", ["unclear figure"]),
    "effects that led to withdrawal": (
        "The adverse events most frequently associated with withdrawal were somnolence (1.1%), ataxia (0.8%).",
        ["stopped treatment"],
    ),
    "trials and reports after marketing in one list": (
        "Events occurring in 0.3% to 1.0% of patients and rare events reported in marketing experience are listed below: "
        "Cardiovascular: vasculitis.",
        ["unclear figure"],
    ),
    "grades alone": ("Events were Grade 3 (5%) and Grade 4 (1%).", ["unclear figure"]),
    "two unnamed arms": ("Nausea (5%, 3%).", ["unclear figure"]),
    "effects or arms in order": (
        "Reactions were nausea and rash (5% and 3%, respectively) with Examplin and placebo.",
        ["unclear figure"],
    ),
    "effects or doses in order": (
        "Reactions at 10 mg and 20 mg were nausea and rash (5% and 3%, respectively).",
        ["unclear figure"],
    ),
    "more effects than shares in order": (
        "Reactions were nausea, gout and rash (5% and 3%, respectively).",
        ["unclear figure"],
    ),
    "more doses than shares": (
        "The incidence of nausea was 1% and 4% for 10, 20, and 40 mg, respectively.",
        ["unclear figure"],
    ),
    "some of the patients": (
        "12% of patients treated with Examplin who had an ulcer before developed bleeding.",
        ["unclear figure"],
    ),
    "drugs of a class": (
        "The rate of death in drug-treated patients was about 4.5%, compared to 2.6% in the placebo group.",
        ["other drugs of its class"],
    ),
    "a number in words": ("Nineteen (18%) developed Grade 4 neutropenia.", ["unclear figure"]),
    "a part of the patients": ("The majority (94%) of patients were adults.", ["unclear figure"]),
    "a verb by itself": ("Only events occurring at >=2% are included.", ["unclear figure"]),
    "a recovery": ("Resolution of rash occurred in 50% of patients.", ["unclear figure"]),
    "a measure that was higher": ("Hematocrit was higher, 45%, than before.", ["unclear figure"]),
    "a range that falls": ("Nausea occurred in 9% to 3% of patients.", ["unclear figure"]),
}


@pytest.mark.parametrize(("text", "doubts"), LEFT.values(), ids=LEFT)
def test_what_is_no_figure_of_an_effect_stays_text_and_is_counted(text: str, doubts: list[str]) -> None:
    reading = read_prose(text, DRUGS)
    assert (reading.figures, reading.worded, reading.doubts) == ([], [], doubts)


def test_every_guard_has_a_case() -> None:
    assert set(BY_NAME) <= {doubt for _, doubts in LEFT.values() for doubt in doubts}


def test_a_share_of_nobody_is_no_figure() -> None:
    assert figures("Rash (0%), gout (1%).") == ["gout 1 %"]


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_a_pattern_reads_its_example(pattern: Pattern) -> None:
    assert pattern.regex.fullmatch(marked(pattern.example, DRUGS).text)
    (figure,) = read_prose(pattern.example, DRUGS).figures
    assert str(figure.incidence) == "12 %"
    assert figure.comparator


WORDED = {
    "a word": (
        "Common: rash, fever. Rare: hepatitis.",
        "",
        ["rash common Common", "fever common Common", "hepatitis rare Rare"],
    ),
    "less common is not common": ("Less common: gout.", "", ["gout uncommon Less common"]),
    "a heading": ("rash, fever", "Less Frequent", ["rash uncommon Less Frequent", "fever uncommon Less Frequent"]),
    "most common": (
        "The most common adverse reactions are nausea, rash, and fever.",
        "",
        ["nausea common most common", "rash common most common", "fever common most common"],
    ),
    "a section on reports after marketing": (
        "Skin disorders: Stevens-Johnson syndrome, Urticaria",
        "6 ADVERSE REACTIONS > 6.2 Postmarketing Experience",
        ["Stevens-Johnson syndrome not-known postmarketing", "urticaria not-known postmarketing"],
    ),
    "a lead on reports after marketing": (
        "The following have been identified during post-approval use of Examplin: anaphylaxis and urticaria.",
        "",
        ["anaphylaxis not-known postmarketing", "urticaria not-known postmarketing"],
    ),
    "a sentence on reports after marketing": ("There have been reports of hepatic failure.", "Postmarketing Experience", []),
    "a word after a comma, its dash without a space": (
        "Cardiovascular: infrequent – bradycardia, rare –atrial flutter, myocardial infarction.",
        "",
        ["bradycardia uncommon infrequent", "atrial flutter rare rare", "myocardial infarction rare rare"],
    ),
    "a word whose dash has no space before it": (
        "Skin: infrequent – rash; rare–urticaria.",
        "",
        ["rash uncommon infrequent", "urticaria rare rare"],
    ),
    "a list after another lead": ("Common: rash. Adverse reactions in dogs include: gout, pain.", "", ["rash common Common"]),
}


@pytest.mark.parametrize(("text", "heading", "expected"), WORDED.values(), ids=WORDED)
def test_a_word_without_a_figure_keeps_its_wording(text: str, heading: str, expected: list[str]) -> None:
    reading = read_prose(text, DRUGS, heading)
    assert [" ".join(found[:3]) for found in reading.worded] == expected
    assert reading.figures == []


def test_who_was_counted_and_the_words_go_with_a_figure() -> None:
    (figure,) = read_prose("In clinical trials of examplin, rash occurred in 3% of elderly patients.", DRUGS).figures
    assert figure.population == "clinical trials, elderly patients"
    assert figure.words == "In clinical trials of examplin, rash occurred in 3% of elderly patients"


def test_figures_of_serious_reactions_say_so() -> None:
    (figure,) = read_prose("Serious adverse reactions in > 1% of patients were pneumonia (5%).", DRUGS).figures
    assert (str(figure.incidence), figure.population) == ("5 %", "Serious adverse reactions")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Serious adverse reactions in >2% of patients included:\nPneumonia (10%)\nSepsis (5%)",
            ["Serious adverse reactions", "Serious adverse reactions"],
        ),
        (
            "The most frequent serious adverse reactions in the examplin plus otherol arm and the examplin arm, respectively, "
            "were colitis (10% and 1.9%).",
            ["examplin plus otherol arm, serious adverse reactions", "examplin arm, serious adverse reactions"],
        ),
        ("Serious reactions were seen in 4% of patients.\nRash (10%)", [None]),
        (
            "In children, the most common local reaction was pain (57%); the most common systemic reaction was fever (14%).",
            ["children", "children"],
        ),
        ("Of the patients with gout, 15% developed edema.", ["patients with gout"]),
    ],
    ids=["the lead's", "the arm's and the sentence's", "another sentence's", "the sentence's", "no figure"],
)
def test_who_was_counted(text: str, expected: list[str | None]) -> None:
    assert [figure.population for figure in read_prose(text, DRUGS).figures] == expected


def test_an_arm_of_one_of_two_drugs_keeps_its_name() -> None:
    said = "Gout was reported in 16% of patients receiving exampla 500/50, 14% on otherin 500 mcg, and 9% on placebo."
    found = read_prose(said, ("exampla", "otherin")).figures
    assert [(str(figure.incidence), figure.population) for figure in found] == [
        ("16 %", "patients receiving exampla"),
        ("14 %", "otherin 500 mcg"),
    ]


def test_a_dose_of_the_arm_is_the_population() -> None:
    found = read_prose("Nausea occurred in 5% on examplin 10 mg and 2% on placebo.", DRUGS).figures
    assert [(str(figure.incidence), str(figure.comparator), figure.population) for figure in found] == [("5 %", "2 %", "10 mg")]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("12% with examplin and 3% with placebo", [("12%", "3%")]),
        ("12% and 3% with examplin and placebo, respectively", [("12%", "3%")]),
        ("3% and 12% with placebo and examplin, respectively", [("12%", "3%")]),
        ("examplin 12%, placebo 3%", [("12%", "3%")]),
        ("12%, placebo 3%", [("12%", "3%")]),
        ("12% on placebo, 3%", None),
        ("12% and 3%", None),
        ("3% on placebo", []),
    ],
)
def test_arms_are_never_swapped(statement: str, expected: list[tuple[str, str]] | None) -> None:
    text = marked(statement, DRUGS)
    pairs = told(text.text)
    found = None if pairs is None else [(text.words[pair.share], text.words[pair.comparator]) for pair in pairs]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("≥1% to <10%", ["1 to < 10 %"]),
        ("5% and 2%", ["5 %", "2 %"]),
        ("12, 3%", ["3 %"]),
        ("greater than or equal to 5%", ["≥ 5 %"]),
        ("no more than 5 percent", ["≤ 5 %"]),
        ("fewer than 1 in 1,000", ["< 0.1 %"]),
        (".5%", ["0.5 %"]),
        ("1/3", ["None"]),
        ("reduced by 20%", ["None"]),
        ("20% higher", ["None"]),
        ("0.9% sodium chloride", ["None"]),
        ("less than about 5%", ["< 5 %"]),
        ("other than 5%", ["None"]),
        ("a change of mean (-5%)", ["None"]),
    ],
)
def test_shares_are_found(text: str, expected: list[str]) -> None:
    assert [str(share.incidence) for share in shares_in(normalised(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("increased sweating", "increased sweating"),
        ("and Abdominal Pain*", "abdominal pain"),
        ("HEADACHE", "headache"),
        ("QT prolongation", "QT prolongation"),
        ("COVID-19", "COVID-19"),
        ("reports of Crohn's disease", "Crohn's disease"),
        ("hepatitis (some fatal)", "hepatitis"),
        ("patients were treated", None),
        ("majority", None),
        ("platelet transfusion", None),
        ("transfusion reaction", "transfusion reaction"),
        ("contact the maker to report", None),
        ("contact dermatitis", "contact dermatitis"),
        ("signs", None),
        ("resolution of rash", None),
        ("adverse reactions", None),
        ("one two three four five six seven eight nine words", None),
        ("rash in 5 men", None),
    ],
)
def test_the_name_of_an_effect(text: str, expected: str | None) -> None:
    assert effect(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nausea, rash, and fever", ["nausea", "rash", "fever"]),
        ("vomiting and dry mouth", ["vomiting and dry mouth"]),
        ("gout, vomiting and dry mouth", ["gout", "vomiting", "dry mouth"]),
        ("upper and lower limb pain", ["upper and lower limb pain"]),
        ("rash (red, itching), fever", ["rash (red, itching)", "fever"]),
        ("", []),
    ],
)
def test_a_list_is_taken_apart(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


def test_a_sentence_too_long_is_left_and_counted() -> None:
    assert read_prose("rash (1%), " * LONGEST, DRUGS).doubts == ["sentence too long"]


@pytest.mark.parametrize("unit", ["(1%) ", ",", "rash, ", "(", "[see ", "less than ", "5% of patients and ", "1/"])
def test_no_piece_that_is_read_grows_with_the_text(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    assert max(len(piece.text) for piece in pieces(text)) > LONGEST
    assert len(read_prose(text, DRUGS).figures) == 0


@pytest.mark.parametrize("unit", ["in 5 % to ", "5% ", "examplin 5% ", "Rare: ", "word "])
def test_a_heading_of_any_length_is_taken(unit: str) -> None:
    reading = read_prose("Nausea was seen in 5 % of patients.", DRUGS, unit * 20_000)
    assert [figure.effect for figure in reading.figures] == ["nausea"]


@pytest.mark.parametrize(
    "unit", ["word ", "rash, ", "Rash: ", "rare – ", "5% of patients, ", "less than (", "a - ", "Rash 5%. "]
)
def test_the_time_grows_no_faster_than_the_text(unit: str) -> None:
    """Eight times the text; were it read again from each of its words, that would take sixty-four times as long."""
    few, many = (seconds(unit * (size // len(unit))) for size in (8_000, 64_000))
    assert many < 24 * few


def seconds(text: str) -> float:
    """Return the processor's time that a text takes to read, the least of three turns."""
    turns = []
    for _ in range(3):
        started = time.process_time()
        read_prose(text, DRUGS)
        turns.append(time.process_time() - started)
    return min(turns)


@given(st.text(alphabet="abcR .,;:()[]%<≥–-*•\n1059/\ue000\uf8ff", max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    reading = read_prose(text, DRUGS)
    assert all(figure.effect and len(figure.words) <= QUOTED for figure in reading.figures)
    assert not any(re.search("[\ue000-\uf8ff]", figure.effect + figure.words) for figure in reading.figures)


def test_a_real_flattened_label_is_read() -> None:
    if not NAPROXEN.exists():
        pytest.skip("the public label is not here")
    labels = json.loads(NAPROXEN.read_text(encoding="utf-8"))
    (text,) = [text for label in labels for text in [label["adverse_reactions"] or ""] if len(text) > 5000]
    found = {(figure.effect, str(figure.incidence)) for figure in read_prose(text, ["naproxen"]).figures}
    assert {("heartburn", "3–9 %"), ("thirst", "1 to < 10 %"), ("melena", "< 1 %"), ("coma", "< 1 %")} <= found
    assert len(found) > 120
