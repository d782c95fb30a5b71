"""The words of a text rendition."""

from __future__ import annotations

import re

from letters.letter import STAGE_MARKS
from letters.readback import Reading

_MARKS = {f"[{mark}]" for mark in STAGE_MARKS.values()}
_ITEM = re.compile(r"^ +(?:• |\d+\. )")


def read(data: bytes) -> Reading:
    """The blocks between empty lines, without the marks of list items and the stage."""
    blocks = [block for block in data.decode().split("\n\n") if block.strip()]
    marks = tuple(block for block in blocks[:1] if block in _MARKS)
    return Reading(tuple(_ITEM.sub("", block).strip() for block in blocks[len(marks) :]), (marks,), 1)
