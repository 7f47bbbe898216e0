"""How the order of shares and arms in a statement ties them together: a table of named arrangements."""

import re
from collections.abc import Callable
from typing import NamedTuple

from drugref.incidence.prose.marks import ARM, DOSE, MARK, OTHER, PLACEBO, SAME_PLACEBO, SHARE, UNMARKED
from drugref.lexicon.comparators import AGAINST
from drugref.lexicon.patterns import either

Pairs = list[tuple[str, str]]
"""Shares, each with the arm that it is of; an empty arm is the one that the statement does not name."""


class Told(NamedTuple):
    """The share of an arm that was given the drug, with that of the arm it is compared with, as marks of a sentence."""

    share: str
    arm: str = ""
    """The arm; empty where the sentence names none."""
    comparator: str = ""
    """The comparator's share; empty where there is none."""
    versus: str = ""
    """The comparator's arm; empty for placebo."""
    rule: str = ""
    """Name of the arrangement that tied them."""


def _at(*places: tuple[int, int | str]) -> Callable[[list[str]], Pairs | None]:
    """Return what pairs the marks at some places; text in place of an arm's stands for itself."""
    return lambda marks: [(marks[share], arm if isinstance(arm, str) else marks[arm]) for share, arm in places]


_VERSUS = rf"\b{either(AGAINST)}\b"


class Arrangement(NamedTuple):
    """An order in which shares and arms stand."""

    name: str
    kinds: str
    """Pattern of the whole order: S for a share, D for an arm given the drug, P for placebo, O for another."""
    pairs: Callable[[list[str]], Pairs | None]
    """Ties the marks of the statement; None where a doubt is left."""
    example: str
    """A statement of the kind on examplin, which 12 % had, and where it says so 3 % of the others."""
    needs: str = ""
    """Pattern that the statement has to hold."""
    beside: bool = False
    """Whether it holds only for a statement within a sentence that compares with a placebo outside of it."""


ARRANGEMENTS = (
    Arrangement(
        "in the order named",
        ".*",
        lambda marks: _in_order(marks),
        "12% and 3% with examplin and placebo, respectively",
        needs=r"respectively|in that order",
    ),
    Arrangement("one share", "S", _at((0, "")), "12% of patients"),
    Arrangement("the second share of another arm", "SS[PO]", _at((0, ""), (1, 2)), "12% and 3% with placebo"),
    Arrangement(
        # Not "12% on placebo, 3%".
        "another arm before its share, behind a comma",
        "S[PO]S",
        _at((0, ""), (2, 1)),
        "12%, placebo 3%",
        needs=f"{SHARE}[,;] ?(?:{PLACEBO}|{OTHER})",
    ),
    Arrangement(
        "the drug's share against the sentence's placebo",
        "SDS",
        _at((0, 1), (2, SAME_PLACEBO)),
        "12% with examplin vs 3%",
        needs=_VERSUS,
        beside=True,
    ),
    Arrangement(
        "a share against the sentence's placebo", "SS", _at((0, ""), (1, SAME_PLACEBO)), "12% vs 3%", needs=_VERSUS, beside=True
    ),
    Arrangement(
        "the drug behind its share, another arm before its own",
        "SD[PO]S",
        _at((0, 1), (3, 2)),
        "12% with examplin, placebo 3%",
        needs=rf"[(,;] ?(?:vs\.? )?(?:{PLACEBO}|{OTHER}):? ?{SHARE}",
    ),
    Arrangement(
        "the drug before its share, placebo behind its own", "DSSP", _at((1, 0), (2, 3)), "examplin 12% and 3% with placebo"
    ),
    Arrangement(
        # Not "12%, examplin 3% on placebo", where it is not clear which share is whose.
        "each arm behind its share",
        "(?:S[DPO])+",
        lambda marks: list(zip(marks[::2], marks[1::2], strict=True)),
        "12% with examplin and 3% with placebo",
        needs=rf"^(?!{SHARE}[,;] ?{ARM}.*{SHARE})",
    ),
    Arrangement(
        "each arm before its share",
        "(?:[DPO]S)+",
        lambda marks: list(zip(marks[1::2], marks[::2], strict=True)),
        "examplin 12%, placebo 3%",
    ),
    Arrangement(
        "both arms named, then named again with their shares",
        r"D([PO])SDS\1",
        _at((2, 3), (4, 5)),
        "examplin more often than placebo (12% examplin vs 3% placebo)",
    ),
    Arrangement(
        "both arms named, then their shares",
        "D[PO]SS",
        _at((2, 0), (3, 1)),
        "examplin more often than placebo (12% vs 3%)",
        needs=f"{SHARE}{UNMARKED}*{_VERSUS}[^\ue000-\uf8ff]*{SHARE}",
    ),
)
"""Orders that are understood, the first that fits; a statement in another one is a doubt."""


def told(text: str, *, compared: bool = False) -> list[Told] | None:
    """Tie the shares of a marked statement to its arms; None where their order leaves a doubt, empty if all are of other arms.

    ``compared`` says that the sentence compares with a placebo outside the statement, so that "7 % vs 3 %" can be told.
    """
    marks = re.findall(MARK, text)
    kinds = "".join(_kind(mark) for mark in marks)
    for rule in ARRANGEMENTS:
        if (compared or not rule.beside) and re.fullmatch(rule.kinds, kinds) and re.search(rule.needs, text, re.IGNORECASE):
            pairs = rule.pairs(marks)
            return None if pairs is None else _compared(pairs, rule.name)
    return None


def _in_order(marks: list[str]) -> Pairs | None:
    if any(re.match(DOSE, mark) for mark in marks):
        # "in patients given examplin 10 and 20 mg": the drug's name is no arm beside its doses.
        marks = [mark for mark in marks if _kind(mark) != "D" or re.match(DOSE, mark)]
    kinds = "".join(_kind(mark) for mark in marks)
    match = re.fullmatch("(?P<shares>S+)(?P<arms>[DPO]+)(?:S[PO])?|(?P<first>[DPO]+)(?P<last>S+)", kinds)
    if not match or len(match["shares"] or match["first"]) != len(match["arms"] or match["last"]):
        return None
    half = len(match["shares"] or match["first"])
    shares, arms = marks[:half], marks[half : 2 * half]
    pairs = list(zip(shares, arms, strict=True) if match["shares"] else zip(arms, shares, strict=True))
    return [*pairs, *zip(marks[2 * half :: 2], marks[2 * half + 1 :: 2], strict=True)]


def _kind(mark: str) -> str:
    return "S" if mark < "\ue800" else "D" if mark < "\uec00" else "P" if mark < "\uf000" else "O"


def _compared(pairs: Pairs, rule: str) -> list[Told] | None:
    placebo = [pair for pair in pairs if pair[1] and _kind(pair[1]) == "P"]
    others = [pair for pair in pairs if pair[1] and _kind(pair[1]) == "O"]
    if len(placebo) > 1 or (not placebo and len(others) > 1):
        return None
    share, arm = (placebo or others or [("", "")])[0]
    return [Told(mine, whose, share, "" if placebo else arm, rule) for mine, whose in pairs if not whose or _kind(whose) == "D"]
