"""What is asked of a patient: a condition, an allergy, a laboratory figure, something taken; and what a record has of it."""

import re

from drugref import vocabulary
from drugref.partners import BROADER, Medley, Partner, Recorded, Via, means, meets
from drugref.store import Store
from drugref.text import phrase_key
from drugref.vocabulary import BELOW, OWN, Meaning


class Asked:
    """What was asked about, in every sense that it has."""

    __slots__ = ("above", "allergy", "figure", "meaning", "partner", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        """As typed."""
        self.meaning: Meaning | None = None
        """The condition or population; None if it is an allergy, or a medicine and nothing else."""
        self.above: Meaning | None = None
        """The conditions above it: what is recorded for liver disease concerns somebody with cirrhosis."""
        self.partner: Partner | None = None
        """The medicine, group, food or drink."""
        self.allergy: Partner | None = None
        """What the patient is allergic to."""
        self.figure: Figure | None = None
        """A measure of the kidneys."""

    @property
    def known(self) -> bool:
        """Whether the thesaurus or the index knows it."""
        partner = self.allergy or self.partner
        return bool(self.figure or (self.meaning and self.meaning.concepts) or (partner and partner.known))

    @property
    def phrases(self) -> "list[str]":
        """The words that were looked for."""
        partner = self.allergy or self.partner
        said = [self.text, *(self.meaning.phrases if self.meaning else ()), *(self.above.phrases if self.above else ())]
        keys = sorted(partner.keys - {phrase_key(text) for text in said}) if partner else []
        return list(dict.fromkeys([*said, *keys]))


class Figure:
    """A range of the glomerular filtration rate or of the creatinine clearance, in mL/min."""

    __slots__ = ("high", "low", "stage")

    def __init__(self, low: float, high: float) -> None:
        self.low, self.high = low, high
        """Ends of the range; the upper one is exclusive unless both are the same."""
        self.stage = next((word for bound, word in _STAGES if self._below(bound)), "")
        """What the stages of chronic kidney disease call it; "" at 60 and above."""

    def _below(self, bound: float) -> bool:
        return self.high <= bound if self.low < self.high else self.low < bound

    def against(self, text: str) -> int:
        """Return what a recorded threshold has of it: ``OWN``, ``BELOW`` for a part of the range, -1 nothing, 0 without one."""
        bounds = [float(found[2]) + (found[1] in _UP_TO) / 1000 for found in _RECORDED.finditer(text)]
        if not bounds:
            return 0
        return OWN if self._below(max(bounds)) else BELOW if self.low < max(bounds) else -1


_STAGES = ((15, "kidney failure"), (30, "severe renal impairment"), (60, "moderate renal impairment"))
"""K/DOQI's stages of chronic kidney disease by GFR (mL/min/1.73 m²), the upper bound of each."""
_MEASURE = r"(?:estimated |e)?(?:GFR|glomerular filtration rate)|creatinine clearance|Cr ?Cl|Cl ?Cr"
_UP_TO = ("up to", "≤", "at most", "<=")
_BELOW = r"below|under|less than|lower than|up to|at most|<=|≤|<"
_ABOVE = r"above|over|more than|at least|>=|≥|>"
_TYPED = re.compile(
    rf"(?:{_MEASURE})\s*(?:is|of|=|:)?\s*(?:({_BELOW})|({_ABOVE}))?\s*(\d+(?:\.\d+)?)"
    r"(?:\s*(?:-|–|to)\s*(\d+(?:\.\d+)?))?\s*(?:ml.*)?",
    re.IGNORECASE,
)
_RECORDED = re.compile(rf"(?:{_MEASURE})[^.;\d]*?({_BELOW})\s*(\d+(?:\.\d+)?)", re.IGNORECASE)


def figure_of(text: str) -> Figure | None:
    """Return the figure that a condition is: ``eGFR < 30``, ``CrCl 25``, ``creatinine clearance 30-60``; None if none."""
    found = _TYPED.fullmatch(text.strip())
    if not found:
        return None
    below, above, first, second = found.groups()
    value = float(first)
    if below:
        return Figure(0, value)
    if above:
        return Figure(value, float("inf"))
    return Figure(value, float(second) if second else value)


_ALLERGY = "allergy|allergies|hypersensitivity|hypersensitivities|intolerance|sensitivity|anaphylaxis|reaction"
_WORSE = "(?:known |severe |serious |history of )*"
_TO = re.compile(
    rf"{_WORSE}(?:allergic|hypersensitive|intolerant|allergic reaction|{_ALLERGY}) (?:to|against|with|from) (.+)",
    re.IGNORECASE,
)
_OF = re.compile(rf"{_WORSE}(.+?)[ -](?:allergic reaction|{_ALLERGY}|allergic)", re.IGNORECASE)


def allergen(text: str) -> str:
    """Return what somebody is said to be allergic to; "" if nothing is said.

    >>> [allergen(text) for text in ("penicillin allergy", "allergic to NSAIDs", "asthma")]
    ['penicillin', 'NSAIDs', '']
    """
    found = _TO.fullmatch(text.strip()) or _OF.fullmatch(text.strip())
    return found[1].removeprefix("the ").removeprefix("a ") if found else ""


def ask(text: str, medley: Medley, stores: "list[Store]") -> Asked:
    """Return what is asked about, in every sense that the thesaurus and the index know of it."""
    asked = Asked(text)
    concepts = vocabulary.concepts_of(medley.words, text, vocabulary.PATIENT)
    asked.figure = figure_of(text)
    if asked.figure:
        asked.meaning = vocabulary.meaning(medley.words, asked.figure.stage or text)
    elif not concepts and (to := allergen(text)):
        asked.allergy = medley.partner(to, stores)
        return asked
    else:
        partner = medley.partner(text, stores)
        if partner.known or not concepts:
            asked.partner = partner
        if concepts or not partner.known:
            asked.meaning = vocabulary.meaning(medley.words, text)
    if asked.meaning:
        asked.above = vocabulary.broader(medley.words, asked.meaning)
    return asked


def applies(recorded: Recorded, asked: Asked, medley: Medley) -> "tuple[int, Via] | None":
    """Return how a recorded risk concerns what was asked about: ``OWN``, ``BELOW`` or ``BROADER``, and by what; None if not."""
    if asked.allergy:
        return _allergic(recorded, asked.allergy, medley)
    if asked.partner and (via := meets(recorded, asked.partner, medley)):
        return OWN, via
    if asked.figure and _KIDNEY.search(f"{recorded.item} {recorded.detail}"):
        against = asked.figure.against(f"{recorded.item}; {recorded.detail}")
        if against:
            return (against, Via()) if against > 0 else None
    if recorded.type == "medicine" or not asked.meaning:
        return None
    if recorded.type == "allergy" and asked.partner and asked.partner.known:
        return None  # what is named is a medicine or a food, and "benzyl alcohol" is another
    return _is_about(recorded, asked.meaning, asked.above, medley.words)


_KIDNEY = re.compile(r"renal|kidney|GFR|filtration|creatinine|dialysis", re.IGNORECASE)
_OF_ALLERGY = re.compile(r"allerg|hypersens|intoleran|sensitiv|anaphyla", re.IGNORECASE)


def _is_about(recorded: Recorded, meaning: Meaning, above: Meaning | None, words: Store) -> "tuple[int, Via] | None":
    found = vocabulary.stands_for(words, recorded.held, meaning)
    if found and recorded.type == "allergy" and not _OF_ALLERGY.search(meaning.text):
        return BELOW, Via()  # an asthma that aspirin brings on is no asthma
    if found:
        return found, Via()
    if above and recorded.type != "allergy" and vocabulary.stands_for(words, recorded.held, above):
        return BROADER, Via()
    return None


_CARRIER = re.compile(r"excipient|component|ingredient", re.IGNORECASE)


def _allergic(recorded: Recorded, allergy: Partner, medley: Medley) -> "tuple[int, Via] | None":
    """Return how a recorded allergy concerns somebody allergic to a medicine, a group, a food or an excipient."""
    if not (recorded.type == "allergy" or (_OF_ALLERGY.search(recorded.item) and recorded.type != "medicine")):
        return None
    if via := means(recorded, allergy, medley):
        return OWN, via
    if not allergy.known and _CARRIER.search(recorded.item):
        return BELOW, Via(f"if the product contains {allergy.text}")
    return None
