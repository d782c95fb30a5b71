"""What is not the same in English and in Welsh, and which letters it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from letters.problems import Code, Place, Problem, Severity

if TYPE_CHECKING:
    from letters.compose.stretches import Unit

#: So many things out of step are named in one message.
_NAMED = 3


@dataclass(frozen=True)
class OutOfStep:
    """One thing that is not the same in both languages: the problem, and what of a letter shows it.

    `phrase`: the id of a phrase; `lines`: lines of a template with its path; `is_of_all`: whether it concerns every
    letter. One of none of these holds no letter.
    """

    problem: Problem
    phrase: str = ""
    lines: frozenset[tuple[str, int]] = frozenset()
    is_of_all: bool = False

    def concerns(self, phrases: set[str], lines: set[tuple[str, int]]) -> bool:
        """Whether it concerns a letter that is made of these phrases and lines, in both languages."""
        return self.is_of_all or (self.phrase in phrases if self.phrase else bool(self.lines & lines))

    @property
    def name(self) -> str:
        """What it is called: a phrase by its id, anything else by its place."""
        place = self.problem.place
        return f"the phrase {self.phrase}" if self.phrase else f"{place.path.rpartition('/')[2]}:{place.line}"


def not_ready(held: Sequence[OutOfStep], place: Place) -> Problem:
    """That a letter cannot go out, for what is out of step in it. `place`: of its stage."""
    names = [one.name for one in held]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    message = f"this letter is ready, and its Welsh is not up to date: {', '.join(names[:_NAMED])}{more}"
    hint = "bring the Welsh up to date as `letters check` says, or set the stage back to draft until then"
    return Problem(Code.NOT_READY_IN_WELSH, message, place, hint)


def warning(code: Code, message: str, place: Place, hint: str) -> Problem:
    return Problem(code, message, place, hint, Severity.WARNING)


def at_unit(code: Code, message: str, path: str, text: str, unit: Unit, hint: str) -> OutOfStep:
    """That something is wrong with a stretch of a template, whose text is `text`."""
    line = text.split("\n")[unit.first - 1]
    lines = frozenset((path, number) for number in range(unit.first, unit.last + 1))
    return OutOfStep(warning(code, message, Place(path, unit.first, 0, line), hint), "", lines)
