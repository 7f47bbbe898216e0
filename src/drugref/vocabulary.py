"""The thesaurus and the confusable names, as look-ups read them."""

from drugref.store import Store
from drugref.text import name_key, phrase_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


_NO_TERM = -1
"""Concept of a medicine, which is known by its names and groups and is no term of the thesaurus."""


class Meaning:
    """What a term typed by a user stands for."""

    __slots__ = ("by_key", "concepts", "text")

    def __init__(self, text: str, concepts: "frozenset[int]", phrases: "Iterable[str]") -> None:
        self.text = text
        """The term as typed."""
        self.concepts = concepts
        """Concepts of the thesaurus that it names; empty if the thesaurus does not know it."""
        self.by_key: dict[str, str] = {}
        """The words to look for, by their keys: the term itself, its synonyms, and narrower terms."""
        for phrase in phrases:
            self.by_key.setdefault(phrase_key(phrase), phrase)

    @property
    def phrases(self) -> "tuple[str, ...]":
        """The words to look for."""
        return tuple(self.by_key.values())

    def widened(self, words: "Iterable[str]") -> "Meaning":
        """Return the same meaning with further words to look for; having those, it is known what it means."""
        more = tuple(words)
        concepts = self.concepts or (frozenset({_NO_TERM}) if more else self.concepts)
        return Meaning(self.text, concepts, (*self.phrases, *more))


def meaning(words: Store, text: str) -> Meaning:
    """Look a term up in the thesaurus; a term that it does not know means itself alone."""
    concepts = concepts_of(words, text)
    phrases = [text]
    for concept in sorted(concepts):
        rows = words.connection.execute("SELECT phrase FROM phrase WHERE concept = ? ORDER BY ord", (concept,))
        phrases += [row[0] for row in rows]
    return Meaning(text, concepts, phrases)


def broader(words: Store, sought: Meaning) -> Meaning:
    """Return the terms above a meaning: what is recorded for liver disease concerns somebody with cirrhosis."""
    own = ", ".join("?" * len(sought.concepts))
    concepts = sorted(sought.concepts)
    sql = (
        "SELECT DISTINCT above.concept, above.phrase, above.key FROM term AS mine JOIN phrase AS below ON below.key = mine.key "
        "JOIN phrase AS above ON above.concept = below.concept "
        "JOIN term ON term.concept = above.concept AND term.key = above.key "
        f"WHERE mine.concept IN ({own}) AND above.concept NOT IN ({own}) ORDER BY above.concept, above.ord"
    )
    rows = words.connection.execute(sql, (*concepts, *concepts)).fetchall()
    phrases = [phrase for _, phrase, key in rows if key not in sought.by_key]
    return Meaning(sought.text, frozenset(row[0] for row in rows), phrases)


def concepts_of(words: Store, text: str) -> "frozenset[int]":
    """Return the concepts that a term is a word for."""
    rows = words.connection.execute("SELECT concept FROM term WHERE key = ?", (phrase_key(text),))
    return frozenset(row[0] for row in rows)


def groups_of(words: Store, members: "Iterable[str]") -> "list[str]":
    """Return the words, as keys, for the groups of medicines that some names of drugs or classes belong to."""
    sql = (
        "SELECT DISTINCT term.key FROM phrase JOIN medicine USING(concept) JOIN term USING(concept) WHERE phrase.key = ? "
        "ORDER BY term.key"
    )
    found = (row[0] for member in members for row in words.connection.execute(sql, (phrase_key(member),)))
    return list(dict.fromkeys(found))


def group_words(words: Store) -> "list[str]":
    """Return the words, as keys, for all groups of medicines."""
    return [row[0] for row in words.connection.execute("SELECT key FROM term JOIN medicine USING(concept) ORDER BY key")]


def is_other(words: Store, recorded: str, sought: Meaning) -> bool:
    """Tell whether a recorded term is known to mean something else, though it has a sought word in it.

    So respiratory depression is not found by depression; a term that the thesaurus does not know is.
    """
    if not sought.concepts or phrase_key(recorded) in sought.by_key:
        return False
    return bool(concepts_of(words, recorded))


def preferred(words: Store, text: str) -> str:
    """Return the preferred word for a term, or the term itself if the thesaurus does not know it, or in two ways."""
    concepts = concepts_of(words, text)
    if len(concepts) != 1:
        return text
    sql = "SELECT phrase FROM phrase WHERE concept = ? AND ord = 0"
    return str(words.connection.execute(sql, tuple(concepts)).fetchone()[0])


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
