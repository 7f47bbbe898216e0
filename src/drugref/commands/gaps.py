"""What each record lacks, and what in it is weak, read in copies, or old: a curator's list of work."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from drugref import places, query
from drugref.answer import Answer, row_of
from drugref.pages.card import BLOCK
from drugref.spec import Request
from drugref.store import open_store
from drugref.text import slug

Record = dict[str, Any]
_OLD = timedelta(days=730)
_FEW = 5
"""Side effects below which a record of an approved drug has few."""
_PARTS = ("class", "atc", "identifiers", "names", "status", "summary", "mechanism", "targets", "uses", "pharmacokinetics")
_READ = ("boxed_warning", "contraindications", "warnings", "adverse_reactions", "interactions", "populations")


def gaps(request: Request) -> Answer:
    """List the gaps of every record of the databases in use, as ``check`` lists problems."""
    answer = Answer("check")
    answer.code = 0
    rows = []
    for path in places.databases(request.databases, answer.remarks.append):
        with open_store(path) as store:
            for drug in query.all_drugs([store]):
                told = {"file": path, "line": 0, "path": f"drugs.{slug(drug.inn)}"}
                for gap, expected, got in _of(json.loads(query.record(drug)), date.today()):
                    rows.append(row_of("check", {**told, "expected": expected, "got": got, "advice": _ADVICE[gap]}))
    answer.rows = rows
    return answer


_ADVICE = {
    "missing": "missing: look for it in whole labels",
    "weak": "weak: look for a regulator's document, or for figures",
    "copy": "copy: read the document itself",
    "old": "old: read it again",
}


def _of(record: Record, today: date) -> Iterator[tuple[str, str, str]]:
    """Yield the gaps of a record: their kind, what would be expected and what is there."""
    yield from (("missing", what, "nothing") for what in _missing(record))
    if unread := _unread(record):
        yield "missing", "sections read whole", unread
    facts = list(_facts(record))
    sources = record["sources"]
    weak = sum(all(sources[key]["kind"] != "regulator" for key in fact["sources"]) for fact in facts)
    if weak * 4 > len(facts):
        yield "weak", "facts from regulators' documents", f"{weak} of {len(facts)} without one"
    effects = record["side_effects"]
    words = sum(effect["basis"] == "wording" for effect in effects)
    if words * 2 > len(effects) >= _FEW:
        yield "weak", "bands that rest on figures", f"{words} of {len(effects)} on wording alone"
    copied = sum(all(sources[key]["via"] for key in fact["sources"]) for fact in facts)
    if copied * 10 > len(facts):
        yield "copy", "documents themselves", f"{copied} of {len(facts)} facts on copies alone"
    if not record["reviewed"] or today - date.fromisoformat(record["reviewed"]) > _OLD:
        yield "old", "a review of the last two years", record["reviewed"] or "none"
    dated = [source["dated"] for source in sources.values() if source["kind"] == "regulator" and source["dated"]]
    if dated and today - date.fromisoformat(f"{max(dated)}-01-01"[:10]) > _OLD:
        yield "old", "a regulator's document of the last two years", f"one of {max(dated)}"


def _missing(record: Record) -> Iterator[str]:
    yield from (part for part in _PARTS if not record[part])
    if not record["contraindications"] and not any("contraindication" in note["text"] for note in record["notes"]):
        yield "contraindications, or a note that there is none"
    if len(record["side_effects"]) < _FEW:
        yield f"{_FEW} side effects or more"
    risks = " · ".join(risk["item"] for kind in ("contraindications", "cautions") for risk in record[kind])
    yield from (f"a word on {label.lower()}" for label, words in BLOCK.items() if not re.search(words, risks, re.IGNORECASE))


def _unread(record: Record) -> str:
    """Say which sections were not read whole; "" if all were."""
    read = record["sections"]
    if not read:
        return "not said which"
    return ", ".join(
        f"{name.replace('_', ' ')} {'not' if read[name] == 'no' else read[name]}" for name in _READ if read[name] != "whole"
    )


def _facts(record: Record) -> Iterator[Record]:
    """Yield everything in a record that names its sources."""
    for held in record.values():
        for fact in held if isinstance(held, list) else [held]:
            if isinstance(fact, dict) and isinstance(fact.get("sources"), list):
                yield fact
