"""How sentences name effects: words before or behind which a list of them stands."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from drugref.lexicon.patterns import either
from drugref.lexicon.reactions import FINDINGS, NOUNS, SHOWN


class Way(NamedTuple):
    """Words beside which a sentence names effects."""

    name: str
    words: str
    """Piece of a verbose pattern."""
    example: str
    """A sentence of the kind, which names "rash"."""
    before: bool = False
    """Whether the effects stand before the words, at the beginning of the sentence."""
    whole: bool = False
    """Whether the rest of the sentence is a list and nothing else."""


_OFTEN = (
    r"(?:(?:also|rarely|occasionally|sometimes|infrequently|commonly|frequently|uncommonly|very|all|been|only|most|more|common|"
    r"the|often)\ )*"
)
WAYS = (
    Way(
        "what was reported",
        rf"\b(?:has|have|had|was|were|is|are)\ {_OFTEN}(?:{either(SHOWN)}|described|received|associated\ with)\b",
        "Rash has been reported.",
        before=True,
    ),
    Way(
        "what occurs",
        r"\b(?:(?:may|can|could|might)\ (?:also\ |rarely\ )?(?:occur|develop|result|be\ (?:seen|observed|experienced)|appear)|"
        r"occurred|occurs?|developed)\b",
        "Rash may occur.",
        before=True,
    ),
    Way(
        "reports of it",
        r"\b(?:reports?|cases?|instances?|episodes|occurrences?|development|incidences?|signs|symptoms)\ of\b",
        "There have been reports of rash.",
    ),
    Way(
        "what it causes",
        r"\b(?:(?:may|can|could|might)\ (?:also\ )?(?:cause|produce|induce|lead\ to|result\ in|precipitate|include|develop|"
        r"experience)|causes|caused|(?:reported|experienced|developed)"
        r"(?!\ (?:in|by|with|from|as|during|for|to|after|following|at|among|adverse)\b))\b",
        "Examplin may cause rash.",
    ),
    Way(
        "reactions that are listed",
        rf"\b(?:{either(NOUNS, FINDINGS)}|infections|disorders|outcomes|malignancies)\b[^:.]{{0,300}}?"
        r"(?:\b(?:include[sd]?|including|were|are|was|is|consist(?:ed|s)?\ of|follows|following)(?:\ the\ following)?"
        r"(?:\ \([^()]*\))?:?(?=\ )|:)",
        "Other reactions include rash.",
        whole=True,
    ),
    Way(
        "kinds of it",
        r"(?:\b(?:including|such\ as)(?:,?\ but\ not\ limited\ to)?\b|\((?:eg|ie)\b),?:?",
        "Angioedema, including rash, is feared.",
    ),
    Way(
        "a footnote",
        r"(?:^|(?<=\ )\w\ |[*†‡§¶#]\ )Include[sd]?(?:\ the\ (?:following|preferred)(?:\ (?:preferred\ )?terms)?|\ terms)?:?",
        "Includes rash.",
        whole=True,
    ),
)
"""Ways in which sentences name effects; each is asked."""


def _joined(ways: tuple[Way, ...]) -> re.Pattern[str]:
    """Return one pattern for several ways, a group each."""
    return re.compile("|".join(f"(?P<w{WAYS.index(way)}>{way.words})" for way in ways), re.IGNORECASE | re.VERBOSE)


_BEFORE = _joined(tuple(way for way in WAYS if way.before))
_BEHIND = tuple(_joined(tuple(way for way in WAYS if not way.before and way.whole == whole)) for whole in (False, True))
_OPENING = re.compile(
    r"^(?:(?:in|during|since|following|after|although|as|with|for|at|among|when|while|if)\b[^,]{3,250},\ "
    r"(?:there\ (?:have|were)\ )?)",
    re.IGNORECASE | re.VERBOSE,
)
_END = re.compile(r"\)(?![^()]*\()|;|\ (?:has|have|was|were|that|which|who|but|although|occurr\w+|may|can|is|are)\b|\.(?=\s|$)")
_LONGEST = 600
"""Characters of a list that is a part of a sentence."""


def listed_in(sentence: str) -> Iterator[tuple[str, Way]]:
    """Yield the lists in a sentence that may name effects, each with the way in which it does."""
    if (match := _BEFORE.search(sentence)) and match.start() <= _LONGEST:
        yield _OPENING.sub("", sentence[: match.start()]), _way(match)
    for match in _BEHIND[0].finditer(sentence):
        end = _END.search(sentence, match.end(), match.end() + _LONGEST)
        yield sentence[match.end() : end.start() if end else match.end() + _LONGEST], _way(match)
    for match in _BEHIND[1].finditer(sentence):
        yield sentence[match.end() :], _way(match)


def _way(match: re.Match[str]) -> Way:
    return WAYS[int((match.lastgroup or "w0")[1:])]
