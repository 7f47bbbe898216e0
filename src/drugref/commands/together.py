"""Commands on several drugs together: comparison and screening. Each makes an answer and shows it."""

import json
from collections.abc import Sequence

from drugref import output, query
from drugref.answer import Answer, Row
from drugref.build.rows import dumps
from drugref.compare import Compared, compare
from drugref.errors import AmbiguousNameError, UsageError
from drugref.pages import found as view_found
from drugref.run import Request, find_drugs, finish, names_of, with_words
from drugref.screen import NOT_CHECKED, Finding, asked, screen
from drugref.store import Store
from drugref.text import printable, tab_row


def side_by_side(request: Request, *, differences: bool) -> int:
    """Compare drugs. Raises UsageError if fewer than two different drugs are named."""
    names = names_of(request) or []

    def work(stores: list[Store], words: Store) -> int:
        answer = Answer("compare")
        found = find_drugs(names, stores, answer)
        if len(found) < 2:
            if answer.unknown:
                return finish(request, answer)
            raise UsageError("compare: name at least two different drugs")
        records = [json.loads(query.record(drug)) for drug in found]
        inns = [drug.inn for drug in found]
        compared = compare(records, words, differences=differences)
        answer.rows = [line for entry in compared for line in _compared_rows(entry, inns)]
        answer.found = bool(compared)
        answer.views = lambda _: [view_found.comparison_page(inns, compared)]
        return finish(request, answer)

    return with_words(request, work)


def _compared_rows(entry: Compared, inns: list[str]) -> list[Row]:
    rows = []
    for inn, value, sources in zip(inns, entry.values, entry.sources, strict=True):
        data = {
            "part": entry.part,
            "group": entry.group,
            "item": entry.item,
            "drug": inn,
            "value": value,
            "sources": list(sources),
        }
        rows.append((tab_row((entry.part, entry.group, entry.item, inn, value)), dumps(data), 0))
    return rows


def screening(request: Request, conditions: list[str]) -> int:
    """Screen a list of medicines under some conditions. Raises UsageError if no drug is named."""
    names = names_of(request)
    if not names:
        raise UsageError("screen: name the medicines with --drug, or on standard input")

    def work(stores: list[Store], words: Store) -> int:
        answer = Answer("screen")
        found = find_drugs(names, stores, answer)
        records = [json.loads(query.record(drug)) for drug in found]
        meant = asked(conditions, words)
        findings = [*_named_twice(names, stores), *screen(records, meant, words)]
        findings += [Finding(NOT_CHECKED, name, "", "unknown drug, not screened at all", ()) for name, _ in answer.unknown]
        for sought, above in meant:
            answer.sought[sought.text] = [*sought.phrases, *above.phrases]
        answer.rows = [_finding_row(finding) for finding in findings]
        answer.found = any(finding.finding != NOT_CHECKED for finding in findings)
        answer.views = lambda _: [view_found.screen_page([drug.inn for drug in found], conditions, findings)]
        if not answer.found:
            output.warn("nothing recorded applies to these; this is not evidence of safety: see what was not checked")
        return finish(request, answer)

    return with_words(request, work)


def _named_twice(names: Sequence[str], stores: list[Store]) -> list[Finding]:
    """Return a finding for each drug that two of the names mean."""
    meant: dict[str, list[str]] = {}
    for name in names:
        try:
            found = query.look_up(name, stores)
        except AmbiguousNameError:
            continue
        if found:
            meant.setdefault(found.inn, []).append(name)
    return [
        Finding("same-drug", inn, ", ".join(printable(name, 60) for name in given), "named more than once", ())
        for inn, given in meant.items()
        if len(given) > 1
    ]


def _finding_row(finding: Finding) -> Row:
    data = {
        "finding": finding.finding,
        "drug": finding.drug,
        "with": finding.other,
        "detail": finding.detail,
        "sources": list(finding.sources),
    }
    cells = (finding.finding, finding.drug, finding.other, finding.detail, "; ".join(finding.sources))
    return tab_row(cells), dumps(data), 0
