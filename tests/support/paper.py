"""A PDF as a reader sees it that letters does not use: where each glyph stands on paper, and the tree of its tags."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from typing import Any

import pdfplumber
from pdfminer.pdftypes import resolve1

from letters.letter import Block, Heading, ItemList, Letter, Paragraph, Picture, Quote, Run, Table

_MM = 72 / 25.4
_WIDTH, _HEIGHT = 210 * _MM, 297 * _MM
#: Margins of our letterheads in points: at the sides, above the text of the first page, at the foot.
_SIDE, _TOP, _FOOT = 25 * _MM, 15 * _MM, 20 * _MM
_SLACK = 1.0


def off_paper(pdf: bytes) -> list[str]:
    """The glyphs that stand outside the text area (those of artifacts: outside the margin boxes above and below it)."""
    with pdfplumber.open(BytesIO(pdf)) as document:
        return [fault for page in document.pages for fault in _off_page(page)]


def _off_page(page: Any) -> Iterator[str]:
    if (page.width, page.height) != (round(_WIDTH, 2), round(_HEIGHT, 2)) and abs(page.height - _HEIGHT) > 1:
        yield f"page {page.page_number} is not A4"
    for char in page.chars:
        furniture = char["tag"] == "Artifact"
        top, bottom = (0.0, _HEIGHT) if furniture else (_TOP, _HEIGHT - _FOOT)
        across = char["x0"] >= _SIDE - _SLACK and char["x1"] <= _WIDTH - _SIDE + _SLACK
        down = char["top"] >= top - _SLACK and char["bottom"] <= bottom + _SLACK
        if char["text"].strip() and not (across and down):
            yield f"page {page.page_number}: {char['text']!r} at {char['x0']:.0f}, {char['top']:.0f}"


#: A tag and those in it.
Shape = tuple[str, tuple["Shape", ...]]


def tags(pdf: bytes) -> tuple[Shape, ...]:
    """The tree of tags of a PDF, without those that only say a language."""
    with pdfplumber.open(BytesIO(pdf)) as document:
        return tuple(_inside(resolve1(document.doc.catalog["StructTreeRoot"])))


def _inside(node: dict[str, Any]) -> Iterator[Shape]:
    kids = resolve1(node.get("K", []))
    for kid in (resolve1(kid) for kid in (kids if isinstance(kids, list) else [kids])):
        if isinstance(kid, dict) and "S" in kid and kid["S"].name != "Span":
            yield kid["S"].name, tuple(_inside(kid))


def expected_tags(letter: Letter) -> tuple[Shape, ...]:
    """The tree that a letter asks for: what is one thing in it is one tag, with its parts inside."""
    parts = tuple(("Div", _all(part.blocks)) for part in letter.parts if part.blocks)
    return (("Document", (("Part", parts),)),)


def _all(blocks: tuple[Block, ...]) -> tuple[Shape, ...]:
    return tuple(map(_expected, blocks))


def _expected(block: Block) -> Shape:
    match block:
        case Paragraph(runs):
            return "P", _links(runs)
        case Heading(level, runs):
            return f"H{level}", _links(runs)
        case Quote(blocks):
            return "BlockQuote", _all(blocks)
        case ItemList(items):
            return "L", tuple(("LI", (("Lbl", ()), ("LBody", _all(item)))) for item in items)
        case Table(header, rows):
            return "Table", (("THead", (_row("TH", header),)), ("TBody", tuple(_row("TD", row) for row in rows)))
        case Picture():
            return "Figure", ()


def _row(tag: str, cells: tuple[tuple[Run, ...], ...]) -> Shape:
    return "TR", tuple((tag, _links(cell)) for cell in cells)


def _links(runs: tuple[Run, ...]) -> tuple[Shape, ...]:
    return tuple(("Link", ()) for href, _ in groupby(runs, lambda run: run.href) if href)


def languages(pdf: bytes) -> dict[str, str]:
    """By language (BCP 47) all words that a reader hears in it, in order: of the document, and of each tag inside."""
    with pdfplumber.open(BytesIO(pdf)) as document:
        said = _by_mark(document)
        catalog = document.doc.catalog
        found: dict[str, str] = {}
        for language, mark in _heard(resolve1(catalog["StructTreeRoot"]), _text(catalog["Lang"]), 0):
            found[language] = f"{found.get(language, '')} {said.get(mark, '')}".strip()
        return found


def _by_mark(document: Any) -> dict[tuple[int, int], str]:
    """The text of each marked content, by the id of its page and its number."""
    said: dict[tuple[int, int], str] = {}
    for page in document.pages:
        for char in page.chars:
            if char["mcid"] is not None:
                mark = page.page_obj.pageid, char["mcid"]
                said[mark] = said.get(mark, "") + char["text"]
    return said


def _heard(node: dict[str, Any], language: str, page: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each marked content below a tag, with its language."""
    language = _text(node["Lang"]) if "Lang" in node else language
    page = node["Pg"].objid if "Pg" in node else page
    kids = resolve1(node.get("K", []))
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = resolve1(kid)
        if isinstance(kid, int):
            yield language, (page, kid)
        elif "MCID" in kid:
            yield language, (kid["Pg"].objid if "Pg" in kid else page, kid["MCID"])
        elif "S" in kid:
            yield from _heard(kid, language, page)


def _text(value: Any) -> str:
    return str(resolve1(value), "latin-1")
