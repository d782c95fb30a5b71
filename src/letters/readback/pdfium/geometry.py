"""Rectangles, and how what is drawn lies on a page."""

from __future__ import annotations

from typing import NamedTuple

#: Points by which two things must overlap, both ways, for one to be in the way of the other.
_OVERLAP = 1.0


class Box(NamedTuple):
    """A rectangle in points from the lower left corner of a page."""

    left: float
    bottom: float
    right: float
    top: float

    def within(self, other: Box, slack: float, across: float = 0.0) -> bool:
        """Whether it is inside `other`, but for so many points, and for as many as `across` to the left and right."""
        across = max(slack, across)
        return (
            self.left >= other.left - across
            and self.bottom >= other.bottom - slack
            and self.right <= other.right + across
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


def around(points: list[tuple[float, float]]) -> Box:
    """The rectangle around some points, of which there must be any."""
    across, up = [x for x, _ in points], [y for _, y in points]
    return Box(min(across), min(up), max(across), max(up))


class Matrix(NamedTuple):
    """How something drawn lies on what it is drawn on: (x, y) comes to (a x + c y + e, b x + d y + f)."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def then(self, other: Matrix) -> Matrix:
        """One after another."""
        a, b, c, d, e, f = self
        k, m, n, p, q, r = other
        return Matrix(a * k + b * n, a * m + b * p, c * k + d * n, c * m + d * p, e * k + f * n + q, e * m + f * p + r)

    def carried(self, box: Box) -> Box:
        """The rectangle around what a rectangle becomes."""
        a, b, c, d, e, f = self
        corners = [(x, y) for x in (box.left, box.right) for y in (box.bottom, box.top)]
        return around([(a * x + c * y + e, b * x + d * y + f) for x, y in corners])


IN_PLACE = Matrix(1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
