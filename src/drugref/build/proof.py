"""Whether a store is whole and such as drugref makes: its checksum, its tables, and what stands in them.

The checksum tells damage and changes made since. It is no signature: whoever forges a store can give it a checksum. So a
store from elsewhere is also held to the tables that drugref makes, with no view or trigger among them, and to rows and
JSON that can be shown.
"""

import sqlite3
import zlib

from drugref.build.compile import SCHEMA
from drugref.columns import FACT_TABLES, STORE_VERSION
from drugref.spec import COLUMNS

OTHER = "is not a database that this version of drugref can read; import it again"
CHANGED = "is damaged, or was changed since it was made; import it again"
FORGED = "holds what drugref does not write; do not use it"

_MAGIC = b"SQLite format 3\0"
_CHECKSUM, _OWNER = 60, 68
"""Where SQLite's header has what it leaves to applications: ``user_version`` and ``application_id``, four bytes each."""
_NAME = b"drgr"
_HEADER = 100
_PIECE = 1 << 20


def seal(path: str) -> None:
    """Write into a store, which nobody has open, whose it is and the checksum of its other bytes."""
    with open(path, "r+b") as file:
        file.seek(_OWNER)
        file.write(_NAME)
    checksum = _checksum(path)
    with open(path, "r+b") as file:
        file.seek(_CHECKSUM)
        file.write(checksum)


def _checksum(path: str) -> bytes:
    with open(path, "rb") as file:
        head = file.read(_HEADER)
        checksum = zlib.crc32(head[:_CHECKSUM] + head[_CHECKSUM + 4 :])
        while piece := file.read(_PIECE):
            checksum = zlib.crc32(piece, checksum)
    return checksum.to_bytes(4, "big")


def is_whole(path: str) -> bool:
    """Tell whether a store's bytes are those that were sealed. Raises OSError."""
    with open(path, "rb") as file:
        head = file.read(_HEADER)
    return head[_OWNER : _OWNER + 4] == _NAME and head[_CHECKSUM : _CHECKSUM + 4] == _checksum(path)


def fault(path: str, connection: sqlite3.Connection) -> str:
    """Return in words what is wrong with an imported store, or "" if nothing is. Raises OSError if it cannot be read."""
    with open(path, "rb") as file:
        head = file.read(_HEADER)
    if not head.startswith(_MAGIC) or head[_OWNER : _OWNER + 4] != _NAME:
        return OTHER
    if not is_whole(path):
        return CHANGED
    try:
        # Nothing is read from a table before its definition is known: a view under its name could run for ever.
        if _tables(connection) != _own_tables():
            return OTHER
        version = connection.execute("SELECT value FROM meta WHERE key = 'store'").fetchone()
        if version != (STORE_VERSION,):
            return OTHER
        if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            return FORGED
        if any(connection.execute(sql).fetchone() for sql in _strange()):
            return FORGED
        for table in _READ:  # text that is not UTF-8 raises where it is read
            for _ in connection.execute(f"SELECT * FROM {table}"):
                pass
        return ""
    except (sqlite3.Error, UnicodeDecodeError):
        return FORGED


_READ = ("meta", "drug", "name", "code", "fact", "near", "passage")
"""The tables that look-ups read."""


def _tables(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    return connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name").fetchall()


def _own_tables() -> list[tuple[str, ...]]:
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(SCHEMA)
        return _tables(connection)
    finally:
        connection.close()


def _strange() -> list[str]:
    """Return look-ups that find a row which could not be shown: no text, no JSON, too few cells, a drug that is not there."""
    tabs = " ".join(f"WHEN {number} THEN {len(COLUMNS[part]) - 1}" for number, part in enumerate(FACT_TABLES))
    cells = f"length(row) - length(replace(row, char(9), '')) IS NOT CASE part {tabs} END"
    return [
        f"SELECT 1 FROM fact WHERE {_not_text('row', 'json')} OR {_not_json('json')} OR {cells} LIMIT 1",
        f"SELECT 1 FROM drug WHERE {_not_text('inn', 'json', 'long')} OR {_not_json('json')} LIMIT 1",
        f"SELECT 1 FROM name WHERE {_not_text('key', 'name', 'kind')} OR drug NOT IN (SELECT id FROM drug) LIMIT 1",
        f"SELECT 1 FROM code WHERE {_not_text('key', 'scheme')} OR drug NOT IN (SELECT id FROM drug) LIMIT 1",
        "SELECT 1 FROM meta WHERE key = 'drugs' AND typeof(value) != 'integer' LIMIT 1",
        "SELECT 1 FROM fact WHERE drug NOT IN (SELECT id FROM drug) LIMIT 1",
    ]


def _not_text(*columns: str) -> str:
    # Functions on text end at a NUL, so that what follows it would go unseen.
    return " OR ".join(f"typeof({name}) != 'text' OR instr(CAST({name} AS BLOB), x'00')" for name in columns)


def _not_json(column: str) -> str:
    # Blanks other than spaces stand between the tokens of JSON only; drugref writes none, and shows none as they are.
    blanks = " OR ".join(f"instr({column}, char({code}))" for code in (9, 10, 13))
    return f"substr({column}, 1, 1) != '{{' OR NOT json_valid({column}) OR {blanks}"
