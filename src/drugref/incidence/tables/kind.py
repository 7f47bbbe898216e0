"""What a table is about: shares of patients who had adverse reactions, or something else."""

import re
from typing import Literal

from drugref.incidence.rules import Rule, found
from drugref.lexicon.leaving import LEAVINGS, LED_TO, LEFT, OUTCOMES
from drugref.lexicon.patterns import either, entries, phrases, words
from drugref.lexicon.people import AGES, SEXES, TREATED
from drugref.lexicon.reactions import ABBREVIATIONS, FINDINGS, NOUNS, QUALIFIERS

_OF_EFFECTS = words(
    NOUNS,
    ("adverse", "undesirable"),
    ABBREVIATIONS,
    entries(r"""
        side[- ]effects?
        treatment[- ]emergent
        toxicit\w*
        signs? (?:and|or|/) ?symptoms?
        abnormalit\w*
        elevations?
        reactogenicity
        tolerability
        safety
        bleeding; ha?emorrhag\w*
        extrapyramidal
        hypogly[cs]a?emi\w*
        infections?
        myelosuppression
        neutropenia
        sexual dysfunction
        (?:laborator|ha?ematolog|chemistr|biochemical|liver|hepatic)\w* .{0,40}(?:abnormal|elevat|shift|change|tests?)\w*
    """),
)
"""What a table of effects, or what is said of one, is about."""
OTHER_FIGURES = (
    Rule(
        "rates over time",
        (
            r"\bper 1(?:0?,?000?)\b",
            r"\b(?:patient|person|subject)[- ]?years?\b",
            r"/ ?100 ?(?:patient|person|p-?y)",
            r"\bexposure[- ]adjusted\b",
        ),
        "Adverse reactions per 1,000",
    ),
    Rule(
        "comparisons",
        (r"\b(?:odds|hazard|risk|rate) ratios?\b", r"\brelative risk\b", r"\brisk difference"),
        "Relative risk of bleeding",
    ),
    Rule(
        "measures",
        (
            r"\b(?:mean|median|least squares|ls) (?:\w+ ){0,3}(?:changes?|increases?|decreases?|values?|differences?)\b",
            r"\b(?:mean|median) percent\b",
            r"\bchanges? (?:in|from|over)\b",
        ),
        "Mean change of liver tests",
    ),
    Rule(
        "stopped treatment",
        (
            rf"\b{either(LEAVINGS)}(?!\w)",
            rf"\b{either(LEFT)} (?:due|because)\b",
            rf"\b(?:{either(LED_TO)}|due|lead|led|result|reasons?)\b.{{0,40}}\b{either(OUTCOMES)}\b",
        ),
        "Adverse reactions leading to withdrawal of treatment",
    ),
)
"""What the title of a table of effects says that does not give shares of those who had them."""
NO_HARMS = (
    Rule(
        "efficacy",
        entries(r"""
            \befficacy\b
            \bresponse rates?\b; \bresponders?\b; \bclinical (?:response|cure|success)\b; \bcure rates?\b
            \bsurvival\b; \bprogression[- ]free\b; \bremission\b
            \bendpoints?\b; \bprimary (?:outcome|analysis)\b
            \bhba1c\b
        """),
        "Response rates",
    ),
    Rule("who took part", entries(r"\bdemographics?\b; \bbaseline characteristics\b"), "Baseline characteristics"),
    Rule("kinetics", entries(r"\bpharmacokinetics?\b; \bauc\b; \bcmax\b; \bhalf-life\b"), "Pharmacokinetics"),
    Rule(
        "how to use it",
        entries(r"""
            \brecommended (?:dos|start)\w*; \bdosage\b; \bdosing\b; \bdose (?:schedule|titration|preparation)\b
            \bstorage\b; \bhow supplied\b; \breconstitution\b; \binfusion rates?\b
            \bmonitoring\b; \bmanagement of\b; \bcontraindicated\b
        """),
        "Recommended dosage",
    ),
    Rule("interactions", entries(r"\bco-?administ\w+; \binteract\w*"), "Drug interactions"),
    Rule(
        "antibodies and germs",
        entries(r"""
            \bseroconversion\b; \bimmunogenicity\b; \bantibod\w+ (?:response|titer)\b; \bgeometric mean\b
            \bsusceptib\w+; \bminimum inhibitory\b
        """),
        "Seroconversion",
    ),
)
"""What the title of a table says that is about no harm, unless it speaks of harm as well."""
_HARM = words(QUALIFIERS[:1], FINDINGS, entries("reactions?; treatment[- ]emergent; side effects?"))

