"""The runs of a paragraph in a Word document: its text with emphasis, links, languages, and what else it looks like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from xml.etree.ElementTree import Element

from letters.letter import Run, normalise
from letters.readback.docx import MARKUP, SKIPPED, R, W, style_of
from letters.review.compare.content import MarkedRun, marks_of
from letters.review.files.docx_fields import Field, Fields
from letters.review.files.docx_math import EQUATION, equation
from letters.review.files.docx_signs import is_of_symbols, sign
from letters.review.files.docx_styles import Look, Styles, look_of

#: What stands for itself, wherever it is.
BLOCKS = (f"{W}p", f"{W}tbl")
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
#: Dates in the old manner, which Word computes whenever it opens the document.
_COMPUTED = {f"{W}{part}{length}" for part in ("day", "month", "year") for length in ("Long", "Short")}
_SOFT = "\u00ad"
#: The last words before the mark of a note tell where it stands.
_NEAR = 4


@dataclass
class Reader:
    """Reads the runs of one story. `links`: the targets of its relationships by id.

    `notes`: the footnotes and endnotes referred to so far, each with the words before its mark. `hidden`: the stretches
    of words that nobody sees. `counts`: what is there and not read, by name.
    """

    styles: Styles
    links: Mapping[str, str]
    language: str
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    _fields: Fields = field(default_factory=Fields)
    _paragraph: str | None = None
    _table: str | None = None
    _said: str = ""

    def runs(self, paragraph: Element, table: str | None = None) -> tuple[Run, ...]:
        """The runs of a paragraph, page numbers and hidden words left out; neighbours that are set alike are one.

        `table`: the style of the table that it is in.
        """
        self._paragraph, self._table, self._said = style_of(paragraph), table, ""
        found = [*self._runs(paragraph, None), *self._left_open()]
        shown: list[Run] = []
        for is_hidden, group in groupby((pair for pair in found if pair[1].text), key=lambda pair: pair[0]):
            runs = [run for _, run in group]
            if is_hidden:
                self.hidden += [text] if (text := normalise("".join(run.text for run in runs))) else []
            else:
                shown += runs
        return tuple(_joined(list(group)) for _, group in groupby(shown, key=_setting))

    def hides_mark(self, paragraph: Element) -> bool:
        """Whether the end of a paragraph is hidden, so that it runs on into the next."""
        direct = look_of(paragraph.find(f"{W}pPr/{W}rPr"))
        return bool(self.styles.seen(direct, None, style_of(paragraph), self._table).hidden)

    # -- each run with whether it is hidden

    def _runs(self, element: Element, href: str | None) -> Iterator[tuple[bool, Run]]:
        for child in element:
            if child.tag == f"{W}r":
                yield from self._run(child, href)
            elif child.tag == f"{W}hyperlink":
                yield from self._runs(child, self._target(child) or href)
            elif child.tag == f"{W}fldSimple":
                yield from self._simple(child, href)
            elif child.tag == EQUATION:
                yield False, Run(equation(child), href=href)
            elif child.tag not in SKIPPED and child.tag not in BLOCKS:
                yield from self._runs(child, href)

    def _simple(self, element: Element, href: str | None) -> Iterator[tuple[bool, Run]]:
        one = Field(element.get(f"{W}instr", ""), begun=True, form=element.find(f"{W}ffData"))
        self._fields.open.append(one)
        yield from self._runs(element, href)
        self._fields.open = [other for other in self._fields.open if other is not one]
        yield False, Run(self._ended(one), href=href)

    def _target(self, link: Element) -> str | None:
        target, anchor = self.links.get(link.get(f"{R}id", "")), link.get(f"{W}anchor")
        if target:
            return f"{target}#{anchor}" if anchor else target
        return f"#{anchor}" if anchor else None

    def _run(self, run: Element, href: str | None) -> Iterator[tuple[bool, Run]]:
        properties = run.find(f"{W}rPr")
        style = None if properties is None else properties.find(f"{W}rStyle")
        own = None if style is None else style.get(f"{W}val")
        look = self.styles.seen(look_of(properties), own, self._paragraph, self._table)
        for text, font in self._texts(run, look):
            if not self._fields.is_left_out(text):
                self._said += "" if look.hidden else text
                yield bool(look.hidden), self._set(text, look, self._fields.target or href, font)

    def _set(self, text: str, look: Look, href: str | None, font: str) -> Run:
        lang = look.lang if look.lang and not same_language(look.lang, self.language) else None
        marks = tuple(_marks(look, font, linked=href is not None))
        if marks and text.strip():
            return MarkedRun(text, bool(look.bold), bool(look.italic), href, lang, marks)
        return Run(text, bool(look.bold), bool(look.italic), href, lang)

    def _texts(self, run: Element, look: Look) -> Iterator[tuple[str, str]]:
        """The texts of a run, each with the name of its font, where that tells what it shows."""
        for child in run:
            if child.tag == f"{W}t":
                yield from _in_font(child.text or "", look.font)
            elif child.tag == f"{W}sym":
                yield _symbol(child)
            elif child.tag in MARKUP:
                yield MARKUP[child.tag], ""
            elif child.tag == f"{W}fldChar":
                ended = self._fields.turn(child)
                yield "" if ended is None else self._ended(ended), ""
            elif child.tag == f"{W}instrText":
                self._fields.instruct(child.text or "")
            elif child.tag in _NOTES:
                self._mark(child, look)
            elif child.tag in _COMPUTED:
                self.counts["date that Word computes"] += 1
            elif child.tag not in SKIPPED and child.tag not in BLOCKS:
                yield from self._texts(child, look)

    def _ended(self, one: Field) -> str:
        if one.counts:
            self.counts[one.counts] += 1
        return one.without_result

    def _left_open(self) -> Iterator[tuple[bool, Run]]:
        """What fields show that ought to have ended by now."""
        return ((False, Run(self._ended(one))) for one in self._fields.end_paragraph())

    def _mark(self, mark: Element, look: Look) -> None:
        """Note a footnote or endnote, unless the mark of it is hidden."""
        if not look.hidden:
            near = " ".join(normalise(self._said).split(" ")[-_NEAR:])
            self.notes.append((_NOTES[mark.tag], mark.get(f"{W}id", ""), near))


def _setting(run: Run) -> tuple[object, ...]:
    """All of a run but its text."""
    return run.bold, run.italic, run.href, run.lang, marks_of(run)


def _joined(alike: list[Run]) -> Run:
    return alike[0] if len(alike) == 1 else replace(alike[0], text="".join(run.text for run in alike))


def same_language(one: str, other: str) -> bool:
    """Whether two tags name one language: "cy" and "cy-GB" do, and what is marked as of none."""
    first, second = (tag.lower().partition("-")[0] for tag in (one, other))
    return first == second or first in _NO_LANGUAGE or not second


_NO_LANGUAGE = ("x", "zxx", "und", "none")


def _marks(look: Look, font: str, *, linked: bool) -> Iterator[str]:
    """What text looks like beside bold and italic, in a person's words; the line below a link says nothing."""
    said = (
        ("struck out", look.struck),
        (look.raised or "", look.raised),
        ("underlined", look.underlined and not linked),
        ("in capitals", look.capitals),
        ("highlighted", look.highlighted),
        ("in white", look.white),
        ("too small to read", look.tiny),
        (f"in {font}", font),
    )
    return (name for name, holds in said if holds)


def _in_font(text: str, font: str | None) -> Iterator[tuple[str, str]]:
    """A text as its font shows it."""
    text = text.replace(_SOFT, "")
    if not is_of_symbols(font):
        yield text, ""
        return
    for ch in text:
        yield (ch, "") if ch.isspace() else sign(ord(ch), font)


def _symbol(element: Element) -> tuple[str, str]:
    code = element.get(f"{W}char", "")
    known = re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) and int(code, 16)
    if not known or 0xD800 <= known < 0xE000:
        return "\ufffd", ""
    return sign(known, element.get(f"{W}font"))
