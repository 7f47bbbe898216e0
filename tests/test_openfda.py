"""openFDA's labels: gathered by ingredient, sorted by what is sold, read with their tables; hostile files do no harm."""

import gzip
import json
import os
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benchmarks import attack
from drugref.importers import openfda
from drugref.importers.openfda_files import labels
from drugref.job import Job
from drugref.model import Drug, Source
from tests.conftest import ROOT
from tests.test_importers import SAMPLES

SAMPLE = SAMPLES / "openfda" / "drug-label-0001-of-0001.json"
REAL = ROOT.parent / "shared" / "data" / "openfda"
real = pytest.mark.skipif(not REAL.exists(), reason="the public labels are not here")


def read(*paths: Path, include: tuple[str, ...] = ()) -> tuple[dict[str, Drug], Job, dict[str, Source]]:
    job = Job(today=date(2026, 11, 22), include=frozenset(include))
    entries = list(openfda.extract([str(path) for path in paths], job))
    return {key: drug for key, drug, _ in entries}, job, {key: source for _, _, held in entries for key, source in held.items()}


@pytest.fixture(scope="module")
def sample() -> tuple[dict[str, Drug], Job, dict[str, Source]]:
    return read(SAMPLE)


def label(number: int, **fields: Any) -> dict[str, Any]:
    about = {"set_id": f"00000000-0000-4000-8000-{number:012}", "effective_time": "20250101"}
    block = {"spl_set_id": [about["set_id"]], "substance_name": [f"FICTIN{number}"], "unii": [f"UNII{number:06}"]}
    texts = {"indications_and_usage": ["For wobbly elbow."], "contraindications": ["None."]}
    return {**about, "openfda": block, **texts, **fields}


def written(folder: Path, *labels: Any) -> Path:
    path = folder / "labels.json"
    path.write_text(json.dumps({"meta": {"last_updated": "2026-01-02"}, "results": labels}), encoding="utf-8")
    return path


def test_ingredient_sets_become_records(sample: tuple[dict[str, Drug], Job, dict[str, Source]]) -> None:
    drugs, job, _ = sample
    assert {key: (drug.product.labels if drug.product else 0) for key, drug in drugs.items()} == {
        "emptazole": 1,
        "emptazole-examplin-hydrochloride": 1,
        "examplin-hydrochloride": 3,
    }
    assert job.version == "2026-10-01"


def test_every_label_is_counted(sample: tuple[dict[str, Drug], Job, dict[str, Source]]) -> None:
    report = sample[1].report
    assert (report.read, report.taken) == (10, 5)
    assert report.left_out == {"homeopathic": 1, "sunscreen": 1}
    assert report.refused == {
        "its active ingredients cannot be told": 1,
        "without any section that drugref reads": 1,
        "no label, but another kind of value": 1,
    }
    assert report.examples["its active ingredients cannot be told"] == ["drug-label-0001-of-0001.json, label 8"]
    assert report.found == {"openfda blocks of another label, not believed": 1}


def test_a_record_names_its_label_and_unites_the_brands(sample: tuple[dict[str, Drug], Job, dict[str, Source]]) -> None:
    drugs, _, sources = sample
    drug = drugs["examplin-hydrochloride"]
    names = [(name.name, name.kind, name.sources) for name in drug.names]
    mine, whole = ("spl-00000000-0000-4000-8000-000000000001",), ("openfda-2026-10-01",)
    assert names == [("examplin", "synonym", mine), ("Exemplar", "brand", mine), ("Elbowcalm", "brand", whole)]
    source = sources[mine[0]]
    assert source.title == "US label: Exemplar (Invented Pharma), United States, version 7, effective 2026-01-15"
    assert (source.locator, source.kind) == ("DailyMed set id 00000000-0000-4000-8000-000000000001", "regulator")
    assert source.note == "as in openFDA drug labels, 2026-10-01"
    assert [(entry.status, entry.supply, entry.detail) for entry in drug.status] == [("approved", "prescription", "NDA999999")]


def test_the_table_and_the_sentences_are_read(sample: tuple[dict[str, Drug], Job, dict[str, Source]]) -> None:
    effects = {effect.effect: effect for effect in sample[0]["examplin-hydrochloride"].side_effects}
    assert {
        name: (effect.band, str(effect.incidence or ""), str(effect.comparator or "")) for name, effect in effects.items()
    } == {
        "humming": ("very-common", "12 %", "3 %"),
        "somnolence": ("common", "9 %", "2 %"),
        "elbow glow": ("common", "4.5 %", "5 %"),
        "tilt": ("uncommon", "< 1 %", ""),
        "echo": ("uncommon", "< 1 %", ""),
        "fading": ("not-known", "", ""),
        "blooming": ("not-known", "", ""),
        "dark itching": ("not-known", "", ""),
    }


