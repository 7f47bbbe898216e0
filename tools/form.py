"""The form of the data files: how they are written, read back and checked."""

import re
from collections.abc import Iterable, Iterator

from drugref.text import name_key
from tools.gather import KINDS, Medicine
from tools.groups import Group
from tools.lists import Source

FIRST = "# drugref medicines 1"
FIRST_OF_GROUPS = "# drugref groups 1"
_ATC = re.compile(r"[ABCDGHJLMNPRSV]\d\d[A-Z]{2}\d\d")
_UNII = re.compile(r"[0-9A-Z]{10}")


def write_medicines(medicines: Iterable[Medicine], sources: Iterable[Source]) -> str:
    """Return the text of ``data/medicines.tsv``: a header that names the lists, then one medicine a line."""
    lines = [FIRST, *(header_line(source) for source in sources)]
    lines += sorted(_line(medicine) for medicine in medicines)
    return "\n".join(lines) + "\n"


def header_line(source: Source) -> str:
    """Return the line of a header that names a source."""
    return "# " + "\t".join(source)


def _line(medicine: Medicine) -> str:
    names = sorted(
        (
            min(KINDS.index(kind) for kind in name.kinds),
            name.text.casefold(),
            name.text,
            _name_head(name.kinds, name.lists, name.shared),
        )
        for name in medicine.names.values()
    )
    columns = (
        medicine.key,
        medicine.kind + _letters(medicine.lists),
        _items((_letters(its), code) for code, its in medicine.unii.items()),
        _items((_letters(its), code) for code, its in medicine.atc.items()),
        "|".join(medicine.parts),
        _items((type_ + _letters(its), title) for (type_, title), its in medicine.classes.items()),
        "|".join(f"{head} {text}" for _, _, text, head in names),
    )
    return "\t".join(columns)


def _letters(lists: Iterable[str]) -> str:
    return "".join(sorted(lists))


def _name_head(kinds: set[str], lists: set[str], shared: bool) -> str:
    return "".join(sorted(kinds, key=KINDS.index)) + _letters(lists) + ("*" if shared else "")


def _items(pairs: Iterable[tuple[str, str]]) -> str:
    return "|".join(f"{head} {text}" for text, head in sorted((text, head) for head, text in pairs))


def write_groups(groups: Iterable[Group], sources: Iterable[Source]) -> str:
    """Return the text of ``data/groups.tsv``: a header that names the sources, then one group a line."""
    lines = [FIRST_OF_GROUPS, *(header_line(source) for source in sources)]
    for group in sorted(groups):
        members = _items((",".join(sorted(ids)), member) for member, ids in group.members)
        lines.append("\t".join((group.key, "|".join(group.names), "|".join(group.basis), members)))
    return "\n".join(lines) + "\n"


def problems_of(medicines: str, groups: str) -> list[str]:
    """Return what is wrong with the texts of the two files, in words; nothing if they are as they have to be."""
    found = list(_problems_of_medicines(medicines))
    keys = {line.split("\t")[0] for line in medicines.splitlines() if line[:2] != "# "}
    return found + list(_problems_of_groups(groups, keys))


def _rows(text: str, first: str, width: int) -> tuple[list[str], list[list[str]], list[str]]:
    """Return (ids of the sources, rows, problems of form)."""
    lines = text.splitlines()
    head = [line[2:].split("\t") for line in lines[1:] if line[:2] == "# "]
    body = [line for line in lines if line[:2] != "# "]
    found = [] if lines[:1] == [first] else [f"first line is not {first!r}"]
    found += [] if body == sorted(body) else ["lines are not sorted"]
    found += [
        f"source {source[0]}: not seven columns, or an empty one" for source in head if len(source) != 7 or not all(source)
    ]
    rows = [line.split("\t") for line in body]
    found += [f"{row[0]}: {len(row)} columns, not {width}" for row in rows if len(row) != width]
    keys = [name_key(row[0]) for row in rows]
    found += (
        [f"{row[0]}: key twice, or none" for row, key in zip(rows, keys, strict=True) if not key or keys.count(key) > 1]
        if len(set(keys)) < len(keys)
        else []
    )
    return [source[0] for source in head], [row for row in rows if len(row) == width], found


def _problems_of_medicines(text: str) -> Iterator[str]:
    ids, rows, found = _rows(text, FIRST, 7)
    yield from found
    keys = {row[0]: row for row in rows}
    owners: dict[str, list[tuple[str, bool]]] = {}
    for key, kind, unii, atc, parts, classes, names in rows:
        if kind[:1] not in "mcvf" or not kind[1:] or set(kind[1:]) - set(ids):
            yield f"{key}: kind and lists are {kind!r}"
        yield from _wrong_items(key, "UNII", unii, "", ids, _UNII)
        yield from _wrong_items(key, "ATC", atc, "", ids, _ATC)
        yield from _wrong_items(key, "class", classes, "EMPCG", ids, None)
        yield from _wrong_items(key, "name", names.replace("* ", " "), KINDS, ids, None)
        yield from (f"{key}: part {part!r} is no medicine" for part in parts.split("|") if part and part not in keys)
        if (kind[0] == "c") != bool(parts):
            yield f"{key}: only combinations have parts, and they must have them"
        for item in names.split("|") if names else ():
            head, _, name = item.partition(" ")
            owners.setdefault(name_key(name), []).append((key, head.endswith("*")))
    primary = {name_key(key) for key in keys}
    for name, bearing in owners.items():
        if name in primary:
            yield f"{name}: a name of {bearing[0][0]}, and the primary name of another"
        if len(bearing) > 1 and not all(shared for _, shared in bearing):
            yield f"{name}: owned by {' and '.join(key for key, _ in bearing)}, and not marked as shared"
        if len(bearing) == 1 and bearing[0][1]:
            yield f"{name}: marked as shared, but only {bearing[0][0]} bears it"


def _wrong_items(key: str, what: str, cell: str, kinds: str, ids: list[str], form: re.Pattern[str] | None) -> Iterator[str]:
    for item in cell.split("|") if cell else ():
        head, _, text = item.partition(" ")
        lists = head.lstrip(kinds) if what == "name" else head[1:] if kinds else head
        if not lists or set(lists) - set(ids) or (kinds and head[:1] not in kinds):
            yield f"{key}: {what} {text!r} has no list, or one that the header lacks: {head!r}"
        if not text or text != text.strip() or (form and not form.fullmatch(text)):
            yield f"{key}: {what} {text!r} has not the form of one"


def _problems_of_groups(text: str, medicines: set[str]) -> Iterator[str]:
    ids, rows, found = _rows(text, FIRST_OF_GROUPS, 4)
    yield from found
    owners: dict[str, str] = {}
    for key, names, basis, members in rows:
        for name in (key, *filter(None, names.split("|"))):
            other = owners.setdefault(name_key(name), key)
            if other != key:
                yield f"{name}: a name of the groups {other} and {key}"
        if not basis or not members:
            yield f"{key}: a group needs a basis and members"
        for item in members.split("|") if members else ():
            head, _, member = item.partition(" ")
            if set(head.split(",")) - set(ids):
                yield f"{key}: member {member!r} has a source that the header lacks: {head!r}"
            if member not in medicines:
                yield f"{key}: member {member!r} is no medicine"
