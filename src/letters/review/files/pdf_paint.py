"""Pictures of the page of a PDF, as PDFium paints it, and whether two of them look the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from letters.readback.pdfium.geometry import Box
from letters.readback.pdfium.page import Page
from letters.review.files.pdf_sheet import Sheet

#: By how much (of 255) a pixel must differ for an eye to see it.
_SEEN = 24


class Area(NamedTuple):
    """Some pixels: from and up to which column and row, from the top left."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def is_empty(self) -> bool:
        """Whether there are none."""
        return self.right <= self.left or self.bottom <= self.top


@dataclass(frozen=True)
class Painter:
    """Paints a page on white, so many pixels wide and high."""

    page: Page
    sheet: Sheet
    width: int
    height: int

    def paint(self, canvas: bytearray, area: Area | None = None) -> bytearray:
        """All of the page or some of it, four bytes a pixel, row by row; `canvas` is what it is painted on.

        Nothing if PDFium cannot.
        """
        return self.page.paint(canvas, (self.width, self.height), area)

    def area(self, box: Box, *, inner: float = 0.0) -> Area:
        """The pixels of a rectangle, less a part of its width on either side."""
        across, up, height = self._scale
        edge = inner * (box.right - box.left)
        left, right = int((box.left + edge) * across), int((box.right - edge) * across) + 1
        top, bottom = int((height - box.top) * up), int((height - box.bottom) * up) + 1
        return Area(max(left, 0), max(top, 0), min(right, self.width), min(bottom, self.height))

    @cached_property
    def _scale(self) -> tuple[float, float, float]:
        """Pixels a point, across and up, and how high the page is in points."""
        width, height = max(self.sheet.width, 1), max(self.sheet.height, 1)
        return self.width / width, self.height / height, height


def differs(one: bytearray, other: bytearray, width: int, area: Area) -> bool:
    """Whether two pictures of a page, so many pixels wide, differ somewhere in an area."""
    across, row = 4 * (area.right - area.left), 4 * width
    middle = (area.top + area.bottom) // 2
    for first, last in ((middle, area.bottom), (area.top, middle)):
        for start in range(first * row + 4 * area.left, last * row, row):
            mine, theirs = one[start : start + across], other[start : start + across]
            if mine != theirs and is_other(mine, theirs):
                return True
    return False


def is_other(one: bytearray, other: bytearray) -> bool:
    """Whether an eye can tell two rows of pixels apart."""
    return one != other and any(abs(a - b) >= _SEEN for a, b in zip(one, other, strict=True))
