"""What is wrong in somebody's input: code, message, place and hint, a value that every output prints alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error stops the letters it concerns; a warning is only said."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Place:
    """Where: a path from the workspace, a line and a column counted from 1 (0: not known), and that line's text."""

    path: str
    line: int = 0
    column: int = 0
    text: str = ""

    def __str__(self) -> str:
        return ":".join([self.path, *(str(n) for n in (self.line, self.column) if n)])


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. `code` is E… or W… and never changes its meaning; `hint` says what to do."""

    code: str
    message: str
    place: Place
    hint: str = ""
    severity: Severity = Severity.ERROR

    @property
    def stops(self) -> bool:
        """Whether letters that this concerns cannot be made."""
        return self.severity is Severity.ERROR

    def as_data(self) -> dict[str, object]:
        """The problem for `--json`."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
            "path": self.place.path,
            "line": self.place.line or None,
            "column": self.place.column or None,
            "hint": self.hint or None,
        }

    def __str__(self) -> str:
        word = "" if self.stops else "warning: "
        lines = [f"{self.place}: {word}{self.message} [{self.code}]", *_excerpt(self.place)]
        if self.hint:
            lines.append(f"  hint: {self.hint}")
        return "\n".join(lines)


class Broken(Exception):
    """Raised inside a stage when nothing more can be made of a file; carries the problems to report."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems without repeats, by file, then line, then column."""
    return sorted(dict.fromkeys(problems), key=lambda p: (p.place.path, p.place.line, p.place.column, p.code))


def did_you_mean(word: str, allowed: Iterable[str]) -> str:
    """A hint for a mistyped `word`: the nearest allowed one, then all of them."""
    # Imported here: only a mistake needs it, and every run would pay for it.
    from difflib import get_close_matches

    choices = list(allowed)
    near = get_close_matches(word, choices, n=1)
    start = f"did you mean {near[0]!r}? " if near else ""
    return f"{start}one of: {', '.join(choices)}" if choices else ""


#: A terminal's width less the gutter; a longer line is shown as a window around the column.
_WIDTH = 100


def _excerpt(place: Place) -> list[str]:
    if not place.text.strip():
        return []
    text, column = _window("".join(" " if ch == "\t" else _shown(ch) for ch in place.text), place.column)
    gutter = f"{place.line:>5} | "
    caret = [" " * (len(gutter) - 2) + "| " + " " * (column - 1) + "^"] if column else []
    return [gutter + text.rstrip(), *caret]


def _shown(ch: str) -> str:
    """An unprintable character as a visible one, so that it cannot act on the terminal."""
    return ch if ch.isprintable() else "�"


def _window(text: str, column: int) -> tuple[str, int]:
    if len(text) <= _WIDTH:
        return text, column
    start = max(0, column - _WIDTH // 2)
    cut = text[start : start + _WIDTH]
    return (f"…{cut[1:]}" if start else cut) + ("…" if start + _WIDTH < len(text) else ""), max(column - start, 0)
