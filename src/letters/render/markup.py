"""A letter's parts and blocks as HTML fragments, the same for the page on screen and the page on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
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

#: Gives the address under which a picture can be had, from its path.
Locate = Callable[[str], str]


def parts(chosen: Iterable[Part], locate: Locate) -> str:
    """Some parts as `<div>`s, each with its name as class."""
    return "\n".join(_part(part, locate) for part in chosen)


def letterhead_parts(letter: Letter) -> tuple[Part, ...]:
    """The parts that lead the letter and identify its sender at the top of a page."""
    return tuple(takewhile(lambda part: part.name == MASTHEAD or part.every_page, letter.parts))


def picture_bytes(pictures: Mapping[str, bytes], path: str) -> bytes:
    """The picture at `path`; raises CannotRender if the house style has none there."""
    try:
        return pictures[path]
    except KeyError:
        raise CannotRender(f"the picture {path} is not among those of the letterhead and the letter type") from None


def media_type(path: str) -> str:
    """The media type of a picture, from its suffix; raises CannotRender if it is neither SVG, PNG nor JPEG."""
    suffix = path.rpartition(".")[2].lower()
    try:
        return {"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}[suffix]
    except KeyError:
        raise CannotRender(f"the picture {path} is neither .svg, .png nor .jpg") from None


def _part(part: Part, locate: Locate) -> str:
    return f'<div class="{escape(part.name)}">{_blocks(part.blocks, locate)}</div>'


def _blocks(blocks: Iterable[Block], locate: Locate) -> str:
    return "\n".join(map(partial(_block, locate=locate), blocks))


def _block(block: Block, locate: Locate) -> str:
    match block:
        case Paragraph(runs):
            return _element("p", runs)
        case Heading(level, runs):
            return _element(f"h{level}", runs)
        case Quote(blocks):
            return f"<blockquote>{_blocks(blocks, locate)}</blockquote>"
        case ItemList(items, ordered, start):
            return _list(items, ordered, start, locate)
        case Table(header, rows):
            return _table(header, rows)
        case Picture(path, alt):
            return f'<img src="{escape(locate(path))}" alt="{escape(alt)}">'
        case _:
            assert_never(block)


def _list(items: tuple[tuple[Block, ...], ...], ordered: bool, start: int, locate: Locate) -> str:
    inside = "\n".join(f"<li>{_blocks(item, locate)}</li>" for item in items)
    if not ordered:
        return f"<ul>{inside}</ul>"
    # WeasyPrint does not know `start`, browsers know both.
    first = "" if start == 1 else f' start="{start}" style="counter-reset: list-item {start - 1}"'
    return f"<ol{first}>{inside}</ol>"


def _table(header: tuple[tuple[Run, ...], ...], rows: tuple[tuple[tuple[Run, ...], ...], ...]) -> str:
    head = "".join(_element("th", cell, ' scope="col"') for cell in header)
    body = "\n".join("<tr>" + "".join(_element("td", cell) for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table>"


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
