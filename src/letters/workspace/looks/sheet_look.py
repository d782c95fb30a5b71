"""How an element of a page looks on paper, in the terms in which Word's styles say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from letters.letter.colours import BLACK, WHITE
from letters.workspace.looks.aspects import NO, RULES, YES, Aspect, Value, colour_said, face_of, rule_said
from letters.workspace.looks.boxes import TEXT, Box
from letters.workspace.looks.values import PIXELS

_POINT = PIXELS["pt"]
_BOLD_FROM = 600
_ALIGN = {"start": "left", "end": "right", "": "left"}


@dataclass(frozen=True)
class Seen:
    """A value, and the declaration of the letterhead that made it so; None where it is none of the letterhead's."""

    value: Value
    node: Any = None


def type_look(box: Box) -> dict[Aspect, Seen]:
    """How words are set in an element, lines and alignment too."""
    ground = next((one for one in box.chain() if one.colour("background-color")), None)
    ground = None if ground and ground.colour("background-color") == WHITE else ground
    line = box.pitch if box.share is None else box.share * box.size
    lined = next((one for one in box.chain() if "text-decoration" in one.said), None)
    is_lined = any(one.word("text-decoration") == "underline" for one in box.chain())
    said: Mapping[Aspect, tuple[str, Value]] = {
        Aspect.FACE: ("font-family", face_of(_face(box))),
        Aspect.SIZE: ("font-size", box.size / _POINT),
        Aspect.BOLD: ("font-weight", YES if _is_bold(box) else NO),
        Aspect.ITALIC: ("font-style", YES if box.word("font-style") == "italic" else NO),
        Aspect.COLOUR: ("color", colour_said(box.colour("color") or BLACK)),
        Aspect.LETTERS: ("letter-spacing", box.length("letter-spacing") / _POINT),
        Aspect.ALIGN: ("text-align", _ALIGN.get(align := box.word("text-align"), align)),
        Aspect.LINE: ("line-height", line / _POINT),
        Aspect.FIRST: ("text-indent", box.length("text-indent") / _POINT),
    }
    found = {aspect: Seen(value, _node(box, name)) for aspect, (name, value) in said.items()}
    found[Aspect.UNDERLINE] = Seen(YES if is_lined else NO, _node(lined, "text-decoration"))
    colour = ground.colour("background-color") if ground else None
    found[Aspect.GROUND] = Seen(colour_said(colour), _node(ground, "background-color"))
    return found


def _face(box: Box) -> str:
    tokens = box.said["font-family"].tokens if "font-family" in box.said else ()
    first = list(takewhile(lambda token: token != ",", tokens))
    return " ".join(str(token.value) for token in first if token.type in ("ident", "string"))


def _is_bold(box: Box) -> bool:
    tokens = box.said["font-weight"].tokens if "font-weight" in box.said else ()
    if tokens and tokens[0].type == "number":
        return bool(tokens[0].value >= _BOLD_FROM)
    return box.word("font-weight") in ("bold", "bolder")


def _node(box: Box | None, name: str) -> Any:
    return box.said[name].node if box and name in box.said else None


def indents(box: Box) -> dict[Aspect, Seen]:
    """How far the words are from the sides of the text; what is between them and a frame or a ground is not counted."""
    found = {}
    for side, aspect in (("left", Aspect.LEFT), ("right", Aspect.RIGHT)):
        total, node = 0.0, None
        for one in box.chain():
            padding = 0.0 if _is_framed(one, side) else one.length(f"padding-{side}")
            total += padding + one.length(f"margin-{side}")
            names = [f"{kind}-{side}" for kind in ("padding", "margin") if one.length(f"{kind}-{side}")]
            node = node or next((_node(one, name) for name in names if _node(one, name)), None)
        found[aspect] = Seen(total / _POINT, node)
    return _with_width(box, found)


def _with_width(box: Box, found: dict[Aspect, Seen]) -> dict[Aspect, Seen]:
    """What is left at the right of a width that is set."""
    for one in box.chain():
        for name in ("width", "max-width"):
            if _node(one, name) and one.tag not in ("img", "table") and (width := one.length(name)):
                left = found[Aspect.LEFT].value
                right = (TEXT - width) / _POINT - (left if isinstance(left, float) else 0)
                return {**found, Aspect.RIGHT: Seen(max(right, 0.0), _node(one, name))}
    return found


def _is_framed(box: Box, side: str) -> bool:
    return box.stroke(side) > 0 or box.colour("background-color") is not None


def rules(box: Box, outer: Box) -> dict[Aspect, Seen]:
    """The borders of an element and of those around it, up to `outer`."""
    found = {}
    for side, aspect in RULES.items():
        away, seen = 0.0, Seen("none")
        for one in _up_to(box, outer):
            padding = one.length(f"padding-{side}")
            if width := one.stroke(side):
                colour = one.colour(f"border-{side}-color") or one.colour("color") or BLACK
                said = rule_said(width / _POINT, colour_said(colour), (away + padding) / _POINT)
                node = next(
                    (node for what in ("width", "style", "color") if (node := _node(one, f"border-{side}-{what}"))),
                    None,
                )
                seen = Seen(said, node)
                break
            away += padding + one.length(f"margin-{side}")
        found[aspect] = seen
    return found


def _up_to(box: Box, outer: Box) -> Iterator[Box]:
    for one in box.chain():
        yield one
        if one is outer:
            return


def spaces(box: Box, outer: Box) -> dict[Aspect, Seen]:
    """The space above an element and below it, as far as `outer` makes it; that which the one above has below it is not
    counted again: margins of neighbours overlap."""
    padding, margin, node = _space(box, outer, "top")
    above = outer.above()
    overlap = min(margin, _space(_lowest(above), above, "bottom")[1]) if above else 0.0
    below, last, by = _space(box, outer, "bottom")
    return {
        Aspect.ABOVE: Seen((padding + margin - overlap) / _POINT, node),
        Aspect.BELOW: Seen((below + last) / _POINT, by),
    }


def _lowest(box: Box) -> Box:
    """The innermost element that ends where `box` does."""
    return _lowest(box.children[-1]) if box.children and box.tag in ("div", "blockquote", "ul", "ol", "li") else box


def between(box: Box, following: Box) -> Seen:
    """The space between an element and its neighbour below."""
    paddings = box.length("padding-bottom") + following.length("padding-top")
    margins = box.length("margin-bottom"), following.length("margin-top")
    nodes = [_node(box, "margin-bottom"), _node(following, "margin-top"), _node(following, "padding-top")]
    return Seen((paddings + max(margins)) / _POINT, next(filter(None, nodes), None))


def _space(box: Box, outer: Box, side: str) -> tuple[float, float, Any]:
    """Paddings and, apart from them, the margin that may overlap with a neighbour's; in pixels, with what set them."""
    fixed, margin, node = 0.0, 0.0, None
    for one in _up_to(box, outer):
        padding, own = one.length(f"padding-{side}"), one.length(f"margin-{side}")
        names: list[str] = [name for name in (f"margin-{side}", f"padding-{side}") if _node(one, name)]
        node = _node(one, names[0]) if names else node
        if _is_framed(one, side):
            fixed, margin = 0.0, own
        elif padding:
            fixed, margin = fixed + margin + padding, own
        else:
            margin = max(margin, own)
    return fixed, margin, node
