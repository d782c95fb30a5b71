"""What is used of WeasyPrint and pydyf beside their documented interfaces, each under a name of ours: nothing of it is
promised from one version to the next."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pydyf

#: The versions all of it was seen with. A test holds that these are the locked ones and that all is still there: with
#: others, run tests/render, then write them here.
VERSIONS = {"weasyprint": "70.0", "pydyf": "0.13.0"}


class Box:
    """A box of a page as it was laid out. Lengths are pixels of CSS, from the top left corner of the page."""

    def __init__(self, box: Any, marked: Mapping[Any, int] | None = None) -> None:
        # What is positioned leaves a placeholder where it was taken out of the flow; painted is the box in it.
        self._box = getattr(box, "_box", box)
        self._marked = marked or {}

    @property
    def element(self) -> Any:
        """The HTML element it is made for; None for the page and its margins."""
        return self._box.element

    @property
    def name(self) -> str:
        """The tag of its element, and the pseudo-element that it is, if it is one: `li::marker`."""
        return str(self._box.element_tag)

    @property
    def margin(self) -> str:
        """Of a box in the margin of a page which one it is: `@top-left`; empty for all others."""
        return getattr(self._box, "at_keyword", "")

    @property
    def is_head_of_table(self) -> bool:
        return getattr(self._box, "is_header", False)

    @property
    def annotation(self) -> Any:
        """The annotation of a link in the PDF that is being written; None for what is no link."""
        return self._box.link_annotation

    @property
    def mcid(self) -> int | None:
        """The number of its marked content on its page, once that is painted; None if it has none of its own."""
        return self._marked.get(self._box)

    def __iter__(self) -> Iterator[Box]:
        """The boxes in it, in the order in which they are read."""
        return (Box(child, self._marked) for child in self._box.children)

    @property
    def content(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of what is inside its margin, border and padding."""
        left, top = self._box.content_box_x(), self._box.content_box_y()
        return left, top, left + self._box.width, top + self._box.height

    @property
    def top(self) -> float:
        return float(self._box.position_y)

    @property
    def bottom(self) -> float:
        return float(self._box.position_y + self._box.margin_height())

    def depth_of_margin(self, side: str) -> float:
        """How deep its margin is at a side: `top` or `bottom`."""
        return float(getattr(self._box, f"margin_{side}"))


def page_box(page: Any) -> Box:
    """The box of a page before it is painted."""
    return Box(page._page_box)


@dataclass(frozen=True)
class Page:
    """A page as it was painted: its box, its height in pixels of CSS, and how much marked content it has."""

    box: Box
    height: float
    marks: int


def note_when_painted(page: Any, painted: list[Page]) -> None:
    """Have `page` added to `painted` whenever it is painted: only then is its marked content known by its boxes."""
    page.paint = partial(_paint, page.paint, page, painted)


def _paint(paint: Any, page: Any, painted: list[Page], stream: Any, scale: float = 1) -> None:
    paint(stream, scale)
    marked = {box: tag["mcid"] for box, tag in stream._tags.items()}
    painted.append(Page(Box(page._page_box, marked), page.height, len(marked)))


def root_of(html: Any) -> Any:
    """The element that holds all others of a document: those that its boxes name."""
    return html.etree_element


def characters_lacking(document: Any) -> list[int]:
    """The code points, in order, that a font of a painted document has no glyph for: of the first that lacks any."""
    return next((sorted(font.missing) for font in document.fonts.values() if font.missing), [])


def make_artifacts(content: pydyf.Stream, strays: Collection[int]) -> None:
    """Make artifacts of marked content, by its numbers. pydyf holds `/P`, the dictionary and `BDC` one by one."""
    for at, item in enumerate(content.stream):
        if isinstance(item, pydyf.Dictionary) and item.get("MCID") in strays:
            content.stream[at - 1 : at + 1] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]
