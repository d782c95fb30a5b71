"""A letter as a Word document: valid, in house style, the same bytes each time, and on as many pages as planned."""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from letters.letter import (
    CannotRender,
    Heading,
    HouseStyle,
    ItemList,
    Letter,
    Paragraph,
    Part,
    Quote,
    Run,
    Stage,
    Table,
)
from letters.machine.archive import read_members, write_members
from letters.readback import faults
from letters.readback.docx import read
from letters.render.docx import MissingStyle, UnusablePicture, UnusableStyles, missing_styles, render
from letters.render.docx_template import STANDARD_STYLES
from letters.render.seal import is_sealed
from support.docx_samples import (
    REAL,
    RICH,
    SAMPLES,
    each_sample,
    house_style,
    made,
    member,
    planted,
    stories,
    violations,
)
from support.letters_by_hand import paragraph

DOCUMENT, STYLES, NUMBERING = "word/document.xml", "word/styles.xml", "word/numbering.xml"
HMICFRS = house_style("hmicfrs")


@each_sample
def test_each_letter_is_valid_and_sealed(letter: Letter, tmp_path: Path) -> None:
    assert violations(made(letter), tmp_path) == []
    assert is_sealed(made(letter))


def test_the_validator_sees_a_planted_fault(tmp_path: Path) -> None:
    assert violations(planted(made(RICH), DOCUMENT, "<w:body>", "<w:body><w:nonsense/>"), tmp_path)


def one_block(*blocks: Paragraph | Heading | Quote | ItemList | Table) -> Letter:
    """A letter of nothing but these blocks."""
    return replace(RICH, parts=(Part("body", blocks),), stage=Stage.READY)


# Styles as staff leave them


def restyled_by_word(styles: bytes) -> bytes:
    """`styles` as another Word saves it: other style ids, and traces of the person, the machine and other text."""
    members = read_members(styles)
    text = {name: content.decode() for name, content in members.items() if name.endswith(".xml")}
    ids = re.findall(r'w:styleId="(\w+)"', text[STYLES])
    new = {old: f"a{number}" for number, old in enumerate(ids)}
    for name in text:
        reference = r'(<w:(?:pStyle|basedOn|next|link) w:val=|w:styleId=)"(\w+)"'
        text[name] = re.sub(reference, lambda found: f'{found[1]}"{new[found[2]]}"', text[name])
    text["word/settings.xml"] = text["word/settings.xml"].replace(
        '<w:defaultTabStop w:val="720"/>',
        '<w:trackRevisions/><w:defaultTabStop w:val="720"/><w:evenAndOddHeaders/>',
    )
    core = text["docProps/core.xml"]
    text["docProps/core.xml"] = core.replace("<dc:title>", "<dc:creator>A. Person</dc:creator><dc:title>")
    text["word/header.xml"] = text["word/header.xml"].replace("<w:t>", "<w:t>Left in the header. ")
    return write_members({**members, **{name: content.encode() for name, content in text.items()}})


@each_sample
def test_a_letter_keeps_its_words_and_is_valid_in_styles_saved_by_word(letter: Letter, tmp_path: Path) -> None:
    style = house_style(letter.letterhead)
    saved = replace(style, styles=restyled_by_word(style.styles))
    data = render(letter, saved)
    assert faults(letter, read(data)) == []
    assert violations(data, tmp_path) == []
    assert not re.search(r"Left in the header|A\. Person", "".join(map(str, read_members(data).values())))
    assert not re.search("evenAndOddHeaders|trackRevisions", member(data, "word/settings.xml"))


# Missing styles, pictures and numbering


def without_style(styles: bytes, name: str) -> bytes:
    """`styles` with one style taken out."""
    return planted(styles, STYLES, rf'<w:style (?:(?!</w:style>).)*<w:name w:val="(?i:{name})"/>.*?</w:style>', "")


@pytest.mark.parametrize("letterhead", ["hmicfrs", "pcc-south-wales"])
def test_our_letterheads_have_every_standard_style(letterhead: str) -> None:
    assert missing_styles(house_style(letterhead).styles) == ()


@pytest.mark.parametrize("name", [name for name in STANDARD_STYLES if name != "Normal"])
def test_a_style_that_is_missing_is_named(name: str) -> None:
    assert missing_styles(without_style(HMICFRS.styles, name)) == (name,)


