"""Work on files of strangers: in a process of its own, within bounds of time and memory."""

from __future__ import annotations

import faulthandler
import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

Result = TypeVar("Result")

#: In seconds: a letter takes a tenth of one, 1000 pages some ten.
MOST_TIME = 30.0
#: In bytes, above what the process had when it began.
MOST_MEMORY = 768 * 1024 * 1024


class UnreadableFile(ValueError):
    """A file that cannot be compared; the text says why, and what to do."""


def apart(
    work: Callable[..., Result], *arguments: Any, most_time: float = MOST_TIME, most_memory: int = MOST_MEMORY
) -> Result:
    """What `work` gives, done in a child process, and whatever it raises.

    Raises UnreadableFile where it takes more than `most_time` seconds or `most_memory` bytes, or takes the process
    with it, as a library in C can.
    """
    ours, theirs = _CONTEXT.Pipe(duplex=False)
    child = _CONTEXT.Process(target=_work, args=(theirs, most_memory, work, arguments), daemon=True)
    child.start()
    theirs.close()
    try:
        result: Result = _answer(ours, most_time)
        return result
    finally:
        child.kill()
        child.join()
        ours.close()


# Forking takes some milliseconds, starting anew half a second; but only on Linux do all libraries stand a fork.
_CONTEXT: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def _answer(connection: Connection, most_time: float) -> Any:
    if not connection.poll(most_time):
        raise UnreadableFile(f"it takes more than {most_time:g} seconds, which no letter does")
    try:
        result, error = connection.recv()
    except (EOFError, OSError):
        raise UnreadableFile(
            "the library that reads it crashed, or needed too much memory: it is damaged, or made to do harm"
        ) from None
    if error is not None:
        raise error
    return result


def _work(connection: Connection, most_memory: int, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    # Ctrl-C is for the parent, which ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What the parent holds stays shared memory, as long as nobody looks through it for what can be thrown away.
    gc.freeze()
    _say_nothing()
    _limit(most_memory)
    result: Any = None
    problem: Exception | None = None
    try:
        result = work(*arguments)
    except MemoryError:
        problem = UnreadableFile(f"it needs more than {most_memory // 1024**2} MB of memory, which no letter does")
    except Exception as error:
        problem = error
    connection.send((result, problem))


def _say_nothing() -> None:
    """Libraries in C may print, and Python may tell how it died; that is not for a user's eyes."""
    faulthandler.disable()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)


def _limit(most_memory: int) -> None:
    """Bound this process, where the platform can."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        most = pages * os.sysconf("SC_PAGE_SIZE") + most_memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
