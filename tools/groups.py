"""Makes groups of medicines with their members, each from lists or from a cited text."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from tools.gather import Medicine

_FILE = Path(__file__).parent / "groups.txt"


class Definition(NamedTuple):
    """What a group is made from, as ``groups.txt`` says it."""

    key: str
    names: tuple[str, ...]
    selectors: tuple[str, ...]
    """What makes a medicine a member: ``E title``, ``text: a; b``, ``> group`` and so on; the file's head explains them."""


class Group(NamedTuple):
    """A group of medicines as people name it."""

    key: str
    names: tuple[str, ...]
    basis: tuple[str, ...]
    """The selectors of its definition."""
    members: tuple[tuple[str, frozenset[str]], ...]
    """(medicine, ids of the sources that have it in the group)."""


def definitions() -> list[Definition]:
    """Return the groups as ``groups.txt`` defines them."""
    found: list[tuple[str, list[str], list[str]]] = []
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            found[-1][2].append(line.strip())
        elif line and not line.startswith("#"):
            key, *names = line.split(" | ")
            found.append((key, names, []))
    return [Definition(key, tuple(names), tuple(selectors)) for key, names, selectors in found]


Members = dict[str, set[str]]
"""Medicine: ids of sources."""


def groups_of(defined: Iterable[Definition], medicines: Mapping[str, Medicine]) -> list[Group]:
    """Return the groups with their members, as the lists and texts have them."""
    by_key = {definition.key: definition for definition in defined}
    return [
        Group(
            definition.key,
            definition.names,
            definition.selectors,
            tuple((name, frozenset(ids)) for name, ids in _members(definition, by_key, medicines).items()),
        )
        for definition in by_key.values()
    ]


def _members(definition: Definition, by_key: Mapping[str, Definition], medicines: Mapping[str, Medicine]) -> Members:
    found: Members = defaultdict(set)
    for selector in definition.selectors:
        if selector.startswith("- "):
            continue
        for name, ids in _selected(selector, by_key, medicines):
            found[name] |= ids
    for selector in definition.selectors:
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
    found = [
        (medicine.key, ids)
        for medicine in medicines.values()
        if medicine.kind != "c" and (ids := _lists(selector[0], title, medicine))
    ]
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
