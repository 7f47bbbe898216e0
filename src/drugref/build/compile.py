"""From a database's TOML to its compiled form: one SQLite file that every look-up runs on."""

import os
import re
import sqlite3
import stat
from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

from drugref import codec, places
from drugref.build.rows import codes, long_form, passages, record, tables
from drugref.columns import FACT_TABLES, STORE_VERSION
from drugref.curated.validate import Problem, load, load_vocabulary, quoted
from drugref.errors import DrugrefError, InvalidDatabaseError
from drugref.facts import Entry, cited_by, completed, walk
from drugref.likeness import sound_of, tail_of
from drugref.model import SCHEMA as FORM
from drugref.model import Database, Document, Drug, Source, Term
from drugref.parts import PASSAGES, passage_row
from drugref.text import name_key, phrase_key, tab_row

_TABLES = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE drug(id INTEGER PRIMARY KEY, inn TEXT NOT NULL, json TEXT NOT NULL, long TEXT NOT NULL);
CREATE TABLE name(key TEXT, drug INTEGER, name TEXT, kind TEXT, PRIMARY KEY(key, drug, kind)) WITHOUT ROWID;
CREATE TABLE code(key TEXT, drug INTEGER, scheme TEXT, PRIMARY KEY(key, drug, scheme)) WITHOUT ROWID;
CREATE TABLE fact(part INTEGER, drug INTEGER, ord INTEGER, rank INTEGER, least INTEGER, serious INTEGER, empty INTEGER,
                  row TEXT, json TEXT, PRIMARY KEY(part, drug, ord)) WITHOUT ROWID;
CREATE TABLE near(key TEXT PRIMARY KEY, sound TEXT, tail TEXT, name INTEGER) WITHOUT ROWID;
CREATE VIRTUAL TABLE passage USING fts5(drug, {columns}, detail, tokenize = 'porter unicode61 remove_diacritics 2');
""".format(columns=", ".join(f'"{name}"' for name in PASSAGES))
_INDEXES = "CREATE INDEX near_sound ON near(sound); CREATE INDEX near_tail ON near(tail);"
SCHEMA = _TABLES + _INDEXES
"""What makes the tables of a store of drugs."""
_VOCABULARY_TABLES = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE concept(id INTEGER PRIMARY KEY, kinds TEXT, own INTEGER);
CREATE TABLE term(key TEXT, concept INTEGER, PRIMARY KEY(key, concept)) WITHOUT ROWID;
CREATE TABLE phrase(concept INTEGER, ord INTEGER, phrase TEXT, key TEXT, below INTEGER,
                    PRIMARY KEY(concept, ord)) WITHOUT ROWID;
CREATE INDEX phrase_key ON phrase(key);
CREATE TABLE confusable(key TEXT, tall TEXT, pair INTEGER, PRIMARY KEY(key, pair)) WITHOUT ROWID;
CREATE INDEX confusable_pair ON confusable(pair);
"""

MOST_BYTES = 1 << 30
"""Bytes of a database file; more is no database but a mistake, or an attack."""
_TOO_LARGE = "is larger than 1 GiB, the most that a database may have"


def read_source(path: str) -> bytes:
    """Return a database file's bytes; raise DrugrefError in one line's words if that cannot be done."""
    try:
        with open_source(path) as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise DrugrefError(f"cannot read {quoted(path, 200)}: {error.strerror or error}") from None
    if len(data) > MOST_BYTES:
        raise DrugrefError(f"{quoted(path, 200)} {_TOO_LARGE}")
    return data


def open_source(path: str) -> BinaryIO:
    """Open a database file for reading: a regular file of bounded size, or a pipe that was named.

    Raises DrugrefError in one line's words for anything else, one that is empty among it, OSError if it cannot be opened.
    """
    if not os.path.exists(path):
        raise DrugrefError(f"no such database: {quoted(path, 200)}")
    status = os.stat(path)
    kind = stat.S_IFMT(status.st_mode)
    if kind == stat.S_IFDIR:
        raise DrugrefError(f"{quoted(path, 200)} is a folder; name a .toml file in it")
    if kind == stat.S_IFIFO and os.path.dirname(os.path.abspath(path)) == places.data_folder():
        raise DrugrefError(f"{quoted(path, 200)} is a pipe, for which nobody may ever write; name it with --db")
    if kind not in (stat.S_IFREG, stat.S_IFIFO):
        raise DrugrefError(f"{quoted(path, 200)} is no file; a database is a regular file or a pipe")
    if status.st_size > MOST_BYTES:
        raise DrugrefError(f"{quoted(path, 200)} {_TOO_LARGE}")
    if kind == stat.S_IFREG and not status.st_size:
        raise _empty(path)  # unread: the system's own files have no size, and some of them are waited for
    return open(path, "rb")


