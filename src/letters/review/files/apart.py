"""Work on files of strangers: in a process of its own, within bounds of time and memory."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar, assert_never

from letters.machine.bounds import Bounds
from letters.machine.crew import Crew, End, Unfinished

Result = TypeVar("Result")

#: In seconds of the processor: a letter takes a tenth of one, 1000 pages some ten.
MOST_TIME = 30.0
#: In bytes, above what the process had when it began.
MOST_MEMORY = 768 * 1024 * 1024


class UnreadableFile(ValueError):
    """A file that cannot be compared; the text says why, and what to do."""


def apart(
    work: Callable[..., Result], *arguments: Any, most_time: float = MOST_TIME, most_memory: int = MOST_MEMORY
) -> Result:
    """What `work` gives, done in a child process, and whatever it raises.

    Raises UnreadableFile where it takes more than `most_time` seconds of the processor, ten times as long on the clock,
    or `most_memory` bytes, or takes the process with it, as a library in C can.
    """
    bounds = Bounds(most_time, most_memory)
    with Crew(partial(_call, work, arguments), bounds, _be_quiet) as crew:
        ((_, result),) = crew.do([None])
    if isinstance(result, Unfinished):
        raise UnreadableFile(_why(result.end, bounds))
    return result


def _why(end: End, bounds: Bounds) -> str:
    match end:
        case End.TIME:
            return f"it takes more than {bounds.seconds:g} seconds, which no letter does"
        case End.MEMORY:
            return f"it needs more than {bounds.memory // 1024**2} MB of memory, which no letter does"
        case End.CRASH | End.LOST:
            return "the library that reads it crashed, or needed too much memory: it is damaged, or made to do harm"
        case _:
            assert_never(end)


def _call(work: Callable[..., Result], arguments: tuple[Any, ...], _: None) -> Result:
    return work(*arguments)


def _be_quiet() -> None:
    """Libraries in C may print, and Python may tell how it died; that is not for a user's eyes."""
    # What the parent holds stays shared memory, as long as nobody looks through it for what can be thrown away.
    gc.freeze()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
