"""One page of a PDF as PDFium reads it: what of its text is seen, by its tags, and what was put on it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from letters.letter import normalise
from letters.readback.pdfium.document import Document, Unreadable
from letters.readback.pdfium.geometry import Box
from letters.readback.pdfium.objects import Kind, PageObject, Segment, in_forms
from letters.readback.pdfium.structure import Tree
from letters.review.compare import content as known
from letters.review.compare.content import Fact, Passage, Style
from letters.review.files.apart import UnreadableFile
from letters.review.files.lines import Char, Line, lines_of, stands_behind
from letters.review.files.pdf_chars import (
    ARTIFACT,
    drawn_once,
    glyphs_of,
    in_their_lines,
    letters_of,
    links_of,
    said_by_marks,
    taken_instead,
    with_instead,
)
from letters.review.files.pdf_notes import drawn_by, put_on, told
from letters.review.files.pdf_seen import Glyph, Looks, looks_of
from letters.review.files.pdf_sheet import Sheet, area_of, sheet_of, texts_of
from letters.review.files.pdf_tags import Pieces, Tags

#: What a file says in place of words, or about them.
INSTEAD, IN_FULL = "said in place of words", "said about words"
#: Name of what is counted: words that are drawn, and none that PDFium reads.
UNREAD = "piece of text that cannot be read"
#: Part of a page: a picture that covers so much of it is the page, and text unseen beneath it what was read there.
_SCANNED = 0.5
_SEEN_ON_A_SCAN = 0.1
#: A line or a box has no more segments than this.
_RULE = 6


class Block(NamedTuple):
    """What one page holds of a block. `name`: the same on each page that the block stands on, or empty."""

    style: Style
    chars: list[Char]
    label: str
    name: str


@dataclass
class Page:
    """One page, from 1. `chars`: what is seen of its text. `tagged`: whether its tags hold all its words; then `blocks`
    are they, and `artifacts` the lines outside them.

    `alts`: the alt texts of its pictures. `put`: the words put on it. `counts`: what is seen of it and no words.
    """

    number: int
    height: float
    chars: tuple[Char, ...] = ()
    tagged: bool = False
    blocks: list[Block] = field(default_factory=list)
    artifacts: list[Line] = field(default_factory=list)
    alts: list[str] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    put: list[Passage] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    looks: Looks = field(default_factory=lambda: Looks(None))


def read_page(document: Document, number: int, language: str) -> Page:
    """The page of a document; `language` is the document's. Raises UnreadableFile."""
    try:
        return _read_page(document, number, language)
    except Unreadable as error:
        raise UnreadableFile(f"its page {number + 1} is damaged. Copy or make it again") from error


def _read_page(document: Document, number: int, language: str) -> Page:
    with document.page(number) as page:
        sheet = sheet_of(page)
        puts = put_on(page, sheet)
        links = links_of(page, sheet)
        flattened = bool(puts) and page.flatten()
    with document.page(number) as page:
        items = list(in_forms(page.objects()))
        # What was put on a page is, flattened, the last thing on it.
        last = page.object_count - 1 if flattened else -1
        found = Page(number + 1, sheet.height)
        texts = texts_of(items)
        given = taken_instead(texts)
        with page.text() as text:
            glyphs, differs = with_instead(list(in_their_lines(glyphs_of(text, sheet, links))), given)
        found.facts += [Fact(INSTEAD, said, drawn) for drawn, said in differs]
        found.facts += [Fact(IN_FULL, said, f"page {number + 1}") for _, said in said_by_marks(items)]
        found.looks = looks_of(page, sheet, glyphs, texts)
        if found.looks.left_out:
            found.counts[UNREAD] = found.looks.left_out
        seen = list(drawn_once(_sorted_by_sight(found, sheet, glyphs, items)))
        own = [glyph for glyph in seen if not _is_put(glyph, texts, last)]
        found.chars = tuple(glyph.char for glyph in own)
        beneath = [(glyph.char, glyph.box) for glyph in own]
        theirs = [glyph for glyph in seen if _is_put(glyph, texts, last)]
        said = told(puts, drawn_by(puts, theirs, texts), number + 1, beneath)
        found.put, found.counts = said.passages, found.counts + said.counts
        found.facts += said.facts
        found.counts.update(_drawn(items, last))
        with page.tags() as tree:
            if tree is not None:
                _read_tags(tree, found, language)
    return found


