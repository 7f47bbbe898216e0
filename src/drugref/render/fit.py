"""A card fitted to a screen: which items of its lines there is room for. Plain lines in, plain lines out."""

from drugref.pages.view import Card, Line, Span, Told

LABEL = 15
"""Columns of a card's labels, with the space behind them."""
_DOT = " · "


def fitted(card: Card, width: int, height: int) -> list[tuple[Told, list[Line]]]:
    """Return the lines of a card: what they belong to, and its text in lines that fit.

    What there is no room for is counted at the end of its line; what forbids the drug is never left out.
    """
    room = height - len(fixed(card, width))
    told = [*card.before, *card.after]
    numbers = [len(entry.items) for entry in told]
    text = width - LABEL

    def lines_of(place: int) -> list[Line]:
        return folded(_items(told[place], numbers[place]), text)

    laid = [lines_of(place) for place in range(len(told))]
    while sum(map(len, laid)) > room:
        free = [
            place for place, entry in enumerate(told) if entry.kept and numbers[place] > entry.kept and len(laid[place]) > 1
        ]
        if not free:
            break
        place = max(free, key=lambda place: (len(laid[place]), numbers[place]))
        lines = len(laid[place])
        while numbers[place] > told[place].kept and len(laid[place]) == lines:
            numbers[place] -= 1
            laid[place] = lines_of(place)
    return list(zip(told, laid, strict=True))


def fixed(card: Card, width: int) -> list[Line]:
    """Return the lines of a card whose room does not depend on the others: head, lead, pairs and foot."""
    lead = [line for text in card.lead for line in folded(text, width)]
    foot = [line for text in card.foot for line in folded(text, width)]
    return [*head(card, width), *lead, *(line for row in pairs(card, width) for line in row), *foot]


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


def pairs(card: Card, width: int) -> list[list[Line]]:
    """Return the block of pairs as rows of lines, two pairs side by side where both fit their half, else one below another."""
    left = width // 2
    waiting = list(card.pairs)
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


def _items(entry: Told, number: int) -> Line:
    line: Line = []
    for item in entry.items[:number]:
        line += [Span(_DOT), *item] if line else item
    left = len(entry.items) - number
    return [*line, Span(f"{_DOT}{left} more", "words")] if left else line


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
