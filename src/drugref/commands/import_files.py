"""The import command: a publisher's files into a compiled database of their own, or a few of their drugs into TOML.

The database is written aside and moved into place, so that whatever happens before leaves the earlier one as it was.
"""

import heapq
import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain, groupby
from operator import itemgetter
from typing import Any, NamedTuple

from drugref import output, places
from drugref.aside import beside, unwinding, written
from drugref.build.compile import compile_into
from drugref.build.proof import seal
from drugref.columns import FACT_TABLES, PART_COMMANDS
from drugref.curated import canonical
from drugref.errors import DrugrefError, UnknownDrugError, UsageError
from drugref.facts import Entry
from drugref.importers.archive import size_of
from drugref.importers.registry import IMPORTERS, Importer, identified, named
from drugref.job import Job, Report
from drugref.model import SCHEMA, Database, Document, Drug, Source
from drugref.progress import watched
from drugref.spec import KINDS, Request
from drugref.store import Store, open_store, proved, written_alone
from drugref.text import name_key, printable, slug


class Wanted(NamedTuple):
    """What an import is asked for."""

    targets: tuple[str, ...]
    """Paths, the first of which may be the name of an importer instead."""
    to: str | None
    """Name of the database; None for the importer's."""
    only: tuple[str, ...]
    """Names of the drugs wanted; empty for all."""
    include: tuple[str, ...]
    """Kinds of product wanted that are left out otherwise."""
    report: str | None
    """File for the report as JSON."""
    download: bool
    """Whether the publisher's release is fetched first."""
    origin: str | None
    """Address of the list of its files; None for the publisher's own."""
    as_toml: bool
    """Whether the records are printed in the curated schema, and no database is written."""


def perform(request: Request) -> int:
    """Carry a request to import out; see ``import_files``."""
    kinds = tuple(kind for entry in request["include"] or () for kind in entry.split(",") if kind)
    only, as_toml = tuple(request["only"] or ()), request["format"] == "toml"
    return import_files(
        Wanted(
            tuple(request.names),
            request["to"],
            only,
            kinds,
            request["report"],
            download=request["download"],
            origin=request["from"],
            as_toml=as_toml,
        )
    )


