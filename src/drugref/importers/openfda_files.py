"""openFDA's label files, read one label at a time: JSON of a gigabyte, hostile ones among them.

Labels stand in the list ``results`` of an object, as openFDA publishes them; in a list; one a line; or there is just one. One
that cannot be read is counted, and the next is looked for: where a label ends is told by brackets outside its texts.
"""

import codecs
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from drugref.importers.archive import HEAD, MEMBERS, Member, MemberError, members
from drugref.job import Job, Report
from drugref.text import clean

SUFFIXES = (".json", ".jsonl", ".ndjson")
BOM = b"\xef\xbb\xbf \t\r\n"
_LONGEST = 3 << 20
"""Characters of one label; the longest real ones have about two million. Lists in it may take 30 times that in memory."""
_SKIPPED = 16 << 20
"""Characters after which the end of a label that cannot be read is not looked for any longer."""
_DEEPEST = 64
"""Levels of lists and objects in one label; real ones have three."""
_PIECE = 1 << 18
"""Bytes read at a time."""
_READ = json.JSONDecoder().raw_decode
_SPACE = re.compile(r"[ \t\r\n]*")
_SIGN = re.compile(r'\\.|["\[\]{}]', re.DOTALL)
"""What tells where a value ends."""
_RESULTS = re.compile(r'"results"\s*:\s*\[')
"""Where openFDA's list of labels begins. In a text the second quotation mark would be escaped."""
_UPDATED = re.compile(r'"last_updated"\s*:\s*"([^"\\]{1,40})"')


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

    A label that cannot be read is counted, and so is a place where a file breaks off; what came before stands.
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
                yield step(where, make(record))
        yield step(path, None)


