"""Medicines as other records may mean them, and what a recorded risk means: the one matching of screens and reverse look-ups.

A partner is its names and the groups that list it; what a record says of medicines is its words, what it excepts, and the
examples that its detail gives. They meet at a name, or at a group, at word boundaries, and never inside a longer name of
something else.
"""

from drugref import medicines, query
from drugref.errors import AmbiguousNameError
from drugref.parts import LABEL_TEXT
from drugref.store import Store
from drugref.text import name_key, phrase_key
from drugref.vocabulary import LONGEST, is_term, longer, medicine_groups, places

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BROADER = -1
"""How something broader than what was asked about is recorded; beside ``BELOW``, something narrower."""
NOT_NAMED = "not named in the source"
"""Said of a finding that rests on a group, of whose members the record names none that is meant."""
CERTAIN = "only certain ones"
"""Said where the record means some members of a group and does not tell which."""


class Partner:
    """A medicine, a food or a group of medicines that is given or asked about."""

    __slots__ = ("_keys", "found", "groups", "inn", "known", "listed", "members", "names", "parts", "text", "typed")

    def __init__(self, text: str, typed: str = "") -> None:
        self._keys: frozenset[str] = frozenset()
        self.text = text
        """What findings call it: the INN of its record, else as the index or the user calls it."""
        self.typed = typed or text
        """The name as typed."""
        self.parts: tuple[str, ...] = ()
        """Of a combination, what the index calls its parts."""
        self.inn = text
        """The INN of its record or its name in the index, by which one and the same medicine is known."""
        self.found: query.Found | None = None
        """Its record; None where there is none."""
        self.known = False
        """Whether a record, the index or the thesaurus knows it."""
        self.names: frozenset[str] = frozenset()
        """Keys of its names; of a combination, those of its parts as well."""
        self.groups: dict[str, str] = {}
        """Names of the groups that it belongs to, by the keys of all their names."""
        self.members: frozenset[str] = frozenset()
        """Of a group, the keys of its members' names."""
        self.listed: frozenset[str] = frozenset()
        """Of a group, what the index or the thesaurus calls its members."""

    @property
    def keys(self) -> "frozenset[str]":
        """Keys of all words by which a record may mean it."""
        if not self._keys:
            self._keys = self.names.union(self.groups, self.members)
        return self._keys


class Via:
    """How a recorded risk means a partner."""

    __slots__ = ("named", "words")

    def __init__(self, words: str = "", *, named: bool = True) -> None:
        self.words = words
        """The group that it rests on, and whether the source names the partner; "" if the record names it outright."""
        self.named = named
        """Whether the record names it, outright or as an example."""


