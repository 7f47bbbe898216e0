"""The words in heads of incidence tables: who was in an arm, how many, and what the figures beneath are."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from drugref.incidence.rules import Rule, found
from drugref.incidence.tables.cells import Unit
from drugref.lexicon.comparators import CONTROLLED, CONTROLS, PLACEBO, UNTREATED
from drugref.lexicon.forms import GIVEN_BY_NEEDLE, IN_PERCENT, RELEASE, ROUTES, SOLID
from drugref.lexicon.frequency import RATES
from drugref.lexicon.leaving import STOPPING
from drugref.lexicon.patterns import either, entries, words
from drugref.lexicon.people import AGES, SEXES, STUDIES, TREATED
from drugref.lexicon.reactions import NOUNS, QUALIFIERS
from drugref.lexicon.severity import GRADES
from drugref.lexicon.units import ACTIVITIES, SCHEDULES, SIZES, SMALL, VOLUMES, WEIGHTS

Role = Literal["drug", "placebo", "comparator", "other", "bare", "unknown"]
"""Whom a head is about: the drug, placebo, an active comparator or control, no arm (a p value, a difference, a number of
patients), whoever the table is about (``All grades``, ``%``), or somebody the head does not let us tell."""


_PLACEBO = words(PLACEBO)
_CONTROLLED = re.compile(rf"\b{either(CONTROLLED)}[- ]controlled(?!\w)", re.IGNORECASE)
_CONTROL = words(CONTROLS, UNTREATED)
_STUDY_ARM = words(
    (rf"treated {either(TREATED)}",),
    entries(r"""
        (?:study|active|test) (?:drug|medication|treatment)
        (?:any|all|total|combined|pooled) (?:\w+ )?(?:doses?|treated|active)
        (?:drug|actively)[- ]treated
    """),
)
NO_ARMS = (
    Rule("a test of significance", (r"\bp[\s-]?values?\b", r"\bp ?[<=] ?[01]?\.?\d", r"^\W*p\W*$"), "P value"),
    Rule(
        "a comparison of arms",
        (
            r"\bdifferences?\b",
            r"\b(?:risk|hazard|odds|rate) (?:ratio|difference|reduction)",
            r"\brelative risk\b",
            r"\bnn[th]\b",
            r"\battributable\b",
            r"\bsubtracted\b",
            r"\bexcess\b",
            r"\bminus\b",
            r"^\W*(?:or|rr|hr)\W*$",
        ),
        "Risk difference",
    ),
    Rule("an interval", (r"\bconfidence interval", r"\bci\b", r"^\W*sd\W*$"), "95% CI"),
    Rule(
        "a rate over time",
        (
            r"\bper 1(?:0?,?000?)\b",
            r"(?:patient|person|subject)[- ](?:years?|months?)",
            r"/ ?100 ?(?:pt|patient|person|subject|p-?y)",
            r"\bexposure\b",
            r"^\W*rate\W*$",
        ),
        "Events per 1000",
    ),
    Rule("a measure", (r"\bmean\b", r"\bmedian\b", r"\bchange\b", r"\bbaseline\b"), "Mean change"),
    Rule("a remark", (r"\bcomments?\b", r"^\W*units?\W*$"), "Comments"),
    Rule("a number of events", (r"^\W*(?:events?|cases)\W*$",), "Events"),
    Rule(
        "stopped treatment",
        (r"\bleading to\b", r"\bresulting in\b", r"\bwithdrawals?(?= \w)", rf"\b{either(STOPPING)}\b"),
        "Discontinued",
    ),
)
"""What the head of a column says that is no arm."""
PATIENTS = re.compile(rf"\(?\b[nN]\s*[=:]\s*(\d{{1,3}}(?:,\s?\d{{3}})+|\d+)(?: ?{either(TREATED)})?\)?")
"""A number of patients as heads give it: ``(N=863)``."""
_PATIENTS_WORDED = re.compile(
    rf"\(\s*(\d{{1,3}}(?:,\d{{3}})+|\d+) {either(TREATED, SEXES, AGES)}\s*\)|^\(?(\d{{1,3}}(?:,\d{{3}})+|\d{{2,}})\)?$",
    re.IGNORECASE,
)
_STRENGTH = re.compile(
    rf"\d(?:\.\d+)?\s?% (?:\w+ )?{either(IN_PERCENT)}|\d\d ?% ?(?:ci\b|confidence)",
    re.IGNORECASE,
)
"""Percentages that are no shares of patients: strengths and confidence intervals."""
_N = rf"(?:n|no\.?|numbers?|\#)(?: of (?:{either(TREATED)}|cases|events))?"
_UNITS: tuple[tuple[Unit, re.Pattern[str]], ...] = (
    ("count-percent", re.compile(rf"\b{_N}(?:\s*[,/&]\s*|\s+and\s+|\s*)[(\[]?\s*(?:and )?(?:%|percent)", re.IGNORECASE)),
    (
        "percent-count",
        re.compile(r"(?:%|\bpercent(?:age)?)\s*(?:of \w+\s*)?[(\[,/]\s*(?:n|no\.?|number)\b(?!\s*=)", re.IGNORECASE),
    ),
    (
        "percent",
        re.compile(r"(?<![\d.])\s?%|=\s?\d+\)?\s?%|\bper ?cent(?:ages?)?\b|\d\s?% (?:of|or)\b|[≥>]\s?\d+(?:\.\d+)?\s?%", re.I),
    ),
    ("count", re.compile(r"^\W*(?:n|no\.?|number)\W*$|\bnumbers? of\b|\bno\. of\b", re.IGNORECASE)),
)
_AMOUNT = either(SMALL, WEIGHTS, VOLUMES, ACTIVITIES, ("%",))
_DOSE = re.compile(
    rf"\b\d[\d.,]{{0,12}}(?:\s?(?:-|–|to|or|and|/)\s?\d[\d.,]{{0,12}}){{0,6}}\s?{_AMOUNT}(?:/[\w²]+)*"
    rf"|\b{either(SIZES, SCHEDULES, ROUTES, SOLID, GIVEN_BY_NEEDLE, IN_PERCENT, RELEASE, ('hct', 'hcl'))}\b",
    re.IGNORECASE,
)
_NEUTRAL = words(
    TREATED,
    ("adults?",),
    NOUNS,
    QUALIFIERS,
    GRADES,
    STUDIES,
    RATES,
    entries(r"""
        of; the; a; an; and; or; with; in; for; on; to; at; by; from; who; were; was; plus; alone
        group; arms?; all; any; total; overall
        treat(?:ed|ment); receiving; given; taking; (?:mono-?)?therapy
        grades?; gr; ii; iii; iv; toxicity; severity; nci; ctc(?:ae)?; life; threatening
        number; no; percents?; report(?:ing|ed|s)?; experiencing
        drug; related; emergent; clinical
        controlled; double; blind; open; label; randomi[sz]ed
        weeks?; days?; months?; years?; hours?
    """),
)
"""Words that fit the head of any arm."""
_POPULATION = words(
    TREATED,
    SEXES,
    AGES,
    STUDIES,
    entries("""
        ages?; aged; years?; old; term
        weeks?; months?; period
        naive; experienced; adjunctive; maintenance; titration
        indication; diseases?; disorders?
        hypertension; depression; diabetes; arthritis; cancer; carcinoma
    """),
)
_GIVEN = re.compile(
    rf"\d\s?{either(SMALL, WEIGHTS, VOLUMES, ('units?', 'iu', 'meq'))}\b|^\W*\d+(?:\.\d+)?\s?%\W*$|\bdos(?:e|es|age)\b"
    r"|\b\d+[- ]days?\b|\b(?:once|twice) (?:daily|weekly)|\b[bt]\.?i\.?d\b|\bq\.?d\b",
    re.IGNORECASE,
)
_UNIT_WORDS = re.compile(
    rf"\b{_N}\s*[(\[,/]?\s*%\s*[)\]]?|%\s*\(n\)|\(\s*%\s*\)|(?<=\d\)) ?%|(?<![\d.])(?<!\d )%(?: of {either(TREATED)})?"
    r"|^\W*(?:n|no\.?)\W*$",
    re.IGNORECASE,
)
_PERCENT_AFTER = re.compile(r"(n\s*=\s*[\d,]+\)?)\s*%(?!\s*\()", re.IGNORECASE)


def patients_in(text: str) -> int | None:
    """Return the number of patients that a head states, None where it states none or two."""
    stated = {int(re.sub(r"[,\s]", "", digits)[:9]) for digits in PATIENTS.findall(text)}
    if not stated:
        stated = {int((one or two).replace(",", "")[:9]) for one, two in _PATIENTS_WORDED.findall(text)}
    return stated.pop() if len(stated) == 1 else None


def unit_in(text: str) -> Unit | None:
    """Return what a head or caption says its figures are.

    >>> unit_in("(N=40) n (%)"), unit_in("% (n)"), unit_in("reported by ≥ 2 % of patients"), unit_in("2 % cream")
    ('count-percent', 'percent-count', 'percent', None)
    """
    screened = _STRENGTH.sub(" ", text)
    return next((unit for unit, pattern in _UNITS if pattern.search(screened)), None)


def without_unit(text: str) -> str:
    """Return a head's text without ``n (%)`` and the like."""
    return " ".join(_UNIT_WORDS.sub(" ", _PERCENT_AFTER.sub(r"\1", text)).split()).strip(" ,;:")


