"""From a database's TOML to its compiled form: one SQLite file that every look-up runs on."""

import os
import sqlite3
from collections.abc import Iterable, Iterator

from drugref.columns import FACT_TABLES, STORE_VERSION
from drugref.errors import DrugrefError, InvalidDatabaseError
from drugref.model import Database, Document, Drug, Source
from drugref.rows import facts, long_form, record, row
from drugref.text import name_key
from drugref.validate import cited_by, load, quoted

_TABLES = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE drug(id INTEGER PRIMARY KEY, inn_key TEXT NOT NULL, inn TEXT NOT NULL, json TEXT NOT NULL, long TEXT NOT NULL);
CREATE TABLE name(key TEXT, drug INTEGER, name TEXT, kind TEXT, PRIMARY KEY(key, drug, kind)) WITHOUT ROWID;
CREATE TABLE fact(part INTEGER, drug INTEGER, ord INTEGER, band INTEGER, serious INTEGER, empty INTEGER,
                  row TEXT, json TEXT, PRIMARY KEY(part, drug, ord)) WITHOUT ROWID;
"""

Entry = tuple[str, Drug, dict[str, Source]]
"""A drug's key, the drug, and the sources that it cites."""


def read_source(path: str) -> bytes:
    """Return a database file's bytes; raise DrugrefError in one line's words if that cannot be done."""
    if not os.path.exists(path):
        raise DrugrefError(f"no such database: {quoted(path, 200)}")
    try:
        with open(path, "rb") as file:
            return file.read()
    except IsADirectoryError:
        raise DrugrefError(f"{quoted(path, 200)} is a folder; name a .toml file in it") from None
    except OSError as error:
        raise DrugrefError(f"cannot read {quoted(path, 200)}: {error.strerror or error}") from None


def decode(data: bytes, path: str) -> str:
    """Return a database file's text; raise InvalidDatabaseError where it is not UTF-8 or empty."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InvalidDatabaseError(f"{quoted(path, 200)} is not UTF-8: line {line}; save it as UTF-8") from None
    if not text.strip():
        raise InvalidDatabaseError(f"{quoted(path, 200)} is empty; a database begins with schema = 1")
    return text


def read_document(data: bytes, path: str) -> Document:
    """Return the valid document that a database file's bytes hold; raise InvalidDatabaseError otherwise."""
    document, problems = load(decode(data, path))
    if problems or document is None:
        first = problems[0]
        where = f"line {first.line}" + (f", {first.place}" if first.path else "")
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise InvalidDatabaseError(
            f"{quoted(path, 200)} is not valid: {where}: expected {first.expected}, got {first.got}{more}; "
            "run drugref check with its path",
            len(problems),
        )
    return document


def entries(document: Document) -> Iterator[Entry]:
    """Yield a document's drugs with the sources that each cites, in the order in which the drug cites them."""
    for key, drug in sorted(document.drugs.items()):
        yield key, drug, {source: document.sources[source] for source in cited_by(drug)}


def compile_into(connection: sqlite3.Connection, database: Database, drugs: Iterable[Entry], meta: dict[str, object]) -> None:
    """Fill an empty SQLite database; ``meta`` is what tells whether the result is still fresh."""
    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _TABLES)
    connection.execute("BEGIN")
    count = 0
    for count, (key, drug, sources) in enumerate(drugs, 1):
        _add(connection, count, key, drug, sources, database)
    about = {"name": database.name, "title": database.title, "version": database.version, "licence": database.licence}
    values = {**meta, **about, "drugs": count, "store": STORE_VERSION}
    connection.executemany("INSERT INTO meta VALUES(?, ?)", values.items())
    connection.execute("COMMIT")


def _add(
    connection: sqlite3.Connection, number: int, key: str, drug: Drug, sources: dict[str, Source], database: Database
) -> None:
    long = "\n".join(map(row, long_form(drug, sources, database)))
    whole = record(key, drug, sources, database)
    connection.execute("INSERT INTO drug VALUES(?, ?, ?, ?, ?)", (number, name_key(drug.inn), drug.inn, whole, long))
    names = {(name_key(drug.inn), drug.inn, "inn")} | {(name_key(name.name), name.name, name.kind) for name in drug.names}
    connection.executemany(
        "INSERT OR IGNORE INTO name VALUES(?, ?, ?, ?)", [(found, number, name, kind) for found, name, kind in sorted(names)]
    )
    connection.executemany(
        "INSERT INTO fact VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (FACT_TABLES.index(part), number, order, fact.band, fact.serious, fact.empty, row(fact.cells), fact.json())
            for part, rows in facts(drug, sources).items()
            for order, fact in enumerate(rows)
        ],
    )  # fmt: skip
