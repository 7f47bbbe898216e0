"""The command ``export``: databases, or some drugs of them, written out as facts."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from drugref import output, places, query, terminal
from drugref.answer import Answer
from drugref.aside import unwinding, written
from drugref.errors import DrugrefError, UsageError
from drugref.export import FOLDERS, renderer, writer
from drugref.export.facts import Row, rows_of
from drugref.library import record_of
from drugref.names import find_drugs
from drugref.run import FOUND, NOTHING_FOUND, UNKNOWN, with_stores_of
from drugref.spec import Request
from drugref.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from drugref.export.site import Written

Render = Callable[[Iterable[Sequence[Row]]], Iterator[bytes]]


def perform(request: Request) -> int:
    """Write the drugs asked for, or all, to a file or to standard output; return the exit code.

    Databases named on the command line are written alone; without any, those in use are. Each drug comes from the first
    that knows it.
    Raises DrugrefError if it cannot be done; a file is then as it was.
    """
    shown_as, to = request["format"], request["to"]
    if shown_as is None:
        raise UsageError("Missing option '--format' / '-f'. (see drugref export --help)")
    if to is None and shown_as == "parquet" and terminal.is_terminal():
        raise UsageError("parquet is not for a terminal; name a file with --to")
    if to is None and shown_as in FOLDERS:
        raise UsageError(f"{shown_as} is a site of many files; name a folder with --to")
    if shown_as in FOLDERS:
        work: Callable[[list[Store]], int] = partial(_folder, request.drugs, writer(shown_as), str(to))
    else:
        work = _Export(request.drugs, renderer(shown_as), to)
    paths = list(dict.fromkeys(request.databases)) or places.databases((), output.warn)
    return with_stores_of(paths, work, request.databases)


def _folder(names: list[str] | None, write: "Callable[..., Written]", to: str, stores: list[Store]) -> int:
    """Write a site of the drugs named, or of all, and return the exit code."""
    answer = Answer("export")
    found = find_drugs(names, stores, answer) if names is not None else None
    for remark in answer.remarks:
        output.warn(remark)
    if found == []:
        return UNKNOWN if answer.unknown else NOTHING_FOUND
    with unwinding():
        written = write(query.all_drugs(stores) if found is None else found, to)
    if not written.drugs:
        return NOTHING_FOUND
    output.warn(f"{to}: {written.files} files of {written.drugs} drugs; open {os.path.join(to, 'index.html')}")
    return UNKNOWN if answer.unknown else FOUND


class _Export:
    """One export, and how far it has come."""

    def __init__(self, names: list[str] | None, render: Render, to: str | None) -> None:
        self._names = names
        self._render = render
        self._to = to
        self._drugs = self._facts = 0

    def __call__(self, stores: list[Store]) -> int:
        if self._facts and self._to is None:
            # Called again on stores made anew, because one was damaged; but what is written cannot be taken back.
            raise DrugrefError("the output is not whole: a compiled database was damaged; it was made anew, so run this again")
        self._drugs = self._facts = 0
        answer = Answer("export")
        found = find_drugs(self._names, stores, answer) if self._names is not None else None
        for remark in answer.remarks:
            output.warn(remark)
        if found != []:
            self._write(self._render(self._counted(query.all_drugs(stores) if found is None else found)))
        if answer.unknown:
            return UNKNOWN
        return FOUND if self._drugs else NOTHING_FOUND

    def _counted(self, found: Iterable[query.Found]) -> Iterator[list[Row]]:
        for drug in found:
            facts = rows_of(record_of(drug))
            self._drugs += 1
            self._facts += len(facts)
            yield facts

    def _write(self, chunks: Iterator[bytes]) -> None:
        if self._to is None:
            output.write_bytes(chunks)
            return
        with unwinding(), written(self._to) as file:
            file.writelines(chunks)
        output.warn(f"{self._to}: {self._facts} facts of {self._drugs} drugs")
