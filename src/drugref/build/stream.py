"""A database file compiled table by table, so that memory does not grow with the file.

That works for a file in canonical order (sources before drugs, drugs by rising key) that has no problem. Any other ends in
NotStreamedError and is read whole, which takes more memory and tells what is wrong, if anything is.
"""

import json
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, BinaryIO

from drugref import model
from drugref.build.compile import compile_into, open_source
from drugref.codec import decode, json_of
from drugref.curated.pieces import HEADER, OTHER
from drugref.curated.validate import Problem, check_drug, checker_of, claim_names
from drugref.facts import Entry, cited_by
from drugref.model import Document, Drug, Source
from drugref.progress import watched

_PIECE = 1 << 18
"""Bytes read at a time."""
_LONGEST = 16 * _PIECE
"""Most bytes that are held while looking for the end of a table."""
_RECENT = 4096
"""Sources kept at hand."""


class NotStreamedError(Exception):
    """The file has to be read whole."""


def fill(connection: sqlite3.Connection, path: str, meta: dict[str, object], seal: Callable[[int], None]) -> None:
    """Fill an empty SQLite database from a file; ``seal`` is told the CRC-32 of what was read before ``meta`` is written.

    Raises NotStreamedError, sqlite3.Error.
    """
    try:
        with open_source(path) as file, watched(os.fstat(file.fileno()).st_size) as advance:
            pieces = _pieces(file, seal, advance)
            head = _parse(next(pieces, b""))
            if head.keys() != {"schema", "database"}:
                raise NotStreamedError
            database = _checked(head, {}).database
            compile_into(connection, database, _entries(connection, head, pieces), meta)
    except OSError as error:
        raise NotStreamedError from error


def _pieces(file: BinaryIO, seal: Callable[[int], None], advance: Callable[[int], object]) -> Iterator[bytes]:
    """Yield what stands before the first table of ``sources`` or ``drugs``, then pieces of whole tables, then seal them."""
    held, checksum, first = b"", 0, True
    while chunk := file.read(_PIECE):
        advance(len(chunk))
        checksum = zlib.crc32(chunk, checksum)
        held += chunk
        starts = [match.start() for match in HEADER.finditer(held)]
        if starts and first:
            yield held[: starts[0]].removeprefix(b"\xef\xbb\xbf")
            held, starts, first = held[starts[0] :], [start - starts[0] for start in starts], False
        if starts and starts[-1]:
            yield held[: starts[-1]]
            held = held[starts[-1] :]
        if len(held) > _LONGEST:
            raise NotStreamedError
    yield held
    seal(checksum)


def _parse(piece: bytes) -> dict[str, Any]:
    import tomli  # only here and only now: looking drugs up never parses TOML

    try:
        return tomli.loads(piece.decode())
    except (ValueError, RecursionError) as error:
        raise NotStreamedError from error


def _checked(head: dict[str, Any], piece: dict[str, Any]) -> Document:
    problems: list[Problem] = []
    document = checker_of(Document)({**head, "sources": {}, "drugs": {}, **piece}, (), problems)
    if problems or document.schema != model.SCHEMA:
        raise NotStreamedError
    return document  # type: ignore[no-any-return]


def _entries(connection: sqlite3.Connection, head: dict[str, Any], pieces: Iterator[bytes]) -> Iterator[Entry]:
    """Yield the drugs of a file with the sources that each cites, then hold the file to what spans several of them."""
    sources = _Sources(connection)
    last = ""
    for piece in pieces:
        if OTHER.search(piece):
            raise NotStreamedError
        document = _checked(head, _parse(piece))
        sources.add(document.sources)
        for key, drug in document.drugs.items():
            if key <= last:
                raise NotStreamedError
            last = key
            cited = sources.cited_by(drug)
            if check_drug(key, drug, cited) or any(claim_names(key, drug, {})):
                raise NotStreamedError
            yield key, drug, cited
    shared = "SELECT 1 FROM name GROUP BY key HAVING min(drug) < max(drug) LIMIT 1"
    if not last or connection.execute(shared).fetchone() or not sources.all_cited():
        raise NotStreamedError
    sources.drop()


class _Sources:
    """The sources of a file, in a temporary table: there may be more of them than memory should hold."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._get = lru_cache(_RECENT)(self._read)
        connection.execute("CREATE TEMP TABLE source(key TEXT PRIMARY KEY, json TEXT, cited INTEGER) WITHOUT ROWID")

    def add(self, sources: dict[str, Source]) -> None:
        """Take sources in; one that is there already is not for a stream."""
        rows = ((key, json_of(source)) for key, source in sources.items())
        try:
            self._connection.executemany("INSERT INTO temp.source VALUES(?, ?, 0)", rows)
        except sqlite3.IntegrityError as error:
            raise NotStreamedError from error

    def cited_by(self, drug: Drug) -> dict[str, Source]:
        """Return the sources that a drug cites, those that there are, in the order in which it cites them."""
        return {key: source for key in cited_by(drug) if (source := self._get(key))}

    def _read(self, key: str) -> Source | None:
        row = self._connection.execute("SELECT json FROM temp.source WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        self._connection.execute("UPDATE temp.source SET cited = 1 WHERE key = ?", (key,))
        return decode(Source, json.loads(row[0]), f"sources.{key}")

    def all_cited(self) -> bool:
        """Tell whether every source was asked for."""
        return self._connection.execute("SELECT 1 FROM temp.source WHERE cited = 0 LIMIT 1").fetchone() is None

    def drop(self) -> None:
        """Remove the table."""
        self._connection.execute("DROP TABLE temp.source")
