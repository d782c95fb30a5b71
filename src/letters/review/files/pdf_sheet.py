"""A page of a PDF as a sheet of paper: where its text stands, whichever way the page is turned and cut."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from letters.readback.drawn import Box
from letters.readback.pdfium import address

#: Forms inside forms, more deeply than in any letter.
_DEEPEST = 20


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


def sheet_of(page: Any) -> Sheet:
    """The sheet that a page open in PDFium is."""
    place = pdfium.FS_RECTF()
    turns = max(pdfium.FPDFPage_GetRotation(page), 0) % 4
    if not pdfium.FPDF_GetPageBoundingBox(page, place) or place.right <= place.left or place.top <= place.bottom:
        return Sheet(Box(0, 0, pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)), 0)
    return Sheet(Box(place.left, place.bottom, place.right, place.top), turns)


class Item(NamedTuple):
    """A thing that is drawn on a page. `within`: the numbers of the forms around it, from the outermost; `placed`: how
    the innermost of them lies on the page (a, b, c, d, e, f)."""

    handle: Any
    kind: int
    within: tuple[int, ...]
    placed: tuple[float, ...]


_IN_PLACE = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def items_of(page: Any) -> Iterator[Item]:
    """All that is drawn on a page, in the order of painting; of a form what is in it."""
    for at in range(pdfium.FPDFPage_CountObjects(page)):
        yield from _items(pdfium.FPDFPage_GetObject(page, at), (at,), _IN_PLACE)


def _items(handle: Any, path: tuple[int, ...], placed: tuple[float, ...]) -> Iterator[Item]:
    kind = pdfium.FPDFPageObj_GetType(handle)
    if kind != pdfium.FPDF_PAGEOBJ_FORM:
        yield Item(handle, kind, path[:-1], placed)
        return
    if len(path) > _DEEPEST:
        return
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(handle, matrix)
    inner = _times((matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f), placed)
    for at in range(pdfium.FPDFFormObj_CountObjects(handle)):
        yield from _items(pdfium.FPDFFormObj_GetObject(handle, at), (*path, at), inner)


def _times(one: tuple[float, ...], other: tuple[float, ...]) -> tuple[float, ...]:
    """One transformation after another."""
    a, b, c, d, e, f = one
    k, m, n, p, q, r = other
    return a * k + b * n, a * m + b * p, c * k + d * n, c * m + d * p, e * k + f * n + q, e * m + f * p + r


def carried(box: Box, placed: tuple[float, ...]) -> Box:
    """The rectangle around what a rectangle becomes on the page."""
    a, b, c, d, e, f = placed
    corners = [(x, y) for x in (box.left, box.right) for y in (box.bottom, box.top)]
    across, up = [a * x + c * y + e for x, y in corners], [b * x + d * y + f for x, y in corners]
    return Box(min(across), min(up), max(across), max(up))


def texts_of(items: Iterator[Item] | list[Item]) -> dict[int, Item]:
    """The text objects by their address."""
    return {address(item.handle) or 0: item for item in items if item.kind == pdfium.FPDF_PAGEOBJ_TEXT}
