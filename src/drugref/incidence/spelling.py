"""How the name of an effect is written: in lower case but for abbreviations and names, in tables, prose and SIDER alike."""

import re

from drugref.lexicon.capitals import ABBREVIATIONS, GERMS, HALVES, PERSONS, PHRASES, POSSESSIVES, SYMBOLS
from drugref.lexicon.patterns import either

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ABBREVIATIONS = frozenset(ABBREVIATIONS)
_NAMES = frozenset((*PERSONS, *GERMS))
_SYMBOLS = frozenset(SYMBOLS)
_PHRASES = {phrase.lower(): phrase for phrase in PHRASES}
_PHRASE = re.compile(rf"\b{either(PHRASES)}\b", re.IGNORECASE)
_NOBODY = frozenset(POSSESSIVES)
_PAIR = re.compile(r"\b([A-Z][^\W\d_A-Z]+)-([A-Z][^\W\d_A-Z]+)\b")
_HALVES = frozenset(HALVES)
SHOUTED = 5
"""Letters up to which a term or word in capitals may be an abbreviation."""


def in_sentence(term: str, *, shouted: bool = False) -> str:
    """Return the name of an effect as it stands within a sentence.

    ``shouted`` says that it comes from a text which writes all its terms in capitals.

    >>> in_sentence("ALT Increased"), in_sentence("STEVENS-JOHNSON SYNDROME"), in_sentence("Wilson Disease")
    ('ALT increased', 'Stevens-Johnson syndrome', 'Wilson disease')
    >>> in_sentence("Crohn's disease"), in_sentence("Non-Cardiac Chest Pain"), in_sentence("Hepatitis A")
    ("Crohn's disease", 'non-cardiac chest pain', 'hepatitis A')
    """
    letters = ["".join(filter(str.isalpha, part)) for part in term.split("/")]
    shouted = term.isupper() and (shouted or max(map(len, letters)) > SHOUTED)
    kept = _pairs(term)
    found = _WORD.sub(lambda match: match[0] if match[0] in kept else _written(match, shouted), term)
    return _PHRASE.sub(lambda match: _PHRASES[match[0].lower()], found)


def _pairs(term: str) -> frozenset[str]:
    """Return the two names that a hyphen joins in a term which writes other words small: "Jarisch-Herxheimer reaction"."""
    if "-" not in term or not re.search(r"(?:^|\s)[a-z]", term):
        return frozenset()
    return frozenset(
        half for pair in _PAIR.finditer(term) if not _HALVES & {pair[1].lower(), pair[2].lower()} for half in pair.groups()
    )


def _written(match: re.Match[str], shouted: bool) -> str:
    """Return a word in lower case unless it is an abbreviation, a name, or spelled with capitals inside."""
    word = match[0]
    bare = re.split("['’]", word)[0]
    if bare in _ABBREVIATIONS or bare in _SYMBOLS:
        return word
    if bare.title() in _NAMES:
        return bare.title() + word[len(bare) :].lower()
    if shouted or (bare.isupper() and len(bare) > SHOUTED):
        return word.lower()
    inside = bare[1:] != bare[1:].lower() or (len(bare) == 1 and (bare != "A" or match.start() > 0))
    owner = re.fullmatch(r"[A-Z].*['’]s", word) and bare.lower() not in _NOBODY
    return word if inside or owner else word.lower()
