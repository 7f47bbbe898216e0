"""Labels gathered by what is in them: of each ingredient set the best label, its brands, and how many labels there are.

All of it is kept in a temporary file, so that memory grows neither with the labels nor with the ingredient sets.
"""

import sqlite3
from collections.abc import Callable, Iterator
from typing import NamedTuple

Score = tuple[int, str, str]
"""How well a label speaks for its ingredients: completeness, date (YYYYMMDD), identifier; more is better."""
_BATCH = 4096
"""Rows that are written at once, and groups whose best score is at hand."""
_MOST = 10_000
"""Brands of one record, the first by name; real ones have some hundreds at most."""


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


class Groups:
    """Labels by ingredient set; a context manager, because it holds a temporary file.

    A label whose ingredients are known by identifiers is offered under these; another is offered under an alias, such as its
    ingredients' names, and goes to whom that alias turns out to belong when all are read.
    """

    def __init__(self) -> None:
        self._best: dict[str, Score] = {}
        self._rows: dict[str, set[tuple[str, str]]] = {"label": set(), "brand": set(), "alias": set()}
        self.offered = 0
        """How many labels were offered, versions of one label counted each."""
        self._connection = sqlite3.connect("", isolation_level=None)  # a file that SQLite makes and removes
        self._connection.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16384; PRAGMA temp_store = FILE;"
            "CREATE TABLE best(key TEXT PRIMARY KEY, complete INTEGER, day TEXT, id TEXT, inn TEXT, payload BLOB);"
            "CREATE TABLE label(key TEXT, value TEXT, PRIMARY KEY(key, value)) WITHOUT ROWID;"
            "CREATE TABLE brand(key TEXT, value TEXT, PRIMARY KEY(key, value)) WITHOUT ROWID;"
            "CREATE TABLE alias(key TEXT, value TEXT, PRIMARY KEY(key, value)) WITHOUT ROWID;"
            "CREATE TABLE member(inn TEXT, key TEXT, PRIMARY KEY(inn, key)) WITHOUT ROWID; BEGIN"
        )

    def __enter__(self) -> "Groups":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def offer(self, key: str, inn: str, score: Score, payload: Callable[[], bytes], brands: tuple[str, ...]) -> None:
        """Enter a label; ``payload`` is asked for if it is the best of its group yet."""
        self.offered += 1
        held = self._best.get(key) or self._score(key)
        if held is None or score > held:
            self._connection.execute("INSERT OR REPLACE INTO best VALUES(?, ?, ?, ?, ?, ?)", (key, *score, inn, payload()))
            held = score
        if len(self._best) >= _BATCH:
            self._best.clear()
        self._best[key] = held
        for brand in brands:
            self._enter("brand", key, brand)
        self._enter("label", key, score[2])

    def _score(self, key: str) -> Score | None:
        found: Score | None = self._connection.execute("SELECT complete, day, id FROM best WHERE key = ?", (key,)).fetchone()
        return found

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
            " ORDER BY complete DESC, day DESC, id DESC, key LIMIT 1"
        )
        count = "SELECT count(DISTINCT value) FROM member JOIN label USING(key) WHERE inn = ?"
        brands = "SELECT DISTINCT value FROM member JOIN brand USING(key) WHERE inn = ? ORDER BY value LIMIT ?"
        for (inn,) in self._connection.execute("SELECT DISTINCT inn FROM member ORDER BY inn"):
            (payload,) = self._connection.execute(best, (inn,)).fetchone()
            (labels,) = self._connection.execute(count, (inn,)).fetchone()
            found = self._connection.execute(brands, (inn, _MOST)).fetchall()
            yield Group(inn, payload, labels, tuple(value for (value,) in found))

    def _settle(self) -> None:
        """Write what is held, and put down whose record each group belongs to: by its own name or that of its alias's owner."""
        for table, rows in self._rows.items():
            self._connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES(?, ?)", sorted(rows))
            rows.clear()
        self._connection.execute("DELETE FROM member")
        self._connection.execute(
            "INSERT INTO member SELECT coalesce(owner.inn, best.inn), best.key FROM best"
            " LEFT JOIN (SELECT key, min(value) AS value FROM alias GROUP BY key HAVING min(value) = max(value)) AS sole"
            " ON sole.key = best.key LEFT JOIN best AS owner ON owner.key = sole.value"
        )
