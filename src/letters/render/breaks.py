"""Where a page may end, the same in the PDF and in Word: what stays with what follows, and what stays whole."""

from __future__ import annotations

from collections.abc import Sequence

from letters.letter import (
    CAPTION,
    FIGURE,
    Block,
    ItemList,
    Paragraph,
    Part,
    Picture,
    Quote,
    Run,
    Table,
    plain,
)

SALUTATION, CLOSING = "salutation", "closing"
#: Letters of about twelve full lines: a longer paragraph may be broken, two lines or more on each page.
LONGEST_PARAGRAPH = 900
#: Height of the highest row of a table that is not broken, in millimetres.
HIGHEST_ROW = 80.0
#: Height of the highest picture that the closing stays on one page with, in millimetres: below a higher one there may
#: be no room for all of closing, signature and signatory.
HIGHEST_ABOVE_A_CLOSING = 165.0
#: Letters in a line and a half.
_SHORT = 120


def leads_in(block: Block, following: Block | None) -> bool:
    """Whether `block` announces what is below it and so stays on one page with it.

    That is a paragraph above a quote; a line that ends with a colon; a short line above a list, a table or a picture;
    and a short line all in bold, which stands for a heading.
    """
    if not isinstance(block, Paragraph) or following is None:
        return False
    text = plain(block.runs).rstrip()
    short = len(text) <= _SHORT
    shown = isinstance(following, ItemList | Table | Picture) and short
    headed = short and bool(text) and all(run.bold for run in block.runs if run.text.strip())
    return isinstance(following, Quote) or text.endswith(":") or shown or headed


def parts_that_lead_in(parts: Sequence[Part]) -> list[bool]:
    """For each part, whether its last block stays on one page with the part below it.

    A figure does with its caption; a caption that has a figure above it leads in none below it, and nor does
    "Dear …", which greets and announces nothing.
    """
    return [_leads_in(*three) for three in zip((None, *parts), parts, (*parts[1:], None), strict=False)]


def _leads_in(before: Part | None, part: Part, following: Part | None) -> bool:
    if not part.blocks or following is None or not following.blocks or part.name == SALUTATION:
        return False
    if part.name == FIGURE:
        return following.name == CAPTION
    is_said_already = part.name == CAPTION and before is not None and before.name == FIGURE
    return not is_said_already and leads_in(part.blocks[-1], following.blocks[0])


def stays_whole(runs: tuple[Run, ...]) -> bool:
    """Whether a paragraph is short enough not to be broken between pages."""
    return len(plain(runs)) <= LONGEST_PARAGRAPH
