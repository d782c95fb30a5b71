"""Typographic quotation marks and no-break spaces: what a typesetter does to words without altering them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from letters.letter import Block, Heading, ItemList, Paragraph, Part, Quote, Run, Table
from letters.letter.quotes import smart_quotes

NO_BREAK = "\u00a0"
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Ionawr|Chwefror|Mawrth|Ebrill|Mai|Mehefin|Gorffennaf|Awst|Medi|Hydref|Tachwedd|Rhagfyr"
)
_KEPT = (
    # "31 May 2017" and "1st October 2019" broke before the year in a first setting.
    re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTHS})(?: \d{{4}})?\b"),
    re.compile(rf"\b(?:{_MONTHS}) \d{{4}}\b"),
    # Telephone numbers in the United Kingdom: 020 3513 0500, 07802 948502, +44 20 3513 0500.
    re.compile(r"(?<![\w.])(?:\+44 ?|0)\d{1,4}(?: \d{3,6}){1,3}\b"),
)


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
        """The runs, set as one text: a mark or a date may stand where emphasis begins or ends."""
        runs = tuple(_composed(runs))
        text = self._keep(smart_quotes("".join(run.text for run in runs)))
        done, at = [], 0
        for run in runs:
            done.append(replace(run, text=text[at : at + len(run.text)]))
            at += len(run.text)
        return tuple(done)

    def _keep(self, text: str) -> str:
        """`text` with no-break spaces, as long as before."""
        for pattern in self._kept:
            text = pattern.sub(lambda match: match[0].replace(" ", NO_BREAK), text)
        return text


def _composed(runs: tuple[Run, ...]) -> Iterator[Run]:
    """Runs with each accent and its letter made one character (NFC): a reader of the file finds one thing, once."""
    for run in runs:
        yield run if run.text.isascii() else replace(run, text=unicodedata.normalize("NFC", run.text))
