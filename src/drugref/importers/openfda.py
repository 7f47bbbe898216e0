"""openFDA's drug labels: files ``drug-label-NNNN-of-NNNN.json`` as they are or zipped, saved labels, or labels one a line.

Labels of one ingredient set become one record. What is in a label is told by its UNIIs; without them by its RxCUIs or by the
substances that it names, as those of other labels that have UNIIs. Half of all labels have an empty ``openfda`` block, and
some have the block of another label, which is told by its set id and not believed.
"""

import pickle
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from drugref.facts import Entry
from drugref.importers.archive import beginning_of
from drugref.importers.manifest import OPENFDA
from drugref.importers.openfda_files import BOM, labels
from drugref.importers.openfda_files import SUFFIXES as SUFFIXES
from drugref.importers.openfda_label import KEPT, brands_of, codes_of, day_of, label_of, list_of, text_of, unflattened
from drugref.job import Job
from drugref.labels.grouping import Groups
from drugref.labels.ingredients import from_active, from_elements
from drugref.labels.label import Ingredient, Label, written_day
from drugref.labels.product_kind import kind_of
from drugref.labels.record import Origin, inn_of
from drugref.labels.records import records
from drugref.labels.workers import elsewhere
from drugref.model import Database, ProductKind, Source
from drugref.text import clean, name_key, slug

NAME = "openfda"
ABOUT = Database(
    name=NAME, title="US drug labels as openFDA publishes them, one record per ingredient set", version="",
    licence="CC0 1.0 (openFDA terms; label text is public)",
)  # fmt: skip
UNIT = "labels"
MANIFEST = OPENFDA

_TELLING = frozenset(
    (
        "indications_and_usage",
        "contraindications",
        "adverse_reactions",
        "warnings_and_cautions",
        "warnings_and_precautions",
        "warnings",
        "do_not_use",
    )
)
"""Fields by which one label is more complete than another."""
_OTC = frozenset(("purpose", "do_not_use", "ask_doctor", "stop_use", "active_ingredient"))
"""Fields that OTC labels alone have."""
_SPEAKING = ("indications_and_usage", "warnings", "dosage_and_administration", "package_label_principal_display_panel")
"""Fields in which a label says what kind of product it is for."""
_TITLE = 200
"""Characters among which a label without a name of its own names its product."""
_SAMPLE = 600
"""Characters of a field that tell what is sold."""
_SEEN = {
    **dict.fromkeys((*_TELLING, *_OTC), 1),
    **dict.fromkeys((*_SPEAKING, "purpose", "active_ingredient"), _SAMPLE),
    "spl_product_data_elements": 1500,
    "effective_time": 8,
    "set_id": 64,
    "id": 64,
}
"""Fields that are looked at to gather labels, and how many of their characters."""
_WANTED = KEPT | _SEEN.keys() | {"openfda"}


class _Offer(NamedTuple):
    """What a label is gathered by."""

    key: str
    ingredients: tuple[Ingredient, ...]
    aliases: tuple[str, ...]
    """Other ways to the same ingredients, of a label that has UNIIs."""


def identify(path: str) -> bool:
    """Tell whether the first JSON file of a path begins as openFDA's label files do; never raises."""
    head = beginning_of(path, SUFFIXES)
    return head.lstrip(BOM)[:1] in (b"{", b"[") and any(mark in head for mark in _MARKS)


_MARKS = tuple(f'"{field}"'.encode() for field in sorted(_WANTED - {"id", "version", "purpose"}))
"""Fields by which a label is known, as its first bytes may hold any of them and no more than one."""
_LONGEST_NAMES = 20_000
"""Characters of the names of all ingredients; extracts of allergens have some hundred of them."""
_MOST = 1000
"""Entries of a list in a label's ``openfda`` block; real ones have some hundreds at most."""
_BLOCK = frozenset((
    "application_number", "brand_name", "generic_name", "manufacturer_name", "pharm_class_epc", "pharm_class_moa",
    "product_ndc", "product_type", "route", "rxcui", "spl_id", "spl_set_id", "substance_name", "unii",
))  # fmt: skip
"""Fields of that block that are looked at."""


def extract(paths: Sequence[str], job: Job) -> Iterator[Entry]:
    """Yield the records of files of labels by key, once all labels are read; each label is counted in the job's report."""
    latest = ""
    with Groups() as groups:
        for read in elsewhere(labels, tuple(paths), _card, job.today):
            job.advance(read.advanced)
            job.version = max(job.version, read.version)
            if read.report:
                job.report.add(read.report)
            if read.label:
                latest = max(latest, _told_day(read.label.seen, job))
                _offer(read.label, read.where, groups, job)
        yield from records(groups, _label, _origin(job, latest), job)


def _told_day(seen: dict[str, Any], job: Job) -> str:
    """Return the day of a label, as a date is written; "" where it tells none that there can have been."""
    day = written_day(day_of(seen))
    return day if day <= job.today.isoformat() else ""


def _origin(job: Job, latest: str) -> Origin:
    """Return what the records cite: the date of the files or, where they have none, that of the latest label in them."""
    version = job.version or (f"labels up to {latest}" if latest else "of unknown date")
    job.version = job.version or latest
    title = f"openFDA drug labels, {version}"
    source = Source(
        title=title,
        kind="database",
        locator="https://open.fda.gov/data/downloads/",
        licence=ABOUT.licence,
        retrieved=job.today,
        note="openFDA asks that nobody rely on it for decisions on medical care",
    )
    return Origin(slug(f"openfda-{job.version or version}"), source, "DailyMed set id")


class _Card(NamedTuple):
    """A label on its way to its group: what tells where it belongs apart from the rest, which only the best needs."""

    seen: dict[str, Any]
    """Beginnings of the fields that are looked at, and the ``openfda`` block."""
    payload: bytes
    """All fields of which a label is made, pickled, which is a tenth of the cost of JSON."""


