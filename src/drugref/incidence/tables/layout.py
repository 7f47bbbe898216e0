"""The layout of an incidence table: where its heads end, tables side by side in one, several effects in one row."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from drugref.incidence.tables.cells import is_figure, is_nil
from drugref.incidence.tables.grid import NOTHING, Cell, Grid, Row
from drugref.incidence.tables.heads import role_of
from drugref.lexicon.patterns import either, words
from drugref.lexicon.reactions import NOUNS, QUALIFIERS
from drugref.lexicon.units import SMALL


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
    rf"(?:{either(QUALIFIERS)} )?(?:drug )?{either(NOUNS)}|body system.*|preferred term|system organ class.*", re.IGNORECASE
)


_NUMBER = re.compile(r"\d[\d.,\s]*(?:[–-]\s?\d[\d.,]*)?")


_OF_DOSE = words(SMALL, ("dos(?:e|age)",))


def _speak_of_dose(rows: Sequence[Row]) -> bool:
    return any(_OF_DOSE.search(cell.text) for row in rows for cell in row)


def _is_data(rows: Sequence[Row], number: int) -> bool:
    """Tell whether a row holds figures of an effect rather than heads of columns: doses, numbers of patients."""
    row = rows[number]
    label = row[0].text
    others = [cell for column, cell in enumerate(row) if column and cell.column == column]
    if _NUMBERS.match(label) or any(role_of(cell.text, ()) == "placebo" for cell in others):
        return False
    bare = all(not cell.text or _NUMBER.fullmatch(cell.text) for cell in others)
    if bare and (not label or (_LABEL.fullmatch(label) and _speak_of_dose(rows[:number]))):
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


_TERMS = words(NOUNS, ("adverse",))


def _heads_terms(cell: Cell, first: Cell) -> bool:
    """Tell whether a head stands over effects: it is the first column's once more, or a word for them."""
    return cell.column != first.column and bool(cell.text) and (cell.text == first.text or bool(_TERMS.search(cell.text)))


def _moved(row: Row, start: int, end: int) -> Row:
    """Return a stretch of a row, its columns counted from its own start."""
    return tuple(cell if cell is NOTHING else cell._replace(column=max(cell.column - start, 0)) for cell in row[start:end])


def stretches(part: Part, drugs: tuple[str, ...]) -> Iterator[Part]:
    """Yield what stands under each head, where new ones come among the rows."""
    head = part.head
    rows: list[Row] = []
    new: list[Row] = []
    for row in part.body:
        if _is_head(row):
            new.append(row)
            continue
        if new:
            # Rows across just above a new head speak of what is under it.
            under = list(takewhile(is_heading, reversed(rows)))[::-1]
            yield Part(head, rows[: len(rows) - len(under)])
            # One that names no arms gives new numbers of patients for the arms that were named.
            kept = [] if any(_names_arms(added, drugs) for added in new) else [old for old in head if _names_arms(old, drugs)]
            head, rows, new = kept + new, under, []
        rows.append(row)
    yield Part(head, rows)


def _names_arms(row: Row, drugs: tuple[str, ...]) -> bool:
    return any(role_of(cell.text, drugs) not in ("bare", "other") for cell in row[1:])


def _is_head(row: Row) -> bool:
    """Tell whether a row among the data heads the columns anew: words, and no figures, over at least two of them."""
    cells = [cell for column, cell in enumerate(row) if column and cell.column == column and not is_nil(cell.text)]
    return len(cells) > 1 and not any(is_figure(cell.text) or is_stack(cell) or _is_digits(cell.text) for cell in cells)


def first_figures(body: Sequence[Row]) -> int:
    """Return the first column that holds figures more often than words, 0 if none does."""
    for column in range(1, len(body[0]) if body else 0):
        cells = [row[column] for row in body if row[column].column == column and not is_nil(row[column].text)]
        figures = sum(is_figure(cell.text) or is_stack(cell) or _is_digits(cell.text) for cell in cells)
        if figures and figures >= len(cells) / 2:
            return column
    return 0


_DIGITS = re.compile(r"[<>≤≥(]?\s?\d")
_WORDED = re.compile(r"[^\W\d_]{2,}|\bn\s*=", re.IGNORECASE)


def _is_digits(text: str) -> bool:
    """Tell whether a cell holds figures of whatever form, and no words."""
    return _DIGITS.match(text) is not None and not _WORDED.search(text)


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