class Medley:
    """What the index and the thesaurus together know of groups of medicines."""

    def __init__(self, words: Store) -> None:
        self.words = words
        self.more = [(names, frozenset(map(phrase_key, members))) for names, members in medicine_groups(words)]
        self.keys = {key: names[0] for names, _ in self.more for key in map(phrase_key, names)}
        """Names of the thesaurus's groups by the keys of their names."""

    def partner(self, name: str, stores: "list[Store]") -> Partner:
        """Return what a name means, whoever knows it; a name that nobody knows means itself alone."""
        try:
            found, medicine = _look_up(name, stores)
        except AmbiguousNameError:
            found = medicine = None
        if found or medicine:
            return self._medicine(name, found, medicine)
        return self._group(name) or _unknown(name)

    def _medicine(self, name: str, found: query.Found | None, medicine: medicines.Medicine | None) -> Partner:
        partner = Partner(found.inn if found else name)
        partner.inn = found.inn if found else medicine.key if medicine else name
        partner.typed = name
        partner.parts = medicine.parts if medicine else ()
        partner.found, partner.known = found, True
        names = [name, partner.inn]
        classes: list[str] = []
        if found:
            own, classes = query.names_of(found), query.classes_of(found)
            names += own
        parts = [medicine, *map(medicines.by_key, medicine.parts)] if medicine else []
        names += (word for part in parts for word in _names(part))
        partner.names = frozenset(key for key in map(phrase_key, names) if len(key) > _SHORT)
        listed = medicines.groups_of(medicine) if medicine else []
        partner.groups = {key: group.key for group in listed for key in map(phrase_key, group.names)}
        for title in classes:
            partner.groups.setdefault(phrase_key(title), title)
        self._widen(partner)
        return partner

    def _widen(self, partner: Partner) -> None:
        """Add the thesaurus's groups that list a partner or a group that it belongs to."""
        held = partner.names | partner.groups.keys()
        for names, members in self.more * 2:  # a group may stand in one that comes before it
            if members & held or any(key in partner.groups for key in map(phrase_key, names)):
                added = {key: names[0] for key in map(phrase_key, names) if key not in partner.groups}
                partner.groups |= added
                held |= added.keys()

    def _group(self, name: str) -> Partner | None:
        """Return a group of medicines as a partner: what is recorded of the group, of wider ones, and of its members."""
        group, key = medicines.group(name), phrase_key(name)
        if group is None and key not in self.keys:
            return None
        partner = Partner(group.key if group else self.keys[key], name)
        partner.known = True
        names = [name, *(group.names if group else ())]
        inside = set(group.members) if group else set()
        for more, members in self.more:
            if {key, phrase_key(partner.text)} & set(map(phrase_key, more)):
                names += more
                inside |= set(self._members(members))
        partner.names = frozenset(map(phrase_key, names))
        partner.listed = frozenset(inside)
        partner.members = frozenset(
            key for member in inside for key in map(phrase_key, self._member_names(member)) if len(key) > _SHORT
        )
        wider = [other for other in medicines.groups() if other is not group and inside and inside < set(other.members)]
        partner.groups = {key: other.key for other in wider for key in map(phrase_key, other.names)}
        return partner

    def _members(self, members: "Iterable[str]") -> "Iterator[str]":
        for member in members:
            inner = medicines.group(member)
            if inner:
                yield from inner.members
            else:
                yield member

    def _member_names(self, member: str) -> "list[str]":
        try:
            medicine = medicines.look_up(member)
        except AmbiguousNameError:
            medicine = None
        return [member, *(_names(medicine) if medicine else ())]

    def is_vague(self, recorded: "Recorded") -> bool:
        """Tell whether a recorded risk names no medicine and no group that is known, so that nothing can meet it."""
        pieces = (*recorded.meant, *recorded.examples)
        if any(_owners(" ".join(held)) for held in pieces) or any(map(self.is_group, recorded.runs)):
            return False
        return not any(_is_medicine(run, "") for run in recorded.runs)

    def groups_in(self, recorded: "Recorded") -> "dict[str, list[str]]":
        """Return the members of each group that a recorded risk names; a group within a longer one's name is none."""
        found: dict[str, list[str]] = {}
        for held in recorded.meant:
            runs = [(first, end) for first in range(len(held)) for end in range(first + 1, len(held) + 1)]
            groups = [(first, end) for first, end in runs if self.is_group(" ".join(held[first:end]))]
            for first, end in groups:
                if not any(start <= first and end <= stop and (start, stop) != (first, end) for start, stop in groups):
                    group = self._group(" ".join(held[first:end]))
                    if group:
                        found[group.text] = sorted(group.listed)
        return found

    def is_taken(self, recorded: "Recorded") -> bool:
        """Tell whether a risk that is recorded as a condition is something taken: caffeine, grapefruit juice."""
        return any(_owners(thing) for thing in _things(recorded.meant))

    def is_group(self, key: str) -> bool:
        """Tell whether a key is one of a name of a group."""
        return key in self.keys or medicines.group(key) is not None


def _look_up(name: str, stores: "list[Store]") -> "tuple[query.Found | None, medicines.Medicine | None]":
    """Return the record and the medicine of the index that a name means. Raises AmbiguousNameError for a name of several."""
    found = query.look_up(name, stores)
    if found is None:
        from drugref import meant  # codes and parts, which most names are not

        other = meant.look_up(name, stores)
        if other is None or other.found is None:
            return None, other.medicine if other else None
        found = other.found
    try:
        return found, medicines.look_up(found.inn)
    except AmbiguousNameError:
        return found, None


