"""The gate for all that publishers ship, walked with bounds: folders, zips, zips in zips, gzipped files.

Nothing but regular files is read; a pipe or a device is never waited for. Nothing is ever unpacked to a place of the archive's
choosing. What an archive declares of itself is never trusted: bounds hold for what comes out. Whatever cannot be read is
counted, and the rest is read on.
"""

import errno
import gzip
import io
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, BinaryIO, NamedTuple

from drugref.errors import DrugrefError
from drugref.job import Job
from drugref.text import is_unsafe, printable

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

DEPTH = 3
"""Archives in each other; a release of DailyMed has two: a zip of zips, one for each label."""
RATIO = 200
"""Most bytes that may come of one compressed byte of a member. Labels have 5 to 20; deflate can make 1,032."""
RATIO_FROM = 1 << 20
"""Bytes below which a member may have any ratio: small ones of blanks or zeros do no harm."""
TOTAL_RATIO = 100
"""Most bytes that may come of one byte of a given file, archives in it included."""
TOTAL_FROM = 16 << 20
"""Bytes below which that ratio does not matter."""
MEMBERS = 1_000_000
"""Members of a given file, those of archives in it included: room for every label that DailyMed has, with its images."""
DIRECTORY = 4 << 20
"""Bytes of the directories of a zip and of those in it, which are held in memory at some 20 times that; with names as long as
DailyMed's, room for 35,000 members."""
INNER = 256 << 20
"""Bytes of an archive in an archive, which is put aside on disk: room for one label with many images."""
IN_MEMORY = 1 << 20
"""Bytes of an archive in an archive that are held in memory before it is put on disk."""
LONGEST = 12 << 20
"""Bytes of a member that is read whole; DailyMed's largest label has about 10 MB."""
ENTRIES = 250_000
"""Wanted files in one folder, which are put in order; DailyMed has some 150,000 labels in all."""
HEAD = 1 << 16
"""Bytes of a file by which it is told what it is."""
PIECE = 1 << 16
"""Bytes read at a time."""

_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, RuntimeError, OverflowError, IndexError)
"""What the standard library raises over damaged archives, by experiment."""
_IRREGULAR = "neither a file nor a folder"
_DAMAGED = "damaged, cannot be read to its end"
_TOO_MUCH = "too much comes out of the archive"
_LOCAL_HEADER = 30
"""Fewest bytes that a zip has before a member's content."""
_MAGIC = {b"PK\x03\x04": ".zip", b"PK\x05\x06": ".zip", b"\x1f\x8b": ".gz"}


class MemberError(ValueError):
    """A member of an archive that cannot be read to its end; the message is a short fixed reason."""


class Member(NamedTuple):
    """One file, wherever it lay."""

    name: str
    """Where it lies, fit for a terminal: ``release.zip/inner.zip/label.xml``."""
    size: int
    """Bytes, as the archive declares them; 0 if it does not tell."""
    stream: io.BufferedReader
    """What is in it, to be read before the next member is asked for. Reading raises MemberError."""


def members(path: str, suffixes: tuple[str, ...], job: Job) -> Iterator[Member]:
    """Yield what a file or folder holds under names with one of some suffixes, in lower case, as ``.xml``.

    A file that is given by itself may have any name. ``job.advance`` is told of ``size_of(path, suffixes)`` bytes in all.
    Raises DrugrefError where the given path cannot be read; anything else is counted in ``job.report``.
    """
    for shown, file_path in regular_files(path, suffixes, job):
        try:
            with opened(file_path, follow=file_path == path) as file:
                yield from _Walk(file, suffixes, job).all(printable(shown, 200), given=file_path == path)
        except OSError as error:
            if file_path == path:
                raise _unreadable(path, error) from None
            job.report.refuse(printable(shown, 200), "cannot be opened")


def opened(path: str, *, follow: bool = True) -> BinaryIO:
    """Open a regular file; raise OSError where it is none, at once and not when somebody writes to it."""
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | (0 if follow else os.O_NOFOLLOW)
    if not stat.S_ISREG(os.stat(path, follow_symlinks=follow).st_mode):  # opening a device may already do something
        raise OSError(errno.EINVAL, _IRREGULAR)
    handle = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(handle).st_mode):  # it was exchanged since
        os.close(handle)
        raise OSError(errno.EINVAL, _IRREGULAR)
    return open(handle, "rb")


def beginning_of(path: str, suffixes: tuple[str, ...]) -> bytes:
    """Return the first bytes of the first file that ``members`` gives; none where there is nothing to read. Never raises."""
    try:
        for member in members(path, suffixes, Job(today=date.min)):
            return member.stream.read(HEAD)
    except (DrugrefError, MemberError):
        pass
    return b""


def size_of(path: str, suffixes: tuple[str, ...]) -> int:
    """Return how many bytes ``members`` will tell to have read; raise DrugrefError where the path cannot be read."""
    return sum(os.path.getsize(file) for _, file in regular_files(path, suffixes, None))


