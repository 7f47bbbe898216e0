"""A store that is shipped ready-made beside its source, so that nobody who installs drugref has to compile first.

It is one line, which says what it was made of, and then the store, packed. It is made while a wheel is built; a checkout has
none. Where it is not of this version, not of this source, or not whole, the source is compiled as if it were not there.
"""

import sqlite3
import zlib

from drugref.columns import STORE_VERSION

SUFFIX = ".store"
_LONGEST = 1 << 9


def beside(source: str) -> str:
    """Return where the ready-made store of a source lies, if there is one."""
    return source.removesuffix(".toml") + SUFFIX


def _told(data: bytes) -> bytes:
    return b"drugref %d %d %08x\n" % (STORE_VERSION, len(data), zlib.crc32(data))


def pack(source: str) -> bytes:
    """Return the ready-made store of a source, the same each time. Raises DrugrefError if the source is not valid."""
    from drugref import places
    from drugref.build import compile as compiler

    data = compiler.read_source(source)
    fill = compiler.fill_vocabulary if source == places.vocabulary() else compiler.fill_database
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        fill(connection, data, source, {})
        connection.execute("VACUUM")
        store = connection.serialize()
    finally:
        connection.close()
    return _told(data) + zlib.compress(store, 9)


def unpack(source: str) -> tuple[bytes, int] | None:
    """Return the store of a source, unpacked, and the CRC-32 of the source; None if there is no ready-made one of it."""
    try:
        with open(beside(source), "rb") as file:
            head = file.readline(_LONGEST)
            with open(source, "rb") as held:
                data = held.read()
            if head != _told(data):
                return None
            unpacking = zlib.decompressobj()
            store = unpacking.decompress(file.read())
        return (store, zlib.crc32(data)) if unpacking.eof else None
    except (OSError, zlib.error):
        return None


def complete(connection: sqlite3.Connection, meta: dict[str, object]) -> None:
    """Enter into an unpacked store what tells whether it is still fresh. Raises sqlite3.Error if it is no store."""
    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
    connection.executemany("INSERT INTO meta VALUES(?, ?)", meta.items())
