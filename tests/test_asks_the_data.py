"""Printed lines are for people and scripts; drugref itself asks the data, and says what it has to say once."""

import sqlite3
from pathlib import Path

import pytest

from drugref import places, query
from tests.conftest import SAMPLE, Cli

TRICKY = """schema = 2

[database]
name = "tricky"
title = "Text that looks like data"
version = "1"
licence = "CC0-1.0"

[sources.s]
title = "s"
kind = "regulator"
locator = "s"
licence = "s"
retrieved = 2026-11-22

[drugs.trickol]
inn = "trickol"
class = { path = ["macromolecules", "agents > 5 kDa"], sources = ["s"] }
status = [
  { status = "withdrawn", where = "Utopia; approved (elsewhere)", sources = ["s"] },
]
"""


@pytest.fixture
def tricky(tmp_path: Path) -> str:
    path = tmp_path / "tricky.toml"
    path.write_text(TRICKY)
    return str(path)


def test_a_status_is_not_read_out_of_the_text_of_a_place(cli: Cli, tricky: str) -> None:
    assert "trickol" not in cli("list", "--status", "approved", "--db", tricky)[1]
    assert "trickol" in cli("list", "--status", "withdrawn", "--db", tricky)[1]


def test_a_class_with_a_sign_in_its_name_stays_one(cli: Cli, tricky: str) -> None:
    assert "agents > 5 kDa\t1\tmacromolecules\t" in cli("classes", "--db", tricky)[1]


@pytest.mark.parametrize("shown_as", ["tsv", "table", "json"])
def test_after_damage_is_mended_everything_is_said_once(shown_as: str, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = [True, True]

    def damaged(found: query.Found, sql: str) -> str:
        if broken.pop() if broken else False:
            raise sqlite3.DatabaseError("damaged")
        return str(found.store.connection.execute(sql, (found.id,)).fetchone()[0])

    monkeypatch.setattr(query, "_one", damaged)
    monkeypatch.setattr(places, "databases", lambda *_: [str(SAMPLE)])  # what comes with drugref would be made anew as well
    broken.pop()
    code, out, err = cli("show", "Exämpline", "nosuch", "--db", str(SAMPLE), "-f", shown_as)
    assert broken == []
    assert code == 3
    assert out
    assert err.splitlines() == ["drugref: Exämpline → examplin (spelling)", "drugref: unknown drug: nosuch"]
