"""Synthetic labels have openFDA's shape, and a label is the same however many there are."""

import json
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from benchmarks import imports, labels, run
from tests.conftest import ROOT

COUNT = 50
ALWAYS = {
    "effective_time",
    "id",
    "openfda",
    "package_label_principal_display_panel",
    "set_id",
    "spl_product_data_elements",
    "spl_unclassified_section",
    "version",
    "dosage_and_administration",
    "indications_and_usage",
}
PRESCRIPTION = {
    "adverse_reactions",
    "clinical_pharmacology",
    "clinical_studies",
    "contraindications",
    "description",
    "drug_interactions",
    "how_supplied",
    "information_for_patients",
    "mechanism_of_action",
    "nonclinical_toxicology",
    "overdosage",
    "pharmacokinetics",
    "pregnancy",
}
NUMBERED = {"use_in_specific_populations", "warnings_and_cautions"}
UNNUMBERED = {"precautions", "warnings"}
SOME = {"adverse_reactions_table", "boxed_warning", "spl_medguide"}
OVER_THE_COUNTER = {
    "active_ingredient",
    "ask_doctor",
    "do_not_use",
    "inactive_ingredient",
    "keep_out_of_reach_of_children",
    "purpose",
    "questions",
    "stop_use",
    "warnings",
}
MEDICINE = {"ask_doctor_or_pharmacist", "pregnancy_or_breast_feeding", "when_using"}
BLOCK = {
    "application_number",
    "brand_name",
    "generic_name",
    "is_original_packager",
    "manufacturer_name",
    "package_ndc",
    "pharm_class_epc",
    "pharm_class_moa",
    "product_ndc",
    "product_type",
    "route",
    "rxcui",
    "spl_id",
    "spl_set_id",
    "substance_name",
    "unii",
}
SCHEMA = ROOT.parent / "shared" / "data" / "openfda" / "druglabel_schema.json"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("labels") / "labels.json.zip"
    labels.archive(COUNT, path)
    return path


@pytest.fixture(scope="module")
def read(archive: Path) -> list[dict[str, Any]]:
    with zipfile.ZipFile(archive) as file, file.open(labels.MEMBER) as stream:
        return list(json.load(stream)["results"])


def test_an_archive_holds_one_file_with_openfdas_head(archive: Path) -> None:
    with zipfile.ZipFile(archive) as file:
        assert file.namelist() == ["drug-label-0001-of-0001.json"]
        document = json.loads(file.read(labels.MEMBER))
    assert list(document) == ["meta", "results"]
    assert document["meta"]["last_updated"] == "2026-10-01"
    assert document["meta"]["results"] == {"skip": 0, "limit": COUNT, "total": COUNT}


def test_labels_are_read_as_they_were_made(read: list[dict[str, Any]]) -> None:
    assert read == [labels.label(number) for number in range(COUNT)]


def test_labels_have_the_fields_of_their_kind(read: list[dict[str, Any]]) -> None:
    met: Counter[bool] = Counter()
    for label in read:
        fields = set(label)
        prescription = fields >= PRESCRIPTION
        if prescription:
            expected = ALWAYS | PRESCRIPTION | (NUMBERED if fields >= NUMBERED else UNNUMBERED) | (SOME & fields)
        else:
            expected = ALWAYS | OVER_THE_COUNTER | (MEDICINE if fields & MEDICINE else set())
        assert fields == expected
        met[prescription] += 1
    assert met == {True: 28, False: 22}


def test_sections_are_arrays_of_text_and_the_rest_is_text(read: list[dict[str, Any]]) -> None:
    for label in read:
        for field, value in label.items():
            if field in ("effective_time", "id", "set_id", "version"):
                assert isinstance(value, str)
            elif field != "openfda":
                assert [type(text) for text in value] == [str] * (2 if field == "spl_unclassified_section" else 1)


def test_a_block_is_empty_or_has_openfdas_fields(read: list[dict[str, Any]]) -> None:
    blocks = [label["openfda"] for label in read]
    assert set().union(*blocks) == BLOCK
    assert blocks.count({}) == 25
    assert {value for block in blocks for value in block.get("is_original_packager", ())} == {True}


def test_the_fields_are_of_openfdas_schema() -> None:
    if not SCHEMA.exists():
        pytest.skip("openFDA's schema is not here")
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))["properties"]
    assert set(schema) >= ALWAYS | PRESCRIPTION | NUMBERED | UNNUMBERED | SOME | OVER_THE_COUNTER | MEDICINE
    assert set(schema["openfda"]["properties"]) >= BLOCK


def test_the_same_seed_gives_the_same_bytes(archive: Path, tmp_path: Path) -> None:
    labels.archive(COUNT, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == archive.read_bytes()
    assert labels.label(0, seed=1) != labels.label(0)


def test_a_report_is_told_number_by_number() -> None:
    report = {"unit": "labels", "read": 1234, "refused": {"no name": 2}, "examples": {"no name": ["label 7"]}}
    assert imports.counts(report) == ["read 1,234", "refused: no name 2"]


class TestGoals:
    """CI holds look-ups to their goals by instructions, which are the same on a busy machine."""

    @pytest.fixture(autouse=True)
    def counted(self, monkeypatch: pytest.MonkeyPatch) -> list[int]:
        """A bare start takes 1,000 instructions, and a look-up what stands here."""
        counts = [1000]
        monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")
        monkeypatch.setattr("time.sleep", lambda _: None)
        monkeypatch.setattr("subprocess.run", lambda *_, **__: None)
        monkeypatch.setattr(run, "instructions", lambda command, _: 1000 if command[-1] == "pass" else counts[0])
        return counts

    def test_every_look_up_has_one(self) -> None:
        assert all(case.goal > 1 for case in run.CHECKED)

    def test_a_quarter_above_passes_and_more_fails(self, counted: list[int], capsys: pytest.CaptureFixture[str]) -> None:
        least = min(case.goal for case in run.CHECKED)
        counted[0] = round(1250 * least)
        assert run.check() == 0
        assert "TOO MANY" not in capsys.readouterr().out
        counted[0] += 1
        assert run.check() == 1
        assert "TOO MANY" in capsys.readouterr().out

    def test_without_valgrind_it_is_said_and_passed_over(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr("shutil.which", lambda name: None)
        assert run.check() == 0
        assert capsys.readouterr().err == "· no Valgrind: instructions are not counted\n"
