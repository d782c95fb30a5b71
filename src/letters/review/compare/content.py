"""What a comparison sees of a letter, whatever file it came from: its passages in reading order, and hidden facts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from letters.letter import (
    FORCE_WORD,
    Block,
    Heading,
    ItemList,
    Letter,
    Paragraph,
    Part,
    Picture,
    Quote,
    Run,
    Table,
    normalise,
    pictures_of,
    plain,
)

#: What a content may know besides its words; two contents are compared in what both know.
FORMATTING = "formatting"
TYPOGRAPHY = "typography"
NUMBERS = "numbers of lists"
MARKS = "struck out, raised and the like"
PLACES = "places in tables"
#: The bullet of a list, whichever sign it is drawn as.
BULLET = "•"
#: Names of hidden facts.
TITLE, LANGUAGE, AUTHOR, DATE, STAGE = "title", "language", "author", "date", "stage"
LETTERHEAD, FOOT, FILE = "letterhead", "foot of the page", "file name"
LINK, ALT_TEXT, PICTURE, LANGUAGE_OF_WORDS = "link target", "alt text", "picture file", "language of words"
REPEATED = "repeated on every page"
#: Those that only files have. HIDDEN: words that are there and that nobody sees; its `about` says where.
HIDDEN = "hidden words"
NOTE = "place of a note"
CHART, BOUND = "what a chart shows", "data that Word puts into content controls"
FIRST_HEAD, FIRST_FOOT = "head of the first page of a section", "foot of the first page"
EVEN_HEAD, EVEN_FOOT = "head of the even pages", "foot of the even pages"
CHANGES, COMMENT, IMAGE = "tracked changes", "comment", "what a picture shows"


@dataclass(frozen=True)
class Cell:
    """The place of words in a table: of which table of the letter, in which column, and in which row, from 1."""

    table: int
    column: int
    row: int


@dataclass(frozen=True)
class MarkedRun(Run):
    """A run that looks otherwise than bold or italic can say. `marks`: how, in a person's words ("struck out")."""

    marks: tuple[str, ...] = ()


def marks_of(run: Run) -> tuple[str, ...]:
    """What a run looks like, beside bold and italic."""
    return run.marks if isinstance(run, MarkedRun) else ()


class Style(NamedTuple):
    """What a passage is: a paragraph, a heading of a level, a table cell, or what the style of a Word file is called.

    `inside`: what it stands in, outermost first; only composed letters tell. As a text it is in a person's words.
    """

    name: str
    level: int = 0
    inside: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ", ".join((*self.inside, f"{self.name} {self.level}" if self.level else self.name))


PARAGRAPH, QUOTATION, LIST = Style("paragraph"), Style("quotation"), Style("list")
BULLETS, NUMBERED = Style("bulleted list"), Style("numbered list")
COLUMN_HEADING, CELL = Style("column heading"), Style("table cell")
FOOTNOTE = Style("footnote")


def heading(level: int) -> Style:
    """That of a heading."""
    return Style("heading", level)


@dataclass(frozen=True)
class Passage:
    """One innermost block of a letter: a paragraph, a heading, a list item, a table cell, or one line of a part.

    `runs` hold the text as it is set, emphasis, links and languages with it.
    `number`: the number or bullet before it, as printed ("4.", "(b)", "•"): compared, and none of its words.
    `cell`: where in its table it stands, if that is known.
    """

    part: str
    style: Style
    runs: tuple[Run, ...]
    number: str = ""
    cell: Cell | None = None

    @cached_property
    def text(self) -> str:
        """Its words: quotation marks straight, white space folded."""
        return normalise(plain(self.runs))

    @cached_property
    def characters(self) -> tuple[tuple[str, Run], ...]:
        """For each character of `text` how it is really written, and the run that it is in."""
        return tuple(_characters(self.runs))


@dataclass(frozen=True)
class Fact:
    """Something that a letter says without words, such as the target of a link. `about`: which one, where a letter may
    have several of its name."""

    name: str
    value: str
    about: str = ""


@dataclass(frozen=True)
class Content:
    """One side of a comparison. `values`: the force's own data in the words, by text (Kent Police: name), which do not
    make one change into many. `knows`: what can be told of it besides words: FORMATTING, TYPOGRAPHY, NUMBERS, names of
    facts, and what is counted in `not_compared`.

    `not_compared`: how many there are of what a reader of the letter sees and that is not looked at, by its name in the
    singular ("form field": 6). What is looked at in any way – its words, its bytes – is none of it.
    """

    name: str
    passages: tuple[Passage, ...]
    facts: tuple[Fact, ...] = ()
    knows: frozenset[str] = frozenset()
    values: Mapping[str, str] = field(default_factory=dict)
    not_compared: Mapping[str, int] = field(default_factory=dict)
    #: What one is called who such letters go to, as far as that is known.
    recipient: str = FORCE_WORD


