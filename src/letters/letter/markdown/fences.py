"""The lines of a text before they are read: each part closed, none too long, line ends forced or not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from letters.letter.markdown.finding import Where, at_text
from letters.problems import Code, Problem, quoted

#: Characters without a blank line among them; the parser's time grows with the square of it.
_LONGEST = 20_000
#: The line that opens or closes a part.
FENCE = re.compile(r" {0,3}:{3,}(.*)")


@dataclass
class Mended:
    """Lines with each part closed where the next one begins, so that one missing line is one problem."""

    lines: list[str] = field(default_factory=list)
    #: The number of the line that each comes from.
    origins: list[int] = field(default_factory=list)
    #: Which of them open a part that is not closed.
    unclosed: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def add(self, line: str, origin: int) -> None:
        self.lines.append(line)
        self.origins.append(origin)


def mended_lines(lines: list[str], where: Where) -> Mended:
    mended = Mended()
    opened: tuple[str, int] | None = None
    too_long = _too_long(lines)

    def close(at: int, hint: str) -> None:
        if opened:
            info, line = opened
            place = at_text(where(mended.origins[line]))
            mended.problems.append(Problem(Code.BROKEN_PART, f"the part {quoted(info)} is not closed", place, hint))
            mended.unclosed.add(line)
            mended.add(":::", at)

    for number, line in enumerate(map(_without_blanks, lines)):
        fence = FENCE.fullmatch(line.rstrip()) if ":::" in line else None
        if fence and fence[1].strip():
            close(number, "close it with a line `:::` before the next part begins")
            opened = (fence[1].strip(), len(mended.lines))
        elif fence and opened:
            opened = None
        elif fence:
            hint = "take the line out, or open a part above it with `::: {.name}`"
            mended.problems.append(Problem(Code.BROKEN_PART, "`:::` closes no part", at_text(where(number)), hint))
            line = ""
        if too_long.get(number):
            message = f"more than {_LONGEST:,} characters without a blank line"
            mended.problems.append(
                Problem(Code.NOT_IN_LETTERS, message, at_text(where(number)), "make paragraphs of it")
            )
        mended.add("" if number in too_long else f":::{fence[1]}" if fence and line else line, number)
    close(len(lines) - 1, "close it with a line `:::`")
    return mended


def _without_blanks(line: str) -> str:
    """A line without the blanks at its end; two of them are kept, for they force a line end."""
    text = line.rstrip()
    return f"{text}  " if text and line.endswith("  ") else text


def _too_long(lines: list[str]) -> dict[int, bool]:
    """The lines of paragraphs that are too long to read, and whether each is the first of one."""
    found: dict[int, bool] = {}
    start, length = 0, 0
    for number, line in enumerate([*lines, ""]):
        if line.strip():
            length += len(line)
        else:
            if length > _LONGEST:
                found |= {at: at == start for at in range(start, number)}
            start, length = number + 1, 0
    return found
