"""What is sold under a label: a medicine is never taken for what is left out, and what is left out not for a medicine."""

import pytest

from drugref.labels.product_kind import kind_of
from drugref.model import ProductKind

OTC, RX = "HUMAN OTC DRUG", "HUMAN PRESCRIPTION DRUG"


@pytest.mark.parametrize(
    ("declared", "kind"),
    [
        (RX, "prescription"), ("HUMAN PRESCRIPTION DRUG LABEL WITH HIGHLIGHTS; NDA", "prescription"), ("VACCINE LABEL", "prescription"),
        ("PLASMA DERIVATIVE", "prescription"), ("NON-STANDARDIZED ALLERGENIC LABEL", "prescription"), ("CELLULAR THERAPY", "prescription"),
        (OTC, "otc"), ("human otc drug label; OTC monograph final", "otc"), ("COSMETIC", "cosmetic"), ("DIETARY SUPPLEMENT", "other"),
        ("MEDICAL FOOD", "other"), ("", "other"), ("HUMAN OTC DRUG LABEL; unapproved homeopathic", "homeopathic"),
        ("HUMAN PRESCRIPTION DRUG LABEL; unapproved homeopathic", "homeopathic"),
    ],
)  # fmt: skip
def test_what_is_declared(declared: str, kind: ProductKind) -> None:
    assert kind_of(declared) == kind


@pytest.mark.parametrize(
    ("ingredients", "purpose", "title", "text", "kind"),
    [
        ("Arnica montana 6X HPUS", "Bruises", "", "", "homeopathic"),
        ("Arnica montana [hp_X]", "", "", "", "homeopathic"),
        ("Arnica", "", "Homeopathic Bruise Gel", "", "homeopathic"),
        ("Arnica", "", "", "Claims based on traditional homeopathic practice. Not FDA evaluated.", "homeopathic"),
        ("ILEX AQUI", "", "", "The potency range of ILEX AQUI is 2x–30x, 1c–30c.", "homeopathic"),
        ("Arnica 30C", "", "", "This product has not been evaluated by the FDA.", "homeopathic"),
        ("Biotin 5 mg", "", "", "These statements have not been evaluated by the Food and Drug Administration.", "other"),
        ("Avobenzone 3%", "Purpose Sunscreen", "", "", "sunscreen"),
        ("Avobenzone 3%", "Sunscreen\nSunscreens", "Beach", "", "sunscreen"),
        ("Zinc oxide 5%", "Skin protectant, Sunscreen", "", "", "sunscreen"),
        ("Zinc oxide 5%", "", "Daily Cream SPF 30", "", "sunscreen"),
        ("Salicylic acid 2%", "Acne treatment / Sunscreen", "Clear SPF 15", "", "otc"),
        ("Aluminum zirconium", "Antiperspirant", "", "", "cosmetic"),
        ("Acetaminophen 500 mg", "Pain reliever", "", "Take with water.", "otc"),
        ("Vitamin C 60 mg", "Supplement", "", "A potency of 60 mg.", "otc"),
        ("Minoxidil 5%", "Hair regrowth", "", "Use a sunscreen on the scalp.", "otc"),
    ],
    ids=[
        "pharmacopoeia", "unit of dilutions", "title", "disclaimer with the word", "range of potencies", "disclaimer with a dilution",
        "disclaimer alone", "sunscreen", "sunscreen of several", "protectant", "factor in the title", "acne with sunscreen",
        "antiperspirant", "medicine", "vitamin", "medicine that names sunscreen",
    ],
)  # fmt: skip
def test_what_an_otc_label_says(ingredients: str, purpose: str, title: str, text: str, kind: ProductKind) -> None:
    assert kind_of(OTC, ingredients, purpose, title, text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "Patients should avoid homeopathic remedies.",
        "Use has not been evaluated by the FDA in children.",
        "Wear sunscreen SPF 30.",
    ],
    ids=["homeopathic", "not evaluated", "sunscreen"],
)
def test_what_a_prescription_label_says_in_passing_is_not_believed(text: str) -> None:
    assert kind_of(RX, "FICTAZOLE 5 mg", "", "FICTAZ", text) == "prescription"


def test_a_homeopathic_prescription_label_is_known_by_its_ingredients() -> None:
    assert kind_of(RX, "Arnica montana 6X HPUS") == "homeopathic"
