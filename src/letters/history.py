"""What earlier states of the outputs are kept for a review: as last reviewed, and as before the last build.

Below `outputs/review/`: `previous/` holds what the last build replaced, `reviewed/` all that was last reviewed, and
`inputs.zip` the forces and templates that the outputs were made from. Nothing of it is anybody's work but ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from letters.files import Store, is_file, read_file
from letters.members import NotAnArchive, read_members, write_members
from letters.source import Source, Unreadable

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
        self._store = Store(out)
        self._begun = False

    def keep(self, paths: Iterable[str]) -> None:
        """Keep the files at `paths` (from the output folder) as they are, before they are replaced or moved away.

        A composed letter that is not there yet is remembered as such, by an empty file. Raises OSError.
        """
        for path in paths:
            self._begin()
            kept = f"{PREVIOUS}/{path}"
            if self._store.holds(kept):
                continue  # replaced twice since the last build that was finished
            if is_file(self._store.path(path)):
                self._store.link(path, kept)
            elif path.startswith(COMPOSED):
                self._store.write(kept, b"")

    def forget(self, paths: Iterable[str]) -> None:
        """Keep composed letters that are no longer to be made, and take them out of the outputs. Raises OSError."""
        for path in paths:
            self.keep([path])
            self._store.remove(path)

    def finish(self, source: Source) -> None:
        """The build is done: `source` is what the outputs are made from now. Raises OSError."""
        if self._begun:
            self._store.write(f"{REVIEW}/{INPUTS}", packed(source))
            self._store.remove(f"{PREVIOUS}/{_UNFINISHED}")

    def _begin(self) -> None:
        if self._begun:
            return
        self._begun = True
        store, marker = self._store, f"{PREVIOUS}/{_UNFINISHED}"
        if not store.holds(marker):
            store.remove_tree(PREVIOUS)
            store.write(marker, b"")
            if is_file(store.path(f"{REVIEW}/{INPUTS}")):
                store.link(f"{REVIEW}/{INPUTS}", f"{PREVIOUS}/{INPUTS}")


def keep_reviewed(out: Path, files: Mapping[str, bytes | None], note: bytes) -> None:
    """Keep `files` (path from the state's folder to bytes; None: there is no longer one) as what was last reviewed.

    What is not named stays as it was. Either all of it is kept or nothing. Raises OSError.
    """
    store = Store(out)
    fresh, old = f"{REVIEWED}.new", f"{REVIEWED}.old"
    for leftover in (fresh, old):
        store.remove_tree(leftover)
    store.copy_tree(REVIEWED, fresh)
    for path, data in {**files, NOTE: note}.items():
        if data is None:
            store.remove(f"{fresh}/{path}")
        else:
            store.write(f"{fresh}/{path}", data)
    if store.holds(REVIEWED):
        store.rename(REVIEWED, old)
    store.rename(fresh, REVIEWED)
    store.remove_tree(old)


def restore_reviewed(out: Path) -> None:
    """Put back what was last reviewed where `keep_reviewed` was killed between its two renamings."""
    with suppress(OSError):
        store, old = Store(out), f"{REVIEWED}.old"
        if store.holds(old) and not store.holds(REVIEWED):
            store.rename(old, REVIEWED)


#: The file of a reviewed state that says when, and what came of it.
NOTE = "review.json"


def packed(source: Source) -> bytes:
    """The files of a source as one zip file; unreadable ones are left out. The same source gives the same bytes."""
    members = {}
    for path in source:
        if not path.isprintable():
            continue  # nothing reads it, and no archive can name it
        with suppress(Unreadable):
            members[path] = source[path]
    return write_members(members)


def unpacked(path: Path) -> Source | None:
    """The source that `packed` put into a file, or None where there is none that can be read."""
    try:
        return read_members(read_file(path))
    except (OSError, NotAnArchive):
        return None
