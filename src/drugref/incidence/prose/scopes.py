"""What a lead, a heading or a word says of the list that follows: a bound, a band, or reports after marketing."""

import re
from functools import lru_cache
from typing import NamedTuple

from drugref.incidence.prose.marks import OTHER, PLACEBO, SHARE, UNMARKED, UNREAD, Marked
from drugref.incidence.prose.passages import is_postmarketing
from drugref.incidence.prose.shares import normalised, shares_in, within
from drugref.lexicon.comparators import CONTROLLED
from drugref.lexicon.frequency import BANDS, DEFINED, RATES
from drugref.lexicon.patterns import either
from drugref.lexicon.people import AGES, SEXES, TREATED
from drugref.lexicon.reactions import FINDINGS, NOUNS
from drugref.lexicon.units import SMALL
from drugref.model import Incidence


class Scope(NamedTuple):
    """How often the effects of a list were seen, as its lead or heading says."""

    incidence: Incidence | None
    """The bound or range; None where there is a word only."""
    band: str
    """Code of the band that the word stands for."""
    words: str
    """The lead or the word."""
    population: str | None = None
    """Who was counted."""


POSTMARKETING = Scope(None, "not-known", "postmarketing")
REACTIONS = re.compile(rf"\b(?:{either(NOUNS, FINDINGS)}(?<=s)|reaction|event)\b", re.IGNORECASE)
"""Words for adverse reactions in general."""
_COUNTED = re.compile(
    rf"\b(?:{either(RATES)}|occur\w*|reported|observed|seen)\b|^\W*(?:in )?{SHARE}\W*$|"
    rf"{SHARE} (?:or \w+ )?of (?:the |all |\w+ )?{either(TREATED)}",
    re.I,
)
_ANOTHER = re.compile(f"{PLACEBO}|{OTHER}")
_BEATS = re.compile(
    rf"""[ ,]{{0,2}}(?:and|but)?\ ?(?:\(?(?:at|with)\ )?(?:(?:an?|the)\ )?(?:(?:rate|incidence|
    frequency)\ (?:of\ )?)?(?:at\ least\ )?(?:that\ (?:was|were)\ )?
    (?:(?:twice|double|two\ times|exceed\w*|[>≥]?\ ?\d(?:\.\d)?\ times|[>≥]){UNMARKED}{{0,40}}?|
       (?:more|greater|higher|larger|equal\ to|{UNREAD}){UNMARKED}{{0,40}}?\bthan\b{UNMARKED}{{0,40}}?)(?:{PLACEBO}|
       {OTHER})""",
    re.I | re.VERBOSE,
)
"""Words such as "and more often than placebo", which name an arm and give no share of it."""
_DEFINED = re.compile(
    rf"(?<!most )(?<!more )(?<!less )\b({'|'.join(DEFINED)})\b"
    rf"(?:(?!\b(?:{'|'.join(word for word in DEFINED if ' ' not in word)})\b)[^;:]){{0,140}}?({SHARE})",
    re.I,
)
_POPULATIONS = rf"""\b(?:(?:{either(AGES, SEXES)}|healthy|depressed|hypertensive|diabetic|postmenopausal)
    \ (?:\w+\ )?{either(TREATED)}|
    {either(AGES, SEXES)}(?<=[sny])(?=[\s,.;:)]|$)|
    in\ combination\ with\ [A-Za-z][\w-]+(?:\ and\ [A-Za-z][\w-]+)?|single[-\ ]agent|(?:serious|
    fatal)\ (?:adverse\ )?(?:reactions|events)|Grades?\ \d(?:(?:\ or\ |
    \ and\ |\ to\ |–|-)\d)?|
    patients\ (?:taking|receiving|treated\ with)\ [A-Za-z]{{3,24}}s\b|
    patients\ (?:with|aged|older\ than|younger\ than)\ (?:(?!\b(?:who|were|was|had|treated|receiving|taking|given|in|and|on|
        compared|reported|experienced|the)\b|\d[\d.]*\ ?%)[\w≥≤<>,'/-]+\ ?){{1,8}}|
    (?:(?:short|long)-term|(?:double-blind|{either(CONTROLLED)}|dose|US)[\w-]*controlled|controlled|open-label|
        clinical|pre-?marketing|phase\ (?:\d|I+)|pooled|pivotal)
      (?:,?\ (?:short-term|long-term|clinical|[\w-]*controlled|open-label|double-blind|U\.?S\.?|
      phase\ \d))*\ (?:trials?|studies|study)|
    \d+-(?:day|week)\ (?:group|arm|course|regimen)|(?:high|low)(?:er)?-dose(?=\ )|
    (?:at\ )?(?:doses?\ of\ )?(?:up\ to\ )?(?<![<>≥≤/.\d])(?<![<>≥≤]\ )\d[\d,.]*(?:\ ?(?:to|–|-)\ ?\d[\d.]*)?
      \ ?{either(SMALL)}(?:/(?:kg|day|m2|dose|hour))*(?![/\w])(?:\ (?:once|twice|three\ times)\ (?:daily|a\ day|
      weekly)|\ daily|\ per\ day)?)"""
