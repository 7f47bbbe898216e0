"""Full-text search and reverse look-ups: from words to the facts that hold them. SQLite's FTS5 does the finding."""

from drugref import query, sqlite, vocabulary
from drugref.columns import FACT_TABLES
from drugref.errors import UsageError
from drugref.parts import LABEL_TEXT, PASSAGES, passage_of
from drugref.places import STORE
from drugref.store import Store
from drugref.text import is_unsafe, name_key, phrase_key, printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from drugref.answer import Row
    from drugref.query import Filter
    from drugref.vocabulary import Meaning

_WEIGHTS = {
    "name": 10, "class": 5, "summary": 3, "mechanism": 2, "uses": 5, "side-effects": 3, "contraindications": 3, "cautions": 2,
    "note": 1, "text": 0.5, "pharmacokinetics": 1, "self-care": 1,
}  # fmt: skip
"""What a match in a passage of each part weighs in ranking."""
_OF_DRUG, _OF_DETAIL = 0.2, 0.5
"""What a match weighs in the drug's name, which every passage has beside it, and in a detail."""
_MOST = 1 << 31
"""No more passages than this are ever shown; SQLite has no larger numbers than 63 bits."""
_MOST_WORDS = 200
"""Words of one search; the work that they make grows with their square."""
_OPERATORS = ("AND", "OR", "NOT")


def phrase(text: str, *, prefix: bool = False) -> str:
    """Return text as a phrase of FTS5's query language: words in their order, whatever signs are between them."""
    plain = "".join(" " if is_unsafe(char) else char for char in text)  # a NUL would end the query
    return '"' + plain.replace('"', '""') + '"' + ("*" if prefix else "")


class Finder:
    """Facts of one command that hold a term: ``side-effects --effect``, ``uses --for``, ``contraindications --with``."""

    def __init__(self, stores: "list[Store]", words: Store) -> None:
        self.stores = stores
        self.words = words

    def facts(self, part: str, passages: "Iterable[str]", sought: "Meaning", wanted: "Filter") -> "list[Row]":
        """Return the facts that are about a meaning, by band or kind and then by name of the drug."""
        rows = self.candidates(part, passages, sought.phrases, wanted)
        return [row for row in rows if not vocabulary.is_other(self.words, row[0].split("\t")[2], sought)]

    def candidates(
        self, part: str, passages: "Iterable[str]", words: "Iterable[str]", wanted: "Filter", *, detail: bool = False
    ) -> "list[Row]":
        """Return the facts that have one of some words, by band or kind and then by name of the drug; in the detail, if wanted.

        A drug that an earlier database knows comes from there alone.
        """
        found: list[tuple[tuple[int, str, int], Row]] = []
        passages = tuple(passages)
        columns = " ".join(f'"{column}"' for column in (*passages, *(("detail",) if detail else ())))
        for position, store in enumerate(self.stores):
            for rowid in _matching(store, columns, words):
                drug, passage, order = passage_of(rowid)
                if passage not in passages:
                    continue
                row, json, rank, inn, passes = _fact(store, part, drug, order, wanted)
                if passes and not query.known_to_any(inn, self.stores[:position]):
                    found.append(((rank, name_key(inn), order), (row, json, 0)))
        return [row for _, row in sorted(found, key=lambda pair: pair[0])]

    def is_recorded(self, text: str) -> bool:
        """Tell whether a record has some words as they stand, outside the texts of labels."""
        columns = " ".join(f'"{column}"' for column in PASSAGES if column != "text")
        return any(_matching(store, columns, [text]) for store in self.stores)

    def in_text(self, words: "Iterable[str]") -> int:
        """Return the number of imported drugs whose label's text has one of some words."""
        imported = (store for store in self.stores if store.source.endswith(STORE))
        return sum(len({passage_of(row)[0] for row in _matching(store, '"text"', words)}) for store in imported)


def parts_with(found: "query.Found", words: "Iterable[str]") -> "list[str]":
    """Return the parts of a drug whose label's text, sorted by nobody, has one of some words."""
    keys = frozenset(phrase_key(text) for text in words)
    rows = (row.split("\t") for row in query.long_form(found).split("\n"))
    held = ((row[1], phrase_key(row[3]).split()) for row in rows if row[2] == LABEL_TEXT)
    return list(dict.fromkeys(part for part, text in held if any(True for _ in vocabulary.places(text, keys))))


def _matching(store: Store, columns: str, words: "Iterable[str]") -> "list[int]":
    """Return the passages that have one of some words in some columns, in their order."""
    # Phrases without a letter or digit would be no phrase to FTS5.
    phrases = [phrase(text) for text in words if any(map(str.isalnum, text))]
    if not phrases:
        return []
    match = f"{{{columns}}} : ({' OR '.join(phrases)})"
    return [rowid for (rowid,) in store.connection.execute("SELECT rowid FROM passage WHERE passage MATCH ?", (match,))]


def _fact(store: Store, part: str, drug: int, order: int, wanted: "Filter") -> tuple[str, str, int, str, int]:
    """Return a fact's row, JSON, rank and drug, and whether it passes a filter."""
    sql = (
        f"SELECT fact.row, fact.json, fact.rank, drug.inn, 1{wanted.condition()} FROM fact "
        "JOIN drug ON drug.id = fact.drug WHERE part = ? AND drug = ? AND ord = ?"
    )
    values = (FACT_TABLES.index(part), drug, order)
    row: tuple[str, str, int, str, int] | None = store.connection.execute(sql, values).fetchone()
    if row is None:
        raise sqlite.DatabaseError("a passage without its fact")
    return row


