"""What is drawn on a page of a PDF, in the order of painting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from letters.letter.colours import Colour
from letters.readback.pdfium.geometry import Box
from letters.readback.pdfium.objects import Kind, PageObject, Segment
from letters.readback.pdfium.page import Page
from letters.readback.pdfium.text import PageText

#: Points below which type cannot be read.
_SMALLEST = 4.0
#: Points up to which a shape is as high as a line is.
_THIN = 3.0
#: The fault of text with an opacity.
SEE_THROUGH = "see-through"
#: Where something is that has no place.
_NOWHERE = Box(0.0, 0.0, 0.0, 0.0)


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


def drawn_on(page: Page, text: PageText) -> Iterator[Drawn]:
    """What is drawn on a page."""
    for item in page.objects():
        match item.kind:
            case Kind.TEXT:
                yield _text(item, text.drawn_by(item))
            case Kind.PATH:
                yield _path(item)
            case Kind.FORM:
                yield Drawn(_box(item), mcid=item.content, covers=True)
                yield from _text_in_form(item, text)
            case _:
                yield Drawn(_box(item), mcid=item.content, covers=True)


def _text(item: PageObject, said: str) -> Drawn:
    matrix = item.matrix
    fill, alpha = _fill(item)
    height = abs(item.size) * abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5
    box, is_level = _box(item), matrix.a > 0 and matrix.b == 0
    fault = f"set in less than {_SMALLEST:.0f} pt" if height < _SMALLEST else ""
    if item.is_without_ink:
        fault = "invisible"
    start = matrix.e if is_level else box.left
    return Drawn(box, said, item.content, matrix.f, start, height, fill, alpha, clip=item.clip, fault=fault)


def _text_in_form(form: PageObject, text: PageText) -> Iterator[Drawn]:
    """Text that is drawn aside and then put on the page: so WeasyPrint does where it is see-through."""
    for item in form.objects():
        if item.kind is Kind.TEXT:
            yield Drawn(_box(form), text.drawn_by(item), item.content, fault=SEE_THROUGH)
        elif item.kind is Kind.FORM:
            yield from _text_in_form(item, text)


def _path(item: PageObject) -> Drawn:
    is_filled, is_stroked = item.painted
    box, clip = _box(item), item.clip
    _, alpha = _fill(item)
    mcid, filled = item.content, is_filled and alpha > 0
    # Of two outlines or more it is a frame around something.
    covers = filled and (mcid >= 0 or list(item.segments()).count(Segment.MOVE) == 1)
    drawn = filled or is_stroked
    shown = box.shared(clip) if clip else box
    is_line = drawn and shown.height <= _THIN < shown.width
    return Drawn(shown, None, mcid if drawn else -1, covers=covers, line=is_line)


def _fill(item: PageObject) -> tuple[Colour, float]:
    red, green, blue, alpha = item.fill or (0, 0, 0, 0)
    return (float(red), float(green), float(blue)), alpha / 255


def _box(item: PageObject) -> Box:
    return item.bounds or _NOWHERE
