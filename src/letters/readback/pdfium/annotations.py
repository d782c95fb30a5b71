"""What was put on a page of a PDF: annotations, and those that are fields of a form."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any

import pypdfium2.raw as pdfium

from letters.readback.pdfium.calls import string
from letters.readback.pdfium.geometry import Box, around

_HIDDEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW


class AnnotationKind(Enum):
    """Which kind of annotation something is."""

    UNKNOWN = pdfium.FPDF_ANNOT_UNKNOWN
    TEXT = pdfium.FPDF_ANNOT_TEXT
    LINK = pdfium.FPDF_ANNOT_LINK
    FREE_TEXT = pdfium.FPDF_ANNOT_FREETEXT
    LINE = pdfium.FPDF_ANNOT_LINE
    SQUARE = pdfium.FPDF_ANNOT_SQUARE
    CIRCLE = pdfium.FPDF_ANNOT_CIRCLE
    POLYGON = pdfium.FPDF_ANNOT_POLYGON
    POLYLINE = pdfium.FPDF_ANNOT_POLYLINE
    HIGHLIGHT = pdfium.FPDF_ANNOT_HIGHLIGHT
    UNDERLINE = pdfium.FPDF_ANNOT_UNDERLINE
    SQUIGGLY = pdfium.FPDF_ANNOT_SQUIGGLY
    STRIKE_OUT = pdfium.FPDF_ANNOT_STRIKEOUT
    STAMP = pdfium.FPDF_ANNOT_STAMP
    CARET = pdfium.FPDF_ANNOT_CARET
    INK = pdfium.FPDF_ANNOT_INK
    POPUP = pdfium.FPDF_ANNOT_POPUP
    FILE_ATTACHMENT = pdfium.FPDF_ANNOT_FILEATTACHMENT
    SOUND = pdfium.FPDF_ANNOT_SOUND
    MOVIE = pdfium.FPDF_ANNOT_MOVIE
    WIDGET = pdfium.FPDF_ANNOT_WIDGET
    SCREEN = pdfium.FPDF_ANNOT_SCREEN
    WATERMARK = pdfium.FPDF_ANNOT_WATERMARK
    THREE_D = pdfium.FPDF_ANNOT_THREED
    RICH_MEDIA = pdfium.FPDF_ANNOT_RICHMEDIA
    REDACT = pdfium.FPDF_ANNOT_REDACT


class FieldKind(Enum):
    """What a field of a form is."""

    UNKNOWN = pdfium.FPDF_FORMFIELD_UNKNOWN
    PUSH_BUTTON = pdfium.FPDF_FORMFIELD_PUSHBUTTON
    CHECK_BOX = pdfium.FPDF_FORMFIELD_CHECKBOX
    RADIO_BUTTON = pdfium.FPDF_FORMFIELD_RADIOBUTTON
    COMBO_BOX = pdfium.FPDF_FORMFIELD_COMBOBOX
    LIST_BOX = pdfium.FPDF_FORMFIELD_LISTBOX
    TEXT = pdfium.FPDF_FORMFIELD_TEXTFIELD
    SIGNATURE = pdfium.FPDF_FORMFIELD_SIGNATURE


_KINDS, _FIELDS = {kind.value: kind for kind in AnnotationKind}, {kind.value: kind for kind in FieldKind}


class Annotation:
    """Something put on a page, while it is at hand."""

    def __init__(self, handle: Any, form: Any) -> None:
        self._handle, self._form = handle, form
        self.kind = _KINDS.get(pdfium.FPDFAnnot_GetSubtype(handle), AnnotationKind.UNKNOWN)

    @property
    def box(self) -> Box:
        """Where it is."""
        place = pdfium.FS_RECTF()
        pdfium.FPDFAnnot_GetRect(self._handle, place)
        return upright(place)

    @property
    def is_hidden(self) -> bool:
        """Whether no viewer shows it."""
        return bool(pdfium.FPDFAnnot_GetFlags(self._handle) & _HIDDEN)

    def text(self, key: str) -> str:
        """A property that is a string, by its name: "Contents", "T" ... Empty if there is none."""
        return string(pdfium.FPDFAnnot_GetStringValue, self._handle, key.encode())

    def quads(self) -> Iterator[Box]:
        """The stretches of words that it is on."""
        points = pdfium.FS_QUADPOINTSF()
        for at in range(pdfium.FPDFAnnot_CountAttachmentPoints(self._handle)):
            if pdfium.FPDFAnnot_GetAttachmentPoints(self._handle, at, points):
                across = points.x1, points.x2, points.x3, points.x4
                up = points.y1, points.y2, points.y3, points.y4
                yield around(list(zip(across, up, strict=True)))

    @property
    def field(self) -> Field | None:
        """The same as a field of the form of its document; None if it is none, or the document has no form."""
        return Field(self._handle, self._form) if self._form and self.kind is AnnotationKind.WIDGET else None


class Field:
    """A field of a form, while its annotation is at hand."""

    def __init__(self, handle: Any, form: Any) -> None:
        self._of = form, handle
        self.kind = _FIELDS.get(pdfium.FPDFAnnot_GetFormFieldType(*self._of), FieldKind.UNKNOWN)

    @property
    def name(self) -> str:
        """In full, with those of the groups that it is in."""
        return string(pdfium.FPDFAnnot_GetFormFieldName, *self._of)

    @property
    def value(self) -> str:
        """What it holds."""
        return string(pdfium.FPDFAnnot_GetFormFieldValue, *self._of)

    @property
    def is_checked(self) -> bool:
        """Whether it is a box, or one of several buttons, that is on."""
        return bool(pdfium.FPDFAnnot_IsChecked(*self._of))

    def chosen(self) -> Iterator[str]:
        """What is chosen of a list."""
        for at in range(pdfium.FPDFAnnot_GetOptionCount(*self._of)):
            if pdfium.FPDFAnnot_IsOptionSelected(*self._of, at):
                yield string(pdfium.FPDFAnnot_GetOptionLabel, *self._of, at)


def upright(place: Any) -> Box:
    """A rectangle of PDFium, whichever of its corners the file gives."""
    (left, right), (bottom, top) = sorted((place.left, place.right)), sorted((place.bottom, place.top))
    return Box(left, bottom, right, top)
