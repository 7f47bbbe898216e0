"""The import command: a database that every command uses, whole or not at all, and an account of what was met."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

import drugref
from drugref.curated.validate import load
from drugref.importers.registry import IMPORTERS
from tests.conftest import Cli, process
from tests.test_importers import SAMPLES

OPENFDA = str(SAMPLES / "openfda")


def report(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def files(home: Path) -> list[str]:
    return sorted(path.name for path in home.iterdir()) if home.exists() else []


@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda importer: importer.NAME)
def test_a_database_is_made_that_every_command_uses(importer: Any, cli: Cli, home: Path) -> None:
    assert cli("import", importer.NAME, str(SAMPLES / importer.NAME))[0] == 0
    assert files(home) == [f"{importer.NAME}.sqlite"]
    rows = [line.split("\t") for line in cli("databases")[1].splitlines()]
    assert [row[0] for row in rows] == ["bundled", importer.NAME]
    assert int(rows[1][1]) > 0
    assert rows[1][2] != "unknown"


def test_the_source_is_found_out_and_the_name_chosen(cli: Cli, home: Path) -> None:
    code, out, err = cli("import", OPENFDA, "--to", "my-labels")
    assert (code, out) == (0, "")
    assert files(home) == ["my-labels.sqlite"]
    assert "openfda 2026-10-01: 10 labels read" in err
    code, out, err = cli("show", "Exemplar")
    assert code == 0
    assert "Exemplar → examplin hydrochloride (brand)" in err
    assert "\tcontraindications\tstatement\tGlass bones\t" in out


def test_what_was_met_is_told_and_written(cli: Cli, home: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    code, _, err = cli("import", OPENFDA, "--report", str(path))
    told = report(path)
    assert code == 0
    assert (told["source"], told["version"], told["database"]) == ("openfda", "2026-10-01", str(home / "openfda.sqlite"))
    assert told["read"] == told["taken"] + sum(told["left_out"].values()) + sum(told["refused"].values()) == 10
    assert told["found"]["records"] == 3
    assert told["found"]["side effects with figures"] == 5
    assert told["changes"] == {}
    assert "left out: 2 (homeopathic: 1; sunscreen: 1)" in err
    assert "refused, its active ingredients cannot be told: drug-label-0001-of-0001.json, label 8" in err
    assert "licence: CC0 1.0" in err


def test_the_licence_of_sider_is_said(cli: Cli) -> None:
    _, _, err = cli("import", str(SAMPLES / "sider"))
    assert "non-commercial" in err
    _, out, _ = cli("databases", "--json")
    assert "non-commercial" in json.loads(out)["facts"][1]["licence"]


def test_a_second_import_tells_what_changed(cli: Cli, tmp_path: Path) -> None:
    labels = json.loads((SAMPLES / "openfda" / "drug-label-0001-of-0001.json").read_text(encoding="utf-8"))
    cli("import", OPENFDA)
    del labels["results"][4]  # the combination
    labels["results"][3]["do_not_use"] = ["Do not use at night"]
    labels["results"][7]["openfda"] = {"spl_set_id": [labels["results"][6]["set_id"]]}
    labels["results"].append({**labels["results"][1], "set_id": "00000000-0000-4000-8000-000000000099"})
    labels["results"][-1]["openfda"] = {
        "spl_set_id": ["00000000-0000-4000-8000-000000000099"], "substance_name": ["NOVIN"], "unii": ["N0V1N00000"],
    }  # fmt: skip
    path = tmp_path / "labels.json"
    path.write_text(json.dumps(labels), encoding="utf-8")
    code, _, err = cli("import", "openfda", str(path), "--report", str(tmp_path / "report.json"))
    assert code == 0
    assert report(tmp_path / "report.json")["changes"] == {
        "added": {"drugs": 1, "first": ["novin"]},
        "removed": {"drugs": 1, "first": ["emptazole / examplin hydrochloride"]},
        "changed": {"drugs": 1, "first": ["emptazole"]},
    }
    assert "compared with before: 1 added, 1 removed, 1 changed" in err


def test_toml_of_a_few_drugs_is_printed_in_the_curated_schema(cli: Cli, home: Path) -> None:
    code, out, _ = cli("import", OPENFDA, "--format", "toml", "--only", "Coldnix", "--only", "Exemplar")
    assert code == 0
    document, problems = load(out)
    assert problems == []
    assert document is not None
    assert list(document.drugs) == ["emptazole", "examplin-hydrochloride"]
    assert files(home) == []


def test_what_stands_in_a_labels_text_alone_is_said_to_be_there(cli: Cli) -> None:
    cli("import", OPENFDA)
    code, out, err = cli("side-effects", "examplin hydrochloride", "--effect", "hiccups")
    assert (code, out) == (4, "")
    assert "examplin hydrochloride's own label text has it" in err
    assert "examplin hydrochloride\ttext\t" in cli("search", "hiccups")[1]
    code, out, err = cli("side-effects", "--common", "emptazole")
    assert code == 4
    assert "this is not evidence of safety" in err


def test_a_drug_that_is_not_there_is_unknown(cli: Cli, home: Path) -> None:
    code, out, err = cli("import", OPENFDA, "--only", "tizanidine")
    assert (code, out) == (3, "")
    assert "unknown drug: tizanidine (openfda: 10 labels read" in err
    assert files(home) == []


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["openfda"], 2, "name a file or folder to import from openfda"),
        (["nowhere"], 1, "no such file or folder: nowhere"),
        (["openfda", "nowhere"], 1, "cannot read"),
        (["dailymed", OPENFDA], 1, "dailymed: nothing to import"),
        ([OPENFDA, "--to", "../x"], 2, "--to takes a name in lower-case letters"),
        ([OPENFDA, "--include", "toys"], 2, "--include takes homeopathic, cosmetic, sunscreen, other, not 'toys'"),
        ([OPENFDA, "--format", "xml"], 2, "'xml' is not one of sqlite, toml"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(arguments: list[str], code: int, message: str, cli: Cli, home: Path) -> None:
    found, out, err = cli("import", *arguments)
    assert (found, out) == (code, "")
    assert message in err
    assert files(home) == []


def test_include_takes_several_kinds_at_once(cli: Cli, tmp_path: Path) -> None:
    cli("import", OPENFDA, "--include", "homeopathic,sunscreen", "--report", str(tmp_path / "report.json"))
    assert report(tmp_path / "report.json")["left_out"] == {}


def test_an_import_that_fails_leaves_the_earlier_one(cli: Cli, home: Path, tmp_path: Path) -> None:
    cli("import", OPENFDA)
    before = (home / "openfda.sqlite").read_bytes()
    bad = tmp_path / "bad.json"
    bad.write_text('{"meta": {}, "results": [{"set_id": "x"}]}')
    assert cli("import", "openfda", str(bad))[0] == 1
    assert files(home) == ["openfda.sqlite"]
    assert (home / "openfda.sqlite").read_bytes() == before


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_may_not_be_written_is_told(cli: Cli, home: Path) -> None:
    home.mkdir(parents=True)
    home.chmod(0o500)
    code, _, err = cli("import", OPENFDA)
    home.chmod(0o700)
    assert code == 1
    assert "cannot write" in err


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Labels enough that an import takes a while."""
    from benchmarks.labels import archive

    path = tmp_path_factory.mktemp("large") / "labels.json.zip"
    archive(3000, path)
    return path


