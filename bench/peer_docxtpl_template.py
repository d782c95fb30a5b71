"""The template that the docxtpl peer fills, made by python-docx as somebody would make it in Word. `WORKSPACE FILE`"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from plain import SIGNATURE, WORDMARK


def main(workspace: Path, file: Path) -> None:
    """Write the template; its pictures come from the workspace's templates."""
    pictures = workspace / "templates"
    document = Document()
    _set_page(document)
    head = document.add_table(rows=1, cols=2)
    left, right = head.rows[0].cells
    left.paragraphs[0].add_run().add_picture(str(pictures / f"{WORDMARK}.png"), width=Mm(52))
    _add_lines(left, "masthead")
    _add_lines(right, "sender_details", align=WD_ALIGN_PARAGRAPH.RIGHT)
    _add_lines(document, "sender", align=WD_ALIGN_PARAGRAPH.RIGHT)
    for part in ("addressee", "copied_to", "date", "salutation"):
        _add_lines(document, part)
    document.add_heading("{{ title }}", 1)
    _add_body(document)
    _add_lines(document, "closing")
    document.add_paragraph("{%p if signed %}")
    document.add_paragraph().add_run().add_picture(str(pictures / SIGNATURE), height=Mm(18))
    document.add_paragraph("{%p endif %}")
    _add_lines(document, "signatory")
    document.save(str(file))


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(25)
    section.header.paragraphs[0].text = "{{ mark }}"
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)


def _add_lines(place: Any, part: str, align: WD_ALIGN_PARAGRAPH | None = None) -> None:
    place.add_paragraph(f"{{%p for line in {part} %}}")
    place.add_paragraph("{{ line }}").alignment = align
    place.add_paragraph("{%p endfor %}")


def _add_body(document: Any) -> None:
    for text, style in (
        ("{%p for block in body %}", "Normal"),
        ("{%p if block.quote %}", "Normal"),
        ("{{ block.text }}", "Quote"),
        ("{%p else %}", "Normal"),
        ("{{ block.text }}", "Normal"),
        ("{%p endif %}", "Normal"),
        ("{%p endfor %}", "Normal"),
    ):
        document.add_paragraph(text, style)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
