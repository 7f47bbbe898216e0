"""The documentation is run: transcripts print what they say, every command, option and column is described.

``pytest --write-goldens`` writes what is generated into README.md and docs/ anew.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow
import pytest

from drugref import model
from drugref.cli import app
from drugref.curated.schema import descriptions
from drugref.curated.validate import load
from drugref.export import facts, parquet
from drugref.model import key_of
from drugref.spec import COLUMNS
from tests.conftest import BUNDLED, ROOT, Cli
from tools.coverage import page

README = ROOT / "README.md"
DOCS = ROOT / "docs"
PAGES = [README, *sorted(DOCS.glob("*.md"))]
TEXT = "".join(path.read_text(encoding="utf-8") for path in PAGES)
TRANSCRIPT = re.compile(r"```console\n\$ (.*?)\n.*?```", re.DOTALL)


def told(new: str, request: pytest.FixtureRequest, path: Path = README) -> None:
    if request.config.getoption("--write-goldens"):
        path.write_text(new, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == new, "run: pytest --write-goldens"


def between(start: str, new: str, end: str, path: Path = README) -> str:
    """Return a page with what stands between two marks replaced; each mark stands there once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(start) == text.count(end) == 1
    head, rest = text.split(start)
    return head + start + new + end + rest.split(end)[1]


def test_the_page_is_what_show_prints(cli: Cli, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    def page(match: re.Match[str]) -> str:
        return f"<!-- page: {match[1]} -->\n```text\n$ drugref {match[1]}\n{cli(*match[1].split(), '-f', 'table')[1]}```"

    text, count = re.subn(r"<!-- page: (.*?) -->\n```text\n.*?```", page, README.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert count == 1
    told(text, request)


@pytest.mark.skipif(not shutil.which("jq"), reason="a transcript uses jq, which is not installed")
@pytest.mark.parametrize(
    "path", [path for path in PAGES if "```console" in path.read_text(encoding="utf-8")], ids=lambda path: path.name
)
def test_transcripts(path: Path, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    command = tmp_path / "drugref"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m drugref "$@"\n')
    command.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT / "src")}

    def run(match: re.Match[str]) -> str:
        line = match[1]
        done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, env=environment, check=False)
        assert done.returncode == 0, done.stderr
        assert done.stdout
        return f"```console\n$ {line}\n{done.stderr}{done.stdout}```"

    text, count = TRANSCRIPT.subn(run, path.read_text(encoding="utf-8"))
    assert count
    told(text, request, path)


def test_there_are_transcripts() -> None:
    assert len(TRANSCRIPT.findall(TEXT)) > 8


def test_the_readme_is_short_and_its_tasks_work(cli: Cli) -> None:
    text = README.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 200
    table = text.split("<!-- tasks -->")[1].split("\n\n")[0]
    rows = [line for line in table.splitlines() if "`drugref" in line]
    assert len(rows) == 10
    for line in re.findall(r"`(drugref [^`]*)`", table):
        assert cli(*shlex.split(line)[1:])[0] == 0, line


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    for link in re.findall(r"\]\(([^)]+)\)", path.read_text(encoding="utf-8")):
        place, _, part = link.partition("#")
        if place.startswith(("http", "mailto")):
            continue
        target = path.parent / place if place else path
        assert target.exists(), link
        if part:
            titles = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert part in [re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles], link


def test_the_picture_is_what_is_printed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    from tools.picture import COMMAND, picture

    told(picture(), request, DOCS / "side-effects.svg")
    assert f"![drugref {' '.join(COMMAND)}" in README.read_text(encoding="utf-8")
    assert (DOCS / "side-effects.svg").stat().st_size < 20_000


def test_columns_are_described(request: pytest.FixtureRequest) -> None:
    rows = [f"| {command} | {', '.join(columns)} |" for command, columns in COLUMNS.items()]
    table = "\n".join(["| command | columns |", "|---|---|", *rows])
    path = DOCS / "using.md"
    told(between("<!-- columns -->\n", f"{table}\n", "\nA part", path), request, path)


def test_columns_of_an_export_are_described(request: pytest.FixtureRequest) -> None:
    def meaning(column: facts.Column) -> str:
        if column.attribute is None:
            return column.meaning
        return " ".join(descriptions(column.attribute[0])[column.attribute[1]].split())

    def rows(types: Any, held: dict[str, facts.Column], within: str) -> Iterator[str]:
        for type_, (name, column) in zip(types, held.items(), strict=True):
            each = type_.type.value_type if pyarrow.types.is_list(type_.type) else type_.type
            kind = "struct" if pyarrow.types.is_struct(each) else str(each)
            kind = f"list of {kind}" if each != type_.type else kind
            yield f"| `{within}{name}` | {kind}{'' if type_.nullable else ', never null'} | {meaning(column)} |"
            if isinstance(column.hint, facts.Nested):
                yield from rows(each, column.hint.columns, f"{name}.")

    table = "\n".join(["| column | type in Parquet | meaning |", "|---|---|---|", *rows(parquet.schema(), facts.columns(), "")])
    path = DOCS / "export.md"
    told(between("<!-- export -->\n", f"{table}\n", "\nA column", path), request, path)


def test_figures_on_the_database(request: pytest.FixtureRequest) -> None:
    document, _ = load(BUNDLED.read_text(encoding="utf-8"))
    assert document is not None
    kinds = Counter(source.kind for source in document.sources.values())
    effects = [effect for drug in document.drugs.values() for effect in drug.side_effects]
    sentence = (
        f"Version {document.database.version} has {len(document.drugs)} drugs and {len(document.sources)} sources "
        f"({', '.join(f'{count} {kind}' for kind, count in kinds.most_common())}); of {len(effects)} side effects "
        f"{sum(effect.incidence is not None for effect in effects)} have an incidence and "
        f"{sum(effect.basis == 'wording' for effect in effects)} rest on wording alone."
    )
    told(between("<!-- facts -->\n", f"{sentence}\n", "\n- **Sources"), request)


def test_every_command_and_option_is_described(cli: Cli) -> None:
    names = [str(info.name) for info in app.registered_commands]
    # The columns of export have types, in a table of their own; import prints nothing.
    assert sorted(names) == sorted([*COLUMNS, "export", "import"])
    for name in names:
        assert f"drugref {name}" in TEXT or name in ("mechanism", "uses", "contraindications")
        for option in re.findall(r"--[a-z-]+", cli(name, "--help")[1]):
            assert option in TEXT or option in ("--help", "--color", "--format"), option


def test_every_key_is_in_contributing() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for field in model.Drug.__dataclass_fields__:
        assert f"`{key_of(field)}`" in text
    for field in (
        *model.SideEffect.__dataclass_fields__,
        *model.Source.__dataclass_fields__,
        *model.Status.__dataclass_fields__,
    ):
        assert f"`{field}`" in text


def test_ci_calls_the_readmes_commands() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for pattern in re.findall(r"grep -m 1 '(.*?)' README.md", script):
        assert len(re.findall(pattern, README.read_text(encoding="utf-8"), flags=re.MULTILINE)) == 1


def test_the_table_of_coverage_is_current(request: pytest.FixtureRequest) -> None:
    path = ROOT / "docs" / "coverage.md"
    if request.config.getoption("--write-goldens"):
        path.write_text(page(), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == page(), "run: python -m tools.coverage > docs/coverage.md"
