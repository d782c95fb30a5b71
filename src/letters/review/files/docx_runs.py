"""The runs of a paragraph in a Word document: its text with emphasis, links and languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from xml.etree.ElementTree import Element

from letters.letter import Run
from letters.readback.docx import MARKUP, SKIPPED, R, W
from letters.review.files.docx_styles import Look, Styles, look_of

_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_PAGE_NUMBER = re.compile(r"\s*(PAGE|NUMPAGES|SECTIONPAGES)\b")
_HYPERLINK = re.compile(r'\s*HYPERLINK\s+"([^"]+)"')


@dataclass
class Field:
    """A field of Word: its instruction, and whether its result has begun."""

    instruction: str = ""
    begun: bool = False


@dataclass
class Reader:
    """Reads the runs of one story. `links`: the targets of its relationships by id.

    `notes`: the footnotes and endnotes referred to so far. Fields may go on from paragraph to paragraph.
    """

    styles: Styles
    links: Mapping[str, str]
    language: str
    notes: list[tuple[str, str]] = field(default_factory=list)
    _fields: list[Field] = field(default_factory=list)

    def runs(self, paragraph: Element) -> tuple[Run, ...]:
        """The runs of a paragraph, page numbers left out; neighbours that are set alike are one."""
        found = [run for run in self._runs(paragraph, None) if run.text]
        return tuple(
            replace(alike, text="".join(run.text for run in group))
            for alike, group in groupby(found, key=lambda run: replace(run, text=""))
        )

    def _runs(self, element: Element, href: str | None) -> Iterator[Run]:
        for child in element:
            if child.tag == f"{W}r":
                yield from self._run(child, href)
            elif child.tag == f"{W}hyperlink":
                yield from self._runs(child, self._target(child) or href)
            elif child.tag == f"{W}fldSimple":
                self._fields.append(Field(child.get(f"{W}instr", ""), begun=True))
                yield from self._runs(child, href)
                self._fields.pop()
            elif child.tag == _MATH_TEXT:
                yield Run(child.text or "", href=href)
            elif child.tag not in SKIPPED:
                yield from self._runs(child, href)

    def _target(self, link: Element) -> str | None:
        target, anchor = self.links.get(link.get(f"{R}id", "")), link.get(f"{W}anchor")
        if target:
            return f"{target}#{anchor}" if anchor else target
        return f"#{anchor}" if anchor else None

    def _run(self, run: Element, href: str | None) -> Iterator[Run]:
        properties = run.find(f"{W}rPr")
        style = None if properties is None else properties.find(f"{W}rStyle")
        own = self.styles.look(None if style is None else style.get(f"{W}val"))
        look = look_of(properties).over(own)
        for text in self._texts(run):
            if not any(_PAGE_NUMBER.match(field.instruction) for field in self._fields):
                yield self._set(text, look, self._field_target() or href)

    def _set(self, text: str, look: Look, href: str | None) -> Run:
        lang = look.lang if look.lang and look.lang.lower() != self.language.lower() else None
        return Run(text, bool(look.bold), bool(look.italic), href, lang)

    def _texts(self, run: Element) -> Iterator[str]:
        for child in run:
            if child.tag in (f"{W}t", f"{W}instrText", f"{W}sym"):
                yield self._said(child)
            elif child.tag in MARKUP:
                yield MARKUP[child.tag]
            elif child.tag == f"{W}fldChar":
                self._turn(child.get(f"{W}fldCharType", ""))
            elif child.tag in _NOTES:
                self.notes.append((_NOTES[child.tag], child.get(f"{W}id", "")))
            elif child.tag not in SKIPPED:
                yield from self._texts(child)

    def _said(self, child: Element) -> str:
        if child.tag == f"{W}sym":
            code = child.get(f"{W}char", "")
            return chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) else "\ufffd"
        if child.tag == f"{W}instrText":
            if self._fields:
                self._fields[-1].instruction += child.text or ""
            return ""
        return child.text or ""

    def _turn(self, kind: str) -> None:
        """Note that a field begins, comes to its result, or ends."""
        if kind == "begin":
            self._fields.append(Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].begun = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _field_target(self) -> str | None:
        found = (_HYPERLINK.match(field.instruction) for field in reversed(self._fields) if field.begun)
        return next((match[1] for match in found if match), None)
