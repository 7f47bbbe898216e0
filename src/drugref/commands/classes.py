"""The tree of pharmacological classes."""

import json
from collections import Counter, defaultdict

from drugref import query
from drugref.answer import Answer, row_of
from drugref.pages import view
from drugref.spec import Request
from drugref.store import Store


def answer(request: Request, stores: list[Store]) -> Answer:
    """Show the tree of classes with the number of drugs in each, and those that stand right in it."""
    counts: Counter[tuple[str, ...]] = Counter()
    names: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for row, data, _ in query.all_facts("list", stores, query.Filter()):
        path = tuple(json.loads(data)["class"])
        counts.update(path[:depth] for depth in range(1, len(path) + 1))
        names[path].append(row.split("\t", 1)[0])
    for drugs in names.values():
        drugs.sort()
    tree = sorted(counts)
    answer = Answer("classes")
    answer.rows = [
        row_of("classes", {"class": path[-1], "drugs": counts[path], "within": list(path[:-1]), "names": names[path]})
        for path in tree
    ]
    answer.found = bool(tree)
    columns = ("class", "drugs", "names") if request["drugs"] else ("class", "drugs")
    cells = [["  " * (len(path) - 1) + path[-1], str(counts[path]), ", ".join(names[path])] for path in tree]
    answer.views = lambda _: [view.Table(columns, [row[: len(columns)] for row in cells])]
    return answer
