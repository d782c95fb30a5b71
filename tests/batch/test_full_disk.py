"""An output folder that cannot be written, and a disk that is full: said clearly, and no file is half written."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Workspace, copy_workspace
from support.builds import TYPE, build, copy, files, unshared

pytestmark = pytest.mark.slow

#: One letter's PDF is larger, its other files are smaller.
PDF_TOO_LARGE = 40_000


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Kent and Warwickshire built, and then the words of both changed; not to be built."""
    workspace = copy_workspace(tmp_path_factory.mktemp("done") / "workspace")
    workspace.keep_forces("warwickshire", "kent")
    build(workspace)
    workspace.replace(f"templates/{TYPE}/letter.md", "If you have any queries", "If you have questions")
    return workspace


@pytest.fixture
def two(done: Workspace, tmp_path: Path) -> Workspace:
    """The same, in a folder of the test's own."""
    return copy(done, tmp_path / "workspace")


def whole(workspace: Workspace, before: dict[str, bytes], after: dict[str, bytes]) -> None:
    """Every file is as it was or as it will be, and nothing else is there but the mark of a folder of ours."""
    now = files(workspace.path("outputs"))
    now.pop(".made-by-letters", None)
    assert now.keys() == before.keys()
    for path, data in now.items():
        if path != "manifest.json":
            assert data in (before[path], after[path]), path


def finished(workspace: Workspace) -> dict[str, bytes]:
    """What is there once the build has succeeded; it must."""
    ran = workspace.letters("build")
    assert ran.status == 0, ran.err
    return files(workspace.path("outputs"))


# -- it cannot be written at all


def test_an_output_folder_that_cannot_be_made(small: Workspace) -> None:
    small.write("a file", "")
    ran = small.letters("build", "--out", "a file/outputs")
    assert ran.status == 3
    assert ran.err == f"{small.path('a file/outputs')} cannot be written: not a directory; see `letters doctor`\n"
    doctor = small.letters("doctor", "--out", "a file/outputs")
    assert doctor.status == 3
    assert "MISSING  output folder: not a directory" in doctor.out


def test_an_output_folder_that_is_a_file(small: Workspace) -> None:
    small.write("outputs", "")
    ran = small.letters("build")
    assert ran.status == 3
    assert "outputs cannot be written: file exists" in ran.err


def test_a_read_only_output_folder(two: Workspace) -> None:
    before = files(two.path("outputs"))
    done = unshared(two, ("--mount",), "mount --bind -o ro outputs outputs; $LETTERS build")
    assert done.returncode == 3, done.stderr
    assert done.stderr == f"{two.path('outputs')} cannot be written: read-only file system; see `letters doctor`\n"
    assert files(two.path("outputs")) == before
    finished(two)


@pytest.mark.skipif(os.getuid() == 0, reason="permissions do not stop root")
def test_an_output_folder_without_permission(two: Workspace) -> None:
    before = files(two.path("outputs"))
    two.path("outputs").chmod(0o555)
    try:
        ran = two.letters("build")
    finally:
        two.path("outputs").chmod(0o755)
    assert ran.status == 3
    assert "cannot be written: permission denied" in ran.err
    assert files(two.path("outputs")) == before


def test_looking_at_a_read_only_workspace_works(two: Workspace) -> None:
    script = "mount --bind -o ro . .; cd .; $LETTERS status >&2; $LETTERS build -n; $LETTERS check"
    done = unshared(two, ("--mount",), script)
    assert done.returncode == 0, done.stderr
    assert "2 letters: 2 would change" in done.stdout


# -- some of it can be written


def build_with_limit(workspace: Workspace, most: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A build in which no file may have more than `most` bytes, as on a disk with that much room."""
    return subprocess.run(
        [sys.executable, "-m", "letters", "build", *arguments],
        cwd=workspace.root,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_files_that_do_not_fit_are_reported_and_the_others_written(two: Workspace) -> None:
    before = files(two.path("outputs"))
    assert len(before[f"{TYPE}/kent.pdf"]) > PDF_TOO_LARGE > len(before[f"{TYPE}/kent.docx"])
    done = build_with_limit(two, PDF_TOO_LARGE)
    assert done.returncode == 3
    for slug in ("kent", "warwickshire"):
        assert f"outputs/{TYPE}/{slug}.pdf: cannot be written: file too large [E302]" in done.stderr
        assert files(two.path("outputs"))[f"{TYPE}/{slug}.pdf"] == before[f"{TYPE}/{slug}.pdf"]
        assert "If you have questions" in two.read(f"outputs/{TYPE}/{slug}.txt")
    assert "make room, or choose another folder with --out" in done.stderr
    assert "Traceback" not in done.stderr
    whole(two, before, finished(two))


def test_nothing_fits(two: Workspace) -> None:
    before = files(two.path("outputs"))
    done = build_with_limit(two, 0, "--jobs", "1", "--format", "docx,html,txt")
    assert done.returncode == 3
    assert f"outputs/{TYPE}/kent.txt: cannot be written: file too large [E302]" in done.stderr
    assert "outputs/manifest.json: cannot be written: file too large [E302]" in done.stderr
    assert files(two.path("outputs")) == before
    finished(two)


def test_no_room_for_temporary_files(two: Workspace) -> None:
    before = files(two.path("outputs"))
    done = build_with_limit(two, 1000)
    assert done.returncode == 3
    assert f"outputs/{TYPE}/kent.pdf: could not be made: file too large [E303]" in done.stderr
    assert "left as they are: the files of kent, warwickshire" in done.stderr
    assert done.stderr.count("E303") == 1
    assert "Traceback" not in done.stderr
    now = files(two.path("outputs"))
    assert {path for path in before if now[path] != before[path]} <= {"manifest.json"}
    whole(two, before, finished(two))


def test_no_room_for_temporary_files_of_many_letters(workspace: Workspace) -> None:
    done = build_with_limit(workspace, 1000)
    assert done.returncode == 3
    assert ".pdf: could not be made: file too large [E303]" in done.stderr
    assert "Traceback" not in done.stderr
    assert files(workspace.path("outputs")) == {}


@pytest.mark.parametrize("room", [0, 8, 24, 40], ids=lambda room: f"{room} KB left")
def test_a_disk_that_runs_full(two: Workspace, room: int) -> None:
    """On a disk of its own for outputs, filled up but for a little room."""
    before = files(two.path("outputs"))
    script = f"""
        mkdir full; mount -t tmpfs -o size=8m tmpfs full; cp -a outputs/. full/
        mount -o remount,size=$(( $(df -k --output=used full | tail -n 1) + {room} ))k full
        $LETTERS build --out full --jobs 1 && status=0 || status=$?
        cp -a full/. outputs/; exit $status
    """
    done = unshared(two, ("--mount",), script)
    assert done.returncode == 3, done.stderr
    assert "cannot be written: no space left on device [E302]" in done.stderr
    assert "make room, or choose another folder with --out" in done.stderr
    assert "Traceback" not in done.stderr
    whole(two, before, finished(two))
