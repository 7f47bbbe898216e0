"""Names of effects are written one way, whoever reads them: tables, prose and SIDER; systems are told by all alike."""

import pytest

from drugref.incidence.prose.reader import read_prose
from drugref.incidence.spelling import in_sentence
from drugref.incidence.tables.reader import read_element
from drugref.lexicon.systems import MEDDRA, PARTS
from tests.tables import table


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("Wilson disease", "Wilson disease"),
        ("Wilson Disease", "Wilson disease"),
        ("WILSON DISEASE", "Wilson disease"),
        ("Stevens-Johnson Syndrome", "Stevens-Johnson syndrome"),
        ("Guillain-Barré syndrome", "Guillain-Barré syndrome"),
        ("Wolff-Parkinson-White Syndrome", "Wolff-Parkinson-White syndrome"),
        ("Crohn's Disease", "Crohn's disease"),
        ("Whoever's sign", "Whoever's sign"),
        ("Jarisch-Herxheimer reaction", "Jarisch-Herxheimer reaction"),
        ("Non-Cardiac Chest Pain", "non-cardiac chest pain"),
        ("White Blood Cell Disease", "white blood cell disease"),
        ("Candida Infection", "Candida infection"),
        ("Hepatitis A", "hepatitis A"),
        ("QT Prolongation", "QT prolongation"),
        ("Rh incompatibility", "Rh incompatibility"),
        ("Dry Mouth", "dry mouth"),
    ],
)
def test_a_name_is_written_one_way_everywhere(printed: str, written: str) -> None:
    rows = f"Event | ZYLO % | Placebo %\n{printed} | 12 | 6"
    in_table = read_element(table(rows, caption="Adverse reactions"), ["zylo"]).figures
    in_prose = read_prose(f"Reactions were {printed} (12%).", ["zylo"]).figures
    assert [in_table[0].effect, in_prose[0].effect, in_sentence(printed)] == [written] * 3


@pytest.mark.parametrize("system", [*MEDDRA, *PARTS])
def test_a_system_ends_the_list_before_it_and_is_no_effect(system: str) -> None:
    name = system.partition(" (")[0]
    text = f"The following occurred in less than 2% of patients: Skin: rash {name.capitalize()}: gout, cough"
    assert [figure.effect for figure in read_prose(text, ["zylo"]).figures] == ["rash", "gout", "cough"]


@pytest.mark.parametrize("system", PARTS)
def test_a_system_within_a_list_is_no_effect(system: str) -> None:
    reading = read_prose(f"Reactions in less than 2% of patients were rash, {system}, gout and cough.", ["zylo"])
    assert [figure.effect for figure in reading.figures] == ["rash", "gout", "cough"]
