"""The forces and templates of a workspace as they were at a git revision; nothing is checked out."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Meant:
    """The revision that a user means. `title`: in a person's words; `note`: what is to be said of the choice, if
    anything."""

    name: str
    title: str
    note: str = ""


def meant(root: Path, name: str) -> Meant:
    """What is compared with where a user names a revision. Raises NoRevision.

    Of a branch that went on since ours left it the commit where they parted: what others changed there since is not
    what changed here. `A...B` is where A and B parted. Any other name is exactly the commit that it names.
    """
    if name.startswith("-"):
        raise NoRevision(f"{name!r} is no revision")
    left, dots, right = name.partition("...")
    if dots:
        sides = left or "HEAD", right or "HEAD"
        parted = _said(root, "merge-base", *sides) or _nothing_shared(root, *sides)
        return Meant(parted, f"the revision {_short(root, parted)}, where {sides[0]} and {sides[1]} parted")
    full = _said(root, "rev-parse", "--symbolic-full-name", "--verify", "--quiet", name)
    parted = _said(root, "merge-base", name, "HEAD") if full.startswith(("refs/heads/", "refs/remotes/")) else ""
    if not parted or parted == _said(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"):
        return Meant(name, f"the revision {name}")
    count = _said(root, "rev-list", "--count", f"{parted}..{name}")
    more = "1 commit" if count == "1" else f"{count} commits"
    short = _short(root, parted)
    note = f"{name} has {more} more since your branch left it: they are left out; who names a commit compares with that"
    return Meant(parted, f"the revision {short}, where your branch left {name}", note)


def _nothing_shared(root: Path, *names: str) -> str:
    for name in names:
        _git(root, "rev-parse", "--verify", f"{name}^{{commit}}")
    raise NoRevision(f"{' and '.join(names)} have no commit in common")


def _short(root: Path, name: str) -> str:
    return _said(root, "rev-parse", "--short", name)


def _said(root: Path, *arguments: str) -> str:
    """What git says in one line; nothing where it says no."""
    try:
        return _git(root, *arguments).decode("utf-8", "replace").strip()
    except NoRevision:
        return ""


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
