"""Comma-separated values (RFC 4180), with a header unless told otherwise."""

import csv
from collections.abc import Iterator

from drugref.answer import Answer
from drugref.spec import COLUMNS


class _Line:
    """A file of one line, for csv to write to."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> None:
        self.text = text


def render(answer: Answer, header: bool | None = None) -> Iterator[str]:
    """Yield the lines of an answer."""
    line = _Line()
    writer = csv.writer(line, lineterminator="\r\n")
    if header is not False:
        writer.writerow(COLUMNS[answer.command])
        yield line.text
    for row, _, _ in answer.rows:
        writer.writerow(row.split("\t"))
        yield line.text
