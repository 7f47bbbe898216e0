"""A request carried out: databases opened, names looked up, the answer rendered, the exit code told.

The Typer commands and the lean path of ``__main__`` both end here. Modules that cost are imported where they are needed.
"""

import os
import sqlite3
import sys

from drugref import output, places, query, terminal
from drugref.answer import Answer
from drugref.columns import COLUMNS, FACT_TABLES, LABEL_TEXT
from drugref.errors import AmbiguousNameError, DrugrefError, UnknownDrugError
from drugref.store import Store, open_store, open_vocabulary, prove
from drugref.text import printable, shown_json, shown_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import BinaryIO

    from drugref.answer import Row

    Renderer = Callable[[Answer, bool | None], Iterator[str]]

FOUND, NOTHING_FOUND, UNKNOWN, INVALID = 0, 4, 3, 5
_LONGEST_NAME = 10_000
"""Bytes of a line in which a name has to end."""
_NOT_WHOLE = "the output is not whole: a compiled database was damaged; it was made anew, so run this again"
_SHOWN = 60
"""Characters of a user's name that a message repeats."""


class Request:
    """What is asked for and how it is to be shown; the defaults are those of a bare command."""

    __slots__ = ("color", "command", "databases", "format", "header", "keep", "names", "pager", "wanted")

    def __init__(self, command: str, names: "list[str] | tuple[str, ...]" = ()) -> None:
        self.command = command
        """Name of the command."""
        self.names = list(names)
        """Drug names as typed; ``-`` stands for standard input."""
        self.wanted = query.Filter()
        """Which side effects."""
        self.keep: Callable[[str], bool] | None = None
        """Which rows of ``list`` are wanted; None for all."""
        self.format: str | None = None
        """One of ``terminal.FORMATS``, or None for a table on a terminal and TSV elsewhere."""
        self.header: bool | None = None
        """Whether TSV and CSV begin with the columns' names; None for the format's own habit."""
        self.databases: tuple[str, ...] = ()
        """Databases named on the command line."""
        self.color = "auto"
        """auto, always or never."""
        self.pager = True
        """Whether a long page may go through the pager."""

    @property
    def shown_as(self) -> str:
        """The format of the output."""
        return self.format or ("table" if terminal.is_terminal() else "tsv")


def run(request: Request) -> int:
    """Carry a request for drugs and their facts out and return the exit code. Raises DrugrefError for what ends it early."""
    names = names_of(request)
    return with_stores(request, lambda stores: respond(request, names, stores))


def with_stores(request: Request, work: "Callable[[list[Store]], int]") -> int:
    """Do work on the databases in use; if one turns out to be damaged, do it again without it or on stores made anew."""
    return with_stores_of(places.databases(request.databases, output.warn), work, request.databases)


def with_stores_of(paths: "Sequence[str]", work: "Callable[[list[Store]], int]", named: "Sequence[str]" = ()) -> int:
    """Do work on databases, those that precede first, as ``with_stores`` does on those in use.

    One that only lies in the user's folder and cannot be used is named and passed over; if it is their own, the exit code
    is 5, since it may hold a correction. Any other ends the command with its DrugrefError.
    """
    lying = places.not_named(paths, named)
    bad: dict[str, str] = {}
    written = output.written()
    try:
        code = _on_open(paths, work, lying, bad)
    except sqlite3.DatabaseError:
        if output.written() != written:  # what is out cannot be taken back
            raise DrugrefError(_NOT_WHOLE) from None
        code = _on_open(paths, work, lying, bad, rebuild=not _damaged(paths, lying, bad))
    return INVALID if any(path.endswith(places.TOML) for path in bad) else code


def _damaged(paths: "Sequence[str]", lying: set[str], bad: dict[str, str]) -> bool:
    """Tell whether an imported database is what cannot be read, and note it; a compiled one can be made again instead."""
    before = len(bad)
    for path in paths:
        if path.endswith(places.STORE) and path not in bad and (words := prove(path)):
            _pass_over(DrugrefError(f"{path} {words}"), path, lying, bad)
    return len(bad) > before


def _pass_over(error: DrugrefError, path: str, lying: set[str], bad: dict[str, str]) -> None:
    """Name a database that cannot be used, once; raise the error instead if it was asked for."""
    if path not in lying:
        raise error
    if path not in bad:
        bad[path] = str(error)
        output.warn(f"{error}; passed over until it is mended or moved away")


def with_words(request: Request, work: "Callable[[list[Store], Store], int]") -> int:
    """Do work on the databases in use and the thesaurus, as ``with_stores`` does on the former."""

    def with_vocabulary(stores: list[Store]) -> int:
        with open_vocabulary() as words:
            return work(stores, words)

    return with_stores(request, with_vocabulary)


