"""Files that staff wrote are replaced, all or none, and only while each is still as it was read."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256

from letters.machine.files import Prepared, Store


@dataclass(frozen=True)
class Rewrite:
    """A file's bytes as they were read, None where there was none, and as they are to be."""

    before: bytes | None
    after: bytes


class ChangedMeanwhile(Exception):
    """Files that are not as they were read any more, by their paths; nothing was written."""

    def __init__(self, paths: list[str]) -> None:
        super().__init__(", ".join(paths))
        self.paths = paths


def write_guarded(store: Store, files: Mapping[str, Rewrite]) -> None:
    """Replace files, by their paths from the workspace.

    All are safe on disk under other names, and all are looked at again, before the first is replaced; if one then
    cannot be, those before it are put back. Raises ChangedMeanwhile and OSError, and nothing is changed then.
    """
    prepared = store.prepare({path: one.after for path, one in files.items()})
    put: list[str] = []
    try:
        for one in prepared.values():
            if isinstance(one, OSError):
                raise one
        if changed := [path for path, one in files.items() if _digest(store, path) != _digest_of(one.before)]:
            raise ChangedMeanwhile(changed)
        for path in files:
            put.append(path)
            store.put(path, prepared[path], keep_mode=True)
        store.settle()
    except BaseException:
        _undo(store, files, put)
        _drop(store, prepared, files)
        raise


def _drop(store: Store, prepared: Mapping[str, Prepared], files: Mapping[str, Rewrite]) -> None:
    for one in prepared.values():
        store.drop(one)
    for folder in {path.rpartition("/")[0] for path, one in files.items() if one.before is None}:
        if folder:
            store.remove_folder(folder)


def _undo(store: Store, files: Mapping[str, Rewrite], put: list[str]) -> None:
    for path in reversed(put):
        with suppress(OSError):  # what went wrong first is what counts
            before, after = files[path].before, files[path].after
            if _digest(store, path) != _digest_of(after):
                continue
            if before is None:
                store.remove(path)
            else:
                store.write(path, before)


def _digest(store: Store, path: str) -> bytes | None:
    return _digest_of(store.read(path)) if store.holds(path) else None


def _digest_of(data: bytes | None) -> bytes | None:
    return None if data is None else sha256(data).digest()
