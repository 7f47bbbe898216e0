"""Puts the substances of the UNII list together into medicines: moiety, salts, names; and says which names are worth having."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from drugref.text import name_key
from tools.lists import Substance
from tools.salts import moieties_of
from tools.words import ADDED, MISLEADING, NOT_MEDICINES, RENAMED, SHORT

# Tags of the UNII list by what they say of a name: the letter is the name's kind in the data file.
_KINDS = (
    ("i", frozenset({"INN"})),
    ("u", frozenset({"USAN"})),
    ("j", frozenset({"JAN"})),
    ("k", frozenset({"MART.", "EP MONOGRAPH", "EMA EPAR", "EMA HERBAL SUBSTANCE"})),
    ("a", frozenset({"USP MONOGRAPH", "ORANGE BOOK", "VANDF", "USP-RS", "PURPLE BOOK CDER"})),
    ("w", frozenset({"WHO-DD", "WHO-IP"})),
    ("o", frozenset({"MI", "HSDB", "IARC", "HOC", "DSC", "CHP", "JP", "ISO"})),
)
OFFICIAL = frozenset("iujkawns")
# Names that only these tags vouch for are impurities, flavours, Latin of homoeopathy, codes of foods.
_OTHER_TAGS = frozenset({
    "EP IMPURITY", "USP IMPURITY", "WHO-IP LATIN", "HPUS", "FHFI", "FCC", "II", "LANGUAL", "INCI", "FDMS", "GREEN BOOK",
    "EMA EPAR VETERINARY", "NFLIS-DRUG", "NDI", "INCB GREEN LIST", "INCB", "GREEN LIST", "INCB:GREEN LIST",
})  # fmt: skip
_MARKETED = frozenset({"JAN", "WHO-DD", "MART.", "ORANGE BOOK", "VANDF", "EMA EPAR", "USP MONOGRAPH", "EP MONOGRAPH", "WHO-IP"})
_ATC = re.compile(r"[ABCDGHJLMNPRSV]\d\d[A-Z]{2}\d\d")
# Numbers of screening programmes, food additives and catalogues: half of all codes, and nobody looks a medicine up by them.
_NO_CODE = re.compile(
    r"(?:NSC|FEMA|INS|E|CI|C\.I|NCI|NDS|CFN|EINECS|GRAS|HSDB|CCRIS|PESTANAL|B\d{4}$|DTXSID)[ .\-]", re.IGNORECASE
)
_LONGEST = 60


@dataclass
class Name:
    """A name that is not the primary one."""

    text: str
    kinds: set[str]
    lists: set[str]
    shared: bool = False
    """Borne by several medicines, so that it leads to none of them by itself."""

    @property
    def rank(self) -> int:
        """0 if an office gave it, 1 if it is a synonym, brand or code."""
        return 0 if self.kinds & OFFICIAL else 1


@dataclass
class Medicine:
    """One line of the index while it is made; every fact maps to the letters of the lists it is from."""

    key: str
    kind: str = "m"
    """m medicine, c combination, v vaccine, f food or herb."""
    lists: set[str] = field(default_factory=set)
    """Lists that the primary name is from."""
    unii: dict[str, set[str]] = field(default_factory=dict)
    atc: dict[str, set[str]] = field(default_factory=dict)
    classes: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    """(type, title): E established class, M mechanism, P MeSH pharmacological action, C chemical class, G EMA's group."""
    names: dict[str, Name] = field(default_factory=dict)
    """By their keys."""
    parts: tuple[str, ...] = ()

    def add_name(self, kind: str, name: str, lists: Iterable[str]) -> None:
        """Add a name that is worth having; the better kind stays if it is there already."""
        key = name_key(name)
        if key == name_key(self.key):
            self.lists.update(lists)
            return
        if not worth_having(name, key) or (len(key) < 4 and kind in "obc" and key not in SHORT):
            return
        name_ = self.names.setdefault(key, Name(name, set(), set()))
        if kind == "b" and name_.kinds == {"o"}:
            name_.text = name
        name_.kinds.add(kind)
        name_.lists.update(lists)


KINDS = "iujkawnsobc"
"""Kinds of names: INN, USAN, JAN, UK and Europe, US, WHO, British name of a combination, salt, other, brand, code."""


def worth_having(name: str, key: str) -> bool:
    """Tell whether a name can lead somebody to a medicine: not too short, not an ordinary word, fit for the file's form."""
    return (
        len(key) > 2
        and len(name) <= _LONGEST
        and not key.isdigit()
        and name.casefold() not in MISLEADING
        and not any(mark in name for mark in "|\t~")
        and " component " not in name.casefold()
    )


def plain(name: str) -> str:
    """Return a name of the UNII list in lower case, Greek letters as words.

    >>> plain(".ALPHA.-TOCOPHEROL")
    'alpha-tocopherol'
    """
    return re.sub(r"\.([a-z]+)\.", r"\1", name.casefold()).strip()


