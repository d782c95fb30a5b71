"""The fields of a Word document: those of page numbers, and what others show that have no result in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from letters.readback.docx import W
from letters.review.files.docx_signs import sign
from letters.review.files.docx_styles import is_on, value_of

TICKED, EMPTY = "☒", "☐"
#: What is counted where Word alone knows what it prints.
AUTOMATIC = "automatic number"

_PAGE_NUMBER = re.compile(r"\s*(PAGE|NUMPAGES|SECTIONPAGES)\b", re.I)
_A_NUMBER = re.compile(r"[\s\d–-]*|(?=[ivxlcdm])\s*m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})\s*", re.I)
_HYPERLINK = re.compile(r'\s*HYPERLINK\s+(?:"([^"]+)"|(?!\\)(\S+))?(?:.*?\\l\s+"?([^"\s]+)"?)?', re.I | re.S)
_BUTTON = re.compile(r"\s*(?:MACROBUTTON|GOTOBUTTON)\s+\S+\s*(.*)", re.I | re.S)
_SYMBOL = re.compile(r"\s*SYMBOL\s+(0x[0-9a-f]{1,6}|\d{1,7})\b(.*)", re.I | re.S)
_FONT = re.compile(r'\\f\s+"?([^"\\]+)"?', re.I)
_EQUATION = re.compile(r"\s*EQ\s+(.*)", re.I | re.S)
_COUNTED = re.compile(r"\s*(LISTNUM|AUTONUM|AUTONUMLGL|AUTONUMOUT)\b", re.I)


@dataclass
class Field:
    """A field: its instruction, the data of a form in it, and whether its result has begun and shown anything."""

    instruction: str = ""
    begun: bool = False
    shown: bool = False
    form: Element | None = None

    @property
    def target(self) -> str | None:
        """Where it leads, if it is a link."""
        match = _HYPERLINK.match(self.instruction)
        if not match:
            return None
        place, inside = match[1] or match[2] or "", match[3]
        return (f"{place}#{inside}" if inside else place) or None

    @property
    def is_page_number(self) -> bool:
        """Whether its result is a number of pages, which every program counts for itself."""
        return bool(_PAGE_NUMBER.match(self.instruction))

    @property
    def without_result(self) -> str:
        """What it shows that is not in the text: the state of a form field, the face of a button, a sign."""
        if self.form is not None and (state := _state(self.form)):
            return state
        if self.shown:
            return ""
        if match := _BUTTON.match(self.instruction) or _EQUATION.match(self.instruction):
            return match[1].strip()
        if match := _SYMBOL.match(self.instruction):
            font = _FONT.search(match[2])
            return _sign(int(match[1], 0), font[1].strip() if font else None)
        return ""

    @property
    def counts(self) -> str:
        """The name of what it prints, if nothing but Word knows it."""
        return AUTOMATIC if not self.shown and _COUNTED.match(self.instruction) else ""


def _sign(code: int, font: str | None) -> str:
    return sign(code, font)[0] if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _state(form: Element) -> str:
    """What a check box or a list to choose from shows."""
    if (box := form.find(f"{W}checkBox")) is not None:
        checked = box.find(f"{W}checked")
        return TICKED if is_on(box.find(f"{W}default") if checked is None else checked) else EMPTY
    if (choice := form.find(f"{W}ddList")) is not None:
        entries = [value_of(entry) for entry in choice.findall(f"{W}listEntry")]
        chosen = value_of(choice.find(f"{W}result")) or value_of(choice.find(f"{W}default")) or "0"
        return entries[int(chosen)] if chosen.isdecimal() and int(chosen) < len(entries) else ""
    return ""


@dataclass
class Fields:
    """The fields that are open at a place of a story. One of page numbers ends with its paragraph at the latest."""

    open: list[Field] = field(default_factory=list)

    def turn(self, mark: Element) -> Field | None:
        """Note that a field begins, comes to its result, or ends: the one that ended is given."""
        kind = mark.get(f"{W}fldCharType", "")
        if kind == "begin":
            self.open.append(Field(form=mark.find(f"{W}ffData")))
        elif kind == "separate" and self.open:
            self.open[-1].begun = True
        elif kind == "end" and self.open:
            return self.open.pop()
        return None

    def instruct(self, text: str) -> None:
        """Note some text of the instruction of the innermost field."""
        if self.open and not self.open[-1].begun:
            self.open[-1].instruction += text

    def is_left_out(self, text: str) -> bool:
        """Whether a text is a page number in a field of such."""
        for one in self.open:
            one.shown = one.shown or (one.begun and bool(text))
        return any(one.is_page_number for one in self.open) and bool(_A_NUMBER.fullmatch(text))

    @property
    def target(self) -> str | None:
        """Where the innermost link among them leads."""
        return next((one.target for one in reversed(self.open) if one.begun and one.target), None)

    def end_paragraph(self) -> list[Field]:
        """The fields of page numbers, and of forms, that a paragraph leaves open; they are so no longer."""
        ended = [one for one in self.open if one.is_page_number or _ends_in_its_paragraph(one)]
        self.open = [one for one in self.open if not any(one is other for other in ended)]
        return ended


def _ends_in_its_paragraph(one: Field) -> bool:
    return one.form is not None and (
        one.form.find(f"{W}checkBox") is not None or one.form.find(f"{W}ddList") is not None
    )
