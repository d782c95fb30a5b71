"""Room for what stands in the margins of a page: a long foot, or a letterhead that every page repeats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

#: Between a head and the text below it, and between a foot and the edge of the paper, in pixels of CSS.
_BELOW_HEAD, _BELOW_FOOT = 12.0, 6 / 25.4 * 96


def grown_margins(pages: Sequence[Any]) -> str:
    """A style sheet with the margins that the pages of a document need, or nothing if theirs have room for all."""
    return "\n".join(_rules("first", pages[:1])) + "\n".join(_rules("nth(n+2)", pages[1:]))


def _rules(which: str, pages: Sequence[Any]) -> Iterator[str]:
    boxes = [page._page_box for page in pages]
    for side, beyond in (("top", _BELOW_HEAD), ("bottom", _BELOW_FOOT)):
        needed = max((_needed(box, side, beyond) for box in boxes), default=0.0)
        if any(needed > getattr(box, f"margin_{side}") for box in boxes):
            yield f"@page :{which} {{ margin-{side}: {needed:.2f}px !important }}"


def _needed(box: Any, side: str, beyond: float) -> float:
    """How high a margin of a page must be for what stands in it, and nothing if nothing does."""
    in_margin = [child for child in box.children if getattr(child, "at_keyword", "").startswith(f"@{side}")]
    depths = [_bottom(inner) - margin.position_y for margin in in_margin for inner in margin.children]
    return max(depths) + beyond if depths else 0.0


def _bottom(box: Any) -> float:
    return float(box.position_y + box.margin_height())
