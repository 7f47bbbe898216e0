"""What holds for every importer: a sample, a golden, an account of all that was read, and no claim on another's files."""

from datetime import date
from pathlib import Path

import pytest

from drugref.curated.canonical import write
from drugref.curated.validate import load
from drugref.errors import UsageError
from drugref.importers.registry import IMPORTERS, Importer, identified, named
from drugref.job import Job, Report
from drugref.model import Document
from tests.conftest import ROOT

SAMPLES = ROOT / "tests" / "samples" / "import"
GOLDENS = ROOT / "tests" / "goldens" / "import"
TODAY = date(2026, 11, 22)
every = pytest.mark.parametrize("importer", IMPORTERS, ids=lambda importer: importer.NAME)


def sample(importer: Importer) -> str:
    return str(SAMPLES / importer.NAME)


def imported(importer: Importer, *paths: str) -> tuple[Document, Job]:
    job = Job(Report(importer.UNIT), today=TODAY)
    entries = list(importer.extract(paths or (sample(importer),), job))
    assert [key for key, _, _ in entries] == sorted(key for key, _, _ in entries)
    sources = {key: source for _, _, cited in entries for key, source in cited.items()}
    drugs = {key: drug for key, drug, _ in entries}
    assert len(drugs) == len(entries)
    return Document(schema=2, database=importer.ABOUT, sources=sources, drugs=drugs), job


def test_samples_goldens_and_importers_are_the_same_ones() -> None:
    names = sorted(importer.NAME for importer in IMPORTERS)
    assert sorted(path.name for path in SAMPLES.iterdir()) == names
    assert sorted(path.stem for path in GOLDENS.iterdir()) == names


@every
def test_records_are_as_in_the_golden(importer: Importer, request: pytest.FixtureRequest) -> None:
    document, _ = imported(importer)
    text = write(document)
    golden = GOLDENS / f"{importer.NAME}.toml"
    if request.config.getoption("--write-goldens"):
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert text == golden.read_bytes().decode("utf-8")


@every
def test_records_meet_the_curated_schema(importer: Importer) -> None:
    document, _ = imported(importer)
    _, problems = load(write(document))
    taken = [problem for problem in problems if problem.expected != "a name that one drug alone bears"]
    assert [f"{problem.place}: {problem.expected}, {problem.got}" for problem in taken if problem.path[0] != "database"] == []


@every
def test_all_that_was_read_is_accounted_for(importer: Importer) -> None:
    _, job = imported(importer)
    report = job.report
    assert report.read == report.taken + report.left_out.total() + report.refused.total()
    assert min(report.taken, report.left_out.total()) > 0
    assert all(len(places) <= report.refused[why] for why, places in report.examples.items())


@every
def test_it_knows_its_own_files_and_no_others(importer: Importer) -> None:
    assert [other.NAME for other in IMPORTERS if importer.identify(sample(other))] == [importer.NAME]
    assert identified([sample(importer)]) is importer
    assert named(importer.NAME) is importer


@every
@pytest.mark.parametrize("content", [b"", b"\0" * 100, b"{", b"<document/>", b"PK\x03\x04", b"\xff\xfe<\0", b"a\tb\n"])
def test_what_is_nobodys_is_not_claimed(importer: Importer, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert not importer.identify(str(path))
    assert not importer.identify(str(tmp_path / "none"))


@every
def test_a_file_read_twice_gives_the_same_records(importer: Importer) -> None:
    if importer.NAME == "sider":
        pytest.skip("SIDER's files are tables: one that is there twice is an error")
    once, _ = imported(importer)
    twice, job = imported(importer, sample(importer), sample(importer))
    assert twice == once
    assert job.report.left_out["another version of a label that was read"] > 0


def test_two_claims_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, *_ = IMPORTERS
    monkeypatch.setattr(first, "identify", lambda path: True)
    monkeypatch.setattr(second, "identify", lambda path: True)
    with pytest.raises(UsageError, match=rf"both {first.NAME} and {second.NAME} claim this; name the source"):
        identified([sample(second)])


def test_no_claim_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not known as openfda or dailymed or sider data"):
        identified([str(tmp_path)])


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(UsageError, match="no importer drugbank; there are openfda, dailymed, sider"):
        named("drugbank")
