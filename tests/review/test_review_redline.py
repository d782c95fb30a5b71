"""Redlines for Word: who accepts every change has today's letter, who rejects every change the baseline's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openxml_audit import OpenXmlValidator

from letters.letter import (
    Block,
    Heading,
    HouseStyle,
    ItemList,
    Letter,
    Paragraph,
    Picture,
    Quote,
    Run,
    Stage,
    Table,
    normalise,
    stage_marked,
    words,
)
from letters.machine.archive import read_members, write_members
from letters.readback.docx import read
from letters.render.docx import render
from letters.review.compare.changes import Review
from letters.review.compare.content import content_of
from letters.review.compare.letters import difference
from letters.review.groups.groups import group
from letters.review.redlines import redline, redline_book
from letters.review.redlines.once import Once
from support.counts import examples
from support.docx_samples import SAMPLES, house_style, member, planted, stories
from support.letters_by_hand import commissioner, lines, paragraph, real
from support.office import SOFFICE, office
from support.tracked_changes import Document, accepted, rejected, texts

pytestmark = pytest.mark.slow

HMICFRS, PCC = house_style("hmicfrs"), house_style("pcc-south-wales")
DOCUMENT = "word/document.xml"
RICH = SAMPLES["rich"]
DRAFT, READY = real("south-wales", Stage.DRAFT), real("south-wales")
WARWICKSHIRE = real("warwickshire")


def with_part(letter: Letter, name: str, *blocks: Block) -> Letter:
    """`letter` with other blocks in one part."""
    return replace(letter, parts=tuple(replace(p, blocks=blocks) if p.name == name else p for p in letter.parts))


def with_body(*blocks: Block, stage: Stage = Stage.DRAFT) -> Letter:
    """A letter of which only the body is of interest."""
    return with_part(replace(RICH, stage=stage), "body", *blocks)


def differences(said: Document, plain: Document) -> list[str]:
    """The stories of a document with its changes settled that are not those of a plain rendition."""
    found = [story for story, blocks in plain.stories.items() if said.stories.get(story) != blocks]
    # A header cannot be removed by accepting a change: it stays, and says nothing.
    return found + [story for story in said.stories if story not in plain.stories and texts(said, story)]


def prove(before: Letter, after: Letter, style: HouseStyle, before_style: HouseStyle | None = None) -> str:
    """Check both ends of a redline against plain renditions, and give its text as XML."""
    made = redline(before, after, style, before_style)
    assert differences(accepted(made), Document(render(after, style))) == []
    assert differences(rejected(made), Document(render(before, before_style or style))) == []
    return member(made, DOCUMENT)


def changed(xml: str) -> tuple[list[str], list[str]]:
    """The stretches of words that are removed, and those that are added."""
    root = etree.fromstring(xml.encode())
    space = root.nsmap["w"]
    said: dict[str, list[str]] = {tag: [] for tag in ("del", "ins")}
    for tag, found in said.items():
        for change in root.iter(f"{{{space}}}{tag}"):
            text = "".join(map(str, change.itertext()))
            found += [text] if text else []
    return said["del"], said["ins"]


def tags(xml: str, *names: str) -> Counter[str]:
    """How often there are elements of these names."""
    return Counter(name for name in re.findall(r"<w:(\w+)", xml) if name in names)


# -- single changes, as Word shows them


def test_a_word_is_changed_within_its_paragraph() -> None:
    xml = prove(with_body(paragraph("It was started last year.")), with_body(paragraph("It was in place.")), HMICFRS)
    assert changed(xml) == (["started last year"], ["in place"])
    assert tags(xml, "pPrChange", "rPrChange") == {}


def test_typographic_marks_that_changed_are_changed_alone() -> None:
    xml = prove(with_body(paragraph("the “plans” of 2017")), with_body(paragraph('the "plans" of\u00a02017')), HMICFRS)
    assert changed(xml) == (["“", "”", " "], ['"', '"', "\u00a0"])


def test_emphasis_is_a_change_of_formatting_and_not_of_words() -> None:
    before = with_body(Paragraph((Run("You "), Run("must", bold=True), Run(" act."))))
    after = with_body(Paragraph((Run("You must "), Run("act", italic=True), Run("."))))
    xml = prove(before, after, HMICFRS)
    assert changed(xml) == ([], [])
    assert tags(xml, "rPrChange") == {"rPrChange": 2}


def test_another_style_is_a_change_of_the_paragraph() -> None:
    xml = prove(with_body(paragraph("Background")), with_body(Heading(2, (Run("Background"),))), HMICFRS)
    assert changed(xml) == ([], [])
    assert re.search(
        r'<w:pStyle w:val="Heading2"/><w:keepNext/>(?:<w:spacing [^>]*/>)?<w:pPrChange [^>]*>'
        r'<w:pPr><w:pStyle w:val="BodyText"/>',
        xml,
    )


ONE, TWO, THREE = "This is the first thing. ", "And here we have a second one. ", "Finally there is a third one."


def test_a_paragraph_that_is_split_or_joined_keeps_its_words() -> None:
    whole = with_body(paragraph(ONE + TWO + THREE))
    parts = with_body(*map(paragraph, (ONE.strip(), TWO.strip(), THREE)))
    xml = prove(whole, parts, HMICFRS)
    assert changed(xml) == ([" ", " "], [])
    assert xml.count('<w:rPr><w:ins w:id="') == 2
    xml = prove(parts, whole, HMICFRS)
    assert changed(xml) == ([], [" ", " "])
    assert xml.count('<w:rPr><w:del w:id="') == 2


def test_a_paragraph_that_moved_is_moved() -> None:
    texts = [
        f"Paragraph {number} says {what} and no more than that." for number, what in enumerate(("this", "that", "it"))
    ]
    xml = prove(with_body(*map(paragraph, texts)), with_body(*map(paragraph, (*texts[1:], texts[0]))), HMICFRS)
    assert changed(xml) == ([], [])
    ranges = [f"move{way}Range{end}" for way in ("From", "To") for end in ("Start", "End")]
    assert tags(xml, "moveFrom", "moveTo", *ranges) == {"moveFrom": 2, "moveTo": 2, **dict.fromkeys(ranges, 1)}
    assert len(set(re.findall(r'w:name="(move\d+)"', xml))) == 1


def test_a_line_can_be_added_or_removed_where_the_letter_ends() -> None:
    one, two = (
        with_part(RICH, "signatory", paragraph("A. Person")),
        with_part(RICH, "signatory", *map(paragraph, ("A. Person", "Her office"))),
    )
    assert changed(prove(one, two, HMICFRS)) == ([], ["Her office"])
    assert changed(prove(two, one, HMICFRS)) == (["Her office"], [])
    other = with_part(RICH, "signatory", *map(paragraph, ("Someone else", "Another office", "And a third")))
    prove(one, other, HMICFRS)
    prove(other, one, HMICFRS)


def table(*rows: tuple[str, ...]) -> Table:
    header, *others = (tuple((Run(text),) for text in row) for row in rows)
    return Table(header, tuple(others))


def test_rows_and_cells_of_a_table_change_by_themselves() -> None:
    before = table(("Force", "Finding"), ("Kent", "not started"), ("Gwent", "in place"))
    after = table(("Force", "Finding"), ("Kent", "not provided"), ("Dorset", "started"), ("Gwent", "in place"))
    xml = prove(with_body(before), with_body(after), HMICFRS)
    assert changed(xml) == (["started"], ["provided", "Dorset", "started"])
    assert len(re.findall(r"<w:trPr><w:cantSplit/><w:ins ", xml)) == 1
    xml = prove(with_body(after, paragraph("End.")), with_body(paragraph("End.")), HMICFRS)
    assert len(re.findall(r"<w:trPr><w:cantSplit/>(?:<w:tblHeader/>)?<w:del ", xml)) == 4


def test_a_table_with_another_number_of_columns_replaces_the_first() -> None:
    before, after = table(("Force", "Finding"), ("Kent", "started")), table(("Force",), ("Kent",))
    xml = prove(with_body(before), with_body(after), HMICFRS)
    # Nobody keeps what parts the two: Word would make one table of them.
    assert re.search(r"</w:tbl><w:p><w:pPr><w:rPr><w:ins [^>]*/><w:del [^>]*/></w:rPr></w:pPr></w:p><w:tbl>", xml)


def test_another_target_is_another_link() -> None:
    before, after = (
        with_body(Paragraph((Run("See "), Run("the report", href=f"https://example.org/{n}"), Run(".")))) for n in "ab"
    )
    made = redline(before, after, HMICFRS)
    assert changed(prove(before, after, HMICFRS)) == (["the report"], ["the report"])
    targets = re.findall('Target="(https[^"]*)"', member(made, "word/_rels/document.xml.rels"))
    assert targets == ["https://example.org/a", "https://example.org/b"]


def test_a_list_that_did_not_change_is_not_said_to_have_another_number() -> None:
    items = (paragraph("one thing"),), (paragraph("another thing"),)
    numbered = ItemList(items, ordered=True)
    first = ItemList(((paragraph("a list before it"),),), ordered=True)
    xml = prove(with_body(paragraph("Text."), numbered), with_body(first, paragraph("Text."), numbered), HMICFRS)
    assert tags(xml, "pPrChange") == {}
    bulleted = prove(with_body(numbered), with_body(replace(numbered, ordered=False)), HMICFRS)
    assert tags(bulleted, "pPrChange") == {"pPrChange": 2}


def test_a_draft_that_is_ready_gets_its_signature_and_loses_its_marks() -> None:
    made = redline(DRAFT, READY, HMICFRS)
    prove(DRAFT, READY, HMICFRS)
    text, *margins = stories(made).values()
    assert len(re.findall(r"<w:ins [^>]*><w:r><w:drawing>", text)) == 1
    assert sum("<w:delText>DRAFT – not for issue" in margin for margin in margins) == 2
    ids = re.findall(r'<wp:docPr id="(\d+)"', "".join(stories(made).values()))
    assert len(ids) == len(set(ids)) == 2


def test_another_alt_text_is_another_picture() -> None:
    one, other = (
        with_part(READY, "signature", Picture("abuse-of-position-2017/signature.png", alt))
        for alt in ("Signed", "Signature")
    )
    xml = prove(one, other, HMICFRS)
    assert tags(xml, "drawing", "del", "ins") == {"drawing": 2, "del": 1, "ins": 1}


def test_the_foot_and_what_each_page_repeats_are_redlined_too() -> None:
    before = commissioner()
    after = replace(
        before, foot="Another foot", parts=(lines("sender", "Someone Else", "Her office"), *before.parts[1:])
    )
    after = replace(after, parts=(replace(after.parts[0], every_page=True), *after.parts[1:]))
    made = redline(before, after, PCC)
    assert differences(accepted(made), Document(render(after, PCC))) == []
    assert texts(rejected(made), "headerReference default") == list(words(before)[:3])
    assert texts(accepted(made), "footerReference default") == ["Another foot"]


def test_a_letter_that_came_or_went_is_added_or_removed_as_a_whole() -> None:
    came, went = redline(None, READY, HMICFRS), redline(READY, None, HMICFRS)
    plain = Document(render(READY, HMICFRS))
    assert differences(accepted(came), plain) == differences(rejected(went), plain) == []
    for nothing in (rejected(came), accepted(went)):
        assert [len(nothing.stories["text"]), *(texts(nothing, story) for story in nothing.stories)] == [1, [], [], []]


# -- another look


def restyled(pattern: str, replacement: str) -> HouseStyle:
    """The house style with something else in its styles."""
    return replace(HMICFRS, styles=planted(HMICFRS.styles, "word/styles.xml", pattern, replacement))


def test_a_style_that_looks_different_now_is_a_change_of_formatting() -> None:
    before_style = restyled(r'(w:styleId="Quote">.*?<w:pPr>.*?)<w:ind w:left="\d+"', r'\1<w:ind w:left="99"')
    made = redline(READY, READY, HMICFRS, before_style)
    styles = member(made, "word/styles.xml")
    assert re.search(r'w:styleId="Quote2"[^>]*><w:name w:val="Quote \(before\)"/><w:basedOn w:val="Normal"/>', styles)
    assert re.search(r'w:styleId="Quote2".*?<w:ind w:left="99"', styles)
    assert changed(member(made, DOCUMENT)) == ([], [])
    assert tags(member(made, DOCUMENT), "pPrChange") == {"pPrChange": 1}
    assert differences(accepted(made), Document(render(READY, HMICFRS))) == []


def test_another_font_for_all_is_a_change_of_every_paragraph() -> None:
    before_style = restyled(r'(<w:docDefaults>.*?)<w:sz w:val="24"/>', r'\1<w:sz w:val="22"/>')
    made = redline(RICH, RICH, HMICFRS, before_style)
    assert tags(member(made, DOCUMENT), "pPrChange")["pPrChange"] == tags(member(made, DOCUMENT), "p")["p"]
    body = re.search(r'w:styleId="BodyText2".*?</w:style>', member(made, "word/styles.xml"))
    assert body
    assert '<w:basedOn w:val="Normal2"/>' in body[0]
    normal = re.search(r'w:styleId="Normal2".*?</w:style>', member(made, "word/styles.xml"))
    assert normal
    assert '<w:sz w:val="22"/>' in normal[0]
    assert differences(accepted(made), Document(render(RICH, HMICFRS))) == []


# -- of any two letters


@pytest.mark.parametrize("after", [name for name, letter in SAMPLES.items() if letter.letterhead == "hmicfrs"])
@pytest.mark.parametrize("before", ["specimen", "rich", "cumbria"])
def test_any_letter_can_become_any_other(before: str, after: str) -> None:
    prove(SAMPLES[before], SAMPLES[after], HMICFRS)


def test_nothing_is_marked_where_nothing_changed() -> None:
    for letter in SAMPLES.values():
        made = redline(letter, letter, house_style(letter.letterhead))
        assert not re.search(r"w:author|PrChange|w:moveFrom", "".join(stories(made).values()))


WORDS = st.sampled_from(
    [
        *("the", "a", "plans", "force", "of", "evidence", "however,", "started.", "in", "place?", "“quoted”", "it’s"),
        *("Gŵyl", "gw\u0302yl", "2\u00a0October", "well-known"),
    ]
)
TEXT = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)
RUN = st.builds(
    Run,
    TEXT | st.sampled_from([" ", "\u2011", "a\nb", " and "]),
    bold=st.booleans(),
    italic=st.booleans(),
    href=st.sampled_from([None, None, None, "https://example.org/a", "https://example.org/b"]),
    lang=st.sampled_from([None, None, None, "cy"]),
)
RUNS = st.lists(RUN, min_size=1, max_size=3).map(tuple)
SET = RUNS.filter(lambda runs: "".join(run.text for run in runs).strip() != "")
PARAGRAPH = st.builds(Paragraph, SET)
INNER = st.recursive(
    PARAGRAPH
    | st.builds(Heading, st.integers(2, 3), SET)
    | st.just(Picture("abuse-of-position-2017/signature.png", "Signed")),
    lambda inner: (
        st.builds(Quote, st.lists(inner, min_size=1, max_size=2).map(tuple))
        | st.builds(
            ItemList,
            st.lists(st.lists(inner, min_size=1, max_size=2).map(tuple), min_size=1, max_size=3).map(tuple),
            st.booleans(),
            st.integers(1, 3),
        )
    ),
    max_leaves=4,
)
TABLE = st.integers(1, 2).flatmap(
    lambda width: st.builds(
        Table,
        st.tuples(*[SET] * width),
        st.lists(st.tuples(*[SET | st.just(())] * width), max_size=3).map(tuple),
    )
)
BLOCK = INNER | TABLE
LINES = st.lists(PARAGRAPH, min_size=1, max_size=3).map(tuple)


@st.composite
def edited(draw: st.DrawFn, blocks: tuple[Block, ...], more: st.SearchStrategy[Block] = BLOCK) -> tuple[Block, ...]:
    """Some blocks as somebody edited them: paragraphs added, removed, moved, split, joined, and edited themselves."""
    made = list(blocks)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(made)))
        here = made[at] if at < len(made) else None
        match draw(st.sampled_from(["add", "remove", "move", "split", "join", "edit", "edit", "edit"])):
            case "remove" if len(made) > 1:
                del made[at : at + 1]
            case "move" if here:
                made.insert(draw(st.integers(0, len(made) - 1)), made.pop(at))
            case "split" if isinstance(here, Paragraph) and len(here.runs) > 1:
                made[at : at + 1] = [Paragraph(half) for half in (here.runs[:1], here.runs[1:])]
            case "join" if isinstance(here, Paragraph) and at and isinstance(above := made[at - 1], Paragraph):
                made[at - 1 : at + 1] = [Paragraph((*above.runs, Run(" "), *here.runs))]
            case "edit" if here:
                made[at] = draw(edited_block(here))
            case _:
                made.insert(at, draw(more))
    return tuple(made)


@st.composite
def edited_block(draw: st.DrawFn, block: Block) -> Block:
    """One block with some of it edited."""
    match block:
        case Paragraph(runs) | Heading(_, runs):
            return replace(block, runs=draw(edited_runs(runs)))
        case Quote(blocks):
            return Quote(draw(edited(blocks, INNER)))
        case ItemList(items, ordered, start):
            other = draw(st.permutations([*items, (draw(PARAGRAPH),)]))
            return ItemList(tuple(other[: draw(st.integers(1, len(other)))]), ordered, start)
        case Table(header, rows):
            row = tuple(draw(SET) for _ in header)
            cells = tuple(
                tuple(draw(edited_runs(cell)) if draw(st.booleans()) else cell for cell in one) for one in rows
            )
            return Table(header, tuple(draw(st.permutations([*cells, row]))[: len(rows) + draw(st.integers(0, 1))]))
        case Picture():
            return replace(block, alt=draw(TEXT))


@st.composite
def edited_runs(draw: st.DrawFn, runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The text of a paragraph with words changed, set in another way, or linked elsewhere."""
    at = draw(st.integers(0, len(runs)))
    if at == len(runs):
        return (*runs, draw(RUN))
    run = runs[at]
    other = draw(
        st.sampled_from(
            [
                replace(run, bold=not run.bold),
                replace(run, href="https://example.org/c"),
                replace(run, text=run.text.replace(" ", "\u00a0", 1)),
                replace(run, text=f"{run.text} more"),
                replace(run, text=" ".join(run.text.split(" ")[::-1])),
            ]
        )
    )
    return (*runs[:at], other, *runs[at + 1 :])


