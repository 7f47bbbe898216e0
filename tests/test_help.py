"""Help: two examples of each command that work, whole sentences, what to type first, and where doses are."""

import os
import shlex
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from drugref import spec, terminal
from drugref.examples import EXAMPLES
from drugref.first import DOSE_WORDS, WELCOME
from tests.conftest import SAMPLE, Cli

IMPORTS = SAMPLE.parent / "import"


def test_every_command_has_two() -> None:
    assert list(EXAMPLES) == list(spec.COMMANDS)
    for name, examples in EXAMPLES.items():
        assert len(set(examples)) == 2
        assert all(shlex.split(example)[:2] == ["drugref", name] for example in examples)


@pytest.mark.parametrize("name", EXAMPLES)
def test_help_ends_with_them(name: str, cli: Cli) -> None:
    out = cli(name, "--help")[1]
    assert out.endswith("".join(f"    {example}\n" for example in EXAMPLES[name]))
    assert "..." not in out.replace("...]", "").replace("...\n", "").replace("...  ", "")


@pytest.fixture
def ward(tmp_path: Path) -> Path:
    """A folder with the files that examples name."""
    (tmp_path / "mine.toml").write_bytes(SAMPLE.read_bytes())
    for source, name in (("openfda", "drug-label-0001-of-0013.json.zip"), ("dailymed", "dm_spl_release_human_rx_part1.zip")):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for path in sorted((IMPORTS / source).rglob("*")):
                if path.suffix in (".json", ".xml"):
                    archive.write(path, path.name)
    return tmp_path


@pytest.mark.parametrize("example", [example for examples in EXAMPLES.values() for example in examples])
def test_it_works(example: str, ward: Path) -> None:
    arguments = shlex.split(example)[1:]
    command = [sys.executable, "-m", "drugref"]
    if "--remove" in arguments:
        subprocess.run([*command, *shlex.split(EXAMPLES["import"][1])[1:]], cwd=ward, capture_output=True, check=True)
    done = subprocess.run(
        [*command, *arguments],
        cwd=ward,
        input=f"{arguments[-1]}\n",
        capture_output=True,
        text=True,
        check=False,
        env=os.environ,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout or done.stderr


def test_the_list_of_commands_says_whole_sentences(cli: Cli) -> None:
    out = " ".join(cli("--help")[1].split())
    for command in spec.COMMANDS.values():
        assert command.help in out


def test_alone_on_a_terminal_it_says_what_to_type(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli()[1] == cli("--help")[1]
    monkeypatch.setattr(terminal, "is_terminal", lambda: True)
    assert cli() == (0, WELCOME, "")
    assert len(WELCOME.splitlines()) <= 10
    assert max(map(len, WELCOME.splitlines())) < 80
    for line in WELCOME.splitlines():
        if line.startswith("  drugref ") and "--help" not in line:
            assert cli(*shlex.split(line.split("   ")[0])[1:])[0] == 0


@pytest.mark.parametrize(
    "line", ["dose", "dosage baclofen", "Dosing", "show baclofen dosage", "baclofen dose", "uses Dose", "DOSE baclofen"]
)
def test_doses_are_left_out_on_purpose(line: str, cli: Cli) -> None:
    code, out, err = cli(*line.split())
    assert (code, out) == (4, "")
    assert "left out on purpose" in err
    assert "section 4.2" in err


@pytest.mark.parametrize("line", ["search dosage", "side-effects --effect dose", "check dose", "show overdose"])
def test_other_uses_of_the_words_are_left_alone(line: str, cli: Cli) -> None:
    assert "on purpose" not in cli(*line.split())[2]


def test_no_drug_is_called_so(cli: Cli) -> None:
    names = cli("list")[1].casefold().replace(";", "\t").split("\t")
    assert DOSE_WORDS.isdisjoint(map(str.strip, names))
