"""Figures of tables that a label's text has flattened, where the columns are beyond doubt: the drug's and a placebo's share."""

import re

from drugref.incidence.figures import Figure
from drugref.incidence.named.lists import is_harm
from drugref.incidence.named.rows import term_of
from drugref.incidence.prose.scopes import population_in
from drugref.incidence.prose.shares import SPELLINGS
from drugref.lexicon.comparators import PLACEBO
from drugref.lexicon.patterns import either
from drugref.model import Incidence

FLAT = "a flattened table of two columns"
_SIZE = r"\(?\ ?[Nn]\ ?=\ ?[\d,]{2,7}\ ?\)?"
_UNIT = r"(?:\ \(?(?:%|percent)\)?)?"
_ARM = r"(?P<{}>[A-Z](?:(?!\ [Nn]\ ?=)[^.;:%|=]){{2,60}}?)"
_PLACEBO = rf"(?:{either(PLACEBO)})"
_HEAD = re.compile(
    rf"""(?<!\w)(?:{_ARM.format("first")}\ {_SIZE}{_UNIT}\ (?P<second>{_PLACEBO})\ {_SIZE}{_UNIT}|
    (?P<before>{_PLACEBO})\ {_SIZE}{_UNIT}\ {_ARM.format("behind")}\ {_SIZE}{_UNIT})\ (?=[A-Z])""",
    re.VERBOSE | re.IGNORECASE,
)
"""The heads of two arms with their sizes, one of them a placebo's."""
_SHARE = r"(?P<{}>[<≤]?\ ?\d{{1,2}}(?:\.\d{{1,2}})?)\ ?%"
_ROW = re.compile(
    rf"(?P<term>[A-Z][^%|]{{2,80}}?) {_SHARE.format('one')}[*†‡§a-e]? {_SHARE.format('other')}[*†‡§a-e]?(?: |$)(?!\d)"
)
_FEWEST = 3
"""Rows that make a table."""
_CAPTION = re.compile(r"\bTable \d+\b", re.IGNORECASE)
_LONGEST = 500
"""Characters before the heads in which the caption may stand."""
_SIZED, _NEAR = re.compile(r"\b[Nn] ?= ?\d"), 60
"""The size of another arm, and how near before the heads it would stand."""


def read_flat(text: str) -> list[Figure]:
    """Return the figures of flattened tables with two columns, the drug's and a placebo's, that have rows one after another.

    A table with more columns, or one whose figures could be of another column, gives nothing.

    >>> head = "Table 1: Reactions Examplin N=807 Placebo N=258 "
    >>> [str(f.incidence) for f in read_flat(head + "Nausea 11.0% 7.0% Rash 8.3% 3.5% Cough 4.2% 3.9% It was so.")]
    ['11.0 %', '8.3 %', '4.2 %']
    """
    if "%" not in text or "=" not in text:
        return []
    plain = " ".join(text.translate(SPELLINGS).replace("|", " ").split())
    found: list[Figure] = []
    for head in _HEAD.finditer(plain):
        rows, at = [], head.end()
        while row := _ROW.match(plain, at):
            rows.append(row)
            at = row.end()
        named = [(row, term) for row in rows if (term := term_of(row["term"])) and is_harm(term)]
        if (
            len(rows) < _FEWEST
            or 2 * len(named) < len(rows)
            or _SIZED.search(plain, max(0, head.start() - _NEAR), head.start())
        ):
            continue
        end = head.end("first" if head["first"] else "before")
        caption = plain[max(0, end - _LONGEST) : end]
        starts = [match.start() for match in _CAPTION.finditer(caption)]
        population = population_in(caption[starts[-1] :]) if starts else None
        for row, term in named:
            mine, theirs = (row["one"], row["other"]) if head["first"] else (row["other"], row["one"])
            incidence = Incidence.parse(f"{mine} %")
            if incidence.high:
                found.append(Figure(term, incidence, Incidence.parse(f"{theirs} %"), None, population, row[0].strip(), (FLAT,)))
    return found
