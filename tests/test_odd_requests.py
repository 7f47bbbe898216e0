"""Whatever is asked, under whatever circumstances, something is said, once and shortly."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from drugref import places, terminal
from tests.conftest import SAMPLE, Cli, process

NOT_SAFE = "this is not evidence of safety"


def test_no_names_on_standard_input_is_said() -> None:
    for command in (["show"], ["contraindications"], ["side-effects", "--effect", "nausea"], ["export", "-f", "jsonl"]):
        run = process(*command, "-", stdin=b"\n \n")
        assert (run.returncode, run.stdout) == (4, b"")
        assert b"drugref: there are no names on standard input\n" in run.stderr


@pytest.mark.parametrize("options", [["--class", "zzz"], ["--atc", "Z99"], ["--status", "suspended", "--class", "zzz"]])
def test_a_list_of_nothing_is_said(cli: Cli, options: list[str]) -> None:
    code, out, err = cli("list", *options)
    assert (code, out) == (4, "")
    assert err.endswith(f"drugref: nothing recorded matches; {NOT_SAFE}\n")


def test_names_are_read_as_a_stream() -> None:
    """Of a line with tabs the first cell counts, however long the line; a line that is no name is refused at its bound."""
    stdin = b"baclofen\t" + b"x" * 3_000_000 + b"\ntizanidine\rdantrolene\nbaclofen\n"
    run = process("mechanism", "-", stdin=stdin)
    assert (run.returncode, run.stderr) == (0, b"")
    drugs = dict.fromkeys(line.split("\t")[0] for line in run.stdout.decode().splitlines())
    assert list(drugs) == ["baclofen", "tizanidine", "dantrolene"]
    with open("/dev/zero", "rb") as zeros:
        endless = subprocess.run(
            [sys.executable, "-m", "drugref", "show", "-"], stdin=zeros, capture_output=True, timeout=20, check=False
        )
    assert (endless.returncode, endless.stdout) == (1, b"")
    assert endless.stderr == b"drugref: cannot read names: line 1 of standard input has more than 10000 bytes\n"


@pytest.mark.parametrize("limit", [2**31, 2**63 - 2, 2**63 - 1, 2**64, 10**30])
def test_a_limit_may_be_any_number(cli: Cli, limit: int) -> None:
    assert cli("search", "spasticity", "--limit", str(limit)) == cli("search", "spasticity", "--limit", "0")


def test_a_search_has_a_bound_on_its_words(cli: Cli) -> None:
    code, out, err = cli("search", *(f"w{number}" for number in range(3000)))
    assert (code, out, err) == (2, "", "drugref: search: at most 200 words at a time, not 3000\n")


@pytest.mark.parametrize(
    "arguments",
    [["list", "-f", "x" * 100_000], ["x" * 100_000, "y"], ["search", '"' + "x" * 100_000], ["show", "baclofen", "--" + "x" * 100_000],
     ["side-effects", "--frequency", "x" * 100_000], ["list", "--status", "\x1b" * 100_000]],
)  # fmt: skip
def test_a_message_repeats_no_endless_argument(cli: Cli, arguments: list[str]) -> None:
    code, out, err = cli(*arguments)
    assert (code in (2, 3), out) == (True, "")
    assert len(err) < 1500 * (4 if "\x1b" in arguments[-1] else 1)


def test_help_for_a_reader_that_went_away_is_141() -> None:
    for arguments in (["--help"], ["show", "--help"], ["--version"]):
        reader, writer = os.pipe()
        os.close(reader)
        try:
            run = subprocess.run(
                [sys.executable, "-m", "drugref", *arguments], stdout=writer, stderr=subprocess.PIPE, check=False
            )
        finally:
            os.close(writer)
        assert (run.returncode, run.stderr) == (141, b"")


class TestEnvironment:
    def test_an_empty_home_is_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for variable in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
            monkeypatch.delenv(variable)
        monkeypatch.setenv("HOME", "")
        assert (places.data_folder(), places.cache_folder()) == (None, None)

    @pytest.mark.parametrize("slashes", ["/", "//", "///"])
    def test_paths_may_begin_with_several_slashes(
        self, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slashes: str
    ) -> None:
        monkeypatch.setenv("XDG_CACHE_HOME", f"{slashes}{tmp_path}/cache")
        for _ in range(2):
            assert cli("list", "--db", f"{slashes}{SAMPLE}")[0] == 0
        made = list((tmp_path / "cache" / "drugref").glob("*.sqlite"))
        assert cli("list", "--db", f"{slashes}{made[0]}")[0] == 0
        monkeypatch.setattr("drugref.store._compile", lambda *_: pytest.fail("compiled again"))
        assert cli("list", "--db", f"{slashes}{SAMPLE}")[0] == 0

    @pytest.mark.parametrize("columns", ["99999999999", "-5", "0", "", "x", "²", "9" * 5000])
    def test_any_value_of_columns(self, cli: Cli, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
        monkeypatch.setenv("COLUMNS", columns)
        code, out, err = cli("list", "-f", "table")
        assert (code, err) == (0, "")
        assert 20 <= terminal.width() <= 1000
        assert max(map(len, out.splitlines())) <= 1000

    def test_a_deleted_current_folder(self, tmp_path: Path) -> None:
        gone = str(tmp_path / "gone")
        code = (
            f"import os; os.mkdir({gone!r}); os.chdir({gone!r}); os.rmdir({gone!r}); from drugref.__main__ import main; main()"
        )
        for arguments, expected in (
            (["show", "baclofen"], 0),
            (["list", "--db", "x.toml"], 1),
            (["list", "--db", "x.sqlite"], 1),
        ):
            run = subprocess.run([sys.executable, "-P", "-c", code, *arguments], capture_output=True, check=False)
            assert run.returncode == expected
            assert run.stderr.startswith(b"drugref: no such database: ") == bool(expected)

    @pytest.mark.parametrize("position", ["x", "", "-1", "²", "99999999999999"])
    @pytest.mark.parametrize("words", ["drugref\nshow\nbacl", "", "drugref"])
    def test_completion_of_nonsense_is_quiet(self, position: str, words: str) -> None:
        run = process(env={"_DRUGREF_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": position})
        assert (run.returncode in (0, 1), run.stderr) == (True, b"")


@pytest.mark.parametrize(
    ("pager", "shown"), [("false", True), ("sh -c 'exit 3'", True), ('"', True), ("nosuchpager", True), ("true", False)]
)
def test_a_page_is_not_lost_with_its_pager(pager: str, shown: bool) -> None:
    """On a terminal of ten lines; a pager that ends well has shown what it wanted."""
    master, slave = pty.openpty()
    environment = {**os.environ, "PAGER": pager, "TERM": "xterm", "COLUMNS": "80", "LC_ALL": "C.UTF-8"}
    code = "import os, fcntl, termios, struct; fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack('HHHH', 10, 80, 0, 0)); from drugref.__main__ import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", code, "show", "baclofen"], stdin=slave, stdout=slave, stderr=slave, env=environment
    ) as run:
        os.close(slave)
        out = b""
        try:
            while chunk := os.read(master, 1 << 16):
                out += chunk
        except OSError:
            pass  # the terminal's other end is closed
        os.close(master)
    assert run.returncode == 0
    assert (b"baclofen" in out) == shown
