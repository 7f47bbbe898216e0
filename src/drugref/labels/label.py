"""A US label in one form, wherever it came from: what it is, what is in it, and its sections with their text and tables."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from drugref.model import ProductKind


class Paragraph(NamedTuple):
    """Running text."""

    text: str
    """One line, spaces single, no control characters."""


class Item(NamedTuple):
    """An item of a list."""

    text: str
    """One line, spaces single, no control characters."""


class Table(NamedTuple):
    """A table, kept as the element that it is; ``incidence.tables.grid`` reads it."""

    element: Any
    """An lxml element ``table``, with or without a namespace."""


Block = Paragraph | Item | Table


class Section(NamedTuple):
    """A section of a label with what stands in it directly, and the sections below it."""

    part: str
    """What it belongs to: one of ``model.TextPart``, ``boxed-warning``, or "" for what nobody asks drugref for.

    A section without a part of its own has that of the section around it.
    """
    title: str
    """Its heading with its number, as printed; "" if it has none."""
    blocks: tuple[Block, ...]
    """What stands in it, in order."""
    sections: tuple["Section", ...] = ()
    """Sections below it, in order."""


def parts_of(section: Section) -> Iterator[str]:
    """Yield the parts that a section and those below it belong to."""
    if section.part:
        yield section.part
    for inner in section.sections:
        yield from parts_of(inner)


def written_day(day: str) -> str:
    """Return a day that stands as YYYYMMDD as a date is written; "" where there is no such day.

    >>> written_day("20230208"), written_day("20239999"), written_day("2023")
    ('2023-02-08', '', '')
    """
    try:
        return date.fromisoformat(day).isoformat() if len(day) == 8 and day.isdecimal() else ""
    except ValueError:
        return ""


class Ingredient(NamedTuple):
    """An active ingredient."""

    name: str
    """Name of the substance as the label gives it."""
    unii: str = ""
    """FDA's identifier of the substance; "" if the label does not tell."""


class Label(NamedTuple):
    """One label."""

    set_id: str
    """Identifier that all versions of the label share; "" if it has none."""
    version: str
    """Number of the version, "" if unknown."""
    date: str
    """Day from which it is in force, as YYYYMMDD; "" if unknown."""
    title: str
    """Brand or title, as printed."""
    maker: str
    """Labeller; "" if unknown."""
    kind: ProductKind
    """What is sold under it."""
    approval: str
    """How it is marketed: an application number or a category such as NDA, ANDA, BLA, OTC monograph; "" if unknown."""
    ingredients: tuple[Ingredient, ...]
    """Active ingredients, each once."""
    brands: tuple[str, ...]
    """Proprietary names."""
    codes: tuple[str, ...]
    """National Drug Codes of its products, without their packages."""
    generics: tuple[str, ...]
    """Nonproprietary names as the label gives them; of several ingredients often one name for all."""
    routes: tuple[str, ...]
    """Routes of administration, in lower case."""
    classes: tuple[str, ...]
    """Established pharmacologic classes, without the mark [EPC]."""
    actions: tuple[str, ...]
    """FDA's classes of mechanisms of action, without the mark [MoA]."""
    sections: tuple[Section, ...]
    """Sections, in order."""
