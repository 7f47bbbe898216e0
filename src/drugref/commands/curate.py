"""Commands of those who keep databases: check files, write them in canonical form, list the databases in use."""

import os
import time

from drugref import output, places
from drugref.aside import written
from drugref.build.compile import decode, read_source
from drugref.build.proof import is_whole
from drugref.build.rows import dumps
from drugref.curated import canonical
from drugref.curated.validate import Problem, check_any, load_any, parse
from drugref.errors import DrugrefError, InvalidDatabaseError
from drugref.model import Document
from drugref.run import Request, show_listing
from drugref.store import Store, open_store, prove
from drugref.text import tab_row

INVALID = 5


def check_files(request: Request, files: tuple[str, ...], *, fix: bool) -> int:
    """Report every problem of every file; with ``fix``, first write in canonical form what can be written so.

    Returns 0 if there is no problem and 5 otherwise; 1 if a file could not be read and none is invalid.
    """
    in_use = () if files else places.databases(request.databases, output.warn)
    chosen = files or tuple(path for path in in_use if path.endswith(places.TOML))
    found: list[tuple[str, Problem]] = []
    failed = 0
    for path in chosen:
        try:
            found += [(path, problem) for problem in _check_file(path, fix=fix)]
        except InvalidDatabaseError as error:
            found.append((path, Problem((), "a database", str(error), "restore or remove the file", 1)))
        except DrugrefError as error:
            output.warn(str(error))
            failed = error.exit_code
    rows = []
    for path, problem in found:
        cells = (path, str(problem.line), problem.place, problem.expected, problem.got, problem.advice)
        data = dict(zip(("file", "line", "path", "expected", "got", "advice"), cells, strict=True)) | {"line": problem.line}
        rows.append((tab_row(cells), dumps(data), 0))
    show_listing(request, rows)
    return INVALID if found else failed


def _check_file(path: str, *, fix: bool) -> list[Problem]:
    if path.endswith(places.STORE):
        _prove(path)
        return []
    text = decode(read_source(path), path)
    document, problems = load_any(text)
    if fix:
        repaired = _repair(text)
        if repaired is None:
            output.warn(f"{path}: mend the problems first; nothing was written")
        elif repaired == text:
            output.warn(f"{path}: already in canonical form")
        else:
            with written(path) as file:
                file.write(repaired.encode())
            output.warn(f"{path}: written in canonical form")
            document, problems = load_any(repaired)
    elif document and not problems and canonical.write(document, text) != text:
        output.warn(f"{path}: not in canonical form; run drugref check --fix {path}")
    if document and not problems:
        held = f"{len(document.drugs)} drugs" if isinstance(document, Document) else f"{len(document.terms)} terms"
        output.warn(f"{path}: {held}, {len(document.sources)} sources, no problems")
    return problems


def _prove(path: str) -> None:
    """Prove an imported database, and say so; raise InvalidDatabaseError with what is wrong."""
    if words := prove(path):
        raise InvalidDatabaseError(f"{path} {words}")
    with open_store(path) as store:
        output.warn(f"{path}: {store.meta('drugs')} drugs, its checksum holds, no problems")


def _repair(text: str) -> str | None:
    """Return the canonical form, or None while problems stand in the way that need a curator."""
    data = parse(text)
    if isinstance(data, Problem):
        return None
    document, problems = check_any(canonical.tidy(data))
    return None if problems or document is None else canonical.write(document, text)


def print_schema() -> int:
    """Print the JSON Schema of database files."""
    from drugref.curated.schema import json_schema

    output.write([json_schema()])
    return 0


def list_databases(request: Request, *, verify: bool = False) -> int:
    """List the databases in use; one that cannot be used is named and makes the exit code its own.

    With ``verify`` each is read from end to end: imported ones, and the compiled forms of the others, which are made anew if
    they are damaged.
    """
    rows = []
    code = 0
    paths = places.databases(request.databases, output.warn)
    own = {path for path in places.not_named(paths, request.databases) if path.endswith(places.TOML)}
    for path in paths:
        try:
            store = _verified(path) if verify else open_store(path)
        except DrugrefError as error:
            output.warn(str(error))
            code = code or (INVALID if path in own else error.exit_code)
            continue
        with store:
            name, drugs, version, licence, title = map(store.meta, ("name", "drugs", "version", "licence", "title"))
        status = os.stat(path)
        changed = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(status.st_mtime))
        data = {
            "name": name, "drugs": int(drugs), "version": version, "built": changed, "size": status.st_size, "path": path,
            "licence": licence, "title": title,
        }  # fmt: skip
        rows.append((tab_row((name, drugs, version, changed, str(status.st_size), path)), dumps(data), 0))
    show_listing(request, rows)
    return code


def _verified(path: str) -> Store:
    """Open a database, its compiled form read from end to end."""
    if path.endswith(places.STORE):
        _prove(path)
        return open_store(path)
    store = open_store(path)
    if store.path and not is_whole(store.path):
        store.close()
        output.warn(f"{path}: its compiled form was damaged, or changed by hand; it is made anew")
        return open_store(path, rebuild=True)
    return store
