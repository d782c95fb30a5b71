"""Which of the rectangles of a page may be at a place, so that of thousands few need be looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from heapq import merge
from math import isfinite

from letters.readback.pdfium.geometry import Box

#: How wide and high a square of the page is, in points, and how many squares a rectangle may reach into: one that
#: reaches into more may be anywhere.
_SQUARE, _MOST_SQUARES = 20.0, 64


class Places:
    """Some rectangles, by number, from 0."""

    def __init__(self, boxes: Iterable[Box]) -> None:
        self._in: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        self._anywhere: list[int] = []
        self._count = 0
        for number, box in enumerate(boxes):
            self._count += 1
            squares = _squares(box)
            for square in squares:
                self._in[square].append(number)
            if not squares:
                self._anywhere.append(number)

    def near(self, box: Box) -> Iterator[int]:
        """The numbers of those that may share anything with a rectangle, upwards."""
        squares = _squares(box)
        if not squares:
            return iter(range(self._count))
        if len(squares) == 1:
            return merge(self._anywhere, self._in.get(squares[0], ()))
        found = {number for square in squares for number in self._in.get(square, ())}
        return merge(self._anywhere, sorted(found))


def _squares(box: Box) -> list[tuple[int, int]]:
    """The squares that a rectangle reaches into; none if it is nowhere, or too large."""
    if not all(map(isfinite, box)):
        return []
    left, bottom, right, top = (int(side // _SQUARE) for side in box)
    if right < left or top < bottom or (right - left + 1) * (top - bottom + 1) > _MOST_SQUARES:
        return []
    return [(column, row) for column in range(left, right + 1) for row in range(bottom, top + 1)]