def test_sections_fall_into_parts(sample: tuple[dict[str, Drug], Job, dict[str, Source]]) -> None:
    drug = sample[0]["examplin-hydrochloride"]
    assert [(use.condition, use.kind, use.detail) for use in drug.uses] == [
        ("wobbly elbow", "approved", None),
        ("third-ear ringing", "approved", "the relief of the signs of"),
        ("shadow drift", "approved", "the relief of the signs of"),
    ]
    assert [(risk.item, risk.type, risk.detail) for risk in drug.contraindications] == [
        ("Known hypersensitivity to examplin", "statement", None),
        ("Glass bones", "statement", "A fracture may not be seen"),
    ]
    assert [(risk.item, risk.detail) for risk in drug.cautions] == [
        ("Liver Glow", "Watch the liver for glow"),
        ("Fizzing", "Keep the drug dry"),
    ]
    assert [entry.certainty for entry in drug.mechanism] == ["uncertain", "established"]
    assert [note.kind for note in drug.notes] == ["boxed-warning", "note"]
    assert {text.part for text in drug.texts} == {"cautions", "side-effects", "interactions", "overdose", "uses"}


def test_an_otc_label_speaks_in_its_own_sections(sample: tuple[dict[str, Drug], Job, dict[str, Source]]) -> None:
    drug = sample[0]["emptazole"]
    assert [use.condition for use in drug.uses] == ["temporarily relieves ringing of the third ear", "Ear calmer"]
    assert [risk.item for risk in drug.contraindications] == ["Do not use if you are allergic to emptazole"]
    assert [risk.item for risk in drug.cautions] == [
        "For external use only",
        "Ask a doctor before use if you have liver disease",
        "Stop use and ask a doctor if the ear glows",
    ]
    assert "Exemplar" not in [name.name for name in drug.names]


def test_kinds_are_left_out_unless_asked_for() -> None:
    drugs, job, _ = read(SAMPLE, include=("homeopathic", "sunscreen"))
    kinds = {key: drug.product.kind for key, drug in drugs.items() if drug.product}
    assert (kinds["moonlight"], kinds["shadestone"]) == ("homeopathic", "sunscreen")
    assert drugs["moonlight"].uses[0].kind == "claimed"
    assert not job.report.left_out


def test_zipped_and_packed_files_give_the_same(tmp_path: Path) -> None:
    whole = read(SAMPLE)[0]
    with zipfile.ZipFile(tmp_path / "labels.json.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(SAMPLE, "drug-label-0001-of-0001.json")
    (tmp_path / "labels.json.gz").write_bytes(gzip.compress(SAMPLE.read_bytes()))
    assert read(tmp_path / "labels.json.zip")[0] == read(tmp_path / "labels.json.gz")[0] == whole


def test_a_file_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    path = written(tmp_path, label(1), label(2))
    path.write_bytes(path.read_bytes()[:-40])
    drugs, job, _ = read(path)
    assert list(drugs) == ["fictin1"]
    assert job.report.examples == {"not JSON from some place on; what follows is not counted": ["labels.json, label 2"]}
    assert job.report.broken_off == 1


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do all in one process, which starts none."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0})


def wrapped(*parts: bytes) -> bytes:
    return b'{"meta": {"last_updated": "2026-01-02"}, "results": [' + b",".join(parts) + b"]}"


GOOD, NEXT = (json.dumps(label(number)).encode() for number in (1, 2))


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested deeper than any label"),
        (b'{"a": ' + b"[" * 64 + b"]" * 64 + b"}", "nested deeper than any label"),
        (b'{"a": "' + b"a" * (9 << 20) + b'"}', "longer than any label, or not JSON"),
        (b'{"a": "\xe9"}', "not UTF-8"),
        (b'{"a": ' + b"1" * 5000 + b"}", "a number longer than any"),
        (b'{"a": "[ }" 5 "\\" ]"}', "not JSON"),
        (b'{"a" "b"}', "not JSON"),
        (b'[{"a": 1}]', "no label, but another kind of value"),
        (b"null", "no label, but another kind of value"),
    ],
    ids=["deep", "just too deep", "long", "bytes", "number", "brackets in texts", "no colon", "list", "null"],
)
def test_a_bad_label_ends_at_its_own_end(bad: bytes, why: str, tmp_path: Path) -> None:
    path = tmp_path / "labels.json"
    path.write_bytes(wrapped(GOOD, bad, NEXT))
    drugs, job, _ = read(path)
    assert list(drugs) == ["fictin1", "fictin2"]
    assert job.report.examples == {why: ["labels.json, label 2"]}
    assert (job.report.read, job.report.broken_off) == (3, 0)


