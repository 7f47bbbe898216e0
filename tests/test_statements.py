"""A label's sections fall into statements in its own words; what is too long stays text."""

import time

import pytest

from drugref.labels.label import Item, Paragraph, Section
from drugref.labels.statements import LONGEST, Statement, bare, statements


def found(*blocks: Item | Paragraph) -> list[Statement]:
    return statements(Section("uses", "", blocks))[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4.2 Allergy to examplin", "Allergy to examplin"),
        ("Allergy [ see Warnings and Precautions ( 5.7 , 5.9 ) ]", "Allergy"),
        ("Allergy ( 4 )", "Allergy"),
        ("Nitrates ( 4.1 , 7.1 , 12.2 ).", "Nitrates"),
        ("Asthma (severe)", "Asthma (severe)"),
        ("Children of 2 to 6 years", "Children of 2 to 6 years"),
    ],
)
def test_a_statement_loses_numbers_and_references(text: str, expected: str) -> None:
    assert bare(text) == expected


def test_bullets_in_running_text_keep_what_introduces_them() -> None:
    text = "Examplin is indicated for: the relief of the signs of: • gout • pain. Worse at night. • fever ( 1 )"
    lead = "Examplin is indicated for: the relief of the signs of"
    assert found(Paragraph(text)) == [
        Statement("gout", lead, None, True),
        Statement("pain", lead, "Worse at night", True),
        Statement("fever", lead, None, True),
    ]


def test_a_list_has_the_paragraph_before_it_as_its_lead() -> None:
    assert found(Paragraph("Do not use in:"), Item("asthma"), Item("gout")) == [
        Statement("asthma", "Do not use in", None, True),
        Statement("gout", "Do not use in", None, True),
    ]


def test_sentences_are_statements() -> None:
    assert [entry.text for entry in found(Paragraph("It is for gout. It is not for pain."))] == [
        "It is for gout",
        "It is not for pain",
    ]


def test_the_same_statement_is_there_once() -> None:
    assert [entry.text for entry in found(Item("Asthma"), Item("asthma ( 4 )"))] == ["Asthma"]


def test_a_statement_that_has_run_into_the_next_one_is_told_by_where_it_stands_alone() -> None:
    section = Section(
        "contraindications",
        "",
        tuple(
            Item(text)
            for text in (
                "Major regional block Malignant hypertension Pregnancy, except with a valve",
                "Major regional block",
                "Malignant hypertension",
                "Malignant hypertension in the past",
            )
        ),
    )
    found, _ = statements(section)
    assert [statement.text for statement in found] == [
        "Pregnancy, except with a valve",
        "Major regional block",
        "Malignant hypertension",
        "Malignant hypertension in the past",
    ]


def test_what_is_too_long_or_too_short_is_left_over() -> None:
    long = "word " * (LONGEST // 5 + 1)
    kept, rest = statements(Section("uses", "", (Item(long), Item("x"))))
    assert kept == []
    assert rest == [long.strip(), "x"]


@pytest.mark.parametrize(
    ("lead", "more", "expected"),
    [
        (None, None, None),
        ("Examplin is indicated for", None, None),
        ("Examplin is indicated for: the relief of the signs of", None, "relief of the signs of"),
        ("Examplin is contraindicated in patients with", "See a doctor", "See a doctor"),
        ("Do not use", None, None),
        ("Stop use and ask a doctor if", None, "Stop use and ask a doctor if"),
    ],
)
def test_a_lead_that_only_names_the_section_is_no_detail(lead: str | None, more: str | None, expected: str | None) -> None:
    assert Statement("gout", lead, more).detail == expected


def test_a_lead_that_ran_into_the_item_before_is_told_apart() -> None:
    text = "It is indicated for: the relief of signs of: • gout • acute wobble the management of: • pain • fever"
    assert [(entry.text, entry.detail) for entry in found(Paragraph(text))] == [
        ("gout", "relief of signs of"),
        ("acute wobble", "relief of signs of"),
        ("pain", "the management of"),
        ("fever", "the management of"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The use of MAOIs with EXAMPLA is contraindicated because of syndrome [see Warnings (5.4)] . Starting EXAMPLA in a "
            "patient who is being treated with MAOIs such as emptazole is also contraindicated ( 4.1 ) .",
            [
                "The use of MAOIs with EXAMPLA is contraindicated because of syndrome",
                "Starting EXAMPLA in a patient who is being treated with MAOIs such as emptazole is also contraindicated",
            ],
        ),
        ("Exampla Inhalation Solution is contraindicated in gout.", ["Exampla Inhalation Solution is contraindicated in gout"]),
        ("Allergy to examplin ( 4 ) Gout ( 4, 5.1 )", ["Allergy to examplin", "Gout"]),
        (
            "EXAMPLA is contraindicated in patients: With gout . Taking emptazole",
            ["patients With gout", "patients Taking emptazole"],
        ),
        (
            "EXAMPLA is contraindicated in: Gout. Reactions have included shock.",
            ["Gout", "Reactions have included shock"],
        ),
        ("Contraindicated in:•gout•asthma", ["gout", "asthma"]),
        ("Do not use with St. John's wort.", ["Do not use with St. John's wort"]),
        ("Do not use with an MAOI. Do not use in gout.", ["Do not use with an MAOI", "Do not use in gout"]),
    ],
)
def test_no_statement_begins_or_ends_inside_a_sentence(text: str, expected: list[str]) -> None:
    assert [entry.text for entry in found(Paragraph(text))] == expected


