"""Files written beside their place and moved into it at once, so that a reader meets the old one or the new one, whole."""

import fcntl
import os
import re
import secrets
import signal
import stat
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import BinaryIO

from drugref.errors import DrugrefError, StoppedError

_OURS = re.compile(r"\.drugref-[0-9a-f]{16}\.tmp")
"""Names of what is being written; nothing else is ever swept."""


@contextmanager
def beside(path: str) -> Iterator[str]:
    """Give the path of a file to write in the folder of ``path``, then put it there at once, its bytes on the disk.

    If that fails, or what writes it does, the file is removed and ``path`` is as it was. Nobody else may read the file until
    it stands in its place, with the permissions of the old one.
    """
    with _made(path) as (aside, _):
        yield aside


@contextmanager
def written(path: str) -> Iterator[BinaryIO]:
    """Give a file to write that takes the place of ``path`` at once when it is whole, with the permissions of the old one.

    A link stays one: what it leads to is replaced. What is no regular file, such as a pipe, is written to as it stands.
    Raises DrugrefError if the file cannot be written.
    """
    try:
        if os.path.exists(path) and not os.path.isfile(path):
            with open(os.open(path, os.O_WRONLY), "wb") as device:  # never made here, should it be gone by now
                yield device
            return
        with _made(os.path.realpath(path)) as (_, handle), open(handle, "wb", closefd=False) as file:
            yield file
            file.flush()
    except OSError as error:
        raise DrugrefError(f"cannot write {path}: {error.strerror or error}") from None


@contextmanager
def alone(path: str) -> Iterator[bool]:
    """Keep other processes from making the same file until this one is done; tell whether one had to be waited for.

    Where there are no locks, or somebody holds one for longer than a file takes, two may do the same work, which harms neither.
    """
    handle, waited, lock = -1, False, _lock_of(path)
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        handle, waited = _locked(lock)
    except OSError:
        pass  # nothing can be written here, or nothing locked
    try:
        yield waited
    finally:
        if handle >= 0:
            try:
                os.unlink(lock)
            except OSError:
                pass
            os.close(handle)


_PATIENCE = 60.0
"""Seconds to wait for another process, which may have been stopped."""


def _lock_of(path: str) -> str:
    folder, name = os.path.split(path)
    data = os.fsencode(name)
    return os.path.join(folder, f".drugref-{zlib.crc32(data):08x}{zlib.adler32(data):08x}.tmp")


def _locked(lock: str) -> tuple[int, bool]:
    """Return a lock file, held, and whether another process held it; -1 for the file if it still does. Raises OSError."""
    waited, last = False, time.monotonic() + _PATIENCE
    while time.monotonic() < last:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(handle).st_nlink:
                return handle, waited
            waited = True  # whoever held it is done and has removed it
        except BlockingIOError:
            waited = True
            time.sleep(0.01)
        except OSError:
            os.close(handle)
            raise
        os.close(handle)
    return -1, waited


def sweep(folder: str) -> None:
    """Remove from a folder what killed processes left there half written: what bears our names and is held by nobody."""
    try:
        entries = os.listdir(folder)
    except OSError:
        return  # whoever writes there will be told why
    for entry in filter(_OURS.fullmatch, entries):
        place = os.path.join(folder, entry)
        try:
            handle = os.open(place, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            continue
        try:
            if stat.S_ISREG(os.fstat(handle).st_mode):
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                os.unlink(place)
        except OSError:
            pass  # it is held; or the file system has no locks, and then nobody can tell
        finally:
            os.close(handle)


@contextmanager
def _made(path: str) -> Iterator[tuple[str, int]]:
    folder = os.path.dirname(os.path.abspath(path))
    sweep(folder)
    aside, handle = _created(folder)
    try:
        yield aside, handle
        os.fchmod(handle, _permissions(path))
        os.fsync(handle)
        os.replace(aside, path)
    except BaseException:
        try:
            os.unlink(aside)
        except OSError:
            pass
        raise
    finally:
        os.close(handle)  # and with it goes the lock


def _created(folder: str) -> tuple[str, int]:
    """Make a file that nobody else can have made or foreseen, and hold it, so that no sweep takes it while it is written."""
    while True:
        aside = os.path.join(folder, f".drugref-{secrets.token_hex(8)}.tmp")
        handle = os.open(aside, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError:
            return aside, handle  # no locks here: nobody sweeps here either
        if os.fstat(handle).st_nlink:
            return aside, handle
        os.close(handle)  # a sweep was between the two


def _permissions(path: str) -> int:
    """Return the permissions of a file, or those that a new one would have."""
    try:
        status = os.lstat(path)
        if stat.S_ISREG(status.st_mode):
            return status.st_mode & 0o777
    except OSError:
        pass
    umask = os.umask(0o077)
    os.umask(umask)
    return 0o666 & ~umask


@contextmanager
def unwinding() -> Iterator[None]:
    """Let a request to end the process unwind as Ctrl-C does, so that what was half written is removed.

    The process then ends with 128 and the signal's number.
    """

    def end(number: int, frame: FrameType | None) -> None:
        error = StoppedError("")
        error.exit_code = 128 + number
        raise error

    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    for number, handler in before.items():
        if handler == signal.SIG_DFL:  # under nohup a hang-up stays ignored
            signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
