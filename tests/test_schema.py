import json
from typing import Any

import jsonschema
import pytest
import tomli

from drugref.curated.canonical import FIRST_LINE, SCHEMA_FILE
from drugref.curated.schema import json_schema
from tests.conftest import BUNDLED, LABELS, SAMPLE, Cli


def document(text: str) -> Any:
    """Parse TOML the way editors do for JSON Schema: dates as text."""
    return json.loads(json.dumps(tomli.loads(text), default=str))


def test_the_shipped_schema_is_current() -> None:
    shipped = (BUNDLED.parent / SCHEMA_FILE).read_text(encoding="utf-8")
    assert shipped == json_schema(), "run: drugref check --schema > data/drugs.schema.json"


def test_the_command_prints_it(cli: Cli) -> None:
    assert cli("check", "--schema") == (0, json_schema(), "")


def test_the_bundled_file_names_it_first() -> None:
    with BUNDLED.open(encoding="utf-8") as file:
        assert file.readline().rstrip("\n") == FIRST_LINE


@pytest.mark.parametrize("path", [BUNDLED, SAMPLE, LABELS], ids=lambda path: path.name)
def test_valid_files_meet_it(path: Any) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(json_schema()))
    validator.check_schema(json.loads(json_schema()))
    assert [error.message for error in validator.iter_errors(document(path.read_text(encoding="utf-8")))] == []


@pytest.mark.parametrize(
    "change",
    [('band = "very-rare"', 'band = "often"'), ('inn = "examplin"', "inn = 3"), ("[drugs.emptazole]", "[drugs.Empt_azole]"),
     ('kind = "regulator"\n', ""), ('"2.5 %"', '"some"'), ('summary = {', 'summary = { colour = "red",')],
)  # fmt: skip
def test_broken_files_do_not(change: tuple[str, str]) -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    assert change[0] in text
    validator = jsonschema.Draft202012Validator(json.loads(json_schema()))
    assert list(validator.iter_errors(document(text.replace(*change, 1))))


def test_every_key_is_described() -> None:
    def walk(value: Any) -> None:
        if isinstance(value, dict):
            for name, entry in value.get("properties", {}).items():
                assert entry["description"].endswith("."), name
            for entry in value.values():
                walk(entry)

    walk(json.loads(json_schema()))
