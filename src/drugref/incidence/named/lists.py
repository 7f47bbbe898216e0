"""A list in running text taken apart into effects, with the words of harm as the ground to take each for one."""

import re
from functools import lru_cache

from drugref.incidence.prose.terms import effect, parts, unglued
from drugref.incidence.rules import Rule, found
from drugref.incidence.systems import kind_of
from drugref.lexicon.harms import BEGINNINGS, ENDINGS, MEASURES, NAMES, NO_NAMES
from drugref.lexicon.patterns import either, entries
from drugref.lexicon.severity import GRADES

_NAMES, _NO_NAMES = frozenset(NAMES), frozenset(NO_NAMES)
_MEASURE = re.compile(either(MEASURES), re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w'-]*")
NAMELESS = (
    Rule(
        "patients before the drug",
        entries(r"""
            ^(?:underlying|(?:pre-?)?existing|concomitant|concurrent|prior|previous|history|advanced|metastatic|active)\b
            \b(?:risks?|factors?|histor(?:y|ies))\b
        """),
        "underlying heart disease",
    ),
    Rule(
        "what is done about it",
        entries(r"""
            \b(?:management|monitoring|surgery|procedures?|medications?|agents?|use|exposure|tests|evaluation|hospitali[sz]ations?)\b
            \b(?:improv\w+|benefits?|resol\w+|recover\w+|treatment|patients?|subjects?|discontinuation)\b
        """),
        "pain management",
    ),
    Rule(
        "what a text says of itself",
        entries(r"""
            \b(?:described|discussed|label\w*|also|elsewhere|below|above|section|database|data|information|overview)\b
            ^(?:subsequent|characteri[sz]ed|onset|sometimes)\b
        """),
        "toxicity discussed elsewhere",
    ),
)
"""Words that no effect is named with where nothing but its words speaks for it."""
_INNER = re.compile(r",? (?:including|such as|eg,?|ie,?|like|namely) ", re.IGNORECASE)
"""What stands between an effect and kinds of it."""
_ASIDE = re.compile(
    r" ?\((?:(?:includ(?:ing|es?)|such as|eg|ie|some|with|and|or|also)\b,? ?(?P<kinds>[^()]*)|[^()]*)\)", re.IGNORECASE
)
_TAIL = re.compile(
    r""",?\ (?:in|among|with|during|following|after|when|while|within|upon|on|at|for|from|by|associated\ with|due\ to|
    (?:leading|related|attributed|relating|resulting|secondary)\ (?:to|in|from)|requiring|that|which|who|where|
    has|have|was|were|is|are|may|can)\ .*$""",
    re.VERBOSE | re.IGNORECASE,
)
"""What a sentence says behind the last effect of a list."""
_BEFORE = re.compile(
    rf"^(?:(?:{either(GRADES)}|some|rare|isolated|cases?\ of|reports?\ of|fatal\ and\ non-?fatal|possible|potential|"
    r"clinically\ significant)(?:,?\ (?:and|or|or\ even|sometimes|to|and/or))?\ )+",
    re.IGNORECASE | re.VERBOSE,
)
"""How severe or how sure an effect was, which is no part of its name."""


@lru_cache(maxsize=1 << 14)
def is_word_of_harm(word: str) -> bool:
    """Tell whether a word in lower case names a harm, or makes a phrase that it stands in the name of one.

    >>> is_word_of_harm("anaemia"), is_word_of_harm("hepatitis"), is_word_of_harm("patients")
    (True, True, False)
    """
    word = word.replace("aemi", "emi").replace("oedema", "edema").replace("rrhoe", "rrhe").replace("haem", "hem")
    if word in _NAMES:
        return True
    return (word.endswith(ENDINGS) or (word.startswith(BEGINNINGS) and len(word) > 6)) and word not in _NO_NAMES


def speaks_of_harm(text: str) -> bool:
    """Tell whether any word of a text names a harm."""
    return any(map(is_word_of_harm, _WORD.findall(text.lower())))


@lru_cache(maxsize=1 << 13)  # labels name the same effects
def is_harm(name: str) -> bool:
    """Tell whether a phrase names a harm by its words.

    >>> is_harm("dry mouth"), is_harm("hepatitis"), is_harm("creatinine"), is_harm("creatinine increased"), is_harm("study")
    (True, True, False, True, False)
    """
    return speaks_of_harm(name) and _may_be(name)


def is_measure(name: str) -> bool:
    """Tell whether a phrase is only what is measured, without what became of it.

    >>> is_measure("ALT"), is_measure("ALT increased"), is_measure("platelet count"), is_measure("ALT > 3 × ULN")
    (True, False, True, False)
    """
    return _MEASURE.fullmatch(name) is not None


def _may_be(name: str) -> bool:
    """Tell whether a phrase can be the name of an effect in the company of others."""
    return name.lower() not in _NO_NAMES and not found(NAMELESS, name) and not is_measure(name)


def harms(text: str, *, listed: bool = True) -> list[str]:
    """Return the effects of a list, each once; none where too few of its parts name a harm by their words.

    ``listed`` says that the text is a list and nothing else, where a part may be one by its company.

    >>> harms("nausea, severe hepatitis (including fatal cases), and hypersensitivity such as rash in patients with gout")
    ['nausea', 'hepatitis', 'hypersensitivity', 'rash']
    """
    outer, inner = _parts(text)
    if outer and not effect(outer[-1]):
        outer[-1:] = parts(_TAIL.sub("", outer[-1]))
    named = [None if kind_of(item) == "system" else _name(item) for item in outer]
    sure = [name for name in named if name and is_harm(name)]
    if not sure or 2 * len(sure) < len(named):
        return []
    by_company = listed and len(sure) >= 3 and 4 * len(sure) >= 3 * len(named)
    kept = [name for name in named if name and (is_harm(name) or (by_company and _may_be(name)))]
    kept += [name for item in inner if (name := _name(item) or _name(_TAIL.sub("", item))) and is_harm(name)]
    return list(dict.fromkeys(kept))


def _parts(text: str) -> tuple[list[str], list[str]]:
    """Return the parts of a list, and what its brackets name as kinds of them."""
    kinds = ", ".join(aside["kinds"] for aside in _ASIDE.finditer(text) if aside["kinds"])
    outer = [part for whole in _INNER.split(_ASIDE.sub("", text)) for part in parts(whole.strip(" .:;,"))]
    pieces = [piece for part in outer for piece in ([part] if _TITLE.fullmatch(part) else unglued(part))]
    return pieces, [part for whole in _INNER.split(kinds) for part in parts(whole)]


_TITLED = r"(?:[A-Z][\w'/-]*|of|in|the|and|or|to|with|from|for)"
_TITLE = re.compile(rf"{_TITLED}(?: {_TITLED})+")
"""An item that writes all its words with capitals, so that a system within it may well be a part of it."""


def _name(item: str) -> str | None:
    return effect(_BEFORE.sub("", item.strip(" .:;,*•-–")))
