"""Incidence in the prose of a label: sentences, lists in brackets and lists under a word or a bound, read into figures."""

import re
from collections.abc import Callable, Sequence
from itertools import islice
from typing import NamedTuple

from drugref.incidence.figures import Figure, Reading, Worded
from drugref.incidence.prose.arrangements import ARRANGEMENTS
from drugref.incidence.prose.guards import BY_NAME, STOPPED, guarded
from drugref.incidence.prose.items import INTRODUCED, Found, behind_each, by_clause, without_brackets
from drugref.incidence.prose.marks import SHARE, UNREAD, Marked, marked
from drugref.incidence.prose.passages import FREE_LABEL, LONGEST, WORD, Piece, is_postmarketing, pieces
from drugref.incidence.prose.scopes import (
    POSTMARKETING,
    REACTIONS,
    Scope,
    bound,
    definitions,
    of_heading,
    population_in,
    worded,
)
from drugref.incidence.prose.shares import normalised
from drugref.incidence.prose.terms import effect, filed, parts, unglued
from drugref.incidence.systems import kind_of
from drugref.lexicon.leaving import LED_TO
from drugref.lexicon.patterns import either
from drugref.lexicon.people import AGES, SEXES, TREATED
from drugref.lexicon.reactions import NOUNS
from drugref.lexicon.units import SMALL
from drugref.model import Incidence

QUOTED = 120
"""Characters kept of the clause that a figure was read from."""
BREAKS = 12
"""Places in a sentence that are tried as the border between a lead and its list."""
_BREAK = re.compile(
    r"""(?::|\b(?:were|are|was|is|includes?|included|including|consist(?:ed|s)?\ of|such\ as)\b(?:\ as\ follows|
    \ the\ following)?
    (?:\ \([^()]{0,80}\))?:?)(?:\s+|$)""",
    re.VERBOSE | re.IGNORECASE,
)
"""What stands between a lead and its list."""
_MOST_COMMON = re.compile(r"\b(?P<words>(?:most|more) (?:common|frequent))(?:ly)?\b", re.IGNORECASE)
_FOLLOWING = re.compile(
    rf"\bfollowing\b|\blisted below\b|\bas follows\b|\b(?:additional|other)\b.*\b{either(NOUNS)}(?<=s)(?!\w)",
    re.IGNORECASE,
)
_ANOTHER_LEAD = re.compile(
    r"\b(?:adverse|side effects|undesirable|other|includ\w*|reported|following|observed|seen|occur\w*|are|were)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r";\s+(?![^()]*\))")
_CONSEQUENCE = re.compile(
    r",\s+including Grades? \d.*|"
    rf",\s+(?:and |which |also )*{either(LED_TO)}\b.*",
    re.IGNORECASE,
)
"""What an effect led to, or how severe it was, behind how often it was seen."""
_TABLE = re.compile(r"\btables?\b|\bfigure \d", re.IGNORECASE)
_NOT_IN_TABLE = re.compile(
    r"\b(?:not|other than|in addition to|besides|beyond|than those)\b[^.:]{0,60}\btables?\b", re.IGNORECASE
)
_FOOTNOTE = re.compile(rf"\* ?(?:reported )?incidence [^.]*{SHARE}|\* ?{SHARE}", re.IGNORECASE)


_AMONG = re.compile(r"\s*(?P<whom>(?:as|in combination with|with|in|when given)\b[^:,;.]{3,60}): (?=[a-z])", re.IGNORECASE)
"""What stands before a list and says in whom."""
_DOSED = re.compile(rf"\d ?{either(SMALL)}")
_NUMBER = re.compile(r"[\d%]|percent", re.IGNORECASE)


