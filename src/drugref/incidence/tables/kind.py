"""What a table is about: shares of patients who had adverse reactions, or something else."""

import re
from typing import Literal

from drugref.lexicon.patterns import phrases, words

_EFFECTS = phrases(
    r"\badverse\b; \bside[- ]effects?\b; \bundesirable\b; \breactions?\b; \bteaes?\b; \btreatment[- ]emergent\b; \btoxicit;"
    r"\bcomplaints?\b;",
    r"\bsigns? (?:and|or|/) ?symptoms?\b; \babnormalit; \belevations?\b; \breactogenicity\b; \bhypogly[cs]a?emi;"
    r"\bbleeding\b; \btolerability\b;",
    r"\bha?emorrhag; \bextrapyramidal\b; \bsexual dysfunction\b; \binfections?\b; \bsafety\b; \bevents?\b; \bneutropenia\b;"
    r"\bmyelosuppression\b;",
    r"\b(?:laborator|ha?ematolog|chemistr|biochemical|liver|hepatic)\w* .{0,40}(?:abnormal|elevat|shift|change|tests?)",
)
_OTHER_FIGURES = phrases(
    r"\bper 1(?:0?,?000?)\b; \b(?:patient|person|subject)[- ]?years?\b; / ?100 ?(?:patient|person|p-?y);"
    r"\b(?:odds|hazard|risk|rate) ratios?\b;",
    r"\brelative risk\b; \brisk difference; \b(?:mean|median|least squares|ls) (?:\w+ ){0,3}(?:changes?|increases?"
    r"|decreases?|values?|differences?|percent)\b; \bchanges? (?:in|from|over)\b;"
    r"\bexposure[- ]adjusted\b",
)
_LEAVING = phrases(
    r"\b(?:lead(?:ing)?|led|result(?:ing|ed)?|caus(?:e|ing)|reasons?|due|associated|requir\w+|necessitat\w+|prompt\w+)\b.{0,40}"
    r"\b(?:discontinuation|withdrawal|interruption|cessation|dose (?:reduction|modification));",
    r"\bdiscontinuations?\b; \bdiscontinued (?:due|because); \bdropouts?\b; \bwithdrawals? (?:due|because);",
    r"\bdos(?:e|age) (?:modification|adjustment|reduction|interruption)s?\b",
)
_NO_HARM = words(
    "efficacy; response rates?; responders?; overall survival; progression[- ]free; survival; remission; endpoints?;"
    "cure rates?; hba1c;",
    "clinical (?:response|cure|success); primary (?:outcome|analysis); demographics?; baseline characteristics;"
    "pharmacokinetics?; auc; cmax;",
    r"half-life; recommended (?:dos|start)\w*; dosage; dosing; dose (?:schedule|titration|preparation); storage;"
    r"co-?administ\w+; monitoring;",
    r"drug interactions?; interact\w*; how supplied; seroconversion; immunogenicity; antibod\w+ (?:response|titer);"
    r"geometric mean; susceptib\w+;",
    "minimum inhibitory; reconstitution; infusion rates?; contraindicated; management of",
)
_HARM = words("adverse; reactions?; treatment[- ]emergent; side effects?; toxicit(?:y|ies); abnormalit(?:y|ies)")

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
    if not _EFFECTS.search(f"{title} {heads} {before}"):
        return "no effects"
    if _NO_HARM.search(title) and not _HARM.search(title):
        return "no effects"
    if _OTHER_SECTION.search(before) and not _HARM.search(f"{title} {before}"):
        return "no effects"
    return "other figures" if _LEAVING.search(title) or _OTHER_FIGURES.search(title) else "shares"


_PERCENT_SAID = phrases(
    r"\bpercent(?:age)?s? of\b; % of\b; [≥>] ?\d+(?:\.\d+)? ?%; \b(?:at least|more than) \d+(?:\.\d+)? ?%;"
    r"\d ?% or (?:more|greater)"
)


def says_percent(before: str) -> bool:
    """Tell whether the text before a table says that the table lists shares of patients."""
    return (
        re.search(r"\btable\b|\bfollowing\b|\bbelow\b", before, re.IGNORECASE) is not None
        and _PERCENT_SAID.search(before) is not None
    )


_TRIAL = re.compile(
    r"\b(?:Stud(?:y|ies)|Trials?) [A-Z0-9][\w-]*(?:(?:,? and |, )[A-Z0-9][\w-]*)*"
    r"|\b(?:[A-Z]{3,} )?[A-Z]{3,}\w*-\d[\w-]*|\b(?i:pa?ediatric|adolescent|elderly|geriatric|adult) (?:patients|subjects)"
)
_DISEASE = phrases(
    r"\b(?:patients|subjects|adults|children|women|men) with "
    r"(?:(?!(?:at|any|one|adverse|in|treated|receiving|who|from|during|and|of)\b)[\w’'-]+ ?){1,6}"
)


def patients_named(title: str) -> str:
    """Return the trials and patients that a caption names, in its own words."""
    found = [match[0].strip() for pattern in (_TRIAL, _DISEASE) for match in pattern.finditer(title)]
    return ", ".join(dict.fromkeys(found))
