"""What a run finds around it and must not hang on: variables that libraries heed, and signals that end it."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

#: Variables by which libraries that set pages can be made to set them otherwise, or to say things.
_SWAYING = ("HB_", "FC_", "FONTCONFIG_", "PANGO_", "G_", "GOBJECT_", "CAIRO_", "FREETYPE_", "FT2_", "FRIBIDI_")


def clear_environment() -> None:
    """Take out of the environment what would change pages; to be done before the libraries are loaded."""
    for name in list(os.environ):
        if name.upper().startswith(_SWAYING) or name.upper() == "SOURCE_DATE_EPOCH":
            del os.environ[name]


#: Seconds after which a run that was to end is ended: an interruption is lost where a library swallows it.
_PATIENCE = 3.0
INTERRUPTED = 130
STOPPED = "\nStopped. Every file is either as it was or new; run the same command again to go on.\n"


def heed_signals() -> None:
    """Let what else ends a command (a service that stops, a shell that closes, Ctrl-Break) do as Ctrl-C does."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)
        # Who started this with `nohup`, or in the background, wants it to outlive the shell.
        if number is not None and signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _interrupt)


_interrupted = False


def is_interrupted() -> bool:
    """Whether this run was told to end."""
    return _interrupted


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001
    global _interrupted
    _interrupted = True
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, _end)
        signal.setitimer(signal.ITIMER_REAL, _PATIENCE)
    raise KeyboardInterrupt


def _end(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001
    with suppress(OSError):
        os.write(2, STOPPED.encode())
    os._exit(INTERRUPTED)  # what this run has started ends with it


def heed_no_more() -> None:
    """The run is over, and what it came to is known: nothing is left to be interrupted."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def ending_at_once() -> Iterator[None]:
    """Let Ctrl-C end this process without a word: for work of a library in C that gives way to nothing else.

    Such work writes nothing, and files are whole at any moment.
    """
    before = signal.getsignal(signal.SIGINT)
    if before is not _interrupt or threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
