"""How alike names and words are, by spelling and by sound, and how near ones are found without reading all of them."""

import jellyfish  # Metaphone, compiled; this module is imported when compiling and after a miss, never for a hit

TAIL = 4
"""Letters at the end of a key by which names that end alike are found."""
_HEAD = 3
_EACH = 3000
"""Most candidates taken from each way of finding them; more are alike in too little to matter."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable


def sound_of(key: str) -> str:
    """Return how a name sounds to an English ear (Metaphone), without vowels."""
    return jellyfish.metaphone(key)[:8]


def tail_of(key: str) -> str:
    """Return the end of a name."""
    return key[-TAIL:]


def candidates(connection: "sqlite3.Connection", key: str, *, names: bool) -> "Iterable[tuple[str, str]]":
    """Return keys of names, or of words, that begin, end or sound like ``key``, with their sounds; by index at any size."""
    head = key[:_HEAD]
    sql = (
        "SELECT key, sound FROM (SELECT * FROM near WHERE key >= ? AND key < ? LIMIT ?) WHERE name = ? UNION "
        "SELECT key, sound FROM (SELECT * FROM near WHERE tail = ? LIMIT ?) WHERE name = ? UNION "
        "SELECT key, sound FROM (SELECT * FROM near WHERE sound = ? LIMIT ?) WHERE name = ?"
    )
    kind = int(names)
    values = (head, head + "\U0010ffff", _EACH, kind, tail_of(key), _EACH, kind, sound_of(key), _EACH, kind)
    return connection.execute(sql, values)


def rank(key: str, found: "Iterable[tuple[str, str]]", least: float, limit: int) -> "list[str]":
    """Return the keys most like ``key``, of a likeness of 0 to 100 that is three parts spelling and one part sound."""
    from rapidfuzz.distance import OSA

    heard = sound_of(key)
    scored = []
    for other, sound in found:
        score = 75 * OSA.normalized_similarity(key, other) + 25 * OSA.normalized_similarity(heard, sound)
        if score >= least:
            scored.append((-score, other))
    return [other for _, other in sorted(scored)[:limit]]


def alike(key: str, others: "list[str]", least: float, limit: int) -> "list[int]":
    """Return the places of the keys that are spelled most like ``key``, of a likeness of 0 to 100 by spelling alone."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extract(key, others, scorer=OSA.normalized_similarity, score_cutoff=least / 100, limit=limit)
    return [place for _, _, place in found]