def named(text: str, drugs: Sequence[str]) -> frozenset[str]:
    """Return those of the drug's names (lower case) that a text holds as whole words."""
    low = " ".join(text.lower().split())
    return frozenset(name for name in drugs if name in low and re.search(rf"(?<![\w-]){re.escape(name)}(?![a-z])", low))


def rest_of(text: str) -> str:
    """Return what a head says beyond numbers of patients, units, doses and words that fit any arm."""
    for pattern in (PATIENTS, _STRENGTH, _DOSE, _NEUTRAL):
        text = pattern.sub(" ", text)
    return " ".join(re.findall(r"[^\W\d_]{2,}", text))


def names_population(text: str) -> bool:
    """Tell whether a head is about a kind of patients, a trial or a time rather than about what they were given."""
    return _POPULATION.search(rest_of(text)) is not None


def names_nothing_else(text: str) -> bool:
    """Tell whether a head says no more than which patients, trial or time it is about."""
    return not rest_of(_POPULATION.sub(" ", text))


def gives_dose(text: str) -> bool:
    """Tell whether a head states a dose or a course."""
    return _GIVEN.search(text) is not None


@lru_cache(maxsize=2048)  # the same heads are looked at for every column and stretch
def role_of(part: str, drugs: tuple[str, ...]) -> Role | Literal["mixed"]:
    """Return whom one part of a head is about, read by itself; ``mixed`` where it names both the drug and placebo."""
    bare = PATIENTS.sub(" ", part)
    if found(NO_ARMS, _STRENGTH.sub(" ", bare)):
        return "other"
    uncontrolled = _CONTROLLED.sub(" ", bare)
    has_drug, has_placebo = bool(named(bare, drugs)), bool(_PLACEBO.search(uncontrolled))
    if has_drug or has_placebo:
        return "mixed" if has_drug and has_placebo else "drug" if has_drug else "placebo"
    if _CONTROL.search(uncontrolled):
        return "comparator"
    if _STUDY_ARM.search(bare):
        return "drug"
    return "unknown" if rest_of(bare) else "bare"


def names_arm(text: str, drugs: tuple[str, ...]) -> bool:
    """Tell whether a row's term, which should be an effect, a body system or a trial, is an arm: a short one with placebo,
    or one that says no more than the drug's name and dose.
    """
    role = role_of(text, drugs)
    if role in ("placebo", "mixed"):
        return len(text) < 80 and not re.search(r"\bthan\b", text)
    return role == "drug" and set(rest_of(text).lower().split()) <= {
        word for name in named(text, drugs) for word in name.split()
    }
