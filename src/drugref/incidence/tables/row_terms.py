"""The first column of an incidence table: which rows name an effect, and which lean on the row above."""

import re
from collections.abc import Sequence
from functools import lru_cache

from drugref.incidence.rules import Rule, leading, whole
from drugref.incidence.systems import kind_of
from drugref.lexicon.leaving import STOPPING
from drugref.lexicon.patterns import either, entries, words
from drugref.lexicon.people import AGES, SEXES, STUDIES, TREATED
from drugref.lexicon.reactions import ABBREVIATIONS, FINDINGS, NOUNS, QUALIFIERS
from drugref.lexicon.severity import GRADES, SCALES

_NOUN = rf"(?:{either(QUALIFIERS)} (?:drug )?{either(NOUNS)}|{either(ABBREVIATIONS)})"
_COUNTED_PEOPLE = either(TREATED, SEXES, AGES)

SUMMARIES = (
    Rule(
        "adverse reactions in general",
        (
            rf"(?:(?:any|all|at least (?:one|1)|≥ ?1|one or more|overall|total|serious|severe|most common|"
            rf"(?:treatment|drug)-?(?:emergent|related))\b.*)?\b{_NOUN}\b.*",
        ),
        "Any treatment-emergent adverse event",
    ),
    Rule("any abnormality", (rf"(?:any|all)\b.*\b{either(FINDINGS)}\b.*",), "Any laboratory abnormality"),
    Rule(
        "a sum",
        (
            rf"(?:any|all|overall|totals?|none)(?: (?:{either(NOUNS, TREATED)}|(?:body )?systems?|causes?|grades?))?",
            "(?:overall |total )?(?:episodes?|events?|reports?)",
        ),
        "Total",
    ),
    Rule("stopped treatment", (rf".*\b{either(STOPPING)}\b.*",), "Discontinued due to rash"),
    Rule(
        "a number of patients",
        (
            rf"(?:.*\b(?:percent(?:age)?|number|proportion|no\.|incidence|%|n) (?:\(%\) )?(?:of )?|overall |total )?"
            rf"(?:{_COUNTED_PEOPLE}|episodes?|events?|reports?)"
            r"(?: (?:with|who|reporting|experiencing|having|in|evaluat|treated|exposed|studied|enrolled|randomi[sz]ed).*)?",
            r"(?:total )?n",
            r"\(?n ?=.*",
            "sample size",
        ),
        "Number of patients who had an infection",
    ),
    Rule(
        "what patients are like",
        entries(r"""
            mean\b.*
            median\b.*
            average\b.*
            duration\b.*
            exposure\b.*
            age\b.*
            sex\b.*
            race\b.*
            weight\b(?! (?:gain|loss|increase|decrease)).*
            dose\b.*
            dosage\b.*
        """),
        "Mean age",
    ),
    Rule("a test of significance", (r"p[ -]?values?.*",), "P-value"),
    Rule(
        "the head of a column",
        entries("""
            system organ class.*
            body system.*
            preferred term.*
        """),
        "System organ class",
    ),
)
"""What a whole term says that names no effect but sums up, counts patients or tells of something else."""

LEANINGS = (
    Rule("a bound", (r"[<>≤≥=±+]", r"(?:above|below|over|under|at least|more than|less than|up to|between) \d"), "> 3 × ULN"),
    Rule(
        "a number",
        (r"\d+(?:\.\d+)?\s*(?:[-–]|to)?\s*(?:\d|[x×°%]|times|fold|mg|g/|cells|ms|cm|mm)", r"\d+(?:\.\d+)?$"),
        "3 to 5 × ULN",
    ),
    Rule("a grade", (rf"(?:{either(SCALES)} )*grades?\b", r"gr\.? ?\d", r"(?:all|any) grades?(?: \(.*)?$"), "Grade 3 or 4"),
    Rule(
        "a severity",
        (rf"{either(GRADES)}(?: \(.*)?$", rf"{either(GRADES)} (?:to|or) \w+$", r"(?:any|all|low|high)(?: \(.*)?$"),
        "Severe",
    ),
    Rule("some other", (r"(?:other|nos|both|either|(?:un|bi)lateral)(?: \(.*)?$",), "Other"),
    Rule("a direction", (r"(?:increas|decreas|elevat|reduc)(?:ed?|ion|es)(?: from.*)?$",), "Increased"),
    Rule(
        "a time",
        (
            r"(?:day|week|month|hour|year|visit|cycle|dose|after|during|first|second|third|post|pre)s?\b.*\d",
            r"(?:after|post) (?:dose|first|second|third|any)",
        ),
        "Week 12",
    ),
    Rule("a sex", (rf"{either(SEXES)}$",), "Females"),
    Rule(
        "a connection",
        entries(r"""
            with\s
            without\s
            to\s
            or\s
            and\s
            leading\s
            resulting\s
            requiring\s
            prior\s
            following\s
            before\s
            overall\s
        """),
        "Requiring surgery",
    ),
)
"""What a term begins with that makes no sense without the one above it."""

