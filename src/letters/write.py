"""Bytes to disk so that a crash never leaves half a file, and nobody's open or edited document is overwritten."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from itertools import product
from pathlib import Path

_TEMPORARY = ".{}.part"
#: Errors of the machine, not of one file: full, over quota, read-only, too large, broken.
_MACHINE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EFBIG}


class OpenElsewhere(Exception):
    """The file is open in Word or LibreOffice, which would lose either their work or ours."""


def write_file(path: Path, data: bytes, *, keep_old: bool = False) -> Path | None:
    """Put `data` at `path`, whole or not at all. Raises OpenElsewhere, or OSError.

    With `keep_old`, what stands there is moved aside once the new bytes are safe on disk; gives its new path.
    """
    if is_open(path):
        raise OpenElsewhere(path.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(_TEMPORARY.format(path.name))
    try:
        temporary.write_bytes(data)
        aside = _move_aside(path) if keep_old and path.exists() else None
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):  # what went wrong first is what counts
            temporary.unlink(missing_ok=True)
        raise
    return aside


def is_open(path: Path) -> bool:
    """Whether Word or LibreOffice says, by the owner file it puts beside a document, that it has `path` open."""
    name = path.name
    # Word writes ~$ in place of the first two letters of a long name, and in front of a short one.
    owners = (f".~lock.{name}#", f"~${name}", f"~${name[1:]}", f"~${name[2:]}")
    return path.suffix == ".docx" and any((path.parent / owner).exists() for owner in owners)


def _move_aside(path: Path) -> Path:
    """Rename an edited document to `<slug>.edited-N.docx`, N being the first free number; gives the new path."""
    number = 1
    while (aside := path.with_name(f"{path.stem}.edited-{number}{path.suffix}")).exists():
        number += 1
    path.rename(aside)
    return aside


def remove_leftovers(folder: Path) -> None:
    """Delete what a killed build left half written in the output folder; it looks nowhere else below it."""
    for place, suffix in product(("", "*/", "composed/*/"), ("pdf", "docx", "html", "txt", "json", "zip")):
        for leftover in folder.glob(place + _TEMPORARY.format(f"*.{suffix}")):
            with suppress(OSError):  # writing there will say what is wrong
                leftover.unlink()


def is_of_the_machine(error: OSError) -> bool:
    """Whether `error` would meet every file alike, not this one only."""
    return error.errno in _MACHINE or (
        isinstance(error, PermissionError) and not _exists(error.filename2 or error.filename)
    )


def _exists(path: object) -> bool:
    return isinstance(path, str) and os.path.exists(path)  # noqa: PTH110 - the name is the error's, a str
