"""What can be said of how a style looks, in Word and in a style sheet alike: its aspects, and their values in words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from letters.letter.colours import Colour


class Aspect(StrEnum):
    """One thing about a look, as people call it."""

    FACE = "typeface"
    SIZE = "type size"
    BOLD = "bold"
    ITALIC = "italic"
    UNDERLINE = "underline"
    COLOUR = "colour"
    GROUND = "ground"
    LETTERS = "space between letters"
    ALIGN = "alignment"
    LINE = "height of lines"
    ABOVE = "space above"
    BELOW = "space below"
    BETWEEN = "space between"
    LEFT = "left indent"
    RIGHT = "right indent"
    FIRST = "indent of the first line"
    TOP_RULE = "rule above"
    BOTTOM_RULE = "rule below"
    LEFT_RULE = "rule at the left"
    RIGHT_RULE = "rule at the right"
    PEN = "space for a signature"
    LEFT_MARGIN = "left margin"
    RIGHT_MARGIN = "right margin"
    BOTTOM_MARGIN = "bottom margin"
    PICTURE = "width of the picture"


#: Lengths are in points, colours and rules as they are said, switches "yes" or "no".
Value = str | float
Look = Mapping[Aspect, Value]

OF_TYPE = frozenset(list(Aspect)[:8])
INDENTS = frozenset({Aspect.LEFT, Aspect.RIGHT, Aspect.FIRST})
MARGINS = {"left": Aspect.LEFT_MARGIN, "right": Aspect.RIGHT_MARGIN, "bottom": Aspect.BOTTOM_MARGIN}
_IN_MILLIMETRES = INDENTS | {Aspect.PEN, Aspect.PICTURE, *MARGINS.values()}
RULES = {
    "top": Aspect.TOP_RULE,
    "bottom": Aspect.BOTTOM_RULE,
    "left": Aspect.LEFT_RULE,
    "right": Aspect.RIGHT_RULE,
}
NOTHING = "none"
YES, NO = "yes", "no"
SANS, SERIF, MONO = "sans-serif", "serif", "monospace"
#: The height of a line where a typeface decides, in type sizes: that of Arial; other typefaces differ by a tenth.
NATURAL_LINE = 1.15

#: Word counts type in half points, a style sheet need not; all other lengths may differ by what programs round, and by
#: what nobody sees.
_LENGTH_ROUNDS = 0.5
#: A picture has whole pixels, and whole pixels to the inch: a millimetre.
_ROUNDS = {Aspect.SIZE: 0.26, Aspect.PICTURE: 3.0}
_NATURAL_ROUNDS = 0.1
_MILLIMETRE = 72 / 25.4
_SERIFS = frozenset(
    [
        *("georgia", "times new roman", "times", "liberation serif", "cambria", "cambria math", "garamond", "palatino"),
        *("noto serif", "serif", "book antiqua", "bookman old style", "century", "century schoolbook", "constantia"),
        *("dejavu serif", "palatino linotype", "perpetua", "rockwell"),
    ]
)
_MONOS = frozenset({"courier new", "liberation mono"})


def face_of(name: str) -> str:
    """The sort of a typeface: all letters of one sort look alike in the PDF."""
    return SERIF if name.lower() in _SERIFS else MONO if name.lower() in _MONOS else SANS


def colour_said(colour: Colour | None) -> str:
    """A colour as it is said; None: nothing is behind the words."""
    said = NOTHING if colour is None else "#" + "".join(f"{round(part):02x}" for part in colour)
    return {"#000000": "black", "#ffffff": "white"}.get(said, said)


def rule_said(width: float, colour: str, away: float = 0.0) -> str:
    """A rule at the edge of a paragraph; its width in points, in eighths of which Word counts it, and in whole points
    how far from the words it is."""
    eighths = round(width * 8)
    apart = f", {round(away)} pt from the words" if round(away) else ""
    return f"{eighths / 8:g} pt {colour}{apart}" if eighths else NOTHING


def agree(aspect: Aspect, one: Value, other: Value, *, natural: bool = False) -> bool:
    """Whether two values look the same. `natural`: whether a typeface decides how high lines are."""
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    if aspect is Aspect.LINE and natural:
        return abs(one - other) <= max(one, other) * _NATURAL_ROUNDS
    return abs(one - other) <= _ROUNDS.get(aspect, _LENGTH_ROUNDS)


def value_said(aspect: Aspect, value: Value) -> str:
    """A value for a person: `14 pt`, `10 mm`, `#1d3c6e`, `bold`, `not bold`."""
    if aspect in (Aspect.BOLD, Aspect.ITALIC):
        return str(aspect) if value == YES else f"not {aspect}"
    if aspect is Aspect.UNDERLINE:
        return "underlined" if value == YES else "not underlined"
    if isinstance(value, str):
        return value
    return f"{value / _MILLIMETRE:.1f}".removesuffix(".0") + " mm" if aspect in _IN_MILLIMETRES else f"{value:.4g} pt"


def declaration(aspect: Aspect, value: Value) -> str:
    """What a style sheet says for a value, such as `font-size: 14pt`."""
    name = _PROPERTIES[aspect]
    if isinstance(value, str):
        written = {**_WRITTEN.get(aspect, {}), **_COLOURS}.get(value, value)
        if aspect in RULES.values() and value != NOTHING:
            width, _, colour = value.partition(",")[0].partition(" pt ")
            written = f"{width}pt solid {_COLOURS.get(colour, colour)}"
            away = value.partition(", ")[2].split()[:1]
            return f"{name}: {written}" + (f"; padding-{name.partition('-')[2]}: {away[0]}pt" if away else "")
        return f"{name}: {written}"
    return f"{name}: {value_said(aspect, value).replace(' ', '')}"


_COLOURS = {"black": "#000", "white": "#fff"}
_WRITTEN: Mapping[Aspect, Mapping[str, str]] = {
    Aspect.BOLD: {YES: "bold", NO: "normal"},
    Aspect.ITALIC: {YES: "italic", NO: "normal"},
    Aspect.UNDERLINE: {YES: "underline", NO: NOTHING},
}
_PROPERTIES = {
    Aspect.FACE: "font-family",
    Aspect.SIZE: "font-size",
    Aspect.BOLD: "font-weight",
    Aspect.ITALIC: "font-style",
    Aspect.UNDERLINE: "text-decoration",
    Aspect.COLOUR: "color",
    Aspect.GROUND: "background",
    Aspect.LETTERS: "letter-spacing",
    Aspect.ALIGN: "text-align",
    Aspect.LINE: "line-height",
    # Not a margin: those of neighbours overlap in a style sheet, and add up in Word.
    Aspect.ABOVE: "padding-top",
    Aspect.BELOW: "margin-bottom",
    Aspect.BETWEEN: "margin-top",
    Aspect.LEFT: "margin-left",
    Aspect.RIGHT: "margin-right",
    Aspect.FIRST: "text-indent",
    Aspect.TOP_RULE: "border-top",
    Aspect.BOTTOM_RULE: "border-bottom",
    Aspect.LEFT_RULE: "border-left",
    Aspect.RIGHT_RULE: "border-right",
    Aspect.PEN: "min-height",
    Aspect.PICTURE: "width",
    **{aspect: f"margin-{side}" for side, aspect in MARGINS.items()},
}