@pytest.mark.parametrize(
    "number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL], ids=lambda number: number.name
)
@pytest.mark.parametrize("wait", [0.3, 1.5])
def test_ended_from_outside_the_earlier_database_stays_and_nothing_else(
    number: signal.Signals, wait: float, large: Path, cli: Cli, home: Path
) -> None:
    cli("import", OPENFDA)
    before = (home / "openfda.sqlite").read_bytes()
    command = [sys.executable, "-m", "drugref", "import", "openfda", str(large)]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, env=dict(os.environ))
    time.sleep(wait)
    running.send_signal(number)
    _, err = running.communicate(timeout=30)
    if running.returncode == 0:
        pytest.skip("this machine was done before the signal came")
    assert running.returncode in (128 + number, -number), err  # the latter before anything was begun
    assert b"Traceback" not in err
    assert (home / "openfda.sqlite").read_bytes() == before
    if number == signal.SIGKILL:  # nobody could tidy up; the next import does
        assert cli("import", OPENFDA)[0] == 0
    assert files(home) == ["openfda.sqlite"]


@pytest.mark.parametrize(
    "onto", ["its database", "another database", "a link to it", "the input", "a file of the input's folder", "own TOML"]
)
def test_a_report_is_written_over_nothing_that_matters(onto: str, cli: Cli, home: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(OPENFDA, tmp_path / "input"))
    (sample,) = folder.iterdir()
    cli("import", OPENFDA)
    cli("import", OPENFDA, "--to", "other")
    (home / "own.toml").write_text("schema = 1\n", encoding="utf-8")
    (tmp_path / "link").symlink_to(home / "openfda.sqlite")
    place = {
        "its database": home / "openfda.sqlite", "another database": home / "other.sqlite", "a link to it": tmp_path / "link",
        "the input": sample, "a file of the input's folder": sample, "own TOML": home / "own.toml",
    }[onto]  # fmt: skip
    before = place.read_bytes()
    code, _, err = cli("import", str(sample if onto == "the input" else folder), "--report", str(place))
    assert (code, place.read_bytes()) == (2, before)
    assert "--report would write over" in err


def test_a_report_onto_the_database_that_is_to_be_made_is_refused(cli: Cli, home: Path) -> None:
    assert cli("import", OPENFDA, "--report", str(home / "openfda.sqlite"))[0] == 2
    assert files(home) == []


