"""The content of a PDF, ours or of others: its words by its tags or, where these do not hold all, by its lines."""

from __future__ import annotations

import ctypes
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import closing
from typing import Any, NamedTuple

# Not only its raw half: importing the package proper is what starts the library.
import pypdfium2
import pypdfium2.raw as pdfium

from letters.letter import Run
from letters.readback.pdfium import string
from letters.review.compare import content as known
from letters.review.compare.content import Content, Fact, Passage
from letters.review.files.apart import UnreadableFile
from letters.review.files.facts import HEAD, MADE_BY, PAGES, is_stage_mark
from letters.review.files.furniture import BESIDE, PAGE_NUMBERS, facts_of, furniture, is_numbered, margins
from letters.review.files.lines import (
    Char,
    Line,
    cells_of,
    in_paragraphs,
    joined_over_pages,
    lines_of,
    number_of,
    passages_of,
    runs_of,
)
from letters.review.files.pdf_chars import UNKNOWN
from letters.review.files.pdf_notes import ON_WORDS, VALUE
from letters.review.files.pdf_page import IN_FULL, INSTEAD, Block, Page, read_page

MOST_PAGES = 1000
#: How a page looks, and how all of it looks that is no text: digests.
LOOK, DRAWN = "look of the page", "pictures and drawings"
ATTACHED = "attached file"
#: Names of what is counted: characters that mean what their font says, and a form that only one program shows.
UNNAMED, IN_XFA = "unknown character", "form in XFA"

_KNOWN = frozenset(
    {
        *(known.TITLE, known.LANGUAGE, known.AUTHOR, known.STAGE, known.LINK, known.NUMBERS, PAGES),
        *(known.HIDDEN, known.COMMENT, PAGE_NUMBERS, BESIDE, ON_WORDS, VALUE, INSTEAD, IN_FULL, LOOK, DRAWN, ATTACHED),
    }
)
_KNOWN_BY_TAGS = frozenset({known.ALT_TEXT, known.LANGUAGE_OF_WORDS})
#: What a file of one page cannot tell of a letter of ours, which has it on further pages only.
KNOWN_BY_SEVERAL_PAGES = frozenset({known.FOOT, HEAD})
#: The last that a file says; not every program adds the mark of the end to where the table of its objects is.
_END, _TABLE_AT = b"%%EOF", re.compile(rb"\bstartxref\s+\d+")
#: What stands in a file that goes on after its end: an object, its end, or a table of them.
_GOES_ON = re.compile(rb"\d+\s+\d+\s+obj\b|\bendstream\b|\bendobj\b|\bxref\b|\bstartxref\b")
_FORMS_OF_XFA = (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND)


def content_of_pdf(name: str, data: bytes) -> Content:
    """What the PDF says; a line end stands as a line feed in the text of runs. Raises UnreadableFile."""
    if _is_cut_short(data):
        raise UnreadableFile("it was cut short: its end is missing. Copy or make it again")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(_why_not(error)) from error
    with closing(document):
        return _content(name, document)


def _is_cut_short(data: bytes) -> bool:
    """Whether the end is missing; what a mail gateway adds behind it does no harm, unlike half of a later version."""
    tables = [found.end() for found in _TABLE_AT.finditer(data)]
    end = max(data.rfind(_END), *tables[-1:], -1)
    return end < 0 or bool(_GOES_ON.search(data, end))


def _why_not(error: pypdfium2.PdfiumError) -> str:
    if error.err_code == pdfium.FPDF_ERR_PASSWORD:
        return "it is protected with a password. Save a copy without one, and compare that"
    return "it is damaged or cut short. Copy or make it again"


def _content(name: str, document: Any) -> Content:
    count = len(document)
    if not 0 < count <= MOST_PAGES:
        raise UnreadableFile(f"it has {count:,} pages; from 1 to {MOST_PAGES:,} can be compared")
    language = string(pdfium.FPDFCatalog_GetLanguage, document.raw)
    kind = pdfium.FPDF_GetFormType(document.raw)
    form = _form(document)
    pages = [read_page(document.raw, form, number, language) for number in range(count)]
    put = [passage for page in pages for passage in page.put]
    _refuse_dynamic_form(kind, put)
    _refuse_unreadable(pages, put)
    tagged = all(page.tagged for page in pages)
    said = _by_tags(pages) if tagged else _by_lines(pages)
    facts = (*_facts(document, language, pages), *facts_of(said.head, said.foot, said.beside))
    knows = _KNOWN | (_KNOWN_BY_TAGS if tagged else set())
    knows |= {name for name in KNOWN_BY_SEVERAL_PAGES if count > 1 or any(fact.name == name for fact in facts)}
    told = tuple(fact for fact in facts if fact.name in knows or fact.name == MADE_BY)
    counts = _counts(pages, kind)
    return Content(
        name, (*joined_over_pages(said.passages), *put), told, knows | counts.keys(), not_compared=dict(counts)
    )


def _form(document: Any) -> Any:
    """The form of a document as PDFium has it, which gives its fields; None if there is none."""
    document.init_forms()
    return document.formenv.raw if document.formenv else None


