"""The characters of a page of a PDF, as they are drawn, with their places and links."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from letters.readback.drawn import Box
from letters.readback.pdfium import address, giving_address, mark_string
from letters.review.files.lines import Char, stands_behind
from letters.review.files.pdf_seen import Glyph
from letters.review.files.pdf_sheet import Item, Sheet
from letters.review.files.places import Places

#: Stands for a character of which the file does not say which it is.
UNKNOWN = "\ufffd"
#: The number of marked content that says it is none of the page's words.
ARTIFACT = -2
# PDFium gives a hyphen at the end of a line as a mark of its own, for it takes the word to be divided there; a font
# that does not say what its signs are may have one of that code too.
_HYPHENS = {0xFFFE, 0x02}
_LAST_CODE = 0x10FFFF
_INSTEAD = b"ActualText"
#: Times the size of the text, and the height of a letter: letters that begin nearer to each other than any two that
#: follow one another.
_SAME, _SAME_HEIGHT = 0.12, 0.22


@dataclass(frozen=True)
class Link:
    """Where a link stands on the sheet, and leads."""

    area: Box
    target: str

    def covers(self, x: float, y: float) -> bool:
        """Whether it is at this place."""
        return self.area.left <= x <= self.area.right and self.area.bottom <= y <= self.area.top


def links_of(document: Any, page: Any, sheet: Sheet) -> Iterator[Link]:
    """The links of a page that lead out of the file."""
    position, link, place = ctypes.c_int(0), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
    while pdfium.FPDFLink_Enumerate(page, position, link):
        action = pdfium.FPDFLink_GetAction(link)
        size = pdfium.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
        if size > 1 and pdfium.FPDFLink_GetAnnotRect(link, place):
            buffer = ctypes.create_string_buffer(size)
            pdfium.FPDFAction_GetURIPath(document, action, buffer, size)
            (left, right), (bottom, top) = sorted((place.left, place.right)), sorted((place.bottom, place.top))
            yield Link(sheet.area(left, bottom, right, top), buffer.value.decode("utf-8", "replace"))


def glyphs_of(text: Any, sheet: Sheet, links: Sequence[Link]) -> Iterator[Glyph]:
    """The characters of a page; what PDFium puts between them, spaces and line ends, belongs to what is before it."""
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    item: int | None = None
    content, size = -1, 0.0
    hyphen: Glyph | None = None
    sides = ctypes.byref(left), ctypes.byref(right), ctypes.byref(bottom), ctypes.byref(top)
    origin = ctypes.byref(x), ctypes.byref(y)
    places = Places(link.area for link in links)
    object_at = giving_address(pdfium.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_int)
    for index, said, code in _codes(text):
        place = object_at(text, index)
        if place and place != item:
            handle = pdfium.FPDFText_GetTextObject(text, index)
            item, content, size = place, _content(handle), _size(handle)
        pdfium.FPDFText_GetCharBox(text, index, *sides)
        pdfium.FPDFText_GetCharOrigin(text, index, *origin)
        box = sheet.area(left.value, bottom.value, right.value, top.value)
        start, base = sheet.place(x.value, y.value)
        href = _target(links, places, box) if links else None
        glyph = Glyph(Char(said, start, box.right, base, size, href, None, content), box, item)
        # PDFium leaves out the line end behind a hyphen.
        if hyphen and abs(hyphen.char.y - base) > size / 2 and not said.isspace():
            yield hyphen._replace(char=hyphen.char._replace(text="\n"))
        hyphen = glyph if code in _HYPHENS and said == "-" else None
        yield glyph


def in_their_lines(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """The characters without the line ends that PDFium puts around what is raised or lowered."""
    last: Glyph | None = None
    between: list[Glyph] = []
    for glyph in glyphs:
        if glyph.char.text.isspace():
            between.append(glyph)
            continue
        if last and between and stands_behind(_with_spaces(last.char, between), glyph.char):
            between = [space for space in between if space.char.text != "\n"]
        yield from between
        yield glyph
        last, between = glyph, []
    yield from between


def drawn_once(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """The characters without those drawn twice in nearly one place: so some programs make bold, or a shadow."""
    last: Glyph | None = None
    between: list[Glyph] = []
    for glyph in glyphs:
        if glyph.char.text.isspace():
            between.append(glyph)
            continue
        if not (last and _is_again(last, glyph)):
            yield from between
            yield glyph
            last = glyph
        between = []
    yield from between


def _is_again(one: Glyph, other: Glyph) -> bool:
    """Whether a letter is drawn once more; letters that are set as one sign stand in one place, and are all read."""
    near = min(_SAME * min(one.char.size, other.char.size), _SAME_HEIGHT * min(one.box.height, other.box.height))
    away = max(abs(one.char.left - other.char.left), abs(one.char.y - other.char.y))
    return one.char.text == other.char.text and 0 < away < near


def _with_spaces(char: Char, spaces: Iterable[Glyph]) -> Char:
    """A character as wide as it is with the spaces behind it."""
    return char._replace(right=max(char.right, *(space.char.right for space in spaces)))


def _target(links: Sequence[Link], places: Places, box: Box) -> str | None:
    x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    near = (links[number] for number in places.near(Box(x, y, x, y)))
    return next((link.target for link in near if link.covers(x, y)), None)


def _codes(text: Any) -> Iterator[tuple[int, str, int]]:
    """The index of each character of a page, it, and its code; the two halves of one beyond U+FFFF are joined."""
    high: tuple[int, int] | None = None
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if high and 0xDC00 <= code < 0xE000:
            yield high[0], chr(0x10000 + ((high[1] - 0xD800) << 10) + (code - 0xDC00)), code
            high = None
            continue
        if high:
            yield high[0], UNKNOWN, high[1]
        high = (index, code) if 0xD800 <= code < 0xDC00 else None
        if not high and code != ord("\r"):
            divides = code in _HYPHENS and pdfium.FPDFText_IsHyphen(text, index) == 1
            yield index, "-" if divides else _said(code), code
    if high:
        yield high[0], UNKNOWN, high[1]


def _said(code: int) -> str:
    if code > _LAST_CODE or code in _HYPHENS:
        return UNKNOWN
    said = chr(code)
    is_none = unicodedata.category(said) in ("Cc", "Cs") and said not in "\t\n"
    return UNKNOWN if is_none else _LIGATURES.get(said, said)


#: Letters that are joined as they are set.
_LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}


def _content(item: Any) -> int:
    """The number of the marked content that an object is in; -1 if in none."""
    for at in range(pdfium.FPDFPageObj_CountMarks(item)):
        if mark_string(pdfium.FPDFPageObjMark_GetName, pdfium.FPDFPageObj_GetMark(item, at)) == "Artifact":
            return ARTIFACT
    return int(pdfium.FPDFPageObj_GetMarkedContentID(item))


def _size(item: Any) -> float:
    """How large the text of an object is set on the page, in points."""
    size, matrix = ctypes.c_float(), pdfium.FS_MATRIX()
    pdfium.FPDFTextObj_GetFontSize(item, size)
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    return float(abs(size.value * (matrix.d or matrix.b)))


# -- text that a file gives in place of what is drawn


@dataclass(frozen=True)
class Instead:
    """A text that the file gives in place of what some text objects draw, by their addresses."""

    said: str
    items: tuple[int, ...]


def taken_instead(texts: Mapping[int, Item]) -> list[Instead]:
    """The texts that marks of a page give in place of what is drawn; the marks lose them, so that what is drawn is
    read."""
    found: dict[tuple[int | None, str], list[int]] = {}
    for place, item in texts.items():
        for at in range(pdfium.FPDFPageObj_CountMarks(item.handle)):
            mark = pdfium.FPDFPageObj_GetMark(item.handle, at)
            said = mark_string(pdfium.FPDFPageObjMark_GetParamStringValue, mark, _INSTEAD)
            if said is not None:
                found.setdefault((address(mark), said), []).append(place)
    for place in {place for places in found.values() for place in places}:
        handle = texts[place].handle
        for at in range(pdfium.FPDFPageObj_CountMarks(handle)):
            pdfium.FPDFPageObjMark_RemoveParam(handle, pdfium.FPDFPageObj_GetMark(handle, at), _INSTEAD)
    return [Instead(said, tuple(places)) for (_, said), places in found.items()]


def with_instead(glyphs: Sequence[Glyph], given: Sequence[Instead]) -> tuple[list[Glyph], list[tuple[str, str]]]:
    """The characters with the text that is given where the file does not say what is drawn; and elsewhere, what is
    drawn and what is given for it, where these differ."""
    drawn: dict[int | None, str] = {}
    for glyph in glyphs:
        drawn[glyph.item] = drawn.get(glyph.item, "") + glyph.char.text
    replaced: dict[int, str] = {}
    differs = []
    for instead in given:
        said = "".join(drawn.get(item, "") for item in instead.items)
        if not _is_known(said):
            replaced.update(dict.fromkeys(instead.items, ""))
            replaced[instead.items[0]] = instead.said
        elif letters_of(said) != letters_of(instead.said):
            differs.append((" ".join(said.split()), instead.said))
    return list(_replaced(glyphs, replaced)), differs


def _replaced(glyphs: Sequence[Glyph], texts: Mapping[int, str]) -> Iterator[Glyph]:
    told: set[int] = set()
    for glyph in glyphs:
        if glyph.item is None or glyph.item not in texts:
            yield glyph
        elif glyph.item not in told:
            told.add(glyph.item)
            yield from (glyph._replace(char=glyph.char._replace(text=char)) for char in texts[glyph.item])


def _is_known(text: str) -> bool:
    """Whether the file says of all of a text which characters it is made of."""
    return bool(text.strip()) and not any(char == UNKNOWN or unicodedata.category(char) in _NO_TEXT for char in text)


#: Characters of private use, and those that are none.
_NO_TEXT = ("Co", "Cn")


def letters_of(text: str) -> str:
    """What of a text is the same however it is set."""
    written = unicodedata.normalize("NFKC", text)
    return "".join(char for char in written if not char.isspace() and char not in "-\u00ad\u2010\u2011\u200b")


# -- what else marks say


def said_by_marks(items: Sequence[Item]) -> Iterator[tuple[str, str]]:
    """What the marks of a page say of what is drawn, besides its text: kind and text, each once a mark."""
    told: set[int | None] = set()
    for item in items:
        for at in range(pdfium.FPDFPageObj_CountMarks(item.handle)):
            mark = pdfium.FPDFPageObj_GetMark(item.handle, at)
            if address(mark) in told:
                continue
            told.add(address(mark))
            for key in ("Alt", "E"):
                if said := mark_string(pdfium.FPDFPageObjMark_GetParamStringValue, mark, key.encode()):
                    yield key, said
