"""What Word knows of a letter: headings, lists with their numbers, how deep all stands, tables, links, pictures.

The document is read with python-docx and counted as Word counts, and compared with the letter that it was made from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import groupby
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as DocxParagraph

from letters.letter import (
    BODY,
    Block,
    Heading,
    ItemList,
    Letter,
    Paragraph,
    Part,
    Picture,
    Quote,
    Run,
    Stage,
    Table,
    plain,
)
from letters.render.docx import render
from support.docx_samples import planted
from support.letters_by_hand import paragraph, rich
from support.random_letters import random_letter, random_style

QUOTE, DEEP, LIST, DIGIT = 567, 227, 397, 142


@dataclass(frozen=True)
class Thing:
    """One paragraph, picture or table: what it is, what it says, its number or bullet, and its indents in twips."""

    kind: str
    says: Any
    label: str = ""
    left: int = 0
    right: int = 0
    links: tuple[tuple[str, str], ...] = ()


# What the letter is


@dataclass
class Expected:
    """The things of a letter's body, in order."""

    label: str = ""
    things: list[Thing] = field(default_factory=list)

    def add(self, blocks: Sequence[Block], left: int = 0, right: int = 0, quotes: int = 0) -> list[Thing]:
        for block in blocks:
            match block:
                case Paragraph(runs):
                    self.one(Thing("paragraph", plain(runs), self.label, left, right, links(runs)))
                case Heading(level, runs):
                    self.one(Thing(f"heading {level}", plain(runs), self.label, left, right, links(runs)))
                case Quote(inner):
                    step = QUOTE if quotes < 2 else DEEP
                    self.add(inner, left + step, right + step, quotes + 1)
                case ItemList(items, ordered, start):
                    self.alone(left, right)
                    wide = DIGIT * max(0, len(str(start + len(items) - 1)) - 2) if ordered else 0
                    for number, item in enumerate(items, start):
                        self.label = f"{number}." if ordered else "•"
                        self.add(item, left + LIST + wide, right, quotes)
                case Table(header, rows):
                    self.alone(left, right)
                    cells = [[plain(cell) for cell in row] for row in (header, *rows)]
                    self.one(Thing("table", (cells, list(block.align or ("left",) * len(header))), "", left))
                case Picture(alt=alt):
                    self.one(Thing("picture", alt, self.label, left, right))
        return self.things

    def one(self, thing: Thing) -> None:
        self.things.append(thing)
        self.label = ""

    def alone(self, left: int, right: int) -> None:
        """What begins with a list or a table has its number on a line of its own."""
        if self.label:
            self.one(Thing("paragraph", "", self.label, left, right))


def links(runs: tuple[Run, ...]) -> tuple[tuple[str, str], ...]:
    grouped = groupby(runs, key=lambda run: run.href)
    return tuple((target, plain(tuple(linked))) for target, linked in grouped if target)


# What Word sees


