"""One sentence with its shares and treatment arms marked, and the patterns that tie shares to effects and arms."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from drugref.incidence.shares import shares_in
from drugref.model import Incidence

SHARE, DRUG, PLACEBO, OTHER = "[\ue000-\ue7ff]", "[\ue800-\uebff]", "[\uec00-\uefff]", "[\uf000-\uf3ff]"
"""A share, and an arm given the drug, a placebo or something else: each one character of a marked sentence."""
UNREAD, READ = "[\uf400-\uf8ff]", "[^\uf400-\uf8ff]"
"""A percentage that is no share of patients, and anything else."""
MARK, ARM, UNMARKED = "[\ue000-\uf3ff]", "[\ue800-\uf3ff]", "[^\ue000-\uf8ff.:;()]"
FOREIGN = "\uf3ff"
"""The arm of another drug that is known by standing where the named arms do."""
_SAME_PLACEBO = "\uefff"


class Marked(NamedTuple):
    """A sentence in which every share and every arm is one character of Unicode's private area."""

    text: str
    """The sentence; a percentage that is no share of patients is marked as such."""
    shares: list[Incidence]
    """The shares, by their character's number."""
    words: dict[str, str]
    """What each character stands for, in the label's words."""

    def share(self, char: str) -> Incidence:
        """Return the share that a character stands for."""
        return self.shares[ord(char) - 0xE000]

    def restored(self, text: str) -> str:
        """Return a part of the marked text in the label's words."""
        return re.sub("[\ue000-\uf8ff]", lambda mark: self.words.get(mark[0], ""), text)


PEOPLE = (
    r"(?:patients|subjects|participants|individuals|adults|women|men|children|infants|(?:fe)?males|volunteers|"
    r"recipients|those|"
    r"people|persons|"
    r"adolescents|users)"
)
_GIVEN = (
    r"(?:who\ )?(?:had\ |have\ )?(?:were\ |been\ )?(?:treated\ with|receiv(?:ed|ing)|tak(?:ing|en)|took|given|"
    r"administered|us(?:ing|ed)|"
    r"exposed\ to|randomi[sz]ed\ to|assigned\ to|on|in)\ (?:the\ |an?\ )?"
)
_AMOUNT = (
    r"\ ?\(?\d[\d.,]*(?:\ ?(?:to|–|-|and|or)\ ?\d[\d.,]*)?\ ?(?:mg|mcg|µg|g|mL|units|IU)(?:/\w+)*\)?"
    r"(?:\ (?:once|twice|three\ times)\ (?:daily|a\ day|weekly)|\ (?:daily|per\ day|a\ day|weekly))?"
)
_AFTER = (
    rf"(?:[-\ ](?:treated|treatment|therapy|groups?|arms?|recipients|monotherapy|alone|tablets?|capsules?|"
    rf"injections?|cream|gel|ointment|"
    rf"solution|lotion|patch|spray|hydrochloride|sodium|acetate|{PEOPLE})(?!\w)|\ (?:plus|"
    rf"in\ combination\ with)\ [a-z]+(?!\w)|{_AMOUNT}|\ ?\([nN]\ ?=\ ?[\d,]+\))*+"
)
_CONTROL = (
    r"(?:placebo|vehicle|sham|no\ treatment|untreated(?:\ controls?)?)(?:\ plus\ [a-z]+|"
    r"[-\ ]controls?)?(?!\w)(?!-controlled)"
)
_STUDIED = r"(?:the\ )?(?:study|active)\ (?:drug|medication|treatment)"
_UNNAMED = r"(?:active[-\ ])?(?:control|comparator)s?(?:\ (?:groups?|arms?|drugs?|treatment))?"
# Another drug's name; a plural is a class of drugs, to which the label's own may well belong.
_ANOTHER = (
    r"(?!(?:the|this|these|either|both|therapy|treatment|study|clinical|long|short|trials?|dose|doses|up|"
    r"average|high|low)\b|[A-Za-z]+s\b)[A-Za-z][a-z]{4,24}"
)


