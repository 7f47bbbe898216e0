"""The command line's contract: commands, formats, flags, exit codes, layers of databases."""

import csv
import io
import json
from pathlib import Path

import pytest

from drugref.bands import BANDS
from drugref.columns import PART_COMMANDS
from drugref.parts import NOTHING
from drugref.spec import COLUMNS, FORMATS, STATUSES
from tests.conftest import BUNDLED, SAMPLE, Cli

DB = ("--db", str(SAMPLE))


def lines(out: str) -> list[list[str]]:
    return [line.split("\t") for line in out.splitlines()]


@pytest.mark.parametrize("command", ["show", *PART_COMMANDS, "list", "sources"])
def test_tsv_has_the_columns_of_the_contract(cli: Cli, command: str) -> None:
    code, out, err = cli(command, *DB, *(() if command == "list" else ("examplin",)))
    assert (code, err) == (0, "")
    assert {len(row) for row in lines(out)} == {len(COLUMNS[command])}
    assert "\x1b" not in out


@pytest.mark.parametrize("command", ["show", *PART_COMMANDS, "list", "sources", "databases"])
@pytest.mark.parametrize("shown_as", FORMATS)
def test_every_command_speaks_every_format(cli: Cli, command: str, shown_as: str) -> None:
    names = () if command in ("list", "databases") else ("examplin",)
    code, out, err = cli(command, *names, *DB, "--format", shown_as)
    assert (code, err) == (0, "")
    assert out.endswith("\n")
    assert "\x1b" not in out


def test_header_is_off_for_tsv_and_on_for_csv(cli: Cli) -> None:
    columns = list(COLUMNS["uses"])
    assert lines(cli("uses", "examplin", *DB)[1])[0] != columns
    assert lines(cli("uses", "examplin", *DB, "--header")[1])[0] == columns
    assert next(csv.reader(io.StringIO(cli("uses", "examplin", *DB, "-f", "csv")[1]))) == columns
    assert next(csv.reader(io.StringIO(cli("uses", "examplin", *DB, "-f", "csv", "--no-header")[1]))) != columns


def test_csv_and_tsv_hold_the_same(cli: Cli) -> None:
    rows = list(csv.reader(io.StringIO(cli("show", "examplin", *DB, "-f", "csv", "--no-header")[1])))
    assert rows == lines(cli("show", "examplin", *DB)[1])


def test_json_of_a_part(cli: Cli) -> None:
    code, out, _ = cli("side-effects", "examplin", *DB, "--json")
    data = json.loads(out)
    assert (code, data["schema"], data["command"]) == (0, 2, "side-effects")
    first = data["facts"][0]
    assert first["drug"] == "examplin"
    assert first["incidence"] == {"text": "10–63 %", "low": 10.0, "high": 63.0, "below": False, "top": 63.0}
    assert first["comparator"]["high"] == 36.0
    assert first["serious"] is False
    assert first["sources"] == ["trial"]
    assert data["nothing_recorded"] == data["unknown"] == []


def test_json_of_show(cli: Cli) -> None:
    data = json.loads(cli("show", "examplin", *DB, "--json")[1])
    drug = data["drugs"][0]
    assert drug["inn"] == "examplin"
    assert drug["class"]["path"] == ["examples", "sample agents"]
    assert drug["sources"]["label"]["kind"] == "regulator"
    assert drug["database"]["name"] == "sample"
    assert drug["nothing_recorded"] == []


def test_json_lines_are_facts_and_records(cli: Cli) -> None:
    facts = [json.loads(line) for line in cli("contraindications", "examplin", *DB, "-f", "jsonl")[1].splitlines()]
    assert [fact["kind"] for fact in facts] == ["contraindication"] * 2 + ["caution"] * 3 + ["self-care"]
    records = cli("show", "examplin", "emptazole", *DB, "-f", "jsonl")[1].splitlines()
    assert [json.loads(record)["inn"] for record in records] == ["examplin", "emptazole"]


