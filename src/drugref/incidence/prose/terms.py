"""Effects in running text: a list taken apart, and each part as the name of an effect or refused."""

import re
from functools import lru_cache

from drugref.incidence.rules import Rule, together
from drugref.incidence.spelling import in_sentence
from drugref.incidence.systems import is_system
from drugref.lexicon.comparators import AGAINST, PLACEBO
from drugref.lexicon.frequency import RATES
from drugref.lexicon.leaving import LEAVINGS, LEFT
from drugref.lexicon.patterns import either, entries
from drugref.lexicon.people import AGES, SEXES, STUDIES, TREATED
from drugref.lexicon.reactions import MEANT, NOUNS, QUALIFIERS, SHOWN
from drugref.lexicon.severity import GRADES
from drugref.lexicon.units import SMALL

WORDS = 8
"""Words that the name of an effect may have."""
_LEAD = re.compile(
    r"""(?:(?:and/or|and|or|also|as\ well\ as|plus|but|the\ following|following|included?|including|such\ as|
    eg,?|ie,?|
    namely|isolated|occasional|a|an|the|some|(?:rare|isolated|occasional|very\ rare|spontaneous|post-?marketing)?\ ?
    (?:reports|cases|instances|occurrences|occurrence|episodes|incidence|development|reported\ cases)\ of|
    (?:in|higher|greater)\ (?:incidence|frequency|rate)s?\ of|symptoms\ of|signs\ of|signs\ and\ symptoms\ of)[\s:,]+)+""",
    re.VERBOSE | re.IGNORECASE,
)
_TAIL = re.compile(r"(?:[\s*†‡§¶#.,;:–^-]|\betc\b)+$")
_ASIDE = re.compile(r" ?\((?:[^()]|\([^()]*\))*\)| ?\[[^\[\]]*\]")
REFUSALS = (
    Rule(
        "a verb",
        (
            *SHOWN,
            *entries(r"""
                is; are; was; were; be; been; being
                has; have; had
                may; can; could; should; must; will; would
                do; does; did
                occur(?:s|red|ring)?
                report(?:s|ing)
                observing
                experienc(?:e|es|ing)
                develop(?:s|ing)?
                treated; receiv(?:ed|ing)
                followed
                led; leading; resulting; required; requiring
                listed
                resembling
                see; use
            """),
        ),
        "rash occurred",
    ),
    Rule(
        "a word that joins sentences",
        entries(r"""
            which; who; whom; whose; that
            this; these; those; they; it; its
            if; when; while; where; whereas; than; because; although; however
            during; after(?!\s?birth); before; between; among
            with or without
            per; each; both; all; any
            other; others
            following
        """),
        "headache which lasts",
    ),
    Rule("a denial", entries("not; no; none"), "no rash"),
    Rule(
        "people",
        (*TREATED, rf"{either(SEXES, AGES)}(?<=[sn])", *STUDIES, "group", "arm"),
        "rash in women",
    ),
    Rule("another arm", (*PLACEBO, *AGAINST, "compared?", "respectively"), "rash on placebo"),
    Rule(
        "how often",
        (
            *RATES,
            *entries(r"""
                common(?:ly)?(?!\ cold); uncommon
                rare(?:ly)?
                frequently; frequent$; infrequent(?:ly)?
                usually; generally; approximately
                more; most; least; similar; total
                one; two; three
                percent
            """),
        ),
        "common rash",
    ),
    Rule(
        "treatment",
        (
            *SMALL,
            *LEAVINGS[:2],
            *LEFT,
            *entries(r"""
                kg
                dose; doses; dosage
                drugs; therapy
            """),
        ),
        "rash under therapy",
    ),
    Rule("a severity by itself", (rf"{either(GRADES[:3])}$",), "mild to severe"),
    Rule("events in general", (r"events?(?!\w)",), "anticipated events"),
    Rule(
        "what is known of it",
        entries(r"""
            known; unknown; certain; uncertain
            causal\w*; relationship
            associated with the
            minor
        """),
        "causal rash",
    ),
    Rule(
        "a number or a part of the patients",
        (
            r"^(?:four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?)$",
            *entries("majority; minority; predominantly; caucasians?; ^half$; ^overall$"),
        ),
        "nineteen",
    ),
    Rule(
        "a word by itself",
        (r"^(?:selected|included|presented|described|signs?|symptoms?|treatment-emergent|studied|evaluated|pooled)$",),
        "selected",
    ),
    Rule(
        "what is done to patients",
        (r"(?:platelet|blood|cell) transfusions?$", r"^transfusions?$", "neoadjuvant", r"^treatment of\b"),
        "platelet transfusion",
    ),
    Rule(
        "a call to report",
        (r"to report", r"contact (?!dermatitis|eczema|urticaria|sensiti[sz]ation|lens)\w+"),
        "contact the maker",
    ),
    Rule("a recovery", (r"^(?:resolution|recovery|improvement|relief|reversal) (?:of|from|in)",), "resolution of rash"),
    Rule("how it is printed", entries(r"(?:un)?marked; asterisk\w*; italici[sz]ed; table"), "rash in italicized type"),
)
"""Words that the name of an effect never holds: a part of a sentence that is none."""
_SENTENCE = together(REFUSALS)
_PLAIN_EVENT = re.compile(
    r"\b(?:cerebrovascular|cardiovascular|thrombo\w*|cardiac|vascular|ischemic|bleeding|hemorrhagic) events?\b", re.I
)
_LIMIT = re.compile(
    r"""\ ?\([^()]{0,60}(?:ULN|upper\ limit\ of\ normal)[^()]{0,60}\)|\ ?\(?(?:to\ |of\ |levels?\ |
    values?\ )*(?:[<>≥≤]|(?:greater|more)\ than|exceeding|at\ least|above)\ ?
    (?:\d{1,3}(?:\.\d+)?|three|five|ten)\ ?(?:[x×]|times)\ ?(?:the\ )?
    (?:ULN|upper\ limits?\ of\ (?:the\ )?normal(?:\ range)?)\)?""",
    re.VERBOSE | re.IGNORECASE,
)
"""A limit that belongs to the name of a laboratory finding."""
_LIMITED = re.compile(r"ULN|normal", re.IGNORECASE)
"""What any such limit holds."""
_DIGIT = re.compile(r"\d")
_MARKS = re.compile("[\ue000-\uf8ff]")
_UNFINISHED = re.compile(r"\b(?:of|in|with|and|or|the|to|for|by|at|as|on|a|an|from|than)$", re.IGNORECASE)
_JOINED_ON = re.compile(r"(?:of|in|with|to|for|by|at|as|on|from) ", re.IGNORECASE)
_GENERAL = re.compile(
    rf"(?:{either(MEANT)} )*(?:{either(QUALIFIERS)} )?(?:drug )?{either(NOUNS, ('toxicity',))}"
    r"|grades? \d(?:(?: (?:or|and|to) |–|-)\d)?",
    re.IGNORECASE,
)
_NAMED_DIGITS = re.compile(r"covid-19|sars-cov-2|(?:vitamin )?b-?(?:6|12)\b|type [12] diabetes|\bt[34]\b|grades? \d", re.I)
_ADJECTIVE = re.compile(
    rf"(?:al|ic|ous|ive|ary|ar|ed|upper|lower|{either(GRADES[:3])}|acute|chronic|non-fatal|new|dry|muscle|eye|body|facial)$"
)
_CHANGE = re.compile(r"(?:elevat|increas|decreas|reduc|ris|chang|abnormal|loss)\w* (?:of|in) ", re.IGNORECASE)
"""What befell all that is named behind it: "increases in ALT and AST"."""


