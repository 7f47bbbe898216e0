"""Sections of a label taken apart into statements short enough to be facts; what is too long stays text.

Labels say what a drug is for, what forbids it and what asks for care in lists, in headed sections and in sentences. A
statement keeps the label's words; it loses its number, references to other sections and the bullet before it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from drugref.labels.label import Item, Paragraph, Section
from drugref.text import clean, name_key

LONGEST = 300
"""Characters of a statement; what is longer is text."""
_SHORTEST = 4


class Statement(NamedTuple):
    """One thing that a label says."""

    text: str
    """The words, without number, bullet and references."""
    lead: str | None = None
    """What introduces the list that it stands in."""
    more: str | None = None
    """What the same item of a list goes on to say."""
    listed: bool = False
    """Whether it is an item of a list, and no sentence of running text."""

    @property
    def detail(self) -> str | None:
        """What stands around it, unless that only repeats what the section is about."""
        lead = _SAID.sub("", self.lead or "")
        return "; ".join(text for text in (lead, self.more) if text) or None


_REFERENCE = re.compile(
    r"\s*[\[(]\s*(?:see|refer to)\b[^\])]{0,200}?(?:\([^)]{0,60}\)[^\])]{0,100}?)*[\])]"
    r"|\s*\(\s*\d{1,2}(?:\.\d{1,2})?(?:\s*,\s*\d{1,2}(?:\.\d{1,2})?)*\s*\)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2})*\.?\s+(?=\S)")
_BULLET = re.compile(r"\s*[•●▪◦‣■□]\s*|\s*·\s+|\s+[oO]\s+(?=[a-z])")
_SENTENCE = re.compile(
    r"(?<! St\.)(?:(?<=[a-z)\]%][.;])|(?<=[A-Z]{2}[.;])|(?<=\d\d[.;])|(?<=[A-Z]\d[.;])|(?<=/[A-Za-z][.;]))\s+"
    r"(?=[A-Z]|if you\b|\d{1,2}\.\d{1,2}\s+[A-Z])(?![^()]{0,200}+\))"
)
_NEXT_LEAD = re.compile(r"^(?!(?:the|for|to|in|as)\s)(.{3,200}?)\s((?:the|for|to|in|as)\s[^:]{0,80}:)\s*$")
"""The last item of a flattened list, into which what introduces the next one has run."""
_NEXT_LIST = re.compile(
    r"(?:(?<=[.;:\]•])|(?<=\d\s\))|(?<=\d\)))\s+(?=[A-Z][\w-]*(?:\s[\w(),/-]+){0,12}?\s(?:is|are)\s(?:also\s|an?\s(?:[\w(),/-]+\s){1,14}?)?"
    r"(?:contra)?indicated\b)"
    r"|\s+(?=Limitations? of Use\b)|(?<=[.\])])\s+(?=\d{1,2}\.\d{1,2}\s[A-Z])"
)
"""What introduces the next list or statement, at the end of the one before; within a sentence the same words cut it in two."""


_NEXT_ITEM = re.compile(r"(?:\s*(?:\[[^\[\]]{0,200}+\]|\(\s*+\d[\d., ]*+\))){1,12}\s*(?=[A-Z])")
"""References behind a statement of highlights, which has no full stop; a run of any length would be tried from each of them."""
_NEXT_COMES = re.compile(r"(?:[,;]\s*(?:and/or|and|or)|(?<=\))\s+(?:and/or|and|or)|;\s*)$", re.IGNORECASE)
"""What joins an item of a list to the next one."""
_RUN_TOGETHER = re.compile(r"(?<=[a-z])(?=Do not\b)")
_PART = re.compile(r"(?:patients|who|whose|with|at least|an?|the)\b", re.IGNORECASE)
"""What begins an item that says no more than which of the patients are meant."""
_STRAY = re.compile(r"\s+(?=[.;,](?:\s|$))")
"""What a reference leaves before a stop."""
_COLON = re.compile(r"(?P<lead>.{0,200}?\b(?:contra)?indicated\b[^:.]{0,80}:)\s+(?P<first>\S.*)")
_OWN_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|may|should|must|will|do|does|did|occurs?|occurred|included?s?)\b", re.I
)
_RELATIVE = re.compile(r"\b(?:who|whom|whose|that|which)\b.*|\([^()]*\)", re.I)
"""What has a verb and makes no sentence."""


_TITLED = r"(?:\(?[A-Z0-9][\w'’/),-]*|of|and|in|the|or|with|for|to|by|but|an?|&)"
_TITLE = re.compile(rf"{_TITLED}(?:\s{_TITLED})*")
"""Words of a heading, which has capitals and no stop."""
_LONGEST_TITLE = 120
_INTO = re.compile(r"\bto$", re.IGNORECASE)
_DOES = re.compile(r"(?:be|develop|experience|have|receive|smoke|take|undergo|use)\b", re.IGNORECASE)
"""What an item begins with whose lead ends in "to": others behind it stand in the list around."""
_BEGUN = (
    r"(?:(?:Adjunctive|Adjuvant|Acute|Chronic|Maintenance|Short-term|Long-term)\s)?(?:[Tt]reatment|[Mm]anagement|[Pp]revention|"
    r"[Pp]rophylaxis|[Mm]aintenance|[Rr]elief|[Rr]eduction|[Uu]se)\s(?:of|as|in)\b"
)
_FIRST_USE = re.compile(_BEGUN)
_NAMES = re.compile(r"(?:[A-Z][\w'’ -]{3,60} \([A-Z]{2,6}\)\s?){2,12}")
"""Names of conditions with their abbreviations and nothing between them."""
_NEXT_USE = re.compile(
    rf"(?<=[a-z)])(?<!Acute)(?<!Chronic)(?<!Adjunctive)(?<!Adjuvant)(?<!Maintenance)(?<!-term)\s+(?=(?=[A-Z]){_BEGUN})"
    r"|(?:(?<=adults)|(?<=patients)|(?<=older)|(?<=years)|(?<=of\sage))\s+(?=treatment\sof\b)"
    r"|(?<=[A-Z]\))\s+(?=[A-Z][a-z])"
)
"""Where the uses of a list begin that has lost its marks."""


def tidied(text: str) -> str:
    """Return running text without references to sections, a full stop where one only parts two statements.

    >>> tidied("Allergy to examplin [see Warnings (5.1)] . Gout ( 4 ) Pregnancy ( 4, 8.1 )")
    'Allergy to examplin. Gout. Pregnancy'
    """
    text = _NEXT_ITEM.sub(lambda match: ". " if match.start() and text[match.start() - 1] not in ".;:•" else " ", text)
    return _STRAY.sub("", _REFERENCE.sub("", _RUN_TOGETHER.sub(". ", text)))


_SAID = re.compile(
    r"^.{0,200}?(?:\bindicated (?:for|in|as|to)\b:?(?: the\b)?|\bindicated$|contraindicated\b.*|do not use\b.*):?\s*",
    re.IGNORECASE,
)


def bare(text: str) -> str:
    """Return a statement without number, references to sections, and the stop at its end.

    >>> bare("4.2 Hypersensitivity to examplin ( 5.1 , 6 ) [see Warnings (5.3)].")
    'Hypersensitivity to examplin'
    """
    text = _REFERENCE.sub("", _NUMBER.sub("", text)).strip(" .;,:–-\u2022")
    return clean(text)


_HEADED = re.compile(
    r"(?:^|(?<=[).]\s))(?P<title>[A-Z][\w ,/&()'’-]{3,90}?)\s?:\s(?P<body>[^:]{10,400}?)"
    r"\s*\(\s*5(?:\.\d{1,2})?(?:\s*,\s*\d{1,2}(?:\.\d{1,2})?)*\s*\)"
)


def headed(text: str) -> list[Statement]:
    """Return the warnings of a label's highlights: a heading, a colon, and a few words that end in a section's number.

    >>> headed("Liver Glow: Watch the liver. ( 5.1 ) Fizzing: Keep it dry. ( 5.2 , 7 )")[1]
    Statement(text='Fizzing', lead=None, more='Keep it dry', listed=True)
    """
    found = _HEADED.finditer(text)
    return [Statement(bare(match["title"]), more=bare(match["body"]), listed=True) for match in found]


def _untitled(text: str, drugs: Sequence[str]) -> str:
    """Return a sentence that says what the drug is indicated for without the heading that has run into it.

    >>> _untitled("1.2 Gout in Adults EXAMPLA is indicated to treat gout", ["exampla"])
    'EXAMPLA is indicated to treat gout'
    """
    folded = text[: 2 * _LONGEST_TITLE].lower()
    places = {found.start() for name in drugs for found in re.finditer(re.escape(name), folded)}
    for at in sorted(place for place in places if 0 < place <= _LONGEST_TITLE):
        title = _NUMBER.sub("", text[:at]).strip()
        if _TITLE.fullmatch(title) and not _NO_TITLE.search(title) and _INDICATED.match(text, at):
            return text[at:]
    return text


_NO_TITLE = re.compile(r"\b(?:of|and|in|the|or|with|for|to|by|but|an?)$|[,/]$|\blimitations?\b", re.IGNORECASE)
"""What a heading does not end with, and the one that belongs to what stands under it."""


_INDICATED = re.compile(r".{0,160}?\b(?:is|are)\b.{0,100}?\b(?:contra)?indicated\b")


def statements(section: Section, drugs: Sequence[str] = ()) -> tuple[list[Statement], list[str]]:
    """Return the statements of a section's own blocks, each once, and the paragraphs that are too long to be any.

    ``drugs`` are the label's names in lower case, by which a heading is told from the sentence that it has run into.
    """
    found: dict[str, Statement] = {}
    rest: list[str] = []
    lead: str | None = None
    for block in section.blocks:
        if isinstance(block, Item):
            pieces = list(_listed(block.text, lead))
        elif isinstance(block, Paragraph):
            pieces = list(_pieces(block.text, drugs))
            lead = bare(block.text) if block.text.rstrip().endswith(":") else None
        else:
            continue
        for piece in pieces:
            if len(piece.text) > LONGEST:
                rest.append(piece.text)
            elif len(piece.text) >= _SHORTEST:
                found.setdefault(name_key(piece.text), piece)
            elif piece.text:
                rest.append(piece.text)
    return list(_apart(found).values()), rest


def _apart(found: dict[str, Statement]) -> dict[str, Statement]:
    """Return statements of which none begins with another one: where two have run into one, the rest stands alone."""
    whole = {piece.text for piece in found.values() if len(piece.text) >= _OF_ITS_OWN}
    apart: dict[str, Statement] = {}
    for piece in found.values():
        text, start = piece.text, 0
        for capital in _CAPITAL.finditer(text):
            if text[start : capital.start()] in whole:
                start = capital.end()
        apart.setdefault(name_key(text[start:]), piece._replace(text=text[start:]))
    return apart


_CAPITAL = re.compile(r" (?=[A-Z])")
_OF_ITS_OWN = 12
"""Characters of a statement that may have run into the next one."""


def _listed(text: str, lead: str | None) -> Iterator[Statement]:
    if text.rstrip().endswith(":"):
        return  # introduces items below it, which stand on their own
    first, *more = _SENTENCE.split(text, maxsplit=1)
    if words := bare(first):
        words = words if _PART.match(words) else _NEXT_COMES.sub("", words)
        yield Statement(
            _whole(words, lead), lead if lead and len(lead) <= LONGEST else None, bare(more[0]) if more else None, listed=True
        )


def _whole(words: str, lead: str | None) -> str:
    """Return an item that begins with what its lead's patients are like together with these patients."""
    return f"patients {words}" if lead and _LIKE.match(words) and re.search(r"\bpatients?$", lead) else words


