"""The widths of a table's columns, worked out from its words: the same for the page, for Word and for the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

from letters.letter import Run, Table

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

#: Type size in millimetres: 12 points.
_SIZE = 12 / 72 * 25.4
#: The space at the right of each cell, and where many columns leave no room for it; in millimetres.
PADDING, DENSE_PADDING = 4.0, 1.5
#: What is added to the width of a word, for it is set a little differently by each program.
_SLACK = 0.4
#: A column without words is seen all the same.
_NARROWEST = 4.0
#: Units to the em in which the fonts are measured.
_EM = 1000
#: A line of a table's row, and the space above and below its lines with the rule, in millimetres.
LINE, AROUND_ROW = 15 / 72 * 25.4, 6.5 / 72 * 25.4

#: The height up to which a table is not parted by the end of a page, in millimetres.
SHORT = 80.0

#: Some characters of one cell, each with its width in millimetres.
_Measured = list[tuple[str, float]]


@dataclass(frozen=True)
class Columns:
    """How wide the columns are with their padding, which is at the right; in millimetres, and together the room.

    `rows`: about how high each row is, that of the headings first.
    """

    widths: tuple[float, ...]
    padding: float
    rows: tuple[float, ...]

    @property
    def short(self) -> bool:
        """Whether the table is so low that it stays in one piece."""
        return sum(self.rows) <= SHORT

    @property
    def dense(self) -> bool:
        """Whether the padding is less than it is in other tables."""
        return self.padding < PADDING


def columns(table: Table, room: float) -> Columns:
    """The columns of `table` where it has `room` millimetres: no narrower than its words, as long as they all fit."""
    rows = [[_measured(cell, heading=True) for cell in table.header]]
    rows += [[_measured(cell, heading=False) for cell in row] for row in table.rows]
    padding = PADDING if sum(_least(rows, PADDING)) <= room else DENSE_PADDING
    widths = _shared(_least(rows, padding), _most(rows, padding), room)
    lines = (max(_lines(cell, width - padding) for cell, width in zip(row, widths, strict=False)) for row in rows)
    return Columns(tuple(widths), padding, tuple(AROUND_ROW + LINE * count for count in lines))


def _least(rows: Sequence[Sequence[_Measured]], padding: float) -> list[float]:
    """The widths below which a word would have to be broken."""
    return [max(_NARROWEST, padding + _SLACK + max(map(_longest_word, column))) for column in zip(*rows, strict=True)]


def _most(rows: Sequence[Sequence[_Measured]], padding: float) -> list[float]:
    """The widths at which no cell has more than one line."""
    return [max(_NARROWEST, padding + _SLACK + max(map(_width, column))) for column in zip(*rows, strict=True)]


def _shared(least: list[float], most: list[float], room: float) -> list[float]:
    """`room` shared out as CSS does for tables: what is over goes to the columns that would take most."""
    if sum(most) <= room:
        return [width * room / sum(most) for width in most]
    if sum(least) <= room:
        part = (room - sum(least)) / (sum(most) - sum(least))
        return [low + (high - low) * part for low, high in zip(least, most, strict=True)]
    return _broken(least, room)


def _broken(least: list[float], room: float) -> list[float]:
    """Widths where words must be broken: the narrow columns as they are, the others all alike."""
    widths = dict(enumerate(least))
    wide = set(widths)
    while True:
        share = (room - sum(width for number, width in widths.items() if number not in wide)) / len(wide)
        narrow = {number for number in wide if least[number] < share}
        if not narrow:
            return [share if number in wide else width for number, width in widths.items()]
        wide -= narrow


def _measured(runs: tuple[Run, ...], *, heading: bool) -> _Measured:
    return [(char, _advance(char, run.bold or heading, run.italic)) for run in runs for char in run.text]


def _width(text: _Measured) -> float:
    return sum(width for _, width in text)


def _longest_word(text: _Measured) -> float:
    return max(map(_width, _words(text)), default=0)


def _words(text: _Measured) -> Iterator[_Measured]:
    """What may stand on a line of its own: a line may end at a space that is none of the no-break kind, or a hyphen."""
    said = "".join(char for char, _ in text)
    ends = [0, *(found.end() for found in re.finditer(r"[ \t\n]+|(?<=\w)-(?=\w)", said)), len(said)]
    for start, end in pairwise(ends):
        yield text[start : start + len(said[start:end].rstrip(" \t\n"))]


def _lines(text: _Measured, room: float) -> int:
    """About how many lines some text has where `room` is left."""
    lines, used, space = 1, 0.0, _advance(" ", False, False)
    for word in map(_width, _words(text)):
        if used and used + space + word > room:
            lines, used = lines + 1, 0.0
        used += word + (space if used else 0)
        while used > max(room, 1):
            lines, used = lines + 1, used - max(room, 1)
    return lines


@cache
def _advance(char: str, bold: bool, italic: bool) -> float:
    """The width of a character in millimetres."""
    return float(_font(bold, italic).getlength(char)) * _SIZE / _EM


@cache
def _font(bold: bool, italic: bool) -> FreeTypeFont:
    # Imported here: most letters have no table, and need not wait for it.
    from PIL import ImageFont

    style = {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic", (True, True): "BoldItalic"}
    data = (files("letters") / "fonts" / f"LettersSans-{style[bold, italic]}.ttf").read_bytes()
    return ImageFont.truetype(BytesIO(data), _EM, layout_engine=ImageFont.Layout.BASIC)
