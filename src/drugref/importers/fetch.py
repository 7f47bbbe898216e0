"""Files of a release fetched over HTTP into a folder, gone on with where they broke off, and kept only when they are whole.

Nothing here is loaded, and no connection made, unless a download was asked for.
"""

import errno
import fcntl
import hashlib
import http.client
import os
import re
import ssl
import time
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from email.message import Message
from typing import IO, NamedTuple
from urllib import request
from urllib.error import HTTPError, URLError

from drugref.errors import DrugrefError
from drugref.importers.manifest import Manifest, Part, parts_of
from drugref.text import printable

LONGEST_LIST = 32 << 20
"""Bytes of a list of files; openFDA's has less than 2 MB."""
LARGEST = 8 << 30
"""Bytes of one file; DailyMed's have 3.2 GB."""
SLACK = 0.1
"""By what part a file may differ from the size that its publisher gives in megabytes, of either kind."""
TRIES = 5
"""Attempts in a row that bring nothing before a download is given up."""
PATIENCE = 60.0
"""Seconds without a byte after which a connection counts as cut."""
_PIECE = 1 << 18
_CUT = (URLError, http.client.HTTPException, ConnectionError, TimeoutError, ssl.SSLError)
_AGAIN = frozenset((408, 425, 429, 500, 502, 503, 504))
"""Answers of a server that may be others a moment later."""
_RANGE = re.compile(r"bytes (?:(\d+)-\d+|\*)/(\d+|\*)")


class _CutError(Exception):
    """A file of which less came than there is."""


