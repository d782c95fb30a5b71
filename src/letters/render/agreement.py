"""Where a letterhead does not look the same in Word and in the PDF: its styles held against its style sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from letters.letter import MASTHEAD, SIGNATURE
from letters.render.specimen import Gap, Piece, parts_of, pieces, specimen
from letters.render.styles_of_parts import LINE_STYLES
from letters.workspace.looks.aspects import (
    INDENTS,
    MARGINS,
    NOTHING,
    OF_TYPE,
    YES,
    Aspect,
    Value,
    agree,
)
from letters.workspace.looks.boxes import PAPER, Box, boxes
from letters.workspace.looks.cascade import tree_of
from letters.workspace.looks.longhands import pages_of
from letters.workspace.looks.sheet_look import Seen, between, indents, rules, spaces, type_look
from letters.workspace.looks.values import PIXELS, pixels
from letters.workspace.looks.word import NotTaken, take_over
from letters.workspace.looks.word_styles import NoStyles, WordStyles

_POINT = PIXELS["pt"]
#: What has no style in Word, by what people call it.
PAPER_STYLE, BOLD_WORDS, ITALIC_WORDS = "the paper", "bold words", "italic words"
#: What is compared of words in the margins of pages, whose places are the tool's own.
_IN_MARGINS = OF_TYPE - {Aspect.GROUND, Aspect.LETTERS}


@dataclass(frozen=True)
class Difference:
    """One aspect of a style that is not the same in Word and in the PDF. `selector`: what a rule for it is for."""

    style: str
    aspect: Aspect
    word: Value
    sheet: Seen
    selector: str


@lru_cache(maxsize=32)
def differences(css: str, styles: bytes, parts: frozenset[str]) -> tuple[Difference, ...]:
    """Each difference once; none where the file of styles cannot be read, which is told elsewhere."""
    word = _word_styles(styles)
    if word is None:
        return ()
    found = _compared(css, word, parts)
    natural = {style for style in {one.style for one in found} if style in word and word.has_natural_lines(style)}
    unlike = [one for one in found if not agree(one.aspect, one.word, one.sheet.value, natural=one.style in natural)]
    once: dict[tuple[str, Aspect, Value], Difference] = {}
    for one in unlike:
        once.setdefault((one.style, one.aspect, one.sheet.value), one)
    return tuple(once.values())


@lru_cache(maxsize=32)
def sheet_changes(before: str, after: str, styles: bytes) -> tuple[tuple[Difference, Difference], ...]:
    """What two versions of a letterhead's style sheet set otherwise on paper, each as it was and as it is."""
    word = _word_styles(styles)
    if word is None:
        return ()
    was, now = ({_key(one): one for one in _compared(css, word, _ALL)[::-1]} for css in (before, after))
    pairs = [(was[key], one) for key, one in reversed(now.items()) if key in was]
    unlike = (pair for pair in pairs if pair[0].sheet.value != pair[1].sheet.value)
    return tuple({(new.style, new.aspect): (old, new) for old, new in unlike}.values())


_ALL = frozenset(LINE_STYLES)


def _key(one: Difference) -> tuple[str, Aspect, str]:
    return one.style, one.aspect, one.selector


def _word_styles(styles: bytes) -> WordStyles | None:
    try:
        return WordStyles(take_over(styles).package)
    except (NotTaken, NoStyles):
        return None


def _compared(css: str, word: WordStyles, parts: frozenset[str]) -> list[Difference]:
    """Each aspect of each style, whether it differs or not."""
    found = parts_of(boxes(tree_of(specimen(parts)), (base_sheet(), css)))
    made = [*_of_pieces(found, word), *_of_words(found, word), *_of_tables(found, word)]
    return [*made, *_of_margins(found, word), *_of_paper(css, word)]


@cache
def base_sheet() -> str:
    """What all PDFs have in common."""
    return (files("letters.render") / "pdf.css").read_text("utf-8")


