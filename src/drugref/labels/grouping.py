"""Labels gathered by what is in them: of each ingredient set the best label, its brands, and how many labels there are.

All of it is kept in a temporary file, so that memory grows neither with the labels nor with the ingredient sets.
"""

import sqlite3
from collections.abc import Callable, Iterator
from typing import NamedTuple

Score = tuple[int, str, str]
"""How well a label speaks for its ingredients: completeness, date (YYYYMMDD), identifier; more is better.

Versions of one label, which have its identifier in common, are never weighed by completeness: the newest one is the label.
"""
_BATCH = 4096
"""Rows that are written at once."""
_HELD = 3
"""Labels of a group that are kept: the best, and those that it is held against or yields to when a newer version has less."""
_MOST = 10_000
"""Brands of one record, and codes, the first by name; real ones have some hundreds at most."""


class Group(NamedTuple):
    """The labels of one ingredient set."""

    inn: str
    """The name of the record that they become."""
    payload: bytes
    """The best label, as it was offered."""
    labels: int
    """How many there are, versions of one label counted once."""
    brands: tuple[str, ...]
    """Brands of all of them, in alphabetical order."""
    codes: tuple[str, ...]
    """National Drug Codes of the products of all of them, without their packages, in order."""
    others: tuple[bytes, ...] = ()
    """The next best labels, as they were offered, two at most."""


class Groups:
    """Labels by ingredient set; a context manager, because it holds a temporary file.

    A label whose ingredients are known by identifiers is offered under these; another is offered under an alias, such as its
    ingredients' names, and goes to whom that alias turns out to belong when all are read.
    """

    def __init__(self) -> None:
        self._rows: dict[str, set[tuple[str, str]]] = {"label": set(), "brand": set(), "code": set(), "alias": set()}
        self.offered = 0
        """How many labels were offered, versions of one label counted each."""
        self._connection = sqlite3.connect("", isolation_level=None)  # a file that SQLite makes and removes
        self._connection.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8192; PRAGMA temp_store = FILE;"
            "CREATE TABLE best(key TEXT, complete INTEGER, day TEXT, id TEXT, inn TEXT, payload BLOB);"
            "CREATE INDEX best_key ON best(key, complete, day, id);"
            "CREATE TABLE newest(id TEXT PRIMARY KEY, day TEXT, complete INTEGER, key TEXT) WITHOUT ROWID;"
            "CREATE TABLE label(key TEXT, value TEXT, PRIMARY KEY(key, value)) WITHOUT ROWID;"
            "CREATE TABLE brand(key TEXT, value TEXT, PRIMARY KEY(key, value)) WITHOUT ROWID;"
            "CREATE TABLE code(key TEXT, value TEXT, PRIMARY KEY(key, value)) WITHOUT ROWID;"
            "CREATE TABLE alias(key TEXT, value TEXT, PRIMARY KEY(key, value)) WITHOUT ROWID;"
            "CREATE TABLE member(inn TEXT, key TEXT, PRIMARY KEY(inn, key)) WITHOUT ROWID; BEGIN"
        )

    def __enter__(self) -> "Groups":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def offer(
        self,
        key: str,
        inn: str,
        score: Score,
        payload: Callable[[], bytes],
        brands: tuple[str, ...],
        codes: tuple[str, ...] = (),
    ) -> None:
        """Enter a label; ``payload`` is asked for if it is among the best of its group yet and no newer version was offered."""
        self.offered += 1
        complete, day, label = score
        self._enter("label", key, label)
        run = self._connection.execute
        held = run("SELECT day, complete, key FROM newest WHERE id = ?", (label,)).fetchone()
        if held and (day, complete) < held[:2]:
            return
        run("INSERT OR REPLACE INTO newest VALUES(?, ?, ?, ?)", (label, day, complete, key))
        if held:
            run("DELETE FROM best WHERE key = ? AND id = ?", (held[2], label))
        better = "SELECT count(*) FROM best WHERE key = ? AND (complete, day, id) > (?, ?, ?)"
        if run(better, (key, *score)).fetchone()[0] < _HELD:
            run("INSERT INTO best VALUES(?, ?, ?, ?, ?, ?)", (key, *score, inn, payload()))
            worst = "SELECT rowid FROM best WHERE key = ? ORDER BY complete DESC, day DESC, id DESC LIMIT -1 OFFSET ?"
            run(f"DELETE FROM best WHERE rowid IN ({worst})", (key, _HELD))
        for brand in brands:
            self._enter("brand", key, brand)
        for code in codes:
            self._enter("code", key, code)

    def learn(self, alias: str, key: str) -> None:
        """Remember whom an alias belongs to; one that belongs to several is of no use."""
        self._enter("alias", alias, key)

    def _enter(self, table: str, key: str, value: str) -> None:
        rows = self._rows[table]
        rows.add((key, value))
        if len(rows) >= _BATCH:
            self._connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES(?, ?)", sorted(rows))
            rows.clear()

    def labels(self) -> int:
        """Return how many labels were offered, versions of one label counted once."""
        self._settle()
        (number,) = self._connection.execute(
            "SELECT count(*) FROM (SELECT DISTINCT inn, value FROM member JOIN label ON label.key = member.key)"
        ).fetchone()
        return int(number)

    def __iter__(self) -> Iterator[Group]:
        """Yield the groups by name: what was offered under an alias where it belongs, what has one name together."""
        self._settle()
        best = (
            "SELECT payload FROM member JOIN best USING(key) WHERE member.inn = ?"
            " ORDER BY complete DESC, day DESC, id DESC, key LIMIT ?"
        )
        count = "SELECT count(DISTINCT value) FROM member JOIN label USING(key) WHERE inn = ?"
        told = "SELECT DISTINCT value FROM member JOIN {} USING(key) WHERE inn = ? ORDER BY value LIMIT ?"
        for (inn,) in self._connection.execute("SELECT DISTINCT inn FROM member ORDER BY inn"):
            payload, *others = (payload for (payload,) in self._connection.execute(best, (inn, _HELD)).fetchall())
            (labels,) = self._connection.execute(count, (inn,)).fetchone()
            brands, codes = (
                tuple(value for (value,) in self._connection.execute(told.format(table), (inn, _MOST)).fetchall())
                for table in ("brand", "code")
            )
            yield Group(inn, payload, labels, brands, codes, tuple(others))

    def _settle(self) -> None:
        """Write what is held, and put down whose record each group belongs to: by its own name or that of its alias's owner."""
        for table, rows in self._rows.items():
            self._connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES(?, ?)", sorted(rows))
            rows.clear()
        self._connection.execute("DELETE FROM member")
        self._connection.execute(
            "INSERT OR IGNORE INTO member SELECT coalesce(owner.inn, best.inn), best.key FROM best"
            " LEFT JOIN (SELECT key, min(value) AS value FROM alias GROUP BY key HAVING min(value) = max(value)) AS sole"
            " ON sole.key = best.key LEFT JOIN best AS owner ON owner.rowid ="
            " (SELECT rowid FROM best WHERE key = sole.value ORDER BY complete DESC, day DESC, id DESC LIMIT 1)"
            " WHERE best.rowid = (SELECT rowid FROM best AS first WHERE first.key = best.key"
            " ORDER BY complete DESC, day DESC, id DESC LIMIT 1)"
        )
