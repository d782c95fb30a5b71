"""The blocks of a rendered template with the units that print them: a line that is a paragraph is read once.

All possible letters are read, and of two letters most lines are the same.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from letters.compose.marks import CLOSE, MARK, OPEN, strip_marks
from letters.compose.trace import TracedBlock, placed_blocks
from letters.letter.markdown import lone_lines


@dataclass(frozen=True)
class UnitBlock:
    """A block, and the units of its template (by number) that print words of it, or are `beside` its words and empty.

    `is_mixed`: whether words of it are printed by no unit.
    """

    block: TracedBlock
    units: frozenset[int]
    beside: frozenset[int]
    is_mixed: bool


class _Marks(NamedTuple):
    """The marks that hold where a line begins: those of a line, a phrase and a unit."""

    line: str = "1"
    phrase: str = ""
    unit: str = "u0"

    def __str__(self) -> str:
        return "".join(f"{OPEN}{mark}{CLOSE}" for mark in self if mark)


@dataclass(frozen=True)
class _Frame:
    """A rendered template: its lines, None for one that is a paragraph by itself, each with the marks before it."""

    lines: tuple[tuple[str | None, _Marks], ...]
    path: str
    verdict_path: str
    marked: str = field(compare=False)


def unit_blocks(marked: str, path: str, verdict_path: str) -> tuple[UnitBlock, ...]:
    """The blocks of a rendered template whose marks are those of units as well, in order."""
    lines = marked.split("\n")
    alone = set(lone_lines([_bare(line) for line in lines])) if "\r" not in marked else set()
    before = [*accumulate(lines, _behind, initial=_Marks())]
    said = {number: _lone(lines[number], before[number], path, verdict_path) for number in alone}
    rest = tuple((None if number in alone else line, before[number]) for number, line in enumerate(lines))
    places = _places(_Frame(rest, path, verdict_path, marked)) if all(said.values()) else None
    if places is None:
        return tuple(one for one, _ in _whole(marked, path, verdict_path))
    found = (said[place] if isinstance(place, int) else place for place in places)
    return tuple(one for one in found if one)


@lru_cache(maxsize=64)
def _places(frame: _Frame) -> tuple[UnitBlock | int, ...] | None:
    """The blocks of a template in order, those that are lines by themselves by their numbers; None if one is not."""
    begins = [*accumulate((len(_bare(line)) + 1 for line in frame.marked.split("\n")), initial=0)]
    alone = [number for number, (line, _) in enumerate(frame.lines) if line is None]
    found: list[UnitBlock | int] = []
    for one, start in _whole(frame.marked, frame.path, frame.verdict_path):
        number = bisect_right(begins, start) - 1
        found.append(number if number in alone else one)
    return tuple(found) if [one for one in found if isinstance(one, int)] == alone else None


@lru_cache(maxsize=4096)
def _lone(line: str, before: _Marks, path: str, verdict_path: str) -> UnitBlock | None:
    """The block that a line between blank lines is; None if it is not one."""
    found = [one for one, _ in _whole(f"x\n\n{before}x\n\n{line}\n\nx{OPEN}u0{CLOSE}", path, verdict_path)]
    return found[2] if len(found) == 4 else None


@lru_cache(maxsize=4096)
def _behind(before: _Marks, line: str) -> _Marks:
    """The marks that hold behind a line."""
    at, phrase, unit = before.line, before.phrase, before.unit
    for mark in MARK.findall(line):
        match mark[0]:
            case "+":
                phrase = mark
            case "-":
                phrase = ""
            case "u":
                unit = mark
            case _:
                at = mark
    return _Marks(at, phrase, unit)


_bare = lru_cache(maxsize=4096)(strip_marks)


def _whole(marked: str, path: str, verdict_path: str) -> Iterator[tuple[UnitBlock, int]]:
    """The blocks of a rendered template, and where in its text without marks each begins."""
    pieces = MARK.split(marked)
    text, units = "".join(pieces[::2]), list(_units(pieces))
    starts, ends = [start for _, start, _ in units], [end for *_, end in units]
    for block, start, end in placed_blocks(pieces, path, verdict_path):
        near = units[bisect_left(ends, start) : bisect_right(starts, end)]  # they stand in order, none in another
        inside = [(max(a, start), min(b, end), number) for number, a, b in near if a < end and start < b and a < b]
        printed = sum(len(text[a:b].strip()) for a, b, _ in inside)
        beside = frozenset(number for number, a, b in near if a == b)
        is_mixed = printed < len(text[start:end].strip())
        yield UnitBlock(block, frozenset(number for *_, number in inside), beside, is_mixed), start


def _units(pieces: list[str]) -> Iterator[tuple[int, int, int]]:
    """The units of a rendered template by number, from where to where each stands in its text without marks.

    `pieces`: its text and the marks in it by turns.
    """
    at, number, start = len(pieces[0]), 0, 0
    for mark, text in zip(pieces[1::2], pieces[2::2], strict=True):
        if mark[0] == "u":
            if number:
                yield number, start, at
            number, start = int(mark[1:]), at
        at += len(text)