def _empty(path: str) -> InvalidDatabaseError:
    return InvalidDatabaseError(f"{quoted(path, 200)} is empty; a database begins with schema = {FORM}")


def decode(data: bytes, path: str) -> str:
    """Return a database file's text; raise InvalidDatabaseError where it is not UTF-8 or empty."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InvalidDatabaseError(f"{quoted(path, 200)} is not UTF-8: line {line}; save it as UTF-8") from None
    if not text.strip():
        raise _empty(path)
    return text


def read_document(data: bytes, path: str) -> Document:
    """Return the valid document that a database file's bytes hold; raise InvalidDatabaseError otherwise."""
    document, problems = load(decode(data, path))
    if problems or document is None:
        raise _invalid(path, problems)
    return document


def _invalid(path: str, problems: list[Problem]) -> InvalidDatabaseError:
    first = problems[0]
    where = f"line {first.line}" + (f", {first.place}" if first.path else "")
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return InvalidDatabaseError(
        f"{quoted(path, 200)} is not valid: {where}: expected {first.expected}, got {first.got}{more}; "
        "run drugref check with its path",
        len(problems),
    )


def entries(document: Document) -> Iterator[Entry]:
    """Yield a document's drugs with the sources that each cites, in the order in which the drug cites them."""
    for key, drug in sorted(document.drugs.items()):
        yield key, drug, {source: document.sources[source] for source in cited_by(drug)}


def compile_into(connection: sqlite3.Connection, database: Database, drugs: Iterable[Entry], meta: dict[str, object]) -> None:
    """Fill an empty SQLite database; ``meta`` is what tells whether the result is still fresh."""
    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _TABLES)
    connection.execute("INSERT INTO passage(passage, rank) VALUES('hashsize', 33554432)")
    connection.execute("BEGIN")
    count = 0
    words: set[str] = set()
    for count, (key, drug, sources) in enumerate(drugs, 1):
        _add(connection, count, key, drug, sources, database, words)
        codec.forget()
        if len(words) > _MOST_WORDS:
            _add_near(connection, words, name=False)
            words.clear()
    _add_near(connection, words, name=False)
    connection.executescript(_INDEXES)
    connection.execute("BEGIN")
    about = {"name": database.name, "title": database.title, "version": database.version, "licence": database.licence}
    values = {**meta, **about, "drugs": count, "store": STORE_VERSION}
    connection.executemany("INSERT INTO meta VALUES(?, ?)", values.items())
    connection.execute("COMMIT")


def _add(
    connection: sqlite3.Connection,
    number: int,
    key: str,
    drug: Drug,
    sources: dict[str, Source],
    database: Database,
    words: set[str],
) -> None:
    drug = completed(drug)
    walked = list(walk(drug))
    table = tables(drug, sources, walked)
    long = "\n".join(map(tab_row, long_form(drug, sources, database, walked)))
    whole = record(key, drug, sources, database, walked)
    connection.execute("INSERT INTO drug VALUES(?, ?, ?, ?)", (number, drug.inn, whole, long))
    names = {(name_key(drug.inn), drug.inn, "inn")} | {(name_key(name.name), name.name, name.kind) for name in drug.names}
    connection.executemany(
        "INSERT OR IGNORE INTO name VALUES(?, ?, ?, ?)", [(found, number, name, kind) for found, name, kind in sorted(names)]
    )
    connection.executemany(
        "INSERT OR IGNORE INTO code VALUES(?, ?, ?)", [(code, number, scheme) for code, scheme in codes(drug, sources)]
    )
    connection.executemany(
        "INSERT INTO fact VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (FACT_TABLES.index(name), number, order, row.rank, row.least, row.serious, row.empty, tab_row(row.cells), row.json)
            for name, rows in table.items()
            for order, row in enumerate(rows)
        ],
    )  # fmt: skip
    _add_near(connection, {found for found, _, _ in names}, name=True)
    found = [
        (passage_row(number, passage, order), passage, term, detail)
        for passage, order, term, detail in passages(drug, table, walked)
    ]
    found.sort()  # a row that does not follow the one before it makes SQLite write out all that it holds
    connection.executemany(
        _PASSAGE,
        [
            (row, drug.inn, *_BLANK[: _AT[passage]], term, *_BLANK[_AT[passage] + 1 :], detail)
            for row, passage, term, detail in found
        ],
    )
    words.update(_WORD.findall("\n".join(f"{term} {detail}" for _, _, term, detail in found).casefold()))


