"""How a Word document looks, beyond what a comparison of letters tells: fonts, colours, alignment, spaces, paper.

Looks are resolved through the styles, so that it does not matter where a program writes them as it saves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from xml.etree.ElementTree import Element

from letters.readback.docx import SKIPPED, Package, R, W, targets

#: Looks of a run that are on or off.
_SWITCHES = (
    *("b", "i", "strike", "dstrike", "caps", "smallCaps", "vanish", "webHidden", "specVanish", "outline", "shadow"),
    *("emboss", "imprint"),
)
#: Looks of a run that have a value, and the value that says the same as nothing.
_VALUES = {"u": "none", "color": "auto", "sz": "", "highlight": "none", "vertAlign": "baseline", "position": "0"}
_ALIGNED = {"start": "left", "end": "right", "": "left"}
#: In twentieths of a point: programs round by as much when they save.
_ROUNDED = 60
_OFF = ("0", "false", "off", "none")
_LONGEST_CHAIN = 20
_EMUS_OF_A_TWIP = 635
#: Numbers of pages are as the program last counted them.
_DIGITS = re.compile(r"[\s\d]+")
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"

#: One value of a look: a text, or a length in twentieths of a point.
Value = str | int
Look = Mapping[str, Value]


def looks_the_same(before: Package, after: Package) -> bool:
    """Whether two documents that say the same look the same, what programs round as they save apart."""
    return _like(list(_looks(before)), list(_looks(after)))


def _like(before: list[tuple[str, Look]], after: list[tuple[str, Look]]) -> bool:
    """Each is a text and its look; lengths may differ by what is rounded."""
    return len(before) == len(after) and all(
        old[0] == new[0] and _alike(old[1], new[1]) for old, new in zip(before, after, strict=True)
    )


def _alike(old: Look, new: Look) -> bool:
    return old.keys() == new.keys() and all(_near(old[name], new[name]) for name in old)


def _near(old: Value, new: Value) -> bool:
    if isinstance(old, int) and isinstance(new, int):
        return abs(old - new) <= _ROUNDED
    return old == new


def _looks(package: Package) -> Iterator[tuple[str, Look]]:
    """The looks of each story: paragraphs with their runs, pictures, and the paper of each section."""
    sheet = _Sheet(package)
    root = package.parse(package.main)
    yield from _story(root, sheet)
    stories = {**targets(package, package.main, "header"), **targets(package, package.main, "footer")}
    for number, section in enumerate(root.iter(f"{W}sectPr")):
        yield f"section {number}", _paper(section)
        for reference in sorted(section, key=lambda one: (one.tag, one.get(f"{W}type", ""))):
            member = stories.get(reference.get(f"{R}id", ""))
            if reference.tag in (f"{W}headerReference", f"{W}footerReference") and member:
                told = list(_story(package.parse(member), sheet))
                # Programs add empty headers; only where something stands in one it matters on which pages.
                yield from [(f"{reference.tag} {reference.get(f'{W}type')}", {}), *told] if told else ()


def _paper(section: Element) -> Look:
    found: dict[str, Value] = {}
    for name, wanted in (("pgSz", "w h orient"), ("pgMar", "top right bottom left")):
        element = section.find(f"{W}{name}")
        for key in wanted.split():
            value = "" if element is None else element.get(f"{W}{key}", "")
            found[f"{name} {key}"] = _length(value) if key != "orient" else value.replace("portrait", "")
    columns = section.find(f"{W}cols")
    found["columns"] = "1" if columns is None else columns.get(f"{W}num", "1")
    found["title page"] = _switch(section.find(f"{W}titlePg"))
    return found


def _story(root: Element, sheet: _Sheet) -> Iterator[tuple[str, Look]]:
    for paragraph in root.iter(f"{W}p"):
        runs = [(text, look) for text, look in _runs(paragraph, sheet, sheet.style_of(paragraph)) if text.strip()]
        if runs:
            yield "", sheet.paragraph(paragraph)
            yield from runs
    for extent in root.iter(_EXTENT):
        yield "picture", {key: _length(extent.get(key, "")) // _EMUS_OF_A_TWIP for key in ("cx", "cy")}


def _runs(paragraph: Element, sheet: _Sheet, style: str) -> Iterator[tuple[str, Look]]:
    """The words of a paragraph in stretches that look alike."""
    pieces = [
        (look, text) for run in _run_elements(paragraph) if (text := _text(run)) for look in [sheet.run(run, style)]
    ]
    for look, same in groupby(pieces, key=lambda piece: piece[0]):
        yield _DIGITS.sub("", "".join(text for _, text in same)), look


def _run_elements(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == f"{W}r":
            yield child
        elif child.tag not in SKIPPED and child.tag != f"{W}p":
            yield from _run_elements(child)


def _text(run: Element) -> str:
    return "".join(child.text or "" for child in run if child.tag in (f"{W}t", f"{W}sym"))


class _Sheet:
    """The styles of a document, by which a look is resolved."""

    def __init__(self, package: Package) -> None:
        self._styles: dict[str, Element] = {}
        self._defaults: list[Element] = []
        self._default_style = ""
        for name in targets(package, package.main, "styles").values():
            root = package.parse(name)
            self._defaults += list(root.iter(f"{W}docDefaults"))
            for style in root.iter(f"{W}style"):
                self._styles[style.get(f"{W}styleId", "")] = style
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                    self._default_style = style.get(f"{W}styleId", "")

    def style_of(self, paragraph: Element) -> str:
        """The id of a paragraph's style."""
        return _said(paragraph.find(f"{W}pPr/{W}pStyle")) or self._default_style

    def paragraph(self, paragraph: Element) -> Look:
        """How a paragraph is set."""
        places = [paragraph.find(f"{W}pPr"), *self._chain(self.style_of(paragraph), "pPr"), *self._default("pPr")]
        found: dict[str, Value] = {"align": _ALIGNED.get(align := _first(places, "jc", "val"), align)}
        for names in (("ind", "left start"), ("ind", "right end"), ("ind", "firstLine"), ("ind", "hanging")):
            found[" ".join(names)] = _length(_first(places, names[0], *names[1].split()))
        for name in ("before", "after", "line"):
            found[name] = _length(_first(places, "spacing", name))
        found["fill"] = _fill(_first(places, "shd", "fill"))
        found["new page"] = _switch(
            next(filter(_is_there, (_find(place, "pageBreakBefore") for place in places)), None)
        )
        return found

    def run(self, run: Element, style: str) -> Look:
        """How the words of a run are set, in a paragraph of a style."""
        own = run.find(f"{W}rPr")
        character = _said(_find(own, "rStyle"))
        places = [own, *self._chain(character, "rPr"), *self._chain(style, "rPr"), *self._default("rPr")]
        found: dict[str, Value] = {}
        for name in _SWITCHES:
            found[name] = _switch(next(filter(_is_there, (_find(place, name) for place in places)), None))
        for name, nothing in _VALUES.items():
            found[name] = (_first(places, name, "val") or nothing).lower()
        found["font"] = _first(places, "rFonts", "ascii", "asciiTheme").lower()
        found["fill"] = _fill(_first(places, "shd", "fill"))
        return found

    def _chain(self, style: str, properties: str) -> Iterator[Element | None]:
        for _ in range(_LONGEST_CHAIN):
            element = self._styles.get(style)
            if element is None:
                return
            yield element.find(f"{W}{properties}")
            style = _said(element.find(f"{W}basedOn"))

    def _default(self, properties: str) -> Iterable[Element | None]:
        return [one.find(f"{W}{properties}Default/{W}{properties}") for one in self._defaults]


def _is_there(element: Element | None) -> bool:
    return element is not None


def _find(place: Element | None, name: str) -> Element | None:
    return None if place is None else place.find(f"{W}{name}")


def _first(places: Iterable[Element | None], name: str, *keys: str) -> str:
    """The first value that one of the places says under one of the keys."""
    for place in places:
        element = _find(place, name)
        for key in keys if element is not None else ():
            if element is not None and (value := element.get(f"{W}{key}")) is not None:
                return value
    return ""


def _said(element: Element | None) -> str:
    return "" if element is None else element.get(f"{W}val", "")


def _switch(element: Element | None) -> str:
    return "on" if element is not None and element.get(f"{W}val", "1") not in _OFF else ""


def _fill(value: str) -> str:
    return "" if value.lower() in ("", "auto", "ffffff") else value.lower()


def _length(value: str) -> int:
    try:
        return round(float(value or 0))
    except (ValueError, OverflowError):
        return 0
