"""A ready-made store saves the first compilation; one that does not fit its source, or is not whole, saves nothing and harms nothing."""

import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from drugref import places
from drugref.build import ready, stream
from drugref.columns import STORE_VERSION
from drugref.store import Store
from tests.conftest import ROOT, SAMPLE, open_store


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database that comes with drugref, with its ready-made store beside it; return the latter."""
    source = Path(shutil.copy(SAMPLE, tmp_path / "drugs.toml"))
    monkeypatch.setattr(places, "bundled", lambda: str(source))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    made = tmp_path / "drugs.store"
    made.write_bytes(ready.pack(str(source)))
    return made


def held(opened: Store) -> list[str]:
    opened.connection.execute("ATTACH ':memory:' AS scratch")
    return [line for line in opened.connection.iterdump() if "'built'" not in line and "'stamp'" not in line]


def test_nothing_is_compiled_and_the_store_is_the_same(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(stream, "fill", lambda *_: pytest.fail("compiled"))
        unpacked = open_store(places.bundled())
        assert unpacked.path is not None
        assert unpacked.meta("built") > "2026"
        with open_store(places.bundled()) as again:
            assert again.meta("built") == unpacked.meta("built")
    shipped.unlink()
    compiled = open_store(places.bundled(), rebuild=True)
    assert held(unpacked) == held(compiled)


def test_without_a_place_to_write_it_is_unpacked_in_memory(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (shipped.parent / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(shipped.parent / "file"))
    monkeypatch.setattr(stream, "fill", lambda *_: pytest.fail("compiled"))
    opened = open_store(places.bundled())
    assert (opened.path, opened.meta("name")) == (None, "sample")


def of_another_version(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"drugref ", b"drugref 9", 1))


def of_another_source(path: Path) -> None:
    source = Path(places.bundled())
    source.write_text(source.read_text(encoding="utf-8").replace('"yawning"', '"nodding"'), encoding="utf-8")


def no_store(path: Path) -> None:
    path.write_bytes(path.read_bytes().split(b"\n", 1)[0] + b"\n" + zlib.compress(b"no store" * 999))


@pytest.mark.parametrize(
    "spoil",
    [
        of_another_version,
        of_another_source,
        no_store,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(os.urandom(5000)),
        lambda path: path.write_bytes(path.read_bytes()[:-9]),
        lambda path: path.write_bytes(path.read_bytes()[:-9] + b"damage..."),
        lambda path: (path.unlink(), path.mkdir()),
    ],
    ids=["another version", "another source", "no store", "empty", "garbage", "cut short", "damaged", "folder"],
)
def test_what_does_not_fit_or_is_not_whole_is_passed_over(
    shipped: Path, spoil: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[str] = []
    fill = stream.fill
    monkeypatch.setattr(stream, "fill", lambda *values: compiled.append(values[1]) or fill(*values))  # type: ignore[func-returns-value]
    spoil(shipped)
    opened = open_store(places.bundled())
    assert compiled == [places.bundled()]
    assert opened.meta("name") == "sample"
    assert opened.path is not None


def test_only_what_comes_with_drugref_has_one(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = Path(shutil.copy(SAMPLE, shipped.parent / "own.toml"))
    shutil.copy(shipped, own.with_suffix(".store"))
    monkeypatch.setattr(ready, "unpack", lambda _: pytest.fail("looked for"))
    assert open_store(str(own)).meta("name") == "sample"


@pytest.mark.parametrize("source", [SAMPLE, ROOT / "data" / "vocabulary.toml"], ids=lambda source: source.name)
def test_it_is_the_same_whenever_it_is_made(source: Path) -> None:
    code = f"import sys; from drugref.build import ready; sys.stdout.buffer.write(ready.pack({str(source)!r}))"
    made = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(made) == 1
    assert made.pop().startswith(b"drugref %d " % STORE_VERSION)
