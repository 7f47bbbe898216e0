"""A label as openFDA publishes it, made into one as drugref knows it: fields into sections, flattened tables into tables."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from drugref.importers.markup import MarkupError, parse_fragment
from drugref.labels.ingredients import brand_in
from drugref.labels.label import Block, Ingredient, Label, Paragraph, Section, Table
from drugref.model import ProductKind
from drugref.ndc import is_product_code
from drugref.text import clean

_PARTS = {
    "boxed_warning": "boxed-warning",
    "indications_and_usage": "uses",
    "purpose": "uses",
    "mechanism_of_action": "mechanism",
    "contraindications": "contraindications",
    "do_not_use": "contraindications",
    "warnings_and_cautions": "cautions",
    "warnings_and_precautions": "cautions",
    "warnings": "cautions",
    "precautions": "cautions",
    "general_precautions": "cautions",
    "ask_doctor": "cautions",
    "ask_doctor_or_pharmacist": "cautions",
    "when_using": "cautions",
    "stop_use": "cautions",
    "pregnancy_or_breast_feeding": "cautions",
    "user_safety_warnings": "cautions",
    "pediatric_use": "cautions",
    "geriatric_use": "cautions",
    "adverse_reactions": "side-effects",
    "drug_interactions": "interactions",
    "drug_and_or_laboratory_test_interactions": "interactions",
    "pregnancy": "pregnancy",
    "teratogenic_effects": "pregnancy",
    "nonteratogenic_effects": "pregnancy",
    "labor_and_delivery": "pregnancy",
    "nursing_mothers": "pregnancy",
    "lactation": "pregnancy",
    "overdosage": "overdose",
    "dosage_and_administration": "dosage",
    "pharmacokinetics": "pharmacokinetics",
    "pharmacogenomics": "pharmacokinetics",
}
"""Fields that hold a section, and the part that it belongs to; the order is that of the record."""
_OWN_WARNINGS = (
    "do_not_use", "ask_doctor", "ask_doctor_or_pharmacist", "when_using", "stop_use", "pregnancy_or_breast_feeding",
    "keep_out_of_reach_of_children", "user_safety_warnings",
)  # fmt: skip
"""Fields whose text an OTC label's ``warnings`` repeats."""
KEPT = frozenset((*_PARTS, *(f"{field}_table" for field in _PARTS), "keep_out_of_reach_of_children", "version"))
"""Fields of which a label is made, but for those that tell what is in it."""
_HEADING = re.compile(
    r"\s*(?:\d{1,2}(?:\.\d{1,2})?\.?\s+)?(?:indications?(?:\s*(?:and|&)\s*usages?)?|uses?|purposes?|contraindications?|warnings?"
    r"(?:\s*(?:and|&)\s*(?:precautions|cautions))?|precautions|adverse\s+reactions|drug\s+interactions|overdosage"
    r"|overdose\s+warning|dosage\s*(?:and|&)\s*administration|directions|mechanism\s+of\s+action|pregnancy|nursing\s+mothers"
    r"|pharmacokinetics|pharmacogenomics|(?:pediatric|geriatric)\s+use)(?:\b|(?-i:(?<=[A-Z])(?=[A-Z][a-z])))(?!\s+(?:of|in|with|to|during|is|are|includes?)\b)"
    r"\s*[:.–-]?\s*",
    re.IGNORECASE,
)
"""The heading that a field's text begins with."""


def text_of(record: dict[str, Any], field: str) -> str:
    """Return a field's text, which openFDA gives as a list of strings; "" if there is none."""
    value = record.get(field)
    return value if isinstance(value, str) else " ".join(list_of(value))


def list_of(value: Any) -> list[str]:
    """Return the strings that a list holds; none if it is none."""
    if not isinstance(value, list):
        return []
    if len(value) == 1 and isinstance(value[0], str):  # as nearly all are
        return value
    return [entry for entry in value if isinstance(entry, str)]


def unflattened(record: dict[str, Any]) -> dict[str, Any]:
    """Return a label in openFDA's shape from one that a common script flattened: fields as texts, names beside them."""
    block = {
        "spl_id": [record.get("spl_id")],
        "generic_name": [record.get("drug_name")],
        "brand_name": [record.get("brand_name")],
        "product_type": [record.get("product_type")],
    }
    about = {"id": record.get("spl_id"), "effective_time": record.get("effective_date"), "openfda": block}
    return {**record["all_fields"], **about}