_GLUED = re.compile(r"(?<=[a-z)]) (?=[A-Z][a-z])|(?<=[a-z]{3})\. (?=[a-z])")
_ADJECTIVES = re.compile(
    r"(?:cardiac|gastrointestinal|gi|hepatic|renal|respiratory|urinary|vascular|neurologic\w*|"
    r"ocular|genital|pulmonary|cns|skin|eye|ear|blood|liver|kidney|muscle|bone|breast|general|local)",
    re.IGNORECASE,
)
"""Systems that are also what a single effect may be called by: "renal failure"."""
_BELONGS = re.compile(
    rf"(?:{either(NOUNS)}|collapse|disease|disorder|acidosis|alkalosis|accident|syndrome|failure|arrest|bleeding|"
    r"ha?emorrhage|depression|distress|infections?|insufficiency|pain|symptoms|ulcers?|tract|system|and|or)\b",
    re.IGNORECASE,
)


def unglued(item: str) -> list[str]:
    """Return the effects of an item into which the heading of the next system has run, without that heading.

    >>> unglued("malaise Digestive pancreatitis"), unglued("rash Eye disorders -mydriasis"), unglued("Wilson disease")
    (['malaise', 'pancreatitis'], ['rash', 'mydriasis'], ['Wilson disease'])
    """
    pieces = _GLUED.split(item)
    for place in range(1, len(pieces)):
        before, behind = " ".join(pieces[:place]), " ".join(pieces[place:])
        words = behind.split()
        for number in range(min(len(words), SYSTEM), 0, -1):
            name, rest = " ".join(words[:number]), " ".join(words[number:]).lstrip(" :–-")
            if is_system(name.rstrip(" :–-")):
                ambiguous = number == 1 and (_ADJECTIVES.fullmatch(name) or _BELONGS.match(rest))
                return [*unglued(before), *([behind] if ambiguous else [rest] if rest else [])]
    return [item]


