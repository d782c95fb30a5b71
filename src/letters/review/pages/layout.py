"""Where the words of a letter stand on the pages of its PDF, and in what type they are set."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

from letters.letter import normalise
from letters.readback.pdf import LABEL, SAME_LINE, Content, Path, joined, opened_page, tagged
from letters.readback.pdfium.document import Document, opened
from letters.readback.pdfium.objects import Kind, PageObject
from letters.readback.pdfium.page import Page
from letters.readback.pdfium.text import PageText
from letters.review.compare.content import Passage


@dataclass(frozen=True)
class Typeface:
    """How text is set: the name of the font, its size in points, its colour as `#rrggbb`."""

    font: str
    size: float
    colour: str


@dataclass(frozen=True)
class Line:
    """One line of a passage, in points from the upper left corner of its page (from 1).

    `letters`: its characters as words are compared, without white space; `edges`: the left and right end of each.
    """

    page: int
    baseline: float
    top: float
    bottom: float
    letters: str
    edges: tuple[tuple[float, float], ...]
    typefaces: tuple[Typeface, ...]

    @property
    def left(self) -> float:
        """Where its first letter begins."""
        return self.edges[0][0]

    @property
    def right(self) -> float:
        """Where its last letter ends."""
        return self.edges[-1][1]


@dataclass(frozen=True)
class Layout:
    """The pages of a PDF (width and height in points), and the lines of each passage in reading order."""

    pages: tuple[tuple[float, float], ...]
    passages: tuple[tuple[Line, ...], ...]

    @cached_property
    def on_page(self) -> Mapping[int, tuple[int, ...]]:
        """The passages that begin on each page, in reading order."""
        numbers: defaultdict[int, list[int]] = defaultdict(list)
        for number, lines in enumerate(self.passages):
            numbers[lines[0].page].append(number)
        return {page: tuple(found) for page, found in numbers.items()}


def layout_of(pdf: bytes) -> Layout:
    """Where the words of a PDF stand. Raises ValueError if it cannot be read, or has no tags: then it is not ours."""
    with opened(pdf) as document:
        pages = [_page(document, number) for number in range(len(document))]
    passages = tuple(joined([found for _, found in pages], lambda above, below: (*above, *below)))
    if not passages:
        raise ValueError("not a PDF that can be read: none of its text is tagged")
    return Layout(tuple(size for size, _ in pages), passages)


def require_words(layout: Layout, passages: Sequence[Passage]) -> None:
    """Raise ValueError unless the PDF says these passages, letter for letter; white space has no place on paper."""
    said = [unicodedata.normalize("NFC", letters_of(lines)) for lines in layout.passages]
    if said != ["".join(passage.text.split()) for passage in passages]:
        raise ValueError("the PDF does not say the words of the letter")


def letters_of(lines: Iterable[Line]) -> str:
    """The characters of some lines, without white space."""
    return "".join(line.letters for line in lines)


def _page(document: Document, index: int) -> tuple[tuple[float, float], list[tuple[Path, tuple[Line, ...]]]]:
    """The size of a page and the lines of its passages, each with its path in the tree."""
    with opened_page(document, index) as (page, text, tree):
        size = page.size
        pieces = _pieces(page, text, size[1])
        blocks = [block for block in tagged(tree, pieces) if block.tag != LABEL]
    passages = ((block.path, tuple(_lines(index + 1, block.content, pieces))) for block in blocks)
    return size, [(path, lines) for path, lines in passages if lines]


class _Letter(NamedTuple):
    """A character on paper, without those that are none in words."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True)
class _Piece:
    """The letters of one text object, the height of their baseline, and their type."""

    letters: tuple[_Letter, ...]
    baseline: float
    typeface: Typeface


def _pieces(page: Page, text: PageText, height: float) -> Mapping[int, list[_Piece]]:
    """The pieces of text of a page by the number of their marked content."""
    letters = _letters(text, height)
    found: defaultdict[int, list[_Piece]] = defaultdict(list)
    for item in page.objects():
        if item.kind is Kind.TEXT:
            matrix = item.matrix
            piece = _Piece(tuple(letters[item.address]), height - matrix.f, _typeface(item, abs(matrix.d)))
            found[item.content].append(piece)
    return found


def _letters(text: PageText, height: float) -> Mapping[int | None, list[_Letter]]:
    """The letters of each text object of a page, by its address."""
    found: defaultdict[int | None, list[_Letter]] = defaultdict(list)
    for char, item, left, bottom, right, top in text.letters():
        if said := _as_words(char):
            found[item].append(_Letter(said, left, right, height - top, height - bottom))
    return found


@lru_cache(maxsize=4096)
def _as_words(char: str) -> str:
    return normalise(char)


def _typeface(item: PageObject, scale: float) -> Typeface:
    red, green, blue, _ = item.fill or (0, 0, 0, 0)
    # The prefix of a font tells subsets of it apart.
    return Typeface(item.font.rpartition("+")[2], round(item.size * scale, 1), f"#{red:02x}{green:02x}{blue:02x}")


def _lines(page: int, content: Content, pieces: Mapping[int, list[_Piece]]) -> Iterator[Line]:
    """The lines of a block that hold any letter."""
    line: list[_Piece] = []
    for piece in chain.from_iterable(pieces.get(mcid, ()) for mcid in content):
        if not piece.letters:
            continue
        if line and abs(piece.baseline - line[-1].baseline) > SAME_LINE:
            yield _line(page, line)
            line = []
        line.append(piece)
    if line:
        yield _line(page, line)


def _line(page: int, pieces: Sequence[_Piece]) -> Line:
    letters = [letter for piece in pieces for letter in piece.letters]
    # NFC makes two of a few characters; both have the edges of the one.
    edges = tuple((letter.left, letter.right) for letter in letters for _ in letter.text)
    return Line(
        page,
        pieces[0].baseline,
        min(letter.top for letter in letters),
        max(letter.bottom for letter in letters),
        "".join(letter.text for letter in letters),
        edges,
        tuple(dict.fromkeys(piece.typeface for piece in pieces)),
    )
