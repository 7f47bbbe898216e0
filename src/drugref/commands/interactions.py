"""What must not, or only with care, be given with a drug: by its own record, and by the records of others."""

from drugref import query, search
from drugref.answer import Answer, Row, row_of
from drugref.commands.reverse import PASSAGES
from drugref.commands.screen import code_of, partner_of, verdict
from drugref.partners import Medley, Partner, Recorded, Via, meets, recorded_row, risks
from drugref.parts import LABEL_TEXT
from drugref.run import format_of
from drugref.spec import Request
from drugref.store import Store, open_vocabulary
from drugref.text import tab_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

KINDS = ("contraindication", "caution", LABEL_TEXT)


def answer(request: Request, stores: list[Store]) -> Answer:
    """Answer what a drug is not to be given with; of several drugs, only what stands between them."""
    with open_vocabulary() as words:
        return _answer(request, stores, Medley(words))


def _answer(request: Request, stores: list[Store], medley: Medley) -> Answer:
    answer = Answer("interactions")
    named = [partner_of(name, stores, medley, answer) for name in request.drugs or ()]
    partners = list({partner.inn: partner for partner in named}.values())
    if len(partners) > 1:
        told = _between(partners, medley)
    else:
        told = [*_own(partners[0], medley), *_of_others(partners[0], medley, stores)] if partners else []
    told.sort(key=lambda entry: (KINDS.index(entry["kind"]), not entry["named"]))
    needs_json = format_of(request) in ("json", "jsonl")
    answer.rows = [_row(entry, needs_json=needs_json) for entry in told]
    answer.found = bool(told)
    answer.code = code_of(partners)
    answer.remarks += verdict(partners, found=answer.found)
    answer.views = lambda _: _views(partners, told)
    return answer


def _row(entry: "dict[str, Any]", *, needs_json: bool) -> Row:
    if not needs_json:
        cells = (entry["drug"], entry["with"], entry["kind"], entry["via"], entry["detail"], "; ".join(entry["sources"]))
        return tab_row(cells), "", 0
    return row_of("interactions", entry)


def _told(drug: str, other: str, risk: Recorded, via: str, *, named: bool = True) -> "dict[str, Any]":
    told = {"drug": drug, "with": other, "kind": risk.kind, "via": via, "detail": risk.detail, "sources": list(risk.sources)}
    return {**told, "item": risk.item, "recorded_in": risk.drug, "named": named}


def _between(partners: list[Partner], medley: Medley) -> "list[dict[str, Any]]":
    return [
        _told(partner.text, other.text, risk, _by(risk, via), named=via.named)
        for partner in partners
        if partner.found
        for risk in _risks(partner)
        for other in partners
        if (via := meets(risk, other, medley))
    ]


def _own(partner: Partner, medley: Medley) -> "Iterator[dict[str, Any]]":
    """Yield what a drug's record says of others, groups spelled out; then what its label's text says, which nobody sorted."""
    if not partner.found:
        return
    for risk in _risks(partner):
        groups = medley.groups_in(risk)
        if risk.type in ("medicine", "statement") or medley.is_taken(risk):
            spelled = "; ".join(f"{name}: {', '.join(members)}" for name, members in groups.items())
            yield {**_told(partner.text, risk.item, risk, spelled or risk.item), "groups": groups}
    for row in query.long_form(partner.found).split("\n"):
        drug, part, group, _, text, source = row.split("\t")
        if part == "interactions" and group == LABEL_TEXT:
            told = {"drug": drug, "with": "", "kind": LABEL_TEXT, "via": "", "detail": text, "sources": source.split("; ")}
            yield {**told, "named": True}


def _of_others(partner: Partner, medley: Medley, stores: list[Store]) -> "Iterator[dict[str, Any]]":
    finder = search.Finder(stores, medley.words)
    passages = PASSAGES["contraindications"]
    for row in finder.candidates("contraindications", passages, partner.keys, query.Filter(), detail=True):
        risk = recorded_row(row[0])
        if risk and (via := meets(risk, partner, medley)):
            yield _told(partner.text, risk.drug, risk, _by(risk, via), named=via.named)


def _risks(partner: Partner) -> "Iterator[Recorded]":
    assert partner.found
    return risks(query.facts("contraindications", partner.found, query.Filter()))


def _by(risk: Recorded, via: Via) -> str:
    """Return by which name or group a record means a medicine."""
    return via.words or risk.item


def _views(partners: list[Partner], told: "list[dict[str, Any]]") -> list[object]:
    from drugref.pages.found import interactions_page

    return [interactions_page([partner.text for partner in partners], told)]
