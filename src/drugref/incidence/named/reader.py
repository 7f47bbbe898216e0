"""Effects that running text names without a figure: lists, sentences that report them, flattened tables, footnotes."""

import re
from collections.abc import Iterator

from drugref.incidence.figures import Worded
from drugref.incidence.named.lists import harms, speaks_of_harm
from drugref.incidence.named.rows import without_rows
from drugref.incidence.named.ways import listed_in
from drugref.incidence.prose.guards import BY_NAME
from drugref.incidence.prose.passages import Piece, is_postmarketing, pieces
from drugref.incidence.rules import Rule, found
from drugref.lexicon.patterns import either, entries
from drugref.lexicon.reactions import FINDINGS, NOUNS

SYSTEM, LEAD, TABLE = "a list of a body system", "a list under a lead", "a flattened table"
QUOTED = 120
"""Characters kept of the words that an effect was named in."""
_GUARDS = ("efficacy", "background rate", "animals", "other drugs of its class", "overdose", "kinetics", "negated")
GUARDS = (
    *(BY_NAME[name] for name in _GUARDS),
    Rule(
        "the whole class",
        entries(r"""
            \bother (?:drugs|agents|members|medic\w+|products|\w+s) (?:in|of) (?:this|the (?:same )?)\b
            \b(?:this|the same) class\b; \b(?:similar|related) (?:drugs|agents|compounds)\b
        """),
        "Reactions of other drugs of this class include rash.",
    ),
    Rule(
        "patients and their treatment",
        entries(r"""
            \brisk factors?\b; \bhistory of\b; \btreatment of\b; \bindicated\b; \bpre-?existing\b; \bpredispos; \bexcluded\b
            \bunderlying (?:conditions?|diseases?)\b; \bat baseline\b; \breduction (?:in|of) (?:the )?risk
        """),
        "Cases of rash were seen in patients with a history of gout.",
    ),
    Rule("other arms", (r"\bplacebo[- ]treated\b",), "Rash was reported in placebo-treated patients."),
    Rule("a call to report", (r"\bto report\b",), "To report rash or reactions such as rash, write."),
)
"""Why a sentence's words name no effect of the drug, the first that holds."""
_LEADS = re.compile(
    rf"\b(?:{either(NOUNS, FINDINGS)}|conditions|risks)\b.*"
    r"(?::|\b(?:include|are|were|following|below|label|labell?ing|sections?)\b[^a-z]*)$",
    re.IGNORECASE,
)
"""A sentence whose list follows."""
_SHARES = re.compile(r" ?\([^()]*\d[^()]*\)|(?<=\w),? [<>≤≥]? ?\d+(?:\.\d+)? ?%(?=[,.; ])")
_DIGIT = re.compile(r"\d")
_BULLET = re.compile(r"\s\*\s(?=[A-Z])|\s(?=(?:[a-k]|[*†‡§¶#]|\d)\s(?:Includes?|Included|Includ)\b)")
_NEXT = re.compile(r"(?<=[a-z)]) (?=(?:In an?|In the|There|These|This|Because|Additionally|However|Table) \w)")
"""Where a flattened list without a full stop is followed by a sentence."""
_SHORT = 12
"""Words of an item of a list that names no effect and does not end the list."""


def read_named(text: str) -> list[Worded]:
    """Return the effects that a text on adverse reactions names, as ``not-known`` and with the words that name them."""
    held: dict[str, Worded] = {}
    for line in text.splitlines():
        rows, rest = without_rows(line)
        for name in rows:
            held.setdefault(name, Worded(name, "not-known", "table, figures not read", (TABLE,)))
        for entry in _Prose().read(_NEXT.sub(". ", _BULLET.sub(" • ", rest))):
            held.setdefault(entry.effect, entry)
    return list(held.values())


class _Prose:
    """Running text as it is read: the lead under which the next pieces stand."""

    def __init__(self) -> None:
        self.lead = ""

    def read(self, text: str) -> Iterator[Worded]:
        """Yield the effects that a text names."""
        for piece in pieces(text):
            if piece.heading:
                self.lead = piece.heading if is_postmarketing(piece.heading) else ""
            yield from self._piece(piece)

    def _piece(self, piece: Piece) -> Iterator[Worded]:
        sentence = _SHARES.sub("", piece.text) if _DIGIT.search(piece.text) else piece.text
        leads = _LEADS.search(sentence) is not None
        if not leads and not speaks_of_harm(sentence):
            if sentence.count(" ") > _SHORT:
                self.lead = ""
            return
        if found(GUARDS, sentence):
            self.lead = ""
            return
        if self.lead or piece.system or piece.word:
            if names := harms(sentence):
                above = self.lead or f"{piece.system or piece.word}: {sentence}"
                yield from _named(names, above, SYSTEM if piece.system else LEAD)
                return
            if sentence.count(" ") > _SHORT:
                self.lead = ""
        if leads:
            self.lead = sentence
            return
        self.lead = "" if sentence.count(" ") > _SHORT else self.lead
        for listed, way in listed_in(sentence):
            yield from _named(harms(listed, listed=way.whole), sentence, way.name)


def _named(names: list[str], words: str, rule: str) -> Iterator[Worded]:
    words = " ".join(words.split()).strip(" ,;:")
    quoted = words if len(words) <= QUOTED else words[: QUOTED - 1].rstrip() + "…"
    return (Worded(name, "not-known", quoted, (rule,)) for name in names)