class _Reader:
    """One reading as it grows: what was found, and under which lead and labels the next piece stands."""

    def __init__(self, drugs: Sequence[str], heading: str, known: dict[str, Incidence]) -> None:
        self.drugs = drugs
        self.reading = Reading([], [], [])
        self.known = known
        """Definitions of words for a frequency, by band."""
        self.lead: Scope | None = None
        """What the last heading or lead says."""
        self.label: Scope | None = None
        """What the last word for a frequency before a list says; it goes before the lead."""
        self.label_in_system = False
        """Whether that word stood under a body system, and so holds for that alone."""
        self.led = False
        """Whether the piece before was a lead or a list, so that a list without a label may follow."""
        self.filed = False
        """Whether the text files its lists under headings of systems that have run into them."""
        self.starred: list[int] = []
        """Numbers of the figures since the last lead whose effect bears an asterisk."""
        for part in re.split(r"\n| [>/|–] (?!\d)", heading):
            if len(part) > LONGEST:
                continue  # no heading, and more shares and arms than there are marks for
            shown = normalised(part)
            text = marked(shown, drugs)
            self.known.update(definitions(text))
            if shown and not guarded(shown):
                self.open(of_heading(shown, text, self.known, WORD.fullmatch(shown)) or self.lead)

    def open(self, scope: Scope | None) -> None:
        """Let a lead hold for the lists that follow; None lets nothing hold."""
        self.lead, self.label, self.label_in_system, self.led = scope, None, False, scope is not None
        self.starred = []

    def read(self, piece: Piece) -> None:
        """Read one piece and remember what it says of the next."""
        if piece.heading:
            self.open(POSTMARKETING if is_postmarketing(piece.heading) else None)
        if len(piece.text) > LONGEST:
            self.doubt("sentence too long")
            return
        if piece.word:
            self.label, self.label_in_system = worded(piece.word, piece.definition, self.known), bool(piece.system)
            if not self.label:
                self.open(None)
        elif piece.system and self.label_in_system:
            self.label, self.label_in_system = None, False
        if piece.text:
            text = marked(piece.text, self.drugs) if _NUMBER.search(piece.text) else None  # no share without a number
            if text and (text.shares or re.search(UNREAD, text.text)):
                self._counted(piece, text)
            else:
                self._plain(piece)

    def doubt(self, why: str) -> None:
        """Count a place that stays text."""
        self.reading.doubts.append(why)
        self.led = False

    def _counted(self, piece: Piece, text: Marked) -> None:
        """Read a piece with percentages by the first form that fits."""
        if any(form.read(self, piece, text) for form in FORMS if form.before_guards):
            return
        why = self._why_not(piece, text)
        if any(form.read(self, piece, text) for form in FORMS if not form.before_guards and why in (None, form.despite)):
            return
        self.doubt(why or "unclear figure")
        if piece.text.endswith(":") or (_FOLLOWING.search(piece.text) and REACTIONS.search(piece.text)):
            self.open(None)

    def _why_not(self, piece: Piece, text: Marked) -> str | None:
        """Return why a piece's percentages are no figures of an effect, or None."""
        in_brackets = re.search(rf"[(\[][^()]*{SHARE}", text.text)
        if _TABLE.search(piece.text) and not _NOT_IN_TABLE.search(piece.text) and not in_brackets:
            return "caption of a table"
        return guarded(piece.text) or (None if text.shares else "percentage of something else")

    def defines(self, piece: Piece, text: Marked) -> bool:
        """Remember what a sentence says that words for a frequency mean."""
        found = definitions(text)
        self.known.update(found)
        self.led = self.led or bool(found)
        return bool(found)

    def footnote(self, piece: Piece, text: Marked) -> bool:
        """Give the effects with an asterisk the incidence that their footnote says."""
        if not _FOOTNOTE.match(text.text) or len(text.shares) != 1:
            return False
        figures = self.reading.figures
        for number in self.starred:
            figures[number] = figures[number]._replace(
                incidence=text.shares[0], words=_short(text.restored(text.text)), rules=(FOOTNOTE,)
            )
        self.starred = []
        return True

    def led_list(self, piece: Piece, text: Marked) -> bool:
        """Read "adverse reactions (incidence ≥ 5 %) were a, b and c", with or without a share behind each effect."""
        for place in islice(_BREAK.finditer(text.text), BREAKS):
            lead, body = text.text[: place.start()], text.text[place.end() :]
            last = lead.rsplit("; ", 1)[-1]
            listed = ":" in place[0] and (piece.word or re.search(SHARE, body))
            if not body or not (listed or REACTIONS.search(last) or re.search(SHARE, last)):
                continue
            if guarded(lead) or (_TABLE.search(lead) and not _NOT_IN_TABLE.search(lead)):
                return False
            if re.search(SHARE, body):
                bounds = re.findall(SHARE, lead)
                if (
                    len(bounds) <= 1
                    and bounds == re.findall(SHARE, last)
                    and self._told(text, behind_each(text, body), without_brackets(text.text))
                ):
                    return True
            elif scope := bound(text, lead):
                self.open(scope)
                if self._list(body, scope):
                    return True
        return False

    def opens(self, piece: Piece, text: Marked) -> bool:
        """Take a lead whose list follows in the next pieces."""
        if not (piece.text.endswith(":") or (_FOLLOWING.search(piece.text) and REACTIONS.search(piece.text))):
            return False
        scope = bound(text, text.text)
        if scope:
            self.open(scope)
        return scope is not None

    def behind_each(self, piece: Piece, text: Marked) -> bool:
        """Read effects with a share behind each."""
        return self._told(text, behind_each(text, text.text), without_brackets(text.text))

    def clauses(self, piece: Piece, text: Marked) -> bool:
        """Read whole clauses by the table of patterns; those of a sentence that stay unclear are doubts."""
        text = text._replace(text=FREE_LABEL.sub("", text.text, count=1))
        clauses = [_CONSEQUENCE.sub("", clause) for clause in _CLAUSE_END.split(text.text.rstrip(" ."))]
        clauses = [clause for clause in clauses if re.search(SHARE, clause)]
        readings = [None if guarded(clause) else _of_clause(text, clause) for clause in clauses]
        if all(reading is None for reading in readings):
            return False
        opened = INTRODUCED.match(text.text)
        opening = opened[0] if opened else ""
        for reading, clause in zip(readings, clauses, strict=True):
            if reading:
                own = population_in(text.restored(clause))
                self._told(text, reading, clause if own else opening + clause)
            else:
                self.doubt((guarded(clause) or "unclear figure") if reading is None else "figure of another arm")
        if sum(len(re.findall(SHARE, clause)) for clause in clauses) < len(text.shares):
            self.doubt(STOPPED if BY_NAME[STOPPED].pattern.search(text.text) else "part of those affected")
        self.led = False
        return True

    def _told(self, text: Marked, found: list[Found], around: str) -> bool:
        """Add what was found in a sentence; ``around`` says who was counted."""
        population = population_in(text.restored(around))
        item_of_list = self.led and re.search(rf"(?:{SHARE}|\))\W*$", text.text) is not None
        if item_of_list and self.lead:
            population = population or self.lead.population
        arms = {item.statement.arm: text.words.get(item.statement.arm, "").removeprefix("the ") for item in found}
        # Under a label of two drugs, or beside the drug with another one, an arm is more than its dose.
        differ = len({tuple(name for name in self.drugs if name in arm.lower()) for arm in arms.values()}) > 1
        for item in found:
            arm = arms[item.statement.arm]
            dose = None if differ else population_in(arm)
            self._add(text, item, _of_arm(dose or (arm if len(arms) > 1 else ""), population))
        self.led = item_of_list and bool(found)
        return bool(found)

    def _add(self, text: Marked, item: Found, population: str | None) -> None:
        told = item.statement
        incidence = text.share(told.share)
        if incidence.high == 0:
            return
        comparator = text.share(told.comparator) if told.comparator else None
        words = _short(text.restored(item.words))
        self.reading.figures.append(
            Figure(item.effect, incidence, comparator, item.versus, population, words, (item.rule, told.rule or ONE_SHARE))
        )

    def _plain(self, piece: Piece) -> None:
        """Read a piece without percentages: a lead, or a list under what was said before."""
        sentence = piece.text
        if self._common(sentence) or (not piece.system and self._after_marketing(sentence)):
            return
        scope = self.label or self.lead
        before, colon, listed = sentence.partition(":")
        if colon and not (piece.system or piece.word) and REACTIONS.search(before) and _ANOTHER_LEAD.search(before):
            # What came before does not hold for this lead's list, but a section on reports after marketing does.
            if not re.match(r"(?:Reported|These|Those|Such)\b", before):
                self.open(scope if scope is POSTMARKETING and not guarded(before) else None)
            elif scope and listed.strip() and not self._list(listed, scope):
                self.doubt("not cleanly a list")
            return
        if not scope:
            return
        if piece.system or piece.word:
            if not self._list(sentence, scope):
                self.doubt("not cleanly a list")
            return
        body = FREE_LABEL.sub("", sentence, count=1)
        names = [effect(part) for part in parts(body)]
        if (self.led or len(names) > 2) and names and None not in names:
            self._list(body, scope)
        else:
            self.led = False

    def _common(self, sentence: str) -> bool:
        """Read "the most common adverse reactions are a, b and c"."""
        words = _MOST_COMMON.search(sentence)
        if not words or guarded(sentence) or not REACTIONS.search(sentence) or _TABLE.search(sentence):
            return False
        scope = Scope(None, "common", words["words"].lower())
        for place in islice(_BREAK.finditer(sentence, words.end()), BREAKS):
            body = sentence[place.end() :]
            if not body:
                self.open(scope)
                return True
            if None not in [effect(part) for part in parts(body)]:
                return self._list(body, scope)
        return False

    def _after_marketing(self, sentence: str) -> bool:
        """Read a lead to reports after marketing, with its list if that follows at once."""
        if not is_postmarketing(sentence) or guarded(sentence) or not (_FOLLOWING.search(sentence) or sentence.endswith(":")):
            return False
        self.open(POSTMARKETING)
        _, colon, body = sentence.partition(":")
        if colon and body.strip() and not self._list(body, POSTMARKETING):
            self.doubt("not cleanly a list")
        return True

    def _list(self, body: str, scope: Scope) -> bool:
        """Add the effects of a list, if most of it can be effects; its other parts are doubts."""
        if among := _AMONG.match(body):
            scope, body = scope._replace(population=among["whom"]), body[among.end() :]
        _, body = filed(body.strip(), surely=not self.filed)
        items = [piece for item in parts(body) for piece in unglued(item)]
        names = [None if _heads(item) else effect(item) for item in items]
        clear = [(name, item) for name, item in zip(names, items, strict=True) if name]
        if not clear or len(clear) * 3 < len(names) * 2:
            return False
        words = _short(scope.words)
        for name, item in dict(clear).items():
            if not scope.incidence:
                self.reading.worded.append(Worded(name, scope.band, words, (LISTED,)))
                continue
            if item.rstrip(" .").endswith("*"):
                self.starred.append(len(self.reading.figures))
            self.reading.figures.append(Figure(name, scope.incidence, None, None, scope.population, words, (LISTED,)))
        self.reading.doubts.extend(["not an effect's name"] * (len(names) - len(clear)))
        self.led = True
        return True


