"""A page of a PDF as a sheet of paper: where its text stands, whichever way the page is turned and cut."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from letters.readback.pdfium.geometry import Box
from letters.readback.pdfium.objects import Kind, PageObject
from letters.readback.pdfium.page import Page


@dataclass(frozen=True)
class Sheet:
    """How the coordinates of a page's content lie on it as it is shown. `turns`: by how many quarters, clockwise."""

    box: Box
    turns: int

    @property
    def width(self) -> float:
        """In points, as it is shown."""
        return self.box.height if self.turns % 2 else self.box.width

    @property
    def height(self) -> float:
        """In points, as it is shown."""
        return self.box.width if self.turns % 2 else self.box.height

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A place of the content, in points from the lower left corner of the page as it is shown."""
        left, bottom, right, top = self.box
        match self.turns:
            case 1:
                return y - bottom, right - x
            case 2:
                return right - x, top - y
            case 3:
                return top - y, x - left
        return x - left, y - bottom

    def area(self, left: float, bottom: float, right: float, top: float) -> Box:
        """The same of a rectangle."""
        if not self.turns:
            return Box(left - self.box.left, bottom - self.box.bottom, right - self.box.left, top - self.box.bottom)
        (x, y), (u, v) = self.place(left, bottom), self.place(right, top)
        return Box(min(x, u), min(y, v), max(x, u), max(y, v))


def sheet_of(page: Page) -> Sheet:
    """The sheet that a page is."""
    shown = page.shown
    if not shown or shown.right <= shown.left or shown.top <= shown.bottom:
        return Sheet(Box(0, 0, *page.size), 0)
    return Sheet(shown, page.turns)


def area_of(item: PageObject, sheet: Sheet) -> Box | None:
    """Where on its sheet something is drawn."""
    bounds = item.bounds
    return sheet.area(*item.placed.carried(bounds)) if bounds else None


def texts_of(items: Iterable[PageObject]) -> dict[int, PageObject]:
    """The text objects by their address."""
    return {item.address: item for item in items if item.kind is Kind.TEXT}
