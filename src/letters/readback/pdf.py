"""The words of a PDF: blocks from its tag tree, their text from the page itself, and the rest as furniture."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

# Not only its raw half: importing the package proper is what starts the library.
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from letters.readback import Reading

#: The tags that hold the text of one block; the label of a list item is none of the words.
_BLOCKS = frozenset({"P", "H1", "H2", "H3", "H4", "H5", "H6", "TH", "TD"})
LABEL = "Lbl"

# PDFium gives a hyphen at the end of a line as a mark of its own, for it takes the word to be divided there.
HYPHENS = str.maketrans({"\ufffe": "-", "\x02": "-", "\r": None, "\n": None})

#: Text objects whose baselines differ by more points than this stand on different lines.
SAME_LINE = 1.0


@dataclass(frozen=True)
class _Piece:
    """The text of one text object, and the height of its baseline in points."""

    text: str
    baseline: float


#: The numbers of the marked content that makes one block or one label, in reading order.
Content = tuple[int, ...]


def read(data: bytes) -> Reading:
    """What the PDF says; raises ValueError if `data` is no PDF that can be read."""
    with opened(data) as document:
        pages = [_read_page(document, number) for number in range(len(document))]
    words = tuple(block for blocks, _ in pages for block in blocks)
    return Reading(words, tuple(furniture for _, furniture in pages), len(pages))


def _read_page(document: Any, number: int) -> tuple[list[str], tuple[str, ...]]:
    """The blocks and the furniture of a page."""
    with opened_page(document, number) as (page, text, tree):
        pieces = _pieces(page, text)
        found = list(tagged(tree, pieces))
    blocks = [_join(content, pieces) for tag, content in found if tag != LABEL]
    seen = {mcid for _, content in found for mcid in content}
    return blocks, tuple(piece.text for mcid, said in pieces.items() if mcid not in seen for piece in said)


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """A PDF as pypdfium2 has it, closed at the end; raises ValueError if `data` is no PDF that can be read."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ValueError(f"not a PDF that can be read: {error}") from error
    with closing(document):
        yield document


@contextmanager
def opened_page(document: Any, number: int) -> Iterator[tuple[Any, Any, Any]]:
    """A page of an opened PDF, its text and its tag tree; raises ValueError if it has no text or no tags."""
    with (
        _open(pdfium.FPDF_LoadPage(document.raw, number), pdfium.FPDF_ClosePage) as page,
        _open(pdfium.FPDFText_LoadPage(page), pdfium.FPDFText_ClosePage) as text,
        _open(pdfium.FPDF_StructTree_GetForPage(page), pdfium.FPDF_StructTree_Close) as tree,
    ):
        yield page, text, tree


@contextmanager
def _open(handle: Any, close: Callable[[Any], object]) -> Iterator[Any]:
    if not handle:
        raise ValueError("not a PDF that can be read: a page has no text or no tags")
    try:
        yield handle
    finally:
        close(handle)


def _pieces(page: Any, text: Any) -> Mapping[int, list[_Piece]]:
    """The pieces of text of a page by the number of their marked content, which is -1 where it has none."""
    found: defaultdict[int, list[_Piece]] = defaultdict(list)
    matrix = pdfium.FS_MATRIX()
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        item = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_TEXT:
            pdfium.FPDFPageObj_GetMatrix(item, matrix)
            said = _string(pdfium.FPDFTextObj_GetText, item, text).translate(HYPHENS)
            found[pdfium.FPDFPageObj_GetMarkedContentID(item)].append(_Piece(said, matrix.f))
    return found


def tagged(tree: Any, pieces: Container[int]) -> Iterator[tuple[str, Content]]:
    """The blocks and labels of a page with their tags, in reading order."""
    for index in range(pdfium.FPDF_StructTree_CountChildren(tree)):
        yield from _sort(pdfium.FPDF_StructTree_GetChildAtIndex(tree, index), pieces)


def _sort(element: Any, pieces: Container[int]) -> Iterator[tuple[str, Content]]:
    tag = _string(pdfium.FPDF_StructElement_GetType, element)
    if tag == LABEL or tag in _BLOCKS:
        yield tag, tuple(_all_content(element))
        return
    for child in _children(element):
        if not isinstance(child, int):
            yield from _sort(child, pieces)
        elif child in pieces:  # and not a picture: text that no block holds is one of its own
            yield tag, (child,)


def _all_content(element: Any) -> Iterator[int]:
    for child in _children(element):
        if isinstance(child, int):
            yield child
        else:
            yield from _all_content(child)


def _children(element: Any) -> Iterator[Any]:
    """The children of an element: elements, and marked content as its number; links to annotations are neither."""
    for index in range(pdfium.FPDF_StructElement_CountChildren(element)):
        if child := pdfium.FPDF_StructElement_GetChildAtIndex(element, index):
            yield child
        elif (mcid := pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)) >= 0:
            yield mcid


def _join(content: Content, pieces: Mapping[int, list[_Piece]]) -> str:
    """The text of a block; a line end stands as a line feed."""
    said = ""
    before: float | None = None
    for piece in (piece for mcid in content for piece in pieces.get(mcid, ())):
        new_line = before is not None and abs(piece.baseline - before) > SAME_LINE
        said += ("\n" if new_line else "") + piece.text
        before = piece.baseline
    return said


def _string(function: Callable[..., int], *arguments: Any) -> str:
    """What a function of PDFium writes into a buffer: UTF-16 with a NUL at the end; it returns the size in bytes."""
    buffer = (ctypes.c_ushort * 256)()
    size = function(*arguments, buffer, ctypes.sizeof(buffer))
    if size > ctypes.sizeof(buffer):
        buffer = (ctypes.c_ushort * (size // 2))()
        function(*arguments, buffer, ctypes.sizeof(buffer))
    return bytes(buffer)[: max(size - 2, 0)].decode("utf-16-le")
