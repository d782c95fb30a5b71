"""What was put on a page of a PDF afterwards: fields of its form, stamps, comments, marks on words, drawings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from letters.letter import Run, normalise
from letters.readback.pdfium.annotations import Annotation, AnnotationKind, Field, FieldKind
from letters.readback.pdfium.geometry import Box
from letters.readback.pdfium.objects import PageObject
from letters.readback.pdfium.page import Page
from letters.review.compare import content as known
from letters.review.compare.content import Fact, Passage, Style
from letters.review.files.lines import Char
from letters.review.files.pdf_seen import Glyph
from letters.review.files.pdf_sheet import Sheet

#: Names of facts. VALUE: what a field holds, where that is not what is seen in it.
VALUE, ON_WORDS = "value of a form field", "mark on words"
FIELD, NOTE = "form field", "text put on the page"
#: Checked boxes, and those that are not.
CHECKED, UNCHECKED = "☒", "☐"
#: How checked boxes are drawn.
_TICKS = frozenset("✓✔✕✖✗✘☑☒●■◆★•xX4l8nuH")

_KINDS = {
    AnnotationKind.TEXT: "comment",
    AnnotationKind.LINE: "line",
    AnnotationKind.SQUARE: "rectangle",
    AnnotationKind.CIRCLE: "ellipse",
    AnnotationKind.POLYGON: "polygon",
    AnnotationKind.POLYLINE: "line",
    AnnotationKind.HIGHLIGHT: "highlight",
    AnnotationKind.UNDERLINE: "underline",
    AnnotationKind.SQUIGGLY: "underline",
    AnnotationKind.STRIKE_OUT: "line through words",
    AnnotationKind.STAMP: "stamp",
    AnnotationKind.CARET: "caret",
    AnnotationKind.INK: "drawing in ink",
    AnnotationKind.FILE_ATTACHMENT: "attached file",
    AnnotationKind.SOUND: "sound",
    AnnotationKind.MOVIE: "film",
    AnnotationKind.SCREEN: "film",
    AnnotationKind.RICH_MEDIA: "film",
    AnnotationKind.THREE_D: "model",
    AnnotationKind.WATERMARK: "watermark",
    AnnotationKind.REDACT: "mark for redaction",
    AnnotationKind.FREE_TEXT: NOTE,
    AnnotationKind.WIDGET: FIELD,
}
#: What is none of the reader's business: links are told with their words, and these pop up beside what they are of.
_PASSED_OVER = (AnnotationKind.LINK, AnnotationKind.POPUP)
_MARKS_WORDS = ("highlight", "underline", "line through words", "mark for redaction")
_BUTTONS = (FieldKind.CHECK_BOX, FieldKind.RADIO_BUTTON)


@dataclass(frozen=True)
class Put:
    """Something that was put on a page. `said`: its contents. `field`: which kind of form field it is, if any.

    `name`: of a field, or of what a stamp says. `quads`: the words that it is on.
    """

    kind: str
    area: Box
    said: str
    author: str
    hidden: bool
    field: FieldKind | None = None
    name: str = ""
    value: str = ""
    checked: bool = False
    quads: tuple[Box, ...] = ()


class Told(NamedTuple):
    """What is put on a page, as a comparison sees it: its words, facts, and how many there are of what has no words."""

    passages: list[Passage]
    facts: list[Fact]
    counts: Counter[str]


def put_on(page: Page, sheet: Sheet) -> list[Put]:
    """All that was put on a page."""
    with page.annotations() as found:
        return [_put(one, sheet) for one in found if one.kind not in _PASSED_OVER]


def _put(annotation: Annotation, sheet: Sheet) -> Put:
    found = Put(
        _KINDS.get(annotation.kind, "mark of an unknown kind"),
        sheet.area(*annotation.box),
        annotation.text("Contents"),
        annotation.text("T"),
        annotation.is_hidden,
        name=annotation.text("Name"),
        quads=tuple(sheet.area(*quad) for quad in annotation.quads()),
    )
    if annotation.kind is not AnnotationKind.WIDGET:
        return found
    if field := annotation.field:
        return _as_field(found, field)
    return Put(found.kind, found.area, found.said, "", found.hidden, name=found.author, value=annotation.text("V"))


def _as_field(put: Put, field: Field) -> Put:
    chosen = ", ".join(field.chosen()) if field.kind is FieldKind.LIST_BOX else ""
    return Put(
        *(put.kind, put.area, put.said, "", put.hidden, field.kind),
        name=field.name,
        value=chosen or field.value,
        checked=field.kind in _BUTTONS and field.is_checked,
    )


# -- what is drawn of them


def drawn_by(puts: Sequence[Put], glyphs: Iterable[Glyph], texts: Mapping[int, PageObject]) -> dict[int, str]:
    """The text that is drawn of each, by its number; of several in one place the smallest has it, and -1 has what is
    in none."""
    by_form: defaultdict[tuple[int, ...], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        by_form[texts[glyph.item or 0].within[:2]].append(glyph)
    found: defaultdict[int, str] = defaultdict(str)
    for group in by_form.values():
        found[_owner(puts, group)] += f" {_text_of(group)}"
    return {number: normalise(text) for number, text in found.items() if text.strip()}


def _owner(puts: Sequence[Put], glyphs: Sequence[Glyph]) -> int:
    boxes = [glyph.box for glyph in glyphs]
    x = sum(box.left + box.right for box in boxes) / (2 * len(boxes))
    y = sum(box.bottom + box.top for box in boxes) / (2 * len(boxes))
    around = [
        (put.area.width * put.area.height, number)
        for number, put in enumerate(puts)
        if not put.hidden
        and put.area.left - 2 <= x <= put.area.right + 2
        and put.area.bottom - 2 <= y <= put.area.top + 2
    ]
    return min(around, default=(0, -1))[1]


def _text_of(glyphs: Sequence[Glyph]) -> str:
    """The text of some glyphs; a step down the page parts words too."""
    said = "".join(glyph.char.text for glyph in glyphs[:1])
    for before, glyph in pairwise(glyphs):
        apart = abs(before.char.y - glyph.char.y) > glyph.char.size / 2
        said += (" " if apart else "") + glyph.char.text
    return said


def told(puts: Sequence[Put], drawn: Mapping[int, str], page: int, chars: Sequence[tuple[Char, Box]]) -> Told:
    """What was put on page `page`. `drawn`: the text that is seen of each; `chars`: the text of the page beneath."""
    found = Told([], [], Counter())
    for number, put in enumerate(puts):
        text = drawn.get(number, "")
        if put.hidden:
            _tell_hidden(found, put, page)
        elif put.kind == FIELD:
            _tell_field(found, put, text)
        else:
            _tell(found, put, text or _undrawn(put), page, chars)
    if loose := drawn.get(-1):
        found.passages.append(_passage(NOTE, loose))
    return found


def _passage(style: str, text: str) -> Passage:
    return Passage("body", Style(style), (Run(text),))


def _tell_hidden(found: Told, put: Put, page: int) -> None:
    if text := normalise(f"{put.value} {put.said}"):
        found.facts.append(Fact(known.HIDDEN, text, f"page {page}"))


def _tell_field(found: Told, put: Put, drawn: str) -> None:
    if put.field in _BUTTONS:
        sign = CHECKED if put.checked else UNCHECKED
        own = not drawn or (put.checked and drawn in _TICKS)
        found.passages.append(_passage(FIELD, sign if own else f"{sign} {drawn}"))
        return
    value = normalise(put.value) if put.field != FieldKind.PUSH_BUTTON else ""
    if drawn or value:
        found.passages.append(_passage(FIELD, drawn or value))
    if value and drawn and "".join(value.split()) != "".join(drawn.split()):
        found.facts.append(Fact(VALUE, value, put.name))
    if put.field == FieldKind.SIGNATURE and not drawn:
        found.counts["signature field"] += 1


def _undrawn(put: Put) -> str:
    """What a viewer draws by itself, where the file has no picture of it."""
    return put.said if put.kind == NOTE else ""


def _tell(found: Told, put: Put, text: str, page: int, chars: Sequence[tuple[Char, Box]]) -> None:
    if text := normalise(text):
        found.passages.append(_passage(put.kind, text))
    elif put.kind != "comment":
        found.counts[put.kind] += 1
    said = normalise(put.said)
    if said and said != text:
        found.facts.append(Fact(known.COMMENT, said, put.author))
    if put.kind in _MARKS_WORDS:
        words = normalise("".join(char.text for char, box in chars if any(_on(box, quad) for quad in put.quads)))
        found.facts.append(Fact(ON_WORDS, f"{put.kind}: {words}", f"page {page}"))


def _on(box: Box, quad: Box) -> bool:
    x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    return quad.left <= x <= quad.right and quad.bottom <= y <= quad.top
