"""Tab-separated lines: one fact each, no header unless asked for."""

from collections.abc import Iterator

from drugref.answer import Answer
from drugref.spec import COLUMNS


def render(answer: Answer, header: bool | None = None) -> Iterator[str]:
    """Yield the lines of an answer."""
    if header:
        yield "\t".join(COLUMNS[answer.command]) + "\n"
    for row, _, _ in answer.rows:
        yield row + "\n"
