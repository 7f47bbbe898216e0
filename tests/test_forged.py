"""A store is not trusted because it is there: its checksum, its tables and what stands in them are proved, once a state."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from drugref import store
from drugref.build.proof import CHANGED, FORGED, OTHER, seal
from tests.conftest import ROOT, SAMPLE, Cli, open_store, process

OPENFDA = str(ROOT / "tests" / "samples" / "import" / "openfda")


@pytest.fixture(scope="module")
def import_of_samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("imported")
    environment = {"XDG_DATA_HOME": str(folder), "XDG_CACHE_HOME": str(folder)}
    assert process("import", OPENFDA, env=environment).returncode == 0
    return folder / "drugref" / "openfda.sqlite"


@pytest.fixture
def imported(home: Path, import_of_samples: Path) -> Path:
    """An import in this test's home, as it was right after it was made there."""
    home.mkdir(parents=True)
    path = Path(shutil.copy(import_of_samples, home))
    store.proved(str(path))
    return path


@contextmanager
def forging(path: Path, *, sealed: bool = True) -> Iterator[sqlite3.Connection]:
    """Change a store as somebody would who knows how it is made."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection
    if sealed:
        seal(str(path))


def test_a_whole_import_is_proved(imported: Path, cli: Cli) -> None:
    code, out, err = cli("check", str(imported))
    assert (code, out) == (0, "")
    assert "its checksum holds, no problems" in err
    assert cli("databases", "--verify")[0] == 0


def test_bytes_that_were_changed_are_not_shown(imported: Path, cli: Cli) -> None:
    data = imported.read_bytes()
    figure = next(figure for figure in (b"10 %", b"12 %", b"5 %", b"2 %", b"1 %") if figure.decode() in data.decode("latin-1"))
    imported.write_bytes(data.replace(figure, b"7" + figure[1:]))
    code, out, err = cli("side-effects", "examplin", "--db", str(imported))
    assert (code, out) == (1, "")
    assert err == f"drugref: {imported} {CHANGED}\n"
    code, out, _ = cli("check", str(imported))
    assert (code, CHANGED in out) == (5, True)
    assert cli("databases", "--verify")[0] == 5
    assert cli("show", "baclofen")[0] == 0


ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT"


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE fact SET json = '{broken'", FORGED),
        ("UPDATE fact SET json = json || char(0) || 'more'", FORGED),
        ("UPDATE fact SET json = char(10) || json", FORGED),
        ("UPDATE fact SET json = '[]'", FORGED),
        ("UPDATE fact SET json = CAST(json AS BLOB)", FORGED),
        ("UPDATE fact SET row = 'one cell'", FORGED),
        ("UPDATE drug SET json = 'null'", FORGED),
        ("UPDATE drug SET long = x'ff'", FORGED),
        ("UPDATE name SET drug = 99", FORGED),
        *((f"UPDATE {place} = CAST(x'61ff' AS TEXT)", FORGED) for place in ("drug SET inn", "drug SET long", "passage_content SET c0")),
        ("UPDATE meta SET value = CAST(x'61ff' AS TEXT) WHERE key = 'name'", FORGED),
        ("UPDATE name SET key = CAST(key || x'ff' AS TEXT)", FORGED),
        ("UPDATE near SET key = CAST(key || x'ff' AS TEXT)", FORGED),
        ("UPDATE fact SET row = CAST(x'ff' || row AS TEXT)", FORGED),
        ("UPDATE fact SET json = CAST(replace(json, '\"}', x'ff' || '\"}') AS TEXT)", FORGED),
        ("UPDATE meta SET value = 'many' WHERE key = 'drugs'", FORGED),
        (f"DROP TABLE meta; CREATE VIEW meta AS {ENDLESS} 'store' AS key, x AS value FROM n", OTHER),
        (f"DROP TABLE fact; CREATE VIEW fact AS {ENDLESS} x AS row FROM n", OTHER),
        ("CREATE TRIGGER t AFTER INSERT ON meta BEGIN SELECT 1; END", OTHER),
        ("DROP TABLE name; CREATE TABLE name(key TEXT, drug, name, kind, more AS (hex(zeroblob(9))))", OTHER),
        ("CREATE TABLE more(x)", OTHER),
        ("UPDATE meta SET value = 5 WHERE key = 'store'", OTHER),
    ],
)  # fmt: skip
def test_a_forged_store_is_refused_although_its_checksum_holds(imported: Path, cli: Cli, sql: str, words: str) -> None:
    with forging(imported) as connection:
        connection.executescript(sql)
    run = process("side-effects", "--json", "--db", str(imported), timeout=20)
    assert (run.returncode, run.stdout) == (1, b"")
    assert run.stderr.decode() == f"drugref: {imported} {words}\n"


def test_what_was_proved_is_remembered_by_state(home: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli("import", OPENFDA)[0] == 0
    imported = home / "openfda.sqlite"
    with monkeypatch.context() as patch:
        patch.setattr(store, "prove", lambda _: pytest.fail("proved again"))
        assert cli("list", "--db", str(imported))[0] == 0  # the import itself made it
    os.utime(imported)
    proofs: list[str] = []
    prove = store.prove
    monkeypatch.setattr(store, "prove", lambda source: proofs.append(source) or prove(source))  # type: ignore[func-returns-value]
    for _ in range(3):
        assert cli("list", "--db", str(imported))[0] == 0
    assert proofs == [str(imported)]


def test_an_import_is_proved_where_nothing_can_be_remembered(
    imported: Path, tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert cli("list", "--db", str(imported))[0] == 0
    with forging(imported, sealed=False) as connection:
        connection.execute("UPDATE fact SET row = replace(row, '1', '7')")
    assert cli("list", "--db", str(imported))[0] == 1


class TestCompiled:
    """Stores of the cache, which anybody who may write there can change."""

    @pytest.fixture
    def compiled(self, warm: Path) -> Path:
        with store.open_store(str(SAMPLE)) as opened:
            return Path(str(opened.path))

    def test_changed_bytes_are_not_shown(self, compiled: Path, cli: Cli) -> None:
        before = cli("side-effects", "examplin", "--db", str(SAMPLE))
        with forging(compiled, sealed=False) as connection:
            connection.execute("UPDATE fact SET row = replace(row, '1', '7')")
        assert cli("side-effects", "examplin", "--db", str(SAMPLE)) == before

    def test_a_view_is_not_read_although_the_time_was_set_back(self, compiled: Path) -> None:
        times = compiled.stat()
        with forging(compiled) as connection:
            connection.executescript(
                f"DROP TABLE meta; CREATE VIEW meta AS {ENDLESS} 'stamp' AS key, x AS value FROM n WHERE x > 1"
            )
        os.utime(compiled, ns=(times.st_atime_ns, times.st_mtime_ns))
        assert process("show", "examplin", "--db", str(SAMPLE), timeout=20).returncode == 0

    def test_a_store_from_the_future_is_not_fresh(self, compiled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        made: list[str] = []
        compile_ = store._compile
        monkeypatch.setattr(store, "_compile", lambda *values: made.append(values[0]) or compile_(*values))  # type: ignore[func-returns-value]
        with forging(compiled, sealed=False) as connection:
            stamp = connection.execute("SELECT value FROM meta WHERE key = 'stamp'").fetchone()[0]
            later = compiled.stat().st_mtime_ns + 3600 * 10**9
            connection.execute("UPDATE meta SET value = ? WHERE key = 'stamp'", (f"{stamp.rpartition('|')[0]}|{later}",))
        os.utime(compiled, ns=(later, later))
        open_store(str(SAMPLE))
        assert made == [str(SAMPLE)]

    def test_a_pipe_in_the_place_of_a_store_is_not_waited_for(self, compiled: Path) -> None:
        compiled.unlink()
        os.mkfifo(compiled)
        assert process("show", "examplin", "--db", str(SAMPLE), timeout=20).returncode == 0

    def test_verifying_makes_a_damaged_one_anew(self, compiled: Path, cli: Cli) -> None:
        times = compiled.stat()
        with forging(compiled, sealed=False) as connection:
            connection.execute("UPDATE fact SET row = replace(row, '1', '7')")
        os.utime(compiled, ns=(times.st_atime_ns, times.st_mtime_ns))
        code, _, err = cli("databases", "--verify", "--db", str(SAMPLE))
        assert (code, err) == (0, f"drugref: {SAMPLE}: its compiled form was damaged, or changed by hand; it is made anew\n")
        assert cli("databases", "--verify", "--db", str(SAMPLE))[2] == ""