def _card(record: dict[str, Any]) -> _Card:
    if isinstance(record.get("all_fields"), dict):
        record = unflattened(record)
    seen: dict[str, Any] = {field: text_of(record, field)[: _SEEN[field]] for field in _SEEN.keys() & record.keys()}
    seen["openfda"] = block = _texts(record.get("openfda"))
    kept = {field: _text_or_texts(record[field]) for field in (_WANTED & record.keys()) - {"openfda"}}
    if block:
        kept["openfda"] = block
    return _Card(seen, pickle.dumps(kept, pickle.HIGHEST_PROTOCOL))


def _texts(value: Any) -> Any:
    """Return what a field may hold: a text, texts, or by name those of an ``openfda`` block; nothing else goes further."""
    if isinstance(value, dict):
        return {field: _text_or_texts(value[field])[:_MOST] for field in _BLOCK & value.keys()}
    return _text_or_texts(value)


def _text_or_texts(value: Any) -> str | list[str]:
    return value if isinstance(value, str) else list_of(value)


def _offer(card: _Card, where: str, groups: Groups, job: Job) -> None:
    seen = card.seen
    complete = len(_TELLING & seen.keys())
    if not complete:
        job.report.refuse(where, "without any section that drugref reads")
        return
    block = _own_block(seen)
    if seen["openfda"] and not block:
        job.report.found["openfda blocks of another label, not believed"] += 1
    kind = _kind(seen, block)
    if not job.includes(kind):
        job.report.leave_out(kind)
        return
    offer = _ingredients(seen, block)
    inn = inn_of(offer.ingredients) if offer else ""
    if not offer or not inn:
        job.report.refuse(where, "its active ingredients cannot be told")
        return
    for alias in offer.aliases:
        groups.learn(alias, offer.key)
    score = (complete, day_of(seen), _set_id(seen) or where)
    groups.offer(offer.key, inn, score, lambda: card.payload, brands_of(seen, block, offer.ingredients), codes_of(block))


def _label(payload: bytes) -> Label:
    record = pickle.loads(payload)  # written by a process of our own
    block = _own_block(record)
    offer = _ingredients(record, block)
    return label_of(record, block, _set_id(record), offer.ingredients if offer else (), _kind(record, block))


def _set_id(record: dict[str, Any]) -> str:
    return _id(record.get("set_id")) or _id(record.get("id"))


def _id(value: Any) -> str:
    return value.lower() if isinstance(value, str) and re.fullmatch(r"[0-9A-Za-z-]{8,64}", value) else ""


def _own_block(record: dict[str, Any]) -> dict[str, Any]:
    """Return a label's ``openfda`` block if it is its own: some files have those of other labels in them."""
    block = record.get("openfda")
    if not isinstance(block, dict) or not block:
        return {}
    for own, theirs in (("set_id", "spl_set_id"), ("id", "spl_id")):
        if record.get(own) and record[own] in list_of(block.get(theirs)):
            return block
    return {}


def _kind(record: dict[str, Any], block: dict[str, Any]) -> ProductKind:
    declared = text_of(block, "product_type")
    if not declared:
        declared = "HUMAN OTC DRUG" if _OTC & record.keys() else "HUMAN PRESCRIPTION DRUG"
    title = text_of(block, "brand_name") or text_of(record, "spl_product_data_elements")[:_TITLE]
    # Of a prescription label the words in passing are not asked.
    sample = " ".join([text_of(record, field)[:_SAMPLE] for field in _SPEAKING]) if "OTC" in declared else ""
    return kind_of(
        declared, text_of(record, "active_ingredient")[:_SAMPLE], text_of(record, "purpose")[:_SAMPLE], title, sample
    )


def _ingredients(record: dict[str, Any], block: dict[str, Any]) -> _Offer | None:
    substances = tuple(dict.fromkeys(name for entry in list_of(block.get("substance_name")) if (name := clean(entry).lower())))
    uniis = sorted({clean(code).upper() for code in list_of(block.get("unii"))} - {""})
    numbers = [f"rxcui:{clean(code)}" for code in list_of(block.get("rxcui"))]
    if sum(map(len, (*uniis, *substances))) > _LONGEST_NAMES:
        return None
    if uniis and len(uniis) == len(substances):
        found = tuple(Ingredient(name, uniis[0] if len(uniis) == 1 else "") for name in substances)
        return _Offer("+".join(uniis), found, (_alias(found), *numbers))
    found = tuple(map(Ingredient, substances or _generics(block) or _told(record)))
    if not 0 < sum(len(ingredient.name) for ingredient in found) <= _LONGEST_NAMES:
        return None
    return _Offer(numbers[0] if numbers else _alias(found), found, ())


def _alias(found: tuple[Ingredient, ...]) -> str:
    return f"name:{'+'.join(sorted(name_key(ingredient.name) for ingredient in found))}"


def _generics(block: dict[str, Any]) -> tuple[str, ...]:
    """Return the substances that a nonproprietary name names: one, or several with commas and "and" between them."""
    name = clean(" ".join(list_of(block.get("generic_name"))[:1])).lower()
    return tuple(dict.fromkeys(part for part in _AND.split(name) if part))


_AND = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+|\s*/\s*|\s*;\s*")


def _told(record: dict[str, Any]) -> tuple[str, ...]:
    """Return the substances that a label's words name, unless what it says in two places differs."""
    elements = from_elements(text_of(record, "spl_product_data_elements"))
    active = text_of(record, "active_ingredient")
    if not elements:
        return from_active(active)
    said = active.lower()
    return () if said and not all(name.split(" ")[0][:5] in said for name in elements) else elements
