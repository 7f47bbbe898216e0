import doctest
import importlib
from pathlib import Path

import pytest

import drugref
from drugref.facts import completed
from tests.conftest import LABELS, SAMPLE

SOURCES = Path(drugref.__file__).parent


def test_a_drug_is_found_by_any_name() -> None:
    with drugref.open_database(str(SAMPLE)) as database:
        drug = database["Example-X [red]"]
        assert isinstance(drug, drugref.Drug)
        assert drug.inn == "examplin"
        assert "EX-1" in database
        assert "nosuch" not in database
        assert not database.__contains__(3)
        yawning = drug.side_effects[0]
        assert (yawning.band, yawning.incidence and yawning.incidence.high) == ("very-common", 63.0)


@pytest.mark.parametrize("path", [SAMPLE, LABELS], ids=lambda path: path.name)
def test_records_round_trip_through_the_store(path: Path) -> None:
    from drugref.curated.canonical import ordered
    from drugref.curated.validate import load

    document, _ = load(path.read_text(encoding="utf-8"))
    assert document is not None
    with drugref.open_database(str(path)) as database:
        for key, drug in ordered(document).drugs.items():
            record = database.record(key)
            assert record.drug == completed(drug)
            assert record.database == document.database
            assert dict(record.sources).items() <= document.sources.items()


def test_an_unknown_name_raises_with_near_names() -> None:
    with drugref.open_database(str(SAMPLE)) as database:
        with pytest.raises(drugref.UnknownDrugError, match=r"^unknown drug: examplim$") as caught:
            database["examplim"]
        assert caught.value.near[0] == "examplin"
        assert isinstance(caught.value, KeyError)
        assert database.get("examplim") is None


def test_iteration_gives_each_drug_once() -> None:
    with drugref.open_database(str(SAMPLE)) as database:
        names = list(database)
        assert len(names) == len(set(names)) == len(database)
        assert [record.drug.inn for record in database.records()] == names


def test_an_invalid_database_raises(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("schema = 2\n")
    with pytest.raises(drugref.InvalidDatabaseError) as caught:
        drugref.open_database(str(tmp_path / "x.toml"))
    assert caught.value.problems == 3


def test_public_names_are_there_and_described() -> None:
    for name in drugref.__all__:
        value = getattr(drugref, name)
        assert name.startswith("__") or value.__doc__
    assert set(drugref.__all__) <= set(dir(drugref))
    with pytest.raises(AttributeError):
        drugref.nosuch  # noqa: B018
    assert (Path(drugref.__file__).parent / "py.typed").exists()


WITH_EXAMPLES = [
    ".".join(("drugref", *path.relative_to(SOURCES).with_suffix("").parts)).removesuffix(".__init__")
    for path in sorted(SOURCES.rglob("*.py"))
    if ">>>" in path.read_text()
]


@pytest.mark.parametrize("module", WITH_EXAMPLES)
def test_examples_in_docstrings(module: str) -> None:
    result = doctest.testmod(importlib.import_module(module))
    assert result.attempted > 0
    assert result.failed == 0


def test_names_are_those_of_the_command_line() -> None:
    with drugref.open_database() as database:
        assert database["acetaminophen"].inn == database["N02BE01"].inn == database["APAP"].inn == "paracetamol"
        assert "acetaminophen" in database
        assert "nosuchdrug" not in database
        with pytest.raises(drugref.UnknownDrugError) as known:
            database["orlistat"]
        assert (known.value.medicine, known.value.near) == ("orlistat", ())
        assert str(known.value) == "orlistat has no record"
        with pytest.raises(drugref.UnknownDrugError) as unknown:
            database["baclofne"]
        assert (unknown.value.medicine, unknown.value.near[0]) == (None, "baclofen")
