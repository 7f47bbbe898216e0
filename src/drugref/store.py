"""The compiled form of a database: found, checked for freshness, rebuilt when needed, opened for reading.

A store is one SQLite file in the cache folder. It is written aside and moved into place, so that a reader sees a whole
one or none. Since nobody ever writes to a file that stands in its place, it is read as immutable, without any lock: what
was opened stays what it was when another takes its place, and network file systems without locks and folders that cannot
be written to are as good as others. Where such a file vanishes under its reader, SQLite says so, and it is made again.
Whatever else is wrong with it, it is made again; whatever forbids writing it, it is made in memory.
"""

import os
import stat
import time

from drugref import places, sqlite
from drugref.columns import STORE_VERSION
from drugref.errors import DrugrefError

_RACY_NS = 2_000_000_000
# A file changed less than this before it was read may have changed again within the same tick of its clock.
_TICK_NS = 2_000_000_000
# No file system keeps the time of a file less exactly.
_SETTLED_NS = 2 * _TICK_NS
# How much later the time of a store is set once its source was found unchanged, by then longer than this after it was read.
_PROOF = ".proof"
_LONGEST_PROOF = 1 << 16
_TRIES = 5
"""How often an imported database that another takes the place of is opened anew."""


class Store:
    """A compiled database, open for reading until it is closed."""

    __slots__ = ("connection", "path", "source")

    def __init__(self, source: str, connection: sqlite.Connection, path: str | None) -> None:
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
    source = _absolute(source)
    stamp, changed = _stamp(source)
    path = _cached(source, places.STORE) if stamp else None
    if path and not rebuild:
        store = _open_fresh(source, path, stamp, changed)
        if store:
            return store
    return _make(source, path, rebuild=rebuild)


def _absolute(source: str) -> str:
    try:
        return os.path.abspath(source)
    except OSError:
        return source  # the current folder was deleted: nothing is there, as will be said


def _stamp(source: str) -> tuple[str, int]:
    """Return what tells one state of a source from another, and when anything of it last changed, in ns since 1970.

    That time is the system's own, which no program sets. The stamp is empty if the source is no file that could be asked
    again.
    """
    try:
        status = os.stat(source)
    except (OSError, ValueError):
        return "", 0
    if not stat.S_ISREG(status.st_mode):
        return "", 0
    name = source.encode("utf-8", "backslashreplace").decode("utf-8")
    return f"{STORE_VERSION}|{name}|{status.st_size}|{status.st_mtime_ns}|{status.st_ino}", status.st_ctime_ns


