"""Files written beside their place and moved into it at once, so that a reader meets the old one or the new one, whole."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import BinaryIO

from drugref.errors import DrugrefError, StoppedError


@contextmanager
def beside(path: str) -> Iterator[str]:
    """Give the path of a file to write in the folder of ``path``, then put it there at once, its bytes on the disk.

    If that fails, or what writes it does, the file is removed and ``path`` is as it was. What killed runs left beside
    ``path`` is removed first.
    """
    folder, name = os.path.split(os.path.abspath(path))
    sweep(folder, name)
    aside = os.path.join(folder, f".{name}.{os.getpid()}.tmp")
    try:
        yield aside
        handle = os.open(aside, os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        os.replace(aside, path)
    except BaseException:
        try:
            os.unlink(aside)
        except OSError:
            pass
        raise


@contextmanager
def written(path: str) -> Iterator[BinaryIO]:
    """Give a file to write that takes the place of ``path`` at once when it is whole, with the permissions of the old one.

    A link stays one: what it leads to is replaced. What is no regular file, such as a pipe, is written to as it stands.
    Raises DrugrefError if the file cannot be written.
    """
    try:
        if os.path.exists(path) and not os.path.isfile(path):
            with open(path, "wb") as device:
                yield device
            return
        target = os.path.realpath(path)
        with beside(target) as aside:
            with open(aside, "wb") as file:
                yield file
            if os.path.exists(target):
                os.chmod(aside, os.stat(target).st_mode & 0o7777)
    except OSError as error:
        raise DrugrefError(f"cannot write {path}: {error.strerror or error}") from None


def sweep(folder: str, name: str | None = None) -> None:
    """Remove from a folder what killed processes left there of the file called ``name``; of all that they wrote if None."""
    try:
        entries = os.listdir(folder)
    except OSError:
        return  # whoever writes there will be told why
    for entry in entries:
        if not entry.endswith(".tmp"):
            continue
        owner = entry.split(".")[-2]
        if name is not None and entry != f".{name}.{owner}.tmp":
            continue
        try:
            if owner.isdigit() and int(owner) != os.getpid():
                os.kill(int(owner), 0)
        except ProcessLookupError:
            try:
                os.unlink(os.path.join(folder, entry))
            except OSError:
                pass
        except OSError:
            pass


@contextmanager
def unwinding(code: int | None = None) -> Iterator[None]:
    """Let a request to end the process unwind as Ctrl-C does, so that what was half written is removed.

    ``code`` is what the process ends with; without it 128 and the signal's number.
    """

    def end(number: int, frame: FrameType | None) -> None:
        error = StoppedError("")
        error.exit_code = 128 + number if code is None else code
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
