"""Reading the incidence tables of labels: one figure for each effect and each arm that was given the drug.

A column that might be the comparator's, a number that might not be a share of patients and a row that might not name an
effect are left out and counted as doubts; nothing is guessed.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from drugref.incidence.figures import Figure, Reading
from drugref.incidence.spelling import in_sentence
from drugref.incidence.tables import row_terms
from drugref.incidence.tables.arms import Column, columns_of, comparator_of
from drugref.incidence.tables.cells import NO_UNIT, NOT_ONE, CellError, Unit, is_figure, is_in_parentheses, share_in
from drugref.incidence.tables.grid import NOTHING, Element, Grid, GridError, Row, grid_of
from drugref.incidence.tables.heads import names_arm, patients_in, unit_in
from drugref.incidence.tables.kind import degree_named, kind_of, patients_named, says_percent, title_of
from drugref.incidence.tables.layout import Part, first_figures, is_heading, panels, parted, stretches, unstacked
from drugref.incidence.tables.names import names_of
from drugref.model import Incidence

ARMS = "a table whose arms cannot be told apart"
NOT_SHARES = "a table of effects that does not give shares of patients"
SHAPE = "a table whose cells are not in order"
MERGED = "a cell that belongs to several rows or columns"
NO_TERM = "a row whose effect cannot be told"

_GRADED = re.compile(r"\bgrades?\b|\bsevere\b|\bserious\b", re.IGNORECASE)
WORDS = 120
"""Longest piece of a label that a figure quotes, in characters."""


class _Context(NamedTuple):
    """What is known of a table while its rows are read."""

    drugs: tuple[str, ...]
    title: str
    unit: Unit | None
    """What figures are unless a column's head says something else."""
    patients: str
    """Trial or patients that the caption names."""
    degree: str
    """The degree that alone was counted, where the caption says so and no head of a column says another."""
    shouted: bool
    """Whether the table writes all terms in capitals."""


def read_element(table: Element, drugs: Sequence[str], before: str = "") -> Reading:
    """Read a ``table`` element as ``read_table`` does; one that is no rectangle is a doubt."""
    try:
        return read_table(grid_of(table), drugs, before)
    except GridError:
        return Reading([], [], [SHAPE])


def read_table(grid: Grid, drugs: Sequence[str], before: str = "") -> Reading:
    """Read a table of a label.

    ``drugs`` are the label's ingredients and brands in lower case, ``before`` is the text just before the table with the
    section's heading. A table that is not about effects gives nothing; one that is and cannot be read gives a doubt.
    """
    reading = Reading([], [], [])
    part, above = parted(grid)
    heads = " ".join(dict.fromkeys(cell.text for row in part.head for cell in row))
    title = title_of(grid.caption, above, before)
    kind = kind_of(title, heads, before)
    cells = [cell.text for row in grid.body for cell in row[1:]]
    if kind == "no effects" or not any(is_figure(text) or "%" in text for text in cells):
        return reading
    if kind == "other figures" or not part.body:
        reading.doubts.append(NOT_SHARES if part.body else NOT_ONE)
        return reading
    terms = [row[0].text for row in part.body if row[0].text]
    names = names_of(drugs, [title, *grid.notes, *(row[0].text for row in part.body if is_heading(row))])
    context = _Context(
        drugs=names,
        title=f"{title} {before}",
        unit=_unit_of(part, title, before),
        patients=patients_named(title),
        degree="" if _GRADED.search(heads) else degree_named(grid.caption or above or title),
        shouted=sum(term.isupper() for term in terms) > 0.8 * len(terms),
    )
    for panel in panels(part):
        for stretch in stretches(panel, names):
            _read_part(stretch, context, reading)
    return reading


def _unit_of(part: Part, title: str, before: str) -> Unit | None:
    """Return what figures are where the head of their column does not say: by the title, a row across, or the term's head."""
    told = [title, *(row[0].text for row in takewhile(is_heading, part.body)), *(row[0].text for row in part.head)]
    return next((unit for text in told if (unit := unit_in(text))), "percent" if says_percent(before) else None)


def _read_part(part: Part, context: _Context, reading: Reading) -> None:
    """Read what stands under one head."""
    columns = _columns(part, context)
    if any(NOTHING in row for row in part.head):
        reading.doubts.append(SHAPE)
    elif columns is None or (columns and _has_arms(part.body, columns[0].place, context.drugs)):
        reading.doubts.append(ARMS)
    elif _has_counts(part.body, columns):
        reading.doubts.append(NO_UNIT)
    else:
        _read_rows(part.body, columns, context, reading)


def _has_arms(body: Sequence[Row], first: int, drugs: tuple[str, ...]) -> bool:
    """Tell whether rows rather than columns are arms: some row's term is the drug or placebo. ``first``: column of figures."""
    return any(names_arm(_term(row[:first]), drugs) for row in body if any(cell.text for cell in row[first:]))


