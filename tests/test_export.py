"""Exports: the same facts in every format, nothing lost, FHIR that its published model takes, files that are whole or not there."""

import importlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
from fhir.resources.bundle import Bundle
from fhir.resources.clinicalusedefinition import ClinicalUseDefinition

from drugref import library, model, query
from drugref.bands import BANDS
from drugref.commands import export as command
from drugref.export import FORMATS, facts, parquet
from drugref.export.fhir import BASE
from drugref.export.fhir import render as render_fhir
from drugref.model import key_of
from drugref.parts import HELD_PARTS, NOTHING
from tests.conftest import BUNDLED, LABELS, SAMPLE, Cli, open_store, process

DATABASES = {"bundled": BUNDLED, "sample": SAMPLE, "labels": LABELS}
databases = pytest.mark.parametrize("name", [pytest.param("bundled", marks=pytest.mark.once), "sample", "labels"])
Row = dict[str, Any]


def plain(value: Any) -> Any:
    """Return what Parquet gives in the types of JSON."""
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [plain(entry) for entry in value]
    return value.isoformat() if isinstance(value, date) else value


@cache
def held(name: str) -> list[list[facts.Row]]:
    """Return the facts of a whole database, drug by drug."""
    with open_store(str(DATABASES[name])) as store:
        return [facts.rows_of(library.record_of(found)) for found in query.all_drugs([store])]


@cache
def exported(name: str, shown_as: str) -> bytes:
    """Return a whole database in a format."""
    return b"".join(importlib.import_module(f"drugref.export.{shown_as}").render(iter(held(name))))


@cache
def rows(name: str) -> list[Row]:
    return [json.loads(line) for line in exported(name, "jsonl").splitlines()]


def table(data: bytes) -> Any:
    return pyarrow.parquet.read_table(pyarrow.BufferReader(data))


@cache
def resources(name: str) -> list[dict[str, Any]]:
    return [entry["resource"] for entry in json.loads(exported(name, "fhir"))["entry"]]


def extensions(resource: dict[str, Any], kind: str) -> list[list[dict[str, Any]]]:
    url = f"{BASE}StructureDefinition/{kind}"
    return [extension["extension"] for extension in resource.get("extension", []) if extension["url"] == url]


def read_back(parts: list[dict[str, Any]], columns: dict[str, facts.Column]) -> Row:
    """Return the columns that the parts of an extension hold."""
    row: Row = {}
    for name, column in columns.items():
        held = [part for part in parts if part["url"] == name]
        values: list[Any] = []
        for part in held:
            (value,) = (entry for key, entry in part.items() if key != "url")
            values.append(read_back(value, column.hint.columns) if "extension" in part else value)
        row[name] = values if column.is_list else values[0] if values else None
    return row


def fhir_rows(name: str) -> list[Row]:
    """Return the facts of a Bundle, those of a drug with what they have in common."""
    found = []
    drug: Row = {}
    for resource in resources(name):
        for parts in extensions(resource, "record"):
            drug = {column: value for column, value in read_back(parts, facts.columns()).items() if column in facts.SHARED}
        found += [{**read_back(parts, facts.columns()), **drug} for parts in extensions(resource, "fact")]
    return found


@databases
def test_the_same_facts_are_in_every_format(name: str) -> None:
    told = rows(name)
    assert len({fact["fact"] for fact in told}) == len(told)
    assert plain(table(exported(name, "parquet")).to_pylist()) == told
    assert sorted(fhir_rows(name), key=lambda fact: str(fact["fact"])) == sorted(told, key=lambda fact: str(fact["fact"]))


