"""A picture has one size in every format, by its own resolution; it stands upright and keeps its proportions."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import page
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image

from letters.batch.formats import FORMATS
from letters.letter import BODY, HouseStyle, Letter, Part, Picture, Stage
from letters.letter.pictures import UnusablePicture, image
from letters.machine.archive import read_members
from support.letters_by_hand import paragraph, rich
from support.random_letters import png, random_style

INCH = 25.4
RED = (200, 30, 30)
Draw = Callable[[], bytes]


def drawn(size: tuple[int, int], form: str, mode: str = "RGB", **how: Any) -> bytes:
    """A picture whose upper left corner is red."""
    made = Image.new("RGB", size, (255, 255, 255))
    made.paste(RED, (0, 0, size[0] // 3, size[1] // 3))
    written = io.BytesIO()
    made.convert(mode).save(written, form, **how)
    return written.getvalue()


def turned(orientation: int, form: str = "JPEG") -> bytes:
    told = Image.Exif()
    told[0x0112] = orientation
    fine: dict[str, Any] = {"quality": 95} if form == "JPEG" else {}
    return drawn((600, 300), form, exif=told, dpi=(150, 150), **fine)


def jfif(unit: int, across: int, down: int) -> bytes:
    """A JPEG of 600 by 300 pixels whose head says its density in `unit`."""
    data = bytearray(drawn((600, 300), "JPEG"))
    at = data.index(b"JFIF\0") + 7
    data[at : at + 5] = bytes([unit, across >> 8, across & 255, down >> 8, down & 255])
    return bytes(data)


def svg(attributes: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}><rect width="9" height="9"/></svg>'.encode()


#: A file name, the file, and its width and height in millimetres.
SIZES: list[tuple[str, bytes, float, float]] = [
    ("a.png", png(600, 300, 300), 50.8, 25.4),
    ("a.png", drawn((600, 300), "PNG"), 158.75, 79.38),
    ("a.png", png(600, 300, 300, 150), 50.8, 50.8),
    ("a.png", png(600, 300, 1), 158.75, 79.38),
    ("a.PNG", png(6, 3, 300), 0.51, 0.25),
    ("a.png", drawn((300, 200), "PNG", "I;16"), 79.38, 52.92),
    ("a.png", drawn((600, 300), "PNG", "P", dpi=(150, 150)), 101.6, 50.8),
    ("a.png", turned(6, "PNG"), 50.8, 101.6),
    ("a.jpg", drawn((600, 300), "JPEG", dpi=(300, 300)), 50.8, 25.4),
    ("a.jpg", drawn((600, 300), "JPEG"), 158.75, 79.38),
    ("a.jpeg", drawn((600, 300), "JPEG", "CMYK", dpi=(150, 150)), 101.6, 50.8),
    ("a.jpg", drawn((600, 300), "JPEG", "L", dpi=(150, 150)), 101.6, 50.8),
    *(("a.jpg", turned(number), 101.6, 50.8) for number in (1, 2, 3, 4)),
    *(("a.jpg", turned(number), 50.8, 101.6) for number in (5, 6, 7, 8)),
    ("a.jpg", jfif(2, 59, 59), 101.69, 50.85),
    ("a.jpg", jfif(0, 2, 1), 158.75, 158.75),
    ("a.jpg", jfif(1, 0, 0), 158.75, 79.38),
    ("a.svg", svg('width="60mm" height="3cm"'), 60, 30),
    ("a.svg", svg('width="96" height="48px" viewBox="0 0 2 1"'), INCH, INCH / 2),
    ("a.svg", svg('viewBox="0 0 192 96"'), 2 * INCH, INCH),
    ("a.svg", svg('width="100%" viewBox="0,0,192,96"'), 2 * INCH, INCH),
    ("a.svg", svg('height="1in" viewBox="0 0 192 96"'), 2 * INCH, INCH),
    ("a.svg", svg(""), 300 / 96 * INCH, 150 / 96 * INCH),
]


@pytest.mark.parametrize(("name", "data", "width", "height"), SIZES)
def test_a_picture_has_the_size_that_its_file_says(name: str, data: bytes, width: float, height: float) -> None:
    found = image(name, data)
    assert (found.width, found.height) == pytest.approx((width, height), abs=0.01)


def letter_with(name: str) -> Letter:
    parts = (Part("date", (paragraph("Picture:"), Picture(name, "A chart"))), Part(BODY, (paragraph("End."),)))
    return replace(rich(), parts=parts, stage=Stage.READY)


def style_with(name: str, data: bytes) -> HouseStyle:
    beside = {"a.png": png(600, 300, 72)} if name.endswith(".svg") else {}
    return replace(random_style(), pictures={name: data, **beside})


def size_in_pdf(data: bytes) -> tuple[float, float]:
    (shown,) = (item for item in pypdfium2.PdfDocument(data)[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]))
    left, bottom, right, top = shown.get_bounds() if hasattr(shown, "get_bounds") else shown.get_pos()
    return (right - left) / 72 * INCH, (top - bottom) / 72 * INCH


def size_in_word(data: bytes) -> tuple[float, float]:
    (found,) = re.findall(rb'<wp:extent cx="(\d+)" cy="(\d+)"/>', read_members(data)["word/document.xml"])
    return int(found[0]) / 36_000, int(found[1]) / 36_000


def size_in_html(data: bytes) -> tuple[float, float]:
    (found,) = re.findall(rb"--width: ([\d.]+)mm; --height: ([\d.]+)mm", data)
    return float(found[0]), float(found[1])


READERS = {"pdf": size_in_pdf, "docx": size_in_word, "html": size_in_html}


@pytest.mark.parametrize(("name", "data", "width", "height"), SIZES)
def test_a_picture_has_one_size_in_every_format(name: str, data: bytes, width: float, height: float) -> None:
    for form, size_in in READERS.items():
        if form != "pdf" or not name.endswith(".svg"):  # where a drawing is none of a picture's objects
            made = FORMATS[form].render(letter_with(name), style_with(name, data))
            assert size_in(made) == pytest.approx((width, height), abs=0.1), form


@pytest.mark.parametrize(("across", "down"), [(5000, 500), (500, 5000), (5000, 5000)])
def test_a_picture_larger_than_the_page_is_made_smaller_in_proportion(across: int, down: int) -> None:
    for form, size_in in READERS.items():
        width, height = size_in(FORMATS[form].render(letter_with("a.png"), style_with("a.png", png(across, down, 96))))
        assert width <= 160.01
        assert height <= 252
        assert width / height == pytest.approx(across / down, rel=0.01)


@pytest.mark.parametrize(("orientation", "red"), [(1, (0, 0)), (3, (1, 1)), (6, (1, 0)), (8, (0, 1))])
def test_a_photograph_stands_as_its_file_says_in_word(orientation: int, red: tuple[int, int]) -> None:
    members = read_members(FORMATS["docx"].render(letter_with("a.jpg"), style_with("a.jpg", turned(orientation))))
    (shown,) = (data for name, data in members.items() if name.startswith("word/media/"))
    with Image.open(io.BytesIO(shown)) as opened:
        assert opened.getexif().get(0x0112, 1) == 1
        x, y = ((side - 1) * place for side, place in zip(opened.size, red, strict=True))
        assert opened.getpixel((x, y)) == pytest.approx(RED, abs=12)


@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A])
@pytest.mark.parametrize(
    ("name", "data"), [*{(name, data): None for name, data, *_ in SIZES}], ids=range(len({(s[0], s[1]) for s in SIZES}))
)
def test_a_pdf_with_any_of_them_is_valid(name: str, data: bytes, profile: page.ValidationProfile) -> None:
    made = FORMATS["pdf"].render(letter_with(name), style_with(name, data))
    assert page.validate_pdf_bytes(made, profile=profile).failures == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", b""),
        ("a.png", svg("")),
        ("a.jpg", b"\xff\xd8\xff"),
        ("a.svg", b"<svg/>"),
        ("a.svg", b"<svg"),
        ("a.png", png(0, 0, 96)),
    ],
)
def test_what_is_no_picture_is_said(name: str, data: bytes) -> None:
    with pytest.raises(UnusablePicture, match=re.escape(name)):
        image(name, data)
