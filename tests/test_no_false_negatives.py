"""What is recorded of a medicine or a group is found, from both sides, for every member that the index knows."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from drugref import medicines
from drugref.partners import Medley
from drugref.screen import screen
from drugref.store import open_vocabulary
from tests import conftest
from tests.conftest import BUNDLED
from tests.recorded import Pair, pairs

FEW = 16


@pytest.fixture(scope="module")
def expected() -> list[Pair]:
    return list(pairs())


@pytest.fixture(scope="module")
def medley(cache: Path) -> Iterator[Medley]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(cache))
        with open_vocabulary() as words:
            yield Medley(words)


@pytest.mark.once
def test_every_recorded_risk_is_found_for_every_medicine_that_it_means(expected: list[Pair], medley: Medley) -> None:
    stores = [conftest.open_store(str(BUNDLED))]
    assert len(expected) > 8000
    partners = {name: medley.partner(name, stores) for name in {pair.partner for pair in expected}}
    missed: list[Pair] = []
    for drug in {pair.drug for pair in expected}:
        own = [pair for pair in expected if pair.drug == drug]
        itself, others = medley.partner(drug, stores), sorted({pair.partner for pair in own})
        # A few at a time, since each of those given is held against each.
        found = {
            (finding.finding, finding.other, finding.item)
            for start in range(0, len(others), FEW)
            for finding in screen([itself, *(partners[name] for name in others[start : start + FEW])], [], medley)
        }
        missed += [pair for pair in own if (pair.kind, partners[pair.partner].text, pair.item) not in found]
    assert missed == []


def test_the_index_answers(expected: list[Pair]) -> None:
    assert medicines.problem() == ""
    assert {"glyceryl trinitrate", "phenelzine", "clarithromycin"} <= {pair.partner for pair in expected}
