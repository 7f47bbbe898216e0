"""Completion: drugs, commands, options and their values; the quick way says what Typer would."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from drugref import complete
from tests.conftest import SAMPLE, process

BASH = {"_DRUGREF_COMPLETE": "complete_bash"}
ZSH = {"_DRUGREF_COMPLETE": "complete_zsh"}
FISH = {"_DRUGREF_COMPLETE": "complete_fish", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}


def bash(*words: str) -> list[str]:
    run = process(env={**BASH, "COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)})
    assert (run.returncode, run.stderr) == (0, b"")
    return run.stdout.decode().split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["drugref", "mech"], ["mechanism"]),
        (["drugref", "show", "tizanid"], ["tizanidine", "tizanidine-hydrochloride"]),
        (["drugref", "show", "baclofen", "Tizanidin"], ["Tizanidine", "Tizanidine-hydrochloride"]),
        (["drugref", "contraindications", "zanaf"], ["zanaflex"]),
        (
            ["drugref", "compare", "baclofen", "dantro"],
            ["dantrolene", "dantrolene-sodium", "dantroche-Hibitane", "dantrolen", "dantromin", "dantron"],
        ),
        (["drugref", "screen", "--drug", "zanaf"], ["zanaflex"]),
        (["drugref", "sources", "inaperis"], ["inaperisone", "inaperisone-hydrochloride"]),
        (["drugref", "side-effects", "--frequency", "very"], ["very-common", "very-rare"]),
        (["drugref", "side-effects", "--at-least", "un"], ["uncommon"]),
        (["drugref", "side-effects", "--common", "inaperisone-h"], ["inaperisone-hydrochloride"]),
        (["drugref", "show", "-f", "js"], ["json", "jsonl"]),
        (["drugref", "show", "--col"], ["--color"]),
        (["drugref", "list", "--status", "with"], ["withdrawn"]),
        (["drugref", "show", "nosuchdrug"], []),
        (["drugref", "side-effects", "--effect", "dry-mou"], ["dry-mouth"]),
        (["drugref", "side-effects", "--common", "--effect", "Dry-m"], ["Dry-mouth"]),
        (["drugref", "side-effects", "--effect", ""], []),
        (["drugref", "contraindications", "--with", "porph"], ["porphyria"]),
        (["drugref", "screen", "--condition", "porph"], ["porphyria"]),
        (["drugref", "uses", "--for", "panic"], ["panic-disorder"]),
        (["drugref", "list", "--use", "recent-myoc"], []),
        (["drugref", "list", "--class", "centrally"], ["centrally-acting-muscle-relaxants"]),
        (["drugref", "side-effects", "--effect", "nosucheffect"], []),
    ],
    ids=lambda value: " ".join(value),
)
def test_bash(words: list[str], offered: list[str]) -> None:
    assert bash(*words) == offered


def test_words_are_offered_though_they_stand_there_by_their_stems() -> None:
    assert "drowsiness" in bash("drugref", "side-effects", "--effect", "drowsin")
    assert all(word.startswith("dry-") for word in bash("drugref", "side-effects", "--effect", "dry"))


@pytest.mark.parametrize(
    "typed",
    [
        "drugref show tizanid",
        "drugref uses ",
        "drugref show nosuchdrug",
        "drugref show baclofen Tizan",
        "drugref side-effects --effect drowsin",
        "drugref list --class muscle",
        "drugref uses --for qqqq",
    ],
)
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "fish-asks"])
def test_the_quick_way_says_what_typer_says(typed: str, shell: str) -> None:
    words = typed.split(" ")
    environment = {
        "bash": {**BASH, "COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)},
        "zsh": {**ZSH, "_TYPER_COMPLETE_ARGS": typed},
        "fish": {**FISH, "_TYPER_COMPLETE_ARGS": typed},
        "fish-asks": {**FISH, "_TYPER_COMPLETE_FISH_ACTION": "is-args", "_TYPER_COMPLETE_ARGS": typed},
    }[shell]
    quick = process(env=environment)
    code = "from drugref import complete; complete.answer = lambda: None; from drugref.__main__ import main; main()"
    slow = subprocess.run([sys.executable, "-c", code], capture_output=True, env={**os.environ, **environment}, check=False)
    assert (quick.returncode, quick.stdout.strip()) == (slow.returncode, slow.stdout.strip())


def test_names_a_shell_would_have_to_quote_are_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRUGREF_DB", str(SAMPLE))
    assert complete.drugs("example") == []
    assert complete.drugs("exampl") == ["examplin", "examplin-hydrochloride"]
    assert "examplin" in complete.drugs("")


def test_a_broken_database_does_not_disturb_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.toml").write_text("nonsense")
    monkeypatch.setenv("DRUGREF_DB", str(tmp_path / "x.toml"))
    assert complete.drugs("inaperisone-") == ["inaperisone-hydrochloride"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_scripts_for_the_shells(shell: str) -> None:
    run = process("--show-completion", shell, env={"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"})
    assert run.returncode == 0
    assert b"_DRUGREF_COMPLETE=complete_" + shell.encode() in run.stdout


@pytest.mark.parametrize(
    ("shell", "file"),
    [("bash", ".bash_completions/drugref.sh"), ("zsh", ".zfunc/_drugref"), ("fish", ".config/fish/completions/drugref.fish")],
)
def test_one_command_installs_it(shell: str, file: str, tmp_path: Path) -> None:
    environment = {"HOME": str(tmp_path), "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    for _ in range(2):
        run = process("--install-completion", shell, env=environment)
        assert (run.returncode, run.stderr) == (0, b"")
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert text.count("complete_" + shell) == (2 if shell == "fish" else 1)
    assert (text.splitlines()[-1] == '_drugref_completion "$@"') == (shell == "zsh")


@pytest.mark.skipif(not shutil.which("zsh"), reason="zsh is not installed")
def test_zsh_reads_what_was_installed(tmp_path: Path) -> None:
    environment = {"HOME": str(tmp_path), "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    process("--install-completion", "zsh", env=environment)
    run = subprocess.run(["zsh", "-n", tmp_path / ".zfunc" / "_drugref"], capture_output=True, check=False)
    assert (run.returncode, run.stderr) == (0, b"")