def _on_open(
    paths: "Sequence[str]",
    work: "Callable[[list[Store]], int]",
    lying: set[str],
    bad: dict[str, str],
    *,
    rebuild: bool = False,
) -> int:
    stores: list[Store] = []  # not contextlib's stack, which costs at start-up
    try:
        if rebuild and os.path.exists(places.vocabulary()):
            open_vocabulary(rebuild=True).close()
        for path in paths:
            try:
                if path not in bad:
                    stores.append(open_store(path, rebuild=rebuild))
            except DrugrefError as error:
                _pass_over(error, path, lying, bad)
        return work(stores)
    finally:
        for store in stores:
            store.close()


def names_of(request: Request) -> list[str] | None:
    """Return the names asked for, those of standard input among them; None if there were none to begin with."""
    if not request.names:
        return None
    names: list[str] = []
    for name in request.names:
        names += read_names() if name == "-" else [name]
    if not names:
        output.warn("there are no names on standard input")
    return list(dict.fromkeys(names))


def read_names() -> list[str]:
    """Read names from standard input, one a line; of a line with tabs, the first column, however long the rest is."""
    if sys.stdin is None:
        raise DrugrefError("cannot read names: standard input is closed")
    names: dict[str, None] = {}
    try:
        for number, line in enumerate(_lines(sys.stdin.buffer), 1):
            if len(line) > _LONGEST_NAME and b"\t" not in line:
                raise DrugrefError(f"cannot read names: line {number} of standard input has more than {_LONGEST_NAME} bytes")
            text = line.decode("utf-8-sig" if number == 1 else "utf-8", "surrogateescape")
            for part in text.splitlines():
                if name := part.split("\t", 1)[0].strip():
                    names[name] = None
    except (OSError, ValueError) as error:
        raise DrugrefError(f"cannot read names: {error}") from None
    return list(names)


def _lines(file: "BinaryIO") -> "Iterator[bytes]":
    """Yield the lines of a file, of a long one its beginning alone, so that no more is ever held."""
    while line := file.readline(_LONGEST_NAME + 1):
        yield line
        if len(line) > _LONGEST_NAME:
            while line and not line.endswith(b"\n"):
                line = file.readline(_LONGEST_NAME + 1)


def respond(request: Request, names: list[str] | None, stores: list[Store]) -> int:
    """Answer a request for drugs and their facts, of the drugs named or of all, and return the exit code."""
    answer = Answer(request.command)
    found = find_drugs(names, stores, answer) if names is not None else None
    if request.command in FACT_TABLES:
        rows = _facts(request, found, stores, answer)
        answer.rows = _counted((row for row in rows if not request.keep or request.keep(row[0])), answer)
    if request.command == "show" or request.shown_as in ("table", "markdown"):
        chosen = found if found is not None else query.all_drugs(stores)
        answer.records = (query.record(drug) for drug in chosen)
    if request.command == "show":
        answer.rows = _counted(_show_rows(found or []), answer)
        answer.found = bool(found)
    code = finish(request, answer, single=bool(found) and names is not None)
    if names is None and code == NOTHING_FOUND and not answer.nothing:
        output.warn("nothing recorded matches; this is not evidence of safety")
    return code


def finish(request: Request, answer: Answer, *, single: bool = True) -> int:
    """Show an answer in the format asked for and return the exit code; ``single`` if it is short enough to be read whole."""
    _show(request, answer, single=single)
    return _exit_code(request, answer)


def find_drugs(names: list[str], stores: list[Store], answer: Answer) -> list[query.Found]:
    """Look every name up; say on standard error which are not known, and which are known by another name."""
    found: dict[tuple[int, int], query.Found] = {}
    for name in names:
        shown = printable(name, _SHOWN)
        try:
            drug = query.find(name, stores)
        except UnknownDrugError as error:
            answer.unknown.append((shown, error.near))
            near = f"; did you mean {' or '.join(error.near)}?" if error.near else ""
            output.warn(f"unknown drug: {shown or '(empty name)'}{near}")
            warn_of_confusion([name, *error.near])
            continue
        except AmbiguousNameError as error:
            answer.unknown.append((shown, error.candidates))
            output.warn(f"{shown} is ambiguous: it may mean {', '.join(error.candidates)}")
            continue
        if drug.kind != "inn":
            output.warn(f"{shown} → {drug.inn} ({drug.kind})")
        if drug.also:
            answer.also[drug.inn] = drug.also
            output.warn(f"{drug.inn} comes from {drug.store.meta('name')}; also in {', '.join(drug.also)}")
        found.setdefault((stores.index(drug.store), drug.id), drug)
    return list(found.values())


