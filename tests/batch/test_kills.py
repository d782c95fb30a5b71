"""Any command, killed or interrupted at any moment: no file is half, nothing is lost, every process ends, and the same
command then does what it would have done. One letter of the workspace is over its time limit all the while."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import time
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from conftest import Workspace, copy_workspace
from letters.batch.request import Request
from letters.review.comparison import review as reviewed_now
from letters.review.marks.decisions import State
from support.builds import TYPE, copy_of_the_tool, lengthen, on_linux, start
from support.counts import SOAK
from support.reviewing import saved

pytestmark = [on_linux, pytest.mark.slow]

#: Seconds that processes have to end in, and a command that was interrupted.
PATIENCE = 30
FORCES = ("kent", "south-wales", "thames-valley")


@dataclass(frozen=True)
class Command:
    """A command that is stopped. `takes`: how many times as long as `status` takes; `ends`: what it ends with if it is
    not; `writes`: parts of the workspace that it may write to."""

    name: str
    arguments: tuple[str, ...]
    takes: float
    ends: tuple[int, ...] = (0,)
    writes: tuple[str, ...] = ()


_LIMIT = ("--time-limit", "0.6")
_FORMATS = ("--format", "pdf,docx")
COMMANDS = (
    Command("new", ("new", "avon-and-somerset"), 1, (0, 4), ("forces/avon-and-somerset.yaml",)),
    Command("init", ("init", "fresh"), 1, (0, 2), ("fresh",)),
    Command("check", ("check",), 6),
    Command("build", ("build", "--jobs", "2", *_FORMATS, *_LIMIT), 5, (1,), ("outputs",)),
    Command("build-one", ("build", "--jobs", "1", *_FORMATS, *_LIMIT), 6, (1,), ("outputs",)),
    Command("status", ("status",), 1),
    Command("clean", ("clean",), 1.5, (0,), ("outputs",)),
    Command("book", ("wording", "--book"), 7, (0,), ("outputs",)),
    Command("diff", ("diff",), 2),
    Command("review", ("review", "--docx", *_LIMIT), 3, (0,), ("outputs", "records")),
    Command("done", ("review", "--done", "--by", "Ann"), 2, (0, 4), ("outputs", "records")),
    Command("import", ("review", "--import", "decisions-Bob-1.json"), 2, (0,), ("outputs", "records")),
    Command("schema", ("schema",), 0.8, (0,), (".letters",)),
    Command("doctor", ("doctor",), 1, (0, 3), ("outputs",)),
)


@dataclass(frozen=True)
class Stage:
    """A workspace in the midst of work, and how many seconds `status` takes in it."""

    workspace: Workspace
    seconds: float

    def copy(self, to: Path) -> Workspace:
        shutil.copytree(self.workspace.root, to, symlinks=True)
        return Workspace(to)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    folder = tmp_path_factory.mktemp("stage")
    workspace = copy_workspace(folder / "workspace")
    workspace.keep_forces(*FORCES, "derbyshire")
    assert workspace.letters("build", "--format", "pdf,docx").status == 0
    workspace.path("forces/derbyshire.yaml").unlink()  # its files are for `clean`
    workspace.replace(f"templates/{TYPE}/letter.md", "highlighted our concerns", "raised our concerns")
    assert workspace.letters("build", "--format", "pdf,docx").status == 0
    assert workspace.letters("review").status in (0, 1)
    found = reviewed_now(Request(workspace.root, workspace.path("outputs")), None, with_pages=False)
    saved(found, workspace.root, "Bob", State.READ)
    workspace.replace(f"templates/{TYPE}/letter.md", "If you have any queries", "If you have questions")
    lengthen(workspace, 150)
    begin = time.monotonic()
    assert workspace.letters("status").status == 0
    return Stage(workspace, time.monotonic() - begin)


def cases(count: int, seed: int) -> list[tuple[Command, float]]:
    """Each command as often as any other, and when it is stopped: as a part of the time that it takes."""
    chance = Random(seed)
    return [(COMMANDS[(seed + number) % len(COMMANDS)], chance.uniform(0.02, 1.0)) for number in range(count)]


def group_of(pid: int) -> list[int]:
    """The processes at work of a process group (Linux)."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError, IndexError):
                state, _, group = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
                if int(group) == pid and state != "Z":
                    found.append(int(entry.name))
    return found


def wait_for_the_end(pid: int) -> None:
    until = time.monotonic() + PATIENCE
    while left := group_of(pid):
        assert time.monotonic() < until, f"still at work: {left}"
        time.sleep(0.02)


def whole(path: Path) -> bool:
    """Whether a file is all of what its name says it is."""
    data = path.read_bytes()
    match path.suffix:
        case ".json":
            json.loads(data)
        case ".docx" | ".zip":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return archive.testzip() is None
        case ".pdf":
            return data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF")
        case ".html":
            return data.rstrip().endswith(b"</html>")
        case ".txt" | ".yaml" | ".md" | ".css":
            return data.endswith(b"\n") or not data
    return True


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def is_unfinished(name: str) -> bool:
    """What a killed command may leave for the next one to clear away: files that are not whole yet."""
    return name.endswith(".part") or "/.letters-init-" in name


