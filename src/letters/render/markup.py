"""A letter's parts and blocks as HTML fragments, the same for the page on screen and the page on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from html import escape
from itertools import groupby, takewhile
from operator import attrgetter
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
from letters.render.breaks import leads_in, row_stays_whole, stays_whole

#: Gives the address under which a picture can be had, from its path.
Locate = Callable[[str], str]
Row = tuple[tuple[Run, ...], ...]


def parts(chosen: Sequence[Part], locate: Locate) -> str:
    """Some parts as `<div>`s, each with its name as class."""
    firsts = [next(iter(part.blocks), None) for part in chosen]
    return "\n".join(map(partial(_part, locate=locate), chosen, [*firsts[1:], None]))


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


def _part(part: Part, following: Block | None, locate: Locate) -> str:
    return f'<div class="{escape(part.name)}">{_blocks(part.blocks, locate, following)}</div>'


def _blocks(blocks: Sequence[Block], locate: Locate, after: Block | None = None) -> str:
    """Blocks one below the other; `after`: what stands below them on the page."""
    pairs = zip(blocks, [*blocks[1:], after], strict=True) if blocks else ()
    return "\n".join(_block(block, following, locate) for block, following in pairs)


def _block(block: Block, following: Block | None, locate: Locate) -> str:
    match block:
        case Paragraph(runs):
            return _element("p", runs, _breaks(leads=leads_in(block, following), whole=stays_whole(runs)))
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


def _breaks(*, leads: bool, whole: bool) -> str:
    """The class by which a style sheet knows where a page may end at a paragraph."""
    names = [name for name, holds in (("leads-in", leads), ("long", not whole)) if holds]
    return f' class="{" ".join(names)}"' if names else ""


def _list(items: tuple[tuple[Block, ...], ...], ordered: bool, start: int, locate: Locate) -> str:
    inside = "\n".join(f"<li>{_blocks(item, locate)}</li>" for item in items)
    if not ordered:
        return f"<ul>{inside}</ul>"
    # WeasyPrint does not know `start`, browsers know both.
    first = "" if start == 1 else f' start="{start}" style="counter-reset: list-item {start - 1}"'
    return f"<ol{first}>{inside}</ol>"


def _table(header: Row, rows: tuple[Row, ...]) -> str:
    head = "".join(_element("th", cell, ' scope="col"') for cell in header)
    body = "\n".join(
        f"<tr{_row_breaks(row)}>" + "".join(_element("td", cell) for cell in row) + "</tr>" for row in rows
    )
    return f"<table><thead{_row_breaks(header)}><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table>"


def _row_breaks(row: Row) -> str:
    return _breaks(leads=False, whole=row_stays_whole(row))


def _element(tag: str, runs: tuple[Run, ...], attributes: str = "") -> str:
    """An element that holds runs; a language which all of them share is its own."""
    shared = _shared_language(runs)
    return f"<{tag}{attributes}{_lang(shared)}>{_text(runs, shared)}</{tag}>"


def _text(runs: Iterable[Run], outer: str | None) -> str:
    """Runs in a text whose language is `outer`; neighbours with the same address are one link."""
    linked = groupby((run for run in runs if run.text), attrgetter("href"))
    return "".join(_link(href, tuple(group), outer) if href else _runs(group, outer) for href, group in linked)


def _link(href: str, runs: tuple[Run, ...], outer: str | None) -> str:
    shared = _shared_language(runs)
    lang = shared if shared != outer else None
    return f'<a href="{escape(href)}"{_lang(lang)}>{_runs(runs, shared or outer)}</a>'


def _runs(runs: Iterable[Run], outer: str | None) -> str:
    return "".join(_run(run, outer) for run in runs)


def _run(run: Run, outer: str | None) -> str:
    html = escape(run.text, quote=False)
    if run.italic:
        html = f"<em>{html}</em>"
    if run.bold:
        html = f"<strong>{html}</strong>"
    if run.lang and run.lang != outer:
        html = f"<span{_lang(run.lang)}>{html}</span>"
    return html


def _shared_language(runs: Iterable[Run]) -> str | None:
    languages = {run.lang for run in runs if run.text}
    return languages.pop() if len(languages) == 1 else None


def _lang(language: str | None) -> str:
    return f' lang="{escape(language)}"' if language else ""
