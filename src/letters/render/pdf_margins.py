"""Room for what stands in the margins of a page: a long foot, or a letterhead that every page repeats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from letters.letter import CannotRender
from letters.render.weasyprint_inside import Box, page_box

#: Between a head that is too high for its margin and the text, and between a foot and the edge of the paper; in pixels
#: of CSS.
_BELOW_HEAD, _BELOW_FOOT = 12.0, 6 / 25.4 * 96
#: What must be left for the text of a page, in the same.
_LEAST_TEXT = 50 / 25.4 * 96


def grown_margins(pages: Sequence[Any]) -> str:
    """A style sheet with the margins that further pages of a document need, or nothing if theirs have room for all.

    Raises CannotRender where they would leave no room for the text.
    """
    boxes = [page_box(page) for page in pages[1:]]
    heads = [_depth(box, "top") + _BELOW_HEAD for box in boxes if _depth(box, "top") > box.depth_of_margin("top")]
    feet = [_depth(box, "bottom") + _BELOW_FOOT for box in boxes]
    feet = [foot for foot, box in zip(feet, boxes, strict=True) if foot > box.depth_of_margin("bottom")]
    if pages and max(heads, default=0) + max(feet, default=0) > pages[0].height - _LEAST_TEXT:
        what = (
            "its foot" if max(feet, default=0) > max(heads, default=0) else "what every page repeats of its letterhead"
        )
        raise CannotRender(f"{what} leaves no room for the text of a page: write less there")
    rules = [
        f"margin-{side}: {max(room):.2f}px !important" for side, room in (("top", heads), ("bottom", feet)) if room
    ]
    return f"@page :nth(n+2) {{ {'; '.join(rules)} }}" if rules else ""


def _depth(page: Box, side: str) -> float:
    """How far down what stands in a margin of a page goes from the margin's top."""
    margins = [box for box in page if box.margin.startswith(f"@{side}")]
    return max((inner.bottom - margin.top for margin in margins for inner in margin), default=-_BELOW_FOOT)
