"""A letterhead's `styles.docx`: which styles it has, and an empty document to set a letter in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from io import BytesIO
from typing import cast

from docx import Document as open_document
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.exceptions import OpcError
from docx.oxml.ns import nsmap, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml.etree import LxmlError

from letters.letter import CannotRender
from letters.workspace.looks.word import NotTaken, take_over

PARAGRAPH, CHARACTER, TABLE = "paragraph", "character", "table"

# Not "Sender": LibreOffice has a style of that name and saves it as "Envelope Return".
#: Every style that letters are set in, as Word's gallery calls it, and its kind.
STANDARD_STYLES = {
    **dict.fromkeys(
        (
            *("Normal", "Body Text", "Heading 1", "Heading 2", "Heading 3", "Quote"),
            *("List Bullet", "List Number", "List Continue", "Table Heading", "Table Text"),
            *("Masthead", "Sender Details", "Sender Name", "Sender Office", "Inside Address", "Copied To"),
            *("Date", "Salutation", "Closing", "Signature", "Signatory Office", "Stage Mark", "Header", "Footer"),
        ),
        PARAGRAPH,
    ),
    "Hyperlink": CHARACTER,
    "Table Grid": TABLE,
}
#: Styles of no use without numbering of their own.
NUMBERED_STYLES = ("List Bullet", "List Number")


class MissingStyle(CannotRender):
    """A letter needs a style that `styles.docx` lacks: its `name`, and what it is `needed_for`."""

    def __init__(self, name: str, needed_for: str) -> None:
        super().__init__(name, needed_for)
        self.name = name
        self.needed_for = needed_for

    def __str__(self) -> str:
        return f"styles.docx has no style {self.name!r}, needed for {self.needed_for}"


class UnusableStyles(CannotRender):
    """`styles.docx` is not a Word document that can be read."""


class Styles:
    """The styles of one document by name, whatever their ids are, and its numbering."""

    def __init__(self, document: Document) -> None:
        self._styles: dict[tuple[str, str], BaseOxmlElement] = {}
        self._numberings = _numberings(document)
        self._document = document
        for style in _all(document.styles.element, "w:style"):
            for name in _names(style):
                self._styles.setdefault((style.get(qn("w:type"), PARAGRAPH), name.lower()), style)

    def has(self, name: str) -> bool:
        """Whether there is such a style, with numbering where it should have some."""
        kind = STANDARD_STYLES.get(name, PARAGRAPH)
        found = (kind, name.lower()) in self._styles
        return found and (name not in NUMBERED_STYLES or self._number(name) is not None)

    def id(self, name: str, needed_for: str) -> str:
        """The id of the style of this name. Raises MissingStyle."""
        return cast(str, self._style(name, needed_for).get(qn("w:styleId")))

    def number(self, name: str, needed_for: str) -> int:
        """The id of the numbering of this style. Raises MissingStyle."""
        number = self._number(name)
        if number is None:
            raise MissingStyle(name, needed_for)
        return number

    def space(self, side: str, name: str, needed_for: str) -> int:
        """The space `before` or `after` such paragraphs, in twentieths of a point; 0 if the style itself says none."""
        spacing = _first(self._style(name, needed_for), "w:pPr/w:spacing")
        return int(spacing.get(qn(f"w:{side}"), "0")) if spacing is not None else 0

    def usual_indent(self, name: str) -> tuple[int, int, int]:
        """How far such paragraphs are indented left and right and their first line hangs out, without a word about it.

        In twentieths of a point. Raises MissingStyle.
        """
        style = self._style(name, f"a paragraph in the style {name!r}")
        number = self._number(name) if name in NUMBERED_STYLES else None
        places = [style, *(self._levels(number) if number is not None else ())]
        said = [indent for place in places if (indent := _first(place, "w:pPr/w:ind")) is not None]
        left, right, hanging = (
            next((int(value) for indent in said for one in side if (value := indent.get(qn(f"w:{one}")))), 0)
            for side in (("left", "start"), ("right", "end"), ("hanging",))
        )
        return left, right, hanging

    def _levels(self, number: int) -> list[BaseOxmlElement]:
        """The uppermost level of a numbering, if it says how it looks."""
        abstract = f"//w:num[@w:numId='{number}']/w:abstractNumId/@w:val"
        path = f"w:abstractNum[@w:abstractNumId={abstract}]/w:lvl[@w:ilvl='0']"
        return _all(self._document.part.numbering_part.element, path)

    def _style(self, name: str, needed_for: str) -> BaseOxmlElement:
        style = self._styles.get((STANDARD_STYLES.get(name, PARAGRAPH), name.lower()))
        if style is None:
            raise MissingStyle(name, needed_for)
        return style

    def _number(self, name: str) -> int | None:
        style = self._styles.get((PARAGRAPH, name.lower()))
        number = _first(style, "w:pPr/w:numPr/w:numId") if style is not None else None
        found = int(number.get(qn("w:val"), "0")) if number is not None else None
        return found if found in self._numberings else None


def missing_styles(styles: bytes, more: Iterable[str] = ()) -> tuple[str, ...]:
    """Every standard style, and of `more`, that `styles`, the bytes of a styles.docx, lacks. Raises UnusableStyles."""
    present = Styles(empty_document(styles))
    return tuple(name for name in dict.fromkeys((*STANDARD_STYLES, *more)) if not present.has(name))


def empty_document(styles: bytes) -> Document:
    """A new document with the styles, numbering and page setup of `styles` and nothing else. Raises UnusableStyles."""
    return open_document(BytesIO(_emptied(styles)))


@lru_cache(maxsize=16)
def _emptied(styles: bytes) -> bytes:
    try:
        package = take_over(styles).package
        open_document(BytesIO(package))
    except (NotTaken, OpcError, LxmlError, ValueError, KeyError, AttributeError) as error:
        raise UnusableStyles(str(error)) from error
    return package


def set_language(document: Document, language: str) -> None:
    """Make `language` (BCP 47) that of all text which does not say otherwise."""
    styles = document.styles.element
    for path in ("w:docDefaults/w:rPrDefault/w:rPr/w:lang", "w:style[@w:default='1']/w:rPr/w:lang"):
        for lang in _all(styles, path):
            lang.set(qn("w:val"), language)
    for lang in _all(document.settings.element, "w:themeFontLang"):
        lang.set(qn("w:val"), language)


def _numberings(document: Document) -> set[int]:
    if not any(relation.reltype == RT.NUMBERING for relation in document.part.rels.values()):
        return set()
    return {int(number.get(qn("w:numId"), "0")) for number in _all(document.part.numbering_part.element, "w:num")}


def _names(style: BaseOxmlElement) -> Iterator[str]:
    for tag in ("w:name", "w:aliases"):
        found = _first(style, tag)
        if found is not None:
            yield from (name.strip() for name in found.get(qn("w:val"), "").split(","))


def _all(element: BaseOxmlElement, path: str) -> list[BaseOxmlElement]:
    return cast("list[BaseOxmlElement]", element.xpath(path))


def _first(element: BaseOxmlElement, path: str) -> BaseOxmlElement | None:
    return cast("BaseOxmlElement | None", element.find(path, nsmap))
