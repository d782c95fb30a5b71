"""How long `letters` takes, side by side with other ways to make the same letters, in one run. See docs/speed.md."""

from __future__ import annotations

import argparse
import os
import platform
import signal
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from jobs import BENCH, PEERS, has_harfbuzz_subset, has_libreoffice, open_shop
from measure import JobFailed, Run
from table import Figures, Size, aim_table, aligned, growth_table, main_table, markdown

#: Forces at each size, and how often each job is timed there.
ROUNDS = {43: 5, 430: 3}


def main() -> None:
    """Measure, and print the tables; ends with 1 and a message if any job fails or does not do its work."""
    asked = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that jobs are ended and folders removed
    place = BENCH.parent / ".bench"
    place.mkdir(exist_ok=True)
    peers = PEERS.exists() and not asked.without_peers
    load = os.getloadavg()[0]
    try:
        with TemporaryDirectory(dir=place, prefix="work-") as folder:
            sizes = [_measure(Path(folder), forces, asked.rounds or ROUNDS[forces], peers) for forces in asked.forces]
    except JobFailed as error:
        sys.exit(f"\nThe bench stops. {error}")
    except KeyboardInterrupt:
        sys.exit(130)
    as_text = markdown if asked.markdown else aligned
    tables = [main_table(sizes), *([growth_table(*sizes)] if len(sizes) == 2 else []), aim_table(sizes)]
    print("\n\n".join(map(as_text, tables)))
    print(f"\n{_where(peers)}\nLoad of the machine in the minute before: {load:.1f} (idle: 0.0).")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=_positive, help="time each job so often (default: 5 at 43 forces, 3 at 430)")
    parser.add_argument("--forces", type=int, choices=ROUNDS, help="only this size")
    parser.add_argument("--without-peers", action="store_true", help="leave docxtpl, LibreOffice and typst out")
    parser.add_argument("--markdown", action="store_true", help="print the tables in Markdown")
    asked = parser.parse_args()
    asked.forces = [asked.forces] if asked.forces else list(ROUNDS)
    return asked


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _measure(folder: Path, forces: int, rounds: int, peers: bool) -> Size:
    """Every job once to warm up, its memory watched and its words read; then all in turn, round after round."""
    _say(f"{forces} forces", "setting up")
    shop = open_shop(folder / str(forces), forces // min(ROUNDS))
    if len(shop.own_type) != forces:
        raise JobFailed(f"there are {len(shop.own_type)} letters where {forces} are wanted: mend ROUNDS in bench.py")
    jobs = shop.make_jobs(peers=peers)
    watched: list[Run] = []
    timed: list[list[Run]] = [[] for _ in jobs]
    for job in jobs:
        _say(f"{forces} forces, warming up and watching memory", job.name)
        watched.append(job.do(first=True))
    for number in range(1, rounds + 1):
        for job, runs in zip(jobs, timed, strict=True):
            _say(f"{forces} forces, round {number} of {rounds}", job.name)
            runs.append(job.do())
    return {job.name: Figures(job, runs, seen) for job, runs, seen in zip(jobs, timed, watched, strict=True)}


def _say(message: str, job: str) -> None:
    """Progress, on stderr: one line that is written over and over on a terminal, a line for each job elsewhere."""
    start, end = ("\r\033[K", "") if sys.stderr.isatty() else ("", "\n")
    print(f"{start}{message}: {job}", file=sys.stderr, end=end, flush=True)


def _where(peers: bool) -> str:
    """What was compared, on what, and what the columns are."""
    subset = "with" if has_harfbuzz_subset() else "WITHOUT, which slows the naive loop:"
    others = _peer_versions() if peers else "none, `make bench-peers` installs them"
    return "\n".join(
        [
            "wall, CPU: medians. × naive: times as fast as the naive loop, the median of the rounds' own ratios.",
            "MB largest: the largest single process. MB all: all processes at one moment, in a run of its own; a page",
            "that is shared is divided among those that share it, so that this can be less than the largest.",
            f"{len(os.sched_getaffinity(0))} processors, {platform.system()}, Python {platform.python_version()}, "
            f"WeasyPrint {version('weasyprint')}, {subset} libharfbuzz-subset. Others: {others}.",
        ]
    )


def _peer_versions() -> str:
    probe = "from importlib.metadata import version as v; print('docxtpl', v('docxtpl') + ', typst', v('typst'))"
    office = " ".join(_output(["soffice", "--version"]).split()[:2]) if has_libreoffice() else "no LibreOffice"
    return f"{_output([PEERS, '-c', probe])}, {office}"


def _output(command: Sequence[str | Path]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    main()
