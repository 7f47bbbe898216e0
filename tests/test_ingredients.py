"""What is in a product is told from its label's words, or not at all."""

import pytest

from drugref.labels.ingredients import from_active, from_elements

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
    "nothing comes twice": ("Exemplar tablets round white", ()),
    "empty": ("", ()),
}


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
