"""A letter as a Word document in house style, sealed, for `styles.docx` and pictures of its letterhead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time
from io import BytesIO
from itertools import takewhile

from docx.document import Document
from docx.opc.coreprops import CoreProperties
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section, _Footer, _Header
from docx.shared import Length, Mm, Pt

from letters.letter import BODY, FIGURE, MASTHEAD, SIGNATURE, Block, HouseStyle, Letter, Part, Picture, Run
from letters.letter.pictures import UnusablePicture, raster
from letters.render.breaks import leads_in, parts_that_lead_in
from letters.render.docx_story import House, Place, Story
from letters.render.docx_template import (
    MissingStyle,
    Styles,
    UnusableStyles,
    empty_document,
    missing_styles,
    set_language,
)
from letters.render.docx_xml import Look, begin_section, word_language
from letters.render.room import SIGNATURE_HEIGHT
from letters.render.seal import seal
from letters.render.styles_of_parts import SIGNATORY, line_styles

__all__ = [
    "MissingStyle",
    "UnusablePicture",
    "UnusableStyles",
    "missing_styles",
    "render",
]

#: What never stands alone on a page.
ENDING = ("closing", SIGNATURE, SIGNATORY)
STAGE_MARK = "Stage Mark"

#: A line of the style Stage Mark: so far up the header moves, for a mark to leave everything below it where it is.
MARK_HEIGHT = Pt(20)
#: Each further line of it.
MARK_LINE = Pt(13)
NEAREST_TO_EDGE = Mm(5)
#: In characters; Word takes no more as a property.
LONGEST_TITLE = 255


def render(letter: Letter, style: HouseStyle) -> bytes:
    """`letter` as a sealed DOCX. Raises MissingStyle, UnusablePicture, UnusableStyles."""
    document = empty_document(style.styles)
    house = House(Styles(document), document.part, style.pictures)
    second = _write_text(letter, document, house)
    _write_headers(letter, document.sections[0], house)
    _write_footer(letter.foot, None, document.sections[0], house)
    if second and begin_section(second, document.sections[0]._sectPr):
        last = document.sections[-1]
        last.footer.is_linked_to_previous = False
        # It would be the masthead of the first letter; the empty paragraph of a header nobody reads.
        if last.first_page_header.is_linked_to_previous:
            last.first_page_header.is_linked_to_previous = False
        _write_footer(letter.feet[-1], next(part.begins for part in letter.parts if part.begins), last, house)
    _describe(letter, document.core_properties)
    set_language(document, word_language(letter.language))
    saved = BytesIO()
    document.save(saved)
    return seal(saved.getvalue())


def _write_text(letter: Letter, document: Document, house: House) -> list[BaseOxmlElement]:
    """Write the text; the elements of what begins a second letter in the same file, if there is one."""
    second: list[BaseOxmlElement] = []
    story = Story(document.part, house)
    masthead = _first_masthead(letter)
    parts = [part for part in letter.parts if part not in masthead]
    for part, following, leads in zip(parts, (*parts[1:], None), parts_that_lead_in(parts), strict=False):
        start = len(story.elements)
        if part.name == BODY:
            below = line_styles(following.name)[0] if following and following.name != SIGNATURE else None
            story.body(part.blocks, "Body Text", below)
        elif part.name == SIGNATURE:
            _write_signature(part, story, house)
        else:
            _write_lines(part, story, house, _signatory_space(letter, part))
        if part.name not in ENDING and (leads or (following and following.name in ENDING)):
            story.keep_last_with_next()
        if part.name == SIGNATORY and following and following.name not in ENDING:
            # Its styles keep the lines of a signatory together, and would keep the last with what is below it.
            story.keep_last_with_next(keep=False)
        if part.begins:
            second = story.elements[start:]
    body = document.element.body
    for made in story.elements:
        body.insert(len(body) - 1, made)
    return second


def _first_masthead(letter: Letter) -> list[Part]:
    """What the header of the first page holds; of a second letter in the same file the masthead stands in the text."""
    first = takewhile(lambda part: not part.begins, letter.parts)
    return [part for part in first if part.name == MASTHEAD]


def _write_lines(part: Part, story: Story, house: House, before: int | None = None) -> None:
    first, others = line_styles(part.name)
    # The space below a part is that of the style of its last line, also where the first line is the last.
    alone = first != others and len(part.blocks) == 1
    after = house.styles.space("after", others, f"the part {part.name!r}") if alone else None
    look = Look(first, before=before, after=after)
    for number, (block, below) in enumerate(zip(part.blocks, (*part.blocks[1:], None), strict=False), 1):
        if part.name == FIGURE:
            look = Look(first if isinstance(block, Picture) else others, keep_next=number < len(part.blocks))
        # The look of a masthead says how large a drawing in it is, and to Word its PNG does.
        if part.name == MASTHEAD and isinstance(block, Picture):
            block = replace(block, path=raster(block.path))
        _write_line(block, look, story)
        if leads_in(block, below):
            story.keep_last_with_next()
        if not isinstance(block, Picture):
            look = Look(others)


def _write_line(block: Block, look: Look, story: Story) -> None:
    if isinstance(block, Picture):
        story.picture(block, look)
    else:
        story.blocks((block,), Place(look))


def _signatory_space(letter: Letter, part: Part) -> int | None:
    """The style of the name keeps the space for a pen above it; a picture there, or no signature at all, takes it."""
    kept = any(other.name == SIGNATURE and not other.blocks for other in letter.parts)
    return None if kept or part.name != SIGNATORY else 0


def _write_signature(part: Part, story: Story, house: House) -> None:
    height = house.styles.space("before", "Signature", "the signature")
    for block in part.blocks:
        if isinstance(block, Picture):
            story.picture(block, Look("Signature", before=0, line=height), highest=SIGNATURE_HEIGHT)
        else:
            story.blocks((block,), Place(Look("Signature")))


def _write_headers(letter: Letter, section: Section, house: House) -> None:
    section.different_first_page_header_footer = True
    if letter.stage_mark:
        lines = letter.stage_mark.count("\n")
        raised = (section.header_distance or 0) - MARK_HEIGHT - lines * MARK_LINE
        section.header_distance = Length(max(raised, NEAREST_TO_EDGE))
    _write_header(letter, section.first_page_header, _first_masthead(letter), house)
    _write_header(letter, section.header, (p for p in letter.parts if p.every_page), house)


def _write_header(letter: Letter, header: _Header, parts: Iterable[Part], house: House) -> None:
    # A header without text is left out: it could only hold an empty paragraph.
    parts = list(parts)
    if not parts and not letter.stage_mark:
        return
    story = Story(header.part, house)
    if letter.stage_mark:
        story.paragraph(_mark_runs(letter), Look(STAGE_MARK))
    for part in parts:
        _write_lines(part, story, house)
    _fill(header, story)


def _mark_runs(letter: Letter) -> tuple[Run, ...]:
    """The mark of the stage; of a letter in two languages a line in each, the second marked as its language."""
    first, *others = (letter.stage_mark or "").split("\n")
    tags = [part.begins for part in letter.parts if part.begins]
    return Run(first), *(Run(f"\n{line}", lang=tag) for line, tag in zip(others, tags, strict=True))


def _write_footer(foot: str, language: str | None, section: Section, house: House) -> None:
    story = Story(section.footer.part, house)
    story.page_number_line(Run(foot, lang=language), Look("Footer"))
    _fill(section.footer, story)


def _fill(place: _Header | _Footer, story: Story) -> None:
    root = place.part.element
    for child in list(root):
        root.remove(child)
    root.extend(story.elements)


def _describe(letter: Letter, properties: CoreProperties) -> None:
    root = properties._element
    for child in list(root):
        root.remove(child)
    written = datetime.combine(letter.date, time(), UTC)
    properties.title = letter.title[:LONGEST_TITLE]
    properties.author = properties.last_modified_by = letter.author
    properties.language = letter.language
    properties.created = properties.modified = written
    properties.revision = 1
