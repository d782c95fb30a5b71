"""The room for text on a page, and how far what stands in a quote or a list is indented from its sides."""

from __future__ import annotations

from letters.letter import ItemList

#: Width of the text of a page, in millimetres.
TEXT_WIDTH = 160.0
#: A picture of the full height would leave no page for a line above it, nor for a letterhead that every page repeats.
PICTURE_HEIGHT = 215.0
#: The space for a pen is 20 mm high; what is below the base line of a picture in it needs some of that.
SIGNATURE_HEIGHT = 15.0
#: Indent of a quote at both sides, and of one in two others, which would soon leave no room; of a list at the left.
QUOTE, DEEP_QUOTE, LIST = 10.0, 4.0, 7.0
#: What a number of more than two digits needs for each of them.
_DIGIT = 2.5


def quote_indent(around: int, usual: float = QUOTE) -> float:
    """The indent of a quote at each side, in millimetres; `around`: how many quotes it stands in."""
    return usual if around < 2 else min(usual, DEEP_QUOTE)


def list_indent(block: ItemList, usual: float = LIST) -> float:
    """The indent of the text of a list, in millimetres: its longest number has room there."""
    digits = len(str(block.start + len(block.items) - 1)) if block.ordered else 0
    return usual + _DIGIT * max(0, digits - 2)
