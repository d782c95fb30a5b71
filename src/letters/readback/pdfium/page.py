"""A page of a PDF: its size, what is drawn, said and put on it, and how it looks."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from enum import Enum
from typing import Any

import pypdfium2.raw as pdfium

from letters.readback.pdfium.annotations import Annotation, upright
from letters.readback.pdfium.calls import box, held, narrow_string
from letters.readback.pdfium.geometry import Box
from letters.readback.pdfium.objects import PageObject
from letters.readback.pdfium.structure import Tree
from letters.readback.pdfium.text import PageText

_WHITE = 0xFFFFFFFF


class Pixels(Enum):
    """How a pixel is kept; its value is how many bytes it takes."""

    #: Blue, green, red and none.
    BGRX = 4
    #: Red, green and blue.
    RGB = 3
    GREY = 1


_FORMATS = {
    Pixels.BGRX: (pdfium.FPDFBitmap_BGRx, 0),
    Pixels.RGB: (pdfium.FPDFBitmap_BGR, pdfium.FPDF_REVERSE_BYTE_ORDER),
    Pixels.GREY: (pdfium.FPDFBitmap_Gray, pdfium.FPDF_GRAYSCALE),
}


class Page:
    """A page, as long as it is held. `damaged` is raised where it has no text at all."""

    def __init__(self, document: Any, form: Any, handle: Any, damaged: Exception) -> None:
        self._document, self._form, self._handle, self._damaged = document, form, handle, damaged

    # -- the paper

    @property
    def size(self) -> tuple[float, float]:
        """Its width and height in points, as it is shown."""
        return float(pdfium.FPDF_GetPageWidthF(self._handle)), float(pdfium.FPDF_GetPageHeightF(self._handle))

    @property
    def turns(self) -> int:
        """By how many quarters it is turned to be shown, clockwise."""
        return int(max(pdfium.FPDFPage_GetRotation(self._handle), 0) % 4)

    @property
    def shown(self) -> Box | None:
        """What is shown of it, before it is turned; None if it does not say."""
        place = pdfium.FS_RECTF()
        if not pdfium.FPDF_GetPageBoundingBox(self._handle, place):
            return None
        return Box(place.left, place.bottom, place.right, place.top)

    @property
    def paper(self) -> Box:
        """All of it: the media box."""
        return box(pdfium.FPDFPage_GetMediaBox, self._handle) or Box(0, 0, *self.size)

    @property
    def text_area(self) -> Box:
        """Where its text stands: the art box, or all of it."""
        return box(pdfium.FPDFPage_GetArtBox, self._handle) or Box(0, 0, *self.size)

    # -- what is on it

    @property
    def object_count(self) -> int:
        """How many things are drawn on it, a form being one."""
        return int(pdfium.FPDFPage_CountObjects(self._handle))

    def objects(self) -> Iterator[PageObject]:
        """What is drawn on it, in the order of painting."""
        for at in range(self.object_count):
            yield PageObject(pdfium.FPDFPage_GetObject(self._handle, at), at)

    @contextmanager
    def text(self) -> Iterator[PageText]:
        """Its text; raises Unreadable if it has none that could be looked at."""
        with held(pdfium.FPDFText_LoadPage(self._handle), pdfium.FPDFText_ClosePage, self._damaged) as text:
            yield PageText(text)

    @contextmanager
    def tags(self) -> Iterator[Tree | None]:
        """Its tag tree, if it has one."""
        if not (tree := pdfium.FPDF_StructTree_GetForPage(self._handle)):
            yield None
            return
        with held(tree, pdfium.FPDF_StructTree_Close, self._damaged):
            yield Tree(tree)

    def links(self) -> Iterator[tuple[Box, str]]:
        """Where links stand that lead out of the file, and where to."""
        position, link, place = ctypes.c_int(0), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
        while pdfium.FPDFLink_Enumerate(self._handle, position, link):
            action = pdfium.FPDFLink_GetAction(link)
            target = narrow_string(pdfium.FPDFAction_GetURIPath, self._document, action) if action else ""
            if target and pdfium.FPDFLink_GetAnnotRect(link, place):
                yield upright(place), target

    @contextmanager
    def annotations(self) -> Iterator[list[Annotation]]:
        """What was put on it, as long as it is held."""
        with ExitStack() as stack:
            found = []
            for at in range(pdfium.FPDFPage_GetAnnotCount(self._handle)):
                if handle := pdfium.FPDFPage_GetAnnot(self._handle, at):
                    stack.callback(pdfium.FPDFPage_CloseAnnot, handle)
                    found.append(Annotation(handle, self._form))
            yield found

    def flatten(self) -> bool:
        """Draw what was put on it into it, so that it is read as all else once the page is opened again; whether there
        was any."""
        # PDFium makes up how a field looks, where the file does not say it, when it paints it.
        self.paint(bytearray(), (1, 1), annotations=True)
        return bool(pdfium.FPDFPage_Flatten(self._handle, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS)

    # -- how it looks

    def paint(
        self,
        canvas: bytearray,
        size: tuple[int, int],
        part: tuple[int, int, int, int] | None = None,
        pixels: Pixels = Pixels.BGRX,
        *,
        annotations: bool = False,
    ) -> bytearray:
        """The page on white, so many pixels wide and high, row by row from the top, without gaps; or a part of it, by
        the columns and rows from which (left, top) and up to which (right, bottom) it goes.

        `canvas` is what it is painted on: it is made larger where it must be, and given back; nothing if PDFium cannot.
        """
        left, top, right, bottom = part or (0, 0, *size)
        across, down, row = right - left, bottom - top, pixels.value * (right - left)
        canvas.extend(bytes(max(row * down - len(canvas), 0)))
        memory = (ctypes.c_ubyte * len(canvas)).from_buffer(canvas)
        form, flags = _FORMATS[pixels]
        bitmap = pdfium.FPDFBitmap_CreateEx(across, down, form, memory, row)
        if not bitmap:
            return bytearray()
        with held(bitmap, pdfium.FPDFBitmap_Destroy, self._damaged):
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, across, down, _WHITE)
            flags |= pdfium.FPDF_ANNOT if annotations else 0
            pdfium.FPDF_RenderPageBitmap(bitmap, self._handle, -left, -top, *size, 0, flags)
        return canvas

    def ink_of(self, item: PageObject, scale: float) -> bytes | None:
        """How opaque each pixel is of a text that is painted alone; None if PDFium cannot. `scale`: pixels a point."""
        bitmap = pdfium.FPDFTextObj_GetRenderedBitmap(self._document, self._handle, item.handle, scale)
        if not bitmap:
            return None
        with held(bitmap, pdfium.FPDFBitmap_Destroy, self._damaged):
            size = pdfium.FPDFBitmap_GetStride(bitmap) * pdfium.FPDFBitmap_GetHeight(bitmap)
            return ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), size)[3::4]