def check_nothing_is_half_or_lost(before: dict[str, bytes], there: Workspace, command: Command) -> None:
    after = files(there.root)
    for name, data in before.items():
        if not name.startswith(command.writes or ("\0",)):
            assert after.get(name) == data, f"{name} was touched by {command.name}"
    for name in after.keys() - before.keys():
        assert name.startswith(command.writes or ("\0",)), f"{name} was written by {command.name}"
    for name in after:
        assert is_unfinished(name) or whole(there.path(name)), f"{name} is half"
    letters = {name for name in before if name.startswith(f"outputs/{TYPE}/") and "derbyshire" not in name}
    assert letters <= after.keys(), "letters are lost"
    records = {name: data for name, data in before.items() if name.startswith("records/")}
    assert records.items() <= after.items(), "records are lost"


def check_the_next_run_works(there: Workspace, command: Command) -> None:
    ran = there.letters(*command.arguments, timeout=300)
    assert "Traceback" not in ran.err, ran.err
    assert ran.status in command.ends, (command.name, ran)
    if command.name.startswith("build"):
        assert "takes more than" in ran.err
        assert there.letters("build", *_FORMATS, *_LIMIT, timeout=300).out.startswith(
            "4 letters: 0 changed, 3 the same"
        )
        assert not [name for name in files(there.path("outputs")) if is_unfinished(name)]
    if command.name == "init":
        assert there.letters("status", "--workspace", "fresh").status == 0


def stopped(there: Workspace, command: Command, seconds: float) -> subprocess.Popen[str]:
    running = start(there, *command.arguments)
    time.sleep(seconds)
    return running


#: For each of four seeds; in a soak 200 kills and 200 interruptions in all.
COUNT = 50 if SOAK else 1


@pytest.mark.parametrize("seed", range(4))
def test_killed_at_any_moment(stage: Stage, tmp_path: Path, seed: int) -> None:
    for number, (command, part) in enumerate(cases(COUNT, seed * 5)):
        there = stage.copy(tmp_path / str(number))
        before = files(there.root)
        running = stopped(there, command, stage.seconds * command.takes * part)
        running.kill()  # it alone: its processes are to see to it that they end
        running.communicate(timeout=PATIENCE)
        wait_for_the_end(running.pid)
        check_nothing_is_half_or_lost(before, there, command)
        check_the_next_run_works(there, command)
        shutil.rmtree(there.root)


@pytest.mark.parametrize("seed", range(4))
def test_interrupted_at_any_moment(stage: Stage, tmp_path: Path, seed: int) -> None:
    for number, (command, part) in enumerate(cases(COUNT, seed * 5)):
        there = stage.copy(tmp_path / str(number))
        before = files(there.root)
        running = stopped(there, command, stage.seconds * command.takes * part)
        how = (signal.SIGINT, signal.SIGINT, signal.SIGTERM)[number % 3]
        with suppress(ProcessLookupError):
            os.killpg(running.pid, how)
        said, complaints = running.communicate(timeout=PATIENCE)
        wait_for_the_end(running.pid)
        check_how_it_ended(running.returncode, how, complaints, command)
        check_nothing_is_half_or_lost(before, there, command)
        assert not [name for name in files(there.root) if is_unfinished(name)], said
        check_the_next_run_works(there, command)
        shutil.rmtree(there.root)


def check_how_it_ended(code: int, how: int, complaints: str, command: Command) -> None:
    """With a word and 130, or as if nothing had been; before letters is there to say a word, by the signal itself."""
    if "letters/" in complaints or "Stopped" in complaints:
        assert "Traceback" not in complaints, complaints
    if code == 130:
        assert complaints.endswith("run the same command again to go on.\n"), (command.name, complaints)
    else:
        assert code in (-how, *command.ends) or "letters/" not in complaints, (command.name, code, complaints)


#: A library that makes an error of its own of whatever goes wrong.
_WRAP = """
import os, signal, time
try:
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(60)
except KeyboardInterrupt as stop:
    raise RuntimeError("something went wrong") from stop
"""


def test_an_interruption_that_a_library_makes_an_error_of_is_one(stage: Stage, tmp_path: Path) -> None:
    package, env = copy_of_the_tool(tmp_path / "tool")
    survey = package / "batch" / "survey.py"
    survey.write_text(survey.read_text("utf-8") + _WRAP, "utf-8")
    ran = stage.workspace.letters("check", env=env)
    assert (ran.status, ran.out) == (130, "")
    assert "Traceback" not in ran.err
    assert "Stopped." in ran.err


#: Has no end and gives way to nothing: it sleeps in C, and keeps Python's lock.
_HANG = '\n_make = make\ndef make(task, style):\n    __import__("ctypes").PyDLL(None).pause()\n'


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=["Ctrl-C", "SIGTERM", "SIGKILL"])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_one_signal_ends_a_build_whose_letter_hangs(stage: Stage, tmp_path: Path, how: int, jobs: str) -> None:
    package, env = copy_of_the_tool(tmp_path / "tool")
    press = package / "batch" / "press.py"
    press.write_text(press.read_text("utf-8") + _HANG, "utf-8")
    there = stage.copy(tmp_path / "workspace")
    running = start(there, "build", "--jobs", jobs, "--time-limit", "3600", env=env)
    until = time.monotonic() + PATIENCE
    while not there.path("outputs/.lock").exists() or len(group_of(running.pid)) < 1 + int(jobs):
        assert time.monotonic() < until
        time.sleep(0.01)
    time.sleep(1)  # into the hanging
    assert running.poll() is None
    if how == signal.SIGKILL:
        running.kill()
    else:
        os.killpg(running.pid, how)
    _, complaints = running.communicate(timeout=PATIENCE)
    wait_for_the_end(running.pid)
    if how != signal.SIGKILL:
        assert (running.returncode, "Traceback" in complaints) == (130, False)
