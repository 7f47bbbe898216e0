"""How far a long compilation or import has come, said on a terminal's standard error and nowhere else."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LEAST = 8 << 20
"""Bytes of a file below which nobody waits long enough to be told."""


@contextmanager
def watched(size: int, doing: str = "compiling") -> Iterator[Callable[[int], object]]:
    """Give what is to be told of every number of bytes that was read, of ``size`` in all.

    When all are read, what remains to be done shows as time that passes.
    """
    if size < LEAST or sys.stderr is None or not sys.stderr.isatty() or "_DRUGREF_COMPLETE" in os.environ:
        yield lambda count: None  # at TAB the terminal belongs to the line that is being typed
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, refresh_per_second=4) as progress:
        task = progress.add_task(doing, total=size)

        def advance(count: int) -> None:
            progress.advance(task, count)
            if progress.tasks[task].finished:
                progress.update(task, description="writing")

        yield advance
