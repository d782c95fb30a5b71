"""The text of a page of a PDF, by its characters and by what draws it."""

from __future__ import annotations

import ctypes
import struct
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from letters.readback.pdfium.calls import address, by_address, string
from letters.readback.pdfium.objects import PageObject

#: Stands for a character of which the file does not say which it is.
UNKNOWN = "\ufffd"
# PDFium gives a hyphen at the end of a line as a mark of its own, for it takes the word to be divided there; a font
# that does not say what its signs are may have one of that code too.
_HYPHENS = (0xFFFE, 0x02)
_IN_TEXT = {**dict.fromkeys(_HYPHENS, "-"), ord("\r"): None, ord("\n"): None}
_LAST_CODE = 0x10FFFF

_unicode = by_address(pdfium.FPDFText_GetUnicode)
_object_at = by_address(pdfium.FPDFText_GetTextObject)
_ink = by_address(pdfium.FPDFText_GetCharBox)
_room = by_address(pdfium.FPDFText_GetLooseCharBox)
_origin = by_address(pdfium.FPDFText_GetCharOrigin)
_six_doubles, _four_floats = struct.Struct("6d").unpack_from, struct.Struct("4f").unpack_from


class Character(NamedTuple):
    """A character of a page, in points as its content has them. `at`: its number among them all.

    `divides`: whether it is a hyphen at which PDFium takes a word to be divided. `item`: the address of the text object
    that draws it; None of the spaces and line ends that PDFium puts in between. `x`, `y`: where the pen is set down.
    The rest is the rectangle around its ink.
    """

    at: int
    text: str
    divides: bool
    item: int | None
    x: float
    y: float
    left: float
    bottom: float
    right: float
    top: float


class PageText:
    """The text of a page, as long as it is held."""

    def __init__(self, handle: Any) -> None:
        self._handle = handle

    def drawn_by(self, item: PageObject) -> str:
        """The text of one text object."""
        return string(pdfium.FPDFTextObj_GetText, item.handle, self._handle).translate(_IN_TEXT)

    def item(self, at: int) -> PageObject:
        """The text object that draws a character, by the number of that; as if it were in no form."""
        return PageObject(pdfium.FPDFText_GetTextObject(self._handle, at), -1)

    def characters(self) -> Iterator[Character]:
        """All of them, in the order in which PDFium reads them."""
        handle, numbers = address(self._handle), (ctypes.c_double * 6)()
        x, y, left, bottom, right, top = (ctypes.addressof(numbers) + 8 * number for number in range(6))
        for at, said, divides in self._texts():
            _origin(handle, at, x, y)
            _ink(handle, at, left, right, bottom, top)
            yield Character(at, said, divides, _object_at(handle, at), *_six_doubles(numbers))

    def letters(self) -> Iterator[tuple[str, int | None, float, float, float, float]]:
        """Of each character but white space: it, the address of the text object that draws it, and the left, bottom,
        right and top of all the room it takes."""
        handle, room = address(self._handle), pdfium.FS_RECTF()
        place = ctypes.addressof(room)
        for at, said, _ in self._texts():
            if not said.isspace():
                _room(handle, at, place)
                left, top, right, bottom = _four_floats(room)
                yield said, _object_at(handle, at), left, bottom, right, top

    def _texts(self) -> Iterator[tuple[int, str, bool]]:
        """The index of each character, and it; the two halves of one beyond U+FFFF are joined."""
        handle = address(self._handle)
        high: tuple[int, int] | None = None
        for index in range(pdfium.FPDFText_CountChars(self._handle)):
            code = _unicode(handle, index)
            if not high and 0x0D < code < 0xD800:  # nearly all
                yield index, _said(code), False
                continue
            if high:
                is_low = 0xDC00 <= code < 0xE000
                yield high[0], _joined(high[1], code) if is_low else UNKNOWN, False
                high = None
                if is_low:
                    continue
            if 0xD800 <= code < 0xDC00:
                high = (index, code)
            elif code in _HYPHENS:
                divides = pdfium.FPDFText_IsHyphen(self._handle, index) == 1
                yield index, "-" if divides else UNKNOWN, divides
            elif code != 0x0D:
                yield index, _said(code), False
        if high:
            yield high[0], UNKNOWN, False


def _joined(high: int, low: int) -> str:
    return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))


@lru_cache(maxsize=4096)
def _said(code: int) -> str:
    if code > _LAST_CODE:
        return UNKNOWN
    said = chr(code)
    return UNKNOWN if unicodedata.category(said) in ("Cc", "Cs") and said not in "\t\n" else said
