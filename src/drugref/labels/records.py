"""From labels gathered by their ingredients to records, one for each ingredient set."""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain, islice
from typing import NamedTuple

from drugref.facts import Entry
from drugref.job import Job
from drugref.labels.grouping import Group, Groups
from drugref.labels.label import Label
from drugref.labels.record import Origin, base_of, record_of
from drugref.labels.workers import in_order

AGAIN = "another version of a label that was read"
_FEW = 200
"""Records that are made sooner than other processes have started."""
_LIGHT = 2 << 20
"""Bytes of the labels that are held to find out whether there are more than a few."""


def records(groups: Groups, read: Callable[[bytes], Label], origin: Origin, job: Job) -> Iterator[Entry]:
    """Yield the wanted records by key; ``read`` makes a label of what was offered to the groups. The labels are counted."""
    different = groups.labels()
    job.report.take(different)
    if again := groups.offered - different:
        job.report.leave_out(AGAIN, again)
    wanted = (group for group in groups if job.wants((group.inn, base_of(group.inn), *group.brands)))
    tasks = (_Task(group, read, origin, job.today) for group in wanted)
    few = deque(_first(tasks))
    more = next(tasks, None)
    # No map, which a StopIteration out of a task would end as if there were no more.
    made = in_order(_made, chain(_emptied(few), [more], tasks), _weight) if more else (_made(task) for task in _emptied(few))
    for entry, doubts in made:
        job.report.doubts.update(doubts)
        yield entry


def _first(tasks: Iterator["_Task"]) -> Iterator["_Task"]:
    """Yield some tasks, as many as this process may do and hold."""
    left = _LIGHT
    for task in islice(tasks, _FEW):
        yield task
        left -= _weight(task)
        if left < 0:
            break


def _emptied(tasks: deque["_Task"]) -> Iterator["_Task"]:
    """Yield tasks and let go of each."""
    while tasks:
        yield tasks.popleft()


def _weight(task: "_Task") -> int:
    return sum(map(len, (task.group.payload, *task.group.others)))


class _Task(NamedTuple):
    """A record to make."""

    group: Group
    read: Callable[[bytes], Label]
    origin: Origin
    today: date


def _made(task: _Task) -> tuple[Entry, Counter[str]]:
    job = Job(today=task.today)
    label, others = task.read(task.group.payload), map(task.read, task.group.others)
    return record_of(label, task.group, task.origin, job, others), job.report.doubts