@pytest.mark.parametrize("unit", ["[]", "[a]", "(1)", "( 1 ) ", "(5.1) ", " [] ", "[see ", "• a ", "a. A", "is indicated "])
def test_the_time_grows_no_faster_than_the_text(unit: str) -> None:
    """Eight times the text; read again from each of its brackets, it would take sixty-four times as long."""
    few, many = (seconds(unit * (size // len(unit))) for size in (2_000, 16_000))
    assert many < 24 * few + 0.05


def seconds(text: str) -> float:
    """Return the processor's time that a section of this text takes, the least of three turns."""
    turns = []
    for _ in range(3):
        started = time.process_time()
        statements(Section("contraindications", "", (Paragraph(text),), ()))
        turns.append(time.process_time() - started)
    return min(turns)


def said(text: str, drugs: tuple[str, ...] = ("exampla", "examplin")) -> list[tuple[str, str | None]]:
    return [(entry.text, entry.detail) for entry in statements(Section("uses", "", (Paragraph(text),)), drugs)[0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "EXAMPLA is indicated for: Gout • Relief of gout in adults. ( 1.1 ) Knee Pain (KP) • Relief of knee pain. ( 1.2 )",
            [("Relief of gout in adults", "Gout"), ("Relief of knee pain", "Knee Pain (KP)")],
        ),
        (
            "EXAMPLA is indicated for the treatment of children with • gout. EXAMPLA is a gout blocker indicated for the treatment "
            "of • adults with gout. ( 1 )",
            [("gout", "treatment of children with"), ("adults with gout", "treatment of")],
        ),
        (
            "Do not use EXAMPLA in those who have: • Gout • A risk of clots. Examples include women who are known to: • Smoke • Have "
            "clots • Liver tumours",
            [
                ("Gout", None),
                ("Smoke", "A risk of clots. Examples include women who are known to"),
                ("Have clots", "A risk of clots. Examples include women who are known to"),
                ("Liver tumours", None),
            ],
        ),
        (
            "EXAMPLA is indicated for patients with storage disease type A (SD A; Invented syndrome). It is given once.",
            [("EXAMPLA is indicated for patients with storage disease type A (SD A; Invented syndrome)", None), ("It is given once", None)],
        ),
        (
            "EXAMPLA is indicated for: Adjunctive treatment of gout in adults Treatment of pain in children Treatment of fever",
            [("Adjunctive treatment of gout in adults", None), ("Treatment of pain in children", None), ("Treatment of fever", None)],
        ),
        (
            "EXAMPLA is indicated for the treatment of: Chronic Gout Pain (CGP) Acute Knee Fever (AKF)",
            [("Chronic Gout Pain (CGP)", "treatment of"), ("Acute Knee Fever (AKF)", "treatment of")],
        ),
        (
            "Platelets below 100 x 10 9 /L [see Warnings (5.1)] History of knee fever",
            [("Platelets below 100 x 10 9 /L", None), ("History of knee fever", None)],
        ),
        (
            "• Advanced Gout ( 4.1 ). • Allergy to Examplin ( 4.2 ). 4.1 Advanced Gout EXAMPLA is contraindicated in patients with "
            "advanced gout [see Warnings (5.3)] . 4.2 Allergy to Examplin EXAMPLA is contraindicated in allergy.",
            [
                ("Advanced Gout", None),
                ("Allergy to Examplin", None),
                ("EXAMPLA is contraindicated in patients with advanced gout", None),
                ("EXAMPLA is contraindicated in allergy", None),
            ],
        ),
        (
            "1.1 Gout but No Fever EXAMPLA and EXAMPLA SR are indicated in gout. Use of examplin tablets is contraindicated in fever.",
            [("EXAMPLA and EXAMPLA SR are indicated in gout", None), ("Use of examplin tablets is contraindicated in fever", None)],
        ),
        (
            "Limitations of Use In pain, examplin is indicated to treat fever and not the pain.",
            [("Limitations of Use In pain, examplin is indicated to treat fever and not the pain", None)],
        ),
    ],
)  # fmt: skip
def test_what_has_run_together_is_told_apart(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert said(text) == expected
