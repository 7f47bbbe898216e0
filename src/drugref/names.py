"""Names that a user gives: read from standard input, looked up, and told apart where they are known to be mistaken."""

import sys

from drugref import output, query
from drugref.answer import Answer
from drugref.errors import AmbiguousNameError, DrugrefError
from drugref.spec import COMMANDS, Request
from drugref.store import Store, open_vocabulary
from drugref.text import name_key, printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_LONGEST_NAME = 10_000
"""Bytes of a line in which a name has to end."""
_MOST_LINES, _MOST_BYTES, _MOST_NAMES = 10_000_000, 1 << 30, 100_000
"""Of standard input, which may never end: what is read of it, and how many different names are taken."""
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
    """Read names from standard input, one a line; of a line with tabs, the first column, however long the rest is.

    A line that begins with # says nothing.
    """
    if sys.stdin is None:
        raise DrugrefError("cannot read names: standard input is closed")
    names: dict[str, None] = {}
    try:
        for number, line in enumerate(_lines(sys.stdin.buffer), 1):
            if len(line) > _LONGEST_NAME and b"\t" not in line:
                raise DrugrefError(f"cannot read names: line {number} of standard input has more than {_LONGEST_NAME} bytes")
            text = line.decode("utf-8-sig" if number == 1 else "utf-8", "surrogateescape")
            for part in text.splitlines():
                if (name := part.split("\t", 1)[0].strip()) and not name.startswith("#"):
                    names[name] = None
                    _hold(len(names), _MOST_NAMES, "different names")
    except (OSError, ValueError) as error:
        raise DrugrefError(f"cannot read names: {error}") from None
    return list(names)


def _lines(file: "BinaryIO") -> "Iterator[bytes]":
    """Yield the lines of a file, of a long one its beginning alone, so that no more is ever held. Raises DrugrefError."""
    lines = size = 0
    while line := file.readline(_LONGEST_NAME + 1):
        yield line
        lines, size = lines + 1, size + len(line)
        if len(line) > _LONGEST_NAME:
            while line and not line.endswith(b"\n"):
                _hold(size, _MOST_BYTES, "bytes")
                line = file.readline(_LONGEST_NAME + 1)
                size += len(line)
        _hold(size, _MOST_BYTES, "bytes")
        _hold(lines, _MOST_LINES, "lines")


def _hold(number: int, most: int, what: str) -> None:
    if number > most:
        raise DrugrefError(f"cannot read names: standard input has more than {most} {what}")


def find_drugs(names: list[str], stores: list[Store], answer: Answer) -> list[query.Found]:
    """Look every name up; remark which are not known, and which are known by another name."""
    found: dict[tuple[int, int], query.Found] = {}
    for name in names:
        shown = printable(name, _SHOWN)
        try:
            drug = query.look_up(name, stores) or _after_miss(name, stores, answer)
        except AmbiguousNameError as error:
            answer.unknown.append((shown, error.candidates))
            answer.remarks.append(f"{shown} is ambiguous: it may mean {', '.join(error.candidates)}")
            continue
        if drug is None:
            continue
        if drug.kind != "inn":
            answer.remarks.append(f"{shown} → {drug.inn} ({drug.kind})")
        if drug.also:
            answer.also[drug.inn] = drug.also
            answer.remarks.append(f"{drug.inn} comes from {drug.store.meta('name')}; also in {', '.join(drug.also)}")
        found.setdefault((stores.index(drug.store), drug.id), drug)
    return list(found.values())


def _after_miss(name: str, stores: list[Store], answer: Answer) -> query.Found | None:
    """Look up what no record bears as a name: in the index, as a code, and without its strength, form and schedule.

    What is set aside is said as a question. Raises AmbiguousNameError.
    """
    from drugref import meant  # after a miss only, as all that it needs

    found = meant.look_up(name, stores)
    shown = printable(name, _SHOWN)
    if found is None and len(name) <= _LONGEST and name_key(name):
        from drugref.dosing import without_dose

        rest, aside = without_dose(name) or ("", "")
        recorded = query.look_up(rest, stores)
        found = meant.Meant(recorded, None, recorded.kind) if recorded else meant.look_up(rest, stores) if rest else None
        if found:
            answer.remarks.append(f'read as {printable(rest, _SHOWN)}? "{printable(aside, _SHOWN)}" was not looked at')
            shown = printable(rest, _SHOWN)
    if found is None:
        _unknown(name, stores, answer)
        return None
    if found.found is None:
        from drugref import unrecorded

        about = unrecorded.about(shown, found, stores)
        if about["medicine"] not in [known["medicine"] for known in answer.medicines]:
            answer.medicines.append(about)
        answer.remarks.append(unrecorded.remark(about, answer.command))
        answer.remarks += confusion([shown])
        return None
    drug = found.found
    if name_key(shown) != name_key(drug.inn):
        answer.remarks.append(f"{shown} → {drug.inn} ({found.kind})")
    return query.Found(drug.store, drug.id, drug.inn, "inn", query.also(drug, stores))


_LONGEST = 200
"""Longer lines are no entry of a list of medicines."""


def _unknown(name: str, stores: list[Store], answer: Answer) -> None:
    from drugref import medicines
    from drugref.ndc import products_of
    from drugref.suggest import near_names

    shown = printable(name, _SHOWN)
    near = near_names(name, stores)
    answer.unknown.append((shown, near))
    if products_of(name.strip()):
        hint = "; a National Drug Code is known where a label with it was imported: see drugref import --help"
    elif group := medicines.group(name):
        hint = f"; it is a group of {len(group.members)} medicines: see drugref list --class {shown!r}"
    elif several := _several(name, stores):
        hint = f"; name each on its own: {several}"
    else:
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
    answer.remarks.append(f"unknown drug: {shown or '(empty name)'}{hint}")
    answer.remarks += confusion([name, *near])


def _several(name: str, stores: list[Store]) -> str:
    """Return the names that a name is made of, if all of them are known: "warfarin,ibuprofen" is no combination."""
    from drugref import medicines

    parts = medicines.parts_of(name)
    try:
        known = all(query.look_up(part, stores) or medicines.owners(part) for part in parts)
    except AmbiguousNameError:
        known = True
    return ", ".join(printable(part, _SHOWN) for part in parts) if known else ""


def confusion(names: list[str]) -> list[str]:
    """Return remarks on those of some names that are known to be mistaken for each other, in tall-man letters."""
    from drugref import vocabulary  # after a miss only

    bare = [name.split(" (")[0] for name in names] + [name.split(" (")[1].rstrip(")") for name in names if " (" in name]
    with open_vocabulary() as words:
        sets = vocabulary.confusable(words, bare)
    return [f"look-alike, sound-alike names: {' – '.join(tall)}; make sure which one is meant" for tall in sets]
