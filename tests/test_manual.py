"""The manual page is what its generator makes of the commands, and formats without a warning."""

import re
import shutil
import subprocess
import tomllib

import pytest

from drugref import spec
from tests.conftest import ROOT
from tools.manual import manual

PAGE = ROOT / "man" / "drugref.1"


def test_it_is_current(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--write-goldens"):
        PAGE.write_text(manual(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == manual(), "run: python -m tools.manual > man/drugref.1"


def test_it_names_every_command_option_and_variable() -> None:
    text = manual().replace("\\-", "-")
    for name, command in spec.COMMANDS.items():
        assert f".SS drugref {name}" in text
        for option in command.options:
            assert all(flag in text for flags in option.flags for flag in flags.split("/"))
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    for variable in re.findall(r"\"(DRUGREF_[A-Z]+)\"", sources):
        assert variable in text


def test_the_wheel_installs_it() -> None:
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["shared-data"] == {"man/drugref.1": "share/man/man1/drugref.1"}


@pytest.mark.skipif(not shutil.which("groff"), reason="groff is not installed")
def test_it_formats_without_a_warning() -> None:
    run = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-rLL=80n", PAGE], capture_output=True, text=True, check=True)
    assert run.stderr == ""
    assert "side-effects" in re.sub(r"\x1b\[\d+m|.\x08", "", run.stdout).replace("‐", "-")
