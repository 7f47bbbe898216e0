"""One sentence with its shares and treatment arms marked, and the patterns that tie shares to effects and arms."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from drugref.incidence.prose.shares import shares_in
from drugref.model import Incidence

SHARE, DRUG, PLACEBO, OTHER = "[\ue000-\ue7ff]", "[\ue800-\uebff]", "[\uec00-\uefff]", "[\uf000-\uf3ff]"
"""A share, and an arm given the drug, a placebo or something else: each one character of a marked sentence."""
UNREAD, READ = "[\uf400-\uf8fe]", "[^\uf400-\uf8fe]"
"""A percentage that is no share of patients, and anything else."""
_NAME = "\uf8ff"
"""A name of the drug while the arms are sought, so that one pattern fits every label."""
MARK, ARM, UNMARKED = "[\ue000-\uf3ff]", "[\ue800-\uf3ff]", "[^\ue000-\uf8ff.:;()]"
_DOSE = "[\uea00-\uebff]"
"""An arm given the drug that is named by its dose alone, in a list of doses."""
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
    rf"in\ combination\ with)\ (?:[a-z]+(?!\w)|{_NAME})|{_AMOUNT}|\ ?\([nN]\ ?=\ ?[\d,]+\))*+"
)
_UNIT = r"(?:mg|mcg|µg|g|mL|units|IU)(?:/\w+)*(?:\ (?:(?:once|twice|three\ times)\ )?(?:daily|a\ day|weekly))?"
_AMOUNTS = rf"\d[\d.]*(?:\ {_UNIT})?"
_DOSES = re.compile(
    rf"(?<=\ )(?P<doses>{_AMOUNTS}(?:,\ {_AMOUNTS}){{0,6}}),?\ (?:and|or)\ (?P<last>\d[\d.]*)\ (?P<unit>{_UNIT})"
    r"(?=[^.;]*\brespectively\b)",
    re.VERBOSE | re.IGNORECASE,
)
"""Doses that shares are given for in their order."""
_DOSE_GROUP = r"the\ \d+[-\ ](?:mg|mcg|day|week)\ (?:dose\ )?(?:groups?|arms?)"
_CONTROL = (
    r"(?:placebo|vehicle|sham|no\ treatment|untreated(?:\ controls?)?)(?:\ plus\ (?:[a-z]+|"
    rf"{_NAME})|[-\ ]controls?)?(?!\w)(?!-controlled)"
)
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
    given)\ (?:the\ )?{_ANOTHER}{_AFTER}|
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
        pairs = _in_order(marks)
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
    elif re.fullmatch("D([PO])SDS\\1", kinds):
        pairs = [(marks[2], marks[3]), (marks[4], marks[5])]
    elif re.fullmatch("D[PO]SS", kinds) and re.search(
        f"{SHARE}{UNMARKED}*\\b(?:vs|versus|compared)\\b[^\ue000-\uf8ff]*{SHARE}", text
    ):
        pairs = [(marks[2], marks[0]), (marks[3], marks[1])]
    return None if pairs is None else _compared(pairs)


def _in_order(marks: list[str]) -> list[tuple[str, str]] | None:
    if any(re.match(_DOSE, mark) for mark in marks):
        # "in patients given examplin 10 and 20 mg": the drug's name is no arm beside its doses.
        marks = [mark for mark in marks if _kind(mark) != "D" or re.match(_DOSE, mark)]
    kinds = "".join(_kind(mark) for mark in marks)
    match = re.fullmatch("(?P<shares>S+)(?P<arms>[DPO]+)(?:S[PO])?|(?P<first>[DPO]+)(?P<last>S+)", kinds)
    if not match or len(match["shares"] or match["first"]) != len(match["arms"] or match["last"]):
        return None
    half = len(match["shares"] or match["first"])
    shares, arms = marks[:half], marks[half : 2 * half]
    pairs = list(zip(shares, arms, strict=True) if match["shares"] else zip(arms, shares, strict=True))
    return [*pairs, *zip(marks[2 * half :: 2], marks[2 * half + 1 :: 2], strict=True)]


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
    r"(?:(?:has|have|also|each|been|only|was|were|is|are|all)\ )*(?:(?:reported|observed|seen|noted|experienced|"
    r"developed|recorded|detected|"
    r"documented|present|found|identified)(?:\ as\ (?:an\ )?adverse\ (?:reactions?|events?))?|occur(?:red|s|ring)?)"
)
_EFFECT = r"(?P<effect>(?:[^\ue000-\uf8ff.:()]|\([^()\ue000-\uf8ff]*\)){3,160}?)"
_HIGHER = (
    r"(?:was|were)\ (?:(?:low|rare|uncommon|infrequent)(?:\ overall)?,?\ but\ (?:was\ |were\ )?)?(?:\w+ly\ )?"
    rf"(?:higher|greater|more\ (?:common|frequent))(?=\ (?:in|with|among)\ {ARM})"
)
_RATE = r"(?:incidence|frequency|rate|occurrence|prevalence|proportion|percentage)s?"
_HAD = r"(?:experienced|reported|developed|complained\ of|experiencing|reporting|developing)"
_INTRO = r"(?P<lead>(?:(?:in|during|among|for|at|following|after|with|when|of)\ [^.:]{3,400}?,\ )?)"
_PATTERNS = {
    "incidence of an effect": (
        rf"(?P<lead>(?:.{{0,500}}?[,\ ])?){_RATE}\ (?:of|for)\ (?:{PEOPLE}\ (?:with|who\ (?:had|{_HAD})|{_HAD})\ )?{_EFFECT}"
        rf",?\ (?P<rest>(?:(?:was|were|is|are|in|for|among|with|ranged|of|at|"
        rf"reported|compared)\b|\((?=[^()]*{SHARE})|{ARM})"
        rf".*{SHARE}.*)",
        "The incidence of dry mouth was 12% with examplin and 3% with placebo",
    ),
    "share of patients who had an effect": (
        rf"{_INTRO}(?:a\ total\ of\ )?(?P<rest>(?:(?:\d+|\w+)\ (?:(?:out\ )?of\ (?:the\ )?\d[\d,]*\ )?(?:patients?|subjects?|"
        rf"{ARM})\ )?[(\[]?{SHARE}{READ}{{0,80}}?)\ ?"
        rf"(?:who\ )?(?:also\ )?(?:{_HAD}|(?<={ARM}\ )had)\ (?:an?\ )?(?:at\ least\ one\ )?{_EFFECT}"
        r"(?P<more>(?:,?\ (?:(?:and|but|as|compared|versus|vs|while|whereas|than|in|after|during|within)\b|"
        rf"\((?=[^()]*{SHARE})){READ}*)?)",
        "12% of patients treated with examplin reported drowsiness compared with 5% of patients on placebo",
    ),
    "arm with a higher incidence": (
        rf"{_INTRO}(?P<rest>{ARM})\ (?:had|experienced|showed|reported)\ (?:an?|the)\ (?:\w+ly\ )?"
        rf"(?:higher|greater|increased)\ {_RATE}\ of\ {_EFFECT}"
        rf"(?P<more>,?\ (?:(?:when|as)\ )?(?:compared|than|versus|vs)\b{READ}*{SHARE}{READ}*)",
        "Patients treated with examplin had a higher incidence of drowsiness than those on placebo (12% vs 5%)",
    ),
    "effect in a share of patients": (
        rf"{_INTRO}{_EFFECT},?\ (?:{_REPORTED}|{_HIGHER})\ (?P<rest>{READ}*{SHARE}{READ}*)",
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
    r"(?:associated with|lead(?:ing)? to|led to|causes? of|reasons? for|result(?:ing|ed)? in) (?:\w+ ){0,3}withdrawals?|"
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
    r"oes) not\b(?! appear in the\b)|"
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