_OTHER_SECTION = re.compile(r"\bclinical (?:studies|pharmacology)\b(?! experience)", re.IGNORECASE)

Kind = Literal["shares", "other figures", "no effects"]


def title_of(caption: str, above: str, before: str) -> str:
    """Return what names a table: its caption, rows across above its heads, or what the paragraph before it says of it."""
    if caption or above:
        return f"{caption} {above}".strip()
    tables = list(re.finditer(r"\bTable\b", before))
    return before[tables[-1].start() :] if tables else before[-400:]


def kind_of(title: str, heads: str, before: str) -> Kind:
    """Tell whether a table gives shares of patients with effects, other figures on effects, or nothing on effects."""
    if not _OF_EFFECTS.search(f"{title} {heads} {before}"):
        return "no effects"
    if found(NO_HARMS, title) and not _HARM.search(title):
        return "no effects"
    if _OTHER_SECTION.search(before) and not _HARM.search(f"{title} {before}"):
        return "no effects"
    return "other figures" if found(OTHER_FIGURES, title) else "shares"


_PERCENT_SAID = phrases(
    entries(r"""
        \bpercent(?:age)?s? of\b; % of\b
        [≥>] ?\d+(?:\.\d+)? ?%; \b(?:at least|more than) \d+(?:\.\d+)? ?%; \d ?% or (?:more|greater)
    """)
)


def says_percent(before: str) -> bool:
    """Tell whether the text before a table says that the table lists shares of patients."""
    return (
        re.search(r"\btable\b|\bfollowing\b|\bbelow\b", before, re.IGNORECASE) is not None
        and _PERCENT_SAID.search(before) is not None
    )


_TRIAL = re.compile(
    r"\b(?:Stud(?:y|ies)|Trials?) [A-Z0-9][\w-]*(?:(?:,? and |, )[A-Z0-9][\w-]*)*"
    r"|\b(?:[A-Z]{3,} )?[A-Z]{3,}\w*-\d[\w-]*"
    rf"|\b(?i:{either(AGES)} {either(TREATED)})"
)
_DISEASE = re.compile(
    rf"\b{either(TREATED, SEXES, AGES)} with "
    r"(?:(?!(?:at|any|one|adverse|in|treated|receiving|who|from|during|and|of)\b)[\w’'-]+ ?){1,6}",
    re.IGNORECASE,
)


def patients_named(title: str) -> str:
    """Return the trials and patients that a caption names, in its own words."""
    named = [match[0].strip() for pattern in (_TRIAL, _DISEASE) for match in pattern.finditer(title)]
    return ", ".join(dict.fromkeys(named))


_DEGREE = re.compile(
    r"\b(?:serious|severe|grades? (?:≥ ?)?(?:3|iii)(?: ?(?:[-–/]|or|and|to) ?(?:grades? )?(?:[45]|iv|v|higher|above))?"
    rf"|grades? (?:4|iv))\b,? (?:\(?[\w-]+\)? ){{0,3}}(?:{either(NOUNS, FINDINGS, ABBREVIATIONS)})(?!\w)",
    re.IGNORECASE,
)
_EVERY_DEGREE = re.compile(
    r"\b(?:all|any)[- ]grades?\b|\b(?:common|all|and|or|including|non-?serious) (?:the )?(?:serious|severe)\b"
    r"|\b(?:serious|severe) and\b|\bgrades? (?:1|i) ?(?:[-–/]|to)",
    re.IGNORECASE,
)


def degree_named(title: str) -> str:
    """Return the degree of which alone a table gives figures, in its caption's words.

    >>> degree_named("Table 2: Serious Adverse Reactions"), degree_named("Common and Serious Adverse Reactions")
    ('Serious Adverse Reactions', '')
    """
    match = None if _EVERY_DEGREE.search(title) else _DEGREE.search(title)
    return match[0] if match else ""