def test_a_letter_that_needs_a_missing_style_is_not_made() -> None:
    with pytest.raises(MissingStyle, match="'Quote'") as missing:
        render(REAL, replace(HMICFRS, styles=without_style(HMICFRS.styles, "Quote")))
    assert missing.value.name == "Quote"


def test_a_letter_does_without_a_style_that_it_does_not_need() -> None:
    assert render(REAL, replace(HMICFRS, styles=without_style(HMICFRS.styles, "Table Grid")))


def test_a_part_with_a_name_of_its_own_needs_a_style_of_that_name() -> None:
    letter = replace(RICH, parts=(*RICH.parts, Part("vote-of-thanks", (paragraph("Thanks"),))))
    with pytest.raises(MissingStyle, match="'Vote Of Thanks'"):
        render(letter, HMICFRS)
    own = '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="Vote Of Thanks"/></w:style></w:styles>'
    data = render(letter, replace(HMICFRS, styles=planted(HMICFRS.styles, STYLES, "</w:styles>", own)))
    assert '<w:pStyle w:val="x"/></w:pPr><w:r><w:t>Thanks<' in member(data, DOCUMENT)


def test_a_list_style_without_numbering_is_missing() -> None:
    bare = planted(HMICFRS.styles, STYLES, r'<w:numPr><w:numId w:val="2"/></w:numPr>', "")
    assert missing_styles(bare) == ("List Number",)
    with pytest.raises(MissingStyle, match="numbering"):
        render(RICH, replace(HMICFRS, styles=bare))


def test_a_missing_picture_is_named() -> None:
    with pytest.raises(UnusablePicture, match=r"wordmark\.png"):
        render(SAMPLES["specimen"], replace(HMICFRS, pictures={}))


@pytest.mark.parametrize("data", [b"", b"<svg/>", b"\x89PNG\r\n\x1a\n broken"])
def test_a_picture_that_is_none_is_named(data: bytes) -> None:
    pictures = {**HMICFRS.pictures, "letterheads/hmicfrs/wordmark.png": data}
    with pytest.raises(UnusablePicture, match=r"wordmark\.png"):
        render(REAL, replace(HMICFRS, pictures=pictures))


def test_problems_pass_from_one_process_to_another() -> None:
    problem = pickle.loads(pickle.dumps(MissingStyle("Quote", "a recommendation")))
    assert str(problem) == "styles.docx has no style 'Quote', needed for a recommendation"
    assert isinstance(problem, CannotRender)


@pytest.mark.parametrize("styles", [b"", b"not a zip", HMICFRS.styles[:1000], write_members({"a": b"b"})])
def test_a_styles_document_that_is_none_is_a_problem_of_its_own(styles: bytes) -> None:
    with pytest.raises(UnusableStyles):
        missing_styles(styles)


# The parts in their places


def text_of(markup: str) -> str:
    return re.sub("<[^>]*>", "", markup)


def test_the_masthead_is_the_header_of_the_first_page_only() -> None:
    found = stories(made(REAL))
    assert [name for name, text in found.items() if "Promoting" in text] == ["word/header1.xml"]
    assert re.search('<w:headerReference w:type="first"[^>]*/>.*<w:titlePg/>', found[DOCUMENT], re.DOTALL)
    assert 'w:type="default"' in found[DOCUMENT], "the footer of further pages"
    assert "word/header2.xml" not in found


def test_a_part_for_every_page_is_in_the_text_and_in_the_header_of_further_pages() -> None:
    found = stories(made(SAMPLES["commissioner"]))
    assert [name for name, text in found.items() if "Comisiynydd" in text] == [DOCUMENT, "word/header1.xml"]
    assert re.search('<w:headerReference w:type="default"', found[DOCUMENT])
    assert not re.search('<w:headerReference w:type="first"', found[DOCUMENT])


def test_the_foot_says_whose_letter_it_is_and_which_page() -> None:
    foot = stories(made(REAL))["word/footer1.xml"]
    assert text_of(foot).strip().startswith("South Wales Police, 2\u00a0October\u00a02017")
    assert re.search(r'<w:tab/></w:r><w:fldSimple w:instr=" PAGE ">', foot)


def styled(data: bytes, text: str) -> str:
    """The properties of the paragraph in the text that begins with `text`."""
    paragraphs: list[str] = re.findall(r"<w:p>.*?</w:p>", member(data, DOCUMENT), re.DOTALL)
    return next(p.partition("</w:pPr>")[0] for p in paragraphs if text_of(p).startswith(text))


