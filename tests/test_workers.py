"""Work shared out comes back in order, with its errors, and leaves no process behind."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from drugref.labels.workers import in_order
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