@lru_cache(maxsize=64)
def _arms(drugs: tuple[str, ...]) -> re.Pattern[str]:
    names = [re.escape(name).replace(r"\ ", r"[\ -]") for name in sorted(drugs, key=len, reverse=True) if len(name) > 2]
    drug = "|".join([rf"(?:{name})(?!\w)" for name in names] + [_STUDIED])
    return re.compile(
        rf"""(?<![\w-])(?:(?:the\ )?{PEOPLE}\ (?:{_GIVEN}|with\ )|the\ )?(?:(?P<placebo>{_CONTROL}{_AFTER})|
    (?P<drug>(?:{drug}){_AFTER}))|
        (?<![\w-])(?P<other>{PEOPLE}\ (?:who\ )?(?:were\ )?(?:treated\ with|receiv(?:ed|ing)|taking|
        given)\ (?:the\ )?{_ANOTHER}{_AFTER}|
        (?:the\ )?{_ANOTHER}(?:-treated|\ (?:group|arm|recipients))(?!\w){_AFTER}|(?:the\ )?{_UNNAMED}(?!\w)(?!led))""",
        re.VERBOSE | re.IGNORECASE,
    )


def marked(sentence: str, drugs: Sequence[str]) -> Marked:
    """Mark the shares and arms of a normalised sentence; ``drugs`` are the names, in lower case, of what the label is of."""
    shares: list[Incidence] = []
    words: dict[str, str] = {}
    out, at, unread = [], 0, 0
    for share in shares_in(sentence):
        if share.start < at:
            continue
        char = chr(0xF400 + min(unread, 0x4FF))
        unread += not share.incidence
        if share.incidence:
            char = chr(0xE000 + len(shares))
            shares.append(share.incidence)
        words[char] = sentence[share.start : share.end]
        out += [sentence[at : share.start], char]
        at = share.end
    free = {"drug": 0xE800, "placebo": 0xEC00, "other": 0xF000}

    def mark(arm: re.Match[str]) -> str:
        kind = next(name for name in free if arm[name])
        char = chr(free[kind])
        free[kind] += 1
        words[char] = arm[0]
        return char

    return Marked(_arms(tuple(drugs)).sub(mark, "".join([*out, sentence[at:]])), shares, words)


class Told(NamedTuple):
    """The share of an arm that was given the drug, with that of the arm it is compared with, as marks of a sentence."""

    share: str
    arm: str = ""
    """The arm; empty where the sentence names none."""
    comparator: str = ""
    """The comparator's share; empty where there is none."""
    versus: str = ""
    """The comparator's arm; empty for placebo."""


