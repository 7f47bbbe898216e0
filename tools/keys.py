"""The keys of the index of medicines: every name and code, sorted, so that a look-up reads a few lines and no more."""

import zlib
from collections.abc import Iterator

from drugref.medicines import FIRST_OF_KEYS, kind_of
from drugref.text import name_key


def write_keys(medicines: str, groups: str) -> str:
    """Return the text of ``data/medicines.keys`` for the texts of the two data files.

    A line has key, medicine, kind and name as written: the kind is the letter that says most, ``p`` for the
    medicine's own key, ``U`` for a UNII, ``A`` for an ATC code. The head holds the sums of the files that it belongs to and of
    its own lines.
    """
    lines = sorted({"\t".join(row) for row in _rows(medicines)}, key=lambda line: (line.split("\t")[:2], line))
    body = "\n".join(lines) + "\n"
    return f"{FIRST_OF_KEYS}\t{_sum(medicines)}\t{_sum(groups)}\t{_sum(body)}\n{body}"


def _sum(text: str) -> str:
    return f"{zlib.crc32(text.encode('utf-8')):08x}"


def _rows(medicines: str) -> Iterator[tuple[str, str, str, str]]:
    for line in medicines.splitlines():
        if line.startswith("# "):
            continue
        key, _, uniis, codes, _, _, names = line.split("\t")
        own: dict[str, tuple[str, str]] = {name_key(key): ("p", key)}
        for item in names.split("|") if names else ():
            head, _, name = item.partition(" ")
            own.setdefault(name_key(name), (kind_of(head), name))
        for letter, cell in (("U", uniis), ("A", codes)):
            for item in cell.split("|") if cell else ():
                code = item.partition(" ")[2]
                own.setdefault(name_key(code), (letter, code))
        yield from ((found, key, kind, name) for found, (kind, name) in own.items())