def _is_put(glyph: Glyph, texts: Mapping[int, PageObject], last: int) -> bool:
    item = texts.get(glyph.item or 0)
    return item is not None and item.within[:1] == (last,)


# -- what is seen


def _sorted_by_sight(page: Page, sheet: Sheet, glyphs: Sequence[Glyph], items: Sequence[PageObject]) -> list[Glyph]:
    """What is seen of the text; what is not is told of the page."""
    seen = page.looks.seen
    if seen is None:
        page.counts["page that cannot be painted"] += 1
        return list(glyphs)
    ink = [is_seen for glyph, is_seen in zip(glyphs, seen, strict=True) if not glyph.char.text.isspace()]
    if ink and sum(ink) <= _SEEN_ON_A_SCAN * len(ink) and _is_scan(items, sheet):
        page.counts["scanned page"] += 1
        return list(glyphs)
    page.facts += [Fact(known.HIDDEN, text, f"page {page.number}") for text in _stretches(glyphs, seen)]
    return [glyph for glyph, is_seen in zip(glyphs, seen, strict=True) if is_seen]


def _stretches(glyphs: Sequence[Glyph], seen: Sequence[bool]) -> Iterator[str]:
    """The words that stand together and are not seen."""
    said = ""
    for glyph, is_seen in zip(glyphs, seen, strict=True):
        if not is_seen or (said and glyph.char.text.isspace()):
            said += glyph.char.text
        elif said:
            yield normalise(said)
            said = ""
    if normalise(said):
        yield normalise(said)


def _is_scan(items: Sequence[PageObject], sheet: Sheet) -> bool:
    boxes = (area_of(item, sheet) for item in items if item.kind is Kind.IMAGE)
    paper = Box(0, 0, sheet.width, sheet.height)
    return any(
        box.shared(paper).width * box.shared(paper).height > _SCANNED * sheet.width * sheet.height
        for box in boxes
        if box
    )


def _drawn(items: Sequence[PageObject], last: int) -> Counter[str]:
    """How many pictures are on a page, and whether anything is drawn on it but straight lines and boxes."""
    own = [item for item in items if item.within[:1] != (last,)]
    pictures = sum(item.kind is Kind.IMAGE for item in own)
    drawing = any(item.kind is Kind.SHADING or _is_shape(item) for item in own)
    return Counter({name: count for name, count in (("picture", pictures), ("drawing", int(drawing))) if count})


def _is_shape(item: PageObject) -> bool:
    return item.kind is Kind.PATH and (item.segment_count > _RULE or Segment.CURVE in item.segments())


# -- tags


def _read_tags(tree: Tree, page: Page, language: str) -> None:
    tags = Tags(language)
    tags.read(tree)
    content: defaultdict[int | None, list[Char]] = defaultdict(list)
    for char in page.chars:
        content[char.content].append(char)
    page.blocks = [
        Block(
            block.style,
            _put_together(block.pieces, content),
            _text(_put_together(block.label, content)),
            block.name,
        )
        for block in (*tags.blocks, *tags.notes)
    ]
    page.alts = tags.alts
    strays = {char.content for char in page.chars if not char.text.isspace()} - tags.seen
    page.tagged = strays <= {ARTIFACT}
    page.artifacts = lines_of(content[ARTIFACT], page.number, page.height)
    page.facts += [Fact(IN_FULL, said, f"page {page.number}") for said in tags.in_full]
    for said in tags.said:
        drawn = _text(_put_together([(number, None) for number in said.content], content))
        if letters_of(drawn) != letters_of(said.instead):
            page.facts.append(Fact(INSTEAD, said.instead, drawn))


def _put_together(pieces: Pieces, content: Mapping[int | None, list[Char]]) -> list[Char]:
    """The characters of a block; a line end stands as a line feed."""
    block: list[Char] = []
    for number, language in pieces:
        chars = [char._replace(lang=language) for char in content.get(number, ())]
        if block and chars and not block[-1].text.isspace() and _is_below(block[-1], chars[0]):
            block.append(block[-1]._replace(text="\n"))
        block += chars
    return block


def _is_below(above: Char, char: Char) -> bool:
    """Whether a character begins another line than the one before it."""
    return abs(above.y - char.y) > char.size / 2 and not stands_behind(above, char)


def _text(chars: Sequence[Char]) -> str:
    return normalise("".join(char.text for char in chars))
