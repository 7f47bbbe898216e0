"""Body systems told from effects, the same for rows of a table, items of a list and what stands before its colon."""

import re
from functools import lru_cache
from typing import Literal

from drugref.lexicon.systems import CHANGES, EFFECTS_TOO, HAPPENINGS, KINDS, MEDDRA, PARTS, WHOLE

Kind = Literal["system", "group", "effect too"]
"""A system; what happens to one, which heads lists and in running text may be an effect; an effect that heads lists as well."""

LONGEST = 90
"""Characters of a system's name."""
_ASIDE = re.compile(r" ?\([a-z ]{1,32}\)")
_JOINT = re.compile(r"\s*(?:,(?:\s*(?:and|&))?|/|&|\band\b|[–-](?=\s))\s*")
_ENDS = re.compile(r"^[\s•·–—-]+|[\s.:;,–—-]+$|,? including$")


def kind_of(text: str) -> Kind | None:
    """Tell what a name is if it is that of a body system, as MedDRA, COSTART, WHO-ART or a label of its own has it.

    >>> kind_of("Metabolic/Nutritional Disorders"), kind_of("skin reactions"), kind_of("Infections"), kind_of("dry eye")
    ('system', 'group', 'effect too', None)
    """
    return None if len(text) > LONGEST else _kind_of(text.lower().replace("-site", " site"))


def is_system(text: str) -> bool:
    """Tell whether a name is that of a body system and of no effect."""
    return kind_of(text) == "system"


@lru_cache(maxsize=8192)  # labels file their effects under the same few names
def _kind_of(name: str) -> Kind | None:
    bare = _ENDS.sub("", _ASIDE.sub("", name))
    words = [_singular(word) for word in _JOINT.sub(" ", bare).split()]
    if not words:
        return None
    whole = " ".join(words)
    if whole in _WHOLE or whole.startswith(_BEGINNINGS) or " ".join(word for word in words if word not in KINDS) in _WHOLE:
        return "system"
    if whole in _EFFECTS or whole.removesuffix("s") in _EFFECTS:
        return "effect too"
    parts = [part for part in _JOINT.split(bare) if part]
    kinds = {_of_part(part, joined=len(parts) > 1) for part in parts}
    if None in kinds:
        return None
    return next((kind for kind in kinds if kind in ("group", "effect too")), "system")


def _of_part(part: str, *, joined: bool) -> Kind | None:
    """Tell what one of several joined names is; beside others an effect means what else belongs there."""
    words = part.split()
    kind: Kind = "system"
    while len(words) > 1 and (behind := _BEHIND.get(words[-1])):
        kind = kind if behind == "system" else behind
        del words[-1]
    name = " ".join(map(_singular, words))
    return kind if name in _PARTS or (joined and name in _EFFECTS) else None


def _singular(word: str) -> str:
    """Return a word in the spelling of the lists; one disorder is no system."""
    if word in KINDS:
        return word
    word = word.replace("-", "").replace("haem", "hem")
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "cns", "is")) else word


def _spelled(name: str) -> str:
    return " ".join(map(_singular, _JOINT.sub(" ", _ASIDE.sub("", name)).split()))


_WHOLE = frozenset(map(_spelled, (*MEDDRA, *WHOLE)))
_BEGINNINGS = tuple(f"{_spelled(name)} " for name in ("body as a whole", "neoplasms benign", "pregnancy, puerperium"))
"""Names that labels end in several ways."""
_BEHIND: dict[str, Kind] = {
    **dict.fromkeys(KINDS, "system"),
    **dict.fromkeys(HAPPENINGS, "group"),
    **dict.fromkeys(CHANGES, "effect too"),
}
_PARTS = frozenset(map(_spelled, PARTS))
_EFFECTS = frozenset(map(_spelled, EFFECTS_TOO))
