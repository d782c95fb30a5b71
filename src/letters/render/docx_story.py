"""Blocks of a letter as paragraphs and tables of Word, for one story: the text, a header or a footer."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import count
from pathlib import PurePosixPath
from typing import cast

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.shape import CT_Inline
from docx.oxml.text.paragraph import CT_P
from docx.oxml.text.parfmt import CT_PPr
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.document import DocumentPart
from docx.parts.story import StoryPart
from docx.shared import Length, Mm, Pt

from letters.letter import Block, CannotRender, Heading, ItemList, Paragraph, Picture, Quote, Run, Table
from letters.render.breaks import leads_in
from letters.render.docx_template import Styles

TEXT_WIDTH = Mm(160)
#: The space for a pen is 20 mm high; what is below the base line of a picture in it needs some of that.
SIGNATURE_HEIGHT = Mm(18)
AFTER_TABLE = Pt(9)


class UnusablePicture(CannotRender):
    """A picture is not among those of the house style, or is none that Word can show."""


@dataclass(frozen=True)
class Look:
    """How a paragraph is set: its style by name, and what differs from that style.

    `list`: numbering and level. `before`, `after`: space above and below; `line`: least height of a line; `left`:
    indent; all in twentieths of a point.
    """

    style: str
    keep_next: bool = False
    list: tuple[int, int] | None = None
    before: int | None = None
    after: int | None = None
    line: int | None = None
    left: int | None = None


@dataclass
class House:
    """What all stories of one document share."""

    styles: Styles
    document: DocumentPart
    pictures: Mapping[str, bytes]
    picture_ids: Iterator[int] = field(default_factory=lambda: count(1))


class Story:
    """The text, a header or a footer, while it is being written."""

    def __init__(self, part: StoryPart, house: House) -> None:
        self.elements: list[BaseOxmlElement] = []
        self._part = part
        self._house = house

    def blocks(self, blocks: Sequence[Block], look: Look, *, depth: int = 0) -> None:
        """Blocks of the body, plain paragraphs as `look` says; `depth`: how many lists and quotes they are in."""
        for previous, block, following in zip((None, *blocks), blocks, (*blocks[1:], None), strict=False):
            start = len(self.elements)
            self._block(block, replace(look, keep_next=leads_in(block, following)), depth)
            if isinstance(previous, Table) and start < len(self.elements):
                self._set_apart_from_table(start)

    def _set_apart_from_table(self, start: int) -> None:
        """What begins at `start` follows a table, whether it is a paragraph or, maybe in a quote or list, a table."""
        if self.elements[start].tag == qn("w:tbl"):  # Word makes one table of two that touch
            self.elements.insert(start, self._set((), Look("Table Text")))
        else:
            properties_of(self.elements[start]).spacing_before = AFTER_TABLE

    def _block(self, block: Block, look: Look, depth: int) -> None:
        match block:
            case Paragraph(runs):
                self.paragraph(runs, look)
            case Heading(level, runs):
                self.paragraph(runs, Look(f"Heading {level}"))
            case Quote(blocks):
                self.blocks(blocks, replace(look, style="Quote", keep_next=False, list=None), depth=depth + 1)
            case ItemList():
                self._list(block, depth)
            case Table():
                self._table(block)
            case Picture():
                self.picture(block, look)

    def _list(self, block: ItemList, depth: int) -> None:
        style = "List Number" if block.ordered else "List Bullet"
        number = self._house.styles.number(style, "a list, with numbering of its own")
        if block.ordered:
            number = self._restarted(number, depth, block.start)
        for item in block.items:
            # Only the first block of an item has the bullet or number; what follows is set in line with it.
            first, rest = item[:1], item[1:]
            self.blocks(first, Look(style, list=(number, depth)), depth=depth + 1)
            self.blocks(rest, Look("List Continue", left=self._indent(number, depth)), depth=depth + 1)

    def _restarted(self, number: int, level: int, start: int) -> int:
        numbering = self._house.document.numbering_part.element
        abstract = numbering.num_having_numId(number).abstractNumId.val
        again = numbering.add_num(abstract)
        again.add_lvlOverride(ilvl=level).add_startOverride(start)
        return int(again.numId)

    def _indent(self, number: int, level: int) -> int | None:
        path = (
            f"w:abstractNum[@w:abstractNumId=//w:num[@w:numId='{number}']/w:abstractNumId/@w:val]"
            f"/w:lvl[@w:ilvl='{level}']/w:pPr/w:ind/@w:left"
        )
        found = self._house.document.numbering_part.element.xpath(path)
        return int(found[0]) if found and level else None

    def _table(self, table: Table) -> None:
        style = element("w:tblStyle", val=self._house.styles.id("Table Grid", "a table"))
        width = element("w:tblW", w="5000", type="pct")
        look = element("w:tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0")
        columns = len(table.header)
        grid = element("w:tblGrid", *(element("w:gridCol", w=str(TEXT_WIDTH.twips // columns)) for _ in range(columns)))
        rows = [self._row(table.header, Look("Table Heading", keep_next=True), header=True)]
        rows += [self._row(row, Look("Table Text"), header=False) for row in table.rows]
        self.elements.append(element("w:tbl", element("w:tblPr", style, width, look), grid, *rows))

    def _row(self, cells: Sequence[tuple[Run, ...]], look: Look, *, header: bool) -> BaseOxmlElement:
        marks = [element("w:cantSplit"), *([element("w:tblHeader")] if header else [])]
        width = str(5000 // len(cells))
        set_cells = (
            element("w:tc", element("w:tcPr", element("w:tcW", w=width, type="pct")), self._set(runs, look))
            for runs in cells
        )
        return element("w:tr", element("w:trPr", *marks), *set_cells)

    def paragraph(self, runs: Sequence[Run], look: Look) -> None:
        """A paragraph of its own."""
        self.elements.append(self._set(runs, look))

    def picture(self, picture: Picture, look: Look, highest: Length | None = None) -> None:
        """A paragraph of its own for a picture, at its own size or as much smaller as it must be."""
        data = self._house.pictures.get(raster(picture.path))
        if data is None:
            raise UnusablePicture(f"there is no picture {raster(picture.path)!r}")
        relation, image = self._image(raster(picture.path), data)
        scale = min(1.0, TEXT_WIDTH / image.width, (highest or image.height) / image.height)
        width, height = (Length(round(side * scale)) for side in (image.width, image.height))
        name = PurePosixPath(picture.path).name
        inline = CT_Inline.new_pic_inline(next(self._house.picture_ids), relation, name, width, height)
        cast(BaseOxmlElement, inline.docPr).set("descr", picture.alt)
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")  # LibreOffice takes 3 mm where nothing is said
        drawing = element("w:r", element("w:drawing", inline))
        self.elements.append(element("w:p", self._properties(look), drawing))

    def _image(self, path: str, data: bytes) -> tuple[str, Image]:
        try:
            return self._part.get_or_add_image(BytesIO(data))
        except (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError, struct.error) as error:
            raise UnusablePicture(f"the picture {path!r} is none that Word can show") from error

    def page_number_line(self, text: str, look: Look) -> None:
        """One line of `text` at the left and the page number at the tab stop of the style."""
        line = self._set((Run(text),) if text else (), look)
        line.append(element("w:r", element("w:tab")))
        line.append(element("w:fldSimple", self._run(Run("2")), instr=" PAGE "))
        self.elements.append(line)

    def keep_last_with_next(self) -> None:
        """Keep the last paragraph, or the last row of a table, on the page of what follows."""
        for last in self.elements[-1:]:
            for paragraph in last.xpath("self::w:p | w:tr[last()]/w:tc/w:p"):
                properties_of(paragraph).keepNext_val = True

    def _set(self, runs: Sequence[Run], look: Look) -> BaseOxmlElement:
        return element("w:p", self._properties(look), *(self._linked(run) for run in runs if run.text))

    def _properties(self, look: Look) -> BaseOxmlElement:
        properties = element("w:pPr", element("w:pStyle", val=self._house.styles.id(look.style, needed_for(look))))
        if look.keep_next:
            properties.append(element("w:keepNext"))
        if look.list:
            number, level = look.list
            ids = element("w:ilvl", val=str(level)), element("w:numId", val=str(number))
            properties.append(element("w:numPr", *ids))
        spacing = {"before": look.before, "after": look.after, "line": look.line}
        if any(value is not None for value in spacing.values()):
            properties.append(element("w:spacing", **{name: str(n) for name, n in spacing.items() if n is not None}))
        if look.left is not None:
            properties.append(element("w:ind", left=str(look.left)))
        return properties

    def _linked(self, run: Run) -> BaseOxmlElement:
        if run.href is None:
            return self._run(run)
        link = element("w:hyperlink", self._run(run))
        link.set(qn("r:id"), self._part.relate_to(run.href, RT.HYPERLINK, is_external=True))
        return link

    def _run(self, run: Run) -> BaseOxmlElement:
        marks: list[BaseOxmlElement] = []
        if run.href is not None:
            marks.append(element("w:rStyle", val=self._house.styles.id("Hyperlink", "a link")))
        marks += [element(tag) for tag in ("w:b", "w:bCs") if run.bold]
        marks += [element(tag) for tag in ("w:i", "w:iCs") if run.italic]
        if run.lang:
            marks.append(element("w:lang", val=run.lang))
        properties = [element("w:rPr", *marks)] if marks else []
        return element("w:r", *properties, *pieces(run.text))


_SPECIAL = {"\n": "w:br", "\t": "w:tab", "\u2011": "w:noBreakHyphen"}


def pieces(text: str) -> Iterator[BaseOxmlElement]:
    """`text` as the children of a run."""
    for piece in re.split("([\n\t\u2011])", text):
        if piece in _SPECIAL:
            yield element(_SPECIAL[piece])
        elif piece:
            written = element("w:t")
            written.text = piece
            if piece != piece.strip():
                written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            yield written


def properties_of(paragraph: BaseOxmlElement) -> CT_PPr:
    """What is said of a paragraph beyond its style."""
    return cast(CT_P, paragraph).get_or_add_pPr()


def needed_for(look: Look) -> str:
    """For a person: what a style is for."""
    return f"a paragraph in the style {look.style!r}"


def raster(path: str) -> str:
    """The picture that Word can show: for a drawing in SVG the PNG beside it."""
    pure = PurePosixPath(path)
    return str(pure.with_suffix(".png")) if pure.suffix == ".svg" else path


def element(tag: str, /, *children: BaseOxmlElement, **attributes: str) -> BaseOxmlElement:
    """An element of WordprocessingML with its children, its attributes in the same namespace."""
    made = cast(BaseOxmlElement, OxmlElement(tag, {qn(f"w:{name}"): value for name, value in attributes.items()}))
    made.extend(children)
    return made
