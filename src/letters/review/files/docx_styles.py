"""The styles and the numbering of a Word document: what a paragraph is, in a person's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from letters.letter import BODY
from letters.readback.docx import Package, W, targets

#: The part of a letter that a paragraph belongs to, by the name of its style (`LINE_STYLES` in `render/docx.py`).
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


def is_on(switch: Element | None) -> bool | None:
    """What an element such as `w:b` says; None where there is none."""
    return None if switch is None else switch.get(f"{W}val", "1") not in ("0", "false", "off", "none")


@dataclass(frozen=True)
class Look:
    """How text is set; None where that is not said."""

    bold: bool | None = None
    italic: bool | None = None
    lang: str | None = None

    def over(self, other: Look) -> Look:
        """This look, and where it says nothing the other."""
        return Look(
            other.bold if self.bold is None else self.bold,
            other.italic if self.italic is None else self.italic,
            self.lang or other.lang,
        )


def look_of(properties: Element | None) -> Look:
    """The look that a `w:rPr` says."""
    if properties is None:
        return Look()
    language = properties.find(f"{W}lang")
    return Look(
        is_on(properties.find(f"{W}b")),
        is_on(properties.find(f"{W}i")),
        None if language is None else language.get(f"{W}val"),
    )


class Styles:
    """The styles of a document by id, and its lists by number."""

    def __init__(self, package: Package) -> None:
        self._styles: dict[str, Element] = {}
        self._levels: dict[tuple[str, str], str] = {}
        self.language = ""
        for name in targets(package, package.main, "styles").values():
            self._read_styles(package.parse(name))
        for name in targets(package, package.main, "numbering").values():
            self._read_numbering(package.parse(name))

    def _read_styles(self, root: Element) -> None:
        languages = [root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")]
        for style in root.iter(f"{W}style"):
            self._styles[style.get(f"{W}styleId", "")] = style
            if style.get(f"{W}type") == "paragraph" and is_on_attribute(style.get(f"{W}default")):
                languages.insert(0, style.find(f"{W}rPr/{W}lang"))
        said = (language.get(f"{W}val") for language in languages if language is not None)
        self.language = next(filter(None, said), "")

    def _read_numbering(self, root: Element) -> None:
        formats = {
            (abstract.get(f"{W}abstractNumId", ""), level.get(f"{W}ilvl", "0")): _value(level.find(f"{W}numFmt"))
            for abstract in root.findall(f"{W}abstractNum")
            for level in abstract.findall(f"{W}lvl")
        }
        for number in root.findall(f"{W}num"):
            abstract = _value(number.find(f"{W}abstractNumId"))
            for (owner, level), form in formats.items():
                if owner == abstract:
                    self._levels[number.get(f"{W}numId", ""), level] = form

    def name(self, style: str | None) -> str:
        """The name of a style, in small letters."""
        found = self._styles.get(style or "")
        return (style or "").lower() if found is None else _value(found.find(f"{W}name")).lower()

    def look(self, style: str | None) -> Look:
        """The look of a style, with what it is based on."""
        look = Look()
        for element in self._chain(style):
            look = look.over(look_of(element.find(f"{W}rPr")))
        return look

    def part(self, style: str | None, *, ours: bool) -> str:
        """The part that a paragraph of this style belongs to; `ours`: whether letters made the file."""
        name = self.name(style)
        element = self._styles.get(style or "")
        own = ours and element is not None and is_on_attribute(element.get(f"{W}customStyle"))
        return PARTS.get(name) or (name.replace(" ", "-") if own and not _is_of_the_body(name) else BODY)

    def list_level(self, paragraph: Element) -> tuple[int, str] | None:
        """The level of a paragraph in a list and the kind of list, or None."""
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        places = [paragraph, *self._chain(None if style is None else style.get(f"{W}val"))]
        number = next(filter(None, (_value(place.find(f"{W}pPr/{W}numPr/{W}numId")) for place in places)), "0")
        level = next(filter(None, (_value(place.find(f"{W}pPr/{W}numPr/{W}ilvl")) for place in places)), "0")
        form = self._levels.get((number, level), "none" if number == "0" else "bullet")
        if form == "none":
            return None
        return int(level) if level.isdecimal() else 0, "bulleted list" if form == "bullet" else "numbered list"

    def _chain(self, style: str | None) -> Iterator[Element]:
        """A style and what it is based on."""
        for _ in range(_LONGEST_CHAIN):
            element = self._styles.get(style or "")
            if element is None:
                return
            yield element
            style = _value(element.find(f"{W}basedOn"))


def is_on_attribute(value: str | None) -> bool:
    """Whether an attribute says yes."""
    return value in ("1", "true", "on")


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(f"{W}val", "")


def _is_of_the_body(name: str) -> bool:
    known = name in _PLAIN | _QUOTES or kind_of(name, None, {}) != name
    return known or name in ("table heading", "stage mark", "header", "footer")


def kind_of(name: str, level: tuple[int, str] | None, lists: dict[int, str]) -> str:
    """What a paragraph of a style of this name is. `level`: of a list; `lists`: the lists open before it, by level."""
    if found := re.fullmatch(r"heading (\d)", name):
        return f"heading {found[1]}"
    if name in _QUOTES:
        return "quotation"
    if level:
        return level[1]
    if name.startswith("list continue") and lists:
        return lists[max(lists)]
    if name in _PLAIN or name in PARTS or name.startswith(("list", "header", "footer")):
        return "paragraph"
    return name