@pytest.mark.parametrize(
    ("flags", "bands"),
    [
        (["--common"], {"very-common", "common"}),
        (["--uncommon"], {"uncommon"}),
        (["--rare"], {"rare", "very-rare"}),
        (["--common", "--rare"], {"very-common", "common", "rare", "very-rare"}),
        (["--frequency", "rare"], {"rare"}),
        (["--frequency", "rare", "--frequency", "common"], {"rare", "common"}),
        (["--frequency", "not-known"], {"not-known"}),
        (["--at-least", "uncommon"], {"very-common", "common", "uncommon"}),
        ([], set(BANDS)),
    ],
    ids=" ".join,
)
def test_frequency_flags_add_up(cli: Cli, flags: list[str], bands: set[str]) -> None:
    code, out, _ = cli("side-effects", "examplin", *DB, *flags)
    assert code == 0
    ranges = {(row[1], row[7]) for row in lines(out)}
    # A claim is taken in if one of the bands that it may be of was asked for.
    assert bands <= {band for pair in ranges for band in pair}
    assert all(any(BANDS.index(most) <= BANDS.index(band) <= BANDS.index(least) for band in bands) for most, least in ranges)


def test_serious_effects_alone(cli: Cli) -> None:
    code, out, _ = cli("side-effects", "--serious", "examplin", *DB)
    assert (code, [row[2] for row in lines(out)]) == (0, ["example shock"])
    assert {row[5] for row in lines(out)} == {"serious"}


def test_a_filter_that_leaves_nothing_says_so(cli: Cli) -> None:
    code, out, err = cli("side-effects", "--serious", "--common", "examplin", *DB)
    assert (code, out) == (4, "")
    assert err == "drugref: examplin: no side effects of that frequency or kind recorded\n"


@pytest.mark.parametrize("part", PART_COMMANDS)
def test_nothing_recorded_never_reads_as_safe(cli: Cli, part: str) -> None:
    words = part.replace("-", " ")
    code, out, err = cli(part, "emptazole", *DB)
    assert code == 4
    assert lines(out)[0][:3] == ["emptazole", "none-recorded", NOTHING]
    assert err == f"drugref: emptazole: no {words} recorded; this is not evidence of safety\n"
    assert json.loads(cli(part, "emptazole", *DB, "--json")[1])["nothing_recorded"] == ["emptazole"]
    assert json.loads(cli(part, "emptazole", *DB, "-f", "jsonl")[1]) == {"drug": "emptazole", "nothing_recorded": part}
    assert "not evidence of safety" in cli(part, "emptazole", *DB, "-f", "table")[1]
    assert "not evidence of safety" in cli(part, "emptazole", *DB, "-f", "markdown")[1]
    assert cli(part, "emptazole", "examplin", *DB)[0] == 0


def test_drugs_without_data_are_named_when_the_whole_database_is_filtered(cli: Cli) -> None:
    code, out, err = cli("side-effects", "--common", *DB)
    assert code == 0
    assert "emptazole" not in {row[0] for row in lines(out)}
    assert "emptazole" in err
    assert "not evidence of safety" in err
    assert "emptazole" in json.loads(cli("side-effects", "--common", *DB, "--json")[1])["nothing_recorded"]


def test_an_unknown_drug_is_named_and_not_replaced(cli: Cli) -> None:
    code, out, err = cli("show", "exampline-y", "examplim", *DB)
    assert (code, out) == (3, "")
    assert "unknown drug: examplim; did you mean examplin" in err


def test_the_known_ones_are_still_printed(cli: Cli) -> None:
    code, out, err = cli("mechanism", "qqqq", "examplin", *DB)
    assert code == 3
    assert {row[0] for row in lines(out)} == {"examplin"}
    assert err == "drugref: unknown drug: qqqq\n"
    assert json.loads(cli("mechanism", "qqqq", *DB, "--json")[1])["unknown"] == [{"name": "qqqq", "near": []}]


@pytest.mark.parametrize("name", ["EXAMPLIN", "exampline", "Exämpline", "ex 1", "EX-1", "examplin  hydrochloride"])
def test_any_name_leads_to_the_drug_and_says_so(cli: Cli, name: str) -> None:
    code, out, err = cli("uses", name, *DB)
    assert (code, lines(out)[0][0]) == (0, "examplin")
    assert err == "" if name == "EXAMPLIN" else f"{name} → examplin" in err


def test_a_name_given_twice_is_answered_once(cli: Cli) -> None:
    assert cli("uses", "examplin", "EX-1", "examplin", *DB)[1] == cli("uses", "examplin", *DB)[1]


