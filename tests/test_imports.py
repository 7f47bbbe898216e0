"""Imports run one way between rooms, costly ones stay where they are needed, and one module alone touches each outside package."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter

import pytest

from tests.conftest import BUNDLED, ROOT, SAMPLE

SOURCE = ROOT / "src" / "drugref"
FLAT = {
    "base": "errors bands columns parts spec text places answer likeness dosing ndc aside terminal theme output progress job examples first "
    "sqlite",
    "model": "model codec facts",
    "query": "claims store query suggest vocabulary partners patient search compare screen complete library medicines meant unrecorded "
    "class_search",
    "commands": "run names",
    "command line": "cli shortcut __main__",
}
"""Modules that lie in no folder, by the room that they belong to: what a look-up loads is flat, as a folder costs start-up."""
ROOMS = (
    ("base",),
    ("model",),
    ("curated", "lexicon"),
    ("build", "incidence"),
    ("labels", "query"),
    ("importers", "pages"),
    ("render",),
    ("export",),
    ("commands",),
    ("command line",),
)
"""Rooms from bottom to top; each may import from itself and from those below it, not from those beside it."""
HOMES = {
    "typer": {"cli", "__main__"},
    "rich": {"render.table", "progress"},
    "tomli": {"curated.validate", "build.stream"},
    "rapidfuzz": {"likeness"},
    "jellyfish": {"likeness"},
    "lxml": {"importers.markup", "incidence.tables.grid"},
    "pyarrow": {"export.parquet"},
}


@cache
def modules() -> dict[str, ast.Module]:
    found = {}
    for path in SOURCE.rglob("*.py"):
        name = ".".join(path.relative_to(SOURCE).with_suffix("").parts)
        if not name.endswith("__init__"):
            found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room_of(module: str) -> str:
    folder, dot, _ = module.partition(".")
    return folder if dot else next((room for room, names in FLAT.items() if module in names.split()), "")


@cache
def inner_imports() -> dict[str, set[str]]:
    """Return which modules of ours each module imports."""
    trees = modules()
    return {
        name: {item.removeprefix("drugref.") for item in imported(tree) if item.startswith("drugref.")} & trees.keys()
        for name, tree in trees.items()
    }


def test_every_module_has_a_room() -> None:
    known = {room for rank in ROOMS for room in rank}
    assert [name for name in modules() if room_of(name) not in known] == []


def test_imports_run_downwards() -> None:
    height = {room: number for number, rank in enumerate(ROOMS) for room in rank}
    wrong = [
        f"{name} imports {other}"
        for name, others in inner_imports().items()
        for other in sorted(others)
        if room_of(other) != room_of(name) and height[room_of(other)] >= height[room_of(name)]
    ]
    assert wrong == []


def test_no_module_imports_itself_by_way_of_others() -> None:
    TopologicalSorter(inner_imports()).prepare()


@pytest.mark.parametrize("package", HOMES)
def test_an_outside_package_has_its_home(package: str) -> None:
    users = {name for name, tree in modules().items() if any(item.split(".")[0] == package for item in imported(tree))}
    assert users == HOMES[package]


def loaded(*arguments: str) -> set[str]:
    """Return the modules that a run of the command line ends up with."""
    code = (
        "import sys\nfrom drugref.__main__ import entry\n"
        f"code = entry({list(arguments)!r})\nprint(*sorted(sys.modules), sep='\\n', file=sys.stderr)\nsys.exit(code)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode in (0, 3, 4), run.stderr
    return set(run.stderr.split())


NEVER = {"rich", "tomli", "pydantic", "rapidfuzz", "jellyfish", "lxml"}
LEAN = NEVER | set("typer json dataclasses inspect typing re enum subprocess importlib.metadata sqlite3 datetime".split())


@pytest.fixture(scope="module")
def bare() -> set[str]:
    """What an interpreter has loaded when it has done nothing."""
    run = subprocess.run([sys.executable, "-c", "import sys; print(*sys.modules)"], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


@pytest.mark.parametrize(
    ("arguments", "kept_out"),
    [
        (["show", "tizanidine"], LEAN),
        (["mechanism", "Zanaflex"], LEAN),
        (["uses", "tizanidine", "baclofen"], LEAN),
        (["side-effects", "tizanidine"], LEAN),
        (["contraindications", "tizanidine"], LEAN),
        (["side-effects", "--common", "tizanidine"], LEAN),
        (["show", "tizanidine", "--json"], LEAN),
        (["side-effects", "--common"], LEAN),
        (["side-effects", "--effect", "drowsiness"], LEAN),
        (["pharmacokinetics", "tizanidine"], LEAN),
        (["contraindications", "--with", "alcohol"], NEVER | {"typer"}),
        (["search", "drowsiness"], LEAN),
        (["compare", "tizanidine", "baclofen"], NEVER | {"typer"}),
        (["screen", "tizanidine", "ciprofloxacin"], LEAN),
        (["screen", "tizanidine", "ciprofloxacin", "--condition", "pregnancy"], NEVER | {"typer"}),
        (["interactions", "tizanidine"], LEAN),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_look_up_loads_only_what_it_uses(arguments: list[str], kept_out: set[str], bare: set[str]) -> None:
    loaded("uses", "--for", "spasticity", "--db", str(SAMPLE))  # compiles, if nobody has yet
    assert (loaded(*arguments) - bare) & kept_out == set()


def test_importing_the_library_loads_nothing_heavy() -> None:
    code = "import sys; before = set(sys.modules); import drugref; print(*(set(sys.modules) - before))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["drugref"]


def test_the_samples_are_there() -> None:
    assert SAMPLE.exists()
    assert BUNDLED.exists()
