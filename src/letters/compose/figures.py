"""Numbers as templates have them: compared by their value, printed as they were typed, and given where they are 0."""

from __future__ import annotations

import re


class Given:
    """A number that is given."""

    def __bool__(self) -> bool:
        """Whether it is given, as `{% if … %}` asks: 0 is a number like any other."""
        return True


class Figure(Given, float):
    """A number and how it was typed: 92.50, +5, 007."""

    written: str

    def __new__(cls, value: float, written: str) -> Figure:
        """The number and how it was typed."""
        made = super().__new__(cls, value)
        made.written = written
        return made


class Count(Given, int):
    """A whole number."""


def as_figure(value: float, written: str | None, *, whole: bool) -> float:
    """A number of the data. `whole`: whether its field takes whole numbers only, so that 5.0 is 5."""
    if whole and not (written and re.fullmatch(r"[-+]?\d+", written)):
        return Count(value)
    if written or isinstance(value, float):
        return Figure(value, written or as_written(value))
    return Count(value)


def as_written(value: str | float) -> str:
    """What is printed of a text or a number."""
    if isinstance(value, Figure):
        return value.written
    return str(int(value)) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else str(value)
