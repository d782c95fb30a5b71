"""Work on many letters shared out among processes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from letters.machine.bounds import Bounds
from letters.machine.crew import Crew, End, Unfinished, shared_memory
from letters.machine.processes import CAN_FORK

T = TypeVar("T")
R = TypeVar("R")

# From so many letters on, several processes pay: where they can be forked, and where each has to start from nothing.
_MANY = 2 if CAN_FORK else 40


def in_processes(
    work: Callable[[T], R],
    items: Sequence[T],
    jobs: int,
    bounds: Bounds | None = None,
    unfinished: Callable[[str], R] | None = None,
) -> list[R]:
    """The result of `work`, a function of a module, for each item, in their order; in up to `jobs` processes.

    For an item that goes beyond `bounds` it is what `unfinished` makes of the reason. Raises ChildProcessError if there
    is none to make it, or if a process was ended by somebody else's hand.
    """
    if not items:
        return []
    bounds = bounds or Bounds()
    found: dict[int, R] = {}
    with shared_memory(), Crew(partial(_numbered, work), bounds) as crew:
        crew.hire(min(jobs, len(items)) if len(items) >= _MANY else 1)
        for (number, _), result in crew.do(enumerate(items)):
            if isinstance(result, Unfinished):
                result = _instead(result.end, bounds, unfinished)
            found[number] = result
    return [found[number] for number in range(len(items))]


def _numbered(work: Callable[[T], R], item: tuple[int, T]) -> R:
    return work(item[1])


def _instead(end: End, bounds: Bounds, unfinished: Callable[[str], R] | None) -> R:
    why = _why(end, bounds)
    if unfinished is None:
        raise ChildProcessError(why)
    return unfinished(why)


def _why(end: End, bounds: Bounds) -> str:
    match end:
        case End.TIME:
            return f"that takes more than {bounds.seconds:g} seconds; --time-limit gives more"
        case End.MEMORY:
            return "that takes too much memory"
        case End.CRASH:
            return "the library that reads PDFs crashed over them"
        case _:
            raise ChildProcessError("a process that was looking at letters ended before its work")
