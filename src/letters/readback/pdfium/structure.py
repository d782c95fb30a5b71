"""The tag tree of a page of a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from letters.readback.pdfium.calls import string


class Element:
    """An element of the tree, as long as the tree is held."""

    def __init__(self, handle: Any) -> None:
        self._handle = handle

    @property
    def tag(self) -> str:
        """As "P" or "TH"."""
        return string(pdfium.FPDF_StructElement_GetType, self._handle)

    @property
    def language(self) -> str:
        """That of its words, if it says so."""
        return string(pdfium.FPDF_StructElement_GetLang, self._handle)

    @property
    def name(self) -> str:
        """Its ID, if it has one: the same on each page that it stands on."""
        return string(pdfium.FPDF_StructElement_GetID, self._handle)

    @property
    def alt(self) -> str:
        """Its alt text, if it has one."""
        return string(pdfium.FPDF_StructElement_GetAltText, self._handle)

    @property
    def instead(self) -> str:
        """The text that is given for what it draws, if any is."""
        return string(pdfium.FPDF_StructElement_GetActualText, self._handle)

    @property
    def in_full(self) -> str:
        """What its words are short for, if it says so."""
        return string(pdfium.FPDF_StructElement_GetExpansion, self._handle)

    def children(self) -> Iterator[tuple[int, Element | int]]:
        """Its children that this page holds, each with its place among all of them.

        They are elements, and marked content as its number; links to annotations are neither.
        """
        for index in range(pdfium.FPDF_StructElement_CountChildren(self._handle)):
            if child := pdfium.FPDF_StructElement_GetChildAtIndex(self._handle, index):
                yield index, Element(child)
            elif (content := pdfium.FPDF_StructElement_GetChildMarkedContentID(self._handle, index)) >= 0:
                yield index, content

    def content(self) -> Iterator[int]:
        """The numbers of all the marked content in it."""
        for _, child in self.children():
            if isinstance(child, int):
                yield child
            else:
                yield from child.content()


class Tree:
    """The tag tree of a page, as long as it is held; PDFium leaves out what is more than 32 elements deep in it."""

    def __init__(self, handle: Any) -> None:
        self._handle = handle

    def children(self) -> Iterator[tuple[int, Element]]:
        """The elements at its root, each with its place among them."""
        for index in range(pdfium.FPDF_StructTree_CountChildren(self._handle)):
            if child := pdfium.FPDF_StructTree_GetChildAtIndex(self._handle, index):
                yield index, Element(child)
