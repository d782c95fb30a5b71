"""The pages of one letter before and after, as pictures on which the changed words are marked."""

from __future__ import annotations

from dataclasses import dataclass

from letters.letter.compared import Op


@dataclass(frozen=True)
class Mark:
    """A box around changed words on a page. `change`: the number of the change in `Difference.words`, from 0.

    `left`, `top`, `width` and `height` are fractions of the page, from its upper left corner.
    """

    op: Op
    change: int
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class PageView:
    """One page: its picture, its size in millimetres, and its marks."""

    picture: bytes
    media_type: str
    width: float
    height: float
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class LetterView:
    """The pages of a letter on both sides; none on a side that has no PDF."""

    before: tuple[PageView, ...] = ()
    after: tuple[PageView, ...] = ()
