"""The colours of a page, as it looks when it is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from letters.letter.colours import WHITE, Colour, luminance
from letters.readback.pdfium.page import Page


@dataclass(frozen=True)
class Painted:
    """A page as it looks, a pixel a point: four bytes each (blue, green, red and none), row by row from the top."""

    width: int
    height: int
    pixels: bytearray

    def colour_of(self, left: float, bottom: float, right: float, top: float) -> Colour:
        """The colour behind the text in a rectangle, in points from the lower left corner: most around it is that."""
        across = range(max(int(left), 0), min(int(right) + 1, self.width))
        down = range(max(int(self.height - top) - 2, 0), min(int(self.height - bottom) + 3, self.height))
        found = [self._pixel(x, y) for y in down for x in across]
        return sorted(found, key=luminance)[len(found) // 2] if found else WHITE

    def _pixel(self, x: int, y: int) -> Colour:
        at = 4 * (y * self.width + x)
        blue, green, red = self.pixels[at : at + 3]
        return float(red), float(green), float(blue)


def painted(page: Page, width: float, height: float) -> Painted:
    """A page, drawn on white; its size is in points."""
    size = int(width), int(height)
    return Painted(*size, page.paint(bytearray(), size))