def import_files(wanted: Wanted) -> int:
    """Import what is asked for and return the exit code. Raises DrugrefError; then the earlier database is as it was."""
    importer, paths = _sources(wanted)
    name = wanted.to or importer.NAME
    if name != slug(name):
        raise UsageError(f"--to takes a name in lower-case letters, digits and hyphens, not {printable(name, 60)!r}")
    unknown = [kind for kind in wanted.include if kind not in KINDS]
    if unknown:
        raise UsageError(f"--include takes {', '.join(KINDS)}, not {printable(unknown[0], 60)!r}")
    if wanted.report:
        _hold_apart(os.path.realpath(wanted.report), (_place(name), *places.databases(), *paths))
    started = time.monotonic()
    size = sum(size_of(path, importer.SUFFIXES) for path in paths)
    with watched(size, f"reading {importer.NAME}") as advance, unwinding():
        job = Job(
            Report(importer.UNIT),
            today=datetime.now(UTC).date(),
            include=frozenset(wanted.include),
            only=frozenset(map(name_key, wanted.only)),
            advance=advance,
        )
        entries = (_counted(entry, job.report) for entry in importer.extract(paths, job) if job.wants(_names(entry[1])))
        first = next(entries, None)  # by now the importer has met the files' version
        if first is None:
            raise _nothing(wanted, importer, job.report)
        about = replace(importer.ABOUT, name=name, version=job.version or "unknown")
        if wanted.as_toml:
            output.write([_as_toml(about, chain([first], entries))])
            place, changes = None, None
        else:
            place, changes = _store(name, about, chain([first], entries))
    told = _told(importer, about, job, place, changes, size, time.monotonic() - started)
    for line in _lines(told):
        output.warn(line)
    if wanted.report:
        with written(wanted.report) as file:
            file.write((json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode())
    return 0


def _sources(wanted: Wanted) -> tuple[Importer, tuple[str, ...]]:
    """Return what reads which files, fetched first if that is wanted."""
    if wanted.download:
        from drugref.commands.download import downloaded  # nothing of a network is loaded without it

        with unwinding():
            return downloaded(wanted.targets, wanted.origin)
    if wanted.origin:
        raise UsageError("--from says where --download fetches from")
    return _importer(wanted.targets)


def _importer(targets: tuple[str, ...]) -> tuple[Importer, tuple[str, ...]]:
    source, *paths = targets
    if source in [importer.NAME for importer in IMPORTERS] and (paths or not os.path.exists(source)):
        if not paths:
            raise UsageError(f"name a file or folder to import from {source}, or give --download")
        return named(source), tuple(paths)
    for path in targets:
        if not os.path.exists(path):
            raise DrugrefError(f"no such file or folder: {printable(path, 200)}")
    return identified(targets), targets


def _hold_apart(report: str, others: Iterable[str]) -> None:
    """Raise UsageError where a report would be written over a database or over what is imported."""
    for other in map(os.path.realpath, filter(None, others)):
        within = os.path.isdir(other) and report.startswith(os.path.join(other, "")) and os.path.exists(report)
        same = report == other or (os.path.exists(report) and os.path.exists(other) and os.path.samefile(report, other))
        if within or same:
            raise UsageError(f"--report would write over {printable(report, 200)}")


def _counted(entry: Entry, report: Report) -> Entry:
    """Count what a record holds and pass it on."""
    _, drug, _ = entry
    measured = [effect for effect in drug.side_effects if effect.incidence]
    numbers = {
        "records": 1,
        "side effects with figures": len(measured),
        "figures": sum(len(effect.arms) or 1 for effect in measured),
        "side effects by wording alone": len(drug.side_effects) - len(measured),
        "sections kept as text": len(drug.texts),
    }
    report.found.update({what: number for what, number in numbers.items() if number})
    return entry


def _names(drug: Drug) -> Iterator[str]:
    yield drug.inn
    yield from (name.name for name in drug.names)


def _nothing(wanted: Wanted, importer: Importer, report: Report) -> DrugrefError:
    said = f"{report.read} {report.unit} read, {_counts(report)}"
    if wanted.only and report.taken:
        names = ", ".join(printable(name, 60) for name in wanted.only)
        return UnknownDrugError(f"{names} ({importer.NAME}: {said})")
    return DrugrefError(f"{importer.NAME}: nothing to import; {said}")


def _counts(report: Report) -> str:
    parts = [f"{report.taken} taken"]
    for what, counter in (("left out", report.left_out), ("refused", report.refused)):
        if counter:
            reasons = ", ".join(f"{why} {number}" for why, number in counter.most_common())
            parts.append(f"{counter.total()} {what} ({reasons})")
    return ", ".join(parts)


def _as_toml(about: Database, entries: Iterable[Entry]) -> str:
    """Return records in the curated schema; a name that several of them bear is left to none, as that schema asks."""
    sources: dict[str, Source] = {}
    drugs: dict[str, Drug] = {}
    owners: dict[str, str] = {}
    shared: set[str] = set()
    for key, drug, cited in entries:
        sources |= cited
        drugs[key] = drug
        for found in map(name_key, _names(drug)):
            if owners.setdefault(found, key) != key:
                shared.add(found)
    inns = {name_key(drug.inn) for drug in drugs.values()}
    for key, drug in drugs.items():
        kept = tuple(name for name in drug.names if name_key(name.name) not in shared | inns)
        if len(kept) < len(drug.names):
            output.warn(f"{drug.inn}: {len(drug.names) - len(kept)} names left out that several records bear")
        drugs[key] = replace(drug, names=kept)
    return canonical.write(Document(schema=SCHEMA, database=about, sources=sources, drugs=drugs))


def _place(name: str) -> str:
    """Return where the database called so lies; "" where no folder for it is known."""
    folder = places.data_folder()
    return os.path.join(folder, name + places.STORE) if folder else ""


def _store(name: str, about: Database, entries: Iterable[Entry]) -> tuple[str, dict[str, Any]]:
    """Write a database in its place at once and return where, and what is different from the one before."""
    path = _place(name)
    if not path:
        raise DrugrefError("there is no folder for databases: neither XDG_DATA_HOME nor HOME names one")
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with beside(path) as aside:
            connection = written_alone(aside)
            try:
                built = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
                compile_into(connection, about, entries, {"stamp": "imported", "built": built})
                changes = _changes(path, connection)
            finally:
                connection.close()
            seal(aside)
        proved(path)
    except sqlite3.Error as error:
        raise DrugrefError(f"cannot write {path}: {error}") from None
    except OSError as error:
        raise DrugrefError(f"cannot write {path}: {error.strerror or error}") from None
    return path, changes


_FACTS = (
    "SELECT inn, (SELECT group_concat(row, char(10)) FROM fact WHERE fact.drug = drug.id AND part IN ({parts})) "
    "FROM drug ORDER BY inn"
).format(parts=", ".join(str(FACT_TABLES.index(command)) for command in PART_COMMANDS))


def _drugs(connection: sqlite3.Connection, age: int) -> Iterator[tuple[str, int, str]]:
    """Yield the drugs of a database by name, each with the database's age and its facts."""
    for inn, rows in connection.execute(_FACTS):
        yield inn, age, rows or ""


_SHOWN = 20
"""Names of drugs that a report of changes gives; the rest is counted."""


def _changes(path: str, connection: sqlite3.Connection) -> dict[str, Any]:
    """Return which drugs are new, gone or different in their facts, compared with the database in place."""
    earlier = _open(path)
    if earlier is None:
        return {}
    changed = {what: _Changed() for what in ("added", "removed", "changed")}
    both = heapq.merge(*(_drugs(held, age) for age, held in enumerate((earlier.connection, connection))))
    for inn, versions in groupby(both, key=itemgetter(0)):
        ages, facts = zip(*((age, rows) for _, age, rows in versions), strict=True)
        if ages == (0, 1):
            if facts[0] != facts[1]:
                changed["changed"].add(inn)
        else:
            changed["added" if ages == (1,) else "removed"].add(inn)
    earlier.close()
    return {what: {"drugs": one.number, "first": one.first} for what, one in changed.items()}


class _Changed:
    """How many drugs changed in one way, and the first of them."""

    def __init__(self) -> None:
        self.number = 0
        self.first: list[str] = []

    def add(self, inn: str) -> None:
        """Count a drug."""
        self.number += 1
        if self.number <= _SHOWN:
            self.first.append(inn)


def _open(path: str) -> Store | None:
    try:
        return open_store(path) if os.path.exists(path) else None
    except DrugrefError:
        return None  # of another version or damaged: nothing to compare with


def _told(
    importer: Importer, about: Database, job: Job, place: str | None, changes: dict[str, Any] | None, size: int, seconds: float
) -> dict[str, Any]:
    """Return the report as JSON output gives it."""
    report = job.report
    return {
        "schema": SCHEMA,
        "source": importer.NAME,
        "version": about.version,
        "licence": about.licence,
        "database": place,
        "unit": report.unit,
        "read": report.read,
        "taken": report.taken,
        "left_out": dict(report.left_out.most_common()),
        "refused": dict(report.refused.most_common()),
        "broken_off": report.broken_off,
        "examples": report.examples,
        "found": dict(report.found),
        "doubts": dict(report.doubts.most_common()),
        "changes": changes,
        "bytes": size,
        "seconds": round(seconds, 3),
    }


def _lines(told: dict[str, Any]) -> Iterator[str]:
    """Yield a report in words."""
    rate = told["bytes"] / 1e6 / max(told["seconds"], 0.001)
    yield f"{told['source']} {told['version']}: {told['read']} {told['unit']} read in {told['seconds']:.1f} s ({rate:.1f} MB/s)"
    for what, title in (("left_out", "left out"), ("refused", "refused"), ("doubts", "left as text, in doubt")):
        if told[what]:
            reasons = "; ".join(f"{why}: {number}" for why, number in told[what].items())
            yield f"{title}: {sum(told[what].values())} ({reasons})"
    for why, places_ in told["examples"].items():
        yield f"refused, {why}: {', '.join(places_[:3])}{' …' if len(places_) > 3 else ''}"
    if told["broken_off"]:
        yield f"not read to the end: {told['broken_off']} files or archives; what follows there is in no count"
    found = ", ".join(f"{number} {what}" for what, number in told["found"].items())
    yield f"taken: {told['taken']} {told['unit']}: {found}"
    if told["changes"]:
        changes = told["changes"]
        yield "compared with before: " + ", ".join(f"{changes[what]['drugs']} {what}" for what in changes)
    yield f"licence: {told['licence']}"
    if told["database"]:
        yield f"written to {told['database']}; every command uses it from now on"
