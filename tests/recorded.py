"""Every recorded risk that names a medicine or a group of the index, read by a reader of its own: what a screen has to find.

It shares no code with the matching of ``drugref.partners``: names and groups are taken from the data files, and an item is read
from left to right, the longest name first.
"""

import re
import tomllib
from collections.abc import Iterator
from typing import NamedTuple

from tests.conftest import BUNDLED, ROOT

_SPOKEN = set("piujkawnso")
_EXCEPT = re.compile(r"\b(?:other than|except|apart from|but not)\b")


class Pair(NamedTuple):
    """A drug whose record says something of a partner, or of a group that lists it."""

    drug: str
    kind: str
    item: str
    partner: str
    by: str
    """The name or group that stands in the item."""


def key(text: str) -> str:
    words = re.sub(r"[^\w]+|_", " ", text.casefold()).split()
    return " ".join(word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] not in "sui" else word for word in words)


def rows(name: str) -> Iterator[list[str]]:
    for line in (ROOT / "data" / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("# "):
            yield line.split("\t")


def groups() -> dict[str, tuple[str, list[str]]]:
    """Return groups by the keys of their names: name, members."""
    found = {}
    for name, names, _, members in rows("groups.tsv"):
        its = [item.split(" ", 1)[1] for item in members.split("|")]
        found.update({key(word): (name, its) for word in (name, *filter(None, names.split("|")))})
    terms = tomllib.loads((ROOT / "data" / "vocabulary.toml").read_text(encoding="utf-8"))["terms"].values()
    known = {key(word) for term in terms for word in (term["term"], *term.get("synonyms", ()))} | found.keys()
    for term in terms:
        if term["kinds"] == ["medicine"]:
            words = [term["term"], *term.get("synonyms", ())]
            its = next((found[key(word)][1] for word in words if key(word) in found), [])
            more = [member for member in term.get("narrower", ()) if key(member) not in known]
            found.update({key(word): (term["term"], [*its, *more]) for word in words})
    return found


def names() -> dict[str, set[str]]:
    """Return medicines by the keys of the names that people write; shared ones are left out."""
    found: dict[str, set[str]] = {}
    for cells in rows("medicines.tsv"):
        words = [cells[0]]
        for item in filter(None, cells[6].split("|")):
            head, _, name = item.partition(" ")
            if head[0] in _SPOKEN and not head.endswith("*"):
                words.append(name)
        for word in words:
            if len(key(word)) > 3:
                found.setdefault(key(word), set()).add(cells[0])
    return found


def pairs() -> Iterator[Pair]:
    by_group, by_name = groups(), names()
    for drug in tomllib.loads(BUNDLED.read_text(encoding="utf-8"))["drugs"].values():
        itself = by_name.get(key(drug["inn"]), {drug["inn"]})
        for kind in ("contraindication", "caution"):
            for risk in drug.get(f"{kind}s", ()):
                if risk["type"] == "medicine":
                    for by, members in _meant(risk["item"], by_group, by_name):
                        yield from (
                            Pair(drug["inn"], kind, risk["item"], member, by)
                            for member in members
                            if member not in itself and member not in _excepted(risk["item"], by_name)
                        )


def _meant(
    item: str, by_group: dict[str, tuple[str, list[str]]], by_name: dict[str, set[str]]
) -> Iterator[tuple[str, list[str]]]:
    for piece in re.split(r"[,;()]", _EXCEPT.split(item)[0]):
        words = key(piece).split()
        while words:
            for end in range(len(words), 0, -1):
                run = " ".join(words[:end])
                if run in by_group:
                    yield by_group[run]
                elif run in by_name:
                    yield run, sorted(by_name[run])
                else:
                    continue
                break
            del words[:end]


def _excepted(item: str, by_name: dict[str, set[str]]) -> set[str]:
    rest = _EXCEPT.split(item)[1:]
    words = " ".join(rest).replace(" and ", ",").split(",")
    return {member for word in words for member in by_name.get(key(word), ())}
