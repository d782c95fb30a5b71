"""One story of a Word document: the text, a header or a footer, as passages, and what is in it beside words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from letters.letter import BODY, Run
from letters.readback.docx import SKIPPED, W, style_of, targets
from letters.review.compare.content import (
    BULLETS,
    CELL,
    CHART,
    COLUMN_HEADING,
    FOOTNOTE,
    HIDDEN,
    NOTE,
    NUMBERED,
    Cell,
    Fact,
    MarkedRun,
    Passage,
    Style,
)
from letters.review.files.docx_drawn import Drawn, drawn
from letters.review.files.docx_numbers import Label, Numbers
from letters.review.files.docx_parts import Parts
from letters.review.files.docx_runs import BLOCKS, Reader
from letters.review.files.docx_styles import Styles, is_on, style_named, value_of

#: What is drawn has its words told apart.
_WITHOUT_BLOCKS = (f"{W}drawing", f"{W}pict", f"{W}object")


@dataclass
class Document:
    """What all stories of one document share. `ours`: whether letters made it.

    `facts`: of what is there beside the words of its stories, in the order in which it is met. `counts`: what is there
    and not read, by name.
    """

    parts: Parts
    styles: Styles
    numbers: Numbers
    language: str
    ours: bool
    facts: list[Fact] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    tables: int = 0
    _notes: dict[str, dict[str, list[tuple[str, Element]]]] = field(default_factory=dict)

    def notes(self, kind: str) -> dict[str, list[tuple[str, Element]]]:
        """The footnotes or endnotes by id, each with the member that holds it."""
        if kind not in self._notes:
            found = self._notes[kind] = {}
            for member in targets(self.parts, self.parts.main, kind).values():
                for note in self.parts.parse(member) if member in self.parts.members else ():
                    found.setdefault(note.get(f"{W}id", ""), []).append((member, note))
        return self._notes[kind]


@dataclass
class _Table:
    """A table while it is read: which one of the document, its style, the row and the column that it has come to."""

    number: int
    style: str
    row: int = 0
    column: int = 0


@dataclass(frozen=True)
class _Spot:
    """Where a paragraph stands. `cell`: its place in a table, if it is in one."""

    place: Style | None
    table: _Table | None = None
    cell: Cell | None = None


class Story:
    """One story; `source` is the member that holds it, `part` the part that all of it is, or None."""

    def __init__(self, document: Document, source: str, part: str | None = None, where: str = "text") -> None:
        self._document = document
        self._source = source
        self._part = part
        self._where = where
        links = {key: one.target for key, one in document.parts.related(source).items() if one.kind == "hyperlink"}
        self._reader = Reader(document.styles, links, document.language)
        self._lists: dict[int, Style] = {}

    def passages(self, container: Element) -> Iterator[Passage]:
        """Its passages in reading order, empty ones too, and at the end the notes that they refer to."""
        yield from self._blocks(container, _Spot(None))
        yield from self._notes()
        self._document.facts += [Fact(HIDDEN, words, self._where) for words in self._reader.hidden]
        self._document.counts += self._reader.counts

    def _blocks(self, container: Element, around: _Spot) -> Iterator[Passage]:
        carried: tuple[Run, ...] = ()
        last: Passage | None = None
        for paragraph, spot in self._paragraphs(container, around):
            if carried and last and last.cell != spot.cell:  # no paragraph runs on out of its cell
                yield replace(last, runs=carried)
                carried = ()
            own = self._reader.runs(paragraph, spot.table.style if spot.table else None)
            begins = _is_drop_cap(paragraph)
            runs = carried + (tuple(map(_on_the_line, own)) if begins else own)
            goes_on = begins or _end_is_gone(paragraph)
            if not goes_on and self._reader.hides_mark(paragraph):
                goes_on = bool(runs)
                if not goes_on:  # all of it is hidden: nobody sees its number either
                    yield from self._drawn(paragraph)
                    continue
            carried = runs if goes_on else ()
            label = None if goes_on else self._document.numbers.next_label(paragraph)
            last = Passage(self._part_of(paragraph), self._style(paragraph, label, spot.place), runs, cell=spot.cell)
            if not goes_on:
                yield replace(last, number=label.text if label else "")
            yield from self._drawn(paragraph)
        if carried and last:
            yield replace(last, runs=carried)

    def _part_of(self, paragraph: Element) -> str:
        return self._part or self._document.styles.part(style_of(paragraph), ours=self._document.ours)

    def _style(self, paragraph: Element, label: Label | None, place: Style | None) -> Style:
        name = self._document.styles.name(style_of(paragraph))
        level = (label.level, BULLETS if label.bullet else NUMBERED) if label else None
        if level:
            self._lists = {number: kind for number, kind in self._lists.items() if number < level[0]}
            self._lists[level[0]] = level[1]
        if name.startswith("list continue") and paragraph.find(f"{W}pPr/{W}ind") is None:
            self._lists = {number: kind for number, kind in self._lists.items() if number == min(self._lists)}
        return place or style_named(name, level, self._lists)

    # -- what is drawn

    def _drawn(self, paragraph: Element) -> Iterator[Passage]:
        for one in drawn(paragraph, self._document.parts, self._source):
            said = self._passages_of(one)
            if one.values is not None:
                self._document.facts.append(Fact(CHART, one.values, "chart"))
            if one.hidden:
                self._reader.hidden += [passage.text for passage in said if passage.text]
            else:
                yield from said

    def _passages_of(self, one: Drawn) -> list[Passage]:
        if one.box is not None:
            return list(self._blocks(one.box, _Spot(Style(one.style))))
        return [Passage(self._part or BODY, Style(one.style), (Run(text),)) for text in one.texts if text]

    # -- notes

    def _notes(self) -> Iterator[Passage]:
        told: set[tuple[str, str]] = set()
        for number, (kind, key, near) in enumerate(self._reader.notes, 1):
            self._document.facts.append(Fact(NOTE, f"after “{near}”", f"{kind[:-1]} {number}"))
            if (kind, key) not in told:
                told.add((kind, key))
                yield from self._note(kind, key)

    def _note(self, kind: str, key: str) -> Iterator[Passage]:
        for member, note in self._document.notes(kind).get(key, ()):
            found = Story(self._document, member, where=kind).passages(note)
            yield from (replace(passage, part=kind, style=FOOTNOTE) for passage in found)

    # -- paragraphs and tables

    def _paragraphs(self, container: Iterable[Element], spot: _Spot) -> Iterator[tuple[Element, _Spot]]:
        """The paragraphs in reading order, tables row by row, each with where it stands."""
        for child in container:
            if child.tag == f"{W}p":
                yield child, spot
                yield from self._inner(child, spot)
            elif child.tag == f"{W}tbl":
                self._document.tables += 1
                style = value_of(child.find(f"{W}tblPr/{W}tblStyle"))
                yield from self._paragraphs(child, replace(spot, table=_Table(self._document.tables, style), cell=None))
            elif child.tag == f"{W}tr":
                yield from self._row(child, spot)
            elif child.tag == f"{W}tc" and spot.table:
                yield from self._cell(child, spot, spot.table)
            elif child.tag not in SKIPPED:
                yield from self._paragraphs(child, spot)

    def _inner(self, element: Element, spot: _Spot) -> Iterator[tuple[Element, _Spot]]:
        """Paragraphs and tables inside a paragraph, where other programs put them and Word does not."""
        for child in element:
            if child.tag in BLOCKS:
                yield from self._paragraphs((child,), spot)
            elif child.tag not in SKIPPED and child.tag not in _WITHOUT_BLOCKS:
                yield from self._inner(child, spot)

    def _row(self, row: Element, spot: _Spot) -> Iterator[tuple[Element, _Spot]]:
        properties = row.find(f"{W}trPr")
        if properties is not None and properties.find(f"{W}del") is not None:
            return
        heads = properties is not None and is_on(properties.find(f"{W}tblHeader"))
        if spot.table:
            spot.table.row += 1
            spot.table.column = 1 + _span(properties, "gridBefore", 0)
        yield from self._paragraphs(row, replace(spot, place=COLUMN_HEADING if heads else CELL))

    def _cell(self, cell: Element, spot: _Spot, table: _Table) -> Iterator[tuple[Element, _Spot]]:
        properties = cell.find(f"{W}tcPr")
        if properties is not None and properties.find(f"{W}cellDel") is not None:
            return
        place = Cell(table.number, table.column, table.row)
        yield from self._paragraphs(cell, replace(spot, cell=place))
        table.column += _span(properties, "gridSpan", 1)


def _span(properties: Element | None, name: str, otherwise: int) -> int:
    """How many columns of the grid something takes."""
    said = "" if properties is None else value_of(properties.find(f"{W}{name}"))
    return int(said) if said.isdecimal() and len(said) < 4 else otherwise


def _end_is_gone(paragraph: Element) -> bool:
    """Whether the end of a paragraph was deleted, or moved away, so that it runs on into the next."""
    return any(paragraph.find(f"{W}pPr/{W}rPr/{W}{tag}") is not None for tag in ("del", "moveFrom"))


def _is_drop_cap(paragraph: Element) -> bool:
    """Whether a paragraph is the large letter that the next one begins with."""
    frame = paragraph.find(f"{W}pPr/{W}framePr")
    return frame is not None and frame.get(f"{W}dropCap") in ("drop", "margin")


def _on_the_line(run: Run) -> Run:
    """A run less that it is lowered: so Word sets a large letter."""
    if not isinstance(run, MarkedRun):
        return run
    return replace(run, marks=tuple(mark for mark in run.marks if mark != "lowered"))
