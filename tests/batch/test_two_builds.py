"""Two builds at once in one workspace: the second waits for the first, and gives up with a clear word."""

from __future__ import annotations

import time

import pytest
from filelock import FileLock

from conftest import Workspace
from support.builds import files, start

pytestmark = pytest.mark.slow


def test_two_builds_at_once_both_end_well(small: Workspace) -> None:
    first, second = start(small, "build"), start(small, "build")
    ends = [build.communicate(timeout=60) for build in (first, second)]
    assert (first.returncode, second.returncode) == (0, 0), ends
    summaries = sorted(said.splitlines()[-1].partition(".")[0] for said, _ in ends)
    # The second began when the first was done, and found everything made.
    assert summaries == ["4 letters: 0 changed, 4 the same", "4 letters: 4 changed, 0 the same"]
    assert small.letters("build").out.startswith("4 letters: 0 changed, 4 the same")


def test_two_builds_of_different_forces_both_end_well(small: Workspace) -> None:
    both = [start(small, "build", slug, "--format", "txt") for slug in ("kent", "warwickshire")]
    assert [building.communicate(timeout=60)[1] for building in both] == ["", ""]
    assert [building.returncode for building in both] == [0, 0]
    # Neither has forgotten in the manifest what the other one made.
    assert "0 changed, 2 the same" in small.letters("build", "kent", "warwickshire", "--format", "txt").out


def test_a_build_waits_for_another_and_then_goes_on(small: Workspace) -> None:
    small.path("outputs").mkdir()
    with FileLock(small.path("outputs/.lock")):
        building = start(small, "build", "kent", "--format", "txt")
        time.sleep(1.5)
        assert building.poll() is None
        assert files(small.path("outputs")) == {}
    assert building.communicate(timeout=60)[1] == ""
    assert building.returncode == 0


def test_a_build_that_waited_ten_seconds_gives_up_and_says_why(small: Workspace) -> None:
    small.path("outputs").mkdir()
    begin = time.monotonic()
    with FileLock(small.path("outputs/.lock")):
        ran = small.letters("build")
    assert ran.status == 4
    assert ran.err == (
        f"Another build is at work in {small.path('outputs')}: wait until it is done, then build again.\n"
    )
    assert 10 <= time.monotonic() - begin < 60
    assert files(small.path("outputs")) == {}


def test_looking_needs_no_turn(small: Workspace) -> None:
    small.path("outputs").mkdir()
    with FileLock(small.path("outputs/.lock")):
        for command in (["build", "-n"], ["status"], ["check"]):
            assert small.letters(*command).status == 0
