"""The widths of a table's columns, worked out from its words: the same for the page, for Word and for the screen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

from letters.letter import Run, Table

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

#: A point in millimetres.
_POINT = 25.4 / 72
#: Type sizes in points: that of the letter, and smaller ones for tables whose words would have to be broken.
SIZE, SMALL, SMALLER, SMALLEST = 12.0, 10.5, 9.0, 8.0
#: The height of a line, in type sizes.
LEADING = 1.25
#: The space at the right of each cell, and where many columns leave no room for it; in millimetres.
PADDING, DENSE_PADDING = 4.0, 1.5
#: What is added to the width of a word, for it is set a little differently by each program.
_SLACK = 0.4
#: Letters of the longest word that is read as one; a longer one is an address, say, and is the first to be broken.
_LONGEST_WORD = 24
#: A column without words is seen all the same.
_NARROWEST = 4.0
#: Units to the em in which the fonts are measured.
_EM = 1000
#: So often the width that columns have alike is sought more nearly, to less than a thousandth of a millimetre.
_HALVINGS = 30
#: The space above and below the lines of a row, with the rule, in millimetres.
_AROUND_ROW = 6.5 * _POINT

#: The height up to which a table is not parted by the end of a page, in millimetres.
SHORT = 80.0

#: The settings of a table, from the usual one to the tightest.
_SETTINGS = (
    (SIZE, PADDING),
    (SIZE, DENSE_PADDING),
    *((size, DENSE_PADDING) for size in (SMALL, SMALLER, SMALLEST)),
)

#: Some characters of one cell, each with its width in millimetres at the size of the letter.
_Measured = list[tuple[str, float]]
#: What is asked of a cell: a width in millimetres at the size of the letter.
_Measure = Callable[[_Measured], float]


@dataclass(frozen=True)
class Columns:
    """How wide the columns are with their padding, which is at the right; in millimetres, and together the room.

    `size`: of the type, in points. `rows`: about how high each row is, that of the headings first.
    """

    widths: tuple[float, ...]
    padding: float
    size: float
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
    size, padding = _setting(rows, room)
    widths = _shared([_least(rows, measure, size, padding) for measure in _MEASURES], room)
    heights = (
        max(_lines(cell, (width - padding) * SIZE / size) for cell, width in zip(row, widths, strict=False))
        for row in rows
    )
    line = size * LEADING * _POINT
    return Columns(tuple(widths), padding, size, tuple(_AROUND_ROW + line * height for height in heights))


def _setting(rows: Sequence[Sequence[_Measured]], room: float) -> tuple[float, float]:
    """The type size, and the padding, at which nothing has to be broken, or else no word, or else the least."""
    for measure in (_longest_part, _longest_word):
        for size, padding in _SETTINGS:
            if sum(_least(rows, measure, size, padding)) <= room:
                return size, padding
    return _SETTINGS[-1]


def _least(rows: Sequence[Sequence[_Measured]], measure: _Measure, size: float, padding: float) -> list[float]:
    """How wide each column must be for the most that `measure` finds in it at a type size, in millimetres."""
    columns = zip(*rows, strict=True)
    return [max(_NARROWEST, padding + _SLACK + max(map(measure, column)) * size / SIZE) for column in columns]


def _shared(needs: Sequence[Sequence[float]], room: float) -> list[float]:
    """`room` shared out among columns, of which each has several needs, the most pressing first.

    Where all are met, what is over goes to the columns that would take most, as CSS has it. Where words must be broken,
    the narrow columns are as they are, and the others as nearly alike as their more pressing needs allow.
    """
    *pressing, least, most = needs
    if sum(most) <= room:
        return [width * room / sum(most) for width in most]
    if sum(least) <= room:
        part = (room - sum(least)) / (sum(most) - sum(least))
        return [low + (high - low) * part for low, high in zip(least, most, strict=True)]
    met = [[0.0] * len(least), *(need for need in pressing if sum(need) <= room)][-1]
    wanted = next(need for need in (*pressing, least) if sum(need) > room)
    return _levelled(met, wanted, room)


def _levelled(met: Sequence[float], wanted: Sequence[float], room: float) -> list[float]:
    """Widths from `met` up to `wanted` that fill `room`, as nearly alike as they can be."""
    low, high = 0.0, max(wanted)
    for _ in range(_HALVINGS):
        level = (low + high) / 2
        widths = [min(most, max(least, level)) for least, most in zip(met, wanted, strict=True)]
        low, high = (low, level) if sum(widths) > room else (level, high)
    return [width * room / sum(widths) for width in widths]


def _measured(runs: tuple[Run, ...], *, heading: bool) -> _Measured:
    return [(char, _advance(char, run.bold or heading, run.italic)) for run in runs for char in run.text]


def _width(text: _Measured) -> float:
    return sum(width for _, width in text)


def _longest_part(text: _Measured) -> float:
    return max(map(_width, _words(text)), default=0)


def _longest_word(text: _Measured) -> float:
    return max((_width(word) for word in _words(text) if len(word) <= _LONGEST_WORD), default=0)


def _longest_number(text: _Measured) -> float:
    return max((_width(word) for word in _words(text) if _is_number(word)), default=0)


def _is_number(word: _Measured) -> bool:
    """Whether some word is a number, a date, a sum of money or the like: two halves of it would be misread."""
    digits = sum(char.isdigit() for char, _ in word)
    return digits > 0 and digits >= sum(char.isalpha() for char, _ in word) and len(word) <= _LONGEST_WORD


#: What a column should be as wide as, the most pressing first.
_MEASURES: tuple[_Measure, ...] = (_longest_number, _longest_word, _longest_part, _width)


def _words(text: _Measured) -> Iterator[_Measured]:
    """What may stand on a line of its own.

    A line may end at a space that is none of the no-break kind, or at a hyphen that no digit follows.
    """
    said = "".join(char for char, _ in text)
    ends = [0, *(found.end() for found in re.finditer(r"[ \t\n]+|(?<=\w)-(?=[^\W\d])", said)), len(said)]
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
    return float(_font(bold, italic).getlength(char)) * SIZE * _POINT / _EM


@cache
def _font(bold: bool, italic: bool) -> FreeTypeFont:
    # Imported here: most letters have no table, and need not wait for it.
    from PIL import ImageFont

    style = {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic", (True, True): "BoldItalic"}
    data = (files("letters.render") / "fonts" / f"LettersSans-{style[bold, italic]}.ttf").read_bytes()
    return ImageFont.truetype(BytesIO(data), _EM, layout_engine=ImageFont.Layout.BASIC)
