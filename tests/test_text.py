import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugref.curated.validate import Problem, checker_of
from drugref.text import clean, is_unsafe, name_key, one_line, printable, slug, to_ascii


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Paracetamol", "paracetamol"), ("HY-770", "hy 770"), ("Lioresál", "lioresal"), ("co‑trimoxazole", "co-trimoxazole"),
        ("4′-ethyl", "4'-ethyl"), ("ΩMEGA", "ωmega"), ("Dantrium®", "dantrium"), ("ﬁnasteride", "finasteride"), ("  baclofen ", "baclofen"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != ""


@pytest.mark.parametrize(("one", "other"), [("citalopram", "escitalopram"), ("[baclofen]", "baclofen"), ("5-FU", "4-FU")])
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("name", ["bac\x00lofen", "baclofen\x1b[31m", "bac\udc80lofen", "\u202ebaclofen", "", "--", " "])
def test_what_is_no_name_has_no_key(name: str) -> None:
    assert name_key(name) == ""


@pytest.mark.parametrize(
    ("foreign", "cleaned"),
    [
        ("  dry\n   mouth ", "dry mouth"), ("5\u00a0%", "5 %"), ("nau\u00adsea\u200b\ufeff", "nausea"), ("a \u202e b", "a b"),
        ("e\u0301lan", "élan"), ("\x00\x1b[31mrash\ud800", "[31mrash"), (" \u200e ", ""),
    ],
    ids=ascii,
)  # fmt: skip
def test_foreign_text_is_cleaned(foreign: str, cleaned: str) -> None:
    assert clean(foreign) == cleaned


@given(st.text())
def test_clean_text_passes_validation(foreign: str) -> None:
    text = clean(foreign)
    problems: list[Problem] = []
    assert not text or checker_of(str)(text, (), problems) == text
    assert problems == []
    assert clean(text) == text


@given(st.text())
def test_keys_are_stable(name: str) -> None:
    key = name_key(name)
    assert name_key(key) == key
    assert name_key(name.upper()) == name_key(name.upper().lower())


@given(st.text(alphabet=st.characters(categories=["L", "N", "Zs", "Pd"])))
def test_hyphens_spaces_and_accents_do_not_count(name: str) -> None:
    assert name_key(name.replace(" ", "-")) == name_key(name) == name_key(unicodedata.normalize("NFD", name))


@given(st.text())
def test_printable_text_has_nothing_unsafe(text: str) -> None:
    assert not any(map(is_unsafe, printable(text)))
    assert len(printable(text, 10)) <= 10 * 6


@given(st.text())
def test_a_cell_is_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1 or not any(char in text for char in "\t\n\r\v\f")
    assert not set(one_line(text)) & set("\t\n\r\v\f")


@given(st.text())
def test_ascii_is_ascii(text: str) -> None:
    assert to_ascii(text).isascii()


def test_ascii_keeps_the_sense() -> None:
    assert to_ascii("≥ 1 in 10 · α₂ – “rarely” µg é") == '>= 1 in 10 - alpha2 - "rarely" ug e'


def test_a_slug_is_a_bare_key() -> None:
    assert slug("Valproic acid") == "valproic-acid"
