"""Letters to finished, proved files, in as many processes as pay; nothing here touches the disk."""

from __future__ import annotations

import gc
import multiprocessing
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from io import StringIO
from itertools import islice
from multiprocessing.connection import wait as wait_for
from multiprocessing.util import Finalize
from pathlib import Path
from typing import ParamSpec, TypeVar

from letters.letter import CannotRender, HouseStyle, Letter
from letters.letter_json import to_json
from letters.plan import COMPOSED
from letters.processes import no_interrupt
from letters.readback import Reading, faults, read
from letters.render import FORMATS

P = ParamSpec("P")
T = TypeVar("T")

#: From here on, warming up once and then forking is faster than each process warming up for its own format.
MANY = 10
#: Elsewhere each process starts from nothing, which takes longer than many letters.
CAN_FORK = sys.platform == "linux"


@dataclass(frozen=True)
class Task:
    """One letter, and the formats to make of it."""

    letter: Letter
    forms: tuple[str, ...]


@dataclass(frozen=True)
class Made:
    """What became of a task: the files that say the letter's words, and why others could not be made."""

    letter: Letter
    files: Mapping[str, bytes] = field(default_factory=dict)
    failures: Mapping[str, Failure] = field(default_factory=dict)
    pages: int = 0


class Cause(StrEnum):
    """What is to blame that a rendition was not made."""

    LOOK = "the letterhead's look or a picture, with which it cannot be set"
    PAPER = "the letterhead's look, with which a page does not show the letter's words"
    WORDS = "the file, which does not say the letter's words"
    MACHINE = "the machine, which could not read or write what it takes"
    FAULT = "a fault in letters or its libraries"


@dataclass(frozen=True)
class Failure:
    """Why a rendition was not made."""

    cause: Cause
    reason: str


class WorkerLost(Exception):
    """A process that was making letters was ended by somebody else."""


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
            data, reading = _proved(task.letter, form, style)
        except _Wrong as wrong:
            cause = Cause.PAPER if _is_the_look(task.letter, form, style) else Cause.WORDS
            failures[form] = Failure(cause, str(wrong))
        except CannotRender as error:
            failures[form] = Failure(Cause.LOOK, str(error))
        except OSError as error:
            failures[form] = Failure(Cause.MACHINE, (error.strerror or str(error)).lower())
        except Exception as error:  # a fault, and none of the other letters' business
            if _is_the_look(task.letter, form, style):
                failures[form] = Failure(Cause.LOOK, f"a page cannot be set with it: {_where(error)}")
            else:
                failures[form] = Failure(Cause.FAULT, _where(error))
        else:
            files[form] = data
            pages = (reading.pages or 0) if form == "pdf" else pages
    return Made(task.letter, files, failures, pages)


class _Wrong(Exception):
    """A rendition says something else than its letter."""


def _proved(letter: Letter, form: str, style: HouseStyle) -> tuple[bytes, Reading]:
    data = FORMATS[form](letter, style)
    reading = read(form, data)
    if wrong := faults(letter, reading):
        raise _Wrong(wrong[0] + (f", and {len(wrong) - 1} more such" if len(wrong) > 1 else ""))
    return data, reading


def _is_the_look(letter: Letter, form: str, style: HouseStyle) -> bool:
    """Whether a rendition that came out wrong comes out right without the letterhead's style sheet."""
    if form not in ("pdf", "html"):  # those in which a style sheet decides what can be read
        return False
    try:
        _proved(letter, form, replace(style, css=""))
    except Exception:
        return False
    return True