def _unknown(name: str) -> Partner:
    partner = Partner(name)
    partner.names = frozenset(filter(None, [phrase_key(name)]))
    return partner


_SHORT = 3
"""Names of so few characters mean more than one thing in running text."""
_SPOKEN = frozenset(
    ("INN", "USAN", "JAN", "UK or European name", "US name", "WHO name", "British name of a combination", "salt", "synonym")
)
"""Kinds of names that records use; a brand may be a word of every day."""


def _names(medicine: medicines.Medicine) -> "Iterator[str]":
    yield medicine.key
    yield from (name for kind, name, _ in medicine.names if kind in _SPOKEN and name not in medicine.shared)


_EXCEPT = ("other than", "except", "apart from", "but not")
"""What follows is not meant: fluoroquinolones other than ciprofloxacin."""
_EXAMPLES = ("e.g.", "such as", "for example", "including", "includes", "caution:")
"""What follows in a detail are examples, up to the next semicolon."""
_NO_NAME = frozenset("and or with other another any some of in the a an than including such as for to".split())
"""Words that no name of a medicine begins or ends with."""
_SOME = frozenset(("certain", "some", "selected"))
_OF_MEDICINES = ("medicine", "statement")
"""Types of risks that mean a medicine wherever their words do."""


class Recorded:
    """What a recorded risk says of medicines."""

    __slots__ = (
        "detail", "drug", "examples", "excepted", "held", "item", "kind", "limits", "meant", "runs", "sources", "things",
        "type",
    )  # fmt: skip

    def __init__(
        self, drug: str, kind: str, item: str, type: str, detail: str, sources: "tuple[str, ...]", limits: str = ""
    ) -> None:
        self.drug, self.kind, self.item, self.type, self.detail, self.sources = drug, kind, item, type, detail, sources
        self.limits = limits
        """Route, product, patients and place for which alone it holds; "" for what holds for the whole ingredient."""
        self.held = phrase_key(item).split()
        """The words of the item's key."""
        meant, excepted = _split(item, _EXCEPT)
        self.meant, self.excepted = _pieces(meant), _pieces(excepted)
        """The words that say what is meant, and those that say what is not, in pieces between which no name runs on."""
        self.examples = [piece for clause in _examples(detail) for piece in _pieces(clause)]
        """What the detail names as examples."""
        self.runs = frozenset(run for held in (*self.meant, *self.examples) for run in _runs(held))
        """The keys of all that can be a name in it; what has none of them is not meant."""
        self.things = frozenset(() if type in _OF_MEDICINES else _things(self.meant))
        """Of what is recorded as a condition, the keys of what it enumerates."""


def _runs(held: "list[str]") -> "Iterator[str]":
    for first in range(len(held)):
        for end in range(first + 1, min(first + LONGEST, len(held)) + 1):
            yield " ".join(held[first:end])


def _split(text: str, marks: "Iterable[str]") -> "tuple[str, str]":
    lowered = text.lower()
    at, mark = min(((lowered.find(f" {mark} "), mark) for mark in marks if f" {mark} " in lowered), default=(-1, ""))
    return (text, "") if at < 0 else (text[:at], text[at + len(mark) + 2 :])


def _examples(detail: str) -> "Iterator[str]":
    for clause in detail.split(";"):
        for mark in _EXAMPLES:
            _, found, rest = clause.partition(mark)
            if found:
                yield rest
                break


def _pieces(text: str) -> "list[list[str]]":
    for mark in ",;()–":
        text = text.replace(mark, "\n")
    return [held for part in text.split("\n") if (held := phrase_key(part).split())]


