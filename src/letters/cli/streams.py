"""Standard output and error that never stop a command: closed, full, or a pipe that nobody reads any more."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import TextIO


class Steady(TextIOWrapper):
    """A stream that goes on when it cannot be written to, and remembers what went wrong first."""

    error: OSError | None = None

    def write(self, text: str, /) -> int:
        """Write, or lose the text."""
        if self.error is None:
            try:
                return super().write(text)
            except OSError as error:
                self._lose(error)
        return len(text)

    def flush(self) -> None:
        """Flush, or lose what was to be written."""
        if self.error is None:
            try:
                super().flush()
            except OSError as error:
                self._lose(error)

    def trouble(self) -> str:
        """Why not all was written; empty where it was, or where a reader had enough."""
        self.flush()
        if self.error is None or self.error.errno == errno.EPIPE:
            return ""
        return (self.error.strerror or str(self.error)).lower()

    def _lose(self, error: OSError) -> None:
        self.error = error
        with suppress(OSError):  # what is still to be written goes nowhere, and the end of the program cannot fail
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())


def steady_streams() -> tuple[Steady, Steady]:
    """Put steady streams in the place of standard output and error; gives them."""
    _occupy()
    sys.stdout, sys.stderr = _steady(sys.stdout, 1), _steady(sys.stderr, 2)
    return sys.stdout, sys.stderr


def _occupy() -> None:
    """Open what is closed of the first three files to nothing: the next file opened would take its place."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def _steady(stream: TextIO | None, number: int) -> Steady:
    raw = stream.buffer if stream is not None else os.fdopen(number, "wb", closefd=False)
    encoding = stream.encoding if stream is not None else "utf-8"
    # A terminal that lacks a dash or an arrow shows a question mark instead of stopping the batch.
    return Steady(raw, encoding=encoding, errors="replace", line_buffering=number == 2 or raw.isatty())
