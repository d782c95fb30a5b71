"""How each style of a Word document looks, worked out through those that it is based on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from lxml import etree

from letters.letter.colours import BLACK, WHITE, Colour, can_be_read
from letters.machine.archive import NotAnArchive, read_members
from letters.machine.ooxml import WORDML
from letters.machine.xml import DeclaresType, NotXml, parsed_to_edit
from letters.workspace.looks.aspects import (
    NATURAL_LINE,
    NO,
    NOTHING,
    RULES,
    YES,
    Aspect,
    Value,
    colour_said,
    face_of,
    rule_said,
)
from letters.workspace.looks.word_rules import OFF

Element = etree._Element

W = f"{{{WORDML}}}"
_DEFAULT_SIZE = 20
_TWIPS = 20
_ALIGN = {"": "left", "start": "left", "end": "right", "both": "justify"}
_OTHER_SIDES = {"left": "start", "right": "end"}
_LONGEST_LINE = 20


class NoStyles(ValueError):
    """The bytes are no Word document whose styles can be read."""


class WordStyles:
    """The styles of a Word document by what people call them. Raises NoStyles where there are none."""

    def __init__(self, document: bytes) -> None:
        try:
            members = read_members(document)
            root = parsed_to_edit(members["word/styles.xml"])
            self._numbering = parsed_to_edit(members["word/numbering.xml"]) if "word/numbering.xml" in members else None
            self._body = parsed_to_edit(members["word/document.xml"])
        except (NotAnArchive, NotXml, DeclaresType, KeyError) as error:
            raise NoStyles(str(error)) from error
        self._by_id = {style.get(f"{W}styleId", ""): style for style in reversed(root.findall(f"{W}style"))}
        self._ids: dict[str, str] = {}
        for identity, style in self._by_id.items():
            for name in self._names(style):
                self._ids.setdefault(name.lower(), identity)
        self._defaults = root.find(f"{W}docDefaults")
        self._looks: dict[str, dict[Aspect, Value]] = {}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._ids

    @staticmethod
    def _names(style: Element) -> Iterator[str]:
        for tag in ("name", "aliases"):
            yield from (one.strip() for one in _attribute(style, tag, "val").split(",") if one.strip())

    def kind(self, name: str) -> str:
        """What a style is for: paragraph, character or table."""
        style = next(self._line_of(name), None)
        return "" if style is None else style.get(f"{W}type", "paragraph")

    # -- looks

    def look(self, name: str) -> dict[Aspect, Value]:
        """How a paragraph style looks: the space above and below it as it says them, whatever its neighbours are."""
        if name not in self._looks:
            self._looks[name] = self._worked_out(name)
        return dict(self._looks[name])

    def _worked_out(self, name: str) -> dict[Aspect, Value]:
        colour, ground = self._colours(name)
        spacing = {side: self._points(name, "pPr/spacing", side) for side in ("before", "after")}
        tight = self._switch(name, "pPr/contextualSpacing")
        found: dict[Aspect, Value] = {
            **self._of_type(name),
            Aspect.COLOUR: colour_said(colour),
            Aspect.GROUND: colour_said(ground),
            Aspect.ALIGN: _ALIGN.get(align := self._said(name, "pPr/jc", "val"), align),
            Aspect.LINE: self._line(name)[0],
            Aspect.ABOVE: spacing["before"],
            Aspect.BELOW: spacing["after"],
            Aspect.BETWEEN: 0.0 if tight else sum(spacing.values()),
            Aspect.LEFT: self._indent(name, "left"),
            Aspect.RIGHT: self._indent(name, "right"),
            Aspect.FIRST: 0.0
            if self._levels(name)
            else self._indent(name, "firstLine") - self._indent(name, "hanging"),
        }
        return {**found, **{aspect: self._rule(name, f"pPr/pBdr/{side}") for side, aspect in RULES.items()}}

    def has_natural_lines(self, name: str) -> bool:
        """Whether its typeface decides how high its lines are."""
        return self._line(name)[1]

    def character_look(self, name: str, around: str) -> dict[Aspect, Value]:
        """How words in a character style look in a paragraph style `around` them."""
        look = self.look(around)
        switches = {Aspect.BOLD: "b", Aspect.ITALIC: "i"}
        for aspect, tag in switches.items():
            if any(_there(style, f"rPr/{tag}") for style in self._line_of(name)):
                look[aspect] = YES if self._switch(name, f"rPr/{tag}") else NO
        if underline := self._own(name, "rPr/u", "val"):
            look[Aspect.UNDERLINE] = NO if underline in OFF else YES
        if colour := _rgb(self._own(name, "rPr/color", "val")):
            look[Aspect.COLOUR] = colour_said(colour)
        if size := _int(self._own(name, "rPr/sz", "val")):
            look[Aspect.SIZE] = size / 2
        return look

    def table_look(self, name: str) -> dict[str, Value]:
        """The rules of a table style (`insideH`, `bottom` …), and the room in its cells (`room left`, `room right`)."""
        sides = ("top", "left", "bottom", "right", "insideH", "insideV")
        found: dict[str, Value] = {side: self._rule(name, f"tblPr/tblBorders/{side}") for side in sides}
        room = {f"room {side}": self._points(name, f"tblPr/tblCellMar/{side}", "w") for side in ("left", "right")}
        return {**found, **room}

    def margins(self) -> dict[str, float]:
        """The margins of the paper, in points."""
        margins = {}
        for side in ("left", "right", "bottom"):
            said = [_int(one.get(f"{W}{side}", "0")) / _TWIPS for one in self._body.iter(f"{W}pgMar")]
            margins[side] = said[-1] if said else 0.0
        return margins

    def _of_type(self, name: str) -> dict[Aspect, Value]:
        underline = self._said(name, "rPr/u", "val")
        return {
            Aspect.FACE: face_of(self._said(name, "rPr/rFonts", "ascii")),
            Aspect.SIZE: self._size(name),
            Aspect.BOLD: YES if self._switch(name, "rPr/b") else NO,
            Aspect.ITALIC: YES if self._switch(name, "rPr/i") else NO,
            Aspect.UNDERLINE: NO if underline in ("", *OFF) else YES,
            Aspect.LETTERS: self._points(name, "rPr/spacing", "val"),
        }

    def typeface(self, name: str) -> str:
        """The name of the typeface of a style."""
        return self._said(name, "rPr/rFonts", "ascii")

    def _size(self, name: str) -> float:
        return (_int(self._said(name, "rPr/sz", "val")) or _DEFAULT_SIZE) / 2

    def _line(self, name: str) -> tuple[float, bool]:
        """How high a line is, in points, and whether the typeface decides that."""
        said, rule = _int(self._said(name, "pPr/spacing", "line")), self._said(name, "pPr/spacing", "lineRule")
        natural = self._size(name) * NATURAL_LINE
        if rule in ("", "auto"):
            return natural * (said or 240) / 240, True
        if rule == "exact" or said / _TWIPS >= natural:
            return said / _TWIPS, False
        return natural, True

    def _indent(self, name: str, side: str) -> float:
        """In points; that of a list is said by its numbering, where its style itself says nothing."""
        line = [*self._line_of(name)]
        places = [*line[:1], *self._levels(name), *line[1:]]
        keys = (side, _OTHER_SIDES.get(side, side))
        found = (_attribute(one, "pPr/ind", key) for one in places for key in keys)
        said = next(filter(None, found), "") or self._said(name, "pPr/ind", side)
        return _int(said) / _TWIPS

    def _levels(self, name: str) -> list[Element]:
        number = self._said(name, "pPr/numPr/numId", "val")
        if self._numbering is None or not number:
            return []
        named = [one for one in self._numbering.findall(f"{W}num") if one.get(f"{W}numId") == number]
        abstract = {_attribute(one, "abstractNumId", "val") for one in named}
        kinds = self._numbering.findall(f"{W}abstractNum")
        chosen = [one for one in kinds if one.get(f"{W}abstractNumId") in abstract]
        return [level for one in chosen for level in one.findall(f"{W}lvl") if level.get(f"{W}ilvl") == "0"]

    def _rule(self, name: str, path: str) -> str:
        kind = self._said(name, path, "val")
        if kind in ("", "nil", "none"):
            return NOTHING
        colour = _rgb(self._said(name, path, "color")) or BLACK
        width, away = (_int(self._said(name, path, key)) for key in ("sz", "space"))
        return rule_said(width / 8, colour_said(colour), away)

    def _colours(self, name: str) -> tuple[Colour, Colour | None]:
        """The colour of the words, and of what is behind them, if anything is."""
        grounds = [self._ground(name, group) for group in ("rPr", "pPr")]
        ground = next((colour for colour in grounds if colour and colour != WHITE), None)
        dark = ground is not None and not can_be_read(BLACK, 1.0, ground)
        return _rgb(self._said(name, "rPr/color", "val")) or (WHITE if dark else BLACK), ground

    def _ground(self, name: str, group: str) -> Colour | None:
        solid = self._said(name, f"{group}/shd", "val") == "solid"
        return _rgb(self._said(name, f"{group}/shd", "color" if solid else "fill"))

    # -- what is said

    def _line_of(self, name: str) -> Iterator[Element]:
        """A style and those that it is based on, the nearest first."""
        identity = self._ids.get(name.lower(), "")
        for _ in range(_LONGEST_LINE):
            if (style := self._by_id.get(identity)) is None:
                return
            yield style
            identity = _attribute(style, "basedOn", "val")

    def _own(self, name: str, path: str, key: str) -> str:
        return next((said for style in self._line_of(name) if (said := _attribute(style, path, key))), "")

    def _said(self, name: str, path: str, key: str) -> str:
        """What a style says, by itself or by what it is based on, or what is said for all."""
        if found := self._own(name, path, key):
            return found
        group, _, tag = path.partition("/")
        return "" if self._defaults is None else _attribute(self._defaults, f"{group}Default/{group}/{tag}", key)

    def _points(self, name: str, path: str, key: str) -> float:
        return _int(self._said(name, path, key)) / _TWIPS

    def _switch(self, name: str, path: str) -> bool:
        group, _, tag = path.partition("/")
        places = [style.find(_path(path)) for style in self._line_of(name)]
        if self._defaults is not None:
            places.append(self._defaults.find(_path(f"{group}Default/{group}/{tag}")))
        return next((one.get(f"{W}val", "1") not in OFF for one in places if one is not None), False)


@cache
def _path(path: str) -> str:
    return "/".join(f"{W}{part}" for part in path.split("/"))


def _there(element: Element, path: str) -> bool:
    return element.find(_path(path)) is not None


def _attribute(element: Element, path: str, key: str) -> str:
    found = element.find(_path(path))
    return "" if found is None else found.get(f"{W}{key}", "")


def _int(text: str) -> int:
    return int(text) if text.lstrip("+-").isdigit() else 0


def _rgb(text: str) -> Colour | None:
    try:
        return (
            (float(int(text[:2], 16)), float(int(text[2:4], 16)), float(int(text[4:], 16))) if len(text) == 6 else None
        )
    except ValueError:
        return None
