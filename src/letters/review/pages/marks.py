"""Boxes around the changed words on the pages before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from letters.letter.compared import BREAK, Op
from letters.review.compare.changes import Difference
from letters.review.compare.passages import Change, How
from letters.review.pages.layout import Layout, Line, letters_of
from letters.review.pages.views import Mark

#: The width in points of the mark of what has none: the end of a passage that was split or joined.
_NARROW = 3.0

#: The marks of each page of a side.
Marks = tuple[tuple[Mark, ...], ...]
#: A stretch of changed words: passage, and its first and last but one letter, white space not counted.
_Stretch = tuple[int, int, int]


def marks_of(difference: Difference, before: Layout, after: Layout) -> tuple[Marks, Marks]:
    """The marks of removed words on the pages before, and of added words on the pages after.

    One for each line of each stretch, with the number of its change. A passage that moved is marked whole on both
    sides, one that was split or joined at the break.
    """
    return _side(difference.words, before, Op.REMOVED), _side(difference.words, after, Op.ADDED)


def _side(changes: Sequence[Change], layout: Layout, op: Op) -> Marks:
    pages: defaultdict[int, list[Mark]] = defaultdict(list)
    for number, change in enumerate(changes):
        for passage, first, last in _stretches(change, op, layout):
            for line, left, right in _boxes(layout.passages[passage], first, last):
                width, height = layout.pages[line.page - 1]
                box = left / width, line.top / height, (right - left) / width, (line.bottom - line.top) / height
                pages[line.page].append(Mark(op, number, *box))
    return tuple(tuple(pages[page]) for page in range(1, len(layout.pages) + 1))


def _stretches(change: Change, op: Op, layout: Layout) -> Iterator[_Stretch]:
    """What of a change is to be marked on the side where `op` shows."""
    passage, up_to = change.before if op is Op.REMOVED else change.after
    if change.how is How.MOVED:
        yield from ((number, 0, len(letters_of(layout.passages[number]))) for number in range(passage, up_to))
        return
    at = 0
    for piece in change.pieces:
        if piece.op not in (Op.SAME, op):
            continue
        for number, text in enumerate(piece.text.split(BREAK)):
            if number:
                passage, at = passage + 1, 0
            letters = len("".join(text.split()))
            if piece.op is op and (letters or not piece.text.strip()):
                yield passage, at, at + letters
            at += letters


def _boxes(lines: Sequence[Line], first: int, last: int) -> Iterator[tuple[Line, float, float]]:
    """The stretch from letter `first` up to `last` of a passage, line by line: left and right end in points.

    White space has no letter: its mark stands behind the letter before it.
    """
    for line in lines:
        size = len(line.letters)
        start, end = max(first, 0), min(last, size)
        if start < end:
            yield line, line.edges[start][0], line.edges[end - 1][1]
        elif first == last and 0 < first <= size:
            yield line, line.edges[first - 1][1], line.edges[first - 1][1] + _NARROW
        first, last = first - size, last - size
