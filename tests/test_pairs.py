"""Pairs of medicines with what the sources of one record say of the other, written by hand: half of them have nothing to be found."""

import pytest

from drugref.partners import Medley
from drugref.screen import screen
from drugref.store import Store, open_store, open_vocabulary
from tests.conftest import BUNDLED, ROOT

WEIGHT = {"none": 0, "caution": 1, "contraindication": 2}
PAIRS = [line.split("\t") for line in (ROOT / "tests" / "pairs.tsv").read_text(encoding="utf-8").splitlines() if line[0] != "#"]


@pytest.fixture(scope="module")
def said() -> dict[tuple[str, str], str]:
    """What the record of each drug says of its partner at most."""
    with open_vocabulary() as words, open_store(str(BUNDLED)) as store:
        return _said(Medley(words), [store])


def _said(medley: Medley, stores: list[Store]) -> dict[tuple[str, str], str]:
    found = {}
    for drug, partner, _, _ in PAIRS:
        given = [medley.partner(drug, stores), medley.partner(partner, stores)]
        kinds = [
            finding.finding
            for finding in screen(given, [], medley)
            if (finding.drug, finding.other) == (drug, given[1].text) and finding.finding in WEIGHT
        ]
        found[drug, partner] = max(kinds, key=WEIGHT.__getitem__, default="none")
    return found


def test_there_are_enough_pairs_and_half_of_them_have_nothing() -> None:
    nothing = [pair for pair in PAIRS if pair[2] == "none"]
    assert len(PAIRS) >= 150
    assert 0.45 <= len(nothing) / len(PAIRS) <= 0.6
    assert len({(drug, partner) for drug, partner, _, _ in PAIRS}) == len(PAIRS)


def test_nothing_is_missed(said: dict[tuple[str, str], str]) -> None:
    missed = [(*pair, said[pair[0], pair[1]]) for pair in PAIRS if WEIGHT[said[pair[0], pair[1]]] < WEIGHT[pair[2]]]
    assert missed == []


def test_what_is_found_is_right(said: dict[tuple[str, str], str]) -> None:
    found = [pair for pair in PAIRS if said[pair[0], pair[1]] != "none"]
    wrong = [(*pair, said[pair[0], pair[1]]) for pair in found if WEIGHT[said[pair[0], pair[1]]] > WEIGHT[pair[2]]]
    assert 1 - len(wrong) / len(found) >= 0.98, wrong
