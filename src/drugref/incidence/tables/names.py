"""A drug's names as the heads of tables write them."""

import re
from collections.abc import Iterable, Sequence

from drugref.incidence.tables.heads import named, role_of
from drugref.lexicon.forms import DEVICES, GIVEN_BY_NEEDLE, IN_PERCENT, RELEASE, ROUTES, SOLID
from drugref.lexicon.patterns import either
from drugref.lexicon.salts import EITHER, ESTERS, METALS, SALTS, WATER

_ENDINGS = re.compile(
    rf"(?: {either(SALTS, METALS, EITHER, ESTERS, WATER, SOLID, GIVEN_BY_NEEDLE, IN_PERCENT, ROUTES, DEVICES, RELEASE)})+$"
)
_SUFFIX = re.compile(r"(?<=mab|ept|tim|ase)-[a-z]{4}$")
_SHORT = re.compile(r"\b([A-Z][A-Za-z0-9]{1,7})\s*[=:]\s*([^;,.=]{3,60})")


def without_ending(drug: str) -> str:
    """Return a drug's name in lower case without its salt and form, or a biological's four-letter suffix.

    >>> without_ending("Cetirizine Hydrochloride tablets"), without_ending("adalimumab-adaz")
    ('cetirizine', 'adalimumab')
    """
    return _SUFFIX.sub("", _ENDINGS.sub("", " ".join(drug.lower().split())))


def names_of(drugs: Sequence[str], notes: Iterable[str]) -> tuple[str, ...]:
    """Return the names under which a table may speak of a drug: its own, and those that its notes say are short for it."""
    names = tuple(dict.fromkeys(name for drug in drugs if (name := without_ending(drug))))
    short = [
        match[1].lower()
        for note in notes
        for match in _SHORT.finditer(note)
        if role_of(match[2], names) == "drug" and named(match[2].split()[0], names)
    ]
    return names + tuple(dict.fromkeys(short))
