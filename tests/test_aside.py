"""Files put in their place at once: whole or as before, with nothing left lying about, and never over a device."""

import errno
import fcntl
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from drugref.aside import beside, sweep, unwinding, written
from drugref.errors import DrugrefError, StoppedError


def put(path: Path, data: bytes = b"new") -> None:
    with written(str(path)) as file:
        file.write(data)


def test_a_new_file_gets_the_users_permissions(tmp_path: Path) -> None:
    put(tmp_path / "new")
    assert (tmp_path / "new").read_bytes() == b"new"
    umask = os.umask(0)
    os.umask(umask)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o666 & ~umask


def test_an_old_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "old"
    path.write_bytes(b"old")
    path.chmod(0o640)
    put(path)
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o640)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"old")
    (tmp_path / "link").symlink_to("target")
    put(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_bytes() == b"new"


def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(path.read_bytes()))
    reader.start()
    put(path)
    reader.join()
    assert read == [b"new"]
    assert path.is_fifo()


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_what_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path, error: type[BaseException]) -> None:
    path = tmp_path / "old"
    path.write_bytes(b"old")

    def fail() -> None:
        with written(str(path)) as file:
            file.write(b"half")
            raise error

    with pytest.raises(error):
        fail()
    assert [(entry.name, entry.read_bytes()) for entry in tmp_path.iterdir()] == [("old", b"old")]


@pytest.mark.parametrize(
    ("name", "message"),
    [("none/file", "No such file or directory"), ("folder", "Is a directory")],
    ids=["no such folder", "a folder"],
)
def test_what_cannot_be_written_is_told_in_one_line(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(DrugrefError) as caught:
        put(tmp_path / name)
    assert str(caught.value) == f"cannot write {tmp_path / name}: {message}"


OURS = ".drugref-0123456789abcdef.tmp"


def test_what_nobody_holds_is_swept_and_nothing_that_is_not_ours(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    kept = {
        f".out.{dead.pid}.tmp", f"notes.{dead.pid}.tmp", ".x.99999999999999999999.tmp", "drugref-0123456789abcdef.tmp",
        ".drugref-0123456789abcdeg.tmp", ".drugref-0123456789abcdef.tmp.txt",
    }  # fmt: skip
    for name in {OURS, *kept}:
        (tmp_path / name).write_bytes(b"")
    put(tmp_path / "out")
    assert {path.name for path in tmp_path.iterdir()} == {"out", *kept}


def test_what_is_held_is_not_swept_whatever_the_number_of_the_process(tmp_path: Path) -> None:
    # Two containers that share a folder are both process 1.
    with beside(str(tmp_path / "first")) as aside:
        put(tmp_path / "second")
        assert Path(aside).exists()
        Path(aside).write_bytes(b"whole")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"first": b"whole", "second": b"new"}


def test_a_sweep_opens_no_pipe_and_follows_no_link(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / OURS)
    (tmp_path / "target").write_bytes(b"kept")
    (tmp_path / OURS.replace("0", "1")).symlink_to("target")
    sweep(str(tmp_path))
    assert sorted(os.listdir(tmp_path)) == [OURS, OURS.replace("0", "1"), "target"]


def test_without_locks_nothing_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(handle: int, operation: int) -> None:
        raise OSError(errno.ENOTSUP, "no locks here")

    monkeypatch.setattr(fcntl, "flock", none)
    (tmp_path / OURS).write_bytes(b"")
    put(tmp_path / "out")
    assert sorted(os.listdir(tmp_path)) == [OURS, "out"]


def test_the_name_cannot_be_foreseen_and_is_never_written_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with beside(str(tmp_path / "out")) as first, beside(str(tmp_path / "out")) as second:
        assert first != second
        assert str(os.getpid()) not in (Path(first).name, Path(second).name)
    (tmp_path / "victim").write_bytes(b"kept")
    (tmp_path / OURS).symlink_to("victim")
    monkeypatch.setattr("secrets.token_hex", lambda size: "0123456789abcdef")
    with pytest.raises(DrugrefError, match="File exists"):
        put(tmp_path / "out")
    assert (tmp_path / "victim").read_bytes() == b"kept"


def test_half_written_it_is_private(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"")
    (tmp_path / "out").chmod(0o664)
    with beside(str(tmp_path / "out")) as aside:
        assert Path(aside).stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o664


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_a_request_to_end_is_told_in_the_exit_code(number: signal.Signals) -> None:
    with pytest.raises(StoppedError) as caught, unwinding():
        signal.raise_signal(number)
    assert caught.value.exit_code == 128 + number
