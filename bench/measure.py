"""One job as a whole process: its time, its processor time, its memory. Linux only."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

#: Seconds between two looks at the memory of all processes.
_INTERVAL = 0.02
#: What makes this process the parent of orphans further down, so that they are waited for and counted (prctl(2)).
_PR_SET_CHILD_SUBREAPER = 36
_PSS = re.compile(rb"^Pss: +(\d+) kB", re.MULTILINE)


class JobFailed(Exception):
    """A job ended with another status than 0, or has not made what it should; the text says more."""


@dataclass(frozen=True)
class Run:
    """What one run took: seconds from start to end, seconds of processors (of all its processes), and memory in MB.

    `largest` is the most that any single process of the job held, as the kernel counts it (never less than the bench
    itself, which the first process is forked from). `together` is the most that all its processes held at one moment,
    memory that they share counted once; it is looked at only where asked for, since the looking takes time too.
    """

    wall: float
    cpu: float
    largest: float
    together: float
    out: str


def run(command: Sequence[str | Path], folder: Path, env: Mapping[str, str], *, watch: bool = False) -> Run:
    """Run a command in `folder` to its end; raises JobFailed with its stderr. `watch`: look at `together`.

    What it leaves running is ended with it.
    """
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    with TemporaryFile() as out, TemporaryFile() as err:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True
        )
        try:
            status, usage, together = _wait(process.pid, watch)
            wall = time.perf_counter() - start
        finally:
            left = _end(process.pid)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            called = " ".join(Path(word).name for word in command[:2])
            raise JobFailed(f"{called} ended with status {process.returncode}:\n{_text(err)}")
        return Run(wall, _cpu(usage) + left, usage.ru_maxrss / 1024, together, _text(out))


def _wait(pid: int, watch: bool) -> tuple[int, Any, float]:
    """Status and usage of a process (with all children that were waited for), and the most held together, in MB."""
    if not watch:
        _, status, usage = os.wait4(pid, 0)
        return status, usage, 0.0
    most = 0
    while True:
        ended, status, usage = os.wait4(pid, os.WNOHANG)
        if ended:
            return status, usage, most / 1024
        most = max(most, _held_by_session(pid))
        time.sleep(_INTERVAL)


def _end(session: int) -> float:
    """End whatever still runs in a session and wait for it; the seconds of processors that it and orphans took."""
    with suppress(ProcessLookupError):
        os.killpg(session, signal.SIGKILL)
    left = 0.0
    with suppress(ChildProcessError):  # that is, until there is none
        while True:
            left += _cpu(os.wait4(-1, 0)[2])
    return left


def _cpu(usage: Any) -> float:
    return float(usage.ru_utime + usage.ru_stime)


def _held_by_session(leader: int) -> int:
    """KB that all processes of a session hold, each shared page counted once (proportional set size)."""
    held = 0
    for entry in os.scandir("/proc"):
        try:
            if entry.name.isdecimal() and os.getsid(int(entry.name)) == leader:
                held += int(_PSS.findall(Path(entry.path, "smaps_rollup").read_bytes())[0])
        except (OSError, IndexError):  # it ended meanwhile
            continue
    return held


def _text(stream: Any) -> str:
    stream.seek(0)
    return str(stream.read().decode("utf-8", "replace"))
