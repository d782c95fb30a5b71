"""What earlier states of the outputs are kept for a review: as last reviewed, and as before the last build.

Below `outputs/review/`: `previous/` holds what the last build replaced, `reviewed/` all that was last reviewed, and
`inputs.zip` the forces and templates that the outputs were made from. Nothing of it is anybody's work but ours.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from letters.members import MOST_INPUTS, NotAnArchive, read_members, write_members
from letters.source import Source, Unreadable
from letters.write import write_file

#: The folder of all that belongs to reviews, below the output folder.
REVIEW = "review"
PREVIOUS = f"{REVIEW}/previous"
REVIEWED = f"{REVIEW}/reviewed"
INPUTS = "inputs.zip"
#: The folder of composed letters, in the output folder and in each state kept.
COMPOSED = "composed"
_UNFINISHED = "unfinished"


class History:
    """Keeps what one build replaces. A build that is killed leaves it open, and the next one goes on with it."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._previous = out / PREVIOUS
        self._begun = False

    def keep(self, paths: Iterable[str]) -> None:
        """Keep the files at `paths` (from the output folder) as they are, before they are replaced or moved away.

        A composed letter that is not there yet is remembered as such, by an empty file. Raises OSError.
        """
        for path in paths:
            self._begin()
            kept = self._previous / path
            if kept.exists():
                continue  # replaced twice since the last build that was finished
            kept.parent.mkdir(parents=True, exist_ok=True)
            if (self._out / path).exists():
                _link(self._out / path, kept)
            elif path.startswith(COMPOSED):
                kept.write_bytes(b"")

    def forget(self, paths: Iterable[str]) -> None:
        """Keep composed letters that are no longer to be made, and take them out of the outputs. Raises OSError."""
        for path in paths:
            self.keep([path])
            (self._out / path).unlink(missing_ok=True)

    def finish(self, source: Source) -> None:
        """The build is done: `source` is what the outputs are made from now. Raises OSError."""
        if self._begun:
            write_file(self._out / REVIEW / INPUTS, packed(source))
            (self._previous / _UNFINISHED).unlink(missing_ok=True)

    def _begin(self) -> None:
        if self._begun:
            return
        self._begun = True
        marker = self._previous / _UNFINISHED
        if not marker.exists():
            if self._previous.exists():
                shutil.rmtree(self._previous)
            self._previous.mkdir(parents=True)
            marker.write_bytes(b"")
            if (self._out / REVIEW / INPUTS).exists():
                _link(self._out / REVIEW / INPUTS, self._previous / INPUTS)


def keep_reviewed(out: Path, files: Mapping[str, bytes | None], note: bytes) -> None:
    """Keep `files` (path from the state's folder to bytes; None: there is no longer one) as what was last reviewed.

    What is not named stays as it was. Either all of it is kept or nothing. Raises OSError.
    """
    reviewed, fresh, old = (out / f"{REVIEWED}{suffix}" for suffix in ("", ".new", ".old"))
    for leftover in (fresh, old):
        if leftover.exists():
            shutil.rmtree(leftover)
    if reviewed.exists():
        shutil.copytree(reviewed, fresh, copy_function=_link)
    for path, data in {**files, NOTE: note}.items():
        (fresh / path).parent.mkdir(parents=True, exist_ok=True)
        (fresh / path).unlink(missing_ok=True)  # a link: writing into it would change the old state, too
        if data is not None:
            (fresh / path).write_bytes(data)
    if reviewed.exists():
        reviewed.rename(old)
    fresh.rename(reviewed)
    if old.exists():
        shutil.rmtree(old)


def restore_reviewed(out: Path) -> None:
    """Put back what was last reviewed where `keep_reviewed` was killed between its two renamings."""
    reviewed, old = out / REVIEWED, out / f"{REVIEWED}.old"
    if old.exists() and not reviewed.exists():
        with suppress(OSError):
            old.rename(reviewed)


#: The file of a reviewed state that says when, and what came of it.
NOTE = "review.json"


def packed(source: Source) -> bytes:
    """The files of a source as one zip file; unreadable ones are left out. The same source gives the same bytes."""
    members = {}
    for path in source:
        with suppress(Unreadable):
            members[path] = source[path]
    return write_members(members)


def unpacked(path: Path) -> Source | None:
    """The source that `packed` put into a file, or None where there is none that can be read."""
    try:
        return read_members(path.read_bytes(), MOST_INPUTS)
    except (OSError, NotAnArchive):
        return None


def _link(source: str | Path, target: str | Path) -> None:
    """A second name for a file, which keeps its bytes when the first is replaced; a copy where there are no links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
