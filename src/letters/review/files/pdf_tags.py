"""The tags of a page of a PDF: which of its marked content makes one block, in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from letters.readback.pdfium.structure import Element, Tree
from letters.review.compare.content import CELL, COLUMN_HEADING, FOOTNOTE, LIST, PARAGRAPH, QUOTATION, Style, heading

#: Tags that begin a block, and what it is; inside any other tag a block goes on.
_BLOCKS: dict[str, Style | None] = {
    **dict.fromkeys(("Document", "Part", "Art", "Sect", "Div", "P", "H", "L", "LBody", "TOC", "TOCI", "Index")),
    **dict.fromkeys(("Table", "THead", "TBody", "TFoot", "TR", "Caption", "Figure", "Formula", "Form")),
    **{f"H{level}": heading(level) for level in range(1, 7)},
    **{"BlockQuote": QUOTATION, "LI": LIST, "TH": COLUMN_HEADING, "TD": CELL},
}

#: Marked content by number, with its language where that is not the document's.
Pieces = list[tuple[int, str | None]]


class Tagged(NamedTuple):
    """A block by its marked content. `label`: that of its number or bullet. `name`: the same on each page that the
    block stands on, or empty."""

    style: Style
    pieces: Pieces
    label: Pieces
    name: str


class Said(NamedTuple):
    """What a tag says in place of, or about, its content: in place of what is drawn, or in full for something short."""

    instead: str
    content: list[int]


@dataclass
class Tags:
    """The blocks of a page while its tags are read, in reading order; notes stand apart. `alts`: what its pictures
    show. `seen`: all marked content that a tag holds. `said`: texts given for content. `in_full`: what short forms and
    other tags stand for."""

    language: str
    blocks: list[Tagged] = field(default_factory=list)
    notes: list[Tagged] = field(default_factory=list)
    alts: list[str] = field(default_factory=list)
    seen: set[int | None] = field(default_factory=set)
    said: list[Said] = field(default_factory=list)
    in_full: list[str] = field(default_factory=list)
    _open: Pieces = field(default_factory=list)
    _label: Pieces = field(default_factory=list)

    def read(self, tree: Tree) -> None:
        """Take in the tags of a page."""
        for _, element in tree.children():
            self._add(element, PARAGRAPH, None)
        self._end_block(PARAGRAPH)
        if self._label:
            self.blocks.append(Tagged(LIST, [], self._label, ""))

    def _add(self, element: Element, style: Style, language: str | None) -> None:
        tag, own = element.tag, element.language or None
        language = (None if own == self.language else own) if own else language
        self._note_texts(element, tag)
        if tag == "Lbl":
            self._take_label(element, style, language)
        elif tag in ("Note", "FENote"):
            pieces, label, self._open, self._label = self._open, self._label, [], []
            self._take(element, FOOTNOTE, language)
            self.notes.append(Tagged(FOOTNOTE, self._open, self._label, element.name))
            self._open, self._label = pieces, label
        elif tag in _BLOCKS:
            self._end_block(style)
            style = _BLOCKS[tag] or style
            self._take(element, style, language)
            self._end_block(style, element.name)
        else:
            self._take(element, style, language)

    def _note_texts(self, element: Element, tag: str) -> None:
        alt = element.alt
        if alt and tag in ("Figure", "Formula"):
            self.alts.append(alt)
        elif alt and tag not in ("Link", "Form", "Annot"):
            self.in_full.append(alt)
        if instead := element.instead:
            self.said.append(Said(instead, list(element.content())))
        if in_full := element.in_full:
            self.in_full.append(in_full)

    def _take_label(self, element: Element, style: Style, language: str | None) -> None:
        """The number of a list item stands before its block; that of a note in its midst is one of the words."""
        if style not in (LIST, FOOTNOTE):
            self._take(element, style, language)
            return
        if style == LIST:
            self._end_block(style)
        label = list(element.content())
        self.seen |= set(label)
        self._label = [*self._label, *((number, language) for number in label)]

    def _take(self, element: Element, style: Style, language: str | None) -> None:
        for _, child in element.children():
            if isinstance(child, int):
                self._open.append((child, language))
                self.seen.add(child)
            else:
                self._add(child, style, language)

    def _end_block(self, style: Style, name: str = "") -> None:
        """What was taken in since the last block is one."""
        if self._open:
            self.blocks.append(Tagged(style, self._open, self._label, name))
            self._open, self._label = [], []
