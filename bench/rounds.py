"""Jobs in turn, round after round, each seen to do its work; progress goes to stderr."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from jobs import Job
from measure import Run
from table import Compared, Figures

_MOST_TURNS = 5


def take_turns(jobs: Sequence[Job], rounds: int, title: str) -> list[Figures]:
    """Every job once to warm up, its memory watched and its words read; then all in turn, round after round."""
    watched: list[Run] = []
    timed: list[list[Run]] = [[] for _ in jobs]
    for job in jobs:
        say(f"{title}, warming up and watching memory", job.name)
        watched.append(job.do(first=True))
    for number in range(1, rounds + 1):
        for job, runs in zip(jobs, timed, strict=True):
            say(f"{title}, round {number} of {rounds}", job.name)
            runs.append(job.do())
    return [Figures(job, runs, seen) for job, runs, seen in zip(jobs, timed, watched, strict=True)]


def take_turns_in_pairs(pairs: Sequence[tuple[Job, Job]], rounds: int) -> list[Compared]:
    """Each job by the old version and right after by the new one, the other way round every other time.

    From the second round on, a short job is done in as many pairs as fit into two seconds, for it is disturbed most.
    """
    timed: list[tuple[list[Run], list[Run]]] = [([], []) for _ in pairs]
    for number in range(1, rounds + 1):
        for pair, runs in zip(pairs, timed, strict=True):
            say(f"round {number} of {rounds}", pair[0].name)
            for _ in range(_turns(runs[0])):
                for side in (1, 0) if len(runs[0]) % 2 else (0, 1):
                    runs[side].append(pair[side].do())
    return [Compared(old.name, *runs) for (old, _), runs in zip(pairs, timed, strict=True)]


def _turns(runs: Sequence[Run]) -> int:
    return min(max(int(1 / runs[0].cpu), 1), _MOST_TURNS) if runs else 1


def say(message: str, job: str) -> None:
    """Progress, on stderr: one line that is written over and over on a terminal, a line for each job elsewhere."""
    start, end = ("\r\033[K", "") if sys.stderr.isatty() else ("", "\n")
    print(f"{start}{message}: {job}", file=sys.stderr, end=end, flush=True)
