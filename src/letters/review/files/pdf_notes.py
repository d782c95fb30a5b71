"""What was put on a page of a PDF afterwards: fields of its form, stamps, comments, marks on words, drawings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from letters.letter import Run, normalise
from letters.readback.drawn import Box
from letters.readback.pdfium import string
from letters.review.compare import content as known
from letters.review.compare.content import Fact, Passage
from letters.review.files.lines import Char
from letters.review.files.pdf_seen import Glyph
from letters.review.files.pdf_sheet import Item, Sheet

#: Names of facts. VALUE: what a field holds, where that is not what is seen in it.
VALUE, ON_WORDS = "value of a form field", "mark on words"
FIELD, NOTE = "form field", "text put on the page"
#: Checked boxes, and those that are not.
CHECKED, UNCHECKED = "☒", "☐"
#: How checked boxes are drawn.
_TICKS = frozenset("✓✔✕✖✗✘☑☒●■◆★•xX4l8nuH")

_KINDS = {
    pdfium.FPDF_ANNOT_TEXT: "comment",
    pdfium.FPDF_ANNOT_LINE: "line",
    pdfium.FPDF_ANNOT_SQUARE: "rectangle",
    pdfium.FPDF_ANNOT_CIRCLE: "ellipse",
    pdfium.FPDF_ANNOT_POLYGON: "polygon",
    pdfium.FPDF_ANNOT_POLYLINE: "line",
    pdfium.FPDF_ANNOT_HIGHLIGHT: "highlight",
    pdfium.FPDF_ANNOT_UNDERLINE: "underline",
    pdfium.FPDF_ANNOT_SQUIGGLY: "underline",
    pdfium.FPDF_ANNOT_STRIKEOUT: "line through words",
    pdfium.FPDF_ANNOT_STAMP: "stamp",
    pdfium.FPDF_ANNOT_CARET: "caret",
    pdfium.FPDF_ANNOT_INK: "drawing in ink",
    pdfium.FPDF_ANNOT_FILEATTACHMENT: "attached file",
    pdfium.FPDF_ANNOT_SOUND: "sound",
    pdfium.FPDF_ANNOT_MOVIE: "film",
    pdfium.FPDF_ANNOT_SCREEN: "film",
    pdfium.FPDF_ANNOT_RICHMEDIA: "film",
    pdfium.FPDF_ANNOT_THREED: "model",
    pdfium.FPDF_ANNOT_WATERMARK: "watermark",
    pdfium.FPDF_ANNOT_REDACT: "mark for redaction",
    pdfium.FPDF_ANNOT_FREETEXT: NOTE,
    pdfium.FPDF_ANNOT_WIDGET: FIELD,
}
#: What is none of the reader's business: links are told with their words, and these pop up beside what they are of.
_PASSED_OVER = (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP)
_MARKS_WORDS = ("highlight", "underline", "line through words", "mark for redaction")
_HIDDEN_FLAGS = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_BUTTONS = (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)


@dataclass(frozen=True)
class Put:
    """Something that was put on a page. `said`: its contents. `field`: which kind of form field it is, or -1.

    `name`: of a field, or of what a stamp says. `quads`: the words that it is on.
    """

    kind: str
    area: Box
    said: str
    author: str
    hidden: bool
    field: int = -1
    name: str = ""
    value: str = ""
    checked: bool = False
    quads: tuple[Box, ...] = ()


class Told(NamedTuple):
    """What is put on a page, as a comparison sees it: its words, facts, and how many there are of what has no words."""

    passages: list[Passage]
    facts: list[Fact]
    counts: Counter[str]


def put_on(page: Any, form: Any, sheet: Sheet) -> list[Put]:
    """All that was put on a page; `form` is the form of the document, if it has one."""
    found = []
    for at in range(pdfium.FPDFPage_GetAnnotCount(page)):
        if annotation := pdfium.FPDFPage_GetAnnot(page, at):
            try:
                if pdfium.FPDFAnnot_GetSubtype(annotation) not in _PASSED_OVER:
                    found.append(_put(annotation, form, sheet))
            finally:
                pdfium.FPDFPage_CloseAnnot(annotation)
    return found


def _put(annotation: Any, form: Any, sheet: Sheet) -> Put:
    kind, place = pdfium.FPDFAnnot_GetSubtype(annotation), pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, place)
    (left, right), (bottom, top) = sorted((place.left, place.right)), sorted((place.bottom, place.top))
    found = Put(
        _KINDS.get(kind, "mark of an unknown kind"),
        sheet.area(left, bottom, right, top),
        _value(annotation, "Contents"),
        _value(annotation, "T"),
        bool(pdfium.FPDFAnnot_GetFlags(annotation) & _HIDDEN_FLAGS),
        name=_value(annotation, "Name"),
        quads=tuple(_quads(annotation, sheet)),
    )
    return _as_field(found, annotation, form) if kind == pdfium.FPDF_ANNOT_WIDGET else found


def _value(annotation: Any, key: str) -> str:
    return string(pdfium.FPDFAnnot_GetStringValue, annotation, key.encode())


def _as_field(put: Put, annotation: Any, form: Any) -> Put:
    if not form:
        return Put(put.kind, put.area, put.said, "", put.hidden, name=put.author, value=_value(annotation, "V"))
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
    value = string(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation)
    if kind == pdfium.FPDF_FORMFIELD_LISTBOX:
        value = ", ".join(_chosen(annotation, form)) or value
    return Put(
        *(put.kind, put.area, put.said, "", put.hidden, kind),
        name=string(pdfium.FPDFAnnot_GetFormFieldName, form, annotation),
        value=value,
        checked=kind in _BUTTONS and bool(pdfium.FPDFAnnot_IsChecked(form, annotation)),
    )


def _chosen(annotation: Any, form: Any) -> Iterator[str]:
    for at in range(pdfium.FPDFAnnot_GetOptionCount(form, annotation)):
        if pdfium.FPDFAnnot_IsOptionSelected(form, annotation, at):
            yield string(pdfium.FPDFAnnot_GetOptionLabel, form, annotation, at)


def _quads(annotation: Any, sheet: Sheet) -> Iterator[Box]:
    points = pdfium.FS_QUADPOINTSF()
    for at in range(pdfium.FPDFAnnot_CountAttachmentPoints(annotation)):
        if pdfium.FPDFAnnot_GetAttachmentPoints(annotation, at, points):
            across = [points.x1, points.x2, points.x3, points.x4]
            up = [points.y1, points.y2, points.y3, points.y4]
            yield sheet.area(min(across), min(up), max(across), max(up))


# -- what is drawn of them


def drawn_by(puts: Sequence[Put], glyphs: Iterable[Glyph], texts: Mapping[int, Item]) -> dict[int, str]:
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
    return Passage("body", style, (Run(text),))


def _tell_hidden(found: Told, put: Put, page: int) -> None:
    if text := normalise(f"{put.value} {put.said}"):
        found.facts.append(Fact(known.HIDDEN, text, f"page {page}"))


def _tell_field(found: Told, put: Put, drawn: str) -> None:
    if put.field in _BUTTONS:
        sign = CHECKED if put.checked else UNCHECKED
        own = not drawn or (put.checked and drawn in _TICKS)
        found.passages.append(_passage(FIELD, sign if own else f"{sign} {drawn}"))
        return
    value = normalise(put.value) if put.field != pdfium.FPDF_FORMFIELD_PUSHBUTTON else ""
    if drawn or value:
        found.passages.append(_passage(FIELD, drawn or value))
    if value and drawn and "".join(value.split()) != "".join(drawn.split()):
        found.facts.append(Fact(VALUE, value, put.name))
    if put.field == pdfium.FPDF_FORMFIELD_SIGNATURE and not drawn:
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