@st.composite
def two_letters(draw: st.DrawFn) -> tuple[Letter, Letter]:
    """A letter before and after some edits."""
    body = draw(st.lists(BLOCK, min_size=1, max_size=5).map(tuple))
    signatory = draw(LINES)
    stage = st.sampled_from([Stage.DRAFT, Stage.READY])
    before = with_part(with_body(*body, stage=draw(stage)), "signatory", *signatory)
    after = with_part(
        with_body(*draw(edited(body)), stage=draw(stage)),
        "signatory",
        *draw(st.just(signatory) | edited_lines(signatory)),
    )
    return before, replace(after, foot=draw(st.sampled_from([before.foot, "", "Another foot"])))


@st.composite
def edited_lines(draw: st.DrawFn, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Lines of a part with one added, removed or edited."""
    at = draw(st.integers(0, len(blocks) - 1))
    several = [(*blocks[:at], draw(PARAGRAPH), *blocks[at:]), (*blocks, draw(PARAGRAPH))]
    if len(blocks) > 1:
        several.append((*blocks[:at], *blocks[at + 1 :]))
    return draw(st.sampled_from(several))


@settings(max_examples=examples(25))
@given(two_letters())
def test_whatever_is_edited_both_ends_are_the_letters(versions: tuple[Letter, Letter]) -> None:
    before, after = versions
    prove(before, after, HMICFRS)


# -- books

BOOK = (
    ("South Wales Police", DRAFT, READY, HMICFRS),
    ("Kent Police", None, RICH, HMICFRS),
    ("Police and Crime Commissioner", commissioner(Stage.DRAFT), commissioner(), PCC),
    ("Another commissioner", commissioner(), None, PCC),
    ("Warwickshire Police", DRAFT, WARWICKSHIRE, HMICFRS),
)


@pytest.fixture(scope="module")
def book() -> bytes:
    return redline_book(BOOK)


def text_of_book(side: int) -> list[str]:
    """Each name, and the words of its letter on one side, less the masthead, which is in a header."""
    said: list[str] = []
    for name, *letters, _ in BOOK:
        letter = letters[side]
        said += [name, *(words(without_masthead(letter)) if letter else ())]
    return said


def without_masthead(letter: Letter) -> Letter:
    return replace(letter, parts=tuple(part for part in letter.parts if part.name != "masthead"))


def test_a_book_has_every_letter_below_its_name(book: bytes) -> None:
    assert texts(rejected(book)) == text_of_book(0)
    assert texts(accepted(book)) == text_of_book(1)
    text = member(book, DOCUMENT)
    names = re.findall(r'<w:pStyle w:val="RedlineHeading"/></w:pPr><w:bookmarkStart [^>]*/><w:r><w:t>([^<]*)', text)
    assert names == [name for name, *_ in BOOK]


def test_each_letter_in_a_book_has_headers_footers_and_page_numbers_of_its_own(book: bytes) -> None:
    sections = re.findall("<w:sectPr>.*?</w:sectPr>", member(book, DOCUMENT))
    assert len(sections) == len(BOOK)
    relations = dict(
        re.findall(
            r'Id="(rId\d+)" Type="[^"]*/(?:header|footer)" Target="([^"]*)"',
            member(book, "word/_rels/document.xml.rels"),
        )
    )
    kinds = ["headerReference first", "headerReference default", "footerReference first", "footerReference default"]
    own: list[str] = []
    for section in sections:
        found = re.findall(r'<w:(\w+Reference) w:type="(\w+)" r:id="(\w+)"', section)
        assert sorted(f"{tag} {kind}" for tag, kind, _ in found) == sorted(kinds)
        assert '<w:pgNumType w:start="1"/>' in section
        own += {
            f"word/{relations[relation]}"
            for *_, relation in found
            if "<w:r>" in stories(book)[f"word/{relations[relation]}"]
        }
    assert len(own) == len(set(own))
    assert sum("SPECIMEN" in stories(book)[part] or "DRAFT" in stories(book)[part] for part in own) == 2 + 2 + 2 + 2


def test_a_style_of_another_letterhead_comes_under_a_name_of_its_own(book: bytes) -> None:
    styles = member(book, "word/styles.xml")
    assert re.findall(r'<w:name w:val="([^"]* \(pcc-south-wales\))"/>', styles) == [
        "Sender Name (pcc-south-wales)",
        "Sender Office (pcc-south-wales)",
    ]
    used = set(
        re.findall(r'<w:(?:[pr]Style|basedOn|next|link) w:val="([^"]*)"', "".join([styles, *stories(book).values()]))
    )
    assert used <= set(re.findall('w:styleId="([^"]*)"', styles))


def test_the_ids_of_changes_and_pictures_are_unique_and_the_bytes_the_same_each_time(book: bytes) -> None:
    text = "".join(stories(book).values())
    ids = re.findall(r'<w:(?!bookmark)(?!\w+RangeEnd)\w+ w:id="(\d+)"', text)
    assert len(ids) == len(set(ids)) > 50
    pictures = re.findall(r'<wp:docPr id="(\d+)"', text)
    assert len(pictures) == len(set(pictures)) > 2
    assert set(re.findall(r'w:author="([^"]*)"', text)) == {"letters"}
    assert redline_book(BOOK) == book


# -- what others make of them

MANY = with_body(
    paragraph("The first paragraph says what was found, and no more than that."),
    paragraph("The second paragraph is about the plans of the force."),
    ItemList(((paragraph("one thing"),), (paragraph("another thing"),)), ordered=True),
    Paragraph((Run("A "), Run("link", href="https://example.org/a"), Run(" and "), Run("more", bold=True))),
    table(("Force", "Finding"), ("Kent", "not started"), ("Gwent", "in place")),
    paragraph(ONE + TWO + THREE),
    Quote((paragraph("We said so."),)),
)
MANY_LATER = with_part(
    with_body(
        paragraph("The second paragraph is about the new plans of the force, which are better"),
        paragraph("So this was added, and stands below what was added"),
        paragraph("The first paragraph says what was found, and no more than that."),
        Heading(2, (Run("A heading"),)),
        ItemList(((paragraph("another thing"),), (paragraph("a third thing"),)), ordered=True),
        Paragraph((Run("A "), Run("link", href="https://example.org/b"), Run(" and "), Run("more"))),
        table(("Force", "Finding"), ("Dorset", "started"), ("Gwent", "in place"), ("Kent", "not provided")),
        paragraph(ONE.strip()),
        paragraph(TWO + THREE),
        table(("Alone",), ("in its column",)),
        stage=Stage.READY,
    ),
    "signatory",
    *map(paragraph, ("Somebody", "Her office")),
)
#: Words added where a paragraph ends, and where the next one begins.
TOUCHING = (
    with_body(paragraph("It was found."), paragraph("The plans are good.")),
    with_body(paragraph("It was found. Now"), paragraph("Here: The plans are good.")),
)
PAIRS: Mapping[str, tuple[Letter, Letter]] = {
    "many": (MANY, MANY_LATER),
    "back": (MANY_LATER, MANY),
    "real": (DRAFT, WARWICKSHIRE),
    "rich": (RICH, READY),
    "touching": TOUCHING,
}
#: A profile that LibreOffice takes as one it has set up before, with a macro in it.
PROFILE = {
    "registrymodifications.xcu": """<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value>
</prop></item></oor:items>""",
    "basic/script.xlc": """<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN"
 "libraries.dtd"><library:libraries xmlns:library="http://openoffice.org/2000/library">
<library:library library:name="Standard" library:link="false"/></library:libraries>""",
    "basic/Standard/script.xlb": """<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN"
 "library.dtd"><library:library xmlns:library="http://openoffice.org/2000/library"
 library:name="Standard"
 library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Settle"/></library:library>""",
    "basic/Standard/Settle.xba": """<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN"
 "module.dtd"><script:module xmlns:script="http://openoffice.org/2000/script"
 script:name="Settle"
 script:language="StarBasic">
Sub Main(folder As String, names As String)
  For Each name In Split(names, " ")
    Settle(folder, name, "Accept")
    Settle(folder, name, "Reject")
  Next
End Sub
Sub Settle(folder, name, what)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  doc = StarDesktop.loadComponentFromURL(folder &amp; "/" &amp; name &amp; ".docx", "_blank", 0, hidden())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  dispatcher.executeDispatch(doc.CurrentController.Frame, ".uno:" &amp; what &amp; "AllTrackedChanges", "", 0, Array())
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName"
  filter(0).Value = "MS Word 2007 XML"
  doc.storeToURL(folder &amp; "/" &amp; name &amp; "-" &amp; what &amp; ".docx", filter())
  doc.close(True)
End Sub
</script:module>""",
}


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory, book: bytes) -> Callable[[str, str], list[str]]:
    """What LibreOffice reads in a redline when it accepts, or rejects, all changes: one start for all of them."""
    if SOFFICE is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("settled")
    for name, text in PROFILE.items():
        path = folder / "profile/user" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n', "utf-8")
    made = {name: redline(*pair, HMICFRS) for name, pair in PAIRS.items()}
    made |= {"book": book, "at-once": at_once(made["touching"])}
    for name, data in made.items():
        (folder / f"{name}.docx").write_bytes(data)
    macro = f'macro:///Standard.Settle.Main("{folder.as_uri()}", "{" ".join(made)}")'
    office(folder, macro)

    def read_words(name: str, what: str) -> list[str]:
        # A picture that changed leaves a joiner behind, which nobody sees; a stage mark may lose its style.
        said = (
            normalise(text.replace("\u200d", "")) for text in read((folder / f"{name}-{what}.docx").read_bytes()).words
        )
        return [text for text in said if text and not stage_marked(text)]

    return read_words


