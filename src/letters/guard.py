"""What became of a Word file of ours since it was made, and how it may be replaced: nobody's edit is ever lost.

Beside the outputs, in `.sealed/`, each Word file is kept as it was made: what was saved again is held against that.
Whoever deletes the folder loses nothing: a file that then proves nothing of itself counts as edited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from letters.members import NotAnArchive, read_members
from letters.plan import State, Touched
from letters.render.carried import carry_over
from letters.render.seal import core_digest, digest_sealed, has_core, is_sealed, is_stamped
from letters.write import write_file

#: The folder of all Word files as they were made, below the output folder.
SEALED = ".sealed"
#: What somebody's own version is called once it was moved aside.
_ASIDE = re.compile(r".+\.edited-\d+\.docx", re.IGNORECASE)
#: More is no file of ours.
_MOST_BYTES = 50 * 1024 * 1024


class Edited(Exception):
    """A Word file that somebody edited stands where one is to be written; it was left as it is."""


@dataclass(frozen=True)
class Put:
    """A Word file that was written: its bytes, and where the edited one before it is now."""

    data: bytes
    aside: Path | None


def look_at(out: Path, path: str) -> Touched:
    """What became of the Word file at `path` below an output folder, since letters made it."""
    try:
        with (out / path).open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError:
        return Touched(State.EDITED)
    made = _as_made(out, path, data)
    return Touched(_state(data, made), sha256(made).hexdigest() if made else "")


def _state(data: bytes, made: bytes | None) -> State:
    if len(data) > _MOST_BYTES:
        return State.EDITED
    if is_sealed(data):
        return State.OURS
    if is_stamped(data) or (made and has_core(data, of=made)):
        return State.STAMPED
    return State.SAVED if made and _is_saved(made, data) else State.EDITED


def _is_saved(made: bytes, data: bytes) -> bool:
    # Imported here: of most files the seal says enough.
    from letters.review.untouched import is_same_document

    return is_same_document(made, data)


def _as_made(out: Path, path: str, data: bytes) -> bytes | None:
    """The bytes that the file at `path` had when it was made, or None where they are not kept."""
    mark = digest_sealed(data)
    try:
        made = (out / SEALED / path).read_bytes() if mark else None
    except OSError:
        return None
    return made if made and digest_sealed(made) == mark and (is_sealed(made) or is_stamped(made)) else None


def core_of(out: Path, path: str) -> str:
    """The digest of what the Word file at `path` says and how it looks; empty where it cannot be told."""
    try:
        return core_digest(read_members((out / path).read_bytes()))
    except (OSError, NotAnArchive):
        return ""


def put(out: Path, path: str, data: bytes, *, replace_edited: bool) -> Put:
    """Write a sealed Word file; what services wrote into the one before it is carried over.

    With `replace_edited`, an edited one is moved aside first. Raises Edited, OpenElsewhere and OSError.
    """
    target = out / path
    edited = False
    if target.exists():
        state = look_at(out, path).state
        edited = state is State.EDITED
        if edited and not replace_edited:
            raise Edited(path)
        if not edited:
            data = carry_over(target.read_bytes(), data)
    aside = write_file(target, data, keep_old=edited)
    keep_as_made(out, path, data)
    return Put(data, aside)


def keep_as_made(out: Path, path: str, data: bytes) -> None:
    """Keep a Word file as it was made, to hold against it what becomes of it. Raises OSError."""
    write_file(out / SEALED / path, data)


def keep_ours(out: Path, path: str) -> None:
    """The same for one that stands in the outputs as it was made, unless that is done already. Raises OSError."""
    if not (out / SEALED / path).exists() and is_sealed(data := (out / path).read_bytes()):
        keep_as_made(out, path, data)


def clear(out: Path, folder: str) -> Iterator[str]:
    """Delete the Word files below a folder of the outputs; gives the paths of edited ones, which stay. Raises OSError.

    Versions that were moved aside stay, too, and are not spoken about.
    """
    for file in sorted((out / folder).rglob("*.docx")):
        if not _ASIDE.fullmatch(file.name):
            yield from remove(out, file.relative_to(out).as_posix())


def remove(out: Path, path: str) -> Iterator[str]:
    """Delete one Word file; gives its path if it is edited, and stays. Raises OSError."""
    if not (out / path).is_file():
        return
    if look_at(out, path).state is State.EDITED:
        yield path
        return
    (out / path).unlink()
    with suppress(OSError):
        (out / SEALED / path).unlink()
