"""One sentence with its shares and treatment arms marked, each by one character."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from drugref.incidence.prose.shares import shares_in
from drugref.lexicon.comparators import PLACEBO as PLACEBOS
from drugref.lexicon.forms import GIVEN_BY_NEEDLE, IN_PERCENT, SOLID
from drugref.lexicon.patterns import either
from drugref.lexicon.people import AGES, SEXES, TREATED
from drugref.lexicon.salts import EITHER, METALS, SALTS
from drugref.lexicon.units import ACTIVITIES, SMALL, VOLUMES, WEIGHTS
from drugref.model import Incidence

SHARE, DRUG, PLACEBO, OTHER = "[\ue000-\ue7ff]", "[\ue800-\uebff]", "[\uec00-\uefff]", "[\uf000-\uf3ff]"
"""A share, and an arm given the drug, a placebo or something else: each one character of a marked sentence."""
UNREAD, READ = "[\uf400-\uf8fe]", "[^\uf400-\uf8fe]"
"""A percentage that is no share of patients, and anything else."""
_NAME = "\uf8ff"
"""A name of the drug while the arms are sought, so that one pattern fits every label."""
MARK, ARM, UNMARKED = "[\ue000-\uf3ff]", "[\ue800-\uf3ff]", "[^\ue000-\uf8ff.:;()]"
DOSE = "[\uea00-\uebff]"
"""An arm given the drug that is named by its dose alone, in a list of doses."""
FOREIGN = "\uf3ff"
"""The arm of another drug that is known by standing where the named arms do."""
SAME_PLACEBO = "\uefff"
"""The placebo that a sentence compares with, where a bracket does not name it again."""


class Marked(NamedTuple):
    """A sentence in which every share and every arm is one character of Unicode's private area."""

    text: str
    """The sentence; a percentage that is no share of patients is marked as such."""
    shares: list[Incidence]
    """The shares, by their character's number."""
    words: dict[str, str]
    """What each character stands for, in the label's words."""

    def arms(self, text: str) -> str:
        """Return the arms that a part of the marked text names, in their order; each where it is named first.

        >>> sentence = marked("In trials of examplin, 9% of those taking examplin (n = 70) and 3% taking placebo", ["examplin"])
        >>> [sentence.words[arm] for arm in sentence.arms(sentence.text)]
        ['examplin', 'placebo']
        """
        arms = re.findall(ARM, text)
        if re.search(f"{DRUG} (?:and|plus|with) {OTHER}", text):
            return "".join(arms)  # the drug with another one may be an arm beside the drug alone
        first: dict[str, str] = {}
        for arm in arms:
            first.setdefault(_AROUND.sub("", self.words.get(arm, arm)).lower().strip(), arm)
        return "".join(first.values())

    def share(self, char: str) -> Incidence:
        """Return the share that a character stands for."""
        return self.shares[ord(char) - 0xE000]

    def restored(self, text: str) -> str:
        """Return a part of the marked text in the label's words."""
        return re.sub("[\ue000-\uf8ff]", lambda mark: self.words.get(mark[0], ""), text)


PEOPLE = either(TREATED, SEXES, AGES, ("those",))
_GIVEN = (
    r"(?:who\ )?(?:had\ |have\ )?(?:were\ |been\ )?(?:treated\ with|receiv(?:ed|ing)|tak(?:ing|en)|took|given|"
    r"administered|us(?:ing|ed)|"
    r"exposed\ to|randomi[sz]ed\ to|assigned\ to|on|in)\ (?:the\ |an?\ )?"
)
_UNITS = either(SMALL, WEIGHTS, VOLUMES, ACTIVITIES)
_AMOUNT = (
    rf"\ ?\(?\d[\d.,]*(?:\ ?(?:to|–|-|and|or)\ ?\d[\d.,]*)?\ ?{_UNITS}(?!\w)(?:/\w+)*\)?"
    r"(?:\ (?:once|twice|three\ times)\ (?:daily|a\ day|weekly)|\ (?:daily|per\ day|a\ day|weekly))?"
)
_BEHIND_NAME = either(SOLID, GIVEN_BY_NEEDLE, IN_PERCENT, SALTS, METALS, EITHER)
_AFTER = (
    rf"(?:[-\ ](?:treated|treatment|therapy|groups?|arms?|recipients|monotherapy|alone|{_BEHIND_NAME}|{PEOPLE})(?!\w)"
    rf"|\ (?:plus|in\ combination\ with)\ (?:[a-z]+(?!\w)|{_NAME})|{_AMOUNT}|\ ?\([nN]\ ?=\ ?[\d,]+\))*+"
)
_UNIT = rf"{_UNITS}(?!\w)(?:/\w+)*(?:\ (?:(?:once|twice|three\ times)\ )?(?:daily|a\ day|weekly))?"
_AMOUNTS = rf"\d[\d.]*(?:\ {_UNIT})?"
_DOSES = re.compile(
    rf"(?<=\ )(?P<doses>{_AMOUNTS}(?:,\ {_AMOUNTS}){{0,6}}),?\ (?:and|or)\ (?P<last>\d[\d.]*)\ (?P<unit>{_UNIT})"
    r"(?=[^.;]*\brespectively\b)",
    re.VERBOSE | re.IGNORECASE,
)
"""Doses that shares are given for in their order."""
_DOSE_GROUP = rf"the\ \d+[-\ ](?:{either(SMALL)}|day|week)\ (?:dose\ )?(?:groups?|arms?)"
_CONTROL = (
    rf"(?:{either(PLACEBOS)}|no\ treatment|untreated(?:\ controls?)?)"
    rf"(?:\ plus\ (?:[a-z]+|{_NAME})|[-\ ]controls?)?(?!\w)(?!-controlled)"
)
_AROUND = re.compile(
    rf"(?:(?:the )?{PEOPLE} (?:{_GIVEN}|with )|the |[- ](?:treated|treatment|therapy|groups?|arms?|recipients|{PEOPLE})\b"
    r"|\(n ?= ?[\d,]+\))",
    re.IGNORECASE,
)
"""What stands around an arm's name and tells it from no other."""
_STUDIED = r"(?:the\ )?(?:study|active)\ (?:drug|medication|treatment)"
_UNNAMED = r"(?:active[-\ ])?(?:control|comparator)s?(?:\ (?:groups?|arms?|drugs?|treatment))?"
# Another drug's name; a plural is a class of drugs, to which the label's own may well belong.
_ANOTHER = (
    r"(?!(?:the|this|these|either|both|therapy|treatment|study|clinical|long|short|trials?|dose|doses|up|"
    r"average|high|low)\b|[A-Za-z]+s\b)[A-Za-z][a-z]{4,24}"
)