FILING = 2
"""Lists under the headings of systems by which a text shows that it files its effects so."""
_NOTE = re.compile(
    rf"(?<=[a-z]), (?P<mark>\d) (?=[a-z]{{3}})(?!{either(TREATED, SEXES, AGES)}|"
    r"(?:and|with|were|cases?|deaths?|times|doses?|tablets|hours?|days?|weeks?|months?|years?|received|reported)\b)"
)
"""The mark of a footnote that has lost its place above the line."""
NOTES = 3
"""Marks with one number that are no counts."""
LISTED = "a list under a word or a bound"
FOOTNOTE = "an asterisk and its footnote"
ONE_SHARE = ARRANGEMENTS[1].name


class Form(NamedTuple):
    """A form that a piece with percentages may have."""

    name: str
    read: Callable[[_Reader, Piece, Marked], bool]
    """Reads the piece if it has that form, and tells whether it had."""
    example: str
    """A text of that form on examplin, from which it reads a figure of 12 %."""
    before_guards: bool = False
    """Whether the guards are asked by the form itself, of the part that they are for."""
    despite: str | None = None
    """The guard that it may pass, since it reads the clauses apart."""


FORMS = (
    Form(
        "a definition of words",
        _Reader.defines,
        "Frequent reactions are defined as those in 12% of patients. Frequent: rash",
        before_guards=True,
    ),
    Form(
        FOOTNOTE,
        _Reader.footnote,
        "Reactions in 1% to 10% of patients were: itching*, sweating *Incidence 12%.",
        before_guards=True,
    ),
    Form(
        "a lead and its list", _Reader.led_list, "Reactions (incidence ≤ 12%) were nausea, cough and rash.", before_guards=True
    ),
    Form("a lead whose list follows", _Reader.opens, "Reactions in up to 12% of patients:\nnausea, cough"),
    Form("effects with their shares", _Reader.behind_each, "Nausea (12%), cough (12%)."),
    Form("whole clauses", _Reader.clauses, "Nausea was seen in 12% of patients.", despite=STOPPED),
)
"""Forms of pieces with percentages, in the order in which they are tried."""


