import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from drugref.incidence.figures import Reading
from drugref.incidence.tables.cells import DISAGREE, NO_UNIT, NOT_ONE
from drugref.incidence.tables.grid import MAX_COLUMNS, GridError, grid_of
from drugref.incidence.tables.names import without_ending
from drugref.incidence.tables.reader import ARMS, MERGED, NO_TERM, NOT_SHARES, SHAPE, read_element
from drugref.incidence.tables.row_terms import leans
from drugref.lexicon.systems import EFFECTS_TOO, MEDDRA, PARTS
from tests.conftest import ROOT
from tests.tables import SPL, table

LABELS = ROOT.parent / "shared" / "data" / "dailymed_spl"
CAPTION = "Table 2: Adverse Reactions in ≥ 2% of Patients Treated with ZYLO"
DRUGS = ["zylo", "zylomab tartrate"]


def read(rows: str, caption: str = CAPTION, *, before: str = "", drugs: list[str] = DRUGS, head: int = 0) -> Reading:
    return read_element(table(rows, caption=caption, head=head), drugs, before)


def lines(reading: Reading) -> list[str]:
    return [" | ".join(map(str, figure[:5])) for figure in reading.figures]


LAYOUTS = {
    "placebo before the drug, a body system across": (
        """
        Adverse Reaction | Placebo // (N=100) % | ZYLO // (N=200) %
        Gastrointestinal {c3}
        Nausea^a | 5 | 12
        Vomiting* | <1 | 3.5^b
        """,
        ["nausea | 12 % | 5 % | None | ZYLO (N=200)", "vomiting | 3.5 % | < 1 % | None | ZYLO (N=200)"],
    ),
    "numbers of patients with percentages": (
        """
         | ZYLO N=200 n (%) | Placebo N=100 n (%)
        Nausea | 24 (12) | 5 (5%)
        Rash | 1 (<1%) | 0
        Any adverse event | 100 (50) | 20 (20)
        """,
        ["nausea | 12 % | 5 % | None | ZYLO N=200", "rash | < 1 % | 0 % | None | ZYLO N=200"],
    ),
    "percentages with numbers of patients": (
        """
         | ZYLO N=200 % (n) | Placebo N=100 % (n)
        Nausea | 12 (24) | 5 (5)
        """,
        ["nausea | 12 % | 5 % | None | ZYLO N=200"],
    ),
    "grades under each arm": (
        """
        Adverse Reaction {r3} | ZYLO + chemo {c2} | Placebo + chemo {c2}
        (N=200) {c2} | (N=198) {c2}
        All Grades (%) | Grade 3-4 (%) | All Grades (%) | Grade 3-4 (%)
        Blood and lymphatic system disorders {c5}
        Neutropenia | 30 | 10 | 12 | 2
        Diarrhea | 50 | <1 | 20 | 0
        """,
        [
            "neutropenia | 30 % | 12 % | None | ZYLO + chemo (N=200), All Grades",
            "neutropenia | 10 % | 2 % | None | ZYLO + chemo (N=200), Grade 3-4",
            "diarrhea | 50 % | 20 % | None | ZYLO + chemo (N=200), All Grades",
            "diarrhea | < 1 % | 0 % | None | ZYLO + chemo (N=200), Grade 3-4",
        ],
    ),
    "the drug with other medicines against those alone": (
        """
        Adverse Reaction {r2} | ZYLO with alfatin and betatin N=405 {c2} | Alfatin and betatin N=202 {c2}
        All Grades (%) | Grades 3-4 (%) | All Grades (%) | Grades 3-4 (%)
        Nausea | 56 | 3.5 | 52 | 3
        """,
        [
            "nausea | 56 % | 52 % | Alfatin and betatin | ZYLO with alfatin and betatin N=405, All Grades",
            "nausea | 3.5 % | 3 % | Alfatin and betatin | ZYLO with alfatin and betatin N=405, Grades 3-4",
        ],
    ),
    "a column of numbers beside each column of percentages": (
        """
         | ZYLO {c2} | Lovaxin {c2}
         | n | % | n | %
        Nausea | 12 | 6.0 | 3 | 1.5
        """,
        ["nausea | 6.0 % | 1.5 % | Lovaxin | ZYLO"],
    ),
    "one head over numbers and percentages in parentheses": (
        """
        Event | ZYLO N=200 n (%) {c2} | Placebo N=200 n (%) {c2}
        Nausea | 12 | (6) | 4 | (2)
        """,
        ["nausea | 6 % | 2 % | None | ZYLO N=200"],
    ),
    "two trials, each with its placebo": (
        """
         | Study 1 {c2} | Study 2 {c2}
        Adverse reaction | ZYLO 10 mg N=100 % | Placebo N=90 % | ZYLO 20 mg N=80 % | Placebo N=70 %
        Headache | 10 | 5 | 8 | 4
        """,
        ["headache | 10 % | 5 % | None | Study 1, ZYLO 10 mg N=100", "headache | 8 % | 4 % | None | Study 2, ZYLO 20 mg N=80"],
    ),
    "pairs without a head over them": (
        """
        Event | ZYLO 10 mg (%) | Placebo (%) | ZYLO 20 mg (%) | Placebo (%)
        Headache | 10 | 5 | 8 | 4
        """,
        ["headache | 10 % | 5 % | None | ZYLO 10 mg", "headache | 8 % | 4 % | None | ZYLO 20 mg"],
    ),
    "several effects in the lines of one row": (
        """
        Event | ZYLO (%) | Placebo (%)
        Digestive//Nausea//Vomiting | //10//8 | //5//0
        """,
        ["nausea | 10 % | 5 % | None | ZYLO", "vomiting | 8 % | 0 % | None | ZYLO"],
    ),
    "body systems in a column of their own": (
        """
        Body System | Preferred Term | ZYLO (n=374) | Placebo (n=210)
        General {r2} | Abdominal Pain (stomachache) | 14% | 10%
        Asthenia | 2% | 0%
        """,
        [
            "abdominal pain (stomachache) | 14 % | 10 % | None | ZYLO (n=374)",
            "asthenia | 2 % | 0 % | None | ZYLO (n=374)",
        ],
    ),
    "rows that lean on the one above": (
        """
        Laboratory Parameter | ZYLO N=100 | Placebo N=100
        ALT {c3}
        > 3 × ULN | 5% | 2%
        Neutropenia | 20% | 10%
        Grade 3 or 4 | 5% | 1%
        """,
        [
            "ALT > 3 × ULN | 5 % | 2 % | None | ZYLO N=100",
            "neutropenia | 20 % | 10 % | None | ZYLO N=100",
            "neutropenia grade 3 or 4 | 5 % | 1 % | None | ZYLO N=100",
        ],
    ),
    "limits in a column of their own": (
        """
        Test | Limit | ZYLO | Placebo
        ALT {r2} | > 3 × ULN | 5% | 2%
        > 5 × ULN | 1% | --
        """,
        ["ALT > 3 × ULN | 5 % | 2 % | None | ZYLO", "ALT > 5 × ULN | 1 % | None | None | ZYLO"],
    ),
    "numbers and percentages in rows of their own": (
        """
        Event | | ZYLO | Placebo
        Nausea {r2} | n | 12 | 3
        % | 6.0 | 1.5
        """,
        ["nausea | 6.0 % | 1.5 % | None | ZYLO"],
    ),
    "doses under the drug": (
        """
         | ZYLO {c2} | Placebo
         | 10 mg // (n=10) | 20 mg // (n=20) | (n=40)
        Nausea | 10% | 20% | 2.5%
        """,
        ["nausea | 10 % | 2.5 % | None | ZYLO, 10 mg (n=10)", "nausea | 20 % | 2.5 % | None | ZYLO, 20 mg (n=20)"],
    ),
    "doses alone, as numbers in a row": (
        """
         | Placebo | Daily Dose of ZYLO (mg) {c2}
        Event | | 10 | 20
         | (n=40) | (n=50) | (n=60)
        Nausea | 2.5 | 10 | 20
        """,
        [
            "nausea | 10 % | 2.5 % | None | Daily Dose of ZYLO (mg), 10 (n=50)",
            "nausea | 20 % | 2.5 % | None | Daily Dose of ZYLO (mg), 20 (n=60)",
        ],
    ),
    "placebo rather than another medicine": (
        """
        Reaction | ZYLO (N=100) | Sertatin (N=100) | Placebo (N=100)
        Nausea | 10% | 20% | 30%
        """,
        ["nausea | 10 % | 30 % | None | ZYLO (N=100)"],
    ),
    "only the drug": (
        """
        Adverse Reaction | % of patients
        Nausea | 10
        Vomiting | 5.5
        """,
        ["nausea | 10 % | None | None | None", "vomiting | 5.5 % | None | None | None"],
    ),
    "two tables side by side": (
        """
        Reaction | ZYLO % | Placebo % | Reaction | ZYLO % | Placebo %
        Nausea | 10 | 5 | Rash | 3 | 1
        Vomiting | 4 | 2 | | |
        """,
        ["nausea | 10 % | 5 % | None | ZYLO", "vomiting | 4 % | 2 % | None | ZYLO", "rash | 3 % | 1 % | None | ZYLO"],
    ),
    "a new head among the rows, arms the other way round": (
        """
        Reaction | ZYLO (N=100) % | Placebo (N=100) %
        Nausea | 10 | 20
        Reaction | Placebo (N=50) % | ZYLO (N=50) %
        Rash | 3 | 1
        """,
        ["nausea | 10 % | 20 % | None | ZYLO (N=100)", "rash | 1 % | 3 % | None | ZYLO (N=50)"],
    ),
    "trials in rows across the table": (
        """
        Reaction | ZYLO % | Placebo %
        Study 101 (Hypertension) {c3}
        Nausea | 10 | 5
        Study 102 {c3}
        Nausea | 12 | 6
        """,
        ["nausea | 10 % | 5 % | None | ZYLO; Study 101 (Hypertension)", "nausea | 12 % | 6 % | None | ZYLO; Study 102"],
    ),
    "doses of a vaccine": (
        """
         | Dose 1 {c2} | Dose 2 {c2}
         | ZYLO N=100 % | Placebo N=100 % | ZYLO N=90 % | Placebo N=95 %
        Pain {c5}
        Any | 50 | 20 | 40 | 10
        Grade 3 | 5 | 1 | -- | 1
        """,
        [
            "pain | 50 % | 20 % | None | Dose 1, ZYLO N=100",
            "pain | 40 % | 10 % | None | Dose 2, ZYLO N=90",
            "pain grade 3 | 5 % | 1 % | None | Dose 1, ZYLO N=100",
        ],
    ),
    "adults and children": (
        """
        Event {r2} | Adults {c2} | Pediatric patients {c2}
        ZYLO (N=20) % | Placebo (N=21) % | ZYLO (N=22) % | Placebo (N=23) %
        Nausea | 35 | 5 | 10 | 15
        """,
        [
            "nausea | 35 % | 5 % | None | Adults, ZYLO (N=20)",
            "nausea | 10 % | 15 % | None | Pediatric patients, ZYLO (N=22)",
        ],
    ),
    "differences and p values beside the arms": (
        """
        Reaction | ZYLO | Placebo | Difference (95% CI) | P value
        Nausea | 10% | 20% | 3.0 (1, 5) | 0.05
        """,
        ["nausea | 10 % | 20 % | None | ZYLO"],
    ),
    "an empty column between the arms": (
        """
        Event | ZYLO % | | Placebo %
        Nausea | 12 | | 3
        """,
        ["nausea | 12 % | 3 % | None | ZYLO"],
    ),
    "a vehicle and strengths in percent": (
        """
        Event (%) | ZYLO 10% gel | Vehicle gel
        Nausea | 35 | 5
        """,
        ["nausea | 35 % | 5 % | None | ZYLO 10% gel"],
    ),
    "terms in capitals": (
        """
        EVENT | ZYLO % | PLACEBO %
        BODY AS A WHOLE {c3}
        RASH | 12 | 6
        ALT INCREASED | 4 | 2
        """,
        ["rash | 12 % | 6 % | None | ZYLO", "ALT increased | 4 % | 2 % | None | ZYLO"],
    ),
    "ranges of doses": (
        """
        Body System/ | | ZYLO Dosage (mg/day) {c2}
        Adverse Reaction | Placebo | 200–400 | 600–1,000
         | (N=291) | (N=183) | (N=414)
        Fatigue | 13 | 15 | 30
        """,
        [
            "fatigue | 15 % | 13 % | None | ZYLO Dosage (mg/day), 200–400 (N=183)",
            "fatigue | 30 % | 13 % | None | ZYLO Dosage (mg/day), 600–1,000 (N=414)",
        ],
    ),
    "an arm by the letters that a note explains": (
        """
         | ZLO N=414 | NAP N=136 | Placebo N=186
        Dyspepsia | 8.8% | 12.2% | 6.2%
        ZLO = Zylo 100 mg twice daily; NAP = naprotin {c4}
        """,
        ["dyspepsia | 8.8 % | 6.2 % | None | ZLO N=414"],
    ),
    "numbers of patients anew for part of the rows": (
        """
        Event | ZYLO | Placebo
         | (N=407) | (N=383)
        Rash | 12% | 1%
        Women {c3}
         | (N=737) | (N=636)
        Anorgasmia | 3% | <1%
        """,
        ["rash | 12 % | 1 % | None | ZYLO (N=407)", "anorgasmia | 3 % | < 1 % | None | ZYLO (N=737); Women"],
    ),
    "a body system in the line above an effect": (
        """
        Event | ZYLO % | Placebo %
        Nervous System Disorders//Headache | 10 | 4
        Upper respiratory//tract infection | 9 | 4
        """,
        ["headache | 10 % | 4 % | None | ZYLO", "upper respiratory tract infection | 9 % | 4 % | None | ZYLO"],
    ),
    "the unit and the numbers of patients in rows": (
        """
        Event | ZYLO | Placebo
        N | 200 | 100
        Nausea n (%) | 20 (10) | 4 (4)
        """,
        ["nausea | 10 % | 4 % | None | ZYLO, 200"],
    ),
    "the unit in a row across": (
        """
        Percentage of Patients Reporting {c3}
        Adverse event | ZYLO | Placebo
        Nausea | 12 | 6
        """,
        ["nausea | 12 % | 6 % | None | ZYLO"],
    ),
}
"""Layouts: rows and the figures read of them, as effect, share, comparator's share, comparator and population."""


