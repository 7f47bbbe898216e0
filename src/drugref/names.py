"""Names that a user gives: read from standard input, looked up, and told apart where they are known to be mistaken."""

import sys

from drugref import output, query
from drugref.answer import Answer
from drugref.errors import AmbiguousNameError, DrugrefError, UnknownDrugError
from drugref.spec import COMMANDS, Request
from drugref.store import Store, open_vocabulary
from drugref.text import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_LONGEST_NAME = 10_000
"""Bytes of a line in which a name has to end."""
_SHOWN = 60
"""Characters of a user's name that a message repeats."""


def read(request: Request) -> None:
    """Fill in the drugs that a request names, by words or options, or on standard input, which can be read only once."""
    argument = COMMANDS[request.command].argument
    if argument is None or argument.completes != "drugs":
        return
    typed = [*request.names, *(request.values.get("drug") or ())] or ([argument.fallback] if argument.fallback else [])
    if typed:
        names = (name for word in typed for name in (_names() if word == "-" else [word]))
        request.drugs = list(dict.fromkeys(names))
        if not request.drugs:
            output.warn("there are no names on standard input")


def _names() -> list[str]:
    """Read names from standard input, one a line; of a line with tabs, the first column, however long the rest is."""
    if sys.stdin is None:
        raise DrugrefError("cannot read names: standard input is closed")
    names: dict[str, None] = {}
    try:
        for number, line in enumerate(_lines(sys.stdin.buffer), 1):
            if len(line) > _LONGEST_NAME and b"\t" not in line:
                raise DrugrefError(f"cannot read names: line {number} of standard input has more than {_LONGEST_NAME} bytes")
            text = line.decode("utf-8-sig" if number == 1 else "utf-8", "surrogateescape")
            for part in text.splitlines():
                if name := part.split("\t", 1)[0].strip():
                    names[name] = None
    except (OSError, ValueError) as error:
        raise DrugrefError(f"cannot read names: {error}") from None
    return list(names)


def _lines(file: "BinaryIO") -> "Iterator[bytes]":
    """Yield the lines of a file, of a long one its beginning alone, so that no more is ever held."""
    while line := file.readline(_LONGEST_NAME + 1):
        yield line
        if len(line) > _LONGEST_NAME:
            while line and not line.endswith(b"\n"):
                line = file.readline(_LONGEST_NAME + 1)


def find_drugs(names: list[str], stores: list[Store], answer: Answer) -> list[query.Found]:
    """Look every name up; remark which are not known, and which are known by another name."""
    found: dict[tuple[int, int], query.Found] = {}
    for name in names:
        shown = printable(name, _SHOWN)
        try:
            drug = query.find(name, stores)
        except UnknownDrugError as error:
            answer.unknown.append((shown, error.near))
            near = f"; did you mean {' or '.join(error.near)}?" if error.near else ""
            answer.remarks.append(f"unknown drug: {shown or '(empty name)'}{near}")
            answer.remarks += confusion([name, *error.near])
            continue
        except AmbiguousNameError as error:
            answer.unknown.append((shown, error.candidates))
            answer.remarks.append(f"{shown} is ambiguous: it may mean {', '.join(error.candidates)}")
            continue
        if drug.kind != "inn":
            answer.remarks.append(f"{shown} → {drug.inn} ({drug.kind})")
        if drug.also:
            answer.also[drug.inn] = drug.also
            answer.remarks.append(f"{drug.inn} comes from {drug.store.meta('name')}; also in {', '.join(drug.also)}")
        found.setdefault((stores.index(drug.store), drug.id), drug)
    return list(found.values())


def confusion(names: list[str]) -> list[str]:
    """Return remarks on those of some names that are known to be mistaken for each other, in tall-man letters."""
    from drugref import vocabulary  # after a miss only

    bare = [name.split(" (")[0] for name in names] + [name.split(" (")[1].rstrip(")") for name in names if " (" in name]
    with open_vocabulary() as words:
        sets = vocabulary.confusable(words, bare)
    return [f"look-alike, sound-alike names: {' – '.join(tall)}; make sure which one is meant" for tall in sets]