def _heads(item: str) -> bool:
    """Tell whether an item of a list is a heading that ran into it: a system, or in capitals what happens to one."""
    kind = kind_of(item)
    return kind == "system" or (kind == "group" and item[0].isupper() and not item[:2].isupper())


def _of_clause(text: Marked, clause: str) -> list[Found] | None:
    """Read one clause by the patterns, or as a lead with the shares behind each effect; None if it is unclear."""
    found = by_clause(text, clause)
    if found is not None:
        return found
    for place in islice(_BREAK.finditer(clause), BREAKS):
        lead, body = clause[: place.start()], clause[place.end() :]
        if REACTIONS.search(lead) and re.search(SHARE, body) and not re.search(SHARE, lead):
            return behind_each(text._replace(text=clause), body) or None
    return None


def _of_arm(arm: str, population: str | None) -> str | None:
    """Return who was counted in an arm that says so itself, with what the sentence says beyond doses."""
    if not arm:
        return population
    said = [part for part in (population or "").split(", ") if not _DOSED.search(part) and part not in arm]
    return ", ".join([arm, *said])[:100]


def _short(words: str) -> str:
    words = " ".join(words.split()).strip(" ,;:")
    return words if len(words) <= QUOTED else words[: QUOTED - 1].rstrip() + "…"


