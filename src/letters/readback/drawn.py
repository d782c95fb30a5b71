"""What is drawn on a page of a PDF, in the order of painting."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from letters.letter.colours import Colour

#: Points by which two things must overlap, both ways, for one to be in the way of the other.
_OVERLAP = 1.0
#: Points below which type cannot be read.
_SMALLEST = 4.0
#: Points up to which a shape is as high as a line is.
_THIN = 3.0
#: The fault of text with an opacity.
SEE_THROUGH = "see-through"
_INVISIBLE = frozenset({pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP})


class Box(NamedTuple):
    """A rectangle in points from the lower left corner of a page."""

    left: float
    bottom: float
    right: float
    top: float

    def within(self, other: Box, slack: float, across: float = 0.0) -> bool:
        """Whether it is inside `other`, but for so many points, and for as many as `across` to the left and right."""
        across = max(slack, across)
        return (
            self.left >= other.left - across
            and self.bottom >= other.bottom - slack
            and self.right <= other.right + across
            and self.top <= other.top + slack
        )

    def overlaps(self, other: Box) -> bool:
        """Whether the two share more than their edges."""
        return min(self.right, other.right) - max(self.left, other.left) > min(_OVERLAP, self.width / 2) and min(
            self.top, other.top
        ) - max(self.bottom, other.bottom) > min(_OVERLAP, self.height / 2)

    def shared(self, other: Box) -> Box:
        """The rectangle that is in both."""
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    @property
    def width(self) -> float:
        """In points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """In points."""
        return self.top - self.bottom


@dataclass(frozen=True)
class Drawn:
    """One thing on a page, in the order of painting. `text`: None for what is no text. `mcid`: the number of its marked
    content, or -1. `baseline`, `start`: where the pen is set down for text. `size`: that of its type, in points.
    `fill`, `alpha`: how text is filled. `covers`: whether it hides what it is painted over. `clip`: outside of it none
    of its text is painted. `line`: whether it is a line that lies level, drawn or filled. `fault`: why its text is not
    seen."""

    box: Box
    text: str | None = None
    mcid: int = -1
    baseline: float = 0.0
    start: float = 0.0
    size: float = 0.0
    fill: Colour = (0.0, 0.0, 0.0)
    alpha: float = 1.0
    covers: bool = False
    clip: Box | None = None
    line: bool = False
    fault: str = ""

    @property
    def is_text(self) -> bool:
        """Whether there is anything to read."""
        return self.text is not None and bool(self.text.strip())


def drawn_on(page: Any, text_of: Callable[[Any], str]) -> list[Drawn]:
    """What is drawn on a page that PDFium has open; `text_of` gives the text of a text object."""
    return list(_drawn(pdfium.FPDFPage_CountObjects(page), lambda at: pdfium.FPDFPage_GetObject(page, at), text_of))


def _drawn(count: int, get: Callable[[int], Any], text_of: Callable[[Any], str]) -> Iterator[Drawn]:
    for at in range(count):
        item = get(at)
        match pdfium.FPDFPageObj_GetType(item):
            case pdfium.FPDF_PAGEOBJ_TEXT:
                yield _text(item, text_of(item))
            case pdfium.FPDF_PAGEOBJ_PATH:
                yield _path(item)
            case pdfium.FPDF_PAGEOBJ_FORM:
                yield Drawn(_box(item), mcid=pdfium.FPDFPageObj_GetMarkedContentID(item), covers=True)
                yield from _text_in_form(item, text_of)
            case _:
                yield Drawn(_box(item), mcid=pdfium.FPDFPageObj_GetMarkedContentID(item), covers=True)


def _text(item: Any, said: str) -> Drawn:
    matrix, size = pdfium.FS_MATRIX(), ctypes.c_float()
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    pdfium.FPDFTextObj_GetFontSize(item, size)
    fill, alpha = _fill(item)
    height = abs(size.value) * abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5
    box, is_level = _box(item), matrix.a > 0 and matrix.b == 0
    fault = f"set in less than {_SMALLEST:.0f} pt" if height < _SMALLEST else ""
    if pdfium.FPDFTextObj_GetTextRenderMode(item) in _INVISIBLE:
        fault = "invisible"
    mcid = pdfium.FPDFPageObj_GetMarkedContentID(item)
    start = matrix.e if is_level else box.left
    return Drawn(box, said, mcid, matrix.f, start, height, fill, alpha, clip=clip_of(item), fault=fault)


def _text_in_form(form: Any, text_of: Callable[[Any], str]) -> Iterator[Drawn]:
    """Text that is drawn aside and then put on the page: so WeasyPrint does where it is see-through."""
    for at in range(pdfium.FPDFFormObj_CountObjects(form)):
        item = pdfium.FPDFFormObj_GetObject(form, at)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            yield Drawn(_box(form), text_of(item), pdfium.FPDFPageObj_GetMarkedContentID(item), fault=SEE_THROUGH)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            yield from _text_in_form(item, text_of)


def _path(item: Any) -> Drawn:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, mode, stroke)
    box, clip = _box(item), clip_of(item)
    _, alpha = _fill(item)
    mcid = pdfium.FPDFPageObj_GetMarkedContentID(item)
    filled = mode.value != pdfium.FPDF_FILLMODE_NONE and alpha > 0
    covers = filled and (mcid >= 0 or _outlines(item) == 1)
    drawn = filled or bool(stroke.value)
    shown = box.shared(clip) if clip else box
    is_line = drawn and shown.height <= _THIN < shown.width
    return Drawn(shown, None, mcid if drawn else -1, covers=covers, line=is_line)


def _outlines(path: Any) -> int:
    """Of how many outlines a shape consists: of two or more where it is a frame around something."""
    segments = (pdfium.FPDFPath_GetPathSegment(path, at) for at in range(pdfium.FPDFPath_CountSegments(path)))
    return [pdfium.FPDFPathSegment_GetType(segment) for segment in segments].count(pdfium.FPDF_SEGMENT_MOVETO)


def _fill(item: Any) -> tuple[Colour, float]:
    parts = [ctypes.c_uint() for _ in "rgba"]
    pdfium.FPDFPageObj_GetFillColor(item, *parts)
    red, green, blue, alpha = (float(part.value) for part in parts)
    return (red, green, blue), alpha / 255


def _box(item: Any) -> Box:
    sides = [ctypes.c_float() for _ in Box._fields]
    pdfium.FPDFPageObj_GetBounds(item, *sides)
    return Box(*(side.value for side in sides))


def clip_of(item: Any) -> Box | None:
    """The rectangle around all to which an object is clipped, or None if it is not."""
    clip = pdfium.FPDFPageObj_GetClipPath(item)
    found: Box | None = None
    for number in range(pdfium.FPDFClipPath_CountPaths(clip) if clip else 0):
        box = _around(clip, number)
        found = box.shared(found) if found else box
    return found


def _around(clip: Any, number: int) -> Box:
    x, y = ctypes.c_float(), ctypes.c_float()
    across, up = [], []
    for at in range(pdfium.FPDFClipPath_CountPathSegments(clip, number)):
        pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(clip, number, at), x, y)
        across.append(x.value)
        up.append(y.value)
    return Box(min(across), min(up), max(across), max(up)) if across else Box(0, 0, 0, 0)


def page_box(page: Any, name: str) -> Box:
    """A box of the page by its name in PDF: Media is the paper, Art the text area; all of the paper if it has none."""
    sides = [ctypes.c_float() for _ in Box._fields]
    if not getattr(pdfium, f"FPDFPage_Get{name}Box")(page, *sides):
        return Box(0, 0, pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page))
    return Box(*(side.value for side in sides))
