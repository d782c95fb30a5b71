"""Where a page may end, the same in the PDF and in Word: what stays with what follows, and what stays whole."""

from __future__ import annotations

from letters.letter import Block, ItemList, Paragraph, Picture, Quote, Run, Table, plain

#: Letters of about twelve full lines: a longer paragraph may be broken, two lines or more on each page.
LONGEST_PARAGRAPH = 900
#: Height of the highest row of a table that is not broken, in millimetres.
HIGHEST_ROW = 80.0
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


def stays_whole(runs: tuple[Run, ...]) -> bool:
    """Whether a paragraph is short enough not to be broken between pages."""
    return len(plain(runs)) <= LONGEST_PARAGRAPH
