"""Rich tables and text for a terminal.

Roles look as ``theme`` says; nothing is said by colour alone. Data goes in as ``Text``, never as markup.
"""

import io
from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.console import Group as RichGroup
from rich.padding import Padding
from rich.segment import Segment
from rich.style import Style
from rich.table import Table as RichTable
from rich.text import Text
from rich.theme import Theme

from drugref.pages.view import (
    TIE,
    Bullets,
    Card,
    Grid,
    Group,
    Line,
    Page,
    Paragraph,
    Row,
    Span,
    Table,
    Told,
    View,
    is_address,
)  # fmt: skip
from drugref.render.fit import LABEL, fitted, folded, head
from drugref.terminal import Style as Look
from drugref.text import to_ascii
from drugref.theme import SAFE

_INDENT = 2
_MARGIN = " " * _INDENT
_GAP = 2
"""Columns between columns."""
_MEASURE = 120
"""Pages are no wider than this: longer lines are hard to read."""
_LEAST = 14
"""Least width of a column of a comparison; with less, it is stacked."""
_LEAST_TEXT = 4
"""Least width of the column of facts: on a terminal too narrow for all columns the line runs over, but says everything."""
_NARROW = 72
"""Below this width bars give way to text."""
_EIGHTHS = " ▏▎▍▌▋▊▉"


def render(views: list[View], style: Look) -> str:
    """Return views as text of at most ``style.width`` columns."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=style.width,
        height=100,  # of no account here, but without one Rich reads COLUMNS by itself, whatever stands there
        color_system="standard" if style.color else None,
        force_terminal=style.color,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        theme=Theme(style.styles or SAFE),
    )
    painter = _Painter(console, style.width, ascii_only=style.ascii_only, links=style.links)
    for number, view in enumerate(views):
        if number:
            console.print()
        if isinstance(view, (Page, Card)):
            parts = painter.page(view) if isinstance(view, Page) else painter.card(view, style.height)
            for part in parts:
                console.print(part, width=painter.width, crop=False)
        else:
            console.print(painter.table(view))
    return "\n".join(line.rstrip(" ") for line in out.getvalue().replace(TIE, " ").split("\n"))


class _Cell:
    """Lines of a cell. One that fits its column goes past Rich's wrapping, which costs more than all the rest of a page."""

    __slots__ = ("lines",)

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines

    def laid(self, console: Console, width: int) -> list[list[Segment]]:
        """Return the lines that it takes in a column of some width."""
        laid: list[list[Segment]] = []
        for line in self.lines:
            if _length(line) <= width:
                laid.append([Segment(text, _style(console, role, link)) for text, role, link in _painted(line)])
            else:
                laid += [list(part.render(console)) for part in _styled(line).wrap(console, width)]
        return laid


class _Columns:
    """Cells in columns of fixed widths, with nothing drawn; a Rich table would measure what is known already."""

    def __init__(self, widths: Iterable[int], gap: int = _GAP) -> None:
        self._widths = list(widths)
        self._gap = " " * gap
        self._rows: list[tuple[tuple[_Cell, ...], list[int]]] = []

    @property
    def wide(self) -> int:
        """The width of all columns but the first together."""
        return sum(self._widths[1:]) + len(self._gap) * (len(self._widths) - 2)

    def add_row(self, *cells: _Cell) -> None:
        """Add a row; where it has two cells alone, the second runs over all columns but the first."""
        self._rows.append((cells, self._widths if len(cells) != 2 else [self._widths[0], self.wide]))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for cells, widths in self._rows:
            columns = [cell.laid(console, width) for cell, width in zip(cells, widths, strict=False)]
            for number in range(max(map(len, columns))):
                space = ""
                for column, width in zip(columns, widths, strict=False):
                    segments = column[number] if number < len(column) else []
                    if segments:
                        yield Segment(space)
                        yield from segments
                        space = ""
                    space += " " * (width - sum(_width(segment.text) for segment in segments)) + self._gap
                yield Segment.line()


def _width(text: str) -> int:
    return len(text) if text.isascii() else cell_len(text)


def _length(line: Line) -> int:
    return sum([_width(span.text) for span in line])


def _styled(line: Line) -> Text:
    # A figure and its sign stay on one line.
    styled = Text(overflow="fold")
    for text, role, link in _painted(line):
        start = len(styled)
        styled.append(text.replace(" %", f"{TIE}%"), role)
        if link:
            styled.stylize(Style(link=link), start)
    return styled


def _style(console: Console, role: str, link: str) -> Style:
    style = console.get_style(role)
    return style + Style(link=link) if link else style


