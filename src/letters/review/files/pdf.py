"""The content of a PDF, ours or of others: its words by its tags or, where these do not hold all, by its lines."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from letters.letter import Run
from letters.readback.pdfium.document import Document, FormKind, Protected, Unreadable, opened
from letters.readback.pdfium.text import UNKNOWN
from letters.review.compare import content as known
from letters.review.compare.content import COLUMN_HEADING, LIST, PARAGRAPH, Content, Fact, Passage
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
_FORMS_OF_XFA = (FormKind.XFA_IN_FULL, FormKind.XFA_ON_FIELDS)


def content_of_pdf(name: str, data: bytes) -> Content:
    """What the PDF says; a line end stands as a line feed in the text of runs. Raises UnreadableFile."""
    if _is_cut_short(data):
        raise UnreadableFile("it was cut short: its end is missing. Copy or make it again")
    try:
        with opened(data, fields=True) as document:
            return _content(name, document)
    except Protected as error:
        raise UnreadableFile("it is protected with a password. Save a copy without one, and compare that") from error
    except Unreadable as error:
        raise UnreadableFile("it is damaged or cut short. Copy or make it again") from error


def _is_cut_short(data: bytes) -> bool:
    """Whether the end is missing; what a mail gateway adds behind it does no harm, unlike half of a later version."""
    tables = [found.end() for found in _TABLE_AT.finditer(data)]
    end = max(data.rfind(_END), *tables[-1:], -1)
    return end < 0 or bool(_GOES_ON.search(data, end))


def _content(name: str, document: Document) -> Content:
    count = len(document)
    if not 0 < count <= MOST_PAGES:
        raise UnreadableFile(f"it has {count:,} pages; from 1 to {MOST_PAGES:,} can be compared")
    language, form = document.language, document.form
    pages = [read_page(document, number, language) for number in range(count)]
    put = [passage for page in pages for passage in page.put]
    _refuse_dynamic_form(form, put)
    _refuse_unreadable(pages, put)
    tagged = all(page.tagged for page in pages)
    said = _by_tags(pages) if tagged else _by_lines(pages)
    facts = (*_facts(document, language, pages), *facts_of(said.head, said.foot, said.beside))
    knows = _KNOWN | (_KNOWN_BY_TAGS if tagged else set())
    knows |= {name for name in KNOWN_BY_SEVERAL_PAGES if count > 1 or any(fact.name == name for fact in facts)}
    told = tuple(fact for fact in facts if fact.name in knows or fact.name == MADE_BY)
    counts = _counts(pages, form)
    return Content(
        name, (*joined_over_pages(said.passages), *put), told, knows | counts.keys(), not_compared=dict(counts)
    )


def _refuse_dynamic_form(form: FormKind, put: Sequence[Passage]) -> None:
    if form is FormKind.XFA_IN_FULL or (form is FormKind.XFA_ON_FIELDS and not put):
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


def _counts(pages: Sequence[Page], form: FormKind) -> Counter[str]:
    """What is seen, or held, and is no words."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts += page.counts
    unknown = sum(_is_unknown(char.text) for page in pages for char in page.chars)
    if unknown:
        counts[UNNAMED] = unknown
    if form in _FORMS_OF_XFA:
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
    columns = {passage.text for page in passages for passage in page if passage.style == COLUMN_HEADING}
    return _Sorted(
        [[*words, *passages[0]], *passages[1:]],
        [line for page in around for line in page.head if id(line) not in taken],
        [line for page in around for line in page.foot],
        [line.text for page in around for line in page.beside if not _repeats(line, columns)],
    )


def _passage(block: Block) -> Passage:
    """A block as a passage; of a list item that is empty its number is the words."""
    runs, number = runs_of(block.chars), number_of(block.label)
    style = LIST if number and block.style == PARAGRAPH else block.style
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


def _facts(document: Document, language: str, pages: Sequence[Page]) -> Iterator[Fact]:
    yield Fact(known.TITLE, document.about("Title"))
    yield Fact(known.LANGUAGE, language)
    yield Fact(known.AUTHOR, document.about("Author"))
    yield Fact(MADE_BY, document.about("Producer"))
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
    for name, data in document.attachments():
        yield Fact(ATTACHED, hashlib.sha256(data).hexdigest()[:16], name)
