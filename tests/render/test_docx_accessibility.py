"""What a screen reader needs of a DOCX and no validator asks for."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from letters.letter import Letter, Stage, stage_mark
from support.docx_barriers import barriers
from support.docx_samples import REAL, RICH, SAMPLES, each_sample, made, planted, stories


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
    marked = re.compile(r'<w:lang w:val="cy-GB"/></w:rPr><w:t>Comisiynydd yr Heddlu')
    told = [name for name, text in stories(made(SAMPLES["commissioner"])).items() if marked.search(text)]
    assert told == ["word/document.xml", "word/header1.xml"]


def test_each_picture_has_an_id_of_its_own() -> None:
    ids = re.findall(r'<wp:docPr id="(\d+)"', "".join(stories(made(REAL)).values()))
    assert len(ids) == len(set(ids)) == 2


@each_sample
def test_what_must_be_heard_of_the_stage_is_text_in_both_headers(letter: Letter) -> None:
    headers = [text for name, text in stories(made(letter)).items() if "header" in name]
    for mark in filter(None, map(stage_mark, Stage)):
        expected = 2 if mark == letter.stage_mark else 0
        assert sum(mark in text for text in headers) == expected
