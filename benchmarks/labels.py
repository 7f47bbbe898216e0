"""Synthetic archives of US drug labels in the shape of openFDA's bulk downloads, of any size: everything in them is made up.

``python benchmarks/labels.py 250000 labels.json.zip`` writes one. The same seed gives the same label under the same number,
however many labels there are.

What real files show is kept: JSON indented by two spaces, text as it is rather than escaped; keys in no order; every section an
array of one string that begins with its heading; the text of a subsection once more under its own key; tables as markup in a
field ``…_table`` and once more as text; ``spl_product_data_elements`` as one string – brand, generic name, each active
substance and its moiety, inactive ingredients, imprint; in some labels the inactive ones stand before the substances.

What is chosen is how often and how much: kinds of product as in ``KINDS``; half of the ``openfda`` blocks empty; labels of 2 to
5 KB, for prescription 10 to 60 KB (a long one has 100 KB and more), which makes a mean of 11.7 KB. Labels of one set of
ingredients copy each other's text, in three revisions; common sets have many labels, most have few.
"""

import argparse
import json
import random
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import sentences, synthetic  # noqa: E402 – found only now

MEMBER = "drug-label-0001-of-0001.json"
"""The archive's one file."""
Fields = dict[str, Any]


class Kind(NamedTuple):
    """A kind of product."""

    share: float
    """Share of all labels."""
    sets: int
    """Sets of ingredients that there are."""
    combined: float
    """Share of the sets that have two or three ingredients."""


KINDS = {
    "prescription": Kind(0.55, 2000, 0.15),
    "otc": Kind(0.28, 800, 0.3),
    "homeopathic": Kind(0.1, 1000, 0.5),
    "sunscreen": Kind(0.05, 150, 0.9),
    "antiperspirant": Kind(0.02, 50, 0.0),
}
"""What is labelled. 250,000 labels are of nearly every set: of the commonest 1,600, of half of the sets at most 20."""
_HEADS = 50
"""Sets of a kind that are about equally common; from there on a set is the rarer, the higher its number."""
_SALTS = ("", "", "", " HYDROCHLORIDE", " SODIUM", " MALEATE")
_MAKERS = tuple(
    f"{place} {what}" for place in ("Utopia", "Nowhere", "Cloud", "Erewhon") for what in ("Labs", "Repackaging", "Pharma")
)
_INACTIVE = (
    "WATER",
    "LACTOSE MONOHYDRATE",
    "POVIDONE",
    "STARCH, CORN",
    "MAGNESIUM STEARATE",
    "TALC",
    "SUCROSE",
    "TITANIUM DIOXIDE",
)
_REVISIONS = 3
"""Revisions of a set's text that its labels show; most show the last."""
_SECTIONS = (
    ("1", "INDICATIONS AND USAGE", "indications_and_usage", 0.04),
    ("2", "DOSAGE AND ADMINISTRATION", "dosage_and_administration", 0.08),
    ("4", "CONTRAINDICATIONS", "contraindications", 0.02),
    ("7", "DRUG INTERACTIONS", "drug_interactions", 0.08),
    ("10", "OVERDOSAGE", "overdosage", 0.02),
    ("11", "DESCRIPTION", "description", 0.03),
    ("13", "NONCLINICAL TOXICOLOGY", "nonclinical_toxicology", 0.03),
    ("14", "CLINICAL STUDIES", "clinical_studies", 0.08),
    ("16", "HOW SUPPLIED/STORAGE AND HANDLING", "how_supplied", 0.03),
    ("17", "PATIENT COUNSELING INFORMATION", "information_for_patients", 0.06),
)
"""Number, heading, field and share of a prescription label's text; the sections that hold others are made one by one."""


class Product(NamedTuple):
    """What a label is of."""

    kind: str
    """A key of ``KINDS``."""
    key: str
    """What the dice of the set of ingredients are thrown by."""
    ingredients: tuple[int, ...]
    """Numbers of the drugs in it."""
    moieties: tuple[str, ...]
    """Names of the ingredients in capitals, without salt."""
    substances: tuple[str, ...]
    """Names of the ingredients in capitals, with salt."""

    @property
    def generic(self) -> str:
        """The nonproprietary name: the substances in one."""
        return " and ".join(name.title() for name in self.substances)


