"""What a screen reader needs of a DOCX and no validator asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest

from docx_samples import REAL, RICH, SAMPLES, each_sample, made, member, planted, stories
from letters.letter import STAGE_MARKS, Letter


def barriers(data: bytes, letter: Letter) -> list[str]:
    """Whatever of `letter` a screen reader could not tell from `data`."""
    texts = stories(data)
    return [
        *_about_the_file(data, letter),
        *(barrier for text in texts.values() for barrier in _in_pictures(text)),
        *_in_headings(texts["word/document.xml"]),
        *_in_tables(texts["word/document.xml"]),
        *_in_layout("".join(texts.values())),
    ]


def _about_the_file(data: bytes, letter: Letter) -> Iterator[str]:
    core = member(data, "docProps/core.xml")
    if not re.search(r"<dc:title>[^<]", core):
        yield "no title"
    if f"<dc:language>{letter.language}<" not in core:
        yield "no language of the file"
    if not re.search(f'<w:docDefaults>.*<w:lang w:val="{letter.language}"', member(data, "word/styles.xml"), re.DOTALL):
        yield "no language of the text"


def _in_pictures(text: str) -> Iterator[str]:
    for picture in re.findall(r"<wp:docPr [^>]*>", text):
        alt = re.search(r'descr="([^"]*)"', picture)
        if not alt or not alt[1].strip() or re.search(r"\.(png|svg|jpe?g)$", alt[1]):
            yield "a picture without alt text"


def _in_headings(text: str) -> Iterator[str]:
    levels = [int(level) for level in re.findall(r'<w:pStyle w:val="Heading(\d)"', text)]
    if levels[:1] != [1]:
        yield "the first heading is not of level 1"
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield "a level of heading is left out"


def _in_tables(text: str) -> Iterator[str]:
    for table in re.findall(r"<w:tbl>.*?</w:tbl>", text, re.DOTALL):
        if "<w:tblHeader/>" not in table.partition("</w:tr>")[0]:
            yield "a table without a header row"


def _in_layout(text: str) -> Iterator[str]:
    for tag in ("w:txbxContent", "wp:anchor", "w:framePr", "w:pict"):
        if f"<{tag}" in text:
            yield f"{tag} is out of the reading order"
    for paragraph in re.findall(r"<w:p>.*?</w:p>", text, re.DOTALL):
        if not re.search(r"<w:(t|drawing)[ >]", paragraph):
            yield "an empty paragraph"


@each_sample
def test_letters_have_no_barriers(letter: Letter) -> None:
    assert barriers(made(letter), letter) == []


DOCUMENT, CORE = "word/document.xml", "docProps/core.xml"


@pytest.mark.parametrize(
    ("name", "pattern", "replacement", "barrier"),
    [
        (CORE, r"<dc:title>[^<]*", "<dc:title>", "no title"),
        (CORE, r"<dc:language>[^<]*", "<dc:language>en-US", "no language of the file"),
        ("word/styles.xml", 'w:val="en-GB"', 'w:val="en-US"', "no language of the text"),
        ("word/header1.xml", ' descr="[^"]*"', "", "a picture without alt text"),
        (DOCUMENT, ' descr="[^"]*"', ' descr="signature.png"', "a picture without alt text"),
        (DOCUMENT, '"Heading1"', '"Heading2"', "the first heading is not of level 1"),
        (DOCUMENT, "<w:p>", "<w:p><w:pPr/></w:p><w:p>", "an empty paragraph"),
        (DOCUMENT, "<wp:inline", "<wp:anchor/><wp:inline", "wp:anchor is out of the reading order"),
    ],
)
def test_a_planted_barrier_in_a_letter_is_seen(name: str, pattern: str, replacement: str, barrier: str) -> None:
    letter = REAL
    assert barriers(planted(made(letter), name, pattern, replacement), letter) == [barrier]


@pytest.mark.parametrize(
    ("pattern", "replacement", "barrier"),
    [
        ('"Heading2"', '"Heading3"', "a level of heading is left out"),
        ("<w:tblHeader/>", "", "a table without a header row"),
    ],
)
def test_a_planted_barrier_in_a_rich_letter_is_seen(pattern: str, replacement: str, barrier: str) -> None:
    letter = RICH
    assert barriers(planted(made(letter), DOCUMENT, pattern, replacement), letter) == [barrier]


def test_a_letter_in_welsh_is_welsh_as_a_whole() -> None:
    letter = replace(REAL, language="cy")
    assert barriers(made(letter), letter) == []


def test_welsh_is_marked_as_welsh_wherever_it_stands() -> None:
    marked = re.compile(r'<w:lang w:val="cy"/></w:rPr><w:t>Comisiynydd yr Heddlu')
    told = [name for name, text in stories(made(SAMPLES["commissioner"])).items() if marked.search(text)]
    assert told == ["word/document.xml", "word/header1.xml"]


def test_each_picture_has_an_id_of_its_own() -> None:
    ids = re.findall(r'<wp:docPr id="(\d+)"', "".join(stories(made(REAL)).values()))
    assert len(ids) == len(set(ids)) == 2


@each_sample
def test_what_must_be_heard_of_the_stage_is_text_in_both_headers(letter: Letter) -> None:
    headers = [text for name, text in stories(made(letter)).items() if "header" in name]
    for mark in STAGE_MARKS.values():
        expected = 2 if mark == letter.stage_mark else 0
        assert sum(mark in text for text in headers) == expected
