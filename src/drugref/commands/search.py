"""Full-text search over all parts of all drugs."""

from drugref import search
from drugref.answer import Answer, row_of
from drugref.run import format_of
from drugref.spec import Request
from drugref.store import Store
from drugref.text import printable, tab_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from drugref.answer import Row

NOT_SAFE = "this is not evidence of safety"


def answer(request: Request, stores: list[Store]) -> Answer:
    """Search all parts; when nothing matches, search for the nearest words instead and say so."""
    text, limit = " ".join(request.names), request["limit"]
    answer = Answer("search")
    most = limit + 1 if limit else None
    found = search.matches(stores, text, most)
    shown = text
    if not found:
        near = search.corrected(stores, text)
        if near != text:
            found, shown = search.matches(stores, near, most), near
            answer.remarks.append(f"nothing matches {printable(text, 60)}; searched for {printable(near, 60)}")
    if not found:
        answer.remarks.append(f"nothing matches {printable(text, 60)}; {NOT_SAFE}")
    if limit and len(found) > limit:
        found = found[:limit]
        answer.remarks.append(f"the best {limit} passages; --limit 0 shows all")
    told = _told if format_of(request) in ("json", "jsonl") else _line
    answer.rows = [told(*entry) for entry in found]
    answer.found = bool(found)
    answer.views = lambda _: _views(shown, found)
    return answer


def _line(inn: str, part: str, passage: str) -> "Row":
    return tab_row((inn, part, search.unmarked(passage))), "", 0


def _told(inn: str, part: str, passage: str) -> "Row":
    matched = [piece.split(search.MARK_OFF)[0] for piece in passage.split(search.MARK_ON)[1:]]
    told = {"drug": inn, "part": part, "passage": search.unmarked(passage), "matched": list(dict.fromkeys(matched))}
    return row_of("search", told)


def _views(text: str, found: list[tuple[str, str, str]]) -> "list[Any]":
    from drugref.pages.found import search_page

    return [search_page(text, found)]
