"""Database files checked, and written in canonical form."""

from typing import NamedTuple

from drugref import places
from drugref.answer import Answer, Row, row_of
from drugref.aside import written
from drugref.build.compile import decode, read_source
from drugref.curated import canonical
from drugref.curated.pieces import NotPiecesError, examine
from drugref.curated.upgrade import upgraded
from drugref.curated.validate import Problem, check_any, load_any, parse
from drugref.errors import DrugrefError, InvalidDatabaseError
from drugref.model import Document
from drugref.run import format_of
from drugref.spec import Request
from drugref.store import Store, open_store, prove
from drugref.text import printable

INVALID = 5


def answer(request: Request, stores: list[Store]) -> Answer:
    """Report every problem of every file; with ``fix``, first write in canonical form what can be written so.

    The exit code is 0 if there is no problem and 5 otherwise; 1 if a file could not be read and none is invalid.
    """
    answer = Answer("check")
    if request["schema"]:
        from drugref.curated.schema import json_schema

        answer.text, answer.code = json_schema(), 0
        return answer
    if request["one_sided"] or request["expect"]:
        from drugref.commands import curating

        answer.rows = curating.one_sided(request) if request["one_sided"] else curating.unmet(request, answer)
        answer.code = INVALID if answer.rows and request["expect"] else 0
        return answer
    in_use = [] if request.names else places.databases(request.databases, answer.remarks.append)
    files = request.names or [path for path in in_use if path.endswith(places.TOML)]
    found: list[tuple[str, Problem]] = []
    answer.code = 0
    for path in files:
        try:
            found += [(path, problem) for problem in _check_file(path, answer.remarks, fix=request["fix"])]
        except InvalidDatabaseError as error:
            found.append((path, Problem((), "a database", str(error), "restore or remove the file", 1)))
        except DrugrefError as error:
            answer.remarks.append(str(error))
            answer.code = error.exit_code
    answer.rows = [_row(path, problem) for path, problem in found]
    if format_of(request) in ("table", "plain"):
        answer.text = "".join(_told(path, problem) for path, problem in found)
    answer.code = INVALID if found else answer.code
    return answer


def _row(path: str, problem: Problem) -> Row:
    told = {"file": path, "line": problem.line, "path": problem.place}
    return row_of("check", {**told, "expected": problem.expected, "got": problem.got, "advice": problem.advice})


def _told(path: str, problem: Problem) -> str:
    """Return a problem as editors and terminals know it: where they may jump to, and what is the matter."""
    at = f"{problem.place}: " if problem.path else ""
    advice = f"; {problem.advice}" if problem.advice else ""
    return printable(f"{path}:{problem.line}: {at}expected {problem.expected}, got {problem.got}{advice}") + "\n"


def _check_file(path: str, remarks: list[str], *, fix: bool) -> list[Problem]:
    if path.endswith(places.STORE):
        remarks.append(proof_of(path))
        return []
    data = read_source(path)
    problems, sources, entries, in_form = _repaired(data, path, remarks) if fix else _examined(data, path)
    if not problems:
        if not in_form:
            remarks.append(f"{path}: not in canonical form; run drugref check --fix {path}")
        remarks.append(f"{path}: {entries}, {sources} sources, no problems")
    return problems


class _Found(NamedTuple):
    """What a check found in a file."""

    problems: list[Problem]
    sources: int
    entries: str
    """How many drugs or terms, in words."""
    canonical: bool


def _examined(data: bytes, path: str) -> _Found:
    """Check a file's bytes table by table if its layout allows it, else whole."""
    try:
        problems, sources, drugs, in_form = examine(data)
        return _Found(problems, sources, f"{drugs} drugs", in_form)
    except NotPiecesError:
        return _examined_whole(decode(data, path))


def _examined_whole(text: str) -> _Found:
    document, problems = load_any(text)
    if document is None or problems:
        return _Found(problems, 0, "", canonical=False)
    entries = f"{len(document.drugs)} drugs" if isinstance(document, Document) else f"{len(document.terms)} terms"
    return _Found([], len(document.sources), entries, canonical.write(document, text) == text)


def _repaired(data: bytes, path: str, remarks: list[str]) -> _Found:
    """Write a file in canonical form if it can be written so, and check what it is then."""
    text = decode(data, path)
    repaired = _repair(text)
    if repaired is None:
        remarks.append(f"{path}: mend the problems first; nothing was written")
        return _examined_whole(text)
    if repaired == text:
        remarks.append(f"{path}: already in canonical form")
    else:
        with written(path) as file:
            file.write(repaired.encode())
        remarks.append(f"{path}: written in canonical form")
    return _examined(repaired.encode(), path)


def proof_of(path: str) -> str:
    """Prove an imported database and return in words what was proved; raise InvalidDatabaseError with what is wrong."""
    if words := prove(path):
        raise InvalidDatabaseError(f"{path} {words}")
    with open_store(path) as store:
        return f"{path}: {store.meta('drugs')} drugs, its checksum holds, no problems"


def _repair(text: str) -> str | None:
    """Return the canonical form, or None while problems stand in the way that need a curator."""
    data = parse(text)
    if isinstance(data, Problem):
        return None
    document, problems = check_any(canonical.tidy(upgraded(data)))
    return None if problems or document is None else canonical.write(document, text)