@pytest.mark.parametrize("namespace", [SPL, ""], ids=["SPL", "openFDA"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_is_read(layout: str, namespace: str) -> None:
    rows, figures = LAYOUTS[layout]
    reading = read_element(table(rows, caption=CAPTION, namespace=namespace), DRUGS)
    assert (lines(reading), reading.doubts) == (figures, [])


@pytest.mark.parametrize("head", [1, 2])
def test_heads_are_the_same_in_the_tables_own_head(head: int) -> None:
    rows, figures = LAYOUTS["doses under the drug"]
    assert lines(read(rows, head=head)) == figures


TRAPS = {
    "numbers that nothing calls percentages": ("Reaction | ZYLO | Placebo\nNausea | 10 | 20", "Adverse reactions", [NO_UNIT]),
    "numbers of patients": ("Reaction | ZYLO | Placebo\nNausea | 10 | 20", "Number of patients with adverse events", [NO_UNIT]),
    "rates per patient-years": ("Reaction | ZYLO | Placebo\nRash | 1% | 2%", "Adverse reactions per 100 patient-years", [NOT_SHARES]),
    "discontinuation": ("Reaction | ZYLO | Placebo\nRash | 1% | 2%", "Adverse reactions leading to discontinuation", [NOT_SHARES]),
    "mean changes": ("Test | ZYLO % | Placebo %\nALT | 1 | 2", "Mean change in laboratory tests", [NOT_SHARES]),
    "an arm that cannot be told": ("Reaction | 10 mg | Regimen B\nNausea | 10% | 20%", CAPTION, [ARMS]),
    "an arm of drug and placebo": ("Reaction | Placebo then ZYLO | Placebo\nNausea | 10% | 20%", CAPTION, [ARMS]),
    "no arm of the drug": ("Reaction | Sertatin | Placebo\nNausea | 10% | 20%", CAPTION, [ARMS]),
    "arms in rows": ("Treatment | Nausea | Rash\nZYLO | 10% | 20%\nPlacebo | 3% | 1%", CAPTION, [ARMS]),
    "heads that are one cell short": ("Placebo | ZYLO\nNausea | 12% | 6%", CAPTION, [SHAPE]),
    "all grades and severe ones in a cell": ("Event | ZYLO N=200 % | Placebo N=100 %\nRash | 35 (4) | 10 (1)", CAPTION, [NOT_ONE]),
    "two percentages in a cell": ("Event | ZYLO | Placebo\nRash | 12%, 3% | 6%", CAPTION, [NOT_ONE]),
    "a share over 100": ("Event | ZYLO % | Placebo %\nRash | 120 | 6", CAPTION, [NOT_ONE]),
    "a number that does not make its percentage": ("Event | ZYLO N=200 n (%) | Placebo\nRash | 24 (10) | 6%", CAPTION, [DISAGREE]),
    "a cell over both arms": ("Event | ZYLO | Placebo\nRash | 12% {c2}\nNausea | 0% | 1%", CAPTION, [MERGED]),
    "times in place of effects": ("Bleeding | ZYLO | Placebo\nPrior to surgery | 12% | 2%", CAPTION, [NO_TERM]),
    "a grade of nothing": ("Event | ZYLO | Placebo\nGrade 3 | 12% | 2%", CAPTION, [NO_TERM]),
    "arms in rows under columns that name none": ("Event | Any | Severe\nZYLO | 12% | 2%\nPlacebo | 3% | 1%", CAPTION, [ARMS]),
    "another medicine in a row across": ("Event | Dose 1 | Dose 2\nSertavax (N=90) {c3}\nFever | 12% | 2%", CAPTION, [ARMS]),
    "numbers over 100 under a threshold": ("Event | ZYLO | Placebo\nRash | 135 | 20\nGout | 13 | 2", CAPTION, [NO_UNIT]),
    "a row across that names placebo": ("Event | ZYLO %\nPlacebo {c2}\nRash | 12", CAPTION, [ARMS]),
    "an efficacy table": ("Outcome | ZYLO | Placebo\nResponse | 50% | 20%", "Clinical response at week 24", []),
    "a dosing table": ("Weight | Dose\n< 40 kg | 10", "Recommended dosage of ZYLO", []),
    "effects without figures": ("Symptom | What to do\nRash | Call a doctor", "Side effects", []),
    "rows that name no effect": (
        "Event | ZYLO % | Placebo %\nAny adverse reaction | 50 | 40\nPatients with at least one event | 50 | 40\nDiscontinued due to rash | 5 | 4"
        "\nN | 200 | 100\nGastrointestinal disorders | 12 | 6\nTotal | 60 | 40\nSerious adverse reactions | 4 | 3",
        CAPTION,
        [],
    ),
    "nobody had it": ("Event | ZYLO % | Placebo %\nRash | 0 | 6\nGout | -- | 6\nCough | 0 (0) | 1", CAPTION, []),
}  # fmt: skip
"""Tables of which no figure may come: rows, caption and the doubts."""


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_gives_no_figure(trap: str) -> None:
    rows, caption, doubts = TRAPS[trap]
    reading = read(rows, caption)
    assert (lines(reading), reading.doubts) == ([], doubts)


@pytest.mark.parametrize("system", ["Allergic", "Immunologic", "Sexual", "Oral", "CNS", "Bladder/urinary", *MEDDRA, *PARTS])
def test_a_body_system_is_no_effect_nor_is_what_leans_on_it(system: str) -> None:
    reading = read(f"Event | ZYLO % | Placebo %\n{system.capitalize()} {{c3}}\nSevere | 5 | 1\n{system} | 9 | 2\nRash | 4 | 1")
    assert (lines(reading), reading.doubts) == (["rash | 4 % | 1 % | None | ZYLO"], [NO_TERM])


@pytest.mark.parametrize(
    "term",
    [
        *(f"{effect}s" for effect in EFFECTS_TOO),
        "skin disorder",
        "extrapyramidal disorder",
        "weight loss",
        "withdrawal syndrome",
    ],
)
def test_what_only_sounds_like_a_system_or_a_sum_is_an_effect(term: str) -> None:
    assert lines(read(f"Event | ZYLO % | Placebo %\n{term} | 9 | 2")) == [f"{term} | 9 % | 2 % | None | ZYLO"]


COMBINATION = ["zylopax", "zylomab", "paxomab"]


@pytest.mark.parametrize(
    ("whole", "caption"),
    [("ZYLOPAX", "Adverse reactions in patients on ZYLOPAX"), ("Zylomab + Paxomab", "Adverse reactions")],
    ids=["by its brand", "by its ingredients"],
)
def test_one_ingredient_of_a_combination_is_a_comparator(whole: str, caption: str) -> None:
    reading = read(f"Event | Zylomab % | Paxomab % | {whole} % | Placebo %\nRash | 5 | 10 | 35 | 4", caption, drugs=COMBINATION)
    assert lines(reading) == [f"rash | 35 % | 4 % | None | {whole}"]


def test_ingredients_that_nothing_tells_apart_are_a_doubt() -> None:
    reading = read("Event | Zylomab % | Paxomab %\nRash | 5 | 10", "Adverse reactions", drugs=COMBINATION)
    assert (reading.figures, reading.doubts) == ([], [ARMS])


ARM_HEADS = [
    "ZYLO 10 mg (N=100)",
    "ZYLO 20 mg (N=100)",
    "Placebo (N=100)",
    "Placebo",
    "Vehicle",
    "Sertatin (N=90)",
    "Placebo + sertatin",
]


@given(st.lists(st.sampled_from(ARM_HEADS), min_size=1, max_size=5, unique=True), st.booleans(), st.data())
def test_no_cell_of_placebo_comes_out_as_the_drugs(heads: list[str], own_head: bool, data: st.DataObject) -> None:
    effects = ["Nausea", "Rash", "Grade 3", "Gout"]
    shares = itertools.count(1)
    cells = {(effect, head): next(shares) for effect in effects for head in heads}
    columns = data.draw(st.permutations(heads))
    rows = [" | ".join(["Event (%)", *columns])]
    rows += [" | ".join([effect, *(str(cells[effect, head]) for head in columns)]) for effect in effects]
    of_drug = {f"{share} %" for (_, head), share in cells.items() if head.startswith("ZYLO")}
    figures = read("\n".join(rows), head=int(own_head)).figures
    assert {str(figure.incidence) for figure in figures} <= of_drug
    assert all(figure.population and figure.population.startswith("ZYLO") for figure in figures)


@given(
    st.permutations(["ZYLO 10 mg", "ZYLO 20 mg", "Placebo", "Sertatin"]), st.sampled_from(["inline", "row", "none"]), st.booleans(), st.booleans(),
    st.integers(0, 1), st.booleans(),
)  # fmt: skip
def test_however_a_head_is_laid_out_the_drugs_cells_alone_are_read(
    arms: list[str], numbers: str, unit_row: bool, trial: bool, own_head: int, again: bool
) -> None:
    inline = [f"{arm} (N=20{place})" if numbers == "inline" else arm for place, arm in enumerate(arms)]
    head = ["Event | " + " | ".join(inline)]
    head = ([" | Study 1 {c4}"] if trial else []) + head
    head += [" | " + " | ".join(f"(N=20{place})" for place in range(4))] if numbers == "row" else []
    head += [" | " + " | ".join(["%"] * 4)] if unit_row else []
    rows = [*head, "Skin {c5}", "Rash | " + " | ".join(str(1 + arms.index(arm)) for arm in arms)]
    rows += (
        [" | ".join(["Event", *reversed(arms)]), "Gout | " + " | ".join(str(11 + arms.index(arm)) for arm in reversed(arms))]
        if again
        else []
    )
    reading = read("\n".join(rows), head=own_head * len(head))
    found = {(figure.effect, str(figure.incidence), str(figure.comparator)) for figure in reading.figures}
    expected = {
        (effect, f"{base + arms.index(arm)} %", f"{base + arms.index('Placebo')} %")
        for effect, base in [("rash", 1), *([("gout", 11)] if again else [])]
        for arm in ("ZYLO 10 mg", "ZYLO 20 mg")
    }
    assert (found, reading.doubts) == (expected, [])


@given(st.permutations(["10 mg", "20 mg", "Placebo"]), st.permutations(["Study A", "Study B"]))
def test_a_dose_is_compared_with_placebo_of_its_own_trial(arms: list[str], trials: list[str]) -> None:
    share = {
        (trial, arm): 1 + number
        for number, (trial, arm) in enumerate(itertools.product(["Study A", "Study B"], ["10 mg", "20 mg", "Placebo"]))
    }
    rows = "Event | " + " | ".join(f"{trial} {{c3}}" for trial in trials)
    rows += (
        "\n | " + " | ".join(arms * 2) + "\nRash | " + " | ".join(f"{share[trial, arm]}%" for trial in trials for arm in arms)
    )
    found = {figure.population: (str(figure.incidence), str(figure.comparator)) for figure in read(rows).figures}
    assert found == {
        f"{trial}, {dose}": (f"{share[trial, dose]} %", f"{share[trial, 'Placebo']} %")
        for trial in trials
        for dose in ("10 mg", "20 mg")
    }


def test_a_figure_says_what_it_was_read_from() -> None:
    reading = read("Event | 10 mg (N=1506) % | Placebo %\nDiarrhea^a | 7.3† | 6")
    assert reading.figures[0].words == "Diarrhea | 10 mg (N=1506) | 7.3"


def test_the_caption_names_trial_and_patients() -> None:
    rows = "Event | ZYLO % | Placebo %\nRash | 12 | 6"
    reading = read(rows, "Table 1: Adverse Reactions in Adults with Chronic Gout on ZYLO in Study 301")
    assert reading.figures[0].population == "ZYLO; Study 301, Adults with Chronic Gout on ZYLO"


def test_what_stands_before_a_table_without_a_caption_tells_what_it_is() -> None:
    rows = "Event | 10 mg | Placebo\nRash | 12 | 6"
    before = "6.1 Clinical Trials Experience Table 1 lists adverse reactions in at least 2% of patients treated with ZYLO."
    assert lines(read(rows, "", before=before)) == ["rash | 12 % | 6 % | None | 10 mg"]
    assert read(rows, "", before="Table 1 lists recommended dosages.") == Reading([], [], [])


@pytest.mark.parametrize(
    ("cell", "share"),
    [
        ("12", "12 %"), ("12.3 %", "12.3 %"), ("<1", "< 1 %"), ("< 1%", "< 1 %"), ("≤1", "≤ 1 %"), ("1-3%", "1–3 %"), ("1 to 3", "1–3 %"),
        (".5", "0.5 %"), ("less than 1%", "< 1 %"), ("7 (3.5%)", "3.5 %"), ("3.5% (7)", "3.5 %"), ("7/200 (3.5%)", "3.5 %"),
        ("3.5% (7/200)", "3.5 %"), ("7 (3.5)", "3.5 %"), ("7//(3.5%)", "3.5 %"), ("1,007 (50.4%)", None), ("12†", "12 %"), ("12%^a", "12 %"),
        ("12a", "12 %"), ("12^1", "12 %"), ("12%*", "12 %"), ("NR", None), ("0.0", None), ("", None), ("—", None),
    ],
)  # fmt: skip
def test_a_cell_is_read(cell: str, share: str | None) -> None:
    figures = read(f"Event | ZYLO % (N=200) | Placebo %\nRash | {cell} | 0").figures
    assert [str(figure.incidence) for figure in figures] == ([share] if share else [])


@pytest.mark.parametrize(
    ("printed", "effect"),
    [
        ("ALT Increased", "ALT increased"), ("Stevens-Johnson Syndrome", "Stevens-Johnson syndrome"), ("QTc Prolonged", "QTc prolonged"),
        ("Rash:", "rash"), ("• Dry Mouth", "dry mouth"), ("Nausea, n (%)", "nausea"), ("Abdominal pain^1", "abdominal pain"),
        ("ABNORMAL DREAMS", "abnormal dreams"), ("CROHN'S DISEASE", "Crohn's disease"), ("Vitamin B12 Deficiency", "vitamin B12 deficiency"),
        ("Injection site reactions", "injection site reactions"), ("Infusion-related adverse reactions", "infusion-related adverse reactions"),
        ("Creatinine > 1.5 mg/dL", "creatinine > 1.5 mg/dL"), ("URI", "URI"),
    ],
)  # fmt: skip
def test_an_effect_is_written_in_lower_case_but_for_abbreviations_and_names(printed: str, effect: str) -> None:
    assert [figure.effect for figure in read(f"Event | ZYLO % | Placebo %\n{printed} | 12 | 6").figures] == [effect]


@pytest.mark.parametrize(
    ("drug", "name"),
    [("zylomab tartrate", "zylomab"), ("zylomab-abcd", "zylomab"), ("zylo hydrochloride tablets", "zylo"), ("zylo", "zylo")],
)
def test_heads_write_a_drug_without_its_salt_and_form(drug: str, name: str) -> None:
    assert without_ending(drug) == name


def element(text: str) -> etree._Element:
    return etree.fromstring(f"<table>{text}</table>")


def test_marks_and_footnotes_leave_no_trace_in_a_cell() -> None:
    grid = grid_of(
        element(
            "<caption>Rash<footnote>mild</footnote> </caption><tfoot><tr><td>a: severe</td></tr></tfoot>"
            "<tr><td><content>Nausea</content><sup>a,b</sup></td><td><paragraph>3.5</paragraph><footnoteRef IDREF='x'/></td>"
            "<td>12<sup>1</sup></td><td>5 × 10<sup>9</sup>/L</td><td>10<sup>*</sup></td><td>75 mg/m<sup>2</sup></td><td>BRAND<sup>®</sup></td>"
            "<td>5<sup>th</sup></td><td>7<linkHtml href='#f1'>c</linkHtml></td><td>10<sup>9</sup></td></tr>"
        )
    )
    texts = [cell.text for cell in grid.body[0]]
    assert texts == ["Nausea", "3.5", "12", "5 × 10⁹/L", "10", "75 mg/m²", "BRAND", "5th", "7", "10"]
    assert (grid.caption, grid.notes) == ("Rash", ["mild", "a: severe"])


def test_lines_are_those_of_the_label() -> None:
    cell = "<td>\n <paragraph>A\n b</paragraph> <paragraph/> <paragraph>C<br/>D</paragraph> <list><item>E</item></list></td>"
    assert grid_of(element(f"<tr>{cell}</tr>")).body[0][0].lines == ("A b", "", "C", "D", "E")


def test_text_of_a_cell_is_composed_and_holds_nothing_invisible() -> None:
    mark = "<footnote>fie\u0300vre\u200b</footnote>"
    grid = grid_of(element(f"<tr><td>Me\u0301nie\u0300re\u00ad syndrome{mark}</td><td>12\u00a0%</td></tr>"))
    assert [cell.text for cell in grid.body[0]] == ["M\u00e9ni\u00e8re syndrome", "12 %"]
    assert grid.notes == ["fi\u00e8vre"]


def test_spans_cover_what_they_say_and_short_rows_are_told() -> None:
    grid = grid_of(
        element("<tr><td rowspan='9'>a</td><td colspan='2'>b</td></tr><tr><td>c</td></tr><tr><td>d</td><td>e</td></tr>")
    )
    assert [[cell.text for cell in row] for row in grid.body] == [["a", "b", "b"], ["a", "c", ""], ["a", "d", "e"]]
    assert [(cell.row, cell.column) for cell in grid.body[1]] == [(0, 0), (1, 1), (-1, -1)]


@pytest.mark.parametrize("name", ["colspan", "rowspan"])
@pytest.mark.parametrize("span", ["1000000000000", "64", "٣", "-1", "", "0", "1e9", "2.5"])
def test_a_hostile_span_is_bounded(name: str, span: str) -> None:
    rows = f"<tr><td {name}='{span}'>a</td></tr><tr><td>b</td><td>c</td></tr>"
    grid = grid_of(element(rows * 3))
    assert len(grid.body) == 6
    assert all(2 <= len(row) <= 6 for row in grid.body)


def test_a_row_across_may_claim_more_columns_than_there_are() -> None:
    rows = "Event | ZYLO % | Placebo %\nSkin {c9}\nRash | 12 | 6"
    assert lines(read(rows)) == ["rash | 12 % | 6 % | None | ZYLO"]


@pytest.mark.parametrize(
    "inside",
    [
        "<tr>" + "<td>x</td>" * (MAX_COLUMNS + 1) + "</tr>",
        "<tr/>" * 2001,
        "<tr><td><table><tr><td>5</td></tr></table></td></tr>",
        "<tr><td>" + "<content>" * 100 + "</content>" * 100 + "</td></tr>",
    ],
    ids=["too many columns", "too many rows", "a table in a table", "too deep"],
)
def test_a_table_that_is_no_rectangle_is_a_doubt(inside: str) -> None:
    with pytest.raises(GridError):
        grid_of(element(inside))
    assert read_element(element(inside), DRUGS) == Reading([], [], [SHAPE])


@given(
    st.lists(
        st.lists(
            st.sampled_from(
                ["", "ZYLO %", "Placebo %", "Rash", "12", "7 (3)", "12%//3%", "Grade 3", "n", "N=20", "12 {c2}", "5 {r3}"]
            )
        )
    )
)
def test_any_table_is_read_or_is_a_doubt(rows: list[list[str]]) -> None:
    reading = read("\n".join("|".join(row) for row in rows))
    assert all(figure.effect and figure.incidence.high for figure in reading.figures)


@pytest.mark.skipif(not LABELS.exists(), reason="needs the real labels, which are not part of the repository")
@pytest.mark.parametrize(
    ("file", "drugs", "figures", "effects"),
    [
        ("lipitor-orig.xml", ["lipitor", "atorvastatin calcium"], 60, 12),
        ("humira.xml", ["humira", "adalimumab"], 17, 17),
        ("viagra_64f8040f-938d-4236-8e22-c838c9b5f8da.xml", ["viagra", "sildenafil citrate"], 38, 10),
        ("remdesivir_2020-10.xml", ["veklury", "remdesivir"], 30, 10),
    ],
)
def test_tables_of_real_labels_are_read(file: str, drugs: list[str], figures: int, effects: int) -> None:
    root = etree.parse(LABELS / file)
    found = [figure for part in root.iter("{urn:hl7-org:v3}table") for figure in read_element(part, drugs).figures]
    assert (len(found), len({figure.effect for figure in found})) == (figures, effects)
    assert all(figure.population and "placebo" not in figure.population.lower() for figure in found)


@pytest.mark.parametrize(
    ("term", "expected"),
    [("Oropharyngeal pain", False), ("Toothache", False), ("Androgen excess", False), ("to placebo", True), ("Requiring surgery", True), ("> 3 × ULN", True), ("Grade 3 or 4", True), ("Severe", True)],
)  # fmt: skip
def test_only_what_makes_no_sense_alone_leans_on_the_row_above(term: str, expected: bool) -> None:
    assert leans(term) is expected
