"""Starting other processes: their signals, their end with their parent, and what they may take."""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

#: Forking takes some milliseconds, starting anew half a second; but only on Linux do all libraries stand a fork.
CAN_FORK = sys.platform == "linux"
CONTEXT: Any = multiprocessing.get_context("fork" if CAN_FORK else "spawn")

#: Signals that end a command: Ctrl-C, and what a service or a shell that closes sends.
ENDING = {getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)}


@contextmanager
def no_interrupt() -> Iterator[None]:
    """Hold Ctrl-C back while a process is started: it would end in a traceback before it can refuse it."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def become_a_child() -> None:
    """What a started process does first: leave Ctrl-C, which reaches every process of a terminal, to its parent; end
    when the parent is gone; and tell nobody how it died."""
    faulthandler.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in ENDING - {signal.SIGINT}:
        signal.signal(number, signal.SIG_DFL)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    _end_with_parent()


def _end_with_parent() -> None:
    """A parent that is killed cannot end its children, which would wait for work, or be at it, for ever."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    if sys.platform == "linux":  # by the kernel, also while a library in C is at work
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        # It may be gone already. Its sentinel would not tell: a process forked after this one holds its other end too.
        if os.getppid() != parent.pid:
            os._exit(1)
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


_PR_SET_PDEATHSIG = 1


def limit_memory(more: int) -> None:
    """Bound this process to `more` bytes above what it has now, where the platform can."""
    if sys.platform == "win32":
        return
    import resource

    with suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        most = pages * os.sysconf("SC_PAGE_SIZE") + more
        given, _ = resource.getrlimit(resource.RLIMIT_AS)
        if given in (-1, resource.RLIM_INFINITY) or most < given:
            resource.setrlimit(resource.RLIMIT_AS, (most, most))


#: What a process ends with that took too long, where no signal says so.
TOO_LONG = 97


@contextmanager
def limited_time(seconds: float) -> Iterator[None]:
    """End this process, which does one thing at a time, if it takes more than `seconds` of the processor."""
    if sys.platform == "win32":
        done = threading.Event()
        threading.Thread(target=_watch_time, args=(seconds, done), daemon=True).start()
        try:
            yield
        finally:
            done.set()
        return
    signal.signal(signal.SIGPROF, signal.SIG_DFL)  # which ends a process whatever it is at
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _watch_time(seconds: float, done: threading.Event) -> None:
    import time

    begun = time.process_time()
    while not done.wait(0.05):
        if time.process_time() - begun > seconds:
            os._exit(TOO_LONG)
