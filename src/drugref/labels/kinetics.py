"""Parameters of pharmacokinetics that a label states beyond doubt: one figure with its unit, of the drug itself, in anybody."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from drugref.lexicon.patterns import entries, words
from drugref.model import Parameter, Pharmacokinetic, Quantity, Sources
from drugref.text import clean

_NUMBER = r"(?P<low>\d{1,4}(?:\.\d{1,3})?)"
_UP_TO = r"(?:\s?(?:to|-|–|and)\s?(?P<high>\d{1,4}(?:\.\d{1,3})?))?"
_ABOUT = r"(?:(?:approximately|about|roughly|~|an average of|between|from|estimated to be|in the range of)\s?)*"
_SAYS = (
    r"(?:\([^()]{0,40}\)\s)?(?:(?:of|for)\s(?:the drug\s|(?P<whose>[a-z-]{4,30})\s)?)?"
    r"(?:(?:is|was|are|of|ranges?|averaged|averages)\s)+"
)


class Told(NamedTuple):
    """How labels state a parameter."""

    parameter: Parameter
    pattern: re.Pattern[str]
    """Groups ``low``, ``high`` and, where it is none of percent, ``unit``."""
    example: str


TOLD = (
    Told(
        "half-life",
        re.compile(
            rf"\bhalf-li(?:fe|ves)\s{_SAYS}{_ABOUT}{_NUMBER}{_UP_TO}\s?(?P<unit>hours?|hrs?|h|days?|minutes?|min|weeks?)\b",
            re.I,
        ),
        "The mean elimination half-life of examplin is approximately 5 to 7 hours.",
    ),
    Told(
        "protein-binding",
        re.compile(
            rf"\b(?:protein binding\s{_SAYS}{_ABOUT}{_NUMBER}{_UP_TO}\s?%"
            rf"|(?:is|are)\s{_ABOUT}(?P<low2>\d{{1,2}}(?:\.\d)?)\s?%\s"
            r"(?:protein[- ]bound|bound to (?:human )?(?:plasma|serum) proteins?))",
            re.I,
        ),
        "Examplin is about 95% bound to plasma proteins.",
    ),
    Told(
        "bioavailability",
        re.compile(rf"\b(?:absolute|oral) (?:oral )?bioavailability\s{_SAYS}{_ABOUT}{_NUMBER}{_UP_TO}\s?%", re.I),
        "The absolute bioavailability of examplin is about 40%.",
    ),
)
"""The statements that are read."""
_UNITS = {"h": "h", "d": "days", "m": "min", "w": "weeks"}
_SPECIAL = words(
    entries(r"""
        p(?:a)?ediatric; children; infants; neonates; adolescents; elderly; geriatric; renal; hepatic; impairment; cirrhosis
        metabolites?; rats?; mice; dogs?; monkeys?; animals?; compared; versus; whereas; respectively; when; relative
        poor metaboli[sz]ers; extensive metaboli[sz]ers; obese; pregnan\w+; initial; alpha; distribution
    """)
)
"""What makes a sentence one on some people, another substance or a comparison."""


_ASIDE = re.compile(r"\([^()]*\)")
_SEVERAL = re.compile(r"\d\s?(?:%|hours?\b|hrs?\b|h\b|days?\b|minutes?\b|min\b|weeks?\b)", re.IGNORECASE)


def parameters(paragraphs: Iterable[str], names: Collection[str], sources: Sources) -> Iterator[Pharmacokinetic]:
    """Yield the parameters that a section states; one that it states in two ways is left as text.

    ``names`` are the drug's in lower case: what is told of another substance, such as its metabolite, is not the drug's.
    """
    found: dict[Parameter, dict[str, Pharmacokinetic]] = {}
    for paragraph in paragraphs:
        for sentence in re.split(r"(?<=[a-z)%])\.\s+(?=[A-Z])", clean(paragraph)):
            for told in TOLD:
                matches = list(told.pattern.finditer(sentence))
                if len(matches) != 1 or _SPECIAL.search(sentence) or len(_SEVERAL.findall(_ASIDE.sub("", sentence))) > 1:
                    continue
                whose = (matches[0].groupdict().get("whose") or "").lower()
                said = [whose] if whose else sentence.lower().split() if told.parameter == "protein-binding" else []
                own = not said or any(word in name.split() for name in names for word in said)
                if own and (value := _value(matches[0])):
                    fact = Pharmacokinetic(parameter=told.parameter, value=value, sources=sources)
                    found.setdefault(told.parameter, {})[value.text] = fact
    for values in found.values():
        if len(values) == 1:
            yield from values.values()


def _value(match: re.Match[str]) -> Quantity | None:
    held = match.groupdict()
    low, high = held["low"] or held.get("low2"), held["high"]
    unit = _UNITS[held["unit"][0].lower()] if held.get("unit") else "%"
    try:
        return Quantity.parse(f"{low}–{high} {unit}" if high else f"{low} {unit}")
    except ValueError:
        return None
