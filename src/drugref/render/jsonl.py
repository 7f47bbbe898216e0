"""JSON Lines: a fact a line, or a record a line for ``show``; a drug without facts says so on a line of its own."""

from collections.abc import Iterator

from drugref.answer import Answer
from drugref.text import dumps, shown_json


def render(answer: Answer, header: bool | None = None) -> Iterator[str]:
    """Yield the lines of an answer."""
    if answer.command == "show":
        for record in answer.records:
            yield record + "\n"
        for medicine in answer.medicines:
            yield shown_json(dumps(medicine)) + "\n"
    else:
        for _, json, _ in answer.rows:
            yield json + "\n"
