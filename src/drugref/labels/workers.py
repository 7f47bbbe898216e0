"""Work shared out to other processes, its results in order."""

import multiprocessing
import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from multiprocessing.connection import Connection
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")

MOST = 2
"""Processes at most: each holds some 60 MiB."""


def in_order(work: Callable[[A], B], pieces: Iterable[A]) -> Iterator[B]:
    """Yield the results of work on some pieces, in their order, done by processes of their own where there are processors.

    The work is a function of a module; pieces and results can be pickled. When this process ends, however it does, the others
    find their pipe closed and end as well.
    """
    if _processors() < 2:
        yield from map(work, pieces)
        return
    with ExitStack() as stack:
        pipes = [stack.enter_context(_started(_serve, work)) for _ in range(min(MOST, _processors()))]
        busy: deque[Connection] = deque()  # each has one piece at a time, so that nobody sends while the other side does
        for piece in pieces:
            if len(busy) < len(pipes):
                busy.append(pipes[len(busy)])
                busy[-1].send(piece)
                continue
            pipe = busy.popleft()
            result: B = _result(pipe)
            pipe.send(piece)
            busy.append(pipe)
            yield result
        for pipe in busy:
            yield _result(pipe)


def elsewhere(produce: Callable[..., Iterator[B]], *arguments: object) -> Iterator[B]:
    """Yield what a generator function of a module yields, run in a process of its own where there are processors."""
    if _processors() < 2:
        yield from produce(*arguments)
        return
    with _started(_produce, produce, arguments) as pipe:
        while batch := pickle.loads(pipe.recv_bytes()):  # from a process of our own
            if isinstance(batch, Exception):
                raise batch
            yield from batch


def _produce(pipe: Connection, produce: Callable[..., Iterator[B]], arguments: tuple[object, ...]) -> None:
    def send(value: object) -> None:
        pipe.send_bytes(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))

    try:
        found = produce(*arguments)
        while batch := list(islice(found, _BATCH)):
            send(batch)
        send(batch)
    except Exception as error:
        send(error)


_BATCH = 64
"""Results that are sent at once."""


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _started(work: Callable[..., None], *arguments: object) -> Connection:
    """Start a process and return what it is spoken to by; it ends when that is closed."""
    spawn = multiprocessing.get_context("spawn")  # a copy of this process might have caught a lock that nobody opens
    ours, theirs = spawn.Pipe()
    spawn.Process(target=_run, args=(theirs, work, *arguments), daemon=True).start()
    theirs.close()
    return ours


def _run(pipe: Connection, work: Callable[..., None], *arguments: object) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; the one that shares the work out says what it means
    try:
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
