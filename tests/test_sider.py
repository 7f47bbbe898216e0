"""SIDER: what becomes of each row. The sample's drugs and effects are invented; its files have SIDER's shape."""

import gzip
import os
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from drugref.curated import canonical, validate
from drugref.errors import DrugrefError
from drugref.facts import cited_by
from drugref.importers import sider, sider_files
from drugref.importers.sider_files import read_frequency
from drugref.incidence.spelling import in_sentence
from drugref.job import Job
from drugref.model import SCHEMA, Document, Drug, Incidence, SideEffect, Source
from tests.conftest import ROOT
from tests.test_goldens import GOLDENS

SAMPLE = ROOT / "tests" / "samples" / "import" / "sider"
REAL = ROOT.parent / "shared" / "data" / "sider41"
needs_real = pytest.mark.skipif(not REAL.exists(), reason="the extract of SIDER 4.1 is not here, as its licence asks")
ID = "CID1{:08}\tCID0{:08}\t"


def imported(*paths: Path) -> tuple[dict[str, Drug], Job]:
    """Import, holding every record to the schema and the counts to their sum."""
    job = Job(today=date(2026, 11, 22))
    drugs: dict[str, Drug] = {}
    sources: dict[str, Source] = {}
    for key, drug, cited in sider.extract([str(path) for path in paths], job):
        assert validate.check_drug(key, drug, cited) == []
        assert cited.keys() == cited_by(drug).keys()
        drugs[key] = drug
        sources |= cited
    assert list(drugs) == sorted(drugs)
    report = job.report
    assert report.read == report.taken + report.left_out.total() + report.refused.total()
    assert validate.load(canonical.write(Document(schema=SCHEMA, database=sider.ABOUT, sources=sources, drugs=drugs)))[1] == []
    return drugs, job


