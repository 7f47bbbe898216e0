"""Which importers there are. A new one is one file, named here, with a sample and a golden that the tests find by its name."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from drugref.errors import UsageError
from drugref.facts import Entry
from drugref.importers import dailymed, openfda, sider
from drugref.importers.manifest import Manifest
from drugref.job import Job
from drugref.model import Database


class Importer(Protocol):
    """What a module of an importer offers."""

    @property
    def NAME(self) -> str:  # noqa: N802 - a constant of the module
        """Its name on the command line."""

    @property
    def ABOUT(self) -> Database:  # noqa: N802
        """What a database made by it says of itself; the version is that of the files."""

    @property
    def UNIT(self) -> str:  # noqa: N802
        """What the publisher's files hold: labels, or rows."""

    @property
    def SUFFIXES(self) -> tuple[str, ...]:  # noqa: N802
        """Ends of the names of files that it reads, archives apart."""

    @property
    def MANIFEST(self) -> Manifest | None:  # noqa: N802
        """The publisher's list of the files of its release; None where it has none."""

    def identify(self, path: str) -> bool:
        """Tell by its content whether a file or folder is this publisher's; never raises."""

    def extract(self, paths: Sequence[str], job: Job) -> Iterator[Entry]:
        """Yield records by key, and count in the job all that the files hold; raises DrugrefError if they cannot be read."""


IMPORTERS: tuple[Importer, ...] = (openfda, dailymed, sider)


def named(name: str) -> Importer:
    """Return an importer by its name; raise UsageError if there is none of it."""
    for importer in IMPORTERS:
        if name == importer.NAME:
            return importer
    raise UsageError(f"no importer {name}; there are {', '.join(importer.NAME for importer in IMPORTERS)}")


def identified(paths: Sequence[str]) -> Importer:
    """Return the one importer that knows some files; raise UsageError if none does, or several do."""
    claims = [importer for importer in IMPORTERS if all(importer.identify(path) for path in paths)]
    if len(claims) == 1:
        return claims[0]
    shown = ", ".join(paths)
    if claims:
        both = " and ".join(importer.NAME for importer in claims)
        raise UsageError(f"{shown}: both {both} claim this; name the source")
    raise UsageError(f"{shown}: not known as {' or '.join(importer.NAME for importer in IMPORTERS)} data; name the source")
