"""How wide the pictures of a masthead are in Word, where a file says it, and in the PDF, where a style sheet does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from letters.letter import MASTHEAD, CannotRender, HouseStyle
from letters.letter.pictures import Image, image, raster
from letters.render.agreement import Difference, base_sheet
from letters.render.room import PICTURE_HEIGHT, TEXT_WIDTH
from letters.render.specimen import parts_of, specimen
from letters.workspace.looks.aspects import Aspect, agree
from letters.workspace.looks.boxes import TEXT, Box, boxes
from letters.workspace.looks.cascade import tree_of
from letters.workspace.looks.sheet_look import Seen
from letters.workspace.looks.values import PIXELS

_MM, _POINT = PIXELS["mm"], PIXELS["pt"]


def logo_differences(style: HouseStyle, logos: Sequence[str]) -> list[Difference]:
    """Those of `logos`, paths among the pictures of a house style, that are of another width in Word."""
    shown = {path: style.pictures[path] for path in logos if path in style.pictures and raster(path) in style.pictures}
    if not shown:
        return []
    root = boxes(tree_of(specimen({MASTHEAD}, shown)), (base_sheet(), style.css))
    drawn = [box for box in parts_of(root)[MASTHEAD].children if box.tag == "img"]
    try:
        found = list(_compared(style, list(shown), drawn))
    except CannotRender:
        return []  # a picture that cannot be shown is told as such
    return [one for one in found if not agree(one.aspect, one.word, one.sheet.value)]


def _compared(style: HouseStyle, paths: Sequence[str], drawn: Sequence[Box]) -> Iterator[Difference]:
    for path, box in zip(paths, drawn, strict=True):
        width, _ = image(raster(path), style.pictures[raster(path)]).fitted(TEXT_WIDTH, PICTURE_HEIGHT)
        seen = _width(box, image(path, style.pictures[path]))
        yield Difference(PurePosixPath(raster(path)).name, Aspect.PICTURE, width * _MM / _POINT, seen, ".masthead img")


def _width(box: Box, drawing: Image) -> Seen:
    """How wide a picture is by what the letterhead says of it, else as wide as it is itself; proportions are kept."""
    width, height = (side * _MM for side in drawing.fitted(TEXT_WIDTH, PICTURE_HEIGHT))
    shape, node = width / height, None
    room = (box.parent.length("width") if box.parent else 0) or TEXT
    said = {name: one for name, one in box.said.items() if one.node and (box.length(name) > 0)}
    for name in ("width", "height", "max-width", "max-height"):
        if name not in said:
            continue
        is_share = said[name].tokens[0].type == "percentage"
        length = said[name].tokens[0].value / 100 * room if is_share else box.length(name)
        wanted = length * (shape if name.endswith("height") else 1)
        if not name.startswith("max") or wanted < width:
            width, node = wanted, said[name].node
    return Seen(min(width, room) / _POINT, node)
