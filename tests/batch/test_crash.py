"""A build that is killed or interrupted leaves every file old or new, nothing running, and nothing to mend."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import Workspace, copy_workspace
from support.builds import TYPE, build, copy, files, start
from support.counts import SOAK

pytestmark = [pytest.mark.skipif(not hasattr(os, "killpg"), reason="process groups are of POSIX"), pytest.mark.slow]

on_linux = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes as Linux shows them")

#: Forces of a batch that goes through two lanes, and of one that goes through workers (press.py).
FEW = ("cumbria", "kent", "south-wales")
MANY = (*FEW, "derbyshire", "essex", "gwent", "merseyside", "norfolk", "surrey")


@dataclass(frozen=True)
class Batch:
    """A batch built before and after an edit that concerns every letter, and how many seconds the latter took."""

    command: tuple[str, ...]
    workspace: Workspace
    old: dict[str, bytes]
    new: dict[str, bytes]
    seconds: float

    def spoilt(self, folder: Path) -> Workspace:
        """The batch in another folder: edited, and not yet built again."""
        workspace = copy(self.workspace, folder)
        shutil.rmtree(workspace.path("outputs"))
        for path, data in self.old.items():
            workspace.path(f"outputs/{path}").parent.mkdir(parents=True, exist_ok=True)
            workspace.path(f"outputs/{path}").write_bytes(data)
        return workspace

    def changed(self, workspace: Workspace) -> int:
        """How many renditions are new; any that is neither old nor new fails the test."""
        now = files(workspace.path("outputs"))
        for path, data in self.old.items():
            assert path in now, f"{path} is gone"
            if path != "manifest.json":
                assert now[path] in (data, self.new[path]), f"{path} is neither old nor new"
        strangers = {path for path in now.keys() - self.old.keys() if not path.endswith(".part")}
        assert strangers == set()
        return sum(now[path] == data for path, data in self.new.items() if data != self.old[path])

    def completes(self, workspace: Workspace) -> None:
        """The next build must end what was begun, without a refusal, and clear away what was left half written."""
        ran = workspace.letters(*self.command)
        assert ran.status == 0, ran.err
        assert files(workspace.path("outputs")) == self.new


@pytest.fixture(scope="module", params=[FEW, MANY], ids=["few letters", "many letters"])
def batch(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Batch:
    workspace = copy_workspace(tmp_path_factory.mktemp("batch") / "workspace")
    workspace.keep_forces(*request.param)
    # Many letters without PDFs: what takes time to make does not matter here, only what is written.
    formats = ("--format", "docx,html,txt" if request.param is MANY else "pdf,txt")
    build(workspace, *formats)
    old = files(workspace.path("outputs"))
    workspace.replace(f"templates/{TYPE}/letter.md", "If you have any queries", "If you have questions")
    workspace.replace("templates/pcc-response-2019/letter.md", "Dear {{ letter.salutation }},", "Dear Minister,")
    begin = time.monotonic()
    build(workspace, *formats)
    return Batch(
        ("build", "--jobs", "2", *formats), workspace, old, files(workspace.path("outputs")), time.monotonic() - begin
    )


def watch(workspace: Workspace) -> Callable[[], int]:
    """A function that says how many outputs have been written since now."""
    paths = [workspace.path("outputs") / path for path in files(workspace.path("outputs"))]
    before = {path: path.stat().st_ino for path in paths}
    return lambda: sum(path.stat().st_ino != number for path, number in before.items())


def reached(written: Callable[[], int], number: int) -> Callable[[], bool]:
    return lambda: written() >= number


def wait_until(said: Callable[[], object], building: subprocess.Popen[str]) -> None:
    while not said() and building.poll() is None:
        time.sleep(0.0005)


def send(building: subprocess.Popen[str], number: int) -> None:
    """Send a signal to a build and all its workers, as a terminal does, unless they have ended."""
    with suppress(ProcessLookupError):
        os.killpg(building.pid, number)


def killed(building: subprocess.Popen[str]) -> None:
    send(building, signal.SIGKILL)
    building.communicate(timeout=20)


#: After how many fifths of the time a build is killed, and after how many files.
TIMES = range(6) if SOAK else (3,)
FILES = (1, 3, 5, 9) if SOAK else (3, 5)


def test_killed_at_any_time_every_file_is_old_or_new_and_the_next_build_completes(batch: Batch, tmp_path: Path) -> None:
    for number in TIMES:
        workspace = batch.spoilt(tmp_path / f"after {number}")
        building = start(workspace, *batch.command)
        time.sleep(0.1 + (batch.seconds - 0.1) * number / 5)
        killed(building)
        batch.changed(workspace)
        batch.completes(workspace)


def test_killed_at_any_file_every_file_is_old_or_new_and_the_next_build_completes(batch: Batch, tmp_path: Path) -> None:
    halfway = 0
    for number in FILES:
        workspace = batch.spoilt(tmp_path / f"after {number}")
        written = watch(workspace)
        building = start(workspace, *batch.command)
        wait_until(reached(written, number), building)
        killed(building)
        halfway += 0 < batch.changed(workspace) < len(batch.new) - 1
        batch.completes(workspace)
    assert halfway >= len(FILES) // 2, "the builds were over before they were killed"


def test_a_first_build_that_is_killed_leaves_whole_files_only(batch: Batch, tmp_path: Path) -> None:
    workspace = copy(batch.workspace, tmp_path / "workspace")
    shutil.rmtree(workspace.path("outputs"))
    building = start(workspace, *batch.command)
    wait_until(lambda: workspace.path(f"outputs/{TYPE}/cumbria.txt").exists(), building)
    killed(building)
    left = {path: data for path, data in files(workspace.path("outputs")).items() if not path.endswith(".part")}
    assert left
    assert all(batch.new[path] == data for path, data in left.items())
    batch.completes(workspace)


only_few = pytest.mark.parametrize("batch", [FEW], ids=["few letters"], indirect=True)


@only_few
def test_a_half_written_file_would_be_found(batch: Batch, tmp_path: Path) -> None:
    workspace = batch.spoilt(tmp_path / "workspace")
    path = workspace.path(f"outputs/{TYPE}/kent.txt")
    path.write_bytes(path.read_bytes()[:500])
    with pytest.raises(AssertionError, match=r"kent\.txt is neither old nor new"):
        batch.changed(workspace)


@only_few
def test_what_a_killed_build_left_half_written_goes_and_nothing_else_does(batch: Batch, tmp_path: Path) -> None:
    workspace = batch.spoilt(tmp_path / "workspace")
    part = ".letters-0123456789abcdef.part"
    left = [part, f"{TYPE}/{part}", f"composed/{TYPE}/{part}", f"review/{part}"]
    foreign = [f"{TYPE}/film.part", f"{TYPE}/.letters-mine.part", f"{TYPE}/my folder/deeper/{part}"]
    for path in (*left, *foreign):
        workspace.write(f"outputs/{path}", "")
    workspace.letters("build")
    assert [path for path in left if workspace.path(f"outputs/{path}").exists()] == []
    assert [path for path in foreign if workspace.path(f"outputs/{path}").exists()] == foreign


def children(pid: int) -> list[int]:
    """The processes that a process has started and that are still at work (Linux)."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def is_at_work(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@on_linux
