"""The lean reader and the Typer app are one program: the same request, bytes, messages and exit code for every argument list."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drugref import __main__, spec
from tests.conftest import Cli

NAMES = ["baclofen", "Zanaflex", "HY-770", "tazanidine", "", " ", "nosuch drug", "ÉPERISONE", "bac\x07", "0", "-", "común"]
words = st.one_of(st.sampled_from(NAMES), st.text(max_size=8).filter(lambda name: not name.startswith("-")))


def given_as(option: spec.Option) -> st.SearchStrategy[list[str]]:
    """Return ways to give an option, right ones and wrong ones."""
    flags = st.sampled_from([flag for flags in option.flags for flag in flags.split("/")])
    if not option.takes:
        return flags.map(lambda flag: [flag])
    values = st.sampled_from([*option.choices, "often"]) if option.choices else words
    if option.takes == "number":
        values = st.sampled_from(["0", "3", "-1", "x", "١", "99999999999999999999", "1.5", "", " 2"])
    return st.tuples(flags, values).map(list)


@st.composite
def command_lines(draw: st.DrawFn) -> list[str]:
    name = draw(st.sampled_from(sorted(spec.COMMANDS)))
    command = spec.COMMANDS[name]
    pieces = [[word] for word in draw(st.lists(words, max_size=3))]
    if command.options:
        pieces += draw(st.lists(st.sampled_from(command.options).flatmap(given_as), max_size=3))
    pieces += draw(st.lists(st.sampled_from([["--"], ["--nosuch"], ["-x"], ["--db"], ["--help"]]), max_size=1)) * draw(
        st.sampled_from([0, 0, 0, 1])
    )
    return [name, *(word for piece in draw(st.permutations(pieces)) for word in piece)]


@pytest.fixture
def made() -> Iterator[list[spec.Request]]:
    """What would be carried out, were requests carried out."""
    requests: list[spec.Request] = []

    def note(request: spec.Request) -> int:
        requests.append(request)
        return 0

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("drugref.run.run", note)
        yield requests


@settings(max_examples=6 * settings().max_examples, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(command_lines())
def test_both_ways_make_the_same_request(made: list[spec.Request], line: list[str]) -> None:
    read = spec.read(line)
    if read is None:
        return  # Typer's to tell
    made.clear()
    assert __main__._typer(line) == 0
    (typer,) = made
    assert told(read) == told(typer)


def told(request: spec.Request) -> tuple[str, list[str], dict[str, Any]]:
    return request.command, request.names, request.values


def every_option() -> Iterator[list[str]]:
    for name, command in spec.COMMANDS.items():
        beside = ["x"] if command.argument else []
        yield [name, *beside]
        for option in command.options:
            for flag in (flag for flags in option.flags for flag in flags.split("/")):
                value = {"": [], "number": ["3"]}.get(option.takes, [option.choices[0] if option.choices else "x"])
                yield [name, *beside, flag, *value]


@pytest.mark.parametrize("line", list(every_option()), ids=" ".join)
def test_every_option_is_read_without_typer(line: list[str], made: list[spec.Request]) -> None:
    made.clear()
    read = spec.read(line)
    assert read
    assert __main__._typer(line) == 0
    assert told(read) == told(made[0])


@settings(max_examples=settings().max_examples // 2 + 10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.tuples(
        st.sampled_from(["show", "mechanism", "side-effects", "contraindications", "search", "compare", "sources"]),
        st.lists(words.filter(lambda word: word != "-"), min_size=1, max_size=3),
        st.sampled_from([[], ["--json"], ["-f", "csv"], ["--header"], ["-f", "markdown"]]),
    ).map(lambda parts: [parts[0], *parts[1], *parts[2]])
)
def test_both_ways_say_the_same(cli: Cli, line: list[str]) -> None:
    lean = cli(*line)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spec, "read", lambda _: None)
        assert cli(*line) == lean


@pytest.mark.parametrize(
    "line",
    [
        "show",
        "show --help",
        "nosuch",
        "show baclofen --nosuch",
        "show baclofen -f yaml",
        "search x --limit x",
        "--version",
        "list x",
    ],
)
def test_what_is_wrong_or_asks_for_help_is_typers(line: str) -> None:
    assert spec.read(line.split()) is None
