"""What opens a database closes it, so that the warnings of any Python stay errors."""

import sqlite3
from pathlib import Path

import pytest

from drugref import complete, errors, library, store
from tests.conftest import SAMPLE, Cli


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[store.Store]:
    """The stores that are opened from now on."""
    found: list[store.Store] = []
    make = store.Store.__init__

    def note(self: store.Store, *values: object) -> None:
        make(self, *values)  # type: ignore[arg-type]
        found.append(self)

    monkeypatch.setattr(store.Store, "__init__", note)
    return found


def is_closed(one: store.Store) -> bool:
    try:
        one.connection.execute("SELECT 1")
    except sqlite3.ProgrammingError:
        return True
    return False


def test_a_store_is_closed_at_the_end_of_its_block() -> None:
    with store.open_store(str(SAMPLE)) as one:
        assert one.meta("name") == "sample"
    assert is_closed(one)
    one.close()


@pytest.mark.parametrize(
    "line",
    ["show baclofen", "show nosuch", "side-effects --effect nausea", "list --use spasticity", "search pain", "classes",
     "compare baclofen tizanidine", "screen --drug baclofen --condition epilepsy", "databases", "export -f jsonl baclofen"],
)  # fmt: skip
def test_every_command_closes_what_it_opens(cli: Cli, opened: list[store.Store], line: str) -> None:
    cli(*line.split(), "--db", str(SAMPLE))
    assert opened
    assert all(map(is_closed, opened))


def test_completion_and_the_library_close_too(opened: list[store.Store], tmp_path: Path) -> None:
    complete.drugs("bacl")
    with library.open_database(str(SAMPLE)) as database:
        assert not any(map(is_closed, opened[-2:]))
        assert "examplin" in database
    with pytest.raises(errors.DrugrefError):
        library.open_database(str(SAMPLE), str(tmp_path / "none.toml"))
    assert all(map(is_closed, opened))


def test_what_cannot_be_read_is_closed(opened: list[store.Store], tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "x.sqlite").write_bytes(b"no")
    (tmp_path / "x.toml").write_bytes(b"no")
    for name in ("x.sqlite", "x.toml"):
        assert cli("show", "baclofen", "--db", str(tmp_path / name))[0] in (1, 5)
    assert all(map(is_closed, opened))
