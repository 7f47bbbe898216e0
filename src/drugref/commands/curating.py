"""What a curator looks for in records: pairs that one of two knows, and what is expected of a class."""

from collections.abc import Iterator
from typing import NamedTuple

from drugref import patient, places, query, vocabulary
from drugref.answer import Answer, Row, row_of
from drugref.build.compile import decode, read_source
from drugref.class_search import ClassSearch
from drugref.curated.expectations import OR, Expectations, load
from drugref.errors import InvalidDatabaseError
from drugref.partners import Medley, Recorded, meets, risks
from drugref.spec import Request
from drugref.store import Store, open_store, open_vocabulary
from drugref.text import phrase_key, slug


def one_sided(request: Request) -> list[Row]:
    """List, for a curator, pairs of recorded drugs of which one record names the other and is not named or meant by it."""
    stores = [(path, open_store(path)) for path in request.names or places.databases(request.databases)]
    opened = [store for _, store in stores]
    rows = []
    with open_vocabulary() as words:
        medley = Medley(words)
        partners = [medley.partner(drug.inn, opened) for drug in query.all_drugs(opened)]
        recorded = {
            partner.inn: list(risks(query.facts("contraindications", partner.found, query.Filter())))
            for partner in partners
            if partner.found
        }
        for partner in partners:
            for other in partners:
                told = [risk for risk in recorded[other.inn] if (via := meets(risk, partner, medley)) and via.named]
                if told and not any(meets(risk, other, medley) for risk in recorded[partner.inn]):
                    path = next(path for path, store in stores if partner.found and store is partner.found.store)
                    rows.append(_one_sided(path, partner.inn, told[0]))
    for store in opened:
        store.close()
    return rows


def _one_sided(path: str, inn: str, risk: "Recorded") -> Row:
    said = f"{risk.item} ({risk.kind})" + (f" – {risk.detail}" if risk.detail else "")
    advice = f"look whether a source of {inn} says so too: {risk.drug} has {said} [{'; '.join(risk.sources)}]"
    told = {"file": path, "line": 0, "path": f"drugs.{slug(inn)}", "expected": f"a word on {risk.drug}", "got": "nothing"}
    return row_of("check", {**told, "advice": advice})


def unmet(request: Request, answer: Answer) -> list[Row]:
    """List what records lack of what is expected of their classes; say of how many drugs and classes that was looked for.

    Raises InvalidDatabaseError if the file of expectations is not valid.
    """
    path = places.expectations()
    held, problems = load(decode(read_source(path), path))
    if held is None or problems:
        first = problems[0]
        raise InvalidDatabaseError(f"{path}:{first.line}: {first.place}: expected {first.expected}, got {first.got}")
    stores = [(path, open_store(path)) for path in request.names or places.databases(request.databases)]
    opened = [store for _, store in stores]
    try:
        with open_vocabulary() as words:
            looked = Looked()
            rows = [_unmet(entry, stores) for entry in lacking(held, opened, words, looked)]
    finally:
        for store in opened:
            store.close()
    drugs, classes = len(looked.drugs), len(looked.classes)
    answer.remarks.append(f"{drugs} drugs of {classes} classes held against {looked.count} expectations, {len(rows)} not met")
    return rows


def _unmet(entry: "Lacking", stores: list[tuple[str, Store]]) -> Row:
    path = next(path for path, store in stores if store is entry.found.store)
    advice = f"record it, or decline it with a reason; {entry.of} have it [{'; '.join(entry.sources)}]"
    expected = f"{_PARTS[entry.part]} {entry.expected}"
    told = {"file": path, "line": 0, "path": f"drugs.{slug(entry.found.inn)}", "expected": expected, "got": "nothing"}
    return row_of("check", {**told, "advice": advice})


_PARTS = {"effects": "the side effect", "risks": "a word on", "medicines": "a word on"}


class Lacking(NamedTuple):
    """What a record lacks."""

    found: query.Found
    of: str
    """The class."""
    part: str
    """Attribute of ``Expected`` that names it."""
    expected: str
    sources: tuple[str, ...]


class Looked:
    """What was looked at."""

    def __init__(self) -> None:
        self.drugs: set[str] = set()
        self.classes: set[str] = set()
        self.count = 0


def lacking(held: Expectations, stores: list[Store], words: Store, looked: Looked) -> Iterator[Lacking]:
    """Yield what recorded drugs lack of what is expected of their classes and was not declined."""
    medley = Medley(words)
    listed = [(row[0].split("\t", 1)[0], row) for row in query.all_facts("list", stores, query.Filter())]
    for expected in held.classes.values():
        of_class = query.list_filter(ClassSearch(expected.of).finds, None, None)
        declined = {(entry.drug, entry.expected) for entry in expected.declined}
        for inn, row in listed:
            found = query.look_up(inn, stores) if of_class(row) else None
            if found:
                record = _Record(found, stores, medley)
                looked.drugs.add(inn)
                looked.classes.add(expected.of)
                for part in ("effects", "risks", "medicines"):
                    for text in getattr(expected, part):
                        looked.count += 1
                        if (inn, text) not in declined and not any(record.has(part, one) for one in text.split(OR)):
                            yield Lacking(found, expected.of, part, text, expected.sources)


class _Record:
    """What a record has, to be asked."""

    def __init__(self, found: query.Found, stores: list[Store], medley: Medley) -> None:
        self._stores = stores
        self._medley = medley
        self._risks = list(risks(query.facts("contraindications", found, query.Filter())))
        effects = query.facts("side-effects", found, query.Filter())
        self._effects = {phrase_key(row.split("\t")[2]) for row, _, empty in effects if not empty}

    def has(self, part: str, text: str) -> bool:
        """Tell whether it has an effect, or a risk to some patients or with a medicine."""
        if part == "effects" and not self._effects.isdisjoint(vocabulary.meaning(self._medley.words, text).by_key):
            return True
        asked = patient.ask(text, self._medley, self._stores)
        return any(patient.applies(risk, asked, self._medley) for risk in self._risks)
