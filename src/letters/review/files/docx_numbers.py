"""The numbers and bullets that Word counts, as it prints them before a paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from letters.readback.docx import Package, W, style_of, targets
from letters.review.compare.content import BULLET
from letters.review.files.docx_signs import sign
from letters.review.files.docx_styles import Styles, is_on, look_of, value_of

_LEVELS = 9
#: Numbers above this are written in digits, whatever the list asks for.
_LARGEST = 3999
#: Lists that refer to the list of a style, and that to another, further than this go round in a circle.
_LONGEST_CHAIN = 5


@dataclass(frozen=True)
class Label:
    """What stands before a paragraph of a list: its level from 0, whether it is a bullet, and the sign or number."""

    level: int
    bullet: bool
    text: str


@dataclass
class _List:
    """A `w:num`: the list that it counts in, its levels, and those that it begins anew once."""

    counted: str
    levels: dict[int, Element]
    starts: dict[int, int] = field(default_factory=dict)


class Numbers:
    """The lists of a document, and how far each has counted."""

    def __init__(self, package: Package, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, Element] = {}
        self._of_style: dict[str, str] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for name in targets(package, package.main, "numbering").values():
            self._read(package.parse(name))

    def _read(self, root: Element) -> None:
        for abstract in root.findall(f"{W}abstractNum"):
            name = abstract.get(f"{W}abstractNumId", "")
            self._abstract[name] = abstract
            if style := value_of(abstract.find(f"{W}styleLink")):
                self._of_style[style] = name
        for number in root.findall(f"{W}num"):
            name = self._followed(value_of(number.find(f"{W}abstractNumId")))
            self._lists[number.get(f"{W}numId", "")] = self._list(name, number)

    def _followed(self, name: str) -> str:
        """The list that holds the levels, where one refers to that of a style."""
        for _ in range(_LONGEST_CHAIN):
            abstract = self._abstract.get(name)
            style = "" if abstract is None else value_of(abstract.find(f"{W}numStyleLink"))
            if not style or style not in self._of_style:
                break
            name = self._of_style[style]
        return name

    def _list(self, name: str, number: Element) -> _List:
        abstract = self._abstract.get(name)
        levels = {} if abstract is None else dict(_by_level(abstract, "lvl"))
        found = _List(name, levels)
        for at, override in _by_level(number, "lvlOverride"):
            if (own := override.find(f"{W}lvl")) is not None:
                found.levels[at] = own
                found.starts[at] = _number(value_of(own.find(f"{W}start")), 0)
            if (start := override.find(f"{W}startOverride")) is not None:
                found.starts[at] = _number(value_of(start), 1)
        return found

    def place(self, paragraph: Element) -> tuple[str, int] | None:
        """The list that a paragraph is in, and its level; None if in none."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        style = style_of(paragraph)
        number, level = _said(own)
        for element in self._styles.chain(style):
            theirs, at = _said(element.find(f"{W}pPr/{W}numPr"))
            if theirs and not number:
                number = theirs
                if not level:
                    level = self._level_of(theirs, element.get(f"{W}styleId", "")) or at
        if not number or number not in self._lists:
            return None
        return number, min(_number(level, 0), _LEVELS - 1)

    def _level_of(self, number: str, style: str) -> str:
        """The level of a list that is that of a style."""
        found = self._lists.get(number)
        levels = found.levels.items() if found else ()
        return next((str(at) for at, level in levels if value_of(level.find(f"{W}pStyle")) == style), "")

    def next_label(self, paragraph: Element) -> Label | None:
        """Count a paragraph, and give what is printed before it; None if it is in no list."""
        place = self.place(paragraph)
        if place is None:
            return None
        number, at = place
        found = self._lists[number]
        level = found.levels.get(at)
        if level is None:
            return None
        counts = self._counts.setdefault(found.counted, {})
        self._count(found, counts, at)
        if (form := _form(level)) == "bullet":
            return Label(at, bullet=True, text=_bullet(level))
        shown = "" if is_on(level.find(f"{W}rPr/{W}vanish")) else _printed(found, counts, at)
        return None if form == "none" and not shown else Label(at, bullet=False, text=shown)

    def _count(self, found: _List, counts: dict[int, int], at: int) -> None:
        if at in found.starts:
            counts[at] = found.starts.pop(at)
        else:
            counts[at] = counts[at] + 1 if at in counts else _start(found.levels.get(at))
        for outer in range(at):
            if outer not in counts:
                counts[outer] = found.starts.pop(outer, _start(found.levels.get(outer)))
        for inner in [inner for inner in counts if inner > at]:
            # A level goes on counting where it says that only one further out than this begins it anew.
            restart = None if inner not in found.levels else found.levels[inner].find(f"{W}lvlRestart")
            if restart is None or at < _number(value_of(restart), _LEVELS):
                del counts[inner]