_ARMS = re.compile(
    rf"""(?<![\w-])(?:(?:the\ )?{PEOPLE}\ (?:{_GIVEN}|with\ )|the\ )?(?:(?P<placebo>{_CONTROL}{_AFTER})|
    (?P<drug>(?:(?:high|low)(?:er)?-dose\ )?(?:{_NAME}|{_STUDIED}){_AFTER}|{_DOSE_GROUP}(?!\w)))|
    (?<![\w-])(?P<other>{PEOPLE}\ (?:who\ )?(?:were\ )?(?:treated\ with|receiv(?:ed|ing)|taking|
    given)\ (?:(?:the\ )?{_ANOTHER}|an?\ {_ANOTHER}(?=\ ?\(n\ ?=)){_AFTER}|
    (?<={_NAME}\ and\ ){_ANOTHER}(?=,?\ respectively)|
    (?:the\ )?{_ANOTHER}(?:-treated|\ (?:group|arm|recipients))(?!\w){_AFTER}|(?:the\ )?{_UNNAMED}(?!\w)(?!led))|
    (?P<name>{_NAME})""",
    re.VERBOSE | re.IGNORECASE,
)


@lru_cache(maxsize=64)
def _names(drugs: tuple[str, ...]) -> re.Pattern[str]:
    # A pattern of each label's own, so it has to be small: to compile it costs as much as to read some sentences.
    names = [re.escape(name).replace(r"\ ", r"[\ -]") for name in sorted(drugs, key=len, reverse=True) if len(name) > 2]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(names) or '(?!)'})(?!\w)", re.IGNORECASE)


def marked(sentence: str, drugs: Sequence[str]) -> Marked:
    """Mark the shares of a normalised sentence and, if it has any, the arms; ``drugs`` are the label's names in lower case."""
    shares: list[Incidence] = []
    words: dict[str, str] = {}
    out, at, unread = [], 0, 0
    for share in shares_in(sentence):
        if share.start < at:
            continue
        char = chr(0xF400 + min(unread, 0x4FE))
        unread += not share.incidence
        if share.incidence:
            char = chr(0xE000 + len(shares))
            shares.append(share.incidence)
        words[char] = sentence[share.start : share.end]
        out += [sentence[at : share.start], char]
        at = share.end
    if not words:
        return Marked(sentence, shares, words)
    free = {"drug": 0xE800, "placebo": 0xEC00, "other": 0xF000}
    names = _names(tuple(drugs))

    def doses(listed: re.Match[str]) -> str:
        amounts = [*listed["doses"].split(", "), listed["last"]]
        if len(amounts) not in (len(shares), len(shares) - 1):
            return listed[0]
        chars = [chr(0xEA00 + number) for number in range(len(amounts))]
        words.update(zip(chars, (f"{amount.split(' ')[0]} {listed['unit']}" for amount in amounts), strict=True))
        return ", ".join(chars)

    text = _DOSES.sub(doses, "".join([*out, sentence[at:]]), count=1)
    named = iter(names.findall(text))

    def mark(arm: re.Match[str]) -> str:
        said = re.sub(_NAME, lambda _: next(named), arm[0])
        if arm["name"]:
            return said
        kind = next(name for name in free if arm[name])
        char = chr(free[kind])
        free[kind] += 1
        words[char] = said
        return char

    return Marked(_ARMS.sub(mark, names.sub(_NAME, text)), shares, words)
