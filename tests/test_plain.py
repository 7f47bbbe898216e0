"""Plain lines: one sentence each, signs as words, nothing drawn."""

import re

import pytest

from drugref import terminal
from drugref.render.plain import spoken
from tests.conftest import Cli


@pytest.mark.parametrize(
    "command",
    ["show baclofen", "show inaperisone", "side-effects --common", "list", "compare baclofen tizanidine", "search pain",
     "screen baclofen diazepam", "side-effects --effect nausea", "classes", "databases"],
)  # fmt: skip
def test_nothing_is_drawn(cli: Cli, command: str) -> None:
    out = cli(*command.split(), "--plain")[1]
    assert not re.search(r"[\u2190-\u21ff\u2300-\u27bf\ue000-\uf8ff\x1b|]|\[\d+\]|  ", out)
    for line in filter(None, out.splitlines()):
        assert line.endswith((".", "!", "?", ":")), line
        assert line == line.strip()


def test_every_line_says_by_itself_what_it_is_of(cli: Cli) -> None:
    lines = cli("side-effects", "baclofen", "--common", "--plain")[1].splitlines()
    assert any(re.match(r"very common, at least 1 in 10: nausea.* patients 4 to 12 %\.", line) for line in lines)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("10–63 % vs < 5 %", "10 to 63 % versus below 5 %"),
        ("≥ 1 in 100 – often", "at least 1 in 100, often"),
        ("1.5 ± 0.4 L/kg", "1.5 plus or minus 0.4 L/kg"),
        ("(±)-4′-ethyl", "(±)-4′-ethyl"),
        ("liver · kidney › gut", "liver, kidney, gut"),
        ("▲ ░███", " "),
    ],
)
def test_signs_are_said(text: str, said: str) -> None:
    assert spoken(text) == said


@pytest.mark.parametrize(
    ("environment", "usual"),
    [({}, "table"), ({"DRUGREF_PLAIN": "1"}, "plain"), ({"TERM": "dumb"}, "plain"), ({"DRUGREF_PLAIN": ""}, "table")],
)
def test_a_terminal_may_want_it(environment: dict[str, str], usual: str, monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert "\t" in cli("uses", "baclofen")[1]  # a pipe has lines for programs whatever is wanted
    monkeypatch.setattr(terminal, "is_terminal", lambda: True)
    assert cli("uses", "baclofen", "--no-pager")[1] == cli("uses", "baclofen", "-f", usual, "--no-pager")[1]
    assert cli("uses", "baclofen", "-f", "tsv")[1].count("\t") > 5
