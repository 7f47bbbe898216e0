"""A card fitted to a screen: which items of its lines there is room for. Plain lines in, plain lines out."""

import re
from typing import NamedTuple

from drugref.pages.view import Card, Line, Span, Told

LABEL = 15
"""Columns of a card's labels, with the space behind them."""
_DOT = " · "


class Laid(NamedTuple):
    """A card as lines: what each belongs to, and its text."""

    told: list[tuple[Told, list[Line]]]
    pairs: list[list[Line]]
    """The rows of the block of pairs."""


def fitted(card: Card, width: int, height: int) -> Laid:
    """Return the lines of a card that stand on a screen.

    What there is no room for is counted at the end of its line: items first; then, if that makes it fit, the last clauses of
    what is said of groups of patients. What forbids the drug is never left out.
    """
    room = height - len(_fixed(card, width))
    text = width - LABEL
    entries = (*card.before, *card.after)
    told = [_Shown(entry.items, _DOT, entry.kept, text) for entry in entries]
    answers = [_Shown(_clauses(line), "; ", 1, text) for _, line in card.pairs]

    def rows() -> list[list[Line]]:
        return _pairs([(label, shown.line()) for (label, _), shown in zip(card.pairs, answers, strict=True)], width)

    def over(rows: list[list[Line]]) -> bool:
        return sum(len(shown.lines) for shown in told) + sum(map(len, rows)) > room

    laid = whole = rows()
    while over(laid) and _yields(told):
        pass
    while over(laid) and _yields(answers):
        laid = rows()
    # Where that is not enough nothing is gained by what is left out of the answers: its reader will turn back anyway.
    return Laid(list(zip(entries, (shown.lines for shown in told), strict=True)), whole if over(laid) else laid)


class _Shown:
    """Items of which as many stand as there is room for."""

    def __init__(self, items: list[Line], joint: str, kept: int, width: int) -> None:
        self.items, self.joint, self.kept, self.width, self.number = items, joint, kept, width, len(items)
        self.lines = folded(self.line(), width)

    def line(self, number: int | None = None) -> Line:
        """Return some of the items in a line, as many as stand if no number is given, with the number of the others."""
        number = self.number if number is None else number
        line: Line = []
        for item in self.items[:number]:
            line += [Span(self.joint), *item] if line else item
        left = len(self.items) - number
        return [*line, Span(f"{_DOT}{left} more", "words")] if left else line

    def yields(self) -> bool:
        """Leave out as few items as make it a line shorter; False if none may be, or none would."""
        if not self.kept or len(self.lines) < 2:
            return False
        for number in range(self.number - 1, self.kept - 1, -1):
            lines = folded(self.line(number), self.width)
            if len(lines) < len(self.lines):
                self.number, self.lines = number, lines
                return True
        return False


def _yields(shown: list[_Shown]) -> bool:
    """Let the longest of some lists that may yield give up a line of text; False if none can."""
    longest = sorted(shown, key=lambda entry: (len(entry.lines), entry.number), reverse=True)
    return any(entry.yields() for entry in longest)


def _clauses(line: Line) -> list[Line]:
    """Return an answer in clauses that may be left out from the last one on; what forbids is the first of them, whole."""
    forbids = [span for span in line if span.role == "danger"]
    clauses: list[Line] = [forbids] if forbids else []
    for span in line:
        if span.role != "danger":
            text = span.text.removeprefix("; ") if forbids else span.text
            clauses += [[Span(clause, span.role)] for clause in _CLAUSE.split(text)]
    return clauses


_CLAUSE = re.compile(r"; (?![^()]*\))")
"""Where a clause ends, not in brackets."""


def _fixed(card: Card, width: int) -> list[Line]:
    """Return the lines of a card whose room does not depend on the others: head, lead and foot."""
    lead = [line for text in card.lead for line in folded(text, width)]
    foot = [line for text in card.foot for line in folded(text, width)]
    return [*head(card, width), *lead, *foot]


def head(card: Card, width: int) -> list[Line]:
    """Return the first line of a card: name, brands, class and code; on a narrow screen the class stands on lines of its own.

    Brands that have no room there are left to the whole page, from the last one on.
    """
    brands = card.names.split(", ") if card.names else []
    least = len(card.title) + 2 + len(card.kind)
    below = folded([Span(card.kind)], width) if least > width else []
    room = width - len(card.title) - 2 - (0 if below else len(card.kind) + 2)
    while brands and len(", ".join(brands)) > room:
        brands.pop()
    names = f"  {', '.join(brands)}" if brands else ""
    kind = "" if below else card.kind.rjust(width - len(card.title) - len(names))
    return [[Span(card.title, "strong"), Span(names), Span(kind)], *below]


def _pairs(pairs: list[tuple[str, Line]], width: int) -> list[list[Line]]:
    """Return the block of pairs as rows of lines, two pairs side by side where both fit their half, else one below another."""
    left = width // 2
    waiting = list(pairs)
    rows: list[list[Line]] = []
    while waiting:
        label, line = waiting.pop(0)
        beside = next((pair for pair in waiting if _length(pair[1]) <= width - left - LABEL), None)
        if beside and _length(line) < left - LABEL:
            waiting.remove(beside)
            space = Span(" " * (left - LABEL - _length(line)))
            rows.append([[_labelled(label), *line, space, _labelled(beside[0]), *beside[1]]])
        else:
            first, *rest = folded(line, width - LABEL)
            rows.append([[_labelled(label), *first], *([_labelled(""), *more] for more in rest)])
    return rows


def _labelled(label: str) -> Span:
    return Span(f"{label:<{LABEL}}", "strong")


def folded(line: Line, width: int) -> list[Line]:
    """Return a line as lines of at most some width, broken at spaces; a longer word runs over."""
    lines: list[Line] = [[]]
    used, spaced = 0, False
    for span in line:
        for number, word in enumerate(span.text.split(" ")):
            spaced = spaced or number > 0
            if not word:
                continue
            if used and spaced and used + 1 + len(word) > width:
                lines.append([])
                used = 0
            space = " " if used and spaced else ""
            lines[-1].append(Span(space + word, span.role, span.link))
            used += len(space) + len(word)
            spaced = False
    return lines


def _length(line: Line) -> int:
    return sum(len(span.text) for span in line)