_LIKE = re.compile(r"(?:with|who|whose|taking|receiving|undergoing|having)\b", re.IGNORECASE)


def _pieces(text: str, drugs: Sequence[str]) -> Iterator[Statement]:
    """Yield the bullets of running text with what introduces them, or else its sentences."""
    for part in _NEXT_LIST.split(tidied(text)):
        part = _untitled(part, drugs)
        first, *items = _BULLET.split(part)
        if not items:
            yield from _sentences(first)
            continue
        *sentences, lead = _SENTENCE.split(first)
        for sentence in sentences:
            yield from _sentences(sentence)
        introduction = outer = bare(lead) or None
        for number, item in enumerate(items, 1):
            before, found = (match[1], match[2]) if (match := _NEXT_LEAD.match(item)) else (item, None)
            *said, last = _SENTENCE.split(before)
            if said and number < len(items) and len(last) <= _LONGEST_TITLE and _TITLE.fullmatch(last.strip()):
                before, found = " ".join(said), last  # the heading of the items behind it
            if introduction and _INTO.search(introduction) and not _DOES.match(item):
                introduction = outer
            if not before.rstrip().endswith(":"):
                yield from _listed(before, introduction)
            elif not found:
                found = before
            introduction = bare(found) if found else introduction


def _sentences(text: str) -> Iterator[Statement]:
    if text.rstrip().endswith(":"):
        return
    lead: str | None = None
    for sentence in _SENTENCE.split(text):
        if match := _COLON.fullmatch(sentence):
            lead, sentence = bare(match["lead"]), match["first"]
        if not (words := bare(sentence)):
            continue
        if lead and (_FIRST_USE.match(words) or _NAMES.fullmatch(words)) and len(uses := _NEXT_USE.split(words)) > 1:
            yield from (Statement(bare(use), lead, listed=True) for use in uses)
            continue
        if lead and _OWN_VERB.search(_RELATIVE.sub("", words)):
            lead = None  # a sentence, which ends the list
            yield Statement(f"{bare(match['lead'])}: {words}" if match else words)
        else:
            yield Statement(_whole(words, lead), lead, listed=lead is not None)