def several(name: str) -> str:
    """The plural of the name of what is counted: "stretch of hidden words", "stretches of hidden words"."""
    head, *rest = re.split(r"(?= (?:of|in|with|that|on|without) )", name, maxsplit=1)
    return f"{head}{'es' if head.endswith(('x', 'ch', 'sh')) else 's'}{''.join(rest)}"


def counted(counts: Mapping[str, int]) -> str:
    """What is counted in one line: "6 form fields, 1 picture"."""
    return ", ".join(f"{count:,} {name if count == 1 else several(name)}" for name, count in counts.items())


#: What a composed letter can tell.
ALL_KNOWN = frozenset(
    {
        *(FORMATTING, TYPOGRAPHY, TITLE, LANGUAGE, AUTHOR, DATE, STAGE, LETTERHEAD, FOOT, FILE),
        *(LINK, ALT_TEXT, PICTURE, LANGUAGE_OF_WORDS, REPEATED, NUMBERS, MARKS, PLACES, HIDDEN),
    }
)


def content_of(letter: Letter) -> Content:
    """A composed letter as a comparison sees it."""
    passages = _tables_counted(passage for part in letter.parts for passage in _passages(part))
    facts = [
        Fact(TITLE, letter.title),
        Fact(LANGUAGE, letter.language),
        Fact(AUTHOR, letter.author),
        Fact(DATE, letter.date.isoformat()),
        Fact(STAGE, letter.stage.value),
        Fact(LETTERHEAD, letter.letterhead),
        *(Fact(FOOT, foot.replace("\n", " ")) for foot in dict.fromkeys(letter.feet) if foot),
        Fact(FILE, letter.slug),
        *(fact for part in letter.parts for fact in _facts(part)),
    ]
    values = {normalise(text): key for key, text in letter.values}
    name = f"{letter.slug}, {letter.type}"
    return Content(name, passages, tuple(facts), ALL_KNOWN, values, recipient=letter.recipient)


def _tables_counted(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """The passages with their tables numbered: one begins with its first heading."""
    counted: list[Passage] = []
    table, last = 0, (0, 0)
    for passage in passages:
        if cell := passage.cell:
            at = cell.row, cell.column
            table += at <= last or not (counted and counted[-1].cell)
            passage, last = replace(passage, cell=replace(cell, table=table)), at
        counted.append(passage)
    return tuple(counted)


def _passages(part: Part) -> Iterator[Passage]:
    for block in part.blocks:
        yield from (passage for passage in _inner(part.name, block) if passage.text)


def _inner(part: str, block: Block, around: tuple[str, ...] = ()) -> Iterator[Passage]:
    """The innermost blocks of `block`, top to bottom, as `letter.block_texts` has them."""
    match block:
        case Paragraph(runs):
            yield Passage(part, Style(around[-1], inside=around[:-1]) if around else PARAGRAPH, runs)
        case Heading(level, runs):
            yield Passage(part, heading(level), runs)
        case Quote(blocks):
            for inner in blocks:
                yield from _inner(part, inner, (*around, QUOTATION.name))
        case ItemList(items, ordered, start):
            inside = (*around, (NUMBERED if ordered else BULLETS).name)
            for number, item in enumerate(items, start):
                first = f"{number}." if ordered else BULLET
                for at, inner in enumerate(item):
                    yield from _numbered(_inner(part, inner, inside), "" if at else first)
        case Table(header, rows):
            for number, row in enumerate((header, *rows), 1):
                style = CELL if number > 1 else COLUMN_HEADING
                cells = enumerate(row, 1)
                yield from (Passage(part, style, cell, cell=Cell(0, column, number)) for column, cell in cells)
        case Picture():
            pass


def _numbered(passages: Iterable[Passage], number: str) -> Iterator[Passage]:
    """The passages of a block of an item, the first with its number; a table or another list has none to show it at."""
    for at, passage in enumerate(passages):
        shows = not at and not passage.number and passage.cell is None
        yield replace(passage, number=number) if shows and number else passage


def _facts(part: Part) -> Iterator[Fact]:
    if part.every_page:
        yield Fact(REPEATED, "yes", part.name)
    for picture in pictures_of(part.blocks):
        yield Fact(PICTURE, picture.path, part.name)
        yield Fact(ALT_TEXT, picture.alt, picture.path)


def _characters(runs: Iterable[Run]) -> Iterator[tuple[str, Run]]:
    """The characters of some runs as `normalise` leaves them, one for one, each as it is really written."""
    space: tuple[str, Run] | None = None
    begun = False
    for run in runs:
        for ch in unicodedata.normalize("NFC", run.text):
            if ch.isspace():
                space = space or (ch, run)
                continue
            if space and begun:
                yield space
            space, begun = None, True
            yield ch, run