def test_brackets_in_a_text_are_text(tmp_path: Path) -> None:
    # Flat text of real labels has them around numbers of references.
    texts = ["For wobbly elbow [1]." + " [see table" * 6000]
    drugs, job, _ = read(written(tmp_path, label(1), label(2, indications_and_usage=texts), label(3)))
    assert list(drugs) == ["fictin1", "fictin2", "fictin3"]
    assert (job.report.read, job.report.taken, job.report.broken_off) == (3, 3, 0)


def test_levels_with_long_keys_take_no_more_memory_than_their_text(tmp_path: Path) -> None:
    path = tmp_path / "labels.json"
    deep = b"".join(b'{"%s":' % (b"k" * 500) for _ in range(4900)) + b"1" + b"}" * 4900
    path.write_bytes(wrapped(GOOD, deep, NEXT))
    ended = attack.Field(tmp_path, 0).imported("openfda", path)
    assert "refused: 1 (nested deeper than any label: 1)" in ended.error
    assert ended.memory < 200


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(
    "ends", ["{}", "{}\n", "{}\n{}\n", "{}\r\n{}", "\ufeff{}\n\n{}\n", "[{}]", "[{}, {}]", "{}{}"], ids=repr
)
def test_labels_one_a_line_in_a_list_or_alone(ends: str, tmp_path: Path) -> None:
    wanted = ["fictin1", "fictin2"][: ends.count("{}")]
    text = ends.replace("{}", "@").replace("@", GOOD.decode(), 1).replace("@", NEXT.decode(), 1)
    for name in ("labels.jsonl", "labels.json"):
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
        assert openfda.identify(str(tmp_path / name))
        drugs, job, sources = read(tmp_path / name)
        assert list(drugs) == wanted
        assert (job.report.read, job.report.taken) == (len(wanted), len(wanted))
        assert (job.version, sources["spl-00000000-0000-4000-8000-000000000001"].note) == (
            "2025-01-01", "as in openFDA drug labels, labels up to 2025-01-01",
        )  # fmt: skip
    (tmp_path / "labels.jsonl.gz").write_bytes(gzip.compress(text.encode()))
    assert openfda.identify(str(tmp_path / "labels.jsonl.gz"))
    assert list(read(tmp_path / "labels.jsonl.gz")[0]) == wanted


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("bad", ['{"set_id": "x", ', "{]", "rubbish", '{"a": "'])
def test_a_bad_line_ends_with_it(bad: str, tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_bytes(GOOD + b"\n" + bad.encode() + b"\n" + NEXT + b"\n")
    drugs, job, _ = read(path)
    assert list(drugs) == ["fictin1", "fictin2"]
    assert (job.report.read, job.report.refused, job.report.broken_off) == (3, {"not JSON": 1}, 0)


def test_the_day_of_a_file_is_no_day_to_come(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text(
        "\n".join(json.dumps(label(n, effective_time=day)) for n, day in ((1, "99999999"), (2, "20260102"), (3, "29990101")))
    )
    assert read(path)[1].version == "2026-01-02"


def hostile() -> Iterator[tuple[str, bytes]]:
    good = json.dumps(label(1)).encode()
    start, end = b'{"meta": {"last_updated": "2026-01-02"}, "results": [', b"]}"
    deep = b"[" * 100_000 + b"]" * 100_000
    yield (
        "nested 100,000 deep in a field",
        start + good + b"," + json.dumps(label(2)).encode()[:-1] + b', "warnings": ' + deep + b"}" + end,
    )
    yield "nested 100,000 deep instead of a label", start + good + b"," + deep + end
    yield "a field of 100 MB", start + good + b', {"set_id": "x", "warnings": ["' + b"a" * (100 << 20) + b'"]}' + end
    yield "bytes that are no UTF-8", start + good + b', {"set_id": "\xe9\xe8"}' + end
    yield (
        "wrong kinds of values",
        start + good + b', {"openfda": 3, "warnings": {"a": 1}, "set_id": [1], "contraindications": [[2]]}' + end,
    )
    yield (
        "numbers beyond all bounds",
        start + good + b', {"warnings": 1e999999, "purpose": 123456789012345678901234567890}' + end,
    )
    yield "a mark of byte order", b"\xef\xbb\xbf" + start + good + end
    yield "rubbish after the end", start + good + end + b"}}}"


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(("name", "content"), list(hostile()), ids=lambda value: value if isinstance(value, str) else "")
def test_hostile_files_do_no_harm(name: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "labels.json"
    path.write_bytes(content)
    drugs, job, _ = read(path)
    assert "fictin1" in drugs
    report = job.report
    assert report.read == report.taken + report.left_out.total() + report.refused.total()


def test_signs_that_reorder_or_hide_do_not_get_in(tmp_path: Path) -> None:
    text = "For wobbly\u202e elbow\u0007 and\u2028 ear [red]x[/red]."
    drugs, _, _ = read(written(tmp_path, label(1, indications_and_usage=[text])))
    assert [text.text for text in drugs["fictin1"].texts if text.part == "uses"] == [
        ("For wobbly elbow and ear [red]x[/red].",)
    ]


def test_a_block_of_another_label_is_not_believed(tmp_path: Path) -> None:
    foreign = label(1)
    foreign["set_id"] = "99999999-0000-4000-8000-000000000001"
    drugs, job, _ = read(written(tmp_path, foreign, label(2)))
    assert list(drugs) == ["fictin2"]
    assert job.report.refused == {"its active ingredients cannot be told": 1}


@real
def test_the_real_otc_labels() -> None:
    drugs, job, _ = read(REAL / "az_test.json")
    assert list(drugs) == [
        "acetaminophen",
        "acetaminophen-dextromethorphan-hydrobromide-guaifenesin-phenylephrine-hydrochloride",
    ]
    assert job.report.left_out == {"homeopathic": 2, "cosmetic": 1}
    assert job.report.found["openfda blocks of another label, not believed"] == 2
    risks = [risk.item for risk in drugs["acetaminophen"].contraindications]
    assert "if you are allergic to acetaminophen or any of the inactive ingredients in this product" in risks


@real
def test_the_real_prescription_label_that_was_flattened() -> None:
    drugs, _, _ = read(REAL / "rohit_drug_labels.json")
    naproxen = drugs["naproxen"]
    assert {"rheumatoid arthritis", "bursitis", "acute gout"} <= {use.condition for use in naproxen.uses}
    assert "In the setting of coronary artery bypass graft (CABG) surgery" in [risk.item for risk in naproxen.contraindications]
    heartburn = next(effect for effect in naproxen.side_effects if effect.effect == "heartburn")
    assert (heartburn.band, str(heartburn.incidence)) == ("common", "3–9 %")


@pytest.mark.skipif(not (ROOT.parent / "shared" / "data" / "labels").exists(), reason="the public labels are not here")
@pytest.mark.parametrize(("name", "number"), [("openfda_full_labels", 316), ("openfda_sections", 875)])
def test_real_labels_one_a_line(name: str, number: int) -> None:
    path = ROOT.parent / "shared" / "data" / "labels" / f"{name}.jsonl.gz"
    assert openfda.identify(str(path))
    found = list(labels((str(path),), lambda record: record, date(2026, 11, 22)))
    assert sum(1 for step in found if step.label) == number
    assert [step.report for step in found if step.report] == []


def test_what_is_only_measured_is_no_effect(tmp_path: Path) -> None:
    text = "Most common: nausea (12%), ALT (9%), platelet (1.5%), ALT increased (8%), hemoglobin decreased (7%)."
    path = tmp_path / "one.json"
    path.write_text(json.dumps({"results": [label(1, adverse_reactions=[text])]}))
    drugs, job, _ = read(path)
    (drug,) = drugs.values()
    assert {effect.effect for effect in drug.side_effects} == {"nausea", "ALT increased", "hemoglobin decreased"}
    assert job.report.doubts["a measure without its direction"] == 2


def test_a_day_that_there_is_not_dates_no_source(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_text(json.dumps({"results": [label(1, effective_time="99999999"), label(2, effective_time="20240229")]}))
    _, _, sources = read(path)
    assert sorted(source.dated or "" for source in sources.values() if source.kind == "regulator") == ["", "2024-02-29"]
