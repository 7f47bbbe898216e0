"""Which columns of an incidence table are arms given the drug, which are comparators, and whom to compare with whom."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from drugref.incidence.tables.cells import Unit
from drugref.incidence.tables.grid import Row
from drugref.incidence.tables.heads import (
    PATIENTS,
    Role,
    gives_dose,
    named,
    names_nothing_else,
    names_population,
    patients_in,
    rest_of,
    role_of,
    unit_in,
    without_unit,
)
from drugref.lexicon.comparators import AGAINST, PLACEBO
from drugref.lexicon.frequency import RATES
from drugref.lexicon.patterns import either
from drugref.lexicon.people import TREATED
from drugref.lexicon.reactions import NOUNS, QUALIFIERS


class Column(NamedTuple):
    """One column of figures."""

    place: int
    """Which column of the table, from 0."""
    role: Role
    unit: Unit | None
    """What its figures are; None where its head does not say."""
    patients: int | None
    """Number of patients of the arm, where the head says it."""
    head: str
    """The head as the label prints it, its rows joined by commas, without units."""
    name: str
    """Who was in the arm, without numbers and units."""
    group: frozenset[str]
    """The parts of the head other than the arm itself: trial, population, grade."""
    rule: str = ""
    """Name of the rule that gave it its role."""


class _Part(NamedTuple):
    """One cell of a column's head."""

    text: str
    role: Role | Literal["mixed"]
    origin: tuple[int, int]


def columns_of(head: Sequence[Row], places: Sequence[int], drugs: tuple[str, ...], title: str) -> list[Column] | None:
    """Return the columns of figures, which stand at ``places``; None where arms cannot be told apart.

    ``title`` is the table's caption and what else tells whom it is about. A column is given to the drug only where its head
    says so, or says nothing but a dose or a grade in a table that is about the drug.
    """
    heads = [_head(head, place, drugs) for place in places]
    givers = [_giver(parts) for parts in heads]
    roles = [_own_role(heads, number, giver) for number, giver in enumerate(givers)]
    settled = _settled(heads, roles, drugs, title)
    if settled is None:
        return None
    return [
        _column(place, role, parts, giver)._replace(rule=rule)
        for place, (role, rule), parts, giver in zip(places, settled, heads, givers, strict=True)
    ]


class Giver(NamedTuple):
    """Why a column of figures is taken for an arm that was given the drug."""

    name: str
    head: str
    """A head of a table on the drug zylo with such an arm: cells between bars, below the title if that tells."""


BY_HEAD = Giver("the head names the drug", "Event | Placebo % | ZYLO %")
BY_DOSE = Giver("the head gives a dose", "Event | Placebo % | 10 mg %")
BY_TITLE = Giver("the one arm of a table on the drug", "Event | % of patients")
BY_GRADE = Giver("a grade or trial of the arm beside it", "Event | ZYLO % | All grades %")
BY_PATIENTS = Giver("the head names patients, the title the drug", "Event | Children %")
BY_NAME = Giver(
    "the title says that it was given, and a placebo stands beside it", "Effects of taking ZR\nEvent | ZR % | Placebo %"
)
GIVERS = (BY_HEAD, BY_DOSE, BY_TITLE, BY_GRADE, BY_PATIENTS, BY_NAME)
"""All of these rules."""


def _head(head: Sequence[Row], place: int, drugs: tuple[str, ...]) -> list[_Part]:
    """Return the cells of a column's head from top to bottom, each once."""
    parts: dict[tuple[int, int], _Part] = {}
    for row in head:
        cell = row[place]
        origin = cell.row, cell.column
        if cell.text and origin not in parts:
            parts[origin] = _Part(cell.text, role_of(cell.text, drugs), origin)
    return list(parts.values())


def _giver(parts: Sequence[_Part]) -> int:
    """Return the lowest part of a head that names an arm, else the lowest that might, else -1."""
    for roles in (("drug", "placebo", "comparator", "mixed"), ("unknown",)):
        for number in reversed(range(len(parts))):
            if parts[number].role in roles:
                return number
    return -1


def _own_role(heads: Sequence[Sequence[_Part]], number: int, giver: int) -> Role:
    """Return the role that a column's own head gives it."""
    parts = heads[number]
    if any(part.role == "other" for part in parts) or (parts and unit_in(parts[-1].text) == "count"):
        return "other"
    if giver < 0:
        return "bare"
    role = parts[giver].role
    if role == "mixed":
        return "unknown"
    if any(part.role == "unknown" for part in parts[giver + 1 :]):
        # What stands beneath the name of an arm is a part of that arm, unless its neighbours there name arms themselves.
        beside = [other for other in heads if any(part.origin == parts[giver].origin for part in other)]
        if any(other[_giver(other)].origin != parts[giver].origin for other in beside):
            return "unknown"
    return role


def _settled(heads: list[list[_Part]], own: list[Role], drugs: tuple[str, ...], title: str) -> list[tuple[Role, str]] | None:
    """Return the roles of columns once each is seen beside the others, with the rules; None where a doubt is left."""
    texts = [" ".join(part.text for part in parts) for parts in heads]
    roles, rules = list(own), [BY_HEAD.name] * len(own)
    by_name = {number: named(texts[number], drugs) for number, role in enumerate(roles) if role == "drug"}
    if not _tell_ingredients(texts, roles, by_name, named(title, drugs)):
        return None
    about_drug = bool(named(title, drugs)) and not _VERSUS.search(title)
    alone = not {"placebo", "comparator", "unknown"} & set(roles)
    for number, text in enumerate(texts):
        if roles[number] == "bare":
            within = by_name and _WITHIN.search(text) and not patients_in(text)
            if gives_dose(text) or (alone and (within if by_name else about_drug)):
                roles[number] = "drug"
                rules[number] = (BY_DOSE if gives_dose(text) else BY_GRADE if within else BY_TITLE).name
            elif by_name and _TOTAL.search(text):
                roles[number] = "other"
            else:
                return None
        elif roles[number] == "unknown":
            if by_name and not any(part.role == "mixed" for part in heads[number]):
                roles[number] = "other" if names_population(text) or len(rest_of(text).split()) > 8 else "comparator"
            elif _given(heads[number], own, title):
                roles[number], rules[number] = "drug", BY_NAME.name
            elif not (about_drug and names_nothing_else(text) and set(own) <= {"unknown", "bare", "other"}):
                return None
            else:
                roles[number], rules[number] = "drug", BY_PATIENTS.name
    return list(zip(roles, rules, strict=True))


