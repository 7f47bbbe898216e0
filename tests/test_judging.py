"""What forbids, what asks for care and what does neither are told apart in a label's record."""

import re
from datetime import date

import pytest

from drugref.job import Job
from drugref.labels.grouping import Group
from drugref.labels.judging import Part, certainty_of, refused
from drugref.labels.label import Ingredient, Item, Label, Paragraph, Section
from drugref.labels.record import NONE_STATED, Origin, record_of
from drugref.model import Drug, Source

ORIGIN = Origin(
    "labels", Source(title="labels", kind="database", locator="x", licence="y", retrieved=date(2026, 11, 27)), "set id"
)


def drug(part: str, *blocks: Item | Paragraph) -> Drug:
    """Return the record of a prescription label with one section."""
    label = Label(
        "s1", "1", "20260101", "Exampla", "", "prescription", "NDA1", (Ingredient("examplin"),), ("Exampla",), (), ("examplin",),
        (), (), (), (Section(part, "", blocks),),
    )  # fmt: skip
    return record_of(label, Group("examplin", b"", 1, ("Exampla",), ()), ORIGIN, Job(today=date(2026, 11, 27)))[1]


@pytest.mark.parametrize("block", [Item, Paragraph])
@pytest.mark.parametrize(
    "text",
    [
        "Examplin is contraindicated in gout",
        "Contraindicated in gout: do not use",
        "The contraindications include gout, avoid it",
    ],
)
def test_a_contraindication_among_the_warnings_is_no_caution(block: type[Item | Paragraph], text: str) -> None:
    found = drug("cautions", block(text), block("Use with caution in asthma"))
    assert [risk.item for risk in found.cautions] == ["Use with caution in asthma"]
    (passage,) = [passage for passage in found.texts if passage.part == "cautions"]
    assert text in passage.text[0]
    assert found.contraindications == ()


def test_a_label_that_states_none_says_so() -> None:
    found = drug("contraindications", Paragraph("None. None. ( 4 )"))
    assert [risk.item for risk in found.contraindications] == [NONE_STATED]
    assert found.texts == ()


def test_a_list_that_is_not_whole_says_so() -> None:
    found = drug("contraindications", Item("Gout"), Paragraph("Allergic reactions have been reported."))
    assert [risk.item for risk in found.contraindications] == ["Gout"]
    assert [note.text for note in found.notes] == ["some of the label's contraindications stand in its text alone"]


def test_a_contraindication_where_it_belongs_is_one() -> None:
    found = drug("contraindications", Paragraph("Examplin is contraindicated in gout"), Item("Asthma"), Item("None known"))
    assert [risk.item for risk in found.contraindications] == ["Examplin is contraindicated in gout", "Asthma"]


@pytest.mark.parametrize(
    ("part", "text", "listed", "why"),
    [
        ("uses", "Examplin is indicated for gout", False, None),
        ("uses", "Gout", True, None),
        ("uses", "Gout hurts", False, "a sentence on something else"),
        ("uses", "Examplin is not indicated for gout", True, "not for it"),
        ("uses", "Its use in gout has not been studied", True, "not shown"),
        ("uses", "This product will not prevent hives", True, "not for it"),
        ("uses", "Examplin is used for gout but not to be used by needle", False, "not for it"),
        ("uses", "Safety in gout have not been established", True, "not shown"),
        ("uses", "patients weighing at least 20 kg, and", True, "a part of a sentence"),
        ("uses", "patients with gout", True, None),
        ("contraindications", "Do not use in gout", False, None),
        ("contraindications", "Allergic reactions have been reported", True, "what was seen"),
        ("contraindications", "Do not use where allergy has been reported", True, None),
        ("contraindications", "Cross allergy is unlikely", False, "what may happen"),
        ("contraindications", "Caution in patients with allergy", False, "what asks for care alone"),
        ("contraindications", "Examplin is contraindicated in", False, "a part of a sentence"),
        ("contraindications", "in whom anaesthesia is contraindicated", False, "a part of a sentence"),
        ("contraindications", "Refer to the contraindications of emptazole", True, "a reference"),
        ("cautions", "Drug Interactions See Contraindications", True, "a reference"),
        ("contraindications", "Gout hurts", False, "a sentence on something else"),
        ("contraindications", "None known", True, "no contraindication"),
        ("cautions", "Use with caution in gout", False, None),
        ("cautions", "It is contraindicated in gout", True, "a contraindication among the cautions"),
    ],
)
def test_a_statement_is_refused_for_a_reason_that_has_a_name(part: Part, text: str, listed: bool, why: str | None) -> None:
    assert refused(part, "", text, listed=listed) == why


def test_a_lead_can_say_that_its_items_are_no_uses() -> None:
    assert refused("uses", "Examplin should not be used for", "gout", listed=True) == "not for it"


def test_what_is_said_without_doubt_is_established() -> None:
    assert certainty_of("Examplin blocks the receptor") == "established"
    assert re.fullmatch("[a-z]+", certainty_of("How it acts is unknown"))
