"""The colours of a page, and whether text of one can be read on another."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

#: What WCAG 2 asks of the contrast of large text; below it no text passes.
_CONTRAST = 3.0
_WHITE_PIXEL = 0xFFFFFFFF

#: Red, green and blue, from 0 to 255.
Colour = tuple[float, float, float]
WHITE: Colour = (255.0, 255.0, 255.0)


def can_be_read(fill: Colour, alpha: float, ground: Colour) -> bool:
    """Whether text that is filled so can be told from what is behind it."""
    return _contrast(_mixed(fill, alpha, ground), ground) >= _CONTRAST


def _mixed(colour: Colour, alpha: float, ground: Colour) -> Colour:
    red, green, blue = (upper * alpha + lower * (1 - alpha) for upper, lower in zip(colour, ground, strict=True))
    return red, green, blue


def _contrast(one: Colour, other: Colour) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    """As WCAG 2 has it, from 0 to 1."""
    red, green, blue = (part / 255 for part in colour)
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@dataclass(frozen=True)
class Painted:
    """A page as it looks, a pixel a point: four bytes each (blue, green, red and none), row by row from the top."""

    width: int
    height: int
    pixels: bytes

    def colour_of(self, left: float, bottom: float, right: float, top: float) -> Colour:
        """The colour behind the text in a rectangle, in points from the lower left corner: most around it is that."""
        across = range(max(int(left), 0), min(int(right) + 1, self.width))
        down = range(max(int(self.height - top) - 2, 0), min(int(self.height - bottom) + 3, self.height))
        found = [self._pixel(x, y) for y in down for x in across]
        return sorted(found, key=_luminance)[len(found) // 2] if found else WHITE

    def _pixel(self, x: int, y: int) -> Colour:
        at = 4 * (y * self.width + x)
        blue, green, red = self.pixels[at : at + 3]
        return float(red), float(green), float(blue)


def painted(page: Any, width: float, height: float) -> Painted:
    """A page that PDFium has open, drawn on white; its size is in points."""
    across, down = int(width), int(height)
    bitmap = pdfium.FPDFBitmap_Create(across, down, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, across, down, _WHITE_PIXEL)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, across, down, 0, 0)
        pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), 4 * across * down)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return Painted(across, down, pixels)
