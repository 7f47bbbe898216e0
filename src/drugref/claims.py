"""Several claims about one effect: which of them speaks for the drug, and what the others say.

Claims are facts as JSON (``model.SideEffect``). Nothing is averaged and nothing is dropped from the database: this only says in
which order people read.
"""

from drugref import vocabulary
from drugref.bands import BANDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from drugref.store import Store

    Claim = dict[str, Any]

KINDS = ("regulator", "leaflet", "compendium", "primary", "review", "database", "encyclopedia")
"""Kinds of sources, from strongest to weakest."""


class Merged:
    """One concept within one route: the claim that speaks for the drug, and the others."""

    __slots__ = ("claim", "concept", "others")

    def __init__(self, concept: str, claim: "Claim", others: "list[Claim]") -> None:
        self.concept = concept
        """The thesaurus's term for the effect, or the claim's own."""
        self.claim = claim
        """What speaks for the drug."""
        self.others = others
        """What else is claimed, in the same order."""


def merged(claims: "Iterable[Claim]", sources: "Mapping[str, Claim]", words: "Store") -> "list[Merged]":
    """Return each effect of a drug once within a route, by what speaks for the drug: band, key and serious ones first."""
    groups: dict[tuple[str, str], list[Claim]] = {}
    concepts: dict[str, str] = {}
    for claim in claims:
        effect = claim["effect"]
        if effect not in concepts:
            concepts[effect] = vocabulary.preferred(words, effect)
        groups.setdefault((concepts[effect].casefold(), claim["route"] or ""), []).append(claim)
    found = []
    for held in groups.values():
        first, *others = sorted(held, key=lambda claim: voice(claim, sources)) if len(held) > 1 else held
        found.append(Merged(concepts[first["effect"]], first, others))
    return sorted(found, key=lambda entry: weight(entry.claim))


def voice(claim: "Claim", sources: "Mapping[str, Claim]") -> "tuple[Any, ...]":
    """Return by what claims about one effect are ordered, the one that speaks for the drug first.

    General population before special, related before any cause, above its comparator before not, all degrees before some;
    figures before a band that the source defines, and that before words; then the kind of source; the newer document;
    between equals the more frequent band.
    """
    cited = [sources[key] for key in claim["sources"] if key in sources]
    kind = min((KINDS.index(source["kind"]) for source in cited), default=len(KINDS))
    newest = max((source["dated"] or "" for source in cited), default="")
    return (
        is_special(claim),
        claim["attribution"] == "any-cause",
        is_not_above(claim),
        claim["band"] == "not-known",
        0 if claim["incidence"] else 1 if claim["basis"] == "figures" else 2,
        kind,
        tuple(-ord(char) for char in newest.ljust(10, "\0")),
        BANDS.index(claim["band"]),
    )


def weight(claim: "Claim") -> "tuple[Any, ...]":
    """Return by what effects are ordered on a page: band; what the drug does to people in general; key and serious ones."""
    top = (claim["incidence"] or {}).get("top") or 0.0
    bands = BANDS.index(claim["band"]), BANDS.index(claim["least"])
    return (*bands, is_not_above(claim), is_special(claim), not claim["key"], not claim["serious"], -top)


def is_special(claim: "Claim") -> bool:
    """Tell whether a claim holds for some patients, doses or degrees alone."""
    limits = (claim["population"], claim["dose"], claim["severity"], claim["place"], claim["product"])
    return any(limits) or claim["measure"] in ("per-year", "cumulative")


def is_not_above(claim: "Claim") -> bool:
    """Tell whether the figure of a claim does not exceed its comparator's, and so is no sign that the drug did it."""
    figure, other = claim["incidence"], claim["comparator"]
    if not figure or not other:
        return False
    least = other["low"] if other["low"] is not None else other["top"]
    return bool(figure["top"] <= least)
