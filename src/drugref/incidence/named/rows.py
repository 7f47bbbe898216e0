"""Rows of a table that a label's text has flattened: terms in front of figures whose columns cannot be told."""

import re

from drugref.incidence.named.lists import is_harm
from drugref.incidence.prose.shares import SPELLINGS
from drugref.incidence.prose.terms import effect
from drugref.incidence.systems import kind_of
from drugref.incidence.tables.row_terms import leans, names_no_effect

_NUMBER = r"(?:[<>≤≥~]\ ?)?\d{1,4}(?:[.,]\d{1,3})?\ ?%?"
_FIGURE = (
    rf"(?:{_NUMBER}(?:\ ?\(\ ?{_NUMBER}(?:,\ ?{_NUMBER})?\ ?\)|\ ?/\ ?\d+)?|\(\ ?{_NUMBER}\ ?\)|"
    r"[-–](?=\ [-–\d])|(?<=\d\ )[-–](?=\ |$)|\bNR\b|\bNA\b)"
)
_CELLS = re.compile(
    rf"(?<![\w.,/<>≤≥-])(?<!Grade\ )(?<!Grades\ )(?<!Table\ )(?:{_FIGURE}[*†‡§a-e]?(?:\ |$)){{1,16}}", re.VERBOSE
)
_CELL = re.compile(_FIGURE, re.VERBOSE)
_LONGEST = 110
"""Characters that may stand between the figures of two rows."""
_FEWEST = 3
"""Rows that make a table."""
_FOOTNOTE = re.compile(r"(?:(?<=[a-z)])|\s)\s*(?:\([a-z0-9]\)|[*†‡§¶#^]+|(?<=\s)[a-h](?:,\s?[a-h])*)$")
"""A footnote's mark."""


def without_rows(text: str) -> tuple[list[str], str]:
    """Return the effects in the first column of flattened tables, and the text without these tables.

    >>> without_rows("They had: Eye disorders Dry eye 12 (3) 4 (1) Rash a 3 (1) 2 (1) Nausea 15 (4) 8 (2) This was all.")
    (['dry eye', 'rash', 'nausea'], 'They had: Eye disorders . This was all.')
    """
    text = " ".join(text.translate(SPELLINGS).split())
    plain = _SEE.sub(lambda match: match[0].translate(_NO_DIGITS), text)
    found: list[str] = []
    out: list[str] = []
    run: list[tuple[int, int, str, int]] = []
    at = kept = 0

    def end() -> None:
        nonlocal kept
        if len(run) >= _FEWEST:
            names = [name for *_, term, _ in run if (name := term_of(term))]
            if 2 * sum(map(is_harm, names)) >= len(run):
                found.extend(name for name in names if is_harm(name))
                out.append(text[kept : run[0][0]])
                kept = run[-1][1]
        run.clear()

    for cells in _CELLS.finditer(plain):
        term = plain[at : cells.start()].strip()
        number = len(_CELL.findall(cells[0]))
        single = number == 1 and "%" not in cells[0] and "(" not in cells[0]
        fits = 3 <= len(term) <= _LONGEST and not re.search(r"[.;:]\s", term) and not (single and run and run[-1][3] != 1)
        if not fits:
            end()
            term = _last_words(term)
        if re.search(r"[A-Za-z]{3}", term):
            run.append((cells.start() - len(term) - 1, cells.end(), term, number))
        at = cells.end()
    end()
    return list(dict.fromkeys(found)), " . ".join([*map(str.strip, out), text[kept:].strip()]) if out else text


_SEE = re.compile(r"\[\s*see[^\[\]]*\]|\(\s*see\b[^()]*(?:\([^()]*\)[^()]*){0,4}\)", re.IGNORECASE)
"""A reference to a section, the number of which is no figure of a row."""
_NO_DIGITS = str.maketrans("0123456789", "xxxxxxxxxx")


def _last_words(text: str) -> str:
    """Return what may be the first row's term behind the heads of a table."""
    capitals = [match.start() for match in re.finditer(r"(?<![\w(])[A-Z]", text[-_LONGEST:])]
    return text[-_LONGEST:][capitals[-1] :] if capitals else ""


def term_of(text: str) -> str | None:
    """Return the effect that a row is of, without the body system over it and marks of footnotes."""
    text = _FOOTNOTE.sub("", text.strip(" -–|*"))
    words = text.split()
    for number in range(min(len(words) - 1, 8), 0, -1):
        above, term = " ".join(words[:number]), " ".join(words[number:])
        kind = kind_of(above) if words[number][0].isupper() else None
        if kind == "system" or (kind and (name := effect(term)) and is_harm(name)):
            text = term
            break
    return None if names_no_effect(text) or leans(text) else effect(text)
