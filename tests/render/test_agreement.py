"""A letterhead that does not look the same in Word and in the PDF is told: the style, both values, and what to do."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from letters.compose.parts import parts_named, pictures_in
from letters.letter import Heading, HouseStyle, ItemList, Letter, Paragraph, Part, Quote, Run
from letters.machine.archive import read_members, write_members
from letters.problems import Severity
from letters.render.docx import render
from letters.render.look_problems import look_problems
from letters.render.pdf import _page
from letters.render.specimen import specimen
from letters.render.styles_of_parts import LINE_STYLES
from letters.workspace.looks.properties import ALLOWED, OF_PAGES, OF_PARTS, OF_PICTURES
from letters.workspace.looks.sheet import sheet_problems
from letters.workspace.source import Folder
from support.docx_samples import REAL, house_style, stories
from support.docx_samples import made as made_docx
from support.office import convert, needs_libreoffice

NAMES = ("hmicfrs", "pcc-south-wales")
HOUSE = house_style("hmicfrs")
PARTS = frozenset(LINE_STYLES)


def told(style: HouseStyle, *more: str) -> list[str]:
    return [problem.message for problem in look_problems(style, {*PARTS, *more})]


def restyled(style: HouseStyle, identity: str, run: str = "", paragraph: str = "", table: str = "") -> HouseStyle:
    """A house style with other settings in one of its Word styles."""
    members = read_members(style.styles)
    text = members["word/styles.xml"].decode()
    start = text.index(f'w:styleId="{identity}"')
    end = text.index("</w:style>", start)
    said = text[start:end]
    for group, said_of in (("rPr", run), ("pPr", paragraph), ("tblBorders", table)):
        for tag in re.findall(r"<w:(\w+)", said_of)[:1]:
            said = re.sub(rf"<w:{tag}\b[^>]*/>|<w:{tag}>.*?</w:{tag}>", "", said)
        if said_of:
            assert f"<w:{group}>" in said
            said = said.replace(f"<w:{group}>", f"<w:{group}>{said_of}", 1)
    changed = {"word/styles.xml": (text[:start] + said + text[end:]).encode()}
    return replace(style, styles=write_members({**members, **changed}))


def also(style: HouseStyle, rule: str) -> HouseStyle:
    return replace(style, css=f"{style.css}\n{rule}\n")


@pytest.mark.parametrize("name", NAMES)
def test_our_own_letterheads_agree(name: str) -> None:
    assert look_problems(house_style(name), PARTS) == []


def spaced(before: int, after: int, line: int, rule: str = "atLeast") -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="{rule}"/>'


BORDER = '<w:pBdr><w:{} w:val="single" w:sz="8" w:space="4" w:color="1D3C6E"/></w:pBdr>'
FACE = '<w:rFonts w:ascii="Georgia" w:hAnsi="Georgia"/>'
SHADE = '<w:shd w:val="clear" w:fill="DDE6F2"/>'

#: A style of Word, what is set in it otherwise (of its words, of its paragraphs), and what is told of that.
IN_WORD = {
    "typeface": ("BodyText", FACE, "", "'Body Text'", "typeface serif", "typeface sans-serif"),
    "size": ("Heading1", '<w:sz w:val="28"/>', "", "'Heading 1'", "type size 14 pt", "type size 12 pt"),
    "size by half a point": ("Date", '<w:sz w:val="25"/>', "", "'Date'", "type size 12.5 pt", "type size 12 pt"),
    "bold": ("Quote", "<w:b/>", "", "'Quote'", "bold", "not bold"),
    "no longer bold": ("Heading1", '<w:b w:val="0"/>', "", "'Heading 1'", "not bold", "bold"),
    "italic": ("Closing", "<w:i/>", "", "'Closing'", "italic", "not italic"),
    "underline": ("Heading2", '<w:u w:val="single"/>', "", "'Heading 2'", "underlined", "not underlined"),
    "colour": ("Heading1", '<w:color w:val="1D3C6E"/>', "", "'Heading 1'", "colour #1d3c6e", "colour black"),
    "ground": ("TableHeading", "", SHADE, "'Table Heading'", "ground #dde6f2", "ground none"),
    "letters apart": ("Salutation", '<w:spacing w:val="20"/>', "", "'Salutation'", "letters 1 pt", "letters 0 pt"),
    "alignment": ("Date", "", '<w:jc w:val="right"/>', "'Date'", "alignment right", "alignment left"),
    "lines": ("BodyText", "", spaced(0, 180, 360), "'Body Text'", "height of lines 18 pt", "height of lines 15 pt"),
    "lines by share": ("Quote", "", spaced(0, 180, 480, "auto"), "'Quote'", "lines 27.6 pt", "lines 15 pt"),
    "space below": ("Date", "", spaced(0, 600, 300), "'Date'", "space below 30 pt", "space below 15 pt"),
    "space below a heading": ("Heading1", "", spaced(0, 360, 300), "'Heading 1'", "below 18 pt", "below 9 pt"),
    "space above": ("Heading2", "", spaced(240, 180, 300), "'Heading 2'", "above 12 pt", "above 3 pt"),
    "space between": ("ListBullet", "", spaced(0, 200, 300), "'List Bullet'", "between 10 pt", "between 4 pt"),
    "cells": ("TableText", "", spaced(120, 60, 300), "'Table Text'", "space above 6 pt", "space above 3 pt"),
    "left indent": ("BodyText", "", '<w:ind w:left="567"/>', "'Body Text'", "left indent 10 mm", "left indent 0 mm"),
    "right indent": ("Quote", "", '<w:ind w:left="567" w:right="0"/>', "'Quote'", "indent 0 mm", "indent 10 mm"),
    "first line": ("BodyText", "", '<w:ind w:firstLine="283"/>', "'Body Text'", "line 5 mm", "line 0 mm"),
    "rule below": ("Heading1", "", BORDER.format("bottom"), "'Heading 1'", "rule below 1 pt #1d3c6e", "below none"),
    "rule at the left": ("Quote", "", BORDER.format("left"), "'Quote'", "at the left 1 pt", "at the left none"),
    "link": ("Hyperlink", '<w:color w:val="0000FF"/>', "", "'Hyperlink'", "colour #0000ff", "colour black"),
    "foot": ("Footer", '<w:sz w:val="16"/>', "", "'Footer'", "type size 8 pt", "type size 9 pt"),
    "lowest heading": ("Heading6", '<w:color w:val="1D3C6E"/>', "", "'Heading 6'", "colour #1d3c6e", "colour black"),
    "caption": ("Caption", "<w:i/>", "", "'caption'", "italic", "not italic"),
    "offices": ("SignatoryOffice", "<w:i/>", "", "'Signatory Office'", "italic", "not italic"),
}


@pytest.mark.parametrize("case", IN_WORD)
def test_what_is_otherwise_in_word_is_told_with_what_to_do(case: str) -> None:
    identity, run, paragraph, named, word, sheet = IN_WORD[case]
    changed = restyled(HOUSE, identity, run, paragraph)
    found = look_problems(changed, PARTS)
    assert any(named.lower() in one.message.lower() for one in found), [one.message for one in found]
    message = next(one.message for one in found if named.lower() in one.message.lower())
    assert re.search(rf"{re.escape(word)}[ ,]", message.partition("the PDF:")[2].partition("in styles.docx")[0])
    assert sheet in message.partition("in styles.docx")[2]
    assert {one.place.path for one in found} == {"templates/letterheads/hmicfrs/styles.docx"}
    assert {one.severity for one in found} == {Severity.WARNING}


#: A style sheet cannot make these less than they are, or the width of a list's indent depends on both sides.
NOT_BY_RULE = {"right indent"}


@pytest.mark.parametrize("case", [case for case in IN_WORD if case not in NOT_BY_RULE])
def test_the_rule_that_is_told_mends_it(case: str) -> None:
    identity, run, paragraph, *_ = IN_WORD[case]
    changed = restyled(HOUSE, identity, run, paragraph)
    for _ in range(2):  # where one rule bears on two styles, the second is told then
        for problem in look_problems(changed, PARTS):
            changed = also(changed, problem.hint.partition("`")[2].partition("`")[0])
    assert told(changed) == []


#: A rule of letter.css, the style that it concerns, and what is told of that.
IN_CSS = {
    "h1 { color: #1d3c6e }": ("'Heading 1'", "colour #1d3c6e"),
    "h1 { font: bold 14pt/18pt Arial }": ("'Heading 1'", "type size 14 pt and height of lines 18 pt"),
    "h1 { font: bold 12pt/15pt Georgia, serif }": ("'Heading 1'", "typeface serif"),
    ".date { font-weight: bold }": ("'Date'", "bold"),
    ".date p { font-style: italic }": ("'Date'", "italic"),
    ".addressee p:first-child { font-weight: 700 }": ("'Inside Address'", "bold"),
    ".salutation { text-decoration: underline }": ("'Salutation'", "underlined"),
    "th { background: #e8eef7 }": ("'Table Heading'", "ground #e8eef7"),
    ".body > p { letter-spacing: 1pt }": ("'Body Text'", "space between letters 1 pt"),
    ".letter > .date { text-align: right }": ("'Date'", "alignment right"),
    "blockquote { line-height: 1.5 }": ("'Quote'", "height of lines 18 pt"),
    ".letter > .date { margin-bottom: 24pt }": ("'Date'", "space below 24 pt"),
    ".letter > .copied-to { padding-top: 8pt }": ("'Copied To'", "space above 8 pt"),
    ".sender p + p { margin-top: 6pt }": ("'Sender Name'", "space between 6 pt"),
    "li + li { margin-top: 8pt }": ("'List Number'", "space between 8 pt"),
    "th, td { padding-top: 8pt }": ("'Table Heading'", "space above 8 pt"),
    "th, td { padding-left: 2mm }": ("'Table Heading'", "left indent 2 mm"),
    "td { border-bottom: 2pt solid #1d3c6e }": ("'Table Grid'", "rule below 2 pt #1d3c6e"),
    ".body { margin-left: 10mm }": ("'Heading 1'", "left indent 10 mm"),
    ".date { width: 60mm }": ("'Date'", "right indent 100 mm"),
    ".body > p { text-indent: 5mm }": ("'Body Text'", "indent of the first line 5 mm"),
    "h1 { border-bottom: 0.5pt solid navy }": ("'Heading 1'", "rule below 0.5 pt #000080"),
    "blockquote { border-left: 2pt solid #b1b4b6; padding-left: 3mm }": ("'Quote'", "rule at the left 2 pt #b1b4b6"),
    "a { color: #1d5aa8 }": ("'Hyperlink'", "colour #1d5aa8"),
    "strong { color: #a00000 }": ("'bold words'", "colour #a00000"),
    ".foot { font-size: 8pt }": ("'Footer'", "type size 8 pt"),
    ".signature { min-height: 30mm }": ("'Signature'", "space for a signature 30 mm"),
    "@page { margin: 30mm 20mm 22mm }": ("'the paper'", "left margin 20 mm"),
    "@media print { h2 { color: navy } }": ("'Heading 2'", "colour #000080"),
    "html { color: #222222 }": ("'Sender Details'", "colour #222222"),
}  # fmt: skip


@pytest.mark.parametrize("rule", IN_CSS)
def test_what_is_otherwise_by_the_style_sheet_is_told_at_its_rule(rule: str) -> None:
    style, value = IN_CSS[rule]
    found = look_problems(also(HOUSE, rule), PARTS)
    first = next(one for one in found if style in one.message and value in one.message.partition("in styles.docx")[2])
    assert first.place.path == "templates/letterheads/hmicfrs/letter.css"
    assert first.place.text.strip() == rule
    assert first.place.column > 1


@pytest.mark.parametrize(
    "rule",
    [
        "@media screen { h1 { color: navy } }",
        "@media (max-width: 40em) { h1 { color: navy } }",
        ".date { break-after: avoid }",
        "h1 { color: #000000; font-size: 12.2pt }",
        ".masthead { margin-bottom: 9mm }",
        ".letter > .sender-details { margin-bottom: 20pt }",
        ".letter > .date { margin-bottom: 15.3pt }",
        "img { max-width: 40mm }",
    ],
)
def test_what_nobody_sees_on_paper_is_no_difference(rule: str) -> None:
    assert told(also(HOUSE, rule)) == []


def test_both_changed_alike_agree() -> None:
    blue = restyled(HOUSE, "Heading1", '<w:color w:val="1D3C6E"/>')
    assert told(also(blue, "h1 { color: #1d3c6e }")) == []


def test_a_part_of_ones_own_is_held_against_its_style() -> None:
    assert told(HOUSE, "reference") == []  # that its style is missing is told elsewhere
    members = read_members(HOUSE.styles)
    own = members["word/styles.xml"].decode().replace("Copied To", "Reference")
    styled = replace(HOUSE, styles=write_members({**members, "word/styles.xml": own.encode()}))
    assert told(styled, "reference") == []
    assert "'Reference'" in told(also(styled, ".reference { color: navy }"), "reference")[0]
    assert told(also(styled, ".reference { color: navy }")) == []


def test_what_all_text_has_is_told_once() -> None:
    found = told(restyled(HOUSE, "Normal", '<w:color w:val="1D3C6E"/>'))
    assert len(found) == 1
    assert re.search(r"^'\w[\w ]+', '[\w ]+', '[\w ]+' and \d+ more do not look the same", found[0])


def test_the_page_is_made_as_that_of_a_pdf() -> None:
    """Rules that say where an element stands hold for the one as for the other."""
    line = Paragraph((Run("A line."),))
    body = (line, Heading(1, (Run("H"),)), Quote((line,)), ItemList(((line,),)))
    letter = replace(REAL, parts=(Part("date", (line,)), Part("body", body)))
    outlines = []
    for page in (_page(letter, HOUSE), specimen({"date"})):
        main = page.partition("<main")[2]
        outlines.append(re.findall(r'<div class="([\w-]+)"|<main|<p class="(stage-mark)', main)[:5])
    assert outlines[0] == outlines[1]
    assert {name for name, _ in outlines[0] if name} == {"first-head", "stage", "head"}


def test_the_own_space_below_a_heading_is_taken_by_word() -> None:
    letter: Letter = REAL
    assert '<w:pStyle w:val="Heading1"/>' in stories(made_docx(letter))["word/document.xml"]
    wide = restyled(house_style(letter.letterhead), "Heading1", paragraph=spaced(0, 360, 300))
    text = stories(render(letter, wide))["word/document.xml"]
    heading = text.partition('<w:pStyle w:val="Heading1"/>')[2].partition("</w:pPr>")[0]
    assert "w:after" not in heading, "the style's own space holds"


LOGO = "letterheads/hmicfrs/wordmark.svg"


@pytest.mark.parametrize(
    ("rule", "width"),
    [
        (".masthead img { max-width: 30mm }", "30 mm"),
        (".masthead img { width: 60% ; max-width: 100% }", "31.2 mm"),
        (".masthead img { width: auto; height: 5mm }", "27.1 mm"),
        (".masthead { width: 40mm }", "40 mm"),
    ],
)
def test_a_logo_of_another_width_is_told(rule: str, width: str) -> None:
    found = look_problems(also(HOUSE, rule), PARTS, [LOGO])
    assert [one.message for one in found] == [
        "'wordmark.png' does not look the same in Word and in the PDF: width of the picture 52 mm by the file itself,"
        f" width of the picture {width} by letter.css"
    ]
    assert f"as many pixels to the inch that it is {width} wide" in found[0].hint


def test_the_logo_of_our_own_letterhead_agrees() -> None:
    assert LOGO in HOUSE.pictures
    assert look_problems(HOUSE, PARTS, [LOGO]) == []


_SELECTORS = st.sampled_from(
    [
        *("h1", ".date", ".letter > .date", "p", "td", "th", "tr", "table", "blockquote", "li", "ul", "html", ".body"),
        *(".sender p:first-child", "*", "strong", "a", ".foot", ".signature", "thead", ".letter", "body", "main"),
        *("tr td:last-child", "@page", ".masthead", ".masthead img", ".own", "p + p"),
    ]
)
_VALUES = st.sampled_from(
    [
        *(
            "auto",
            "none",
            "normal",
            "bold",
            "lighter",
            "100",
            "12pt",
            "1.5",
            "120%",
            "0",
            "50%",
            "#123",
            "red",
            "solid",
        ),
        *("1px solid red", "2mm 3mm", "1mm 2mm 3mm", "thin", "italic bold 12pt/1.5 Georgia, serif", '12pt "Arial"'),
        *("left", "justify", "currentcolor", "underline", "right", "both", "2em", "transparent", "thick double #aaa"),
    ]
)
_NAMES = st.sampled_from(sorted({*ALLOWED, *OF_PARTS, *OF_PICTURES, *OF_PAGES}))


@settings(max_examples=60)
@given(st.lists(st.tuples(_SELECTORS, _NAMES, _VALUES), min_size=1, max_size=60))
def test_whatever_is_allowed_in_a_style_sheet_can_be_compared(rules: list[tuple[str, str, str]]) -> None:
    said = [f"{selector} {{ {name}: {value} }}" for selector, name, value in rules]
    sound = [rule for rule in said if not sheet_problems("letter.css", rule)]
    for problem in look_problems(also(HOUSE, "\n".join(sound)), {*PARTS, "own"}, [LOGO]):
        assert problem.message
        assert problem.hint


@pytest.mark.slow
@pytest.mark.office
@needs_libreoffice
@pytest.mark.parametrize("name", NAMES)
def test_styles_that_another_program_saved_agree_as_before(name: str, tmp_path: Path) -> None:
    (tmp_path / "styles.docx").write_bytes(house_style(name).styles)
    [saved] = convert([tmp_path / "styles.docx"], "docx", tmp_path / "saved")
    assert told(replace(house_style(name), styles=saved.read_bytes())) == []


SHIPPED = sorted((ROOT / "src/letters/samples").glob("*/templates/letterheads/*"))


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: f"{folder.parents[2].name}/{folder.name}")
def test_the_letterheads_of_the_samples_agree(folder: Path) -> None:
    css = (folder / "letter.css").read_text("utf-8")
    source, letterhead = Folder(folder.parents[2]), f"templates/letterheads/{folder.name}/letterhead.md"
    logos = [f"letterheads/{folder.name}/{name}" for name in pictures_in(source, letterhead, "masthead")]
    pictures = {f"letterheads/{folder.name}/{file.name}": file.read_bytes() for file in folder.glob("*.[ps][nv]g")}
    style = HouseStyle(folder.name, css, (folder / "styles.docx").read_bytes(), pictures)
    used = PARTS - {"masthead", "sender-details", "sender"}
    assert look_problems(style, used | parts_named(source, [letterhead]), logos) == []


def test_parts_and_pictures_of_a_letterhead_are_known() -> None:
    source, letterhead = Folder(ROOT), "templates/letterheads/hmicfrs/letterhead.md"
    assert parts_named(source, [letterhead]) == {"masthead", "sender-details", "sender"}
    assert pictures_in(source, letterhead, "masthead") == ["wordmark.svg"]
    assert pictures_in(source, letterhead, "sender") == []
