"""What a command found: rows for machines, records for pages, what was not found, and remarks. Renderers read nothing else."""

from drugref.spec import COLUMNS
from drugref.text import dumps, tab_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

Row = tuple[str, str, int]
"""Cells joined by tabs, the fact as JSON, and whether it only says that nothing is recorded."""


class Answer:
    """The answer of a command, before it takes a format."""

    __slots__ = (
        "also", "code", "command", "found", "medicines", "nothing", "records", "remarks", "rows", "short", "sought", "text",
        "unknown", "views",
    )  # fmt: skip

    def __init__(self, command: str) -> None:
        self.command = command
        """Name of the command; its columns are ``spec.COLUMNS[command]``."""
        self.rows: Iterable[Row] = ()
        """Facts in the order of output."""
        self.records: Iterable[str] = ()
        """Whole records as JSON, for pages and for JSON output of ``show``."""
        self.nothing: list[str] = []
        """Names of known drugs of which nothing that was asked for is recorded; filled as rows are read."""
        self.also: dict[str, tuple[str, ...]] = {}
        """Further databases that know a drug, by INN."""
        self.unknown: list[tuple[str, tuple[str, ...]]] = []
        """Names that no database knows, with near names."""
        self.medicines: list[dict[str, Any]] = []
        """What is known of the medicines named that have no record, as ``unrecorded.about`` tells it."""
        self.sought: dict[str, list[str]] = {}
        """Terms that a reverse look-up or screen looked for, by the term as typed; JSON output carries them."""
        self.remarks: list[str] = []
        """What is to be said beside it, on standard error, a line each; filled before the rows are read, or as they are."""
        self.views: Callable[[list[Row]], Sequence[Any]] | None = None
        """Makes the views of a command whose answer is no plain table; None for a table of its rows."""
        self.text: str | None = None
        """What is written as it stands, in place of an answer in some format; None for an answer."""
        self.short = True
        """Whether it is read whole before a byte goes out, so that a damaged store can still be made again."""
        self.found = False
        """Whether any fact was found; set as rows are read."""
        self.code: int | None = None
        """Exit code, where it does not follow from what was found."""


def row_of(command: str, data: "dict[str, Any]") -> Row:
    """Return the row of an answer from what stands in it by column; JSON gives all of it, cells what has a column.

    ``sources`` stand in the column ``source``; a list in a column is a path, from broad to narrow, but for ``names``.
    """
    cells = tuple(_cell(data["sources"] if column == "source" else data[column], column) for column in COLUMNS[command])
    return tab_row(cells), dumps(data), 0


def _cell(value: "Any", column: str) -> str:
    if isinstance(value, (list, tuple)):
        return ("; " if column in ("source", "names") else " > ").join(value)
    return "" if value is None else str(value)
