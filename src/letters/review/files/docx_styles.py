"""The styles of a Word document: what a paragraph is, in a person's words, and how text is set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from operator import attrgetter
from xml.etree.ElementTree import Element

from letters.letter import BODY
from letters.readback.docx import Package, W, targets
from letters.review.compare.content import PARAGRAPH, QUOTATION, Style, heading

#: The part of a letter that a paragraph belongs to, by the name of its style (`render/styles_of_parts`).
PARTS = {
    "masthead": "masthead",
    "sender details": "sender-details",
    **dict.fromkeys(("sender name", "sender office"), "sender"),
    "inside address": "addressee",
    "copied to": "copied-to",
    **{name: name for name in ("date", "salutation", "closing")},
    **dict.fromkeys(("signature", "signatory office"), "signatory"),
    **{name: name for name in ("figure", "caption")},
}
_PLAIN = {"", "normal", "body text", "standard", "default", "default style", "text body", "table text"}
_QUOTES = {"quote", "intense quote", "quotations", "block text"}
#: Styles based on one another further than this go round in a circle.
_LONGEST_CHAIN = 20
_OFF = ("0", "false", "off", "none")


def is_on(switch: Element | None) -> bool | None:
    """What an element such as `w:b` says; None where there is none."""
    return None if switch is None else switch.get(f"{W}val", "1") not in _OFF


@dataclass(frozen=True)
class Look:
    """How text is set; None where that is not said. `raised`: "raised", "lowered", or "" on the line."""

    bold: bool | None = None
    italic: bool | None = None
    lang: str | None = None
    hidden: bool | None = None
    struck: bool | None = None
    capitals: bool | None = None
    raised: str | None = None
    underlined: bool | None = None
    highlighted: bool | None = None
    white: bool | None = None
    tiny: bool | None = None
    font: str | None = None

    def over(self, other: Look) -> Look:
        """This look, and where it says nothing the other."""
        if self == _UNSAID:
            return other
        return Look(*(theirs if own is None else own for own, theirs in zip(_each(self), _each(other), strict=True)))


_UNSAID = Look()
_each = attrgetter(*(part.name for part in fields(Look)))
#: Words of no more half points than this nobody can read.
_TINY = 4
#: Text moved by so many half points stands above or below its line.
_MOVED = 4


@lru_cache(maxsize=4096)
def _look(said: tuple[tuple[str, str, str], ...]) -> Look:
    """A look from the properties of some text: each with its value and the name of its font."""
    values = {name: value for name, value, _ in said}
    switches = {name: value not in _OFF for name, value in values.items()}
    strikes = [switches[name] for name in ("strike", "dstrike") if name in switches]
    colour = values.get("color")
    return Look(
        switches.get("b"),
        switches.get("i"),
        next((value for name, value, _ in said if name == "lang" and value), None),
        switches.get("vanish"),
        any(strikes) if strikes else None,
        switches.get("caps"),
        _raised(values),
        values["u"] not in ("none", "") if "u" in values else None,
        values["highlight"] != "none" if "highlight" in values else None,
        None if colour is None else colour.upper() == "FFFFFF",
        _half_points(values["sz"], _TINY + 1) <= _TINY if "sz" in values else None,
        next((font for name, _, font in said if name == "rFonts" and font), None),
    )


def _raised(values: Mapping[str, str]) -> str | None:
    if (place := values.get("vertAlign")) and place != "baseline":
        return {"superscript": "raised", "subscript": "lowered"}.get(place, "")
    moved = _half_points(values.get("position", "0"), 0)
    if abs(moved) >= _MOVED:
        return "raised" if moved > 0 else "lowered"
    return "" if "vertAlign" in values else None


def _half_points(value: str, otherwise: int) -> int:
    """A measure in half points; a Strict document has one in points."""
    number, points = (value[:-2], 2) if value.endswith("pt") else (value, 1)
    try:
        return round(float(number) * points)
    except (ValueError, OverflowError):
        return otherwise


def look_of(properties: Element | None) -> Look:
    """The look that a `w:rPr` says."""
    if properties is None or not len(properties):
        return _UNSAID
    return _look(tuple(_said(child) for child in properties if child.tag in _LOOKED_AT))


def _said(child: Element) -> tuple[str, str, str]:
    name = child.tag.removeprefix(W)
    font = child.get(f"{W}ascii") or child.get(f"{W}hAnsi") or "" if name == "rFonts" else ""
    return name, child.get(f"{W}val", "1"), font


_LOOKED_AT = {
    f"{W}{name}"
    for name in "b i lang vanish strike dstrike caps vertAlign position u highlight color sz rFonts".split()
}


def _either(default: bool | None, *styles: bool | None) -> bool:
    """What defaults and styles come to for a switch that, said by two of them, is off again."""
    return bool(default) or sum(map(bool, styles)) % 2 == 1


class Styles:
    """The styles of a document by id."""

    def __init__(self, package: Package) -> None:
        self._styles: dict[str, Element] = {}
        self._looks: dict[str | None, Look] = {}
        self._seen: dict[tuple[Look, str | None, str | None, str | None], Look] = {}
        self._default = _UNSAID
        self._usual: dict[str, str] = {}
        self.language = ""
        for name in targets(package, package.main, "styles").values():
            self._read_styles(package.parse(name))

    def _read_styles(self, root: Element) -> None:
        self._default = look_of(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        languages = [root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")]
        for style in root.iter(f"{W}style"):
            self._styles[style.get(f"{W}styleId", "")] = style
            if is_on_attribute(style.get(f"{W}default")):
                self._usual[style.get(f"{W}type", "")] = style.get(f"{W}styleId", "")
            if style.get(f"{W}type") == "paragraph" and is_on_attribute(style.get(f"{W}default")):
                languages.insert(0, style.find(f"{W}rPr/{W}lang"))
        said = (language.get(f"{W}val") for language in languages if language is not None)
        self.language = next(filter(None, said), "")

    def name(self, style: str | None) -> str:
        """The name of a style, in small letters."""
        found = self._styles.get(style or "")
        return (style or "").lower() if found is None else value_of(found.find(f"{W}name")).lower()

    def look(self, style: str | None) -> Look:
        """The look of a style, with what it is based on."""
        if style not in self._looks:
            look = _UNSAID
            for element in self.chain(style):
                look = look.over(look_of(element.find(f"{W}rPr")))
            self._looks[style] = look
        return self._looks[style]

    def seen(self, direct: Look, run: str | None, paragraph: str | None, table: str | None) -> Look:
        """How text looks: by what is said of itself, else by its style, those of its paragraph and table, the defaults.

        Emphasis, capitals, lines and colours are its own only: those of a paragraph's style are the letter's design.
        """
        key = direct, run, paragraph, table
        if key not in self._seen:
            self._seen[key] = self._seen_anew(direct, run, paragraph, table)
        return self._seen[key]

    def _seen_anew(self, direct: Look, run: str | None, paragraph: str | None, table: str | None) -> Look:
        own = self.look(run)
        said = direct.over(own)
        around = self.look(self._usual.get("paragraph") if paragraph is None else paragraph)
        styles = own, around, self.look(table)
        under = around.over(styles[2]).over(self._default)
        return replace(
            said,
            hidden=_either(self._default.hidden, *(s.hidden for s in styles))
            if direct.hidden is None
            else direct.hidden,
            struck=_either(self._default.struck, *(s.struck for s in styles))
            if direct.struck is None
            else direct.struck,
            raised=under.raised if said.raised is None else said.raised,
            white=under.white if said.white is None else said.white,
            tiny=under.tiny if said.tiny is None else said.tiny,
            font=said.font or under.font,
        )

    def part(self, style: str | None, *, ours: bool) -> str:
        """The part that a paragraph of this style belongs to; `ours`: whether letters made the file."""
        name = self.name(style)
        element = self._styles.get(style or "")
        own = ours and element is not None and is_on_attribute(element.get(f"{W}customStyle"))
        return PARTS.get(name) or (name.replace(" ", "-") if own and not _is_of_the_body(name) else BODY)

    def chain(self, style: str | None) -> Iterator[Element]:
        """A style and what it is based on."""
        for _ in range(_LONGEST_CHAIN):
            element = self._styles.get(style or "")
            if element is None:
                return
            yield element
            style = value_of(element.find(f"{W}basedOn"))


def is_on_attribute(value: str | None) -> bool:
    """Whether an attribute says yes."""
    return value in ("1", "true", "on")


def value_of(element: Element | None) -> str:
    """The value that an element says, or nothing."""
    return "" if element is None else element.get(f"{W}val", "")


def _is_of_the_body(name: str) -> bool:
    known = name in _PLAIN | _QUOTES or str(style_named(name, None, {})) != name
    return known or name in ("table heading", "stage mark", "header", "footer")


def style_named(name: str, level: tuple[int, Style] | None, lists: dict[int, Style]) -> Style:
    """What a paragraph of a style of this name is. `level`: of a list; `lists`: the lists open before it, by level."""
    if found := re.fullmatch(r"heading (\d)", name):
        return heading(int(found[1]))
    if name in _QUOTES:
        return QUOTATION
    if level:
        return level[1]
    if name.startswith("list continue") and lists:
        return lists[max(lists)]
    if name in _PLAIN or name in PARTS or name.startswith(("list", "header", "footer")):
        return PARAGRAPH
    return Style(name)