def filed(text: str, *, surely: bool = True) -> tuple[str, str]:
    """Return the heading of a system that has run into the beginning of its list, and the list; no heading if there is none.

    ``surely`` asks for a heading that could be nothing else; otherwise an adjective is enough, with an effect behind it.

    >>> filed("Special Senses abnormal vision, tinnitus")
    ('Special Senses', 'abnormal vision, tinnitus')
    >>> filed("Psychiatric insomnia, anxiety"), filed("Respiratory failure, cough", surely=False)
    (('', 'Psychiatric insomnia, anxiety'), ('', 'Respiratory failure, cough'))
    >>> filed("Psychiatric insomnia, anxiety", surely=False)
    ('Psychiatric', 'insomnia, anxiety')
    """
    opening = _OPENING.match(text)
    words = opening["words"].split() if opening else []
    for number in range(len(words), 1, -1):
        name = " ".join(words[:number])
        rest = text[len(name) :].lstrip()
        if rest[:1].islower() and is_system(name):
            return name, rest
    if not surely and (only := _ALONE.match(text)) and not _BELONGS.match(text, only.end()):
        return only[0].rstrip(), text[only.end() :]
    return "", text


SYSTEM = 8
"""Words that the name of a body system may have."""
_OPENING = re.compile(
    r"(?=[A-Z])(?P<words>(?:[A-Za-z/,&-]+ ){1,7}(?:Systems?|Senses?|Whole|Appendages?|Disorders|Tract|Body))(?= [a-z])"
)
"""What may be the heading of a system at the beginning of a sentence, by its last word."""
_ALONE = re.compile(
    r"(?:Cardiovascular|Gastrointestinal|Digestive|Psychiatric|Respiratory|General|Musculoskeletal|Metabolic|Urogenital|"
    r"Genitourinary|Hemato?logic|Dermatologic|Neurologic|Ophthalmic|Endocrine|Autonomic|Urinary|Hepatobiliary)(?:al)? (?=[a-z])"
)


_BORDER = re.compile(r"[()\[\],;]")
_AND = re.compile(r"^(?:and/or|and|or) ", re.IGNORECASE)


def parts(text: str) -> list[str]:
    """Return the parts of a list at its own commas and semicolons and its last "and", none of them empty.

    A comma in brackets is no border; neither is an "and" that joins two adjectives.

    >>> parts("nausea, fatal and non-fatal hepatitis (rare, acute), rash and fever")
    ['nausea', 'fatal and non-fatal hepatitis (rare, acute)', 'rash', 'fever']
    """
    found, depth, start = [], 0, 0
    for place in _BORDER.finditer(text):
        char = place[0]
        if char in "([":
            depth += 1
        elif char in ")]":
            depth = max(0, depth - 1)
        elif not depth:
            found.append(text[start : place.start()].strip())
            start = place.end()
    found.append(text[start:].strip())
    found = [part for part in found if part]
    if not found:
        return []
    *rest, last = found
    if _AND.match(last):
        return [*rest, _AND.sub("", last, count=1)]
    return [*rest, *_halves(last, bool(rest))]


def _halves(last: str, in_list: bool) -> list[str]:
    before, joined, after = _rpartition_and(last)
    if not joined or _ADJECTIVE.search(before.rsplit(" ", 1)[-1]):
        return [last]
    if not in_list and _CHANGE.match(last):
        return [last]
    if not in_list and " " not in before and " " in after.split(" (")[0]:
        return [last]
    return [before, after]


def _rpartition_and(text: str) -> tuple[str, str, str]:
    outside = _ASIDE.sub(lambda aside: "\0" * len(aside[0]), text)
    at = max(outside.rfind(" and "), outside.rfind(" and/or "))
    if at < 0:
        return text, "", ""
    word = re.match(r" and(?:/or)? ", text[at:])
    return (text[:at], " and ", text[at + word.end() :]) if word else (text, "", "")


@lru_cache(maxsize=1 << 14)  # labels name the same effects, and each is asked for by several forms
def effect(text: str) -> str | None:
    """Return the name of an effect as a record writes it, or None if the text is none.

    >>> effect("and Increased sweating*"), effect("Stevens-Johnson syndrome"), effect("patients were treated")
    ('increased sweating', 'Stevens-Johnson syndrome', None)
    """
    limit = _LIMIT.search(text) if _LIMITED.search(text) else None
    name = _ASIDE.sub("", _LIMIT.sub("", text) if limit else text)
    name = _TAIL.sub("", name.strip(" \t•*†‡§–-,.;:\"'“”"))
    name = _LEAD.sub("", name, count=1) if _LEAD.match(name) else name
    name = " ".join(name.split())
    if (
        not 3 <= len(name) <= 90
        or name.count(" ") >= WORDS
        or any(char in name for char in "%=<>≥≤()[]:•")
        or not name[0].isalpha()
    ):
        return None
    if (_DIGIT.search(name) and _DIGIT.search(_NAMED_DIGITS.sub("", name))) or _GENERAL.fullmatch(name):
        return None
    if _SENTENCE.search(_PLAIN_EVENT.sub("", name)) or _MARKS.search(name):
        return None
    if _UNFINISHED.search(name.removesuffix(" A")) or _JOINED_ON.match(name):
        return None
    name = in_sentence(name)
    return f"{name} {limit[0].strip()}" if limit else name