def _records(member: Member, job: Job) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the labels of a file with their places, and count what is none."""
    text = _Text(member.stream)
    job.version, end = text.enter()
    number = 0
    while (sign := text.sign()) != end:
        if end and number:
            if sign != ",":
                break
            text.place += 1
            sign = text.sign()
        number += 1
        if number > MEMBERS:
            text.damage = "more labels than there are"
            break
        where = f"{member.name}, label {number}"
        try:
            record = text.value()
        except _UnreadError as error:
            # In a list brackets tell where the next label begins, without one lines do.
            if not (text.pass_over() if end and sign and sign in "[{" else not end and text.next_line()):
                break
            job.report.refuse(where, str(error))
            continue
        if isinstance(record, dict):
            yield where, record
        else:
            job.report.refuse(where, "no label, but another kind of value")
    else:
        if not text.is_over(end):
            job.report.break_off(member.name, text.damage or "something else after the labels")
        return
    job.report.break_off(f"{member.name}, label {number}", text.damage or "not JSON from some place on")


class _UnreadError(ValueError):
    """A value that is not read; the message is a short fixed reason."""


def _is_deep(value: Any) -> bool:
    """Tell whether a value has more levels than any label; interpreters differ in how many they read."""
    level = [value]
    for _ in range(_DEEPEST):
        level = [inner for outer in level if isinstance(outer, list | dict) for inner in _within(outer)]
        if not level:
            return False
    return True


def _within(value: list[Any] | dict[str, Any]) -> Iterable[Any]:
    return value if isinstance(value, list) else value.values()


class _Text:
    """A JSON file's text from some place on, read in pieces."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._text = ""
        self._in_object = False
        self.place = 0
        """Where reading goes on."""
        self.damage = ""
        """Why no more can be read, if the file is not at its end."""

    def enter(self) -> tuple[str, str]:
        """Go to the first label; return the date that the file says of itself, and the sign that ends the labels, if any."""
        while len(self._text) < HEAD and self._more():
            pass
        head = self._text[:HEAD]
        if results := _RESULTS.search(head):
            self._in_object = True
            self.place = results.end()
            updated = _UPDATED.search(head)
            return clean(updated[1]) if updated else "", "]"
        if self.sign() == "[":
            self.place += 1
            return "", "]"
        return "", ""

    def sign(self) -> str:
        """Go to the next sign that is no white space and return it; "" at the end."""
        while True:
            self.place = _SPACE.match(self._text, self.place).end()  # type: ignore[union-attr]  # it matches nothing as well
            if self.place < len(self._text):
                return self._text[self.place]
            if not self._more():
                return ""

    def value(self) -> Any:
        """Return the value that begins here and go behind it; raise _UnreadError, and stay, where it cannot be read."""
        while True:
            try:
                value, end = _READ(self._text, self.place)
            except json.JSONDecodeError:
                if len(self._text) - self.place > _LONGEST:
                    raise _UnreadError("longer than any label, or not JSON") from None
                if not self._more():
                    raise _UnreadError("not JSON") from None
            except (ValueError, RecursionError) as error:  # a number of thousands of digits is a ValueError
                deep = isinstance(error, RecursionError)
                raise _UnreadError("nested deeper than any label" if deep else "a number longer than any") from None
            else:
                if end == len(self._text) and self._more():
                    continue  # it may be the beginning of a number
                if end - self.place > _LONGEST:
                    raise _UnreadError("longer than any label, or not JSON")
                if not self._is_unicode(end):
                    raise _UnreadError("not UTF-8")
                if _is_deep(value):
                    raise _UnreadError("nested deeper than any label")
                self.place = end
                return value

    def pass_over(self) -> bool:
        """Go behind the list or object that begins here, however deep or long; tell whether that could be done."""
        depth, quoted, left = 0, False, _SKIPPED
        while left > 0:
            end = self.place
            for match in _SIGN.finditer(self._text, self.place):
                sign, end = match[0], match.end()
                if sign == '"':
                    quoted = not quoted
                elif not quoted and sign in "[{":
                    depth += 1
                elif not quoted and sign in "]}":
                    depth -= 1
                    if not depth:
                        self.place = end
                        return True
            left -= len(self._text) - self.place
            self.place = max(end, len(self._text) - self._text.endswith("\\"))  # which may begin a pair
            if not self._more():
                return False
        return False

    def next_line(self) -> bool:
        """Go to the next line that begins as an object does, or to the end; tell that this can be done."""
        while (found := self._text.find("\n{", self.place)) < 0:
            self.place = max(self.place, len(self._text) - 1)
            if not self._more():
                self.place = len(self._text)
                return not self.damage
        self.place = found + 1
        return True

    def is_over(self, end: str) -> bool:
        """Tell whether, but for what else an object says beside its labels, nothing stands after them."""
        self.place += len(end)
        while len(self._text) - self.place <= HEAD and self._more():
            pass
        rest = self._text[self.place :]
        try:
            return not self.damage and bool(json.loads('{"labels": 0' + rest) if self._in_object else not rest.strip())
        except (ValueError, RecursionError):
            return False

    def _more(self) -> bool:
        """Read on: as much again as is held, since a value is begun anew with each piece of it. Tell whether there was more."""
        held = len(self._text) - self.place
        wanted = max(_PIECE, min(held, _LONGEST - held))
        pieces = []
        try:
            while wanted > 0 and (piece := self._stream.read1(wanted)):
                pieces.append(piece)
                wanted -= len(piece)
        except MemberError as error:
            self.damage = str(error)
        data = b"".join(pieces)
        try:
            text = self._decoder.decode(data, not data)
        except UnicodeDecodeError:
            self._decoder.errors = "surrogateescape"  # from here on labels are looked at for what it makes
            text = self._decoder.decode(data, not data)
        self._text = self._text[self.place :] + text
        self.place = 0
        return bool(data)

    def _is_unicode(self, end: int) -> bool:
        """Tell whether what stands here up to some place was UTF-8."""
        if self._decoder.errors == "strict":
            return True
        try:
            self._text[self.place : end].encode()
        except UnicodeEncodeError:
            return False
        return True
