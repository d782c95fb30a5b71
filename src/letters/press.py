"""Letters to finished, proved files, in as many processes as pay; nothing here touches the disk."""

from __future__ import annotations

import gc
import multiprocessing
import signal
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.connection import wait as wait_for

from letters.letter import CannotRender, HouseStyle, Letter
from letters.letter_json import to_json
from letters.plan import COMPOSED
from letters.readback import faults, read
from letters.render import FORMATS

#: From here on, warming up once and then forking is faster than each process warming up for its own format.
MANY = 10


@dataclass(frozen=True)
class Task:
    """One letter, and the formats to make of it."""

    letter: Letter
    forms: tuple[str, ...]


@dataclass(frozen=True)
class Made:
    """What became of a task: the files that say the letter's words, and the faults of those that could not be made."""

    letter: Letter
    files: Mapping[str, bytes] = field(default_factory=dict)
    failures: Mapping[str, Failure] = field(default_factory=dict)
    pages: int = 0


@dataclass(frozen=True)
class Failure:
    """Why a rendition was not made. `renderer`: it could not be set; otherwise it did not say the letter's words."""

    reason: str
    renderer: bool


def make(task: Task, style: HouseStyle) -> Made:
    """Render a letter in each format, read its words back, and keep what is right."""
    files: dict[str, bytes] = {}
    failures: dict[str, Failure] = {}
    pages = 0
    for form in task.forms:
        if form == COMPOSED:
            files[form] = to_json(task.letter)
            continue
        try:
            data = FORMATS[form](task.letter, style)
        except CannotRender as error:
            failures[form] = Failure(str(error), renderer=True)
            continue
        reading = read(form, data)
        if wrong := faults(task.letter, reading):
            failures[form] = Failure("; ".join(wrong), renderer=False)
            continue
        files[form] = data
        pages = (reading.pages or 0) if form == "pdf" else pages
    return Made(task.letter, files, failures, pages)


def press(tasks: Sequence[Task], styles: Mapping[str, HouseStyle], jobs: int) -> Iterator[Made]:
    """Make all tasks, in any order, a letter's formats together or apart. `styles`: house styles by letter type."""
    can_fork = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
    jobs = min(jobs, len(tasks) * 2 if len(tasks) < MANY else len(tasks))
    if jobs < 2 or (not can_fork and len(tasks) < MANY * 4):
        yield from (make(task, styles[task.letter.type]) for task in tasks)
    elif len(tasks) < MANY:
        yield from _in_processes([part for task in tasks for part in _by_format(task)], styles, jobs, can_fork)
    else:
        if can_fork:
            _warm_up({form for task in tasks for form in task.forms})
        yield from _in_processes(tasks, styles, jobs, can_fork)


def _by_format(task: Task) -> list[Task]:
    """The PDF apart from the rest: each takes about half of the time, most of it imports."""
    pdf = tuple(form for form in task.forms if form == "pdf")
    rest = tuple(form for form in task.forms if form != "pdf")
    return [Task(task.letter, forms) for forms in (pdf, rest) if forms]


def _in_processes(
    tasks: Sequence[Task], styles: Mapping[str, HouseStyle], jobs: int, can_fork: bool
) -> Iterator[Made]:
    context = multiprocessing.get_context("fork" if can_fork else "spawn")
    executor = ProcessPoolExecutor(jobs, context, _start_worker, (styles,))
    queue = iter(tasks)
    try:
        # A few more than there are workers, so that finished letters never pile up in memory.
        running = {executor.submit(_work, task) for task in islice(queue, jobs * 2)}
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            running |= {executor.submit(_work, task) for task in islice(queue, len(done))}
            for future in done:
                yield future.result()
    finally:
        executor.shutdown(cancel_futures=True)
        gc.unfreeze()


def _warm_up(forms: set[str]) -> None:
    """Import and set up in the parent what every worker needs; frozen, so that forks share the memory."""
    if "pdf" in forms:
        from letters.readback import pdf as _
        from letters.render.pdf import set_up

        set_up()
    if "docx" in forms:
        from letters.readback import docx as _
        from letters.render import docx as _  # noqa: F401
    gc.collect()
    gc.freeze()


_styles: Mapping[str, HouseStyle] = {}


def _start_worker(styles: Mapping[str, HouseStyle]) -> None:
    global _styles
    _styles = styles
    # Ctrl-C reaches every process of the terminal; the parent alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A parent that is killed cannot end its workers, which would wait for work for ever."""
    import os

    parent = multiprocessing.parent_process()
    if parent:
        wait_for([parent.sentinel])
        os._exit(1)


def _work(task: Task) -> Made:
    return make(task, _styles[task.letter.type])