def brand_case(name: str) -> str:
    """Return a brand as it is written, in title case if the list writes it in capitals.

    >>> brand_case("NITRO-BID"), brand_case("NovoLog"), brand_case("GLUCOPHAGE XR"), brand_case("ZESTORETIC 10")
    ('Nitro-Bid', 'NovoLog', 'Glucophage XR', 'Zestoretic 10')
    """
    if not name.isupper():
        return name
    return " ".join(
        word if len(word) <= 3 and word not in _SMALL else "-".join(part[:1] + part[1:].lower() for part in word.split("-"))
        for word in name.split()
    )


_SMALL = frozenset({"OF", "AND", "IN", "FOR", "THE", "DAY", "EYE", "AID", "GEL"})


def medicines_of(substances: list[Substance], marketed: set[str]) -> dict[str, Medicine]:
    """Return the medicines of a list of substances by their primary name; ``marketed`` are UNIIs that other lists know."""
    roots = _roots(substances)
    groups: dict[str, list[Substance]] = defaultdict(list)
    for substance in substances:
        groups[roots[substance.unii]].append(substance)
    found: dict[str, Medicine] = {}
    for root, members in groups.items():
        if not _belongs(members, marketed):
            continue
        top = next(member for member in members if member.unii == root)
        name = _primary(top, members)
        name = RENAMED.get(name, name)
        if name in NOT_MEDICINES:
            continue
        medicine = found.setdefault(name, Medicine(name, kind=ADDED.get(plain(top.display), "m"), lists={"U"}))
        for member in members:
            _take(member, medicine)
    _split_inns(found)
    _add_short(found)
    return found


def _split_inns(medicines: dict[str, Medicine]) -> None:
    """Make an entry of its own of every further INN of one UNII: epoetin beta is not epoetin alfa.

    What the list calls a salt of the medicine stays with it (levothyroxine sodium).
    """
    for medicine in list(medicines.values()):
        for key, name in list(medicine.names.items()):
            if "i" in name.kinds and "s" not in name.kinds and not moieties_of(name.text) and name.text not in medicines:
                del medicine.names[key]
                medicines[name.text] = Medicine(name.text, lists={"U"}, unii={code: {"U"} for code in medicine.unii})


def _add_short(medicines: dict[str, Medicine]) -> None:
    """Add the moiety as a name of a medicine that goes by its salt (enoxaparin), where nothing else has that name."""
    taken = {name_key(key) for key in medicines} | {key for medicine in medicines.values() for key in medicine.names}
    found: dict[str, list[Medicine]] = defaultdict(list)
    for medicine in medicines.values():
        for moiety in moieties_of(medicine.key):
            # "acetic" and "dimethyl" are no names of a medicine.
            if (
                name_key(moiety) not in taken
                and medicine.key.startswith(moiety + " ")
                and not moiety.endswith(("ic", "yl", "ous"))
            ):
                found[moiety].append(medicine)
    for moiety, bearing in found.items():
        if len(bearing) == 1:
            bearing[0].add_name("o", moiety, "U")


def _belongs(members: list[Substance], marketed: set[str]) -> bool:
    tags = {tag for member in members for _, _, its in member.names for tag in its}
    if any(plain(member.display) in ADDED for member in members):
        return True
    return bool(tags & {"INN", "USAN"}) or bool(tags & _MARKETED and any(member.unii in marketed for member in members))


def _roots(substances: list[Substance]) -> dict[str, str]:
    """Return for every UNII that of its moiety, which may be itself."""
    shown = {plain(substance.display): substance.unii for substance in substances}
    inn: dict[str, set[str]] = defaultdict(set)
    bearing: dict[str, set[str]] = defaultdict(set)
    for substance in substances:
        for _, name, tags in substance.names:
            if tags - _OTHER_TAGS:
                bearing[plain(name)].add(substance.unii)
            if tags & {"INN", "USAN"}:
                inn[plain(name)].add(substance.unii)

    def owner(name: str) -> str | None:
        for own in (inn.get(name, ()), bearing.get(name, ())):
            if name not in shown and len(own) == 1:
                return next(iter(own))
        return shown.get(name) or shown.get(name + " anhydrous" if name in bearing else "")

    parents = {substance.unii: _parents(substance, owner) for substance in substances}
    tops = {unii: _climb(unii, parents, ()) for unii in parents}
    return {unii: _root(unii, tops, parents) for unii in tops}


def _root(unii: str, tops: dict[str, str], parents: dict[str, list[list[str]]]) -> str:
    """Return the moiety of a substance.

    Of two that are each a salt of the other by some name it is the one whose display name is no salt's.
    """
    top = tops[unii]
    if tops[top] == top or (parents[unii][0] and not parents[top][0]):
        return top
    return unii


def _climb(unii: str, parents: dict[str, list[list[str]]], seen: tuple[str, ...]) -> str:
    """Follow parents up; where the official names do not agree on one root the substance stays by itself."""
    for tier in parents[unii]:
        tops = {_climb(parent, parents, (*seen, unii)) for parent in tier if parent != unii and parent not in seen}
        if tops:
            return next(iter(tops)) if len(tops) == 1 else unii
    return unii


