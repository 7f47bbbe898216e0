"""Makes groups of medicines with their members, each from lists or from a cited text."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tools.gather import Medicine


class Definition(NamedTuple):
    """What a group is made from."""

    key: str
    names: str
    """Other names of the group, joined by ``|``."""
    selectors: str
    """What makes a medicine a member, joined by ``|``:

    ``E title`` an established class; ``M`` a mechanism; ``P`` a pharmacological action of MeSH; ``C`` a chemical class; ``A code`` the
    beginning of an ATC code; ``V word`` a vaccine with the word in its name; ``S -stem`` an INN that ends in the stem; ``> group`` the members of another group;
    ``text: a; b`` what a cited text lists; ``text> group`` a group that it lists. After a class, ``: a; b`` are the only ones taken of it;
    ``- a; b`` and ``- P title`` are left out of all.
    """


class Group(NamedTuple):
    """A group of medicines as people name it."""

    key: str
    names: tuple[str, ...]
    basis: tuple[str, ...]
    """The selectors of its definition."""
    members: tuple[tuple[str, frozenset[str]], ...]
    """(medicine, ids of the sources that have it in the group)."""


Members = dict[str, set[str]]
"""Medicine: ids of sources."""


def groups_of(definitions: tuple[Definition, ...], medicines: Mapping[str, Medicine]) -> list[Group]:
    """Return the groups with their members, as the lists and texts have them."""
    by_key = {definition.key: definition for definition in definitions}
    return [
        Group(
            definition.key,
            tuple(name for name in definition.names.split("|") if name),
            tuple(definition.selectors.split("|")),
            tuple((name, frozenset(ids)) for name, ids in _members(definition, by_key, medicines).items()),
        )
        for definition in definitions
    ]


def _members(definition: Definition, by_key: Mapping[str, Definition], medicines: Mapping[str, Medicine]) -> Members:
    found: Members = defaultdict(set)
    for selector in definition.selectors.split("|"):
        if selector.startswith("- "):
            continue
        for name, ids in _selected(selector, by_key, medicines):
            found[name] |= ids
    for selector in definition.selectors.split("|"):
        if selector.startswith("- "):
            for name in _left_out(selector[2:], medicines):
                found.pop(name, None)
    return found


def _left_out(selector: str, medicines: Mapping[str, Medicine]) -> list[str]:
    if selector[:2] == "P ":
        return [name for name, _ in _of_class(selector, medicines)]
    return [medicines[name].key for name in selector.split("; ")]


def _selected(
    selector: str, by_key: Mapping[str, Definition], medicines: Mapping[str, Medicine]
) -> Iterator[tuple[str, set[str]]]:
    if selector[:2] in ("E ", "M ", "P ", "C ", "A ", "V ", "S "):
        yield from _of_class(selector, medicines)
    elif "> " in selector:
        text, _, group = selector.partition("> ")
        for name, ids in _members(by_key[group], by_key, medicines).items():
            yield name, ids | ({text} if text else set())
    else:
        text, _, names = selector.partition(": ")
        for name in names.split("; "):
            yield medicines[name].key, {text}


def _of_class(selector: str, medicines: Mapping[str, Medicine]) -> list[tuple[str, set[str]]]:
    """Return the members of a class; one that is picked but not there, or a class without members, is an error."""
    title, _, picked = selector[2:].partition(": ")
    found = [(medicine.key, ids) for medicine in medicines.values() if medicine.kind != "c" and (ids := _lists(selector[0], title, medicine))]
    names = {name for name, _ in found}
    only = set(picked.split("; ")) if picked else names
    if not found or only - names:
        raise LookupError(f"{selector}: not there: {', '.join(sorted(only - names)) or 'the class'}")
    return [(name, ids) for name, ids in found if name in only]


def _lists(type_: str, title: str, medicine: Medicine) -> set[str]:
    if type_ == "A":
        return {letter for code, its in medicine.atc.items() if code.startswith(title) for letter in its}
    if type_ == "S":
        return {"W"} if medicine.kind == "m" and medicine.key.split()[0].endswith(title.removeprefix("-")) else set()
    if type_ == "V":
        return medicine.lists if medicine.kind == "v" and title in re.findall(r"\w+", medicine.key) else set()
    return medicine.classes.get((type_, title), set())
