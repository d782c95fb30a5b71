"""What a PDF holds, for tests: the text of its pages, its text objects, their places, marks, fonts and languages."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium


def page_texts(data: bytes) -> list[str]:
    return [sheet.get_textpage().get_text_bounded() for sheet in pypdfium2.PdfDocument(data)]


def text_items(data: bytes) -> Iterator[list[pdfium.FPDF_PAGEOBJECT]]:
    """The text objects of each page."""
    for sheet in pypdfium2.PdfDocument(data):
        yield [item.raw for item in sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT])]


def places(data: bytes) -> list[tuple[int, float]]:
    pages = enumerate(text_items(data))
    return [(number, round(_height(item), 2)) for number, items in pages for item in items]


def baselines(data: bytes) -> list[list[float]]:
    """The heights at which text stands on each page, top to bottom."""
    return [sorted({round(_height(item), 1) for item in items}, reverse=True) for items in text_items(data)]


def _height(item: pdfium.FPDF_PAGEOBJECT) -> float:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    return float(matrix.f)


def marks(item: pdfium.FPDF_PAGEOBJECT) -> list[str]:
    count = pdfium.FPDFPageObj_CountMarks(item)
    return [_wide(pdfium.FPDFPageObjMark_GetName, pdfium.FPDFPageObj_GetMark(item, at)) for at in range(count)]


def _wide(function: Callable[..., Any], handle: Any) -> str:
    buffer = (ctypes.c_ushort * 64)()
    size = ctypes.c_ulong()
    function(handle, buffer, 128, size)
    return bytes(buffer)[: size.value - 2].decode("utf-16-le")


def font_name(item: pdfium.FPDF_PAGEOBJECT) -> str:
    buffer = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(pdfium.FPDFTextObj_GetFont(item), buffer, 128)
    return buffer.value.decode()


def passages_in(language: str, data: bytes) -> Iterator[str]:
    """The text of each tag that is marked as being in `language`."""
    for sheet in pypdfium2.PdfDocument(data):
        text, tree = sheet.get_textpage(), pdfium.FPDF_StructTree_GetForPage(sheet)
        items = {pdfium.FPDFPageObj_GetMarkedContentID(item.raw): item for item in sheet.get_objects()}
        for at in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            for mcid in _content_in(language, pdfium.FPDF_StructTree_GetChildAtIndex(tree, at)):
                buffer = (ctypes.c_ushort * 256)()
                size = pdfium.FPDFTextObj_GetText(items[mcid].raw, text, buffer, 512)
                yield bytes(buffer)[: size - 2].decode("utf-16-le")
        pdfium.FPDF_StructTree_Close(tree)


def _content_in(language: str, element: pdfium.FPDF_STRUCTELEMENT) -> Iterator[int]:
    buffer = (ctypes.c_ushort * 16)()
    size = pdfium.FPDF_StructElement_GetLang(element, buffer, 32)
    own = bytes(buffer)[: max(size - 2, 0)].decode("utf-16-le")
    for at in range(pdfium.FPDF_StructElement_CountChildren(element)):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, at)
        if child:
            yield from _content_in(language, child)
        elif own == language:
            yield pdfium.FPDF_StructElement_GetChildMarkedContentID(element, at)