class Seen:
    """The things of a document's text, in order, with numbers counted as Word counts them."""

    def __init__(self, data: bytes) -> None:
        self.document = docx.Document(BytesIO(data))
        self.numbering = self.document.part.numbering_part.element
        self.counts: dict[tuple[str, int], int] = {}
        self.begun: set[tuple[str, int]] = set()

    def things(self) -> Iterator[Thing]:
        for child in self.document.element.body:
            if child.tag == qn("w:tbl"):
                yield self.table(child)
            elif child.tag == qn("w:p"):
                thing = self.paragraph(child)
                if thing.says or thing.label:
                    yield thing

    def paragraph(self, p: Any) -> Thing:
        paragraph = DocxParagraph(p, self.document._body)
        assert paragraph.style
        style = str(paragraph.style.name).lower()
        label, left, right = self.label_of(p), self.indent(paragraph, "left"), self.indent(paragraph, "right")
        shown = p.xpath(".//wp:docPr/@descr")
        if shown:
            return Thing("picture", shown[0], label, left, right)
        targets = tuple((link.address, link.text) for link in paragraph.hyperlinks)
        kind = style if style.startswith("heading") else "paragraph"
        return Thing(kind, paragraph.text, label, left, right, targets)

    def indent(self, paragraph: Any, side: str) -> int:
        level = self.level(*self.numbered(paragraph._p))
        places = [
            paragraph._p.pPr,
            *([level.find(qn("w:pPr"))] if level is not None else []),
            paragraph.style.element.pPr,
        ]
        for place in places:
            found = place.find(qn("w:ind")) if place is not None else None
            if found is not None and found.get(qn(f"w:{side}")):
                return int(found.get(qn(f"w:{side}")))
        return 0

    def numbered(self, p: Any) -> tuple[str, int]:
        found = p.pPr.numPr if p.pPr is not None else None
        return (str(found.numId.val), found.ilvl.val) if found is not None else ("", 0)

    def level(self, number: str, level: int) -> Any:
        if not number:
            return None
        abstract = self.numbering.num_having_numId(int(number)).abstractNumId.val
        return self.numbering.xpath(f"w:abstractNum[@w:abstractNumId='{abstract}']/w:lvl[@w:ilvl='{level}']")[0]

    def said(self, element: Any, tag: str) -> str:
        return str(element.find(qn(tag)).get(qn("w:val")))

    def label_of(self, p: Any) -> str:
        number, level = self.numbered(p)
        if not number:
            return ""
        shown = self.level(number, level)
        if self.said(shown, "w:numFmt") == "bullet":
            return self.said(shown, "w:lvlText")
        abstract = str(self.numbering.num_having_numId(int(number)).abstractNumId.val)
        override = self.numbering.xpath(
            f"w:num[@w:numId='{number}']/w:lvlOverride[@w:ilvl='{level}']/w:startOverride/@w:val"
        )
        if override and (number, level) not in self.begun:
            self.begun.add((number, level))
            self.counts[abstract, level] = int(override[0])
        else:
            self.counts[abstract, level] = self.counts.get((abstract, level), 0) + 1
        for deeper in [key for key in self.counts if key[0] == abstract and key[1] > level]:
            del self.counts[deeper]
        return self.said(shown, "w:lvlText").replace(f"%{level + 1}", str(self.counts[abstract, level]))

    def table(self, tbl: Any) -> Thing:
        rows = tbl.xpath("w:tr")
        assert [bool(row.xpath("w:trPr/w:tblHeader")) for row in rows] == [True] + [False] * (len(rows) - 1)
        cells = [["".join(cell.xpath(".//w:t/text()")) for cell in row.xpath("w:tc")] for row in rows]
        aligned = {"right": "right", "center": "centre", "": "left"}
        aligns = [[aligned["".join(cell.xpath("w:p/w:pPr/w:jc/@w:val"))] for cell in row.xpath("w:tc")] for row in rows]
        assert all(row == aligns[0] for row in aligns)
        left = int((tbl.xpath("w:tblPr/w:tblInd/@w:w") or ["0"])[0])
        return Thing("table", (cells, aligns[0]), "", left)


def letter_of(*blocks: Block) -> Letter:
    return replace(rich(), parts=(Part(BODY, blocks),), stage=Stage.READY)


def compared(letter: Letter) -> tuple[list[Thing], list[Thing]]:
    """The body as the letter has it and as Word does."""
    body = replace(letter, parts=tuple(part for part in letter.parts if part.name == BODY))
    expected = Expected().add(body.parts[0].blocks)
    return expected, list(Seen(render(body, random_style())).things())


@pytest.mark.parametrize("seed", range(1, 41))
def test_word_knows_what_a_random_letter_is_made_of(seed: int) -> None:
    expected, seen = compared(random_letter(seed))
    assert seen == expected


def items(*blocks: tuple[Block, ...], start: int = 1) -> ItemList:
    return ItemList(blocks, ordered=True, start=start)


TABLE = Table(((Run("Year"),), ()), (((Run("2016"),), (Run("1"),)), ((), ())), ("left", "right"))


@pytest.mark.parametrize(
    "first",
    [
        paragraph("Words"),
        Quote((paragraph("We accept this."),)),
        Quote((Quote((paragraph("Inner"),)), paragraph("again"))),
        ItemList(((paragraph("inner"),),)),
        items((paragraph("a"),), (paragraph("b"),)),
        TABLE,
        Quote((TABLE,)),
        Heading(2, (Run("A heading"),)),
        Picture("random/icon.png", "An icon"),
    ],
)
@pytest.mark.parametrize("ordered", [True, False])
def test_each_item_keeps_its_number_whatever_it_begins_with(first: Block, ordered: bool) -> None:
    entries = ((paragraph("before"),), (first,), (first, paragraph("and more")), (paragraph("after"),))
    expected, seen = compared(letter_of(paragraph("Text"), ItemList(entries, ordered, 9 if ordered else 1), first))
    assert seen == expected
    labels = [thing.label for thing in seen if thing.left in (LIST, 2 * LIST, LIST + QUOTE, LIST + 2 * QUOTE)]
    assert {"9.", "10.", "11.", "12."} <= set(labels) or not ordered


