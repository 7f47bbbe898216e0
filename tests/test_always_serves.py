"""README: the bundled database always serves. What else lies in the data folder is named, once, and passed over."""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import drugref
from benchmarks import synthetic
from tests.conftest import ROOT, SAMPLE, Cli, process

OPENFDA = str(ROOT / "tests" / "samples" / "import" / "openfda")
FIRST = "baclofen\tname\tinn\tbaclofen"


def truncated(path: Path) -> None:
    path.write_bytes(SAMPLE.read_bytes()[:-700])


BAD: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "truncated": truncated,
    "foreign": lambda path: path.write_bytes(bytes(range(256)) * 40),
    "folder": lambda path: path.mkdir(),
    "fifo": lambda path: os.mkfifo(path),
    "device": lambda path: path.symlink_to("/dev/zero"),
    "dangling": lambda path: path.symlink_to("nowhere"),
    "loop": lambda path: path.symlink_to(path.name),
}


@pytest.mark.parametrize("make", BAD.values(), ids=BAD)
def test_the_others_answer_when_a_file_of_ones_own_is_bad(home: Path, make: Callable[[Path], object]) -> None:
    home.mkdir(parents=True)
    make(home / "x.toml")
    for command in (["show", "baclofen"], ["list"], ["search", "spasticity", "--limit", "0"]):
        run = process(*command, timeout=20)
        assert run.stdout
        assert run.returncode == 5
        (line,) = run.stderr.decode().splitlines()
        assert "x.toml" in line
        assert "passed over until it is mended or moved away" in line


@pytest.mark.parametrize("make", BAD.values(), ids=BAD)
def test_the_others_answer_when_an_imported_file_is_bad(home: Path, make: Callable[[Path], object]) -> None:
    home.mkdir(parents=True)
    make(home / "x.sqlite")
    run = process("show", "baclofen", timeout=20)
    assert (run.returncode, run.stdout.decode().splitlines()[0].startswith(FIRST)) == (0, True)
    (line,) = run.stderr.decode().splitlines()
    assert "x.sqlite" in line
    assert "passed over" in line


