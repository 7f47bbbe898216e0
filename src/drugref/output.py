"""Bytes out: results to standard output whole, everything else to standard error one line at a time."""

import errno
import os
import stat
import sys
import time

from drugref import terminal
from drugref.errors import DrugrefError
from drugref.text import printable, to_ascii

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

BROKEN_PIPE = 141
"""Exit code when the reader of a pipe went away: 128 and SIGPIPE's number."""
_CHUNK = 1 << 16
_AT_ONCE = 2.0
"""Seconds in which nobody has read a page and left its pager with an error."""
_CLOSED = "standard output is closed"
_written = 0


def written() -> int:
    """Return the number of bytes that this process has put out so far."""
    return _written


class BrokenOutputError(DrugrefError):
    """The reader of standard output went away; nothing is to be said about it."""

    exit_code = BROKEN_PIPE


def warn(message: str) -> None:
    """Write one line to standard error, folded on a terminal; without one, say nothing."""
    if sys.stderr is None:
        return
    line = f"drugref: {printable(message)}\n"
    if columns := terminal.error_width():
        line = folded(line, columns)
    try:
        # Python's own way out for what an encoding lacks would be an escape such as \u2192.
        sys.stderr.write(line if "utf" in (sys.stderr.encoding or "utf-8").lower() else to_ascii(line))
        sys.stderr.flush()
    except (OSError, ValueError):
        pass  # nobody to tell


def folded(text: str, width: int) -> str:
    """Return a line as lines of at most some columns, never broken within a word, the further ones indented."""
    lines, line = [], ""
    for word in text.split(" "):
        if line.strip() and len(line) + 1 + len(word.rstrip("\n")) > width:
            lines.append(line)
            line = f"  {word}"
        else:
            line = f"{line} {word}" if line else word
    return "\n".join([*lines, line])


def few(names: "list[str]") -> str:
    """Return names joined; on a terminal the first of many, and how many more there are."""
    if len(names) <= _FEW + 1 or not terminal.error_width():
        return ", ".join(names)
    return f"{', '.join(names[:_FEW])} and {len(names) - _FEW} more"


_FEW = 8


def write(lines: "Iterable[str]") -> None:
    """Write lines, each with its end, to standard output as UTF-8.

    Raises BrokenOutputError if the reader went away and DrugrefError if there is no room or no output; nothing to write
    needs none. A file never keeps the first half of a line that did not fit.
    """
    handle = _handle()
    if handle is None:
        _write_text(lines)
    else:
        _write_chunks(handle, (line.encode("utf-8", "replace") for line in lines))


def write_bytes(chunks: "Iterable[bytes]") -> None:
    """Write bytes to standard output as ``write`` does lines; it has to be a file, a pipe or a terminal."""
    handle = _handle()
    if handle is None:
        raise DrugrefError("standard output takes no bytes" if sys.stdout else _CLOSED)
    _write_chunks(handle, chunks)


def _handle() -> int | None:
    """Return the number of standard output's file; None if it is none, such as a test's, or closed."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
            return sys.stdout.fileno()
    except (OSError, ValueError):
        pass
    return None


def _write_chunks(handle: int, chunks: "Iterable[bytes]") -> None:
    held = bytearray()
    for chunk in chunks:
        held += chunk
        if len(held) >= _CHUNK:
            _write_all(handle, held)
            held.clear()
    _write_all(handle, held)


def _write_text(lines: "Iterable[str]") -> None:
    """Write to a standard output that is no file."""
    for line in filter(None, lines):
        if sys.stdout is None:
            raise DrugrefError(_CLOSED)
        sys.stdout.write(line)
    if sys.stdout is not None:
        sys.stdout.flush()


def _write_all(handle: int, data: "bytearray | bytes") -> None:
    global _written
    rest = memoryview(bytes(data))
    done = 0
    _written += len(rest)
    try:
        while done < len(rest):
            done += os.write(handle, rest[done:])
    except OSError as error:
        if error.errno in (errno.EPIPE, errno.ECONNRESET):
            raise BrokenOutputError("") from None
        _drop_half_line(handle, bytes(rest[:done]))
        raise DrugrefError(f"cannot write: {error.strerror}") from None


def _drop_half_line(handle: int, written: bytes) -> None:
    """Cut a file back to its last whole line, if the half one is ours."""
    half = len(written) - (written.rfind(b"\n") + 1)
    try:
        status = os.fstat(handle)
        if half and stat.S_ISREG(status.st_mode) and status.st_size >= half:
            os.ftruncate(handle, status.st_size - half)
    except OSError:
        pass


def page(text: str, *, pager: bool) -> None:
    """Write a rendered page to the terminal, through the pager if it is longer than the screen."""
    height = terminal.height()
    if pager and height and terminal.is_terminal() and text.count("\n") >= height and _through_pager(text):
        return
    if terminal.is_ascii_only():
        text = to_ascii(text)
    write([text])


def without_links(text: str) -> str:
    """Return rendered text without its links (OSC 8)."""
    head, *rest = text.split("\x1b]8;")
    return head + "".join(piece.partition("\x1b\\")[2] for piece in rest)


def _passes_links(pager: str) -> bool:
    """Tell whether a pager hands links on as they are: less does since 566, and others show what should not be seen."""
    if os.path.basename(pager) != "less":
        return False
    import subprocess

    try:
        run = subprocess.run([pager, "--version"], capture_output=True, text=True, errors="replace", timeout=2, check=False)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return False
    words = run.stdout.split()
    return len(words) > 1 and words[0] == "less" and words[1].split(".")[0].isdigit() and int(words[1].split(".")[0]) >= 566


def _through_pager(text: str) -> bool:
    """Show text in the user's pager; return False if there is none to be had."""
    command = os.environ.get("DRUGREF_PAGER", os.environ.get("PAGER", "less"))
    if not command.strip() or command.strip() == "cat" or os.environ.get("TERM") == "dumb":
        return False
    import shlex
    import subprocess  # costly, and only a page longer than the screen needs it

    if "\x1b]8;" in text and not _passes_links(shlex.split(command)[0]):
        text = without_links(text)
    environment = {"LESS": "FRX", **os.environ}
    started = time.monotonic()
    try:
        process = subprocess.Popen(shlex.split(command), stdin=subprocess.PIPE, env=environment)
    except (OSError, ValueError):
        return False
    assert process.stdin is not None
    try:
        process.stdin.write(text.encode("utf-8", "replace"))
        process.stdin.close()
    except OSError:
        pass  # the reader has seen enough
    while True:
        try:
            code = process.wait()
        except KeyboardInterrupt:
            continue  # the pager's to handle, as in git and man
        # One that fails at once, such as false, has shown nothing; one that was used may end as it likes.
        return code <= 0 or time.monotonic() - started > _AT_ONCE
