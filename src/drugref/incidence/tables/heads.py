"""The words in heads of incidence tables: who was in an arm, how many, and what the figures beneath are."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from drugref.incidence.tables.cells import Unit
from drugref.lexicon.patterns import phrases, words

Role = Literal["drug", "placebo", "comparator", "other", "bare", "unknown"]
"""Whom a head is about: the drug, placebo, an active comparator or control, no arm (a p value, a difference, a number of
patients), whoever the table is about (``All grades``, ``%``), or somebody the head does not let us tell."""


_PLACEBO = words("placebos?; vehicle; sham; dummy; pbo")
_CONTROLLED = words("(?:placebo|vehicle|active|sham|well)[- ]controlled")
_CONTROL = words(
    "controls?; standard of care; standard (?:therapy|treatment); soc; untreated; no (?:treatment|prophylaxis|therapy);"
    "observation;",
    "supportive care; bsc; usual care; comparators?; delayed treatment; chemotherapy",
)
_STUDY_ARM = words(
    r"(?:study|active|test) (?:drug|medication|treatment);"
    r"(?:any|all|total|combined|pooled) (?:\w+ )?(?:doses?|treated|active)",
    "(?:drug|actively)[- ]treated; treated (?:patients|subjects)",
)
_NO_ARM = re.compile(
    r"\bp[\s-]?values?\b|\bp ?[<=]|\bdifferences?\b|\b(?:risk|hazard|odds|rate) (?:ratio|difference|reduction)"
    r"|\brelative risk\b"
    r"|\bconfidence interval|\bci\b|\bnn[th]\b|\battributable\b|\bsubtracted\b|\bexcess\b|\bminus\b|\bper 1(?:0?,?000?)\b"
    r"|(?:patient|person|subject)[- ](?:years?|months?)|/ ?100 ?(?:pt|patient|person|subject|p-?y)|\bexposure\b|\bmean\b"
    r"|\bmedian\b"
    r"|\bchange\b|\bbaseline\b|\bcomments?\b|\bleading to\b|\bresulting in\b|\bdiscontinu|\bwithdraw|\bdrop-?outs?\b"
    r"|^\W*(?:units?|p|or|rr|hr|sd|events?|cases|rate)\W*$",
    re.IGNORECASE,
)
PATIENTS = re.compile(r"\(?\b[nN]\s*[=:]\s*(\d{1,3}(?:,\s?\d{3})+|\d+)(?: ?(?:patients|subjects))?\)?")
"""A number of patients as heads give it: ``(N=863)``."""
_PATIENTS_WORDED = re.compile(
    r"\(\s*(\d{1,3}(?:,\d{3})+|\d+) (?:patients|subjects|participants|women|men|children)\s*\)|^\(?(\d{1,3}(?:,\d{3})+"
    r"|\d{2,})\)?$"
)
_STRENGTH = re.compile(
    r"\d(?:\.\d+)?\s?% (?:\w+ )?(?:cream|gel|solution|ointment|lotion|foam|shampoo|suspension|spray|patch|drops|emulsion)"
    r"|\d\d ?% ?(?:ci\b|confidence)",
    re.IGNORECASE,
)
"""Percentages that are no shares of patients: strengths and confidence intervals."""
_N = r"(?:n|no\.?|numbers?|#)(?: of (?:patients|subjects|participants|cases|events))?"
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
_DOSE = re.compile(
    r"\b\d[\d.,]{0,12}(?:\s?(?:-|–|to|or|and|/)\s?\d[\d.,]{0,12}){0,6}\s?(?:mg|mcg|µg|μg|g|ng|ml|units?|iu|u|meq|mmol|%|mci|gy)(?:/[\w²]+)*"
    r"|\b(?:once|twice|one|two|three|four|five|six|single|multiple|low|high|higher|lower|medium|mid|flexible|fixed|initial"
    r"|loading"
    r"|maintenance|combined|pooled|recommended|maximum|starting|doses?|dosage|dosing|daily|weekly|monthly|nightly|bedtime"
    r"|morning"
    r"|evening|every|other|each|per|times?|q\.?[dw]|b\.?i\.?d|t\.?i\.?d|q\.?i\.?d|qod|qam|qpm|qhs|hs|prn|po|iv|i\.v|im"
    r"|i\.m|sc|s\.c"
    r"|tablets?|capsules?|injections?|infusions?|oral(?:ly)?|intravenous(?:ly)?|subcutaneous(?:ly)?|intramuscular(?:ly)?"
    r"|topical|nasal"
    r"|spray|solution|suspension|cream|gel|patch|inhalation|aerosol|ointment|extended|immediate|delayed|release|er|xr|sr"
    r"|cr|ir|xl|dr"
    r"|hct|hcl|courses?|cycles?)\b",
    re.IGNORECASE,
)
_NEUTRAL = words(
    "of; the; a; an; and; or; with; in; for; on; to; at; by; from; who; were; was; alone; plus; group; arms?;"
    "treat(?:ed|ment); receiving;",
    "given; taking; (?:mono-?)?therapy; patients?; subjects?; adults?; participants?; all; any; grades?; gr; toxicity;"
    "severity; nci; ctc(?:ae)?;",
    "severe; mild; moderate; serious; life; threatening; percent(?:age)?s?; number; no; incidence; frequency; rate;"
    "report(?:ing|ed|s)?;",
    "experiencing; adverse; reactions?; events?; effects?; experiences?; side; drug; related; ii; iii; iv; total; overall;"
    "clinical;",
    "stud(?:y|ies); trials?; phase; controlled; double; blind; open; label; randomi[sz]ed; weeks?; days?; months?; years?;"
    "hours?; emergent",
)
_POPULATION = words(
    "patients; subjects; men; women; males?; females?; ages?; aged; years?; old; elderly; geriatric; children; adults?;"
    "pa?ediatric;",
    "adolescents?; infants; stud(?:y|ies); trials?; weeks?; months?; phase; period; cohort; naive; experienced; adjunctive;"
    "maintenance;",
    "titration; indication; diseases?; disorders?; hypertension; depression; diabetes; arthritis; cancer; carcinoma; term",
)
_GIVEN = phrases(
    r"\d\s?(?:mg|mcg|µg|μg|g|units?|iu|ml|meq)\b; ^\W*\d+(?:\.\d+)?\s?%\W*$; \bdos(?:e|es|age)\b; \b\d+[- ]days?\b;"
    r"\b(?:once|twice) (?:daily|weekly);",
    r"\b[bt]\.?i\.?d\b; \bq\.?d\b",
)
_UNIT_WORDS = re.compile(
    rf"\b{_N}\s*[(\[,/]?\s*%\s*[)\]]?|%\s*\(n\)|\(\s*%\s*\)|(?<=\d\)) ?%|(?<![\d.])(?<!\d )%(?: of (?:patients|subjects))?"
    r"|^\W*(?:n|no\.?)\W*$",
    re.IGNORECASE,
)
_PERCENT_AFTER = re.compile(r"(n\s*=\s*[\d,]+\)?)\s*%(?!\s*\()", re.IGNORECASE)


def patients_in(text: str) -> int | None:
    """Return the number of patients that a head states, None where it states none or two."""
    found = {int(re.sub(r"[,\s]", "", digits)[:9]) for digits in PATIENTS.findall(text)}
    if not found:
        found = {int((one or two).replace(",", "")[:9]) for one, two in _PATIENTS_WORDED.findall(text)}
    return found.pop() if len(found) == 1 else None


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
    if _NO_ARM.search(_STRENGTH.sub(" ", bare)):
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
