"""The PDF says what the letter says, to everybody, on every machine, and is set as a letter should be."""

from __future__ import annotations

import ctypes.util
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import page
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from letters.letter import BODY, Letter, Part, Picture
from letters.model import Stage
from letters.readback import faults
from letters.readback.pdf import read
from letters.render import pdf
from letters.render.markup import CannotRender
from letters_by_hand import REAL, commissioner, every, house_style, lines, paragraph, real, rich

LETTERS = every()
PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A)


def render(letter: Letter, extra_css: str = "") -> bytes:
    style = house_style(letter.letterhead)
    return pdf.render(letter, replace(style, css=style.css + extra_css))


def with_body(letter: Letter, *blocks: object) -> Letter:
    parts = (replace(part, blocks=blocks) if part.name == BODY else part for part in letter.parts)
    return replace(letter, parts=tuple(parts))


def page_texts(data: bytes) -> list[str]:
    return [sheet.get_textpage().get_text_bounded() for sheet in pypdfium2.PdfDocument(data)]


# The same words


@pytest.mark.parametrize("name", LETTERS)
def test_says_the_words_of_the_letter_and_the_furniture(name: str) -> None:
    assert faults(LETTERS[name], read(render(LETTERS[name]))) == []


@pytest.mark.parametrize(
    "text",
    ["of counter-corruption units.", "of counter corruption unit.", "counter-corruption unit.", ""],
)
def test_another_word_is_found(text: str) -> None:
    said = with_body(real("cumbria"), paragraph("of counter-corruption unit."))
    asked = with_body(real("cumbria"), *([paragraph(text)] if text else []))
    assert faults(said, read(render(said))) == []
    assert faults(asked, read(render(said))) != []


def test_a_paragraph_more_or_in_another_place_is_found() -> None:
    one, two = paragraph("One."), paragraph("Two.")
    reading = read(render(with_body(rich(), one, two)))
    assert faults(with_body(rich(), one, two), reading) == []
    assert faults(with_body(rich(), two, one), reading) != []
    assert faults(with_body(rich(), one), reading) != []


def test_what_is_no_pdf_is_said_to_be_none() -> None:
    with pytest.raises(ValueError, match="not a PDF"):
        read(b"PK\x03\x04")


# Stage marks and other furniture


@pytest.mark.parametrize("stage", [Stage.SPECIMEN, Stage.DRAFT])
@pytest.mark.parametrize("make", [lambda stage: real("cumbria", stage), commissioner])
def test_stage_mark_is_on_every_page(make, stage: Stage) -> None:
    letter = make(stage)
    reading = read(render(letter))
    assert reading.pages == 2
    assert [letter.stage_mark in furniture for furniture in reading.furniture] == [True, True]


def test_a_lacking_or_wrong_stage_mark_is_found() -> None:
    ready, specimen, draft = (real("cumbria", stage) for stage in (Stage.READY, Stage.SPECIMEN, Stage.DRAFT))
    ready = replace(ready, parts=specimen.parts)
    assert any("page 2 does not say 'SPECIMEN" in fault for fault in faults(specimen, read(render(ready))))
    assert any("page 2 says 'SPECIMEN" in fault for fault in faults(draft, read(render(specimen))))


def test_stage_mark_and_repeated_letterhead_stand_clear_of_each_other_and_of_the_text() -> None:
    for places in _baselines(render(commissioner(Stage.DRAFT))):
        assert all(higher - lower > 9 for higher, lower in pairwise(places))
    crowded = render(commissioner(Stage.DRAFT), "@page repeating { margin-top: 25mm }")
    assert any(higher - lower < 9 for on in _baselines(crowded) for higher, lower in pairwise(on))


def test_furniture_is_marked_as_artifacts() -> None:
    for number, items in enumerate(_text_items(render(commissioner(Stage.DRAFT)))):
        artifacts = [item for item in items if "Artifact" in _marks(item)]
        untagged = [item for item in items if pdfium.FPDFPageObj_GetMarkedContentID(item) < 0]
        assert len(artifacts) == len(untagged) == (6 if number else 1)


# Accessible


@pytest.mark.parametrize("name", LETTERS)
@pytest.mark.parametrize("profile", PROFILES, ids=str)
def test_is_valid(name: str, profile: page.ValidationProfile) -> None:
    report = page.validate_pdf_bytes(render(LETTERS[name]), profile=profile)
    assert report.is_compliant, report.failures


@pytest.mark.parametrize(
    ("profile", "found", "planted"),
    [(PROFILES[0], b"<pdfuaid:part>1<", b"<pdfuaid:part>7<"), (PROFILES[1], b'pdfaid:part="2"', b'pdfaid:part="9"')],
    ids=str,
)
def test_the_validator_finds_a_planted_fault(profile: page.ValidationProfile, found: bytes, planted: bytes) -> None:
    data = render(rich())
    assert found in data
    assert not page.validate_pdf_bytes(data.replace(found, planted), profile=profile).is_compliant


