"""A letter's parts and blocks as HTML fragments, the same for the page on screen and the page on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from html import escape
from itertools import takewhile
from typing import assert_never

from letters.letter import (
    MASTHEAD,
    Block,
    CannotRender,
    Heading,
    ItemList,
    Letter,
    Paragraph,
    Part,
    Picture,
    Quote,
    Run,
    Table,
)
from letters.pictures import image
from letters.render.columns import columns
from letters.render.room import LIST, PICTURE_HEIGHT, TEXT_WIDTH, list_indent, quote_indent

#: Gives the address under which a picture can be had, from its path.
Locate = Callable[[str], str]
_ALIGN = {"centre": "center", "right": "right"}


@dataclass(frozen=True)
class Paper:
    """What pictures there are, by path, and where they can be had."""

    pictures: Mapping[str, bytes]
    locate: Locate


@dataclass(frozen=True)
class _Place:
    """Where a block stands: on which paper, how wide it is there in millimetres, and in how many quotes."""

    paper: Paper
    room: float = TEXT_WIDTH
    quotes: int = 0


def parts(chosen: Iterable[Part], paper: Paper) -> str:
    """Some parts as `<div>`s, each with its name as class."""
    return "\n".join(_part(part, _Place(paper)) for part in chosen)


def letterhead_parts(letter: Letter) -> tuple[Part, ...]:
    """The parts that lead the letter and identify its sender at the top of a page."""
    return tuple(takewhile(lambda part: part.name == MASTHEAD or part.every_page, letter.parts))


def picture_bytes(pictures: Mapping[str, bytes], path: str) -> bytes:
    """The picture at `path`; raises CannotRender if the house style has none there."""
    try:
        return pictures[path]
    except KeyError:
        raise CannotRender(f"the picture {path} is not among those of the letterhead and the letter type") from None


def _part(part: Part, place: _Place) -> str:
    return f'<div class="{escape(part.name)}">{_blocks(part.blocks, place)}</div>'


def _blocks(blocks: Iterable[Block], place: _Place) -> str:
    return "\n".join(_block(block, place) for block in blocks)


def _block(block: Block, place: _Place) -> str:
    match block:
        case Paragraph(runs):
            return _element("p", runs)
        case Heading(level, runs):
            return _element(f"h{level}", runs)
        case Quote(blocks):
            room = place.room - 2 * quote_indent(place.quotes)
            return f"<blockquote>{_blocks(blocks, replace(place, room=room, quotes=place.quotes + 1))}</blockquote>"
        case ItemList():
            return _list(block, place)
        case Table():
            return _table(block, place)
        case Picture():
            return _picture(block, place)
        case _:
            assert_never(block)


def _list(block: ItemList, place: _Place) -> str:
    indent = list_indent(block)
    inner = replace(place, room=place.room - indent)
    inside = "\n".join(f"<li>{_blocks(item, inner)}</li>" for item in block.items)
    if not block.ordered:
        return f"<ul>{inside}</ul>"
    # WeasyPrint does not know `start`, browsers know both.
    styles = [] if block.start == 1 else [f"counter-reset: list-item {block.start - 1}"]
    styles += [] if indent == LIST else [f"padding-left: {indent:g}mm"]
    first = "" if block.start == 1 else f' start="{block.start}"'
    style = f' style="{"; ".join(styles)}"' if styles else ""
    return f"<ol{first}{style}>{inside}</ol>"


def _table(table: Table, place: _Place) -> str:
    found = columns(table, max(place.room, 1))
    sorts = [name for name, is_so in (("dense", found.dense), ("short", found.short)) if is_so]
    sort = f' class="{" ".join(sorts)}"' if sorts else ""
    shares = (100 * width / sum(found.widths) for width in found.widths)
    widths = "".join(f'<col style="width: {share:.2f}%">' for share in shares)
    aligns = [f' style="text-align: {_ALIGN[align]}"' if align in _ALIGN else "" for align in table.align]
    aligns = aligns or [""] * len(table.header)
    head = "".join(
        _element("th", *cell) for cell in zip(table.header, (f' scope="col"{a}' for a in aligns), strict=True)
    )
    rows = ("".join(_element("td", *cell) for cell in zip(row, aligns, strict=True)) for row in table.rows)
    body = "\n".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table{sort}><colgroup>{widths}</colgroup><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table>"


def _picture(picture: Picture, place: _Place) -> str:
    """A picture of its own size, which a style sheet may overrule where it says more than `img`."""
    found = image(picture.path, picture_bytes(place.paper.pictures, picture.path))
    width, height = found.fitted(place.room, PICTURE_HEIGHT)
    stretched = ' class="stretched"' if found.stretched else ""
    size = f"--width: {width:.2f}mm; --height: {height:.2f}mm"
    address, alt = escape(place.paper.locate(picture.path)), escape(picture.alt)
    return f'<img{stretched} style="{size}" src="{address}" alt="{alt}">'


def _element(tag: str, runs: tuple[Run, ...], attributes: str = "") -> str:
    """An element that holds runs; a language which all of them share is its own."""
    languages = {run.lang for run in runs}
    shared = languages.pop() if len(languages) == 1 else None
    lang = f' lang="{escape(shared)}"' if shared else ""
    return f"<{tag}{attributes}{lang}>{''.join(_run(run, outer=shared) for run in runs)}</{tag}>"


def _run(run: Run, outer: str | None) -> str:
    html = escape(run.text, quote=False)
    # Innermost: WeasyPrint ties a link in a PDF to its text only if nothing stands between the two.
    if run.href:
        html = f'<a href="{escape(run.href)}">{html}</a>'
    if run.italic:
        html = f"<em>{html}</em>"
    if run.bold:
        html = f"<strong>{html}</strong>"
    if run.lang and run.lang != outer:
        html = f'<span lang="{escape(run.lang)}">{html}</span>'
    return html
