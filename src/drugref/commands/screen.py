"""A list of medicines and conditions held against the records."""

import json

from drugref import query
from drugref.answer import Answer, Row, row_of
from drugref.errors import AmbiguousNameError, UsageError
from drugref.names import find_drugs
from drugref.pages import found as pages
from drugref.screen import NOT_CHECKED, Finding, asked, screen
from drugref.spec import Request
from drugref.store import Store, open_vocabulary
from drugref.text import printable


def answer(request: Request, stores: list[Store]) -> Answer:
    """Screen a list of medicines under some conditions. Raises UsageError if no drug is named."""
    if not request.drugs:
        raise UsageError("screen: name the medicines, or give them on standard input")
    answer = Answer("screen")
    found = find_drugs(request.drugs, stores, answer)
    records = [json.loads(query.record(drug)) for drug in found]
    conditions = list(request["condition"] or ())
    with open_vocabulary() as words:
        meant = asked(conditions, words)
        findings = [*_named_twice(request.drugs, stores), *screen(records, meant, words)]
    findings += [Finding(NOT_CHECKED, name, "", "unknown drug, not screened at all", ()) for name, _ in answer.unknown]
    findings += [
        Finding(NOT_CHECKED, known["medicine"], "", "no record of its own: only what others say of it was checked", ())
        for known in answer.medicines
    ]
    for sought, above in meant:
        answer.sought[sought.text] = [*sought.phrases, *above.phrases]
    answer.rows = [_row(finding) for finding in findings]
    answer.found = any(finding.finding != NOT_CHECKED for finding in findings)
    answer.views = lambda _: [pages.screen_page([drug.inn for drug in found], conditions, findings)]
    if not answer.found:
        answer.remarks.append("nothing recorded applies to these; this is not evidence of safety: see what was not checked")
    return answer


def _named_twice(names: list[str], stores: list[Store]) -> list[Finding]:
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


def _row(finding: Finding) -> Row:
    told = {"finding": finding.finding, "drug": finding.drug, "with": finding.other, "detail": finding.detail}
    return row_of("screen", {**told, "sources": list(finding.sources)})