def _cached(source: str, suffix: str) -> str | None:
    """Return where the cache holds what belongs to a source; None without a cache."""
    folder = places.cache_folder()
    if not folder:
        return None
    # FNV-1a of 64 bits, as it needs no module: a clash is unlikely, and the stamp, which holds the path, makes it harmless.
    name = 0xCBF29CE484222325
    for byte in os.fsencode(source):
        name = (name ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return os.path.join(folder, f"{name:016x}{suffix}")


def uri_of(path: str, how: str) -> str:
    """Return what SQLite calls a file by, whatever its path holds, with parameters such as ``nolock=1``."""
    # Not urllib's, whose import costs. A path that begins with two slashes would else be taken for the name of a machine.
    return "file://" + "".join([chr(byte) if byte in _PLAIN else f"%{byte:02x}" for byte in os.fsencode(path)]) + "?" + how


_PLAIN = b"/._-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _connect(path: str) -> sqlite.Connection:
    return sqlite.connect(uri_of(path, "mode=ro&immutable=1"), uri=True, isolation_level=None)


def written_alone(path: str) -> sqlite.Connection:
    """Connect to a file that nobody else knows of, to write it without locks.

    Where locks of files and of their ranges are one, as on NFS, SQLite's own would meet ours; and some have none.
    """
    return sqlite.connect(uri_of(path, "nolock=1"), uri=True, isolation_level=None)


def _open_fresh(source: str, path: str, stamp: str, changed: int) -> Store | None:
    store = None
    try:
        status = os.stat(path)
        read = status.st_mtime_ns
        # Nothing but a file is opened, which would wait for a pipe, and nothing from a time that has not come.
        if not stat.S_ISREG(status.st_mode) or read > time.time_ns():
            return None
        store = Store(source, _connect(path), path)
        # The store's own time is that at which its source was read, or a little later once that is known to be settled.
        # Any other means that somebody else wrote to it.
        held = store.meta("stamp") if _has_tables_alone(store.connection) else ""
        ours = held in (f"{stamp}|{read}", f"{stamp}|{read - _SETTLED_NS}")
        if ours and (read - changed >= _RACY_NS or _is_same(store, path, read)):
            return store
    except (OSError, sqlite.Error, ValueError):
        pass
    if store:
        store.close()
    return None


def _has_tables_alone(connection: sqlite.Connection) -> bool:
    """Tell whether no view stands where a table should; the full-text table is the one that has no pages of its own."""
    sql = "SELECT name FROM sqlite_master WHERE rootpage = 0 OR rootpage IS NULL"
    return all(name == "passage" for (name,) in connection.execute(sql))


def _is_same(store: Store, path: str, read: int) -> bool:
    """Tell whether the source holds what was read, whatever its stamp says; if it is old enough by now, for good."""
    import zlib  # costs, and only a young source is read again

    now = time.time_ns()
    checksum = 0
    with open(store.source, "rb") as file:
        while chunk := file.read(1 << 20):
            checksum = zlib.crc32(chunk, checksum)
    if store.meta("sum") != f"{checksum:08x}":
        return False
    if now - read >= _SETTLED_NS:
        try:
            os.utime(path, ns=(read + _SETTLED_NS, read + _SETTLED_NS))
        except OSError:
            pass  # it will be asked again
    return True


def _open_imported(source: str) -> Store:
    """Open a database that is compiled already, if it is proved to be one; the cache keeps what was proved of which state."""
    source = _absolute(source)
    for _ in range(_TRIES):
        stamp, changed = _stamp(source)
        known = _remembered(source, f"{stamp}|{changed}") if stamp else None
        words = prove(source) if known is None else known
        if words:
            raise DrugrefError(f"{source} {words}")
        store = Store(source, _connect_guarded(source), source)
        if _stamp(source) == (stamp, changed):
            return store
        store.close()  # another took its place meanwhile, and nothing is proved of what was opened
    raise DrugrefError(f"{source} is being changed; try again")


def _connect_guarded(path: str) -> sqlite.Connection:
    """Connect to a store that may come from anybody."""
    connection = _connect(path)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def prove(source: str) -> str:
    """Read an imported database from end to end; return what is wrong with it, "" if nothing is, and remember it.

    Raises DrugrefError if it cannot be read.
    """
    from drugref.build import proof  # costly, and needed once for each state of a database

    if not os.path.exists(source):
        raise DrugrefError(f"no such database: {source}")
    stamp, changed = _stamp(source)
    if not stamp:
        raise DrugrefError(f"{source} is no file; an imported database is one")
    connection = None
    try:
        if os.path.getsize(source):  # the system's own files have none, and some of them are waited for
            with open(source, "rb"):
                connection = _connect_guarded(source)
            words = proof.fault(source, connection)
        else:
            words = proof.OTHER
    except OSError as error:
        raise DrugrefError(f"cannot read {source}: {error.strerror or error}") from None
    except sqlite.Error:
        words = proof.OTHER
    finally:
        if connection:
            connection.close()
    if _stamp(source) == (stamp, changed):
        _remember(source, f"{stamp}|{changed}", words)
    return words


def proved(source: str) -> None:
    """Remember that an imported database is whole because this process has just made it."""
    source = _absolute(source)
    stamp, changed = _stamp(source)
    _remember(source, f"{stamp}|{changed}", "")


def _remembered(source: str, stamp: str) -> str | None:
    """Return what was proved of a state of a database; None if nothing was."""
    path = _cached(source, _PROOF)
    try:
        if path and stat.S_ISREG(os.stat(path).st_mode):
            with open(path, encoding="utf-8") as file:
                held, _, words = file.read(_LONGEST_PROOF).rpartition("\n")
            return words if held == stamp else None
    except (OSError, ValueError):
        pass
    return None


def _remember(source: str, stamp: str, words: str) -> None:
    path = _cached(source, _PROOF)
    if path:
        from drugref.aside import beside

        try:
            os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
            with beside(path) as aside, open(aside, "w", encoding="utf-8") as file:
                file.write(f"{stamp}\n{words}")
        except OSError:
            pass  # it will be proved again


def _make(source: str, path: str | None, *, rebuild: bool) -> Store:
    """Make a store, or open the one that another process made meanwhile: of many that start at once, one does the work."""
    if path is None:
        return _compile(source, path)
    from drugref.aside import alone

    with alone(path) as waited:
        store = _open_fresh(source, path, *_stamp(source)) if waited and not rebuild else None
        return store or _compile(source, path)


def _compile(source: str, path: str | None) -> Store:
    import zlib

    from drugref.build import ready

    now = time.time_ns()
    started = now - now % _TICK_NS
    stamp, _ = _stamp(source)
    meta: dict[str, object] = {"stamp": f"{stamp}|{started}", "built": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}

    def seal(checksum: int) -> None:
        meta["sum"] = f"{checksum:08x}"

    if source in (places.bundled(), places.vocabulary()) and (unpacked := ready.unpack(source)):
        seal(unpacked[1])
        try:
            return _place(source, path, lambda connection: ready.complete(connection, meta), started, unpacked[0])
        except sqlite.Error:
            pass  # it was no store: what it was made of is still there
    from drugref.build import compile as compiler  # costly, and seldom needed
    from drugref.build import stream

    if os.path.isfile(source) and source != places.vocabulary():
        try:
            return _place(source, path, lambda connection: stream.fill(connection, source, meta, seal), started)
        except stream.NotStreamedError:
            pass
    data = compiler.read_source(source)
    seal(zlib.crc32(data))
    fill_from = compiler.fill_vocabulary if source == places.vocabulary() else compiler.fill_database
    return _place(source, path, lambda connection: fill_from(connection, data, source, meta), started)


def _place(source: str, path: str | None, fill: "Fill", started: int, begun: bytes = b"") -> Store:
    """Fill a store from a source read since ``started`` (ns) and open it: in its place if that can be, else in memory.

    ``begun`` is what a store holds already that is not made from the beginning.
    """
    if path:
        try:
            _write_aside(path, fill, started, begun)
            return Store(source, _connect(path), path)
        except (OSError, sqlite.Error):
            pass  # no room or no right to write: in memory it is as correct, only slower
    store = Store(source, sqlite.connect(":memory:", isolation_level=None), None)
    try:
        if begun:
            store.connection.deserialize(begun)
        store.connection.execute("PRAGMA temp_store = MEMORY")
        fill(store.connection)
    except BaseException:
        store.close()
        raise
    return store


def _write_aside(path: str, fill: "Fill", started: int, begun: bytes) -> None:
    """Write a store beside its place and move it there, whole or not at all; its time of change is ``started``."""
    from drugref.aside import beside, sweep  # contextlib costs, and a look-up writes nothing
    from drugref.build.proof import seal

    folder = os.path.dirname(path)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    sweep(folder)
    with beside(path) as aside:
        with open(aside, "wb") as file:
            file.write(begun)
        connection = written_alone(aside)
        try:
            fill(connection)
        finally:
            connection.close()
        seal(aside)
        os.utime(aside, ns=(started, started))


TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Fill = Callable[[sqlite.Connection], None]
