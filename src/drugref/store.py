"""The compiled form of a database: found, checked for freshness, rebuilt when needed, opened for reading.

A store is one SQLite file in the cache folder. It is written aside and moved into place, so that a reader sees a whole
one or none, and it is opened immutable. Whatever is wrong with it, it is made again; whatever forbids writing it, it is
made in memory.
"""

import os
import sqlite3
import time
import zlib

from drugref import places
from drugref.columns import STORE_VERSION
from drugref.errors import DrugrefError

_RACY_NS = 2_000_000_000
# A file changed less than this before it was read may have changed again within the same tick of its clock.


class Store:
    """A compiled database, open for reading until it is closed."""

    __slots__ = ("connection", "path", "source")

    def __init__(self, source: str, connection: sqlite3.Connection, path: str | None) -> None:
        self.source = source
        """Path of the database it was compiled from."""
        self.connection = connection
        """The SQLite connection; look-ups only."""
        self.path = path
        """Path of the compiled file; None in memory."""

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database; look-ups after this fail. A second time does nothing."""
        self.connection.close()

    def meta(self, key: str) -> str:
        """Return a value of the table of what the store says of itself."""
        found = self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(found[0]) if found else ""


def open_vocabulary(*, rebuild: bool = False) -> Store:
    """Open the compiled form of the thesaurus that comes with drugref, compiling it first if there is no fresh one."""
    return open_store(places.vocabulary(), rebuild=rebuild)


def open_store(source: str, *, rebuild: bool = False) -> Store:
    """Open the compiled form of a database or of the thesaurus, compiling it first if there is no fresh one.

    Raises DrugrefError if the source cannot be read, InvalidDatabaseError if it is not valid.
    """
    if source.endswith(places.STORE):
        return _open_imported(source)
    source = os.path.abspath(source)
    stamp, changed = _stamp(source)
    path = _store_path(source)
    if path and stamp and not rebuild:
        store = _open_fresh(source, path, stamp, changed)
        if store:
            return store
    return _compile(source, path)


def _open_imported(source: str) -> Store:
    if not os.path.isfile(source):
        raise DrugrefError(f"no such database: {source}")
    store = None
    try:
        store = Store(source, _connect(source), source)
        if store.meta("store") == str(STORE_VERSION):
            return store
    except (OSError, sqlite3.Error):
        pass
    if store:
        store.close()
    raise DrugrefError(f"{source} is not a database that this version of drugref can read; import it again")


def _stamp(source: str) -> tuple[str, int]:
    """Return what tells one state of a source from another, and when anything of it last changed, in ns since 1970.

    That time is the system's own, which no program sets. The stamp is empty if the source is not there to be asked.
    """
    try:
        status = os.stat(source)
    except (OSError, ValueError):
        return "", 0
    name = source.encode("utf-8", "backslashreplace").decode("utf-8")
    return f"{STORE_VERSION}|{name}|{status.st_size}|{status.st_mtime_ns}|{status.st_ino}", status.st_ctime_ns


def _store_path(source: str) -> str | None:
    folder = places.cache_folder()
    if not folder:
        return None
    name = os.fsencode(source)
    # Two sums make a name clash unlikely; the stamp, which holds the path, makes it harmless.
    return os.path.join(folder, f"{zlib.crc32(name):08x}{zlib.adler32(name):08x}{places.STORE}")


def _connect(path: str) -> sqlite3.Connection:
    quoted = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return sqlite3.connect(f"file:{quoted}?mode=ro&immutable=1", uri=True, isolation_level=None)


def _open_fresh(source: str, path: str, stamp: str, changed: int) -> Store | None:
    store = None
    try:
        store = Store(source, _connect(path), path)
        # A store's own time of change is the time at which its source was read.
        settled = os.stat(path).st_mtime_ns - changed >= _RACY_NS
        if store.meta("stamp") == stamp and (settled or _is_same(store, path, changed)):
            return store
    except (OSError, sqlite3.Error, ValueError):
        pass
    if store:
        store.close()
    return None


def _is_same(store: Store, path: str, changed: int) -> bool:
    """Tell whether the source holds what was read, whatever its stamp says; if it is old enough by now, for good."""
    now = time.time_ns()
    checksum = 0
    with open(store.source, "rb") as file:
        while chunk := file.read(1 << 20):
            checksum = zlib.crc32(chunk, checksum)
    if store.meta("sum") != f"{checksum:08x}":
        return False
    if now - changed >= _RACY_NS:
        try:
            os.utime(path, ns=(now, now))
        except OSError:
            pass  # it will be asked again
    return True


def _compile(source: str, path: str | None) -> Store:
    from drugref.build import compile as compiler  # costly, and seldom needed
    from drugref.build import stream

    started = time.time_ns()
    stamp, _ = _stamp(source)
    meta: dict[str, object] = {"stamp": stamp, "built": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}

    def seal(checksum: int) -> None:
        meta["sum"] = f"{checksum:08x}"

    if os.path.isfile(source) and source != places.vocabulary():
        try:
            return _place(source, path, lambda connection: stream.fill(connection, source, meta, seal), started)
        except stream.NotStreamedError:
            pass
    data = compiler.read_source(source)
    seal(zlib.crc32(data))
    fill_from = compiler.fill_vocabulary if source == places.vocabulary() else compiler.fill_database
    return _place(source, path, lambda connection: fill_from(connection, data, source, meta), started)


def _place(source: str, path: str | None, fill: "Fill", started: int) -> Store:
    """Fill a store from a source read since ``started`` (ns) and open it: in its place if that can be, else in memory."""
    if path:
        try:
            _write_aside(path, fill, started)
            return Store(source, _connect(path), path)
        except (OSError, sqlite3.Error):
            pass  # no room or no right to write: in memory it is as correct, only slower
    store = Store(source, sqlite3.connect(":memory:", isolation_level=None), None)
    try:
        store.connection.execute("PRAGMA temp_store = MEMORY")
        fill(store.connection)
    except BaseException:
        store.close()
        raise
    return store


def _write_aside(path: str, fill: "Fill", started: int) -> None:
    """Write a store beside its place and move it there, whole or not at all; its time of change is ``started``."""
    from drugref.aside import beside, sweep  # contextlib costs, and a look-up writes nothing

    folder = os.path.dirname(path)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    sweep(folder)
    with beside(path) as aside:
        connection = sqlite3.connect(aside, isolation_level=None)
        try:
            fill(connection)
        finally:
            connection.close()
        os.utime(aside, ns=(started, started))


TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Fill = Callable[[sqlite3.Connection], None]
