"""Commands that find: reverse look-ups, search, classes. Each makes an answer and shows it.

A search for plain words is on the lean path, so what costs is imported where it is needed.
"""

from drugref import output, query, search, vocabulary
from drugref.answer import Answer
from drugref.run import Request, find_drugs, finish, names_of, respond, with_stores, with_words
from drugref.store import Store
from drugref.text import printable, tab_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from drugref.answer import Row
    from drugref.pages.view import View


PASSAGES = {"uses": ("uses",), "side-effects": ("side-effects",), "contraindications": ("contraindications", "cautions")}
"""What a reverse look-up of each command reads."""
NOT_SAFE = "this is not evidence of safety"


def reverse(request: Request, text: str, *, absolute: bool = False) -> int:
    """Find the drugs with an effect, use or risk; with ``absolute``, only contraindications. Names narrow the drugs."""
    names = names_of(request)

    def work(stores: list[Store], words: Store) -> int:
        answer = Answer(request.command)
        sought = vocabulary.meaning(words, text)
        known_as: list[str] = []
        if request.command == "contraindications":
            # What is recorded for something broader, or for a group that a medicine belongs to, holds for it as well.
            known_as = query.names_and_classes(text, stores)
            wider = vocabulary.broader(words, sought)
            sought = sought.widened([*known_as, *vocabulary.groups_of(words, known_as), *wider.phrases])
        answer.sought[text] = list(sought.phrases)
        passages = ("contraindications",) if absolute else PASSAGES[request.command]
        finder = search.Finder(stores, words)
        rows = finder.facts(request.command, passages, sought, request.wanted)
        rows = [found for found in rows if found[0].split("\t", 1)[0] not in known_as[:1]]  # not what a drug says of itself
        if names is not None:
            chosen = {found.inn for found in find_drugs(names, stores, answer)}
            rows = [found for found in rows if found[0].split("\t", 1)[0] in chosen]
        answer.rows = rows
        answer.found = bool(rows)
        answer.views = lambda rows: _reverse_views(request.command, text, rows)
        _say_what_was_sought(sought, stores, found=bool(rows))
        if mentioned := finder.in_text(sought):
            output.warn(f"the text of {mentioned} imported labels has it too, sorted by nobody; see drugref search")
        return finish(request, answer)

    return with_words(request, work)


def _say_what_was_sought(sought: vocabulary.Meaning, stores: list[Store], *, found: bool) -> None:
    text = printable(sought.text, 60)
    if len(sought.phrases) > 1:
        output.warn(f"{text}: looked for {', '.join(sought.phrases)}")
    if not found:
        near = search.corrected(stores, sought.text)
        hint = f"; did you mean {printable(near, 60)}?" if near.casefold() != sought.text.casefold() else ""
        output.warn(f"{text or '(nothing)'}: no drug recorded with it; {NOT_SAFE}{hint}")


def _reverse_views(command: str, text: str, rows: "list[Row]") -> "list[View]":
    import json

    from drugref.pages.found import reverse_page

    return [reverse_page(command, text, [json.loads(data) for _, data, _ in rows])]


def list_used_for(request: Request, text: str) -> int:
    """List the drugs that are used for a condition and pass the request's other filters."""
    passes = request.keep or (lambda _: True)

    def work(stores: list[Store], words: Store) -> int:
        rows = search.Finder(stores, words).facts("uses", PASSAGES["uses"], vocabulary.meaning(words, text), query.Filter())
        used = {line.split("\t", 1)[0] for line, _, _ in rows}
        request.keep = lambda line: line.split("\t", 1)[0] in used and passes(line)
        return respond(request, None, stores)

    return with_words(request, work)


def full_text(request: Request, text: str, limit: int) -> int:
    """Search all parts; when nothing matches, search for the nearest words instead and say so."""

    def work(stores: list[Store]) -> int:
        found = search.matches(stores, text, limit + 1 if limit else None)
        shown = text
        if not found:
            near = search.corrected(stores, text)
            if near != text:
                found, shown = search.matches(stores, near, limit + 1 if limit else None), near
                output.warn(f"nothing matches {printable(text, 60)}; searched for {printable(near, 60)}")
        if not found:
            output.warn(f"nothing matches {printable(text, 60)}; {NOT_SAFE}")
        if limit and len(found) > limit:
            found = found[:limit]
            output.warn(f"the best {limit} passages; --limit 0 shows all")
        answer = Answer("search")
        as_json = request.shown_as in ("json", "jsonl")
        answer.rows = [(_search_row(*entry), _search_json(*entry) if as_json else "", 0) for entry in found]
        answer.found = bool(found)
        answer.views = lambda _: _search_views(shown, found)
        return finish(request, answer)

    return with_stores(request, work)


def _search_row(inn: str, part: str, passage: str) -> str:
    return tab_row((inn, part, search.unmarked(passage)))


def _search_json(inn: str, part: str, passage: str) -> str:
    from drugref.build.rows import dumps

    matched = [piece.split(search.MARK_OFF)[0] for piece in passage.split(search.MARK_ON)[1:]]
    return dumps({"drug": inn, "part": part, "passage": search.unmarked(passage), "matched": list(dict.fromkeys(matched))})


def _search_views(text: str, found: list[tuple[str, str, str]]) -> "list[View]":
    from drugref.pages.found import search_page

    return [search_page(text, found)]


def classes(request: Request) -> int:
    """Show the tree of classes with the number of drugs in each."""
    from collections import Counter

    from drugref.build.rows import dumps
    from drugref.pages import view

    def work(stores: list[Store]) -> int:
        counts: Counter[tuple[str, ...]] = Counter()
        for line, _, _ in query.all_facts("list", stores, query.Filter()):
            path = tuple(filter(None, line.split("\t")[1].split(" > ")))
            counts.update(path[:depth] for depth in range(1, len(path) + 1))
        tree = sorted(counts)
        answer = Answer("classes")
        answer.rows = [
            (
                tab_row((path[-1], str(counts[path]), " > ".join(path[:-1]))),
                dumps({"class": path[-1], "drugs": counts[path], "within": list(path[:-1])}),
                0,
            )
            for path in tree
        ]
        answer.found = bool(tree)
        indented = [["  " * (len(path) - 1) + path[-1], str(counts[path])] for path in tree]
        answer.views = lambda _: [view.Table(("class", "drugs"), indented)]
        return finish(request, answer)

    return with_stores(request, work)
