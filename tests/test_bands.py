import pytest

from drugref.bands import BANDS, MEANING, at_least, band_of, term


@pytest.mark.parametrize(
    ("percent", "band"),
    [
        (100, "very-common"), (10, "very-common"), (9.99, "common"), (1, "common"), (0.99, "uncommon"), (0.1, "uncommon"),
        (0.09, "rare"), (0.01, "rare"), (0.009, "very-rare"), (0, "very-rare"),
    ],
)  # fmt: skip
def test_lower_bounds_are_inclusive(percent: float, band: str) -> None:
    assert band_of(percent) == band


@pytest.mark.parametrize(("percent", "band"), [(10, "common"), (1, "uncommon"), (0.1, "rare"), (0.01, "very-rare")])
def test_less_than_a_bound_is_the_band_below(percent: float, band: str) -> None:
    assert band_of(percent, exclusive=True) == band


def test_not_known_is_not_at_least_anything() -> None:
    assert at_least("uncommon") == ("very-common", "common", "uncommon")
    assert at_least("not-known") == ("not-known",)


def test_every_band_has_a_meaning_and_a_name() -> None:
    assert set(MEANING) == set(BANDS)
    assert [term(band) for band in BANDS][:2] == ["very common", "common"]
