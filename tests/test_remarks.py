"""What stands on standard error for people: folded at words, short; problems that can be clicked; a database removed."""

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugref import output, terminal
from drugref.commands.databases import size
from tests.conftest import SAMPLE, Cli


@given(st.lists(st.text("ab–é", min_size=1, max_size=9)), st.integers(20, 60))
def test_lines_are_folded_between_words(words: list[str], width: int) -> None:
    text = f"drugref: {' '.join(words)}\n"
    folded = output.folded(text, width)
    assert folded.split() == text.split()
    assert max(map(len, folded.splitlines())) <= width
    assert all(line.startswith("  ") for line in folded.splitlines()[1:])


def test_a_word_wider_than_the_terminal_stays_whole() -> None:
    assert output.folded("drugref: " + "x" * 50 + " end\n", 20) == "drugref:\n  " + "x" * 50 + "\n  end\n"


def test_on_a_terminal_they_are_folded_and_elsewhere_not() -> None:
    words = ["contraindications", "--with", "no such condition that anybody would ever record of any drug in a database"]
    command = [sys.executable, "-m", "drugref", *words]
    assert subprocess.run(command, capture_output=True, check=False).stderr.count(b"\n") == 1
    leader, follower = pty.openpty()
    os.set_blocking(leader, False)
    import fcntl
    import struct
    import termios

    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 40, 0, 0))
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=follower, check=False)
    lines = os.read(leader, 10_000).decode().splitlines()
    os.close(leader)
    os.close(follower)
    assert len(lines) > 2
    assert max(map(len, lines)) <= 40


def test_many_names_are_counted_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"n{number}" for number in range(20)]
    assert output.few(names) == ", ".join(names)
    monkeypatch.setattr(terminal, "error_width", lambda: 80)
    assert output.few(names) == "n0, n1, n2, n3, n4, n5, n6, n7 and 12 more"
    assert output.few(names[:9]) == ", ".join(names[:9])


@pytest.mark.parametrize("shown_as", ["table", "plain"])
def test_a_problem_is_a_line_that_can_be_clicked(shown_as: str, cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(SAMPLE.read_text(encoding="utf-8").replace('"very-rare"', '"seldom"'), encoding="utf-8")
    line = next(number for number, text in enumerate(path.read_text().splitlines(), 1) if '"seldom"' in text)
    code, out, _ = cli("check", str(path), "-f", shown_as)
    assert code == 5
    assert out.startswith(f"{path}:{line}: drugs.examplin.side_effects[4].band: expected ")
    assert out.count("\n") == 1
    assert cli("check", str(SAMPLE), "-f", shown_as)[:2] == (0, "")


def test_databases_for_people(cli: Cli) -> None:
    out = cli("databases", "-f", "table")[1]
    assert any(unit in out for unit in (" kB", " MB"))
    assert "T" not in out.split("bundled", 1)[1].split("MB")[0].replace("TOML", "")
    assert cli("databases")[1].split("\t")[4].isdigit()


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),
        (12e9, "12 GB"),
        (2e15, "2000 TB"),
    ],
)
def test_sizes(count: float, text: str) -> None:
    assert size(int(count)) == text


class TestRemove:
    @pytest.fixture
    def folder(self, home: Path) -> Path:
        home.mkdir(parents=True)
        (home / "ward.toml").write_bytes(SAMPLE.read_bytes())
        return home

    def typed(self, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))

    @pytest.mark.parametrize("name", ["ward", "ward.toml"])
    def test_once_its_name_is_typed_again(self, name: str, folder: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
        self.typed(monkeypatch, f"{name}\n")
        code, out, err = cli("databases", "--remove", name)
        assert (code, out) == (0, "")
        assert "2 drugs" in err or "drugs) will be removed for good" in err
        assert err.endswith(f"{folder / 'ward.toml'}: removed\n")
        assert list(folder.iterdir()) == []

    @pytest.mark.parametrize("text", ["", "\n", "y\n", "yes\n", "WARD\n", "war\n", " ward\n", "ward.toml\n"])
    def test_not_otherwise(self, text: str, folder: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
        self.typed(monkeypatch, text)
        code, out, err = cli("databases", "--remove", "ward")
        assert (code, out) == (1, "")
        assert "nothing was removed" in err
        assert (folder / "ward.toml").exists()

    @pytest.mark.parametrize("name", ["bundled", "nosuch", "../drugref/ward", "", ".", "..", "/etc/passwd", "ward.sqlite"])
    def test_only_what_lies_in_the_folder(self, name: str, folder: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
        self.typed(monkeypatch, f"{name}\n")
        code, _, err = cli("databases", "--remove", name)
        assert code == 1
        assert "no database" in err
        assert (folder / "ward.toml").exists()

    def test_a_name_of_two_files_is_asked_about(self, folder: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
        (folder / "ward.sqlite").write_bytes(b"damaged")
        self.typed(monkeypatch, "ward\n")
        assert "may mean ward.sqlite or ward.toml" in cli("databases", "--remove", "ward")[2]
        self.typed(monkeypatch, "ward.sqlite\n")
        assert cli("databases", "--remove", "ward.sqlite")[0] == 0
        assert [path.name for path in folder.iterdir()] == ["ward.toml"]

    def test_of_a_link_the_link_goes(self, folder: Path, tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "far.toml").write_bytes(SAMPLE.read_bytes())
        (folder / "far.toml").symlink_to(tmp_path / "far.toml")
        self.typed(monkeypatch, "far\n")
        assert cli("databases", "--remove", "far")[0] == 0
        assert (tmp_path / "far.toml").exists()