def _where(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    last = f", at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}: {error}{last}"


class Press:
    """Makes letters in up to `jobs` processes, in no other formats than `forms`. Use it as a context; leaving it ends
    the processes.

    A few letters go through two lanes, one for the PDF and one for the other formats: most of their time is the
    imports of each. Many letters go through workers that are forked once everything is imported and set up.
    """

    def __init__(self, jobs: int, forms: Collection[str]) -> None:
        self._jobs = jobs
        self._forms = forms
        self._lanes: dict[bool, ProcessPoolExecutor] = {}

    def __enter__(self) -> Press:
        return self

    def __exit__(self, *_: object) -> None:
        for lane in self._lanes.values():
            lane.shutdown(cancel_futures=True)

    def start_early(self) -> None:
        """Let the lanes import what they need while the caller still finds out what is to be made."""
        if self._jobs > 1 and CAN_FORK and not self._lanes:
            for is_pdf in sorted({form == "pdf" for form in self._forms}, reverse=True):
                self._lanes[is_pdf] = ProcessPoolExecutor(1, multiprocessing.get_context("fork"), _start_worker)
                _submit(self._lanes[is_pdf], _warm_up, [form for form in self._forms if (form == "pdf") == is_pdf])

    def make(self, tasks: Sequence[Task], styles: Mapping[str, HouseStyle]) -> Iterator[Made]:
        """Make all tasks, in any order. `styles`: house styles by letter type. Raises WorkerLost."""
        try:
            if self._jobs > 1 and 0 < len(tasks) < MANY and CAN_FORK:
                self.start_early()
                yield from self._in_lanes(tasks, styles)
            elif self._jobs > 1 and len(tasks) >= MANY and (CAN_FORK or len(tasks) >= MANY * 4):
                yield from _in_workers(tasks, styles, min(self._jobs, len(tasks)))
            else:
                yield from (make(task, styles[task.letter.type]) for task in tasks)
        except BrokenProcessPool:
            raise WorkerLost from None

    def _in_lanes(self, tasks: Sequence[Task], styles: Mapping[str, HouseStyle]) -> Iterator[Made]:
        running = []
        for task in tasks:
            halves = ((self._half(task, is_pdf), lane) for is_pdf, lane in self._lanes.items())
            style = styles[task.letter.type]
            running.append([_submit(lane, make, half, style) for half, lane in halves if half.forms])
        for futures in running:
            yield _together([future.result() for future in futures])

    def _half(self, task: Task, is_pdf: bool) -> Task:
        alone = len(self._lanes) == 1
        return Task(task.letter, tuple(form for form in task.forms if alone or (form == "pdf") == is_pdf))


def _together(halves: Sequence[Made]) -> Made:
    """What became of one letter, whose formats were made apart."""
    files = {form: data for half in halves for form, data in half.files.items()}
    failures = {form: failure for half in halves for form, failure in half.failures.items()}
    return Made(halves[0].letter, files, failures, max(half.pages for half in halves))


def _in_workers(tasks: Sequence[Task], styles: Mapping[str, HouseStyle], jobs: int) -> Iterator[Made]:
    if CAN_FORK:
        with suppress(Exception):  # what fails here fails for each letter, and is said there
            _warm_up({form for task in tasks for form in task.forms})
        gc.collect()
        gc.freeze()  # so that the forks share the memory
    context = multiprocessing.get_context("fork" if CAN_FORK else "spawn")
    executor = ProcessPoolExecutor(jobs, context, _start_worker, (styles,))
    queue = iter(tasks)
    try:
        # A few more than there are workers, so that finished letters never pile up in memory.
        running = {_submit(executor, _work, task) for task in islice(queue, jobs * 2)}
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            running |= {_submit(executor, _work, task) for task in islice(queue, len(done))}
            for future in done:
                yield future.result()
    finally:
        executor.shutdown(cancel_futures=True)
        gc.unfreeze()


def _submit(executor: ProcessPoolExecutor, work: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> Future[T]:
    """Give work to an executor, which may start a process for it."""
    with no_interrupt():
        return executor.submit(work, *arguments, **options)


def _warm_up(forms: Collection[str]) -> None:
    """Import and set up what it takes to make `forms`."""
    if "pdf" in forms:
        with redirect_stdout(StringIO()):  # where WeasyPrint would print that it lacks a library, in midst of `--json`
            import letters.readback.pdf
            from letters.render.pdf import set_up

        set_up()
    if "docx" in forms:
        import letters.readback.docx
        import letters.render.docx  # noqa: F401


_styles: Mapping[str, HouseStyle] = {}


def _start_worker(styles: Mapping[str, HouseStyle] | None = None) -> None:
    global _styles
    _styles = styles or {}
    # Ctrl-C reaches every process of the terminal; the parent alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # Python ends such processes without letting go of objects, and the fonts are files in a temporary folder.
    Finalize(None, _let_go_of_fonts, exitpriority=0)


def _let_go_of_fonts() -> None:
    if "letters.render.pdf" in sys.modules:
        sys.modules["letters.render.pdf"].set_up.cache_clear()
        gc.collect()


def _end_with_parent() -> None:
    """A parent that is killed cannot end its workers, which would wait for work for ever."""
    import os

    parent = multiprocessing.parent_process()
    if parent:
        wait_for([parent.sentinel])
        os._exit(1)


def _work(task: Task) -> Made:
    return make(task, _styles[task.letter.type])
