"""What a user types, or a file is called, never reaches standard output or standard error with a control character in it."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
import typer

from drugref import places
from drugref.cli import app
from drugref.spec import FORMATS
from drugref.text import is_unsafe
from tests.conftest import SAMPLE, Cli

HOSTILE = ("\x1b]0;PWN\x07 \x9b31m", "pain\u202egnp\r\x1b[2Kfine\x7f", "\x00\ud8ff")
COMMANDS: dict[str, typer.core.TyperCommand] = typer.main.get_group(app).commands  # type: ignore[assignment]
BESIDE = {
    "compare": ["baclofen", "tizanidine"],
    "export": ["baclofen", "--format", "jsonl"],
    "import": [str(SAMPLE.parent / "import" / "openfda")],
    "screen": ["--drug", "baclofen"],
    "search": ["pain"],
}
"""What a command needs beside an option in order to answer."""


def takes_words() -> Iterator[tuple[str, str | None]]:
    """Yield every command with each of its options and arguments that takes a word; None stands for an argument."""
    for name, command in COMMANDS.items():
        for parameter in command.params:
            if parameter.param_type_name == "argument":
                yield name, None
            elif parameter.type.name != "boolean":
                yield name, parameter.opts[0]


def shows(text: str) -> str:
    return "".join(char for char in text if is_unsafe(char) and char not in "\n\r\t")


def formats(command: str) -> list[list[str]]:
    options = [option for parameter in COMMANDS[command].params for option in parameter.opts]
    return [["-f", name] for name in FORMATS] if "--color" in options else [[]]


@pytest.mark.parametrize(("command", "option"), list(takes_words()), ids=lambda value: value or "argument")
def test_a_word_is_shown_without_control_characters(
    command: str, option: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    monkeypatch.chdir(tmp_path)
    if command == "check":  # it reads all that it checks, each time
        monkeypatch.setattr(places, "bundled", lambda: str(SAMPLE))
    for word, chosen in product(HOSTILE, formats(command)):
        said = [word, word] if option is None else [*BESIDE.get(command, []), option, word]
        _, out, err = cli(command, *said, *([] if option == "--format" else chosen))
        assert shows(out) == "" == shows(err)


@pytest.mark.parametrize("shown_as", FORMATS)
def test_a_file_name_is_shown_without_control_characters(shown_as: str, tmp_path: Path, cli: Cli) -> None:
    named = tmp_path / "\x1b]0;PWN\x07.toml"
    named.write_bytes(SAMPLE.read_bytes())
    for arguments in (["databases", "--db"], ["check"], ["show", "examplin", "--db"], ["sources", "examplin", "--db"]):
        _, out, err = cli(*arguments, str(named), "-f", shown_as)
        assert shows(out) == "" == shows(err)


def test_there_are_words_to_try() -> None:
    assert len(list(takes_words())) > 20
    assert len(COMMANDS) > 12
