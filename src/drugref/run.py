"""A request carried out: databases opened, the command's answer rendered, its remarks said once, the exit code told.

The Typer commands and the lean path of ``__main__`` both end here. Modules that cost are imported where they are needed.
"""

import os
import sqlite3

from drugref import names, output, places, terminal
from drugref.answer import Answer
from drugref.render import PAGES, renderer
from drugref.spec import COLUMNS, COMMANDS, Request
from drugref.store import Store, open_store, open_vocabulary
from drugref.text import shown_json, shown_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any


FOUND, NOTHING_FOUND, UNKNOWN = 0, 4, 3


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
    """Do work on the databases in use; if one turns out to be damaged, do it again on stores made anew."""
    return with_stores_of(places.databases(request.databases), work)


def with_stores_of(paths: "Sequence[str]", work: "Callable[[list[Store]], int]") -> int:
    """Do work on databases, those that precede first, as ``with_stores`` does on those in use."""
    try:
        return work([open_store(path) for path in paths])
    except sqlite3.DatabaseError:
        # A store that opened but cannot be read was damaged since: make all of them again.
        if os.path.exists(places.vocabulary()):
            open_vocabulary(rebuild=True)
        return work([open_store(path, rebuild=True) for path in paths])


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
    if answer.nothing:
        lacking = output.few(list(dict.fromkeys(answer.nothing)))
        output.warn(f"{lacking}: no {request.command.replace('-', ' ')} recorded; this is not evidence of safety")
    if answer.code is not None:
        return answer.code
    if answer.unknown:
        return UNKNOWN
    return FOUND if answer.found else NOTHING_FOUND
