"""A label's table as a rectangle of plain text: what covers each position, without the marks that point to footnotes.

Both dialects are read alike: SPL's ``table`` in the namespace urn:hl7-org:v3, and the same tags without a namespace as
openFDA ships them. Spans are the publisher's data, so they are bounded before they are spread out.
"""

import re
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from drugref.text import clean

if TYPE_CHECKING:  # elements come from whoever parses; nothing of lxml is needed here to read them
    from lxml.etree import _Element

Element: TypeAlias = "_Element"
"""An element, as lxml parses it."""

MAX_COLUMNS = 64
"""Columns over which a table is refused; the widest tables of labels have about twenty."""
MAX_ROWS = 2000
"""Rows over which a table is refused."""
MAX_CELLS = 20_000
"""Positions of all rows over which a table is refused; the largest table in 300 labels has 1,400 cells."""
MAX_TEXT = 4000
"""Characters of a cell that are read; what is longer is no head, effect or figure."""
MAX_DEPTH = 60
"""Elements within elements over which a cell is refused."""


class GridError(ValueError):
    """A table that is no rectangle of text: too large, too deep, or with another table in it."""


class Cell(NamedTuple):
    """What one position of the rectangle shows."""

    lines: tuple[str, ...]
    """Text by the cell's own line breaks, cleaned as records want it, without marks; blank lines between others are kept."""
    row: int
    """Row of the table, from 0, in which the cell that covers this position starts; -1 where no cell covers it."""
    column: int
    """Column in which that cell starts."""

    @property
    def text(self) -> str:
        """The lines as one."""
        return self.lines[0] if len(self.lines) == 1 else " ".join(filter(None, self.lines))


Row = tuple[Cell, ...]
NOTHING = Cell((), -1, -1)
"""A position that no cell covers, because its row is too short."""


class Grid(NamedTuple):
    """A table. All rows are of one length; a cell that spans several positions stands in each of them."""

    caption: str
    head: list[Row]
    """Rows of the table's own head; tables that put their heads into the body have none."""
    body: list[Row]
    notes: list[str]
    """Texts of footnotes."""


def grid_of(table: Element) -> Grid:
    """Return a ``table`` element as a rectangle; raise GridError, saying why, if it cannot be one."""
    notes: list[str] = []
    caption = ""
    parts: dict[str, list[Element]] = {"thead": [], "tbody": [], "tfoot": []}
    for child in table:
        tag = _tag(child)
        if tag == "caption":
            caption = " ".join(filter(None, _lines(child, notes)))
        elif tag == "tr":
            parts["tbody"].append(child)
        elif tag in parts:
            parts[tag].extend(row for row in child if _tag(row) == "tr")
    if sum(map(len, parts.values())) > MAX_ROWS:
        raise GridError("too many rows")
    head = _spread(parts["thead"], 0, notes)
    body = _spread(parts["tbody"], len(head), notes)
    for cell in chain.from_iterable(_spread(parts["tfoot"], 0, notes)):
        notes.extend(line for line in cell.lines if line and line not in notes)
    width = _width(head + body)
    if not width:
        return Grid(caption, [], [], notes)
    return Grid(caption, [_cut(row, width) for row in head], [_cut(row, width) for row in body], notes)


def _spread(rows: list[Element], first: int, notes: list[str]) -> list[Row]:
    """Return the rows of one part of a table with spans spread out; rowspans end with the part, as in a browser."""
    spread: list[list[Cell]] = []
    positions = 0
    hanging: dict[int, tuple[int, Cell]] = {}  # by column: rows still to cover, and by what
    for number, row in enumerate(rows, first):
        cells: dict[int, Cell] = {column: cell for column, (_, cell) in hanging.items()}
        hanging = {column: (left - 1, cell) for column, (left, cell) in hanging.items() if left > 1}
        column = 0
        for element in row:
            if _tag(element) not in ("td", "th"):
                continue
            while column in cells:
                column += 1
            wide, high = _span(element, "colspan"), _span(element, "rowspan")
            if column >= MAX_COLUMNS:
                raise GridError("too many columns")
            # A heading row may claim any width; what no other row reaches is cut off again.
            wide = min(wide, MAX_COLUMNS - column)
            cell = Cell(_lines(element, notes), number, column)
            for covered in range(column, column + wide):
                cells.setdefault(covered, cell)
                if high > 1:
                    hanging[covered] = (high - 1, cell)
            column += wide
        spread.append([cells.get(column, NOTHING) for column in range(max(cells, default=-1) + 1)])
        positions += len(spread[-1])
        if positions > MAX_CELLS:
            raise GridError("too many cells")
    return [tuple(row) for row in spread]


