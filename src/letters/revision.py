"""The forces and templates of a workspace as they were at a git revision; nothing is checked out."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from letters.source import INPUTS


class NoRevision(Exception):
    """There is no such revision, or no git; the text says which, in a user's words."""


class Revision(Mapping[str, bytes]):
    """The input files of the workspace in `root` at the git revision `name`, by path from the workspace.

    Raises NoRevision.
    """

    def __init__(self, root: Path, name: str) -> None:
        if name.startswith("-"):
            raise NoRevision(f"{name!r} is no revision")
        listing = _git(root, "ls-tree", "-r", "-z", name, "--", *INPUTS)
        entries = [entry.split("\t", 1) for entry in listing.decode("utf-8", "surrogateescape").split("\0") if entry]
        objects = {path: facts.split()[2] for facts, path in entries if facts.split()[1] == "blob"}
        self._files = dict(zip(objects, _contents(root, list(objects.values())), strict=True))

    def __getitem__(self, path: str) -> bytes:
        return self._files[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def _contents(root: Path, objects: list[str]) -> Iterator[bytes]:
    """The bytes of git objects, in order."""
    data = _git(root, "cat-file", "--batch", given="\n".join(objects).encode() + b"\n") if objects else b""
    at = 0
    for _ in objects:
        end = data.index(b"\n", at)
        size = int(data[at:end].split()[2])
        yield data[end + 1 : end + 1 + size]
        at = end + 1 + size + 1


def _git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    try:
        done = subprocess.run(["git", "-C", root, *arguments], input=given, capture_output=True, check=True)
    except FileNotFoundError:
        raise NoRevision("git is not installed, and only git knows earlier revisions") from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip().split("\n")[0].removeprefix("fatal: ")
        raise NoRevision(f"git says: {said}") from None
    return done.stdout