def archive(count: int, path: Path, seed: int = 0) -> None:
    """Write an archive of ``count`` labels, one label in memory at a time."""
    member = zipfile.ZipInfo(MEMBER, (2026, 10, 1, 0, 0, 0))
    member.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(path, "w") as file, file.open(member, "w", force_zip64=True) as stream:
        for piece in document(count, seed):
            stream.write(piece.encode())


def document(count: int, seed: int = 0) -> Iterator[str]:
    """Yield the pieces of a bulk file of ``count`` labels."""
    meta = {
        "disclaimer": "Every drug, label and figure in this file is made up.",
        "license": "https://creativecommons.org/publicdomain/zero/1.0/",
        "last_updated": "2026-10-01",
        "results": {"skip": 0, "limit": count, "total": count},
    }
    yield '{\n  "meta": ' + _indented(meta, 2) + ',\n  "results": [\n'
    for number in range(count):
        yield "    " + _indented(label(number, seed), 4) + ("\n" if number == count - 1 else ",\n")
    yield "  ]\n}\n"


def _indented(value: Fields, by: int) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False).replace("\n", "\n" + " " * by)


def label(number: int, seed: int = 0) -> Fields:
    """Return the label of a number, from 0, as openFDA has it."""
    dice = random.Random(f"{seed} label {number}")
    product = _product(dice, seed)
    revision = random.Random(f"{product.key} revision {min(dice.randrange(6), _REVISIONS - 1)}")
    brand = synthetic.brand(product.ingredients[0]) if dice.random() < 0.3 else product.generic
    fields = _prescription(brand, revision) if product.kind == "prescription" else _otc(product, revision)
    ndc = f"{90000 + dice.randrange(9000)}-{number % 1000:03}"
    set_id, version_id = str(UUID(int=dice.getrandbits(128))), str(UUID(int=dice.getrandbits(128)))
    maker = dice.choice(_MAKERS)
    inactive = ", ".join(dice.sample(_INACTIVE, 4))
    fields |= {
        "spl_unclassified_section": [
            "Drug Facts" if product.kind != "prescription" else "Rx only",
            f"Manufactured for: {maker}",
        ],
        "package_label_principal_display_panel": [
            f"PRINCIPAL DISPLAY PANEL NDC {ndc} {brand} {product.generic} 100 count {maker}"
        ],
        "spl_product_data_elements": [_elements(product, brand, inactive.replace(", ", " "), dice)],
        "set_id": set_id,
        "id": version_id,
        "version": str(dice.randint(1, 30)),
        "effective_time": f"{dice.randint(2008, 2026)}{dice.randint(1, 9):02}{dice.randint(1, 28):02}",
        "openfda": {},
    }
    if product.kind != "prescription":
        fields["inactive_ingredient"] = [f"Inactive ingredients {inactive.lower()}"]
    if dice.random() < 0.5:
        fields["openfda"] = _block(product, brand, maker, ndc, (set_id, version_id), dice)
    keys = list(fields)
    dice.shuffle(keys)
    return {key: fields[key] for key in keys}


def _product(dice: random.Random, seed: int) -> Product:
    """Return a product of a kind and set of ingredients that the dice choose."""
    kind = dice.choices(list(KINDS), [kind.share for kind in KINDS.values()])[0]
    _, sets, combined = KINDS[kind]
    # A power law with a flat head, by the inverse of its distribution: the density falls with the number to the power of 1.5.
    reach = 1 - (_HEADS / (_HEADS + sets)) ** 0.5
    rank = int(_HEADS * ((1 - reach * dice.random()) ** -2 - 1))
    key = f"{seed} {kind} {rank}"
    its_dice = random.Random(key)
    others = its_dice.sample(range(sets), its_dice.choice((1, 2))) if its_dice.random() < combined else []
    first = list(KINDS).index(kind) * 10_000
    ingredients = tuple(first + number for number in dict.fromkeys([rank, *others]))
    moieties = tuple(synthetic.name(number).upper() for number in ingredients)
    salts = [_SALTS[number % len(_SALTS)] if kind in ("prescription", "otc") else "" for number in ingredients]
    return Product(kind, key, ingredients, moieties, tuple(map("".join, zip(moieties, salts, strict=True))))