@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda importer: importer.NAME)
def test_paths_may_begin_with_two_slashes(importer: Any, cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", f"/{home.parent}")
    code, _, err = cli("import", f"/{SAMPLES / importer.NAME}")
    assert (code, files(home)) == (0, [f"{importer.NAME}.sqlite"]), err


def test_a_pipe_for_a_path_is_refused_at_once(cli: Cli, home: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "labels.json")
    for source in ((), ("openfda",), ("dailymed",), ("sider",)):
        code, _, err = cli("import", *source, str(tmp_path / "labels.json"))
        assert code in (1, 2), err
    assert files(home) == []


def test_what_is_not_counted_is_said(cli: Cli, tmp_path: Path) -> None:
    (path,) = Path(OPENFDA).iterdir()
    (tmp_path / "labels.json").write_bytes(path.read_bytes()[:-50])
    code, _, err = cli("import", str(tmp_path / "labels.json"), "--report", str(tmp_path / "report.json"))
    assert (code, report(tmp_path / "report.json")["broken_off"]) == (0, 1)
    assert "not read to the end: 1 files or archives; what follows there is in no count" in err


def test_nothing_but_toml_reaches_standard_output(tmp_path: Path) -> None:
    done = process("import", OPENFDA)
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"\x1b" not in done.stderr


def test_an_archive_in_an_archive_is_read(cli: Cli, tmp_path: Path) -> None:
    inner = tmp_path / "inner.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        for path in (SAMPLES / "dailymed").iterdir():
            archive.write(path, path.name)
    with zipfile.ZipFile(tmp_path / "release.zip", "w") as archive:
        archive.write(inner, "prescription/inner.zip")
    code, _, err = cli("import", str(tmp_path / "release.zip"))
    assert code == 0
    assert "dailymed" in err


@pytest.mark.parametrize(
    "code",
    [
        "0999-0123", "0999-0123-30", "00999-0123-30", "00999012330", "0999012330",
        "69999-012", "69999-012-01", "69999-0012-01", "69999001201", "6999901201", "NDC 69999-012-01", "ndc: 69999-012",
    ],
)  # fmt: skip
def test_a_product_is_found_by_its_national_drug_code(cli: Cli, home: Path, code: str) -> None:
    assert cli("import", OPENFDA)[0] == 0
    status, _, err = cli("mechanism", code)
    assert (status, f"drugref: {code} → examplin hydrochloride (NDC)\n" in err) == (0, True), err
    assert cli("mechanism", code.replace("9", "8"))[0] == 3


def test_an_unknown_code_of_a_product_is_said_to_be_one(cli: Cli) -> None:
    for code in ("0338-0503-41", "00338050341"):
        assert "a National Drug Code is known where a label with it was imported" in cli("show", code)[2]


def test_an_old_label_is_said_to_be_old(cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from drugref.commands import databases, facts

    assert cli("import", OPENFDA)[0] == 0
    assert "two years" not in cli("show", "Exemplar")[2]
    monkeypatch.setattr(facts, "two_years_ago", lambda: "2031-05-17")
    for command in ("show", "side-effects"):
        assert (
            "examplin hydrochloride: the label read here is of 2026-01-15, more than two years old"
            in cli(command, "Exemplar")[2]
        )
    assert "two years" not in cli("show", "baclofen")[2]
    monkeypatch.setattr("time.gmtime", lambda: time.struct_time((2031, 5, 17, 0, 0, 0, 0, 0, 0)))
    assert [databases.age(version) for version in ("2029-05-17", "2030-12-18", "2031-04-01", "2026.11.28")] == [
        " (2 years old)",
        " (4 months old)",
        "",
        "",
    ]


def test_a_database_is_named_as_it_was_when_it_was_made(
    cli: Cli, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli("import", OPENFDA, "--to", "mine")[0] == 0
    for name in ("mine", "mine.sqlite", str(home / "mine.sqlite")):
        code, out, err = cli("mechanism", "examplin hydrochloride", "--db", name)
        assert (code, out.split("\t")[0]) == (0, "examplin hydrochloride")
        assert "also in" not in err
    code, _, err = cli("databases", "--db", "mine")
    assert code == 0
    assert cli("mechanism", "examplin hydrochloride", "--db", "other")[2].startswith("drugref: no such database: ")
    assert cli("export", "-f", "jsonl", "--db", "mine")[0] == 0
    with drugref.open_database("mine") as library:
        assert library["examplin hydrochloride"].product
    monkeypatch.setenv("DRUGREF_DB", "mine")
    assert cli("databases", "-f", "tsv")[1].split("\t")[0] == "mine"
    monkeypatch.setenv("DRUGREF_DB", "other")
    assert cli("databases")[2].startswith("drugref: no such database: ")
    monkeypatch.delenv("DRUGREF_DB")
    # A file of that name where one stands goes before.
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").write_text("no database")
    assert cli("mechanism", "examplin hydrochloride", "--db", "mine")[0] == 5
