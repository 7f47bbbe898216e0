"""A drug's names as the heads of tables write them."""

import re
from collections.abc import Iterable, Sequence

from drugref.incidence.tables.heads import named, role_of

_ENDINGS = re.compile(
    r"(?: (?:(?:di|hemi)?(?:hydrochloride|sodium|potassium|calcium|magnesium|fumarate|mesylate)|hcl|citrate|maleate|tartrate"
    r"|bitartrate|succinate|acetate|sulfate|phosphate|bromide|hydrobromide|besylate|tosylate|malate|lactate|nitrate|pamoate"
    r"|gluconate|tromethamine|medoxomil|axetil|etexilate|disoproxil|alafenamide|propionate|dipropionate|furoate|valerate"
    r"|xinafoate"
    r"|anhydrous|(?:mono|di|tri|hemi)hydrate|tablets?|capsules?|injection|oral|solution|suspension|cream|gel|ointment"
    r"|lotion|spray"
    r"|pen|kwikpen|flexpen|solostar|hfa|diskus|ellipta|respimat|zydis|odt|xr|er|sr|cr|xl|la|dr))+$"
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
