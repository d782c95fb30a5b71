"""The forces and templates of a workspace as they were at a git revision; nothing is checked out.

The repository may be a stranger's: git is asked for objects alone, and has no network, no hooks and no helpers.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from letters.workspace.source import INPUTS, LARGEST, RECIPIENT, Unreadable

#: How long git may take, in seconds: a pipe in the place of one of its files would keep it for ever.
PATIENCE = 60.0
#: The most that the files of a revision may hold together, in bytes, and how many there may be.
_MOST, _MOST_FILES = 200_000_000, 20_000
#: What git may not do. Partial clones fetch lacking objects from where they say, with programs that they name.
_CLOSED = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "LC_ALL": "C",
}
_SETTINGS = ("core.fsmonitor=false", f"core.hooksPath={os.devnull}", "protocol.allow=never", "core.pager=cat")
#: What `ls-tree --long` says of a file: its kind, its object, and how long that is.
_ENTRY = re.compile(r"\d+ (blob|commit|tree) ([0-9a-f]{40,64}) +(\d+|-|BAD)")


class NoRevision(Exception):
    """There is no such revision, or no git; the text says which, in a user's words."""


#: What git says of a name that it does not know.
_UNKNOWN = re.compile(r"Not a valid object name '?(.+?)'?")


class _NoAnswer(NoRevision):
    """Git takes too long; asked again it would take as long."""


class Revision(Mapping[str, bytes]):
    """The input files of the workspace in `root` at the git revision `name`, by path from the workspace.

    Raises NoRevision. One file that is too long is listed, and unreadable.
    """

    def __init__(self, root: Path, name: str) -> None:
        if name.startswith("-") or not name.isprintable():
            raise NoRevision(f"{name!r} is no revision")
        if (kind := _git(root, "cat-file", "-t", name).decode().strip()) not in ("commit", "tag"):
            what = "folder" if kind == "tree" else "file"
            alone = name.partition(":")[0] or "HEAD"
            raise NoRevision(f"{name!r} is a {what} in a revision; name the revision alone: {alone}")
        self._sizes: dict[str, int] = {}
        objects: dict[str, str] = {}
        for path, number, size in _listed(root, name):
            self._sizes[path] = size
            if size <= LARGEST:
                objects[path] = number
        if len(objects) > _MOST_FILES or sum(self._sizes[path] for path in objects) > _MOST:
            raise NoRevision(f"{name!r} holds more than any workspace does")
        self._files = dict(zip(objects, _contents(root, objects), strict=True))

    def __getitem__(self, path: str) -> bytes:
        if self._sizes[path] > LARGEST:
            raise Unreadable(f"it holds {self._sizes[path] / 1e6:.0f} MB, and {LARGEST / 1e6:.0f} MB is the most")
        return self._files[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sizes)

    def __len__(self) -> int:
        return len(self._sizes)


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
    except _NoAnswer:
        raise
    except NoRevision:
        return ""


def _listed(root: Path, name: str) -> Iterator[tuple[str, str, int]]:
    """Path, object and length of each input file of a revision."""
    named = _git(root, "ls-tree", "-r", "-z", "--long", name, "--", *INPUTS, RECIPIENT)
    listing = named.decode("utf-8", "surrogateescape")
    for entry in filter(None, listing.split("\0")):
        facts, _, path = entry.partition("\t")
        if not (match := _ENTRY.fullmatch(facts)):
            raise NoRevision("git answers what was not expected")
        kind, number, size = match.groups()
        if size == "BAD":
            raise _lacking(path)
        if kind == "blob":
            yield path, number, int(size)


def _contents(root: Path, objects: Mapping[str, str]) -> Iterator[bytes]:
    """The bytes of git objects, in order."""
    given = "".join(f"{number}\n" for number in objects.values()).encode()
    data = _git(root, "cat-file", "--batch", given=given) if objects else b""
    at = 0
    for path in objects:
        end = data.find(b"\n", at)
        facts = data[at:end].split()
        if end < 0 or len(facts) != 3 or facts[1] != b"blob":
            raise _lacking(path)
        size = int(facts[2])
        yield data[end + 1 : end + 1 + size]
        at = end + 1 + size + 1


def _lacking(path: str) -> NoRevision:
    return NoRevision(f"the repository is not whole: it lacks {path} as it was then")


def _git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    options = [word for setting in _SETTINGS for word in ("-c", setting)]
    command = [_program(root), "--no-pager", *options, "-C", str(root), *arguments]
    # What the variables of git itself say is for another command than ours.
    environment = {name: value for name, value in os.environ.items() if not _is_of_git(name)}
    try:
        done = subprocess.run(
            command,
            input=given,
            capture_output=True,
            check=True,
            timeout=PATIENCE,
            env={**environment, **_CLOSED},
        )
    except subprocess.TimeoutExpired:
        raise _NoAnswer(f"git did not answer within {PATIENCE:.0f} seconds") from None
    except OSError as error:
        raise NoRevision(f"git cannot be started: {(error.strerror or str(error)).lower()}") from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip().split("\n")[0].removeprefix("fatal: ")
        if unknown := _UNKNOWN.fullmatch(said):
            hint = "name a branch, a tag or a commit, such as main or HEAD~3; `git log --oneline` lists the commits"
            raise NoRevision(f"git knows no revision {unknown[1]!r}: {hint}") from None
        raise NoRevision(f"git says: {said}") from None
    return done.stdout


def _is_of_git(variable: str) -> bool:
    """Whether a variable tells git what to do; where its settings are found is the user's own business."""
    return variable.upper().startswith("GIT_") and variable.upper() not in _OF_A_USER


def _program(root: Path) -> str:
    """Where git is installed: never in the workspace or the current folder, where a stranger may have put one."""
    name = "git.exe" if sys.platform == "win32" else "git"
    installed = [Path(os.environ.get(folder, "")) / "Git/cmd" for folder in _WINDOWS if os.environ.get(folder)]
    named = map(Path, filter(None, os.environ.get("PATH", os.defpath).split(os.pathsep)))
    for folder in (*installed, *named):
        real = Path(os.path.realpath(folder))
        is_strange = not folder.is_absolute() or real.is_relative_to(root.resolve()) or real == Path.cwd()
        if not is_strange and os.access(folder / name, os.X_OK) and (folder / name).is_file():
            return str(folder / name)
    raise NoRevision("git is not installed, and only git knows earlier revisions")


#: Where a user's own settings are, and where git does not look for a repository.
_OF_A_USER = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM", "GIT_CEILING_DIRECTORIES", "GIT_EXEC_PATH")
_WINDOWS = ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)") if sys.platform == "win32" else ()
