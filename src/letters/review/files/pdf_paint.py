"""Pictures of the page of a PDF, as PDFium paints it, and whether two of them look the same."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from letters.readback.drawn import Box
from letters.review.files.pdf_sheet import Sheet

#: By how much (of 255) a pixel must differ for an eye to see it.
_SEEN = 24
_WHITE = 0xFFFFFFFF


@contextmanager
def without(handles: Iterable[Any]) -> Iterator[None]:
    """The page less some things that are drawn on it."""
    taken = list(handles)
    for handle in taken:
        pdfium.FPDFPageObj_SetIsActive(handle, False)
    try:
        yield
    finally:
        for handle in taken:
            pdfium.FPDFPageObj_SetIsActive(handle, True)


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

    document: Any
    page: Any
    sheet: Sheet
    width: int
    height: int

    def paint(self, canvas: bytearray, area: Area | None = None) -> bytearray:
        """All of the page or some of it, four bytes a pixel, row by row; `canvas` is what it is painted on.

        Nothing if PDFium cannot.
        """
        area = area or Area(0, 0, self.width, self.height)
        across, down = area.right - area.left, area.bottom - area.top
        if len(canvas) < 4 * across * down:
            canvas.extend(bytes(4 * across * down - len(canvas)))
        pixels = (ctypes.c_ubyte * len(canvas)).from_buffer(canvas)
        bitmap = pdfium.FPDFBitmap_CreateEx(across, down, pdfium.FPDFBitmap_BGRx, pixels, 4 * across)
        if not bitmap:
            return bytearray()
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, across, down, _WHITE)
            place = (-area.left, -area.top, self.width, self.height)
            pdfium.FPDF_RenderPageBitmap(bitmap, self.page, *place, 0, 0)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)
            del pixels
        return canvas

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
