"""DOCX letters in LibreOffice: as many pages as planned, what is on which, and what is left after saving."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from letters.letter import BODY, Part, Run, Table
from letters.readback import faults
from letters.readback.docx import read
from letters.render.docx import ENDING, missing_styles, render
from letters.render.seal import is_sealed
from support.docx_samples import REAL, SAMPLES, house_style, made, member
from support.letters_by_hand import paragraph
from support.office import convert, needs_libreoffice

pytestmark = [needs_libreoffice, pytest.mark.slow]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pypdfium2.PdfDocument]:
    """Every sample as LibreOffice prints it, by name."""
    folder = tmp_path_factory.mktemp("printed")
    files = [folder / f"{name}.docx" for name in SAMPLES]
    for file in files:
        file.write_bytes(made(SAMPLES[file.stem]))
    return {file.stem: pypdfium2.PdfDocument(file) for file in convert(files, "pdf", folder)}


def test_letters_saved_by_libreoffice_keep_their_words_and_lose_their_seal(tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.docx" for name in SAMPLES]
    for file in files:
        file.write_bytes(made(SAMPLES[file.stem]))
    for saved in convert(files, "docx", tmp_path / "saved"):
        assert faults(SAMPLES[saved.stem], read(saved.read_bytes())) == []
        assert not is_sealed(saved.read_bytes())


def page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    """The text of one page in one line."""
    return re.sub(r"\s+", " ", document[number].get_textpage().get_text_bounded())


@pytest.mark.parametrize("name", SAMPLES)
def test_each_real_letter_has_two_pages(printed: dict[str, pypdfium2.PdfDocument], name: str) -> None:
    assert len(printed[name]) == (1 if name == "rich" else 2)


@pytest.mark.parametrize("name", ["cumbria", "south-wales", "thames-valley", "warwickshire", "specimen"])
def test_the_second_page_begins_with_the_verdict(printed: dict[str, pypdfium2.PdfDocument], name: str) -> None:
    letter, document = SAMPLES[name], printed[name]
    assert page_text(document, 0).endswith("submitted by 31 May 2017.")
    said = page_text(document, 1).removeprefix(f"{letter.stage_mark} ")
    assert re.match(r"(We were pleased to find|Your plans) ", said)
    assert all(letter.stage_mark in page_text(document, page) for page in (0, 1) if letter.stage_mark)


def top_of(document: pypdfium2.PdfDocument, text: str, page: int) -> float:
    """How high on its page some text stands, in points."""
    sheet = document[page].get_textpage()
    at, count = sheet.search(text).get_next()
    assert count
    return float(sheet.get_charbox(at)[3])


def test_a_signature_and_a_stage_mark_move_nothing(printed: dict[str, pypdfium2.PdfDocument]) -> None:
    ready, specimen = (printed[name] for name in ("south-wales", "specimen"))
    for text, page in (("Promoting", 0), ("Dear Chief", 0), ("This letter", 1), ("Michael Cunningham", 1)):
        assert top_of(ready, text, page) == pytest.approx(top_of(specimen, text, page), abs=0.5)


def test_there_are_twenty_millimetres_for_a_pen(printed: dict[str, pypdfium2.PdfDocument]) -> None:
    document = printed["specimen"]
    line_height = 15
    gap = top_of(document, "Yours sincerely", 1) - top_of(document, "Michael Cunningham", 1) - line_height
    assert gap == pytest.approx(20 / 25.4 * 72, abs=2)


def test_an_annex_does_not_take_the_ending_to_its_page(tmp_path: Path) -> None:
    annex = Part(BODY, (Table(((Run("Annex"),),), tuple(((Run(f"Row {n}"),),) for n in range(8))),))
    short = Part(BODY, tuple(paragraph(f"Paragraph {n}.") for n in range(20)))
    ending = tuple(part for part in REAL.parts if part.name in ENDING)
    letter = replace(REAL, parts=(short, *ending, annex))
    (tmp_path / "annex.docx").write_bytes(made(letter))
    (file,) = convert([tmp_path / "annex.docx"], "pdf", tmp_path)
    document = pypdfium2.PdfDocument(file)
    assert "Michael Cunningham" in page_text(document, 0)
    assert "Row 7" in page_text(document, 1)


def test_styles_saved_by_libreoffice_have_all_that_letters_need(tmp_path: Path) -> None:
    hmicfrs = house_style("hmicfrs")
    original = tmp_path / "styles.docx"
    original.write_bytes(hmicfrs.styles)
    (saved,) = convert([original], "docx", tmp_path / "saved")
    assert missing_styles(saved.read_bytes()) == ()
    data = render(REAL, replace(hmicfrs, styles=saved.read_bytes()))
    assert faults(REAL, read(data)) == []
    assert 'w:header="850"' in member(data, "word/document.xml")