_BLANK = (None,) * len(PASSAGES)
"""Columns of the full-text table that a passage leaves empty."""
_AT = {name: number for number, name in enumerate(PASSAGES)}
_PASSAGE = "INSERT INTO passage(rowid, drug, {}, detail) VALUES(?, ?, {} ?)".format(
    ", ".join(f'"{name}"' for name in PASSAGES), "?, " * len(PASSAGES)
)
_MOST_WORDS = 50_000
"""Words held before they are written, so that memory does not grow with the database."""
_WORD = re.compile(r"[^\W\d_]{4,}")
"""Words that a mistyped search may have meant."""


def _add_near(connection: sqlite3.Connection, keys: Iterable[str], *, name: bool) -> None:
    """Enter names or words under the ways by which near ones are found: sound, and how they end."""
    connection.executemany(
        "INSERT OR IGNORE INTO near VALUES(?, ?, ?, ?)", [(key, sound_of(key), tail_of(key), name) for key in sorted(keys)]
    )


def fill_vocabulary(connection: sqlite3.Connection, data: bytes, path: str, meta: dict[str, object]) -> None:
    """Fill an empty SQLite database with the thesaurus and the confusable names of a file's bytes."""
    vocabulary, problems = load_vocabulary(decode(data, path))
    if vocabulary is None or problems:
        raise _invalid(path, problems)
    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _VOCABULARY_TABLES)
    connection.execute("BEGIN")
    concepts = concepts_of(tuple(vocabulary.terms.values()))
    by_word: dict[str, set[int]] = {}
    for number, concept in enumerate(concepts):
        for word in concept.words:
            by_word.setdefault(phrase_key(word), set()).add(number)
    for number, concept in enumerate(concepts):
        connection.execute("INSERT INTO concept VALUES(?, ?, ?)", (number, " ".join(sorted(concept.kinds)), concept.own))
        connection.executemany("INSERT INTO phrase VALUES(?, ?, ?, ?, ?)", _phrases(number, concepts, by_word))
    pairs = ((key, number) for key, numbers in by_word.items() for number in numbers)
    connection.executemany("INSERT INTO term VALUES(?, ?)", pairs)
    for number, pair in enumerate(vocabulary.confusable):
        for name, tall in zip(pair.names, pair.tall_man or tall_man(pair.names), strict=True):
            connection.execute("INSERT OR IGNORE INTO confusable VALUES(?, ?, ?)", (name_key(name), tall, number))
    connection.executemany("INSERT INTO meta VALUES(?, ?)", {**meta, "store": STORE_VERSION}.items())
    connection.execute("COMMIT")


class Concept(NamedTuple):
    """What words of the thesaurus stand for."""

    words: tuple[str, ...]
    kinds: frozenset[str]
    narrower: tuple[str, ...]
    own: bool
    """Whether it is a term; else a word that only stands below one, which leads upwards all the same."""


def _phrases(number: int, concepts: list[Concept], by_word: dict[str, set[int]]) -> Iterator[tuple[int, int, str, str, bool]]:
    """Yield the words for a concept, its own first, then those of all that is narrower, however far down."""
    own = concepts[number].words
    found = [number]
    for below in found:  # grows while it is gone through
        its = {other for word in concepts[below].narrower for other in by_word[phrase_key(word)]}
        found += sorted(other for other in its - set(found) if concepts[other].kinds & concepts[number].kinds)
    words = dict.fromkeys([*own, *(word for below in found for word in concepts[below].words)])
    for order, word in enumerate(words):
        yield number, order, word, phrase_key(word), word not in own


def concepts_of(terms: tuple[Term, ...]) -> list[Concept]:
    """Return the terms as concepts, and after them one for each word that stands only below a term."""
    concepts = [Concept((term.term, *term.synonyms), frozenset(term.kinds), term.narrower, own=True) for term in terms]
    known = {phrase_key(word) for concept in concepts for word in concept.words}
    only: dict[str, tuple[str, frozenset[str]]] = {}
    for term in terms:
        for word in term.narrower:
            if (key := phrase_key(word)) not in known:
                only[key] = (word, frozenset(term.kinds) | (only[key][1] if key in only else frozenset()))
    return concepts + [Concept((word,), kinds, (), own=False) for word, kinds in only.values()]


def tall_man(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return names with the letters in capitals that lie between what all begin and all end with.

    >>> tall_man(("tizanidine", "nizatidine"))
    ('TIZANidine', 'NIZATidine')
    """
    head = len(os.path.commonprefix(names))  # noqa: RUF071 - character by character is what is meant
    tail = len(os.path.commonprefix([name[: head - len(name) - 1 : -1] for name in names]))  # noqa: RUF071
    return tuple(name[:head] + name[head : len(name) - tail].upper() + name[len(name) - tail :] for name in names)


def fill_database(connection: sqlite3.Connection, data: bytes, path: str, meta: dict[str, object]) -> None:
    """Fill an empty SQLite database with the drugs of a file's bytes."""
    document = read_document(data, path)
    compile_into(connection, document.database, entries(document), meta)