def _given(parts: Sequence[_Part], own: Sequence[Role], title: str) -> bool:
    """Tell whether a title says that the one arm beside a placebo was given, by a name of its own: "receiving MAS ER"."""
    if sorted(role for role in own if role != "other") != ["placebo", "unknown"]:
        return False
    name = without_unit(PATIENTS.sub(" ", " ".join(part.text for part in parts))).strip()
    given = rf"\b(?:receiving|received|taking|given|treated with|on) {re.escape(name)}(?!\w)"
    return len(name) > 1 and re.search(given, title, re.IGNORECASE) is not None


_TOTAL = re.compile(r"\b(?:total|overall|all)\b", re.IGNORECASE)
_JOINED = re.compile(r"[+/&]|\b(?:and|with|plus)\b", re.IGNORECASE)
_VERSUS = re.compile(
    rf"\b{either(AGAINST)}\b"
    rf"|(?<!than )(?<!than for )(?<!than in )(?<!than on )(?<!than with )\b{either(PLACEBO)}\b(?![- ]controlled)",
    re.IGNORECASE,
)


def _tell_ingredients(texts: list[str], roles: list[Role], names: dict[int, frozenset[str]], meant: frozenset[str]) -> bool:
    """Make comparators of arms given one ingredient of a combination; tell whether it is clear which those are.

    ``names`` are the drug's names that the columns given to it hold, ``meant`` those that the title does.
    """
    joined = [names[number] for number in names if len(names[number]) > 1 and _JOINED.search(texts[number])]
    kinds = {number: kind for number, kind in names.items() if kind}
    for number, kind in list(kinds.items()):
        if any(kind < whole for whole in joined):
            roles[number] = "comparator"
            del kinds[number]
    if all(one & other for one in kinds.values() for other in kinds.values()):
        return True
    titled = {kind for kind in kinds.values() if kind & meant}
    for number, kind in kinds.items():
        if kind not in titled:
            roles[number] = "comparator"
    return len(titled) == 1


_GENERAL = re.compile(
    rf"\W*(?:(?:{either(RATES, NOUNS, QUALIFIERS, TREATED)}|percents?|numbers?|report(?:ing|ed)|experiencing|with|of|in|the|and"
    r"|or|treatment|groups?|arms?)\b\W*)+",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\b(?:all|any) grades?\b|\bgrades? ?[≥>]? ?\d(?:\s*(?:[-–/,]|or|and|to)\s*\d)*|\b(?:study|trial) [\w-]*\d[\w-]*"
    r"|\bsevere\b",
    re.IGNORECASE,
)


def _column(place: int, role: Role, parts: Sequence[_Part], giver: int) -> Column:
    """Return a column of a role that its head was found to have."""
    text = " ".join(part.text for part in parts)
    units = [unit for part in reversed(parts) if (unit := unit_in(part.text))]
    shown = ""
    for part in parts:
        words = without_unit(part.text)
        if words and not _GENERAL.fullmatch(words):
            shown += (" " if not shown or PATIENTS.fullmatch(words) else ", ") + words
    name = without_unit(PATIENTS.sub(" ", parts[giver].text)) if giver >= 0 else ""
    group = {_key(part.text) for number, part in enumerate(parts) if number != giver}
    group |= {_key(match[0]) for match in _WITHIN.finditer(text)}
    unit = units[0] if units else None
    patients = next((number for part in reversed(parts) if (number := patients_in(part.text))), None)
    return Column(place, role, unit, patients, shown.strip(), name, frozenset(group - {""}))


def _key(part: str) -> str:
    """Return a part of a head as it meets itself in another column."""
    words = without_unit(PATIENTS.sub(" ", part))
    return "" if words.isdecimal() or _GENERAL.fullmatch(words) else " ".join(re.findall(r"[^\W_]+|[≥<>≤]", words.lower()))


def comparator_of(column: Column, columns: Sequence[Column]) -> Column | None:
    """Return what to compare a drug's column with: placebo of the same trial, population and grade, else the one other arm."""
    shared = frozenset[str]().union(*(other.group for other in columns if other.role in ("placebo", "comparator")))
    mine = column.group & shared
    for role in ("placebo", "comparator"):
        same = [other for other in columns if other.role == role and other.group == mine]
        if len(same) == 1:
            return same[0]
        if same:
            return _neighbour(column, columns)
    return None


def _neighbour(column: Column, columns: Sequence[Column]) -> Column | None:
    """Return the other column of a pair, where the drug and one kind of comparator take turns all along the head."""
    arms = [other for other in columns if other.role != "other"]
    pairs = {(left.role, right.role) for left, right in zip(arms[::2], arms[1::2], strict=False)}
    if len(arms) % 2 or len(pairs) != 1 or "drug" not in pairs.copy().pop() or pairs == {("drug", "drug")}:
        return None
    return arms[arms.index(column) ^ 1]
