"""What is known of a medicine that has no record: what lists say of it, and what the records of others do."""

from drugref import medicines, query
from drugref.errors import AmbiguousNameError
from drugref.parts import LABEL_TEXT, NOTHING, NOTHING_KIND
from drugref.spec import COLUMNS
from drugref.text import dumps, phrase_key, tab_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from drugref.meant import Meant
    from drugref.medicines import Medicine
    from drugref.store import Store

LIST = "index:"
"""Stands before the identifiers of the index's lists, to tell them from the sources of records."""
_SHORTEST = 3
"""Letters of the shortest name that is looked for in the records of others."""
_BROAD = 80
"""A group with more members says too little of what is like what."""


def about(typed: str, meant: "Meant", stores: "list[Store]") -> "dict[str, Any]":
    """Return all that is known of a medicine without a record, as JSON output gives it."""
    medicine = meant.medicine
    assert medicine
    groups = medicines.groups_of(medicine)
    lists = medicines.sources()
    found: dict[str, Any] = {
        "medicine": medicine.key,
        "typed": typed,
        "typed_kind": meant.kind,
        "kind": medicine.kind,
        "record": None,
        "lists": _ids(medicine.lists),
        "names": [{"name": name, "kind": kind, "sources": _ids(its)} for kind, name, its in medicine.names],
        "identifiers": [{"scheme": "unii", "value": code, "sources": _ids(its)} for code, its in medicine.uniis],
        "atc": [{"code": code, "sources": _ids(its)} for code, its in medicine.atc],
        "classes": [
            {"class": title, "type": medicines.CLASS_TYPES[letter], "sources": _ids(its)}
            for letter, title, its in sorted(medicine.classes, key=lambda entry: ("EMCPG".index(entry[0]), entry[1]))
        ],
        "groups": [{"group": group.key, "sources": _member_sources(group, medicine)} for group in groups],
        "parts": [{"medicine": part, "record": _record_of(part, stores)} for part in medicine.parts],
        "part_of": [record.inn for record in meant.within],
        "named_in": list(_named_in(medicine, groups, stores)),
        "neighbours": _neighbours(medicine, groups, stores),
        "import": _import_of(medicine),
    }
    cited = {source for value in found.values() for entry in _entries(value) for source in entry.get("sources", ())}
    cited.update(found["lists"])
    found["sources"] = {
        f"{LIST}{key}": {name: getattr(source, name) for name in ("title", "publisher", "date", "licence", "locator")}
        for key, source in lists.items()
        if f"{LIST}{key}" in cited
    }
    return found


def _entries(value: object) -> "list[dict[str, Any]]":
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _ids(letters: "Iterable[str]") -> list[str]:
    return [f"{LIST}{letter}" for letter in letters]


def _member_sources(group: medicines.Group, medicine: "Medicine") -> list[str]:
    its = (source for key in (medicine.key, *medicine.parts) for source in group.members.get(key, ()))
    return _ids(dict.fromkeys(its))


def _record_of(name: str, stores: "list[Store]") -> str | None:
    try:
        found = query.look_up(name, stores)
    except AmbiguousNameError:
        return None
    return found.inn if found else None


def _named_in(medicine: "Medicine", groups: "list[medicines.Group]", stores: "list[Store]") -> "Iterator[dict[str, Any]]":
    """Yield the contraindications and cautions of other records that name a medicine, or else a group of it.

    The longest name of a group that stands in a line is what the line speaks of: non-selective beta blockers are not all beta
    blockers. A label's text, which nobody sorted, is search's to find.
    """
    own = {phrase_key(name) for kind, name, _ in medicine.names if kind != "code" and len(name) >= _SHORTEST}
    own = {f" {key} " for key in (own - {""}) | {phrase_key(medicine.key)}}
    own |= {f" {phrase_key(part)} " for part in medicine.parts}
    words = {name.split()[0] for name in own}
    of_groups = {f" {phrase_key(name)} ": group.key for group in medicines.groups() for name in group.names}
    mine = {group.key for group in groups}
    of_mine = [name for name, key in of_groups.items() if key in mine]
    by_name, by_group = [], []
    # Most lines hold no beginning of any of these names; spelling is folded behind it.
    begun = {name.strip()[:_SHORTEST] for name in (*own, *of_mine)}
    for row, _, empty in query.all_facts("contraindications", stores, query.Filter()):
        line = row.casefold()
        if not any(some in line for some in begun):
            continue
        cells = row.split("\t")
        if empty or cells[3] == LABEL_TEXT or (medicine.parts and cells[0] in medicine.parts and cells[3] == "allergy"):
            continue
        said = cells[2].casefold()
        if cells[3] not in ("medicine", "allergy") and not any(word in said for word in words):
            continue
        item = f" {phrase_key(cells[2])} "
        fact: dict[str, Any] = dict(zip(("drug", "kind", "item", "type", "detail"), cells, strict=False))
        fact["sources"] = cells[5].split("; ")
        if any(name in item for name in own):
            by_name.append({**fact, "via": ""})
        elif cells[3] in ("medicine", "allergy") and any(name in item for name in of_mine):
            stand = [name for name in of_groups if name in item]
            meant = {of_groups[name] for name in stand if not any(name != other and name in other for other in stand)}
            if via := sorted(meant & mine):
                by_group.append({**fact, "via": "; ".join(via)})
    yield from by_name
    yield from by_group


