"""The thesaurus and the confusable names, as look-ups read them."""

from drugref.store import Store
from drugref.text import name_key, phrase_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator


class Meaning:
    """What a term typed by a user stands for."""

    __slots__ = ("below", "by_key", "concepts", "text")

    def __init__(
        self, text: str, concepts: "frozenset[int]", phrases: "Iterable[str]", below: "frozenset[str]" = frozenset()
    ) -> None:
        self.text = text
        """The term as typed."""
        self.concepts = concepts
        """Concepts of the thesaurus that it names; empty if the thesaurus does not know it."""
        self.by_key: dict[str, str] = {}
        """The words to look for, by their keys: the term itself, its synonyms, and narrower terms."""
        for phrase in phrases:
            self.by_key.setdefault(phrase_key(phrase), phrase)
        self.below = below
        """Keys of those words that mean something narrower."""

    @property
    def phrases(self) -> "tuple[str, ...]":
        """The words to look for."""
        return tuple(self.by_key.values())


PATIENT = ("effect", "condition", "population")
"""Kinds of terms that are of a patient; the fourth kind are medicines."""


def meaning(words: Store, text: str, kinds: "tuple[str, ...]" = PATIENT) -> Meaning:
    """Look a term up among the terms of some kinds; a term that the thesaurus does not know means itself alone."""
    concepts = concepts_of(words, text, kinds)
    phrases, below = [text], set()
    for concept in sorted(concepts):
        sql = "SELECT phrase, key, below FROM phrase WHERE concept = ? ORDER BY ord"
        for phrase, key, is_below in words.connection.execute(sql, (concept,)):
            phrases.append(phrase)
            if is_below:
                below.add(key)
    return Meaning(text, concepts, phrases, frozenset(below))


def broader(words: Store, sought: Meaning) -> Meaning:
    """Return the terms above a meaning: what is recorded for liver disease concerns somebody with cirrhosis."""
    own = ", ".join("?" * len(sought.concepts))
    concepts = sorted(sought.concepts)
    sql = (
        "SELECT DISTINCT above.concept, above.phrase, above.key FROM term AS mine JOIN concept AS me ON me.id = mine.concept "
        "JOIN phrase AS below ON below.key = mine.key AND below.below = 1 "
        "JOIN concept AS its ON its.id = below.concept JOIN phrase AS above ON above.concept = below.concept "
        f"WHERE mine.concept IN ({own}) AND above.below = 0 AND above.concept NOT IN ({own}) "
        "AND (its.kinds = 'medicine') = (me.kinds = 'medicine') ORDER BY above.concept, above.ord"
    )
    rows = words.connection.execute(sql, (*concepts, *concepts)).fetchall()
    phrases = [phrase for _, phrase, key in rows if key not in sought.by_key]
    return Meaning(sought.text, frozenset(row[0] for row in rows), phrases)


def concepts_of(words: Store, text: str, kinds: "tuple[str, ...]" = ()) -> "frozenset[int]":
    """Return the concepts of some kinds, or of any, that a term is a word for."""
    sql = "SELECT concept, kinds FROM term JOIN concept ON concept.id = term.concept WHERE key = ?"
    rows = words.connection.execute(sql, (phrase_key(text),))
    return frozenset(number for number, its in rows if not kinds or any(kind in kinds for kind in its.split(" ")))


def is_term(words: Store, key: str) -> bool:
    """Tell whether a key is one of a word for a term of the thesaurus, not merely a word below one."""
    sql = "SELECT 1 FROM term JOIN concept ON concept.id = term.concept WHERE key = ? AND own = 1 LIMIT 1"
    return words.connection.execute(sql, (key,)).fetchone() is not None