def test_workers_end_by_themselves_when_their_parent_is_killed(batch: Batch, tmp_path: Path) -> None:
    workspace = batch.spoilt(tmp_path / "workspace")
    written = watch(workspace)
    building = start(workspace, *batch.command)
    wait_until(written, building)
    workers = children(building.pid)
    assert len(workers) == 2
    building.kill()
    building.wait()
    patience = time.monotonic() + 5
    while any(map(is_at_work, workers)):
        assert time.monotonic() < patience, "workers are still at work"
        time.sleep(0.01)
    building.communicate()
    batch.changed(workspace)
    batch.completes(workspace)


@on_linux
def test_a_worker_that_is_killed_is_a_problem_of_the_machine(batch: Batch, tmp_path: Path) -> None:
    workspace = batch.spoilt(tmp_path / "workspace")
    written = watch(workspace)
    building = start(workspace, *batch.command)
    wait_until(written, building)
    os.kill(children(building.pid)[0], signal.SIGKILL)
    _, complaints = building.communicate(timeout=20)
    batch.changed(workspace)
    if building.returncode:  # or else it had done its work already
        assert building.returncode == 3
        assert "was ended by something else: is memory short? [E307]" in complaints
        assert "Traceback" not in complaints
    batch.completes(workspace)


#: A process that Ctrl-C ends says 130; one that it ends while Python itself is at work ends by the signal, of which
#: the shell makes the same number.
INTERRUPTED = (130, -signal.SIGINT)


def interrupted(building: subprocess.Popen[str]) -> str:
    send(building, signal.SIGINT)
    said, complaints = building.communicate(timeout=20)
    assert "Traceback" not in complaints, complaints
    if not said:  # or else it had ended already
        assert building.returncode in INTERRUPTED
        assert "Stopped. Every file is either as it was or new; run the same command again to go on." in complaints
    return complaints


def test_ctrl_c_ends_a_build_with_a_word_and_without_a_traceback(batch: Batch, tmp_path: Path) -> None:
    stopped = 0
    for number in (0, 1, 6):
        workspace = batch.spoilt(tmp_path / f"after {number}")
        written, lock = watch(workspace), workspace.path("outputs/.lock")
        building = start(workspace, *batch.command)
        wait_until(lock.exists, building)
        wait_until(reached(written, number), building)
        stopped += "Stopped." in interrupted(building)
        batch.changed(workspace)
    assert stopped >= 2
    batch.completes(workspace)


@on_linux
def test_ctrl_c_while_workers_start(batch: Batch, tmp_path: Path) -> None:
    workspace = batch.spoilt(tmp_path / "workspace")
    for number in (1, 2):
        building = start(workspace, *batch.command)
        while building.poll() is None and len(children(building.pid)) < number:
            pass  # a moment later it would be too late
        interrupted(building)
    batch.changed(workspace)
    batch.completes(workspace)