def told(text: str, *, compared: bool = False) -> list[Told] | None:
    """Tie the shares of a marked statement to its arms; None where their order leaves a doubt, empty if all are of other arms.

    ``compared`` says that the sentence compares with a placebo outside the statement, so that "7 % vs 3 %" can be told.
    """
    marks = re.findall(MARK, text)
    kinds = "".join(_kind(mark) for mark in marks)
    against = compared and re.search(r"\b(?:vs|versus|compared)\b", text, re.I)
    pairs = None
    if re.search(r"respectively|in that order", text, re.I):
        half = len(marks) // 2
        if re.fullmatch(f"S{{{half}}}[DPO]{{{half}}}|[DPO]{{{half}}}S{{{half}}}", kinds):
            shares, arms = (marks[:half], marks[half:]) if kinds[0] == "S" else (marks[half:], marks[:half])
            pairs = list(zip(shares, arms, strict=True))
    elif kinds == "S":
        pairs = [(marks[0], "")]
    elif re.fullmatch("SS[PO]", kinds):
        pairs = [(marks[0], ""), (marks[1], marks[2])]
    elif re.fullmatch("S[PO]S", kinds):
        # "5%, placebo 3%", but not "5% on placebo, 3%"
        pairs = [(marks[0], ""), (marks[2], marks[1])] if re.search(f"{SHARE}[,;] ?(?:{PLACEBO}|{OTHER})", text) else None
    elif kinds == "SDS" and against:
        pairs = [(marks[0], marks[1]), (marks[2], _SAME_PLACEBO)]
    elif kinds == "SS" and against:
        pairs = [(marks[0], ""), (marks[1], _SAME_PLACEBO)]
    elif kinds in ("SDPS", "SDOS") and re.search(f"[(,;] ?(?:vs\\.? )?(?:{PLACEBO}|{OTHER}):? ?{SHARE}", text):
        pairs = [(marks[0], marks[1]), (marks[3], marks[2])]
    elif kinds == "DSSP":
        pairs = [(marks[1], marks[0]), (marks[2], marks[3])]
    elif re.fullmatch("(?:S[DPO])+", kinds) and not re.match(f"{SHARE}[,;] ?{ARM}.*{SHARE}", text):
        pairs = list(zip(marks[::2], marks[1::2], strict=True))
    elif re.fullmatch("(?:[DPO]S)+", kinds):
        pairs = list(zip(marks[1::2], marks[::2], strict=True))
    return None if pairs is None else _compared(pairs)


def _kind(mark: str) -> str:
    return "S" if mark < "\ue800" else "D" if mark < "\uec00" else "P" if mark < "\uf000" else "O"


def _compared(pairs: list[tuple[str, str]]) -> list[Told] | None:
    placebo = [pair for pair in pairs if pair[1] and _kind(pair[1]) == "P"]
    others = [pair for pair in pairs if pair[1] and _kind(pair[1]) == "O"]
    if len(placebo) > 1 or (not placebo and len(others) > 1):
        return None
    share, arm = (placebo or others or [("", "")])[0]
    return [Told(mine, whose, share, "" if placebo else arm) for mine, whose in pairs if not whose or _kind(whose) == "D"]


class Pattern(NamedTuple):
    """A way in which whole clauses of labels tie shares to effects."""

    name: str
    regex: re.Pattern[str]
    """Over a marked clause; group ``effect`` names the effects, ``rest`` and ``more`` hold shares and arms."""
    example: str
    """A clause of the kind, of the drug examplin."""


_REPORTED = (
    rf"(?:(?:has|have|also|each|been|only|was|were|is|are|all)\ )*(?:(?:reported|observed|seen|noted|experienced|"
    rf"developed|recorded|detected|"
    rf"documented|present|found|identified)(?:\ as\ (?:an\ )?adverse\ (?:reactions?|events?))?|occur(?:red|s|ring)?|"
    rf"(?:(?<=was\ )|(?<=were\ ))(?=\(?{SHARE}|in\ ))"
)
_EFFECT = r"(?P<effect>[^\ue000-\uf8ff.:]{3,160}?)"
_RATE = r"(?:incidence|frequency|rate|occurrence|prevalence|proportion|percentage)s?"
_HAD = r"(?:experienced|reported|developed|complained\ of|experiencing|reporting|developing)"
_INTRO = r"(?P<lead>(?:(?:in|during|among|for|at|following|after|with|when|of)\ [^.:]{3,200}?,\ )?)"
_PATTERNS = {
    "incidence of an effect": (
        rf"(?P<lead>(?:.{{0,500}}?[,\ ])?){_RATE}\ (?:of|for)\ (?:{PEOPLE}\ (?:with|who\ (?:had|{_HAD})|{_HAD})\ )?{_EFFECT}"
        rf"(?:\ adverse\ (?:events|reactions))?,?\ (?P<rest>(?:(?:was|were|is|are|in|for|among|with|ranged|of|at|"
        rf"reported|compared)\b|\(|{ARM})"
        rf".*{SHARE}.*)",
        "The incidence of dry mouth was 12% with examplin and 3% with placebo",
    ),
    "share of patients who had an effect": (
        rf"{_INTRO}(?P<rest>(?:(?:\d+|\w+)\ (?:(?:out\ )?of\ (?:the\ )?\d[\d,]*\ )?(?:patients?|subjects?|"
        rf"{ARM})\ )?[(\[]?{SHARE}{READ}{{0,80}}?)\ ?"
        rf"(?:who\ )?(?:also\ )?(?:{_HAD}|(?<={ARM}\ )had)\ (?:an?\ )?(?:at\ least\ one\ )?{_EFFECT}"
        rf"(?P<more>(?:,?\ (?:and|but|as|compared|versus|vs\.?|while|whereas|than|in|\(){READ}*)?)",
        "12% of patients treated with examplin reported drowsiness compared with 5% of patients on placebo",
    ),
    "effect in a share of patients": (
        rf"{_INTRO}{_EFFECT},?\ {_REPORTED}\ (?P<rest>{READ}*{SHARE}{READ}*)",
        "Drowsiness occurred in 12% of patients treated with examplin and in 5% of patients on placebo",
    ),
}
PATTERNS = tuple(
    Pattern(name, re.compile(regex, re.IGNORECASE | re.VERBOSE), example) for name, (regex, example) in _PATTERNS.items()
)
"""How whole clauses tie shares to effects."""

