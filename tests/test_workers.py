"""Work shared out comes back in order, with its errors, and leaves no process behind."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from drugref.labels.workers import LIGHT, elsewhere, in_order
from tests.conftest import ROOT


def doubled(number: int) -> int:
    time.sleep(0.001 * (number % 3))
    return 2 * number


def large(number: int) -> bytes:
    return bytes([number % 256]) * 3_000_000


def refused(number: int) -> int:
    if number == 5:
        raise ValueError("not five")
    return number


def ended(number: int) -> int:
    if number == 1:
        raise StopIteration
    return number


def test_results_come_in_the_order_of_the_pieces() -> None:
    assert list(in_order(doubled, range(100))) == [2 * number for number in range(100)]
    assert list(in_order(doubled, [])) == []
    assert list(in_order(doubled, [4])) == [8]


def test_results_larger_than_any_pipe_come_through() -> None:
    assert [len(result) for result in in_order(large, range(7))] == [3_000_000] * 7


def test_an_error_is_raised_in_its_place() -> None:
    results = in_order(refused, range(9))
    assert [next(results) for _ in range(5)] == [0, 1, 2, 3, 4]
    with pytest.raises(ValueError, match="not five"):
        next(results)


def test_one_processor_does_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0})
    assert list(in_order(lambda number: number + 1, range(3))) == [1, 2, 3]


@pytest.mark.parametrize("processors", [{0}, {0, 1}], ids=["one processor", "two"])
def test_no_error_passes_for_the_end(monkeypatch: pytest.MonkeyPatch, processors: set[int]) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: processors)
    with pytest.raises(RuntimeError):
        list(in_order(ended, range(3)))


def test_who_works_for_a_process_that_was_killed_ends_as_well(tmp_path: Path) -> None:
    code = (
        "import os, time\nfrom drugref.labels.workers import in_order\nfrom tests.test_workers import doubled\n"
        "if __name__ == '__main__':\n    results = in_order(doubled, range(10**9))\n    next(results)\n"
        "    print(os.getpgid(0), flush=True)\n    time.sleep(60)\n"
    )
    script = tmp_path / "killed.py"
    script.write_text(code)
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    command = [sys.executable, str(script)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, start_new_session=True) as running:
        assert running.stdout
        group = int(running.stdout.readline())
        running.kill()
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("a process was left behind")


@pytest.fixture
def trapped(tmp_path: Path) -> Iterator[Path]:
    """Give a folder with Python files that would leave a trace if they were run; none may have been."""
    ran = tmp_path / "ran"
    for name in ("socket", "pickle", "struct", "tempfile", "selectors", "json", "sqlite3", "ijson", "lxml", "multiprocessing"):
        (tmp_path / f"{name}.py").write_text(f"open({str(ran)!r}, 'a').write({name!r})\nraise ImportError\n")
    yield tmp_path
    assert not ran.exists(), ran.read_text()


@pytest.mark.parametrize("start", [("python", "-m", "drugref"), ("drugref",)], ids=" ".join)
def test_an_import_runs_no_python_file_of_the_current_folder(start: tuple[str, ...], trapped: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONSAFEPATH"}
    sample = ROOT / "tests" / "samples" / "import" / "openfda" / "drug-label-0001-of-0001.json"
    command = [str(Path(sys.executable).parent / start[0]), *start[1:], "import", "openfda", str(sample)]
    done = subprocess.run(command, cwd=trapped, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_worker_runs_no_python_file_of_the_current_folder(trapped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0, 1}, raising=False)
    monkeypatch.syspath_prepend("")
    monkeypatch.chdir(trapped)
    assert list(in_order(doubled, range(3))) == [0, 2, 4]


def counted(number: int) -> Iterator[bytes]:
    for piece in range(number):
        yield bytes(3_000_000) + bytes([piece])


def failing() -> Iterator[int]:
    yield 1
    raise ValueError("after one")


def test_what_another_process_yields_comes_one_by_one_however_large() -> None:
    assert [piece[-1] for piece in elsewhere(counted, 5)] == [0, 1, 2, 3, 4]
    results = elsewhere(failing)
    assert next(results) == 1
    with pytest.raises(ValueError, match="after one"):
        next(results)


def test_what_weighs_much_is_worked_on_alone() -> None:
    seen: list[int] = []

    def pieces() -> Iterator[int]:
        for number in range(6):
            seen.append(number)
            yield number

    results = in_order(doubled, pieces(), lambda number: LIGHT)
    assert next(results) == 0
    assert seen == [0, 1]
    assert list(results) == [2, 4, 6, 8, 10]
