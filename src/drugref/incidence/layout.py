"""The layout of an incidence table: where its heads end, tables side by side in one, several effects in one row."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from drugref.incidence.cells import is_figure, is_nil
from drugref.incidence.grid import NOTHING, Cell, Grid, Row
from drugref.incidence.heads import patients_in, role_of


class Part(NamedTuple):
    """A stretch of a table under one head. All rows are of one length."""

    head: list[Row]
    body: list[Row]


def parted(grid: Grid) -> tuple[Part, str]:
    """Return a table's heads and body, wherever the publisher put the heads, and the text of rows across above them."""
    rows = grid.head + grid.body
    fixed = len(grid.head) if grid.body else 0
    end = next((number for number in range(fixed, len(rows)) if _is_data(rows, number)), len(rows))
    heads = [number for number in range(end) if not is_heading(rows[number])]
    if not heads:
        return Part([], rows[end:]), " ".join(row[0].text for row in rows[:end])
    above = " ".join(row[0].text for row in rows[: heads[0]] if row[0].text)
    under = [row for row in rows[heads[-1] + 1 : end] if row[0].text]
    return Part([rows[number] for number in heads], under + rows[end:]), above


_NUMBERS = re.compile(
    r"\W*(?:n\b|total n\b|number of|no\. of|sample size|evaluable|(?:daily |total )?dos(?:e|age)\b)", re.IGNORECASE
)
_LABEL = re.compile(
    r"(?:adverse )?(?:drug )?(?:reactions?|events?|experiences?)|side effects?|body system.*|preferred term"
    r"|system organ class.*",
    re.IGNORECASE,
)


def _is_data(rows: Sequence[Row], number: int) -> bool:
    """Tell whether a row holds figures of an effect rather than heads of columns: doses, numbers of patients."""
    row = rows[number]
    label = row[0].text
    others = [cell for column, cell in enumerate(row) if column and cell.column == column]
    if _NUMBERS.match(label):
        return False
    whole = all(not cell.text or cell.text.isdecimal() for cell in others)
    if whole and not label:
        return False
    if whole and _LABEL.fullmatch(label):
        return False
    return any(is_figure(cell.text) or is_stack(cell) for cell in others)


def is_heading(row: Row) -> bool:
    """Tell whether a row has text in its first cell alone, or none."""
    return all(not cell.text or (cell.row, cell.column) == (row[0].row, row[0].column) for cell in row[1:])


def is_stack(cell: Cell) -> bool:
    """Tell whether a cell holds figures of several effects, one a line."""
    lines = [line for line in cell.lines if line]
    return len(lines) > 1 and all(is_figure(line) or is_nil(line) for line in lines) and any(map(is_figure, lines))


def panels(part: Part) -> Iterator[Part]:
    """Yield the tables that stand side by side in one: each begins where a column of words stands right of figures."""
    width = len(part.body[0]) if part.body else 0
    starts = [0]
    for column in range(2, width):
        texts = [row[column].text for row in part.body if row[column].column == column and row[column].text]
        worded = sum(1 for text in texts if not is_figure(text) and not is_nil(text))
        if texts and worded > len(texts) / 2 and any(_heads_terms(row[column], row[0]) for row in part.head):
            starts.append(column)
    for start, end in zip(starts, [*starts[1:], width], strict=True):
        yield Part([_moved(row, start, end) for row in part.head], [_moved(row, start, end) for row in part.body])


_TERMS = re.compile(r"\b(?:adverse|reactions?|events?|effects?|symptoms?|experiences?)\b", re.IGNORECASE)


def _heads_terms(cell: Cell, first: Cell) -> bool:
    """Tell whether a head stands over effects: it is the first column's once more, or a word for them."""
    return cell.column != first.column and bool(cell.text) and (cell.text == first.text or bool(_TERMS.search(cell.text)))


def _moved(row: Row, start: int, end: int) -> Row:
    """Return a stretch of a row, its columns counted from its own start."""
    return tuple(cell if cell is NOTHING else cell._replace(column=max(cell.column - start, 0)) for cell in row[start:end])


def restarted(part: Part, drugs: Sequence[str]) -> tuple[Part, Part | None]:
    """Return what stands under the head, and what follows under a new one among the rows, if there is one."""
    for number, row in enumerate(part.body):
        if not _is_head(row):
            continue
        end = number
        while end < len(part.body) and _is_head(part.body[end]):
            end += 1
        new = part.body[number:end]
        named = {role_of(cell.text, drugs) for head in new for cell in head[1:]} - {"bare", "other"}
        # A new head that names no arms gives new numbers of patients for the arms that were named.
        kept = [] if named else [head for head in part.head if not any(patients_in(cell.text) for cell in head[1:])]
        return Part(part.head, part.body[:number]), Part(kept + new, part.body[end:])
    return part, None


def _is_head(row: Row) -> bool:
    """Tell whether a row among the data heads the columns anew: no figures, but text over at least two of them."""
    cells = [cell for column, cell in enumerate(row) if column and cell.column == column and not is_nil(cell.text)]
    return len(cells) > 1 and not any(is_figure(cell.text) or is_stack(cell) for cell in cells)


def first_figures(body: Sequence[Row]) -> int:
    """Return the first column that holds figures more often than words, 0 if none does."""
    for column in range(1, len(body[0]) if body else 0):
        cells = [row[column] for row in body if row[column].column == column and not is_nil(row[column].text)]
        figures = sum(is_figure(cell.text) or is_stack(cell) or bool(_DIGITS.fullmatch(cell.text)) for cell in cells)
        if figures and figures >= len(cells) / 2:
            return column
    return 0


_DIGITS = re.compile(r"[<>≤≥(]?\s?\d[\d\s.,;%<>≤≥()/\[\]–-]*")


def unstacked(body: Sequence[Row], first: int) -> Iterator[Row]:
    """Yield rows; one that holds several effects in the lines of its cells becomes a row for each line.

    ``first`` is the first column of figures. A row whose cells do not have the same number of lines stays as it is.
    """
    for row in body:
        told = [cell for cell in row[first - 1 :] if cell.text]
        if not any(is_stack(cell) for cell in told):
            yield row
            continue
        lines = {cell: cell.lines for cell in told}
        if len(set(map(len, lines.values()))) > 1:
            lines = {cell: tuple(line for line in cell.lines if line) for cell in told}
        heights = set(map(len, lines.values()))
        if len(heights) > 1 or not row[first - 1].text:
            yield row
            continue
        for number in range(heights.pop()):
            yield row[: first - 1] + tuple(
                cell._replace(lines=lines[cell][number : number + 1]) if cell in lines else cell for cell in row[first - 1 :]
            )