def meets(recorded: Recorded, partner: Partner, medley: Medley) -> Via | None:
    """Return how a recorded risk means a partner; None if it does not.

    What is recorded of a condition means a food or a medicine only if that is one of the things it says: caffeine.
    """
    if recorded.type == "allergy" or recorded.drug == partner.inn:
        return None
    if recorded.type not in _OF_MEDICINES:
        return None if recorded.things.isdisjoint(partner.names) else Via()
    if any(True for held in recorded.excepted for _ in places(held, partner.names)):
        return None
    return means(recorded, partner, medley)


def means(recorded: Recorded, partner: Partner, medley: Medley) -> Via | None:
    """Return how the words of a recorded risk, whatever it is of, mean a partner."""
    if recorded.runs.isdisjoint(partner.keys):
        return None
    if _named(recorded.meant, partner.names):
        return Via()
    by_example = bool(_named(recorded.examples, partner.names))
    if group := _grouped(recorded.meant, partner, medley):
        certain = group.endswith(CERTAIN)
        if by_example or (_grouped(recorded.examples, partner, medley) and not certain):
            return Via(group.removesuffix(f"; {CERTAIN}"), named=by_example)
        return Via(f"{group}, {NOT_NAMED}" if certain else f"{group}; {NOT_NAMED}", named=False)
    if by_example:
        return Via(recorded.item)
    if group := _grouped(recorded.examples, partner, medley):
        return Via(f"{group}; {NOT_NAMED}", named=False)
    member = _named(recorded.meant, partner.members)
    return Via(member, named=False) if member else None


def _named(pieces: "list[list[str]]", names: "frozenset[str]") -> str:
    """Return the first of some names that stands in a text, not as a part of the name of another medicine; "" if none does."""
    for held in pieces:
        for first, end in places(held, names):
            own = " ".join(held[first:end])
            if not any(run not in names and _is_medicine(run, own) for run in longer(held, first, end)):
                return own
    return ""


def _grouped(pieces: "list[list[str]]", partner: Partner, medley: Medley) -> str:
    """Return the narrowest group of a partner that stands in a text, not as a part of the name of another; "" if none does."""
    found, size = "", 0
    for held in pieces:
        for first, end in places(held, partner.groups):
            if end - first <= size or any(_is_other(run, partner, medley) for run in longer(held, first, end)):
                continue
            size, found = end - first, partner.groups[" ".join(held[first:end])]
            if _SOME & set(held[:first]):
                found += f"; {CERTAIN}"
    return found


def _is_other(run: str, partner: Partner, medley: Medley) -> bool:
    """Tell whether some words mean a group, a medicine or a term that has nothing to do with a partner."""
    if run in partner.groups or run in partner.names:
        return False
    return medley.is_group(run) or is_term(medley.words, run) or _is_medicine(run, "")


def _is_medicine(run: str, own: str) -> bool:
    """Tell whether some words are a name of a medicine, which is not the one that a name in them means."""
    if _NO_NAME & set(run.split()):
        return False
    found = _owners(run)
    return bool(found) and not (own and found & _owners(own))


def _owners(name: str) -> "set[str]":
    """Return the medicines that bear a name as it stands, without a look at its parts."""
    key = name_key(name)
    return {medicine for its, medicine, _, _ in medicines.beginning(name, 4) if its == key}


def _things(pieces: "list[list[str]]") -> "Iterator[str]":
    """Yield the keys of what an item enumerates: milk, yoghurt or mineral-fortified drinks."""
    for held in pieces:
        yield from " ".join(held).replace(" or ", "\n").replace(" and ", "\n").split("\n")


def recorded_row(row: str) -> Recorded | None:
    """Return the risk that a row of ``contraindications`` holds; None for a row of a label's text or of nothing."""
    drug, kind, item, sort, detail, source, *scope = row.split("\t")
    if sort in ("", LABEL_TEXT):
        return None
    return Recorded(drug, kind, item, sort, detail, tuple(source.split("; ")), "; ".join(filter(None, scope)))


def risks(rows: "list[tuple[str, str, int]]") -> "Iterator[Recorded]":
    """Yield the risks among rows of ``contraindications``."""
    for row, _, empty in rows:
        if not empty and (recorded := recorded_row(row)):
            yield recorded