def test_welsh_is_marked_as_welsh() -> None:
    assert list(_passages_in("cy", render(commissioner()))) == ["Comisiynydd yr Heddlu a Throseddu De Cymru"]
    assert list(_passages_in("cy", render(rich()))) == ["ŵyn ŷd"]
    assert list(_passages_in("cy", render(real("cumbria")))) == []


def test_title_author_and_language_are_told() -> None:
    document = pypdfium2.PdfDocument(render(real("cumbria")))
    told = document.get_metadata_dict(skip_empty=True)
    assert told["Title"] == "HMICFRS assessment: Abuse of position for a sexual purpose"
    assert told["Author"].startswith("Her Majesty’s Inspectorate of Constabulary")
    assert not any(key.endswith("Date") for key in told)


def test_a_picture_without_alt_text_is_refused() -> None:
    picture = Picture("letterheads/hmicfrs/wordmark.svg", "")
    with pytest.raises(CannotRender, match="alt description"):
        render(with_body(rich(), picture))


# Same input, same bytes


_PRINT_DIGESTS = """
import hashlib, letters_by_hand as by_hand
from letters.render import pdf
for name, letter in sorted(by_hand.every().items(), reverse=REVERSED):
    print(name, hashlib.sha256(pdf.render(letter, by_hand.house_style(letter.letterhead))).hexdigest())
"""


def test_same_bytes_in_any_process_order_time_zone_and_locale() -> None:
    first = _digests("False", PYTHONHASHSEED="1", TZ="Pacific/Auckland", LC_ALL="C")
    second = _digests("True", PYTHONHASHSEED="2", TZ="America/New_York", LC_ALL="C.UTF-8")
    assert len(first) == len(LETTERS)
    assert first == second


def test_same_bytes_in_a_forked_worker() -> None:
    letter = commissioner()
    before = render(letter)
    with multiprocessing.get_context("fork").Pool(2) as pool:
        assert pool.map(render, [letter] * 4) == [before] * 4
    assert render(letter) == before


def test_a_picture_that_changed_under_the_same_name_is_not_taken_from_an_earlier_letter() -> None:
    style = house_style("hmicfrs")
    other = style.pictures["letterheads/hmicfrs/wordmark.png"]
    changed = replace(style, pictures={**style.pictures, "abuse-of-position-2017/signature.png": other})
    assert pdf.render(real("cumbria"), changed) != pdf.render(real("cumbria"), style)


def test_only_the_bundled_fonts_are_used() -> None:
    for items in _text_items(render(rich())):
        assert {_font(item).split("+")[1].split("-")[:2][0] for item in items} == {"Letters"}


def test_importing_leaves_the_process_as_it_was() -> None:
    assert ctypes.util.find_library.__module__ == "ctypes.util"
    assert "FONTCONFIG_FILE" not in os.environ


# Closed, and loud


@pytest.mark.parametrize(
    "css",
    [
        "body { background: url(http://localhost:9/x.png) }",
        "body { background: url(file:///etc/passwd) }",
        "body { background: url(font:../pdf.css) }",
        "@import url(http://localhost:9/x.css);",
        "@font-face { font-family: X; src: url(file:///etc/passwd) } body { font-family: X }",
        ".sender { list-style: url('picture:x/../../letter.py') outside; display: list-item }",
    ],
)
def test_nothing_from_outside_is_read(css: str) -> None:
    style = house_style("hmicfrs")
    with pytest.raises(CannotRender, match="may not be read"):
        pdf.render(rich(), replace(style, css=css))


@pytest.mark.parametrize(
    ("letter", "css", "message"),
    [
        (rich(), ".body { colour: red }", "colour"),
        (with_body(rich(), paragraph("Well done \N{PARTY POPPER}")), "", r"no .* \(U\+1F389\)"),
        (with_body(rich(), Picture("nowhere.png", "Nothing")), "", "nowhere.png"),
        (with_body(rich(), Picture("letter.pdf", "Nothing")), "", "letter.pdf"),
    ],
)
def test_what_cannot_be_set_as_asked_is_an_error(letter: Letter, css: str, message: str) -> None:
    with pytest.raises(CannotRender, match=message):
        render(letter, css)


# On paper


@pytest.mark.parametrize("slug", REAL)
def test_real_letters_make_two_pages_and_break_before_the_verdict(slug: str) -> None:
    first, second = page_texts(render(real(slug)))
    assert "documentation submitted by 31 May" in first
    assert second.startswith(("We were pleased", "Your plans"))


def test_sign_off_stays_together_and_with_the_paragraph_before() -> None:
    made = {count: render(_letter_of(count)) for count in range(14, 30)}
    assert {len(page_texts(data)) for data in made.values()} == {1, 2}, "no letter of these breaks at its sign-off"
    assert [count for count, data in made.items() if not _sign_off_is_kept(data)] == []


