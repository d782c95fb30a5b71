"""Whatever of a letter a screen reader could not tell from its DOCX."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from letters.letter import Letter
from letters.render.docx_xml import word_language
from support.docx_samples import member, stories


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
    if not re.search(
        f'<w:docDefaults>.*<w:lang w:val="{word_language(letter.language)}"', member(data, "word/styles.xml"), re.DOTALL
    ):
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
