"""Words of a PDF count only if they can be read on paper: inside the text area, uncovered, large and dark enough."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from conftest import Workspace
from letters.batch.press import Cause, Task, make
from letters.letter import (
    BODY,
    Block,
    CannotRender,
    ItemList,
    Letter,
    Paragraph,
    Part,
    Picture,
    Quote,
    Run,
    Stage,
    Table,
)
from letters.readback import faults, same_words
from letters.readback.pdf import read
from letters.render import pdf
from support.letters_by_hand import commissioner, every, house_style, lines, paragraph, rich
from support.paper import off_paper
from support.pdf_objects import page_texts
from support.random_letters import png

pytestmark = pytest.mark.slow


def render(letter: Letter, extra_css: str = "") -> bytes:
    style = house_style(letter.letterhead)
    drawn = {"chart.png": png(500, 1900, 96), "wide.png": png(3000, 200, 96), "low.png": png(600, 500, 96)}
    return pdf.render(letter, replace(style, css=style.css + extra_css, pictures={**style.pictures, **drawn}))


def with_body(letter: Letter, *blocks: Block) -> Letter:
    return replace(letter, parts=tuple(replace(p, blocks=blocks) if p.name == BODY else p for p in letter.parts))


def with_part(name: str, *blocks: Block) -> Letter:
    letter = rich()
    return replace(letter, parts=tuple(replace(p, blocks=blocks) if p.name == name else p for p in letter.parts))


def table(width: int, cell: str = "unsatisfactory") -> Table:
    head = tuple((Run(f"Quarter{number}results"),) for number in range(width))
    return Table(head, (((Run(cell),),) * width,) * 2)


# What is put into a letter


URL = "https://www.example.org/publications/peel_police_legitimacy_2016_national_overview_of_all_forces_in_england.pdf"
WORD = "abcdefghij" * 22
HARD: dict[str, Letter] = {
    "url": with_body(rich(), paragraph(f"See {URL} for more.")),
    "word": with_body(rich(), paragraph(WORD), ItemList(((paragraph(WORD), Quote((paragraph(WORD),))),))),
    "heading": with_body(rich(), *rich().parts[5].blocks[:1], paragraph(f"x {WORD}")),
    "cells": with_body(rich(), Table(((Run(URL),), (Run("B"),)), (((Run(WORD),), (Run(URL),)),))),
    "addressee": with_part("addressee", paragraph(URL), paragraph(WORD)),
    "salutation": with_part("salutation", paragraph(f"Dear {WORD}")),
    "signatory": with_part("signatory", paragraph(WORD)),
    "picture in a part": with_part("date", Picture("chart.png", "A chart")),
    "picture in the body": with_body(rich(), Picture("chart.png", "A chart"), Picture("wide.png", "wide " * 900)),
    "picture in a list": with_body(rich(), ItemList(((paragraph("one:"), Picture("wide.png", "A chart")),))),
    **{f"table of {width}": with_body(rich(), table(width)) for width in (1, 3, 8, 12, 20)},
    "table of dates": with_body(rich(), table(20, "31\u00a0May\u00a02017, state-of-the-art")),
}


@pytest.mark.parametrize("name", HARD)
def test_nothing_leaves_the_text_area_whatever_it_is_and_wherever(name: str) -> None:
    data = render(HARD[name])
    assert off_paper(data) == []
    assert faults(HARD[name], read(data)) == []


@pytest.mark.parametrize("name", every())
def test_letters_as_they_are_stand_inside_the_text_area(name: str) -> None:
    assert off_paper(render(every()[name])) == []


@pytest.mark.parametrize("after", [").", ";", "’),"])
def test_a_sign_behind_a_long_link_stands_inside_the_text_area(after: str) -> None:
    links = [f"https://www.example.org/publications/{'abcdefghij' * 12}"[:end] for end in range(90, 150)]
    letter = with_body(rich(), *[Paragraph((Run("See it ("), Run(link, href=link), Run(after))) for link in links])
    data = render(letter)
    assert faults(letter, read(data)) == []
    assert off_paper(data) == []


def test_the_other_reader_sees_what_leaves_the_paper() -> None:
    assert off_paper(render(rich(), ".date { margin-left: 150mm; white-space: nowrap }"))
    assert off_paper(render(rich(), ".sender { margin-top: -20mm }"))


LONG_FOOT = "Kent Police, 1 May 2020. This is a foot that says more than a foot does. " * 6


@pytest.mark.parametrize("foot", [LONG_FOOT.strip(), WORD * 2, "Kent Police\n1 May 2020\nOur reference: 12"])
def test_a_long_foot_takes_its_room(foot: str) -> None:
    letter = replace(with_body(rich(), *[paragraph("Text of the letter goes on. " * 20)] * 14), foot=foot)
    data = render(letter)
    assert read(data).pages == 3
    assert faults(letter, read(data)) == []
    assert off_paper(data) == []


def test_what_leaves_no_room_on_a_page_is_said() -> None:
    body = [paragraph("Text of the letter goes on. " * 20)] * 14
    with pytest.raises(CannotRender, match="its foot leaves no room for the text of a page"):
        render(replace(with_body(rich(), *body), foot="abcdefghij" * 500))
    letter = commissioner()
    sender = replace(letter.parts[0], blocks=tuple([paragraph("1 Long Street")] * 60))
    with pytest.raises(CannotRender, match="what every page repeats of its letterhead leaves no room"):
        render(replace(letter, parts=(sender, *letter.parts[1:])))


def test_a_long_letterhead_on_every_page_takes_its_room() -> None:
    letter = commissioner(Stage.DRAFT)
    sender = replace(letter.parts[0], blocks=(*letter.parts[0].blocks, *[paragraph("1 Long Street")] * 8))
    letter = replace(letter, parts=(sender, *letter.parts[1:]))
    assert faults(letter, read(render(letter))) == []


# Italics lean over


PLAIN, BOLD, ITALIC, BOTH = Run(""), Run("", bold=True), Run("", italic=True), Run("", bold=True, italic=True)
SIGNS = "jfTyJQ/()[]|.,;:’‘”“-–—&?!%1lÎŵŶíÍéďĺ"


@pytest.mark.parametrize("pair", list(permutations((PLAIN, BOLD, ITALIC, BOTH), 2)), ids=str)
def test_letters_of_one_line_may_lean_over_their_neighbours(pair: tuple[Run, Run]) -> None:
    one, other = pair
    words = [
        Paragraph(tuple(replace(run, text=text) for sign in SIGNS for run, text in ((one, near), (other, f"{sign} "))))
        for near in "jfT/d’"
    ]
    begin = [
        Paragraph((replace(other, text=sign), replace(one, text=sign), replace(other, text="s"))) for sign in "jfT"
    ]
    letter = with_body(rich(), *words, *begin)
    assert faults(letter, read(render(letter))) == []


def test_a_marked_word_may_stand_under_the_end_of_the_one_before() -> None:
    marked = [Paragraph((replace(ITALIC, text=f"in {sign}"), replace(BOLD, text="plans"))) for sign in "/fTíj"]
    letter = with_body(rich(), *marked)
    assert faults(letter, read(render(letter, "strong { background: #ff0 }"))) == []
    found = faults(letter, read(render(letter, "strong { background: #ff0; margin-left: -6pt }")))
    assert "covered by something else" in found[0]


@pytest.mark.parametrize("shift", ["-6pt", "-12pt"])
@pytest.mark.parametrize("text", ["i", "staff"])
def test_words_set_over_their_neighbours_are_found(text: str, shift: str) -> None:
    letter = with_body(rich(), Paragraph((Run("the staf"), Run(text, italic=True), Run("officers"))))
    found = faults(letter, read(render(letter, f"em {{ margin-left: {shift} }}")))
    assert "in one place with others on page 1" in found[0]


@pytest.mark.parametrize("dash", "—–‐-/")
def test_a_line_may_end_on_either_side_of_a_dash_without_blanks(dash: str) -> None:
    texts = [paragraph(f"{'i' * count} " + f"word{dash}word " * 30) for count in range(0, 60, 4)]
    letter = with_body(rich(), *texts)
    assert faults(letter, read(render(letter))) == []


# Numbers stay whole


NUMBERS = ("–5", "–£5m", "-£5m", "−3.5", "(–5%)", "10–12", "£1,250–£1,300", "2016–17", "09:30–10:45", "[–5–10]")


@pytest.mark.parametrize("number", NUMBERS)
def test_no_line_ends_inside_a_number_or_from_one_to_another(number: str) -> None:
    letter = with_body(ready(), *[paragraph("i" * count + f" {number}" * 40) for count in range(0, 20, 2)])
    data = render(letter)
    assert faults(letter, read(data)) == []
    texts = " ".join(page_texts(data)).replace("\u2010", "-")
    assert texts.count(number) == 40 * 10


def test_numbers_where_words_must_be_broken_are_broken() -> None:
    letter = with_body(rich(), table(20, "£1,250,000–£1,300"), table(3, "–£1,250,000,000–£1,300,000,000,000.00"))
    data = render(letter)
    assert faults(letter, read(data)) == []
    assert off_paper(data) == []


# What a letterhead does to it


COVERED = ".salutation { position: relative } .salutation::after { content: ''; position: absolute; left: 0; top: 0; "
UNSEEN = {
    ".addressee { margin-left: 140mm; white-space: nowrap } .addressee p { width: 40mm }": None,
    ".addressee { position: relative; left: 165mm }": "outside the text area of page 1: 'A & B'",
    ".addressee { margin-left: -40mm }": "off the paper of page 1: 'A & B'",
    ".addressee { text-indent: -20mm }": "outside the text area of page 1: 'A & B'",
    ".addressee { transform: translateX(-20mm) }": "outside the text area of page 1: 'A & B'",
    ".addressee { transform: rotate(90deg) }": "the paper of page 1: 'A & B'",
    ".body p { white-space: nowrap }": "outside the text area of page 1: 'First * para",
    ".date { color: #fff }": "in a colour that cannot be read on page 1: '1 May 2020'",
    ".date { color: #e8e8e8 }": "in a colour that cannot be read on page 1: '1 May 2020'",
    ".date { color: transparent }": "in a colour that cannot be read on page 1: '1 May 2020'",
    ".date { background: #000 }": "in a colour that cannot be read on page 1: '1 May 2020'",
    ".date { background: linear-gradient(#000, #111) }": "in a colour that cannot be read on page 1: '1 May 2020'",
    ".date { background: #000; color: #fff }": None,
    ".date { background: #eee; border: 3pt solid #000; border-radius: 4pt }": None,
    ".date { opacity: 0 }": "see-through on page 1: '1 May 2020'",
    ".date { opacity: 0.4 }": "see-through on page 1: '1 May 2020'; whether words with an opacity can be read is not "
    "known, so give them a lighter color in its place",
    "em { vertical-align: super }": None,
    "em, strong { vertical-align: super; font-size: 75% }": None,
    "strong { vertical-align: sub }": None,
    ".date { font-size: 0.1pt }": "set in less than 4 pt on page 1: '1 May 2020'",
    ".date { transform: scale(0.1) }": "set in less than 4 pt on page 1: '1 May 2020'",
    ".date { height: 4pt; overflow: hidden }": "cut off on page 1: '1 May 2020'",
    ".date { position: absolute; clip: rect(0, 0, 0, 0) }": "cut off on page 1: '1 May 2020'",
    ".date { margin-top: -27pt }": "in one place with others on page 1: 'Its line' and 1 more",
    ".body p { line-height: 4pt }": "in one place with others on page 1: 'First * para",
    COVERED + "width: 50mm; height: 4mm; background: #fff }": "covered by something else on page 1: 'Dear X'",
    ".date { visibility: hidden }": "block 4 is in the letter but not in the file: '1 May 2020'",
    ".date { display: none }": "block 4 is in the letter but not in the file: '1 May 2020'",
    "h1 { text-transform: uppercase }": "block 6 reads 'A SUBJECT",
    ".date::before { content: 'On ' }": "block 4",
    "@page { size: 100mm 100mm; margin: -10mm }": "off the paper of page 1",
    ".date { text-decoration: line-through }": "struck out on page 1: '1 May 2020'",
    ".date { text-decoration: underline overline; border: 1pt solid #000 }": None,
    ".salutation { border-top: 1pt solid #000; margin-top: -22pt }": "struck out on page 1: '1 May 2020'",
    "strong, em { text-decoration: line-through }": "struck out on page 1: ",
    "strong, em { text-decoration: underline }": None,
    ".stage-mark { color: #fff }": "in a colour that cannot be read on page 1: 'DRAFT",
    ".body { column-count: 2 }": None,
    "p { text-align: justify }": None,
    "html { color: #444 }": None,
}


@pytest.mark.parametrize("css", UNSEEN)
def test_words_that_a_letterhead_hides_are_found(css: str) -> None:
    found = faults(rich(), read(render(rich(), css)))
    expected = UNSEEN[css]
    assert expected in found[0] if expected else found == []


def test_a_picture_over_words_and_one_that_leaves_the_text_area_are_found() -> None:
    letter = with_body(rich(), paragraph("Words."), Picture("low.png", "A chart"))
    assert faults(letter, read(render(letter))) == []
    over = faults(letter, read(render(letter, ".body img { margin-top: -20pt }")))
    assert over == ["these words are covered by something else on page 1: 'Words.'"]
    beyond = faults(letter, read(render(letter, ".body img { margin-left: 60mm }")))
    assert beyond == ["a picture is not all inside the text area of page 1"]


@pytest.mark.parametrize(
    ("css", "message"),
    [
        (".date { color: white }", "these words are in a colour that cannot be read on page 1: '2 October 2017'"),
        (".body { padding-left: 60mm } .body p { width: 160mm }", "these words are o"),
    ],
)
def test_the_letterhead_is_said_to_be_the_cause(small: Workspace, css: str, message: str) -> None:
    sheet = "templates/letterheads/hmicfrs/letter.css"
    small.write(sheet, small.read(sheet) + css)
    ran = small.letters("build", "kent", "--format", "pdf")
    assert ran.status == 1
    assert "outputs/abuse-of-position-2017/kent.pdf: does not say what the letter says: " in ran.err
    assert message in ran.err
    assert f"was {sheet} edited? Without it the page says the words" in ran.err
    assert "fault in letters" not in ran.err


def test_what_cannot_be_set_with_a_letterhead_is_said_to_be_its_doing() -> None:
    style = replace(house_style("hmicfrs"), css=".date { transform: scale(0) }")
    failure = make(Task(rich(), ("pdf",)), style).failures["pdf"]
    assert failure.cause is Cause.LOOK
    assert "a page cannot be set with it" in failure.reason


# What stays together


def ready() -> Letter:
    """A letter without a mark, so that the text of its first page ends with its words."""
    return replace(rich(), stage=Stage.READY)


@pytest.mark.parametrize("text", ["Picture b:", "Crimes in 2016", "The figures are these."])
@pytest.mark.parametrize(("what", "most"), [(Picture("low.png", "A chart"), 15), (table(3), 28)])
def test_a_short_line_stays_with_what_it_announces(text: str, what: Block, most: int) -> None:
    pages = set()
    for count in range(most - 10, most):
        fill = [paragraph("Filling.")] * count
        data = render(with_body(ready(), *fill, paragraph(text), what, paragraph("After.")))
        pages.add(number := page_of(data, what))
        assert text in page_texts(data)[number]
    assert pages == {0, 1}


def page_of(data: bytes, what: Block) -> int:
    if isinstance(what, Table):
        return next(number for number, text in enumerate(page_texts(data)) if "unsatisfactory" in text)
    sheets = enumerate(pypdfium2.PdfDocument(data))
    return next(number for number, sheet in sheets if list(sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])))


def test_a_line_stays_with_a_picture_in_the_next_part() -> None:
    letter = ready()
    chart = Part("date", (Picture("low.png", "A chart"),))
    pages = set()
    for count in range(4, 20):
        body = Part(BODY, (*[paragraph("Filling.")] * count, paragraph("Picture b:")))
        data = render(replace(letter, parts=(lines("sender", "A"), body, chart, *letter.parts[-3:])))
        pages.add(number := page_of(data, chart.blocks[0]))
        assert "Picture b:" in page_texts(data)[number]
    assert pages == {0, 1}


def test_a_long_paragraph_fills_the_page_and_a_short_one_is_not_broken() -> None:
    long, short = paragraph("Long words here. " * 120), paragraph("Short words here. " * 25)
    fill = [paragraph("Filling.")] * 20
    assert "Long words" in page_texts(render(with_body(rich(), *fill, long)))[0]
    firsts = [page_texts(render(with_body(rich(), *fill[:count], short)))[0] for count in range(15, 22)]
    assert {" ".join(text.split()).count("Short words") for text in firsts} == {0, 25}


# Lines and words


@pytest.mark.parametrize(
    ("expected", "said", "same"),
    [
        ("one two", "one\ntwo", True),
        ("together", "to\ngether", True),
        ("we go together on a long line", "we go to\ngether on a long line", False),
        (f"see {'long' * 20} word", f"see\n{'long' * 10}\n{'long' * 10} word", True),
        ("31 May 2017", "31\u00a0M\nay\u00a020\n17", True),
        ("counter-corruption", "counter-\ncorruption", True),
        ("counter corruption", "counter-\ncorruption", False),
        ("the police—as the", "the police\n—as the", True),
        ("the police—as the", "the police—\nas the", True),
        ("one two", "onetwo", False),
    ],
)
def test_a_line_end_in_a_word_is_one_only_where_lines_are_too_short_for_words(
    expected: str, said: str, same: bool
) -> None:
    assert same_words(expected, said) is same


def test_a_difference_is_shown_where_it_is_and_not_all_of_the_paragraph() -> None:
    text = "We found that the force had plans to do the work. " * 30
    said = with_body(rich(), paragraph(text + "The work was good."))
    asked = with_body(rich(), paragraph(text + "The work was bad."))
    (fault,) = faults(asked, read(render(said)))
    assert "The work was good.' instead of '" in fault
    assert len(fault) < 200
