"""The index of medicines: names, codes, classes and groups of medicines, most of which have no record.

Three files lie beside the bundled database, made by one tool: ``medicines.tsv``, a medicine a line; ``medicines.keys``, every
name and code, sorted; ``groups.tsv``. A look-up bisects the sorted ones as they lie on disk, so nothing is built or read whole.
A file that is damaged, absent or of another version costs the index and nothing else: nothing is found, ``problem`` says why.
"""

import os

from drugref import places
from drugref.errors import AmbiguousNameError
from drugref.text import name_key, phrase_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from mmap import mmap

FIRST = "# drugref medicines 1"
FIRST_OF_GROUPS = "# drugref groups 1"
FIRST_OF_KEYS = "# drugref keys 1"
FILES = ("medicines.tsv", "medicines.keys", "groups.tsv")

KINDS = {"m": "medicine", "c": "combination", "v": "vaccine", "f": "food"}
"""Kinds of medicines by their letter."""
NAME_KINDS = {
    "p": "INN", "i": "INN", "u": "USAN", "j": "JAN", "k": "UK or European name", "a": "US name", "w": "WHO name",
    "n": "British name of a combination", "s": "salt", "o": "synonym", "b": "brand", "c": "code", "U": "UNII", "A": "ATC code",
}  # fmt: skip
"""Kinds of names by their letter; ``p`` is the name by which the index knows the medicine."""
CLASS_TYPES = {
    "E": "established pharmacologic class",
    "M": "mechanism of action",
    "P": "pharmacological action",
    "C": "chemical class",
    "G": "therapeutic group",
}
"""Types of classes by their letter."""

_BEST = "pnuiakjwsobcUA"
"""Letters of kinds of names by what says most to a reader, where a name is of several."""

Listed = tuple[str, str]
"""A code and the letters of the lists that say it."""


def kind_of(head: str) -> str:
    """Return the letter of the kind of a name that says most, of the letters that stand before it."""
    return next(letter for letter in _BEST if letter in head)


class Medicine:
    """A medicine of the index; every fact names the lists that say it, by their letters, which ``sources`` explains."""

    __slots__ = ("atc", "classes", "key", "kind", "lists", "names", "parts", "shared", "uniis", "us_name")

    def __init__(self, line: str) -> None:
        key, kind, uniis, atc, parts, classes, names = line.split("\t")
        self.key = key
        """Name by which the index knows it: the INN where there is one."""
        self.kind = KINDS[kind[0]]
        """One of the values of ``KINDS``."""
        self.lists = kind[1:]
        """Letters of the lists that have it."""
        self.uniis: list[Listed] = [(code, lists) for lists, code in _items(uniis)]
        """UNII codes, of the substance and of its salts."""
        self.atc: list[Listed] = [(code, lists) for lists, code in _items(atc)]
        """ATC codes."""
        self.parts = tuple(parts.split("|")) if parts else ()
        """Keys of the parts of a combination, in alphabetical order."""
        self.classes: list[tuple[str, str, str]] = [(head[0], title, head[1:]) for head, title in _items(classes)]
        """Classes: a letter of ``CLASS_TYPES``, title, lists."""
        self.names: list[tuple[str, str, str]] = []
        """Other names: a value of ``NAME_KINDS``, name, lists."""
        shared, official = set(), []
        for head, name in _items(names):
            lists = head.strip("*").lstrip("iujkawnsobc")
            self.names.append((NAME_KINDS[kind_of(head)], name, lists))
            if "u" in head or "a" in head:
                official.append(name)
            if head.endswith("*"):
                shared.add(name)
        self.us_name = min(official, key=len, default=key)
        """Name by which US labels know it."""
        self.shared = frozenset(shared)
        """Those of its names that other medicines bear as well."""


class Group:
    """A group of medicines that records speak of, such as nitrates."""

    __slots__ = ("_members", "basis", "key", "names")

    def __init__(self, line: str) -> None:
        self.key, names, basis, members = line.split("\t")
        self._members = members
        self.names = (self.key, *filter(None, names.split("|")))
        """Its names, the first of which is its key."""
        self.basis = tuple(basis.split("|"))
        """What its members were taken from: classes, stems, lists of labels."""

    @property
    def members(self) -> dict[str, tuple[str, ...]]:
        """Keys of its members, with the sources that say each, which ``sources`` explains."""
        return {member: tuple(sources.split(",")) for sources, member in _items(self._members)}

    def __contains__(self, key: str) -> bool:
        """Tell whether a medicine of the index is a member; no list is made for it, as a look-up asks every group."""
        return f" {key}|" in self._members or self._members.endswith(f" {key}")


class ListSource:
    """A list or label from which the index takes facts."""

    __slots__ = ("attribution", "date", "id", "licence", "locator", "publisher", "title")

    def __init__(self, line: str) -> None:
        cells = line.split("\t")
        self.id, self.title, self.publisher, self.date, self.licence, self.attribution, self.locator = cells


