"""What people and machines feed in: one clear line or correct output, never a traceback, never half a line, never an escape."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SAMPLE, Cli, process

DB = ("--db", str(SAMPLE))


def told(err: bytes | str) -> str:
    """Return the message on standard error, after checking that it is clean."""
    text = err.decode("utf-8") if isinstance(err, bytes) else err
    assert "Traceback" not in text
    assert "\x1b" not in text
    assert all(line.startswith("drugref: ") for line in text.splitlines())
    return text


@pytest.mark.parametrize(
    "name",
    ["", " ", "\x1b[31mbaclofen", "bac\tlofen", "baclofen\n", "[bold]baclofen[/bold]", ":smile:", "x" * 100_000, "ба́клофен", "\u202ebaclofen", "'; DROP TABLE drug; --", "%", "_"],
    ids=lambda name: ascii(name[:20]),
)  # fmt: skip
def test_odd_names_are_unknown_drugs(cli: Cli, name: str) -> None:
    code, out, err = cli("show", name)
    assert (code, out) == (3, "")
    assert len(told(err)) < 200
    assert "unknown drug" in err


def test_binary_names_from_arguments_and_standard_input() -> None:
    for run in (
        process("show", os.fsdecode(b"\xff\xfebaclofen")),
        process("show", "-", stdin=b"\xff\x00\x1b[31m\n" + b"y" * 9_999),
    ):
        assert (run.returncode, run.stdout) == (3, b"")
        assert len(told(run.stderr)) < 400


def test_closed_standard_input() -> None:
    run = subprocess.run(["sh", "-c", f"{sys.executable} -m drugref show - <&-"], capture_output=True, check=False)
    assert (run.returncode, run.stdout) == (1, b"")
    assert told(run.stderr) == "drugref: cannot read names: standard input is closed\n"


@pytest.mark.parametrize("arguments", ["show baclofen", "side-effects --common", "list -f json", "show baclofen -f table"])
def test_closed_standard_output(arguments: str) -> None:
    run = subprocess.run(["sh", "-c", f"{sys.executable} -m drugref {arguments} >&-"], capture_output=True, check=False)
    assert run.returncode == 1
    assert told(run.stderr) == "drugref: standard output is closed\n"


@pytest.mark.parametrize("arguments", ["--help", "", "--version", "help show", "show --help"])
def test_help_with_nowhere_to_go_could_not_be_given(arguments: str) -> None:
    for target, words in ((">&-", "standard output is closed"), (">/dev/full", "cannot write: No space left on device")):
        run = subprocess.run(
            ["sh", "-c", f"{sys.executable} -m drugref {arguments} {target}"], capture_output=True, check=False
        )
        assert (run.returncode, told(run.stderr)) == (1, f"drugref: {words}\n")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [("show nosuchdrug", 3), ("list --class nosuchclass", 4), ("show --nosuch", 2), ("check", 0)],
    ids=["unknown", "nothing", "usage", "found"],
)
def test_what_prints_nothing_needs_no_standard_output(arguments: str, code: int) -> None:
    for target in (">&-", ">/dev/full"):
        run = subprocess.run(
            ["sh", "-c", f"{sys.executable} -m drugref {arguments} {target}"], capture_output=True, check=False
        )
        assert run.returncode == code
        assert "standard output" not in told(run.stderr)


@pytest.mark.parametrize("arguments", [["show", "baclofen"], ["side-effects"], ["list", "-f", "table"], ["sources", "--json"]])
def test_full_disk(arguments: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        run = subprocess.run([sys.executable, "-m", "drugref", *arguments], stdout=full, stderr=subprocess.PIPE, check=False)
    assert run.returncode == 1
    assert told(run.stderr) == "drugref: cannot write: No space left on device\n"


def test_a_file_that_fills_up_keeps_whole_lines(tmp_path: Path) -> None:
    target = tmp_path / "out.tsv"
    # A limit on the size of files stands in for a full disk; the signal is ignored, so that the write fails instead.
    limited = (
        "import resource, signal, os, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10000, 10000)); os.execv(sys.executable, [sys.executable, '-m', 'drugref', 'side-effects'])"
    )
    process("list")  # the store is made before the limit holds
    with target.open("wb") as out:
        run = subprocess.run([sys.executable, "-c", limited], stdout=out, stderr=subprocess.PIPE, check=False)
    assert run.returncode == 1
    assert told(run.stderr) == "drugref: cannot write: File too large\n"
    written = target.read_bytes()
    assert 0 < len(written) <= 10000
    assert written.endswith(b"\n")


def test_the_reader_goes_away() -> None:
    for command in ("side-effects", "show baclofen", "list --json"):
        run = subprocess.run(
            ["bash", "-c", f"set -o pipefail; {sys.executable} -m drugref {command} | head -c 1 >/dev/null; echo ${{PIPESTATUS[0]}}"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert run.stdout.strip() in ("0", "141")
        assert run.stderr == ""


def test_a_broken_pipe_is_141_and_quiet() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        run = subprocess.run(
            [sys.executable, "-m", "drugref", "side-effects"], stdout=writer, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(writer)
    assert (run.returncode, run.stderr) == (141, b"")


@pytest.mark.parametrize("arguments", [["show", "baclofen"], ["show", "baclofen", "--json"], ["databases"]], ids=" ".join)
def test_an_interrupt_is_130_and_quiet(cli: Cli, monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("drugref.places.databases", interrupt)
    assert cli(*arguments) == (130, "", "")


class TestDatabases:
    """Every kind of thing that is no database, given as one."""

    def refuse(self, path: Path | str, code: int, words: str) -> None:
        for command in (["show", "baclofen"], ["side-effects", "--common"], ["list", "-f", "table"], ["check", str(path)]):
            options = [] if command[0] == "check" else ["--db", str(path)]
            run = process(*command, *options)
            assert run.returncode == code, run.stderr
            if command[0] != "check":
                assert run.stdout == b""
                assert words in told(run.stderr)
                assert run.stderr.count(b"\n") == 1
            told(run.stderr)

    def test_missing(self, tmp_path: Path) -> None:
        self.refuse(tmp_path / "none.toml", 1, "no such database")

    def test_folder(self, tmp_path: Path) -> None:
        self.refuse(tmp_path, 1, "is a folder")

    def test_empty(self, tmp_path: Path) -> None:
        (tmp_path / "x.toml").write_bytes(b"")
        self.refuse(tmp_path / "x.toml", 5, "is empty; a database begins with schema = 2")

    def test_not_utf8(self, tmp_path: Path) -> None:
        (tmp_path / "x.toml").write_bytes(SAMPLE.read_bytes().replace("ä".encode(), b"\xe4"))
        self.refuse(tmp_path / "x.toml", 5, "is not UTF-8: line")

    def test_utf16(self, tmp_path: Path) -> None:
        (tmp_path / "x.toml").write_text(SAMPLE.read_text(encoding="utf-8"), encoding="utf-16")
        self.refuse(tmp_path / "x.toml", 5, "is not UTF-8: line 1")

    def test_truncated(self, tmp_path: Path) -> None:
        (tmp_path / "x.toml").write_bytes(SAMPLE.read_bytes()[:-700])
        self.refuse(tmp_path / "x.toml", 5, "is not valid: line")

    def test_binary(self, tmp_path: Path) -> None:
        (tmp_path / "x.toml").write_bytes(bytes(range(1, 128)) * 100)
        self.refuse(tmp_path / "x.toml", 5, "is not valid: line 1")

    def test_nested(self, tmp_path: Path) -> None:
        (tmp_path / "x.toml").write_text("a = " + "[" * 100_000)
        self.refuse(tmp_path / "x.toml", 5, "is not valid: line 1")

    def test_name_with_escapes(self, tmp_path: Path) -> None:
        self.refuse(tmp_path / "\x1b[31mx\n.toml", 1, "no such database")

    def test_sqlite_that_is_none(self, tmp_path: Path) -> None:
        (tmp_path / "x.sqlite").write_bytes(b"no")
        run = process("show", "baclofen", "--db", str(tmp_path / "x.sqlite"))
        assert run.returncode == 1
        assert "is not a database that this version of drugref can read" in told(run.stderr)

    @pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read any file")
    def test_unreadable(self, tmp_path: Path) -> None:
        path = tmp_path / "x.toml"
        path.write_bytes(SAMPLE.read_bytes())
        path.chmod(0)
        self.refuse(path, 1, "cannot read")


class TestEnvironment:
    EXPECTED = b"baclofen\tname\tinn\tbaclofen\t\t\n"

    def first_line(self, **environment: str) -> bytes:
        clean = {key: value for key, value in os.environ.items() if key not in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
        run = subprocess.run(
            [sys.executable, "-m", "drugref", "show", "baclofen"],
            capture_output=True,
            env={**clean, **environment},
            check=False,
        )
        assert (run.returncode, told(run.stderr)) == (0, "")
        return run.stdout.split(b"\n")[0] + b"\n"

    def test_no_home(self, tmp_path: Path) -> None:
        assert self.first_line(XDG_CACHE_HOME=str(tmp_path)) == self.EXPECTED

    def test_home_that_is_not_there(self) -> None:
        assert self.first_line(HOME="/nonexistent/home") == self.EXPECTED

    def test_home_that_is_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        assert self.first_line(HOME=str(tmp_path / "file")) == self.EXPECTED

    def test_home_on_a_read_only_system(self) -> None:
        assert self.first_line(HOME="/proc") == self.EXPECTED

    def test_relative_folders_are_ignored(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        assert self.first_line(HOME=str(tmp_path), XDG_CACHE_HOME="rel", XDG_DATA_HOME="rel") == self.EXPECTED
        assert not (tmp_path / "rel").exists()

    @pytest.mark.parametrize(
        "environment", [{"LC_ALL": "C"}, {"LANG": "C"}, {"PYTHONIOENCODING": "cp1252"}, {"PYTHONUTF8": "0", "LC_ALL": "C"}]
    )
    def test_pipes_get_utf8_whatever_the_locale(self, environment: dict[str, str], cli: Cli) -> None:
        run = process("show", "examplin", *DB, env=environment)
        assert run.stdout.decode("utf-8") == cli("show", "examplin", *DB)[1]

    def test_a_cp1252_table_is_ascii(self) -> None:
        run = process("show", "examplin", *DB, "-f", "table", env={"PYTHONIOENCODING": "cp1252"})
        assert (run.returncode, run.stdout.isascii()) == (0, True)

    @pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
    def test_help_and_messages_in_any_encoding(self, encoding: str) -> None:
        for arguments in ([], ["side-effects", "--help"], ["check", "--help"], ["screen", "--help"], ["search", "--help"]):
            run = process(*arguments, env={"PYTHONIOENCODING": encoding})
            assert (run.returncode, run.stdout.isascii(), run.stderr) == (0, True, b"")
        assert (
            process("uses", "zanaflex", env={"PYTHONIOENCODING": encoding}).stderr
            == b"drugref: zanaflex -> tizanidine (brand)\n"
        )

    def test_colour_conventions(self) -> None:
        def colored(*options: str, **environment: str) -> bool:
            return b"\x1b[" in process("uses", "examplin", *DB, "-f", "table", *options, env=environment).stdout

        assert not colored()
        assert colored("--color", "always")
        assert colored(FORCE_COLOR="1")
        assert colored(CLICOLOR_FORCE="1")
        assert not colored(CLICOLOR_FORCE="0")
        assert not colored(FORCE_COLOR="1", NO_COLOR="1")
        assert colored("--color", "always", NO_COLOR="1")
        assert not colored("--color", "never", FORCE_COLOR="1")
        assert colored(FORCE_COLOR="1", NO_COLOR="")


def test_markup_and_emoji_codes_print_as_written(cli: Cli) -> None:
    out = cli("show", "examplin", "--all", *DB, "-f", "table")[1]
    assert "Example-X [red]" in out
    assert "3-(2,4-dioxo-[1,3]oxazol-5-yl):o:benzene" in out.replace("\n", "")
    assert "[bold]label[/bold], :smile:" in out


def test_an_unexpected_error_is_one_line(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("out of\x1b[31m luck")

    monkeypatch.setattr("drugref.places.databases", fail)
    code, out, err = cli("show", "baclofen")
    assert (code, out) == (1, "")
    assert told(err) == "drugref: RuntimeError: out of\\x1b[31m luck (DRUGREF_DEBUG=1 shows where)\n"
    monkeypatch.setenv("DRUGREF_DEBUG", "1")
    with pytest.raises(RuntimeError):
        cli("show", "baclofen")
