"""Work shared out to other processes, its results in order."""

import io
import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from multiprocessing.connection import Connection, Pipe
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")

MOST = 2
"""Processes at most: each holds some 60 MiB."""
LIGHT = 1 << 20
"""Weight, in bytes, that may be worked on at once unless it is one piece: the work takes some ten times as much memory."""


def in_order(work: Callable[[A], B], pieces: Iterable[A], weigh: Callable[[A], int] = lambda piece: 0) -> Iterator[B]:
    """Yield the results of work on some pieces, in their order, done by processes of their own where there are processors.

    The work is a function of a module; pieces and results can be pickled. Pieces that weigh more than LIGHT together are not
    worked on at once. When this process ends, however it does, the others find their pipe closed and end as well.
    """
    if _processors() < 2:
        for piece in pieces:  # no map, which a StopIteration out of the work would end as if there were no more
            yield work(piece)
        return
    with ExitStack() as stack:
        free = [stack.enter_context(_started(_serve, work)) for _ in range(min(MOST, _processors()))]
        busy: deque[tuple[Connection, int]] = deque()
        # Each has one piece at a time, so that nobody sends while the other side does.
        for piece in pieces:
            weight = weigh(piece)
            results: list[B] = []
            while busy and (not free or weight + sum(held for _, held in busy) > LIGHT):
                pipe, _ = busy.popleft()
                results.append(_result(pipe))
                free.append(pipe)
            pipe = free.pop()
            pipe.send(piece)
            busy.append((pipe, weight))
            yield from results
        for pipe, _ in busy:
            yield _result(pipe)


def elsewhere(produce: Callable[..., Iterator[B]], *arguments: object) -> Iterator[B]:
    """Yield what a generator function of a module yields, run in a process of its own where there are processors."""
    if _processors() < 2:
        yield from produce(*arguments)
        return
    with _started(_produce, produce, arguments) as pipe:
        while data := pipe.recv_bytes():
            batch = io.BytesIO(data)
            while batch.tell() < len(data):
                value = pickle.load(batch)  # from a process of our own
                if isinstance(value, Exception):
                    raise value
                yield value


def _produce(pipe: Connection, produce: Callable[..., Iterator[B]], arguments: tuple[object, ...]) -> None:
    held: list[bytes] = []

    def send() -> None:
        pipe.send_bytes(b"".join(held))
        held.clear()

    try:
        for value in produce(*arguments):
            held.append(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
            if len(held) == _BATCH or sum(map(len, held)) > LIGHT:
                send()
    except Exception as error:
        held.append(pickle.dumps(error))
    if held:
        send()
    send()  # nothing: the end


_BATCH = 64
"""Results that are sent at once, unless they weigh more."""


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _started(work: Callable[..., None], *arguments: object) -> Iterator[Connection]:
    """Start a process and give what it is spoken to by; when the block is left it is ended, whatever it is at.

    It is started here and not by multiprocessing, which runs its processes, the resource tracker among them, with the current
    folder first on the path: a socket.py beside a downloaded archive would be run.
    """
    ours, theirs = Pipe()
    path = [entry for entry in sys.path if entry]  # an empty entry is the current folder, wherever that is
    command = [sys.executable, "-P", "-c", _PROGRAM, str(theirs.fileno()), *path]
    with ours, subprocess.Popen(command, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()]) as process:
        try:
            theirs.close()
            ours.send((work, arguments))
            yield ours
        finally:
            process.kill()  # it holds nothing that would have to be put away


_PROGRAM = "import sys; sys.path[:] = sys.argv[2:]; from drugref.labels.workers import run; run(int(sys.argv[1]))"


def run(handle: int) -> None:
    """Do in a process of its own what is sent over a pipe: a function, which is told the pipe, and its arguments."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; the one that shares the work out says what it means
    try:
        with Connection(handle) as pipe:
            work, arguments = pipe.recv()
            work(pipe, *arguments)
    except (OSError, EOFError):
        pass  # nobody is there any more


def _serve(pipe: Connection, work: Callable[[A], B]) -> None:
    while True:
        piece = pipe.recv()
        try:
            result: object = work(piece)
        except Exception as error:
            result = error
        pipe.send(result)


def _result(pipe: Connection) -> B:  # type: ignore[type-var]  # what it is, is known to whom the work belongs
    result = pipe.recv()
    if isinstance(result, Exception):
        raise result
    return result  # type: ignore[no-any-return]