@pytest.fixture(scope="module")
def sample() -> tuple[dict[str, Drug], Job]:
    return imported(SAMPLE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the sample to spoil."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "sider"))


def effect_of(drug: Drug, name: str) -> SideEffect:
    return next(effect for effect in drug.side_effects if effect.effect == name)


def test_records_are_as_in_the_golden(request: pytest.FixtureRequest) -> None:
    job = Job(today=date(2026, 11, 22))
    entries = list(sider.extract([str(SAMPLE)], job))
    sources = {name: source for _, _, cited in entries for name, source in cited.items()}
    drugs = {key: drug for key, drug, _ in entries}
    text = canonical.write(Document(schema=SCHEMA, database=sider.ABOUT, sources=sources, drugs=drugs))
    golden = GOLDENS / "import" / "sider.toml"
    if request.config.getoption("--write-goldens"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(text.encode("utf-8"))
    assert text == golden.read_bytes().decode("utf-8")


def test_every_row_is_counted(sample: tuple[dict[str, Drug], Job]) -> None:
    _, job = sample
    rows = sum(
        (gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()).count(b"\n")
        for path in SAMPLE.iterdir()
    )
    assert (job.report.unit, job.version, job.report.read, rows) == ("rows", "4.1", 116, 116)
    assert job.report.taken == 34
    assert job.report.left_out == {
        "the same effect as lowest level term": 25,
        "not seen in that arm": 6,
        "one of several preferred terms for the same words": 5,
        "said already": 4,
        "placebo arm": 4,
        "the same use as lowest level term": 3,
        "a precondition, not an indication": 2,
        "a mention, not an indication": 2,
        "a drug without side effects or uses": 2,
    }
    assert job.report.refused == {
        "a name cut to what many substances share": 4,
        "an id with two names": 4,
        "a name that differs from another in signs alone": 4,
        "a frequency in no known form": 4,
        "a figure of 100 %, most likely misread": 2,
        "no name for this id": 2,
        "a method that SIDER does not describe": 2,
        "no ATC code in the second column": 1,
        "an arm that SIDER does not describe": 1,
        "no compound id in the second column": 1,
        "no compound id in the first column": 1,
        "another number of columns": 1,
        "a control character": 1,
        "no term": 1,
    }
    assert job.report.examples["no compound id in the first column"] == ["meddra_freq.tsv:68"]


EXPECTED = {
    "figures of one effect are one range, words stay beside it": ("luminous ears", "very-common", "1–12 %", "common"),
    "a bound below the figures is kept as wording": ("backward walk", "common", "4 %", "< 1 %"),
    "a bound above the figures is the figure": ("Larry-Curly syndrome", "common", "< 5 %", "2 %"),
    "a bound that figures do not reach leaves them as wording": ("singing", "very-common", "≥ 10 %", "3–4 %"),
    "a range in words is a range": ("itchy elbow", "common", "1.5–3 %", None),
    "without figures the most frequent word decides": ("humming", "common", None, "common; rare"),
    "several preferred terms, none the label's own: the lowest level term": ("purple knees", "very-common", "12.0 %", None),
    "a lowest level term without a preferred one is kept": ("Sample-Tester's sign", "uncommon", "< 1 %", None),
    "a term of neither level is kept, after marketing is not known": (
        "elbow and knee disorders",
        "not-known",
        None,
        "postmarketing",
    ),
    "not seen in any arm is not very rare": ("Moe's hiccup", "not-known", None, "no frequency given"),
    "an unreadable figure is no figure": ("QT invented", "not-known", None, "no frequency given"),
    "a misread figure is no figure": ("reading sleep", "not-known", None, "no frequency given"),
}


@pytest.mark.parametrize("case", EXPECTED)
def test_frequency(case: str, sample: tuple[dict[str, Drug], Job]) -> None:
    name, band, incidence, wording = EXPECTED[case]
    effect = effect_of(sample[0]["sampelin"], name)
    found = effect.incidence and effect.incidence.text
    assert (effect.band, found, effect.wording, effect.comparator) == (band, incidence, wording, None)


def test_only_these_effects_are_found(sample: tuple[dict[str, Drug], Job]) -> None:
    assert Counter(effect.effect for effect in sample[0]["sampelin"].side_effects) == dict.fromkeys(
        (name for name, *_ in EXPECTED.values()), 1
    )


def test_a_figure_given_for_placebo_too_says_so(sample: tuple[dict[str, Drug], Job]) -> None:
    details = {effect.effect: effect.detail for effect in sample[0]["sampelin"].side_effects if effect.detail}
    assert details == {"luminous ears": "SIDER gives 12 % for placebo too"}


def test_an_effect_cites_each_file_that_has_it(sample: tuple[dict[str, Drug], Job]) -> None:
    drug = sample[0]["sampelin"]
    assert effect_of(drug, "luminous ears").sources == ("sider-4-1-freq", "sider-4-1-se")
    assert effect_of(drug, "humming").sources == ("sider-4-1-freq",)
    assert effect_of(drug, "reading sleep").sources == ("sider-4-1-se",)


def test_ids_of_one_name_are_one_record_and_names_are_never_joined(sample: tuple[dict[str, Drug], Job]) -> None:
    drugs, _ = sample
    assert list(drugs) == ["demozole", "glimmeric", "sampelin"]
    assert [identifier.value for identifier in drugs["sampelin"].identifiers] == ["101", "102"]
    assert [code.code for code in drugs["sampelin"].atc] == ["V99XX01"]
    assert "PubChem 101, 102 without regard to stereochemistry; with it 101, 103." in drugs["sampelin"].notes[1].text


def test_each_record_says_that_it_was_mined_and_a_cut_name_that_it_is_cut(sample: tuple[dict[str, Drug], Job]) -> None:
    assert {drug.notes[0].text for drug in sample[0].values()} == {sider.MINED}
    assert [drug.inn for drug in sample[0].values() if sider.CUT in [note.text for note in drug.notes]] == ["glimmeric"]


def test_uses_are_claims_with_a_warning_and_contraindications_are_not_made_up(sample: tuple[dict[str, Drug], Job]) -> None:
    assert [(use.condition, use.kind, use.detail) for use in sample[0]["sampelin"].uses] == [
        ("itchy elbow", "claimed", f"{sider.WEAK_USE}; SIDER lists it as a side effect too"),
        ("nasal chill", "claimed", sider.WEAK_USE),
    ]
    assert all(not (drug.contraindications or drug.cautions) for drug in sample[0].values())


@pytest.mark.parametrize(
    ("text", "figure", "band"),
    [
        ("5%", "5 %", "common"),
        ("12.0%", "12.0 %", "very-common"),
        ("<1%", "< 1 %", "uncommon"),
        (">= 10%", "≥ 10 %", "very-common"),
        ("1-10%", "1–10 %", "very-common"),
        ("1.5 to 3%", "1.5–3 %", "common"),
        ("0.5%-2%", "0.5–2 %", "common"),
        ("0-2%", "0–2 %", "common"),
    ],
)
def test_figures_are_read(text: str, figure: str, band: str) -> None:
    found = read_frequency(text)
    assert isinstance(found, Incidence)
    assert (found.text, found.band) == (figure, band)


@pytest.mark.parametrize(
    ("word", "band"),
    [
        ("very common", "very-common"),
        ("common", "common"),
        ("Frequent", "common"),
        ("uncommon", "uncommon"),
        ("infrequent", "uncommon"),
        ("rare", "rare"),
        ("very rare", "very-rare"),
        ("postmarketing", "not-known"),
    ],
)
def test_words_are_bands(word: str, band: str) -> None:
    assert read_frequency(word) == band


@pytest.mark.parametrize("text", ["", "often", "1-0%", "101%", ">0%", "5", "0.05", "1e-05%", "3-3%", "<1-2%", "1 in 10"])
def test_what_is_no_frequency_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^a frequency in no known form$"):
        read_frequency(text)


@pytest.mark.parametrize(
    ("term", "shown"),
    [
        ("Dry mouth", "dry mouth"),
        ("Post-traumatic headache", "post-traumatic headache"),
        ("Crohn's disease", "Crohn's disease"),
        ("Stevens-Johnson syndrome", "Stevens-Johnson syndrome"),
        ("Helicobacter infection", "Helicobacter infection"),
        ("QT prolonged", "QT prolonged"),
        ("Mg low", "Mg low"),
        ("VIIth nerve paralysis", "VIIth nerve paralysis"),
    ],
)
def test_only_names_and_abbreviations_keep_their_capital(term: str, shown: str) -> None:
    assert in_sentence(term) == shown


@pytest.mark.parametrize("path", [SAMPLE, *sorted(SAMPLE.iterdir())], ids=lambda path: path.name)
def test_its_files_are_known(path: Path) -> None:
    assert sider.identify(str(path))


@pytest.mark.parametrize("case", ["nothing", "an empty folder", "another name", "another shape", "a broken gzip", "a NUL"])
def test_what_is_not_its_file_is_not_known(case: str, tmp_path: Path) -> None:
    path = tmp_path / "meddra_freq.tsv.gz"
    if case == "an empty folder":
        path = tmp_path
    elif case == "another name":
        path = Path(shutil.copy(SAMPLE / "meddra_freq.tsv", tmp_path / "frequencies.tsv"))
    elif case == "another shape":
        path.write_bytes(gzip.compress(b"drug\teffect\n"))
    elif case == "a broken gzip":
        path.write_bytes(b"\x1f\x8b\x08broken")
    assert not sider.identify("meddra_freq.tsv\0" if case == "a NUL" else str(path))


def test_plain_and_packed_files_give_the_same_records_under_either_name(folder: Path) -> None:
    packed = folder / "meddra_all_se.tsv.gz"
    packed.write_bytes(gzip.decompress(packed.read_bytes()))  # as a browser leaves it
    plain = folder / "meddra_freq.tsv"
    plain.write_bytes(gzip.compress(plain.read_bytes()))
    assert imported(folder)[0] == imported(SAMPLE)[0]


def test_files_may_be_given_one_by_one_and_with_their_folder() -> None:
    assert imported(*SAMPLE.iterdir(), SAMPLE)[0] == imported(SAMPLE)[0]


def test_names_and_effects_are_enough(folder: Path) -> None:
    for name in ("meddra_freq.tsv", "meddra_all_indications.tsv.gz", "drug_atc.tsv"):
        (folder / name).unlink()
    drugs, _ = imported(folder)
    assert list(drugs) == ["glimmeric", "sampelin"]
    assert {effect.wording for drug in drugs.values() for effect in drug.side_effects} == {sider.NO_FREQUENCY}


@pytest.mark.parametrize(
    ("gone", "message"),
    [
        (["drug_names.tsv"], "SIDER's drug_names.tsv is missing; without it nothing says which drug a row is of"),
        (
            ["meddra_freq.tsv", "meddra_all_se.tsv.gz"],
            "SIDER's meddra_freq.tsv.gz and meddra_all_se.tsv.gz are missing; one of them is needed",
        ),
    ],
    ids=["names", "effects"],
)
def test_without_names_or_effects_nothing_is_imported(gone: list[str], message: str, folder: Path) -> None:
    for name in gone:
        (folder / name).unlink()
    with pytest.raises(DrugrefError) as caught:
        imported(folder)
    assert str(caught.value) == message


def test_a_file_that_is_there_twice_is_refused(folder: Path) -> None:
    (folder / "meddra_freq.tsv.gz").write_bytes(gzip.compress((folder / "meddra_freq.tsv").read_bytes()))
    with pytest.raises(DrugrefError, match=r"^SIDER's meddra_freq is there twice: "):
        imported(folder)


def test_files_without_a_usable_row_are_an_error(folder: Path) -> None:
    (folder / "drug_names.tsv").write_text("id\tname\n", encoding="utf-8")
    with pytest.raises(DrugrefError, match=r"^SIDER's files hold no drug that has both a name and a side effect or use$"):
        imported(folder)


def test_what_stands_before_a_cut_counts_and_the_cut_is_told(folder: Path) -> None:
    (folder / "meddra_freq.tsv").unlink()
    row = ID.format(101, 101) + "C9{0:06}\tPT\tC9{0:06}\tEffect number {0}\n"
    whole = gzip.compress("".join(row.format(number) for number in range(4_000)).encode())
    (folder / "meddra_all_se.tsv.gz").write_bytes(whole[: len(whole) // 2])
    drugs, job = imported(folder)
    found = len(drugs["sampelin"].side_effects)
    assert 0 < found < 4_000
    why = "damaged, cannot be read to its end; what follows is not counted"
    assert job.report.broken_off == 1
    assert job.report.examples[why] == [f"meddra_all_se.tsv.gz:{found + 1}"]


def test_a_last_line_without_an_end_may_be_cut_within_a_term(folder: Path) -> None:
    (folder / "meddra_freq.tsv").write_text(ID.format(201, 201) + "C9\t\t5%\t0\t0\tPT\tC9\tHum", encoding="utf-8")
    drugs, job = imported(folder)
    assert "demozole" not in drugs
    assert job.report.refused["a line without an end, as where a file is cut off"] == 1


ROW = ID + "C9{0:06}\t\t5%\t0\t0\tPT\tC9{0:06}\tEffect number {0}\n"


@pytest.mark.parametrize("kind", ["pipe", "device", "link"])
def test_what_is_no_regular_file_is_refused_by_name_and_never_opened(kind: str, folder: Path) -> None:
    path = folder / "meddra_freq.tsv"
    kept = path.rename(folder.parent / "kept.tsv")
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero" if kind == "device" else kept)
    drugs, job = imported(folder)
    assert list(drugs) == ["glimmeric", "sampelin"]
    assert sum(place == ["meddra_freq.tsv"] for place in job.report.examples.values()) == 1
    assert not sider.identify(str(path)) or kind == "link"


def test_a_bomb_ends_its_file_and_is_told(folder: Path) -> None:
    (folder / "meddra_freq.tsv").unlink()
    (folder / "meddra_freq.tsv.gz").write_bytes(gzip.compress(bytes(64 << 20)))
    drugs, job = imported(folder)
    assert list(drugs) == ["glimmeric", "sampelin"]
    assert job.report.examples["too much comes out of the archive; what follows is not counted"] == ["meddra_freq.tsv.gz:2"]


def test_a_line_without_end_is_one_row(folder: Path) -> None:
    path = folder / "meddra_freq.tsv"
    whole = imported(folder)[0]
    path.write_bytes(b"x" * (5 << 20) + b"\n" + path.read_bytes())
    drugs, job = imported(folder)
    assert drugs == whole
    assert job.report.examples["a line longer than any row"] == ["meddra_freq.tsv:1"]


@pytest.mark.parametrize(
    ("bound", "value", "why"),
    [
        ("LINES", 2, "more than SIDER has; what follows is not counted"),
        ("ROWS", 2, "more than SIDER has; what follows is not counted"),
        ("TEXTS", 2000, "more than SIDER has; what follows is not counted"),
        ("OF_A_DRUG", 2, "more rows than any drug has"),
    ],
)
def test_rows_that_memory_should_not_hold(
    bound: str, value: int, why: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in folder.iterdir():
        path.unlink()
    (folder / "drug_names.tsv").write_text("CID100000101\tsampelin\n", encoding="utf-8")
    (folder / "meddra_freq.tsv").write_text("".join(map(ROW.replace("{:08}", "{1:08}").format, range(20), [101] * 20)))
    monkeypatch.setattr(sider_files, bound, value)
    drugs, job = imported(folder)
    assert 0 < len(drugs["sampelin"].side_effects) < 20
    assert job.report.refused[why] > 0


def test_more_compounds_than_there_are(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sider_files, "NAMES_AT_MOST", 2)
    assert imported(folder)[1].report.refused["more compounds than SIDER has"] > 0


def test_progress_ends_at_the_size_of_the_files() -> None:
    steps: list[int] = []
    list(sider.extract([str(SAMPLE)], Job(today=date(2026, 11, 22), advance=steps.append)))
    assert sum(steps) == sum(path.stat().st_size for path in SAMPLE.iterdir())


@needs_real
def test_the_real_extract() -> None:
    drugs, job = imported(REAL)
    assert len(drugs) == 19  # twenty ids; amlodipine has two
    assert job.report.refused == {"a figure of 100 %, most likely misread": 2, "a frequency in no known form": 2}
    assert (job.report.left_out["placebo arm"], job.report.left_out["not seen in that arm"]) == (694, 108)
    assert [identifier.value for identifier in drugs["amlodipine"].identifiers] == ["2162", "60496"]
    # Read in the file by eye: 1, 2, 16, 29, 38, 39, 40 and 100 % of those given the drug.
    somnolence = effect_of(drugs["cyclobenzaprine"], "somnolence")
    assert (somnolence.band, str(somnolence.incidence)) == ("very-common", "1–40 %")
    # The label's haemorrhage, which SIDER files under a laboratory value as well.
    named = {effect.effect for effect in drugs["warfarin"].side_effects}
    assert named & {"haemorrhage", "haemoglobin"} == {"haemorrhage"}
