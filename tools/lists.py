"""Readers of the public lists that the index of medicines is made from: files in, plain rows out, no judgement.

Every reader takes the folder of the lists and returns rows in an order that depends on nothing but the file.
"""

import csv
import gzip
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple


class Source(NamedTuple):
    """A list that facts were taken from, as the header of the data file names it."""

    id: str
    """One letter, which stands before every fact that is from the list."""
    title: str
    publisher: str
    date: str
    """Of the list, not of the reading: YYYY, YYYY-MM or YYYY-MM-DD."""
    licence: str
    attribution: str
    locator: str


class Substance(NamedTuple):
    """One substance of the UNII list with its names as the list writes them."""

    unii: str
    display: str
    names: tuple[tuple[str, str, frozenset[str]], ...]
    """(type, name, tags): type is cn, cd, of, bn or sys; tags are the list's brackets, such as INN, USAN, MART."""


class Product(NamedTuple):
    """A product or brand with what it holds, in a source's words."""

    brand: str
    parts: tuple[str, ...]
    """UNIIs of its active substances, or their names in one text."""
    atc: str = ""
    group: str = ""
    """EMA's pharmacotherapeutic group."""
    vaccine: bool = False


_TAG = re.compile(r" \[([^\[\]]*)\]$")


def unii(folder: Path) -> list[Substance]:
    """Return the substances of FDA's UNII list of names, in order of UNII."""
    found: dict[str, tuple[str, list[tuple[str, str, frozenset[str]]]]] = {}
    with gzip.open(folder / "unii" / "unii_names.tsv.gz", "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            name, tags = _split_tags(row["name"].strip())
            found.setdefault(row["unii"], (row["display_name"].strip(), []))[1].append((row["type"], name, tags))
    return [Substance(code, display, tuple(names)) for code, (display, names) in sorted(found.items())]


def _split_tags(name: str) -> tuple[str, frozenset[str]]:
    tags = set()
    while match := _TAG.search(name):
        tags.add(match[1].split(",")[0].upper())
        name = name[: match.start()]
    return name.strip(), frozenset(tags)


def ndc(folder: Path) -> list[tuple[str, list[tuple[str, str]], list[str]]]:
    """Return FDA's classes and brands of a substance: (substance, [(type, class)], brands)."""
    rows = []
    with open(folder / "ndc" / "fda_established_pharmacologic_classes.tsv", encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            classes = [
                (match[2], match[1])
                for text in row["pharm_classes"].split("; ")
                if (match := re.fullmatch(r"(.+) \[(\w+)(?:/\w+)?\]", text.strip()))
            ]
            rows.append(
                (row["substance"].strip(), classes, [brand for brand in (row["nda_brands"] or "").split("; ") if brand])
            )
    return rows


def drugcentral(folder: Path) -> list[tuple[str, str, str, str]]:
    """Return DrugCentral's classes: (drug, type, class, where DrugCentral has it from)."""
    with open(folder / "drugcentral" / "pharm_class.tsv", encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["DRUG_NAME"].strip(), row["TYPE"], row["CLASS"].strip(), row["SOURCE"]) for row in rows]


def ema(folder: Path) -> list[Product]:
    """Return the medicines for people of EMA's table, refused ones left out."""
    name = "international_non-proprietary_name_(inn)_/_common_name"
    with gzip.open(folder / "ema" / "epar_2023-12.tsv.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t") if row["category"] == "Human"]
    return [
        Product(
            row["medicine_name"].strip(),
            (row[name].strip(), row["active_substance"].strip()),
            row["atc_code"].strip(),
            " ".join(row["human_pharmacotherapeutic_group"].split()).strip(" ,"),
            row["atc_code"].startswith("J07"),
        )
        for row in rows
        if row["authorisation_status"] != "Refused"
    ]


def openfda(folder: Path) -> Iterator[Product]:
    """Yield the brands of the labels with the UNIIs of their substances; over-the-counter monographs are left out.

    A brand of a monograph product ("pain relief", "sunscreen") is no name of a substance.
    """
    for name in ("openfda_full_labels", "openfda_sections"):
        with gzip.open(folder / "labels" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                block = json.loads(line).get("openfda") or {}
                if (block.get("application_number") or ["?"])[0][:3] in ("NDA", "BLA", "AND"):
                    parts = tuple(block.get("unii") or ())
                    if len(parts) != len(block.get("substance_name") or ()):
                        continue
                    for brand in block.get("brand_name") or ():
                        yield Product(brand.strip(), parts or tuple(block.get("generic_name") or ())[:1])


def medrt(folder: Path) -> list[tuple[str, str]]:
    """Return MED-RT's memberships of ingredients in established and mechanism classes: (class, ingredient)."""
    root = ElementTree.parse(folder / "medrt" / "medrt_subset.xml").getroot()
    found = set()
    for link in root.iter("association"):
        ends = {child.tag: (child.text or "").strip() for child in link}
        above, below = ends.get("from_name", ""), ends.get("to_name", "")
        if ends.get("name") == "Parent Of" and above.endswith(" [EPC]") and ends.get("to_namespace") == "RxNorm":
            found.add((above.removesuffix(" [EPC]"), below))
    return sorted(found)