def _has_counts(body: Sequence[Row], columns: Sequence[Column]) -> bool:
    """Tell whether bare numbers that no head calls percentages cannot all be: one is over 100."""
    cells = [row[column.place].text for column in columns if column.unit is None and column.role != "other" for row in body]
    return any(text.isdecimal() and int(text[:9]) > 100 for text in cells)


def _columns(part: Part, context: _Context) -> list[Column] | None:
    """Return the columns of figures; None where arms cannot be told apart or none was given the drug."""
    first = first_figures(part.body)
    if not first:
        return []
    filled = {cell.column for row in part.body for column, cell in enumerate(row) if cell.text and cell.column == column}
    columns = columns_of(part.head, sorted(column for column in filled if column >= first), context.drugs, context.title)
    if columns is None or not any(column.role == "drug" for column in columns):
        return None
    taken = list(columns)
    for number, (left, column) in enumerate(pairwise(columns), 1):
        cells = [row[column.place].text for row in part.body if row[column.place].text]
        if column.head == left.head and sum(map(is_in_parentheses, cells)) > len(cells) / 2:
            # A head over two columns, the number of patients and the percentage in parentheses.
            taken[number - 1 : number + 1] = left._replace(role="other"), column._replace(unit="percent")
    heads = [(column.head, column.role) for column in taken if column.role == "drug"]
    return taken if len(set(heads)) == len(heads) else None


def _read_rows(body: Sequence[Row], columns: Sequence[Column], context: _Context, reading: Reading) -> None:
    """Read the rows under one head."""
    if not columns:
        return
    arms = [(column, comparator_of(column, columns)) for column in columns if column.role == "drug"]
    alike = len({column.group for column, _ in arms}) == 1
    for effect, term, patients, row in _effects(body, columns[0].place, context, reading.doubts):
        told = unit_in(row[0].text)
        unit = told if told in ("count-percent", "percent-count") else context.unit
        for column, other in arms:
            try:
                found = _share(row, column, unit)
            except CellError as problem:
                reading.doubts.append(str(problem))
                continue
            if found is None or found.high == 0:
                continue
            population = (column.head, patients, context.patients if alike and not patients else "", context.degree)
            words = " | ".join(filter(None, (term, column.head, row[column.place].text)))
            reading.figures.append(
                Figure(
                    effect=effect,
                    incidence=found,
                    comparator=_compared(row, other, unit) if other else None,
                    versus=other.name if other and other.role == "comparator" else None,
                    population="; ".join(filter(None, population)) or None,
                    words=words if len(words) <= WORDS else words[: WORDS - 1] + "…",
                    rules=("a table", column.rule),
                )
            )


def _share(row: Row, column: Column, unit: Unit | None) -> Incidence | None:
    """Return the share in one cell of a row, None where it gives none; raise CellError where it cannot be told.

    ``unit`` holds where the head of the column does not say.
    """
    place = column.place
    cell = row[place]
    if cell is NOTHING:
        raise CellError(SHAPE)
    if cell.column != place or (place + 1 < len(row) and row[place + 1].column == place):
        raise CellError(MERGED)
    return share_in(cell.text, column.unit or unit, column.patients)


def _compared(row: Row, column: Column, unit: Unit | None) -> Incidence | None:
    try:
        return _share(row, column, unit)
    except CellError:
        return None


def _effects(body: Sequence[Row], first: int, context: _Context, doubts: list[str]) -> Iterator[tuple[str, str, str, Row]]:
    """Yield the rows that name an effect: the effect, the row's own term, the trial or patients above it, the row.

    ``first`` is the first column of figures.
    """
    base = patients = ""  # what a row leans on, and the trial that a row across the table names
    for row in unstacked(body, first):
        term = _term(row[:first])
        if not any(cell.text for cell in row[first:] if cell.column >= first):
            if names_arm(term, context.drugs) or (patients_in(term) and not row_terms.names_patients(term)):
                doubts.append(ARMS)
                return
            if row_terms.names_patients(term):
                base, patients = "", term
            elif term:
                base = "" if row_terms.is_body_system(term) else term
        elif row_terms.is_count(term):
            continue
        elif row_terms.leans(term):
            if base:
                yield _written(row_terms.leaned(base, term), context), term, patients, row
            elif not row_terms.names_no_effect(term):
                doubts.append(NO_TERM)
        elif row_terms.names_no_effect(term):
            base = ""
        else:
            base = term
            yield _written(term, context), row_terms.trimmed(term), patients, row


def _written(term: str, context: _Context) -> str:
    return in_sentence(row_terms.trimmed(term), shouted=context.shouted)


def _term(cells: Row) -> str:
    """Return the term that the columns of words give: the last that stands by itself, with those that lean on it."""
    texts = list(dict.fromkeys(text for cell in cells if (text := row_terms.without_system(cell.lines))))
    if any(row_terms.is_count(text) for text in texts):
        return "n"
    start = next((number for number in reversed(range(len(texts))) if not row_terms.leans(texts[number])), 0)
    term = texts[start] if texts else ""
    for text in texts[start + 1 :]:
        term = row_terms.leaned(term, text)
    return term