def _refuse_dynamic_form(kind: int, put: Sequence[Passage]) -> None:
    if kind == pdfium.FORMTYPE_XFA_FULL or (kind == pdfium.FORMTYPE_XFA_FOREGROUND and not put):
        raise UnreadableFile(
            "it is a form (XFA) that only Adobe Acrobat shows. Open it there, print it to PDF, and compare that"
        )


def _refuse_unreadable(pages: Iterable[Page], put: Sequence[Passage]) -> None:
    pages = list(pages)
    signs = [char.text for page in pages for char in page.chars if not char.text.isspace()]
    if not signs and not put:
        raise UnreadableFile(_why_no_text(pages))
    if 2 * signs.count(UNKNOWN) > len(signs) and not put:
        raise UnreadableFile("it does not say which letters its text is made of. Compare what it was made from")


def _why_no_text(pages: Sequence[Page]) -> str:
    """Why there is nothing to read, by what there is."""
    if any(fact.name == known.HIDDEN for page in pages for fact in page.facts):
        return "none of its text can be seen. Compare what it was made from"
    counts: Counter[str] = Counter()
    for page in pages:
        counts += page.counts
    comments = sum(fact.name == known.COMMENT for page in pages for fact in page.facts)
    others = Counter({name: count for name, count in counts.items() if name not in ("picture", "drawing")})
    others += Counter(comment=comments)
    if others:
        return f"it has no text, only {known.counted(others)}. Compare what it was made from"
    return "it has no text: perhaps a scan, a picture of a letter. Compare what it was made from"


def _counts(pages: Sequence[Page], kind: int) -> Counter[str]:
    """What is seen, or held, and is no words."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts += page.counts
    unknown = sum(_is_unknown(char.text) for page in pages for char in page.chars)
    if unknown:
        counts[UNNAMED] = unknown
    if kind in _FORMS_OF_XFA:
        counts[IN_XFA] = 1
    return counts


def _is_unknown(text: str) -> bool:
    """Whether a character means what its font says, and no more."""
    return text == UNKNOWN or ("\ue000" <= text <= "\uf8ff" and text != "\uf0b7")


class _Sorted(NamedTuple):
    """The passages of each page, and what is none of them."""

    passages: list[list[Passage]]
    head: list[Line]
    foot: list[Line]
    beside: list[str]


def _by_tags(pages: Sequence[Page]) -> _Sorted:
    blocks = [[_passage(block) for block in page] for page in _once(pages)]
    passages = [[passage for passage in page if passage.text] for page in blocks]
    around = [margins(page.artifacts, _baselines(page)) for page in pages]
    masthead = [line for line in around[0].head if not is_stage_mark(line.text) and not is_numbered(line)]
    words = [passage for page in _in_passages([masthead]) for passage in page]
    taken = {id(line) for line in masthead}
    columns = {passage.text for page in passages for passage in page if passage.style == "column heading"}
    return _Sorted(
        [[*words, *passages[0]], *passages[1:]],
        [line for page in around for line in page.head if id(line) not in taken],
        [line for page in around for line in page.foot],
        [line.text for page in around for line in page.beside if not _repeats(line, columns)],
    )


def _passage(block: Block) -> Passage:
    """A block as a passage; of a list item that is empty its number is the words."""
    runs, number = runs_of(block.chars), number_of(block.label)
    style = "list" if number and block.style == "paragraph" else block.style
    return Passage("body", style, runs, number) if runs else Passage("body", style, (Run(block.label),))


def _baselines(page: Page) -> Iterator[float]:
    return (char.y for block in page.blocks for char in block.chars if not char.text.isspace())


def _repeats(line: Line, columns: AbstractSet[str]) -> bool:
    """Whether a line is the head of a table that goes on on its page."""
    return all(cell.text in columns for cell in cells_of(line)) or line.text in columns


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
    around = [line for page in lines for line in page if id(line) in aside]
    return _Sorted(
        _in_passages([[line for line in page if id(line) not in aside] for page in lines]),
        [line for line in around if line.y > line.height / 2],
        [line for line in around if line.y <= line.height / 2],
        [],
    )


def _in_passages(pages: Sequence[Sequence[Line]]) -> list[list[Passage]]:
    """The passages that lines of pages make."""
    cells = [[cell for line in page for cell in cells_of(line)] for page in pages]
    return [list(passages_of(page)) for page in in_paragraphs(cells)]


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
    for page in pages:
        yield from page.facts
        yield from (
            Fact(name, look, f"page {page.number}")
            for name, look in ((LOOK, page.looks.whole), (DRAWN, page.looks.rest))
            if look
        )
    yield from _attached(document)


def _attached(document: Any) -> Iterator[Fact]:
    for at in range(pdfium.FPDFDoc_GetAttachmentCount(document.raw)):
        attachment = pdfium.FPDFDoc_GetAttachment(document.raw, at)
        size = ctypes.c_ulong()
        pdfium.FPDFAttachment_GetFile(attachment, None, 0, size)
        buffer = ctypes.create_string_buffer(max(size.value, 1))
        pdfium.FPDFAttachment_GetFile(attachment, buffer, size.value, size)
        digest = hashlib.sha256(buffer.raw[: size.value]).hexdigest()[:16]
        yield Fact(ATTACHED, digest, string(pdfium.FPDFAttachment_GetName, attachment))