class _Redirects(request.HTTPRedirectHandler):
    """Follows where a server leads, but from an encrypted connection to no plain one."""

    def redirect_request(
        self, req: request.Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage, newurl: str
    ) -> request.Request | None:
        """Return the request for the new address. Raises HTTPError where it is not to be followed."""
        if req.full_url.startswith("https:") and not newurl.startswith("https:"):
            raise HTTPError(newurl, code, "leads from https to another kind of address", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener() -> request.OpenerDirector:
    """Return what opens http and https, by a proxy if the environment names one, and nothing else: no files, no FTP."""
    opener = request.OpenerDirector()
    for handler in (
        request.ProxyHandler, request.UnknownHandler, request.HTTPHandler, request.HTTPSHandler,
        request.HTTPDefaultErrorHandler, _Redirects, request.HTTPErrorProcessor,
    ):  # fmt: skip
        opener.add_handler(handler())
    return opener


class Got(NamedTuple):
    """A release on the disk."""

    paths: tuple[str, ...]
    size: int
    """Bytes of all files."""
    fetched: int
    """Bytes that had to be fetched for it now."""


def release(manifest: Manifest, url: str, folder: str, watch: Callable[[float], Callable[[int], object]]) -> Got:
    """Fetch the files of a release into a folder and return them; those that lie there already and are current are kept.

    ``watch`` is told how many bytes there may be, and gives what is to be told of every number of bytes. Files of the folder
    that the release no longer has are removed. Raises DrugrefError; what had come by then stays, and is gone on with later.
    """
    opener = _opener()
    parts = parts_of(manifest, _list(opener, url), url)
    advance = watch(sum((part.megabytes or 0) * 1e6 for part in parts))
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        with _held(folder):
            fetched = sum(_Download(opener, part, folder, advance).perform() for part in parts)
            paths = tuple(os.path.join(folder, part.name) for part in parts)
            _remove_others(folder, {part.name for part in parts})
            return Got(paths, sum(map(os.path.getsize, paths)), fetched)
    except OSError as error:
        what = error.strerror or str(error)
        kept = "; what was fetched stays, and the rest follows the next time" if error.errno == errno.ENOSPC else ""
        raise DrugrefError(f"cannot write to {printable(folder, 200)}: {what}{kept}") from None


@contextmanager
def _held(folder: str) -> Iterator[None]:
    """Keep other processes from downloading to a folder. Raises DrugrefError if one does, OSError if nothing can be written."""
    handle = os.open(os.path.join(folder, ".lock"), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DrugrefError(f"another drugref downloads to {printable(folder, 200)}; wait until it is done") from None
        yield
    finally:
        os.close(handle)


def _list(opener: request.OpenerDirector, url: str) -> str:
    """Return the list that lies at an address."""
    for attempt in range(1, TRIES + 1):
        try:
            with _opened(opener, url, {}) as answer:
                data = answer.read(LONGEST_LIST + 1)
        except _CUT as error:
            if attempt == TRIES or not _passing(error):
                raise _failed(url, error) from None
            time.sleep(_pause(attempt))
            continue
        if len(data) > LONGEST_LIST:
            break
        return str(data, "utf-8", "replace")
    raise DrugrefError(f"{printable(url, 200)} is longer than any list of files")


@contextmanager
def _opened(opener: request.OpenerDirector, url: str, headers: dict[str, str]) -> Iterator[http.client.HTTPResponse]:
    try:
        asked = request.Request(url, headers={"User-Agent": "drugref", "Accept-Encoding": "identity", **headers})
        answer = opener.open(asked, timeout=PATIENCE)
    except ValueError:  # among them http.client.InvalidURL
        raise DrugrefError(f"no address to download from: {printable(url, 200)}") from None
    with answer:
        yield answer


def _passing(error: Exception) -> bool:
    """Tell whether what went wrong may go well a moment later."""
    if isinstance(error, HTTPError):
        return error.code in _AGAIN
    return "certificate" not in str(error).lower() and "unknown url type" not in str(error)


def _failed(url: str, error: Exception) -> DrugrefError:
    reason = getattr(error, "reason", None) or error
    reason = getattr(reason, "strerror", None) or reason
    code = f"{error.code} " if isinstance(error, HTTPError) else ""
    return DrugrefError(f"cannot download {printable(url, 200)}: {code}{printable(str(reason), 120)}")


def _pause(attempt: int) -> float:
    return min(0.5 * 2.0**attempt, 20.0)


class _Download:
    """One file on its way: what has come lies beside its place."""

    def __init__(self, opener: request.OpenerDirector, part: Part, folder: str, advance: Callable[[int], object]) -> None:
        self.opener, self.part, self.advance = opener, part, advance
        self.place = os.path.join(folder, part.name)
        self.beside = f"{self.place}.part"
        self.counted = 0
        """Bytes that were told of as having come."""

    def perform(self) -> int:
        """Bring the file to its place; return how many bytes had to be fetched. Raises DrugrefError and OSError."""
        first, vain = _size(self.beside), 0
        while True:
            before = _size(self.beside)
            try:
                if not self._read_on(before):
                    self._count(_size(self.place))
                    return 0
                break
            except (*_CUT, _CutError) as error:
                vain = 0 if _size(self.beside) > before else vain + 1
                if vain == TRIES or not _passing(error):
                    raise _failed(self.part.url, error) from None
                time.sleep(_pause(vain))
        self._hold_whole()
        fetched = max(0, _size(self.beside) - first)
        _unlink(_tag_of(self.place))  # from here on, until its own is there, the file counts as of no known version
        os.replace(self.beside, self.place)
        os.replace(_tag_of(self.beside), _tag_of(self.place))
        return fetched

    def _count(self, size: int) -> None:
        """Tell of what has come, each byte once however often it had to be fetched."""
        if size > self.counted:
            self.advance(size - self.counted)
            self.counted = size

    def _read_on(self, start: int) -> bool:
        """Add to what has come until all has; tell whether anything was to come. Raises as connections do."""
        headers = {}
        if start and (tag := _first_line(_tag_of(self.beside))):
            headers = {"Range": f"bytes={start}-", "If-Range": tag}
        elif not start and os.path.isfile(self.place) and (tag := _first_line(_tag_of(self.place))):
            headers = {"If-None-Match" if tag.startswith('"') else "If-Modified-Since": tag}
        try:
            with _opened(self.opener, self.part.url, headers) as answer:
                self._keep(answer, start)
        except HTTPError as error:
            if error.code == 304 and os.path.isfile(self.place):
                return False
            if error.code != 416 or not start:
                raise
            _unlink(self.beside)  # what has come is of another file, or longer than it
            raise _CutError("another file than before") from None
        return True

    def _keep(self, answer: http.client.HTTPResponse, start: int) -> None:
        total = _number(answer.headers.get("Content-Length"))
        found = _RANGE.match(answer.headers.get("Content-Range") or "")
        goes_on = answer.status == 206 and found is not None and found[1] == str(start)
        if answer.status == 206:
            if not goes_on:
                raise _CutError("another part of the file than was asked for")
            total = _number(found[2]) if found else None
        if (total or 0) > self._most():
            raise DrugrefError(f"{printable(self.part.url, 200)} is larger than its publisher says")
        tag = _tag(answer.headers)
        flags = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | (os.O_APPEND if goes_on else os.O_TRUNC)
        with open(os.open(self.beside, flags, 0o600), "wb") as file:
            _write_line(_tag_of(self.beside), tag)
            size = start if goes_on else 0
            while piece := answer.read(_PIECE):
                size += len(piece)
                if size > self._most():
                    raise DrugrefError(f"{printable(self.part.url, 200)} is larger than its publisher says")
                file.write(piece)
                self._count(size)
        if total is not None and size != total:
            raise _CutError(f"{size:,} of {total:,} bytes came")

    def _most(self) -> float:
        told = self.part.megabytes
        return LARGEST if told is None else min(LARGEST, told * (1 << 20) * (1 + SLACK) + (1 << 16))

    def _hold_whole(self) -> None:
        """Raise DrugrefError, and keep nothing, where what came is not the file that the publisher tells of."""
        size, told, wrong = _size(self.beside), self.part.megabytes, ""
        if told is not None and size < told * 1e6 * (1 - SLACK) - (1 << 16):
            wrong = f"has {size:,} bytes, and should have {told:g} MB"
        elif self.part.checksum and _sum(self.beside, self.part.checksum[0]) != self.part.checksum[1]:
            wrong = "does not have the checksum that its publisher gives"
        if wrong:
            _unlink(self.beside)
            raise DrugrefError(f"{printable(self.part.url, 200)} {wrong}; it is not kept")


def _tag_of(path: str) -> str:
    """Return where the tag of a file is kept, by which a server tells its versions apart."""
    return f"{path}.tag"


def _unlink(path: str) -> None:
    if os.path.lexists(path):
        os.unlink(path)


def _tag(headers: Message) -> str:
    """Return what tells this version of a file from others; "" where nothing does for certain."""
    tag = headers.get("ETag") or ""
    return tag if tag.startswith('"') else headers.get("Last-Modified") or ""


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 20 else None


def _size(path: str) -> int:
    try:
        return os.lstat(path).st_size
    except OSError:
        return 0


def _first_line(path: str) -> str:
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), encoding="latin-1") as file:
            return file.readline(1000).strip()
    except OSError:
        return ""


def _write_line(path: str, line: str) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600), "w", encoding="latin-1") as file:
        file.write(line)


def _sum(path: str, kind: str) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.new(kind, usedforsecurity=False)).hexdigest()


def _remove_others(folder: str, kept: Container[str]) -> None:
    """Remove from a folder of downloads what belongs to no file of the release."""
    for entry in os.listdir(folder):
        if not any(entry.removesuffix(end) in kept for end in ("", ".tag")) and not entry.startswith("."):
            os.unlink(os.path.join(folder, entry))
