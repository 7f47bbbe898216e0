"""openFDA's label files, read one label at a time: JSON of a gigabyte, hostile ones among them."""

import io
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import IO, Any, Generic, NamedTuple, TypeVar

import ijson

from drugref.importers.archive import HEAD, Member, MemberError, members
from drugref.job import Job, Report
from drugref.text import clean

SUFFIXES = (".json",)
_META = 1 << 12
"""Bytes in which what a file says of itself stands."""
BOM = b"\xef\xbb\xbf \t\r\n"
_LONGEST = 32 << 20
"""Bytes of one label; the longest real ones have about two million."""
_LONG = 1 << 20
"""Bytes of a label from which on it is read in large pieces."""
_MOST_OPENED = 5000
"""Brackets and braces that one label may open, those in its sentences among them; real ones have some hundreds."""


L = TypeVar("L")


class Read(NamedTuple, Generic[L]):
    """A step through the files."""

    where: str
    """Where the label lies."""
    label: L | None
    """What was made of the label; None at the end of a file."""
    report: Report | None
    """What was refused since the step before, if anything was."""
    advanced: int
    """Bytes of the given files that were read since the step before."""
    version: str
    """The date that the file says of itself."""


def labels(paths: Sequence[str], make: Callable[[dict[str, Any]], L], today: date) -> Iterator[Read[L]]:
    """Yield what is made of each label of some files; raise DrugrefError where a path cannot be read.

    A file that breaks off is counted, and what came before stands.
    """
    advanced = 0

    def advance(size: int) -> None:
        nonlocal advanced
        advanced += size

    job = Job(today=today, advance=advance)

    def step(where: str, label: L | None) -> Read[L]:
        nonlocal advanced
        report, size = job.report, advanced
        advanced = 0
        if report.read:
            job.report = Report()
        return Read(where, label, report if report.read else None, size, job.version)

    for path in paths:
        for member in members(path, SUFFIXES, job):
            for where, record in _records(member, job):
                if isinstance(record, dict):
                    yield step(where, make(record))
                else:
                    job.report.refuse(where, "no label, but another kind of value")
        yield step(path, None)


def _records(member: Member, job: Job) -> Iterator[tuple[str, Any]]:
    try:
        head = member.stream.read(HEAD).lstrip(BOM)
        job.version = _updated(head)
        stream = _Headed(head, member.stream)
        items = ijson.items(stream, "item" if head[:1] == b"[" else "results.item", use_float=True)
        for number, record in enumerate(items, 1):
            where = f"{member.name}, label {number}"
            if stream.given > _LONGEST:
                job.report.refuse(where, "longer than any label")
            else:
                yield where, record
            stream.begin()
    except MemberError as error:
        job.report.refuse(member.name, str(error))
    except (ijson.JSONError, UnicodeDecodeError, RecursionError):
        job.report.refuse(member.name, "not JSON from some place on")


def _updated(head: bytes) -> str:
    """Return the date that a file says of itself."""
    try:
        for value in ijson.items(io.BytesIO(head[:_META]), "meta.last_updated"):
            return clean(str(value))[:40]
    except ijson.JSONError:
        pass  # the head of a file is no whole document
    return ""


class _Headed:
    """A stream whose first bytes were read already; it counts what it gives, and ends before a label nested without end."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        self._head, self._stream = head, stream
        self.begin()

    def begin(self) -> None:
        """Count anew: a label has ended."""
        self.given = self._opened = 0

    def read(self, size: int = -1) -> bytes:
        if self._opened > _MOST_OPENED:
            raise MemberError("nested deeper than any label; the rest of the file was not read")
        if self.given > _LONG:
            size *= 64  # the parser begins a text anew with each piece of it
        taken = self._head if self._head and size else self._stream.read(size)
        self._head = b"" if size else self._head
        # The parser keeps the whole path of each level, so that memory grows with the square of the depth.
        self._opened += taken.count(b"[") + taken.count(b"{")
        if self._opened > _MOST_OPENED:  # unless a label ends before that place
            place = next(islice(re.finditer(rb"[\[{]", taken), _MOST_OPENED, None), None)
            cut = place.start() if place else len(taken)
            taken, self._head = taken[:cut], taken[cut:]
        self.given += len(taken)
        return taken
