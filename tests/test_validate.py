"""Every way in which a file can be wrong is reported with line, path, what was expected, what was found, what to do."""

import pytest

from drugref.curated.validate import check_document, load
from tests.conftest import SAMPLE

HEAD = """schema = 2

[database]
name = "x"
title = "x"
version = "1"
licence = "x"

[sources.s]
title = "s"
kind = "regulator"
locator = "s"
licence = "s"
retrieved = 2026-11-22

[drugs.a]
inn = "a"
uses = [ { condition = "c", kind = "approved", sources = ["s"] } ]
"""
"""A valid file of 18 lines; cases add theirs from line 19 on."""


def messages(text: str) -> list[str]:
    return [f"{p.line}: {p.place}: expected {p.expected}, got {p.got}; {p.advice}" for p in load(text)[1]]


EFFECT = 'effect = "e", basis = "figures", sources = ["s"]'
CASES = {
    "unknown key": ('colour = "red"', '19: drugs.a.colour: expected a known key, got "colour"; take it out, or write one of inn, names, '
                    "identifiers, class, atc, status, summary, mechanism, targets, uses, side_effects, contraindications, cautions, self_care, "
                    "pharmacokinetics, product, texts, related, notes, sections, reviewed"),
    "wrong type": ("related = 3", "19: drugs.a.related: expected an array, got 3; put it in square brackets"),
    "number for text": ('summary = { text = 3, sources = ["s"] }', "19: drugs.a.summary.text: expected text, got 3; put the value in quotation marks"),
    "missing key": ('summary = { sources = ["s"] }', "19: drugs.a.summary.text: expected a key text, got nothing; add text"),
    "empty string": ('summary = { text = "", sources = ["s"] }',
                     '19: drugs.a.summary.text: expected text that is not empty, got ""; fill it in, or leave the key out'),
    "empty list": ("related = []", "19: drugs.a.related: expected an array that is not empty, got an empty array; fill it in, or leave the key out"),
    "spaces around": ('related = [" b"]', '19: drugs.a.related[0]: expected text without spaces around it, got " b"; run drugref check --fix'),
    "control character": ('related = ["b\\u001b[31m"]',
                          "19: drugs.a.related[0]: expected text without control characters, got U+001B (a control character); take the character out"),
    "bidi control": ('related = ["b\\u202e"]',
                     "19: drugs.a.related[0]: expected text without control characters, got U+202E (RIGHT-TO-LEFT OVERRIDE); take the character out"),
    "not NFC": ('related = ["e\\u0301"]', '19: drugs.a.related[0]: expected text in Unicode form NFC, got "e\u0301"; run drugref check --fix'),
    "unknown band": (f'side_effects = [ {{ band = "often", {EFFECT} }} ]',
                     '19: drugs.a.side_effects[0].band: expected one of very-common, common, uncommon, rare, very-rare, not-known, got "often"; '
                     "write one of these"),
    "band against figure": (f'side_effects = [ {{ band = "rare", incidence = "3–12 %", {EFFECT} }} ]',
                            '19: drugs.a.side_effects[0].band: expected very-common, by the figure (3–12 %), got "rare"; '
                            "leave it out: it follows from the figure"),
    "bad incidence": (f'side_effects = [ {{ band = "rare", incidence = "one in 3", {EFFECT} }} ]',
                      '19: drugs.a.side_effects[0].incidence: expected a percentage such as "4.5 %", "10–63 %", "< 1 %" or "1 to < 10 %", got "one in 3"; '
                      "write the figure in that form"),
    "falling range": (f'side_effects = [ {{ band = "rare", incidence = "9–3 %", {EFFECT} }} ]',
                      '19: drugs.a.side_effects[0].incidence: expected a percentage such as "4.5 %", "10–63 %", "< 1 %" or "1 to < 10 %", from 0 to 100 and '
                      'rising, got "9–3 %"; write the figure in that form'),
    "wording without words": ('side_effects = [ { band = "rare", effect = "e", basis = "wording", sources = ["s"] } ]',
                              "19: drugs.a.side_effects[0]: expected the source's wording, as the basis is wording, got no wording; add wording"),
    "figures not known": (f'side_effects = [ {{ band = "not-known", {EFFECT} }} ]',
                          '19: drugs.a.side_effects[0].basis: expected wording, as the frequency is not known, got "figures"; write wording'),
    "dangling source": ('summary = { text = "t", sources = ["other"] }',
                        '19: drugs.a.summary.sources[0]: expected the identifier of a source in [sources], got "other"; define the source or correct it'),
    "key is not the INN": ('[drugs.b]\ninn = "c"', "19: drugs.b: expected the INN as the key: c, got b; rename the table or correct inn"),
    "name of two drugs": ('[drugs.b]\ninn = "b"\nnames = [ { name = "A", kind = "brand", sources = ["s"] } ]',
                          '21: drugs.b.names[0].name: expected a name that one drug alone bears, got "A", also at drugs.a.inn; drop one'),
    "name twice": ('names = [ { name = "A", kind = "brand", sources = ["s"] } ]',
                   '19: drugs.a.names[0].name: expected each name of a drug once, got "A", also at drugs.a.inn; drop one'),
    "name without letters": ('names = [ { name = "--", kind = "brand", sources = ["s"] } ]',
                             '19: drugs.a.names[0].name: expected a name with a letter or digit, got "--"; correct the name'),
    "bad ATC code": ('atc = [ { code = "m03", sources = ["s"] } ]',
                     '19: drugs.a.atc[0].code: expected an ATC code such as M03BX04, got "m03"; write it in that form'),
    "date as text": ('reviewed = "2026-11-22"',
                     '19: drugs.a.reviewed: expected a date such as 2026-11-22, got "2026-11-22"; write the date without quotation marks or time'),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_problem_is_told_exactly(name: str) -> None:
    added, message = CASES[name]
    assert messages(HEAD + added + "\n") == [message]


def test_syntax_is_told_with_its_line() -> None:
    assert messages(HEAD + "uses ==\n") == ["19: : expected TOML, got Invalid value at column 7; mend the syntax there"]


def test_an_effect_in_two_bands_of_one_source() -> None:
    effects = f'side_effects = [\n  {{ band = "rare", {EFFECT} }},\n  {{ band = "common", {EFFECT} }},\n]\n'
    assert messages(HEAD + effects) == [
        '21: drugs.a.side_effects[1].effect: expected a claim once from one source (s), got "e" of the same scope in '
        "side_effects[0] and here; join them, or say what tells them apart"
    ]


def test_a_file_of_the_former_form_is_told_what_to_do() -> None:
    assert messages(HEAD.replace("schema = 2", "schema = 1")) == [
        "1: schema: expected 2, got 1; run drugref check --fix, which converts what a machine can, and see docs/schema-2.md"
    ]


CLAIM = 'effect = "e", sources = ["s"]'


@pytest.mark.parametrize(
    ("claim", "bands"),
    [
        ('incidence = "4.5 %"', ("common", "common")),
        ('incidence = "1–10 %"', ("very-common", "very-common")),
        ('incidence = "1 to < 10 %"', ("common", "common")),
        ('incidence = "≥ 1/100 to < 1/10"', ("common", "common")),
        ('incidence = "≥ 1 % to < 10 %"', ("common", "common")),
        ('incidence = "1–< 10 %"', ("common", "common")),
        ('incidence = "0.1 to < 5 %"', ("common", "uncommon")),
        ('incidence = "1 in 1,000"', ("uncommon", "uncommon")),
        ('incidence = "< 1 %"', ("uncommon", "very-rare")),
        ('incidence = "≥ 5 %"', ("very-common", "common")),
        ('incidence = "> 1 %"', ("very-common", "common")),
        ('incidence = "≤ 20 %"', ("very-common", "very-rare")),
        ('incidence = "2.9 %", measure = "per-year"', ("not-known", "not-known")),
        ('band = "rare", wording = "rarely"', ("rare", "rare")),
        ('band = "uncommon", least = "rare", wording = "seldom"', ("uncommon", "rare")),
    ],
)
def test_the_band_follows_from_the_figure(claim: str, bands: tuple[str, str]) -> None:
    document, problems = load(HEAD + f"side_effects = [ {{ {claim}, {CLAIM} }} ]\n")
    assert problems == []
    assert document
    assert document.drugs["a"].side_effects[0].bands == bands
    assert (document.drugs["a"].side_effects[0].band, document.drugs["a"].side_effects[0].least) == bands


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ('band = "uncommon", incidence = "1 to < 10 %"', "expected common, by the figure (1 to < 10 %)"),
        ('band = "common", incidence = "1–10 %"', "expected very-common, by the figure (1–10 %)"),
        ('band = "common", incidence = "2 %", measure = "per-year"', "expected not-known, by a rate per year"),
        ('least = "rare", incidence = "2 %"', "expected common, by the figure (2 %)"),
        ('band = "rare", least = "common", wording = "w"', "expected a band no more frequent than rare"),
        ('band = "rare", wording = "w", key = true', "expected nothing, as it is computed"),
    ],
)
def test_a_band_that_the_figure_contradicts_is_refused(claim: str, said: str) -> None:
    assert said in " ".join(messages(HEAD + f"side_effects = [ {{ {claim}, {CLAIM} }} ]\n"))


