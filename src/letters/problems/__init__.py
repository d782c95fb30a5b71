"""What is wrong in somebody's input: code, message, place and hint, a value that every output prints alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from letters.problems.codes import Code as Code

#: More problems than this in one file are counted; nobody mends hundreds by hand.
MOST = 100


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
        return ":".join([visible(self.path), *(str(n) for n in (self.line, self.column) if n)])


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. `hint` says what to do.

    `seen_in`: the forces in whose letters a fault of a template shows, where it does not show in all.
    """

    code: Code
    message: str
    place: Place
    hint: str = ""
    severity: Severity = Severity.ERROR
    seen_in: tuple[str, ...] = ()

    @property
    def stops(self) -> bool:
        """Whether letters that this concerns cannot be made."""
        return self.severity is Severity.ERROR

    def as_data(self) -> dict[str, object]:
        """The problem for `--json`."""
        return {
            "code": self.code.value,
            "severity": self.severity.value,
            "message": self._said,
            "path": self.place.path,
            "line": self.place.line or None,
            "column": self.place.column or None,
            "hint": self.hint or None,
        }

    def __str__(self) -> str:
        word = "" if self.stops else "warning: "
        lines = [f"{self.place}: {word}{visible(self._said)} [{self.code}]", *_excerpt(self.place)]
        if self.hint:
            lines.append(f"  hint: {visible(self.hint)}")
        return "\n".join(lines)

    @property
    def _said(self) -> str:
        if not self.seen_in:
            return self.message
        more = f" and {len(self.seen_in) - 1} more" if len(self.seen_in) > 1 else ""
        return f"{self.message} (in the letter to {_short(self.seen_in[0])}{more})"


class InvalidInput(Exception):
    """Raised inside a stage when nothing more can be made of a file; carries the problems to report."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems by file, then line, then column; those that many letters share once, and MOST for one file."""
    shared: dict[Problem, list[str]] = {}
    for problem in problems:
        shared.setdefault(replace(problem, seen_in=()), []).extend(problem.seen_in)
    merged = (replace(problem, seen_in=tuple(dict.fromkeys(names))) for problem, names in shared.items())
    by_file: dict[str, list[Problem]] = {}
    for problem in sorted(merged, key=lambda p: (p.place.path, p.place.line, p.place.column, p.code)):
        by_file.setdefault(problem.place.path, []).append(problem)
    return [problem for path, all_of_it in by_file.items() for problem in _first(path, all_of_it)]


def _first(path: str, problems: list[Problem]) -> list[Problem]:
    if len(problems) <= MOST:
        return problems
    rest = Problem(
        Code.MORE_PROBLEMS, f"{len(problems) - MOST} more problems", Place(path), "mend the first ones, then look again"
    )
    return [*problems[:MOST], rest]


def did_you_mean(word: str, allowed: Iterable[str]) -> str:
    """A hint for a mistyped `word`: the nearest allowed one, then all of them."""
    choices = list(allowed)
    near = nearest(word, choices)
    start = f"did you mean {near!r}? " if near else ""
    return f"{start}one of: {', '.join(choices)}" if choices else ""


def nearest(word: str, allowed: Iterable[str]) -> str | None:
    """The one of `allowed` that a mistyped `word` is most like, or None where none is."""
    # Imported here: only a mistake needs it, and every run would pay for it.
    from difflib import get_close_matches

    choices = list(allowed)
    same = next((choice for choice in choices if choice.casefold() == word.casefold().replace(" ", "_")), None)
    if same or len(word) > _WIDTH:
        return same
    small = {choice.casefold(): choice for choice in choices}
    close = get_close_matches(word, choices, n=1, cutoff=0.65)
    close = close or [small[one] for one in get_close_matches(word.casefold(), small, n=1, cutoff=0.65)]
    return next(iter(close), None)


def quoted(text: str) -> str:
    """What somebody wrote, as a message shows it: between quotation marks, on one line, and not all of it if long."""
    return repr(_short(text))


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


#: A terminal's width less the gutter; a longer line is shown as a window around the column.
_WIDTH = 100


def _excerpt(place: Place) -> list[str]:
    if not place.text.strip():
        return []
    text, column = _window(place.text, place.column)
    gutter = f"{place.line:>5} | "
    caret = [" " * (len(gutter) - 2) + "| " + " " * (column - 1) + "^"] if column else []
    return [gutter + text.rstrip(), *caret]


#: Blanks that are not taken for printable: a tab, and the hard ones of typography.
_BLANKS = "\t\u00a0\u2007\u2009\u202f"


def visible(text: str) -> str:
    """`text` with its unprintable characters as visible ones, so that they cannot act on the terminal."""
    return "".join(ch if ch.isprintable() else " " if ch in _BLANKS else "�" for ch in text)


def _window(text: str, column: int) -> tuple[str, int]:
    if len(text) <= _WIDTH:
        return visible(text), column
    start = max(0, column - _WIDTH // 2)
    cut = visible(text[start : start + _WIDTH])
    return (f"…{cut[1:]}" if start else cut) + ("…" if start + _WIDTH < len(text) else ""), max(column - start, 0)


def plural(number: int, one: str, many: str = "") -> str:
    """A count with its noun: `1 letter`, `1,200 letters`; `many` where that is not `one` with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