def _items(cell: str) -> "Iterator[tuple[str, str]]":
    for item in cell.split("|") if cell else ():
        head, _, text = item.partition(" ")
        yield head, text


class DamagedError(Exception):
    """A file of the index that cannot be used; never leaves this module."""


class _Index:
    """The files of the index, opened."""

    def __init__(self, folder: str) -> None:
        self.medicines, self.keys, self.groups = (_opened(folder, name) for name in FILES)
        first = {FIRST: self.medicines, FIRST_OF_GROUPS: self.groups, FIRST_OF_KEYS: self.keys}
        for line, file in first.items():
            if file[: len(line)] != line.encode() or file[len(line)] not in b"\t\n" or file[-1:] != b"\n":
                raise DamagedError("it is not of this version, or damaged")
        self.by_group: dict[str, Group] = {}
        self.group_list: list[Group] = []

    def check(self) -> None:
        """Raise DamagedError if the files are not those that the head of the keys names."""
        import zlib

        head, _, _ = self.keys[:200].partition(b"\n")
        sums = (zlib.crc32(self.medicines), zlib.crc32(self.groups), zlib.crc32(memoryview(self.keys)[len(head) + 1 :]))
        if head.split(b"\t")[1:] != [f"{value:08x}".encode() for value in sums]:
            raise DamagedError("it is damaged, or its files do not belong together")

    def load_groups(self) -> None:
        if self.group_list:
            return
        for line in self.groups[:].decode("utf-8").splitlines():
            if line.startswith("# "):
                continue
            group = Group(line)
            self.group_list.append(group)
            for name in group.names:
                self.by_group.setdefault(phrase_key(name), group)
                if name[-1] == "s" and name[:-1].isupper():  # an abbreviation, whose plural the key cannot tell: SSRIs
                    self.by_group.setdefault(phrase_key(name[:-1]), group)


