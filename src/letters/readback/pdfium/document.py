"""A PDF that is opened: its pages, its language, what it says about itself, and the files in it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import closing, contextmanager
from enum import Enum
from typing import Any

# Not only its raw half: importing the package proper is what starts the library.
import pypdfium2
import pypdfium2.raw as pdfium

from letters.readback.pdfium.calls import held, string
from letters.readback.pdfium.page import Page


class Unreadable(ValueError):
    """Raised for bytes that are no PDF that can be read, and for a page that cannot."""


class Protected(Unreadable):
    """Raised for a PDF that opens with a password only."""


class FormKind(Enum):
    """Which kind of form a document has, if any; one in XFA in full is nothing without it."""

    NONE = pdfium.FORMTYPE_NONE
    FIELDS = pdfium.FORMTYPE_ACRO_FORM
    XFA_IN_FULL = pdfium.FORMTYPE_XFA_FULL
    XFA_ON_FIELDS = pdfium.FORMTYPE_XFA_FOREGROUND


class Document:
    """A PDF, as long as it is open."""

    def __init__(self, document: Any) -> None:
        self._document, self._handle = document, document.raw

    def __len__(self) -> int:
        return len(self._document)

    @contextmanager
    def page(self, index: int) -> Iterator[Page]:
        """A page by its number from 0, closed at the end; raises Unreadable if it is damaged."""
        damaged = Unreadable("not a PDF that can be read: a page has no text or no tags")
        with held(pdfium.FPDF_LoadPage(self._handle, index), pdfium.FPDF_ClosePage, damaged) as page:
            form = self._document.formenv
            yield Page(self._handle, form.raw if form else None, page, damaged)

    @property
    def language(self) -> str:
        """That of its words, if it says so."""
        return string(pdfium.FPDFCatalog_GetLanguage, self._handle)

    @property
    def form(self) -> FormKind:
        """Which kind of form it has."""
        return FormKind(pdfium.FPDF_GetFormType(self._handle))

    def about(self, key: str) -> str:
        """What it says about itself: "Title", "Author" ... Empty if it does not say it."""
        return string(pdfium.FPDF_GetMetaText, self._handle, key.encode())

    def attachments(self) -> Iterator[tuple[str, bytes]]:
        """The name and the bytes of each file in it."""
        for at in range(pdfium.FPDFDoc_GetAttachmentCount(self._handle)):
            attachment, size = pdfium.FPDFDoc_GetAttachment(self._handle, at), ctypes.c_ulong()
            pdfium.FPDFAttachment_GetFile(attachment, None, 0, size)
            buffer = ctypes.create_string_buffer(max(size.value, 1))
            pdfium.FPDFAttachment_GetFile(attachment, buffer, size.value, size)
            yield string(pdfium.FPDFAttachment_GetName, attachment), buffer.raw[: size.value]


@contextmanager
def opened(data: bytes, *, fields: bool = False) -> Iterator[Document]:
    """A PDF, closed at the end; `fields`: with those of its form, if it has one. Raises Unreadable, or Protected."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        kind = Protected if error.err_code == pdfium.FPDF_ERR_PASSWORD else Unreadable
        raise kind(f"not a PDF that can be read: {error}") from error
    with closing(document):
        if fields:
            document.init_forms()
        yield Document(document)