def at_once(data: bytes) -> bytes:
    """A redline in which no changes are minutes apart."""
    members = read_members(data)
    return write_members({**members, DOCUMENT: members[DOCUMENT].replace(b"T00:02:00Z", b"T00:00:00Z")})


@pytest.mark.parametrize("name", PAIRS)
def test_libreoffice_reads_either_letter(settled: Callable[[str, str], list[str]], name: str) -> None:
    before, after = PAIRS[name]
    assert settled(name, "Reject") == list(words(before))
    assert settled(name, "Accept") == list(words(after))


def test_libreoffice_reads_either_side_of_a_book(settled: Callable[[str, str], list[str]]) -> None:
    for side, what in enumerate(("Reject", "Accept")):
        # In the header of the first letter is its masthead.
        assert settled("book", what)[1:] == text_of_book(side)


def test_additions_that_touch_must_be_minutes_apart(settled: Callable[[str, str], list[str]]) -> None:
    """Or LibreOffice joins the paragraphs between them when it rejects them: so the check above can fail."""
    assert settled("at-once", "Accept") == list(words(TOUCHING[1]))
    assert settled("at-once", "Reject") != list(words(TOUCHING[0]))


def violations(data: bytes, folder: Path) -> list[str]:
    """Whatever the validator has against a DOCX."""
    path = folder / "redline.docx"
    path.write_bytes(data)
    return [error.description for error in OpenXmlValidator().validate(path).errors]