def nested(depth: int) -> Block:
    """Quotes and lists in each other by turns."""
    if not depth:
        return paragraph("innermost")
    inside = (paragraph(f"before {depth}"), nested(depth - 1), paragraph(f"after {depth}"))
    return Quote(inside) if depth % 2 else items(inside, (paragraph("next"),), start=depth)


@pytest.mark.parametrize("depth", range(1, 11))
def test_what_stands_in_something_is_as_deep_as_in_the_pdf(depth: int) -> None:
    expected, seen = compared(letter_of(nested(depth), paragraph("End.")))
    assert seen == expected


def test_a_link_around_several_runs_is_one() -> None:
    target = "https://example.org/r"
    runs = (Run("the ", href=target), Run("whole", bold=True, href=target), Run(" report", href=target))
    expected, seen = compared(letter_of(Paragraph((Run("See "), *runs, Run(" now.")))))
    assert seen == expected
    assert seen[0].links == ((target, "the whole report"),)


@pytest.mark.parametrize("end", [paragraph("End."), TABLE, items((paragraph("End."),)), Quote((paragraph("End."),))])
def test_the_closing_stands_as_far_below_the_body_whatever_that_ends_with(end: Block) -> None:
    letter = replace(letter_of(end), parts=(Part(BODY, (paragraph("T"), end)), Part("closing", (paragraph("Yours"),))))
    *_, last, closing = docx.Document(BytesIO(render(letter, random_style()))).element.body.xpath("w:p | w:tbl")
    below = last.pPr.spacing_after if last.tag == qn("w:p") else closing.pPr.spacing_before
    assert below.pt == 12
    assert closing.pPr.spacing_before.pt == (0 if last.tag == qn("w:p") else 12)


def test_lower_headings_have_their_level_and_where_a_letterhead_has_no_style_the_next_above() -> None:
    letter = letter_of(*(Heading(level, (Run(f"Level {level}"),)) for level in range(1, 7)))
    expected, seen = compared(letter)
    assert seen == expected
    styles = random_style().styles
    for level in (4, 5, 6):
        styles = planted(styles, "word/styles.xml", f'<w:style [^>]*w:styleId="Heading{level}">.*?</w:style>', "")
    older = render(letter, replace(random_style(), styles=styles))
    assert [thing.kind for thing in Seen(older).things()] == [f"heading {min(level, 3)}" for level in range(1, 7)]


def kept_with_next(letter: Letter) -> list[str]:
    """The texts of the paragraphs that Word keeps on one page with what follows; a picture has none."""
    document = docx.Document(BytesIO(render(letter, random_style())))
    return [one.text for one in document.paragraphs if one.paragraph_format.keep_with_next]


def test_a_paragraph_that_may_be_broken_is_not_kept_with_what_follows() -> None:
    """LibreOffice would move all of it to the next page, and with it what is kept with it."""
    long, short = (paragraph("The force has improved its approach to this. " * count) for count in (40, 3))
    closing = Part("closing", (paragraph("Yours sincerely"),))
    for last, is_kept in ((long, False), (short, True)):
        letter = replace(rich(), parts=(Part(BODY, (paragraph("Text."), last)), closing))
        assert (plain(last.runs).strip() in [text.strip() for text in kept_with_next(letter)]) is is_kept


def test_a_line_of_a_part_stays_with_the_picture_it_announces() -> None:
    picture = Picture(next(path for path in random_style().pictures if path.endswith(".png")), "A chart")
    lines = (paragraph("Picture a:"), picture, paragraph("Picture b:"), picture, paragraph("A line of its own."))
    letter = replace(rich(), parts=(Part("date", lines), Part(BODY, (paragraph("Text."),))))
    kept = kept_with_next(letter)
    assert {"Picture a:", "Picture b:"} <= set(kept)
    assert "A line of its own." not in kept
