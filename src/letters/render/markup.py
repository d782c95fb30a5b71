"""A letter's parts and blocks as HTML fragments, the same for the page on screen and the page on paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby, pairwise, takewhile
from operator import attrgetter
from typing import assert_never

from letters.letter import (
    CAPTION,
    MASTHEAD,
    SIGNATURE,
    TAGS,
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
    plain,
)
from letters.letter.pictures import image
from letters.render.breaks import (
    CLOSING,
    HIGHEST_ABOVE_A_CLOSING,
    HIGHEST_ROW,
    leads_in,
    parts_that_lead_in,
    stays_whole,
)
from letters.render.columns import SMALL, SMALLER, SMALLEST, Columns, columns
from letters.render.room import LIST, PICTURE_HEIGHT, SIGNATURE_HEIGHT, TEXT_WIDTH, list_indent, quote_indent

#: Gives the address under which a picture can be had, from its path.
Locate = Callable[[str], str]
_NUMBER = r"[£€$]?\d(?:[\d,.:]*\d)?(?:%|[a-z]{1,2}\b)?"
#: A number with its sign, and one number to another: an en dash would let a line end behind it.
_KEPT_WHOLE = re.compile(
    rf"(?<![^\s(\[])[–−-]{_NUMBER}(?:–{_NUMBER})?(?![\w–])|(?<![\w.,–/]){_NUMBER}–{_NUMBER}(?![\w–])"
)
#: A longer one, in characters, might be wider than there is room.
_LONGEST_KEPT = 20
#: The end of a word that may fill a line.
_UNBROKEN = re.compile(r"[^\s/-]{40}$")
_ALIGN = {"centre": "center", "right": "right"}


@dataclass(frozen=True)
class Paper:
    """What pictures there are, by path, and where they can be had. `narrow`: whether it may be too narrow for a table,
    which can then be moved sideways; the foot of the pages of a second letter, if it has any."""

    pictures: Mapping[str, bytes]
    locate: Locate
    narrow: bool = False
    foot: str = ""


@dataclass(frozen=True)
class _Place:
    """Where a block stands: on which paper, how wide it is there in millimetres, in how many quotes, and how high
    a picture there may be."""

    paper: Paper
    room: float = TEXT_WIDTH
    quotes: int = 0
    highest: float = PICTURE_HEIGHT


def parts(chosen: Sequence[Part], paper: Paper) -> str:
    """Some parts as `<div>`s, each with its name as class; a second letter among them in a section of its own."""
    second = next((at for at, part in enumerate(chosen) if part.begins), None)
    if second is None:
        return _parts(chosen, paper)
    own = f'<section class="letter second"{_lang(chosen[second].begins)}>'
    return f"{_parts(chosen[:second], paper)}\n{own}\n{paper.foot}{_parts(chosen[second:], paper)}\n</section>"


def _parts(chosen: Sequence[Part], paper: Paper) -> str:
    below = [next(iter(part.blocks), None) for part in chosen[1:]]
    leads = parts_that_lead_in(chosen)
    return "\n".join(
        _part(part, first if leading else None, _Place(paper), is_apart=_is_apart(chosen[:at], part, paper))
        for at, (part, first, leading) in enumerate(zip(chosen, (*below, None), leads, strict=False))
    )


def _is_apart(above: Sequence[Part], part: Part, paper: Paper) -> bool:
    """Whether a closing may begin a page: below a picture so high that its own lines would be parted otherwise."""
    if part.name != CLOSING:
        return False
    last = next((other for other in reversed(above) if other.name != CAPTION), None)
    if last is None or not last.blocks or not isinstance(picture := last.blocks[-1], Picture):
        return False
    found = image(picture.path, picture_bytes(paper.pictures, picture.path))
    return found.fitted(TEXT_WIDTH, PICTURE_HEIGHT)[1] > HIGHEST_ABOVE_A_CLOSING


def stage_mark(letter: Letter) -> str:
    """What every page says of the stage, a line a language, each marked as its own where there are two."""
    lines = (letter.stage_mark or "").split("\n")
    if len(lines) == 1:
        return escape(lines[0])
    tags = (TAGS.get(language) for language in letter.languages)
    return "<br>".join(f"<span{_lang(tag)}>{escape(line)}</span>" for line, tag in zip(lines, tags, strict=True))


def letterhead_parts(letter: Letter) -> tuple[Part, ...]:
    """The parts that lead the letter and identify its sender at the top of a page."""
    return tuple(takewhile(lambda part: part.name == MASTHEAD or part.every_page, letter.parts))


def picture_bytes(pictures: Mapping[str, bytes], path: str) -> bytes:
    """The picture at `path`; raises CannotRender if the house style has none there."""
    try:
        return pictures[path]
    except KeyError:
        raise CannotRender(f"the picture {path} is not among those of the letterhead and the letter type") from None


def _part(part: Part, below: Block | None, place: _Place, *, is_apart: bool) -> str:
    place = replace(place, highest=SIGNATURE_HEIGHT) if part.name == SIGNATURE else place
    style = ' style="break-before: auto"' if is_apart else ""
    return f'<div class="{escape(part.name)}"{style}>{_blocks(part.blocks, place, below)}</div>'


def _blocks(blocks: Sequence[Block], place: _Place, below: Block | None = None) -> str:
    """Blocks one above the other; `below`: what stands below them on the page."""
    return "\n".join(_block(*pair, place) for pair in zip(blocks, (*blocks[1:], below), strict=False))


def _block(block: Block, below: Block | None, place: _Place) -> str:
    match block:
        case Paragraph(runs):
            return _element("p", runs, _breaks(leads_in(block, below), stays_whole(runs), _is_crowded(runs)))
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


def _breaks(leads: bool, whole: bool, crowded: bool = False) -> str:
    """The class by which a style sheet knows where a page and a line may end at a paragraph."""
    sorts = ("leads-in", leads), ("long", not whole), ("crowded", crowded)
    names = [name for name, holds in sorts if holds]
    return f' class="{" ".join(names)}"' if names else ""


def _is_crowded(runs: Sequence[Run]) -> bool:
    """Whether a run ends with so long a word that WeasyPrint may set the sign behind it over the end of a full line."""
    return any(_UNBROKEN.search(one.text) and not other.text[:1].isspace() for one, other in pairwise(runs))


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
    sorts = [name for name, is_so in _sorts(found) if is_so]
    sort = f' class="{" ".join(sorts)}"' if sorts else ""
    shares = (100 * width / sum(found.widths) for width in found.widths)
    widths = "".join(f'<col style="width: {share:.2f}%">' for share in shares)
    aligns = [f' style="text-align: {_ALIGN[align]}"' if align in _ALIGN else "" for align in table.align]
    aligns = aligns or [""] * len(table.header)
    head = "".join(
        _element("th", *cell) for cell in zip(table.header, (f' scope="col"{a}' for a in aligns), strict=True)
    )
    rows = ("".join(_element("td", *cell) for cell in zip(row, aligns, strict=True)) for row in table.rows)
    heading, *breaks = (_breaks(False, height <= HIGHEST_ROW) for height in found.rows)
    body = "\n".join(f"<tr{how}>{row}</tr>" for how, row in zip(breaks, rows, strict=True))
    top = f"<colgroup>{widths}</colgroup><thead{heading}><tr>{head}</tr></thead>"
    made = f"<table{sort}>{top}\n<tbody>{body}</tbody></table>"
    return _sideways(table, made) if place.paper.narrow else made


def _sideways(table: Table, made: str) -> str:
    """A table that can be moved sideways, also from the keyboard; its headings are its name for who hears it."""
    name = ", ".join(filter(None, (plain(cell).strip() for cell in table.header))) or "Table"
    return f'<div class="sideways" role="group" tabindex="0" aria-label="{escape(name)}">{made}</div>'


def _sorts(found: Columns) -> Sequence[tuple[str, bool]]:
    """Each class that a table may have, and whether it does."""
    sizes = {"small": SMALL, "smaller": SMALLER, "smallest": SMALLEST}
    return ("dense", found.dense), ("short", found.short), *((name, found.size == size) for name, size in sizes.items())


def _picture(picture: Picture, place: _Place) -> str:
    """A picture of its own size, which a style sheet may overrule where it says more than `img`."""
    found = image(picture.path, picture_bytes(place.paper.pictures, picture.path))
    width, height = found.fitted(place.room, place.highest)
    stretched = ' class="stretched"' if found.stretched else ""
    size = f"--width: {width:.2f}mm; --height: {height:.2f}mm"
    address, alt = escape(place.paper.locate(picture.path)), escape(picture.alt)
    return f'<img{stretched} style="{size}" src="{address}" alt="{alt}"{_lang(picture.lang)}>'


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
    html = _KEPT_WHOLE.sub(_kept_whole, escape(run.text, quote=False))
    if run.italic:
        html = f"<em>{html}</em>"
    if run.bold:
        html = f"<strong>{html}</strong>"
    if run.lang and run.lang != outer:
        html = f"<span{_lang(run.lang)}>{html}</span>"
    return html


def _kept_whole(number: re.Match[str]) -> str:
    return f'<span class="number">{number[0]}</span>' if len(number[0]) <= _LONGEST_KEPT else number[0]


def _shared_language(runs: Iterable[Run]) -> str | None:
    languages = {run.lang for run in runs if run.text}
    return languages.pop() if len(languages) == 1 else None


def _lang(language: str | None) -> str:
    return f' lang="{escape(language)}"' if language else ""
