"""Views: a title and sections of paragraphs, lists and grids, without a word on layout.

Renderers for people read these and nothing else. Text is kept apart from its role, so that colour can be left out.
"""

import re
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from drugref.text import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from drugref.store import Store

Role = Literal["plain", "dim", "strong", "accent", "warn", "danger", "cite", "words", "bar"]
Line = list["Span"]


class Span(NamedTuple):
    """A run of text in one role."""

    text: str
    role: Role = "plain"
    link: str = ""
    """Address that the text leads to, as ``linked`` makes it; renderers follow no other."""


class Bar(NamedTuple):
    """A bar to draw beside a row, in shares of the longest, 0 to 1."""

    low: float
    """Where it begins; up to there it is drawn faintly. 0 for one figure."""
    high: float
    """Where it ends."""
    mark: float | None = None
    """Where the comparator's figure lies."""


class Row(NamedTuple):
    """A row of a grid: a cell of lines for each column, and a bar if it has one. One cell alone runs over all columns."""

    cells: tuple[list[Line], ...]
    bar: Bar | None = None


class Group(NamedTuple):
    """Rows of a grid under one label, which stands to their left."""

    label: list[Line]
    rows: list[Row]


class Grid(NamedTuple):
    """Labelled groups of aligned rows; ``headings``, of the label and of each column, may be empty."""

    groups: list[Group]
    headings: tuple[str, ...] = ()
    even: bool = False
    """Whether the columns after the label share the width evenly, or are stacked if there is too little of it."""


def labelled(label: Line, lines: list[Line]) -> Group:
    """Return a group of one row."""
    return Group([label], [Row((lines,))])


class Bullets(NamedTuple):
    """A list whose items share a mark."""

    mark: str
    role: Role
    items: list[Line]


class Paragraph(NamedTuple):
    """Running text."""

    line: Line


Block = Grid | Bullets | Paragraph


class Section(NamedTuple):
    """A headed part of a page."""

    title: str
    blocks: list[Block]


class Page(NamedTuple):
    """One drug, or what was asked of it."""

    title: str
    subtitle: list[Line]
    sections: list[Section]
    foot: Line


class Told(NamedTuple):
    """A line of a card: a label and items that run on behind it; what does not fit the screen is counted."""

    label: str
    role: Role
    items: list[Line]
    kept: int = 0
    """Items that stand whatever the room; 0 for all."""


class Card(NamedTuple):
    """A drug on one screen: answers first, in lines that run on."""

    title: str
    names: str
    """Best-known brands."""
    kind: str
    """Class and ATC code, at the end of the first line."""
    lead: list[Line]
    """Sentences below the title."""
    before: list[Told]
    """Lines above the block of pairs."""
    pairs: list[tuple[str, Line]]
    """A block of two columns: a label and a short answer each."""
    after: list[Told]
    """Lines below it."""
    foot: list[Line]


class Table(NamedTuple):
    """Plain columns and rows, for listings that are no drug's page."""

    columns: tuple[str, ...]
    rows: list[list[str]]


View = Page | Table | Card


def shown(value: Any) -> Any:
    """Return a view, or whatever stands in one, with every unsafe character of its texts as an escape."""
    if isinstance(value, str):
        return value if value.isprintable() else printable(value)
    if isinstance(value, list):
        return [shown(entry) for entry in value]
    if isinstance(value, tuple):
        entries = [shown(entry) for entry in value]
        return value.__class__(*entries) if hasattr(value, "_fields") else tuple(entries)
    return value


_ADDRESS = re.compile(r"https?://[!-~]+", re.IGNORECASE)
_DOI = re.compile(r"\b10\.\d{4,9}/[!-~]+")
_SET_ID = re.compile(r"\bDailyMed set id ([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\b")
_UNFIT = frozenset('"<>\\^`{|}')
"""Characters that no address has as they stand."""


def is_address(text: str) -> bool:
    """Tell whether text is an address that a page may lead to: http or https, in visible ASCII, nothing that ends it early."""
    return bool(_ADDRESS.fullmatch(text)) and _UNFIT.isdisjoint(text)


def linked(text: str, role: Role = "plain") -> Line:
    """Return text with the first address, DOI or set id of a label in it as a link."""
    if label := _SET_ID.search(text):
        address = f"https://dailymed.nlm.nih.gov/dailymed/lookup.cfm?setid={label[1].lower()}"
        pieces = Span(text[: label.start()], role), Span(label[0], role, address), Span(text[label.end() :], role)
        return [piece for piece in pieces if piece.text]
    found = _ADDRESS.search(text) or _DOI.search(text)
    if not found:
        return [Span(text, role)]
    shown = found[0].rstrip(".,;:!?'\"")
    if shown.endswith(")") and "(" not in shown:
        shown = shown.rstrip(")")
    address = shown if shown[:4].lower() == "http" else f"https://doi.org/{shown}"
    if not is_address(address):
        return [Span(text, role)]
    start, end = found.start(), found.start() + len(shown)
    pieces = Span(text[:start], role), Span(shown, role, address), Span(text[end:], role)
    return [piece for piece in pieces if piece.text]


TIE = "\ue000"
"""Stands for a space at which no line may break; Rich would break at U+00A0. Renderers put a space in its place."""

DISCLAIMER = "Reference, not advice."


class Citations:
    """Numbers of a page's sources in the order in which they are first cited; or, by name, their identifiers."""

    def __init__(self, *, by_name: bool = False, words: "Store | None" = None) -> None:
        self.words = words
        """The thesaurus by which claims about one effect are joined; None to tell each claim."""
        self.numbers: dict[str, int] = {}
        self._by_name = by_name

    def mark(self, sources: Sequence[str]) -> Span:
        """Return the mark of some sources."""
        if self._by_name:
            return cited(sources)
        numbers = [self.numbers.setdefault(source, len(self.numbers) + 1) for source in sources]
        return Span(TIE + "".join(f"[{number}]" for number in numbers), "cite")


def cited(sources: Sequence[str]) -> Span:
    """Return the mark of sources that are named by their identifiers."""
    return Span(f"{TIE}[{'; '.join(sources)}]", "cite")