def _without_notes(text: str) -> str:
    """Return a text without the marks of footnotes that stand between the items of its lists.

    >>> _without_notes("asthenia, 1 back pain, cramps, 1 and pain, dyspnea, 1 epistaxis, pruritus, 1 rash")
    'asthenia, back pain, cramps, 1 and pain, dyspnea, epistaxis, pruritus, rash'
    """
    marks = [note["mark"] for note in _NOTE.finditer(text)]
    notes = {mark for mark in marks if marks.count(mark) >= NOTES}
    return _NOTE.sub(lambda note: re.sub(r" \d", "", note[0]) if note["mark"] in notes else note[0], text) if notes else text


def read_prose(text: str, drugs: Sequence[str], heading: str = "", known: dict[str, Incidence] | None = None) -> Reading:
    """Return what a text of a label says of how often effects are seen.

    ``text`` is a paragraph, an item of a list, or a section with its headings run into it; a line break ends a paragraph.
    ``drugs`` are the label's ingredients and brands in lower case: figures of other arms are not read. ``heading`` is
    what stands above the text: a word for a frequency, a bound or reports after marketing there hold for its lists. ``known``
    is what the label has defined words for a frequency by, and takes in what this text defines.
    """
    text = _without_notes(text)
    reader = _Reader(drugs, heading, {} if known is None else known)
    reader.filed = sum(bool(filed(sentence)[0]) for sentence in re.split(r"[.:]\s+", text)) >= FILING
    for piece in pieces(text):
        reader.read(piece)
    return reader.reading
