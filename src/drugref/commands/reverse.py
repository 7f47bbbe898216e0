"""Reverse look-ups: the drugs with an effect, a use, or a risk."""

from drugref import query, search, vocabulary
from drugref.answer import Answer
from drugref.names import find_drugs
from drugref.spec import Request
from drugref.store import Store, open_vocabulary
from drugref.text import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from drugref.answer import Row

PASSAGES = {"uses": ("uses",), "side-effects": ("side-effects",), "contraindications": ("contraindications", "cautions")}
"""What a reverse look-up of each command reads."""
NOT_EVIDENCE = {
    "uses": "this is not evidence that none is used for it",
    "side-effects": "this is not evidence of safety",
    "contraindications": "this is not evidence of safety",
}
"""What is said where nothing was found."""


def reverse(request: Request, text: str, stores: list[Store]) -> Answer:
    """Find the drugs with an effect, use or risk; names narrow the drugs."""
    with open_vocabulary() as words:
        return _reverse(request, text, stores, words)


def _reverse(request: Request, text: str, stores: list[Store], words: Store) -> Answer:
    answer = Answer(request.command)
    finder = search.Finder(stores, words)
    chosen = None
    if request.drugs is not None:
        chosen = {found.inn: found for found in find_drugs(request.drugs, stores, answer)}
    kept = query.filter_of(request.values)
    if request.command == "contraindications":
        rows, phrases = _risks(finder, text, kept)
    else:
        sought = vocabulary.meaning(words, text)
        phrases = list(sought.phrases)
        rows = finder.facts(request.command, PASSAGES[request.command], sought, kept)
    if chosen is not None:
        rows = [row for row in rows if row[0].split("\t", 1)[0] in chosen]
    answer.sought[text] = phrases
    answer.rows = rows
    answer.found = bool(rows)
    answer.views = lambda rows: _views(request.command, text, rows, stores)
    if request["explain"] and len(phrases) > 1:
        answer.remarks.append(f"{printable(text, 60)}: looked for {', '.join(phrases)}")
    elif len(phrases) > 1:
        answer.remarks.append(f"{printable(text, 60)}: looked for {_few(phrases)}")
    if not rows:
        answer.remarks.append(_not_found(request.command, text, stores, finder))
    answer.remarks += _in_text(finder, phrases, chosen)
    return answer


_WIDTH = 150
"""Characters of the words that were looked for, which then fit on two lines of a terminal."""


def _few(phrases: list[str]) -> str:
    """Return the words that were looked for, as many as fit on two lines, and the number of the others."""
    whole = ", ".join(phrases)
    if len(whole) <= _WIDTH:
        return whole
    shown: list[str] = []
    for phrase in phrases:
        if len(", ".join([*shown, phrase])) > _WIDTH - 40:
            break
        shown.append(phrase)
    return f"{', '.join(shown)} and {len(phrases) - len(shown)} more (--explain says all)"


def _risks(finder: search.Finder, text: str, kept: query.Filter) -> "tuple[list[Row], list[str]]":
    """Return the recorded risks that concern what was asked about: those that name it first, then those by way of a group."""
    from drugref.partners import Medley, recorded_row
    from drugref.patient import applies, ask

    medley = Medley(finder.words)
    asked = ask(text, medley, finder.stores)
    passages = ("contraindications",) if kept.absolute else PASSAGES["contraindications"]
    found = []
    for row in finder.candidates("contraindications", passages, asked.phrases, kept, detail=True):
        recorded = recorded_row(row[0])
        met = applies(recorded, asked, medley) if recorded else None
        if recorded and met and not (asked.partner and recorded.drug == asked.partner.inn):
            found.append(((recorded.kind != "contraindication", not met[1].named, met[0] < 0), row))
    found.sort(key=lambda pair: pair[0])
    return [row for _, row in found], asked.phrases


def _not_found(command: str, text: str, stores: list[Store], finder: search.Finder) -> str:
    near = search.corrected(stores, text)
    hint = ""
    if near.casefold() != text.casefold() and _is_known(near, finder):
        hint = f"; did you mean {printable(near, 60)}?"
    return f"{printable(text, 60) or '(nothing)'}: no drug recorded with it; {NOT_EVIDENCE[command]}{hint}"


def _is_known(text: str, finder: search.Finder) -> bool:
    """Tell whether somebody would say so: it is a term, a medicine or a group, or a record has it as it stands."""
    from drugref import medicines  # after a miss only

    return bool(
        vocabulary.concepts_of(finder.words, text)
        or medicines.owners(text)
        or medicines.group(text)
        or finder.is_recorded(text)
    )


def _in_text(finder: search.Finder, phrases: list[str], chosen: "dict[str, query.Found] | None") -> "Iterator[str]":
    """Yield what the texts of imported labels have of it, which nobody sorted: of the drugs asked about, or of how many."""
    if chosen is None:
        if found := finder.in_text(phrases):
            yield f"the text of {found} imported labels has it too, sorted by nobody; see drugref search"
        return
    for inn, drug in chosen.items():
        if parts := search.parts_with(drug, phrases):
            yield f"{inn}'s own label text has it, sorted by nobody: {', '.join(parts)}; see drugref show {inn}"


def _views(command: str, text: str, rows: "list[Row]", stores: list[Store]) -> "list[Any]":
    import json

    from drugref.pages.reverse import reverse_page

    facts = [json.loads(data) for _, data, _ in rows]
    sources = {}
    for inn in dict.fromkeys(fact["drug"] for fact in facts):
        if found := query.look_up(inn, stores):
            listed = (json.loads(data) for _, data, _ in query.facts("sources", found, query.Filter()))
            sources.update({source["source"]: source for source in listed})
    with open_vocabulary() as words:
        return [reverse_page(command, text, facts, sources, words)]


def used_for(text: str, stores: list[Store]) -> set[str]:
    """Return the drugs that are used for a condition."""
    with open_vocabulary() as words:
        rows = search.Finder(stores, words).facts("uses", PASSAGES["uses"], vocabulary.meaning(words, text), query.Filter())
    return {line.split("\t", 1)[0] for line, _, _ in rows}