def _neighbours(medicine: "Medicine", groups: "list[medicines.Group]", stores: "list[Store]") -> "list[dict[str, Any]]":
    """Return drugs with a record that are of a class of the medicine's, and the class: they are like it, not in its place."""
    own = [medicine, *(medicines.by_key(part) for part in medicine.parts)]
    shared: dict[str, list[str]] = {}
    for type_ in "EM":
        titles = dict.fromkeys(title for one in own for letter, title, _ in one.classes if letter == type_)
        for title in titles:
            for key in medicines.of_class(type_, title):
                shared.setdefault(key, []).append(title)
        if shared.keys() - {medicine.key}:
            break
    for group in groups:
        if len(group.members) <= _BROAD and any(basis[:2] in ("E ", "S ") for basis in group.basis):
            for key in group.members:
                if group.key not in shared.setdefault(key, []):
                    shared[key].append(group.key)
    others = sorted(shared.keys() - {one.key for one in own})
    return [{"drug": inn, "shares": shared[key]} for key in others if (inn := _record_of(key, stores))]


def _import_of(medicine: "Medicine") -> str:
    """Return the command that brings a label, if the user has the publisher's file; US labels go by US names."""
    names = [medicines.by_key(part).us_name for part in medicine.parts] or [medicine.us_name]
    only = " / ".join(names)
    return f"drugref import openfda PATH --only {only if only.isalnum() else repr(only)}"


def rows(about: "dict[str, Any]") -> "Iterator[str]":
    """Yield what is known as the lines of ``show``: the answer first, then the evidence."""
    told = [
        ("name", "inn", about["medicine"], about["kind"], about["lists"]),
        ("record", NOTHING_KIND, NOTHING, "", ()),
        *(("part-of", "record", inn, "", ()) for inn in about["part_of"]),
        *(
            ("part", "record" if part["record"] else NOTHING_KIND, part["medicine"], part["record"] or "", ())
            for part in about["parts"]
        ),
        *(
            ("named-in", fact["kind"], fact["drug"], "; ".join(filter(None, (fact["item"], fact["detail"], _via(fact)))),
             fact["sources"])
            for fact in about["named_in"]
        ),
        *(("neighbour", "record", entry["drug"], "; ".join(entry["shares"]), ()) for entry in about["neighbours"]),
        *(("class", entry["type"], entry["class"], "", entry["sources"]) for entry in about["classes"]),
        *(("group", "", entry["group"], "", entry["sources"]) for entry in about["groups"]),
        *(("name", entry["kind"], entry["name"], "", entry["sources"]) for entry in about["names"]),
        *(("atc", "", entry["code"], "", entry["sources"]) for entry in about["atc"]),
        *(("identifier", entry["scheme"], entry["value"], "", entry["sources"]) for entry in about["identifiers"]),
        ("import", "", about["import"], "", ()),
        *(("sources", "list", source["title"], source["locator"], (key,)) for key, source in about["sources"].items()),
    ]  # fmt: skip
    for part, group, item, detail, sources in told:
        yield tab_row((about["medicine"], part, group, item, detail, "; ".join(sources)))


def _via(fact: "dict[str, Any]") -> str:
    return f"by its group: {fact['via']}" if fact["via"] else ""


def row_of_part(command: str, about: "dict[str, Any]") -> "tuple[str, str, int]":
    """Return the row that says that nothing is recorded, for a command on one part."""
    cells = (about["medicine"], NOTHING_KIND, NOTHING) + ("",) * (len(COLUMNS[command]) - 3)
    return tab_row(cells), dumps({"drug": about["medicine"], "nothing_recorded": command}), 1


def source_rows(about: "dict[str, Any]") -> "Iterator[tuple[str, str, int]]":
    """Yield the rows of ``sources``: the lists that know the medicine."""
    for key, source in about["sources"].items():
        data = {"drug": about["medicine"], "source": key, **source}
        cells = (about["medicine"], key, "list", source["title"], source["locator"], source["licence"], source["date"])
        yield tab_row(cells), dumps(data), 0


def remark(about: "dict[str, Any]", command: str) -> str:
    """Return what is to be said on standard error of a medicine without a record."""
    known = "" if about["typed"].casefold() == about["medicine"].casefold() else f" ({about['medicine']})"
    says = f"{about['typed']}{known} has no record of its own"
    if about["part_of"]:
        says += f"; part of {', '.join(about['part_of'][:_FEW])}"
    if command != "show":
        drugs = list(dict.fromkeys(f"{fact['drug']}: {fact['kind']}" for fact in about["named_in"] if not fact["via"]))
        if drugs:
            says += f"; named in {', '.join(drugs[:_FEW])}" + (" …" if len(drugs) > _FEW else "")
        return f"{says}; drugref show tells what is known of it"
    return f"{says}: shown is what lists and the records of others say; this is not evidence of safety"


_FEW = 5
