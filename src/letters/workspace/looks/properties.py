"""The properties that `letter.css` may set, and which values each may have; what is not here is not allowed.

None of them can add words, hide or change them: no property moves, covers, cuts or turns what is set, and lengths have
bounds within which words stay readable. What depends on several of them together (colours on grounds, sizes of sizes)
is told by `letters.workspace.looks.cascade`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from letters.workspace.looks.values import (
    COLOUR,
    FACES,
    Range,
    Value,
    any_of,
    either,
    font,
    length,
    lengths,
    number,
    words,
)

_SPACE = Range((0, 60), (0, 15), (0, 25))
_SIDES = ("top", "right", "bottom", "left")
_SIZE = length(Range((2.1, 17), (0.6, 3), (60, 300)))
_LINE = either(number(1, 3, "normal"), length(Range((2.1, 35), (1, 3), (100, 300))))
_WIDE = Range((30, 160), (10, 40), (25, 100))
_MARGIN = lengths(_SPACE, "auto")
_STROKE = either(length(Range((0, 3), (0, 0.5))), words("thin", "medium", "thick"))
_LINES = words("none", "solid", "dashed", "dotted", "double")
_STROKE_COLOUR = either(COLOUR, words("currentcolor"))
_BORDER = any_of(_STROKE, _LINES, _STROKE_COLOUR)
_WEIGHT = either(words("normal", "bold", "bolder", "lighter"), number(100, 900, whole=True))
_STYLE = words("normal", "italic")
_BREAK = words("auto", "avoid")
_GROUND = either(COLOUR, words("none", "transparent"))

#: Properties of everything that is set, with their values.
ALLOWED: Mapping[str, Value] = {
    "color": COLOUR,
    "background": _GROUND,
    "background-color": either(COLOUR, words("transparent")),
    "font": font(any_of(_STYLE, _WEIGHT), _SIZE, _LINE),
    "font-family": FACES,
    "font-size": _SIZE,
    "font-style": _STYLE,
    "font-weight": _WEIGHT,
    "line-height": _LINE,
    "letter-spacing": length(Range((0, 1), (0, 0.2)), "normal"),
    "word-spacing": length(Range((0, 2), (0, 0.5)), "normal"),
    "text-align": words("left", "right", "center", "justify", "start", "end"),
    "text-decoration": words("none", "underline"),
    "clear": words("left", "right", "both", "none"),
    "text-indent": length(Range((0, 30), (0, 8), (0, 20))),
    "vertical-align": words("baseline", "top", "middle", "bottom", "text-top", "text-bottom", "sub", "super"),
    "margin": _MARGIN,
    **{f"margin-{side}": length(_SPACE, "auto") for side in _SIDES},
    "padding": lengths(_SPACE),
    **{f"padding-{side}": length(_SPACE) for side in _SIDES},
    "width": length(_WIDE, "auto"),
    "max-width": length(_WIDE, "none"),
    "min-height": length(Range((0, 100), (0, 30)), "auto"),
    "border": _BORDER,
    **{f"border-{side}": _BORDER for side in _SIDES},
    **{f"border-{side}-width": _STROKE for side in _SIDES},
    **{f"border-{side}-style": _LINES for side in _SIDES},
    **{f"border-{side}-color": _STROKE_COLOUR for side in _SIDES},
    "border-width": _STROKE,
    "border-style": _LINES,
    "border-color": _STROKE_COLOUR,
    "border-radius": length(Range((0, 10), (0, 3))),
    "break-before": _BREAK,
    "break-after": _BREAK,
    "break-inside": _BREAK,
    "orphans": number(1, 9, whole=True),
    "widows": number(1, 9, whole=True),
}
_FLOAT = words("left", "right", "none")
#: Those of whole parts and of pictures: among words, they would put them into another order.
OF_PARTS: Mapping[str, Value] = {"float": _FLOAT}
_PICTURE = Range((1, 300), (0.5, 80), (1, 100))
#: Those of pictures alone, and others for pictures: of rules for `img`.
OF_PICTURES: Mapping[str, Value] = {
    "float": _FLOAT,
    "width": length(_PICTURE, "auto"),
    "max-width": length(_PICTURE, "none"),
    "height": length(Range((1, 250), (0.5, 60)), "auto"),
    "max-height": length(Range((1, 250), (0.5, 60)), "none"),
    "display": words("block", "inline", "inline-block"),
    "object-position": any_of(words("left", "center", "right"), words("top", "bottom")),
}
_PAGE_MARGIN = Range((5, 80), (2, 20))
#: Those of `@page`.
OF_PAGES: Mapping[str, Value] = {
    "size": words("a4"),
    "margin": lengths(_PAGE_MARGIN),
    **{f"margin-{side}": length(_PAGE_MARGIN) for side in _SIDES},
}


@dataclass(frozen=True)
class Advice:
    """What not to do, and what to do in its place."""

    why: str
    instead: str


_MOVES = Advice("can put words where nobody sees them", "use margin, padding, text-align or float")
_HIDES = Advice("can hide words", "take words out in letterhead.md or letter.md")
_WRITES = Advice("writes words that are not the letter's", "write them in letterhead.md or letter.md")
_CHANGES = Advice("changes how words are written", "write them so in letterhead.md or letter.md")
#: What to say of properties that somebody might want, by how they begin.
ADVICE: Mapping[str, Advice] = {
    "content": _WRITES,
    "float": Advice("puts words into another order", "set it for a part, such as .masthead"),
    "counter": _WRITES,
    "quotes": _WRITES,
    "string-set": _WRITES,
    "list-style": Advice("can write words at list entries", "bullets and numbers are those of the letter"),
    "display": _HIDES,
    "visibility": _HIDES,
    "opacity": Advice("can hide words", "give them a lighter color in its place"),
    "overflow": _HIDES,
    "clip": _HIDES,
    "mask": _HIDES,
    "filter": _HIDES,
    "mix-blend-mode": _HIDES,
    "height": Advice("can cut words off, or set others over them", "use min-height, or margin-bottom"),
    "max-height": Advice("can cut words off, or set others over them", "use min-height, or margin-bottom"),
    "position": _MOVES,
    "transform": _MOVES,
    "translate": _MOVES,
    "rotate": _MOVES,
    "scale": _MOVES,
    "top": _MOVES,
    "left": _MOVES,
    "right": _MOVES,
    "bottom": _MOVES,
    "inset": _MOVES,
    "z-index": _MOVES,
    "text-transform": _CHANGES,
    "font-variant": _CHANGES,
    "font-feature": _CHANGES,
    "hyphens": _CHANGES,
    "direction": _CHANGES,
    "unicode-bidi": _CHANGES,
    "writing-mode": _MOVES,
    "-webkit-text-security": _CHANGES,
    "background-image": Advice("fetches a picture", "put the picture into letterhead.md"),
    "src": Advice("fetches a font", "use one of the typefaces that are allowed"),
    "--": Advice("has a value that is not known here", "write the value itself where it is used"),
}


def advice(name: str) -> Advice | None:
    """What is known of a property that is not allowed."""
    return next(
        (said for start, said in ADVICE.items() if name == start or name.startswith(f"{start.rstrip('-')}-")), None
    )
