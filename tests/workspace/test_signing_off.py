"""The end of a letter on paper: a signature of one size in all formats, and no closing without its signatory."""

from __future__ import annotations

import io
import re
import zipfile

import pypdfium2
import pytest
from PIL import Image

from letters.batch.formats import FORMATS
from letters.workspace.house_style import house_style
from letters.workspace.letter_types import load_letter_types
from letters.workspace.source import Source
from support.plain_note import LETTER, TYPE, block, check, source

PICTURE = "![Signature of Michael Cunningham](a.png)"
SIGNATORY = "\n::: {.signatory}\nMichael Cunningham\nHer Majesty's Inspector\n:::\n"
_POINTS = 12700


def rendered(there: Source, form: str) -> bytes:
    letter, problems = check(there)
    assert letter, problems
    types, _ = load_letter_types(there)
    style, _ = house_style(there, types[TYPE])
    assert style
    return FORMATS[form].render(letter, style)


def with_picture(there: Source, width: int, height: int, density: int = 96) -> dict[str, bytes]:
    drawn = io.BytesIO()
    Image.new("L", (width, height), 128).save(drawn, "PNG", dpi=(density, density))
    return {**there, f"templates/{TYPE}/a.png": drawn.getvalue()}


@pytest.mark.parametrize(("width", "height", "density"), [(400, 100, 96), (600, 600, 96), (200, 50, 300)])
def test_a_signature_has_one_size_on_paper_and_in_word(width: int, height: int, density: int) -> None:
    there = with_picture(source(block("Hello.")), width, height, density)
    there[LETTER] = there[LETTER].replace(b"::: {.signature}\n", f"::: {{.signature}}\n{PICTURE}\n".encode())
    (page,) = pypdfium2.PdfDocument(rendered(there, "pdf"))
    (left, bottom, right, top) = next(item.get_bounds() for item in page.get_objects() if item.type == 3)
    document = zipfile.ZipFile(io.BytesIO(rendered(there, "docx"))).read("word/document.xml").decode()
    extent = re.search(r'wp:extent cx="(\d+)" cy="(\d+)"', document)
    assert extent
    assert (right - left, top - bottom) == pytest.approx([int(side) / _POINTS for side in extent.groups()], abs=0.5)


@pytest.mark.parametrize("height", [300, 500, 600, 700, 750, 800])
@pytest.mark.parametrize("caption", ["", "\n\n::: {.caption}\nA picture\n:::"])
def test_a_closing_stays_with_its_signatory_below_a_picture_of_any_height(height: int, caption: str) -> None:
    middle = "{{ outcome.body }}\n\n::: {.figure}\n![A chart](a.png)\n:::" + caption
    there = with_picture(source(block("Hello."), middle), 600, height)
    there[LETTER] += SIGNATORY.encode()
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(rendered(there, "pdf"))]
    (closed,) = (page for page in pages if "Yours sincerely" in page)
    assert re.search(r"Yours sincerely\s+Michael Cunningham\s+Her Majesty", closed)
