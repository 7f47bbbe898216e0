"""Sections of a Structured Product Label: which part each belongs to, and its text as paragraphs, items and tables.

A section's own text is what stands in its ``text``. The highlights repeat it in an ``excerpt`` and are not read.
"""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import NamedTuple

from drugref.importers.markup import Element
from drugref.labels.label import Block, Item, Paragraph, Section, Table
from drugref.text import clean

V3 = "{urn:hl7-org:v3}"
"""The namespace of SPL, as it stands before each tag."""

_BOXED = "34066-1"
_PARTS = {
    "34067-9": "uses",  # indications and usage
    "55105-1": "uses",  # OTC: purpose
    "43679-0": "mechanism",
    "34090-1": "mechanism",  # clinical pharmacology, in which older labels tell the mechanism
    "43681-6": "mechanism",  # pharmacodynamics
    "49489-8": "mechanism",  # microbiology, in which labels of antimicrobials tell it
    "34068-7": "dosage",
    "34084-4": "side-effects",
    "90374-0": "side-effects",  # clinical trials experience
    "90375-7": "side-effects",  # postmarketing experience
    "34070-3": "contraindications",
    "50570-1": "contraindications",  # OTC: do not use
    "43685-7": "cautions",  # warnings and precautions
    "34071-1": "cautions",  # warnings
    "42232-9": "cautions",  # precautions
    "34072-9": "cautions",  # general precautions
    "34075-2": "cautions",  # laboratory tests
    "54433-8": "cautions",  # user safety warnings
    "60561-8": "cautions",  # other safety information
    "50569-3": "cautions",  # OTC: ask a doctor
    "50568-5": "cautions",  # OTC: ask a doctor or pharmacist
    "50567-7": "cautions",  # OTC: when using
    "50566-9": "cautions",  # OTC: stop use
    "53414-9": "cautions",  # OTC: pregnancy or breast feeding
    "43684-0": "cautions",  # use in specific populations
    "34081-0": "cautions",  # pediatric use
    "34082-8": "cautions",  # geriatric use
    "88828-9": "cautions",  # renal impairment
    "88829-7": "cautions",  # hepatic impairment
    "42227-9": "cautions",  # drug abuse and dependence
    "34086-9": "cautions",  # abuse
    "34087-7": "cautions",  # dependence
    "34073-7": "interactions",
    "34074-5": "interactions",  # with laboratory tests
    "42228-7": "pregnancy",
    "34077-8": "pregnancy",  # teratogenic effects
    "34078-6": "pregnancy",  # nonteratogenic effects
    "34079-4": "pregnancy",  # labor and delivery
    "34080-2": "pregnancy",  # nursing mothers
    "77290-5": "pregnancy",  # lactation
    "77291-3": "pregnancy",  # females and males of reproductive potential
    "34088-5": "overdose",
    "43682-4": "pharmacokinetics",
    "66106-6": "pharmacokinetics",  # pharmacogenomics
}
"""The part that a section belongs to, by its LOINC code."""
_UNREAD = frozenset((
    "48780-1", "48779-3",  # product data
    "43683-2",  # recent major changes
    "43678-2", "34069-5", "44425-7", "88437-9",  # dosage forms, how supplied, storage
    "51727-6", "55106-9", "50565-1", "53413-1",  # OTC: ingredients, keep out of reach of children, questions
    "34085-1",  # controlled substance
    "43680-8", "34083-6", "34091-9",  # nonclinical toxicology, carcinogenesis, animal pharmacology
    "34092-7", "34093-5",  # clinical studies, references
    "34076-0", "88436-1",  # information for patients, patient counseling
    "42231-1", "42230-3", "68498-5", "59845-8",  # medication guide, patient inserts, instructions for use
    "71744-7",  # letter to health care providers
    "51945-4",  # package label
))  # fmt: skip
"""Sections that are left out with all that is in them: nobody asks drugref for it, or it repeats other sections for laymen."""
_HEADINGS: tuple[tuple[str, str], ...] = (
    (r"boxed warning", "boxed-warning"),
    (r"(authori[sz]ed )?uses?|purposes?|indications?( (and|&) usage)?", "uses"),
    (r"mechanism of action|clinical pharmacology", "mechanism"),
    (r"dosing|dosage|dosage (and|&) administration|directions", "dosage"),
    (r"contraindications?|do not use", "contraindications"),
    (r"warnings?|precautions?|warnings? (and|&) (precautions|cautions)|cautions?", "cautions"),
    (r"(serious )?side effects|adverse (reactions|events)|overall safety summary", "side-effects"),
    (r"(drug )?interactions", "interactions"),
    (r"pregnancy|lactation|nursing mothers|pregnancy (and|&) lactation", "pregnancy"),
    (r"overdos(e|age)", "overdose"),
)
"""Whole headings, without their number, of sections that have no code of their own."""
_NUMBER = re.compile(r"^[\dIVX]{1,4}(\.\d+)*[.)]?\s+|[\s:.]+$")
"""Number before a heading and what stands after it."""
_BREAK = "\x1e"
"""Stands for a line break; XML cannot hold it."""
_BULLETS = "•▪●○◦■"
_BULLET = re.compile(rf"\s*[{_BULLETS}]\s*|^·\s+")
"""Signs before the points of a list that is written as text; a dot at middle height in a line multiplies."""
_LINE_END = re.compile(rf"{_BREAK}(?:\s*{_BREAK})+|{_BREAK}(?=\s*[A-Z{_BULLETS}·])")
"""Line breaks that begin something: an empty line, a capital, a bullet. Others only shape a line."""
_RAISED = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_SKIPPED = frozenset(("footnote", "footnoteRef", "renderMultiMedia", "observationMedia"))