def _elements(product: Product, brand: str, inactive: str, dice: random.Random) -> str:
    actives = " ".join(f"{substance} {moiety}" for substance, moiety in zip(product.substances, product.moieties, strict=True))
    parts = [actives, inactive] if dice.random() < 0.6 else [inactive, actives]
    return " ".join([brand, product.generic, *parts, *(["white ZAP;10"] if product.kind == "prescription" else [])])


def _block(product: Product, brand: str, maker: str, ndc: str, ids: tuple[str, str], dice: random.Random) -> Fields:
    """Return a filled ``openfda`` block."""
    prescription = product.kind == "prescription"
    block: Fields = {
        "manufacturer_name": [maker],
        "unii": [f"FX{number:08}" for number in product.ingredients],
        "product_type": ["HUMAN PRESCRIPTION DRUG" if prescription else "HUMAN OTC DRUG"],
        "spl_set_id": [ids[0]],
        "spl_id": [ids[1]],
        "route": ["TOPICAL" if product.kind in ("sunscreen", "antiperspirant") else "ORAL"],
        "generic_name": [product.generic.upper()],
        "brand_name": [brand],
        "substance_name": sorted(product.substances),
        "product_ndc": [ndc],
        "package_ndc": [f"{ndc}-{size:02}" for size in range(dice.randint(1, 4))],
    }
    if product.kind == "homeopathic":
        return block
    block["application_number"] = [f"ANDA9{dice.randrange(10**5):05}" if prescription else "part343"]
    block["rxcui"] = [f"9{number:07}" for number in product.ingredients]
    if dice.random() < 0.6:
        block["is_original_packager"] = [True]
    if prescription and product.ingredients[0] % 2:
        block["pharm_class_epc"] = [f"Elbow Antagonist {product.ingredients[0] % 90} [EPC]"]
        block["pharm_class_moa"] = ["Spindle Receptor Antagonists [MoA]"]
    return block


class _Writer(NamedTuple):
    """Writes the text of a label."""

    dice: random.Random
    name: str
    """What the label calls its drug."""

    def sentence(self, topic: str) -> str:
        return self._named(self.dice.choice(sentences.pool(topic, 1)))

    def text(self, topic: str, length: float) -> str:
        """Return paragraphs of at least ``length`` characters in all, at least one."""
        chosen = [self.dice.choice(sentences.pool(topic))]
        while (length := length - len(chosen[-1])) > 0:
            chosen.append(self.dice.choice(sentences.pool(topic)))
        return self._named(" ".join(chosen))

    def _named(self, text: str) -> str:
        return text.replace("{drug}", self.name)


def _prescription(brand: str, dice: random.Random) -> Fields:
    """Return the sections of a prescription label, in the numbered format or the old one."""
    size = min(5_000 + dice.expovariate(1 / 3_200), 34_000)  # of the text; repeated subsections and the rest come to it
    numbered = dice.random() < 0.7
    writer = _Writer(dice, brand)

    def write(topic: str, share: float) -> str:
        return writer.text(topic, size * share)

    def headed(number: str, title: str, text: str) -> list[str]:
        return [f"{number} {title} {text}" if numbered else f"{title} {text}"]

    fields = {field: headed(number, title, write(field, share)) for number, title, field, share in _SECTIONS}
    pregnancy = "8.1 Pregnancy Risk Summary " + write("pregnancy", 0.04)
    mechanism = "12.1 Mechanism of Action " + write("mechanism_of_action", 0.01)
    kinetics = "12.3 Pharmacokinetics " + write("pharmacokinetics", 0.04)
    populations = f"{pregnancy} 8.4 Pediatric Use {write('use_in_specific_populations', 0.05)}"
    warnings = write("warnings_and_cautions", 0.15)
    fields |= {
        "pregnancy": [pregnancy],
        "clinical_pharmacology": headed("12", "CLINICAL PHARMACOLOGY", f"{mechanism} {kinetics}"),
        "mechanism_of_action": [mechanism],
        "pharmacokinetics": [kinetics],
    }
    if numbered:
        fields["warnings_and_cautions"] = headed("5", "WARNINGS AND PRECAUTIONS", warnings)
        fields["use_in_specific_populations"] = headed("8", "USE IN SPECIFIC POPULATIONS", populations)
    else:
        fields["warnings"] = headed("", "WARNINGS", warnings)
        fields["precautions"] = headed("", "PRECAUTIONS", populations)
    if dice.random() < 0.3:
        fields["boxed_warning"] = ["WARNING: " + write("boxed_warning", 0.02)]
    if dice.random() < 0.3:
        fields["spl_medguide"] = ["Medication Guide " + write("spl_medguide", 0.08)]
    reactions = "6.1 Clinical Trials Experience " + write("adverse_reactions", 0.08)
    if dice.random() < 0.4:
        markup, flat = _table(brand, dice)
        fields["adverse_reactions_table"] = [markup]
        reactions += " " + flat
    reactions += " 6.2 Postmarketing Experience " + write("postmarketing", 0.02)
    fields["adverse_reactions"] = headed("6", "ADVERSE REACTIONS", reactions)
    return fields


