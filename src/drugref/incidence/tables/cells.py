"""One cell of an incidence table: which share of patients it gives, or why that cannot be told."""

import re
from functools import lru_cache
from typing import Literal

from drugref.model import Incidence

Unit = Literal["percent", "count", "count-percent", "percent-count"]
"""What the figures of a column are, as its head or the table's caption says: shares, patients, or one beside the other."""

NOT_ONE = "a cell that is not one percentage"
DISAGREE = "a cell whose number of patients and percentage do not agree"
NO_UNIT = "a cell that does not say that its number is a percentage"


class CellError(ValueError):
    """A cell that may give a share and was not understood; the message is the doubt."""


_NIL = re.compile(
    r"[-–—−‑.…\s]*|n\.?[rads]\.?|n/[ar]|none|nil|not (?:reported|applicable|available|seen|observed)", re.IGNORECASE
)
_NUMBER = r"(?:\d+(?:\.\d+)?|\.\d+)"
_SHARE = rf"(?P<share>[<>≤≥]?{_NUMBER}(?:%?[-–]{_NUMBER})?)"
_COUNT = r"(?:n=)?(?P<count>\d{1,3}(?:,\d{3})+|\d+)(?:(?:/| of )(?P<total>\d{1,3}(?:,\d{3})+|\d+))?"
_ALONE = re.compile(rf"\(?{_SHARE}(?P<sign>%?)\)?%?")
_COUNT_FIRST = re.compile(rf"{_COUNT}(?:[,;]? ?\(|[,;]? ){_SHARE}(?P<sign>%?)\)?(?P<after>%?)")
_SHARE_FIRST = re.compile(rf"{_SHARE}(?P<sign>%?)(?:[,;]? ?\(|[,;]? ){_COUNT}\)?")
_NOBODY = re.compile(r"0(?:\.0+)?%?(?: ?\(0(?:\.0+)?%?\))?")
_TIDY = (
    (re.compile(r"<="), "≤"),
    (re.compile(r">="), "≥"),
    (re.compile(r"\bless than\b|&lt;", re.IGNORECASE), "<"),
    (re.compile(r"\bpercent\b", re.IGNORECASE), "%"),
    (re.compile(r"(?<=[\d%]) ?(?:to|−|‑|—) ?(?=\d)"), "-"),
    (re.compile(r"\s*([<>≤≥/=–-])\s*"), r"\1"),
    (re.compile(r"\s+(?=[%)\]])"), ""),
    (re.compile(r"[(\[]\s*"), "("),
    (re.compile(r"\]"), ")"),
    (re.compile(r"(?<=\d)[a-g]$"), ""),  # a footnote's letter that is not raised
)


@lru_cache(maxsize=2048)  # a table shows the same few figures again and again, and each is looked at several times
def tidy(text: str) -> str:
    """Return a cell's text with signs and spaces in one form."""
    for pattern, form in _TIDY:
        text = pattern.sub(form, text)
    return text.strip()


def is_nil(text: str) -> bool:
    """Tell whether a cell says that there is nothing, or nothing at all: a dash, NR, white space."""
    return _NIL.fullmatch(text) is not None


@lru_cache(maxsize=2048)
def is_figure(text: str) -> bool:
    """Tell whether a cell holds what can be a share of patients, alone or with a number of patients, and nothing else."""
    form = tidy(text)
    matches = (pattern.fullmatch(form) for pattern in (_ALONE, _COUNT_FIRST, _SHARE_FIRST))
    return any(match and float(re.split("[<>≤≥–-]", match["share"])[-1].rstrip("%")) <= 100 for match in matches)


def is_in_parentheses(text: str) -> bool:
    """Tell whether a cell is one figure in parentheses, as where a number and its percentage have a cell each."""
    form = tidy(text)
    return form.startswith("(") and _ALONE.fullmatch(form) is not None


def share_in(text: str, unit: Unit | None, patients: int | None) -> Incidence | None:
    """Return the share of patients in a cell, None where it gives none; raise CellError where it cannot be told.

    ``patients`` is the number of patients of the arm, if the table says it; a number of patients beside the percentage
    is checked against it.
    """
    if is_nil(text):
        return None
    form = tidy(text)
    if _NOBODY.fullmatch(form):
        return _incidence("0")
    if match := _ALONE.fullmatch(form):
        if not (form.endswith("%") or "%" in form or unit == "percent"):
            if unit in ("count-percent", "percent-count"):
                raise CellError(NOT_ONE)
            raise CellError(NO_UNIT)
        return _incidence(match["share"])
    first, second = _COUNT_FIRST.fullmatch(form), _SHARE_FIRST.fullmatch(form)
    if first and second:
        first, second = _chosen(first, second, unit, patients)
    match = first or second
    # Two shares in one cell are all grades and severe ones, or two arms.
    if match is None or form.count("%") > 1:
        raise CellError(NOT_ONE)
    said = unit in ("count-percent", "percent-count") or "%" in form or match["total"] or "n=" in form
    if not said and (patients is None or not _agree(match, patients)):
        raise CellError(NOT_ONE)
    total = _whole(match["total"]) if match["total"] else patients
    if total is not None and not _agree(match, total):
        raise CellError(DISAGREE)
    return _incidence(match["share"])


Pair = tuple[re.Match[str] | None, re.Match[str] | None]


def _chosen(first: re.Match[str], second: re.Match[str], unit: Unit | None, patients: int | None) -> Pair:
    """Return which of two readings of ``7 (3)`` holds: the number of patients first, or the percentage first."""
    if "%" in first.string:
        return (first, None) if first["sign"] or first["after"] else (None, second)
    if first["total"] or second["total"]:
        return (first, None) if first["total"] else (None, second)
    if unit in ("count-percent", "percent-count"):
        return (first, None) if unit == "count-percent" else (None, second)
    if patients is not None and _agree(first, patients) and not _agree(second, patients):
        return first, None
    return None, None


def _agree(match: re.Match[str], patients: int) -> bool:
    """Tell whether the number of patients makes the percentage, give or take one unit of its last place."""
    count, share = _whole(match["count"]), match["share"]
    if patients <= 0 or count > patients:
        return False
    percent = 100 * count / patients
    if share[0] in "<≤":
        return percent <= float(share[1:])
    if share[0] in ">≥" or re.search("[-–]", share):
        return True
    decimals = len(share.partition(".")[2])
    return abs(percent - float(share)) < 10.0**-decimals


def _whole(digits: str) -> int:
    return int(digits.replace(",", "")[:9])


def _incidence(share: str) -> Incidence:
    try:
        return Incidence.parse(re.sub(r"(?<!\d)\.", "0.", share.replace("%", "")) + " %")
    except ValueError:
        raise CellError(NOT_ONE) from None
