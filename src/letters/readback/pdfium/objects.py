"""What is drawn on a page of a PDF, thing by thing, and the marks on it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import Enum
from typing import Any

import pypdfium2.raw as pdfium

from letters.readback.pdfium.calls import address, box, mark_string, narrow_string
from letters.readback.pdfium.geometry import IN_PLACE, Box, Matrix, around

#: Forms inside forms, more deeply than in any letter.
_DEEPEST = 20
_NO_PLACE = Matrix(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


class Kind(Enum):
    """What a thing is; a form is several, drawn aside and then put on the page."""

    UNKNOWN = pdfium.FPDF_PAGEOBJ_UNKNOWN
    TEXT = pdfium.FPDF_PAGEOBJ_TEXT
    PATH = pdfium.FPDF_PAGEOBJ_PATH
    IMAGE = pdfium.FPDF_PAGEOBJ_IMAGE
    SHADING = pdfium.FPDF_PAGEOBJ_SHADING
    FORM = pdfium.FPDF_PAGEOBJ_FORM


class Segment(Enum):
    """A step of the pen along a path."""

    UNKNOWN = pdfium.FPDF_SEGMENT_UNKNOWN
    LINE = pdfium.FPDF_SEGMENT_LINETO
    CURVE = pdfium.FPDF_SEGMENT_BEZIERTO
    MOVE = pdfium.FPDF_SEGMENT_MOVETO


# An enum finds its members by value more slowly.
_KINDS, _SEGMENTS = {kind.value: kind for kind in Kind}, {segment.value: segment for segment in Segment}
# What PDFium writes into, read at once.
_MATRIX, _SIZE = pdfium.FS_MATRIX(), ctypes.c_float()
_RED, _GREEN, _BLUE, _ALPHA = (ctypes.c_uint() for _ in "rgba")
_NO_INK = frozenset({pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP})


class Mark:
    """A mark on what is drawn, as of marked content, as long as the page is open."""

    def __init__(self, handle: Any) -> None:
        self._handle = handle

    @property
    def address(self) -> int:
        """The same of one mark on several things."""
        return address(self._handle)

    @property
    def name(self) -> str | None:
        """The tag of the marked content."""
        return mark_string(pdfium.FPDFPageObjMark_GetName, self._handle)

    def text(self, key: str) -> str | None:
        """A property that is a string, by its name; None if there is none."""
        return mark_string(pdfium.FPDFPageObjMark_GetParamStringValue, self._handle, key.encode())


class PageObject:
    """A thing that is drawn on a page, as long as the page is open.

    `number`: its place in the order of painting, among what is in the same form; `within`: the numbers of the forms
    around it, from the outermost; `placed`: how the innermost of these lies on the page; `handle`: it for PDFium.
    """

    __slots__ = ("handle", "kind", "number", "placed", "within")

    def __init__(self, handle: Any, number: int, within: tuple[int, ...] = (), placed: Matrix = IN_PLACE) -> None:
        self.handle, self.number, self.within, self.placed = handle, number, within, placed
        self.kind = _KINDS.get(pdfium.FPDFPageObj_GetType(handle), Kind.UNKNOWN)

    @property
    def address(self) -> int:
        """What tells it apart from all others of its page."""
        return address(self.handle)

    @property
    def bounds(self) -> Box | None:
        """The rectangle around it, in the form that it is in."""
        return box(pdfium.FPDFPageObj_GetBounds, self.handle)

    @property
    def matrix(self) -> Matrix:
        """How it lies in the form that it is in, or on the page."""
        if not pdfium.FPDFPageObj_GetMatrix(self.handle, _MATRIX):
            return _NO_PLACE
        return Matrix(_MATRIX.a, _MATRIX.b, _MATRIX.c, _MATRIX.d, _MATRIX.e, _MATRIX.f)

    @property
    def content(self) -> int:
        """The number of the marked content that it is in; -1 if in none."""
        return int(pdfium.FPDFPageObj_GetMarkedContentID(self.handle))

    @property
    def fill(self) -> tuple[int, int, int, int] | None:
        """Red, green, blue and opacity, from 0 to 255; None where it is filled with a pattern, or not at all."""
        if not pdfium.FPDFPageObj_GetFillColor(self.handle, _RED, _GREEN, _BLUE, _ALPHA):
            return None
        return _RED.value, _GREEN.value, _BLUE.value, _ALPHA.value

    @property
    def clip(self) -> Box | None:
        """The rectangle around all to which it is clipped, or None if it is not."""
        clip = pdfium.FPDFPageObj_GetClipPath(self.handle)
        found: Box | None = None
        for number in range(pdfium.FPDFClipPath_CountPaths(clip) if clip else 0):
            area = _clipped(clip, number)
            found = area.shared(found) if found else area
        return found

    # -- marks

    def marks(self) -> Iterator[Mark]:
        """From the outermost."""
        for at in range(pdfium.FPDFPageObj_CountMarks(self.handle)):
            yield Mark(pdfium.FPDFPageObj_GetMark(self.handle, at))

    def take_from_marks(self, key: str) -> None:
        """Its marks lose a property."""
        for at in range(pdfium.FPDFPageObj_CountMarks(self.handle)):
            mark = pdfium.FPDFPageObj_GetMark(self.handle, at)
            pdfium.FPDFPageObjMark_RemoveParam(self.handle, mark, key.encode())

    # -- of a form

    def objects(self) -> Iterator[PageObject]:
        """What a form is made of, in the order of painting."""
        within, placed = (*self.within, self.number), self.matrix.then(self.placed)
        for at in range(pdfium.FPDFFormObj_CountObjects(self.handle)):
            yield PageObject(pdfium.FPDFFormObj_GetObject(self.handle, at), at, within, placed)

    # -- of text

    @property
    def font(self) -> str:
        """The name of the font, as the file has it."""
        return narrow_string(pdfium.FPDFFont_GetBaseFontName, pdfium.FPDFTextObj_GetFont(self.handle))

    @property
    def size(self) -> float:
        """That of the font, in the units of `matrix`."""
        return _SIZE.value if pdfium.FPDFTextObj_GetFontSize(self.handle, _SIZE) else 0.0

    @property
    def is_without_ink(self) -> bool:
        """Whether the text is set, but not painted."""
        return pdfium.FPDFTextObj_GetTextRenderMode(self.handle) in _NO_INK

    @property
    def is_only_filled(self) -> bool:
        """Whether the text has no outlines."""
        return bool(pdfium.FPDFTextObj_GetTextRenderMode(self.handle) == pdfium.FPDF_TEXTRENDERMODE_FILL)

    # -- of a path

    @property
    def painted(self) -> tuple[bool, bool]:
        """Whether the path is filled, and whether it is drawn as a line."""
        filled, stroked = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(self.handle, filled, stroked)
        return filled.value != pdfium.FPDF_FILLMODE_NONE, bool(stroked.value)

    @property
    def segment_count(self) -> int:
        """Of how many steps the path consists."""
        return int(pdfium.FPDFPath_CountSegments(self.handle))

    def segments(self) -> Iterator[Segment]:
        """The steps of the path."""
        for at in range(self.segment_count):
            segment = pdfium.FPDFPath_GetPathSegment(self.handle, at)
            yield _SEGMENTS.get(pdfium.FPDFPathSegment_GetType(segment), Segment.UNKNOWN)


def _clipped(clip: Any, number: int) -> Box:
    x, y = ctypes.c_float(), ctypes.c_float()
    points = []
    for at in range(pdfium.FPDFClipPath_CountPathSegments(clip, number)):
        pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(clip, number, at), x, y)
        points.append((x.value, y.value))
    return around(points) if points else Box(0, 0, 0, 0)


def in_forms(items: Iterable[PageObject]) -> Iterator[PageObject]:
    """The things, but of a form what is in it."""
    for item in items:
        if item.kind is not Kind.FORM:
            yield item
        elif len(item.within) < _DEEPEST:
            yield from in_forms(item.objects())


@contextmanager
def without(items: Iterable[PageObject]) -> Iterator[None]:
    """Their page less some things that are drawn on it."""
    taken = [item.handle for item in items]
    for handle in taken:
        pdfium.FPDFPageObj_SetIsActive(handle, False)
    try:
        yield
    finally:
        for handle in taken:
            pdfium.FPDFPageObj_SetIsActive(handle, True)