def test_the_paragraph_before_the_closing_stays_with_it() -> None:
    assert "<w:keepNext/>" in styled(made(REAL), "If you have any queries")
    assert "<w:keepNext/>" not in styled(made(REAL), "This letter will be published")


def test_a_paragraph_that_announces_a_quote_stays_with_it() -> None:
    assert "<w:keepNext/>" in styled(made(REAL), "The report highlighted")


def test_each_numbered_list_starts_where_it_says() -> None:
    def numbers(start: int) -> ItemList:
        return ItemList(((paragraph("one"),), (paragraph("two"),)), ordered=True, start=start)

    data = render(one_block(numbers(1), paragraph("Text."), numbers(1), numbers(7)), HMICFRS)
    used = re.findall(r'<w:numId w:val="(\d+)"/>', member(data, DOCUMENT))
    assert len(set(used)) == 3
    starts = re.findall(r'<w:startOverride w:val="(\d+)"/>', member(data, NUMBERING))
    assert starts == ["1", "1", "7"]


def test_lists_and_quotes_in_one_another_are_indented_by_level(tmp_path: Path) -> None:
    inner = ItemList(((paragraph("inner"),),))
    data = render(one_block(ItemList(((paragraph("outer"), inner, paragraph("more")),)), Quote((inner,))), HMICFRS)
    assert re.findall(r'<w:ilvl w:val="(\d)"/>', member(data, DOCUMENT)) == ["0", "1", "0"]
    assert violations(data, tmp_path) == []


def test_two_tables_in_a_row_stay_two(tmp_path: Path) -> None:
    table = Table(((Run("Force"),),), (((Run("Kent"),),),))
    data = render(one_block(table, table, paragraph("Text.")), HMICFRS)
    assert re.search("</w:tbl><w:p>.*?</w:p><w:tbl>", member(data, DOCUMENT), re.DOTALL)
    assert read(data).words == ("Force", "Kent", "Force", "Kent", "Text.")
    assert 'w:before="180"' in styled(data, "Text.")
    assert violations(data, tmp_path) == []


@pytest.mark.parametrize("around", [lambda table: Quote((table,)), lambda table: ItemList(((table,),))])
def test_a_table_stays_apart_from_one_that_begins_a_quotation_or_a_list(
    around: Callable[[Table], Quote | ItemList], tmp_path: Path
) -> None:
    table = Table(((Run("Force"),),), (((Run("Kent"),),),))
    data = render(one_block(table, around(table), paragraph("Text.")), HMICFRS)
    assert re.search("</w:tbl><w:p>.*?</w:p><w:tbl>", member(data, DOCUMENT), re.DOTALL)
    assert read(data).words == ("Force", "Kent", "Force", "Kent", "Text.")
    assert violations(data, tmp_path) == []


def test_characters_that_word_has_marks_for_come_back_as_they_were() -> None:
    text = "a\u00a0b\u2011c\td\ne & <f>  g "
    assert read(render(one_block(paragraph(text)), HMICFRS)).words == (text,)


def test_a_very_long_title_is_cut_in_the_properties_alone() -> None:
    letter = replace(REAL, title="Long " * 100)
    assert faults(letter, read(render(letter, HMICFRS))) == []


def test_the_style_of_a_letter_without_a_masthead_or_foot_is_enough() -> None:
    bare = replace(RICH, stage=Stage.READY, foot="", parts=RICH.parts[4:])
    style = HouseStyle("bare", "", HMICFRS.styles)
    assert faults(bare, read(render(bare, style))) == []


# The same bytes


def digests(seed: str, zone: str) -> str:
    """The digests of all samples, made in a process of its own."""
    each = "hashlib.sha256(d.made(letter)).hexdigest() for letter in d.SAMPLES.values()"
    program = f"import hashlib; from support import docx_samples as d; print([{each}])"
    program = f"import hashlib, support.docx_samples as d; print([{each}])"
    paths = os.pathsep.join(path for path in sys.path if path)
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": paths}
    command = [sys.executable, "-c", program]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def test_the_same_letters_are_the_same_bytes_in_any_process() -> None:
    assert digests("0", "UTC") == digests("4711", "Pacific/Kiritimati")
    assert made(RICH) == made(RICH)


def test_a_file_is_dated_like_its_letter() -> None:
    assert member(made(REAL), "docProps/core.xml").count(">2017-10-02T00:00:00Z<") == 2
