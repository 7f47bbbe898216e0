"""One import: what is asked for, how far it has come, and a count of everything that it met.

Whatever a publisher's files hold is taken, left out or refused, and counted: ``read == taken + left_out + refused``.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date

from drugref.text import name_key

EXAMPLES = 20
"""Places kept for each reason of a refusal; all are counted."""


class Report:
    """What an import met. Numbers are of what the publisher ships: labels, or rows of a table."""

    def __init__(self, unit: str = "labels") -> None:
        self.unit = unit
        """What is counted: labels or rows."""
        self.read = 0
        """How many the files hold."""
        self.taken = 0
        """How many went into records."""
        self.left_out: Counter[str] = Counter()
        """How many were not wanted, by reason."""
        self.refused: Counter[str] = Counter()
        """How many could not be used, by reason."""
        self.broken_off = 0
        """How many files were not read to their end: what follows there is in none of these numbers."""
        self.examples: dict[str, list[str]] = {}
        """Where the first of each reason's refusals were."""
        self.doubts: Counter[str] = Counter()
        """Places that may hold an incidence and were left as text, by reason."""
        self.found: Counter[str] = Counter()
        """What the records hold: records, effects with figures, effects by wording, figures, sections kept as text …"""

    def take(self, number: int = 1) -> None:
        """Count what is read and goes into a record."""
        self.read += number
        self.taken += number

    def leave_out(self, why: str, number: int = 1) -> None:
        """Count what is read and not wanted."""
        self.read += number
        self.left_out[why] += number

    def refuse(self, where: str, why: str, number: int = 1) -> None:
        """Count what is read and cannot be used; the first of each reason are remembered with their place."""
        self.read += number
        self.refused[why] += number
        places = self.examples.setdefault(why, [])
        if len(places) < EXAMPLES:
            places.append(where)

    def break_off(self, where: str, why: str) -> None:
        """Count a place from which on a file is not read, so that nobody knows what follows."""
        self.refuse(where, f"{why}; what follows is not counted")
        self.broken_off += 1

    def add(self, other: "Report") -> None:
        """Add the counts of another report on the same import."""
        self.read += other.read
        self.taken += other.taken
        self.broken_off += other.broken_off
        for mine, theirs in ((self.left_out, other.left_out), (self.refused, other.refused), (self.doubts, other.doubts)):
            mine.update(theirs)
        self.found.update(other.found)
        for why, places in other.examples.items():
            held = self.examples.setdefault(why, [])
            held += places[: EXAMPLES - len(held)]


class Job:
    """An import as its importer sees it."""

    def __init__(
        self,
        report: Report | None = None,
        *,
        today: date,
        include: frozenset[str] = frozenset(),
        only: frozenset[str] = frozenset(),
        advance: Callable[[int], object] = lambda size: None,
    ) -> None:
        self.report = report or Report()
        """Counts."""
        self.only = only
        """Keys of the names of the drugs that are wanted; empty for all."""
        self.today = today
        """The day on which the files are read; sources name it."""
        self.include = include
        """Kinds of product that are left out unless asked for: homeopathic, cosmetic, sunscreen."""
        self.advance = advance
        """To be told of every number of bytes of the given files that was read."""
        self.version = ""
        """The publisher's version or date of the files, once the importer has met it."""

    def includes(self, kind: str) -> bool:
        """Tell whether a kind of product is wanted."""
        return kind in ("prescription", "otc") or kind in self.include

    def wants(self, names: Iterable[str]) -> bool:
        """Tell whether a drug is wanted that bears one of some names."""
        return not self.only or any(name_key(name) in self.only for name in names)