def label_of(
    record: dict[str, Any], block: dict[str, Any], set_id: str, ingredients: tuple[Ingredient, ...], kind: ProductKind
) -> Label:
    """Return a label from its fields, its own ``openfda`` block, and what was told of it from these."""

    def told(field: str) -> tuple[str, ...]:
        texts = (clean(re.sub(r"\s*\[\w+\]$", "", entry)) for entry in list_of(block.get(field)))
        return tuple(dict.fromkeys(text for text in texts if text))

    brands = brands_of(record, block, ingredients)
    return Label(
        set_id=set_id,
        version=clean(text_of(record, "version"))[:20],
        date=day_of(record),
        title=brands[0] if brands else ingredients[0].name,
        maker=" ".join(told("manufacturer_name")[:1]),
        kind=kind,
        approval=" ".join(told("application_number")[:1]),
        ingredients=ingredients,
        brands=brands,
        codes=codes_of(block),
        generics=told("generic_name"),
        routes=tuple(route.lower() for route in told("route")),
        classes=told("pharm_class_epc"),
        actions=told("pharm_class_moa"),
        sections=tuple(sections_of(record)),
    )


def brands_of(record: dict[str, Any], block: dict[str, Any], ingredients: tuple[Ingredient, ...]) -> tuple[str, ...]:
    """Return the brands that a label's block names, each once, or else the one that stands before its ingredients."""
    told = list_of(block.get("brand_name"))
    if not told:
        names = tuple(ingredient.name for ingredient in ingredients)
        told = [brand_in(text_of(record, "spl_product_data_elements"), names)]
    return tuple(dict.fromkeys(brand for entry in told if (brand := clean(entry)[:80])))


def codes_of(block: dict[str, Any]) -> tuple[str, ...]:
    """Return the National Drug Codes of products that a label's block names, each once."""
    return tuple(dict.fromkeys(code for code in map(clean, list_of(block.get("product_ndc"))) if is_product_code(code)))


def day_of(record: dict[str, Any]) -> str:
    """Return the day from which a label is in force, as YYYYMMDD; "" if it is not told in that form."""
    day = text_of(record, "effective_time")
    return day if re.fullmatch(r"\d{8}", day) else ""


def sections_of(record: dict[str, Any]) -> Iterator[Section]:
    """Yield the sections of a label, in the order of a record."""
    for field, part in _PARTS.items():
        text = clean(text_of(record, field))
        if field == "warnings":
            for repeated in _OWN_WARNINGS:
                text = text.replace(clean(text_of(record, repeated)) or "\0", " ")
        while (heading := _HEADING.match(text)) and field not in _OWN_WARNINGS:
            text = text[heading.end() :]
        if text := clean(text):
            yield Section(part, "", tuple(_blocks(text, text_of(record, f"{field}_table"))))


def _blocks(text: str, tables: str) -> Iterator[Block]:
    """Yield a section's text with its tables where they stand in it; a flattened table is no prose."""
    for markup in _TABLE.findall(tables):
        try:
            table = parse_fragment(markup)
        except MarkupError:
            continue  # its text stays in the section
        place = _place_of("".join(map(str, table.itertext())), text)
        if place:
            if before := text[: place[0]].strip():
                yield Paragraph(before)
            text = text[place[1] :].strip()
        yield Table(table)
    if text:
        yield Paragraph(text)


_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)


def _place_of(content: str, text: str) -> tuple[int, int] | None:
    """Return where the text of a table stands in a section's, spaces apart; None where it does not."""
    sought = "".join(content.split())
    found = text.replace(" ", "").find(sought) if sought else -1
    return (_place(text, found), _place(text, found + len(sought) - 1) + 1) if found >= 0 else None


def _place(text: str, number: int) -> int:
    """Return where a character of a text stands, by its number among those that are no spaces."""
    return bisect_right(range(len(text)), number, key=lambda place: place + 1 - text.count(" ", 0, place + 1))