def _table(drug: str, dice: random.Random) -> tuple[str, str]:
    """Return a table of effects in percent on a drug and on placebo, as markup and as text."""
    caption = f"Table 1. Adverse Reactions in at Least 2% of Patients Treated with {drug}"
    head = ["Adverse Reaction", f"{drug} (N={dice.randint(100, 3000)}) %", f"Placebo (N={dice.randint(100, 3000)}) %"]
    rows = [[effect.capitalize(), str(dice.randint(2, 30)), str(dice.randint(0, 12))] for effect in sentences.effects(dice, 18)]

    def row(cells: list[str], tag: str) -> str:
        return f"<tr> {' '.join(f'<{tag}>{cell}</{tag}>' for cell in cells)} </tr>"

    body = " ".join(row(cells, "td") for cells in rows)
    markup = (
        f'<table width="100%"> <caption>{caption}</caption> <col width="50%" align="left" valign="top"/> '
        f"<thead> {row(head, 'th')} </thead> <tbody> {body} </tbody> </table>"
    )
    return markup, " ".join([caption, *head, *(cell for cells in rows for cell in cells)])


def _otc(product: Product, dice: random.Random) -> Fields:
    """Return the sections of a label of a product that needs no prescription."""
    writer = _Writer(dice, product.generic.lower())
    external = product.kind in ("sunscreen", "antiperspirant")
    strength = " 6X HPUS" if product.kind == "homeopathic" else f" {dice.choice((2, 5, 10))}{'%' if external else ' mg'}"
    sold_as = dice.choice(("Pain reliever", "Antihistamine", "Antacid", "Cough suppressant"))
    purpose, uses, directions = {
        "otc": (sold_as, writer.sentence("uses"), writer.text("directions", 300)),
        "homeopathic": ("Homeopathic remedy", writer.sentence("homeopathic"), writer.text("directions", 300)),
        "sunscreen": ("Sunscreen", "Uses helps prevent sunburn", writer.text("sunscreen", 300)),
        "antiperspirant": ("Antiperspirant", "Use reduces underarm wetness", "apply to underarms only"),
    }[product.kind]
    cautions = {key: writer.sentence(key) for key in ("do_not_use", "ask_doctor", "stop_use")}
    if product.kind == "otc":
        cautions |= {key: writer.sentence(key) for key in ("ask_doctor_or_pharmacist", "when_using")}
        cautions["pregnancy_or_breast_feeding"] = "If pregnant or breast-feeding, ask a health professional before use."
    cautions["keep_out_of_reach_of_children"] = (
        "Keep out of reach of children. If swallowed, get medical help or contact a Poison Control Center right away."
    )
    warnings = " ".join(["Warnings", *(["For external use only"] if external else []), *cautions.values()])
    actives = ", ".join(substance.title() + strength for substance in product.substances)
    return {key: [text] for key, text in cautions.items()} | {
        "active_ingredient": [f"Active ingredient{'s' * (len(product.ingredients) > 1)} {actives}"],
        "purpose": [f"Purpose {purpose}"],
        "indications_and_usage": [uses],
        "dosage_and_administration": [f"Directions {directions}"],
        "warnings": [warnings],
        "questions": ["Questions or comments? Call 1-800-555-0100"],
    }


def main() -> None:
    """Write an archive."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, help="number of labels")
    parser.add_argument("path", type=Path, help="archive to write, such as labels.json.zip")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    archive(arguments.count, arguments.path, arguments.seed)


if __name__ == "__main__":
    main()
