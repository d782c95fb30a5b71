"""What is drawn on a page of a PDF, and which words of it nobody can read on paper."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

#: Points by which a letter may stand over an edge: no eye sees it, and an italic leans over by as much.
_SLACK = 1.0
#: Points by which two things must overlap, both ways, for one to be in the way of the other.
_OVERLAP = 2.0
#: Points below which type cannot be read.
_SMALLEST = 4.0
#: What WCAG 2 asks of the contrast of large text; below it no text passes.
_CONTRAST = 3.0
_WHITE = (255.0, 255.0, 255.0)
_INVISIBLE = frozenset({pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP})
_SHOWN = 60

Colour = tuple[float, float, float]


class Box(NamedTuple):
    """A rectangle in points from the lower left corner of a page."""

    left: float
    bottom: float
    right: float
    top: float

    def within(self, other: Box, slack: float) -> bool:
        """Whether it is inside `other`, but for so many points."""
        return (
            self.left >= other.left - slack
            and self.bottom >= other.bottom - slack
            and self.right <= other.right + slack
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
    content, or -1. `fill`: what it is filled with, and None for what is not filled or is a picture. `covers`: whether
    what it is painted over is hidden. `clip`: outside of it nothing is painted. `fault`: why its text is not seen."""

    box: Box
    text: str | None = None
    mcid: int = -1
    baseline: float = 0.0
    fill: Colour | None = None
    alpha: float = 1.0
    covers: bool = False
    clip: Box | None = None
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
                yield Drawn(_box(item), covers=True)
                yield from _text_in_form(item, text_of)
            case _:
                yield Drawn(_box(item), mcid=pdfium.FPDFPageObj_GetMarkedContentID(item), covers=True)


def _text(item: Any, said: str) -> Drawn:
    matrix, size = pdfium.FS_MATRIX(), ctypes.c_float()
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    pdfium.FPDFTextObj_GetFontSize(item, size)
    fill, alpha = _fill(item)
    height = abs(size.value) * abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5
    fault = f"set in less than {_SMALLEST:.0f} pt" if height < _SMALLEST else ""
    if pdfium.FPDFTextObj_GetTextRenderMode(item) in _INVISIBLE:
        fault = "invisible"
    mcid = pdfium.FPDFPageObj_GetMarkedContentID(item)
    return Drawn(_box(item), said, mcid, matrix.f, fill, alpha, clip=_clip(item), fault=fault)


def _text_in_form(form: Any, text_of: Callable[[Any], str]) -> Iterator[Drawn]:
    """Text that is drawn aside and then put on the page: so WeasyPrint does where it is see-through."""
    for at in range(pdfium.FPDFFormObj_CountObjects(form)):
        item = pdfium.FPDFFormObj_GetObject(form, at)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            yield Drawn(_box(form), text_of(item), pdfium.FPDFPageObj_GetMarkedContentID(item), fault="see-through")
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            yield from _text_in_form(item, text_of)


def _path(item: Any) -> Drawn:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, mode, stroke)
    box, clip = _box(item), _clip(item)
    fill, alpha = _fill(item)
    solid = pdfium.FPDFPageObj_GetMarkedContentID(item) >= 0 or _outlines(item) == 1
    covers = mode.value != pdfium.FPDF_FILLMODE_NONE and alpha > 0 and solid
    return Drawn(box.shared(clip) if clip else box, fill=fill, alpha=alpha, covers=covers)


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


def _clip(item: Any) -> Box | None:
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


def unseen(page: Any, number: int, drawn: Sequence[Drawn], words: Container[int]) -> Iterator[str]:
    """What of the text of page `number` cannot be read on paper, in sentences for a person.

    `words`: the marked content that is the letter's; it must be in the text area, all else on the paper.
    """
    sheet = _Sheet(page, drawn)
    found = [
        (why, item.text or "")
        for at, item in enumerate(drawn)
        if item.is_text and (why := sheet.why_unseen(at, item, is_word=item.mcid in words))
    ]
    for why, pairs in groupby(sorted(found, key=itemgetter(0)), key=itemgetter(0)):
        yield f"these words are {why} page {number}: {_shown([text for _, text in pairs])}"


class _Sheet:
    """A page as paper: its edges, and what is in the way of what."""

    def __init__(self, page: Any, drawn: Sequence[Drawn]) -> None:
        self._paper = _page_box(page, "Media")
        self._text_area = _page_box(page, "Art").shared(self._paper)
        self._shapes = [(at, item) for at, item in enumerate(drawn) if item.covers]
        self._crossing = _crossing([item for item in drawn if item.is_text])

    def why_unseen(self, at: int, item: Drawn, *, is_word: bool) -> str:
        """Why a text cannot be read, up to the number of the page; empty if it can."""
        if item.fault:
            return f"{item.fault} on"
        if not item.box.within(self._paper, 0.0):
            return "off the paper of"
        if is_word and not item.box.within(self._text_area, _SLACK):
            return "outside the text area of"
        if item.clip and not item.box.within(item.clip, _SLACK):
            return "cut off on"
        if any(number > at and item.box.overlaps(shape.box) for number, shape in self._shapes):
            return "covered by something else on"
        if id(item) in self._crossing:
            return "in one place with others on"
        ground = self._ground(at, item)
        readable = _contrast(_mixed(item.fill, item.alpha, ground), ground) >= _CONTRAST
        return "" if readable else "in a colour that cannot be read on"

    def _ground(self, at: int, item: Drawn) -> Colour:
        """The colour behind a text: of the shapes painted before it that are all around it, or of white paper."""
        ground: Colour = _WHITE
        for number, shape in self._shapes:
            if number < at and item.box.within(shape.box, _SLACK):
                ground = _mixed(shape.fill, shape.alpha, ground)
        return ground


def _crossing(texts: Sequence[Drawn]) -> set[int]:
    """The texts (by `id`) that share a place with another."""
    found: set[int] = set()
    low_first = sorted(texts, key=lambda text: text.box.bottom)
    for at, text in enumerate(low_first):
        for other in islice(low_first, at + 1, None):
            if other.box.bottom >= text.box.top:
                break
            if text.box.overlaps(other.box):
                found |= {id(text), id(other)}
    return found


def _mixed(colour: Colour | None, alpha: float, ground: Colour) -> Colour:
    if colour is None:
        return ground
    red, green, blue = (upper * alpha + lower * (1 - alpha) for upper, lower in zip(colour, ground, strict=True))
    return red, green, blue


def _contrast(one: Colour, other: Colour) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    """As WCAG 2 has it, from 0 to 1."""
    red, green, blue = (part / 255 for part in colour)
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _page_box(page: Any, name: str) -> Box:
    """A box of the page by its name in PDF: Media is the paper, Art the text area; all of the paper if it has none."""
    sides = [ctypes.c_float() for _ in Box._fields]
    if not getattr(pdfium, f"FPDFPage_Get{name}Box")(page, *sides):
        return Box(0, 0, pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page))
    return Box(*(side.value for side in sides))


def _shown(texts: Sequence[str]) -> str:
    first = " ".join(texts[0].split())
    short = first if len(first) <= _SHOWN else f"{first[:_SHOWN].rstrip()}…"
    return f"{short!r}" + (f" and {len(texts) - 1} more" if len(texts) > 1 else "")
