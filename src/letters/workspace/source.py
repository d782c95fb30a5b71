"""Where forces and templates come from: a mapping of path to bytes, whether a folder or the sample in the package."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from letters.letter import LetterKey
from letters.machine.files import is_plain_name, read_file, why

#: The folders of a workspace that hold input.
INPUTS = ("forces", "templates")
#: The file beside them that says who letters go to; without it they go to police forces.
RECIPIENT = "recipient.yaml"
#: The folder of letterheads in `templates/`, which is no letter type.
LETTERHEADS = "letterheads"
#: That of who may sign, likewise.
SIGNATORIES = "signatories"
#: What no letter type can be called: the tool has folders of these names, in `templates/` or among the outputs.
RESERVED = {LETTERHEADS, SIGNATORIES, "review", "composed", "wording", "records", "issued", "left-over"}
#: The most that one input file may hold, in bytes. A force is about 2 KB, a styles.docx about 20 KB.
LARGEST = 5_000_000

Source = Mapping[str, bytes]


class Unreadable(Exception):
    """A file of the source cannot be read; the text says why, in a user's words."""


class Folder(Mapping[str, bytes]):
    """The input files below a workspace, by path from it, with `/`; read when asked for.

    A folder that is named like a force file is listed too, and unreadable: it must not be missed.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._real = root.resolve()
        #: The folders of input that are links out of the workspace, which are not read.
        self.outside = [folder for folder in INPUTS if not _is_below(root / folder, self._real)]
        within = (folder for folder in INPUTS if folder not in self.outside)
        self._entries = {path: link for folder in within for path, link in _walk(root, folder)}
        names = _names(root)
        #: The names of what stands beside the folders of input, hidden ones left out.
        self.beside = [name for name in names if not name.startswith((".", "~$"))]
        if RECIPIENT in names:
            self._entries[RECIPIENT] = (root / RECIPIENT).is_symlink()

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, path: object) -> bool:
        return path in self._entries

    def __getitem__(self, path: str) -> bytes:
        is_link = self._entries[path]
        file = self.root / path
        try:
            if is_link and not file.resolve().is_relative_to(self._real):
                raise Unreadable("it is a link to a file outside the workspace")
            return read_file(file, LARGEST, follow=True)
        except (FileNotFoundError, RuntimeError):  # a loop of links is a RuntimeError until Python 3.13
            raise Unreadable("it is a link to nothing" if is_link else "it is gone") from None
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise Unreadable("it is a link to nothing") from None
            raise Unreadable(why(error)) from None


def _is_below(folder: Path, root: Path) -> bool:
    try:
        return folder.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a loop of links
        return False


def _names(folder: Path) -> list[str]:
    try:
        return sorted(entry.name for entry in os.scandir(folder))
    except OSError:
        return []


def _walk(root: Path, folder: str) -> Iterator[tuple[str, bool]]:
    """Path and whether it is a link, for each file below `folder`, hidden ones left out."""
    try:
        entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if entry.name.startswith((".", "~$")):
            continue
        if entry.is_dir(follow_symlinks=False) and not entry.name.endswith((".yaml", ".yml")):
            yield from _walk(root, path)
        else:
            yield path, entry.is_symlink()


def is_letter(key: LetterKey) -> bool:
    """Whether a letter may be called so: what a kept file says, before it becomes a path."""
    return all(map(is_plain_name, key)) and key.type.casefold() not in RESERVED


def letter_type_names(source: Source) -> list[str]:
    """The names of all letter types of a workspace, sound or not."""
    folders = {path.split("/")[1] for path in source if path.startswith("templates/") and path.count("/") > 1}
    return sorted(folders - {LETTERHEADS, SIGNATORIES})
