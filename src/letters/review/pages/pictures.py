"""The letters of a review as they look before and after: their pages as pictures, and what moved on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from letters.machine.bounds import Bounds
from letters.review.compare.changes import Difference, LayoutChange, Moved
from letters.review.pages.layout import Layout, layout_of
from letters.review.pages.marks import Marks, marks_of
from letters.review.pages.moves import MM, Both, changes_of
from letters.review.pages.raster import MEDIA_TYPE, Raster, rasters, where_other
from letters.review.pages.views import LetterView, PageView
from letters.review.pages.workers import in_processes

#: A letter and its PDF before and after; None on a side that has none.
Pair = tuple[Difference, bytes | None, bytes | None]


@dataclass(frozen=True)
class Seen:
    """A letter as it looks: its pages, and what changed in its layout.

    `compared`: whether both sides had a PDF that could be compared; if not though both were there, `problem` says why.
    """

    view: LetterView = field(default_factory=LetterView)
    layout: tuple[LayoutChange, ...] = ()
    compared: bool = False
    problem: str = ""


def letter_views(pairs: Sequence[Pair], jobs: int, bounds: Bounds | None = None) -> list[Seen]:
    """Pages and layout of each letter, in their order. Equal pages share one picture.

    Raises ChildProcessError if a process that drew pages was ended by somebody else.
    """
    seen = in_processes(_view, pairs, jobs, bounds or Bounds(), _unseen)
    shared: dict[bytes, bytes] = {}
    return [replace(one, view=_sharing(one.view, shared)) for one in seen]


def layouts(pairs: Sequence[Pair], jobs: int, bounds: Bounds | None = None) -> list[Seen]:
    """As `letter_views`, without the pages."""
    return in_processes(_layout, pairs, jobs, bounds or Bounds(), _unseen)


def _unseen(why: str) -> Seen:
    return Seen(problem=why)


def _sharing(view: LetterView, shared: dict[bytes, bytes]) -> LetterView:
    def share(pages: tuple[PageView, ...]) -> tuple[PageView, ...]:
        return tuple(replace(page, picture=shared.setdefault(page.picture, page.picture)) for page in pages)

    return LetterView(share(view.before), share(view.after))


# -- one letter


@dataclass(frozen=True)
class _Side:
    """A PDF as it looks, and where its words stand."""

    pictures: tuple[Raster, ...]
    layout: Layout


def _layout(pair: Pair) -> Seen:
    return _seen(*pair, draw=False)


def _view(pair: Pair) -> Seen:
    return _seen(*pair, draw=True)


def _seen(difference: Difference, before: bytes | None, after: bytes | None, *, draw: bool) -> Seen:
    if before == after and before is not None and not draw:
        return Seen(compared=True)
    try:
        old, new = rasters(before, after)
        sides = [
            _Side(side, layout_of(pdf)) if pdf is not None else None for pdf, side in ((before, old), (after, new))
        ]
    except ValueError as error:
        return Seen(problem=str(error))
    return _compared(difference, *sides, draw=draw)


def _compared(difference: Difference, before: _Side | None, after: _Side | None, *, draw: bool) -> Seen:
    """What is seen of two sides that could be read; without marks if they are not the letter that is compared."""
    if before is None or after is None or difference.before is None or difference.after is None:
        return Seen(_drawn(before, after) if draw else LetterView())
    both = Both(before.layout, after.layout, difference)
    try:
        changes = changes_of(both)
    except ValueError as error:
        return Seen(_drawn(before, after) if draw else LetterView(), problem=str(error))
    moved = {change.page for change in changes if change.what is Moved.PLACE}
    looks = tuple(change for change in _looks(both, before, after) if change.page not in moved)
    marks = marks_of(difference, before.layout, after.layout)
    return Seen(_drawn(before, after, marks) if draw else LetterView(), (*changes, *looks), compared=True)


def _looks(both: Both, before: _Side, after: _Side) -> Iterator[LayoutChange]:
    """Pages that look otherwise where neither words nor their places, nor any fact that is seen, account for it."""
    if both.is_furnished_otherwise:
        return
    for page, (old, new) in enumerate(zip(before.pictures, after.pictures, strict=False), 1):
        if old != new and (where := where_other(old, new, both.accounted(page))):
            yield LayoutChange(Moved.LOOKS, page, "", f"looks different {where} of the page")


def _drawn(before: _Side | None, after: _Side | None, marks: tuple[Marks, Marks] | None = None) -> LetterView:
    return LetterView(*(_pages(side, marks[at] if marks else ()) for at, side in enumerate((before, after))))


def _pages(side: _Side | None, marks: Marks) -> tuple[PageView, ...]:
    if side is None:
        return ()
    marks = marks or ((),) * len(side.pictures)
    return tuple(
        PageView(raster.png, MEDIA_TYPE, width * MM, height * MM, on_page)
        for raster, (width, height), on_page in zip(side.pictures, side.layout.pages, marks, strict=True)
    )
