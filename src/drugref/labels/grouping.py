"""Labels gathered by what is in them: of each ingredient set the best label, its brands, and how many labels there are.

Labels and brands are kept in a temporary file, so that memory grows with the number of ingredient sets and not of labels.
"""

import sqlite3
from collections.abc import Callable, Iterator
from typing import NamedTuple

Score = tuple[int, str, str]
"""How well a label speaks for its ingredients: completeness, date (YYYYMMDD), identifier; more is better."""
_BATCH = 4096
"""Rows that are written at once."""


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
        self._best: dict[str, tuple[Score, str]] = {}
        self._rows: dict[str, set[tuple[str, str]]] = {"label": set(), "brand": set(), "alias": set()}
        self.offered = 0
        """How many labels were offered, versions of one label counted each."""
        self._connection = sqlite3.connect("", isolation_level=None)  # a file that SQLite makes and removes
        self._connection.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16384; PRAGMA temp_store = FILE;"
            "CREATE TABLE payload(key TEXT PRIMARY KEY, payload BLOB);"
            "CREATE TABLE label(key TEXT, value TEXT, PRIMARY KEY(key, value)) WITHOUT ROWID;"
            "CREATE TABLE brand(key TEXT, value TEXT, PRIMARY KEY(key, value)) WITHOUT ROWID;"
            "CREATE TABLE alias(key TEXT, value TEXT, PRIMARY KEY(key, value)) WITHOUT ROWID; BEGIN"
        )

    def __enter__(self) -> "Groups":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def offer(self, key: str, inn: str, score: Score, payload: Callable[[], bytes], brands: tuple[str, ...]) -> None:
        """Enter a label; ``payload`` is asked for if it is the best of its group yet."""
        self.offered += 1
        held = self._best.get(key)
        if held is None or score > held[0]:
            self._connection.execute("INSERT OR REPLACE INTO payload VALUES(?, ?)", (key, payload()))
            self._best[key] = score, inn
        for brand in brands:
            self._enter("brand", key, brand)
        self._enter("label", key, score[2])

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
        return sum(group.labels for group in self._groups(with_payload=False))

    def __iter__(self) -> Iterator[Group]:
        """Yield the groups by name: what was offered under an alias where it belongs, what has one name together."""
        yield from self._groups(with_payload=True)

    def _groups(self, *, with_payload: bool) -> Iterator[Group]:
        for table, rows in self._rows.items():
            self._connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES(?, ?)", sorted(rows))
            rows.clear()
        named: dict[str, list[str]] = {}
        owners = self._owners()
        for key in self._best:
            named.setdefault(self._best[owners.get(key, key)][1], []).append(key)
        for inn, keys in sorted(named.items()):
            best = max(keys, key=lambda key: self._best[key][0])
            payload = b""
            if with_payload:
                (payload,) = self._connection.execute("SELECT payload FROM payload WHERE key = ?", (best,)).fetchone()
            yield Group(inn, payload, len(self._values("label", keys)), self._values("brand", keys))

    def _owners(self) -> dict[str, str]:
        sole = "SELECT key, min(value) FROM alias GROUP BY key HAVING min(value) = max(value)"
        return {alias: key for alias, key in self._connection.execute(sole) if alias in self._best and key in self._best}

    def _values(self, table: str, keys: list[str]) -> tuple[str, ...]:
        found = (self._connection.execute(f"SELECT value FROM {table} WHERE key = ?", (key,)).fetchall() for key in keys)
        return tuple(sorted({value for rows in found for (value,) in rows}))
