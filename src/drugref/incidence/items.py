"""Effects with their shares in one marked sentence: behind each effect, or tied to it by a whole clause."""

import re
from typing import NamedTuple

from drugref.incidence.clauses import ARM, MARK, OTHER, PATTERNS, PLACEBO, SHARE, Marked, Told, told
from drugref.incidence.scopes import POPULATIONS
from drugref.incidence.terms import effect, parts


class Found(NamedTuple):
    """One effect with what a sentence tells of it."""

    effect: str
    statement: Told
    words: str
    """The part of the marked sentence that says so."""


_BRACKET = re.compile(rf"[(\[](?P<inner>[^()\[\]]*{SHARE}[^()\[\]]*(?:\([^()]*\)[^()\[\]]*)?)[)\]]")
_BARE_ITEM = re.compile(
    rf"\s*(?:and )?(?P<effect>[^{MARK[1:-1]}¤;():,]{{3,90}}?),?(?: –| -|:| =)? ?(?P<share>{SHARE})(?: (?:of|"
    rf"in) (?:the )?(?:patients|subjects))?"
    rf"\s*(?:[;,.]|$|,? and\b)"
)
_INTRODUCED = re.compile(r"^(?:in|during|among|for|at|following|after|with) [^,]{3,160}, ", re.I)
_CONNECTING = re.compile(
    r"""(?:\b(?:of|in|on|with|for|among|by|the|and|or|vs|versus|compared|to|than|as|was|were|is|are|at|each|all|
    both|incidence|frequency|
    rate|patients?|subjects?|participants|individuals|adults|those|who|treated|receiving|received|taking|groups?|
    arms?|respectively|cases|
    reported|occurred|occurring|an?|drug|only|also|while|whereas|but|it|this|total|higher|greater|more|frequently|
    often|women|men|
    children|n|out|recipients|reports|ranged|from|similar|lower)\b|\d[\d,]*(?:/\d[\d,]*)?|[\s,;:.()/=\[\]–-])*""",
    re.VERBOSE | re.I,
)
"""Words that may stand between shares and arms without changing what is said."""
_FOREIGN = re.compile(r"\b(?!patients|placebo|versus|compared|incidence|frequency|respectively)[A-Za-z][a-z]{4,24}\b")


def behind_each(text: Marked, body: str) -> list[Found]:
    """Read "headache (12 %), dizziness (5 %)" or "headache, 12 %; dizziness, 5 %"; nothing unless all is clear."""
    return _in_brackets(text, body) or _bare(body)


def _in_brackets(text: Marked, body: str) -> list[Found]:
    found: list[Found] = []
    places, at = list(_BRACKET.finditer(body)), 0
    for place in places:
        before, inner = body[at : place.start()], place["inner"]
        at = place.end()
        statements = _inner(text, inner)
        each = re.search(r"\b(?:each|all)\b", inner, re.I)
        names = _named(before, alone=len(places) == 1, each=bool(each), first=place is places[0])
        if not statements or not names:
            return []
        found += [Found(name, statement, f"{name} {place[0]}") for name in names for statement in statements]
    return [] if re.search(SHARE, body[at:]) else found


def _inner(text: Marked, inner: str) -> list[Told] | None:
    """Tell what a bracket says; a foreign word beside the drug's name is another drug's arm."""
    if re.search(ARM, inner) and len(foreign := _FOREIGN.findall(inner)) == 1 and not _CONNECTING.fullmatch(foreign[0]):
        inner = inner.replace(foreign[0], "\uf3ff")
        text.words["\uf3ff"] = foreign[0]
    if not _CONNECTING.fullmatch(re.sub(MARK, " ", inner)):
        return None
    arms = "".join(re.findall(ARM, re.sub(r"[(\[][^()\[\]]*[)\]]", "", text.text)))
    compared = re.search(PLACEBO, text.text) is not None and not re.match(f"{PLACEBO}|{OTHER}", arms)
    statements = told(inner, compared=compared)
    if statements is None and len(arms) == 2 and re.fullmatch(f"{SHARE}{{2}}", "".join(re.findall(MARK, inner))):
        return told(f"{inner} {arms} respectively")
    return statements


def _named(before: str, *, alone: bool, each: bool, first: bool) -> list[str]:
    """Return the effect that a bracket belongs to; all of a list if it says "each"; none if in doubt."""
    whole = re.sub(r"^(?:and|or) ", "", before.strip(" ,;"), flags=re.I)
    whole = _INTRODUCED.sub("", whole) if first else whole
    listed = re.split(r", | ?; ", whole)
    last = re.sub(r"^(?:and|or) ", "", listed[-1], flags=re.I)
    if (len(listed) > 1 and alone and not each) or (not each and re.match(r"(?:including|such as)\b", last, re.I)):
        return []
    names = [effect(part) for part in (parts(whole) if each else [last])]
    return [] if None in names else [name for name in names if name]


def _bare(body: str) -> list[Found]:
    found, at = [], 0
    for item in _BARE_ITEM.finditer(body):
        name = effect(item["effect"])
        if item.start() != at or name is None:
            return []
        found.append(Found(name, Told(item["share"]), item[0].strip(" ,;.")))
        at = item.end()
    return found if at == len(body) else []


def by_clause(text: Marked, clause: str) -> list[Found] | None:
    """Read one clause by the patterns; empty if its shares are of other arms, None if it fits no pattern clearly."""
    for pattern in PATTERNS:
        match = pattern.regex.fullmatch(clause.strip())
        if match and (found := _matched(text, clause, match)) is not None:
            return found
    return None


def _matched(text: Marked, clause: str, match: re.Match[str]) -> list[Found] | None:
    groups = match.groupdict()
    rest = f"{groups['rest']} {groups.get('more') or ''}"
    core = rest[: max(mark.end() for mark in re.finditer(MARK, rest))]
    if not _CONNECTING.fullmatch(re.sub(MARK, " ", POPULATIONS.sub(" ", core))):
        return None
    named = parts(match["effect"])
    names = [effect(part) for part in named]
    shares = re.findall(SHARE, rest)
    if len(shares) == len(names) > 1 and "respectively" in rest and not re.search(ARM, rest):
        pairs = [(name, Told(share)) for name, share in zip(names, shares, strict=True) if name]
        return [Found(name, statement, clause) for name, statement in pairs] if len(pairs) == len(shares) else None
    led = "".join(re.findall(ARM, groups.get("lead") or ""))
    if re.search(SHARE, groups.get("lead") or ""):
        return None
    statements = told(rest if re.search(ARM, rest) else led + rest)
    if statements is None:
        return None
    bounds = all(str(text.share(statement.share))[0] in "<≤≥>" for statement in statements)
    if len(names) > 1 and not (bounds or re.search(r"\beach\b", clause)):
        names = [effect(match["effect"])] if len(names) == 2 and not re.search("[,;]", match["effect"]) else [None]
    if None in names or not names:
        return None
    return [Found(name, statement, clause) for name in names if name for statement in statements]
