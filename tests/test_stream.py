"""Compiling table by table gives the same store, or the same message, as reading the whole file."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Never

import pytest

from benchmarks import synthetic
from drugref.build import stream
from drugref.curated import canonical
from drugref.curated.validate import load
from drugref.errors import DrugrefError, InvalidDatabaseError
from tests.conftest import BUNDLED, SAMPLE, open_store
from tests.test_validate import HEAD

SOURCE = 'title = "t"\nkind = "review"\nlocator = "t"\nlicence = "t"\nretrieved = 2026-11-22\n'
CITED = 'uses = [ { condition = "c", kind = "approved", sources = ["t"] } ]\n'
MULTILINE = f'[drugs.b]\ninn = "b"\nsummary = {{ text = """\n[drugs.c] and more {"x" * 200}""", sources = ["s"] }}\n[drugs.c]\ninn = "c"\n{CITED}'
FITTING = {
    "sample": SAMPLE.read_text(encoding="utf-8"),
    "bundled": BUNDLED.read_text(encoding="utf-8"),
    "synthetic": "".join(synthetic.lines(30)),
    "byte order mark": "\ufeff" + HEAD,
    "carriage returns": HEAD.replace("\n", "\r\n"),
    "comments": HEAD.replace("\n\n", "\n# [drugs.x]\n\n"),
    "tables in a drug": HEAD + '[drugs.a.class]\npath = ["x"]\nsources = ["s"]\n[[drugs.a.names]]\nname = "A1"\nkind = "brand"\nsources = ["s"]\n',
}  # fmt: skip
NOT_FITTING = {
    "header in a text": HEAD + f"[sources.t]\n{SOURCE}{MULTILINE}",
    "header in a text, twice": HEAD.replace("[drugs.a]", f"[sources.t]\n{SOURCE}[drugs.a]") + MULTILINE.replace("[drugs.c] and", "[drugs.c]\n[drugs.d] and"),
    "sources last": HEAD + f'[drugs.b]\ninn = "b"\n{CITED}[sources.t]\n{SOURCE}',
    "drugs in another order": HEAD.replace("[drugs.a]", '[drugs.b]\ninn = "b"\n[drugs.a]'),
    "one name for two": HEAD + '[drugs.b]\ninn = "b"\nnames = [ { name = "A", kind = "brand", sources = ["s"] } ]\n',
    "one name twice": HEAD + 'names = [ { name = "A!", kind = "brand", sources = ["s"] }, { name = "B", kind = "brand", sources = ["s"] }, { name = "b", kind = "code", sources = ["s"] } ]\n',
    "dangling source": HEAD + f'[drugs.b]\ninn = "b"\n{CITED}',
    "unused source": HEAD.replace("[drugs.a]", f"[sources.t]\n{SOURCE}[drugs.a]"),
    "source twice": HEAD.replace("[drugs.a]", f"[sources.s]\n{SOURCE}[drugs.a]"),
    "drug twice": HEAD + '[drugs.b]\ninn = "b"\n[drugs.a]\ninn = "a"\n',
    "drugs opened twice": HEAD + '[drugs]\n[drugs.b]\ninn = "b"\n[drugs]\n',
    "drugs as a value": "drugs = {}\n" + HEAD,
    "another table": HEAD + "[other]\n[drugs.b]\ninn = 'b'\n",
    "wrong schema": HEAD.replace("schema = 2", "schema = 3"),
    "schema of another type": HEAD.replace("schema = 2", "schema = true"),
    "no drugs": HEAD[: HEAD.index("[drugs")],
    "header alone": HEAD[: HEAD.index("[sources")],
    "nothing": "",
    "not TOML at the end": HEAD + '[drugs.b]\ninn = "b"\nuses ==\n',
    "unknown key": HEAD + '[drugs.b]\ninn = "b"\ncolour = "red"\n',
    "key that is not the name": HEAD + '[drugs.b]\ninn = "c"\n',
    "two statements of an effect": HEAD + 'side_effects = [ { effect = "e", band = "rare", basis = "figures", sources = ["s"] }, { effect = "e", band = "common", basis = "figures", sources = ["s"] } ]\n',
}  # fmt: skip


@pytest.fixture(autouse=True)
def small_pieces(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every table a piece of its own; of a large file, every one that is long."""
    large = getattr(request.node, "callspec", None) and request.node.callspec.params.get("name") == "bundled"
    monkeypatch.setattr(stream, "_PIECE", 4096 if large else 64)


def compiled(path: Path) -> list[str] | str:
    """Return a fresh store's content, but for the time, or the message of what forbids it."""
    try:
        store = open_store(str(path), rebuild=True)
    except DrugrefError as error:
        return f"{error.exit_code}: {error}"
    store.connection.execute("ATTACH ':memory:' AS scratch")
    timeless = ("'built'", "'stamp'")
    return [line for line in store.connection.iterdump() if not any(key in line for key in timeless)]


def whole(*_: object) -> Never:
    raise stream.NotStreamedError


@pytest.mark.parametrize("name", [*FITTING, *NOT_FITTING])
def test_both_ways_give_the_same(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "drugs.toml"
    path.write_bytes({**FITTING, **NOT_FITTING}[name].encode())
    os.utime(path, (0, 0))
    streamed = compiled(path)
    monkeypatch.setattr(stream, "fill", whole)
    assert streamed == compiled(path)


@pytest.mark.parametrize("name", [*FITTING, *NOT_FITTING])
def test_what_fits_is_streamed(name: str, tmp_path: Path) -> None:
    path = tmp_path / "drugs.toml"
    path.write_bytes({**FITTING, **NOT_FITTING}[name].encode())
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        if name in FITTING:
            stream.fill(connection, str(path), {}, lambda checksum: None)
        else:
            # That a file is empty is known before it is read.
            with pytest.raises(InvalidDatabaseError if name == "nothing" else stream.NotStreamedError):
                stream.fill(connection, str(path), {}, lambda checksum: None)


def test_little_is_held_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "drugs.toml"
    path.write_text("".join(synthetic.lines(30)), encoding="utf-8")
    sizes: list[int] = []
    parse = stream._parse
    monkeypatch.setattr(stream, "_parse", lambda piece: sizes.append(len(piece)) or parse(piece))  # type: ignore[func-returns-value]
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        stream.fill(connection, str(path), {}, lambda checksum: None)
    assert sum(sizes) == path.stat().st_size
    assert max(sizes) < 3000


def test_what_cannot_be_read_again_is_read_whole(tmp_path: Path) -> None:
    """A pipe, such as the shell's ``<(…)``."""
    reader, writer = os.pipe()
    os.write(writer, SAMPLE.read_bytes())
    os.close(writer)
    try:
        assert open_store(f"/dev/fd/{reader}").meta("name") == "sample"
    finally:
        os.close(reader)


@pytest.mark.parametrize("count", [1, 25])
def test_synthetic_databases_are_valid_and_canonical(count: int) -> None:
    text = "".join(synthetic.lines(count))
    document, problems = load(text)
    assert problems == []
    assert document is not None
    assert list(document.drugs) == [synthetic.name(number) for number in range(count)]
    assert canonical.write(document, text) == text


def test_synthetic_drugs_are_the_same_in_databases_of_any_size() -> None:
    def drugs(count: int) -> Iterator[str]:
        return (table for table in synthetic.lines(count) if table.startswith("\n[drugs."))

    assert list(drugs(20))[:5] == list(drugs(5))
