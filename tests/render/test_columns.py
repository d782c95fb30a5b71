"""The columns of a table are as wide in Word and on the screen as in the PDF, and every cell keeps its place."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from letters.batch.formats import FORMATS
from letters.letter import BODY, Block, ItemList, Letter, Part, Quote, Run, Stage, Table, plain
from letters.readback import faults
from letters.render.columns import columns
from support.letters_by_hand import paragraph, rich
from support.random_letters import Drafter, random_style

TWIPS = 1440 / 25.4


def cells(*texts: str) -> tuple[tuple[Run, ...], ...]:
    return tuple((Run(text),) if text else () for text in texts)


def made(letter: Letter, form: str) -> bytes:
    """A rendition that says the words of its letter."""
    data = FORMATS[form].render(letter, random_style())
    assert faults(letter, FORMATS[form].read(data)) == []
    return data


def letter_of(*blocks: Block) -> Letter:
    return replace(rich(), parts=(Part(BODY, blocks),), stage=Stage.READY)


LONG = "We recommend that the force acts. It should tell us by 31 May. It should then publish its plan."
LOPSIDED = Table(
    cells("Recommendation made in the report of 2016 to the force", "No."), (cells(LONG, "1"), cells("One.", "2"))
)
EMPTY = Table(cells("", "2016", "2017"), (cells("Visits", "", "3"), cells("", "", ""), cells("Arrests", "", "")))
WIDE = Table(tuple((Run(f"Month {n}"),) for n in range(20)), (tuple((Run(f"{n * 1111:,}"),) for n in range(20)),))
RANDOM = [Drafter(seed)._table() for seed in range(30)]


def widths_in_word(data: bytes) -> list[float]:
    """In millimetres; those of the grid, which every cell of its column must have."""
    (table,) = docx.Document(BytesIO(data)).element.body.iter(qn("w:tbl"))
    grid = [int(column.get(qn("w:w"))) for column in table.tblGrid]
    assert table.tblPr.xpath("w:tblLayout/@w:type") == ["fixed"]
    for row in table.tr_lst:
        assert [int(cell.xpath("w:tcPr/w:tcW/@w:w")[0]) for cell in row.tc_lst] == grid
    return [width / TWIPS for width in grid]


def shares_in_html(data: bytes) -> list[float]:
    return [float(share) for share in re.findall(r'<col style="width: ([\d.]+)%">', data.decode())]


@pytest.mark.parametrize("table", [LOPSIDED, EMPTY, WIDE, *RANDOM])
@pytest.mark.parametrize("room", [160.0, 90.0])
def test_columns_fill_the_room_and_break_no_word_that_fits(table: Table, room: float) -> None:
    found = columns(table, room)
    assert sum(found.widths) == pytest.approx(room)
    assert min(found.widths) > found.padding
    words = [len(word) for row in (table.header, *table.rows) for cell in row for word in plain(cell).split()]
    if sum(words) == 0 or len(table.header) * (max(words) * 3.2 + found.padding) > room:
        return
    for number, width in enumerate(found.widths):
        longest = max(
            (len(word) for row in (table.header, *table.rows) for word in plain(row[number]).split()), default=0
        )
        assert width >= longest * 1.2 + found.padding


YEARS = tuple(str(year) for year in range(2010, 2018))
SUMS = Table(
    cells("Area", *YEARS),
    (cells("Monmouthshire", *["1,204"] * 8), cells("Total", *["£1,234,567"] * 7, "£12,345,678")),
)
ADDRESS = "https://www.example.org.uk/recommendations/of-the-year/2018/counter-corruption/all-of-them"
CROWDED = [
    SUMS,
    Table(cells("Force", "Office", *YEARS[2:]), (cells("Gloucestershire", "Cheltenham", *["12,345,678"] * 6),)),
    Table(cells("Site", "Address", "Visits"), (cells("Gloucestershire", ADDRESS, "1,234,567"),)),
    Table(cells("Period", *YEARS), (cells("01/04/2016-31/03/2017", *["123,456"] * 8),)),
    Table(
        cells("Quarter", *(f"{year}-{year - 1999}" for year in range(2010, 2016))), (cells("First", *["98.75%"] * 6),)
    ),
    Table(cells("Costs", *["Superintendents"] * 8), (cells("£123,456,789.00", *["1,234"] * 8),)),
    Table(cells(*[f"Superintendents {n}" for n in range(9)]), (cells(*["1,234,567"] * 9),)),
]


@pytest.mark.parametrize("table", CROWDED)
def test_no_number_is_broken_where_columns_are_crowded(table: Table) -> None:
    data = made(letter_of(paragraph("Text."), table), "pdf")
    lines = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range().split("\r\n")
    said = " ".join(lines).split()
    numbers = [word for row in (table.header, *table.rows) for cell in row for word in plain(cell).split()]
    for number in (number for number in numbers if re.search(r"\d", number) and "/of" not in number):
        assert said.count(number) == numbers.count(number), number


def test_no_word_is_broken_that_smaller_type_leaves_room_for() -> None:
    found = columns(SUMS, 160)
    assert (found.size, found.padding) == (8, 1.5)
    assert max(found.rows) < 10  # in millimetres, and so each row is one line
    said = pypdfium2.PdfDocument(made(letter_of(SUMS), "pdf"))[0].get_textpage().get_text_range().split()
    assert "Monmouthshire" in said
    assert said.count("£1,234,567") == 7
    html = made(letter_of(SUMS), "html").decode()
    assert '<table class="dense short smallest">' in html
    sizes = docx.Document(BytesIO(made(letter_of(SUMS), "docx"))).element.body.xpath(".//w:tbl//w:sz/@w:val")
    assert set(sizes) == {"16"}


def test_what_must_be_broken_are_addresses_and_the_other_words_keep_their_size() -> None:
    found = columns(CROWDED[2], 160)
    least = columns(replace(CROWDED[2], rows=(cells("Gloucestershire", "", "1,234,567"),)), 160)
    assert found.size == least.size == 12


@pytest.mark.parametrize("table", [LOPSIDED, EMPTY, WIDE, SUMS, *RANDOM])
def test_columns_are_as_wide_in_word_and_on_the_screen_as_in_the_pdf(table: Table) -> None:
    letter = letter_of(paragraph("Text."), table, paragraph("End."))
    expected = columns(table, 160).widths
    assert widths_in_word(made(letter, "docx")) == pytest.approx(expected, abs=0.06)
    assert shares_in_html(made(letter, "html")) == pytest.approx([width / 1.6 for width in expected], abs=0.02)
    made(letter, "txt")


def test_columns_stand_where_they_should_on_paper() -> None:
    table = Table(cells("Aaa", "Bbb", "Ccc"), (cells("Words and more words " * 6, "1", "Some words " * 3),))
    widths = columns(table, 160).widths
    sheet = pypdfium2.PdfDocument(made(letter_of(paragraph("Text."), table), "pdf"))[0].get_textpage()
    left = [sheet.get_charbox(sheet.search(text).get_next()[0])[0] / 72 * 25.4 for text in ("Aaa", "Bbb", "Ccc")]
    assert [after - before for before, after in pairwise(left)] == pytest.approx(widths[:2], abs=0.5)


def test_a_narrow_column_is_narrow() -> None:
    first, second = columns(LOPSIDED, 160).widths
    assert first > 5 * second


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "table",
    [
        EMPTY,
        Table(cells("", "", ""), (cells("a", "", "b"),)),
        Table(cells("Year"), (cells(""), cells("2016"))),
        Table(cells("Year", "Cases"), ()),
        WIDE,
        Table(cells("Address", "No."), (cells("https://example.org/" + "a-very-long-path/" * 12, "1"),)),
        Table(cells("All", "Of it"), (cells("Many words " * 900, "1"),)),
        Table(cells("Many words " * 200, "1"), (cells("a", "b"),)),
    ],
)
def test_a_table_says_its_words_in_every_format(table: Table, form: str) -> None:
    made(letter_of(paragraph("Before:"), table, paragraph("After.")), form)
    made(letter_of(Quote((paragraph("Before:"), table)), ItemList(((table,), (paragraph("x"), table)))), form)


def test_empty_cells_keep_their_place() -> None:
    html = made(letter_of(EMPTY), "html").decode()
    assert re.findall(r"<(t[hd])[^>]*>([^<]*)</t[hd]>", html) == [
        *(("th", ""), ("th", "2016"), ("th", "2017"), ("td", "Visits"), ("td", ""), ("td", "3")),
        *(("td", ""), ("td", ""), ("td", ""), ("td", "Arrests"), ("td", ""), ("td", "")),
    ]
    (table,) = docx.Document(BytesIO(made(letter_of(EMPTY), "docx"))).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["", "2016", "2017"],
        ["Visits", "", "3"],
        ["", "", ""],
        ["Arrests", "", ""],
    ]


def test_a_cell_that_lost_its_words_is_found() -> None:
    letter = letter_of(EMPTY)
    for form in ("html", "txt"):
        data = FORMATS[form].render(letter, random_style())
        assert faults(letter, FORMATS[form].read(data.replace(b"Visits", b"      "))) != []


def test_alignment_is_kept() -> None:
    table = Table(cells("Year", "Cases", "Rate"), (cells("2016", "12", "4.5"),), ("left", "right", "centre"))
    html = made(letter_of(table), "html").decode()
    assert re.findall(r"<t[hd]\b[^>]*?(?:text-align: (\w+)\")?>", html) == ["", "right", "center"] * 2
    sheet = pypdfium2.PdfDocument(made(letter_of(table), "pdf"))[0].get_textpage()
    right = [sheet.get_charbox(sheet.search(text).get_next()[0] + len(text) - 1)[2] for text in ("Cases", "12")]
    assert right[0] == pytest.approx(right[1], abs=1)
