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


def candidates(connection: "sqlite3.Connection", key: str, *, names: bool) -> "Iterable[str]":
    """Return keys of names, or of words, that begin, end or sound like ``key``; found by index at any size."""
    head = key[:_HEAD]
    sql = (
        "SELECT key FROM (SELECT key, name FROM near WHERE key >= ? AND key < ? LIMIT ?) WHERE name = ? UNION "
        "SELECT key FROM (SELECT key, name FROM near WHERE tail = ? LIMIT ?) WHERE name = ? UNION "
        "SELECT key FROM (SELECT key, name FROM near WHERE sound = ? LIMIT ?) WHERE name = ?"
    )
    kind = int(names)
    values = (head, head + "\U0010ffff", _EACH, kind, tail_of(key), _EACH, kind, sound_of(key), _EACH, kind)
    return (row[0] for row in connection.execute(sql, values))


def rank(key: str, found: "Iterable[str]", least: float, limit: int) -> "list[tuple[str, float]]":
    """Return the keys most like ``key`` with their likeness, 0 to 100: three parts spelling, one part sound."""
    from rapidfuzz.distance import OSA

    sound = sound_of(key)
    scored = []
    for other in found:
        spelling = OSA.normalized_similarity(key, other)
        heard = OSA.normalized_similarity(sound, sound_of(other))
        score = 100 * (0.75 * spelling + 0.25 * heard)
        if score >= least:
            scored.append((other, score))
    return sorted(scored, key=lambda pair: (-pair[1], pair[0]))[:limit]
