"""Which settings of Word's styles a letter takes over, and within which bounds; what is not here is left behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from re import fullmatch

from letters.workspace.looks.values import TYPEFACES

#: Says whether the text of an attribute is allowed.
Allowed = Callable[[str], bool]


def whole(low: int, high: int) -> Allowed:
    """A whole number from `low` to `high`."""
    return lambda text: fullmatch(r"[+-]?\d{1,9}", text) is not None and low <= int(text) <= high


def word(*words: str) -> Allowed:
    """One of some words."""
    return lambda text: text in words


def like(pattern: str) -> Allowed:
    """A text of one form."""
    return lambda text: fullmatch(pattern, text) is not None


OFF = ("0", "false", "off", "none")
SWITCH = word("0", "1", "true", "false", "on", "off")
COLOUR = like(r"auto|[0-9A-Fa-f]{6}")
_STROKE = word("nil", "none", "single", "thick", "double", "dotted", "dashed", "dotDash", "dashSmallGap", "triple")
_BORDER: Mapping[str, Allowed] = {"val": _STROKE, "sz": whole(0, 96), "space": whole(0, 31), "color": COLOUR}
_SHADE: Mapping[str, Allowed] = {"val": word("clear", "nil", "solid"), "fill": COLOUR, "color": COLOUR}
_TEXT_FACES = (
    *("Aptos", "Aptos Display", "Arial Narrow", "Arial Nova", "Avenir", "Book Antiqua", "Bookman Old Style"),
    *("Calibri Light", "Cambria Math", "Candara", "Century", "Century Gothic", "Century Schoolbook", "Constantia"),
    *("Corbel", "Courier New", "DejaVu Sans", "DejaVu Serif", "Franklin Gothic Book", "Franklin Gothic Medium"),
    *(
        "Frutiger",
        "FS Me",
        "Futura",
        "GDS Transport",
        "Inter",
        "Liberation Mono",
        "Lucida Sans",
        "Montserrat",
        "Myriad Pro",
    ),
    *("Optima", "Palatino Linotype", "Perpetua", "Public Sans", "Raleway", "Rockwell", "Source Sans Pro", "Univers"),
)
#: Typefaces whose letters are letters, as Word names them.
FACES = {face.lower(): face for face in (*TYPEFACES, *_TEXT_FACES)}

#: Settings of characters, with their attributes.
RUN: Mapping[str, Mapping[str, Allowed]] = {
    **{tag: {"val": SWITCH} for tag in ("b", "bCs", "i", "iCs", "noProof")},
    "u": {"val": word("none", "single", "words", "double", "dotted", "dash", "thick"), "color": COLOUR},
    "color": {"val": COLOUR},
    "sz": {"val": whole(12, 192)},
    "szCs": {"val": whole(2, 192)},
    "spacing": {"val": whole(-20, 200)},
    "w": {"val": whole(80, 150)},
    "kern": {"val": whole(0, 400)},
    "position": {"val": whole(-12, 12)},
    "vertAlign": {"val": word("baseline", "superscript", "subscript")},
    "lang": dict.fromkeys(("val", "eastAsia", "bidi"), like(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}")),
    "shd": _SHADE,
    "bdr": _BORDER,
}
_ROOM, _INDENT = whole(0, 5669), whole(-567, 5669)
#: Settings of paragraphs, with their attributes.
PARAGRAPH: Mapping[str, Mapping[str, Allowed]] = {
    **{
        tag: {"val": SWITCH}
        for tag in (
            "keepNext",
            "keepLines",
            "pageBreakBefore",
            "widowControl",
            "contextualSpacing",
            "suppressAutoHyphens",
        )
    },
    "shd": _SHADE,
    "spacing": {"before": _ROOM, "after": _ROOM, "line": whole(1, 3000), "lineRule": word("auto", "atLeast", "exact")},
    "ind": {
        **dict.fromkeys(("left", "right", "start", "end"), _INDENT),
        **dict.fromkeys(("firstLine", "hanging"), whole(0, 2835)),
    },
    "jc": {"val": word("left", "right", "center", "both", "start", "end")},
    "outlineLvl": {"val": whole(0, 9)},
}
TAB: Mapping[str, Allowed] = {
    "val": word("clear", "left", "right", "center", "decimal", "start", "end", "num"),
    "pos": whole(-567, 12000),
}
_SIDE: Mapping[str, Allowed] = {"w": whole(0, 1000), "type": word("dxa", "nil")}
#: Children of what holds nothing but them, with their attributes.
INSIDE: Mapping[str, Mapping[str, Mapping[str, Allowed]]] = {
    "pBdr": dict.fromkeys(("top", "left", "bottom", "right", "between"), _BORDER),
    "tabs": {"tab": TAB},
    "tblBorders": dict.fromkeys(("top", "left", "start", "bottom", "right", "end", "insideH", "insideV"), _BORDER),
    "tblCellMar": dict.fromkeys(("top", "left", "start", "bottom", "right", "end"), _SIDE),
}
#: Settings of tables.
TABLE: Mapping[str, Mapping[str, Allowed]] = {
    "tblInd": {"w": whole(-567, 2835), "type": word("dxa", "nil")},
    "tblStyleRowBandSize": {"val": whole(1, 9)},
    "tblStyleColBandSize": {"val": whole(1, 9)},
}
#: What a style says of itself.
ABOUT: Mapping[str, Mapping[str, Allowed]] = {
    **{tag: {"val": like(r"[^\x00-\x1f]{1,253}")} for tag in ("name", "aliases", "basedOn", "next", "link")},
    **{tag: {"val": SWITCH} for tag in ("semiHidden", "unhideWhenUsed", "qFormat", "locked")},
    "uiPriority": {"val": whole(0, 999)},
}
#: Settings by which a reader sees other words than a letter says, or none, and what they do.
HARMFUL: Mapping[str, str] = {
    "vanish": "hides its words",
    "webHidden": "hides its words in some views",
    "specVanish": "hides its words",
    "caps": "shows its words in capitals",
    "smallCaps": "shows its words in small capitals",
    "strike": "strikes its words out",
    "dstrike": "strikes its words out",
    "outline": "draws only the outlines of its words",
    "shadow": "puts a shadow behind its words",
    "emboss": "shows its words nearly in the colour of the paper",
    "imprint": "shows its words nearly in the colour of the paper",
    "effect": "moves or blinks its words",
    "fitText": "presses its words together",
    "highlight": "has a highlighter over its words",
    "em": "puts marks over its words",
    "eastAsianLayout": "turns its words",
    "rtl": "sets its words from right to left",
    "framePr": "puts its words into a frame, which can stand anywhere",
    "bidi": "sets its words from right to left",
    "textDirection": "turns its words",
    "tblStylePr": "shades or colours some rows of a table",
}
#: What a numbered list may have as its number, and a list with bullets as its bullet.
NUMBER = like(r"[(\[]?%[1-9](?:\.%[1-9])*[.)\]:]?")
BULLET = like(r"[•‣◦⁃∙·●○■□▪▫➢➤►▶❖✓✔–—\-*]|[\uf000-\uf0ff]|o")
NUMBER_FORMATS = word("decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman")
#: Of a page, in twentieths of a point: A4 or near it.
PAGE: Mapping[str, Mapping[str, Allowed]] = {
    "pgSz": {"w": whole(8000, 13000), "h": whole(11000, 19000), "code": whole(0, 300), "orient": word("portrait")},
    "pgMar": {
        **dict.fromkeys(("top", "right", "bottom", "left"), whole(284, 4536)),
        **dict.fromkeys(("header", "footer"), whole(0, 4000)),
        "gutter": whole(0, 1134),
    },
}