def test_a_reviewed_record_was_read_whole_or_says_why_not() -> None:
    told = 'reviewed = 2026-11-27\nsections = { contraindications = "whole", adverse_reactions = "part" }\n'
    (message,) = messages(HEAD + told)
    assert 'sections.adverse_reactions: expected whole, as the record is reviewed, or a reason, got "part"' in message
    assert messages(HEAD + told.replace(" }", ', reason = "no whole label was at hand" }')) == []


def test_an_unused_source() -> None:
    extra = '[sources.t]\ntitle = "t"\nkind = "review"\nlocator = "t"\nlicence = "t"\nretrieved = 2026-11-22\n'
    assert messages(HEAD + extra) == [
        "19: sources.t: expected a source that some fact names, got no fact names it; cite it, or take it out"
    ]


def test_all_problems_come_in_one_run() -> None:
    found = messages(HEAD.replace("schema = 2", "schema = 3") + 'colour = 1\nrelated = ""\nreviewed = 3\n')
    assert [message.split(":")[0] for message in found] == ["1", "19", "20", "21"]


def test_deep_nesting_is_a_problem_not_a_crash() -> None:
    assert "nested too deep" in messages("a = " + "[" * 100_000)[0] or "TOML" in messages("a = " + "[" * 100_000)[0]


@pytest.mark.parametrize("text", ["", "x = 1", "schema = 2\nsources = 3\ndrugs = []\ndatabase = []", "drugs = {a = 3}"])
def test_any_document_gets_an_answer(text: str) -> None:
    assert messages(text)


def test_the_sample_is_valid() -> None:
    document, problems = load(SAMPLE.read_text(encoding="utf-8"))
    assert problems == []
    assert document is not None
    assert set(document.drugs) == {"emptazole", "examplin"}


def test_nothing_that_json_can_hold_breaks_the_walk() -> None:
    values: tuple[object, ...] = (None, 1.5, [], {}, "x", [1], {"a": {}})
    for value in values:
        assert check_document({"schema": value, "drugs": {"a": value}, "sources": value})[1]