@pytest.mark.skipif(not os.path.exists("/proc/self/environ"), reason="the system has no such files")
@pytest.mark.parametrize("suffix", [".toml", ".sqlite"])
def test_a_file_of_the_systems_own_is_not_read(home: Path, cli: Cli, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is regular by its kind and has no size, and one such as /proc/kmsg is waited for."""
    home.mkdir(parents=True)
    place = str(home / f"x{suffix}")
    os.symlink("/proc/self/environ", place)
    real, read = open, []

    def opens(path: str, *rest: object, **more: object) -> object:
        read.append(path)
        return real(path, *rest, **more)  # type: ignore[call-overload]

    monkeypatch.setattr("builtins.open", opens)
    code, out, err = cli("show", "baclofen")
    assert (code, out.startswith(FIRST)) == (5 if suffix == ".toml" else 0, True)
    assert err.count("passed over") == 1
    assert place not in read


@pytest.mark.parametrize("suffix", [".toml", ".sqlite"])
@pytest.mark.parametrize("make", BAD.values(), ids=BAD)
def test_the_library_answers_too_and_warns(home: Path, make: Callable[[Path], object], suffix: str) -> None:
    home.mkdir(parents=True)
    path = home / f"x{suffix}"
    make(path)
    with pytest.warns(UserWarning, match=r"passed over until it is mended or moved away$") as warned:
        database = drugref.open_database()
    with database:
        assert database["baclofen"].inn == "baclofen"
        assert list(database.passed_over) == [str(path)]
    assert len(warned) == 1
    assert warned[0].filename == __file__
    with pytest.raises(drugref.DrugrefError):
        drugref.open_database(str(path))


def test_the_library_tells_of_a_folder_that_cannot_be_read(home: Path) -> None:
    home.parent.mkdir(parents=True)
    home.write_text("a file")
    with pytest.warns(UserWarning, match="cannot read the folder of your databases"):
        database = drugref.open_database()
    with database:
        assert list(database.passed_over) == [str(home)]
        assert len(database) > 40


def test_what_was_asked_for_and_is_bad_ends_at_once(home: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    home.mkdir(parents=True)
    (home / "x.toml").write_bytes(b"")
    for name in ("--db", "DRUGREF_DB"):
        if name == "DRUGREF_DB":
            monkeypatch.setenv(name, str(home / "x.toml"))
        code, out, err = cli("show", "baclofen", *([name, str(home / "x.toml")] if name == "--db" else []))
        assert (code, out, err.count("\n")) == (5, "", 1)


def test_an_imported_database_of_another_version_is_named(home: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("drugref.build.compile.STORE_VERSION", 4)
        assert cli("import", OPENFDA)[0] == 0
    for proof in Path(os.environ["XDG_CACHE_HOME"]).rglob("*.proof"):
        proof.unlink()
    code, out, err = cli("show", "baclofen")
    assert (code, out.startswith(FIRST)) == (0, True)
    assert err.count("\n") == 1
    assert "openfda.sqlite is not a database that this version of drugref can read; import it again; passed over" in err


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read any file")
def test_what_may_not_be_read_is_called_so(home: Path, cli: Cli) -> None:
    home.mkdir(parents=True)
    for name in ("x.toml", "x.sqlite"):
        shutil.copy(SAMPLE, home / name)
        (home / name).chmod(0)
    code, out, err = cli("show", "baclofen")
    assert (code, out.startswith(FIRST)) == (5, True)
    assert err.count("Permission denied") == 2


def test_a_data_folder_that_cannot_be_read_is_said_once(home: Path, cli: Cli) -> None:
    home.parent.mkdir(parents=True)
    home.write_text("a file")
    for command in (["show", "baclofen"], ["databases"], ["export", "-f", "jsonl", "baclofen"]):
        code, out, err = cli(*command)
        assert (code, bool(out)) == (0, True)
        assert err == f"drugref: cannot read the folder of your databases, {home}: Not a directory; mend it or move it away\n"


def test_a_damaged_import_is_named_and_nothing_is_made_again(home: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Damage of the disk's: the file's times are as they were."""
    cli("list")
    assert cli("import", OPENFDA)[0] == 0
    path = home / "openfda.sqlite"
    data = bytearray(path.read_bytes())
    data[4096 : len(data) // 2] = bytes(len(data) // 2 - 4096)
    monkeypatch.setattr("drugref.store._compile", lambda *_: pytest.fail("compiled again"))
    with path.open("r+b") as file:
        file.write(data)
    for proof in Path(os.environ["XDG_CACHE_HOME"]).rglob("*.proof"):
        held = proof.read_text().split("|")
        held[-1] = str(path.stat().st_ctime_ns) + "\n"
        held[3] = str(path.stat().st_mtime_ns)
        proof.write_text("|".join(held))
    for _ in range(2):
        code, out, err = cli("show", "baclofen")
        assert (code, out.startswith(FIRST)) == (0, True)
        assert "openfda.sqlite is damaged, or was changed since it was made; import it again; passed over" in err
        assert err.count("\n") == 1


@pytest.mark.parametrize("command", [["show", "baclofen"], ["check"]])
def test_a_database_named_may_be_a_pipe_but_no_device(command: list[str], tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    with subprocess.Popen(["cp", SAMPLE, tmp_path / "pipe.toml"]):
        named = ["--db"] if command[0] == "show" else []
        assert process(*command, *named, str(tmp_path / "pipe.toml"), timeout=20).returncode == 0
        for device in ("/dev/zero", "/dev/tty", "/dev/null"):
            run = process(*command, *named, device, timeout=20)
            assert (run.returncode, run.stdout) == (1, b"")
            assert b"a database is a regular file or a pipe" in run.stderr


HEAD = 'schema = 2\n[database]\nname = "x"\ntitle = "x"\nversion = "1"\nlicence = "x"\n'


@pytest.mark.parametrize(
    "text",
    [f'[sources.s]\ntitle = "{"x" * 6_000_000}"\n', '[sources.s]\ntitle = """' + "x\n" * 3_000_000 + '"""\n', "".join(f"k{n:07d} = 1\n" for n in range(500_000))],
    ids=["one string", "lines", "unknown keys"],
)  # fmt: skip
def test_a_check_takes_memory_in_proportion_to_the_file(tmp_path: Path, text: str) -> None:
    """Six times the file at most, and what an interpreter with all of drugref loaded takes."""
    assert memory_of_a_check(tmp_path / "x.toml", HEAD + text, 5) < 6 * len(text) + (64 << 20)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("", "", 0), ("sources = [", "source = [", 5), (", sources = [", " sources = [", 5)],
    ids=["valid", "a strange key", "no TOML"],
)
def test_a_check_of_an_ordinary_file_holds_one_table_at_a_time(tmp_path: Path, old: str, new: str, code: int) -> None:
    """The trees of all of them would take twenty times the file."""
    text = "".join(synthetic.lines(2500))
    half = len(text) // 2
    text = text[:half] + text[half:].replace(old, new, 1 if old else 0)
    assert memory_of_a_check(tmp_path / "x.toml", text, code) < 6 * len(text) + (40 << 20)


def memory_of_a_check(path: Path, text: str, expected: int) -> int:
    """Return how many bytes a check of a file with some text has resident at most."""
    path.write_text(text, encoding="utf-8")
    # Not getrusage, whose figure begins with that of the process that started this one.
    code = (
        "import sys; from drugref.__main__ import entry; code = entry(sys.argv[1:])\n"
        "print(*[line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')], file=sys.stderr)\nsys.exit(code)"
    )
    run = subprocess.run([sys.executable, "-c", code, "check", str(path)], capture_output=True, check=False)
    assert run.returncode == expected
    return int(run.stderr.split()[-1]) * 1024


@contextmanager
def endless(path: Path, line: str) -> Iterator[str]:
    """Give a pipe into which somebody writes the same line for ever."""
    os.mkfifo(path)
    with (
        path.with_suffix(".err").open("wb") as told,
        subprocess.Popen(["sh", "-c", f"exec yes '{line}' >'{path}'"], stderr=told) as writer,
    ):
        yield str(path)
        writer.kill()


@pytest.mark.parametrize(
    "command", [["show", "baclofen", "--db"], ["list", "--db"], ["check"], ["check", "--fix"]], ids=" ".join
)
def test_a_database_that_never_ends_is_read_up_to_its_bound(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setattr("drugref.build.compile.MOST_BYTES", 1 << 20)
    with endless(tmp_path / "pipe", "x = 1") as pipe:
        code, out, err = cli(*command, pipe)
    assert (code, out) == (1, "")
    assert err == f'drugref: "{pipe}" is larger than 1 GiB, the most that a database may have\n'


@pytest.mark.parametrize("source", [[], ["openfda"], ["dailymed"], ["sider"]], ids=" ".join)
def test_an_import_reads_no_pipe_that_never_ends(cli: Cli, home: Path, tmp_path: Path, source: list[str]) -> None:
    with endless(tmp_path / "labels.json", "{}") as pipe:
        code, out, err = cli("import", *source, pipe)
    assert (code, out, err.count("\n")) == (1 if source else 2, "", 1)
    assert pipe in err
    assert not home.exists()


@pytest.mark.parametrize(
    ("line", "bound"),
    [(b"baclofen\n", "lines"), (b"# no name\n", "lines"), (b"\n", "lines"), (b"x\t", "bytes"), (b"a\tb c d\r\n", "lines")],
    ids=ascii,
)
def test_names_that_never_end_are_read_up_to_a_bound(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, line: bytes, bound: str
) -> None:
    monkeypatch.setattr("drugref.names._MOST_LINES", 10_000)
    monkeypatch.setattr("drugref.names._MOST_BYTES", 1 << 20)
    with subprocess.Popen(
        ["sh", "-c", 'while printf %s "$0$0$0$0$0$0$0$0"; do :; done', line], stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(writer.stdout))
        code, out, err = cli("show", "-")
        writer.kill()
    assert (code, out) == (1, "")
    assert err.startswith("drugref: cannot read names: standard input has more than ")
    assert err.endswith(f" {bound}\n")


def test_names_have_a_bound_on_their_number(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("drugref.names._MOST_NAMES", 3)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"baclofen\nb\nbaclofen\nc\nd\n")))
    told = "drugref: cannot read names: standard input has more than 3 different names\n"
    assert cli("show", "-") == (1, "", told)


def test_what_is_typed_to_remove_a_database_has_a_bound(home: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    home.mkdir(parents=True)
    shutil.copy(SAMPLE, home / "ward.toml")
    with open("/dev/zero", encoding="utf-8") as zeros:
        monkeypatch.setattr("sys.stdin", zeros)
        code, _, err = cli("databases", "--remove", "ward")
    assert (code, (home / "ward.toml").exists()) == (1, True)
    assert err.endswith("ward was not typed again; nothing was removed\n")


def test_a_database_has_a_bound_that_is_told(tmp_path: Path) -> None:
    path = tmp_path / "large.toml"
    with path.open("wb") as file:
        file.truncate((1 << 30) + 1)
    for command in (["show", "baclofen", "--db", str(path)], ["check", str(path)]):
        run = process(*command, timeout=20)
        assert (run.returncode, run.stdout) == (1, b"")
        assert b"is larger than 1 GiB, the most that a database may have" in run.stderr
