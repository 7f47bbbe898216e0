"""What holds for the bundled database beyond what validation asks of any."""

from collections import Counter
from datetime import date

import pytest

from drugref.curated import canonical
from drugref.curated.validate import load
from drugref.facts import every
from drugref.model import Document, Drug, Risk
from tests.conftest import BUNDLED

TEXT = BUNDLED.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def document() -> Document:
    found, problems = load(TEXT)
    assert problems == []
    assert found is not None
    return found


def test_it_is_canonical(document: Document) -> None:
    assert canonical.write(document, TEXT) == TEXT, "run: drugref check --fix data/drugs.toml"


def test_it_holds_what_was_promised(document: Document) -> None:
    relaxants = {
        "inaperisone", "tolperisone", "eperisone", "silperisone", "lanperisone", "baclofen", "tizanidine", "cyclobenzaprine",
        "methocarbamol", "carisoprodol", "chlorzoxazone", "metaxalone", "orphenadrine", "dantrolene", "thiocolchicoside",
        "chlormezanone", "afloqualone", "pridinol",
    }  # fmt: skip
    assert relaxants <= document.drugs.keys()
    assert len(document.drugs) >= 40
    assert len(document.drugs.keys() - relaxants) >= 20


def test_every_record_was_reviewed(document: Document) -> None:
    assert [key for key, drug in document.drugs.items() if drug.reviewed is None] == []


def test_related_drugs_are_in_the_database(document: Document) -> None:
    assert [(key, name) for key, drug in document.drugs.items() for name in drug.related if name not in document.drugs] == []


def test_sources_are_dated_and_public(document: Document) -> None:
    for key, source in document.sources.items():
        assert date(2026, 1, 1) <= source.retrieved <= date.today(), key
        assert "/work" not in source.locator + source.title, key
        assert "SIDER" not in source.title.upper().split(), key


def test_every_drug_has_a_class_a_summary_and_a_status_or_says_why(document: Document) -> None:
    for key, drug in document.drugs.items():
        assert drug.drug_class, key
        assert drug.summary, key
        assert drug.status or any(note.kind == "sourcing" for note in drug.notes), key


def _kinds(document: Document, drug: Drug) -> set[str]:
    return {document.sources[source].kind for _, fact in every(drug) for source in fact.sources}


def test_weak_sourcing_is_said(document: Document) -> None:
    for key, drug in document.drugs.items():
        if "regulator" not in _kinds(document, drug):
            assert any(note.kind == "sourcing" for note in drug.notes), key


def _scope(risk: Risk) -> tuple[str | None, ...]:
    return risk.route, risk.product, risk.population, risk.place


def test_a_risk_is_either_forbidden_or_cautioned_by_one_source(document: Document) -> None:
    for key, drug in document.drugs.items():
        forbidden = {(risk.item, _scope(risk), source) for risk in drug.contraindications for source in risk.sources}
        cautioned = {(risk.item, _scope(risk), source) for risk in drug.cautions for source in risk.sources}
        assert forbidden & cautioned == set(), key


def test_no_fact_stands_twice(document: Document) -> None:
    for key, drug in document.drugs.items():
        facts = Counter(fact for _, fact in every(drug))
        assert [fact for fact, count in facts.items() if count > 1] == [], key


def test_inaperisone_has_all_of_its_first_source(document: Document) -> None:
    drug = document.drugs["inaperisone"]
    wikimd = "wikimd-inaperisone"
    effects = {
        effect.effect: (effect.band, effect.basis, effect.serious) for effect in drug.side_effects if wikimd in effect.sources
    }
    assert {band for band, basis, _ in effects.values()} == {"common", "uncommon", "rare"}
    assert {basis for _, basis, _ in effects.values()} == {"wording"}
    assert {name for name, (band, _, _) in effects.items() if band == "common"} == {"drowsiness", "dizziness", "nausea"}
    assert {name for name, (band, _, _) in effects.items() if band == "uncommon"} == {"headache", "dry mouth", "constipation"}
    assert sum(serious for *_, serious in effects.values()) == 3
    claimed = {use.condition for use in drug.uses if use.kind == "claimed" and wikimd in use.sources}
    assert claimed >= {"muscle spasm", "back pain", "fibromyalgia"}
    assert len(claimed) >= 5
    assert [risk.type for risk in drug.contraindications] == ["allergy"]
    assert len(drug.cautions) == 4
    assert {note.kind for note in drug.notes} >= {"conflict", "sourcing"}
    assert {status.status for status in drug.status} == {"in-use", "discontinued"}
