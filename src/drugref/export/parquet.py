"""Parquet: one typed row a fact, in groups of so many rows that memory does not grow with the database."""

import io
import types
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date
from itertools import chain
from typing import Any, get_args, get_type_hints

from drugref.errors import DrugrefError
from drugref.export.facts import FactRow

ROWS, CHARACTERS = 20_000, 8_000_000
"""Most rows of a group, and of text in it; as much is held at a time. A label's sections are long."""


def render(drugs: Iterable[Sequence[FactRow]]) -> Iterator[bytes]:
    """Yield the bytes of a file, a group of rows at a time. Raises DrugrefError where pyarrow is not installed."""
    columns = schema()
    from pyarrow import Table, array  # an optional extra, and costly
    from pyarrow.parquet import ParquetWriter

    sink = _Sink()
    with ParquetWriter(sink, columns, compression="zstd") as writer:
        for group in _groups(chain.from_iterable(drugs)):
            values = [array([_plain(getattr(row, column.name)) for row in group], column.type) for column in columns]
            writer.write_table(Table.from_arrays(values, schema=columns), row_group_size=ROWS)
            yield sink.taken()
    yield sink.taken()


def _groups(rows: Iterable[FactRow]) -> Iterator[list[FactRow]]:
    group: list[FactRow] = []
    characters = 0
    for row in rows:
        group.append(row)
        characters += len(row.text or "")
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

    def members(record: type) -> list[Any]:
        return [member(name, hint) for name, hint in get_type_hints(record).items()]

    def member(name: str, hint: Any) -> Any:
        arguments = get_args(hint)
        if isinstance(hint, types.UnionType):
            return pyarrow.field(name, plain[arguments[0]])
        if not arguments:
            return pyarrow.field(name, plain[hint], nullable=False)
        held = plain[arguments[0]] if arguments[0] in plain else pyarrow.struct(members(arguments[0]))
        return pyarrow.field(name, pyarrow.list_(pyarrow.field("element", held, nullable=False)), nullable=False)

    return pyarrow.schema(members(FactRow))


def _plain(value: Any) -> Any:
    """Return a cell as pyarrow takes it: records within it as dicts."""
    if isinstance(value, tuple) and value and not isinstance(value[0], str):
        return [{field.name: getattr(entry, field.name) for field in fields(entry)} for entry in value]
    return value


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
