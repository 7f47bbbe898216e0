"""Parquet: one typed row a fact, in groups of so many rows that memory does not grow with the database."""

import io
import types
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Any, get_args

from drugref.errors import DrugrefError
from drugref.export.facts import Column, Nested, Row, columns

ROWS, CHARACTERS = 20_000, 8_000_000
"""Most rows of a group, and of text in it; as much is held at a time. A label's sections are long."""


def render(drugs: Iterable[Sequence[Row]]) -> Iterator[bytes]:
    """Yield the bytes of a file, a group of rows at a time. Raises DrugrefError where pyarrow is not installed."""
    table = schema()
    from pyarrow import Table, array  # an optional extra, and costly
    from pyarrow.parquet import ParquetWriter

    sink = _Sink()
    with ParquetWriter(sink, table, compression="zstd") as writer:
        for group in _groups(chain.from_iterable(drugs)):
            values = [array([row[column.name] for row in group], column.type) for column in table]
            writer.write_table(Table.from_arrays(values, schema=table), row_group_size=ROWS)
            yield sink.taken()
    yield sink.taken()


def _groups(rows: Iterable[Row]) -> Iterator[list[Row]]:
    group: list[Row] = []
    characters = 0
    for row in rows:
        group.append(row)
        characters += len(row["text"] or "")
        if len(group) >= ROWS or characters >= CHARACTERS:
            yield group
            group, characters = [], 0
    if group:
        yield group


def schema() -> Any:
    """Return the columns with their types, as pyarrow's schema. Raises DrugrefError where pyarrow is not installed."""
    try:
        import pyarrow  # an optional extra, and costly
    except ImportError:
        raise DrugrefError("parquet needs pyarrow: pip install 'drugref[parquet]'") from None

    plain = {
        str: pyarrow.string(),
        bool: pyarrow.bool_(),
        int: pyarrow.int32(),
        float: pyarrow.float64(),
        date: pyarrow.date32(),
    }

    def members(held: dict[str, Column]) -> list[Any]:
        return [member(name, column.hint) for name, column in held.items()]

    def member(name: str, hint: Any) -> Any:
        if isinstance(hint, Nested):
            return many(name, pyarrow.struct(members(hint.columns)))
        arguments = get_args(hint)
        if not arguments:
            return pyarrow.field(name, plain[hint], nullable=False)
        if isinstance(hint, types.UnionType):
            return pyarrow.field(name, plain[arguments[0]])
        return many(name, plain[arguments[0]])

    def many(name: str, held: Any) -> Any:
        return pyarrow.field(name, pyarrow.list_(pyarrow.field("element", held, nullable=False)), nullable=False)

    return pyarrow.schema(members(columns()))


class _Sink(io.RawIOBase):
    """A file to write that keeps only what nobody has taken yet."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._taken = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._held += data
        return len(data)

    def tell(self) -> int:
        return self._taken + len(self._held)

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        data = bytes(self._held)
        self._taken += len(data)
        self._held.clear()
        return data
