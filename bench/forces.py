"""Whether `letters check` grows no faster than the forces: 500 and 1,000 of them, side by side, in one run."""

from __future__ import annotations

import os
import shutil
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from jobs import BENCH
from measure import JobFailed, run
from workspaces import make_workspace

#: How many times each force of the project is there: 516 and 1,032 forces.
TIMES = (12, 24)
ROUNDS = 3
#: From nothing, as `check` reads every file too.
BUILD = ("build", "--format", "txt")


def main() -> None:
    """Measure, and print seconds of processors and their ratios; ends with 1 and a message if a command fails."""
    place = BENCH.parent / ".bench"
    place.mkdir(exist_ok=True)
    try:
        with TemporaryDirectory(dir=place, prefix="forces-") as folder:
            few, many = (make_workspace(Path(folder) / str(times), times) for times in TIMES)
            rounds = [(_cpu(few, ["check"]), _cpu(many, ["check"]), _cpu(many, BUILD)) for _ in range(ROUNDS)]
    except JobFailed as error:
        sys.exit(f"The bench stops. {error}")
    half, whole, build = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(f"check, {43 * TIMES[0]:,} forces: {half:.1f} s; {43 * TIMES[1]:,} forces: {whole:.1f} s")
    print(f"build --format txt from nothing, {43 * TIMES[1]:,} forces: {build:.1f} s")
    print(
        f"twice the forces: {whole / half:.2f} x (aim: at most 2.2); check to build: {whole / build:.2f} x (aim: 1.5)"
    )


def _cpu(workspace: Path, command: Sequence[str]) -> float:
    """Seconds of processors that a command takes in a workspace without outputs."""
    shutil.rmtree(workspace / "outputs", ignore_errors=True)
    letters = Path(sys.executable).with_name("letters")
    return run([letters, *command], workspace, os.environ).cpu


if __name__ == "__main__":
    main()
