"""What is one thing in a letter is one tag in its PDF, with its parts inside it, on however many pages it stands."""

from __future__ import annotations

import re
from dataclasses import replace

import page
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from letters.letter import BODY, Block, Heading, ItemList, Letter, Paragraph, Quote, Run, Table
from letters.readback import faults
from letters.readback.pdf import read
from letters.render import pdf
from support.counts import examples
from support.letters_by_hand import every, house_style, paragraph, rich
from support.paper import Shape, expected_tags, off_paper, tags
from support.random_letters import random_letter, random_style

pytestmark = pytest.mark.slow

PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A)
LONG = "We found that the force had plans to do the work. " * 140
LINK = "https://example.org/r"


def with_body(*blocks: Block) -> Letter:
    letter = rich()
    return replace(letter, parts=tuple(replace(p, blocks=blocks) if p.name == BODY else p for p in letter.parts))


def render(letter: Letter) -> bytes:
    return pdf.render(letter, house_style(letter.letterhead))


def cells(*texts: str) -> tuple[tuple[Run, ...], ...]:
    return tuple((Run(text),) if text else () for text in texts)


def assert_right(letter: Letter, data: bytes) -> None:
    assert faults(letter, read(data)) == []
    assert tags(data) == expected_tags(letter)
    assert off_paper(data) == []
    assert [page.validate_pdf_bytes(data, profile=profile).failures for profile in PROFILES] == [[], []]


@pytest.mark.parametrize("name", every())
def test_the_tags_are_those_of_the_letter(name: str) -> None:
    letter = every()[name]
    assert tags(render(letter)) == expected_tags(letter)


