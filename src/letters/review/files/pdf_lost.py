"""Text that is drawn on a page of a PDF and that PDFium leaves out of what it reads: it is only counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from letters.readback.pdfium.geometry import Box
from letters.readback.pdfium.objects import PageObject
from letters.review.files.pdf_paint import Area, Painter
from letters.review.files.pdf_sheet import area_of

#: Times the height of a letter: so far around it there may be ink of it, at its sides, and above and below.
_BESIDE, _ABOVE = 0.15, 0.3
#: By how much (of 255) what is left of a letter differs from the ground, and in how many pixels at least.
_INK, _LEAST = 96, 4


def left_out(
    painter: Painter, boxes: Iterable[Box], texts: Collection[PageObject], whole: bytearray, rest: bytearray
) -> int:
    """How many texts of a page have ink where no letter that is read stands.

    `boxes`: those of the letters; `whole`, `rest`: the page as it is painted, and without its texts.
    """
    row, size = 4 * painter.width, 4 * painter.width * painter.height
    left = whole[:size]
    for box in boxes:
        area = painter.area(_around(box))
        first, last = 4 * area.left, 4 * area.right
        for start in range(area.top * row, area.bottom * row, row):
            left[start + first : start + last] = rest[start + first : start + last]
    if left == rest[:size]:
        return 0
    drawn = (painter.area(sides) for item in texts if (sides := area_of(item, painter.sheet)))
    return sum(_has_ink(left, rest, row, area) for area in drawn if not area.is_empty)


def _around(box: Box) -> Box:
    beside, above = _BESIDE * box.height + 1, _ABOVE * box.height + 1
    return Box(box.left - beside, box.bottom - above, box.right + beside, box.top + above)


def _has_ink(left: bytearray, rest: bytearray, row: int, area: Area) -> bool:
    found = 0
    for start in range(area.top * row, area.bottom * row, row):
        mine, theirs = (one[start + 4 * area.left : start + 4 * area.right] for one in (left, rest))
        if mine != theirs:
            found += sum(abs(a - b) >= _INK for a, b in zip(mine[1::4], theirs[1::4], strict=True))
            if found >= _LEAST:
                return True
    return False
