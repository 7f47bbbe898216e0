"""Output held to the letter: every format of the sample and of inaperisone, and pages at four widths.

``pytest --write-goldens`` writes the files anew.
"""

import re
from pathlib import Path

import pytest

from drugref.render.html import STYLE
from drugref.spec import FORMATS
from tests.conftest import LABELS, ROOT, SAMPLE, Cli

GOLDENS = ROOT / "tests" / "goldens"
WIDTHS = (60, 80, 120, 200)
MACHINE = [name for name in FORMATS if name != "table"]
DB = ("--db", str(SAMPLE))

CASES: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {}
for drug, options in (("examplin", DB), ("inaperisone", ())):
    for shown_as in MACHINE:
        CASES[f"show-{drug}.{shown_as}"] = {}, ("show", drug, "-f", shown_as, *options)
for drug, options in (("examplin", DB), ("inaperisone", ()), ("baclofen", ())):
    for width in WIDTHS:
        CASES[f"show-{drug}-{width}.txt"] = {"COLUMNS": str(width)}, ("show", drug, "--all", "-f", "table", *options)
        CASES[f"card-{drug}-{width}.txt"] = {"COLUMNS": str(width)}, ("show", drug, "-f", "table", *options)
for width in (60, 100):
    CASES[f"label-page-{width}.txt"] = (
        {"COLUMNS": str(width)},
        ("show", "fictamol", "--all", "-f", "table", "--db", str(LABELS)),
    )
CASES["label-page.markdown"] = {}, ("show", "fictamol", "-f", "markdown", "--db", str(LABELS))
for command in ("mechanism", "uses", "side-effects", "contraindications"):
    CASES[f"{command}-examplin.tsv"] = {}, (command, "examplin", *DB)
    CASES[f"{command}-examplin.json"] = {}, (command, "examplin", "--json", *DB)
    CASES[f"{command}-both-80.txt"] = {"COLUMNS": "80"}, (command, "emptazole", "examplin", "-f", "table", *DB)
CASES["show-examplin-ascii-80.txt"] = {"COLUMNS": "80", "LC_ALL": "C"}, ("show", "examplin", "--all", "-f", "table", *DB)
CASES["show-examplin-color-80.ansi"] = {"COLUMNS": "80"}, ("show", "examplin", "--all", "-f", "table", "--color", "always", *DB)
CASES["card-examplin-color-80.ansi"] = {"COLUMNS": "80"}, ("show", "examplin", "-f", "table", "--color", "always", *DB)
CASES["side-effects-common-tizanidine-60.txt"] = {"COLUMNS": "60"}, ("side-effects", "--common", "tizanidine", "-f", "table")
for width in WIDTHS:
    environment = {"COLUMNS": str(width)}
    CASES[f"compare-{width}.txt"] = environment, ("compare", "atorvastatin", "simvastatin", "-f", "table", "--differences")
    CASES[f"screen-{width}.txt"] = environment, (
        "screen", "--drug", "tizanidine", "--drug", "ciprofloxacin", "--drug", "silperisone", "--condition", "pregnancy", "-f", "table",
    )  # fmt: skip
    CASES[f"search-{width}.txt"] = environment, ("search", '"malignant hyperthermia"', "-f", "table")
    CASES[f"effect-{width}.txt"] = (
        environment,
        ("side-effects", "--effect", "dry mouth", "--at-least", "uncommon", "-f", "table"),
    )
CASES["compare-four-60.txt"] = {"COLUMNS": "60"}, ("compare", "baclofen", "tizanidine", "dantrolene", "diazepam", "-f", "table")
for width in (60, 120):
    CASES[f"common-of-all-{width}.txt"] = {"COLUMNS": str(width)}, ("side-effects", "--common", "-f", "table")
CASES["classes-80.txt"] = {"COLUMNS": "80"}, ("classes", "-f", "table")
for shown_as in MACHINE:
    CASES[f"compare.{shown_as}"] = {}, ("compare", "examplin", "emptazole", "-f", shown_as, *DB)
    CASES[f"screen.{shown_as}"] = (
        {},
        ("screen", "--drug", "examplin", "--drug", "emptazole", "--condition", "pregnancy", "-f", shown_as, *DB),
    )
CASES["list-60.txt"] = {"COLUMNS": "60"}, ("list", "-f", "table", "--class", "sample", *DB)
CASES["list-120.txt"] = {"COLUMNS": "120"}, ("list", "-f", "table", "--class", "sample", *DB)
for shown_as in ("jsonl", "fhir"):
    CASES[f"export-sample.{shown_as}"] = {}, ("export", "-f", shown_as, *DB)
    CASES[f"export-labels.{shown_as}"] = {}, ("export", "-f", shown_as, "--db", str(LABELS))
CASES["sources-examplin-120.txt"] = {"COLUMNS": "120"}, ("sources", "examplin", "-f", "table", *DB)


@pytest.mark.parametrize("name", CASES)
def test_output(name: str, cli: Cli, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    environment, arguments = CASES[name]
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    code, out, _ = cli(*arguments)
    assert code == 0
    if name.endswith(".html"):
        assert out.count(STYLE) == 1
        out = out.replace(STYLE, "")  # which its source holds
    if name.startswith("common-of-all"):
        out = "\n".join(out.split("\n")[:200])  # the beginning shows the form; the whole grows with the database
    golden = GOLDENS / name
    if request.config.getoption("--write-goldens"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(out.encode("utf-8"))
    assert out == golden.read_bytes().decode("utf-8")


def test_every_golden_has_a_case() -> None:
    assert sorted(path.name for path in GOLDENS.iterdir() if path.is_file()) == sorted(CASES)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("drug", ["examplin", "inaperisone", "baclofen"])
def test_no_line_is_wider_than_the_terminal(drug: str, width: int) -> None:
    from rich.cells import cell_len

    text = (GOLDENS / f"show-{drug}-{width}.txt").read_text(encoding="utf-8")
    assert max(map(cell_len, text.splitlines())) <= min(width, 120)


@pytest.mark.parametrize("name", [name for name in CASES if re.fullmatch(r"show-\w+-\d+\.txt", name)])
def test_nothing_is_cut(name: str) -> None:
    """Every word of the widest page stands on each narrower one, in its order or folded."""
    drug = name.split("-")[1]
    page = _letters((GOLDENS / name).read_text(encoding="utf-8"))
    facts = (GOLDENS / f"show-{drug}-200.txt").read_text(encoding="utf-8")
    missing = [word for word in re.findall(r"\w{4,14}", facts) if word not in page]
    assert missing == []


def _letters(text: str) -> str:
    """Join lines so that folded words are whole again, and keep them apart as well."""
    return text + re.sub(r"\s+", "", text)


def test_ascii_is_ascii() -> None:
    assert Path(GOLDENS / "show-examplin-ascii-80.txt").read_bytes().isascii()


def test_colour_changes_nothing_but_colour() -> None:
    colored = (GOLDENS / "show-examplin-color-80.ansi").read_text(encoding="utf-8")
    plain = re.sub(r"\x1b\[[0-9;]*m", "", colored)
    stripped = "\n".join(line.rstrip() for line in plain.split("\n"))
    assert stripped == (GOLDENS / "show-examplin-80.txt").read_text(encoding="utf-8")
    assert set(re.findall(r"\x1b\[[^m]*m", colored)) <= {f"\x1b[{code}m" for code in ("0", "1", "2", "3", "1;97;41")}
