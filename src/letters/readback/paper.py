"""Which words of a page of a PDF nobody can read on paper."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from functools import cached_property
from itertools import groupby, islice
from operator import itemgetter

from letters.letter.colours import WHITE, Colour, can_be_read
from letters.readback.drawn import SEE_THROUGH, Drawn
from letters.readback.painted import Painted, painted
from letters.readback.pdfium.page import Page

#: Points by which a letter may stand over an edge: no eye sees it.
_SLACK = 1.0
#: By which share of the type size, and of its own width, a text may reach beyond where the next one begins: the slant
#: of the bundled italics takes them up to 0.25 and 0.6 over the end of a word.
_OVERHANG, _OVERHANG_OF_WIDTH = 0.3, 0.65
#: By which share of the type size lines may reach into each other: an accent into the tail of a letter above.
_TIGHT = 0.25
#: Between which shares of the type size above where it stands a line goes through a text, and of how much of it.
_THROUGH, _MUCH = (0.14, 0.6), 0.5
#: Points up to which something is no picture but the line below a link.
_THIN = 3.0
#: How faint is what has an opacity, a PDF does not say of its letters, but of what is painted with them as one.
_NO_OPACITY = "whether words with an opacity can be read is not known, so give them a lighter color in its place"
#: Letters of the first of the words that are told.
_SHOWN = 60


def unseen(page: Page, number: int, drawn: Sequence[Drawn], words: Container[int]) -> Iterator[str]:
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
        told = f"these words are {why} page {number}: {_shown([text for _, text in pairs])}"
        yield f"{told}; {_NO_OPACITY}" if why.startswith(SEE_THROUGH) else told
    pictures = (item.box for item in drawn if item.text is None and item.mcid >= 0 and item.box.height > _THIN)
    if not all(picture.within(sheet.text_area, _SLACK) for picture in pictures):
        yield f"a picture is not all inside the text area of page {number}"


class _Sheet:
    """A page as paper: its edges, and what is in the way of what."""

    def __init__(self, page: Page, drawn: Sequence[Drawn]) -> None:
        self.paper = page.paper
        self.text_area = page.text_area.shared(self.paper)
        self._page = page
        self._shapes = [(at, item) for at, item in enumerate(drawn) if item.covers]
        self._lines = [item for item in drawn if item.line]
        self._crossing = _crossing([item for item in drawn if item.is_text])

    def why_unseen(self, at: int, item: Drawn, *, is_word: bool) -> str:
        """Why a text cannot be read, up to the number of the page; empty if it can."""
        if item.fault:
            return f"{item.fault} on"
        if not item.box.within(self.paper, 0.0):
            return "off the paper of"
        if is_word and not item.box.within(self.text_area, _SLACK, _OVERHANG * item.size):
            return "outside the text area of"
        if item.clip and not item.box.within(item.clip, _SLACK, _OVERHANG * item.size):
            return "cut off on"
        if any(number > at and _is_covered(item, shape) for number, shape in self._shapes):
            return "covered by something else on"
        if id(item) in self._crossing:
            return "in one place with others on"
        if any(_goes_through(line, item) for line in self._lines):
            return "struck out on"
        ground = self._ground(at, item)
        return "" if can_be_read(item.fill, item.alpha, ground) else "in a colour that cannot be read on"

    def _ground(self, at: int, item: Drawn) -> Colour:
        """The colour behind a text: of white paper, or as it looks where something was painted before it."""
        if any(number < at and item.box.overlaps(shape.box) for number, shape in self._shapes):
            return self._painted.colour_of(*item.box)
        return WHITE

    @cached_property
    def _painted(self) -> Painted:
        return painted(self._page, self.paper.width, self.paper.height)


def _crossing(texts: Sequence[Drawn]) -> set[int]:
    """The texts (by `id`) that share a place with another."""
    found: set[int] = set()
    low_first = sorted(texts, key=lambda text: text.box.bottom)
    for at, text in enumerate(low_first):
        for other in islice(low_first, at + 1, None):
            if other.box.bottom >= text.box.top:
                break
            if text.box.overlaps(other.box) and _is_over(*sorted((text, other), key=lambda one: one.start)):
                found |= {id(text), id(other)}
    return found


def _is_covered(text: Drawn, shape: Drawn) -> bool:
    """Whether a shape hides some of a text, and not only where it leans over what follows, as a marked word."""
    goes_on = shape.box.right > text.box.right
    return text.box.overlaps(shape.box) and (not goes_on or text.box.right - shape.box.left > _leaning(text))


def _goes_through(line: Drawn, text: Drawn) -> bool:
    """Whether a line goes through much of a text, and does not only stand above or below it."""
    low, high = (text.baseline + share * text.size for share in _THROUGH)
    middle = (line.box.bottom + line.box.top) / 2
    return low < middle < high and text.box.shared(line.box).width > _MUCH * text.box.width


def _leaning(text: Drawn) -> float:
    """The most, in points, that a text may reach beyond where the next one begins."""
    return min(_OVERHANG * text.size, _OVERHANG_OF_WIDTH * (text.box.right - text.start))


def _is_over(one: Drawn, later: Drawn) -> bool:
    """Whether two texts that touch are set in one place, and do not only stand close; `later` begins further right."""
    size = min(one.size, later.size)
    across = one.box.right - later.start
    down = one.box.shared(later.box).height
    return across > _leaning(one) and down > min(_TIGHT * size, one.box.height / 2, later.box.height / 2)


def _shown(texts: Sequence[str]) -> str:
    first = " ".join(texts[0].split())
    short = first if len(first) <= _SHOWN else f"{first[:_SHOWN].rstrip()}…"
    return f"{short!r}" + (f" and {len(texts) - 1} more" if len(texts) > 1 else "")