class _Place(NamedTuple):
    """Where a section stands."""

    part: str
    """Part of the section around it; "" if that has none, or there is none."""
    coded: bool
    """Whether a code tells that part, rather than a heading."""
    otc: bool
    """Whether the label is that of an OTC drug."""


def sections(body: Element, *, otc: bool) -> tuple[Section, ...]:
    """Return the sections of a ``structuredBody`` that have a part, in order, each with those below it."""
    return _below(body, _Place("", False, otc))


def local(element: Element) -> str:
    """Return an element's tag without its namespace."""
    return str(element.tag).rpartition("}")[2]


def words_of(element: Element | None) -> str:
    """Return the running text of an element as one line, without footnotes; "" if there is none."""
    return "" if element is None else clean(_inline(element).replace(_BREAK, " "))


def all_text(element: Element) -> str:
    """Return all that is written in an element, whatever its kind, with a space between any two pieces."""
    return " ".join(map(str, element.itertext()))


def _below(element: Element, place: _Place) -> tuple[Section, ...]:
    found = (_section(child, place) for child in element.iterfind(f"{V3}component/{V3}section"))
    return tuple(section for section in found if section)


def _section(element: Element, place: _Place) -> Section | None:
    code = element.find(f"{V3}code")
    number = code.get("code", "") if code is not None else ""
    if number in _UNREAD:
        return None
    title = words_of(element.find(f"{V3}title"))
    here = _placed(number, title, place)
    text = element.find(f"{V3}text")
    blocks = tuple(_flow(text, Paragraph)) if here.part and text is not None else ()
    below = _below(element, here)
    return Section(here.part, title, blocks, below) if below or (here.part and (blocks or title)) else None


def _placed(number: str, title: str, place: _Place) -> _Place:
    """Return where the text of a section stands: its part is told by the one around it, its code, or its heading."""
    if place.part in ("contraindications", "boxed-warning"):
        return place  # "4.3 Pregnancy" forbids, whatever its code
    if number == _BOXED and place.part in ("", "cautions"):
        # OTC labels have no boxed warnings; the code is used there for boxes on the package.
        return _Place("cautions" if place.otc else "boxed-warning", True, place.otc)
    if part := _PARTS.get(number):
        return _Place(part, True, place.otc)
    if not place.coded and (part := _headed(title)):
        return _Place(part, False, place.otc)
    return place


def _headed(title: str) -> str:
    heading = _NUMBER.sub("", title)
    return next((part for pattern, part in _HEADINGS if re.fullmatch(pattern, heading, re.IGNORECASE)), "")


def _flow(element: Element, make: Callable[[str], Paragraph | Item]) -> Iterator[Block]:
    """Yield what stands in an element: its running text as paragraphs or items, and lists and tables in their places."""
    running = element.text or ""
    for child in element:
        if _is_skipped(child):
            pass
        elif local(child) == "list":
            yield from _led(list(_lines(running, make)), list(_list(child)))
            running = ""
        elif _is_block(child):
            yield from _lines(running, make)
            yield from _table(child) if local(child) == "table" else _flow(child, make)
            running = ""
        else:
            running += _inlaid(child)
        running += child.tail or ""
    yield from _lines(running, make)


def _is_skipped(element: Element) -> bool:
    return local(element) in _SKIPPED or element.get("revised") == "delete"


def _is_block(element: Element) -> bool:
    blocks = (f"{V3}table", f"{V3}list", f"{V3}paragraph")
    return next(element.iter(*blocks), None) is not None  # iter begins with the element itself


def _lines(text: str, make: Callable[[str], Paragraph | Item]) -> Iterator[Paragraph | Item]:
    for line in _LINE_END.split(text):
        first, *points = _BULLET.split(clean(line.replace(_BREAK, " ")))
        if first:
            yield make(first)
        yield from (Item(point) for point in points if point)


def _led(before: list[Paragraph | Item], below: list[Block]) -> Iterator[Block]:
    """Yield a list's blocks after what stands before it; items below an item that ends in a colon bear its text in front."""
    lead = ""
    if before and isinstance(before[-1], Item) and before[-1].text.endswith(":") and any(map(_is_item, below)):
        lead = f"{before.pop().text} "
    yield from before
    yield from (Item(lead + block.text) if isinstance(block, Item) else block for block in below)


def _is_item(block: Block) -> bool:
    return isinstance(block, Item)


def _table(element: Element) -> Iterator[Block]:
    own = deepcopy(element)  # so that the label does not hold its whole file
    own.tail = None
    yield Table(own)


def _list(element: Element) -> Iterator[Block]:
    if caption := words_of(element.find(f"{V3}caption")):
        yield Paragraph(caption)
    for item in element.iterfind(f"{V3}item"):
        yield from _flow(item, Item)


def _inline(element: Element) -> str:
    return (element.text or "") + "".join(_inlaid(child) + (child.tail or "") for child in element)


def _inlaid(element: Element) -> str:
    """Return an element's text as it reads inside other text."""
    kind = local(element)
    if _is_skipped(element):
        return ""
    if kind == "br":
        return _BREAK
    text = _inline(element)
    if kind == "sup":
        return _raised(text)
    if kind == "suffix":  # of a brand
        return f" {text}"
    if kind == "caption":  # of an item: a bullet, a number, or words
        return f"{text} " if re.search(r"[^\W\d_]{2}", text) else ""
    return text


def _raised(text: str) -> str:
    """Return a superscript in running text: 10⁹ must not become 109, and a mark that leads to a footnote leads nowhere."""
    if re.fullmatch(r"[-+−–]?\d+[-+−–]?|[-+−–]", text.strip()):
        return text.translate(_RAISED)
    return "" if re.fullmatch(r"[a-z\d](\s?,\s?[a-z\d]+)*|[*†‡§¶#|]+", text.strip()) else text
