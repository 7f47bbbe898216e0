"""Compiled stores: fresh when they should be, whole or not there, never trusted when wrong, never in the way."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from drugref import aside, meant, places, query, store
from drugref.columns import FACT_TABLES
from drugref.errors import DrugrefError
from drugref.query import Filter
from drugref.store import Store
from tests.conftest import BUNDLED, ROOT, SAMPLE, Cli, open_store, process


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of this test alone, not made yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "drugref"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return Path(shutil.copy(SAMPLE, tmp_path / "sample.toml"))


def effects(opened: Store) -> list[str]:
    found = meant.find("examplin", [opened])
    return [row.split("\t")[2] for row, _, _ in query.facts("side-effects", found, Filter())]


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def as_link(target: str) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        path.unlink()
        path.symlink_to(target)

    return spoil


def as_another(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.executescript("CREATE TABLE meta(key, value); CREATE TABLE x(y)")
    connection.close()


EFFECTS = ["yawning", "hiccups", "sneezing", "example shock", "blushing", "vertigo"]


def test_a_store_is_made_once(folder: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = open_store(str(source))
    assert first.path is not None
    assert [path.name for path in folder.iterdir()] == [os.path.basename(first.path)]
    monkeypatch.setattr(store, "_compile", lambda *_: pytest.fail("compiled again"))
    assert effects(open_store(str(source))) == EFFECTS


def test_the_folder_is_the_users_own(folder: Path, source: Path) -> None:
    open_store(str(source))
    assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(os.urandom(5000)),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
        lambda path: path.write_bytes(path.read_bytes()[:-4096]),
        lambda path: path.write_bytes(path.read_bytes()[:100] + bytes(len(path.read_bytes()) - 100)),
        as_folder,
        as_link("nowhere"),
        as_link("/etc/passwd"),
        as_link("/dev/zero"),
        as_another,
        lambda path: path.chmod(0),
    ],
    ids=["empty", "garbage", "cut short", "last page gone", "zeros", "folder", "dangling link", "link to text", "link to zeros", "foreign", "no rights"],
)  # fmt: skip
def test_a_spoilt_store_is_made_again_without_a_word(
    warm: Path, source: Path, cli: Cli, spoil: Callable[[Path], object]
) -> None:
    before = cli("show", "examplin", "--db", str(source))
    path = open_store(str(source)).path
    assert path is not None
    spoil(Path(path))
    assert cli("show", "examplin", "--db", str(source)) == before


def test_a_store_of_another_version_is_made_again(folder: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = Path(str(open_store(str(source)).path)).read_bytes()
    monkeypatch.setattr(store, "STORE_VERSION", 99)
    path = open_store(str(source)).path
    assert Path(str(path)).read_bytes() != old


def test_damage_found_while_reading_is_mended(warm: Path, source: Path, cli: Cli) -> None:
    """The pages of the facts are zeroed, while what opening looks at is left as it is."""
    before = cli("side-effects", "examplin", "--db", str(source))
    path = Path(str(open_store(str(source)).path))
    connection = sqlite3.connect(path)
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'fact'").fetchone()[0]
    connection.close()
    data = bytearray(path.read_bytes())
    data[(root - 1) * size : root * size] = bytes(size)
    path.write_bytes(data)
    assert cli("side-effects", "examplin", "--db", str(source)) == before


def change(source: Path) -> None:
    source.write_text(source.read_text(encoding="utf-8").replace('"yawning"', '"nodding"'), encoding="utf-8")


def test_a_change_of_the_same_size_in_the_same_instant_is_seen(folder: Path, source: Path) -> None:
    status = source.stat()
    assert effects(open_store(str(source)))[0] == "yawning"
    change(source)
    os.utime(source, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert source.stat().st_size == status.st_size
    assert effects(open_store(str(source)))[0] == "nodding"


def test_a_change_is_seen_although_the_time_of_the_source_was_set_back(
    folder: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Long after the source was read, with its size and time as they were."""
    status = source.stat()
    later = time.time_ns() + 10**10
    monkeypatch.setattr(time, "time_ns", lambda: later)
    for _ in range(2):
        assert effects(open_store(str(source)))[0] == "yawning"
    monkeypatch.setattr(store, "_compile", lambda *_: pytest.fail("compiled again"))
    path = Path(str(open_store(str(source)).path))
    assert path.stat().st_mtime_ns > status.st_ctime_ns + store._RACY_NS
    monkeypatch.undo()
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder.parent))
    while time.time_ns() < path.stat().st_mtime_ns:  # the store has been marked as read later than it was
        time.sleep(0.1)
    change(source)
    os.utime(source, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert effects(open_store(str(source)))[0] == "nodding"


def test_a_source_is_read_again_only_until_it_is_old_enough(
    folder: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(open_store(str(source)).path)
    later = time.time_ns() + 10**10
    monkeypatch.setattr(time, "time_ns", lambda: later)
    open_store(str(source))
    assert os.stat(path).st_mtime_ns >= source.stat().st_ctime_ns + store._RACY_NS
    monkeypatch.setattr(store, "_is_same", lambda *_: pytest.fail("read again"))
    assert effects(open_store(str(source))) == EFFECTS


def test_a_killed_compilation_does_not_matter(folder: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that ends without a word while its store is half written."""
    code = (
        "import os\nfrom drugref.build import compile, stream\nfrom drugref.store import open_store\n"
        "stream.compile_into = lambda connection, *_: (connection.executescript('CREATE TABLE meta(x)'), os._exit(9))\n"
        f"open_store({str(source)!r})"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    assert {path.suffix for path in folder.iterdir()} == {".tmp"}
    assert effects(open_store(str(source))) == EFFECTS
    assert [path.suffix for path in folder.iterdir()] == [".sqlite"]


def test_a_clock_set_back_does_not_hide_a_change(folder: Path, source: Path) -> None:
    open_store(str(source))
    change(source)
    os.utime(source, (0, 0))
    assert effects(open_store(str(source)))[0] == "nodding"


def test_a_file_from_the_future_is_read(folder: Path, source: Path) -> None:
    os.utime(source, (2**33, 2**33))
    assert effects(open_store(str(source))) == EFFECTS
    assert effects(open_store(str(source))) == EFFECTS


def test_a_source_put_in_place_of_another_is_seen(folder: Path, source: Path, tmp_path: Path) -> None:
    status = source.stat()
    open_store(str(source))
    other = Path(shutil.copy(source, tmp_path / "other.toml"))
    change(other)
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.replace(source)
    assert effects(open_store(str(source)))[0] == "nodding"


def test_a_source_removed_while_open_does_not_matter(folder: Path, source: Path) -> None:
    opened = open_store(str(source))
    source.unlink()
    shutil.rmtree(folder)
    assert effects(opened) == EFFECTS


def test_without_a_place_to_write_it_is_made_in_memory(folder: Path, source: Path) -> None:
    folder.parent.write_text("a file where the folder should be")
    opened = open_store(str(source))
    assert (opened.path, effects(opened)) == (None, EFFECTS)


def test_a_full_disk_means_memory(folder: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(store, "_write_aside", full)
    assert effects(open_store(str(source))) == EFFECTS


def test_a_failed_compilation_leaves_nothing_behind(folder: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    assert effects(open_store(str(source))) == EFFECTS
    assert list(folder.iterdir()) == []


def test_rubbish_of_a_killed_process_is_swept(folder: Path, source: Path) -> None:
    folder.mkdir(parents=True)
    ours, foreign = folder / ".drugref-0123456789abcdef.tmp", folder / ".x.99999999999999999999.tmp"
    ours.touch()
    foreign.touch()
    open_store(str(source))
    assert not ours.exists()
    assert foreign.exists()


def test_many_cold_starts_at_once_do_the_work_once(folder: Path, tmp_path: Path) -> None:
    code = (
        "import sys\nfrom drugref.__main__ import main\nfrom drugref.build import stream\nfill = stream.fill\n"
        f"stream.fill = lambda *values: (open({str(tmp_path / 'log')!r}, 'a').write('x'), fill(*values))\n"
        "sys.argv = ['drugref', 'show', 'baclofen']\nmain()"
    )
    runs = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(12)]
    answers = {run.communicate() for run in runs}
    assert len(answers) == 1
    assert answers.pop()[1] == b""
    assert len(list(folder.iterdir())) == 1
    assert (tmp_path / "log").read_text() == "x"


def test_whoever_makes_a_store_for_ever_is_not_waited_for(folder: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "_PATIENCE", 0.1)
    path = store._cached(str(source), places.STORE)
    assert path is not None
    with aside.alone(path):
        assert effects(open_store(str(source))) == EFFECTS


def test_without_locks_a_store_is_made_all_the_same(folder: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr("fcntl.flock", none)
    assert effects(open_store(str(source))) == EFFECTS
    assert open_store(str(source)).path is not None


class TestPlans:
    """Every look-up finds its rows by an index; none reads a table from end to end."""

    @pytest.mark.parametrize(
        "sql",
        [
            "SELECT drug.id, drug.inn, name.name, name.kind FROM name JOIN drug ON drug.id = name.drug WHERE name.key = 'x'",
            f"SELECT row, json, empty FROM fact WHERE part = {FACT_TABLES.index('uses')} AND drug = 3 ORDER BY ord",
            "SELECT row, json, empty FROM fact WHERE part = 2 AND drug = 3"
            + Filter((0, 1), True).condition()
            + " ORDER BY ord",
            "SELECT json FROM drug WHERE id = 3",
            "SELECT long FROM drug WHERE id = 3",
            "SELECT 1 FROM name WHERE key = 'x' LIMIT 1",
            "SELECT name FROM name WHERE key >= 'ba' AND key < 'bb' ORDER BY kind != 'inn', key LIMIT 200",
            "SELECT value FROM meta WHERE key = 'stamp'",
        ],
    )
    def test_search_not_scan(self, sql: str) -> None:
        opened = open_store(str(BUNDLED))
        plan = [row[3] for row in opened.connection.execute("EXPLAIN QUERY PLAN " + sql)]
        assert any(step.startswith("SEARCH") for step in plan)
        assert not any(step.startswith("SCAN") for step in plan)

    def test_the_statements_above_are_the_ones_in_use(self) -> None:
        run: list[str] = []
        opened = open_store(str(BUNDLED))
        opened.connection.set_trace_callback(run.append)
        found = meant.find("baclofen", [opened])
        query.facts("uses", found, Filter())
        query.record(found)
        query.long_form(found)
        plans = [row[3] for sql in run for row in opened.connection.execute("EXPLAIN QUERY PLAN " + sql)]
        assert len(run) == 4
        assert all(plan.startswith(("SEARCH", "USE TEMP")) for plan in plans)


def test_a_look_up_opens_two_files_of_its_own(tmp_path: Path, cache: Path) -> None:
    """The source is asked for its state, never opened; the store is opened; nothing else but Python's own."""
    process("show", "baclofen")
    code = (
        "import sys, os\nopened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event in ('open', 'sqlite3.connect', 'os.listdir') else None)\n"
        "from drugref.__main__ import entry\nentry(['show', 'baclofen'])\n"
        "print(*[p for p in opened if not p.endswith(('.py', '.pyc', '.so')) and 'lib/python' not in p], sep='\\n', file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)
    own = [path for path in run.stderr.split() if "src" not in path]
    assert len(own) == 2
    assert own[0] == os.path.join(os.environ["XDG_DATA_HOME"], "drugref")
    assert own[1].startswith(f"file://{cache}")


@pytest.mark.parametrize("name", ["a?mode=memory&b", "a#b", "%41%zz%", "a b'\"", "ä\udcff"], ids=ascii)
def test_any_path_is_read(home: Path, tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Both where the databases lie and where their compiled forms do."""
    folder = tmp_path / name
    for variable in ("XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(variable, str(folder))
    assert cli("import", str(ROOT / "tests" / "samples" / "import" / "openfda"))[0] == 0
    shutil.copy(SAMPLE, folder / "x?y#%20.toml")
    for _ in range(2):
        code, out, err = cli("show", "examplin", "--db", f"/{folder}/x?y#%20.toml")
        assert (code, out.startswith("examplin"), err.count("passed over")) == (0, True, 0)
        monkeypatch.setattr(store, "_compile", lambda *_: pytest.fail("compiled again"))
    assert {path.suffix for path in (folder / "drugref").iterdir()} == {".sqlite", ".proof"}


def test_nothing_is_locked(folder: Path, tmp_path: Path) -> None:
    """So that a file system without locks is as good as another, and nobody ever waits for one."""
    code = (
        "import sys\n"
        "sys.addaudithook(lambda event, args: print('opens', args[0], file=sys.stderr) if event == 'sqlite3.connect' else None)\n"
        "import fcntl, errno\nfcntl.flock = lambda *_: (_ for _ in ()).throw(OSError(errno.ENOLCK, 'No locks available'))\n"
        "from drugref.__main__ import entry\nsys.exit(entry(sys.argv[1:]))"
    )
    openfda = str(ROOT / "tests" / "samples" / "import" / "openfda")
    site = ["export", "--format", "html", "--to", str(tmp_path / "site"), "--db", str(SAMPLE), "examplin"]
    for arguments in (["show", "baclofen"], ["show", "baclofem"], ["import", openfda], ["show", "baclofen"], site):
        run = subprocess.run([sys.executable, "-P", "-c", code, *arguments], capture_output=True, text=True, check=False)
        assert run.returncode in (0, 3), run.stderr
        opened = [line.split(" ", 1)[1] for line in run.stderr.splitlines() if line.startswith("opens ")]
        assert opened
        assert [
            path for path in opened if not path.endswith(("immutable=1", "nolock=1")) and path not in ("", ":memory:")
        ] == []


def test_an_imported_database_that_another_takes_the_place_of_is_proved_too(
    home: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look at what is known of it and its opening."""
    assert cli("import", str(ROOT / "tests" / "samples" / "import" / "openfda"))[0] == 0
    path = home / "openfda.sqlite"
    shutil.copy(path, tmp_path / "other")
    with sqlite3.connect(tmp_path / "other") as connection:
        connection.execute("UPDATE fact SET row = replace(row, 'a', 'e')")
    connection.close()
    connect = store._connect

    def late(place: str) -> sqlite3.Connection:
        if place == str(path) and (tmp_path / "other").exists():
            (tmp_path / "other").replace(path)
        return connect(place)

    monkeypatch.setattr(store, "_connect", late)
    with pytest.raises(DrugrefError, match="was changed since it was made"):
        open_store(str(path))


def test_a_store_that_is_replaced_while_it_is_read_stays_what_it_was(folder: Path, source: Path) -> None:
    opened = open_store(str(source))
    change(source)
    assert effects(open_store(str(source)))[0] == "nodding"
    assert effects(opened) == EFFECTS


def test_locations(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert places.bundled() == str(BUNDLED)
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert places.cache_folder() == str(tmp_path / "home" / ".cache" / "drugref")