def test_a_lonely_sign_off_is_found() -> None:
    assert not _sign_off_is_kept(render(_letter_of(3), ".closing { break-before: page }"))
    assert not _sign_off_is_kept(render(_letter_of(3), ".signatory { break-before: page }"))


def test_the_space_for_the_signature_is_the_same_with_and_without_a_picture() -> None:
    signed = real("cumbria")
    unsigned = replace(signed, parts=tuple(replace(p, blocks=()) if p.name == "signature" else p for p in signed.parts))
    assert _places(render(signed)) == _places(render(unsigned))


def test_a_letterhead_without_welsh_leaves_no_gap() -> None:
    letter = commissioner()
    name, _, title = letter.parts[0].blocks
    english = replace(letter, parts=(replace(letter.parts[0], blocks=(name, title)), *letter.parts[1:]))
    (three, _), (two, _) = _baselines(render(letter)), _baselines(render(english))
    assert two[:2] == three[:2]
    assert two[1] - two[2] == pytest.approx(three[2] - three[3], abs=0.2)


def _letter_of(count: int) -> Letter:
    """A letter with a body of so many short paragraphs."""
    head = (lines("addressee", "A", "B"), lines("date", "1 May 2020"), lines("salutation", "Dear A"))
    body = Part(BODY, tuple(paragraph(f"Paragraph {number}.") for number in range(1, count + 1)))
    tail = (lines("closing", "Yours sincerely"), Part("signature", ()), lines("signatory", "Somebody", "Inspector"))
    return replace(rich(), parts=(*head, body, *tail), stage=Stage.READY)


def _sign_off_is_kept(data: bytes) -> bool:
    """Whether the page with the closing also has the signatory, and a paragraph of the body."""
    (text,) = (text for text in page_texts(data) if "Yours sincerely" in text)
    return "Inspector" in text and "Paragraph" in text.partition("Yours")[0]


def _digests(reverse: str, **environment: str) -> set[str]:
    code = _PRINT_DIGESTS.replace("REVERSED", reverse)
    outcome = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment, "PYTHONPATH": str(Path(__file__).parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert outcome.stderr == ""
    return set(outcome.stdout.splitlines())


def _text_items(data: bytes) -> Iterator[list[pdfium.FPDF_PAGEOBJECT]]:
    """The text objects of each page."""
    for sheet in pypdfium2.PdfDocument(data):
        yield [item.raw for item in sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT])]


def _places(data: bytes) -> list[tuple[int, float]]:
    pages = enumerate(_text_items(data))
    return [(number, round(_bottom(item), 2)) for number, items in pages for item in items]


def _baselines(data: bytes) -> list[list[float]]:
    """The heights at which text stands on each page, top to bottom."""
    return [sorted({round(_bottom(item), 1) for item in items}, reverse=True) for items in _text_items(data)]


def _bottom(item: pdfium.FPDF_PAGEOBJECT) -> float:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    return float(matrix.f)


def _marks(item: pdfium.FPDF_PAGEOBJECT) -> list[str]:
    count = pdfium.FPDFPageObj_CountMarks(item)
    return [_wide(pdfium.FPDFPageObjMark_GetName, pdfium.FPDFPageObj_GetMark(item, at)) for at in range(count)]


def _wide(function, handle) -> str:
    buffer = (ctypes.c_ushort * 64)()
    size = ctypes.c_ulong()
    function(handle, buffer, 128, size)
    return bytes(buffer)[: size.value - 2].decode("utf-16-le")


def _font(item: pdfium.FPDF_PAGEOBJECT) -> str:
    buffer = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(pdfium.FPDFTextObj_GetFont(item), buffer, 128)
    return buffer.value.decode()


def _passages_in(language: str, data: bytes) -> Iterator[str]:
    """The text of each tag that is marked as being in `language`."""
    for sheet in pypdfium2.PdfDocument(data):
        text, tree = sheet.get_textpage(), pdfium.FPDF_StructTree_GetForPage(sheet)
        items = {pdfium.FPDFPageObj_GetMarkedContentID(item.raw): item for item in sheet.get_objects()}
        for at in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            for mcid in _content_in(language, pdfium.FPDF_StructTree_GetChildAtIndex(tree, at)):
                buffer = (ctypes.c_ushort * 256)()
                size = pdfium.FPDFTextObj_GetText(items[mcid].raw, text, buffer, 512)
                yield bytes(buffer)[: size - 2].decode("utf-16-le")
        pdfium.FPDF_StructTree_Close(tree)


def _content_in(language: str, element: pdfium.FPDF_STRUCTELEMENT) -> Iterator[int]:
    buffer = (ctypes.c_ushort * 16)()
    size = pdfium.FPDF_StructElement_GetLang(element, buffer, 32)
    own = bytes(buffer)[: max(size - 2, 0)].decode("utf-16-le")
    for at in range(pdfium.FPDF_StructElement_CountChildren(element)):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, at)
        if child:
            yield from _content_in(language, child)
        elif own == language:
            yield pdfium.FPDF_StructElement_GetChildMarkedContentID(element, at)
