"""Files put in their place at once: whole or as before, with nothing left lying about, and never over a device."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from drugref.aside import sweep, written
from drugref.errors import DrugrefError


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


def test_only_what_the_dead_left_of_the_same_file_is_swept(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    swept = f".out.{dead.pid}.tmp"
    kept = {f".out.{os.getppid()}.tmp", f".other.{dead.pid}.tmp", f".out.more.{dead.pid}.tmp", ".out.x.tmp", "out.tmp"}
    for name in {swept, *kept}:
        (tmp_path / name).write_bytes(b"")
    put(tmp_path / "out")
    assert {path.name for path in tmp_path.iterdir()} == {"out", *kept}
    sweep(str(tmp_path))
    assert {path.name for path in tmp_path.iterdir()} == {"out", f".out.{os.getppid()}.tmp", ".out.x.tmp", "out.tmp"}
