"""Rectangles by their places: none is missed, and few are looked at."""

from __future__ import annotations

from math import inf, nan

from hypothesis import given
from hypothesis import strategies as st

from letters.readback.pdfium.geometry import Box
from letters.review.files.places import Places

sides = st.floats(-50, 900, allow_nan=False)
boxes = st.builds(lambda x, y, wide, high: Box(x, y, x + wide, y + high), sides, sides, sides, sides)


@given(st.lists(boxes, max_size=30), boxes)
def test_whatever_crosses_a_rectangle_is_near_it_in_order(some: list[Box], one: Box) -> None:
    near = list(Places(some).near(one))
    assert near == sorted(set(near))
    assert {number for number, box in enumerate(some) if box.overlaps(one) or one.overlaps(box)} <= set(near)


def test_of_thousands_few_are_near_a_place() -> None:
    grid = [Box(5 * x, 5 * y, 5 * x + 4, 5 * y + 4) for y in range(160) for x in range(100)]
    places = Places(grid)
    assert max(len(list(places.near(box))) for box in grid) <= 36
    assert sum(1 for _ in places.near(Box(102, 102, 102, 102))) <= 25


def test_what_is_nowhere_or_everywhere_is_near_all() -> None:
    places = Places([Box(nan, 0, 1, 1), Box(0, 0, inf, 1), Box(0, 0, 5000, 5000), Box(700, 700, 701, 701)])
    assert list(places.near(Box(1, 1, 2, 2))) == [0, 1, 2]
    assert list(places.near(Box(nan, nan, nan, nan))) == [0, 1, 2, 3]
