"""Imports run one way, costly ones stay where they are needed, and one module alone touches each outside package."""

import ast
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.conftest import BUNDLED, ROOT, SAMPLE

SOURCE = ROOT / "src" / "drugref"
LAYERS = (
    ("errors", "bands", "columns"),
    ("text", "places", "answer", "likeness", "aside"),
    ("model", "job"),
    (
        "toml_lines",
        "schema",
        "terminal",
        "archive",
        "labels.label",
        "labels.workers",
        "labels.product_kind",
        "labels.ingredients",
        "labels.grouping",
    ),
    ("incidence.figures", "incidence.grid", "incidence.patterns", "incidence.terms"),
    ("incidence.shares", "incidence.cells", "incidence.row_terms", "incidence.table_kind"),
    ("incidence.passages", "incidence.clauses", "incidence.heads"),
    ("incidence.scopes", "incidence.names"),
    ("incidence.arms", "incidence.layout"),
    ("incidence.items", "incidence.tables"),
    ("incidence.prose",),
    ("incidence.label_section",),
    ("output", "validate", "rows", "markup", "labels.statements", "labels.effects"),
    ("canonical", "compile", "progress", "labels.record"),
    (
        "stream",
        "labels.records",
        "importers.sider_files",
        "importers.openfda_files",
        "importers.openfda_label",
        "importers.spl_sections",
    ),
    ("store", "importers.sider", "importers.openfda", "importers.dailymed"),
    ("importers.registry",),
    ("vocabulary", "suggest"),
    ("compare",),
    ("screen",),
    ("query",),
    ("search", "complete"),
    ("view",),
    ("view_found",),
    ("render.tsv", "render.csv", "render.json", "render.jsonl", "render.table", "render.markdown", "library"),
    ("run", "export.facts"),
    ("export.jsonl", "export.parquet", "export.fhir"),
    ("curate", "find", "together", "export.command", "intake"),
    ("cli",),
    ("__main__",),
)
"""Modules from bottom to top; each may import those below it."""
HOMES = {
    "typer": {"cli", "__main__"},
    "rich": {"render.table", "progress"},
    "tomli": {"validate", "stream"},
    "rapidfuzz": {"likeness"},
    "jellyfish": {"likeness"},
    "lxml": {"markup", "incidence.grid"},
    "ijson": {"importers.openfda_files"},
    "pyarrow": {"export.parquet"},
}


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


def test_every_module_has_a_layer() -> None:
    assert sorted(modules()) == sorted(name for layer in LAYERS for name in layer)


def test_imports_run_downwards() -> None:
    height = {name: number for number, layer in enumerate(LAYERS) for name in layer}
    wrong = [
        f"{name} imports {other}"
        for name, tree in modules().items()
        for other in {item.removeprefix("drugref.") for item in imported(tree) if item.startswith("drugref.")}
        if other in height and other != name and height[other] >= height[name]
    ]
    assert wrong == []


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
LEAN = NEVER | {"typer", "json", "dataclasses", "inspect", "typing", "re", "enum", "subprocess", "importlib.metadata"}


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
        (["side-effects", "--common", "tizanidine"], NEVER),
        (["show", "tizanidine", "--json"], NEVER),
        (["side-effects", "--effect", "drowsiness"], NEVER),
        (["search", "drowsiness"], LEAN),
        (["compare", "tizanidine", "baclofen"], NEVER),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_look_up_loads_only_what_it_uses(arguments: list[str], kept_out: set[str], bare: set[str]) -> None:
    loaded("uses", "--for", "spasticity")  # compiles, if nobody has yet
    assert (loaded(*arguments) - bare) & kept_out == set()


def test_importing_the_library_loads_nothing_heavy() -> None:
    code = "import sys; before = set(sys.modules); import drugref; print(*(set(sys.modules) - before))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["drugref"]


def test_the_samples_are_there() -> None:
    assert SAMPLE.exists()
    assert BUNDLED.exists()
