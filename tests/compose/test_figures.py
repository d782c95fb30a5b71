"""A picture and what is said of it stand in parts of their own, in every format, and on one page."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from letters.batch.formats import FORMATS
from letters.letter import BODY, CAPTION, FIGURE, Letter, Part, Picture, Stage
from letters.readback import faults
from support.docx_samples import house_style
from support.letters_by_hand import lines, paragraph, real
from support.plain_letters import LETTER, SIGNATURE, TYPE, plain_workspace
from support.random_letters import png

pytestmark = pytest.mark.slow

TYPED = """
::: {.figure}
![Visits by year](visits.png)
:::

::: {.caption}
Figure 1: Visits by year
:::

::: {.figure}
![Arrests by year](visits.png)
Figure 2: Arrests by year
:::
"""


def test_a_figure_and_its_caption_can_be_typed_at_once(tmp_path: Path) -> None:
    there = plain_workspace(tmp_path / "workspace")
    (there.path(LETTER).parent / "visits.png").write_bytes(SIGNATURE.read_bytes())
    there.replace(LETTER, "{{ outcome.body }}\n", "{{ outcome.body }}\n" + TYPED)
    ran = there.letters("build")
    assert ran.status == 0, ran.err
    for form in FORMATS:
        said = FORMATS[form].read(there.path(f"outputs/{TYPE}/x.{form}").read_bytes()).words
        assert {"Figure 1: Visits by year", "Figure 2: Arrests by year"} <= set(said)


def letter(letterhead: str, before: int) -> Letter:
    """A letter whose figure has `before` short paragraphs above it."""
    picture = Part(FIGURE, (Picture("chart.png", "Visits"),))
    both = Part(FIGURE, (Picture("chart.png", "Arrests"), paragraph("Figure 2: Arrests")))
    text = Part(BODY, tuple(paragraph(f"Paragraph {n}.") for n in range(before)))
    parts = (text, picture, lines(CAPTION, "Figure 1: Visits"), Part(BODY, (paragraph("Text."),)), both)
    return replace(real("cumbria"), letterhead=letterhead, parts=parts, stage=Stage.READY)


@pytest.mark.parametrize("letterhead", ["hmicfrs", "pcc-south-wales"])
def test_a_caption_is_on_the_page_of_its_figure(letterhead: str) -> None:
    style = replace(house_style(letterhead), pictures={"chart.png": png(400, 300, 96)})
    for before in (18, 24, 27, 28, 29, 30):
        made = letter(letterhead, before)
        data = FORMATS["pdf"].render(made, style)
        for sheet in pypdfium2.PdfDocument(data):
            said = sheet.get_textpage().get_text_range().count("Figure ")
            assert said == sum(found.type == 3 for found in sheet.get_objects(max_depth=3))
    for form in FORMATS:
        assert faults(made, FORMATS[form].read(FORMATS[form].render(made, style))) == []


def test_in_word_figure_and_caption_have_styles_and_stay_together() -> None:
    style = replace(house_style("hmicfrs"), pictures={"chart.png": png(400, 300, 96)})
    made = docx.Document(BytesIO(FORMATS["docx"].render(letter("hmicfrs", 1), style)))
    keep_next = f"{qn('w:pPr')}/{qn('w:keepNext')}"
    found = [(p.style and p.style.name, p._p.find(keep_next) is not None) for p in made.paragraphs]
    assert found[1:] == [
        *(("Figure", True), ("Caption", False), ("Body Text", True), ("Figure", True), ("Caption", False))
    ]
