"""The command line in a process of its own, forked from one that has imported it: as a user runs it, but for the time
that Python takes to start. A command that is given another environment is started from nothing."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

_SERVER = Path(__file__).with_name("warm_server.py")


def run(arguments: tuple[str, ...], folder: Path, env: dict[str, str] | None, timeout: float) -> tuple[int, str, str]:
    """Exit status, output and errors of `letters` in a folder. Raises subprocess.TimeoutExpired."""
    if hasattr(os, "fork") and env is None and (server := _server()).environment == _environment():
        return server.run(arguments, folder, timeout)
    done = subprocess.run(
        [sys.executable, "-m", "letters", *arguments],
        cwd=folder,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}


class _Server:
    """A process that has imported `letters`, with the environment in which it did; it ends with this one."""

    def __init__(self) -> None:
        self.environment = _environment()
        self._process = subprocess.Popen(
            [sys.executable, str(_SERVER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd="/"
        )

    def run(self, arguments: tuple[str, ...], folder: Path, timeout: float) -> tuple[int, str, str]:
        with tempfile.NamedTemporaryFile() as out, tempfile.NamedTemporaryFile() as err:
            asked = json.dumps([arguments, str(folder), out.name, err.name])
            assert self._process.stdin
            assert self._process.stdout
            self._process.stdin.write(f"{asked}\n".encode())
            self._process.stdin.flush()
            child = int(self._process.stdout.readline())
            ended = select.select([self._process.stdout], [], [], timeout)[0]
            if not ended:
                os.kill(child, signal.SIGKILL)
            status = int(self._process.stdout.readline())
            if not ended:
                raise subprocess.TimeoutExpired(["letters", *arguments], timeout)
            return status, out.read().decode("utf-8"), err.read().decode("utf-8")


_server = cache(_Server)
