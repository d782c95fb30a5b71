"""The lines of printed pages, and which of them make one paragraph."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, pairwise, takewhile
from typing import NamedTuple

from letters.letter import Run, normalise
from letters.review.compare.content import BULLET, LIST, PARAGRAPH, QUOTATION, Passage

#: In points: places that differ by less are the same.
SAME_PLACE = 3.0
#: Lines further apart than this many times the usual distance belong to different paragraphs.
_GAP = 1.3
_SIZES_DIFFER = 0.6
#: Times the size of the text: space between columns, and the furthest that the first line of a paragraph is indented.
_COLUMN_GAP, _FIRST_INDENT = 2.5, 5
#: Times the size of the text: the most that lines of one paragraph are apart.
_MOST_PITCH = 2.2
#: Times the size of the text: space after the number of a list, wider than between words.
_LABEL_GAP = 0.5
#: So many lines begin at a place that is a margin.
_MARGIN_LINES = 3
#: Which part of the width a line fills that may have no room for the words of the next.
_NEARLY_FULL = 0.75
#: Times the size of the text: what is smaller is raised or lowered, by how much at most, and how far from what is
#: before it it stands.
_SMALL, _MOVED, _TIGHT, _CLOSE = 0.9, 0.6, 0.15, 0.2
_ENDS = re.compile(r"[.?!:;]['\")\]]*$")
_RUNNING = (PARAGRAPH, QUOTATION)
_LABEL = re.compile(r"^(?:\d{1,3}(?:\.\d{1,3})*[.)]|(?:[a-z]|[ivx]+)[.)]|\((?:\d{1,3}|[a-z]|[ivx]+)\))$")
_BULLET = re.compile(r"^[•●◦▪■‣·\uf0b7\u2043]\s+")


class Char(NamedTuple):
    """A character of a page and its place, in points from the lower left corner; `y` is that of its baseline.

    `content`: the number of its marked content, as PDFium has it.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    href: str | None = None
    lang: str | None = None
    content: int | None = None


def stands_behind(before: Char, after: Char) -> bool:
    """Whether of two characters, one of them small, the other stands right behind the one, raised or lowered from it
    ("20 m2", "the 5th")."""
    small, size = sorted((before.size, after.size))
    moved, gap = abs(before.y - after.y), after.left - before.right
    return small < _SMALL * size and moved < _MOVED * size and -_TIGHT * size < gap < _CLOSE * size


@dataclass(frozen=True)
class Line:
    """A line of a page, with at least one character that is no space. `page` counts from 1; `height` is the page's."""

    chars: tuple[Char, ...]
    page: int
    height: float

    @cached_property
    def text(self) -> str:
        """Its words, folded."""
        return normalise("".join(char.text for char in self.chars))

    @cached_property
    def _ink(self) -> list[Char]:
        return [char for char in self.chars if not char.text.isspace()]

    @cached_property
    def left(self) -> float:
        """Where its ink begins."""
        return self._ink[0].left

    @cached_property
    def right(self) -> float:
        """Where its ink ends."""
        return max(char.right for char in self._ink)

    @cached_property
    def y(self) -> float:
        """Its baseline."""
        return self._usual.y

    @cached_property
    def size(self) -> float:
        """How large it is set."""
        return self._usual.size

    @cached_property
    def _usual(self) -> Char:
        """The first of its letters that are set as most are, and neither raised nor lowered."""
        first = self._ink[0]
        size, _ = max(Counter(char.size for char in self._ink).items(), key=lambda one: (one[1], one[0]))
        return first if first.size == size else next(char for char in self._ink if char.size == size)

    @cached_property
    def first_word(self) -> float:
        """How wide the words are that its first one may not be parted from."""
        start = self.chars.index(self._ink[0])
        word = list(takewhile(lambda char: char.text not in " \t", self.chars[start:]))
        return word[-1].right - word[0].left


def lines_of(chars: Sequence[Char], page: int, height: float) -> list[Line]:
    """The lines of a page, in the order of its text."""
    lines: list[list[Char]] = [[]]
    for char in chars:
        if char.text == "\n":
            lines.append([])
        else:
            lines[-1].append(char)
    return [Line(tuple(line), page, height) for line in lines if any(not char.text.isspace() for char in line)]


def cells_of(line: Line) -> Iterator[Line]:
    """The pieces of a line with white space between them that is wider than any between words."""
    cells: list[list[Char]] = [[]]
    end: float | None = None
    for char in line.chars:
        if not char.text.isspace():
            if end is not None and char.left - end > _COLUMN_GAP * max(char.size, 1):
                cells.append([])
            end = char.right
        cells[-1].append(char)
    return (replace(line, chars=tuple(cell)) for cell in cells)


# -- paragraphs


def in_paragraphs(pages: Sequence[Sequence[Line]]) -> Iterator[list[list[Line]]]:
    """For each page its lines, those of a paragraph together."""
    setting = _Setting([line for lines in pages for line in lines])
    for lines in pages:
        paragraphs: list[list[Line]] = []
        for line in lines:
            if paragraphs and setting.goes_on(paragraphs[-1], line):
                paragraphs[-1].append(line)
            else:
                paragraphs.append([line])
        yield paragraphs


