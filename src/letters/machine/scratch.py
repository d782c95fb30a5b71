"""One temporary folder for all that this run and its processes put aside, gone when the run is, however it ends."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

_PREFIX = "letters-run-"
#: Held open and locked for as long as a process of the run is there; a folder without it is not ours.
_MARKER = "this-folder-is-of-letters"


@cache
def scratch_folder() -> Path:
    """The folder, made at the first call, and from then on where Python's `tempfile` puts things.

    What runs that were killed left behind goes first: only folders that are this user's, and marked, and of no run
    that still goes on. Raises OSError where there is no place for temporary files.
    """
    place = Path(tempfile.gettempdir())
    _remove_left_over(place)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
    name = _MARKER if sys.platform == "win32" else "marker"  # there no open file can be renamed, nor deleted
    marker = os.open(folder / name, os.O_RDWR | os.O_CREAT | os.O_EXCL)
    _lock(marker)
    (folder / name).rename(folder / _MARKER)  # only now, or another run would take the folder for left over
    tempfile.tempdir = str(folder)
    atexit.register(_remove_own, folder, marker, os.getpid())
    return folder


def _remove_own(folder: Path, marker: int, owner: int) -> None:
    if os.getpid() == owner:  # a forked process leaves it to its parent
        tempfile.tempdir = None
        os.close(marker)
        shutil.rmtree(folder, ignore_errors=True)


def _remove_left_over(place: Path) -> None:
    with suppress(OSError):
        for folder in place.glob(f"{_PREFIX}*"):
            if _is_left_over(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _is_left_over(folder: Path) -> bool:
    """Whether a folder is of a run of this user's that is over."""
    try:
        about = folder.lstat()
        if folder.is_symlink() or (hasattr(os, "getuid") and about.st_uid != os.getuid()):
            return False
        marker = os.open(folder / _MARKER, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return False
    try:
        return _lock(marker)
    finally:
        os.close(marker)


def _lock(file: int) -> bool:
    """Lock an open file for this process and those it forks; False where another run has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
