"""Parameters of pharmacokinetics are read where a label states one figure of the drug itself, else they stay text."""

import pytest

from drugref.labels.kinetics import TOLD, Told, parameters


def read(*paragraphs: str) -> list[str]:
    return [f"{fact.parameter} {fact.value}" for fact in parameters(paragraphs, ("examplin",), ("s",))]


@pytest.mark.parametrize("told", TOLD, ids=lambda told: told.parameter)
def test_a_statement_reads_its_example(told: Told) -> None:
    assert [line.split()[0] for line in read(told.example)] == [told.parameter]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mean elimination half-life of examplin is approximately 5 to 7 hours.", ["half-life 5–7 h"]),
        ("The half-life (t1/2) was about 2.5 days.", ["half-life 2.5 days"]),
        ("Examplin is 98% protein bound.", ["protein-binding 98 %"]),
        ("Protein binding of examplin is about 40 to 60%.", ["protein-binding 40–60 %"]),
        ("Otherol is 20% protein bound.", []),
        ("The absolute oral bioavailability of examplin is about 40%.", ["bioavailability 40 %"]),
        ("The half-life of its metabolite is 20 hours.", []),
        ("In patients with renal impairment the half-life was 20 hours.", []),
        ("The half-life is 5 hours. After weeks the half-life is 9 hours.", []),
        ("The half-life of otherol is 10 hours.", []),
        ("The half-life is 5 hours at 40 mg and 9 hours at 200 mg.", []),
        ("The half-life is 5 hours (range 4 to 6 hours).", ["half-life 5 h"]),
        ("The half-life in dogs is 3 hours.", []),
        ("Bioavailability is increased by 40%.", []),
        ("The relative oral bioavailability is 90%.", []),
    ],
)
def test_what_is_beyond_doubt_is_a_fact(text: str, expected: list[str]) -> None:
    assert read(text) == expected