class _Setting:
    """How the lines of a document are set: where they begin and end, and how far they are apart."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._ends: defaultdict[int, float] = defaultdict(float)
        self._begun: Counter[int] = Counter()
        for line in lines:
            self._ends[round(line.left)] = max(self._ends[round(line.left)], line.right)
            self._begun[round(line.left)] += 1
        self._pitches = _pitches(lines)

    def goes_on(self, paragraph: Sequence[Line], line: Line) -> bool:
        """Whether `line` belongs to the paragraph above it."""
        above = paragraph[-1]
        distance = above.y - line.y
        if not 0 < distance <= _GAP * self._pitches.get(round(above.size), 1.2 * above.size):
            return False
        if above.page != line.page or abs(above.size - line.size) > _SIZES_DIFFER or _BULLET.match(line.text):
            return False
        if abs(line.left - above.left) > SAME_PLACE and not self._is_first(paragraph, line):
            return False
        end = max(self._end(above), self._end(line))
        # Had its first word had room above, it would stand there; not so if a no-break space ties it to the next, which
        # not every program writes into a PDF.
        in_a_sentence = not _ENDS.search(above.text) and (line.text[0].islower() or line.text[0].isdigit())
        nearly_full = above.right - above.left > _NEARLY_FULL * (end - above.left)
        return above.right + line.first_word + above.size * 0.3 > end or (in_a_sentence and nearly_full)

    def _is_first(self, paragraph: Sequence[Line], line: Line) -> bool:
        """Whether a paragraph is so far one line, set in or out, and `line` is at the margin of the others."""
        first = paragraph[0]
        if len(paragraph) > 1 or abs(first.left - line.left) > _FIRST_INDENT * first.size:
            return False
        margin = sum(self._begun[round(line.left) + off] for off in (-1, 0, 1)) >= _MARGIN_LINES
        return bool(_BULLET.match(first.text)) or (first.left > line.left and margin)

    def _end(self, line: Line) -> float:
        """How far to the right lines reach that begin where this one does."""
        return max(self._ends.get(round(line.left) + off, 0.0) for off in range(-2, 3))


def _pitches(lines: Sequence[Line]) -> Mapping[int, float]:
    """How far lines of one size usually are apart: the least distance that is common."""
    distances: defaultdict[int, Counter[float]] = defaultdict(Counter)
    for above, below in pairwise(lines):
        distance = above.y - below.y
        same_size = above.page == below.page and abs(above.size - below.size) < _SIZES_DIFFER
        if same_size and 0 < distance < _MOST_PITCH * above.size:
            distances[round(above.size)][round(distance, 1)] += 1
    return {size: min(d for d, n in found.items() if 4 * n >= max(found.values())) for size, found in distances.items()}


def passages_of(paragraphs: Iterable[Sequence[Line]]) -> Iterator[Passage]:
    """Paragraphs as passages; a line end stands as a line feed in the text of their runs.

    Bullets, and numbers set apart from what they count, are none of the words, for Word counts by itself.
    """
    for lines in paragraphs:
        chars = [char for line in lines for char in (*line.chars, Char("\n", 0, 0, 0, 0))]
        size = _label(chars)
        runs, label = runs_of(chars[size:]), number_of("".join(char.text for char in chars[:size]))
        if label and runs:
            yield Passage("body", LIST, runs, label)
        else:
            yield Passage("body", PARAGRAPH, runs_of(chars))


def number_of(label: str) -> str:
    """The number before a passage, as printed; bullets are one whichever sign they are."""
    said = normalise(label)
    return BULLET if said and not any(char.isalnum() for char in said) else said


def _label(chars: Sequence[Char]) -> int:
    """How many characters of a paragraph are its bullet or number, with the space after."""
    text = "".join(char.text for char in chars)
    if found := _BULLET.match(text):
        return found.end()
    first, space, _ = re.split(r"(\s+)", text, maxsplit=1)
    size = len(first) + len(space)
    apart = len(chars) > size and chars[size].left - chars[len(first) - 1].right > _LABEL_GAP * chars[0].size
    return size if apart and _LABEL.match(first) else 0


def runs_of(chars: Sequence[Char]) -> tuple[Run, ...]:
    """The text of some characters, with its links and languages; without white space at its ends."""
    ink = [number for number, char in enumerate(chars) if not char.text.isspace()]
    kept = chars[ink[0] : ink[-1] + 1] if ink else []
    return tuple(
        Run("".join(char.text for char in group), href=href, lang=lang)
        for (href, lang), group in groupby(kept, key=lambda char: (char.href, char.lang))
    )


def joined_over_pages(pages: Sequence[Sequence[Passage]]) -> Iterator[Passage]:
    """The passages of all pages; one that plainly runs over the end of a page is joined."""
    waiting: Passage | None = None
    for passages in pages:
        for number, passage in enumerate(passages):
            if waiting and number == 0 and _runs_over(waiting, passage):
                waiting = replace(waiting, runs=(*waiting.runs, Run("\n"), *passage.runs))
                continue
            if waiting:
                yield waiting
            waiting = passage
    if waiting:
        yield waiting


def _runs_over(above: Passage, below: Passage) -> bool:
    same = above.style == below.style in _RUNNING
    return same and not _ENDS.search(above.text) and below.text[:1].islower()
