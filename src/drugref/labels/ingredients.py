"""What is in a product, told from the words of its label where no identifier tells it.

A wrong answer would put one drug's label under another's name, so that anything unclear is no answer.
"""

import re

from drugref.lexicon.patterns import either
from drugref.lexicon.salts import EITHER, ESTERS, METALS, SALTS, WATER
from drugref.lexicon.units import ACTIVITIES, SMALL, VOLUMES, WEIGHTS
from drugref.text import clean

_STRENGTH = re.compile(rf"\d[\d,.]*\s*(?:%|{either(SMALL, VOLUMES)}|{either(WEIGHTS, ACTIVITIES)}(?!\w))", re.IGNORECASE)
_HEADING = re.compile(
    r"\s*(?:drug facts\W+)?active\s+ingredients?\s*(?:\(s\))?\s*(?:\([^)]*\))?\s*(?:purposes?\b)?[\s:.]*", re.IGNORECASE
)
_COMBINED = re.compile(r"\b(?:and|with)\b|[/&+,;]", re.IGNORECASE)


def from_elements(elements: str) -> tuple[str, ...]:
    """Return the substances that ``spl_product_data_elements`` names as active; empty where it cannot be told.

    The field runs brand, nonproprietary name, then each active substance followed by its active moiety, then the inactive
    ingredients. A substance is known by that its moiety, which follows, begins with the same word.

    >>> from_elements("Hyzaar losartan potassium and hydrochlorothiazide LOSARTAN POTASSIUM LOSARTAN HYDROCHLOROTHIAZIDE "
    ...     "HYDROCHLOROTHIAZIDE LACTOSE")
    ('losartan potassium', 'hydrochlorothiazide')
    >>> from_elements("Zestril LISINOPRIL LISINOPRIL MANNITOL"), from_elements("Nobody knows what this is")
    (('lisinopril',), ())
    """
    text = clean(elements[:_HEAD]).replace(",", "").replace(";", "")
    # Substances are in capitals, brands seldom.
    return _all_pairs(_CAPITALS.findall(text)) or _all_pairs(text.split(" "))


def _all_pairs(words: list[str]) -> tuple[str, ...]:
    """Return the longest row of substances, each followed by its moiety, that begins among the first words."""
    lower = [word.lower() for word in words]
    best: tuple[str, ...] = ()
    start = 0
    while start < min(len(lower), _BEGINNING):
        found, end = _pairs(lower, start)
        best = max(best, found, key=len)
        start = end if found else start + 1
    return best


def _pairs(lower: list[str], start: int) -> tuple[tuple[str, ...], int]:
    """Return the substances that stand from a word on, each with its moiety, and where they end."""
    found: dict[str, None] = {}
    here = start
    while length := _length(lower, here):
        substance = lower[here : here + length]
        moiety = 1
        while moiety < length and lower[here + length + moiety : here + length + moiety + 1] == [substance[moiety]]:
            moiety += 1
        if not _SALTS.issuperset(substance[moiety:]) or _JOINS & set(substance):
            break  # an inactive ingredient may stand in between
        found[" ".join(substance)] = None
        here += length + moiety
    last = next(reversed(found), " ").split(" ")[0]
    if lower[here : here + 1] and (lower[here] in _ENDS or lower[here + 1 : here + 2] == [last]):
        return (), start + 1  # what was taken for a moiety is the beginning of a longer name
    return tuple(found), here


def _length(lower: list[str], here: int) -> int:
    """Return after how many words the first one comes again, which is where a moiety begins; 0 if it does not."""
    first = lower[here] if here < len(lower) else ""
    if not first[:1].isalpha():
        return 0
    try:
        return lower.index(first, here + 1, here + 1 + _MOST) - here
    except ValueError:
        return 0


_CAPITALS = re.compile(r"(?<!\S)[^a-z\s]+(?!\S)")
_HEAD = 1500
"""Characters of the field that are looked at."""
_BEGINNING = 60
"""Words among which the active substances begin."""
_MOST = 7
"""Words that the name of a substance may have."""
_JOINS = frozenset(("and", "with", "&", "or"))
_ENDS = frozenset((*SALTS, *EITHER, *ESTERS))
"""Words that go on with the name of a substance."""
_SALTS = _ENDS | frozenset((*METALS, *WATER))
"""Words that a substance's name may have beyond its moiety's."""


def from_active(text: str) -> tuple[str, ...]:
    """Return the substances that the section "Active ingredient" of an OTC label names; empty where it cannot be told.

    >>> from_active("Active Ingredient (in each caplet) Acetaminophen 500mg")
    ('acetaminophen',)
    >>> from_active("Active ingredients Acetaminophen 325 mg Pain reliever Dextromethorphan HBr 10 mg Cough suppressant")
    ()
    """
    body = _HEADING.sub("", clean(text))
    strengths = list(_STRENGTH.finditer(body))
    if len(strengths) != 1:
        return ()
    name = re.sub(r"\([^)]*\)", "", body[: strengths[0].start()]).strip(" .,:;-–")
    if not 3 <= len(name) <= 60 or _COMBINED.search(name) or not re.fullmatch(r"[A-Za-z][A-Za-z0-9 '-]*", name):
        return ()
    return (name.lower(),)