_SITE = words(entries("injection; infusion; application; administration; instillation; local; implant; catheter"))
_WHOLE = re.compile(
    r"(?:any|all)(?: (?:grades?|severity|severities|intensity))?(?: \(.*\))?|\(?%\)?|percent(?:age)?", re.IGNORECASE
)
_COUNT = re.compile(r"\(?(?:n|no\.?|number)\)?", re.IGNORECASE)
_PATIENTS = words(
    TREATED, SEXES, STUDIES, entries("mono-?therapy; combination; adjunctive; open[- ]label; double[- ]blind; controlled")
)
_COUNTED = words(NOUNS, STOPPING, entries("adverse; percent(?:age)?; number; incidence"))
_TRIM = re.compile(
    r"^[\s•·∙▪◦–—\-:;,.]+|[\s:;,]+$|,?\s*(?:\((?:n\s*\(%\)|%|percent|n,\s*%|n\s*=\s*\d+)\)|(?<=\s)n\s*\(%\)|,\s*%"
    r"|(?<=\s)%)\s*$|(?<=[^\W\d_])[%@~$^&]+$"
)


def is_body_system(text: str) -> bool:
    """Tell whether a row's term is the name of a body system, as MedDRA, COSTART or WHO-ART has it."""
    return kind_of(trimmed(text)) in ("system", "group")


def without_system(lines: Sequence[str]) -> str:
    """Return a term of several lines as one, without a first line that is no more than the body system it belongs to."""
    told = [line for line in lines if line]
    if (
        len(told) > 1
        and re.search(r"(?:disorders|system|whole|conditions):?$", told[0], re.IGNORECASE)
        and is_body_system(told[0])
    ):
        del told[0]
    return " ".join(told)


def names_patients(text: str) -> bool:
    """Tell whether a row across the table names a trial or patients rather than a body system or an effect."""
    return _PATIENTS.search(text) is not None and not _COUNTED.search(text)


def names_no_effect(text: str) -> bool:
    """Tell whether a row counts patients, deals with discontinuation or sums up, rather than naming an effect."""
    term = trimmed(text)
    return not term or (whole(SUMMARIES, term) is not None and not _SITE.search(term)) or is_body_system(term)


def leans(text: str) -> bool:
    """Tell whether a row's term makes no sense without the one above it: a grade, a bound, a severity."""
    term = trimmed(text) or text.strip()
    return bool(leading(LEANINGS, term) or _WHOLE.fullmatch(term) or _COUNT.fullmatch(term))


def is_count(text: str) -> bool:
    """Tell whether a row says that it gives numbers of patients, the percentages standing in a row of their own."""
    return _COUNT.fullmatch(text.strip()) is not None


def leaned(base: str, text: str) -> str:
    """Return a row's term together with the one that it leans on.

    >>> leaned("ALT increased", "> 3 × ULN"), leaned("Pain", "Severe"), leaned("Pain", "Any")
    ('ALT increased > 3 × ULN', 'Pain, Severe', 'Pain')
    """
    if _WHOLE.fullmatch(text.strip()):
        return base
    return f"{base}{' ' if re.match(r'[<>≤≥=0-9]|(?:grade|to|or|and|with|without)s? ', text, re.IGNORECASE) else ', '}{text}"


@lru_cache(maxsize=4096)  # a row is asked several things, and labels have the same rows
def trimmed(text: str) -> str:
    """Return a row's term without bullets, colons and the unit at its end."""
    while (shorter := _TRIM.sub("", text)) != text:
        text = shorter
    return text
