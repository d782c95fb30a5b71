"""What is found in Markdown text, by its line; it becomes a problem once the line has a place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from letters.problems import Code, Place, Problem, Severity

#: The place of a line (from 0) of the Markdown text.
Where = Callable[[int], Place]


@dataclass(frozen=True)
class Finding:
    """Something wrong in a line (from 0) of Markdown. `needle`: what the column is that of, if it is in the line.

    `around`: the needle with what stands around it, to tell it from others. A code that begins with W is a warning.
    """

    code: Code
    message: str
    line: int
    hint: str
    needle: str = ""
    around: str = ""

    def problem(self, where: Where) -> Problem:
        """The problem that this is, at its place."""
        place = where(self.line)
        column = self._column(place.text)
        place = replace(place, column=column) if column else at_text(place)
        severity = Severity.WARNING if self.code.startswith("W") else Severity.ERROR
        return Problem(self.code, self.message, place, self.hint, severity)

    def _column(self, text: str) -> int:
        """The column (from 1) of the needle in the text of a line, or 0."""
        start = text.find(self.around) if self.needle and self.needle in self.around else -1
        if start >= 0:
            return start + self.around.find(self.needle) + 1
        return text.find(self.needle) + 1 if self.needle else 0


def at_text(place: Place) -> Place:
    """A place in a line, at the first character that is no space where no column is known."""
    start = len(place.text) - len(place.text.lstrip()) + 1
    return place if place.column or not place.text.strip() else replace(place, column=start)
