"""The PDF says what the letter says, to everybody, on every machine, and is set as a letter should be."""

from __future__ import annotations

import ctypes.util
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import page
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from letters.letter import BODY, Block, CannotRender, ItemList, Letter, Paragraph, Picture, Quote, Run, Stage, Table
from letters.readback import faults
from letters.readback.pdf import read
from letters.render import pdf
from support.letters_by_hand import commissioner, every, house_style, lines, paragraph, real, rich
from support.pdf_objects import font_name, marks, passages_in, text_items

pytestmark = pytest.mark.slow

LETTERS = every()
PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A)


def render(letter: Letter, extra_css: str = "") -> bytes:
    style = house_style(letter.letterhead)
    return pdf.render(letter, replace(style, css=style.css + extra_css))


def with_body(letter: Letter, *blocks: Block) -> Letter:
    parts = (replace(part, blocks=blocks) if part.name == BODY else part for part in letter.parts)
    return replace(letter, parts=tuple(parts))


# The same words


@pytest.mark.parametrize("name", LETTERS)
def test_says_the_words_of_the_letter_and_the_furniture(name: str) -> None:
    assert faults(LETTERS[name], read(render(LETTERS[name]))) == []


NESTED = ItemList(
    ((paragraph("one"), ItemList(((paragraph("deep"),), (paragraph("er"),)))), (Quote((paragraph("two"),)),))
)
LINKS = Paragraph(
    (
        Run("See "),
        Run("this", href="https://example.org/1", bold=True),
        Run(", "),
        Run("hwn", href="https://example.org/2", italic=True, lang="cy"),
        Run("; A"),
        Run("V", bold=True),
        Run("."),
    )
)
HYPHENS = paragraph("counter-corruption well-being state-of-the-art 10-12 no\u2011break e\u2010mail x—y and/or " * 20)
ACCENTS = paragraph("Ŵŵ Ŷŷ âêîôû ÂÊÎÔÛ e\u0301 w\u0302 €£ “x” ‘y’ … ½ ° × § © −5 office efficient AVATAR To")
BIG_TABLE = Table(((Run("a"),), (Run("b"),)), (((Run("long " * 200),), (Run("x"),)),) * 8)


@pytest.mark.parametrize("block", [NESTED, LINKS, HYPHENS, ACCENTS, BIG_TABLE])
def test_hard_blocks_read_back_exactly_and_are_valid(block: Block) -> None:
    letter = with_body(rich(), paragraph("Before."), block, paragraph("After."))
    data = render(letter)
    assert faults(letter, read(data)) == []
    assert [page.validate_pdf_bytes(data, profile=profile).failures for profile in PROFILES] == [[], []]


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
def test_stage_mark_is_on_every_page(make: Callable[[Stage], Letter], stage: Stage) -> None:
    letter = make(stage)
    reading = read(render(letter))
    assert reading.pages == 2
    assert [letter.stage_mark in furniture for furniture in reading.furniture] == [True, True]


def test_a_lacking_or_wrong_stage_mark_is_found() -> None:
    ready, specimen, draft = (real("cumbria", stage) for stage in (Stage.READY, Stage.SPECIMEN, Stage.DRAFT))
    ready = replace(ready, parts=specimen.parts)
    assert any("page 2 does not say 'SPECIMEN" in fault for fault in faults(specimen, read(render(ready))))
    assert any("page 2 says 'SPECIMEN" in fault for fault in faults(draft, read(render(specimen))))


def test_furniture_is_marked_as_artifacts() -> None:
    for number, items in enumerate(text_items(render(commissioner(Stage.DRAFT)))):
        artifacts = [item for item in items if "Artifact" in marks(item)]
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


def test_no_stream_ends_so_that_its_length_is_in_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    letters = (replace(rich(), parts=(lines("closing", "so " * count),)) for count in range(1, 600))
    with monkeypatch.context() as planted:
        planted.setattr(pdf, "_ATTEMPTS", 1)
        in_doubt = next(letter for letter in letters if b"\r\nendstream" in render(letter))
    data = render(in_doubt)
    assert b"\r\nendstream" not in data
    assert faults(in_doubt, read(data)) == []
    assert [page.validate_pdf_bytes(data, profile=profile).failures for profile in PROFILES] == [[], []]


def test_welsh_is_marked_as_welsh() -> None:
    assert list(passages_in("cy", render(commissioner()))) == ["Comisiynydd yr Heddlu a Throseddu De Cymru"]
    assert list(passages_in("cy", render(rich()))) == ["ŵyn ŷd"]
    assert list(passages_in("cy", render(real("cumbria")))) == []


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
import hashlib; from support import letters_by_hand as by_hand
import hashlib, support.letters_by_hand as by_hand
from letters.render import pdf
for name, letter in sorted(by_hand.every().items(), reverse=REVERSED):
    print(name, hashlib.sha256(pdf.render(letter, by_hand.house_style(letter.letterhead))).hexdigest())
"""


def test_same_bytes_in_any_process_order_time_zone_and_locale() -> None:
    first = _digests("False", PYTHONHASHSEED="1", TZ="Pacific/Auckland", LC_ALL="C")
    second = _digests("True", PYTHONHASHSEED="2", TZ="America/New_York", LC_ALL="C.UTF-8")
    assert len(first) == len(LETTERS)
    assert first == second


def _digests(reverse: str, **environment: str) -> set[str]:
    code = _PRINT_DIGESTS.replace("REVERSED", reverse)
    outcome = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment, "PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert outcome.stderr == ""
    return set(outcome.stdout.splitlines())


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
    for items in text_items(render(rich())):
        assert {font_name(item).split("+")[1].split("-")[:2][0] for item in items} == {"Letters"}


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


def test_a_font_is_read_by_the_names_of_the_bundled_ones_only(tmp_path: Path) -> None:
    """Not by a path of the machine, which the joining of paths would follow; nor is it embedded, or waited for."""
    fonts = files("letters.render") / "fonts"
    other = tmp_path / "other.ttf"
    other.write_bytes((fonts / "LettersSans-Regular.ttf").read_bytes())
    style = house_style("hmicfrs")
    for name in (str(other), f"../fonts/{other.name}", "./LettersSans-Bold.ttf", "LettersSans-Light.ttf"):
        css = f"@font-face {{ font-family: Other; src: url('font:{name}') }} p {{ font-family: Other }}"
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
