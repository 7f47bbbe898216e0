"""A label's running text taken apart: paragraphs, headings run into the text, sentences, and labels before lists."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from drugref.incidence.prose.shares import normalised
from drugref.incidence.rules import Rule, found
from drugref.incidence.systems import LONGEST as SYSTEM_LONGEST
from drugref.incidence.systems import kind_of
from drugref.lexicon.frequency import BANDS, REPORTS
from drugref.lexicon.patterns import either
from drugref.lexicon.reactions import NOUNS

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
_BEGINS = re.compile(r"[0-9CPSILDO](?:[0-9]?\.[0-9]|linical|ost|pontaneous|mmunogenicity|aboratory|rug\ Abuse|verdos)")
"""How a heading begins, which is looked for in less time than all of it."""
POSTMARKETING = Rule("reports after marketing", REPORTS, "Rash was reported after marketing")
_WORD = rf"""(?i:{either(tuple(BANDS))}(?:ly)?(?:\ reported)?(?:\ (?:adverse\ )?{either(NOUNS)})?)"""
_FREQUENCY = re.compile(
    rf"""(?<![\w/-])(?:^|(?<=[.;:,–-]\ )|(?<=[;,–]\ and\ )|(?=[A-Z]))(?<!(?i:very|more|most|less)\ )(?P<word>{_WORD})
    (?:\ ?\((?P<definition>[^()]{{1,80}})\))?(?P<end>\ ?(?::|–|-(?=\ )|(?<=\ )-)\ ?)""",
    re.VERBOSE,
)
_BORDER = re.compile(r" ?(?::|–(?= )|-(?= )) ?")
"""What stands between a label and its list."""
_CAPITAL = re.compile(r"(?<![\w/-])[A-Z]")


class _Label(NamedTuple):
    """What stands before a list and says what it is a list of."""

    start: int
    end: int
    system: str = ""
    word: str = ""
    definition: str = ""


def _labels(sentence: str) -> list[_Label]:
    """Return the body systems and words for a frequency that stand before a colon or dash, in their order."""
    if not any(border in sentence for border in ":–-"):
        return []
    labels = [
        _Label(match.start(), match.end(), word=match["word"], definition=match["definition"] or "")
        for match in _FREQUENCY.finditer(sentence)
    ]
    words, at = {label.start for label in labels}, 0
    for border in _BORDER.finditer(sentence):
        for capital in _CAPITAL.finditer(sentence, max(at, border.start() - SYSTEM_LONGEST), border.start()):
            name = sentence[capital.start() : border.start()]
            if capital.start() not in words and kind_of(name):
                labels.append(_Label(capital.start(), border.end(), system=name))
                break
        at = border.end()
    return sorted(labels)


def pieces(text: str) -> Iterator[Piece]:
    """Yield the sentences and lists of a text in their order; a line break ends a paragraph."""
    for line in text.splitlines():
        shown = normalised(line)
        start, heading = 0, ""
        for match in _headings(shown):
            yield from _sentences(shown[start : match.start()], heading)
            heading, start = match[0].rstrip(), match.end()
        yield from _sentences(shown[start:].lstrip(": "), heading)


def _headings(text: str) -> Iterator[re.Match[str]]:
    """Yield the headings run into a text in their order."""
    end = 0
    for begun in _BEGINS.finditer(text):
        if begun.start() >= end and (heading := _HEADING.match(text, begun.start())):
            yield heading
            end = heading.end()


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
    for label in _labels(sentence):
        text = sentence[start : label.start].strip()
        if text:
            yield Piece(heading, system, word, definition, text)
            heading, system, word, definition = "", "", "", ""
        start = label.end
        system = label.system or system
        word, definition = label.word or word, label.definition or definition
    yield Piece(heading, system, word, definition, sentence[start:].strip())


def is_postmarketing(text: str) -> bool:
    """Tell whether a heading or a sentence speaks of reports after marketing."""
    return found((POSTMARKETING,), text) is not None


WORD = re.compile(rf"(?P<word>{_WORD})(?:[: ]*\(?(?P<definition>[^():\s][^():]{{0,80}})\)?)?[: ]*", re.VERBOSE)
"""A heading that is a word for a frequency, with or without its definition."""
FREE_LABEL = re.compile(r"(?P<name>[A-Z][^.:;%\ue000-\uf8ff]{2,90}): (?=[A-Z]?[a-z])")
"""Any words before a colon, where a list is expected."""
