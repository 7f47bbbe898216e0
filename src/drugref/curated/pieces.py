"""A database file checked table by table, so that the tree of one drug alone is ever held, not that of the whole file.

That works for a file in the usual layout: what it says of itself, then tables headed ``[sources.KEY]`` and ``[drugs.KEY]``, in
any order. Any other is read whole, which takes some twenty times its size in memory. Both ways find the same problems.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import Any, NamedTuple, get_type_hints

from drugref import model
from drugref.curated import canonical
from drugref.curated.toml_lines import Lines
from drugref.curated.validate import (
    Problem,
    check_drug,
    check_head,
    check_sources,
    checker_of,
    claim_names,
    in_order,
    parse,
    unused,
)
from drugref.facts import every
from drugref.model import Document

HEADER = re.compile(rb"^\[(sources|drugs)\.([A-Za-z0-9_-]+)\]", re.MULTILINE)
"""Where a piece may begin. What parses on its own from there on ends where no string or array is open."""
OTHER = re.compile(rb"^[ \t]*\[(?!\[?(?:sources|drugs)\.[A-Za-z0-9_-])", re.MULTILINE)
"""A header by which pieces might define the same table twice without its key showing it."""
_ASIDE = re.compile(rb"[ \t]*+(?:#[^\n]*+)?+")
"""A line that says nothing by itself: it goes with the table below it."""
_CHUNK = 1 << 20


class NotPiecesError(Exception):
    """The file has to be read whole."""


class Examined(NamedTuple):
    """What was found in a database file."""

    problems: list[Problem]
    """In the order of their lines."""
    sources: int
    drugs: int
    canonical: bool
    """Whether it is in canonical form; never so with problems."""


class _Piece(NamedTuple):
    """A table with what stands above it."""

    table: str
    """``sources`` or ``drugs``; empty for what stands above the first of these."""
    key: str
    text: str
    line: int
    """Line of the file at which the piece begins, from 1."""
    header: int
    """Line of the file that holds the header."""


def examine(data: bytes) -> Examined:
    """Check the bytes of a database file. Raises NotPiecesError."""
    data = data.removeprefix(codecs.BOM_UTF8)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _CHUNK):
            decoder.decode(data[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise NotPiecesError from error
    pieces = _pieces(data)
    return _Examination(next(pieces), _headers(data)).of(pieces)


def _headers(data: bytes) -> dict[str, dict[str, int]]:
    """Return the line of each table's header, by table and key. Raises NotPiecesError where one may stand twice."""
    found: dict[str, dict[str, int]] = {"sources": {}, "drugs": {}}
    first = HEADER.search(data)
    if not first or OTHER.search(data, first.start()):
        raise NotPiecesError
    line, at = 1, 0
    for match in HEADER.finditer(data):
        line += data.count(b"\n", at, at := match.start())
        keys = found[match[1].decode()]
        if keys.setdefault(match[2].decode(), line) != line:
            raise NotPiecesError
    return found


def _pieces(data: bytes) -> Iterator[_Piece]:
    """Yield what stands above the first table, then the tables."""
    table, key, begin, header, line = "", "", 0, 0, 1
    for match in chain(HEADER.finditer(data), [None]):
        end = _above(data, match.start(), header) if match else len(data)
        yield _Piece(table, key, data[begin:end].decode(), line, line + data.count(b"\n", begin, header))
        line += data.count(b"\n", begin, end)
        if match:
            table, key, begin, header = match[1].decode(), match[2].decode(), end, match.start()


def _above(data: bytes, header: int, bound: int) -> int:
    """Return where the blank lines and comments directly above a header begin, none before ``bound``."""
    start = header
    while start > bound:
        line = data.rfind(b"\n", bound, start - 1) + 1 or bound
        if not _ASIDE.fullmatch(data, line, start - 1):
            break
        start = line
    return start


class _Examination:
    """The check of one file."""

    def __init__(self, head: _Piece, headers: dict[str, dict[str, int]]) -> None:
        self._headers = headers
        self._problems: list[Problem] = []
        self._cited: set[str] = set()
        self._names: dict[str, tuple[str, tuple[str | int, ...]]] = {}
        data = self._parsed(head)
        if isinstance(data, Problem) or data.keys() & headers.keys() or not all(headers.values()):
            raise NotPiecesError
        self._document, problems = check_head({**data, "sources": {}, "drugs": {}})
        self._problems += self._placed(head, problems)
        self._earlier = data.get("schema") == model.SCHEMA - 1
        self._canonical = self._document is not None and not problems and canonical.is_head(self._document, head.text)

    def of(self, pieces: Iterable[_Piece]) -> Examined:
        """Check the tables, unless the file is of a form in which they are others."""
        last = ("sources", "")
        for piece in () if self._earlier else pieces:
            data = self._parsed(piece)
            if isinstance(data, Problem):
                return Examined([data], 0, 0, canonical=False)
            if data.keys() != {piece.table} or data[piece.table].keys() != {piece.key}:
                raise NotPiecesError
            record = self._check(piece, data[piece.table])
            if self._document is None or self._problems:
                self._canonical = False
            elif self._canonical:
                held: dict[str, Any] = {piece.table: {piece.key: record}}
                document = replace(self._document, **held)
                self._canonical = _precedes(last, piece[:2]) and canonical.is_table(
                    document, piece.table, piece.key, piece.text
                )
            last = piece[:2]
        if self._document is not None and not self._earlier:
            lines = self._headers["sources"]
            self._problems += [replace(one, line=lines[str(one.path[1])]) for one in unused(lines, self._cited)]
        sources, drugs = map(len, self._headers.values())
        return Examined(in_order(self._problems), sources, drugs, self._canonical and not self._problems)

    def _parsed(self, piece: _Piece) -> dict[str, Any] | Problem:
        """Return what a piece holds or what is wrong with it by itself. Raises NotPiecesError if it may go on in the next."""
        data = parse(piece.text)
        if isinstance(data, Problem):
            if data.line > piece.text.count("\n"):
                raise NotPiecesError
            return replace(data, line=piece.line + data.line - 1)
        return data

    def _check(self, piece: _Piece, table: dict[str, Any]) -> Any:
        """Note the problems of a piece and return its record, None if it is not complete."""
        problems: list[Problem] = []
        record = _CHECKERS[piece.table](table, ((), piece.table), problems)[piece.key]
        if self._document and record and piece.table == "sources":
            problems += check_sources({piece.key: record})
        elif self._document and record:
            problems += check_drug(piece.key, record, self._headers["sources"])
            problems += claim_names(piece.key, record, self._names)
            for _, fact in every(record):
                self._cited.update(fact.sources)
        self._problems += self._placed(piece, problems)
        return record

    def _placed(self, piece: _Piece, problems: list[Problem]) -> list[Problem]:
        """Return problems with their lines in the file."""
        if not problems:
            return []
        lines = Lines(piece.text, (problem.path for problem in problems))
        return [replace(problem, line=piece.line + lines.of(problem.path) - 1) for problem in problems]


_CHECKERS = {name: checker_of(hint) for name, hint in get_type_hints(Document, include_extras=True).items()}


def _precedes(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Tell whether a table stands before another in canonical order: sources first, each by rising key."""
    return (one[0] == "drugs", one[1]) < (other[0] == "drugs", other[1])