def whole(member: Member, job: Job) -> bytes | None:
    """Return a member's bytes, or None after having counted why they cannot be had."""
    try:
        data = member.stream.read(LONGEST + 1)
    except MemberError as error:
        job.report.refuse(member.name, str(error))
        return None
    if len(data) > LONGEST:
        job.report.refuse(member.name, "larger than any label")
        return None
    return data


def _unreadable(path: str, error: OSError) -> DrugrefError:
    return DrugrefError(f'cannot read "{printable(path, 200)}": {error.strerror or error}')


def regular_files(path: str, suffixes: tuple[str, ...], job: Job | None, *, deep: bool = True) -> Iterator[tuple[str, str]]:
    """Yield a file, or a folder's files with wanted names in order, as what to call it and its path.

    What bears such a name and is no regular file is counted, with a job to count it in. Raises DrugrefError where the given
    path cannot be read.
    """
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        raise _unreadable(path, error) from None
    if stat.S_ISREG(mode):
        yield os.path.basename(path), path
        return
    if not stat.S_ISDIR(mode):
        raise DrugrefError(f'"{printable(path, 200)}" is {_IRREGULAR}')
    folders = [path]
    while folders:
        folder = folders.pop()
        try:
            below, found = _listed(folder, (*suffixes, ".zip", ".gz"))
        except OSError as error:
            if folder == path:
                raise _unreadable(path, error) from None
            if job:
                job.report.refuse(printable(os.path.relpath(folder, path), 200), "cannot be opened")
            continue
        folders += reversed(below) if deep else ()
        for place in found[:ENTRIES]:
            shown = os.path.relpath(place, path)
            mode = _mode(place)
            if stat.S_ISREG(mode):
                yield shown, place
            elif job:
                job.report.refuse(printable(shown, 200), "symbolic link" if stat.S_ISLNK(mode) else _IRREGULAR)
        if len(found) > ENTRIES and job:
            job.report.break_off(printable(os.path.relpath(folder, path), 200), "too many files in a folder")


def _mode(path: str) -> int:
    """Return what kind of file a path is itself; 0 if it is gone by now."""
    try:
        return os.lstat(path).st_mode
    except OSError:
        return 0


