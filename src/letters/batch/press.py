"""Letters to finished, proved files, in as many processes as pay; nothing here touches the disk."""

from __future__ import annotations

import tempfile
import traceback
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from io import StringIO
from pathlib import Path
from typing import assert_never

from letters.batch.formats import COMPOSED, FORMATS, Look
from letters.letter import CannotRender, HouseStyle, Letter
from letters.letter.json import to_json
from letters.machine.bounds import Bounds
from letters.machine.crew import Crew, End, Unfinished, at, at_work, shared_memory
from letters.machine.processes import CAN_FORK
from letters.machine.scratch import scratch_folder
from letters.readback import Reading, faults

#: From here on, warming up once and then forking is faster than each process warming up for its own format.
MANY = 10


@dataclass(frozen=True)
class Task:
    """One letter, and the formats to make of it."""

    letter: Letter
    formats: tuple[str, ...]


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
    TIME = "the letter, its pictures or its look, which take longer than they may"
    MEMORY = "the same, for the memory that they take"
    CRASH = "the same, for a library crashed over them"
    LOST = "something else, which ended the process that was at it"


@dataclass(frozen=True)
class Failure:
    """Why a rendition was not made."""

    cause: Cause
    reason: str


def make(task: Task, style: HouseStyle) -> Made:
    """Render a letter in each format, read its words back, and keep what is right."""
    files: dict[str, bytes] = {}
    failures: dict[str, Failure] = {}
    pages = 0
    for format in task.formats:
        at(format)
        if format == COMPOSED:
            files[format] = to_json(task.letter)
            continue
        try:
            data, reading = _proved(task.letter, format, style)
        except _Wrong as wrong:
            cause = Cause.PAPER if _is_the_look(task.letter, format, style) else Cause.WORDS
            failures[format] = Failure(cause, str(wrong))
        except CannotRender as error:
            failures[format] = Failure(Cause.LOOK, str(error))
        except MemoryError:
            raise  # the process is of no use any more
        except OSError as error:
            failures[format] = Failure(Cause.MACHINE, (error.strerror or str(error)).lower())
        except Exception as error:  # a fault, and none of the other letters' business
            if _is_the_look(task.letter, format, style):
                failures[format] = Failure(Cause.LOOK, f"a page cannot be set with it: {_where(error)}")
            else:
                failures[format] = Failure(Cause.FAULT, _where(error))
        else:
            files[format] = data
            pages = (reading.pages or 0) if format == "pdf" else pages
    return Made(task.letter, files, failures, pages)


class _Wrong(Exception):
    """A rendition says something else than its letter."""


def _proved(letter: Letter, format: str, style: HouseStyle) -> tuple[bytes, Reading]:
    data = FORMATS[format].render(letter, style)
    reading = FORMATS[format].read(data)
    if wrong := faults(letter, reading):
        raise _Wrong(wrong[0] + (f", and {len(wrong) - 1} more such" if len(wrong) > 1 else ""))
    return data, reading


def _is_the_look(letter: Letter, format: str, style: HouseStyle) -> bool:
    """Whether a rendition that came out wrong comes out right without the letterhead's style sheet."""
    if FORMATS[format].look is not Look.CSS:  # in the others no style sheet decides what can be read
        return False
    try:
        _proved(letter, format, replace(style, css=""))
    except MemoryError:
        raise
    except Exception:
        return False
    return True