def _by_level(element: Element, tag: str) -> Iterator[tuple[int, Element]]:
    for child in element.findall(f"{W}{tag}"):
        yield _number(child.get(f"{W}ilvl", "0"), 0), child


def _said(properties: Element | None) -> tuple[str, str]:
    if properties is None:
        return "", ""
    return value_of(properties.find(f"{W}numId")), value_of(properties.find(f"{W}ilvl"))


def _number(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"\d{1,9}", text) else otherwise


def _start(level: Element | None) -> int:
    return 0 if level is None else _number(value_of(level.find(f"{W}start")), 0)


def _form(level: Element) -> str:
    return value_of(level.find(f"{W}numFmt")) or "decimal"


def _bullet(level: Element) -> str:
    if level.find(f"{W}lvlPicBulletId") is not None:
        return "(picture)"
    font = look_of(level.find(f"{W}rPr")).font
    text = "".join(sign(ord(ch), font)[0] for ch in value_of(level.find(f"{W}lvlText")))
    return BULLET if text in _ROUND else text


_ROUND = {"·", "●", "∙", "⚫", "\uf0b7"}


def _printed(found: _List, counts: dict[int, int], at: int) -> str:
    """The text of a level with the numbers of the levels that it names."""
    level = found.levels[at]
    legal = is_on(level.find(f"{W}isLgl"))

    def count(match: re.Match[str]) -> str:
        inner = int(match[1]) - 1
        if inner > at:
            return ""
        named = found.levels.get(inner)
        form = "decimal" if named is None or (legal and inner != at) else _form(named)
        return in_form(counts.get(inner, _start(named)), form)

    return re.sub(r"%([1-9])", count, value_of(level.find(f"{W}lvlText"))).strip()


# -- numbers as they are written


def in_form(number: int, form: str) -> str:
    """A number as a list of Word writes it; in digits where the form is not known."""
    if number < 1 or number > _LARGEST:
        return "" if form == "none" else str(number)
    return _FORMS.get(form, str)(number)


_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)
_ONES = (
    "One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen Sixteen Seventeen "
    "Eighteen Nineteen"
).split()
_FIRST = (
    "First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh Twelfth Thirteenth Fourteenth "
    "Fifteenth Sixteenth Seventeenth Eighteenth Nineteenth"
).split()


def _roman(number: int) -> str:
    said = ""
    for value, letters in _ROMAN:
        said += letters * (number // value)
        number %= value
    return said


def _letters(number: int) -> str:
    """a to z, and then aa to zz: the same letter as often as the alphabet was gone through."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _ordinal(number: int) -> str:
    last = 0 if number % 100 in (11, 12, 13) else number % 10
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"


def _in_words(names: list[str]) -> Callable[[int], str]:
    return lambda number: names[number - 1] if number <= len(names) else str(number)


_FORMS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "decimalZero": lambda number: f"{number:02}",
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "ordinal": _ordinal,
    "cardinalText": _in_words(_ONES),
    "ordinalText": _in_words(_FIRST),
    "hex": lambda number: f"{number:X}",
    "numberInDash": lambda number: f"- {number} -",
    "decimalEnclosedCircle": lambda number: chr(ord("①") + number - 1) if number <= 20 else str(number),
}
