"""Incidence read from real labels meets answers that were checked by hand; see ``tests/accuracy.py`` for what counts."""

import json
from functools import cache

import pytest

from drugref.importers.dailymed import read_label
from drugref.importers.openfda_label import sections_of
from drugref.incidence.figures import Figure
from drugref.labels.incidence import read_sections
from drugref.labels.record import known_names
from drugref.model import Incidence
from tests.accuracy import GOLD, Score, gold, score, told_by_rule
from tests.conftest import ROOT

DATA = ROOT.parent / "shared" / "data"
SPL = {
    "humira": "humira.xml",
    "lipitor": "lipitor-orig.xml",
    "viagra": "viagra_64f8040f-938d-4236-8e22-c838c9b5f8da.xml",
    "remdesivir": "remdesivir_2020-10.xml",
    "haloperidol": "no-title.xml",
}
NAPROXEN = "naproxen"
"""The label that is there as openFDA's text, tables run into the sentences."""
real = pytest.mark.skipif(not DATA.exists(), reason="the public labels are not here")


@cache
def figures(name: str) -> list[Figure]:
    if name == NAPROXEN:
        labels = json.loads((DATA / "openfda" / "rohit_drug_labels.json").read_text(encoding="utf-8"))
        (fields,) = [label["all_fields"] for label in labels if label["drug_name"] == "NAPROXEN"]
        return read_sections(tuple(sections_of(fields)), ("naproxen", "naproxen sodium")).figures
    label = read_label((DATA / "dailymed_spl" / SPL[name]).read_bytes())
    return read_sections(label.sections, known_names(label)).figures


def test_every_answer_is_asked_for() -> None:
    assert sorted(path.stem for path in GOLD.glob("*.json")) == sorted((*SPL, NAPROXEN))


def scores() -> dict[str, Score]:
    return {name: score(figures(name), gold(name)) for name in (*SPL, NAPROXEN)}


@real
def test_accuracy_on_real_labels() -> None:
    held_ = scores()
    read, right = sum(held.read for held in held_.values()), sum(held.right for held in held_.values())
    asked, found = sum(held.asked for held in held_.values()), sum(held.found for held in held_.values())
    told = "\n".join(f"{name}: precision {held.precision:.3f}, recall {held.recall:.3f}" for name, held in held_.items())
    wrong = "\n".join(f"{name}: {line}" for name, held in held_.items() for line in held.wrong)
    assert asked >= 500
    by_rule = told_by_rule(held_.values())
    assert right / read >= 0.98, f"{told}\n{wrong}\n{by_rule}"
    assert found / asked >= 0.93, f"{told}\n{by_rule}"


def figure(effect: str, incidence: str, comparator: str | None = None, population: str | None = "10 mg") -> Figure:
    against = Incidence.parse(comparator) if comparator else None
    return Figure(effect, Incidence.parse(incidence), against, None, population, effect)


ANSWERS = {
    "sections": [
        {
            "id": "table",
            "figures": [
                {"effect": "rash", "arm": "10 mg", "incidence": "2 %", "comparator": "1 %"},
                {"effect": "rash", "arm": "20 mg", "incidence": "2 %", "comparator": "1 %"},
                {"effect": "itch", "arm": None, "incidence": "3 %", "comparator": None},
            ],
            "either_way": [{"effect": "tilt", "arm": None, "incidence": "9 %", "comparator": None}],
        }
    ]
}


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ([figure("RASH", "2 %", "1 %"), figure("itch*", "3 %")], (2, 2, 3, 2)),
        ([figure("rash", "1 %", "2 %")], (1, 0, 3, 0)),
        ([figure("rash", "2 %", "5 %")], (1, 0, 3, 0)),
        ([figure("rash", "2 %", "1 %")] * 3, (3, 2, 3, 2)),
        ([figure("tilt", "9 %")], (1, 1, 3, 0)),
        ([figure("hives", "2 %")], (1, 0, 3, 0)),
        ([], (0, 0, 3, 0)),
    ],
    ids=["right", "the placebo's figure", "another comparator", "too often", "either way", "another effect", "nothing"],
)
def test_the_count_counts(read: list[Figure], expected: tuple[int, int, int, int]) -> None:
    held = score(read, ANSWERS)
    assert (held.read, held.right, held.asked, held.found) == expected
    assert isinstance(held, Score)


def test_the_count_is_told_by_rule() -> None:
    figures_ = [
        figure("rash", "2 %", "1 %")._replace(rules=("a table", "a dose")),
        figure("hives", "2 %")._replace(rules=("a table",)),
    ]
    held = score(figures_, ANSWERS)
    assert held.by_rule == {"a table": {"read": 2, "right": 1, "found": 1}, "a dose": {"read": 1, "right": 1, "found": 1}}
    assert told_by_rule([held]).splitlines()[1].split() == ["a", "table", "2", "1", "0.500", "0.333"]
