"""Styles and numbering of several Word documents brought into one, so that each paragraph keeps its look."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from itertools import count

from letters.machine.xml import parsed_to_edit
from letters.review.redlines.xml import Element, canonical, element, local, place, w

#: What is said of a style beside its look.
_NO_LOOK = (
    *("name", "aliases", "basedOn", "next", "link", "autoRedefine", "hidden", "uiPriority", "semiHidden"),
    *("unhideWhenUsed", "qFormat", "locked", "personal", "personalCompose", "personalReply", "rsid"),
)
#: The order in which the schema has what is said of a paragraph, and of a run.
_ORDER = {
    "pPr": (
        *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr"),
        *("suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct"),
        *("topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind"),
        *("contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment"),
        *("textboxTightWrap", "outlineLvl", "divId", "cnfStyle"),
    ),
    "rPr": (
        *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow"),
        *("emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern"),
        *("position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs"),
        *("em", "lang", "eastAsianLayout", "specVanish", "oMath"),
    ),
}

STYLES, NUMBERING = "word/styles.xml", "word/numbering.xml"


class Sheet:
    """The styles and the numbering of one document."""

    def __init__(self, styles: bytes, numbering: bytes | None) -> None:
        self.styles = parsed_to_edit(styles)
        self.numbering = parsed_to_edit(numbering) if numbering else element("numbering")

    def style(self, name: str) -> Element | None:
        """The style of this id."""
        return next((one for one in self.styles.iterfind(w("style")) if one.get(w("styleId")) == name), None)

    def number(self, name: str) -> Element | None:
        """The numbering of this id."""
        return next((one for one in self.numbering.iterfind(w("num")) if one.get(w("numId")) == name), None)

    def abstract(self, number: Element) -> Element | None:
        """What a numbering is made after."""
        name = _value(number, "abstractNumId")
        found = self.numbering.iterfind(w("abstractNum"))
        return next((one for one in found if one.get(w("abstractNumId")) == name), None)

    def bake_defaults(self) -> None:
        """Say in each style that is based on no other what the defaults of the document say for it."""
        for style in self.styles.iterfind(w("style")):
            if style.get(w("type")) == "paragraph" and style.find(w("basedOn")) is None:
                for kind in ("pPr", "rPr"):
                    defaults = self.styles.find(f"{w('docDefaults')}/{w(kind + 'Default')}/{w(kind)}")
                    if defaults is not None:
                        _fill(_child(style, kind), defaults)


def _fill(look: Element, defaults: Element) -> None:
    """Add to a look what it does not say and the defaults do, each at its place."""
    order = _ORDER[local(look)]
    for default in defaults:
        found = look.find(default.tag)
        if found is None:
            place(look, deepcopy(default), order[: order.index(local(default))])
        else:
            for name, value in default.items():
                found.set(name, found.get(name, value))


def _child(style: Element, kind: str) -> Element:
    found = style.find(w(kind))
    if found is None:
        found = element(kind)
        place(style, found, (*_NO_LOOK, *(["pPr"] if kind == "rPr" else [])))
    return found


def _value(parent: Element, name: str) -> str:
    found = parent.find(w(name))
    return "" if found is None else found.get(w("val"), "")


class House:
    """The styles and the numbering of the document that is being made: those of the first, and more brought to them.

    A style is known by its name. One that looks different in another document comes under a name of its own.
    """

    def __init__(self, first: Sheet) -> None:
        self.sheet = first
        self._defaults = canonical(first.styles.find(w("docDefaults")))
        self._known: dict[tuple[str, str, bytes], str] = {}
        self._abstracts: dict[bytes, str] = {}
        self._shared: dict[bytes, str] = {}
        for number in first.numbering.findall(w("num")):
            if number.find(w("lvlOverride")) is not None and not _of_a_style(first, number):
                first.numbering.remove(number)  # a list of the one letter; its own are brought like any other's
        self._guest = Guest(first, self, "")
        for style in first.styles.iterfind(w("style")):
            self._known.setdefault(self._guest.key(style), style.get(w("styleId"), ""))
        for number in first.numbering.iterfind(w("num")):
            self._guest.know(number)

    def guest(self, sheet: Sheet, label: str) -> Guest:
        """Another document, whose ids are to become those of this one. `label`: what tells its styles from ours."""
        if canonical(sheet.styles.find(w("docDefaults"))) != self._defaults:
            sheet.bake_defaults()
        return Guest(sheet, self, label)

    def counts_like(self) -> dict[str, bytes]:
        """How each number counts: the same bytes for numbers that count alike."""
        return {number.get(w("numId"), ""): _definition(number) for number in self.sheet.numbering.iterfind(w("num"))}

    def drop_numbers(self, used: set[str]) -> None:
        """Leave out the numbers of lists that no paragraph has."""
        for number in self.sheet.numbering.findall(w("num")):
            if number.get(w("numId")) not in used and not _of_a_style(self.sheet, number):
                self.sheet.numbering.remove(number)

    def add_style(self, style: Element) -> str:
        """Add a style under a free id and name; gives the id."""
        ids = {one.get(w("styleId"), "").lower() for one in self.sheet.styles.iterfind(w("style"))}
        names = {_value(one, "name").lower() for one in self.sheet.styles.iterfind(w("style"))}
        style.set(w("styleId"), _free(style.get(w("styleId"), "Style"), ids, ""))
        name = style.find(w("name"))
        if name is not None:
            name.set(w("val"), _free(name.get(w("val"), ""), names, " "))
        self.sheet.styles.append(style)
        return style.get(w("styleId"), "")


def _of_a_style(sheet: Sheet, number: Element) -> bool:
    path = f"{w('style')}/{w('pPr')}/{w('numPr')}/{w('numId')}"
    return any(one.get(w("val")) == number.get(w("numId")) for one in sheet.styles.iterfind(path))


def _free(wanted: str, taken: Iterable[str], before: str) -> str:
    names = (wanted if number == 1 else f"{wanted}{before}{number}" for number in count(1))
    return next(name for name in names if name.lower() not in taken)


def _definition(number: Element) -> bytes:
    copy = deepcopy(number)
    copy.set(w("numId"), "")
    return canonical(copy)


class Guest:
    """One document whose styles and numbers are brought into the house."""

    def __init__(self, sheet: Sheet, house: House, label: str) -> None:
        self._sheet = sheet
        self._house = house
        self._label = label
        self._styles: dict[str, str] = {}
        self._lists: dict[str, str] = {}

    def style(self, name: str) -> str:
        """The id in the house of the style of this id, which is brought if it is not there."""
        if name not in self._styles:
            style = self._sheet.style(name)
            if style is None:
                return name
            key = self.key(style)
            if key not in self._house._known:
                self._bring(style, key)
            self._styles[name] = self._house._known[key]
        return self._styles[name]

    def key(self, style: Element) -> tuple[str, str, bytes]:
        """A style by kind, name and look, what it is based on included."""
        return style.get(w("type"), ""), _value(style, "name").lower(), self._look(style)

    def _look(self, style: Element, depth: int = 0) -> bytes:
        copy = deepcopy(style)
        for child in [child for child in copy if local(child) in _NO_LOOK or not (len(child) or child.attrib)]:
            copy.remove(child)
        copy.attrib.clear()
        parent = self._sheet.style(_value(style, "basedOn"))
        numbers = [self._sheet.number(one.get(w("val"), "")) for one in copy.iter(w("numId"))]
        for one in copy.iter(w("numId")):
            one.attrib.clear()
        counted = b"".join(self._counts(number, {}) for number in numbers if number is not None)
        # A chain of styles that comes back on itself ends here too.
        based = b"" if parent is None or depth > 20 else self._look(parent, depth + 1)
        return canonical(copy) + counted + based

    def _counts(self, number: Element, styles: dict[str, str]) -> bytes:
        """How a numbering counts. `styles`: what the styles it is linked to are called; none to leave them out."""
        abstract = deepcopy(self._sheet.abstract(number))
        if abstract is not None:
            abstract.attrib.clear()
            for name in ("nsid", "tmpl", "name"):
                for child in abstract.findall(w(name)):
                    abstract.remove(child)
            for link in abstract.iter(w("pStyle")):
                link.set(w("val"), styles.get(link.get(w("val"), ""), ""))
        overrides = b"".join(canonical(one) for one in number.iterfind(w("lvlOverride")))
        return canonical(abstract) + overrides

    def _bring(self, style: Element, key: tuple[str, str, bytes]) -> None:
        copy = deepcopy(style)
        copy.attrib.pop(w("default"), "")
        names = {_value(one, "name").lower() for one in self._house.sheet.styles.iterfind(w("style"))}
        name = copy.find(w("name"))
        if name is not None and key[1] in names:
            name.set(w("val"), f"{name.get(w('val'))} ({self._label})")
            copy.set(w("customStyle"), "1")
        for tag in ("link", "aliases"):
            for child in copy.findall(w(tag)):
                copy.remove(child)
        self._house._known[key] = self._house.add_style(copy)
        for tag in ("basedOn", "next"):
            for child in copy.findall(w(tag)):
                child.set(w("val"), self.style(child.get(w("val"), "")))
        for number in copy.iter(w("numId")):
            number.set(w("val"), self.number(number.get(w("val"), "")))

    def number(self, name: str) -> str:
        """The id in the house of a numbering: the same for the same, but each list that begins anew has its own."""
        if name not in self._lists:
            number = self._sheet.number(name)
            if number is None:
                return name
            key = self._counts(number, self._links(number))
            shared = number.find(w("lvlOverride")) is None
            found = self._house._shared.get(key) if shared else None
            self._lists[name] = found or self._add_number(number)
            if shared:
                self._house._shared[key] = self._lists[name]
        return self._lists[name]

    def _links(self, number: Element) -> dict[str, str]:
        abstract = self._sheet.abstract(number)
        linked = [one.get(w("val"), "") for one in abstract.iter(w("pStyle"))] if abstract is not None else []
        return {name: self.style(name) for name in linked}

    def _add_number(self, number: Element) -> str:
        root = self._house.sheet.numbering
        copy = deepcopy(number)
        taken = {one.get(w("numId"), "") for one in root.iterfind(w("num"))}
        copy.set(w("numId"), next(str(n) for n in count(1) if str(n) not in taken))
        found = copy.find(w("abstractNumId"))
        if found is not None:
            found.set(w("val"), self._abstract(number))
        place(root, copy, ("numPicBullet", "abstractNum", "num"))
        return copy.get(w("numId"), "")

    def _abstract(self, number: Element) -> str:
        """The id in the house of what a numbering is made after."""
        links = self._links(number)
        plain = deepcopy(number)
        for override in plain.findall(w("lvlOverride")):
            plain.remove(override)
        key = self._counts(plain, links)
        if key not in self._house._abstracts:
            root = self._house.sheet.numbering
            copy = deepcopy(self._sheet.abstract(number))
            if copy is None:
                return _value(number, "abstractNumId")
            taken = {one.get(w("abstractNumId"), "") for one in root.iterfind(w("abstractNum"))}
            copy.set(w("abstractNumId"), next(str(n) for n in count(1) if str(n) not in taken))
            for name in ("nsid", "tmpl"):
                for child in copy.findall(w(name)):
                    copy.remove(child)
            for link in copy.iter(w("pStyle")):
                link.set(w("val"), links.get(link.get(w("val"), ""), ""))
            place(root, copy, ("numPicBullet", "abstractNum"))
            self._house._abstracts[key] = copy.get(w("abstractNumId"), "")
        return self._house._abstracts[key]

    def know(self, number: Element) -> None:
        """Note a numbering that is in the house already."""
        links = self._links(number)
        if number.find(w("lvlOverride")) is None:
            self._house._shared.setdefault(self._counts(number, links), number.get(w("numId"), ""))
        plain = deepcopy(number)
        for override in plain.findall(w("lvlOverride")):
            plain.remove(override)
        self._house._abstracts.setdefault(self._counts(plain, links), _value(number, "abstractNumId"))
