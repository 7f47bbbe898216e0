"""A list of medicines and conditions held against the records."""

from drugref.answer import Answer, Row, row_of
from drugref.errors import UsageError
from drugref.names import find_drugs
from drugref.partners import Medley, Partner
from drugref.run import NOTHING_FOUND, UNKNOWN, format_of
from drugref.screen import KINDS, NOT_CHECKED, ONLY_IF, SHARED, Finding, screen, shared_effects
from drugref.spec import Request
from drugref.store import Store, open_vocabulary
from drugref.text import printable, tab_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from drugref.patient import Asked

FAILED = 6
"""Exit code where something was found that the caller wants to fail on. 1 to 5 are taken: this is no error."""


def answer(request: Request, stores: list[Store]) -> Answer:
    """Screen a list of medicines under some conditions. Raises UsageError if no drug is named."""
    if not any(map(str.strip, request.drugs or ())):
        raise UsageError("screen: name the medicines, or give them on standard input")
    with open_vocabulary() as words:
        return _answer(request, stores, Medley(words))


def _answer(request: Request, stores: list[Store], medley: Medley) -> Answer:
    answer = Answer("screen")
    names = [name for word in request.drugs or () for name in _apart(word, medley, stores)]
    partners = [partner_of(name, stores, medley, answer) for name in names]
    different = list({partner.inn: partner for partner in partners}.values())
    conditions = _asked(request["condition"] or (), medley, stores)
    findings = [*_named_twice(partners), *screen(different, conditions, medley)]
    if request["effects"]:
        findings += shared_effects(different, medley)
    findings.sort(key=lambda finding: KINDS.index(finding.finding))
    for asked in conditions:
        answer.sought[asked.text] = asked.phrases
    _say_figures(conditions, answer)
    needs_json = format_of(request) in ("json", "jsonl")
    answer.rows = [_row(finding, needs_json=needs_json) for finding in findings]
    answer.found = any(finding.finding not in (NOT_CHECKED, SHARED) for finding in findings)
    answer.code = FAILED if _fails(request["fail_on"], findings) else code_of(different)
    answer.remarks += verdict(different, found=answer.found)
    answer.views = lambda _: _views(different, conditions, findings)
    return answer


def partner_of(name: str, stores: list[Store], medley: Medley, answer: Answer) -> Partner:
    """Return what a name means, whoever knows it; remark on names that are not known, or are known by another."""
    partner = medley.partner(name, stores)
    if not partner.known and (read := _without_dose(name, medley, stores)):
        partner, aside = read
        answer.remarks.append(f'read as {partner.typed}? "{printable(aside, 60)}" was not looked at')
        name = partner.typed
    if partner.found or not partner.known:
        find_drugs([name], stores, answer)
    elif partner.inn.casefold() != name.casefold():
        answer.remarks.append(f"{printable(name, 60)} → {partner.inn} (no record)")
    return partner


def _without_dose(name: str, medley: Medley, stores: list[Store]) -> tuple[Partner, str] | None:
    """Return what a line of a list means without strength, form and schedule, and those; None if nobody knows it."""
    from drugref.dosing import without_dose  # after a miss only

    rest, aside = (without_dose(name) if len(name) <= _LONGEST else None) or ("", "")
    partner = medley.partner(rest, stores) if rest else None
    return (partner, aside) if partner and partner.known else None


_LONGEST = 200
"""Longer lines are no entry of a list of medicines."""


def code_of(partners: list[Partner]) -> int | None:
    """Return the exit code where it does not follow from what was found: never 0 while a medicine has no record."""
    lacking = [partner for partner in partners if not partner.found]
    if not lacking:
        return None
    return NOTHING_FOUND if all(partner.known for partner in lacking) else UNKNOWN


def _named_twice(partners: list[Partner]) -> list[Finding]:
    """Return a finding for each drug that two of the names mean."""
    meant: dict[str, list[Partner]] = {}
    for partner in partners:
        meant.setdefault(partner.inn, []).append(partner)
    return [
        Finding(
            "same-drug", given[0].text, ", ".join(printable(partner.typed, 60) for partner in given), "named more than once"
        )
        for given in meant.values()
        if len(given) > 1
    ]


def _say_figures(conditions: "list[Asked]", answer: Answer) -> None:
    for asked in conditions:
        if asked.figure and asked.figure.stage:
            answer.remarks.append(
                f"{printable(asked.text, 60)}: taken as {asked.figure.stage} (K/DOQI stages) where no figure is recorded"
            )


def _fails(level: str | None, findings: list[Finding]) -> bool:
    kinds = {"contraindication": ("contraindication",), "caution": ("contraindication", "caution", ONLY_IF)}
    return level is not None and any(finding.finding in kinds[level] for finding in findings)


def verdict(partners: list[Partner], *, found: bool) -> list[str]:
    """Return what is said of a screen as a whole; that nothing applies only where every medicine has a record."""
    lacking = [printable(partner.typed, 60) for partner in partners if not partner.found]
    if lacking:
        return [f"not fully checked: no record of {', '.join(lacking)}; only what others say of it was checked"]
    if not found:
        return ["nothing recorded applies to these; this is not evidence of safety: see what was not checked"]
    return []


def _views(partners: list[Partner], conditions: "list[Asked]", findings: list[Finding]) -> list[object]:
    from drugref.pages.found import screen_page

    complete = all(partner.found for partner in partners)
    return [
        screen_page([partner.text for partner in partners], [asked.text for asked in conditions], findings, complete=complete)
    ]


def _apart(word: str, medley: Medley, stores: list[Store]) -> list[str]:
    """Return the names between the commas of a word; the word itself if it is the name of a combination."""
    if "," not in word or medley.partner(word, stores).known or _without_dose(word, medley, stores):
        return [word]
    return [name for name in map(str.strip, word.split(",")) if name]


def _asked(texts: "Iterable[str]", medley: Medley, stores: list[Store]) -> "list[Asked]":
    if not texts:
        return []
    from drugref.patient import ask  # patterns cost

    return [ask(text, medley, stores) for text in texts]


def _row(finding: Finding, *, needs_json: bool) -> Row:
    if not needs_json:  # which costs more than the rest of a screen
        cells = (finding.finding, finding.drug, finding.other, finding.detail, "; ".join(finding.sources), finding.via)
        return tab_row(cells), "", 0
    told = {"finding": finding.finding, "drug": finding.drug, "with": finding.other, "detail": finding.detail}
    return row_of("screen", {**told, "sources": list(finding.sources), "via": finding.via})