# -- what is compared


def _of_pieces(parts: Mapping[str, Box], word: WordStyles) -> Iterator[Difference]:
    for piece in pieces(parts):
        if piece.style not in word:
            continue
        look = word.look(piece.style)
        wanted = {**type_look(piece.box), **rules(piece.box, piece.outer)}
        is_aside = any(box.floats for box in piece.box.chain())
        wanted |= {} if is_aside else indents(piece.box)
        for aspect, seen in wanted.items():
            yield Difference(piece.style, aspect, look[aspect], seen, piece.selector)
        # How far down something goes that stands beside another, the other may decide; a masthead is in Word's header.
        if not (is_aside or piece.outer.is_beside or piece.outer.name == MASTHEAD):
            yield from _of_space(piece, look, word)
    yield from _of_pen(parts, word)


def _of_space(piece: Piece, look: Mapping[Aspect, Value], word: WordStyles) -> Iterator[Difference]:
    around = spaces(piece.box, piece.outer)
    if piece.first:
        yield Difference(piece.style, Aspect.ABOVE, look[Aspect.ABOVE], around[Aspect.ABOVE], piece.around)
    if piece.last:
        # Below a list or a quotation is as much as below a paragraph.
        inside = piece.outer.tag in ("blockquote", "ul", "ol")
        below = word.look("Body Text")[Aspect.BELOW] if inside else look[Aspect.BELOW]
        yield Difference(piece.style, Aspect.BELOW, below, around[Aspect.BELOW], piece.around)
    if piece.gap:
        said = _gap_of_word(piece.style, piece.gap, word)
        yield Difference(
            piece.style, Aspect.BETWEEN, said, between(piece.gap.upper, piece.gap.lower), piece.gap.selector
        )


def _gap_of_word(style: str, gap: Gap, word: WordStyles) -> Value:
    upper, lower = word.look(style), word.look(gap.style) if gap.style in word else {}
    if style == gap.style:
        return upper[Aspect.BETWEEN]
    return float(upper[Aspect.BELOW]) + float(lower.get(Aspect.ABOVE, 0.0))


def _of_pen(parts: Mapping[str, Box], word: WordStyles) -> Iterator[Difference]:
    """The room for a signature, which in Word is the space above the name."""
    box = parts.get(SIGNATURE)
    if box is not None and "Signature" in word:
        height = max(box.length("height"), box.length("min-height"))
        node = box.said["min-height"].node if "min-height" in box.said else None
        seen = Seen(height / _POINT, node)
        yield Difference("Signature", Aspect.PEN, word.look("Signature")[Aspect.ABOVE], seen, ".letter > .signature")


def _of_words(parts: Mapping[str, Box], word: WordStyles) -> Iterator[Difference]:
    """Bold and italic words and links inside a paragraph."""
    expected = {
        "strong": (BOLD_WORDS, {**word.look("Body Text"), Aspect.BOLD: YES}),
        "em": (ITALIC_WORDS, {**word.look("Body Text"), Aspect.ITALIC: YES}),
        "a": ("Hyperlink", word.character_look("Hyperlink", "Body Text")),
    }
    for paragraph in parts["body"].children:
        for box in paragraph.children:
            if box.tag in expected and paragraph.tag == "p":
                style, look = expected[box.tag]
                for aspect, seen in type_look(box).items():
                    if aspect in OF_TYPE:
                        yield Difference(style, aspect, look[aspect], seen, box.tag)


_RULES_OF_CELLS = (
    ("insideH", Aspect.BOTTOM_RULE, "border-bottom"),
    ("top", Aspect.TOP_RULE, "border-top"),
    ("left", Aspect.LEFT_RULE, "border-left"),
    ("right", Aspect.RIGHT_RULE, "border-right"),
)