STOPPED = "stopped treatment"
"""The one guard whose sentences often tell first how often the effect was seen."""
_GUARDS = {
    STOPPED: r"discontinu|withdrew|withdrawn|withdrawals? (?:due|because|from|for|rate)|dropped out|"
    r"drop-?outs?\b|"
    r"dos(?:e|age) (?:reduction|interruption|modification|adjustment|delay)|interrupt|stopp(?:ed|ing) (?:treatment|therapy)",
    "efficacy": r"\befficacy\b|\bresponders?\b|response rates?|\bresponded\b|\bremission|\bsurvival\b|\bcured?\b|"
    r"\brelapsed?\b|\breduc(?:ed|es|ing|tion in) the (?:incidence|risk|rate|frequency)",
    "background rate": r"background|general population|\bbirth defects\b|expected rate|epidemiologic",
    "animals": r"\b(?:rats?|mice|mouse|dogs?|monkeys?|rabbits?|animals?)\b",
    "overdose": r"overdos",
    "kinetics": r"protein[- ]bind|\bbound to|bioavailab|half-life|\bAUC\b|C ?max|excreted in|plasma concentration|"
    r"absor(?:bed|ption)",
    "antibodies": r"antibod|immunogenic|neutrali[sz]ing|seroconver",
    "part of those affected": r"\bof (?:these|those|whom|which)\b(?! (?:receiving|treated|taking|who (?:received|"
    r"took)|given|on)\b)|"
    r"\bamong (?:these|those (?:with|who (?:developed|experienced|had|reported)))|"
    r"of the(?: \w+)? (?:patients|subjects|women|men|cases) who (?:had|developed|experienced|reported)|"
    r"\b(?:resolved|recovered)\b",
    "negated": r"\bno (?:patients?|cases?|subjects?|reports?|difference|evidence)|\bnone of|\bneither\b|\bd(?:id|o|"
    r"oes) not\b|"
    r"\bnot (?:significantly |statistically )?differ|less than expected|"
    r"\b(?:was|were|has|have) not\b(?! (?:yet )?(?:been )?(?:established|listed|included|described|mentioned|known|"
    r"determined|clear|necessar))",
    "rate over time": r"patient-?\s?years?|person-?\s?years?|per year|per 1,?000|per 100\b|annual",
}
GUARDS = {why: re.compile(pattern, re.IGNORECASE) for why, pattern in _GUARDS.items()}
"""Why a sentence's percentages are no figures of an effect."""


def guarded(sentence: str) -> str | None:
    """Return why a sentence's percentages are no figures of an effect, or None."""
    return next((why for why, pattern in GUARDS.items() if pattern.search(sentence)), None)
