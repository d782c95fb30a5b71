"""The characters of a page of a PDF, as they are drawn, with their places and links."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from letters.readback.pdfium.geometry import Box
from letters.readback.pdfium.objects import PageObject
from letters.readback.pdfium.page import Page
from letters.readback.pdfium.text import UNKNOWN, PageText
from letters.review.files.lines import Char, stands_behind
from letters.review.files.pdf_seen import Glyph
from letters.review.files.pdf_sheet import Sheet
from letters.review.files.places import Places

#: The number of marked content that says it is none of the page's words.
ARTIFACT = -2
_INSTEAD = "ActualText"
#: Times the size of the text, and the height of a letter: letters that begin nearer to each other than any two that
#: follow one another.
_SAME, _SAME_HEIGHT = 0.12, 0.22


@dataclass(frozen=True)
class Link:
    """Where a link stands on the sheet, and leads."""

    area: Box
    target: str

    def covers(self, x: float, y: float) -> bool:
        """Whether it is at this place."""
        return self.area.left <= x <= self.area.right and self.area.bottom <= y <= self.area.top


def links_of(page: Page, sheet: Sheet) -> list[Link]:
    """The links of a page that lead out of the file."""
    return [Link(sheet.area(*area), target) for area, target in page.links()]


def glyphs_of(text: PageText, sheet: Sheet, links: Sequence[Link]) -> Iterator[Glyph]:
    """The characters of a page; what PDFium puts between them, spaces and line ends, belongs to what is before it."""
    item: int | None = None
    content, size = -1, 0.0
    hyphen: Glyph | None = None
    places = Places(link.area for link in links)
    for char in text.characters():
        if char.item and char.item != item:
            drawn_by = text.item(char.at)
            item, content, size = char.item, _content(drawn_by), _size(drawn_by)
        box = sheet.area(char.left, char.bottom, char.right, char.top)
        start, base = sheet.place(char.x, char.y)
        href = _target(links, places, box) if links else None
        said = _LIGATURES.get(char.text, char.text)
        glyph = Glyph(Char(said, start, box.right, base, size, href, None, content), box, item)
        # PDFium leaves out the line end behind a hyphen.
        if hyphen and abs(hyphen.char.y - base) > size / 2 and not said.isspace():
            yield hyphen._replace(char=hyphen.char._replace(text="\n"))
        hyphen = glyph if char.divides else None
        yield glyph


def in_their_lines(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """The characters without the line ends that PDFium puts around what is raised or lowered."""
    last: Glyph | None = None
    between: list[Glyph] = []
    for glyph in glyphs:
        if glyph.char.text.isspace():
            between.append(glyph)
            continue
        if last and between and stands_behind(_with_spaces(last.char, between), glyph.char):
            between = [space for space in between if space.char.text != "\n"]
        yield from between
        yield glyph
        last, between = glyph, []
    yield from between


def drawn_once(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """The characters without those drawn twice in nearly one place: so some programs make bold, or a shadow."""
    last: Glyph | None = None
    between: list[Glyph] = []
    for glyph in glyphs:
        if glyph.char.text.isspace():
            between.append(glyph)
            continue
        if not (last and _is_again(last, glyph)):
            yield from between
            yield glyph
            last = glyph
        between = []
    yield from between


def _is_again(one: Glyph, other: Glyph) -> bool:
    """Whether a letter is drawn once more; letters that are set as one sign stand in one place, and are all read."""
    near = min(_SAME * min(one.char.size, other.char.size), _SAME_HEIGHT * min(one.box.height, other.box.height))
    away = max(abs(one.char.left - other.char.left), abs(one.char.y - other.char.y))
    return one.char.text == other.char.text and 0 < away < near


def _with_spaces(char: Char, spaces: Iterable[Glyph]) -> Char:
    """A character as wide as it is with the spaces behind it."""
    return char._replace(right=max(char.right, *(space.char.right for space in spaces)))


def _target(links: Sequence[Link], places: Places, box: Box) -> str | None:
    x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    near = (links[number] for number in places.near(Box(x, y, x, y)))
    return next((link.target for link in near if link.covers(x, y)), None)


#: Letters that are joined as they are set.
_LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}


def _content(item: PageObject) -> int:
    """The number of the marked content that an object is in; -1 if in none."""
    return ARTIFACT if any(mark.name == "Artifact" for mark in item.marks()) else item.content


def _size(item: PageObject) -> float:
    """How large the text of an object is set on the page, in points."""
    matrix = item.matrix
    return abs(item.size * (matrix.d or matrix.b))


# -- text that a file gives in place of what is drawn


@dataclass(frozen=True)
class Instead:
    """A text that the file gives in place of what some text objects draw, by their addresses."""

    said: str
    items: tuple[int, ...]


def taken_instead(texts: Mapping[int, PageObject]) -> list[Instead]:
    """The texts that marks of a page give in place of what is drawn; the marks lose them, so that what is drawn is
    read."""
    found: dict[tuple[int, str], list[int]] = {}
    for place, item in texts.items():
        for mark in item.marks():
            if (said := mark.text(_INSTEAD)) is not None:
                found.setdefault((mark.address, said), []).append(place)
    for place in {place for places in found.values() for place in places}:
        texts[place].take_from_marks(_INSTEAD)
    return [Instead(said, tuple(places)) for (_, said), places in found.items()]


def with_instead(glyphs: Sequence[Glyph], given: Sequence[Instead]) -> tuple[list[Glyph], list[tuple[str, str]]]:
    """The characters with the text that is given where the file does not say what is drawn; and elsewhere, what is
    drawn and what is given for it, where these differ."""
    drawn: dict[int | None, str] = {}
    for glyph in glyphs:
        drawn[glyph.item] = drawn.get(glyph.item, "") + glyph.char.text
    replaced: dict[int, str] = {}
    differs = []
    for instead in given:
        said = "".join(drawn.get(item, "") for item in instead.items)
        if not _is_known(said):
            replaced.update(dict.fromkeys(instead.items, ""))
            replaced[instead.items[0]] = instead.said
        elif letters_of(said) != letters_of(instead.said):
            differs.append((" ".join(said.split()), instead.said))
    return list(_replaced(glyphs, replaced)), differs


def _replaced(glyphs: Sequence[Glyph], texts: Mapping[int, str]) -> Iterator[Glyph]:
    told: set[int] = set()
    for glyph in glyphs:
        if glyph.item is None or glyph.item not in texts:
            yield glyph
        elif glyph.item not in told:
            told.add(glyph.item)
            yield from (glyph._replace(char=glyph.char._replace(text=char)) for char in texts[glyph.item])


def _is_known(text: str) -> bool:
    """Whether the file says of all of a text which characters it is made of."""
    return bool(text.strip()) and not any(char == UNKNOWN or unicodedata.category(char) in _NO_TEXT for char in text)


#: Characters of private use, and those that are none.
_NO_TEXT = ("Co", "Cn")


def letters_of(text: str) -> str:
    """What of a text is the same however it is set."""
    written = unicodedata.normalize("NFKC", text)
    return "".join(char for char in written if not char.isspace() and char not in "-\u00ad\u2010\u2011\u200b")


# -- what else marks say


def said_by_marks(items: Sequence[PageObject]) -> Iterator[tuple[str, str]]:
    """What the marks of a page say of what is drawn, besides its text: kind and text, each once a mark."""
    told: set[int] = set()
    for mark in (mark for item in items for mark in item.marks() if mark.address not in told):
        told.add(mark.address)
        yield from ((key, said) for key in ("Alt", "E") if (said := mark.text(key)))
