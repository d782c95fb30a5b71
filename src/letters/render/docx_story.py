"""Blocks of a letter as paragraphs and tables of Word, for one story: the text, a header or a footer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import count
from pathlib import PurePosixPath
from typing import cast

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.document import DocumentPart
from docx.parts.story import StoryPart
from docx.shared import Mm

from letters.letter import Block, Heading, ItemList, Paragraph, Picture, Quote, Run, Table
from letters.letter.pictures import Image, UnusablePicture, image, raster
from letters.render.breaks import leads_in, stays_whole
from letters.render.docx_table import TWIPS, Setter
from letters.render.docx_template import Styles
from letters.render.docx_xml import Label, Look, Words, element, properties, properties_of, sized
from letters.render.room import PICTURE_HEIGHT, TEXT_WIDTH, list_indent, quote_indent

#: The levels that a numbering of Word has; a list deeper than that is of the last of them.
_LEVELS = 9
#: The type size in points of a line that holds a picture, so that nothing is left below the picture.
_SMALLEST = 1


@dataclass
class House:
    """What all stories of one document share."""

    styles: Styles
    document: DocumentPart
    pictures: Mapping[str, bytes]
    picture_ids: Iterator[int] = field(default_factory=lambda: count(1))


@dataclass(frozen=True)
class Place:
    """Where some blocks stand, in twentieths of a point from the sides of the text.

    `look`: of their plain paragraphs. `gap`: the space between them. `lists`, `quotes`: how many they stand in.
    """

    look: Look
    gap: int | None = None
    left: int = 0
    right: int = 0
    lists: int = 0
    quotes: int = 0

    @property
    def room(self) -> int:
        """How wide the text is here."""
        return max(round(TEXT_WIDTH * TWIPS) - self.left - self.right, 100)


@dataclass(frozen=True)
class _Pending:
    """What the next paragraph takes: the number of an item that begins with it, with the style of its list and where
    it stands, and the space above that a table left to it."""

    label: Label | None = None
    start: int = 0
    style: str = ""
    before: int | None = None


class Story:
    """The text, a header or a footer, while it is being written."""

    def __init__(self, part: StoryPart, house: House) -> None:
        self.elements: list[BaseOxmlElement] = []
        self._part = part
        self._house = house
        self._words = Words(part, house.styles)
        self._pending = _Pending()

    def body(self, blocks: Sequence[Block], style: str, following: str | None) -> None:
        """All blocks of the body, plain paragraphs in `style`; `following`: the style of what stands below them.

        That stands as far below the last of them as they do below each other, whatever the last is.
        """
        gap = self._house.styles.space("after", style, "the body")
        self.blocks(blocks, Place(Look(style), gap), gap + self._above(following))

    def blocks(self, blocks: Sequence[Block], place: Place, after: int | None = None) -> None:
        """Blocks one below the other, and `after` the last so much space; None: what its style says."""
        for block, following in zip(blocks, (*blocks[1:], None), strict=False):
            keep = leads_in(block, following)
            here = replace(place, look=replace(place.look, keep_next=keep or place.look.keep_next))
            headed = self._heading_style(following) if isinstance(following, Heading) else None
            gap = None if place.gap is None else place.gap + self._above(headed)
            self._block(block, here, gap if following is not None else after)

    def _heading_style(self, heading: Heading) -> str:
        """The style of its level, or of the lowest level above that which the letterhead has one for."""
        names = [f"Heading {level}" for level in range(heading.level, 0, -1)]
        return next((name for name in names if self._house.styles.has(name)), names[0])

    def _below(self, style: str, place: Place, after: int | None) -> int | None:
        """The space below a heading, which is its own where other blocks have `place.gap` below them."""
        if after is None or place.gap is None:
            return after
        return max(after - place.gap + self._house.styles.space("after", style, "a heading"), 0)

    def _above(self, style: str | None) -> int:
        """The space above paragraphs of a style, if there is one."""
        return self._house.styles.space("before", style, "a paragraph") if style else 0

    def _block(self, block: Block, place: Place, after: int | None) -> None:
        match block:
            case Paragraph(runs):
                self._paragraph(runs, replace(place.look, may_split=not stays_whole(runs)), place, after)
            case Heading(_, runs):
                style = self._heading_style(block)
                self._paragraph(runs, Look(style), place, self._below(style, place, after))
            case Quote(blocks):
                self.blocks(blocks, self._quoted(place), after)
            case ItemList():
                self._list(block, place, after)
            case Table():
                self._table(block, place, after)
            case Picture():
                self.picture(block, place.look, place, after=after)

    # -- where blocks stand

    def _quoted(self, place: Place) -> Place:
        sides = self._house.styles.usual_indent("Quote")[:2]
        left, right = (round(quote_indent(place.quotes, side / TWIPS) * TWIPS) for side in sides)
        return replace(
            place,
            look=Look("Quote"),
            gap=self._house.styles.space("after", "Quote", "a quotation"),
            left=place.left + left,
            right=place.right + right,
            quotes=place.quotes + 1,
        )

    def _list(self, block: ItemList, place: Place, after: int | None) -> None:
        style = "List Number" if block.ordered else "List Bullet"
        if self._pending.label:
            self._number_alone(place)
        level = min(place.lists, _LEVELS - 1)
        number = self._house.styles.number(style, "a list, with numbering of its own")
        step = round(list_indent(block, self._house.styles.usual_indent(style)[0] / TWIPS) * TWIPS)
        if block.ordered:
            number = self._restarted(number, level, block.start)
        gap = self._house.styles.space("after", style, "a list")
        inner = replace(place, gap=gap, left=place.left + step, lists=place.lists + 1)
        for position, item in enumerate(block.items, 1):
            self._pending = replace(self._pending, label=Label(number, level), start=place.left, style=style)
            first, rest = item[:1], item[1:]
            end = gap if position < len(block.items) else after
            # Only the first block of an item has the bullet or number; what follows is set in line with it.
            keep = bool(rest) and leads_in(first[0], rest[0])
            self.blocks(first, replace(inner, look=Look(style, keep_next=keep)), gap if rest else end)
            self.blocks(rest, replace(inner, look=Look("List Continue")), end)

    def _restarted(self, number: int, level: int, start: int) -> int:
        numbering = self._house.document.numbering_part.element
        abstract = numbering.num_having_numId(number).abstractNumId.val
        again = numbering.add_num(abstract)
        again.add_lvlOverride(ilvl=level).add_startOverride(start)
        return int(again.numId)

    # -- paragraphs

    def paragraph(self, runs: Sequence[Run], look: Look) -> None:
        """One paragraph that stands in nothing else."""
        self.elements.append(self._set(runs, look))

    def _paragraph(self, runs: Sequence[Run], look: Look, place: Place, after: int | None) -> None:
        self.elements.append(self._set(runs, self._placed(look, place, after)))

    def _placed(self, look: Look, place: Place, after: int | None) -> Look:
        """`look` with the indents of its place, the space below it and what was left to the next paragraph."""
        pending = self._pending
        # All space is below: programs do not agree on what that and some above the next paragraph come to.
        self._pending = _Pending(before=None if after is None else 0)
        styles = self._house.styles
        hanging = place.left - pending.start if pending.label else 0
        indent: tuple[int, int, int] | None = (place.left, place.right, hanging)
        if indent == styles.usual_indent(look.style):
            indent = None
        if after is not None and after == styles.space("after", look.style, "a paragraph"):
            after = None
        before = look.before
        if before is None and pending.before != self._above(look.style):
            before = pending.before
        after = look.after if after is None else after
        return replace(look, label=pending.label, indent=indent, before=before, after=after)

    def _set(self, runs: Sequence[Run], look: Look) -> BaseOxmlElement:
        return element("w:p", properties(look, self._house.styles), *self._words.set(runs))

    def _number_alone(self, place: Place) -> None:
        """The number of an item that begins with what can have none itself: a table, or another list."""
        self._paragraph((), Look(self._pending.style, keep_next=True), place, 0)

    # -- tables and pictures

    def _table(self, table: Table, place: Place, after: int | None) -> None:
        if self._pending.label:
            self._number_alone(place)
        elif self._pending.before is not None and self.elements and self.elements[-1].tag == qn("w:tbl"):
            # Word makes one table of two that touch.
            look = Look("Table Text", before=0, after=0, line=self._pending.before, exactly=True)
            self.elements.append(self._set((), look))
        self.elements.append(Setter(self._words, self._house.styles).set(table, place.left, place.room))
        self._pending = _Pending(before=after)

    def picture(
        self,
        picture: Picture,
        look: Look,
        place: Place | None = None,
        highest: float = PICTURE_HEIGHT,
        after: int | None = None,
    ) -> None:
        """A paragraph of its own for a picture, at its own size or as much smaller as it must be; `highest` in mm."""
        place = place or Place(look)
        found = self._image(picture.path)
        width, height = found.fitted(place.room / TWIPS, highest)
        relation = self._related(picture.path, found)
        name = PurePosixPath(picture.path).name
        inline = CT_Inline.new_pic_inline(next(self._house.picture_ids), relation, name, Mm(width), Mm(height))
        cast(BaseOxmlElement, inline.docPr).set("descr", picture.alt)
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")  # LibreOffice takes 3 mm where nothing is said
        small = _SMALLEST if look.line is None else None
        made = properties(self._placed(look, place, after), self._house.styles)
        marks = [element("w:rPr", *sized(small))] if small else []
        self.elements.append(element("w:p", made, element("w:r", *marks, element("w:drawing", inline))))

    def _image(self, path: str) -> Image:
        """The picture, of the size that a drawing has and with the bytes of the raster beside it."""
        shown, own = (self._house.pictures.get(one) for one in (raster(path), path))
        if shown is None:
            raise UnusablePicture(f"there is no picture {raster(path)!r}")
        found = image(raster(path), shown)
        if own is None or path == raster(path):
            return found
        drawn = image(path, own)
        return replace(found, width=drawn.width, height=drawn.height)

    def _related(self, path: str, found: Image) -> str:
        try:
            return self._part.get_or_add_image(BytesIO(found.data))[0]
        except (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError) as error:
            raise UnusablePicture(f"the picture {raster(path)!r} is none that Word can show") from error

    # -- what else a story says

    def page_number_line(self, said: Run, look: Look) -> None:
        """One line of what is said at the left and the page number at the tab stop of the style."""
        line = self._set((said,) if said.text else (), look)
        line.append(element("w:r", element("w:tab")))
        line.append(element("w:fldSimple", self._words.run(Run("2")), instr=" PAGE "))
        self.elements.append(line)

    def keep_last_with_next(self, *, keep: bool = True) -> None:
        """Keep the last paragraph, or the last row of a table, on the page of what follows; or do not.

        Not a paragraph that may be broken: LibreOffice would move all of it, and what is kept with it.
        """
        for last in self.elements[-1:]:
            for paragraph in last.xpath("self::w:p | w:tr[last()]/w:tc/w:p"):
                properties = properties_of(paragraph)
                if properties.keepLines_val is not False:
                    properties.keepNext_val = keep