def _listed(folder: str, wanted: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Return the paths of the folders in a folder, and of what bears a wanted name, each in order and at most some more."""
    below, found = [], []
    with os.scandir(folder) as scan:
        for entry in scan:
            if entry.is_dir(follow_symlinks=False):
                below.append(entry.path)
            elif entry.name.lower().endswith(wanted):
                found.append(entry.path)
            if len(below) + len(found) > ENTRIES:
                break
    return sorted(below), sorted(found)


class _Watched(io.RawIOBase):
    """A file that tells how far it has been read, and of which no more than a zip's directory may have is read at once."""

    def __init__(
        self, file: IO[bytes], reached: Callable[[int], object] = lambda position: None, most: int = DIRECTORY
    ) -> None:
        self._file, self._most = file, most
        self.reached = reached
        self.largest = 0
        """Bytes that were asked for at once, at most; of a zip those of its directory."""

    def read(self, size: int = -1) -> bytes:
        if size > self._most:
            raise zipfile.BadZipFile("directory too large")
        self.largest = max(self.largest, size)
        data = self._file.read(size)
        self.reached(self._file.tell())
        return data

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True


class _Bounded(io.RawIOBase):
    """What comes out of a member, held to its bounds."""

    def __init__(self, read: Callable[[int], bytes], compressed: Callable[[], int], walk: "_Walk") -> None:
        self._read, self._compressed, self._walk = read, compressed, walk
        self.size = 0
        """Bytes that came out so far."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer)
        try:
            data = self._read(min(len(view), PIECE))
        except MemberError:
            raise
        except _BROKEN:
            raise MemberError(_DAMAGED) from None
        self.size += len(data)
        self._walk.left -= len(data)
        if self._walk.left < 0 or (self.size > RATIO_FROM and self.size > RATIO * self._compressed()):
            raise MemberError(_TOO_MUCH)
        view[: len(data)] = data
        return len(data)


class _Walk:
    """The way through one given file."""

    def __init__(self, file: BinaryIO, suffixes: tuple[str, ...], job: Job) -> None:
        self._file, self._suffixes, self._job = file, suffixes, job
        self._size = os.fstat(file.fileno()).st_size
        self._reached = 0
        self._members = MEMBERS
        self._room = DIRECTORY
        self.left = TOTAL_FROM + TOTAL_RATIO * self._size
        """Bytes that may still come out."""

    def all(self, name: str, *, given: bool) -> Iterator[Member]:
        """Yield what is in the file; a given one is known by what is in it, one of a folder's by its name."""
        kind = _archive_suffix(name)
        if given:
            head = self._file.read(4)
            self._file.seek(0)
            known = next((suffix for magic, suffix in _MAGIC.items() if head.startswith(magic)), "")
            kind = known or (kind if kind == ".zip" or not head else "")  # browsers unpack files and leave them their name
        if kind == ".zip":
            yield from self._zip(name, self._file, 1)
        else:
            source = _Bounded(_Watched(self._file, self._reach).read, lambda: self._size, self)
            if kind == ".gz":
                yield from self._gzip(name, source, 1, any_name=given)
            else:
                yield Member(name, self._size, io.BufferedReader(source))
        if self.left < 0:
            self._job.report.break_off(name, "too much came out of the archive")
        self._reach(self._size)

    def _reach(self, position: int) -> None:
        position = min(position, self._size)  # a damaged zip may send its reader beyond the end
        if position > self._reached:
            self._job.advance(position - self._reached)
            self._reached = position

    def _content(self, name: str, size: int, source: _Bounded, depth: int, *, any_name: bool = False) -> Iterator[Member]:
        """Yield what is in a member of an archive; ``depth`` counts the archives around it."""
        kind = _archive_suffix(name)
        if not kind:
            if any_name or name.lower().endswith(self._suffixes):
                yield Member(name, size, io.BufferedReader(source))
        elif depth == DEPTH:
            self._job.report.refuse(name, "archives nested too deep")
        elif kind == ".gz":
            yield from self._gzip(name, source, depth + 1)
        else:
            with SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
                try:
                    _copy(source, spool)
                except MemberError as error:
                    self._job.report.refuse(name, str(error))
                else:
                    yield from self._zip(name, spool, depth + 1)

    def _gzip(self, name: str, source: _Bounded, depth: int, *, any_name: bool = False) -> Iterator[Member]:
        inner = name.rpartition("/")[2]
        inner = inner[:-3] if inner.lower().endswith(".gz") else inner
        with gzip.GzipFile(fileobj=io.BufferedReader(source)) as file:
            unpacked = _Bounded(file.read, lambda: source.size, self)
            yield from self._content(f"{name}/{inner}", 0, unpacked, depth, any_name=any_name)

    def _zip(self, name: str, file: IO[bytes], depth: int) -> Iterator[Member]:
        watched = _Watched(file, most=self._room)
        try:
            archive = zipfile.ZipFile(watched)
        except _BROKEN:
            self._job.report.refuse(name, _DAMAGED)
            return
        self._room -= watched.largest
        with archive:
            if file is self._file:
                watched.reached = self._reach  # only now: the directory stands at the end
            yield from self._listed(name, archive, depth)
        self._room += watched.largest

    def _listed(self, name: str, archive: zipfile.ZipFile, depth: int) -> Iterator[Member]:
        """Yield what is in the members of a zip that its directory names."""
        infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
        self._members -= len(infos)
        if self._members < 0:
            self._job.report.break_off(name, "too many members")
            return
        ends = [info.header_offset for info in infos[1:]] + [archive.start_dir]
        for info, end in zip(infos, ends, strict=False):  # of no members there is an end as well
            if self.left < 0:
                return
            if info.filename.lower().endswith((*self._suffixes, ".zip", ".gz")):
                yield from self._member(name, archive, info, end, depth)

    def _member(self, name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, end: int, depth: int) -> Iterator[Member]:
        """Yield what is in one member of a zip, whose bytes may reach to ``end``."""
        shown = f"{name}/{printable(info.orig_filename, 200)}"
        if why := _objection(info, end):
            self._job.report.refuse(shown, why)
            return
        try:
            file = archive.open(info)
        except _BROKEN:
            self._job.report.refuse(shown, _DAMAGED)
            return
        with file:
            source = _Bounded(file.read, lambda: info.compress_size, self)
            yield from self._content(shown, info.file_size, source, depth)


def _archive_suffix(name: str) -> str:
    return next((suffix for suffix in (".zip", ".gz") if name.lower().endswith(suffix)), "")


def _objection(info: zipfile.ZipInfo, end: int) -> str:
    """Return why a member of a zip is not even opened, or ""."""
    name = info.orig_filename
    if re.match(r"[/\\]|[A-Za-z]:", name) or ".." in re.split(r"[/\\]", name) or any(map(is_unsafe, name)):
        return "unsafe name"
    if info.flag_bits & 0x1:
        return "encrypted"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "unknown compression"
    if info.header_offset + _LOCAL_HEADER + info.compress_size > end:
        return "members that overlap"
    return ""


def _copy(source: _Bounded, spool: IO[bytes]) -> None:
    """Put an archive in an archive aside; raise MemberError where it is broken or too large."""
    while data := source.read(PIECE):
        if source.size > INNER:
            raise MemberError("archive in an archive too large")
        try:
            spool.write(data)
        except OSError as error:
            raise DrugrefError(f"cannot put an archive aside: {error.strerror or error}") from None
    spool.seek(0)
