"""The elements of WordprocessingML that a story is made of: runs, links, and the properties of paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import groupby
from typing import cast

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.text.paragraph import CT_P
from docx.oxml.text.parfmt import CT_PPr
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.story import StoryPart

from letters.letter import Run
from letters.render.docx_template import Styles

_SPECIAL = {"\n": "w:br", "\t": "w:tab", "\u2011": "w:noBreakHyphen"}


@dataclass(frozen=True)
class Label:
    """The number or bullet of an item: its numbering, and the level of its list."""

    number: int
    level: int


@dataclass(frozen=True)
class Look:
    """How a paragraph is set: its style by name, and what differs from that style.

    `before`, `after`: space above and below; `line`: least height of a line, `exactly` that one if so said; `indent`:
    left, right, and how far the first line hangs out; all in twentieths of a point. `align`: right or center. `size`:
    of its type, in points.
    """

    style: str
    keep_next: bool = False
    may_split: bool = False
    label: Label | None = None
    before: int | None = None
    after: int | None = None
    line: int | None = None
    exactly: bool = False
    indent: tuple[int, int, int] | None = None
    align: str | None = None
    size: float | None = None


def properties(look: Look, styles: Styles) -> BaseOxmlElement:
    """The properties of a paragraph. Raises MissingStyle, UnusableStyles."""
    made = element("w:pPr", element("w:pStyle", val=styles.id(look.style, f"a paragraph in the style {look.style!r}")))
    if look.keep_next and not look.may_split:  # together, LibreOffice moves the whole paragraph
        made.append(element("w:keepNext"))
    if look.may_split:
        made.append(element("w:keepLines", val="0"))
    if look.label:
        ids = element("w:ilvl", val=str(look.label.level)), element("w:numId", val=str(look.label.number))
        made.append(element("w:numPr", *ids))
    left, right, hanging = look.indent or (0, 0, 0)
    if hanging:
        # Without it, the words behind a number begin at the next of the usual stops, which may come sooner.
        made.append(element("w:tabs", element("w:tab", val="left", pos=str(left))))
    spacing = {"before": look.before, "after": look.after, "line": look.line}
    said = {name: str(value) for name, value in spacing.items() if value is not None}
    if said:
        made.append(element("w:spacing", **said, **({"lineRule": "exact"} if look.exactly else {})))
    if look.indent:
        made.append(element("w:ind", left=str(left), right=str(right), hanging=str(hanging)))
    if look.align:
        made.append(element("w:jc", val=look.align))
    return made


class Words:
    """Makes the words of one story: `part` keeps the targets of its links."""

    def __init__(self, part: StoryPart, styles: Styles) -> None:
        self._part = part
        self._styles = styles

    def set(self, runs: Sequence[Run], size: float | None = None) -> Iterator[BaseOxmlElement]:
        """The runs of a paragraph; those that follow one another to the same target are one link.

        `size`: in points, where it is another than that of the style.
        """
        for target, linked in groupby((run for run in runs if run.text), key=lambda run: run.href):
            if target is None:
                yield from (self.run(run, size) for run in linked)
            else:
                link = element("w:hyperlink", *(self.run(run, size) for run in linked))
                link.set(qn("r:id"), self._part.relate_to(target, RT.HYPERLINK, is_external=True))
                yield link

    def run(self, run: Run, size: float | None = None) -> BaseOxmlElement:
        """One run; `size` in points, where it is another than that of the style."""
        marks: list[BaseOxmlElement] = []
        if run.href is not None:
            marks.append(element("w:rStyle", val=self._styles.id("Hyperlink", "a link")))
        marks += [element(tag) for tag in ("w:b", "w:bCs") if run.bold]
        marks += [element(tag) for tag in ("w:i", "w:iCs") if run.italic]
        if size:
            marks += sized(size)
        if run.lang:
            marks.append(element("w:lang", val=word_language(run.lang)))
        said = [element("w:rPr", *marks)] if marks else []
        return element("w:r", *said, *pieces(run.text))


def word_language(tag: str) -> str:
    """A language as Word calls it, which knows Welsh by its country alone."""
    return "cy-GB" if tag == "cy" else tag


def sized(points: float) -> list[BaseOxmlElement]:
    """The marks of a run by which it has a type size."""
    return [element(tag, val=str(round(points * 2))) for tag in ("w:sz", "w:szCs")]


def pieces(text: str) -> Iterator[BaseOxmlElement]:
    """`text` as the children of a run."""
    for piece in re.split("([\n\t\u2011])", text):
        if piece in _SPECIAL:
            yield element(_SPECIAL[piece])
        elif piece:
            written = element("w:t")
            written.text = piece
            if piece != piece.strip():
                written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            yield written


def properties_of(paragraph: BaseOxmlElement) -> CT_PPr:
    """What is said of a paragraph beyond its style."""
    return cast(CT_P, paragraph).get_or_add_pPr()


def begin_section(elements: Sequence[BaseOxmlElement], section: BaseOxmlElement) -> bool:
    """Let the first of some elements of the text begin a section, on a new page, whose pages are counted from 1.

    Its first page has the header of the others, where they have one, and no footer. That of the others is to be
    written, and where there is no header, an empty one of the first page, which would have that of the section before.
    `section`: the properties of the last section. Returns False where only a page could be begun.
    """
    last = elements[0].getprevious()
    if last is None or last.tag != qn("w:p"):  # behind a table there is nothing that could end a section
        for first in (one for made in elements[:1] for one in made.xpath("self::w:p | .//w:p[1]")[:1]):
            properties_of(first).pageBreakBefore_val = True
        return False
    properties_of(cast(BaseOxmlElement, last)).append(deepcopy(section))
    references = (qn("w:headerReference"), qn("w:footerReference"))
    for child in [child for child in section if child.tag in references]:
        if child.tag != qn("w:headerReference") or child.get(qn("w:type")) == "first":
            section.remove(child)
    for header in section.findall(qn("w:headerReference")):
        first = deepcopy(header)
        first.set(qn("w:type"), "first")
        header.addnext(first)
    margins = section.find(qn("w:pgMar"))
    section.insert(0 if margins is None else section.index(margins) + 1, element("w:pgNumType", start="1"))
    return True


def element(tag: str, /, *children: BaseOxmlElement, **attributes: str) -> BaseOxmlElement:
    """An element of WordprocessingML with its children, its attributes in the same namespace."""
    made = cast(BaseOxmlElement, OxmlElement(tag, {qn(f"w:{name}"): value for name, value in attributes.items()}))
    made.extend(children)
    return made
