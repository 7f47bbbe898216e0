"""The commands on the facts of drugs, of those named or of all: show, one part, list, sources."""

import time
from itertools import chain

from drugref import query
from drugref.answer import Answer
from drugref.columns import PART_COMMANDS
from drugref.names import find_drugs
from drugref.parts import LABEL_TEXT
from drugref.places import STORE
from drugref.render import PAGES
from drugref.run import format_of
from drugref.spec import Request
from drugref.store import Store, open_vocabulary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from drugref.answer import Row

REVERSE = {"uses": "for", "side-effects": "effect", "contraindications": "with"}
"""Commands that look backwards, and the option that asks them to."""


def answer(request: Request, stores: list[Store]) -> Answer:
    """Answer a request for drugs and their facts, of the drugs named or of all."""
    option = REVERSE.get(request.command)
    if option and request[option] is not None:
        from drugref.commands.reverse import reverse

        return reverse(request, request[option], stores)
    found = Answer(request.command)
    drugs = find_drugs(request.drugs, stores, found) if request.drugs is not None else None
    found.remarks += filter(None, map(_age, drugs or ()))
    found.short = drugs is not None
    if request.command == "show":
        found.rows = _counted(_long_rows(drugs or []), found)
        found.records = (query.record(drug) for drug in drugs or [])
        found.found = bool(drugs)
    else:
        rows = _kept(request, drugs, stores, found)
        found.rows = _counted(_merged(rows, stores) if request.values.get("merged") else rows, found)
    if found.medicines:
        found.rows = chain(found.rows, _known(request, found))
    if format_of(request) in PAGES:
        if request.command in ("show", *PART_COMMANDS) or (request.command == "sources" and drugs is not None):
            found.views = _pages(request, drugs, stores, found)
        elif request.command == "list":
            found.views = _listing
    return found


def _age(drug: query.Found) -> str | None:
    """Return what is to be said of an imported record whose newest label is older than two years; None of others."""
    if not drug.store.source.endswith(STORE):
        return None  # a curated record says when it was reviewed, and databases --gaps what in it is old
    *_, newest = sorted(["", *(after[:10] for after in query.record(drug).split('"dated":"')[1:])])
    if not newest or newest >= two_years_ago():
        return None
    return f"{drug.inn}: the label read here is of {newest}, more than two years old; the one in force may say otherwise"


def two_years_ago() -> str:
    """Return the day two years before today, as YYYY-MM-DD."""
    now = time.gmtime()
    return f"{now.tm_year - 2}-{now.tm_mon:02}-{now.tm_mday:02}"


def _listing(rows: "list[Row]") -> "list[Any]":
    import json

    from drugref.pages.listing import listing

    return [listing(json.loads(data) for _, data, _ in rows)]


def _pages(
    request: Request, drugs: "list[query.Found] | None", stores: list[Store], found: Answer
) -> "Callable[[list[Row]], list[Any]]":
    def views(rows: "list[Row]") -> "list[Any]":
        from drugref.pages import drug, known

        chosen = drugs if drugs is not None else query.all_drugs(stores)
        records = (query.record(entry) for entry in chosen)
        with open_vocabulary() as words:
            if request.command == "show" and format_of(request) in ("table", "plain") and not request["all"]:
                import json

                from drugref.pages.card import card

                held = [json.loads(record) for record in records]
                pages: list[Any] = [card(record, words, found.also.get(record["inn"], ())) for record in held]
            else:
                joined = None if request.values.get("all_claims") else words
                wanted = query.filter_of(request.values)
                pages = list(drug.pages(request.command, records, wanted, found.also, words=joined, brief=drugs is None))
        return pages + [known.page(about, whole=request.command == "show") for about in found.medicines]

    return views