def _span(element: Element, name: str) -> int:
    """Return how far a cell reaches: 1 where the attribute is missing or no number, never more than a table may hold."""
    value = (element.get(name) or "").strip()
    if not (value.isascii() and value.isdecimal()):
        return 1
    return min(max(int(value[:9]), 1), MAX_ROWS if name == "rowspan" else MAX_COLUMNS)


def _width(rows: list[Row]) -> int:
    """Return the width up to the last column in which some cell with text starts."""
    starts = (cell.column for row in rows for number, cell in enumerate(row) if cell.column == number and cell.text)
    return max(starts, default=-1) + 1


def _cut(row: Row, width: int) -> Row:
    return row[:width] + (NOTHING,) * (width - len(row))


_SYMBOLS = re.compile(
    r"[*†‡§¶‖⁎∗®™©]+"  # wherever they stand
    r"|(?<=[\w%)])(?:#|\|\|)(?=\s|$)"  # after a word or figure
    r"|(?<=[\w%)]) ?\([a-k]\)$"  # a letter in parentheses at the end
    r"|(?<=%)[a-h](?:, ?[a-h])*(?=\)?$)"  # letters at a percent sign
)
_MARK = re.compile(r"(?:[a-z]{1,2}|[0-9]{1,2}|TM|SM|R|[\s()\[\],;*†‡§¶‖#|^~⁎∗®™©])*+")
_AFTER_POWER = re.compile(r"[×x*·] ?10\s*$")
_AFTER_UNIT = re.compile(r"\b[cdm]?m\s*$")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ORDINAL = ("st", "nd", "rd", "th")
_BLOCKS = ("paragraph", "p", "item", "li")
_BOXES = ("list", "ul", "ol", "div")


def _lines(element: Element, notes: list[str]) -> tuple[str, ...]:
    """Return the lines of a cell or caption, and add the footnotes that stand in it to ``notes``."""
    pieces: list[str] = []
    _collect(element, pieces, notes, 0)
    lines = [clean(_SYMBOLS.sub("", clean(line))) for line in "".join(pieces)[:MAX_TEXT].split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    return tuple(lines)


def _collect(element: Element, pieces: list[str], notes: list[str], depth: int) -> None:
    """Add the text of an element to ``pieces``, where a line break stands for the label's own and for nothing else."""
    if depth > MAX_DEPTH:
        raise GridError("too deep")
    pieces.append(_plain(element.text))
    for child in element:
        tag = _tag(child)
        if tag == "table":
            raise GridError("a table in a table")
        if tag == "br":
            pieces.append("\n")
        elif tag == "footnote":
            note: list[str] = []
            _collect(child, note, notes, depth + 1)
            notes.append(clean("".join(note)))
        elif tag in _BLOCKS or tag in _BOXES:
            _end_line(pieces)
            _collect(child, pieces, notes, depth + 1)
            if tag in _BLOCKS:
                pieces.append("\n")  # even after an empty one: a blank line keeps stacked columns level
            else:
                _end_line(pieces)
        elif tag == "sup" or (tag in ("a", "linkhtml") and (child.get("href") or "").startswith("#")):
            raised: list[str] = []
            _collect(child, raised, notes, depth + 1)
            pieces.append(_raised("".join(raised), "".join(pieces[-4:]), child.tail or ""))
        elif tag and tag != "footnoteref":
            _collect(child, pieces, notes, depth + 1)
        pieces.append(_plain(child.tail))


def _end_line(pieces: list[str]) -> None:
    """Begin a new line unless nothing stands on this one."""
    for piece in reversed(pieces):
        if piece.strip(" "):
            if not piece.endswith("\n"):
                pieces.append("\n")
            return


def _raised(text: str, before: str, after: str) -> str:
    """Return what a raised text says: nothing for a mark; powers and the like stay.

    >>> _raised("a", "3.5", ""), _raised("1", "10", ""), _raised("9", "× 10", "/L"), _raised("2", "mg/m", "")
    ('', '', '⁹', '²')
    """
    if text.strip().isdecimal():
        is_power = _AFTER_POWER.search(before) or (before.rstrip().endswith("10") and after.lstrip().startswith("/"))
        if is_power or (_AFTER_UNIT.search(before) and text.strip() in ("2", "3")):
            return text.translate(_SUPERSCRIPT)
    return "" if _MARK.fullmatch(text) and text.strip() not in _ORDINAL else text


_SPACE = re.compile(r"\s+")


def _plain(text: str | None) -> str:
    """Return text in which white space is single spaces, so that no line break is left."""
    return _SPACE.sub(" ", text) if text else ""


def _tag(element: Element) -> str:
    """Return an element's name in lower case without its namespace; of a comment or instruction, nothing."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
