"""The databases in use."""

import os
import re
import time

from drugref import places
from drugref.answer import Answer, Row, row_of
from drugref.errors import DrugrefError, InvalidDatabaseError
from drugref.pages import view
from drugref.spec import COLUMNS, Request
from drugref.store import Store, open_store


def answer(request: Request, stores: list[Store]) -> Answer:
    """List the databases in use; one that cannot be used is told without figures and makes the exit code its own.

    With ``verify`` each is read from end to end: imported ones, and the compiled forms of the others, which are made anew if
    they are damaged.
    """
    if request["remove"] is not None:
        from drugref.commands.remove import removed

        return removed(request["remove"])
    if request["gaps"]:
        from drugref.commands.gaps import gaps

        return gaps(request)
    answer = Answer("databases")
    answer.code = 0
    rows = []
    paths = places.databases(request.databases, answer.remarks.append)
    own = {path for path in places.not_named(paths, request.databases) if path.endswith(places.TOML)}
    for path in paths:
        try:
            with _verified(path, answer.remarks) if request["verify"] else open_store(path) as store:
                rows.append(_row(store, path))
        except DrugrefError as error:
            answer.remarks.append(str(error))
            answer.code = answer.code or (InvalidDatabaseError.exit_code if path in own else error.exit_code)
    answer.rows = rows
    answer.views = _views
    return answer


def _views(rows: list[Row]) -> list[view.Table]:
    """Give sizes and dates as people read them; lines for programs have bytes and UTC."""
    columns = COLUMNS["databases"]
    told = []
    for row, _, _ in rows:
        cells = dict(zip(columns, row.split("\t"), strict=True))
        built = time.strptime(cells["built"], "%Y-%m-%dT%H:%M:%SZ")
        day = f"{built.tm_mday} {_MONTHS[built.tm_mon - 1]} {built.tm_year}"
        cells["version"] += age(cells["version"])
        told.append([*(cells | {"drugs": f"{int(cells['drugs']):,}", "built": day, "size": size(int(cells["size"]))}).values()])
    return [view.Table(columns, told)]


_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def age(version: str) -> str:
    """Return how old an imported release is, in brackets; "" where its version is no day, or it is younger than two months."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", version):
        return ""
    now = time.gmtime()
    months = (now.tm_year - int(version[:4])) * 12 + now.tm_mon - int(version[5:7]) - (now.tm_mday < int(version[8:]))
    if months < 2:
        return ""
    return f" ({months} months old)" if months < 24 else f" ({months // 12} years old)"


def size(count: int) -> str:
    """Return a number of bytes as people read it.

    >>> size(332_100_000), size(820), size(999_960)
    ('332 MB', '820 bytes', '1.0 MB')
    """
    if count < 1000:
        return f"{count} bytes"
    figure = float(count)
    for unit in ("kB", "MB", "GB", "TB"):
        figure /= 1000
        if figure < 999.5 or unit == "TB":
            break
    return f"{figure:.1f} {unit}" if figure < 9.95 else f"{figure:.0f} {unit}"


def _verified(path: str, remarks: list[str]) -> Store:
    """Open a database, its compiled form read from end to end."""
    from drugref.build.proof import is_whole
    from drugref.commands.check import proof_of

    if path.endswith(places.STORE):
        remarks.append(proof_of(path))
        return open_store(path)
    store = open_store(path)
    if store.path and not is_whole(store.path):
        store.close()
        remarks.append(f"{path}: its compiled form was damaged, or changed by hand; it is made anew")
        return open_store(path, rebuild=True)
    return store


def _row(store: Store, path: str) -> Row:
    status = os.stat(path)
    name, drugs, version, licence, title = (store.meta(key) for key in ("name", "drugs", "version", "licence", "title"))
    built = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(status.st_mtime))
    told = {"name": name, "drugs": int(drugs), "version": version, "built": built, "size": status.st_size, "path": path}
    return row_of("databases", {**told, "licence": licence, "title": title})
