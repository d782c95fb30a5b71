"""What of the text of a page can be seen, and how the page looks besides; found by painting it with and without."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from letters.readback.pdfium.geometry import Box
from letters.readback.pdfium.objects import PageObject, without
from letters.readback.pdfium.page import Page
from letters.review.files.lines import Char
from letters.review.files.pdf_lost import left_out
from letters.review.files.pdf_paint import Area, Painter, differs, is_other
from letters.review.files.pdf_sheet import Sheet
from letters.review.files.places import Places

#: Pixels a point, and the most pixels of a picture of a page.
_SCALE, _MOST_PIXELS = 1.5, 4_000_000
#: Which part of a letter, left and right, may be under what is beside it.
_EDGE = 0.15
#: Points around what is painted alone.
_ROOM = 10.0
#: Points below which type is a speck.
_SMALLEST = 1.0
#: Which part of a letter another must cover for the two to stand in one place.
_IN_ONE_PLACE = 0.4
#: Texts that stand in one place with others; of more on a page it is not looked at which is on top.
MOST_CROSSING = 120
#: Of more letters (of one text, times another) it is not looked at which stand in one place.
_MOST_PAIRS = 100_000
#: What pages are painted on, one after the other: with their text, without, and some of them.
_CANVASES = (bytearray(), bytearray(), bytearray())


class Glyph(NamedTuple):
    """A character with the rectangle around its ink on the sheet, and the address of the text object it is in."""

    char: Char
    box: Box
    item: int | None


@dataclass(frozen=True)
class Looks:
    """How a page looks. `seen`: of each glyph, whether any of it is; None if the page cannot be painted.

    `whole`, `rest`: digests of the page, and of it without its text (empty where nothing is left). `left_out`: how many
    texts have ink that no glyph has.
    """

    seen: list[bool] | None
    whole: str = ""
    rest: str = ""
    left_out: int = 0


def looks_of(page: Page, sheet: Sheet, glyphs: Sequence[Glyph], texts: Mapping[int, PageObject]) -> Looks:
    """How a page looks; `glyphs` are all of its text."""
    scale = min(_SCALE, (_MOST_PIXELS / max(sheet.width * sheet.height, 1)) ** 0.5)
    painter = Painter(page, sheet, max(round(sheet.width * scale), 1), max(round(sheet.height * scale), 1))
    whole = painter.paint(_CANVASES[0])
    with without(texts.values()):
        rest = painter.paint(_CANVASES[1])
    if not whole or not rest:
        return Looks(None)
    return Looks(
        _Seen(painter, glyphs, texts, whole, rest).all(),
        _digest(whole, sheet, painter),
        _digest(rest, sheet, painter),
        left_out(painter, (glyph.box for glyph in glyphs), texts.values(), whole, rest),
    )


def _digest(pixels: bytearray, sheet: Sheet, painter: Painter) -> str:
    """A digest of a picture of a page; empty where it is white."""
    across = 4 * painter.width
    white, digest, is_empty = b"\xff" * across, hashlib.blake2b(digest_size=8), True
    for start in range(0, across * painter.height, across):
        row = pixels[start : start + across]
        if row != white:
            digest.update(b"%d " % start + row)
            is_empty = False
    digest.update(f"{sheet.width:.0f} {sheet.height:.0f}".encode())
    return "" if is_empty else digest.hexdigest()


class _Seen:
    """Which letters of a page are seen: those without which it looks otherwise."""

    def __init__(
        self,
        painter: Painter,
        glyphs: Sequence[Glyph],
        texts: Mapping[int, PageObject],
        whole: bytearray,
        rest: bytearray,
    ) -> None:
        self._painter, self._glyphs, self._texts = painter, glyphs, texts
        self._whole, self._rest = whole, rest
        self._never_seen: dict[int, bool] = {}
        self._of_item: defaultdict[int, list[int]] = defaultdict(list)
        for number, glyph in enumerate(glyphs):
            if glyph.item in texts and not glyph.char.text.isspace():
                self._of_item[glyph.item or 0].append(number)

    def all(self) -> list[bool]:
        """Of each glyph; white space is as if seen."""
        seen = [glyph.char.text.isspace() or self._is_painted(glyph) for glyph in self._glyphs]
        for number in self._beneath_others():
            seen[number] = False
        for item, numbers in self._of_item.items():
            unseen = [number for number in numbers if not seen[number]]
            if unseen:
                for number in self._not_drawable(self._texts[item], unseen):
                    seen[number] = True
                self._as_beside(numbers, seen)
        return seen

    def _is_painted(self, glyph: Glyph) -> bool:
        if glyph.item not in self._texts:
            return True
        if self._is_never_seen(glyph):
            return False
        area = self._painter.area(glyph.box, inner=_EDGE)
        return not area.is_empty and differs(self._whole, self._rest, self._painter.width, area)

    def _is_never_seen(self, glyph: Glyph) -> bool:
        item = glyph.item or 0
        if item not in self._never_seen:
            self._never_seen[item] = _is_never_seen(self._texts[item], glyph.char.size)
        return self._never_seen[item]

    def _as_beside(self, numbers: Sequence[int], seen: list[bool]) -> None:
        """A full stop has little ink: it is seen if what it follows is."""
        last = next((seen[n] for n in numbers if self._glyphs[n].char.text.isalnum()), None)
        for number in numbers:
            if self._glyphs[number].char.text.isalnum():
                last = seen[number]
            elif last is not None and not seen[number]:
                seen[number] = last

    # -- what stands beneath other text

    def _beneath_others(self) -> Iterator[int]:
        for item, numbers in islice(self._crossing.items(), MOST_CROSSING):
            area = self._painter.area(_wider(self._boxes[item]))
            if area.is_empty:
                continue
            with without([self._texts[item]]):
                less = self._painter.paint(_CANVASES[2], area)
            if less:
                yield from (number for number in numbers if not self._is_missed(number, area, less))

    def _is_missed(self, number: int, area: Area, less: bytearray) -> bool:
        """Whether an area of the page looks otherwise without a letter; `less` is that area without it."""
        inner = self._painter.area(self._glyphs[number].box, inner=_EDGE)
        left, right = max(inner.left, area.left), min(inner.right, area.right)
        across, width = area.right - area.left, self._painter.width
        if left >= right:  # in a damaged file a letter may stand beside the area of its own text: it is beneath nothing
            return True
        for row in range(max(inner.top, area.top), min(inner.bottom, area.bottom)):
            start = 4 * ((row - area.top) * across - area.left)
            mine = self._whole[4 * (row * width + left) : 4 * (row * width + right)]
            if is_other(mine, less[start + 4 * left : start + 4 * right]):
                return True
        return False

    @cached_property
    def _crossing(self) -> dict[int, list[int]]:
        """The glyphs of each text object of which some stand in one place with other letters."""
        low_first = sorted(self._boxes, key=lambda item: self._boxes[item].bottom)
        boxes = [self._boxes[item] for item in low_first]
        places, found = Places(boxes), set[int]()
        for at, (item, box) in enumerate(zip(low_first, boxes, strict=True)):
            for number in places.near(box):
                other = low_first[number]
                if number <= at or {item, other} <= found or boxes[number].bottom >= box.top:
                    continue
                if box.overlaps(boxes[number]) and self._in_one_place(item, other):
                    found |= {item, other}
        return {item: self._of_item[item] for item in sorted(found)}

    @cached_property
    def _boxes(self) -> dict[int, Box]:
        return {item: _around([self._glyphs[n].box for n in numbers]) for item, numbers in self._of_item.items()}

    def _in_one_place(self, item: int, other: int) -> bool:
        mine, theirs = ([self._glyphs[n] for n in self._of_item[one]] for one in (item, other))
        # The same text twice in one place is no more than bold.
        if [glyph.char.text for glyph in mine] == [glyph.char.text for glyph in theirs]:
            return False
        shared = self._boxes[item].shared(self._boxes[other])
        first, second = ([glyph.box for glyph in one if glyph.box.overlaps(shared)] for one in (mine, theirs))
        if len(first) * len(second) > _MOST_PAIRS:
            return False
        return any(_covers(one, two) for one in first for two in second)

    # -- what no font at hand has

    def _not_drawable(self, item: PageObject, unseen: Sequence[int]) -> Iterator[int]:
        """The letters for which no font is at hand: nobody can say that they are hidden."""
        doubtful = [n for n in unseen if not self._is_why(item, self._glyphs[n])]
        if not doubtful:
            return
        if not any(self._painter.page.ink_of(item, _SCALE) or ()):
            yield from doubtful

    def _is_why(self, item: PageObject, glyph: Glyph) -> bool:
        """Whether there is a reason why a letter is not seen, other than that no font has it."""
        if self._is_never_seen(glyph) or _is_optional(item):
            return True
        middle = (glyph.box.left + glyph.box.right) / 2, (glyph.box.bottom + glyph.box.top) / 2
        paper = Box(0, 0, self._painter.sheet.width, self._painter.sheet.height)
        areas = [paper]
        if clip := item.clip:
            areas.append(self._painter.sheet.area(*item.placed.carried(clip)))
        return any(not _holds(area, *middle) for area in areas)


def _is_never_seen(item: PageObject, size: float) -> bool:
    *_, alpha = item.fill or (0, 0, 0, 255)
    return item.is_without_ink or size < _SMALLEST or (item.is_only_filled and alpha == 0)


def _is_optional(item: PageObject) -> bool:
    return any(mark.name == "OC" for mark in item.marks())


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.left for box in boxes),
        min(box.bottom for box in boxes),
        max(box.right for box in boxes),
        max(box.top for box in boxes),
    )


def _wider(box: Box) -> Box:
    """With some room around it: at the very edge of a picture letters are painted a little otherwise."""
    return Box(box.left - _ROOM, box.bottom - _ROOM, box.right + _ROOM, box.top + _ROOM)


def _holds(box: Box, x: float, y: float) -> bool:
    return box.left <= x <= box.right and box.bottom <= y <= box.top


def _covers(one: Box, other: Box) -> bool:
    shared = one.shared(other)
    if shared.width <= 0 or shared.height <= 0:
        return False
    least = min(one.width * one.height, other.width * other.height)
    return shared.width * shared.height > _IN_ONE_PLACE * least
