"""Drugs side by side: which items they share, in which they differ, and which one alone has."""

from drugref import medicines, vocabulary
from drugref.bands import BANDS, range_of
from drugref.claims import merged
from drugref.parts import NOT_RECORDED
from drugref.store import Store
from drugref.text import phrase_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Record = dict[str, Any]


class Compared:
    """One item across the drugs."""

    __slots__ = ("group", "item", "part", "sources", "values")

    def __init__(self, part: str, group: str, item: str, values: tuple[str, ...], sources: tuple[tuple[str, ...], ...]) -> None:
        self.part = part
        """class, atc, status, targets, uses, side-effects or contraindications (with cautions as a value)."""
        self.group = group
        """same, different or only: whether all drugs have it alike (of a side effect, its bands), all have it, or not."""
        self.item = item
        """The item, in the thesaurus's preferred word where it knows one."""
        self.values = values
        """What each drug has, in the order of the drugs; ``not recorded`` where it has nothing."""
        self.sources = sources
        """Sources of each value."""


class Side:
    """What one drug has of an item."""

    __slots__ = ("alike", "item", "sources", "value", "weight")

    def __init__(self, weight: int, item: str, value: str, sources: tuple[str, ...], alike: str = "") -> None:
        self.weight = weight
        """Rank of the band or kind; 0 weighs most."""
        self.item = item
        """The item, in the thesaurus's preferred word where it knows one."""
        self.value = value
        """What is recorded of it."""
        self.sources = sources
        """Sources of the fact."""
        self.alike = alike
        """By what sides are held to be alike, where that is less than the value: of a side effect its bands."""


def compare(records: "list[Record]", words: Store, *, differences: bool = False) -> list[Compared]:
    """Return the items of some drugs' records, by part; within a part the most frequent or weighty first.

    With ``differences`` items in which all agree are left out.
    """
    out: list[Compared] = []
    for part, sides_of in _PARTS.items():
        sides = [by_item(sides_of(record, words)) for record in records]
        keys: dict[str, tuple[int, str]] = {}
        for side in sides:
            for key, found in side.items():
                keys[key] = min(keys.get(key, (found.weight, found.item)), (found.weight, found.item))
        for key, (_, item) in sorted(keys.items(), key=lambda pair: pair[1]):
            values = tuple(side[key].value if key in side else NOT_RECORDED for side in sides)
            sources = tuple(side[key].sources if key in side else () for side in sides)
            alike = {side[key].alike or side[key].value for side in sides if key in side}
            group = "only" if NOT_RECORDED in values else "same" if len(alike) == 1 else "different"
            if not (differences and group == "same"):
                out.append(Compared(part, group, item, values, sources))
    return out


def by_item(sides: list[Side]) -> dict[str, Side]:
    """Keep of each item, by its key, the weightiest fact; of several the first, which in a record has the highest figure."""
    kept: dict[str, Side] = {}
    for side in sides:
        key = phrase_key(side.item)
        if key not in kept or side.weight < kept[key].weight:
            kept[key] = side
    return kept


def _class(record: "Record", words: Store) -> list[Side]:
    entry = record["class"]
    return [Side(0, "class", " › ".join(entry["path"]), tuple(entry["sources"]))] if entry else []


def _atc(record: "Record", words: Store) -> list[Side]:
    sources = dict.fromkeys(source for entry in record["atc"] for source in entry["sources"])
    codes = "; ".join(entry["code"] for entry in record["atc"])
    return [Side(0, "ATC", codes, tuple(sources))] if codes else []


def _status(record: "Record", words: Store) -> list[Side]:
    sides: dict[str, Side] = {}
    for entry in record["status"]:
        value = entry["status"] + (f", {entry['supply']}" if entry["supply"] else "")
        before = sides.get(entry["where"])
        if before is None:
            sides[entry["where"]] = Side(0, entry["where"], value, tuple(entry["sources"]))
        elif value not in before.value.split("; "):
            cited = tuple(dict.fromkeys((*before.sources, *entry["sources"])))
            sides[entry["where"]] = Side(0, entry["where"], f"{before.value}; {value}", cited)
    return list(sides.values())


def _targets(record: "Record", words: Store) -> list[Side]:
    return [Side(0, entry["target"], entry["action"], tuple(entry["sources"])) for entry in record["targets"]]


_USES = ("approved", "off-label", "claimed", "investigated")


def _uses(record: "Record", words: Store) -> list[Side]:
    return [
        Side(_USES.index(use["kind"]), vocabulary.preferred(words, use["condition"]), use["kind"], tuple(use["sources"]))
        for use in record["uses"]
    ]


def side_effects(record: "Record", words: Store) -> list[Side]:
    """Return the side effects of a record by the claims that speak for it: each with its band, and its figure or the words."""
    sides = []
    for entry in merged(record["side_effects"], record["sources"], words):
        effect = entry.claim
        bands = value = range_of(effect["band"], effect["least"])
        if effect["incidence"]:
            value += f", {effect['incidence']['text']}"
        elif effect["basis"] == "wording":
            value += f", “{effect['wording']}”"
        sides.append(Side(BANDS.index(effect["band"]), entry.concept, value, tuple(effect["sources"]), bands))
    return sides


def _risks(record: "Record", words: Store) -> list[Side]:
    return [
        Side(weight, _preferred(words, risk), value, tuple(risk["sources"]))
        for weight, (value, key) in enumerate((("contraindication", "contraindications"), ("caution", "cautions")))
        for risk in record[key]
    ]


def _preferred(words: Store, risk: "dict[str, Any]") -> str:
    """Return the preferred word for a risk; groups of medicines have theirs in the index."""
    group = medicines.group(risk["item"]) if risk["type"] == "medicine" else None
    return group.key if group else vocabulary.preferred(words, risk["item"])


def _pharmacokinetics(record: "Record", words: Store) -> list[Side]:
    """Return each parameter with all that is recorded of it; figures of different people do not make one."""
    sides = []
    for weight, parameter in enumerate(dict.fromkeys(entry["parameter"] for entry in record["pharmacokinetics"])):
        mine = [entry for entry in record["pharmacokinetics"] if entry["parameter"] == parameter]
        cited = dict.fromkeys(source for entry in mine for source in entry["sources"])
        sides.append(Side(weight, parameter, "; ".join(map(_measured, mine)), tuple(cited)))
    return sides


def _measured(entry: "dict[str, Any]") -> str:
    figure = entry["value"]["text"] if entry["value"] else ""
    said = ", ".join(part for part in (figure, entry["text"]) if part)
    return f"{said} ({entry['population']})" if entry["population"] else said


_PARTS = {
    "class": _class,
    "atc": _atc,
    "status": _status,
    "targets": _targets,
    "uses": _uses,
    "side-effects": side_effects,
    "contraindications": _risks,
    "pharmacokinetics": _pharmacokinetics,
}
