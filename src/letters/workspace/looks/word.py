"""What a letter takes over from a letterhead's `styles.docx`: its styles and its page, and nothing else in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from lxml import etree

from letters.machine.archive import NotAnArchive, read_members, write_members
from letters.machine.ooxml import OFFICE, RELATIONS, TYPES, WORDML, list_of, relations
from letters.machine.xml import DeclaresType, NotXml, parsed_to_edit
from letters.workspace.looks.word_judge import Fault, Judge
from letters.workspace.looks.word_rules import (
    ABOUT,
    BULLET,
    COLOUR,
    FACES,
    HARMFUL,
    INSIDE,
    NUMBER,
    NUMBER_FORMATS,
    OFF,
    PAGE,
    PARAGRAPH,
    RUN,
    SWITCH,
    TABLE,
    Allowed,
    like,
    whole,
    word,
)

Element = etree._Element

W = f"{{{WORDML}}}"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
#: More styles than this have no use.
_MOST_STYLES = 2000
#: Styles that may have numbers or bullets, and the tables that letters have.
NUMBERED = ("list bullet", "list number")
_TABLES = ("table grid", "normal table")
#: The parts of a document that is made, by kind: its file, and its content type.
_PARTS = {
    "document": ("document.xml", f"{_TYPE}.document.main+xml"),
    **{kind: (f"{kind}.xml", f"{_TYPE}.{kind}+xml") for kind in ("styles", "numbering", "settings", "fontTable")},
    "theme": ("theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml"),
}
_COMPATIBLE = {
    "compatibilityMode": "15",
    **dict.fromkeys(
        (
            *("overrideTableStyleFontSizeAndJustification", "enableOpenTypeFeatures"),
            *("doNotFlipMirrorIndents", "differentiateMultirowTableHeaders"),
        ),
        "1",
    ),
}
_LATENT = {"defLockedState": "0", "defUIPriority": "99", "defSemiHidden": "1", "defUnhideWhenUsed": "1"}


_OWN = {"fontTable": "fonts.xml", "theme": "theme.xml"}


class NotTaken(ValueError):
    """The bytes are no Word document whose styles can be read."""


@dataclass(frozen=True)
class Taken:
    """A Word document with nothing but what is wanted of a `styles.docx`, and what is wrong with that."""

    package: bytes
    faults: tuple[Fault, ...]


@lru_cache(maxsize=16)
def take_over(data: bytes) -> Taken:
    """The styles, numbering and page setup of a Word document, as a document of their own. Raises NotTaken."""
    try:
        return _Taker(_Source(read_members(data))).taken()
    except (NotAnArchive, NotXml, etree.LxmlError, KeyError) as error:
        raise NotTaken(f"not a usable Word document: {error}") from error


class _Source:
    """The parts of a package that styles are in."""

    def __init__(self, members: Mapping[str, bytes]) -> None:
        self._members = members
        self._main = next(self._targets("", "officeDocument"), "")
        self.document = self._parse(self._main)
        self.styles = self._parse(next(self._targets(self._main, "styles"), ""))
        numbering = next(self._targets(self._main, "numbering"), "")
        self.numbering = self._parse(numbering) if numbering in members else None
        theme = next(self._targets(self._main, "theme"), "")
        self.theme = self._parse(theme) if theme in members else None

    def _targets(self, source: str, kind: str) -> Iterator[str]:
        listed = self._parse(list_of(source)) if list_of(source) in self._members else ()
        return (one.target for _, one in relations(source, listed) if one.kind == kind)

    def _parse(self, name: str) -> Element:
        if name not in self._members:
            raise NotTaken(f"not a usable Word document: {name or 'its main part'} is missing")
        try:
            return parsed_to_edit(self._members[name], with_remarks=False)
        except DeclaresType as error:
            raise NotTaken(f"not a usable Word document: {name} {error}") from error


@dataclass
class _Taker:
    """Copies what is allowed, and notes what is not."""

    source: _Source
    judge: Judge = field(default_factory=Judge)
    #: Ids of numberings that are taken over.
    numbers: set[str] = field(default_factory=set)

    def taken(self) -> Taken:
        page = self._page()
        styles = self._styles()
        numbering = self._numbering()
        parts = {
            "document": _xml(_document(page)),
            "styles": _xml(styles),
            "settings": _xml(_settings()),
        }
        if numbering is not None:
            parts["numbering"] = _xml(numbering)
        return Taken(_package(parts), tuple(self.judge.faults()))

    # -- the page

    def _page(self) -> Element:
        found = self.source.document.findall(f"{W}body/{W}sectPr")
        if not found:
            raise NotTaken("not a usable Word document: it has no page setup")
        made = _made("sectPr")
        for tag, attributes in PAGE.items():
            element = found[-1].find(f"{W}{tag}")
            if element is None:
                raise NotTaken(f"not a usable Word document: its page setup has no {tag}")
            made.append(self._copy(element, attributes, "the page setup"))
        self.judge.page(made)
        return made

    # -- styles

    def _styles(self) -> Element:
        made = _made("styles")
        defaults = self.source.styles.find(f"{W}docDefaults")
        if defaults is not None:
            made.append(self._defaults(defaults))
        made.append(_made("latentStyles", **_LATENT, defQFormat="0", count="376"))
        for style in self.source.styles.findall(f"{W}style")[:_MOST_STYLES]:
            if (copied := self._style(style)) is not None:
                made.append(copied)
        return made

    def _defaults(self, defaults: Element) -> Element:
        made = _made("docDefaults")
        owner = "the settings for all styles"
        for tag, inside in (("rPrDefault", "rPr"), ("pPrDefault", "pPr")):
            found = defaults.find(f"{W}{tag}/{W}{inside}")
            copied = (
                [] if found is None else [self._run(found, owner) if inside == "rPr" else self._paragraph(found, owner)]
            )
            made.append(_made(tag, *copied))
        self.judge.defaults(made)
        return made

    def _style(self, style: Element) -> Element | None:
        kind = style.get(f"{W}type", "paragraph")
        name = _value(style, "name")
        if kind not in ("paragraph", "character", "table") or (kind == "table" and name.lower() not in _TABLES):
            return None
        attributes = {"type": kind, "styleId": style.get(f"{W}styleId", "")}
        attributes |= {key: "1" for key in ("default", "customStyle") if style.get(f"{W}{key}") in ("1", "true", "on")}
        made = _made("style", **attributes)
        names = {one.strip().lower() for one in (name, *_value(style, "aliases").split(","))}
        self.judge.begin(made, name, names)
        for child in style:
            tag = _tag(child)
            if tag in ABOUT:
                made.append(self._copy(child, ABOUT[tag], name))
            elif tag == "rPr":
                made.append(self._run(child, name))
            elif tag == "pPr":
                made.append(self._paragraph(child, name, numbered=bool(names & set(NUMBERED))))
            elif tag == "tblPr":
                made.append(self._table(child, name))
            elif tag in HARMFUL:
                self.judge.harm(name, tag)
        return made

    def _run(self, element: Element, owner: str) -> Element:
        made = _made("rPr")
        for child in element:
            tag = _tag(child)
            if tag == "rFonts":
                made.append(self._fonts(child, owner))
            elif tag in RUN:
                made.append(self._copy(child, RUN[tag], owner))
            elif tag in HARMFUL and child.get(f"{W}val", "1") not in OFF:
                self.judge.harm(owner, tag)
        return made

    def _fonts(self, element: Element, owner: str) -> Element:
        made = _made("rFonts")
        for side, must in (("ascii", True), ("hAnsi", True), ("eastAsia", False), ("cs", False)):
            name = element.get(f"{W}{side}") or ""
            theme = element.get(f"{W}{side}Theme") or element.get(f"{W}{side.lower()}theme") or ""
            if theme:
                name = self._theme_font(theme) or name
            if name.lower() in FACES:
                made.set(f"{W}{side}", FACES[name.lower()])
            elif name and must:
                self.judge.typeface(owner, name)
        return made

    def _theme_font(self, theme: str) -> str:
        if self.source.theme is None:
            return ""
        which = "majorFont" if theme.lower().startswith("major") else "minorFont"
        found = self.source.theme.find(f".//{_DRAWING}{which}/{_DRAWING}latin")
        return "" if found is None else found.get("typeface", "")

    def _paragraph(self, element: Element, owner: str, *, numbered: bool = False) -> Element:
        made = _made("pPr")
        for child in element:
            tag = _tag(child)
            if tag in PARAGRAPH:
                made.append(self._copy(child, PARAGRAPH[tag], owner))
            elif tag in INSIDE:
                made.append(self._inside(child, owner))
            elif tag == "numPr":
                self._numbers_of(child, made, owner, numbered=numbered)
            elif tag in HARMFUL and child.get(f"{W}val", "1") not in OFF:
                self.judge.harm(owner, tag)
        return made

    def _numbers_of(self, element: Element, made: Element, owner: str, *, numbered: bool) -> None:
        number = _value(element, "numId")
        if number in ("", "0"):
            return
        if not numbered:
            self.judge.numbers(owner)
        elif like(r"\d{1,9}")(number):
            self.numbers.add(number)
            made.append(_made("numPr", _made("numId", val=number)))

    def _table(self, element: Element, owner: str) -> Element:
        made = _made("tblPr")
        for child in element:
            tag = _tag(child)
            if tag in TABLE:
                made.append(self._copy(child, TABLE[tag], owner))
            elif tag in INSIDE:
                made.append(self._inside(child, owner))
        return made

    def _inside(self, element: Element, owner: str) -> Element:
        tag = _tag(element)
        kept = [child for child in element if _tag(child) in INSIDE[tag]]
        return _made(tag, *(self._copy(child, INSIDE[tag][_tag(child)], owner) for child in kept))

    # -- numbering

    def _numbering(self) -> Element | None:
        if self.source.numbering is None:
            return None
        made, chosen = _made("numbering"), []
        abstract: list[str] = []
        for number in self.source.numbering.findall(f"{W}num"):
            if number.get(f"{W}numId") in self.numbers and like(r"\d{1,9}")(_value(number, "abstractNumId")):
                abstract.append(_value(number, "abstractNumId"))
                link = _made("abstractNumId", val=abstract[-1])
                chosen.append(_made("num", link, numId=number.get(f"{W}numId", "")))
        for levels in self.source.numbering.findall(f"{W}abstractNum"):
            if levels.get(f"{W}abstractNumId") in abstract:
                made.append(self._levels(levels))
        made.extend(chosen)
        return made

    def _levels(self, levels: Element) -> Element:
        made = _made("abstractNum", _made("multiLevelType", val="multilevel"))
        made.set(f"{W}abstractNumId", levels.get(f"{W}abstractNumId", ""))
        for level in levels.findall(f"{W}lvl")[:9]:
            made.append(self._level(level))
        return made

    def _level(self, level: Element) -> Element:
        owner = "the numbering of lists"
        made = _made("lvl", ilvl=level.get(f"{W}ilvl", "0") if whole(0, 8)(level.get(f"{W}ilvl", "0")) else "0")
        bullet = _value(level, "numFmt") == "bullet"
        text = BULLET if bullet else NUMBER
        attributes: dict[str, Mapping[str, Allowed]] = {
            "start": {"val": whole(0, 9999)},
            "numFmt": {"val": word("bullet") if bullet else NUMBER_FORMATS},
            "pStyle": {"val": like(r"[^\x00-\x1f]{1,253}")},
            "suff": {"val": word("tab", "space", "nothing")},
            "lvlText": {},
            "lvlJc": {"val": word("left", "right", "center", "start", "end")},
        }
        for child in level:
            tag = _tag(child)
            if tag == "lvlText":
                if not text(found := child.get(f"{W}val", "")):
                    self.judge.marker(found)
                made.append(_made("lvlText", val=found))
            elif tag == "numFmt" and not attributes[tag]["val"](child.get(f"{W}val", "")):
                self.judge.marker(child.get(f"{W}val", ""))
            elif tag in attributes:
                made.append(self._copy(child, attributes[tag], owner))
            elif tag == "pPr":
                made.append(self._paragraph(child, owner))
            elif tag == "rPr":
                made.append(self._marker_font(child, owner, bullet=bullet))
        return made

    def _marker_font(self, element: Element, owner: str, *, bullet: bool) -> Element:
        """The settings of a bullet or number; the typefaces of signs are for bullets."""
        signs = element.find(f"{W}rFonts")
        named = "" if signs is None else signs.get(f"{W}ascii") or ""
        is_sign = bullet and named in ("Symbol", "Wingdings", "Courier New", "OpenSymbol")
        if signs is not None and is_sign:
            element.remove(signs)
        made = self._run(element, owner)
        if is_sign:
            made.insert(0, _made("rFonts", ascii=named, hAnsi=named, hint="default"))
        self.judge.marker_look(made)
        return made

    # -- copying

    def _copy(self, element: Element, attributes: Mapping[str, Allowed], owner: str) -> Element:
        """An element with those of its attributes that are allowed; those with other values are told."""
        made = _made(_tag(element))
        for key, allowed in attributes.items():
            value = element.get(f"{W}{key}")
            if value is None:
                continue
            if allowed(value):
                made.set(f"{W}{key}", value)
            elif allowed is not COLOUR and allowed is not SWITCH:
                self.judge.value(owner, _tag(element), key, value)
        return made


def _tag(element: Element) -> str:
    tag = element.tag
    return tag[len(W) :] if isinstance(tag, str) and tag.startswith(W) else ""


def _value(element: Element, tag: str) -> str:
    found = element.find(f"{W}{tag}")
    return "" if found is None else found.get(f"{W}val", "")


def _made(tag: str, /, *children: Element, **attributes: str) -> Element:
    element = etree.Element(f"{W}{tag}", {f"{W}{key}": value for key, value in attributes.items()}, {"w": WORDML})
    element.extend(children)
    return element


def _document(page: Element) -> Element:
    document = etree.Element(f"{W}document", nsmap={"w": WORDML, "r": OFFICE})
    document.append(_made("body", page))
    return document


def _settings() -> Element:
    """Those of a document of Word 2013 and later; none of the file's own, which say who wrote it and with what."""
    uri = "http://schemas.microsoft.com/office/word"
    compatible = (_made("compatSetting", name=name, uri=uri, val=value) for name, value in _COMPATIBLE.items())
    return _made(
        "settings",
        _made("zoom", percent="100"),
        _made("defaultTabStop", val="720"),
        _made("characterSpacingControl", val="doNotCompress"),
        _made("compat", *compatible),
        _made("themeFontLang", val="en-GB"),
        _made("decimalSymbol", val="."),
        _made("listSeparator", val=","),
    )


def _xml(root: Element) -> str:
    return _HEAD + etree.tostring(root, encoding="unicode")


def _package(parts: Mapping[str, str]) -> bytes:
    """A Word document of these parts; its table of fonts and its theme are our own, and say nothing."""
    own = {kind: (files("letters.workspace.looks") / name).read_text("utf-8") for kind, name in _OWN.items()}
    there = {kind: text for kind in _PARTS for text in [{**parts, **own}.get(kind)] if text is not None}
    types = "".join(
        f'<Override PartName="/word/{name}" ContentType="{content}"/>'
        for name, content in (_PARTS[kind] for kind in there)
    )
    texts = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{TYPES}"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": _relations([("officeDocument", "word/document.xml")]),
        "word/_rels/document.xml.rels": _relations([(kind, _PARTS[kind][0]) for kind in there if kind != "document"]),
        **{f"word/{_PARTS[kind][0]}": text for kind, text in there.items()},
    }
    return write_members({name: text.encode() for name, text in texts.items()})


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{RELATIONS}">{lines}</Relationships>'
