"""A page with one of everything that letters have, and which style of Word each piece of it is set in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from letters.letter import (
    BODY,
    CAPTION,
    FIGURE,
    MASTHEAD,
    SIGNATURE,
    Block,
    Heading,
    ItemList,
    Paragraph,
    Part,
    Picture,
    Quote,
    Run,
    Table,
)
from letters.render import markup
from letters.render.styles_of_parts import LINE_STYLES, SIGNATORY, line_styles
from letters.workspace.looks.boxes import Box

_LINE = Paragraph((Run("A line."),))
_CELL = (Run("A cell."),)
#: Parts of which a letter has several lines.
_OF_LINES = ("sender-details", "sender", "addressee", "copied-to", SIGNATORY, CAPTION)
_WORDS = (Run("Words, "), Run("bold", bold=True), Run(" and "), Run("italic", italic=True), Run(" and "))
_BODY: tuple[Block, ...] = (
    _LINE,
    Heading(1, (Run("A heading"),)),
    _LINE,
    Paragraph((*_WORDS, Run("a link", href="https://example.org"))),
    Heading(2, (Run("A heading"),)),
    _LINE,
    *(block for level in range(3, 7) for block in (Heading(level, (Run("A heading"),)), _LINE)),
    Quote((_LINE, _LINE)),
    _LINE,
    ItemList(((_LINE, _LINE), (_LINE,))),
    _LINE,
    ItemList(((_LINE,), (_LINE,)), ordered=True),
    _LINE,
    Table((_CELL, _CELL), ((_CELL, _CELL), (_CELL, _CELL))),
    _LINE,
)


@dataclass(frozen=True)
class Gap:
    """The space between two neighbours in one part, list or quotation. `selector`: what a rule for it is for;
    `style`: that of the second."""

    upper: Box
    lower: Box
    selector: str
    style: str


@dataclass(frozen=True)
class Piece:
    """What is set in one style of Word: an element of the page.

    `selector`: what a rule for its type is for; `around`: for the space around `outer`, the part or block that it
    stands in. `first`, `last`: whether it is what stands first and last there.
    """

    style: str
    box: Box
    selector: str
    outer: Box
    around: str
    first: bool = True
    last: bool = True
    gap: Gap | None = None


def specimen(parts: Iterable[str], logos: Mapping[str, bytes] | None = None) -> str:
    """The page, with the parts of these names, ordered as those of letters; `logos`: the pictures of its masthead."""
    order = [name for name in LINE_STYLES if name not in (BODY, FIGURE, CAPTION)]
    chosen = {*parts, BODY, SIGNATURE, SIGNATORY}
    own = sorted(chosen - {*LINE_STYLES, SIGNATURE})
    at = order.index("salutation")
    names = [*order[:at], *own, order[at], BODY, "closing", SIGNATURE, SIGNATORY, CAPTION]
    made = [_part(name, list(logos or ())) for name in names if name in chosen]
    inside = markup.parts(made, markup.Paper(logos or {}, str))
    mark = '<div class="stage"><p class="stage-mark">DRAFT</p></div>'
    return f"""<html lang="en-GB"><body><main class="letter">
<div class="first-head">{mark}</div>
<div class="head">{mark}</div>
<div class="foot">Foot</div>
{inside}
</main></body></html>"""


def _part(name: str, logos: Sequence[str]) -> Part:
    if name == MASTHEAD:
        return Part(name, (*(Picture(path, "A logo") for path in logos), _LINE))
    blocks = _BODY if name == BODY else () if name == SIGNATURE else (_LINE,) * (3 if name in _OF_LINES else 1)
    return Part(name, blocks)


def parts_of(root: Box) -> dict[str, Box]:
    """The parts of the page by their names; also `foot` and `first-head`."""
    main = root.children[-1].children[0]
    return {box.name: box for box in main.children}


def pieces(parts: Mapping[str, Box]) -> Iterator[Piece]:
    """Each piece of the page that a paragraph style is for."""
    for name, part in parts.items():
        if name == BODY:
            yield from _of_body(part)
        elif name not in ("first-head", "head", "foot", SIGNATURE):
            yield from _of_part(name, part)


def _of_part(name: str, part: Box) -> Iterator[Piece]:
    first, others = line_styles(name)
    lines, two = part.children, first != others
    for number, line in enumerate(lines):
        style = others if number else first
        selector = f".{name}" + ((" p + p" if number else " p:first-child") if two else "")
        lower = lines[number + 1] if number + 1 < len(lines) else None
        gap = Gap(line, lower, f".{name} p + p", others) if lower else None
        # The space below a part is that of the style of its last line, also where the first is the last.
        place = number == 0 and name != SIGNATORY, lower is None
        yield Piece(style, line, selector, part, f".letter > .{name}", *place, gap)


def _of_body(body: Box) -> Iterator[Piece]:
    for box in body.children:
        match box.tag:
            case "p":
                yield Piece("Body Text", box, ".body > p", box, ".body > p")
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                yield Piece(f"Heading {box.tag[1]}", box, box.tag, box, f".body > {box.tag}")
            case "blockquote":
                yield from _of_quote(box)
            case "ul" | "ol":
                yield from _of_list("List Bullet" if box.tag == "ul" else "List Number", box)


def _of_quote(box: Box) -> Iterator[Piece]:
    for number, (line, lower) in enumerate(zip(box.children, (*box.children[1:], None), strict=True)):
        gap = Gap(line, lower, "blockquote > * + *", "Quote") if lower else None
        yield Piece("Quote", line, "blockquote", box, ".body > blockquote", number == 0, lower is None, gap)


def _of_list(style: str, box: Box) -> Iterator[Piece]:
    for number, (item, below) in enumerate(zip(box.children, (*box.children[1:], None), strict=True)):
        for line, lower in zip(item.children, (*item.children[1:], None), strict=True):
            own = style if line is item.children[0] else "List Continue"
            gap = Gap(line, lower, "li > * + *", "List Continue") if lower else None
            gap = Gap(item, below, "li + li", style) if below and not lower else gap
            first, last = number == 0 and line is item.children[0], gap is None
            yield Piece(own, line, f"{box.tag} li", box, f".body > {box.tag}", first, last, gap)
