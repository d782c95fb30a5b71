"""What tests of the build share: files as they are on disk, builds to ask and to interrupt, namespaces of Linux."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest

from conftest import ROOT, Workspace, copy_workspace
from letters.batch.formats import FORMATS
from letters.batch.history import REVIEW

TYPE = "abuse-of-position-2017"
KENT = f"outputs/{TYPE}/kent"
#: Files of the tool's own beside the letters: what makes two builds wait for each other.
OWN = (".lock", ".unfinished")


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder and its bytes, less the lock; an empty mapping where there is no folder.

    What is kept of earlier states for a review is left out: it hangs on what was built before, as it must.
    """
    found = (path for path in folder.rglob("*") if path.is_file() and path.name not in OWN)
    paths = {path.relative_to(folder).as_posix(): path for path in found}
    return {name: path.read_bytes() for name, path in paths.items() if not name.startswith(f"{REVIEW}/")}


def copy(workspace: Workspace, to: Path) -> Workspace:
    """A workspace with all that was built in it, in another folder."""
    shutil.copytree(workspace.root, to)
    return Workspace(to)


def three_forces(to: Path) -> Workspace:
    """Three forces with four letters, in a folder of their own, built."""
    workspace = copy_workspace(to)
    workspace.keep_forces("south-wales", "warwickshire", "kent")
    said = build(workspace)
    assert set(made(said)) == {"south-wales", "warwickshire", "kent", "south-wales (2019)"}
    assert all(formats == set(FORMATS) for formats in made(said).values())
    assert reasons(said) == {"new"}
    return workspace


def stamps(workspace: Workspace) -> dict[str, tuple[int, int]]:
    """What shows that a file was written again, be it with the same bytes."""
    found = {path: path.stat() for path in workspace.path("outputs").rglob("*") if path.name != ".lock"}
    return {str(path): (stat.st_ino, stat.st_mtime_ns) for path, stat in found.items() if path.is_file()}


def build(workspace: Workspace, *arguments: str, env: dict[str, str] | None = None) -> dict[str, Any]:
    """What `letters build --json` says."""
    ran = workspace.letters("build", "--json", *arguments, env=env)
    assert ran.status in (0, 1, 3, 4), ran.err
    data: dict[str, Any] = json.loads(ran.out)
    return data


def made(said: Mapping[str, Any]) -> dict[str, set[str]]:
    """The formats that a build made, by force; the other letter of South Wales is `south-wales (2019)`."""
    formats = {
        letter["force"] if letter["type"] == TYPE else f"{letter['force']} (2019)": letter["built"]
        for letter in said["letters"]
    }
    return {force: {path.rpartition(".")[2] for path in paths} for force, paths in formats.items() if paths}


def reasons(said: Mapping[str, Any]) -> set[str]:
    """Why letters were made."""
    return {letter["reason"] for letter in said["letters"] if letter["reason"]}


def start(workspace: Workspace, *arguments: str, env: dict[str, str] | None = None) -> subprocess.Popen[str]:
    """`letters` at work, as the leader of a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "letters", *arguments],
        cwd=workspace.root,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
        # A shell that starts the tests in the background bars them, and all that they start, from Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def edit_in_word(path: Path, text: str = "A sentence that somebody added in Word.") -> bytes:
    """Add a paragraph to a DOCX and save it; gives the new bytes."""
    document = docx.Document(str(path))
    document.add_paragraph(text)
    document.save(str(path))
    return path.read_bytes()


def python_path(folder: Path) -> str:
    """A PYTHONPATH that begins with a folder."""
    return os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])


def copy_of_the_tool(folder: Path) -> tuple[Path, dict[str, str]]:
    """A copy of the package, to plant a fault in, and the environment in which it is the one that runs."""
    # With its byte code, which saves a second; less what somebody is writing just now.
    shutil.copytree(ROOT / "src/letters", folder / "letters", ignore=shutil.ignore_patterns("*.pyc.*"))
    return folder / "letters", {"PYTHONPATH": python_path(folder)}


@cache
def may_unshare(*flags: str) -> bool:
    """Whether this user may start processes in namespaces of their own."""
    try:
        return subprocess.run(["unshare", *flags, "true"], capture_output=True, check=False, timeout=20).returncode == 0
    except OSError:
        return False


def unshared(workspace: Workspace, flags: tuple[str, ...], script: str) -> subprocess.CompletedProcess[str]:
    """Run a shell script in namespaces of its own, `$LETTERS` being the command; skips where that is not permitted."""
    if os.getuid():
        flags = ("--user", "--map-root-user", *flags)
    if not may_unshare(*flags):
        pytest.skip(f"this user may not run `unshare {' '.join(flags)}`")
    return subprocess.run(
        ["unshare", *flags, "sh", "-ec", script],
        cwd=workspace.root,
        env={**os.environ, "LETTERS": f"{sys.executable} -m letters"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


LONG = "forces/south-wales.yaml"

on_linux = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes as Linux shows them")


def lengthen(there: Workspace, paragraphs: int = 300) -> None:
    """Make the letter of South Wales' commissioner harmless and very long."""
    sentence = "      " + "This is a long letter, whose words go on and on for the time they take. " * 12
    there.replace(LONG, "    body: |\n", "    body: |\n" + f"{sentence}\n\n" * paragraphs)