def _merged(rows: "Iterable[Row]", stores: list[Store]) -> "Iterator[Row]":
    """Yield of each drug's claims those that speak for it, one for each effect within a route; what is no claim passes."""
    import json
    from itertools import groupby

    from drugref.claims import merged

    sources: dict[str, Any] = {}
    with open_vocabulary() as words:
        for inn, held in groupby(rows, lambda row: row[0].split("\t", 1)[0]):
            mine = list(held)
            facts = [json.loads(data) for _, data, empty in mine if not empty]
            claims = [fact for fact in facts if "effect" in fact]
            if found := query.look_up(inn, stores):
                sources = json.loads(query.record(found))["sources"]
            by_json = {id(claim): row for claim, row in zip(facts, (row for row in mine if not row[2]), strict=True)}
            yield from (row for row, fact in zip(mine, facts or mine, strict=False) if row[2] or "effect" not in fact)
            yield from (by_json[id(entry.claim)] for entry in merged(claims, sources, words))


def _kept(request: Request, drugs: "list[query.Found] | None", stores: list[Store], found: Answer) -> "Iterable[Row]":
    rows: Iterable[Row] = _facts(request, drugs, stores, found)
    if request.command != "list":
        return rows
    of_class = None
    if request["class"] is not None:
        from drugref.class_search import ClassSearch

        of_class = ClassSearch(request["class"])
        rows = list(rows)
    keep = query.list_filter(of_class.finds if of_class else None, request["atc"], request["status"])
    if of_class:
        rows = [row for row in rows if keep(row)]
        found.remarks.append(of_class.remark(len(rows)))
    if request["use"] is not None:
        from drugref.commands.reverse import used_for

        used = used_for(request["use"], stores)
        return (row for row in rows if row[0].split("\t", 1)[0] in used and keep(row))
    return (row for row in rows if keep(row))


def _facts(request: Request, drugs: "list[query.Found] | None", stores: list[Store], found: Answer) -> "Iterator[Row]":
    kept = query.filter_of(request.values)
    if drugs is None:
        yield from query.all_facts(request.command, stores, kept)
        if kept:
            found.nothing += query.without_facts(request.command, stores)
            if unsorted := query.unsorted(request.command, stores):
                found.remarks.append(
                    f"of {unsorted} drugs the label is kept as text alone, which no filter sorts; see drugref search"
                )
        return
    for drug in drugs:
        rows = query.facts(request.command, drug, kept)
        yield from rows
        if not rows:
            yield from _explain(request, drug, found)


def _explain(request: Request, drug: query.Found, found: Answer) -> "Iterator[Row]":
    """Tell apart a drug of which the filter leaves nothing and one of which nothing is recorded at all."""
    everything = query.facts(request.command, drug, query.Filter())
    if all(empty for _, _, empty in everything):
        yield from everything
        return
    found.remarks.append(f"{drug.inn}: no {request.command.replace('-', ' ')} of that frequency or kind recorded")
    if any(f"\t{LABEL_TEXT}\t" in row for row, _, _ in everything):
        found.remarks.append(
            f"{drug.inn}: its label is kept as text, which no filter sorts; see drugref {request.command} {drug.inn}"
        )


def _long_rows(drugs: "list[query.Found]") -> "Iterator[Row]":
    for drug in drugs:
        for row in query.long_form(drug).split("\n"):
            yield row, "", 0


def _known(request: Request, found: Answer) -> "Iterator[Row]":
    """Yield what is to be said of medicines without a record."""
    from drugref import unrecorded

    for about in found.medicines:
        if request.command == "show":
            yield from ((row, "", 0) for row in unrecorded.rows(about))
        elif request.command == "sources":
            yield from unrecorded.source_rows(about)
        else:
            found.nothing.append(about["medicine"])
            yield unrecorded.row_of_part(request.command, about)


def _counted(rows: "Iterable[Row]", found: Answer) -> "Iterator[Row]":
    """Pass rows on, noting whether there is a fact among them and which drugs have none."""
    for row in rows:
        if row[2]:
            found.nothing.append(row[0].split("\t", 1)[0])
        else:
            found.found = True
        yield row
    if not (found.found or found.nothing or found.short):
        found.remarks.append("nothing recorded matches; this is not evidence of safety")
