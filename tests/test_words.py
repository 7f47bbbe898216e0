"""Every word and every rule of the readers of labels has a text on which something depends on it."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

import pytest

import drugref.lexicon
from drugref.incidence.prose import arrangements, clauses, guards, reader
from drugref.incidence.rules import Rule
from drugref.incidence.tables import arms
from tests.conftest import ROOT
from tests.words import FRAMES, OUTCOMES, RULES, rows

GOLDEN = ROOT / "tests" / "goldens" / "reader" / "words.tsv"


def golden() -> list[tuple[str, str, str]]:
    lines = GOLDEN.read_text(encoding="utf-8").splitlines()
    return [(name, text, outcome) for name, text, outcome in (line.split("\t") for line in lines)]


def test_every_word_and_rule_is_in_the_golden(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--write-goldens"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_bytes("".join("\t".join(row) + "\n" for row in rows()).encode("utf-8"))
    assert rows() == golden()


@pytest.mark.parametrize("name", OUTCOMES)
def test_what_is_made_of_a_word_or_rule_stays(name: str) -> None:
    held = [row for row in golden() if row[0] == name]
    assert held
    assert [(text, str(OUTCOMES[name](text.replace("\\n", "\n")))) for _, text, _ in held] == [row[1:] for row in held]


def lists() -> Iterator[tuple[str, tuple[str, ...]]]:
    for module in pkgutil.iter_modules(drugref.lexicon.__path__, "drugref.lexicon."):
        held: ModuleType = import_module(module.name)
        for name, value in vars(held).items():
            if name.isupper() and isinstance(value, (tuple, dict)):
                yield f"{module.name.rpartition('.')[2]}.{name}", tuple(value)


def test_every_list_of_the_lexicon_is_asked_after() -> None:
    asked = {entry for frame in FRAMES for entry in frame.entries}
    assert {name: words for name, words in lists() if not set(words) <= asked} == {}


def test_every_list_of_the_lexicon_says_what_it_is_of() -> None:
    for module in pkgutil.iter_modules(drugref.lexicon.__path__, "drugref.lexicon."):
        text = (ROOT / "src" / "drugref" / "lexicon" / f"{module.name.rpartition('.')[2]}.py").read_text(encoding="utf-8")
        for end in (f"\n{mark}\n" for mark in ('""")', "}")):
            assert text.count(end) == text.count(f'{end}"""'), module.name


def test_no_entry_stands_in_a_list_twice() -> None:
    assert {name for name, words in lists() if len(set(words)) < len(words)} == set()


CASES = [(table, rule) for table, (_, rules) in RULES.items() for rule in rules]


@pytest.mark.parametrize(("table", "rule"), CASES, ids=lambda value: value.name if isinstance(value, Rule) else value)
def test_a_rule_holds_for_its_example_and_nothing_else_does(table: str, rule: Rule) -> None:
    by, rules = RULES[table]
    assert by(rules, rule.example) == rule.name
    assert by([other for other in rules if other is not rule], rule.example) is None


@pytest.mark.parametrize("rule", guards.GUARDS, ids=lambda rule: rule.name)
def test_a_guard_keeps_its_example_out(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    assert reader.read_prose(rule.example, ("examplin",))[:2] == ([], [])
    assert rule.name in reader.read_prose(rule.example, ("examplin",)).doubts


@pytest.mark.parametrize("form", reader.FORMS, ids=lambda form: form.name)
def test_a_form_reads_its_example_and_no_other_does(form: reader.Form, monkeypatch: pytest.MonkeyPatch) -> None:
    def read() -> list[str]:
        return [str(figure.incidence) for figure in reader.read_prose(form.example, ("examplin",)).figures]

    before = read()
    assert any("12 %" in text for text in before)
    monkeypatch.setattr(reader, "FORMS", tuple(other for other in reader.FORMS if other is not form))
    assert read() != before


@pytest.mark.parametrize("rule", arrangements.ARRANGEMENTS, ids=lambda rule: rule.name)
def test_an_arrangement_ties_its_example(rule: arrangements.Arrangement) -> None:
    outcome = str(OUTCOMES["rules: arrangements beside a placebo" if rule.beside else "rules: arrangements"](rule.example))
    assert outcome in (f"12% vs 3% ({rule.name})", f"12% vs - ({rule.name})")


@pytest.mark.parametrize("pattern", clauses.PATTERNS, ids=lambda pattern: pattern.name)
def test_a_pattern_is_named_by_what_it_read(pattern: clauses.Pattern) -> None:
    (figure,) = reader.read_prose(pattern.example, ("examplin",)).figures
    assert (str(figure.incidence), figure.rules[0]) == ("12 %", pattern.name)


@pytest.mark.parametrize("giver", arms.GIVERS, ids=lambda giver: giver.name)
def test_a_column_is_given_to_the_drug_by_a_named_rule(giver: arms.Giver) -> None:
    assert giver.name in str(OUTCOMES["rules: columns"](giver.head))