def _painted(line: Line) -> Iterator[tuple[str, str, str]]:
    """Yield pieces of text with their roles and links; space around danger's words is not painted in its ground."""
    for span in line:
        if span.role == "danger" and (bare := span.text.strip(f" {TIE}")) != span.text:
            before, _, after = span.text.partition(bare) if bare else (span.text, "", "")
            yield before, "plain", ""
            yield bare, "danger", span.link
            yield after, "plain", ""
        else:
            yield span


_EMPTY: Line = [Span("")]


class _Painter:
    """Turns views into Rich renderables for one width and character set."""

    def __init__(self, console: Console, screen: int, *, ascii_only: bool, links: bool) -> None:
        self._console = console
        self._links = links
        self._screen = screen
        self._ascii = ascii_only
        self.width = min(screen, _MEASURE)

    def _line(self, line: Line) -> Line:
        """Return a line in the characters that may be used, with the links that may be followed."""
        if not self._ascii and not any(span.link for span in line):
            return line
        return [Span(self._plain(text), role, link if self._links and is_address(link) else "") for text, role, link in line]

    def _text(self, line: Line) -> Text:
        return _styled(self._line(line))

    def _plain(self, text: str) -> str:
        return to_ascii(text.replace(TIE, "\0")).replace("\0", TIE) if self._ascii else text

    def _cell(self, lines: list[Line]) -> _Cell:
        return _Cell([self._line(line) for line in lines])

    def page(self, page: Page) -> Iterator[RenderableType]:
        if page.title:
            yield Text(self._plain(page.title), "strong")
        yield from map(self._text, page.subtitle)
        for section in page.sections:
            yield Text("")
            if section.title:
                yield Text(self._plain(section.title).upper(), "accent")
            yield from map(self._block, section.blocks)
        if page.foot:
            if page.title:
                yield Text("")
            yield self._text(page.foot)

    def card(self, view: Card, height: int) -> Iterator[RenderableType]:
        yield from map(self._text, head(view, self.width))
        for line in view.lead:
            yield from map(self._text, folded(line, self.width))
        laid = fitted(view, self.width, height - 1)
        for entry, lines in laid.told[: len(view.before)]:
            yield from self._told(entry, lines)
        for row in laid.pairs:
            yield from map(self._text, row)
        for entry, lines in laid.told[len(view.before) :]:
            yield from self._told(entry, lines)
        for line in view.foot:
            yield from map(self._text, folded(line, self.width))

    def _told(self, entry: Told, lines: list[Line]) -> Iterator[RenderableType]:
        for number, line in enumerate(lines):
            label = Span(f"{entry.label if not number else '':<{LABEL}}", entry.role)
            yield self._text([label, *line])

    def _block(self, block: Grid | Bullets | Paragraph) -> RenderableType:
        if isinstance(block, Paragraph):
            return Padding(self._text(block.line), (0, 0, 0, _INDENT))
        if isinstance(block, Bullets):
            mark = self._plain(block.mark)
            grid = _Columns((_INDENT + len(mark), self.width - _INDENT - len(mark) - 1), gap=1)
            for item in block.items:
                grid.add_row(_Cell([[Span(_MARGIN + mark, block.role)]]), self._cell([item]))
            return grid
        return self._grid(block)

    def _grid(self, block: Grid) -> RenderableType:
        if block.even:
            return self._even_grid(block)
        rows = [row for group in block.groups for row in group.rows]
        columns = range(len(block.headings) - 1) if block.headings else range(1)
        most = max(self.width // 4, 14)
        full = [row for row in rows if len(row.cells) > 1]
        widths = [self._widest((row.cells[column] for row in full), block.headings[column + 1], most) for column in columns[1:]]
        if self.width >= _NARROW and any(row.bar is not None for row in rows):
            widths.append(min(16, self.width // 6))
        heading = block.headings[0] if block.headings else ""
        label = _INDENT + self._widest((group.label for group in block.groups), heading, max(self.width // 4, 12))
        text = max(self.width - label - _GAP - sum(width + _GAP for width in widths), _LEAST_TEXT)
        grid = _Columns((label, text, *widths))
        if block.headings:
            grid.add_row(
                *(_Cell([[Span(_MARGIN * (number == 0) + name, "strong")]]) for number, name in enumerate(block.headings))
            )
        for group in block.groups:
            self._add_group(grid, group, label, [text, *widths])
        return grid

    def _even_grid(self, block: Grid) -> RenderableType:
        """Give the columns after the label the same width; too narrow, set each row's cells below each other, by heading."""
        count = len(block.headings) - 1
        label = min(_INDENT + self._widest((group.label for group in block.groups), "", self.width // 3), self.width // 3)
        each = (self.width - label) // count - _GAP
        if each >= _LEAST:
            grid = _Columns((label, *[each] * count))
            grid.add_row(*(_Cell([[Span(heading, "strong")]]) for heading in block.headings))
            for group in block.groups:
                self._add_group(grid, group, label, [each] * count)
            return grid
        names = max(map(cell_len, block.headings))
        parts: list[RenderableType] = []
        for group in block.groups:
            grid = _Columns((_INDENT * 2 + names, self.width - _INDENT * 2 - names - _GAP))
            for heading, cell in zip(block.headings[1:], group.rows[0].cells, strict=True):
                grid.add_row(_Cell([[Span(_MARGIN * 2 + heading, "dim")]]), self._cell(cell))
            parts += [Padding(self._text(group.label[0]), (0, 0, 0, _INDENT)), grid]
        return RichGroup(*parts)

    def _add_group(self, grid: _Columns, group: Group, label: int, widths: list[int]) -> None:
        """Add a group's rows; the lines of its label run down beside them, whichever row they meet."""
        labels = [[Span(_MARGIN), *part] for line in group.label for part in self._folded(line, label - _INDENT)]
        for number, row in enumerate(group.rows):
            cells = [self._cell(cell) for cell in row.cells]
            last = number == len(group.rows) - 1
            height = 0
            if labels and not last:
                inner = widths if len(cells) > 1 else [grid.wide]
                height = max(len(cell.laid(self._console, width)) for cell, width in zip(cells, inner, strict=False))
            beside, labels = (labels, []) if last else (labels[:height], labels[height:])
            if len(widths) > len(cells) > 1:
                cells.append(_Cell([[Span(self._bar(row, widths[-1]), "bar")]]))
            grid.add_row(self._cell(beside or [_EMPTY]), *cells)

    def _folded(self, line: Line, width: int) -> list[Line]:
        """Return a label as lines of at most some width, indented after the first, in the role of its last span."""
        if _length(line) <= width:
            return [line]
        parts = self._text(line).wrap(self._console, width - _INDENT)
        return [[Span(_MARGIN * (number > 0) + part.plain, line[-1].role)] for number, part in enumerate(parts)]

    def _widest(self, cells: Iterable[list[Line]], heading: str, most: int) -> int:
        lines = [self._plain("".join(span.text for span in line)) for cell in cells for line in cell]
        return min(max(map(cell_len, (*lines, heading))), most)

    def _bar(self, row: Row, width: int) -> str:
        if row.bar is None:
            return ""
        low, high, mark = row.bar
        if not low and mark is None:
            eighths = max(1, round(high * width * 8))
            bar = "█" * (eighths // 8) + (_EIGHTHS[eighths % 8] if eighths % 8 else "")
            return "#" * max(1, round(high * width)) if self._ascii else bar
        ends = max(round(high * width), 1)
        begins = min(round(low * width), ends - 1)
        cells = ["░"] * begins + ["█"] * (ends - begins)
        if mark is not None:
            place = min(round(mark * width), width - 1)
            cells += [" "] * (place + 1 - len(cells))
            cells[place] = "┃"
        bar = "".join(cells)
        return bar.replace("░", "-").replace("█", "#").replace("┃", "|") if self._ascii else bar

    def table(self, view: Table) -> RenderableType:
        if self._screen < 14 * len(view.columns):
            return self._stacked(view)
        grid = RichTable(box=None, header_style="strong", padding=(0, 2, 0, 0), pad_edge=False)
        for number, column in enumerate(view.columns):
            grid.add_column(self._plain(column), overflow="fold", style="strong" if number == 0 else None)
        for row in view.rows:
            grid.add_row(*(Text(self._plain(cell)) for cell in row))
        return grid

    def _stacked(self, view: Table) -> RenderableType:
        """Lay rows out as blocks of labelled lines, where there is no width for columns."""
        label = max(map(len, view.columns))
        grid = RichTable.grid(padding=(0, 2, 0, 0), expand=True)
        grid.add_column(width=label, style="dim")
        grid.add_column(ratio=1, overflow="fold")
        for number, row in enumerate(view.rows):
            if number:
                grid.add_row("", "")
            for position, (column, cell) in enumerate(zip(view.columns, row, strict=True)):
                if cell:
                    grid.add_row(Text(self._plain(column)), Text(self._plain(cell), "strong" if position == 0 else "plain"))
        return grid
