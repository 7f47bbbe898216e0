"""One page of HTML that needs nothing else: no script, no address but its sources', light or dark as the reader's system is.

Everything that is no tag of ours goes through ``escape``. Sources are footnotes: a citation leads to its source, and the
source back to each citation.
"""

import re
from collections import Counter
from html import escape as _escape

from drugref.pages.view import (
    TIE,
    Bullets,
    Card,
    Grid,
    Group,
    Line,
    Page,
    Paragraph,
    Role,
    Row,
    Section,
    Span,
    Table,
    View,
    is_address,
    labelled,
)  # fmt: skip
from drugref.terminal import Style

STYLE = """
:root{color-scheme:light dark;--ground:#fff;--text:#1b1b1b;--quiet:#4d4d4d;--line:#c9c9c9;--link:#0b4f8a;--danger:#9c0006;
--warn:#6b4300;--bar:#2f6f9f;--soft:#f2f4f6}
@media (prefers-color-scheme:dark){:root{--ground:#14171a;--text:#e8e8e8;--quiet:#bdbdbd;--line:#4a4f55;--link:#8cc4ff;
--danger:#ff9d9d;--warn:#f0c36d;--bar:#5aa0d6;--soft:#1f2429}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:break-word}
header,main,footer{max-width:62rem;margin:0 auto;padding:.5rem 1rem}
header nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin:0;padding:0}
h1{font-size:1.7rem;line-height:1.2;margin:.75rem 0 .5rem}
h2{font-size:1.1rem;margin:1.75rem 0 .5rem;border-bottom:1px solid var(--line)}
p{margin:.4rem 0;max-width:46rem}
a{color:var(--link)}
a:focus-visible,[tabindex]:focus-visible,input:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.dim{color:var(--quiet)}.danger{color:var(--danger)}.warn{color:var(--warn)}.words{font-style:italic}
.skip{position:absolute;left:-99rem}.skip:focus{position:static}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
ul.marked{list-style:none;margin:.4rem 0;padding:0}
ul.marked>li{padding-left:1.4rem;text-indent:-1.4rem;margin:.15rem 0}
ul.marked>li>.mark{display:inline-block;width:1.4rem;text-indent:0;font-weight:bold}
dl{margin:.4rem 0;display:grid;grid-template-columns:minmax(6rem,max-content) 1fr;gap:.3rem 1rem}
dl>div{display:contents}dt{color:var(--quiet)}dd{margin:0;min-width:0;overflow-wrap:anywhere}dd>div+div{margin-top:.2rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin:.4rem 0}
th,td{text-align:left;vertical-align:top;padding:.25rem .9rem .25rem 0;min-width:4rem}
thead th{border-bottom:1px solid var(--line)}tbody+tbody>tr:first-child>*{border-top:1px solid var(--line)}
tbody th{font-weight:normal}
.figure{white-space:nowrap}
.bar{display:block;height:.55rem;width:8rem;max-width:22vw;margin-top:.25rem;background:var(--soft);
outline:1px solid var(--line)}
.bar>span{display:block;height:100%;background:var(--bar)}
sup.cite{font-size:.75em;line-height:0}sup.cite a{padding:0 .1em}
.back{font-size:.85em}.back a{padding:0 .25em;text-decoration:none}
article+article{border-top:3px solid var(--line);margin-top:2.5rem}
footer,.foot{color:var(--quiet);font-size:.9rem;margin-top:2rem}
@media (max-width:34rem){dl{display:block}dd{margin:0 0 .6rem}th,td{padding-right:.6rem}body{font-size:.95rem}}
@media print{:root{--ground:#fff;--text:#000;--quiet:#333;--line:#999;--link:#000;--danger:#000;--warn:#000;--bar:#555}
header,.skip,.back{display:none}main,footer{max-width:none;padding:0}h2{break-after:avoid}tr,li,dd,dt{break-inside:avoid}
.bar>span{print-color-adjust:exact}article+article{break-before:page}.scroll{overflow:visible}}
"""
"""How it looks: contrasts of 7 to 1 and more on either ground, held by a test; in print black on white."""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What a browser may fetch for a page: nothing."""


def render(views: list[View], style: Style) -> str:
    """Return views as one document, however a terminal looks."""
    titles = [view.title for view in views if isinstance(view, Page) and view.title]
    body = "".join(article(view, f"p{number}") for number, view in enumerate(views, 1))
    if not titles:
        body = f'<h1 class="hidden">drugref</h1>{body}'
    head = f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"><style>{STYLE}</style>'
    return document(f"{', '.join(titles[:5])} – drugref" if titles else "drugref", f"<main>{body}</main>", head)


def document(title: str, body: str, head: str) -> str:
    """Return a whole document; ``title`` is text, ``body`` and ``head`` are HTML."""
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title>{head}</head>\n<body>{body}</body></html>\n"
    )


def escape(text: str) -> str:
    """Return text as HTML that says it, in an element or in a quoted attribute."""
    return _escape(text.replace(TIE, "\u00a0"))


def article(view: View, prefix: str) -> str:
    """Return a view as an article; identifiers in it begin with ``prefix``."""
    if isinstance(view, Table):
        return f"<article>{_table(view)}</article>\n"
    return _Article(_as_page(view) if isinstance(view, Card) else view, prefix).html()


def _as_page(card: Card) -> Page:
    """Return a card as a page: a browser has room for all of it."""

    def entry(label: str, role: Role, items: list[Line]) -> Group:
        return labelled([Span(label.strip(), role)], items)

    told = [entry(told.label, told.role, told.items) for told in card.before]
    told += [entry(label, "plain", [line]) for label, line in card.pairs]
    told += [entry(told.label, told.role, told.items) for told in card.after]
    about = [[Span(text)] for text in (card.names, card.kind) if text]
    foot = [span for line in card.foot for span in (*line, Span(" "))]
    return Page(card.title, [*about, *card.lead], [Section("", [Grid(told)])], foot)


def _defined(page: Page) -> set[str]:
    """Return the numbers of the sources that a page lists: a line or label that begins with a mark explains it."""
    found: set[str] = set()
    for section in page.sections:
        for block in section.blocks:
            if isinstance(block, Grid):
                lines = [group.label[0] for group in block.groups if group.label]
            else:
                lines = block.items if isinstance(block, Bullets) else [block.line]
            found.update(number for line in lines if (number := _definition(line)))
    return found


def _definition(line: Line) -> str:
    """Return the number of the source that a line explains; "" if it explains none."""
    if not line or line[0].role != "cite":
        return ""
    number = line[0].text.strip(f" {TIE}[]")
    return number if number.isascii() and number.isdigit() else ""


class _Article:
    """One page on its way to HTML, with its footnotes."""

    def __init__(self, page: Page, prefix: str) -> None:
        self._page = page
        self._prefix = prefix
        self._defined = _defined(page)
        self._cited: Counter[str] = Counter()
        """How often each source was cited so far."""

    def html(self) -> str:
        page = self._page
        title = f"<h1>{escape(page.title)}</h1>" if page.title else ""
        subtitle = "".join(f"<p>{self._line(line)}</p>" for line in page.subtitle)
        sections = "".join(self._section(section, number) for number, section in enumerate(page.sections, 1))
        foot = f'<p class="foot">{self._line(page.foot)}</p>' if page.foot else ""
        return f"<article>{title}{subtitle}{sections}{foot}</article>\n"

    def _section(self, section: Section, number: int) -> str:
        blocks = "".join(self._block(block, section.title) for block in section.blocks)
        if not section.title:
            return blocks
        name = f"{self._prefix}-part{number}"
        return f'<section><h2 id="{name}">{escape(section.title)}</h2>{blocks}</section>\n'

    def _block(self, block: Grid | Bullets | Paragraph, title: str) -> str:
        if isinstance(block, Paragraph):
            return f"<p{self._anchor(block.line)}>{self._line(block.line)}{self._back(block.line)}</p>"
        if isinstance(block, Bullets):
            mark = f'<span class="mark {block.role}" aria-hidden="true">{escape(block.mark)}</span>' if block.mark else ""
            items = (f"<li{self._anchor(item)}>{mark}{self._line(item)}{self._back(item)}</li>" for item in block.items)
            return f'<ul class="marked">{"".join(items)}</ul>'
        return self._grid(block, title) if block.headings else self._list(block)

    def _list(self, grid: Grid) -> str:
        entries = []
        for group in grid.groups:
            label = group.label[0] if group.label else []
            lines = [f"<div>{self._line(line)}</div>" for row in group.rows for cell in row.cells for line in cell]
            term = " ".join(map(self._line, group.label))
            entries.append(f"<div><dt{self._anchor(label)}>{term}</dt><dd>{''.join(lines)}{self._back(label)}</dd></div>")
        return f"<dl>{''.join(entries)}</dl>"

    def _grid(self, grid: Grid, title: str) -> str:
        head = "".join(f'<th scope="col">{escape(name)}</th>' if name else "<td></td>" for name in grid.headings)
        bodies = "".join(f"<tbody>{self._group(group, len(grid.headings) - 1)}</tbody>" for group in grid.groups)
        return _scrolling(f"<table><thead><tr>{head}</tr></thead>{bodies}</table>", title or self._page.title)

    def _group(self, group: Group, columns: int) -> str:
        label = "<br>".join(map(self._line, group.label))
        span = f' rowspan="{len(group.rows)}"' if len(group.rows) > 1 else ""
        kind = "rowgroup" if span else "row"
        head = f'<th scope="{kind}"{span}>{label}</th>' if label else f"<td{span}></td>"
        rows = []
        for number, row in enumerate(group.rows):
            cells = ["<br>".join(map(self._line, cell)) for cell in row.cells]
            wide = f' colspan="{columns}"' if len(cells) == 1 < columns else ""
            cells += [""] * (columns - len(cells)) if not wide else []
            if row.bar is not None:
                cells[-1] += _bar(row)
            rows.append(f"<tr>{head if number == 0 else ''}{''.join(f'<td{wide}>{cell}</td>' for cell in cells)}</tr>")
        return "".join(rows)

    def _line(self, line: Line) -> str:
        return "".join(map(self._span, line))

    def _span(self, span: Span) -> str:
        if span.role == "cite":
            return self._cite(span.text)
        text = escape(span.text)
        bare = span.text.strip(f" {TIE}")
        if span.role == "danger" and bare == "!":
            text = '<span aria-hidden="true">! </span><span class="hidden">serious: </span>'
        if is_address(span.link):
            text = f'<a href="{escape(span.link)}" rel="noreferrer">{text}</a>'
        if span.role in ("strong", "warn", "danger"):
            return f'<strong class="{span.role}">{text}</strong>'
        return f'<span class="{span.role}">{text}</span>' if span.role in ("dim", "words", "accent", "bar") else text

    def _cite(self, text: str) -> str:
        bare = text.strip(f" {TIE}")
        marks = re.sub(r"\d+", self._reference, escape(bare)) if self._defined and bare.startswith("[") else escape(bare)
        return f'<sup class="cite">{marks}</sup>' if bare.startswith("[") else f'<span class="cite">{marks}</span>'

    def _reference(self, match: re.Match[str]) -> str:
        number = match[0]
        if number not in self._defined:
            return number
        self._cited[number] += 1
        place = f"{self._prefix}-from{number}-{self._cited[number]}"
        return f'<a id="{place}" href="#{self._prefix}-source{number}" aria-label="source {number}">{number}</a>'

    def _anchor(self, line: Line) -> str:
        number = _definition(line)
        return f' id="{self._prefix}-source{number}"' if number else ""

    def _back(self, line: Line) -> str:
        """Return the links from a source to where it is cited."""
        number = _definition(line)
        place = f"{self._prefix}-from{number}"
        links = [
            f'<a href="#{place}-{count}" aria-label="back to citation {count} of source {number}">↩{count}</a>'
            for count in range(1, self._cited[number] + 1)
        ]
        return f' <span class="back">{"".join(links)}</span>' if number and links else ""


def _bar(row: Row) -> str:
    """Return a bar; what it shows is said in words, since a figure of an arm or a range may stand beside it in any form."""
    said = " ".join("".join(span.text for span in line) for cell in row.cells[1:] for line in cell) or "bar"
    share = round(row.bar.high * 100, 1) if row.bar else 0
    return f'<span class="bar" role="img" aria-label="bar: {escape(said)}"><span style="width:{share:g}%"></span></span>'


def _table(view: Table) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in view.columns)
    rows = "".join(
        f'<tr><th scope="row">{_indented(first)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in rest)}</tr>'
        for first, *rest in view.rows
    )
    return _scrolling(f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>", " ".join(view.columns))


def _indented(text: str) -> str:
    bare = text.lstrip(" ")
    return "\u2003" * ((len(text) - len(bare)) // 2) + escape(bare)


def _scrolling(table: str, label: str) -> str:
    """Return a table that scrolls by itself, by keys as well, where it is wider than the page."""
    return f'<div class="scroll" role="group" aria-label="{escape(label)}" tabindex="0">{table}</div>'
