"""Drugs side by side."""

import json

from drugref import query
from drugref.answer import Answer, Row, row_of
from drugref.compare import Compared, compare
from drugref.errors import UsageError
from drugref.names import find_drugs
from drugref.spec import Request
from drugref.store import Store, open_vocabulary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from drugref.pages.view import Page


def answer(request: Request, stores: list[Store]) -> Answer:
    """Compare drugs. Raises UsageError if fewer than two different drugs are named."""
    answer = Answer("compare")
    found = find_drugs(request.drugs or [], stores, answer)
    if request["class"] is not None:
        named = {drug.inn for drug in found}
        found += [drug for drug in _of_class(request["class"], stores, answer) if drug.inn not in named]
    if len(found) < 2:
        if answer.unknown:
            return answer
        raise UsageError("; ".join(("compare: name at least two different drugs, or a class with two", *answer.remarks)))
    records = [json.loads(query.record(drug)) for drug in found]
    inns = [drug.inn for drug in found]
    with open_vocabulary() as words:
        compared = compare(records, words, differences=request["differences"])
    answer.rows = [row for entry in compared for row in _rows(entry, inns)]
    answer.found = bool(compared)
    answer.views = lambda _: [_page(inns, compared)]
    return answer


def _of_class(text: str, stores: list[Store], answer: Answer) -> list[query.Found]:
    """Find the recorded drugs of a class, as ``list --class`` does."""
    from drugref.class_search import ClassSearch

    sought = ClassSearch(text)
    rows = filter(query.list_filter(sought.finds, None, None), query.all_facts("list", stores, query.Filter()))
    found = [query.look_up(row.split("\t", 1)[0], stores) for row, _, _ in rows]
    answer.remarks.append(sought.remark(len(found)))
    return [drug for drug in found if drug]


def _page(inns: list[str], compared: list[Compared]) -> "Page":
    from drugref.pages.found import comparison_page  # only what people read is a page

    return comparison_page(inns, compared)


def _rows(entry: Compared, inns: list[str]) -> list[Row]:
    told = {"part": entry.part, "group": entry.group, "item": entry.item}
    return [
        row_of("compare", {**told, "drug": inn, "value": value, "sources": list(sources)})
        for inn, value, sources in zip(inns, entry.values, entry.sources, strict=True)
    ]
