"""Markdown (GitHub's dialect) for notes and tickets."""

import re

from drugref.pages.view import TIE, Bullets, Grid, Line, Page, Paragraph, Table, View
from drugref.terminal import Style

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")


def render(views: list[View], style: Style) -> str:
    """Return views as one Markdown document, however a terminal looks."""
    told = (_page(view) if isinstance(view, Page) else _table(view) for view in views if isinstance(view, (Page, Table)))
    return "\n".join(told)  # a card is for a screen


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text.replace(TIE, " "))


def _line(line: Line) -> str:
    text = ""
    for span in line:
        escaped = _escape(span.text)
        bare = escaped.strip()
        marks = {"strong": "**", "danger": "**", "warn": "**", "words": "*"}.get(span.role, "")
        text += escaped.replace(bare, f"{marks}{bare}{marks}", 1) if marks and bare else escaped
    return text.strip()


def _page(page: Page) -> str:
    out = [f"# {_escape(page.title)}", ""] if page.title else []
    for line in page.subtitle:
        out += [_line(line), ""]
    for section in page.sections:
        if section.title:
            out += [f"## {_escape(section.title)}", ""]
        for block in section.blocks:
            out += [*_block(block), ""]
    if page.foot:
        out += [_line(page.foot), ""]
    return "\n".join(out)


def _block(block: Grid | Bullets | Paragraph) -> list[str]:
    if isinstance(block, Paragraph):
        return [_line(block.line)]
    if isinstance(block, Bullets):
        return [f"- {block.mark} {_line(item)}" for item in block.items]
    rows = []
    for group in block.groups:
        label = " ".join(_line(line) for line in group.label)
        for row in group.rows:
            cells = [label, *(" <br> ".join(_line(line) for line in cell) for cell in row.cells)]
            rows.append(cells + [""] * (len(block.headings) - len(cells)))
            label = ""
    return _grid(list(block.headings or ("",) * len(rows[0])), rows)


def _table(view: Table) -> str:
    return "\n".join(_grid(list(view.columns), [[_escape(cell) for cell in row] for row in view.rows])) + "\n"


def _grid(headings: list[str], rows: list[list[str]]) -> list[str]:
    lines = ["| " + " | ".join(cells) + " |" for cells in (headings, ["---"] * len(headings), *rows)]
    return [re.sub(r" {2,}", " ", line) for line in lines]
