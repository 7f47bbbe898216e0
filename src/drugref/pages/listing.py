"""The list of drugs for people: a line each, with what tells one from another."""

from collections.abc import Iterable
from typing import Any

from drugref.bands import term
from drugref.pages.view import Table

_MOST = 2
"""Countries that are named; what there are more is counted."""


def listing(drugs: Iterable[dict[str, Any]]) -> Table:
    """Return the table of drugs: class in the narrow sense, first ATC code, where approved, or what else it is."""
    rows = [[drug["drug"], (drug["class"] or [""])[-1], (drug["atc"] or [""])[0], _standing(drug["status"])] for drug in drugs]
    return Table(("drug", "class", "atc", "approved in"), rows)


def _standing(status: list[dict[str, Any]]) -> str:
    """Name countries by status: the approved ones alone, or, where there is none, what is recorded instead."""
    places: dict[str, dict[str, None]] = {}
    for entry in status:
        places.setdefault(entry["status"], {})[entry["where"]] = None
    if "approved" in places:
        return _few(list(places["approved"]))
    return "; ".join(["none", *(f"{term(name)}: {_few(list(held))}" for name, held in places.items())])


def _few(places: list[str]) -> str:
    more = f" +{len(places) - _MOST}" if len(places) > _MOST else ""
    return ", ".join(places[:_MOST]) + more
