"""One page of a PDF as PDFium reads it: its characters with their places, links and tags."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from letters.review.files.apart import UnreadableFile
from letters.review.files.lines import Char, Line, lines_of

#: Stands for a character of which the file does not say which it is.
UNKNOWN = "\ufffd"
#: The number of marked content that says it is none of the page's words.
_ARTIFACT = -2
#: Elements nested more deeply than this are in no letter.
_DEEPEST = 200

#: Tags that begin a block, and what it is; inside any other tag a block goes on.
_BLOCKS: dict[str, str | None] = {
    **dict.fromkeys(("Document", "Part", "Art", "Sect", "Div", "P", "H", "L", "LBody", "TOC", "TOCI", "Index")),
    **dict.fromkeys(("Table", "THead", "TBody", "TFoot", "TR", "Caption", "Figure", "Formula", "Form")),
    **{f"H{level}": f"heading {level}" for level in range(1, 7)},
    **{"BlockQuote": "quotation", "LI": "list", "TH": "column heading", "TD": "table cell"},
}
# PDFium gives a hyphen at the end of a line as a mark of its own, for it takes the word to be divided there.
_HYPHENS = {0xFFFE, 0x02}


class Block(NamedTuple):
    """What one page holds of a block. `name`: the same on each page that the block stands on, or empty."""

    style: str
    chars: list[Char]
    name: str


@dataclass
class Page:
    """One page, from 1. `tagged`: whether its tags hold all its words; then `blocks` are they, with their styles, and
    `artifacts` the lines outside them. `alts`: the alt texts of its pictures. `text_area`: how
    high it begins and ends, in points from the bottom of the page, if the file says it."""

    number: int
    height: float
    chars: tuple[Char, ...]
    tagged: bool = False
    blocks: list[Block] = field(default_factory=list)
    artifacts: list[Line] = field(default_factory=list)
    alts: list[str] = field(default_factory=list)
    text_area: tuple[float, float] | None = None


def read_page(document: Any, number: int, language: str) -> Page:
    """The page of a document open in PDFium; `language` is the document's. Raises UnreadableFile."""
    with (
        _open(pdfium.FPDF_LoadPage(document, number), pdfium.FPDF_ClosePage, number) as page,
        _open(pdfium.FPDFText_LoadPage(page), pdfium.FPDFText_ClosePage, number) as text,
    ):
        chars = tuple(_chars(text, list(_links(document, page))))
        found = Page(number + 1, pdfium.FPDF_GetPageHeightF(page), chars, text_area=_text_area(page))
        tree = pdfium.FPDF_StructTree_GetForPage(page)
        if tree:
            with _open(tree, pdfium.FPDF_StructTree_Close, number):
                _read_tags(tree, found, language)
    return found


@contextmanager
def _open(handle: Any, close: Callable[[Any], object], number: int) -> Iterator[Any]:
    if not handle:
        raise UnreadableFile(f"its page {number + 1} is damaged. Copy or make it again")
    try:
        yield handle
    finally:
        close(handle)


def _text_area(page: Any) -> tuple[float, float] | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    found = pdfium.FPDFPage_GetArtBox(page, left, bottom, right, top)
    return (bottom.value, top.value) if found else None


# -- characters


@dataclass(frozen=True)
class _Link:
    left: float
    bottom: float
    right: float
    top: float
    target: str

    def covers(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.bottom <= y <= self.top


def _links(document: Any, page: Any) -> Iterator[_Link]:
    position, link, place = ctypes.c_int(0), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
    while pdfium.FPDFLink_Enumerate(page, position, link):
        action = pdfium.FPDFLink_GetAction(link)
        size = pdfium.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
        if size > 1 and pdfium.FPDFLink_GetAnnotRect(link, place):
            buffer = ctypes.create_string_buffer(size)
            pdfium.FPDFAction_GetURIPath(document, action, buffer, size)
            (left, right), (bottom, top) = sorted((place.left, place.right)), sorted((place.bottom, place.top))
            yield _Link(left, bottom, right, top, buffer.value.decode("utf-8", "replace"))


def _chars(text: Any, links: Sequence[_Link]) -> Iterator[Char]:
    """The characters of a page; what PDFium puts between them, spaces and line ends, belongs to what is before it."""
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    item: int | None = None
    content, size = -1, 0.0
    hyphen: Char | None = None
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code == ord("\r"):
            continue
        handle = pdfium.FPDFText_GetTextObject(text, index)
        address = ctypes.cast(handle, ctypes.c_void_p).value
        if address and address != item:
            item, content, size = address, _content(handle), _size(handle)
        pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        middle = (left.value + right.value) / 2, (bottom.value + top.value) / 2
        href = next((link.target for link in links if link.covers(*middle)), None)
        char = Char(_said(code), x.value, right.value, y.value, size, href, None, content)
        # PDFium leaves out the line end behind a hyphen.
        if hyphen and abs(hyphen.y - char.y) > size / 2 and not char.text.isspace():
            yield hyphen._replace(text="\n")
        hyphen = char if code in _HYPHENS else None
        yield char


def _said(code: int) -> str:
    if code in _HYPHENS:
        return "-"
    return UNKNOWN if not code or 0xD800 <= code < 0xE000 else chr(code)


def _content(item: Any) -> int:
    """The number of the marked content that an object is in; -1 if in none."""
    for at in range(pdfium.FPDFPageObj_CountMarks(item)):
        if _name(pdfium.FPDFPageObj_GetMark(item, at)) == "Artifact":
            return _ARTIFACT
    return int(pdfium.FPDFPageObj_GetMarkedContentID(item))


def _name(mark: Any) -> str:
    buffer, size = (ctypes.c_ushort * 64)(), ctypes.c_ulong()
    pdfium.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), size)
    return bytes(buffer)[: max(size.value - 2, 0)].decode("utf-16-le", "replace")