def _of_tables(parts: Mapping[str, Box], word: WordStyles) -> Iterator[Difference]:
    table = next(box for box in parts["body"].children if box.tag == "table")
    rows = [row for group in table.children if group.tag in ("thead", "tbody") for row in group.children]
    for style, cell in (("Table Heading", rows[0].children[0]), ("Table Text", rows[1].children[0])):
        if style in word:
            yield from _of_cell(style, cell, word)
    if "Table Grid" in word:
        yield from _of_grid(rows, table, word)
    below, body = spaces(table, table)[Aspect.BELOW], word.look("Body Text")[Aspect.BELOW]
    yield Difference("Table Grid", Aspect.BELOW, body, below, ".body > table")


def _of_cell(style: str, cell: Box, word: WordStyles) -> Iterator[Difference]:
    look, room = word.look(style), word.table_look("Table Grid")
    for aspect, seen in type_look(cell).items():
        yield Difference(style, aspect, look[aspect], seen, cell.tag)
    for aspect, side in (
        (Aspect.ABOVE, "top"),
        (Aspect.BELOW, "bottom"),
        (Aspect.LEFT, "left"),
        (Aspect.RIGHT, "right"),
    ):
        name = f"padding-{side}"
        seen = Seen(cell.length(name) / _POINT, cell.said[name].node if name in cell.said else None)
        inside = float(room.get(f"room {side}", 0.0)) if aspect in INDENTS else 0.0
        yield Difference(style, aspect, float(look[aspect]) + inside, seen, cell.tag)


def _of_grid(rows: Sequence[Box], table: Box, word: WordStyles) -> Iterator[Difference]:
    """The rules of a table: those between rows, and at its edges."""
    look = word.table_look("Table Grid")
    first, last = rows[0], rows[-1]
    for side, aspect, _ in _RULES_OF_CELLS:
        cell = first.children[-1] if side == "right" else first.children[0]
        seen = rules(cell, table)[aspect]
        yield Difference("Table Grid", aspect, look[side], _without_distance(seen), "th, td")
    end = _without_distance(rules(last.children[0], table)[Aspect.BOTTOM_RULE])
    yield Difference("Table Grid", Aspect.BOTTOM_RULE, look["bottom"], end, "tr:last-child td")
    left, right = first.children
    inner = next((seen for seen in _between_cells(left, right) if seen.value != NOTHING), Seen(NOTHING))
    yield Difference("Table Grid", Aspect.RIGHT_RULE, look["insideV"], inner, "th, td")


def _between_cells(left: Box, right: Box) -> Iterator[Seen]:
    yield _without_distance(rules(left, left)[Aspect.RIGHT_RULE])
    yield _without_distance(rules(right, right)[Aspect.LEFT_RULE])


def _without_distance(seen: Seen) -> Seen:
    """In tables of Word the room in cells is said apart from their rules."""
    return Seen(str(seen.value).partition(",")[0], seen.node)


def _of_margins(parts: Mapping[str, Box], word: WordStyles) -> Iterator[Difference]:
    """The foot, and the mark of a letter that is not final."""
    mark = parts["first-head"].children[0].children[0]
    for style, box, selector in (("Footer", parts["foot"], ".foot"), ("Stage Mark", mark, "")):
        if style in word:
            look = word.look(style)
            for aspect, seen in type_look(box).items():
                if aspect in _IN_MARGINS:
                    yield Difference(style, aspect, look[aspect], seen, selector)


def _of_paper(css: str, word: WordStyles) -> Iterator[Difference]:
    said = [*pages_of(base_sheet(), "print", PAPER, is_own=False), *pages_of(css, "print", PAPER, is_own=True)]
    for side, points in word.margins().items():
        last = [one for one in said if one.name == f"margin-{side}"][-1]
        seen = Seen((pixels(last.tokens[0], 16.0, 16.0) or 0.0) / _POINT, last.node)
        yield Difference(PAPER_STYLE, MARGINS[side], points, seen, "@page")