def warn_of_confusion(names: list[str]) -> None:
    """Say on standard error which of some names are known to be mistaken for each other, in tall-man letters."""
    from drugref import vocabulary  # after a miss only

    bare = [name.split(" (")[0] for name in names] + [name.split(" (")[1].rstrip(")") for name in names if " (" in name]
    with open_vocabulary() as words:
        sets = vocabulary.confusable(words, bare)
    for tall in sets:
        output.warn(f"look-alike, sound-alike names: {' – '.join(tall)}; make sure which one is meant")


def _facts(request: Request, found: list[query.Found] | None, stores: list[Store], answer: Answer) -> "Iterator[Row]":
    if found is None:
        yield from query.all_facts(request.command, stores, request.wanted)
        if request.wanted:
            answer.nothing += query.without_facts(request.command, stores)
            if unsorted := query.unsorted(request.command, stores):
                output.warn(f"of {unsorted} drugs the label is kept as text alone, which no filter sorts; see drugref search")
        return
    for drug in found:
        rows = query.facts(request.command, drug, request.wanted)
        yield from rows
        if not rows:
            yield from _explain(request, drug)


def _explain(request: Request, drug: query.Found) -> "Iterator[Row]":
    """Tell apart a drug of which the filter leaves nothing and one of which nothing is recorded at all."""
    everything = query.facts(request.command, drug, query.Filter())
    if all(empty for _, _, empty in everything):
        yield from everything
    else:
        output.warn(f"{drug.inn}: no {request.command.replace('-', ' ')} of that frequency or kind recorded")
        if any(f"\t{LABEL_TEXT}\t" in row for row, _, _ in everything):
            output.warn(
                f"{drug.inn}: its label is kept as text, which no filter sorts; see drugref {request.command} {drug.inn}"
            )


def _show_rows(found: list[query.Found]) -> "Iterator[Row]":
    for drug in found:
        for row in query.long_form(drug).split("\n"):
            yield row, "", 0


def _counted(rows: "Iterator[Row]", answer: Answer) -> "Iterator[Row]":
    """Pass rows on, noting whether there is a fact among them and which drugs have none."""
    for row in rows:
        if row[2]:
            answer.nothing.append(row[0].split("\t", 1)[0])
        else:
            answer.found = True
        yield row


def _show(request: Request, answer: Answer, *, single: bool) -> None:
    shown_as = request.shown_as
    if shown_as in ("table", "markdown"):
        _show_pages(request, answer, shown_as)
        return
    # Whatever a command puts in, a user's words or a forged database's, no control character comes out.
    answer.rows = ((shown_row(row), shown_json(data), empty) for row, data, empty in answer.rows)
    answer.records = map(shown_json, answer.records)
    lines = _renderer(shown_as)(answer, request.header)
    # What is short is read whole before a byte goes out, so that a damaged store can still be made again.
    output.write(list(lines) if single else lines)


def _renderer(shown_as: str) -> "Renderer":
    # One import a format, spelled out: a look-up by name would need importlib.
    if shown_as == "tsv":
        from drugref.render.tsv import render
    elif shown_as == "csv":
        from drugref.render.csv import render
    elif shown_as == "json":
        from drugref.render.json import render
    else:
        from drugref.render.jsonl import render
    return render


def _show_pages(request: Request, answer: Answer, shown_as: str) -> None:
    from drugref.pages import view

    views: Sequence[view.View]
    rows = list(answer.rows)
    if answer.views:
        views = answer.views(rows)
    elif request.command in ("show", *view.PART_SECTIONS):
        views = list(view.pages(answer, request.wanted, brief=not request.names))
    else:
        views = [view.Table(COLUMNS[request.command], [row.split("\t") for row, _, _ in rows])]
    views = [view.shown(page) for page in views]
    if shown_as == "markdown":
        from drugref.render.markdown import render as render_markdown

        output.write([render_markdown(views)])
        return
    from drugref.render.table import render as render_table

    text = render_table(views, terminal.width(), color=terminal.use_color(request.color), ascii_only=terminal.is_ascii_only())
    output.page(text, pager=request.pager)


def show_listing(request: Request, rows: "list[Row]") -> None:
    """Show rows that come from no database, such as problems of a file."""
    answer = Answer(request.command)
    answer.rows = rows
    _show(request, answer, single=True)


def _exit_code(request: Request, answer: Answer) -> int:
    if answer.nothing:
        names = ", ".join(dict.fromkeys(answer.nothing))
        output.warn(f"{names}: no {request.command.replace('-', ' ')} recorded; this is not evidence of safety")
    if answer.unknown:
        return UNKNOWN
    return FOUND if answer.found else NOTHING_FOUND