def _parents(substance: Substance, owner: Callable[[str], str | None]) -> list[list[str]]:
    """Return the UNIIs of what a substance is a salt of, by its display name, its official names and its other names.

    A substance with an INN of its own that says nothing of a salt (fosfestrol) is no salt, whatever a synonym says.
    """
    official = sorted({plain(name) for _, name, tags in substance.names if tags & {"INN", "USAN"}})
    other = sorted({plain(name) for _, name, tags in substance.names if tags - _OTHER_TAGS})
    tiers = [_owners([plain(substance.display)], owner), _owners(official, owner), _owners(other, owner)]
    known = {up for tier in tiers for up in tier}
    if official and not tiers[0] and not tiers[1] and not any(owner(name) in known for name in official):
        return []
    return tiers


def _owners(names: list[str], owner: Callable[[str], str | None]) -> list[str]:
    found = []
    for name in names:
        for moiety in moieties_of(name):
            if unii := owner(moiety):
                found.append(unii)
                break
    return found


def _primary(root: Substance, members: list[Substance]) -> str:
    """Return the name that a medicine goes by: INN, else USAN, else the name that the most trusted of other lists has."""
    shown = plain(root.display)
    if shown in RENAMED or shown in ADDED:
        return RENAMED.get(shown, shown)
    inns = _tagged(root, "INN", shown) or sorted(
        {name for member in members if _is_form_of(plain(member.display), shown) for name in _tagged(member, "INN", shown)}
    )
    if not inns and shown.endswith("ium"):
        inns = _salts_named(shown, members)
    if inns:
        return inns[0]
    for tag in ("USAN", "EMA EPAR", "WHO-DD", "MART.", "EP MONOGRAPH", "JAN", "VANDF"):
        if names := _tagged(root, tag, shown):
            # "nicotine polacrilex" has a USAN, nicotine has none; it is nicotine all the same.
            return _WATER.sub("", shown if names[0].startswith(shown + " ") else names[0])
    return _WATER.sub("", shown)


_WATER = re.compile(
    r"(?:[ ,]+(?:anhydrous|hydrate|(?:mono|di|tri|penta|hexa|hepta|deca|hemi)hydrate|liquid))+$|, unspecified(?: form)?$"
)
"""What is cut from the end of a primary name that no INN gives: it makes no medicine of its own."""


def _tagged(substance: Substance, tag: str, first: str) -> list[str]:
    names = {plain(name) for _, name, tags in substance.names if tag in tags}
    return sorted(names, key=lambda name: (name != first, len(name), name))


def _is_form_of(name: str, moiety: str) -> bool:
    """Tell whether a name is the moiety's with words for water alone: "piperacillin anhydrous"."""
    return name.startswith(moiety + " ") and name.removeprefix(moiety + " ").removeprefix("mono") in ("anhydrous", "hydrate")


def _salts_named(cation: str, members: list[Substance]) -> list[str]:
    """Return the INNs of the salts of a cation: ipratropium goes by ipratropium bromide."""
    names = {plain(name) for member in members for _, name, tags in member.names if "INN" in tags}
    return sorted(name for name in names if name.startswith(cation + " "))


def _take(substance: Substance, medicine: Medicine) -> None:
    medicine.unii.setdefault(substance.unii, set()).add("U")
    for kind, name in names_of(substance):
        if kind == "atc":
            medicine.atc.setdefault(name, set()).add("U")
        else:
            medicine.add_name(kind, name, "U")


def names_of(substance: Substance) -> Iterator[tuple[str, str]]:
    """Yield (kind, name) of a substance: its official and common names, brands, codes, and (kind atc) ATC codes."""
    yield ("s" if moieties_of(plain(substance.display)) else "o"), plain(substance.display)
    for type_, name, tags in substance.names:
        if type_ == "cd":
            if _ATC.fullmatch(name):
                yield "atc", name
            elif _is_code(name, tags):
                yield "c", name
        elif type_ == "bn":
            yield "b", brand_case(name)
        elif kind := _kind(type_, name, tags):
            text = plain(name)
            yield ("s" if moieties_of(text) and kind != "i" else kind), text


def _is_code(name: str, tags: frozenset[str]) -> bool:
    return not tags and bool(re.search(r"\d", name)) and bool(re.search(r"[A-Za-z]", name)) and not _NO_CODE.match(name)


def _kind(type_: str, name: str, tags: frozenset[str]) -> str:
    """Return the letter of a name's kind, or nothing if the name is not worth having."""
    if type_ == "sys":
        return "o" if re.fullmatch(r"[A-Z]{5,}( [A-Z]{5,})?", name) else ""
    for kind, its in _KINDS:
        if tags & its:
            return kind if "," not in name or kind in "iuj" else ""
    return "" if tags or "," in name or "/" in name else "o"
