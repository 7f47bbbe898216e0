"""One sentence a line, for screen readers and for terminals that can do no more: no columns, no bars, signs as words."""

import re
from collections.abc import Iterator

from drugref.pages.view import TIE, Bullets, Card, Grid, Line, Page, Paragraph, Row, Span, Table, Told, View
from drugref.terminal import Style
from drugref.text import to_ascii


def render(views: list[View], style: Style) -> str:
    """Return views as lines, each of which makes sense by itself; the reader's program folds them."""
    blocks = ("\n".join(_view(view)) for view in views)
    text = "\n\n".join(block for block in blocks if block) + "\n"
    return to_ascii(text) if style.ascii_only else text


def _view(view: View) -> Iterator[str]:
    if isinstance(view, Page):
        return _page(view)
    return _card(view) if isinstance(view, Card) else _table(view)


def _card(card: Card) -> Iterator[str]:
    yield _sentence(", ".join(filter(None, map(spoken, (card.title, card.names, card.kind)))))
    for line in card.lead:
        yield from _sentences(_line(line))
    for told in card.before:
        yield from _told(told)
    for label, line in card.pairs:
        yield _sentence(_labelled(_heard(label), _line(line)))
    for told in card.after:
        yield from _told(told)
    for line in card.foot:
        yield from _sentences(_line(line))


def _told(told: Told) -> Iterator[str]:
    items = "; ".join(filter(None, map(_line, told.items)))
    yield from _sentences(_labelled(_heard(told.label), items))


def _heard(label: str) -> str:
    """Return a label in lower case: capitals may be spelled out letter by letter."""
    return spoken(label).strip(" ").capitalize()


def _page(page: Page) -> Iterator[str]:
    if page.title:
        yield _sentence(spoken(page.title))
    for line in page.subtitle:
        yield from _sentences(_line(line))
    for section in page.sections:
        yield ""
        if section.title:
            yield f"{spoken(section.title)}:"
        for block in section.blocks:
            yield from _block(block)
    if page.foot:
        yield ""
        yield from _sentences(_line(page.foot))


def _block(block: Grid | Bullets | Paragraph) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield from _sentences(_line(block.line))
    elif isinstance(block, Bullets):
        for item in block.items:
            yield from _sentences(_line(item))
    else:
        for group in block.groups:
            label = ", ".join(filter(None, map(_line, group.label)))
            for row in group.rows:
                yield from _row(label, row, block)


def _row(label: str, row: Row, grid: Grid) -> Iterator[str]:
    headings = grid.headings[1:]
    if len(row.cells) == 1 and len(headings) < 2:
        for line in row.cells[0]:
            yield from _sentences(_labelled(label, _line(line)))
        return
    said = []
    for number, cell in enumerate(row.cells):
        text = ", ".join(filter(None, map(_line, cell)))
        # The first cell says itself what it is, unless all are alike, as in a comparison.
        heading = spoken(headings[number]) if number < len(headings) and (number or grid.even) else ""
        if text:
            said.append(f"{heading} {text}" if heading else text)
    yield _sentence(_labelled(label, "; ".join(said)))


def _labelled(label: str, text: str) -> str:
    return f"{label}: {text}" if label and text else label or text


def _table(table: Table) -> Iterator[str]:
    for first, *rest in table.rows:
        said = [f"{column} {spoken(cell)}" for column, cell in zip(table.columns[1:], rest, strict=True) if cell]
        yield _sentence(_labelled(spoken(first).strip(), "; ".join(said)))


def _line(line: Line) -> str:
    text = "".join(map(_span, line))
    return _CITED_LATE.sub(r" \2\1", re.sub(r"\s+", " ", text).strip())


def _span(span: Span) -> str:
    bare = span.text.strip(f" {TIE}")
    if span.role == "cite":
        named = re.findall(r"\[([^\]]*)\]", bare)
        many = "s" if len(named) > 1 or any(mark in name for name in named for mark in ",;") else ""
        return f" (source{many} {', '.join(named)})" if named else f"source {bare}"
    if span.role == "danger" and bare.startswith("!"):
        return " serious: " if len(bare) == 1 else ""  # else it explains the sign, which is a word here
    if bare in _SIGNS:
        return f" {_SIGNS[bare]} "
    return spoken(span.text)


_SIGNS = {"=": "alike:", "≠": "not alike:"}
_WORDS = (
    (re.compile(r"(?<=[\d%])\s?–\s?(?=\d)"), " to "),
    (re.compile(r"≥\s?"), "at least "),
    (re.compile(r"≤\s?"), "at most "),
    (re.compile(r">\s?(?=\d)"), "above "),
    (re.compile(r"<\s?(?=\d)"), "below "),
    (re.compile(r"(?<=[\d%])\s?±\s?(?=\d)"), " plus or minus "),
    (re.compile(r"\s*[·›]\s*"), ", "),
    (re.compile(r"\s[–—>]\s(?!\d)"), ", "),
    (re.compile(r"\s*→\s*"), " to "),
    (re.compile(r"\bvs\b"), "versus"),
    (re.compile(r"[\u2190-\u21ff\u2300-\u27bf]"), ""),
)
"""Signs that are read out badly or not at all, and what is said for them; arrows, frames, blocks and marks are dropped."""


def spoken(text: str) -> str:
    """Return text with its signs as words.

    >>> spoken("≥ 1 in 100: 10–63 % vs < 5 %")
    'at least 1 in 100: 10 to 63 % versus below 5 %'
    """
    said = text.replace(TIE, " ")
    if not said.isascii() or "<" in said or ">" in said or "vs" in said:
        for sign, words in _WORDS:
            said = sign.sub(words, said)
    return said


_CITED_LATE = re.compile(r"([.!?]) (\(sources? [^)]*\))")
"""A source after the end of its sentence, which a voice would read as a sentence of its own."""
_END = re.compile(r"(?<=[a-zµ)\]”%\d]{2}[.!?]) (?=[A-Z“(])")
_SHORT = ("e.g.", "i.e.", "al.", "vs.", "St.", "Dr.", "No.", "ca.", "approx.", "spp.", "Inc.", "Ltd.", "Co.", "Corp.")


def _sentences(text: str) -> Iterator[str]:
    """Yield the sentences of running text, each with its sources."""
    start = 0
    for end in _END.finditer(text):
        if not text[start : end.start()].endswith(_SHORT):
            yield _sentence(text[start : end.end()])
            start = end.end()
    if rest := text[start:].strip():
        yield _sentence(rest)


def _sentence(text: str) -> str:
    """End a sentence, so that a voice falls."""
    text = text.strip()
    return text if not text or text.endswith((".", "!", "?", ":")) else f"{text}."
