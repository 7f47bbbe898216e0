"""What a record is, is told once: every output and every check is a projection of one walk, and nothing falls out of it."""

import json
import subprocess
import sys
from dataclasses import fields, replace
from functools import cache
from typing import Any

import pytest

from drugref import export, query, render, spec
from drugref.build.rows import long_form
from drugref.codec import DecodeError, decode, json_of
from drugref.curated.validate import check_drug, load
from drugref.facts import every, held_by, sourced, walk
from drugref.library import record_of
from drugref.model import Document, Drug, Source
from drugref.pages.drug import pages
from drugref.parts import PARTS
from drugref.query import Filter
from tests.conftest import BUNDLED, LABELS, SAMPLE, Cli, open_store

DATABASES = {"bundled": BUNDLED, "sample": SAMPLE, "labels": LABELS}


@cache
def document(name: str) -> Document:
    found, problems = load(DATABASES[name].read_text(encoding="utf-8"))
    assert found is not None
    assert problems == []
    return found


def drugs() -> list[tuple[str, Drug, dict[str, Source]]]:
    return [(key, drug, held.sources) for held in map(document, DATABASES) for key, drug in held.drugs.items()]


# A model with one more kind of fact.


def test_a_kind_of_fact_without_a_place_is_refused() -> None:
    code = (
        "import dataclasses, typing\nfrom drugref import model\n"
        "@dataclasses.dataclass(frozen=True, kw_only=True)\nclass Drug(model.Drug):\n"
        "    doses: tuple[model.Note, ...] = ()\n"
        "model.Drug = Drug\nimport drugref.facts\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "TypeError: parts.PARTS has no place for doses of model.Drug" in done.stderr


def test_facts_are_what_names_sources() -> None:
    unsourced = {"inn", "related", "reviewed", "sections"}
    assert sourced().keys() == {field.name for field in fields(Drug)} - unsourced
    assert {part.attribute for part in PARTS if part.attribute} | {"texts"} == sourced().keys()


@pytest.mark.parametrize("attribute", sourced())
def test_a_dangling_source_is_reported_wherever_it_stands(attribute: str) -> None:
    key, drug, sources = next(entry for entry in drugs() if held_by(entry[1], attribute))
    value = getattr(drug, attribute)
    first = replace(held_by(drug, attribute)[0], sources=("nosuch",))
    changed: Any = (first, *value[1:]) if isinstance(value, tuple) else first
    values: dict[str, Any] = {attribute: changed}
    problems = check_drug(key, replace(drug, **values), sources)
    assert [problem.got for problem in problems] == ['"nosuch"']


def test_every_fact_is_walked_once_and_told_by_show() -> None:
    for key, drug, sources in drugs():
        walked = [fact.record for fact in walk(drug) if not fact.empty]
        assert sorted(map(repr, walked)) == sorted(repr(fact) for _, fact in every(drug)), key
        cited = {row[5] for row in long_form(drug, sources, document("sample").database, list(walk(drug)))}
        assert {"; ".join(fact.sources) for _, fact in every(drug)} <= cited, key


# One order.


@pytest.mark.parametrize("name", DATABASES)
def test_lines_of_show_follow_the_order_of_its_page(name: str) -> None:
    titles = {part.name: part.title for part in PARTS}
    for found in query.all_drugs([open_store(str(DATABASES[name]))]):
        (page,) = pages("show", [query.record(found)], Filter(), {})
        sections = [section.title for section in page.sections]
        lines = list(dict.fromkeys(row.split("\t")[1] for row in query.long_form(found).split("\n")))
        told = [titles[part] for part in lines if titles.get(part) in sections]
        assert told == [title for title in sections if title in told]
        assert lines[0] == "name"


# One road to the outside.


def test_every_record_comes_back_as_it_went() -> None:
    for _, drug, sources in drugs():
        assert decode(Drug, json.loads(json_of(drug))) == drug
        for source in sources.values():
            assert decode(Source, json.loads(json_of(source))) == source


def test_the_library_gives_what_was_compiled() -> None:
    held = document("sample")
    (found, *_) = query.all_drugs([open_store(str(SAMPLE))])
    assert record_of(found).drug == held.drugs[found.inn]


BAD: dict[str, tuple[list[Any], Any, str]] = {
    "an unknown band": (["side_effects", 1, "band"], "often", "drug.side_effects[1].band: expected one of very-common, common"),
    "a number for text": (["summary", "text"], 3, "drug.summary.text: expected text, got 3"),
    "text for a number": (["side_effects", 0, "incidence", "low"], "ten", "drug.side_effects[0].incidence.low: expected a number, got 'ten'"),
    "no date": (["reviewed"], "soon", "drug.reviewed: expected a date, got 'soon'"),
    "an object for an array": (["uses"], {}, "drug.uses: expected an array, got {}"),
    "null where there must be a value": (["uses", 0, "condition"], None, "drug.uses[0].condition: expected text, got None"),
    "a key more": (["summary", "colour"], "red", "drug.summary: expected the keys of Summary, not more nor less: colour"),
}  # fmt: skip


@pytest.mark.parametrize(("place", "value", "said"), BAD.values(), ids=BAD)
def test_a_stored_value_that_is_none_is_named(place: list[Any], value: Any, said: str) -> None:
    data = json.loads(json_of(document("sample").drugs["examplin"]))
    held = data
    for key in place[:-1]:
        held = held[key]
    held[place[-1]] = value
    with pytest.raises(DecodeError) as error:
        decode(Drug, data, "drug")
    assert said in str(error.value)


def test_a_record_without_a_key_is_refused() -> None:
    data = json.loads(json_of(document("sample").drugs["examplin"]))
    del data["uses"][0]["condition"]
    with pytest.raises(DecodeError, match=r"drug\.uses\[0\]: expected the keys of Use, not more nor less: condition"):
        decode(Drug, data, "drug")


# Registries.


def test_choices_are_the_registries() -> None:
    assert sorted(spec.FORMATS) == sorted(render.ROWS | render.PAGES)
    assert sorted(spec.EXPORTS) == sorted(export.FORMATS | export.FOLDERS)
    for name in spec.FORMATS:
        assert callable(render.renderer(name))
    for name in spec.EXPORTS:
        assert callable(export.renderer(name) if name in export.FORMATS else export.writer(name))


def test_a_format_without_a_renderer_is_an_error(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(KeyError):
        render.renderer("yaml")
    with pytest.raises(KeyError):
        export.renderer("yaml")
    for option in (*spec.COMMANDS["show"].options, *spec.COMMANDS["export"].options):
        if option.name == "format":
            monkeypatch.setattr(option, "choices", (*option.choices, "yaml"))
    assert cli("show", "baclofen", "-f", "yaml")[:2] == (1, "")
    assert cli("export", "baclofen", "-f", "yaml")[:2] == (1, "")