def _opened(folder: str, name: str) -> "mmap":
    import mmap

    with open(os.path.join(folder, name), "rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


_state: "list[_Index | str]" = []
"""The index once it is asked for, or why there is none."""


def problem() -> str:
    """Return why the index does not answer, in words for standard error; "" if it does, or was not asked for.

    Who says that something is *not* so because nothing was found here has to ask.
    """
    return _state[0] if _state and isinstance(_state[0], str) else ""


def forget() -> None:
    """Close the files; the next look-up opens them again."""
    _state.clear()


def _ask(question: "Callable[[_Index], object]", default: object) -> object:
    """Return what a question to the index gives, or the default if the index cannot be used."""
    try:
        if not _state:
            _state.append(_Index(os.path.dirname(places.bundled())))
        index = _state[0]
        return default if isinstance(index, str) else question(index)
    except FileNotFoundError as error:
        why = f"there is no {os.path.basename(str(error.filename))}"
    except OSError as error:
        why = error.strerror or str(error)
    except DamagedError as error:
        why = str(error)
    except (ValueError, KeyError, IndexError):
        why = "it is damaged"
    _state[:] = [f"the index of medicines cannot be used ({why}): medicines without a record are not known; reinstall drugref"]
    return default


def _lines_from(data: "mmap", start: bytes) -> "Iterator[str]":
    """Yield the lines of a sorted file from the first that is not before ``start`` on, by bisection."""
    low, high = 0, len(data)
    while low < high:
        middle = data.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = data.find(b"\n", middle) + 1 or len(data)
        line = data[middle:end]
        if line < start or line[:2] == b"# ":
            low = end
        else:
            high = middle
    while low < len(data):
        end = data.find(b"\n", low) + 1 or len(data)
        yield data[low : end - 1].decode("utf-8")
        low = end


def look_up(name: str) -> Medicine | None:
    """Return the medicine that a name, a code or the parts of a combination in any order mean; None if the index knows none.

    Raises AmbiguousNameError for what several medicines bear.
    """
    found = owners(name)
    if len(found) > 1:
        raise AmbiguousNameError(name, tuple(sorted(found)))
    return _of_key(next(iter(found))) if found else None


def owners(name: str) -> dict[str, str]:
    """Return the keys of all medicines that bear a name or code, and the kind of name that it is of each."""
    found = _named(name)
    if not found and (parts := parts_of(name)):
        try:
            meant = [look_up(part) for part in parts]
        except AmbiguousNameError:
            return {}
        if all(meant):
            found = _named(" + ".join(sorted({medicine.key for medicine in meant if medicine})))
    return found


def _named(name: str) -> dict[str, str]:
    key = name_key(name)

    def ask(index: _Index) -> dict[str, str]:
        found = {}
        for line in _lines_from(index.keys, f"{key}\t".encode()):
            its, medicine, kind, _ = line.split("\t")
            if its != key:
                break
            found[medicine] = NAME_KINDS[kind]
        if not found:
            index.check()
        return found

    found = _ask(ask, {}) if key else {}
    assert isinstance(found, dict)
    return found


_BETWEEN = (" and ", " with ", " plus ", "/", "+", ",", ";", "&")


def parts_of(name: str) -> list[str]:
    """Return the names between the words and signs that join the parts of a combination; none if there is but one.

    >>> parts_of("paracetamol/codeine and caffeine")
    ['paracetamol', 'codeine', 'caffeine']
    """
    text = f" {name.strip()} "
    for mark in _BETWEEN:
        if mark.isascii() and mark.strip().isalpha():
            lowered = text.casefold()
            if len(lowered) == len(text):
                while (at := lowered.find(mark)) >= 0:
                    text = f"{text[:at]} + {text[at + len(mark) :]}"
                    lowered = text.casefold()
        else:
            text = text.replace(mark, "+")
    parts = [part.strip() for part in text.split("+")]
    return parts if len(parts) > 1 and all(parts) else []


def by_key(key: str) -> Medicine:
    """Return the medicine of a key, such as a part or a member of a group. Raises KeyError if there is none."""
    found = _of_key(key)
    if found is None:
        raise KeyError(key)
    return found


def _of_key(key: str) -> Medicine | None:
    def ask(index: _Index) -> Medicine | None:
        line = next(_lines_from(index.medicines, f"{key}\t".encode()), "")
        if not line.startswith(f"{key}\t"):
            index.check()
            return None
        return Medicine(line)

    found = _ask(ask, None)
    return found if isinstance(found, Medicine) else None


def of_class(type_: str, title: str) -> list[str]:
    """Return the keys of the medicines that have a class: its type's letter, and its title."""
    wanted = f" {title}".encode()

    def ask(index: _Index) -> list[str]:
        data, found, at = index.medicines, [], -1
        while (at := data.find(wanted, at + 1)) >= 0:
            start = data.rfind(b"\n", 0, at) + 1
            cells = data[start : data.find(b"\n", at)].split(b"\t")
            if data[start : start + 2] != b"# " and (type_, title) in (
                (head[0], text) for head, text in _items(cells[5].decode("utf-8"))
            ):
                found.append(cells[0].decode("utf-8"))
        return found

    found = _ask(ask, [])
    assert isinstance(found, list)
    return list(dict.fromkeys(found))


def beginning(start: str, limit: int) -> list[tuple[str, str, str, str]]:
    """Return (key of the name, key of the medicine, kind of name, name) of names that begin as typed; codes are none."""
    key = name_key(start)

    def ask(index: _Index) -> list[tuple[str, str, str, str]]:
        found: list[tuple[str, str, str, str]] = []
        for line in _lines_from(index.keys, key.encode()):
            its, medicine, kind, name = line.split("\t")
            if not its.startswith(key) or len(found) >= limit:
                break
            if kind not in "UA":
                found.append((its, medicine, NAME_KINDS[kind], name))
        return found

    found = _ask(ask, [])
    assert isinstance(found, list)
    return found


def keys_of_length(least: int, most: int) -> list[str]:
    """Return the keys of all names, each once, of so many letters; for what compares a mistyped one with them."""

    def ask(index: _Index) -> list[str]:
        import re  # after a miss only

        pattern = rf"(?m)^([^\t\n]{{{least},{most}}})\t[^\t\n]*\t[^UA\t]\t"
        return list(dict.fromkeys(re.findall(pattern, index.keys[:].decode("utf-8"))))

    found = _ask(ask, [])
    assert isinstance(found, list)
    return found


def group(name: str) -> Group | None:
    """Return the group that a name means, singular or plural; None if the index knows none."""

    def ask(index: _Index) -> Group | None:
        index.load_groups()
        return index.by_group.get(phrase_key(name))

    found = _ask(ask, None)
    return found if isinstance(found, Group) else None


def groups_of(medicine: Medicine) -> list[Group]:
    """Return the groups that list a medicine or, of a combination, one of its parts; by their keys."""

    def ask(index: _Index) -> list[Group]:
        index.load_groups()
        keys = (medicine.key, *medicine.parts)
        return sorted((group for group in index.group_list if any(key in group for key in keys)), key=lambda group: group.key)

    found = _ask(ask, [])
    assert isinstance(found, list)
    return found


def groups() -> list[Group]:
    """Return all groups."""

    def ask(index: _Index) -> list[Group]:
        index.load_groups()
        return index.group_list

    found = _ask(ask, [])
    assert isinstance(found, list)
    return found


def sources() -> dict[str, ListSource]:
    """Return the lists and labels that the index takes its facts from, by identifier."""

    def ask(index: _Index) -> dict[str, ListSource]:
        return {source.id: source for file in (index.medicines, index.groups) for source in _heads(file)}

    found = _ask(ask, {})
    assert isinstance(found, dict)
    return found


def _heads(data: "mmap") -> "Iterable[ListSource]":
    start = data.find(b"\n") + 1
    while data[start : start + 2] == b"# ":
        end = data.find(b"\n", start)
        yield ListSource(data[start + 2 : end].decode("utf-8"))
        start = end + 1
