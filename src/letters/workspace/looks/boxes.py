"""What style sheets come to for each element of a page on paper: an element with the declarations that hold for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

import cssselect2

from letters.letter.colours import Colour
from letters.workspace.looks.aspects import NATURAL_LINE
from letters.workspace.looks.longhands import Declared, matcher_of, said_of
from letters.workspace.looks.values import PIXELS, colour_of, pixels

#: Pixels of CSS across a page of A4, and across its text.
PAPER, TEXT = 210 * PIXELS["mm"], 160 * PIXELS["mm"]
#: What browsers and makers of PDF do where no style sheet says otherwise.
USUAL = """
h1, h2, h3, h4, h5, h6, th, strong { font-weight: bold }
em { font-style: italic }
a { text-decoration: underline }
"""
_STROKES = {"thin": 1.0, "medium": 3.0, "thick": 5.0}
#: What an element has from the one around it.
_INHERITED = frozenset(
    [
        *("color", "font-family", "font-size", "font-style", "font-weight", "letter-spacing", "line-height"),
        *("text-align", "text-indent"),
    ]
)


@dataclass(eq=False)
class Box:
    """An element with what holds for it: each property with the declaration that said it last."""

    tag: str
    name: str
    parent: Box | None = None
    children: list[Box] = field(default_factory=list)
    said: dict[str, Declared] = field(default_factory=dict)
    size: float = 16.0
    root: float = 16.0
    #: The height of a line, as a share of the type size, or in pixels where that is None.
    share: float | None = NATURAL_LINE
    pitch: float = 0.0

    def chain(self) -> Iterator[Box]:
        """The element and those around it, the nearest first."""
        box: Box | None = self
        while box is not None:
            yield box
            box = box.parent

    def word(self, name: str) -> str:
        """The one word that a property is set to."""
        tokens = self.said[name].tokens if name in self.said else ()
        return str(tokens[0].lower_value) if tokens and tokens[0].type == "ident" else ""

    def length(self, name: str) -> float:
        """A length in pixels; 0 where there is none."""
        tokens = self.said[name].tokens if name in self.said else ()
        if not tokens:
            return 0.0
        token = tokens[0]
        share = TEXT if token.type == "percentage" and name != "line-height" else self.size
        return pixels(token, share, self.root) or 0.0

    def stroke(self, side: str) -> float:
        """How wide the border at a side is, in pixels."""
        if self.word(f"border-{side}-style") in ("", "none", "hidden"):
            return 0.0
        name = f"border-{side}-width"
        return self.length(name) if name in self.said and not self.word(name) else _STROKES.get(self.word(name), 3.0)

    def colour(self, name: str) -> Colour | None:
        """The colour that a property is set to, if it is one."""
        tokens = self.said[name].tokens if name in self.said else ()
        return colour_of(tokens[0]) if tokens else None

    @property
    def floats(self) -> bool:
        """Whether it stands beside what follows, or in the margin of a page."""
        return self.word("float") in ("left", "right") or "position" in self.said

    @property
    def is_beside(self) -> bool:
        """Whether something floats at its side."""
        siblings = self.parent.children if self.parent else [self]
        above = next(reversed(siblings[: siblings.index(self)]), None)
        return above is not None and above.word("float") in ("left", "right") and self.word("clear") in ("", "none")

    def above(self) -> Box | None:
        """What stands above it in the element around it, if anything does."""
        siblings = self.parent.children if self.parent else [self]
        return next((one for one in reversed(siblings[: siblings.index(self)]) if not one.floats), None)


def boxes(page: ElementTree.Element, sheets: Sequence[str]) -> Box:
    """The tree of a page, with what `sheets` say on paper; the last of them is the letterhead's."""
    matcher = matcher_of((USUAL, *sheets), "print", PAPER)
    made: dict[Any, Box] = {}
    root: Box | None = None
    for element in cssselect2.ElementWrapper.from_html_root(page).iter_subtree():
        around = made.get(element.parent)
        box = Box(element.etree_element.tag, element.etree_element.get("class", ""), around)
        if around is not None:
            around.children.append(box)
            box.said |= {name: one for name, one in around.said.items() if name in _INHERITED}
            box.size, box.root, box.share, box.pitch = around.size, around.root, around.share, around.pitch
        _apply(box, said_of(matcher, element))
        made[element] = box
        root = root or box
    assert root is not None
    return root


def _apply(box: Box, said: Sequence[Declared]) -> None:
    around = box.size
    for one in said:
        if one.name == "font-size" and one.tokens:
            box.size = pixels(one.tokens[0], around, box.root) or around
    if box.parent is None:
        box.root = box.size
    own = {one.name: one for one in said}
    box.said |= own
    if "line-height" in own:
        _set_line(box, own["line-height"])


def _set_line(box: Box, one: Declared) -> None:
    """As a share of the type, each element inside has a height of its own; in any other unit, all have that height."""
    token = one.tokens[0] if one.tokens else None
    if token is None or token.type == "ident":
        box.share = NATURAL_LINE
    elif token.type == "number":
        box.share = float(token.value)
    else:
        box.share, box.pitch = None, pixels(token, box.size, box.root) or 0.0
