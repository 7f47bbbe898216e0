"""JSON Lines: one fact a line, every column there, null or empty where there is nothing."""

from collections.abc import Iterable, Iterator, Sequence

from drugref.codec import json_of
from drugref.export.facts import Row


def render(drugs: Iterable[Sequence[Row]]) -> Iterator[bytes]:
    """Yield the lines of each drug's facts."""
    for facts in drugs:
        yield "".join(f"{json_of(fact)}\n" for fact in facts).encode()
