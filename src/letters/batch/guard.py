"""What became of a Word file of ours since it was made, and how it may be replaced: nobody's edit is ever lost.

Beside the outputs, in `.sealed/`, each Word file is kept as it was made: what was saved again is held against that.
Whoever deletes the folder loses nothing: a file that then proves nothing of itself counts as edited.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from hashlib import sha256
from pathlib import Path

from letters.batch.kept_edits import kept
from letters.batch.plan import Disk, Kept, State, Touched, Wanted
from letters.batch.versions import versions
from letters.machine.archive import NotAnArchive, read_members
from letters.machine.files import Prepared, Refused, Store
from letters.render.carried import carry_over
from letters.render.seal import core_digest, digest_sealed, has_core, is_sealed, is_stamped

#: The folder of all Word files as they were made, below the output folder.
SEALED = ".sealed"
#: What somebody's own version is called once it was moved aside.
_ASIDE = re.compile(r".+\.edited-\d+\.docx", re.IGNORECASE)


#: Notes of which saved files were found the same, so that no build reads them again.
_FOUND_SAME, _MOST_NOTES = f"{SEALED}/found-same", 10_000


class Edited(Exception):
    """A Word file that somebody edited stands where one is to be written; it was left as it is."""


def disk_of(out: Path, root: Path | None = None) -> Disk:
    """What stands in an output folder, looked at when asked. `root`: the workspace, which knows what is to stay."""

    store = Store(out)

    def read_digest(path: str) -> str | None:
        try:
            return sha256(store.read(path)).hexdigest()
        except FileNotFoundError:
            return None
        except OSError:
            return "unreadable"

    def is_kept(want: Wanted, digest: str) -> Kept | None:
        return kept(root, want.key, digest, partial(core_of, store, want.path)) if root else None

    return Disk(read_digest, lambda path: look_at(store, path, notes(store)), is_kept)


def look_at(store: Store, path: str, found_same: frozenset[str] = frozenset()) -> Touched:
    """What became of the Word file at `path` since letters made it; one that cannot be read counts as edited.

    `found_same`: what earlier builds found (see `notes`).
    """
    try:
        data = store.read(path)
    except OSError:
        return Touched(State.EDITED)
    made = _as_made(store, path, data)
    return Touched(_state(data, made, found_same), sha256(made).hexdigest() if made else "")


def _state(data: bytes, made: bytes | None, found_same: frozenset[str]) -> State:
    if is_sealed(data):
        return State.OURS
    if is_stamped(data) or (made and has_core(data, of=made)):
        return State.STAMPED
    saved = made and (_note(data, made) in found_same or _is_saved(made, data))
    return State.SAVED if saved else State.EDITED


def notes(store: Store) -> frozenset[str]:
    """What earlier builds found to be saved without a change."""
    try:
        return frozenset(store.read(_FOUND_SAME).decode("ascii", "replace").split())
    except OSError:
        return frozenset()


def note_saved(store: Store, paths: Iterable[str]) -> None:
    """Note that the Word files at these paths were found to be saved without a change. Raises OSError."""
    known, found = notes(store), set()
    for path in paths:
        data = store.read(path)
        if made := _as_made(store, path, data):
            found.add(_note(data, made))
    if not found <= known:
        kept = known if len(known) < _MOST_NOTES else frozenset()
        store.write(_FOUND_SAME, "".join(f"{note}\n" for note in sorted(kept | found)).encode())


def _note(data: bytes, made: bytes) -> str:
    """A digest of a file, of it as it was made, and of the tool that found them the same."""
    pieces = (versions()["letters"].encode(), sha256(data).digest(), sha256(made).digest())
    return sha256(b"".join(pieces)).hexdigest()


def _is_saved(made: bytes, data: bytes) -> bool:
    # Imported here: of most files the seal says enough.
    from letters.review.files.untouched import is_same_document

    return is_same_document(made, data)


def _as_made(store: Store, path: str, data: bytes) -> bytes | None:
    """The bytes that the file at `path` had when it was made, or None where they are not kept."""
    mark = digest_sealed(data)
    try:
        made = store.read(f"{SEALED}/{path}") if mark else None
    except OSError:
        return None
    return made if made and digest_sealed(made) == mark and (is_sealed(made) or is_stamped(made)) else None


def core_of(store: Store, path: str) -> str:
    """The digest of what the Word file at `path` says and how it looks; empty where it cannot be told."""
    try:
        return core_digest(read_members(store.read(path)))
    except (OSError, NotAnArchive):
        return ""


def put(store: Store, path: str, data: bytes, *, replace_edited: bool) -> tuple[bytes, str | None]:
    """Write a sealed Word file; gives the bytes written, and where the edited one before it is now.

    What services wrote into the one before it is carried over. With `replace_edited`, an edited one is moved aside
    first. Raises Edited, OpenElsewhere and OSError.
    """
    files = to_prepare(store, path, data)
    aside = place(store, path, store.prepare(files), replace_edited=replace_edited)
    store.settle()
    return files[path], aside


def to_prepare(store: Store, path: str, data: bytes) -> dict[str, bytes]:
    """The files to bring to safety for `place`: the Word file, with what is carried over, and its copy as made."""
    try:
        old = store.read(path)
    except OSError:
        old = b""
    data = carry_over(old, data) if digest_sealed(old) else data
    return {path: data, f"{SEALED}/{path}": data}


def place(store: Store, path: str, ready: Mapping[str, Prepared], *, replace_edited: bool) -> str | None:
    """Put what `to_prepare` gave in its place; gives where the edited file before it is now. Raises as `put` does."""
    as_made = ready[f"{SEALED}/{path}"]
    try:
        edited = not may_be_replaced(store, path)
        if edited and not replace_edited:
            store.drop(ready[path])
            raise Edited(path)
        aside = store.put(path, ready[path], keep_old=edited)
    except BaseException:
        store.drop(as_made)
        raise
    store.put(f"{SEALED}/{path}", as_made)
    return aside


def keep_ours(store: Store, path: str) -> None:
    """Keep a Word file that stands as it was made, unless that is done already. Raises OSError."""
    if not store.holds(f"{SEALED}/{path}") and is_sealed(data := store.read(path)):
        store.write(f"{SEALED}/{path}", data)


def may_be_replaced(store: Store, path: str) -> bool:
    """Whether nothing of anybody's stands at `path`."""
    try:
        return not store.holds(path) or look_at(store, path).state is not State.EDITED
    except Refused:
        return False


def clear(store: Store, *patterns: str, keep: frozenset[str] = frozenset()) -> None:
    """Delete the Word files that fit a pattern, less those that are edited or in `keep`. Raises OSError."""
    for path in store.names(*patterns):
        if path not in keep and path.endswith(".docx") and may_be_replaced(store, path):
            store.remove(path)
            with suppress(OSError):
                store.remove(f"{SEALED}/{path}")


def edited_files(store: Store, *patterns: str) -> Iterator[str]:
    """The Word files that fit a pattern and that somebody edited, less versions that were moved aside before."""
    for path in store.names(*patterns):
        if path.endswith(".docx") and not _ASIDE.fullmatch(path) and not may_be_replaced(store, path):
            yield path