@pytest.mark.parametrize("name", ["many", "rich"])
def test_each_redline_is_valid(name: str, tmp_path: Path) -> None:
    assert violations(redline(*PAIRS[name], HMICFRS), tmp_path) == []


def test_a_redline_of_another_look_is_valid(tmp_path: Path) -> None:
    assert violations(redline(replace(RICH, language="cy"), RICH, HMICFRS), tmp_path) == []


def told_once() -> Once:
    """Each change of some letters once, and words that would do harm in XML."""
    found = [difference(two.key, content_of(one), content_of(two)) for one, two in ((DRAFT, READY),)]
    groups = group(found, lambda *_: ())
    hostile = replace(groups[0], title="body: <b>&\u2028 “it's”", occurrences=groups[0].occurrences)
    return Once(Review("it", tuple(found), (hostile, *groups[1:])), {READY.key: "A & <B>"}, "Made & now")


@pytest.mark.parametrize("items", [BOOK, BOOK[:1], ()], ids=["a book", "one letter", "no letter"])
def test_a_book_that_tells_each_change_first_is_valid_and_holds_the_letters(items: Any, tmp_path: Path) -> None:
    made = redline_book(items, told_once(), (READY, HMICFRS))
    assert violations(made, tmp_path) == []
    said = texts(accepted(made))
    assert said[0] == "Each change once"
    names = [name for name, *_ in items]
    assert list(dict.fromkeys(line for line in said if line in names)) == names
    assert redline_book(items, told_once(), (READY, HMICFRS)) == made


