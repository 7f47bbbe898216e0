"""What the tests share: a home of their own, the command line as a function and as a process, and the sample databases."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from drugref import places, store

# Where it is set, every process that a test starts would compile all of drugref anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "tests" / "samples" / "sample.toml"
LABELS = ROOT / "tests" / "samples" / "labels.toml"
BUNDLED = ROOT / "data" / "drugs.toml"

# Machines differ in speed; no test depends on it.
settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("brief", settings.get_profile("steady"), max_examples=20)
settings.load_profile("steady")

Cli = Callable[..., tuple[int, str, str]]
_TERMINAL = (
    "NO_COLOR",
    "FORCE_COLOR",
    "CLICOLOR_FORCE",
    "COLUMNS",
    "LC_ALL",
    "LC_CTYPE",
    "LANG",
    "PAGER",
    "DRUGREF_DB",
    "DRUGREF_COLORS",
    "DRUGREF_PLAIN",
    "FORCE_HYPERLINK",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-goldens", action="store_true", help="write tests/goldens anew; read the difference in review")


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder for the whole run, so that the bundled database is compiled once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test an empty home and a plain environment; return the folder of the user's databases (not made yet)."""
    for variable in _TERMINAL:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    return tmp_path / "data" / "drugref"


@pytest.fixture
def warm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of this test alone, in which what comes with drugref is compiled already."""
    folder = tmp_path / "cache" / "drugref"
    folder.mkdir(parents=True)
    for opened in (store.open_store(places.bundled()), store.open_vocabulary()):
        opened.close()
        assert opened.path
        shutil.copy2(opened.path, folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder.parent))
    return folder


_opened: list[store.Store] = []


@pytest.fixture(autouse=True)
def closing() -> Iterator[None]:
    """Close what a test opened; an open one that is forgotten is a warning, and so an error, from Python 3.13 on."""
    yield
    while _opened:
        _opened.pop().close()


def open_store(source: str, *, rebuild: bool = False) -> store.Store:
    """Open a store until the test ends."""
    _opened.append(store.open_store(source, rebuild=rebuild))
    return _opened[-1]


def open_vocabulary() -> store.Store:
    """Open the thesaurus until the test ends."""
    _opened.append(store.open_vocabulary())
    return _opened[-1]


@pytest.fixture
def cli(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Run the command line in this process; return exit code, standard output and standard error.

    Labels of the samples do not grow old in it, so that what is said there is the same in every year.
    """
    from drugref.__main__ import entry
    from drugref.commands import facts

    monkeypatch.setattr(facts, "two_years_ago", lambda: "2020-01-01")

    def run(*arguments: str) -> tuple[int, str, str]:
        capfd.readouterr()
        code = entry(list(arguments))
        out, err = capfd.readouterr()
        return code, out, err

    return run


def process(
    *arguments: str, stdin: bytes | None = b"", env: dict[str, str] | None = None, **options: object
) -> subprocess.CompletedProcess[bytes]:
    """Run the command line as a process of its own."""
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [sys.executable, "-m", "drugref", *arguments],
        input=stdin,
        capture_output=True,
        env={**os.environ, **(env or {})},
        **options,
    )
