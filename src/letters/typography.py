"""Typographic quotation marks and no-break spaces: what a typesetter does to words without altering them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from letters.letter import Block, Heading, ItemList, Paragraph, Part, Quote, Run, Table

NO_BREAK = "\u00a0"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_KEPT = (
    # "31 May 2017" and "1st October 2019" broke before the year in a first setting.
    re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTHS})(?: \d{{4}})?\b"),
    re.compile(rf"\b(?:{_MONTHS}) \d{{4}}\b"),
    # Telephone numbers in the United Kingdom: 020 3513 0500, 07802 948502, +44 20 3513 0500.
    re.compile(r"(?<![\w.])(?:\+44 ?|0)\d{1,4}(?: \d{3,6}){1,3}\b"),
)
#: After these a quotation opens; after anything else a mark closes one, or is an apostrophe.
_OPENERS = frozenset(" \t\n\u00a0([{–—‘“/")


class Typographer:
    """Sets the runs of parts; `keep_together` are words that no line end may part."""

    def __init__(self, keep_together: Iterable[str] = ()) -> None:
        own = [re.compile(rf"(?<!\w){re.escape(words)}(?!\w)") for words in keep_together]
        self._kept = (*_KEPT, *own)

    def part(self, part: Part) -> Part:
        """The part, set."""
        return replace(part, blocks=tuple(self._block(block) for block in part.blocks))

    def text(self, text: str) -> str:
        """A plain text, set."""
        return self._runs((Run(text),))[0].text

    def _block(self, block: Block) -> Block:
        match block:
            case Paragraph(runs):
                return Paragraph(self._runs(runs))
            case Heading(level, runs):
                return Heading(level, self._runs(runs))
            case Quote(blocks):
                return Quote(tuple(self._block(inner) for inner in blocks))
            case ItemList(items):
                return replace(block, items=tuple(tuple(self._block(inner) for inner in item) for item in items))
            case Table(header, rows):
                set_rows = tuple(tuple(map(self._runs, row)) for row in rows)
                return replace(block, header=tuple(map(self._runs, header)), rows=set_rows)
            case _:
                return block

    def _runs(self, runs: tuple[Run, ...]) -> tuple[Run, ...]:
        before, done = " ", []
        for run in runs:
            text = self._keep(curl(run.text, before))
            before = text[-1:] or before
            done.append(replace(run, text=text))
        return tuple(done)

    def _keep(self, text: str) -> str:
        for pattern in self._kept:
            text = pattern.sub(lambda match: match[0].replace(" ", NO_BREAK), text)
        return text


def curl(text: str, before: str = " ") -> str:
    """`text` with its straight quotation marks made typographic; `before` is the character in front of it."""
    if "'" not in text and '"' not in text:
        return text
    out = []
    for at, ch in enumerate(text):
        if ch == "'":
            elided = re.match(r"\d\ds\b|tis\b|twas\b", text[at + 1 :])
            ch = "‘" if before in _OPENERS and not elided else "’"
        elif ch == '"':
            ch = "“" if before in _OPENERS else "”"
        out.append(ch)
        before = ch
    return "".join(out)
