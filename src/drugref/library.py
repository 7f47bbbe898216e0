"""The library: open the databases, look a drug up, go through all of them."""

import json
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType

from drugref import meant, places, query
from drugref.codec import decode
from drugref.errors import DrugrefError
from drugref.model import SCHEMA, Database, Drug, Source
from drugref.store import Store, open_store
from drugref.text import printable


@dataclass(frozen=True, slots=True)
class Record:
    """A drug as a database holds it."""

    drug: Drug
    """The drug; incidences in percent, bands as codes (``very-common`` … ``not-known``)."""
    sources: Mapping[str, Source]
    """The sources that its facts cite, by identifier."""
    database: Database
    """The database that answered."""


class DrugDatabase(Mapping[str, Drug]):
    """The databases in use, as one mapping from names to drugs.

    Keys are INNs when iterated; any name of a drug (brand, synonym, salt, code, spelling) finds it, and so does a name that
    the index of medicines has for it. The first database that knows a name answers. A name without a record raises
    UnknownDrugError, a KeyError, with near names or the medicine that it is; nothing is ever substituted. A mapping is bound
    to the thread that opened it.
    """

    passed_over: Mapping[str, DrugrefError]
    """What lies in the user's folder and cannot be used, by path: an InvalidDatabaseError under a ``.toml`` of their own may
    hide a correction. The folder itself stands here if it cannot be read."""

    def __init__(self, paths: tuple[str, ...] = ()) -> None:
        self._stores: list[Store] = []
        bad: dict[str, DrugrefError] = {}
        self.passed_over = bad
        try:
            folder = places.data_folder() or ""
            in_use = places.databases(paths, lambda words: bad.setdefault(folder, DrugrefError(words)))
            lying = places.not_named(in_use, paths)
            for path in in_use:
                try:
                    self._stores.append(open_store(path))
                except DrugrefError as error:
                    if path not in lying:
                        raise
                    bad[path] = error
            for path, why in bad.items():
                words = f"{why}; {places.PASSED_OVER}" if path in lying else str(why)
                warnings.warn(printable(words), stacklevel=3)  # told to who called open_database
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "DrugDatabase":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the databases; look-ups after this fail."""
        for store in self._stores:
            store.close()

    def __getitem__(self, name: str) -> Drug:
        """Return the drug that a name means.

        Raises UnknownDrugError (``.near`` holds names that look alike, ``.medicine`` what is known and has no record) or
        AmbiguousNameError (``.candidates``).
        """
        return self.record(name).drug

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str):
            return False
        return meant.is_recorded(name, self._stores)

    def __iter__(self) -> Iterator[str]:
        return (found.inn for found in query.all_drugs(self._stores))

    def __len__(self) -> int:
        return sum(1 for _ in query.all_drugs(self._stores))

    def record(self, name: str) -> Record:
        """Return the drug that a name means with its sources and its database. Raises as ``[]`` does."""
        return record_of(meant.find(name, self._stores))

    def records(self) -> Iterator[Record]:
        """Yield every drug once, from the first database that knows it, in the order of the databases and their INNs."""
        for found in query.all_drugs(self._stores):
            yield record_of(found)


def open_database(*paths: str) -> DrugDatabase:
    """Open the databases in use: those at ``paths`` first, then the environment's, the user's, the bundled one.

    A path may be the bare name of a database in the user's folder, as ``--db`` takes it.

    Compiles what has changed. Raises DrugrefError if a file that was named, here or by the environment, cannot be read and
    InvalidDatabaseError if it is not valid. One that only lies in the user's folder is passed over with a warning.
    """
    return DrugDatabase(tuple(map(places.named, paths)))


def record_of(found: query.Found) -> Record:
    """Return the record of a drug that was found, in the model's types. Raises DecodeError if it holds what no record can."""
    data = json.loads(query.record(found))
    sources = {key: decode(Source, source, f"sources.{key}") for key, source in data.pop("sources").items()}
    database = decode(Database, data.pop("database"), "database")
    place = f"drugs.{data.pop('id')}"
    data.pop("nothing_recorded")
    return Record(decode(Drug, data, place), sources, database)


__all__ = ["SCHEMA", "DrugDatabase", "Record", "open_database"]