TALL_ROW = Table(cells("Force", "Finding"), (cells("Kent", LONG[:4200]), cells("Gwent", "in place")))
LONG_TABLE = Table(
    cells("Force", "Finding"), tuple(cells(f"Force {n}", "a finding in some words " * 6) for n in range(70))
)
HIGH_HEAD = Table(cells(LONG[:5000], "B"), (cells("x", LONG[:900]), cells("y", "z")))
BROKEN: dict[str, tuple[Block, ...]] = {
    "paragraph": (paragraph(LONG),),
    "row": (TALL_ROW,),
    "rows": (LONG_TABLE,),
    "head": (HIGH_HEAD,),
    "item": (ItemList(((paragraph("one"), paragraph(LONG)), (paragraph("two"),)), ordered=True),),
    "quote": (Quote((paragraph(LONG), paragraph("and so on"))),),
    "heading": (Heading(1, (Run(LONG[:5000]),)),),
    "inner item": (ItemList(((paragraph("one"), ItemList(((paragraph(LONG),), (paragraph("in"),)))),)),),
    "table in a list in a quote": (Quote((ItemList(((paragraph("one:"), TALL_ROW),)),)),),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_taller_than_a_page_is_broken_as_one_thing(name: str) -> None:
    letter = with_body(paragraph("Before."), *BROKEN[name], paragraph("After."))
    data = render(letter)
    assert (read(data).pages or 0) > 1
    assert_right(letter, data)


def test_a_line_of_a_part_may_be_taller_than_a_page() -> None:
    letter = rich()
    long = replace(letter, parts=(replace(letter.parts[0], blocks=(paragraph(LONG),)), *letter.parts[1:]))
    assert_right(long, render(long))


def test_the_head_of_a_table_stands_on_every_page_and_once_in_the_tags() -> None:
    data = render(with_body(LONG_TABLE))
    texts = [sheet.get_textpage().get_text_bounded() for sheet in pypdfium2.PdfDocument(data)]
    heads = [
        len(re.findall("^Force.*Finding", text.replace("\r\n", " "), re.M)) or text.count("Finding") for text in texts
    ]
    assert len(texts) > 3
    assert heads == [1] * len(texts)
    assert read(data).words.count("Finding") == 1


def test_inner_lists_are_in_the_body_of_their_item() -> None:
    inner = ItemList(((paragraph("inner a"),), (paragraph("inner b"),)), ordered=True)
    letter = with_body(ItemList(((paragraph("one"), inner), (paragraph("two"),))))
    data = render(letter)
    assert_right(letter, data)
    item = ("LI", (("Lbl", ()), ("LBody", (("P", ()),))))
    (_, items) = found(data, "L")[0]
    assert items == (("LI", (("Lbl", ()), ("LBody", (("P", ()), ("L", (item, item)))))), item)


@pytest.mark.parametrize("before", [0, 60])
def test_one_link_is_one_tag_with_an_annotation_a_line_whatever_is_inside_it(before: int) -> None:
    runs = (
        Run("word " * before),
        Run("the ", href=LINK),
        Run("whole", bold=True, href=LINK),
        Run(" hwn", lang="cy", italic=True, href=LINK),
        Run(" report that goes on and on" * 4, href=LINK),
        Run("."),
    )
    letter = with_body(paragraph("See:"), Paragraph(runs), Paragraph((Run("Its own", href="https://example.org/2"),)))
    data = render(letter)
    assert_right(letter, data)
    assert len(found(data, "Link")) == 2
    assert annotations_in(data) == 2 + 1


def test_a_link_in_the_head_of_a_table_is_one_where_the_head_stands_first() -> None:
    head = ((Run("Force", href=LINK),), (Run("Finding"),))
    letter = with_body(replace(LONG_TABLE, header=head))
    data = render(letter)
    assert_right(letter, data)
    assert annotations_in(data) == 1


def found(data: bytes, tag: str) -> list[Shape]:
    def inside(node: Shape) -> list[Shape]:
        return ([node] if node[0] == tag else []) + [inner for kid in node[1] for inner in inside(kid)]

    return [node for root in tags(data) for node in inside(root)]


def annotations_in(data: bytes) -> int:
    return sum(pdfium.FPDFPage_GetAnnotCount(sheet.raw) for sheet in pypdfium2.PdfDocument(data))


# Random letters

TEXT = st.lists(
    st.sampled_from("force of plans counter-corruption 31\u00a0May and/or (a) peel_police_legitimacy".split()),
    min_size=1,
)
RUN = st.builds(
    Run,
    TEXT.map(lambda words: " ".join(words) + " "),
    bold=st.booleans(),
    italic=st.booleans(),
    href=st.sampled_from([None, None, LINK]),
    lang=st.sampled_from([None, None, "cy"]),
)
RUNS = st.lists(RUN, min_size=1, max_size=4).map(tuple)
PARAGRAPH = st.builds(Paragraph, RUNS) | st.integers(1, 300).map(lambda count: paragraph("some words of it " * count))
CELL = RUNS | st.just(())


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 9))
    row = st.tuples(*[CELL] * width)
    return Table(draw(st.tuples(*[RUNS] * width)), tuple(draw(st.lists(row, min_size=1, max_size=8))))


def nested(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    some = st.lists(inner, min_size=1, max_size=3).map(tuple)
    items = st.lists(some, min_size=1, max_size=3).map(tuple)
    return st.builds(Quote, some) | st.builds(ItemList, items, ordered=st.booleans())


@given(st.lists(st.recursive(PARAGRAPH | tables(), nested, max_leaves=5), min_size=1, max_size=3))
@settings(max_examples=examples(8), phases=(Phase.explicit, Phase.reuse, Phase.generate))  # shrinking is slow
def test_any_letter_has_its_own_tags_and_nothing_off_the_paper(blocks: list[Block]) -> None:
    letter = with_body(*blocks)
    assert_right(letter, render(letter))


@pytest.mark.parametrize("seed", range(1, 21))
def test_letters_as_drafters_write_them_have_their_own_tags_and_nothing_off_the_paper(seed: int) -> None:
    letter = random_letter(seed)
    assert_right(letter, pdf.render(letter, random_style()))