def test_a_book_is_valid(book: bytes, tmp_path: Path) -> None:
    assert violations(book, tmp_path) == []


@pytest.mark.parametrize(
    ("name", "pattern", "replacement"),
    [
        ("word/settings.xml", "<w:trackRevisions/>", "<w:trackChanges/>"),
        (DOCUMENT, r"(<w:pStyle [^>]*/>)(.*?)(<w:pPrChange .*?</w:pPrChange>)", r"\3\1\2"),
    ],
)
def test_a_planted_violation_is_seen(name: str, pattern: str, replacement: str, tmp_path: Path) -> None:
    assert violations(planted(redline(DRAFT, READY, HMICFRS), name, pattern, replacement), tmp_path)


@pytest.mark.parametrize(
    ("member", "pattern", "replacement", "both"),
    [
        (DOCUMENT, "<w:delText[^>]*>[^<]", "<w:delText>X", (0, 1)),
        (DOCUMENT, "(<w:ins [^>]*><w:r>.*?<w:t[^>]*>)[^<]", r"\1X", (1, 0)),
        (DOCUMENT, "<w:rPrChange .*?</w:rPrChange>", "", (0, 1)),
        (DOCUMENT, "<w:pPrChange .*?</w:pPrChange>", "", (0, 1)),
        (DOCUMENT, "<w:rPr><w:ins [^>]*/></w:rPr></w:pPr>", "</w:pPr>", (0, 1)),
        (DOCUMENT, "(<w:trPr>(?:(?!</w:trPr>).)*)<w:ins [^>]*/></w:trPr>", r"\1</w:trPr>", (0, 1)),
        ("word/_rels/document.xml.rels", "example.org/a", "example.org/c", (0, 1)),
        ("word/header2.xml", "DRAFT", "DRAUGHT", (0, 1)),
    ],
)
def test_a_planted_fault_is_seen_at_the_end_it_spoils(
    member: str, pattern: str, replacement: str, both: tuple[int, int]
) -> None:
    before, after = MANY, MANY_LATER
    spoilt = planted(redline(before, after, HMICFRS), member, pattern, replacement)
    found = (
        differences(accepted(spoilt), Document(render(after, HMICFRS))),
        differences(rejected(spoilt), Document(render(before, HMICFRS))),
    )
    assert tuple(len(stories) for stories in found) == both
