"""Work on many letters shared out among processes."""

from __future__ import annotations

import gc
import multiprocessing
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from typing import TypeVar

from letters.processes import no_interrupt

T = TypeVar("T")
R = TypeVar("R")

# From so many letters on, processes pay: where they can be forked, and where each has to start from nothing.
if sys.platform == "linux":
    _CONTEXT = multiprocessing.get_context("fork")
    _MANY = 2
else:
    _CONTEXT = multiprocessing.get_context("spawn")
    _MANY = 40


def in_processes(work: Callable[[T], R], items: Sequence[T], jobs: int) -> list[R]:
    """The result of `work`, a function of a module, for each item, in their order; in up to `jobs` processes.

    Raises ChildProcessError if one of them ends before its work, by a fault of its own or by somebody else's hand.
    """
    jobs = min(jobs, len(items))
    if jobs < 2 or len(items) < _MANY:
        return [work(item) for item in items]
    found: dict[int, R] = {}
    with _started(work, items, jobs) as results:
        # Each is heard as soon as it has something to say: one that is not heard waits, and works no further.
        while len(found) < len(items):
            for result in wait(results):
                assert isinstance(result, Connection)
                try:
                    number, value = result.recv()
                except EOFError:
                    raise ChildProcessError("a process that was looking at letters ended before its work") from None
                found[number] = value
                if number + jobs >= len(items):
                    results.remove(result)
    return [found[number] for number in range(len(items))]


@contextmanager
def _started(work: Callable[[T], R], items: Sequence[T], jobs: int) -> Iterator[list[Connection]]:
    """Processes at work, each with its share from the start, and where each says what it found; they end with the
    context."""
    results, processes = [], []
    gc.collect()
    gc.freeze()  # so that the forks share the memory
    try:
        for first in range(jobs):
            result, say = _CONTEXT.Pipe(duplex=False)
            results.append(result)
            share = list(enumerate(items))[first::jobs]
            inherited = results if sys.platform == "linux" else []
            process = _CONTEXT.Process(target=_run, args=(work, share, say, inherited), daemon=True)
            with no_interrupt():  # for good: the parent alone decides what that means
                process.start()
            processes.append(process)
            say.close()
        yield list(results)
    finally:
        gc.unfreeze()
        for result in results:
            result.close()
        for process in processes:
            process.terminate()
            process.join()


def _run(
    work: Callable[[T], R], share: Sequence[tuple[int, T]], say: Connection, inherited: Sequence[Connection]
) -> None:
    for result in inherited:  # else nobody notices that the parent is gone, who alone reads them
        result.close()
    try:
        for number, item in share:
            say.send((number, work(item)))
    except BrokenPipeError:
        pass
