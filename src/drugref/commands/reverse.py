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
NOT_SAFE = "this is not evidence of safety"


def reverse(request: Request, text: str, stores: list[Store]) -> Answer:
    """Find the drugs with an effect, use or risk; names narrow the drugs."""
    with open_vocabulary() as words:
        return _reverse(request, text, stores, words)


def _reverse(request: Request, text: str, stores: list[Store], words: Store) -> Answer:
    answer = Answer(request.command)
    sought = vocabulary.meaning(words, text)
    known_as: list[str] = []
    if request.command == "contraindications":
        # What is recorded for something broader, or for a group that a medicine belongs to, holds for it as well.
        known_as = query.names_and_classes(text, stores)
        wider = vocabulary.broader(words, sought)
        sought = sought.widened([*known_as, *vocabulary.groups_of(words, known_as), *wider.phrases])
    answer.sought[text] = list(sought.phrases)
    kept = query.filter_of(request.values)
    passages = ("contraindications",) if kept.absolute else PASSAGES[request.command]
    finder = search.Finder(stores, words)
    rows = finder.facts(request.command, passages, sought, kept)
    rows = [found for found in rows if found[0].split("\t", 1)[0] not in known_as[:1]]  # not what a drug says of itself
    if request.drugs is not None:
        chosen = {found.inn for found in find_drugs(request.drugs, stores, answer)}
        rows = [found for found in rows if found[0].split("\t", 1)[0] in chosen]
    answer.rows = rows
    answer.found = bool(rows)
    answer.views = lambda rows: _views(request.command, text, rows)
    answer.remarks += _what_was_sought(sought, stores, found=bool(rows))
    if mentioned := finder.in_text(sought):
        answer.remarks.append(f"the text of {mentioned} imported labels has it too, sorted by nobody; see drugref search")
    return answer


def _what_was_sought(sought: vocabulary.Meaning, stores: list[Store], *, found: bool) -> "Iterator[str]":
    text = printable(sought.text, 60)
    if len(sought.phrases) > 1:
        yield f"{text}: looked for {', '.join(sought.phrases)}"
    if not found:
        near = search.corrected(stores, sought.text)
        hint = f"; did you mean {printable(near, 60)}?" if near.casefold() != sought.text.casefold() else ""
        yield f"{text or '(nothing)'}: no drug recorded with it; {NOT_SAFE}{hint}"


def _views(command: str, text: str, rows: "list[Row]") -> "list[Any]":
    import json

    from drugref.pages.found import reverse_page

    return [reverse_page(command, text, [json.loads(data) for _, data, _ in rows])]


def used_for(text: str, stores: list[Store]) -> set[str]:
    """Return the drugs that are used for a condition."""
    with open_vocabulary() as words:
        rows = search.Finder(stores, words).facts("uses", PASSAGES["uses"], vocabulary.meaning(words, text), query.Filter())
    return {line.split("\t", 1)[0] for line, _, _ in rows}
