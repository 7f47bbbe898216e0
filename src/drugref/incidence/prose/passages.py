"""A label's running text taken apart: paragraphs, headings run into the text, sentences, and labels before lists."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from drugref.incidence.prose.shares import normalised

LONGEST = 4000
"""Characters that a sentence, or the list behind one label, may have and still be read."""


class Piece(NamedTuple):
    """A sentence or a list, with what stands before its colon."""

    heading: str
    """A heading run into the text before this piece; empty where it belongs to the last one."""
    system: str
    """The body system that the list is filed under."""
    word: str
    """The word for a frequency that the list is filed under: "Rare"."""
    definition: str
    """What stands in brackets behind that word: "≥ 1/100"."""
    text: str


_ABBREVIATED = re.compile(r"(?:\b(?:vs|e\.g|i\.e|approx|dr|no|st|incl|etc|u\.s|fig|al|max|min)|\b[A-Z])\.$", re.I)
_STOP = re.compile(
    r"""[.!?][)\]"”]?[*†‡]{0,2}\ (?=["“(\[]?[A-Z0-9≥≤<>*†•])|\ ?•\ ?|
    \ (?=(?:The\ following|In\ (?:patients|clinical|controlled|addition)|(?:Other|Additional)\ adverse)\b|\*Incidence\b)""",
    re.VERBOSE,
)
"""Where a sentence ends; in flattened text a list without a full stop is followed by the next lead."""
_HEADING = re.compile(
    r"""(?:(?<!\S)\d{1,2}\.\d{1,2}\ )?(?<!\w)(?:
    (?:Clinical\ (?:Trials?|Stud(?:y|ies))(?:\ Adverse)?\ Experiences?|Clinical\ Trials?\ Adverse\ (?:Reactions|Events))|
    (?P<post>Post-?\s?[Mm]arketing\ (?:Experiences?|Reports?|Data|Surveillance|Adverse\ (?:Reactions|Events)(?:\ Reports)?)|
      Spontaneous\ Reports|Post-?[Aa]pproval\ (?:Experience|Use))|
    Immunogenicity|Laboratory\ (?:Test\ )?Abnormalities|Drug\ Abuse\ and\ Dependence|Overdos(?:e|age))
    (?=\ [A-Z]|:|$)|(?<!\S)(?:[4-9]|1[0-7])\.\d{1,2}\ (?=[A-Z][a-z])""",
    re.VERBOSE,
)
POSTMARKETING = re.compile(
    r"""post-?\s?(?:marketing|approval|authori[sz]ation|introduction)|after\ (?:marketing|approval|market\ introduction)|
    since\ (?:market(?:ing|\ introduction)|(?:its\ )?(?:approval|introduction))|spontaneous(?:ly)?\ report|
    voluntar(?:y|ily)\ report|
    worldwide\ experience|(?:in|from|during)\ marketing\ experience|marketed\ use|foreign\ marketing""",
    re.VERBOSE | re.IGNORECASE,
)
_SYSTEM = r"""(?:(?:[Bb]ody\ as\ a\ [Ww]hole(?:\ ?[-–/]\ ?[Gg]eneral)?|Whole\ [Bb]ody|Body|General|Cardiovascular|
    Cardiac|Vascular|Heart|
    Heart\ [Rr]ate\ and\ [Rr]hythm|Digestive|Gastro-?[Ii]ntestinal|GI|Hepatic|Hepato-?\s?[Bb]iliary|Liver|
    Liver\ and\ [Bb]iliary|Hemic(?:\ (?:and|&)\ [Ll]ymphatic)?|Haemic|Ha?ematologica?l?|Ha?ematopoietic|
    Blood(?:\ and\ [Ll]ymphatic)?|Lymphatic|Endocrine|Metabolic(?:/|\ (?:and|&)\ )[Nn]utritional|Metabolic|
    Metabolism(?:\ and\ [Nn]utrition(?:al)?)?|Nutritional|Musculo-?[Ss]keletal(?:\ and\ [Cc]onnective\ [Tt]issue)?|
    (?:Central|Peripheral|Autonomic|Central\ (?:and|&)\ [Pp]eripheral)?\ ?[Nn]ervous|CNS|Neurologic(?:al)?|
    Neuro-?[Pp]sychiatric|Neuromuscular|Psychiatric|Psychological|Autonomic|
    Respiratory(?:,\ [Tt]horacic,?\ and\ [Mm]ediastinal)?|
    Pulmonary|Skin(?:\ (?:and|&)\ (?:[Aa]ppendages|[Ss]ubcutaneous(?:\ [Tt]issue)?))?|Dermatologic(?:al)?|Dermal|
    (?:Special|Other)\ [Ss]enses?|Ophthalmic|Ophthalmologic(?:al)?|Ocular|Eyes?|Ears?(?:\ and\ [Ll]abyrinth)?|Otic|
    Urogenital|Genito-?[Uu]rinary|Renal(?:\ (?:and|&)\ [Uu]rinary)?|Renal/[Gg]enitourinary|Urinary(?:\ [Tt]ract)?|
    Urologic(?:al)?|
    Reproduct(?:ive|ion)(?:\ \((?:fe)?male\))?(?:,?\ (?:[Ss]ystem\ )?(?:and|&)\ [Bb]reast)?|Sexual|Immune|Immunologic(?:al)?|
    Allerg(?:ic|y)|Hypersensitivity|Infections?(?:\ (?:and|&)\ [Ii]nfestations)?|
    Injury,\ [Pp]oisoning,?\ (?:and|&)\ [Pp]rocedural\ [Cc]omplications|Investigations|Laboratory(?:\ [Tt]ests?)?|
    Neoplasms?(?:\ [Bb]enign,\ [Mm]alignant\ and\ [Uu]nspecified)?|Application\ [Ss]ite|Injection\ [Ss]ite|
    Miscellaneous|Other|Oral|
    Psychobiologic|Mouth|Anticholinergic|Extrapyramidal)
    (?:\ (?:\([A-Za-z\ ]{1,24}\)|[Ss]ystems?|[Dd]isorders?(?:\ and\ [Aa]dministration\ [Ss]ite\ [Cc]onditions)?|[Ee]ffects?|
    [Rr]eactions?|[Ee]xperiences?|
      [Ee]vents?|[Tt]ract|[Cc]onditions|[Ff]indings|[Aa]bnormalities|
      [Cc]hanges))*(?:,?\ including)?)"""
_WORD = r"""(?i:(?:very|more|most|less|relatively)\ (?:common|frequent|rare)(?:ly)?(?:\ reported)?|common|frequent|
    uncommon|infrequent|
    occasional|rare(?:ly)?|(?:frequency\ )?(?:not\ known|unknown))(?i:\ (?:adverse\ )?(?:reactions|events|effects|
    experiences))?"""
_LABEL = re.compile(
    rf"""(?<![\w/-])(?:(?P<system>{_SYSTEM})|
    (?:^|(?<=[.;:–-]\ )|(?=[A-Z]))(?<!(?i:very|more|most|less)\ )(?P<word>{_WORD})(?:\ ?\((?P<definition>[^()]{{1,80}})\))?)
    \ ?(?::|–(?=\ )|-(?=\ ))\ ?""",
    re.VERBOSE,
)


def pieces(text: str) -> Iterator[Piece]:
    """Yield the sentences and lists of a text in their order; a line break ends a paragraph."""
    for line in text.splitlines():
        shown = normalised(line)
        start, heading = 0, ""
        for match in _HEADING.finditer(shown):
            yield from _sentences(shown[start : match.start()], heading)
            heading, start = match[0].rstrip(), match.end()
        yield from _sentences(shown[start:].lstrip(": "), heading)


def _sentences(text: str, heading: str) -> Iterator[Piece]:
    start = 0
    for stop in _STOP.finditer(text):
        if not _ABBREVIATED.search(text, max(0, stop.start() - 8), stop.start() + 1):
            yield from _labelled(text[start : stop.end()].strip(" •"), heading)
            heading, start = "", stop.end()
    yield from _labelled(text[start:].strip(" •"), heading)


def _labelled(sentence: str, heading: str) -> Iterator[Piece]:
    """Yield what stands before the first label in a sentence, then what stands behind each."""
    if not sentence:
        if heading:
            yield Piece(heading, "", "", "", "")
        return
    start, system, word, definition = 0, "", "", ""
    for label in _LABEL.finditer(sentence):
        text = sentence[start : label.start()].strip()
        if text:
            yield Piece(heading, system, word, definition, text)
            heading, system, word, definition = "", "", "", ""
        start = label.end()
        system = label["system"] or system
        word, definition = label["word"] or word, label["definition"] or definition
    yield Piece(heading, system, word, definition, sentence[start:].strip())


def is_postmarketing(text: str) -> bool:
    """Tell whether a heading or a sentence speaks of reports after marketing."""
    return POSTMARKETING.search(text) is not None


WORD = re.compile(rf"(?P<word>{_WORD})(?:[: ]*\(?(?P<definition>[^():\s][^():]{{0,80}})\)?)?[: ]*", re.VERBOSE)
"""A heading that is a word for a frequency, with or without its definition."""
FREE_LABEL = re.compile(r"(?P<name>[A-Z][^.:;%\ue000-\uf8ff]{2,90}): (?=[A-Z]?[a-z])")
"""Any words before a colon, where a list is expected."""
SYSTEM = re.compile(_SYSTEM, re.VERBOSE)
"""A body system, which is no effect."""
