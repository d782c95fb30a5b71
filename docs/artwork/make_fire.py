"""Make wordmark and styles.docx of the sample `fire`: `python docs/artwork/make_fire.py` in the repository root."""

from __future__ import annotations

from pathlib import Path

import draw  # type: ignore[import-not-found]  # beside this script
from docx import Document
from docx.shared import RGBColor

ROOT = Path(__file__).parents[2]
LETTERHEAD = ROOT / "src/letters/samples/fire/templates/letterheads/fire-standards-review"
#: Dark red, as in letter.css.
HEADINGS = RGBColor(0x8C, 0x1C, 0x13)


def make_styles() -> None:
    """Write the styles of the letterhead that most letters have, with headings in a colour of its own."""
    document = Document(str(ROOT / "templates/letterheads/hmicfrs/styles.docx"))
    for level in (1, 2):
        document.styles[f"Heading {level}"].font.color.rgb = HEADINGS
    document.core_properties.title = "Styles of Fire Standards Review"
    document.save(str(LETTERHEAD / "styles.docx"))


if __name__ == "__main__":
    draw.WORD, draw.WORDMARK = "FSR", LETTERHEAD
    draw.draw_wordmark()
    make_styles()
