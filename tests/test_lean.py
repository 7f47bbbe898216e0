"""The lean path and the Typer app are one program: the same bytes, messages and exit code for every plain argument list."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drugref import __main__
from tests.conftest import Cli

NAMES = [
    "baclofen",
    "Zanaflex",
    "HY-770",
    "inaperisone",
    "tazanidine",
    "",
    " ",
    "nosuch drug",
    "silperisone",
    "ÉPERISONE",
    "bac\x07",
    "0",
]
arguments = st.tuples(
    st.sampled_from(sorted(__main__.LEAN)),
    st.lists(
        st.one_of(st.sampled_from(NAMES), st.text(max_size=8).filter(lambda name: not name.startswith("-"))),
        min_size=1,
        max_size=3,
    ),
).map(lambda pair: [pair[0], *pair[1]])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(arguments)
def test_both_ways_say_the_same(cli: Cli, words: list[str]) -> None:
    lean = cli(*words)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(__main__, "LEAN", frozenset())
        assert cli(*words) == lean


def test_the_lean_path_is_taken(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(__main__, "_typer", lambda _: 99)
    assert cli("show", "baclofen")[0] == 0
    assert cli("show", "baclofen", "--json")[0] == 99
    assert cli("show", "-")[0] == 99
    assert cli("show")[0] == 99
    assert cli("list")[0] == 99