POPULATIONS = re.compile(_POPULATIONS, re.VERBOSE | re.I)
"""Words for who was counted: patients, trials, doses."""


def beaten(text: str) -> str:
    """Return a marked text without words such as "and more often than placebo"."""
    return _BEATS.sub("", text) if _ANOTHER.search(text) else text


@lru_cache(maxsize=256)  # the clauses of a sentence share what is around them
def population_in(text: str) -> str | None:
    """Return who was counted, as a sentence says it: patients, trials and doses; None where it says nothing.

    >>> population_in("In controlled clinical trials of elderly patients, rash was seen at 10 mg/day")
    'controlled clinical trials, elderly patients, at 10 mg/day'
    """
    found = {said.lower(): said for match in POPULATIONS.finditer(text) if (said := match[0].strip(" ,"))}
    return ", ".join(list(found.values())[:3])[:100] or None


def worded(word: str, definition: str, known: dict[str, Incidence]) -> Scope | None:
    """Return the scope of a word such as "Rare" with what is in brackets behind it; None for a definition not understood.

    ``known`` holds the definitions that the text gave before, by band.
    """
    plain = re.sub(rf"ly reported$| (?:adverse )?{either(NOUNS)}$", "", word.strip(), flags=re.I).lower()
    band = BANDS.get(plain) or BANDS.get(plain.removesuffix("ly"))
    shares = [share.incidence for share in shares_in(normalised(definition))]
    if (definition and len(shares) > 1) or None in shares:
        return None
    incidence = within(shares[0]) if shares and shares[0] else known.get(band or "")
    if incidence:
        return Scope(incidence, incidence.band, f"{word} ({definition})" if shares else word)
    return Scope(None, band, word) if band and not re.search(r"\d", definition) else None


def definitions(text: Marked) -> dict[str, Incidence]:
    """Return the bounds that a sentence defines words for a frequency by, by band; empty if it defines none."""
    found = {BANDS[match[1].lower()]: within(text.share(match[2])) for match in _DEFINED.finditer(text.text)}
    return found if len(found) > 1 or re.search(r"\bdefined\b", text.text) else {}


def bound(text: Marked, lead: str) -> Scope | None:
    """Return the scope that a lead with one share opens, if that is a share of those given the drug."""
    if len(re.findall(SHARE, lead)) != 1 or not (_COUNTED.search(lead) or REACTIONS.search(lead)):
        return None
    if _ANOTHER.search(beaten(lead)):
        return None
    share, said = re.findall(SHARE, lead)[0], text.restored(lead)
    incidence = text.share(share)
    # "Fatal reactions occurred in 2 % of patients and included a, b": the share is of them all, not of each.
    whole = re.search(r"(?:\band|\bwhich|\bthat|,)\s*$", lead) and incidence.high is None
    # "In 1 to 3 % of patients, and reported after marketing": which effects are which is not said.
    mixed = is_postmarketing(said) and incidence.text[0] not in "<≤"
    one_figure = incidence.low == incidence.high and not re.fullmatch(rf"\W*(?:in )?{SHARE}(?: of \w+)?\W*", lead)
    if whole or one_figure or mixed or re.search(rf"[≥>] ?\d+ {either(TREATED)}", lead):
        return None
    incidence = within(incidence)
    return Scope(incidence, incidence.band, said, population_in(said))


def of_heading(part: str, text: Marked, known: dict[str, Incidence], word: re.Match[str] | None) -> Scope | None:
    """Return the scope that a heading opens: reports after marketing, a word, or a bound."""
    if is_postmarketing(part):
        return POSTMARKETING
    return worded(word["word"], word["definition"] or "", known) if word else bound(text, text.text)
