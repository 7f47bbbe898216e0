"""Whole clauses that tie shares to effects: a table of named patterns."""

import re
from typing import NamedTuple

from drugref.incidence.prose.marks import ARM, PEOPLE, READ, SHARE
from drugref.lexicon.frequency import RATES
from drugref.lexicon.patterns import either
from drugref.lexicon.reactions import NOUNS, SHOWN


class Pattern(NamedTuple):
    """A way in which whole clauses of labels tie shares to effects."""

    name: str
    regex: re.Pattern[str]
    """Over a marked clause; group ``effect`` names the effects, ``rest`` and ``more`` hold shares and arms."""
    example: str
    """A clause of the kind, of the drug examplin."""


_REPORTED = (
    rf"(?:(?:has|have|also|each|been|only|was|were|is|are|all)\ )*"
    rf"(?:{either(SHOWN, ('present',))}(?:\ as\ (?:an\ )?adverse\ {either(NOUNS)})?|occur(?:red|s|ring)?)"
)
_EFFECT = r"(?P<effect>(?:[^\ue000-\uf8ff.:()]|\([^()\ue000-\uf8ff]*\)){3,160}?)"
_HIGHER = (
    r"(?:was|were)\ (?:(?:low|rare|uncommon|infrequent)(?:\ overall)?,?\ but\ (?:was\ |were\ )?)?(?:\w+ly\ )?"
    rf"(?:higher|greater|more\ (?:common|frequent))(?=\ (?:in|with|among)\ {ARM})"
)
_RATE = either(RATES)
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
    "an effect and a comparison behind a colon": (
        rf"(?P<effect>[^\ue000-\uf8ff.:()]{{3,60}}):\ "
        rf"(?P<rest>{SHARE}\ (?:vs|versus|compared\ (?:with|to))\b{READ}*{SHARE}{READ}*)",
        "Drowsiness: 12% vs 5% with placebo",
    ),
}
PATTERNS = tuple(
    Pattern(name, re.compile(regex, re.IGNORECASE | re.VERBOSE), example) for name, (regex, example) in _PATTERNS.items()
)
"""How whole clauses tie shares to effects."""
