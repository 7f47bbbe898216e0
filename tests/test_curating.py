"""What a curator looks for: expectations by class, and the gaps of records."""

import json
from pathlib import Path

import pytest

from drugref import places
from drugref.curated import expectations
from tests.conftest import BUNDLED, ROOT, Cli
from tests.test_card import HEAD

FILE = ROOT / "data" / "expectations.toml"
HEAD_OF_FILE = """schema = 1

[sources.label]
title = "Label"
kind = "regulator"
locator = "here"
licence = "public"
retrieved = 2026-11-22

"""


def test_the_file_of_expectations_is_valid_and_its_classes_have_drugs() -> None:
    held, problems = expectations.load(FILE.read_text(encoding="utf-8"))
    assert problems == []
    assert held
    assert all(entry.effects or entry.risks or entry.medicines for entry in held.classes.values())


@pytest.mark.parametrize(
    ("classes", "problem"),
    [
        ('[classes.x]\nof = "statins"\neffects = ["rash"]\nsources = ["nosuch"]\n', "classes.x"),
        ('[classes.x]\nof = "statins"\neffects = 1\nsources = ["label"]\n', "classes.x.effects"),
        (
            '[classes.x]\nof = "statins"\nsources = ["label"]\n'
            'declined = [{ drug = "a", expected = "rash", reason = "none" }]\n',
            "classes.x.declined[0].expected",
        ),
        ('[classes]\nx = { of = "statins", sources = ["label"], more = 1 }\n', "classes.x.more"),
    ],
)
def test_a_mistake_in_it_is_told_with_its_place(classes: str, problem: str) -> None:
    _, problems = expectations.load(HEAD_OF_FILE + classes)
    assert any(found.place.startswith(problem) for found in problems), problems


@pytest.fixture
def statin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a database with one statin, whose record is held against expectations of its class."""
    path = tmp_path / "mine.toml"
    path.write_text(
        HEAD + 'class = { path = ["statins"], sources = ["label"] }\n'
        'side_effects = [{ effect = "muscle pain", incidence = "4 %", sources = ["label"] }]\n'
        'cautions = [{ item = "fibrates", type = "medicine", sources = ["label"] },'
        ' { item = "hepatic impairment", type = "condition", sources = ["label"] }]\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("DRUGREF_DB", str(path))
    file = tmp_path / "expectations.toml"
    monkeypatch.setattr(places, "expectations", lambda: str(file))
    return file


def unmet(cli: Cli, path: Path, database: str, lines: str) -> tuple[int, list[str], str]:
    path.write_text(HEAD_OF_FILE + f'[classes.statins]\nof = "statins"\nsources = ["label"]\n{lines}', encoding="utf-8")
    code, out, err = cli("check", "--expect", database, "--json")
    return code, [fact["expected"] for fact in json.loads(out)["facts"]], err


def test_what_a_record_lacks_is_told(cli: Cli, statin: Path, tmp_path: Path) -> None:
    lines = 'effects = ["muscle pain", "rhabdomyolysis"]\nrisks = ["liver disease", "pregnancy"]\nmedicines = ["fibrates", "ciclosporin"]\n'
    code, told, err = unmet(cli, statin, str(tmp_path / "mine.toml"), lines)
    assert code == 5
    assert told == ["the side effect rhabdomyolysis", "a word on pregnancy", "a word on ciclosporin"]
    assert "1 drugs of 1 classes held against 6 expectations, 3 not met" in err


def test_one_of_several_is_enough_and_what_is_declined_is_no_lack(cli: Cli, statin: Path, tmp_path: Path) -> None:
    lines = 'effects = ["myopathy or muscle pain"]\nrisks = ["pregnancy"]\nmedicines = ["gemfibrozil"]\n'
    lines += 'declined = [{ drug = "fictin", expected = "pregnancy", reason = "for men" }]\n'
    code, told, _ = unmet(cli, statin, str(tmp_path / "mine.toml"), lines)
    assert (code, told) == (0, [])


def test_a_file_of_expectations_that_is_not_valid_is_5(cli: Cli, statin: Path, tmp_path: Path) -> None:
    statin.write_text("schema = 1\nsources = 2\n", encoding="utf-8")
    code, text, err = cli("check", "--expect", str(tmp_path / "mine.toml"))
    assert (code, text) == (5, "")
    assert "sources" in err


def test_the_gaps_of_a_record(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        HEAD.replace("retrieved = 2026-11-22", 'retrieved = 2026-11-22\ndated = "2019-05"')
        + 'side_effects = [{ effect = "rash", band = "rare", basis = "wording", wording = "rarely", sources = ["label"] }]\n'
        'cautions = [{ item = "pregnancy", type = "population", sources = ["label"] }]\n',
        encoding="utf-8",
    )
    code, out, _ = cli("databases", "--gaps", "--db", str(path))
    assert code == 0
    rows = [line.split("\t") for line in out.splitlines()]
    told = {(row[3], row[4]) for row in rows if row[:3] == [str(path), "0", "drugs.fictin"]}
    assert ("mechanism", "nothing") in told
    assert ("5 side effects or more", "nothing") in told
    assert ("a word on kidney", "nothing") in told
    assert ("a word on pregnancy", "nothing") not in told
    assert ("sections read whole", "not said which") in told
    assert ("a review of the last two years", "none") in told
    assert ("a regulator's document of the last two years", "one of 2019-05") in told
    assert ("documents themselves", "1 of 2 facts on copies alone") not in told
    assert "drugs.afloqualone" in {row[2] for row in rows if row[0] == str(BUNDLED)}


def test_the_bundled_records_meet_what_is_expected_of_their_classes(cli: Cli) -> None:
    code, out, err = cli("check", "--expect", str(BUNDLED))
    assert (code, out) == (0, ""), err
