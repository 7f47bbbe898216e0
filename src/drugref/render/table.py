"""Rich tables and text for a terminal. The only module that imports Rich.

Colours are the terminal's own sixteen, so that they suit its ground; nothing is said by colour alone. Data goes in as
``Text``, never as markup.
"""

import io
from collections.abc import Iterable

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from drugref.text import to_ascii
from drugref.view import TIE, Bullets, Grid, Line, Page, Paragraph, Row, Section, Span, Table, View

_STYLES = {
    "plain": "",
    "dim": "dim",
    "strong": "bold",
    "accent": "bold cyan",
    "warn": "yellow",
    "danger": "bold red",
    "cite": "dim",
    "words": "italic",
}
_INDENT = 2
_MEASURE = 120
"""Pages are no wider than this: longer lines are hard to read."""
_NARROW = 72
"""Below this width bars give way to text."""
_EIGHTHS = " ▏▎▍▌▋▊▉"


def render(views: list[View], width: int, *, color: bool, ascii_only: bool) -> str:
    """Return views as text of at most ``width`` columns."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        color_system="standard" if color else None,
        force_terminal=color,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    painter = _Painter(min(width, _MEASURE), width, ascii_only=ascii_only)
    for number, view in enumerate(views):
        if number:
            console.print()
        if isinstance(view, Page):
            console.print(painter.page(view), width=min(width, _MEASURE))
        else:
            console.print(painter.table(view))
    return "\n".join(line.rstrip(" ") for line in out.getvalue().replace(TIE, " ").split("\n"))


class _Painter:
    """Turns views into Rich renderables for one width and character set."""

    def __init__(self, width: int, screen: int, *, ascii_only: bool) -> None:
        self._width = width
        self._screen = screen
        self._ascii = ascii_only

    def _text(self, line: Line) -> Text:
        text = Text(overflow="fold")
        for span in line:
            text.append(self._plain(span.text), _STYLES[span.role] or None)
        return text

    def _plain(self, text: str) -> str:
        return to_ascii(text.replace(TIE, "\0")).replace("\0", TIE) if self._ascii else text

    def _lines(self, lines: list[Line]) -> RenderableType:
        return Group(*map(self._text, lines)) if len(lines) != 1 else self._text(lines[0])

    def page(self, page: Page) -> RenderableType:
        parts: list[RenderableType] = [Text(self._plain(page.title), "bold")]
        parts += [self._text(line) for line in page.subtitle]
        for section in page.sections:
            parts += [Text(""), *self._section(section)]
        if page.foot:
            parts += [Text(""), self._text(page.foot)]
        return Group(*parts)

    def _section(self, section: Section) -> list[RenderableType]:
        parts: list[RenderableType] = []
        if section.title:
            parts.append(Text(self._plain(section.title).upper(), _STYLES["accent"]))
        parts += [Padding(self._block(block), (0, 0, 0, _INDENT)) for block in section.blocks]
        return parts

    def _block(self, block: Grid | Bullets | Paragraph) -> RenderableType:
        if isinstance(block, Paragraph):
            return self._text(block.line)
        if isinstance(block, Bullets):
            grid = RichTable.grid(padding=(0, 1, 0, 0))
            grid.add_column(width=1)
            grid.add_column(ratio=1, overflow="fold")
            for item in block.items:
                grid.add_row(Text(self._plain(block.mark), _STYLES[block.role]), self._text(item))
            return grid
        return self._grid(block)

    def _grid(self, block: Grid) -> RenderableType:
        label = self._widest([group.label for group in block.groups], block.headings[:1], max(self._width // 4, 12))
        grid = RichTable.grid(padding=(0, 2, 0, 0), expand=True)
        grid.add_column(width=label, overflow="fold")
        grid.add_column(ratio=1, overflow="fold")
        widths = self._inner_widths(block)
        if block.headings:
            headings = [Row(tuple([[Span(heading, "dim")]] for heading in block.headings[1:]))]
            grid.add_row(self._text([Span(block.headings[0], "dim")]), self._rows(headings, widths))
        for group in block.groups:
            grid.add_row(self._lines(group.label), self._rows(group.rows, widths))
        return grid

    def _inner_widths(self, block: Grid) -> list[int]:
        """Return the widths of the columns after the first, and of the bars if there are any and room for them."""
        rows = [row for group in block.groups for row in group.rows]
        most = max(self._width // 4, 14)
        widths = [
            self._widest([row.cells[column] for row in rows], block.headings[column + 1 : column + 2], most)
            for column in range(1, max(len(row.cells) for row in rows))
        ]
        if self._width >= _NARROW and any(row.bar is not None for row in rows):
            widths.append(min(16, self._width // 6))
        return widths

    def _rows(self, rows: list[Row], widths: list[int]) -> RenderableType:
        if not widths:
            return self._lines([line for row in rows for line in row.cells[0]])
        grid = RichTable.grid(padding=(0, 2, 0, 0), expand=True)
        grid.add_column(ratio=1, overflow="fold")
        for width in widths:
            grid.add_column(width=width, overflow="fold")
        for row in rows:
            cells: list[RenderableType] = [self._lines(cell) if cell else Text("") for cell in row.cells]
            if len(widths) >= len(row.cells):
                cells.append(Text(self._bar(row, widths[-1]), "cyan"))
            grid.add_row(*cells)
        return grid

    def _widest(self, cells: Iterable[list[Line]], headings: tuple[str, ...], most: int) -> int:
        lines = [self._plain("".join(span.text for span in line)) for cell in cells for line in cell]
        return min(max(map(cell_len, (*lines, *headings)), default=1), most)

    def _bar(self, row: Row, width: int) -> str:
        if row.bar is None:
            return ""
        eighths = max(1, round(row.bar * width * 8))
        bar = "█" * (eighths // 8) + (_EIGHTHS[eighths % 8] if eighths % 8 else "")
        return "#" * max(1, round(row.bar * width)) if self._ascii else bar

    def table(self, view: Table) -> RenderableType:
        if self._screen < 14 * len(view.columns):
            return self._stacked(view)
        grid = RichTable(box=None, header_style="dim", padding=(0, 2, 0, 0), pad_edge=False)
        for number, column in enumerate(view.columns):
            grid.add_column(self._plain(column), overflow="fold", style="bold" if number == 0 else None)
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
                    grid.add_row(Text(self._plain(column)), Text(self._plain(cell), "bold" if position == 0 else ""))
        return grid
