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
    words = [word for word in re.sub(r"[,;](?=\s|$)", r" \g<0>", clean(elements[:_HEAD])).split(" ") if word]
    lower = [word.lower() for word in words]
    if alone := _named_twice(lower):
        return (alone,)
    # Substances are in capitals, brands seldom.
    substances = [word for word in words if word not in _STOPS]
    capitals = [word for word in substances if word.upper() == word]
    found = (_as_named(_all_pairs(offered), lower) for offered in (capitals, substances))
    return next(filter(None, found), ())


def _named_twice(lower: list[str]) -> str:
    """Return the one substance that the nonproprietary name before it names; "" where that joins several, or is another.

    What stands there three times, as nonproprietary name, substance and moiety, goes before what stands there twice: a brand
    comes again too, and a moiety may have a name of its own.
    """
    repeated = [
        (start, length)
        for start in range(min(_FIRST, len(lower)))
        for length in range(1, _MOST + 1)
        if lower[start : start + length] == lower[start + length : start + 2 * length] and lower[start][:1].isalpha()
    ]
    often = sorted(
        (pair for pair in repeated if lower[pair[0] + 2 * pair[1] :][:1] == [lower[pair[0]]]), key=lambda pair: pair[1]
    )
    tried = [(start, length, lower[start - 1 : start]) for start, length in often]
    tried += [(start, length, lower[:start]) for start, length in repeated if 0 < start <= _LONGEST_BRAND]
    for start, length, before in tried:
        if _JOINS.isdisjoint((*before, *lower[start : start + length])):
            here = start + length
            while lower[here + length : here + 2 * length] == lower[start : start + length]:
                here += length
            longer = _length(lower, here)
            end = here + (longer if longer and _SALTS.issuperset(lower[here + length : here + longer]) else length)
            return " ".join(lower[here:end])
    return ""


def _as_named(found: tuple[str, ...], lower: list[str]) -> tuple[str, ...]:
    """Return those of some substances that the nonproprietary name before them names, if it names no others; else none.

    Where it joins nothing they stand as they are.
    """
    again = (number for number, word in enumerate(lower) if len(word) > 3 and word in lower[:number])
    named = lower[: next(again, len(lower))]
    if len(found) > 1 and lower[:2] == [found[0], found[0]]:
        found = found[1:]  # the brand, which stands there as the nonproprietary name too
    if not found or _JOINS.isdisjoint(named):
        return found
    places = {name: _place(name.split(" ")[0], named) for name in found}
    kept = tuple(name for name in found if places[name] >= 0)
    start = min((places[name] for name in kept), default=0)
    end = max((places[name] for name in kept), default=0)
    if sum(
        word in _JOINS and named[number - 1] not in _JOINS for number, word in enumerate(named[:end]) if number > start
    ) >= len(kept):
        return ()
    last = end + max((len(name.split(" ")) for name in kept), default=0)
    goes_on = not _JOINS.isdisjoint((*named[max(0, start - 1) : start], *named[end + 1 : last + 1]))
    return () if goes_on else kept


def _place(first: str, words: list[str]) -> int:
    """Return the number of the word that begins so, perhaps with a biologic's suffix; -1 if there is none."""
    return next((number for number, word in enumerate(words) if word.startswith(first)), -1)


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
        sure = tuple(found)[:-1]  # what was taken for the last one's moiety is the beginning of a longer name
        return sure, here if sure else start + 1
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


_HEAD = 1500
"""Characters of the field that are looked at."""
_BEGINNING = 60
"""Words among which the active substances begin."""
_FIRST = 20
"""Words among which one substance is named twice or more."""
_MOST = 7
"""Words that the name of a substance may have."""
_STOPS = frozenset((",", ";"))
_JOINS = frozenset(("and", "with", "&", "or", "/", *_STOPS))
_ENDS = frozenset((*SALTS, *EITHER, *ESTERS))
"""Words that go on with the name of a substance."""
_SALTS = _ENDS | frozenset((*METALS, *WATER))
"""Words that a substance's name may have beyond its moiety's."""


def brand_in(elements: str, substances: tuple[str, ...]) -> str:
    """Return the brand before the nonproprietary name in ``spl_product_data_elements``; "" where none can be told.

    A brand ends where a word of a substance begins, one in small letters, or one that comes again.

    >>> brand_in("KEYTRUDA pembrolizumab PEMBROLIZUMAB PEMBROLIZUMAB SUCROSE", ("pembrolizumab",))
    'KEYTRUDA'
    >>> brand_in("Metoprolol Succinate METOPROLOL SUCCINATE METOPROLOL", ("metoprolol succinate",))
    ''
    """
    words = clean(elements[:_HEAD]).split(" ")[: _LONGEST_BRAND + _NEAR]
    lower = [word.lower().strip(".,;()") for word in words]
    firsts = [first for name in substances if len(first := name.split(" ")[0].lower()) > 3]
    for number, word in enumerate(words[: _LONGEST_BRAND + 1]):
        again = number and len(lower[number]) > 3 and lower[number] in (*lower[:number], *lower[number + 1 : number + _NEAR])
        if again or not word[:1].isalnum() or word[0].islower() or any(first in lower[number] for first in firsts):
            return " ".join(words[:number])
    return ""


_LONGEST_BRAND = 5
"""Words that a brand may have."""
_NEAR = 11
"""Words behind one among which it comes again if it names a substance."""


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
