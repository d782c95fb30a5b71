"""The content of a PDF, ours or of others: its words by its tags or, where these do not hold all, by its lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from typing import Any

# Not only its raw half: importing the package proper is what starts the library.
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from letters.review import content as known
from letters.review.content import Content, Fact, Passage
from letters.review.files.apart import UnreadableFile
from letters.review.files.facts import HEAD, MADE_BY, PAGES, furniture_facts
from letters.review.files.lines import (
    Char,
    Line,
    cells_of,
    furniture,
    in_paragraphs,
    joined_over_pages,
    lines_of,
    passages_of,
    runs_of,
    without_page_number,
)
from letters.review.files.pdf_page import UNKNOWN, Block, Page, read_page, string

MOST_PAGES = 1000

_KNOWN = frozenset({known.TITLE, known.LANGUAGE, known.AUTHOR, known.STAGE, known.LINK, PAGES})
_KNOWN_BY_TAGS = frozenset({known.ALT_TEXT, known.LANGUAGE_OF_WORDS})
#: What a file of one page cannot tell of a letter of ours, which has it on further pages only.
_KNOWN_BY_SEVERAL_PAGES = frozenset({known.FOOT, HEAD})


def content_of_pdf(name: str, data: bytes) -> Content:
    """What the PDF says; a line end stands as a line feed in the text of runs. Raises UnreadableFile."""
    if b"%%EOF" not in data[-2048:]:
        raise UnreadableFile("it was cut short: its end is missing. Copy or make it again")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(_why_not(error)) from error
    with closing(document):
        return _content(name, document)


def _why_not(error: pypdfium2.PdfiumError) -> str:
    if "password" in str(error).lower():
        return "it is protected with a password. Save a copy without one, and compare that"
    return "it is damaged or cut short. Copy or make it again"


def _content(name: str, document: Any) -> Content:
    count = len(document)
    if not 0 < count <= MOST_PAGES:
        raise UnreadableFile(f"it has {count:,} pages; from 1 to {MOST_PAGES:,} can be compared")
    language = string(pdfium.FPDFCatalog_GetLanguage, document.raw)
    pages = [read_page(document.raw, number, language) for number in range(count)]
    _refuse_unreadable(pages)
    tagged = all(page.tagged for page in pages)
    passages, aside = _by_tags(pages) if tagged else _by_lines(pages)
    knows = _KNOWN | (_KNOWN_BY_TAGS if tagged else set()) | (_KNOWN_BY_SEVERAL_PAGES if count > 1 else set())
    facts = (*_facts(document, language, pages), *_furniture_facts(aside))
    told = tuple(fact for fact in facts if fact.name in knows or fact.name == MADE_BY)
    return Content(name, tuple(joined_over_pages(passages)), told, knows)


def _refuse_unreadable(pages: Iterable[Page]) -> None:
    signs = [char.text for page in pages for char in page.chars if not char.text.isspace()]
    if not signs:
        raise UnreadableFile("it has no text: perhaps a scan, a picture of a letter. Compare what it was made from")
    if 2 * signs.count(UNKNOWN) > len(signs):
        raise UnreadableFile("it does not say which letters its text is made of. Compare what it was made from")


#: The passages of each page, and the lines that are none of them.
_Sorted = tuple[list[list[Passage]], list[Line]]


def _by_tags(pages: Sequence[Page]) -> _Sorted:
    blocks = [[Passage("body", block.style, runs_of(block.chars)) for block in page] for page in _once(pages)]
    passages = [[passage for passage in page if passage.text] for page in blocks]
    return passages, [line for page in pages for line in page.artifacts]


def _once(pages: Iterable[Page]) -> Iterator[list[Block]]:
    """The blocks of each page, without those that go on from an earlier one; there they are whole."""
    known: dict[str, list[Char]] = {}
    kept = []
    for page in pages:
        kept.append([block for block in page.blocks if block.name not in known])
        for block in page.blocks:
            if block.name in known and block.chars:
                above = known[block.name]
                above += [above[-1]._replace(text="\n"), *block.chars]
            elif block.name and block.chars:
                known[block.name] = block.chars
    return iter(kept)


def _by_lines(pages: Sequence[Page]) -> _Sorted:
    lines = [lines_of(page.chars, page.number, page.height) for page in pages]
    aside = furniture(lines)
    words = [[cell for line in page if id(line) not in aside for cell in cells_of(line)] for page in lines]
    paragraphs = [list(passages_of(page)) for page in in_paragraphs(words)]
    return paragraphs, [line for page in lines for line in page if id(line) in aside]


# -- facts


def _facts(document: Any, language: str, pages: Sequence[Page]) -> Iterator[Fact]:
    about = document.get_metadata_dict()
    yield Fact(known.TITLE, about.get("Title", ""))
    yield Fact(known.LANGUAGE, language)
    yield Fact(known.AUTHOR, about.get("Author", ""))
    yield Fact(MADE_BY, about.get("Producer", ""))
    yield Fact(PAGES, str(len(pages)))
    alts = (alt for page in pages for alt in page.alts)
    yield from (Fact(known.ALT_TEXT, alt, f"picture {number}") for number, alt in enumerate(alts, 1))


def _furniture_facts(lines: Sequence[Line]) -> Iterator[Fact]:
    head = [without_page_number(line.text, line.page) for line in lines if line.y > line.height / 2]
    foot = [without_page_number(line.text, line.page) for line in lines if line.y <= line.height / 2]
    return furniture_facts(head, foot)
