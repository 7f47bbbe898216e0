"""Canonical form: one form for each document, the same records, comments kept."""

from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from drugref import model
from drugref.curated import canonical
from drugref.curated.toml_lines import Lines
from drugref.curated.validate import check_document, load
from drugref.model import Document, Incidence
from drugref.text import is_unsafe
from tests.conftest import LABELS, SAMPLE

words = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=12)
texts = words.map(canonical.tidy).filter(lambda text: text and not any(map(is_unsafe, text)))
names = st.from_regex(r"[a-z][a-z0-9]{0,6}", fullmatch=True)
cited = st.lists(st.sampled_from(["s-1", "s-2"]), min_size=1, max_size=2, unique=True).map(tuple)
figures = st.one_of(
    st.integers(0, 100).map(lambda n: f"{n} %"), st.integers(1, 99).map(lambda n: f"< {n} %"), st.just("10–63 %")
).map(Incidence.parse)


def effects(effect: str, figure: Incidence | None, serious: bool, sources: tuple[str, ...]) -> model.SideEffect:
    if figure:
        band: Any = figure.band
        return model.SideEffect(effect=effect, band=band, incidence=figure, basis="figures", serious=serious, sources=sources)
    return model.SideEffect(effect=effect, band="rare", basis="wording", wording="rarely", serious=serious, sources=sources)


drugs = st.builds(
    model.Drug,
    inn=names,
    names=st.lists(
        st.builds(
            model.Name,
            name=names.map("brand-{}".format),
            kind=st.sampled_from(get_args(model.NameKind)),
            where=st.none() | texts,
            sources=cited,
        ),
        max_size=3,
        unique_by=lambda name: name.name,
    ).map(tuple),
    summary=st.none() | st.builds(model.Summary, text=texts, sources=cited),
    uses=st.lists(
        st.builds(model.Use, condition=texts, kind=st.sampled_from(get_args(model.UseKind)), sources=cited), max_size=3
    ).map(tuple),
    side_effects=st.lists(
        st.builds(effects, names, st.none() | figures, st.booleans(), cited), max_size=5, unique_by=lambda effect: effect.effect
    ).map(tuple),
    reviewed=st.none() | st.dates(),
)
source = model.Source(title="t", kind="review", locator="l", licence="x", retrieved=date(2026, 1, 1))
documents = st.lists(drugs, max_size=3, unique_by=lambda drug: drug.inn).map(
    lambda found: Document(
        schema=2,
        database=model.Database(name="n", title="t", version="1", licence="x"),
        sources={"s-1": source, "s-2": source},
        drugs={drug.inn: drug for drug in found},
    )
)


@given(documents)
def test_what_is_written_is_read_back(document: Document) -> None:
    text = canonical.write(document)
    read, problems = check_document(tomli.loads(text))
    assert read == canonical.ordered(document)
    # Two generated drugs may share a brand, and a generated source may go unused; nothing else may be wrong.
    assert [problem.place for problem in problems if problem.path[0] != "sources" and "names" not in problem.path] == []


@given(documents)
def test_canonical_form_is_its_own_canonical_form(document: Document) -> None:
    text = canonical.write(document)
    read, _ = check_document(tomli.loads(text))
    assert read is not None
    assert canonical.write(read, text) == text


@given(documents)
def test_every_path_of_the_parser_has_a_line(document: Document) -> None:
    text = canonical.write(document)
    lines = Lines(text)

    def walk(value: Any, path: tuple[Any, ...]) -> None:
        if path:
            assert path in lines.paths
        if isinstance(value, dict):
            for key, entry in value.items():
                walk(entry, (*path, key))
        if isinstance(value, list):
            for index, entry in enumerate(value):
                walk(entry, (*path, index))

    walk(tomli.loads(text), ())


@pytest.mark.parametrize("path", [SAMPLE, LABELS], ids=lambda path: path.name)
def test_the_samples_are_canonical(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    document, _ = load(text)
    assert document is not None
    assert canonical.write(document, text) == text


def test_comments_go_with_what_they_stand_above() -> None:
    text = """# about the file
schema = 2
[drugs.b]  # beside b
inn = "b"
# above the effects
side_effects = [
  # about rare
  { effect = "e", band = "rare", basis = "figures", sources = ["s"] },
  { effect = "f", band = "common", basis = "figures", sources = ["s"] },  # about common
]
[database]
name = "n" # "quoted" # name
title = "has # no comment"
version = '''1'''
licence = "x"
# about the source
[sources.s]
title = "s"
kind = "review"
locator = "l"
licence = "x"
retrieved = 2026-01-01
# the end
"""
    document, problems = load(text)
    assert problems == []
    assert document is not None
    written = canonical.write(document, text)
    assert written.split("\n") == [
        "#:schema ./drugs.schema.json", "# about the file", "schema = 2", "", "[database]", '# "quoted" # name', 'name = "n"',
        'title = "has # no comment"', 'version = "1"', 'licence = "x"', "", "# about the source", "[sources.s]", 'title = "s"',
        'kind = "review"', 'locator = "l"', 'licence = "x"', "retrieved = 2026-01-01", "", "# beside b", "[drugs.b]", 'inn = "b"',
        "# above the effects", "side_effects = [", "  # about common",
        '  { effect = "f", band = "common", basis = "figures", sources = ["s"] },', "  # about rare",
        '  { effect = "e", band = "rare", basis = "figures", sources = ["s"] },', "]", "# the end", "",
    ]  # fmt: skip
    again, _ = load(written)
    assert again is not None
    assert canonical.write(again, written) == written


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ("a = 1\n\nb.c = 2", ("b", "c"), 3),
        ("[[t]]\nx = 1\n[[t]]\nx = [\n1,\n  2]", ("t", 1, "x", 1), 6),
        ("[[t]]\n[[t.u]]\n[t.u.v]\nw = 1", ("t", 0, "u", 0, "v", "w"), 4),
        ('a = """\n#"x"\n"""\nb = {c = [1, {d = 2}]}', ("b", "c", 1, "d"), 4),
        ("'q.r' = 1\n\"s\\u0041\" = 2", ("sA",), 2),
        ("a = '''x''''\nb = 1", ("b",), 2),
        ('a = """x"""""\nb = 1\r\nc = 07:32:00', ("c",), 3),
    ],
)
def test_lines_are_found_in_any_toml(text: str, path: tuple[Any, ...], line: int) -> None:
    tomli.loads(text)
    assert Lines(text).paths[path] == line
