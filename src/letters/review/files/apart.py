"""Work on files of strangers: in a process of its own, within bounds of time and memory."""

from __future__ import annotations

import faulthandler
import gc
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

Result = TypeVar("Result")

#: In seconds of the processor: a letter takes a tenth of one, 1000 pages some twenty.
MOST_TIME = 30.0
#: So many times as long it may take on the clock, where much else runs; for a process that only waits must end too.
_SLOWEST = 10
#: How often, in seconds, the time is looked at where the system does not do it.
_OFTEN = 0.05
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
    ours, theirs = _CONTEXT.Pipe(duplex=False)
    child = _CONTEXT.Process(target=_work, args=(theirs, most_time, most_memory, work, arguments), daemon=True)
    child.start()
    theirs.close()
    try:
        result: Result = _answer(ours, child, most_time)
        return result
    finally:
        child.kill()
        child.join()
        ours.close()


# Forking takes some milliseconds, starting anew half a second; but only on Linux do all libraries stand a fork.
_CONTEXT: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def _answer(connection: Connection, child: Any, most_time: float) -> Any:
    too_long = UnreadableFile(f"it takes more than {most_time:g} seconds, which no letter does")
    if not connection.poll(_SLOWEST * most_time):
        raise too_long
    try:
        result, error = connection.recv()
    except (EOFError, OSError):
        child.join()
        if child.exitcode == _OUT_OF_TIME:
            raise too_long from None
        raise UnreadableFile(
            "the library that reads it crashed, or needed too much memory: it is damaged, or made to do harm"
        ) from None
    if error is not None:
        raise error
    return result


def _work(
    connection: Connection, most_time: float, most_memory: int, work: Callable[..., Any], arguments: tuple[Any, ...]
) -> None:
    # Ctrl-C is for the parent, which ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What the parent holds stays shared memory, as long as nobody looks through it for what can be thrown away.
    gc.freeze()
    _say_nothing()
    _limit_time(most_time)
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


#: How a process ends that has used up its time.
_OUT_OF_TIME = -signal.SIGPROF if hasattr(signal, "SIGPROF") else 87


def _limit_time(most_time: float) -> None:
    """End this process once it has used so many seconds of the processor, and not of the clock."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, most_time)
    else:
        Thread(target=_watch, args=(most_time,), daemon=True).start()


def _watch(most_time: float) -> None:
    end = time.process_time() + most_time
    while time.process_time() < end:
        time.sleep(_OFTEN)
    os._exit(_OUT_OF_TIME)


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
