"""Several figures of one effect come to one, by one rule for labels, SIDER and every order."""

import pytest

from drugref.model import Incidence


@pytest.mark.parametrize(
    ("figures", "whole", "band"),
    [
        (["4 %"], "4 %", "common"),
        (["4 %", "12.5 %", "7 %"], "4–12.5 %", "very-common"),
        (["1–3 %", "2–9 %"], "1–9 %", "common"),
        (["0–2 %", "7 %"], "0–7 %", "common"),
        (["5 %", "5.0 %"], "5 %", "common"),
        (["< 1 %", "3 %"], "3 %", "common"),
        (["< 1 %", "< 2 %"], "< 2 %", "common"),
        (["< 1 %", "0.5 %"], "< 1 %", "uncommon"),
        (["< 1 %", "1 %"], "1 %", "common"),
        (["≤ 20 %", "3 %"], "≤ 20 %", "very-common"),
        (["≥ 2 %", "4 %"], "4 %", "common"),
        (["≥ 10 %", "3–4 %"], "≥ 10 %", "very-common"),
        (["≥ 10 %", "3–40 %"], "3–40 %", "very-common"),
    ],
    ids=lambda value: " and ".join(value) if isinstance(value, list) else "",
)
def test_what_figures_come_to(figures: list[str], whole: str, band: str) -> None:
    for given in (figures, figures[::-1]):
        found = Incidence.spanning([Incidence.parse(text) for text in given])
        assert (found.text.replace(".0", ""), found.band) == (whole, band)


def test_figures_are_compared_by_the_highest_that_they_name() -> None:
    figures = [Incidence.parse(text) for text in ("12 %", "3–5 %", "< 5 %", "≥ 4 %", "4 %")]
    assert sorted(figures, key=lambda figure: figure.reach, reverse=True) == [*figures[:3], figures[4], figures[3]]