def parse(text: str) -> str:
    """Return what a user typed as an FTS5 query: words, "phrases", prefixes*, AND, OR, NOT and parentheses.

    Raises UsageError for what makes no sense, such as a quotation mark without its fellow.
    """
    if text.count('"') % 2:
        raise UsageError(f"search: a quotation mark is missing in {printable(text, 60)!r}")
    out: list[str] = []
    for number, piece in enumerate(text.split('"')):
        if number % 2:
            out.append(phrase(piece))
            continue
        out += (_token(token) for token in piece.replace("(", " ( ").replace(")", " ) ").split())
    out = [token for token in out if token]
    if len(out) > _MOST_WORDS:
        raise UsageError(f"search: at most {_MOST_WORDS} words at a time, not {len(out)}")
    if not any(token not in (*_OPERATORS, "(", ")") for token in out):
        raise UsageError(f"search: no word to look for in {printable(text, 60)!r}")
    return " ".join(_with_and(out))


def _token(token: str) -> str:
    if token in (*_OPERATORS, "(", ")"):
        return token
    word = token.rstrip("*")
    return phrase(word, prefix=token != word) if any(map(str.isalnum, word)) else ""


def _with_and(tokens: list[str]) -> "Iterator[str]":
    """Put AND between neighbours without an operator; FTS5 does so itself, but not around parentheses."""
    previous = ""
    for token in tokens:
        if previous and previous not in (*_OPERATORS, "(") and token not in (*_OPERATORS, ")"):
            yield "AND"
        yield token
        previous = token


def matches(stores: "list[Store]", text: str, limit: int | None = None) -> "list[tuple[str, str, str]]":
    """Return the passages that match a query, best first: drug, part, and the passage with what matched between marks.

    Raises UsageError if the query is malformed.
    """
    match = parse(text)
    found: list[tuple[float, str, str, str]] = []
    weights = ", ".join(str(weight) for weight in (_OF_DRUG, *(_WEIGHTS[name] for name in PASSAGES), _OF_DETAIL))
    sql = f"SELECT rowid, bm25(passage, {weights}) AS score FROM passage WHERE passage MATCH ? ORDER BY score, rowid"
    for position, store in enumerate(stores):
        # The bound is for what is shown, so it holds only where no earlier database hides something.
        bound = f" LIMIT {min(limit, _MOST)}" if limit and not position else ""
        try:
            rows = store.connection.execute(sql + bound, (match,)).fetchall()
        except sqlite.OperationalError as error:
            if "fts5" in str(error):
                raise UsageError(
                    f"search: cannot make sense of {printable(text, 60)!r} ({str(error).removeprefix('fts5: ')})"
                ) from None
            raise
        for rowid, score in rows:
            drug, part, _ = passage_of(rowid)
            inn = store.connection.execute("SELECT inn FROM drug WHERE id = ?", (drug,)).fetchone()[0]
            if not query.known_to_any(inn, stores[:position]):
                found.append((score, inn, part, _passage(store, match, rowid, part)))
    found.sort(key=lambda entry: entry[0])
    return [entry[1:] for entry in (found[:limit] if limit else found)]


MARK_ON, MARK_OFF = "\ue001", "\ue002"
"""Stand around what matched; renderers take them out or make them visible."""


def unmarked(passage: str) -> str:
    """Return a passage without its marks."""
    return passage.replace(MARK_ON, "").replace(MARK_OFF, "")


def _passage(store: Store, match: str, rowid: int, part: str) -> str:
    marks = f"'{MARK_ON}', '{MARK_OFF}'"
    # Of a label's text only what stands around the match: it may run over pages.
    around = ("snippet", f"{marks}, '…', 40") if part == "text" else ("highlight", marks)
    column, detail = PASSAGES.index(part) + 1, len(PASSAGES) + 1
    sql = (
        f"SELECT {around[0]}(passage, {column}, {around[1]}), highlight(passage, {detail}, {marks}) "
        "FROM passage WHERE passage MATCH ? AND rowid = ?"
    )
    term, rest = store.connection.execute(sql, (match, rowid)).fetchone()
    return f"{term} – {rest}" if rest else str(term)


def corrected(stores: "list[Store]", text: str) -> str:
    """Return a query with the words that no database has replaced by the nearest that one has; as it was if none is near."""
    from drugref.likeness import candidates, rank  # only a search that found nothing pays for this

    out = []
    for token in text.replace("(", " ( ").replace(")", " ) ").split(" "):
        word = token.strip('"*').casefold()
        if token in _OPERATORS or not word.isalpha() or any(_has_word(store, word) for store in stores):
            out.append(token)
            continue
        near = {
            found for store in stores for names in (False, True) for found in candidates(store.connection, word, names=names)
        }
        best = rank(word, near, 70.0, 1)
        out.append(token.casefold().replace(word, best[0]) if best else token)
    return " ".join(out)


def _has_word(store: Store, word: str) -> bool:
    sql = "SELECT 1 FROM passage WHERE passage MATCH ? LIMIT 1"
    return store.connection.execute(sql, (phrase(word),)).fetchone() is not None