def test_names_from_standard_input(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    text = io.TextIOWrapper(io.BytesIO(b"examplin\twith\tmore\r\n\n  emptazole \n"))
    monkeypatch.setattr("sys.stdin", text)
    code, out, _ = cli("contraindications", "-", *DB)
    assert code == 0
    assert list(dict.fromkeys(row[0] for row in lines(out))) == ["examplin", "emptazole"]


def test_no_names_on_standard_input_are_no_drugs(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\n")))
    assert cli("uses", "-", *DB)[:2] == (4, "")


def test_without_names_a_part_covers_the_database(cli: Cli) -> None:
    names = {row[0] for row in lines(cli("uses", *DB)[1])}
    assert names == {row[0] for row in lines(cli("list", *DB)[1])} >= {"examplin", "emptazole", "inaperisone"}


@pytest.mark.parametrize(
    ("flags", "found"),
    [
        (["--class", "SAMPLE"], {"examplin"}), (["--atc", "x01"], {"examplin"}), (["--status", "withdrawn", "--atc", "X"], {"examplin"}),
        (["--status", "approved", "--class", "sample"], {"examplin"}), (["--class", "nosuchclass"], set()), (["--atc", "X02"], set()),
    ],
    ids=" ".join,
)  # fmt: skip
def test_list_filters(cli: Cli, flags: list[str], found: set[str]) -> None:
    code, out, _ = cli("list", *flags, *DB)
    assert {row[0] for row in lines(out)} == found
    assert code == (0 if found else 4)


class TestLayers:
    def make(self, folder: Path, name: str, text: str = "our own words") -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name}.toml"
        path.write_text(
            f'schema = 2\n[database]\nname = "{name}"\ntitle = "t"\nversion = "7"\nlicence = "l"\n[sources.s]\ntitle = "s"\n'
            f'kind = "review"\nlocator = "l"\nlicence = "l"\nretrieved = 2026-01-01\n[drugs.baclofen]\ninn = "baclofen"\n'
            f'summary = {{ text = "{text}", sources = ["s"] }}\n',
            encoding="utf-8",
        )
        return path

    def test_a_users_record_precedes_the_bundled_one_and_says_so(self, cli: Cli, home: Path) -> None:
        self.make(home, "ward")
        code, out, err = cli("show", "baclofen")
        assert code == 0
        assert "our own words" in out
        assert "database\t\tward\t7" in out
        assert err == "drugref: baclofen comes from ward; also in bundled\n"
        assert json.loads(cli("show", "baclofen", "--json")[1])["also_in"] == {"baclofen": ["bundled"]}
        assert "From ward 7; also in bundled." in cli("show", "baclofen", "-f", "table")[1].replace("\n", " ")

    def test_a_drug_is_listed_once(self, cli: Cli, home: Path) -> None:
        before = cli("list")[1]
        self.make(home, "ward")
        after = cli("list")[1]
        assert sorted(row[0] for row in lines(after)) == sorted(row[0] for row in lines(before))
        assert lines(after)[0][:2] == ["baclofen", ""]
        assert [row[0] for row in lines(cli("databases")[1])] == ["ward", "bundled"]

    def test_named_ones_come_before_all(self, cli: Cli, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.make(home, "ward")
        monkeypatch.setenv("DRUGREF_DB", str(self.make(tmp_path, "env")))
        option = self.make(tmp_path, "option")
        assert [row[0] for row in lines(cli("databases", "--db", str(option))[1])] == ["option", "env", "ward", "bundled"]
        assert "\toption\t7" in cli("show", "baclofen", "--db", str(option))[1]
        assert [row[0] for row in lines(cli("databases", "--db", str(option), "--db", str(option))[1])].count("option") == 1

    def test_an_invalid_one_is_named_and_makes_the_exit_code_5_after_the_others_have_answered(
        self, cli: Cli, home: Path
    ) -> None:
        path = self.make(home, "ward", text="")
        code, out, err = cli("show", "baclofen")
        assert (code, out.startswith("baclofen\tname\tinn\tbaclofen")) == (5, True)
        assert err.startswith(
            f'drugref: "{path}" is not valid: line 15, drugs.baclofen.summary.text: expected text that is not empty'
        )
        assert cli("databases")[0] == 5

    def test_an_edit_is_seen_at_once(self, cli: Cli, home: Path) -> None:
        self.make(home, "ward", text="first words")
        assert "first words" in cli("show", "baclofen")[1]
        self.make(home, "ward", text="later words")
        assert "later words" in cli("show", "baclofen")[1]


class TestCheck:
    def test_the_bundled_database_passes(self, cli: Cli) -> None:
        code, out, err = cli("check", str(BUNDLED))
        assert (code, out) == (0, "")
        assert err.endswith("no problems\n")
        assert "canonical" not in err

    def test_every_problem_of_every_file(self, cli: Cli, tmp_path: Path) -> None:
        for name in ("one", "two"):
            text = SAMPLE.read_text(encoding="utf-8").replace('"very-rare"', '"seldom"').replace('"rat"', '""')
            (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        code, out, _ = cli("check", str(tmp_path / "one.toml"), str(tmp_path / "two.toml"))
        assert code == 5
        assert [(Path(row[0]).name, row[2]) for row in lines(out)] == [
            (f"{name}.toml", place)
            for name in ("one", "two")
            for place in ("drugs.examplin.targets[0].detail", "drugs.examplin.side_effects[4].band")
        ]
        data = json.loads(cli("check", str(tmp_path / "one.toml"), "--json")[1])
        assert data["facts"][1]["got"] == '"seldom"'
        assert isinstance(data["facts"][1]["line"], int)

    def test_fix_writes_canonical_form_once(self, cli: Cli, tmp_path: Path) -> None:
        path = tmp_path / "mine.toml"
        text = SAMPLE.read_text(encoding="utf-8")
        path.write_text(
            text.replace('"pregnancy"', '  "  pregnancy "').replace("[sources.trial]", "\n\n[sources.trial]"), encoding="utf-8"
        )
        path.chmod(0o640)
        assert cli("check", str(path))[0] == 5
        code, out, err = cli("check", "--fix", str(path))
        assert (code, out) == (0, "")
        assert "written in canonical form" in err
        assert path.read_text(encoding="utf-8") == text
        assert path.stat().st_mode & 0o777 == 0o640
        assert "already in canonical form" in cli("check", "--fix", str(path))[2]
        assert [entry.name for entry in tmp_path.iterdir() if entry.name.startswith(".drugref")] == []

    def test_fix_leaves_alone_what_needs_a_curator(self, cli: Cli, tmp_path: Path) -> None:
        path = tmp_path / "mine.toml"
        text = SAMPLE.read_text(encoding="utf-8").replace('"very-rare"', '"seldom"')
        path.write_text(text, encoding="utf-8")
        code, _, err = cli("check", "--fix", str(path))
        assert code == 5
        assert "nothing was written" in err
        assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["mechnism"], "no command and no drug: mechnism; did you mean: drugref mechanism"),
        (["show"], "Invalid value for DRUG...: name a drug, or - to read names from standard input (see drugref show --help)"),
        (["show", "x", "--frmat", "tsv"], "No such option: --frmat"),
        (["show", "x", "--format", "xml"], "'xml' is not one of table, tsv, csv, json, jsonl, markdown, html, plain"),
        (
            ["side-effects", "--frequency", "often"],
            "'often' is not one of very-common, common, uncommon, rare, very-rare, not-known",
        ),
        (["list", "--status", "fine"], "'fine' is not one of approved"),
        (["show", "x", "--color", "red"], "'red' is not one of auto, always, never"),
        (["help", "\x1b[31m"], "no such command: \\x1b[31m (see drugref --help)"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_usage_errors_are_one_line_and_exit_2(cli: Cli, arguments: list[str], words: str) -> None:
    code, out, err = cli(*arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1
    assert "\x1b" not in err


@pytest.mark.parametrize("name", ["nosuch", "\x1b[31m", "no such drug"])
def test_what_is_no_command_is_a_name(cli: Cli, name: str) -> None:
    code, out, err = cli(name)
    assert (code, out) == (3, "")
    assert err.startswith("drugref: unknown drug: ")
    assert "\x1b" not in err


def test_choices_are_those_of_the_model() -> None:
    from typing import get_args

    from drugref import model

    assert get_args(model.StatusKind) == STATUSES
    assert get_args(model.Band) == BANDS


def test_help_and_version(cli: Cli) -> None:
    assert cli("--version") == (0, "drugref 0.1.0\n", "")
    code, out, _ = cli()
    assert (code, out) == (0, cli("--help")[1])
    for command in COLUMNS:
        assert command in out
        assert "Usage: drugref " + command in cli(command, "-h")[1]
