"""The composed letter: parts and blocks of text in order, with no opinion on format."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import permutations
from typing import Literal, NamedTuple

#: The part that holds everything of a letter outside the fenced divs.
BODY = "body"
#: The part that Word puts into the header of the first page: wordmark and strapline.
MASTHEAD = "masthead"
#: A picture with what is said of it, and what is said of it in a part of its own.
FIGURE, CAPTION = "figure", "caption"
#: The one part that may be empty: 20 mm kept for a pen.
SIGNATURE = "signature"
#: The language of a letter of which nothing else is said, and of file names that name none; and the other one.
ENGLISH, WELSH = "en", "cy"
#: What finished files call the languages that letters are written in (BCP 47).
TAGS: Mapping[str, str] = {ENGLISH: "en-GB", WELSH: "cy"}
#: How the languages are called in what is said to staff.
LANGUAGE_NAMES: Mapping[str, str] = {ENGLISH: "English", WELSH: "Welsh"}


class Stage(StrEnum):
    """How far an outcome is. `awaited` ones are counted and not built."""

    AWAITED = "awaited"
    SPECIMEN = "specimen"
    DRAFT = "draft"
    READY = "ready"


#: What every page says of a stage, by language; `{}` is what one is called who letters go to.
_STAGE_MARKS: Mapping[str, Mapping[Stage, str]] = {
    ENGLISH: {Stage.SPECIMEN: "SPECIMEN – not a finding about this {}", Stage.DRAFT: "DRAFT – not for issue"},
    WELSH: {Stage.SPECIMEN: "ENGHRAIFFT – nid canfyddiad go iawn", Stage.DRAFT: "DRAFFT – nid i’w gyhoeddi"},
}
#: What stands between the marks of a letter in two languages: each has a line.
_MARKS_JOINED = "\n"
#: What letters go to where a workspace does not say it.
FORCE_WORD = "force"


def stage_mark(stage: Stage, *languages: str, word: str = FORCE_WORD) -> str | None:
    """What every page says about the stage of a letter to a `word`, in `languages` (none: English); None if it is
    ready, or awaited."""
    marks = [_STAGE_MARKS[language].get(stage) for language in languages or (ENGLISH,)]
    return _MARKS_JOINED.join(mark.format(word) for mark in marks if mark) or None


def stage_marked(text: str) -> Stage | None:
    """The stage that a line tells, whoever the letter is to and in whichever language; None for any other line."""
    said = normalise(text)
    return next((stage for stage in Stage for way in _ways_told(stage) if re.fullmatch(way, said)), None)


@cache
def _ways_told(stage: Stage) -> tuple[str, ...]:
    """The patterns of what tells a stage, in each language and in two of them."""
    marks = [marks[stage] for marks in _STAGE_MARKS.values() if stage in marks]
    single = [re.escape(normalise(mark)).replace(r"\{\}", ".{1,60}") for mark in marks]
    return (*single, *(rf"{one}\ {other}" for one, other in permutations(single, 2)))


class LetterKey(NamedTuple):
    """Which letter: its letter type, the slug of its force, and its language (ISO 639, as in `languages: [en, cy]`)."""

    type: str
    slug: str
    language: str = ENGLISH

    @property
    def path(self) -> str:
        """What files and records call it, without an ending: `type/slug`, not in English `type/slug.cy`."""
        return f"{self.type}/{self.slug}" + (f".{self.language}" if self.language != ENGLISH else "")

    @property
    def name(self) -> str:
        """What its files are called within the folder of the type: `slug`, not in English `slug.cy`."""
        return self.path.partition("/")[2]

    @property
    def edition(self) -> str:
        """Its letter type, and the language where that is not English: `type.cy`."""
        return self.type + (f".{self.language}" if self.language != ENGLISH else "")

    @staticmethod
    def of_edition(edition: str, slug: str) -> LetterKey:
        """The key of a letter to `slug`, of which the type and language are an `edition`."""
        type_name, _, language = edition.partition(".")
        return LetterKey(type_name, slug, language or ENGLISH)

    @staticmethod
    def of(path: str) -> LetterKey:
        """The key of which this is the `path`."""
        type_name, _, name = path.partition("/")
        slug, _, language = name.partition(".")
        return LetterKey(type_name, slug, language or ENGLISH)


@dataclass(frozen=True)
class Run:
    """A stretch of text set in one way. `lang` is a BCP 47 tag where it is not the letter's own."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str | None = None
    lang: str | None = None

    def is_sound(self) -> bool:
        """Whether a link leads anywhere, and a language is one."""
        return self.href != "" and self.lang != ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body, or one line of a part."""

    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the subject of the letter."""

    level: int
    runs: tuple[Run, ...]

    def is_sound(self) -> bool:
        """Whether there is such a level."""
        return 1 <= self.level <= 6


@dataclass(frozen=True)
class Quote:
    """A block quote: a recommendation, or words of somebody else."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class ItemList:
    """A bulleted list, or a numbered one when `ordered`, counted from `start`."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1


#: How the cells of a column are set.
Align = Literal["left", "centre", "right"]


