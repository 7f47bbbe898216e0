"""Drugs side by side."""

import json

from drugref import query
from drugref.answer import Answer, Row, row_of
from drugref.compare import Compared, compare
from drugref.errors import UsageError
from drugref.names import find_drugs
from drugref.pages import found as pages
from drugref.spec import Request
from drugref.store import Store, open_vocabulary


def answer(request: Request, stores: list[Store]) -> Answer:
    """Compare drugs. Raises UsageError if fewer than two different drugs are named."""
    answer = Answer("compare")
    found = find_drugs(request.drugs or [], stores, answer)
    if len(found) < 2:
        if answer.unknown:
            return answer
        raise UsageError("compare: name at least two different drugs")
    records = [json.loads(query.record(drug)) for drug in found]
    inns = [drug.inn for drug in found]
    with open_vocabulary() as words:
        compared = compare(records, words, differences=request["differences"])
    answer.rows = [row for entry in compared for row in _rows(entry, inns)]
    answer.found = bool(compared)
    answer.views = lambda _: [pages.comparison_page(inns, compared)]
    return answer


def _rows(entry: Compared, inns: list[str]) -> list[Row]:
    told = {"part": entry.part, "group": entry.group, "item": entry.item}
    return [
        row_of("compare", {**told, "drug": inn, "value": value, "sources": list(sources)})
        for inn, value, sources in zip(inns, entry.values, entry.sources, strict=True)
    ]