def _where(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    last = f", at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}: {error}{last}"


#: A letter with the look it is to have; None where the processes have it already.
_Piece = tuple[int, Task, HouseStyle | None]


class Press:
    """Makes letters in up to `jobs` processes, in no formats but `formats`, each letter within `bounds`. Use it as a
    context; leaving it ends the processes.

    A few letters go through two lanes, one for the PDF and one for the other formats: most of their time is the
    imports of each. Many letters go through workers that are forked once everything is imported and set up.
    """

    def __init__(self, jobs: int, formats: Collection[str], bounds: Bounds | None = None) -> None:
        self._jobs = jobs
        self._formats = formats
        self._bounds = bounds or Bounds()
        self._lanes: list[tuple[frozenset[str], Crew[_Piece, Made]]] = []

    def __enter__(self) -> Press:
        return self

    def __exit__(self, *error: object) -> None:
        for _, lane in self._lanes:
            lane.dismiss()

    def start_early(self) -> None:
        """Let the lanes import what they need while the caller still finds out what is to be made."""
        if CAN_FORK and not self._lanes:
            self._open_lanes()

    def make(self, tasks: Sequence[Task], styles: Mapping[str, HouseStyle]) -> Iterator[Made]:
        """Make all tasks, in any order; of a letter that goes beyond its bounds only why. `styles`: house styles by
        letter type."""
        if not tasks:
            return
        if self._jobs > 1 and len(tasks) >= MANY and (CAN_FORK or len(tasks) >= MANY * 4):
            yield from self._in_workers(tasks, styles)
        else:
            if not self._lanes:
                self._open_lanes()
            yield from self._in_lanes(tasks, styles)

    def _open_lanes(self) -> None:
        """One lane for all formats, or two."""
        pdf = {format for format in self._formats if format == "pdf"}
        kinds = [pdf, {*self._formats} - pdf] if self._jobs > 1 and CAN_FORK else [{*self._formats}]
        for lane in filter(None, kinds):
            formats: frozenset[str] = frozenset(lane)
            crew = Crew(_work, self._bounds, partial(_start_worker, {}, _scratch(), formats))
            crew.hire(1)
            self._lanes.append((formats, crew))

    def _in_lanes(self, tasks: Sequence[Task], styles: Mapping[str, HouseStyle]) -> Iterator[Made]:
        """Each letter as soon as all lanes are done with it."""
        shares: dict[int, tuple[Crew[_Piece, Made], list[_Piece]]] = {}
        for lane, (_, crew) in enumerate(self._lanes):
            halves = ((number, self._half(task, lane)) for number, task in enumerate(tasks))
            shares[lane] = crew, [(n, half, styles[half.letter.type]) for n, half in halves if half.formats]
        waiting = Counter(number for _, pieces in shares.values() for number, _, _ in pieces)
        done: dict[int, list[Made]] = {}
        for _, (number, task, _), result in at_work(shares):
            done.setdefault(number, []).append(_made(task, result, self._bounds))
            if len(done[number]) == waiting[number]:
                yield _together(done.pop(number))

    def _half(self, task: Task, lane: int) -> Task:
        """What of a task is for one of the lanes; what no lane is for is the last one's."""
        own = self._lanes[lane][0]
        others = frozenset[str]().union(*(formats for formats, _ in self._lanes)) - own
        is_last = lane == len(self._lanes) - 1
        return Task(
            task.letter, tuple(format for format in task.formats if format in own or (is_last and format not in others))
        )

    def _in_workers(self, tasks: Sequence[Task], styles: Mapping[str, HouseStyle]) -> Iterator[Made]:
        formats = frozenset(format for task in tasks for format in task.formats)
        start = partial(_start_worker, styles, _scratch(), formats)
        if CAN_FORK:
            with suppress(Exception):  # what fails here fails for each letter, and is said there
                _warm_up(formats)
        with shared_memory(), Crew(_work, self._bounds, start) as crew:
            crew.hire(min(self._jobs, len(tasks)))
            for (_, task, _), result in crew.do((number, task, None) for number, task in enumerate(tasks)):
                yield _made(task, result, self._bounds)


def _made(task: Task, result: Made | Unfinished, bounds: Bounds) -> Made:
    """What became of a task whose process may have been ended."""
    if isinstance(result, Made):
        return result
    format = result.stage if result.stage in task.formats else task.formats[0]
    return Made(task.letter, {}, {format: _ended(result.end, bounds)})


def _ended(end: End, bounds: Bounds) -> Failure:
    match end:
        case End.TIME:
            return Failure(Cause.TIME, f"takes more than {bounds.seconds:g} seconds, which are the most for a letter")
        case End.MEMORY:
            most = f"{bounds.memory // 1024**2:,} MB"
            return Failure(Cause.MEMORY, f"takes more memory than is free here, or than the {most} that a letter may")
        case End.CRASH:
            return Failure(Cause.CRASH, "a library that makes it crashed, or needed too much memory")
        case End.LOST:
            return Failure(Cause.LOST, "a process that was making letters was ended by something else")
        case _:
            assert_never(end)


def _together(halves: Sequence[Made]) -> Made:
    """What became of one letter, whose formats were made apart."""
    files = {format: data for half in halves for format, data in half.files.items()}
    failures = {format: failure for half in halves for format, failure in half.failures.items()}
    return Made(halves[0].letter, files, failures, max(half.pages for half in halves))


def _scratch() -> str | None:
    try:
        return str(scratch_folder())
    except OSError:  # each letter that needs a temporary file will say so
        return None


def _warm_up(formats: Collection[str]) -> None:
    """Import and set up what it takes to make `formats`."""
    with redirect_stdout(StringIO()):  # where WeasyPrint would print that it lacks a library, in midst of `--json`
        for row in (FORMATS[format] for format in FORMATS if format in formats):
            row.set_up()


_styles: Mapping[str, HouseStyle] = {}


def _start_worker(styles: Mapping[str, HouseStyle], scratch: str | None, formats: Collection[str]) -> None:
    global _styles
    _styles = styles
    tempfile.tempdir = scratch
    with suppress(Exception):  # what fails here fails for each letter, and is said there
        _warm_up(formats)


def _work(piece: _Piece) -> Made:
    _, task, style = piece
    return make(task, style or _styles[task.letter.type])
