"""The databases in use."""

import os
import time

from drugref import places
from drugref.answer import Answer, Row, row_of
from drugref.errors import DrugrefError
from drugref.spec import Request
from drugref.store import Store, open_store


def answer(request: Request, stores: list[Store]) -> Answer:
    """List the databases in use; one that cannot be used is told without figures and makes the exit code its own."""
    answer = Answer("databases")
    answer.code = 0
    rows = []
    for path in places.databases(request.databases):
        try:
            rows.append(_row(open_store(path), path))
        except DrugrefError as error:
            answer.remarks.append(str(error))
            answer.code = answer.code or error.exit_code
    answer.rows = rows
    return answer


def _row(store: Store, path: str) -> Row:
    status = os.stat(path)
    name, drugs, version, licence, title = (store.meta(key) for key in ("name", "drugs", "version", "licence", "title"))
    built = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(status.st_mtime))
    told = {"name": name, "drugs": int(drugs), "version": version, "built": built, "size": status.st_size, "path": path}
    return row_of("databases", {**told, "licence": licence, "title": title})