def _size(item: Any) -> float:
    """How large the text of an object is set on the page, in points."""
    size, matrix = ctypes.c_float(), pdfium.FS_MATRIX()
    pdfium.FPDFTextObj_GetFontSize(item, size)
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    return float(abs(size.value * (matrix.d or matrix.b)))


# -- tags

#: Marked content by number, with its language where that is not the document's.
_Pieces = list[tuple[int, str | None]]


def _read_tags(tree: Any, page: Page, language: str) -> None:
    flow = _Flow(language)
    count, get = pdfium.FPDF_StructTree_CountChildren, pdfium.FPDF_StructTree_GetChildAtIndex
    for index in range(count(tree)):
        if element := get(tree, index):
            flow.add(element, "paragraph", None, 0)
    flow.end_block("paragraph")
    told: defaultdict[int | None, list[Char]] = defaultdict(list)
    for char in page.chars:
        told[char.content].append(char)
    page.blocks = [
        Block(style, _put_together(pieces, told), name) for style, pieces, name in (*flow.blocks, *flow.notes)
    ]
    page.alts = flow.alts
    strays = {char.content for char in page.chars if not char.text.isspace()} - flow.seen
    page.tagged = strays <= {_ARTIFACT}
    page.artifacts = lines_of(list(_in_margins(told[_ARTIFACT], page)), page.number, page.height)


def _in_margins(chars: Iterable[Char], page: Page) -> Iterator[Char]:
    """What stands in the margins of a page, and not the head of a table that goes on on it."""
    bottom, top = page.text_area or (0.0, 0.0)
    return (char for char in chars if not bottom < char.y < top)


def _put_together(pieces: _Pieces, told: Mapping[int | None, list[Char]]) -> list[Char]:
    """The characters of a block; a line end stands as a line feed."""
    block: list[Char] = []
    for number, language in pieces:
        chars = [char._replace(lang=language) for char in told.get(number, ())]
        if block and chars and not block[-1].text.isspace() and abs(block[-1].y - chars[0].y) > chars[0].size / 2:
            block.append(block[-1]._replace(text="\n"))
        block += chars
    return block


class _Flow:
    """The blocks of a page while its tags are read, in reading order; notes stand apart."""

    def __init__(self, language: str) -> None:
        self.blocks: list[tuple[str, _Pieces, str]] = []
        self.notes: list[tuple[str, _Pieces, str]] = []
        self.alts: list[str] = []
        self.seen: set[int | None] = set()
        self._language = language
        self._open: _Pieces = []

    def add(self, element: Any, style: str, language: str | None, depth: int) -> None:
        """Take in an element and all that is in it. Raises UnreadableFile."""
        if depth > _DEEPEST:
            raise UnreadableFile("its tags are nested too deeply for a letter")
        tag = string(pdfium.FPDF_StructElement_GetType, element)
        own = string(pdfium.FPDF_StructElement_GetLang, element) or None
        language = (None if own == self._language else own) if own else language
        alt = string(pdfium.FPDF_StructElement_GetAltText, element) if tag in ("Figure", "Formula") else ""
        if tag == "Lbl" or alt:
            self.seen |= set(_all_content(element, depth))
            self.alts += [alt] if alt else []
        elif tag == "Note":
            pieces, self._open = self._open, []
            self._take(element, style, language, depth)
            self.notes += [("footnote", self._open, string(pdfium.FPDF_StructElement_GetID, element))]
            self._open = pieces
        elif tag in _BLOCKS:
            self.end_block(style)
            style = _BLOCKS[tag] or style
            self._take(element, style, language, depth)
            self.end_block(style, string(pdfium.FPDF_StructElement_GetID, element))
        else:
            self._take(element, style, language, depth)

    def _take(self, element: Any, style: str, language: str | None, depth: int) -> None:
        for child in _children(element):
            if isinstance(child, int):
                self._open.append((child, language))
                self.seen.add(child)
            else:
                self.add(child, style, language, depth + 1)

    def end_block(self, style: str, name: str = "") -> None:
        """What was taken in since the last block is one."""
        if self._open:
            self.blocks.append((style, self._open, name))
            self._open = []


def _all_content(element: Any, depth: int) -> Iterator[int]:
    for child in _children(element):
        if isinstance(child, int):
            yield child
        elif depth <= _DEEPEST:
            yield from _all_content(child, depth + 1)


def _children(element: Any) -> Iterator[Any]:
    """The children of an element: elements, and marked content as its number; links to annotations are neither."""
    for index in range(pdfium.FPDF_StructElement_CountChildren(element)):
        if child := pdfium.FPDF_StructElement_GetChildAtIndex(element, index):
            yield child
        elif (number := pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)) >= 0:
            yield number


def string(function: Callable[..., int], *arguments: Any) -> str:
    """What a function of PDFium writes into a buffer: UTF-16 with a NUL at the end; it returns the size in bytes."""
    buffer = (ctypes.c_ushort * 256)()
    size = function(*arguments, buffer, ctypes.sizeof(buffer))
    if size > ctypes.sizeof(buffer):
        buffer = (ctypes.c_ushort * (size // 2))()
        function(*arguments, buffer, ctypes.sizeof(buffer))
    return bytes(buffer)[: max(size - 2, 0)].decode("utf-16-le", "replace")