@dataclass(frozen=True)
class Table:
    """A table with one row of column headings. `align`: one entry a column, or none where all are set left."""

    header: tuple[tuple[Run, ...], ...]
    rows: tuple[tuple[tuple[Run, ...], ...], ...]
    align: tuple[Align, ...] = ()

    def is_sound(self) -> bool:
        """Whether each row has a cell in each column."""
        columns = len(self.header)
        return len(self.align) in (0, columns) and all(len(row) == columns for row in self.rows)


@dataclass(frozen=True)
class Picture:
    """A picture: its path below `templates/`, which is its key in `HouseStyle.pictures`, and its alt text.

    `lang`: the language of that text, where it is not the letter's own.
    """

    path: str
    alt: str
    lang: str | None = None

    def is_sound(self) -> bool:
        """Whether its path stays below `templates/`."""
        return not {"", ".", ".."} & {*self.path.split("/")}


Block = Paragraph | Heading | Quote | ItemList | Table | Picture


@dataclass(frozen=True)
class Part:
    """A named piece of a letter: a CSS class and a Word style. Each of its paragraphs is one line.

    `every_page`: repeated at the top of each further page (as furniture, outside the words). `begins`: the language of
    a second letter in the same file that begins with this part, on a page of its own, and `foot` that letter's foot.
    """

    name: str
    blocks: tuple[Block, ...]
    every_page: bool = False
    begins: str = ""
    foot: str = ""


@dataclass(frozen=True)
class Letter:
    """One letter to one force, ready to be set in any format.

    `foot`: the lines at the foot of each further page, parted by line feeds.
    `values`: the force's own data that the letter may say, as (name, text): what differs from letter to letter.
    """

    type: str
    slug: str
    force_name: str
    title: str
    date: date
    stage: Stage
    letterhead: str
    parts: tuple[Part, ...]
    foot: str = ""
    author: str = ""
    language: str = "en-GB"
    values: tuple[tuple[str, str], ...] = ()
    #: What one is called who such letters go to.
    recipient: str = FORCE_WORD

    @property
    def key(self) -> LetterKey:
        """Which letter it is. One that is in two languages goes by no language's name."""
        first, *others = self.languages
        return LetterKey(self.type, self.slug, ENGLISH if others else first)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it is in, one letter after the other: one, or two of a letter that is both together."""
        tags = (self.language, *(part.begins for part in self.parts if part.begins))
        return tuple(tag.partition("-")[0] for tag in tags)

    @property
    def feet(self) -> tuple[str, ...]:
        """The foot of each letter in it."""
        return (self.foot, *(part.foot for part in self.parts if part.begins))

    @property
    def stage_mark(self) -> str | None:
        """What every page must say about the stage, or None for a letter that is ready."""
        languages = (language for language in self.languages if language in TAGS)
        return stage_mark(self.stage, *languages, word=self.recipient)


@dataclass(frozen=True)
class HouseStyle:
    """How letters of one letterhead look: its style sheet, its Word styles, and the pictures by path."""

    name: str
    css: str
    styles: bytes
    pictures: Mapping[str, bytes] = field(default_factory=dict)


class CannotRender(Exception):
    """A rendition cannot be made as the letter asks; the text says why."""


def words(letter: Letter) -> tuple[str, ...]:
    """The words of a letter: one string a block (each line of a part is one), in reading order; none if it is empty."""
    texts = (normalise(text) for part in letter.parts for block in part.blocks for text in block_texts(block))
    return tuple(text for text in texts if text)


def block_texts(block: Block) -> Iterator[str]:
    """The text of each innermost block of `block`, top to bottom; pictures have none."""
    return (plain(runs) for runs, _ in innermost(block))


def innermost(block: Block) -> Iterator[tuple[tuple[Run, ...], bool]]:
    """The runs of each innermost block of `block`, top to bottom, and whether it is a paragraph of sentences.

    Headings, the cells of tables and the first paragraph of an entry of a list are none.
    """
    match block:
        case Paragraph(runs):
            yield runs, True
        case Heading(_, runs):
            yield runs, False
        case Quote(blocks):
            for inner in blocks:
                yield from innermost(inner)
        case ItemList(items):
            for item in items:
                for number, inner in enumerate(item):
                    yield from ((runs, is_prose and number > 0) for runs, is_prose in innermost(inner))
        case Table(header, rows):
            for row in (header, *rows):
                yield from ((cell, False) for cell in row)
        case Picture():
            pass


def pictures_of(blocks: Iterable[Block]) -> Iterator[Picture]:
    """The pictures in some blocks, those in quotations and lists among them, top to bottom."""
    for block in blocks:
        match block:
            case Picture():
                yield block
            case Quote(inner):
                yield from pictures_of(inner)
            case ItemList(items):
                yield from (picture for item in items for picture in pictures_of(item))
            case _:
                pass


def plain(runs: tuple[Run, ...]) -> str:
    """The bare text of some runs."""
    return "".join(run.text for run in runs)


_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})


def normalise(text: str) -> str:
    """`text` as words are compared: NFC, typographic quotes straight, white space (no-break too) folded."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).translate(_QUOTES)).strip()