def test_so_many_facts_are_in_the_samples() -> None:
    counts = {
        name: [
            len(rows(name)),
            table(exported(name, "parquet")).num_rows,
            exported(name, "fhir").count(b"StructureDefinition/fact"),
        ]
        for name in ("sample", "labels")
    }
    assert counts == {"sample": [44, 44, 44], "labels": [27, 27, 27]}


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for entry in value.values():
            yield from leaves(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from leaves(entry)
    elif value is not None and value is not False:
        yield value


@databases
def test_every_value_of_a_record_is_in_its_facts(name: str) -> None:
    store = open_store(str(DATABASES[name]))
    by_drug: dict[str, list[Row]] = {}
    for fact in rows(name):
        by_drug.setdefault(fact["drug_id"], []).append(fact)
    for found in query.all_drugs([store]):
        record = json.loads(query.record(found))
        del record["database"]["title"], record["nothing_recorded"]
        told = list(leaves(by_drug[record["id"]]))
        whole = {value for value in told if not isinstance(value, str)}
        text = "\n".join(value for value in told if isinstance(value, str))
        assert [value for value in leaves(record) if value not in whole and str(value) not in text] == []


def test_every_attribute_has_a_column() -> None:
    """Attributes that are the fact itself become item, text or kind; the others keep their names."""
    told = {
        "Name": ("name", "kind", "where"),
        "Identifier": ("scheme", "value"),
        "DrugClass": ("path",),
        "Atc": ("code",),
        "Status": ("status", "where"),
        "Summary": (),
        "Mechanism": (),
        "Target": ("target",),
        "Use": ("condition", "kind"),
        "SideEffect": ("effect", "band"),
        "Risk": ("item", "type"),
        "Note": ("kind",),
        "Product": ("kind",),
        "Passage": ("part", "title"),
        "Pharmacokinetic": ("parameter", "value", "text"),
    }
    columns = facts.columns().keys()
    for record, renamed in told.items():
        attributes = set(getattr(model, record).__dataclass_fields__)
        assert set(renamed) <= attributes
        assert attributes - set(renamed) <= columns, record
    assert {key_of(field) for field in model.Source.__dataclass_fields__} - {"read"} | {
        "id",
        "read_whole",
        "read_part",
    } == facts.SOURCES.hint.columns.keys()


@databases
def test_a_part_without_facts_says_so_in_every_format(name: str) -> None:
    store = open_store(str(DATABASES[name]))
    expected = {
        (record["id"], part)
        for found in query.all_drugs([store])
        for record in [json.loads(query.record(found))]
        for part in record["nothing_recorded"]
    }
    assert {(fact["drug_id"], fact["part"]) for fact in rows(name) if fact["kind"] == "none-recorded"} == expected
    told = {
        (extensions(resource, "record")[0][4]["valueString"], part)
        for resource in resources(name)
        if resource["resourceType"] == "MedicationKnowledge"
        for part in HELD_PARTS
        if f"<p>{part.replace('-', ' ').capitalize()}: {NOTHING}</p>" in resource["text"]["div"]
    }
    assert told == expected


def test_the_samples_lack_some_part() -> None:
    assert sum(fact["kind"] == "none-recorded" for fact in rows("sample")) == len(HELD_PARTS)


def without_repetition(value: Any, seen: set[str]) -> Any:
    """Return a resource with each part of an extension where it first stands: the model judges each by itself, and slowly."""
    if isinstance(value, list):
        return [without_repetition(entry, seen) for entry in value]
    if not isinstance(value, dict):
        return value
    made = {key: without_repetition(entry, seen) for key, entry in value.items() if key != "extension"}
    if "extension" in value:
        new = [part for part in value["extension"] if repr(part) not in seen]
        seen.update(map(repr, new))
        made["extension"] = [without_repetition(part, seen) for part in new or value["extension"][:1]]
    return made


@databases
def test_fhir_is_valid_by_the_published_model(name: str) -> None:
    whole = json.loads(exported(name, "fhir"))
    entries = whole["entry"]
    bundle = Bundle.model_validate_json(json.dumps(without_repetition(whole, set())))
    assert bundle.get_resource_type() == "Bundle"
    assert len(bundle.entry or []) == len(entries)
    urls = [entry["fullUrl"] for entry in entries]
    assert len(set(urls)) == len(urls)


@databases
def test_fhir_references_lead_to_resources_of_a_fitting_type(name: str) -> None:
    allowed = ClinicalUseDefinition.model_fields["subject"].json_schema_extra
    assert isinstance(allowed, dict)
    types = {entry["fullUrl"]: entry["resource"]["resourceType"] for entry in json.loads(exported(name, "fhir"))["entry"]}
    for resource in resources(name):
        if resource["resourceType"] == "ClinicalUseDefinition":
            assert {types[subject["reference"]] for subject in resource["subject"]} <= set(allowed["enum_reference_types"])  # type: ignore[arg-type]
        if resource["resourceType"] == "MedicationKnowledge":
            assert [types[medication["reference"]] for medication in resource["associatedMedication"]] == ["Medication"]
            assert {types[use["reference"]] for use in resource.get("clinicalUseIssue", [])} <= {"ClinicalUseDefinition"}


@cache
def uses_by_fact(name: str) -> dict[str, list[dict[str, Any]]]:
    """Return the ClinicalUseDefinitions by the fact that each first tells."""
    found: dict[str, list[dict[str, Any]]] = {}
    for resource in resources(name):
        if resource["resourceType"] == "ClinicalUseDefinition":
            first = extensions(resource, "fact")[0][0]
            assert first.keys() == {"url", "valueString"}
            assert first["url"] == "fact"
            found.setdefault(first["valueString"], []).append(resource)
    return found


def use_of(name: str, fact: str) -> dict[str, Any]:
    """Return the ClinicalUseDefinition of a fact."""
    (found,) = uses_by_fact(name)[fact]
    return found


LONG = "a-most-remarkable-and-entirely-invented-combination-of-many-fictitious-salts"


@pytest.mark.parametrize(
    ("name", "fact", "type", "body"),
    [
        ("sample", "examplin.uses.1", "indication", {"diseaseSymptomProcedure": {"concept": {"text": "boredom – adults"}}}),
        ("sample", "examplin.uses.3", "indication", {"diseaseSymptomProcedure": {"concept": {"text": "investigated, not an approved use: ennui"}}}),
        ("labels", f"{LONG}.uses.1", "indication", {"diseaseSymptomProcedure": {"concept": {"text": "off-label, not an approved use: brevity"}}}),
        ("labels", "fictamol.uses.1", "indication", {"diseaseSymptomProcedure": {"concept": {"text": "Uses: Temporarily relieves seriousness."}}}),
        ("sample", "examplin.contraindications.1", "contraindication", {"diseaseSymptomProcedure": {"concept": {"text": "hypersensitivity to examplin"}}}),
        ("sample", "examplin.contraindications.2", "contraindication", {"otherTherapy": [{"relationshipType": {"coding": [{"system": "http://hl7.org/fhir/therapy-relationship-type", "code": "contraindicated-only-with"}]}, "treatment": {"concept": {"text": "emptazole – doubles the example"}}}]}),
        ("sample", "examplin.cautions.3", "warning", {"code": {"text": "kidney disease – halve the dose"}}),
        ("sample", "examplin.note.1", "warning", {"code": {"text": "Not to be taken seriously."}}),
        ("labels", "fictamol.cautions.1", "warning", {"code": {"text": "Warnings: Ask a doctor before use."}}),
        ("labels", "fictamol.pregnancy.1", "warning", {"code": {"text": "Was not studied in giants."}}),
        ("labels", "fictamol.side-effects.2", "undesirable-effect", {"symptomConditionEffect": {"concept": {"text": "Side effects: Glow & drift were < 1 %.\n\nOthers were not counted."}}}),
    ],
    ids=["use", "investigated use", "off-label use", "text of uses", "contraindication", "medicine", "caution", "boxed warning", "text of cautions", "text on pregnancy", "text of side effects"],
)  # fmt: skip
def test_a_fact_is_the_clinical_use_that_it_should_be(name: str, fact: str, type: str, body: dict[str, Any]) -> None:
    use = use_of(name, fact)
    attribute = {"undesirable-effect": "undesirableEffect"}.get(type, type)
    bodies = {"indication", "contraindication", "interaction", "undesirableEffect", "warning"} & use.keys()
    assert (use["type"], bodies, use[attribute]) == (type, {attribute}, body)


@pytest.mark.parametrize(
    ("name", "fact", "codes", "text"),
    [
        ("sample", "examplin.side-effects.1", ["very-common"], "10–63 % (comparator 36 %); trial of 175; basis figures"),
        ("sample", "examplin.side-effects.2", ["common", "Common"], "2.5 %; trial of 175; basis figures"),
        ("sample", "examplin.side-effects.3", ["uncommon", "Uncommon"], "< 1 %; basis figures"),
        ("sample", "examplin.side-effects.4", ["rare", "Rare"], "“rarely”; basis wording"),
        ("sample", "examplin.side-effects.5", ["very-rare"], "basis figures"),
        ("sample", "examplin.side-effects.6", ["not-known"], "“reported after marketing”; basis wording"),
        ("labels", "fictamol.side-effects.1", ["very-common"], "4–12 % (comparator 3 %); two trials; 10 mg, n = 100: 4 % (comparator 3 %); 20 mg, n = 98: 12 %; basis figures"),
    ],
    ids=[*BANDS, "arms"],
)  # fmt: skip
def test_a_frequency_keeps_our_band_beside_fhirs(name: str, fact: str, codes: list[str], text: str) -> None:
    frequency = use_of(name, fact)["undesirableEffect"]["frequencyOfOccurrence"]
    systems = [f"{BASE}CodeSystem/band", "http://hl7.org/fhir/undesirable-effect-frequency"]
    assert [(coding["system"], coding["code"]) for coding in frequency["coding"]] == list(zip(systems, codes, strict=False))
    assert frequency["text"] == text


@databases
def test_whoever_knows_no_extension_refuses_a_use_that_is_not_approved(name: str) -> None:
    uses = [fact for fact in rows(name) if fact["part"] == "uses" and fact["kind"] not in ("none-recorded", "label-text")]
    assert {"approved"} != {fact["kind"] for fact in uses}
    for fact in uses:
        modifiers = use_of(name, fact["fact"]).get("modifierExtension", [])
        expected = (
            []
            if fact["kind"] == "approved"
            else [{"url": f"{BASE}StructureDefinition/not-approved", "valueCode": fact["kind"]}]
        )
        assert modifiers == expected


def test_codes_of_a_drug_stand_in_their_systems() -> None:
    (knowledge,) = (
        resource
        for resource in resources("labels")
        if resource["resourceType"] == "MedicationKnowledge" and resource["id"] == "fictamol"
    )
    assert knowledge["code"] == {
        "coding": [
            {"system": "http://fdasis.nlm.nih.gov", "code": "FICTAMOL01"},
            {"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "900001"},
            {"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "900002"},
        ],
        "text": "fictamol",
    }
    assert knowledge["medicineClassification"][0]["classification"] == [
        {"coding": [{"system": "http://www.whocc.no/atc", "code": "X01AA02"}]}
    ]
    assert "<p>Boxed warning: Keep away from &lt;unicorns&gt;.</p>" in knowledge["text"]["div"]


def test_no_drugs_are_a_bundle_without_entries() -> None:
    assert b"".join(render_fhir([])) == b'{"resourceType":"Bundle","type":"collection"}\n'
    assert table(b"".join(parquet.render([]))).num_rows == 0


def test_little_is_held_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every format gives what it has made of some drugs before it asks for many more."""
    monkeypatch.setattr(parquet, "ROWS", 10)
    drug = facts.rows_of(library.record_of(next(query.all_drugs([open_store(str(SAMPLE))]))))
    for shown_as in FORMATS:
        asked: list[int] = []
        drugs = (asked.append(number) or drug for number in range(100))  # type: ignore[func-returns-value]
        ahead = []
        for chunk in importlib.import_module(f"drugref.export.{shown_as}").render(drugs):
            assert chunk
            ahead.append(len(asked))
        assert ahead[0] <= 10 // len(drug) + 1
        assert all(after - before <= 10 // len(drug) + 1 for before, after in pairwise(ahead))


@pytest.mark.parametrize(
    ("limit", "groups"),
    [({"ROWS": 10}, [10, 10, 10, 10, 4]), ({"CHARACTERS": 100}, [4, 3, 14, 22, 1])],
    ids=["rows", "characters"],
)
def test_parquet_has_row_groups(limit: dict[str, int], groups: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in limit.items():
        monkeypatch.setattr(parquet, name, value)
    data = b"".join(
        parquet.render(facts.rows_of(library.record_of(found)) for found in query.all_drugs([open_store(str(SAMPLE))]))
    )
    metadata = pyarrow.parquet.read_metadata(pyarrow.BufferReader(data))
    assert [metadata.row_group(number).num_rows for number in range(metadata.num_row_groups)] == groups


# The command.


@pytest.mark.parametrize("shown_as", FORMATS)
def test_a_file_holds_what_a_pipe_gets(shown_as: str, cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "out"
    assert cli("export", "-f", shown_as, "--to", str(path), "--db", str(SAMPLE)) == (
        0,
        "",
        f"drugref: {path}: 44 facts of 2 drugs\n",
    )
    run = process("export", "-f", shown_as, "--db", str(SAMPLE))
    assert (run.returncode, run.stderr) == (0, b"")
    assert run.stdout == path.read_bytes() == exported("sample", shown_as)


def drugs_in(text: str) -> list[str]:
    return list(dict.fromkeys(json.loads(line)["drug"] for line in text.splitlines()))


def test_a_named_database_is_exported_alone(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRUGREF_DB", str(LABELS))
    assert drugs_in(cli("export", "-f", "jsonl", "--db", str(SAMPLE))[1]) == ["emptazole", "examplin"]


def test_without_one_all_in_use_are_and_the_first_that_knows_a_drug_speaks(cli: Cli, home: Path) -> None:
    home.mkdir(parents=True)
    text = SAMPLE.read_text(encoding="utf-8").replace("examplin", "baclofen")
    (home / "mine.toml").write_text(text, encoding="utf-8")
    lines = [json.loads(line) for line in cli("export", "-f", "jsonl")[1].splitlines()]
    assert {fact["database"] for fact in lines if fact["drug"] == "baclofen"} == {"sample"}
    listed = {line.split("\t", 1)[0] for line in cli("list")[1].splitlines()}
    assert {"emptazole", "warfarin"} < listed
    assert {fact["drug"] for fact in lines} == listed


def test_drugs_are_picked_by_any_name(cli: Cli) -> None:
    code, out, err = cli("export", "-f", "jsonl", "Zanaflex", "baclofen")
    assert (code, drugs_in(out), err) == (0, ["tizanidine", "baclofen"], "drugref: Zanaflex → tizanidine (brand)\n")


def test_unknown_names_are_left_out_and_told(cli: Cli, tmp_path: Path) -> None:
    code, out, err = cli("export", "-f", "jsonl", "examplin", "nosuch", "--db", str(SAMPLE))
    assert (code, drugs_in(out), err) == (3, ["examplin"], "drugref: unknown drug: nosuch\n")
    assert cli("export", "-f", "fhir", "nosuch", "--to", str(tmp_path / "out"), "--db", str(SAMPLE))[:2] == (3, "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Missing option '--format' / '-f'. (see drugref export --help)"),
        (
            ("-f", "json"),
            "Invalid value for '--format' / '-f': 'json' is not one of jsonl, parquet, fhir, html; did you mean: drugref export -f jsonl",
        ),
        (("-f", "jsonl", "--no-pager"), "No such option: --no-pager (see drugref export --help)"),
    ],
    ids=["no format", "a format of other commands", "an option of other commands"],
)
def test_wrong_usage_is_told(cli: Cli, arguments: tuple[str, ...], message: str) -> None:
    assert cli("export", *arguments) == (2, "", f"drugref: {message}\n")


def test_parquet_stays_off_the_terminal(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("drugref.terminal.is_terminal", lambda: True)
    assert cli("export", "-f", "parquet") == (2, "", "drugref: parquet is not for a terminal; name a file with --to\n")


def test_without_pyarrow_one_line_says_how_to_get_it(cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    message = "drugref: parquet needs pyarrow: pip install 'drugref[parquet]'\n"
    assert cli("export", "-f", "parquet", "--to", str(tmp_path / "out")) == (1, "", message)
    assert cli("export", "-f", "parquet") == (1, "", message)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("shown_as", FORMATS)
def test_a_failure_midway_leaves_the_old_file_and_nothing_else(
    shown_as: str, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"old")

    def fail(record: library.Record) -> list[facts.Row]:
        if record.drug.inn == "baclofen":
            raise ValueError("broken")
        return facts.rows_of(record)

    monkeypatch.setattr(command, "rows_of", fail)
    assert cli("export", "-f", shown_as, "--to", str(path)) == (
        1,
        "",
        "drugref: ValueError: broken (DRUGREF_DEBUG=1 shows where)\n",
    )
    assert [(entry.name, entry.read_bytes()) for entry in tmp_path.iterdir()] == [("out", b"old")]


def test_damage_found_while_exporting_is_mended_for_a_file_and_told_for_a_pipe(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged: list[str] = []

    def read(found: query.Found) -> library.Record:
        if found.inn == "examplin" and not damaged:
            damaged.append(found.inn)
            raise sqlite3.DatabaseError("malformed")
        return library.record_of(found)

    monkeypatch.setattr(command, "record_of", read)
    path = tmp_path / "out"
    assert cli("export", "-f", "jsonl", "--to", str(path), "--db", str(SAMPLE))[0] == 0
    assert path.read_bytes() == exported("sample", "jsonl")
    damaged.clear()
    code, _, err = cli("export", "-f", "jsonl", "--db", str(SAMPLE))
    message = "the output is not whole: a compiled database was damaged; it was made anew, so run this again"
    assert (code, err) == (1, f"drugref: {message}\n")


SLOW = """
import sys, time
from drugref.export import jsonl
render = jsonl.render
def slow(drugs):
    for chunk in render(drugs):
        yield chunk
        print("begun", flush=True)
        time.sleep(60)
jsonl.render = slow
from drugref.__main__ import entry
sys.exit(entry(sys.argv[1:]))
"""


@pytest.mark.parametrize(
    ("number", "code", "left"),
    [(signal.SIGINT, 130, 0), (signal.SIGTERM, 143, 0), (signal.SIGHUP, 129, 0), (signal.SIGKILL, -9, 1)],
    ids=["Ctrl-C", "kill", "hang-up", "kill -9"],
)
def test_a_run_that_is_ended_leaves_the_old_file(number: int, code: int, left: int, cli: Cli, tmp_path: Path) -> None:
    """What even kill -9 leaves lies under another name, and the next run removes it."""
    path = tmp_path / "out"
    path.write_bytes(b"old")
    arguments = ("export", "-f", "jsonl", "--to", str(path), "--db", str(SAMPLE))
    with subprocess.Popen([sys.executable, "-c", SLOW, *arguments], stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == b"begun\n"
        assert len(list(tmp_path.iterdir())) == 2
        run.send_signal(number)
        assert run.wait() == code
    assert path.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1 + left
    assert cli(*arguments)[0] == 0
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]


def test_signals_are_as_before_afterwards(cli: Cli, tmp_path: Path) -> None:
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)]
    cli("export", "-f", "jsonl", "--to", str(tmp_path / "out"), "--db", str(SAMPLE))
    assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)] == before


def test_a_reader_that_goes_away_ends_it_quietly() -> None:
    command_line = f"{sys.executable} -m drugref export -f fhir | head -c 10 >/dev/null; echo ${{PIPESTATUS[0]}}"
    run = subprocess.run(["bash", "-c", command_line], capture_output=True, env=dict(os.environ), check=True)
    assert (run.stdout, run.stderr) == (b"141\n", b"")
