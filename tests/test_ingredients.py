"""What is in a product is told from its label's words, or not at all."""

import pytest

from drugref.labels.ingredients import brand_in, from_active, from_elements

ELEMENTS = {
    "brand, name, substance, moiety": ("Exemplar Examplin EXAMPLIN EXAMPLIN MANNITOL", ("examplin",)),
    "a salt is part of the substance": ("Exemplar EXAMPLIN HYDROCHLORIDE EXAMPLIN TALC", ("examplin hydrochloride",)),
    "several substances": (
        "Duo examplin and emptazole EXAMPLIN SODIUM EXAMPLIN EMPTAZOLE EMPTAZOLE LACTOSE",
        ("examplin sodium", "emptazole"),
    ),
    "a name of several is not one": ("Duo examplin and emptazole examplin and emptazole", ()),
    "an ester is not its base": ("EXAMPLIN EXAMPLIN CYPIONATE EXAMPLIN OIL", ("examplin cypionate",)),
    "inactive ingredients that come first": ("Examplin EXAMPLIN STARCH WATER EXAMPLIN EXAMPLIN white", ("examplin",)),
    "sodium of the next ingredient": ("EXAMPLIN EXAMPLIN SODIUM STARCH GLYCOLATE", ("examplin",)),
    "sodium of the same one": ("EXAMPLIN EXAMPLIN SODIUM EXAMPLIN TALC", ("examplin sodium",)),
    "small letters alone": ("exemplar examplin sodium examplin sodium", ("examplin sodium",)),
    "a brand that comes again": ("EXEMPLAR examplin EXEMPLAR examplin EXAMPLIN EXAMPLIN TALC", ("examplin",)),
    "a brand in capitals over small letters": (
        "EXEMPLAR examplin examplin examplin histidine histidine chloride",
        ("examplin",),
    ),
    "a brand in place of the name": ("EXEMPLAR EXEMPLAR EXAMPLIN SODIUM EXAMPLIN TALC", ("examplin sodium",)),
    "an inactive salt and its base": ("Exemplar examplin EXAMPLIN EXAMPLIN HISTIDINE HISTIDINE CHLORIDE", ("examplin",)),
    "a moiety of another name": (
        "EXEMPLAR Fosexamplin Sodium FOSEXAMPLIN SODIUM EXAMPLIN EXAMPLIN SODIUM WATER",
        ("fosexamplin sodium",),
    ),
    "a name of two words": ("EXEMPLAR silver examplin SILVER EXAMPLIN EXAMPLIN", ("silver examplin",)),
    "a name that ends in lower case": (
        "Exemplar Examplin chloride Examplin chloride Examplin STARCH, Corn DIMETHICONE STARCH, Corn",
        ("examplin chloride",),
    ),
    "several in small letters": (
        "Duo Examplin and Emptazole sodium Examplin Examplin Emptazole sodium Emptazole STARCH, CORN GELATIN STARCH, CORN",
        ("examplin", "emptazole sodium"),
    ),
    "a part with a biologic's suffix, and a buffer": (
        "DUO examplimab and emptalimab-rmbw EXAMPLIMAB EXAMPLIMAB EMPTALIMAB EMPTALIMAB HISTIDINE HISTIDINE CHLORIDE",
        ("examplimab", "emptalimab"),
    ),
    "three with commas": (
        "Trio examplin, emptazole, and otherol EXAMPLIN EXAMPLIN EMPTAZOLE EMPTAZOLE OTHEROL OTHEROL",
        ("examplin", "emptazole", "otherol"),
    ),
    "of several not all can be told": (
        "SODIUM EXAMPLATE AND SODIUM EMPTATE SODIUM EXAMPLATE AND SODIUM EMPTATE SODIUM EMPTATE",
        (),
    ),
    "nothing comes twice": ("Exemplar tablets round white", ()),
    "empty": ("", ()),
}


@pytest.mark.parametrize(
    ("elements", "substances", "brand"),
    [
        ("EXEMPLAR examplin EXAMPLIN EXAMPLIN", ("examplin",), "EXEMPLAR"),
        ("Exemplar XR Examplin EXAMPLIN EXAMPLIN", ("examplin",), "Exemplar XR"),
        ("EXEMPLAR examplimab-cmkb EXAMPLIMAB", ("examplimab",), "EXEMPLAR"),
        ("EXEMPLAR Exemplar EXAMPLIN EXAMPLIN", ("examplin",), "EXEMPLAR"),
        ("Examplin EXAMPLIN EXAMPLIN", ("examplin",), ""),
        ("Exemplar (examplin) Examplin", ("examplin",), "Exemplar"),
        ("Drug Facts of a very long and odd kind", (), "Drug Facts"),
        ("", (), ""),
    ],
)
def test_the_brand_before_the_substances(elements: str, substances: tuple[str, ...], brand: str) -> None:
    assert brand_in(elements, substances) == brand


@pytest.mark.parametrize("name", ELEMENTS)
def test_substances_of_the_product_data_elements(name: str) -> None:
    elements, expected = ELEMENTS[name]
    assert from_elements(elements) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Active Ingredient (in each caplet) Examplin 500mg", ("examplin",)),
        ("Drug Facts Active ingredient Examplin chloride 16% (anhydrous)", ("examplin chloride",)),
        ("Active ingredients Examplin 325 mg Pain reliever Emptazole 10 mg Cough suppressant", ()),
        ("Active ingredient Examplin and emptazole 3 mg", ()),
        ("Active ingredient see carton", ()),
    ],
)
def test_the_substance_of_an_otc_label(text: str, expected: tuple[str, ...]) -> None:
    assert from_active(text) == expected
