"""A request carried out: databases opened, the command's answer rendered, its remarks said once, the exit code told.

The Typer commands and the lean path of ``__main__`` both end here. Modules that cost are imported where they are needed.
"""

import os
import sys

from drugref import names, output, places, sqlite, terminal
from drugref.answer import Answer
from drugref.errors import DrugrefError
from drugref.render import PAGES, renderer
from drugref.spec import COLUMNS, COMMANDS, Request
from drugref.store import Store, open_store, open_vocabulary, prove
from drugref.text import shown_json, shown_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any


FOUND, NOTHING_FOUND, UNKNOWN, INVALID = 0, 4, 3, 5
_NOT_WHOLE = "the output is not whole: a compiled database was damaged; it was made anew, so run this again"


def run(request: Request) -> int:
    """Carry a request out and return the exit code. Raises DrugrefError for what ends it early."""
    command = COMMANDS[request.command]
    names.read(request)
    module: Any = __import__(f"drugref.commands.{command.module}", fromlist=("answer",))  # importlib would cost
    if not command.shows:
        return int(module.perform(request))
    if not command.opens:
        return _finish(request, module.answer(request, []))
    return with_stores(request, lambda stores: _finish(request, module.answer(request, stores)))


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
    except sqlite.DatabaseError:
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
        output.warn(f"{error}; {places.PASSED_OVER}")


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


def _finish(request: Request, answer: Answer) -> int:
    """Show an answer in the format asked for, say its remarks and return the exit code."""
    if answer.text is not None:
        output.write([answer.text])
        return _exit_code(request, answer)
    shown_as = format_of(request)
    # Whatever a command puts in, a user's words or a forged database's, no control character comes out.
    answer.rows = ((shown_row(row), shown_json(data), empty) for row, data, empty in answer.rows)
    answer.records = map(shown_json, answer.records)
    if shown_as in PAGES:
        look = terminal.style(request["color"])
        text = renderer(shown_as)(_views(request, answer), look)
        _say(look.remarks + answer.remarks)
        answer.remarks.clear()
        output.page(text, pager=shown_as == "table" and not request["no_pager"])
    else:
        lines = renderer(shown_as)(answer, request["header"])
        if answer.short:
            lines = list(lines)
        _say(answer.remarks)
        output.write(lines)
    return _exit_code(request, answer)


def format_of(request: Request) -> str:
    """Return the format of the output: the one asked for, or on a terminal a table or plain lines, and TSV elsewhere."""
    if request["json"]:
        return "json"
    if request["plain"]:
        return "plain"
    return request["format"] or (terminal.usual_format() if terminal.is_terminal() else "tsv")


def _say(remarks: "list[str]") -> None:
    for remark in remarks:
        output.warn(remark)
    remarks.clear()


def _views(request: Request, answer: Answer) -> "list[Any]":
    from drugref.pages import view

    rows = list(answer.rows)
    if answer.views:
        return [view.shown(page) for page in answer.views(rows)]
    return [view.shown(view.Table(COLUMNS[request.command], [row.split("\t") for row, _, _ in rows]))]


def _exit_code(request: Request, answer: Answer) -> int:
    _say(answer.remarks)  # those that came up while rows were read
    if (index := sys.modules.get("drugref.medicines")) and index.problem():
        output.warn(index.problem())
    if answer.nothing:
        lacking = output.few(list(dict.fromkeys(answer.nothing)))
        output.warn(f"{lacking}: no {request.command.replace('-', ' ')} recorded; this is not evidence of safety")
    if answer.code is not None:
        return answer.code
    if answer.unknown:
        return UNKNOWN
    if answer.medicines:
        return NOTHING_FOUND
    return FOUND if answer.found else NOTHING_FOUND
