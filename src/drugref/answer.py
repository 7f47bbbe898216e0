"""What a command found: rows for machines, records for pages, and what was not found. Renderers read nothing else."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

Row = tuple[str, str, int]
"""Cells joined by tabs, the fact as JSON, and whether it only says that nothing is recorded."""


class Answer:
    """The answer of a command, before it takes a format."""

    __slots__ = ("also", "command", "found", "nothing", "records", "rows", "sought", "unknown", "views")

    def __init__(self, command: str) -> None:
        self.command = command
        """Name of the command; its columns are ``columns.COLUMNS[command]``."""
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
        self.sought: dict[str, list[str]] = {}
        """Terms that a reverse look-up or screen looked for, by the term as typed; JSON output carries them."""
        self.views: Callable[[list[Row]], Sequence[Any]] | None = None
        """Makes the views (``view.View``) of commands whose answer is not a drug's record; None for the others."""
        self.found = False
        """Whether any fact was found; set as rows are read."""
