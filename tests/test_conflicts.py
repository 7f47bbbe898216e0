"""Labels of one ingredient set that contradict each other: the record says so, and only where it is beyond doubt."""

import pytest

from drugref.incidence.figures import Figure
from drugref.labels.conflicts import disagreeing
from drugref.labels.incidence import read_sections
from drugref.labels.label import Ingredient, Label, Paragraph, Section

PATCH = "In trials the following occurred: headache ({}), lightheadedness (6%), hypotension (4%)."


def label(text: str, route: str = "transdermal", brand: str = "Patch-A") -> Label:
    return Label(
        set_id=brand,
        version="1",
        date="20050401",
        title=brand,
        maker="",
        kind="prescription",
        approval="NDA",
        brands=(brand,),
        generics=("examplin",),
        ingredients=(Ingredient("examplin"),),
        routes=(route,),
        codes=(),
        classes=(),
        actions=(),
        sections=(Section("side-effects", "Adverse reactions", (Paragraph(text),)),),
    )


def said(mine: str, theirs: str, route: str = "transdermal") -> tuple[list[str], int]:
    """Return what another label is said to have, and how often such a label was read."""
    read = 0

    def figures(of: Label) -> list[Figure]:
        nonlocal read
        read += 1
        return read_sections(of.sections, ("examplin",)).figures

    one = label(mine, brand="Patch-B")
    found = disagreeing(one, read_sections(one.sections, ("examplin",)).figures, [label(theirs, route)], figures)
    return [line for _, lines in found for line in lines], read


def test_a_figure_that_another_label_has_ten_times_is_said() -> None:
    assert said(PATCH.format("6%"), PATCH.format("63%")) == (["headache 63 % (here 6 %)"], 1)


@pytest.mark.parametrize(
    "theirs",
    [
        PATCH.format("9%"),  # the same band
        PATCH.format("12%"),  # another band, and not three times as often
        PATCH.format("6% to 63%"),  # a range may hold what this label has
        "Severe headache (63%), lightheadedness (7%).",
        "In patients with cancer, headache (63%) was seen. Headache (6%) was seen in all trials.",
        "Rash occurred in 63% of patients.",
    ],
)
def test_what_may_be_said_of_others_is_no_conflict(theirs: str) -> None:
    assert said(PATCH.format("6%"), theirs) == ([], 1)


@pytest.mark.parametrize(
    ("theirs", "route"), [(PATCH.format("6%"), "transdermal"), (PATCH.format("63%"), "oral"), ("", "transdermal")]
)
def test_a_copy_and_a_label_for_another_route_are_not_even_read(theirs: str, route: str) -> None:
    assert said(PATCH.format("6%"), theirs, route) == ([], 0)