def medicine_groups(words: Store) -> "Iterator[tuple[tuple[str, ...], tuple[str, ...]]]":
    """Yield the groups of medicines that the thesaurus has, or has more of than the index: their names, and what is in them."""
    sql = (
        "SELECT concept, phrase, below FROM phrase JOIN concept ON concept.id = phrase.concept "
        "WHERE kinds = 'medicine' AND own = 1 ORDER BY concept, ord"
    )
    found: dict[int, tuple[list[str], list[str]]] = {}
    for concept, phrase, below in words.connection.execute(sql):
        found.setdefault(concept, ([], []))[below].append(phrase)
    for names, members in found.values():
        yield tuple(names), tuple(members)


LONGEST = 8
"""Words of the longest term that is looked for around a match."""


def places(held: "list[str]", keys: "Container[str]") -> "Iterator[tuple[int, int]]":
    """Yield where some keys stand in a term, given as the words of its key: the first word and the one after the last."""
    for first in range(len(held)):
        for end in range(first + 1, min(first + LONGEST, len(held)) + 1):
            if " ".join(held[first:end]) in keys:
                yield first, end


def longer(held: "list[str]", first: int, end: int) -> "Iterator[str]":
    """Yield the keys of all runs of words that hold a match and more, the longest first."""
    for size in range(min(LONGEST, len(held)), end - first, -1):
        for start in range(max(0, end - size), min(first, len(held) - size) + 1):
            yield " ".join(held[start : start + size])


OWN, BELOW = 1, 2


def stands_for(words: Store, held: "list[str]", sought: Meaning) -> int:
    """Tell whether a recorded term, as the words of its key, is about a meaning.

    ``OWN`` by a word for it, ``BELOW`` by one that is narrower, 0 not at all. A word inside a longer
    term that means something else does not count.
    """
    best = 0
    for first, end in places(held, sought.by_key):
        around = list(longer(held, first, end))
        whole = next((run for run in around if run in sought.below and not _JOINING & set(run.split())), "")
        if not whole and any(run not in sought.by_key and is_term(words, run) for run in around):
            continue
        if not whole and " ".join(held[first:end]) not in sought.below and not (first and held[first - 1] in _NARROWING):
            return OWN
        best = BELOW
    return best


_JOINING = {"or", "and"}
"""Words of a compound, each part of which is meant by itself: hepatic or renal impairment."""
_NARROWING = frozenset(
    "severe severely active acute untreated uncontrolled unstable decompensated advanced recent significantly uncorrected "
    "malignant long-standing".split()
)
"""Words before a condition that make it a narrower one."""


def is_other(words: Store, recorded: str, sought: Meaning) -> bool:
    """Tell whether a recorded term is known to mean something else, though it has a sought word in it.

    So respiratory depression is not found by depression; a term that the thesaurus does not know is.
    """
    if not sought.concepts:
        return False
    held = phrase_key(recorded).split()
    if any(True for _ in places(held, sought.by_key)):
        return not stands_for(words, held, sought)
    return is_term(words, " ".join(held))


def preferred(words: Store, text: str) -> str:
    """Return the preferred word for a term, or the term itself if the thesaurus does not know it, or in two ways."""
    sql = (
        "SELECT own, phrase FROM term JOIN concept ON concept.id = term.concept "
        "JOIN phrase ON phrase.concept = term.concept AND phrase.ord = 0 WHERE term.key = ?"
    )
    rows = words.connection.execute(sql, (phrase_key(text),)).fetchall()
    return str(rows[0][1]) if len(rows) == 1 and rows[0][0] else text


def confusable(words: Store, names: "Iterable[str]") -> "list[tuple[str, ...]]":
    """Return the sets of names, in tall-man letters, that hold two of the names given, or one if it is the only one given."""
    keys = {name_key(name) for name in names}
    found: dict[int, list[str]] = {}
    for key in sorted(keys):
        for (pair,) in words.connection.execute("SELECT pair FROM confusable WHERE key = ?", (key,)).fetchall():
            rows = words.connection.execute("SELECT key, tall FROM confusable WHERE pair = ?", (pair,)).fetchall()
            if len(keys) == 1 or len({row[0] for row in rows} & keys) > 1:
                found[pair] = [row[1] for row in rows]
    return [tuple(tall) for tall in found.values()]
