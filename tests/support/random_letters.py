"""Letters as a drafter might write them, each made of nothing but its seed: the same seed is the same letter."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from random import Random

from letters.letter import (
    BODY,
    Align,
    Block,
    Heading,
    HouseStyle,
    ItemList,
    Letter,
    Paragraph,
    Part,
    Picture,
    Quote,
    Run,
    Stage,
    Table,
    block_texts,
    plain,
)
from support.letters_by_hand import TEMPLATES, real
from support.letters_by_hand import house_style as pictured

#: For the count of pages: no letter of them has more than five.
SEEDS = range(1, 201)
TITLE = "Findings and recommendations"
LETTERHEAD = "hmicfrs"

_WORDS = """
the force of and to in that a for is on with we its our was are has not this have inspection recommendation evidence
corruption intelligence officers staff review plans unit monitoring systems report improvement people community
victims counter-corruption information technology reviewed national strategy governance leadership vulnerable support
organisations comprehensive implementation accountability progress supervisors training wellbeing risk assessment
constabulary commissioner year-on-year decision-making effectiveness efficiency legitimacy published by May June
""".split()
_LONG = (
    "https://www.justiceinspectorates.gov.uk/hmicfrs/wp-content/uploads/peel-police-legitimacy-2016-national-report.pdf",
    "abuse-of-position-for-a-sexual-purpose@professional-standards.example.police.uk",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch",
)
_FORCES = (
    "Kent Police",
    "Avon and Somerset Constabulary",
    "Dyfed-Powys Police",
    "West Midlands Police",
    "Gwent Police",
)
#: About as many lines of text as four pages hold; what is above and below the body makes it up to five.
_MOST_LINES = 165
_DRAWN = {"chart": (600, 300, 150), "photograph": (900, 1200, 200), "icon": (64, 64, 96), "banner": (2000, 250, 96)}
_TYPOGRAPHY = (
    "‘in place’",
    "“started”",
    "£1,250,000",
    "−3.5 per cent",
    "24/7",
    "paragraphs 3–7",
    "PEEL: 2016",
    "No. 12",
)


class Drafter:
    """Somebody who writes letters by throwing dice."""

    def __init__(self, seed: int) -> None:
        self._dice = Random(seed)
        self._pictures = tuple(_DRAWN)

    def letter(self, seed: int) -> Letter:
        """One letter of one to five pages, most of them short."""
        body: list[Block] = [Heading(1, (Run(TITLE),))]
        most = self._dice.randint(10, _MOST_LINES)
        while (left := most - sum(map(_lines, body))) > 0:
            more = self._some()
            body += more if sum(map(_lines, more)) <= left + 10 else [self._paragraph()]
        first, *others = real("cumbria", self._dice.choice((Stage.READY, Stage.DRAFT))).parts
        parts = (Part(BODY, tuple(body)) if part.name == BODY else part for part in (first, *others))
        return Letter(
            type="random",
            slug=f"seed-{seed:03}",
            force_name=self._dice.choice(_FORCES),
            title=TITLE,
            date=date(2018, 3, 1),
            stage=self._dice.choice((Stage.READY, Stage.DRAFT)),
            letterhead=LETTERHEAD,
            parts=tuple(parts),
            foot=f"{self._dice.choice(_FORCES)}, 1 March 2018",
            author="Somebody",
        )

    # -- blocks

    def _some(self) -> list[Block]:
        """What a drafter thinks of next, with the line that announces it."""
        dice = self._dice
        kinds: list[tuple[int, Callable[[], list[Block]]]] = [
            (8, lambda: [self._paragraph()]),
            (2, lambda: [Heading(2, (Run(self._title()),)), self._paragraph()]),
            (1, lambda: [Heading(2, (Run(self._title()),)), Heading(3, (Run(self._title()),)), self._paragraph()]),
            (3, lambda: [self._announcement(), self._list(0)]),
            (2, lambda: [self._paragraph(), self._quote(0)]),
            (2, lambda: [self._announcement(), self._table()]),
            (1, lambda: [self._announcement(), self._picture()]),
        ]
        weights, makers = zip(*kinds, strict=True)
        return list(dice.choices(makers, weights)[0]())

    def _paragraph(self, longest: int = 7) -> Paragraph:
        runs: list[Run] = []
        for _ in range(self._dice.randint(1, longest)):
            runs += self._sentence()
        return Paragraph(_joined(runs))

    def _sentence(self) -> list[Run]:
        text = self._phrase(self._dice.randint(5, 22)).capitalize()
        match self._dice.randint(1, 24):
            case 1:
                return [Run(f"{text} "), Run(self._dice.choice(_TYPOGRAPHY), bold=True), Run(". ")]
            case 2:
                return [Run(f"{text} "), Run(self._phrase(3), italic=True), Run(". ")]
            case 3:
                return [Run(f"{text} ("), Run("our guidance", href="https://example.org/guidance"), Run("). ")]
            case 4:
                return [Run(f"{text} {self._dice.choice(_TYPOGRAPHY)}. ")]
            case 5 if self._dice.random() < 0.4:
                return [Run(f"{text} {self._dice.choice(_LONG)} ")]
            case _:
                return [Run(f"{text}. ")]

    def _phrase(self, words: int) -> str:
        return " ".join(self._dice.choices(_WORDS, k=words))

    def _title(self) -> str:
        return self._phrase(self._dice.randint(2, 7)).capitalize()

    def _announcement(self) -> Paragraph:
        return Paragraph((Run(f"{self._phrase(self._dice.randint(3, 14)).capitalize()}:"),))

    def _line(self) -> Paragraph:
        return Paragraph((Run(f"{self._phrase(self._dice.randint(1, 25))};"),))

    def _list(self, depth: int) -> ItemList:
        ordered = self._dice.random() < 0.5
        start = self._dice.choice((1, 1, 1, 4, 9, 99)) if ordered else 1
        return ItemList(tuple(self._item(depth) for _ in range(self._dice.randint(1, 6))), ordered, start)

    def _item(self, depth: int) -> tuple[Block, ...]:
        dice = self._dice
        if depth < 3 and dice.random() < 0.2:
            return (self._line(), self._list(depth + 1))
        match dice.randint(1, 16):
            case 1:
                return (self._line(), self._paragraph(2))
            case 2 if depth < 2:
                return (self._quote(depth + 1),)
            case 3 if depth < 2:
                return (self._line(), self._table())
            case _:
                return (self._line(),)

    def _quote(self, depth: int) -> Quote:
        blocks: list[Block] = [self._paragraph(3) for _ in range(self._dice.choice((1, 1, 1, 2, 3)))]
        if depth < 3 and self._dice.random() < 0.2:
            blocks.append(self._dice.choice((self._list, self._quote))(depth + 1))
        if depth < 2 and self._dice.random() < 0.05:
            blocks.append(self._table())
        return Quote(tuple(blocks))

    def _table(self) -> Table:
        dice = self._dice
        columns = dice.choice((1, 2, 2, 2, 3, 3, 4, 5, 6, 8, 12, 16))
        rows = dice.choice((1, 2, 3, 4, 6, 8, 12, 30)) if columns < 8 else dice.randint(1, 6)
        makers = [self._cells() for _ in range(columns)]
        header = tuple(self._heading(columns) for _ in range(columns))
        body = tuple(tuple(make() for make in makers) for _ in range(rows))
        aligns: tuple[Align, ...] = tuple(dice.choice(("left", "left", "right", "centre")) for _ in range(columns))
        return Table(header, body, aligns if "right" in aligns else ())

    def _heading(self, columns: int) -> tuple[Run, ...]:
        if self._dice.random() < 0.08:
            return ()
        return (Run(self._phrase(self._dice.randint(1, 4 if columns < 6 else 1)).capitalize()),)

    def _cells(self) -> Callable[[], tuple[Run, ...]]:
        """How the cells of one column are filled."""
        dice = self._dice

        def words(most: int) -> tuple[Run, ...]:
            return (Run(self._phrase(dice.randint(1, most))),) if dice.random() > 0.1 else ()

        makers: tuple[Callable[[], tuple[Run, ...]], ...] = (
            lambda: (Run(f"{dice.randint(0, 99_999):,}"),),
            lambda: (Run(dice.choice(_FORCES)),),
            lambda: words(3),
            lambda: words(12),
            lambda: words(30),
        )
        return dice.choice(makers)

    def _picture(self) -> Picture:
        name = self._dice.choice(self._pictures)
        return Picture(f"random/{name}.png", f"A {name} of {self._phrase(3)}")


def _lines(block: Block) -> float:
    """About how many lines a block takes."""
    match block:
        case Table(header, rows):
            width = 70 / len(header) - 2
            return sum(max(len(plain(cell)) // width + 1.5 for cell in row) for row in (header, *rows))
        case ItemList(items):
            return sum(map(_lines, (inner for item in items for inner in item)))
        case Quote(blocks):
            return sum(map(_lines, blocks)) * 1.2
        case Picture():
            return 15
        case _:
            return sum(len(text) // 75 + 1.6 for text in block_texts(block))


def random_letter(seed: int) -> Letter:
    """The letter of this seed."""
    return Drafter(seed).letter(seed)


@cache
def random_style() -> HouseStyle:
    """The look of the inspectorate's letters, with the pictures of random ones."""
    hmicfrs = pictured(LETTERHEAD)
    styles = (TEMPLATES / "letterheads" / LETTERHEAD / "styles.docx").read_bytes()
    drawn = {f"random/{name}.png": png(*size) for name, size in _DRAWN.items()}
    return replace(hmicfrs, styles=styles, pictures={**hmicfrs.pictures, **drawn})


def png(width: int, height: int, density: float, down: float | None = None) -> bytes:
    """A grey picture of so many pixels, and pixels to the inch across and, if others, down."""
    across, along = (round(dots / 0.0254) for dots in (density, down or density))
    chunks: Mapping[bytes, bytes] = {
        b"IHDR": struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0),
        b"pHYs": struct.pack(">IIB", across, along, 1),
        b"IDAT": zlib.compress((b"\0" + b"\xc8" * width) * height),
        b"IEND": b"",
    }
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks.items()
    )


def _joined(runs: list[Run]) -> tuple[Run, ...]:
    """The runs with plain neighbours as one, and no white space at the end."""
    joined: list[Run] = []
    for run in runs:
        if joined and joined[-1] == Run(joined[-1].text) and run == Run(run.text):
            joined[-1] = Run(joined[-1].text + run.text)
        else:
            joined.append(run)
    joined[-1] = replace(joined[-1], text=joined[-1].text.rstrip())
    return tuple(joined)
