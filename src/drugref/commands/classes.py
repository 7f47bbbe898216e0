"""The tree of pharmacological classes."""

import json
from collections import Counter

from drugref import query
from drugref.answer import Answer, row_of
from drugref.pages import view
from drugref.spec import Request
from drugref.store import Store


def answer(request: Request, stores: list[Store]) -> Answer:
    """Show the tree of classes with the number of drugs in each."""
    counts: Counter[tuple[str, ...]] = Counter()
    for _, data, _ in query.all_facts("list", stores, query.Filter()):
        path = tuple(json.loads(data)["class"])
        counts.update(path[:depth] for depth in range(1, len(path) + 1))
    tree = sorted(counts)
    answer = Answer("classes")
    answer.rows = [row_of("classes", {"class": path[-1], "drugs": counts[path], "within": list(path[:-1])}) for path in tree]
    answer.found = bool(tree)
    indented = [["  " * (len(path) - 1) + path[-1], str(counts[path])] for path in tree]
    answer.views = lambda _: [view.Table(("class", "drugs"), indented)]
    return answer
