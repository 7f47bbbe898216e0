"""Whom and what degree a figure of a label is of: all who were given the drug, or some of them, or severe cases alone."""

import re
from typing import NamedTuple

from drugref.incidence.rules import Rule, leading, whole
from drugref.lexicon.patterns import either, entries
from drugref.lexicon.reactions import ABBREVIATIONS, FINDINGS, MEANT, NOUNS, QUALIFIERS
from drugref.model import Severity


class Scope(NamedTuple):
    """What a figure is of."""

    effect: str
    """The effect without its degree."""
    severity: Severity | None = None
    """The degree that alone was counted."""
    population: str | None = None
    """The patients for whom alone it holds, or a degree that has no code, in the label's words."""
    counted: str | None = None
    """Who was counted, in the label's words."""


_GRADE = r"(?:(?:nci|ctc(?:ae)?|who)\W+)*(?:toxicity )?gr(?:ades?|\.)?\s?"
_TO = r"\s?(?:[-–/,]|or|and|to|through)\s?"
_DEGREE = (
    Rule(
        "grade-3-5",
        (
            rf"{_GRADE}(?:≥|>=|at least )\s?(?:3|iii)\b",
            rf"{_GRADE}(?:3|iii)\s?(?:\(?(?:or|and) (?:higher|greater|above|more|worse)\)?|\+)",
            rf"{_GRADE}(?:3|iii){_TO}(?:(?:4|iv){_TO})?(?:5|v)\b",
        ),
        "Grade ≥ 3",
    ),
    Rule("grade-3-4", (rf"{_GRADE}(?:3|iii){_TO}(?:{_GRADE})?(?:4|iv)\b",), "Grade 3 or 4"),
    Rule("grade-4", (rf"{_GRADE}(?:4|iv)\b",), "Grade 4"),
    Rule("severe", (rf"{_GRADE}(?:3|iii)\b(?!{_TO}\d)", r"severe\b"), "Severe"),
    Rule("fatal", (r"fatal\b", rf"{_GRADE}(?:5|v)\b"), "Fatal"),
    Rule("serious", (r"serious\b", r"life[- ]threatening\b", r"saes?\b"), "Serious"),
)
"""Words for a degree, by its code; grade 3 is what its scale calls severe."""
DEGREES = tuple(
    Rule(
        rule.name,
        (
            rf"(?:{either(rule.words)})(?:\W+{either(MEANT, QUALIFIERS, NOUNS, FINDINGS, ABBREVIATIONS)}(?!\w)"
            r"|\W+(?:laboratory|hematologic\w*|cases|drug|the|in|of|%|patients|toxicity)(?!\w)|[\W\d]+)*",
        ),
        rule.example,
    )
    for rule in _DEGREE
)
"""What a part of the words on an arm says as a whole that makes it a degree."""
SOME = (
    Rule(
        "children",
        entries(r"pa?ediatrics?\b; children\b; child\b; adolescents?\b; infants?\b; neonat\w+; newborns?\b"),
        "Pediatric patients",
    ),
    Rule("the old", entries(r"elderly\b; geriatric\b; older (?:adults|patients|subjects)\b"), "Elderly patients"),
    Rule("one sex", (r"(?:adult )?(?:fe)?males?\b(?! and)", r"(?:adult )?(?:wo)?men\b(?! and)"), "Males"),
    Rule(
        "diseased organs",
        (
            r".*\b(?:renal|hepatic|kidney|liver) (?:impairment|failure|insufficiency)\b",
            r".*\bpoor metaboli[sz]ers\b",
            r".*\bha?emodialysis\b",
        ),
        "Patients with renal impairment",
    ),
    Rule(
        "with another drug",
        (r"in combination with \w+", r"(?:as )?(?:an? )?(?:add-on|adjunct)\w* to \w+"),
        "in combination with otherol",
    ),
)
"""Patients who are not all that were given the drug."""
_STEP = r"(?:[1-5]|i{1,3}|iv|v)"
_LEVEL = (
    r"(?:serious|severe|fatal|life[- ]threatening"
    rf"|{_GRADE}{_STEP}(?:{_TO}(?:{_GRADE})?{_STEP}|(?: or (?:higher|greater|above)))?)"
)
_BEFORE = re.compile(
    rf"(?P<degree>{_LEVEL})(?:(?:, (?:and |or )?| and | or |/| to ){_LEVEL})*,? (?P<effect>\w.{{2,}})", re.IGNORECASE
)
_BEHIND = re.compile(
    rf"(?P<effect>.{{3,}}?)(?:, | \(|[ -])(?P<degree>{_GRADE}.{{1,24}}|severe|serious|fatal)\)?", re.IGNORECASE
)
_ONE_TERM = re.compile(
    rf"(?:cutaneous|acute respiratory|combined immuno|{either(NOUNS)}|{either(QUALIFIERS)}|outcome|(?:or|and|to) )\b",
    re.IGNORECASE,
)
"""What stands behind a degree and makes one term with it: "severe cutaneous adverse reactions"."""
_ALL = re.compile(rf"\b(?:all|any|total|overall)\b|{_GRADE}(?:1|i){_TO}(?:[45]|iv|v)\b", re.IGNORECASE)
_PATIENTS = re.compile(r"\s*\(?\bn\s*=\s*[\d,]+\)?", re.IGNORECASE)
_PART = re.compile(r"\s*[;,]\s+|(?<!\d)\s+[–|]\s+")


def scope_of(effect: str, counted: str | None) -> Scope:
    """Tell what a figure is of by the name of its effect and the words on who was counted.

    >>> scope_of("grade 3 or 4 neutropenia", None)[:2], scope_of("nausea", "ZYLO (N=80), Grade ≥ 3")[:2]
    (('neutropenia', 'grade-3-4'), ('nausea', 'grade-3-5'))
    """
    severity: Severity | None = None
    population: list[str] = []
    for pattern in (_BEFORE, _BEHIND):
        if (match := pattern.fullmatch(effect)) and not _ONE_TERM.match(match["effect"]):
            if degree := leading(_DEGREE, match["degree"]):
                effect, severity = match["effect"], degree  # type: ignore[assignment]  # the rules are named by the codes
            elif not _ALL.search(match["degree"]):
                effect = match["effect"]
                population.append(match["degree"])
    for part in _PART.split(counted or ""):
        if _ALL.search(part):
            continue
        if degree := whole(DEGREES, part):
            severity = severity or degree  # type: ignore[assignment]
        elif re.fullmatch(rf"{_GRADE}[\d–/ -]+.*", part, re.IGNORECASE) or leading(SOME, part):
            population.append(_PATIENTS.sub("", part).strip())
    return Scope(effect, severity, ", ".join(dict.fromkeys(population)) or None, counted)
