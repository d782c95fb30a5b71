"""A table in plain text: in columns where it is narrow enough, and else a line for each cell with its heading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from textwrap import wrap

from letters.letter import Align, Run, Table

_LEFT: Align = "left"
#: Characters in a line of a table in columns.
_WIDEST = 78
#: Begins each record of a table that is too wide for columns.
_RECORD = "|---"
#: Behind a heading that stands before its value: no words have this kind of space behind a colon.
_IS = ":\u00a0"

Words = Callable[[tuple[Run, ...]], str]


def set_table(table: Table, words: Words) -> str:
    """The table in some lines, the cells as `words` has them."""
    header, *rows = [[words(cell) for cell in row] for row in (table.header, *table.rows)]
    room = _WIDEST - 3 * len(header) - 1
    columns = list(zip(header, *rows, strict=True))
    most = [max(1, *map(len, column)) for column in columns]
    least = [max((len(word) for cell in column for word in cell.split(" ")), default=1) or 1 for column in columns]
    aligns: Sequence[Align] = table.align if table.align else [_LEFT] * len(header)
    if sum(most) <= room:
        lines = [_line(row, most, aligns) for row in (header, *rows)]
        return "\n".join([lines[0], _rule(most), *lines[1:]])
    if sum(least) <= room:
        return _wrapped([header, *rows], _shared(least, most, room), aligns)
    return "\n".join(line for row in rows or [[""] * len(header)] for line in _record(header, row))


def _shared(least: Sequence[int], most: Sequence[int], room: int) -> list[int]:
    """Widths that add up to `room` at most: the words of each column, and of what is over the more the more it has."""
    over = (room - sum(least)) / (sum(most) - sum(least))
    return [low + int((high - low) * over) for low, high in zip(least, most, strict=True)]


def _wrapped(rows: Iterable[Sequence[str]], widths: Sequence[int], aligns: Sequence[Align]) -> str:
    """Rows of several lines, a rule below each."""
    lines = []
    for row in rows:
        pieces = [
            wrap(cell, width, break_long_words=False, break_on_hyphens=False) or [""]
            for cell, width in zip(row, widths, strict=True)
        ]
        height = max(map(len, pieces))
        filled = (piece + [""] * (height - len(piece)) for piece in pieces)
        lines += [_line(line, widths, aligns) for line in zip(*filled, strict=True)]
        lines.append(_rule(widths))
    return "\n".join(lines)


def _line(cells: Sequence[str], widths: Sequence[int], aligns: Sequence[Align]) -> str:
    return f"| {' | '.join(map(_aligned, cells, widths, aligns))} |"


def _aligned(cell: str, width: int, align: Align) -> str:
    match align:
        case "left":
            return cell.ljust(width)
        case "right":
            return cell.rjust(width)
        case "centre":
            return cell.center(width)


def _rule(widths: Sequence[int]) -> str:
    return f"|{'|'.join('-' * (width + 2) for width in widths)}|"


def _record(header: Sequence[str], row: Sequence[str]) -> list[str]:
    return [_RECORD, *(f"| {_said(*pair)}" for pair in zip(header, row, strict=True))]


def _said(heading: str, value: str) -> str:
    heading, value = (text.replace(_IS, ": ") for text in (heading, value))
    return f"{heading}{_IS}{value}" if heading else value
