"""Effects with their shares in one marked sentence: behind each effect, or tied to it by a whole clause."""

import re
from typing import NamedTuple

from drugref.incidence.prose.arrangements import Told, told
from drugref.incidence.prose.clauses import PATTERNS
from drugref.incidence.prose.marks import ARM, DRUG, FOREIGN, MARK, OTHER, PLACEBO, SHARE, Marked
from drugref.incidence.prose.scopes import POPULATIONS, beaten
from drugref.incidence.prose.terms import effect, parts
from drugref.lexicon.frequency import RATES
from drugref.lexicon.patterns import either
from drugref.lexicon.people import AGES, SEXES, TREATED
from drugref.lexicon.units import SMALL


class Found(NamedTuple):
    """One effect with what a sentence tells of it."""

    effect: str
    statement: Told
    words: str
    """The part of the marked sentence that says so."""
    versus: str | None = None
    """Who was in the comparison arm, in the label's words; None for placebo."""
    rule: str = ""
    """Name of the form that the sentence has."""


IN_BRACKETS = "a bracket behind each effect"
IN_TURN = "a bracket with the shares of several effects in their order"
BARE = "a share behind each effect"
NO_VERB = "a second statement without a verb"


_BRACKET = re.compile(rf"[(\[](?P<inner>[^()\[\]]*{SHARE}[^()\[\]]*(?:\([^()]*\)[^()\[\]]*)?)[)\]]")
_BARE_ITEM = re.compile(
    rf"\s*(?:and )?(?P<effect>[^{MARK[1:-1]};():,]{{3,90}}?),?(?: –| -|:| =)? ?(?P<share>{SHARE})(?: (?:of|"
    rf"in) (?:the )?{either(TREATED)})?"
    rf"\s*(?:[;,.]|$|,? and\b)"
)
INTRODUCED = re.compile(r"^(?:in|during|among|for|at|following|after|with) [^,]{3,160}, ", re.I)
"""What opens a sentence and says where an effect was seen, and in whom."""
_RATES_OF = re.compile(r"^.{0,200}\b(?:incidence|rate|frequency|frequencies)s? of ", re.I)
_TOGETHER = re.compile(r",? (?:were|are) (?:\w+ ){0,3}(?:common|frequent)", re.I)
"""What stands behind a list whose one bound holds for all of it."""
_STATEMENTS = re.compile(
    rf",? and (?={SHARE} (?!of {ARM}))|(?:,? and|,) (?=[a-z][a-z ]{{2,60}} (?:in|by) {SHARE})", re.IGNORECASE
)
"""What stands between the statements of one clause."""
_NO_VERB = re.compile(rf"(?P<effect>[A-Za-z][A-Za-z ]{{2,60}}?) (?P<rest>(?:in|by) {SHARE}.*)")
_CONNECTING = re.compile(
    rf"""(?:\b(?:{either(TREATED, SEXES, AGES, RATES)}|of|in|on|with|for|among|by|the|and|or|vs|versus|compared|to|than|as|
    was|were|is|are|at|each|all|both|those|who|treated|receiving|received|taking|groups?|arms?|
    respectively|cases|reported|occurred|occurring|an?|drug|only|also|while|whereas|but|it|this|total|higher|greater|more|
    frequently|often|n|out|reports|ranged|from|similar|lower|one|two|three|four|five|six|seven|
    eight|nine|ten|when|significantly|slightly|numerically|statistically|seen|observed|doses?|daily|overall|low|
    common)\b|\d[\d,]*(?:/\d[\d,]*)?|[\s,;:.()/=\[\]–-])*""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words that may stand between shares and arms without changing what is said."""
_PERIOD = re.compile(
    r"""\b(?:within|during|over|in|after|for)\ (?:the\ )?(?:first\ |approximately\ |about\ )*(?:\d+|one|two|three|four|six)[-\ ]
    (?:hours?|days?|weeks?|months?|years?)(?:\ (?:of|after)(?:\ the)?\ (?:start|initiation|beginning|initiating)(?:\ of)?)?
    (?:\ (?:of\ )?(?:treatment|therapy|dosing))?""",
    re.VERBOSE | re.IGNORECASE,
)
"""When an effect was seen."""
_WORD = re.compile(r"\b[A-Za-z][a-z]{4,24}\b")
_BY_OTHER = re.compile(
    rf"{SHARE} (?:with|on|for) ((?!patients|placebo|those)[a-z]{{5,24}}(?: (?:alone|monotherapy|group))?)(?=[ ,.;)]|$)",
    re.IGNORECASE,
)


def behind_each(text: Marked, body: str) -> list[Found]:
    """Read "headache (12 %), dizziness (5 %)" or "headache, 12 %; dizziness, 5 %"; nothing unless all is clear."""
    around = without_brackets(text.text)
    named = "".join(re.findall(ARM, beaten(around)))
    if named and not re.search(DRUG, text.text):
        return []
    order = "" if not named and re.search(PLACEBO, around) else text.arms(around)
    return _in_brackets(text, body, order) or _bare(body)


def _in_brackets(text: Marked, body: str, order: str) -> list[Found]:
    """Read the brackets of a list; ``order`` holds the arms that the sentence names outside them."""
    found: list[Found] = []
    places, at, arm = list(_BRACKET.finditer(body)), 0, ""
    compared = re.search(PLACEBO, text.text) is not None and not re.match(f"{PLACEBO}|{OTHER}", order)
    for place in places:
        before, (inner, foreign) = body[at : place.start()], _foreign(place["inner"])
        at = place.end()
        arm = (re.findall(ARM, beaten(before)) or [arm])[-1]
        if listed := _in_turn(text, before, place["inner"], order, first=place is places[0]):
            found += listed
            continue
        statements = _inner(inner, order, compared=compared)
        each = re.search(r"\b(?:each|all)\b", inner, re.I) or (
            len(places) == 1 and text.restored(inner)[:1] in "<≤≥>" and _TOGETHER.match(body, place.end())
        )
        names = _named(before, alone=len(places) == 1, each=bool(each), first=place is places[0])
        unsure = re.search("respectively", inner) and any(len(parts(name)) > 1 for name in names)
        if not statements or not names or unsure or (re.fullmatch(f"{PLACEBO}|{OTHER}", arm) and not re.search(ARM, inner)):
            return []
        found += [
            Found(name, statement, f"{name} {place[0]}", _versus(text, statement, foreign), IN_BRACKETS)
            for name in names
            for statement in statements
        ]
    return [] if re.search(SHARE, body[at:]) else found


def _in_turn(text: Marked, before: str, inner: str, order: str, *, first: bool) -> list[Found]:
    """Read "nausea and rash (5 % and 3 %, respectively)", where no two arms or doses might be meant instead."""
    shares = re.findall(SHARE, inner)
    if (
        not re.fullmatch(rf"{SHARE}(?:(?:, (?:and )?| and ){SHARE})+,? respectively", inner)
        or len(order) > 1
        or re.search(f"{PLACEBO}|{OTHER}", order)
        or len(re.findall(rf"\d ?(?:{either(SMALL)}|day|week)|\bgroups\b|\barms\b", text.text)) > 1
    ):
        return []
    whole = INTRODUCED.sub("", before.strip(" ,;")) if first else before.strip(" ,;")
    names = [effect(part) for part in parts(whole)]
    if len(names) != len(shares) or None in names:
        return []
    return [
        Found(name, Told(share), f"{name} ({share})", rule=IN_TURN) for name, share in zip(names, shares, strict=True) if name
    ]


def without_brackets(text: str) -> str:
    """Return a text without what stands in brackets."""
    return re.sub(r" ?[(\[][^()\[\]]*[)\]]", "", text)


def _versus(text: Marked, statement: Told, foreign: str) -> str | None:
    return (foreign if statement.versus == FOREIGN else text.words[statement.versus]) if statement.versus else None


def _foreign(inner: str) -> tuple[str, str]:
    """Mark one foreign word beside the drug's name: it is another drug's arm. Return the text and the word."""
    words = [word for word in _WORD.findall(inner) if not _CONNECTING.fullmatch(word)] if re.search(ARM, inner) else []
    return (inner.replace(words[0], FOREIGN), words[0]) if len(words) == 1 else (inner, "")


def _by_other(rest: str) -> tuple[str, str]:
    """Mark the arm of another drug told like the named ones, "3 % with examplin, 2 % with otherol", and return its name."""
    other = _BY_OTHER.search(rest) if re.search(ARM, rest) else None
    return (f"{rest[: other.start(1)]}{FOREIGN}{rest[other.end(1) :]}", other[1]) if other else (rest, "")


def _inner(inner: str, order: str, *, compared: bool) -> list[Told] | None:
    """Tell what a bracket says."""
    if not _CONNECTING.fullmatch(re.sub(MARK, " ", inner)):
        return None
    statements = told(inner, compared=compared)
    if statements is None and len(order) == 2 and re.fullmatch(f"{SHARE}{{2}}", "".join(re.findall(MARK, inner))):
        return told(f"{inner} {order} respectively")
    return statements


def _named(before: str, *, alone: bool, each: bool, first: bool) -> list[str]:
    """Return the effect that a bracket belongs to; all of a list if it says "each"; none if in doubt."""
    whole = re.sub(r"^(?:and|or) ", "", before.strip(" ,;"), flags=re.I)
    if first:
        whole = _RATES_OF.sub("", INTRODUCED.sub("", whole))
    listed = re.split(r", | ?; ", whole)
    last = re.sub(r"^(?:and|or) ", "", listed[-1], flags=re.I)
    if (len(listed) > 1 and alone and not each) or (not each and re.match(r"(?:including|such as)\b", last, re.I)):
        return []
    names = [effect(part) for part in (parts(whole) if each else [last])]
    return [] if None in names else [name for name in names if name]


def _bare(body: str) -> list[Found]:
    found, at = [], 0
    while item := _BARE_ITEM.match(body, at):
        name = effect(item["effect"])
        if name is None:
            return []
        found.append(Found(name, Told(item["share"]), item[0].strip(" ,;."), rule=BARE))
        at = item.end()
    return found if at == len(body) else []


def by_clause(text: Marked, clause: str) -> list[Found] | None:
    """Read one clause by the patterns; empty if its shares are of other arms, None if it fits no pattern clearly.

    A clause of several statements is read if each of them can be: "nausea occurred in 14 % and vomiting in 6 %".
    """
    for pattern in PATTERNS:
        match = pattern.regex.fullmatch(clause.strip())
        if match and (found := _matched(text, clause, match, pattern.name)) is not None:
            return found
    first, *others = _STATEMENTS.split(clause)
    if not others:
        return None
    if re.search(f"{PLACEBO}|{OTHER}", clause) and not all(re.search(ARM, statement) for statement in (first, *others)):
        return None
    read = [by_clause(text, first), *(_without_verb(text, other) or by_clause(text, other) for other in others)]
    return None if None in read else [found for statement in read if statement for found in statement]


def _without_verb(text: Marked, statement: str) -> list[Found] | None:
    match = _NO_VERB.fullmatch(statement.strip())
    return _matched(text, statement, match, NO_VERB) if match else None


def _matched(text: Marked, clause: str, match: re.Match[str], rule: str) -> list[Found] | None:
    groups = match.groupdict()
    rest, foreign = _by_other(f"{groups['rest']} {groups.get('more') or ''}")
    # What stands between the share and the effect has to be clear too: "5 % of patients who had an ulcer before reported pain".
    end = len(groups["rest"]) if "more" in groups else 0
    core = rest[: max(end, *(mark.end() for mark in re.finditer(MARK, rest)))]
    if not _CONNECTING.fullmatch(re.sub(MARK, " ", _PERIOD.sub(" ", POPULATIONS.sub(" ", core)))):
        return None
    effects = re.sub(
        r",? (?:(?:including|such as|eg,?)|(?:while|when) (?:receiving|taking|on)|(?:at|by) (?:week|month|day)) .*",
        "",
        match["effect"],
    )
    named = parts(effects)
    names = [effect(part) for part in named]
    shares = re.findall(SHARE, rest)
    if len(shares) == len(names) > 1 and "respectively" in rest and not re.search(ARM, rest):
        pairs = [(name, Told(share)) for name, share in zip(names, shares, strict=True) if name]
        if len(pairs) < len(shares):
            return None
        return [Found(name, statement, clause, rule=rule) for name, statement in pairs]
    led = "".join(re.findall(ARM, groups.get("lead") or ""))
    if re.search(SHARE, groups.get("lead") or ""):
        return None
    statements = told(rest if re.search(ARM, rest) else led + rest)
    if statements is None:
        return None
    bounds = all(str(text.share(statement.share))[0] in "<≤≥>" for statement in statements)
    if len(names) > 1 and not (bounds or re.search(r"\beach\b", clause)):
        names = [effect(effects)] if len(names) == 2 and not re.search("[,;]", effects) else [None]
    if None in names or not names:
        return None
    return [
        Found(name, statement, clause, _versus(text, statement, foreign), rule)
        for name in names
        if name
        for statement in statements
    ]
