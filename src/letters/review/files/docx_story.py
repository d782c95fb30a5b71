"""One story of a Word document: the text, a header or a footer, as passages, and the pictures in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from posixpath import basename, dirname, join
from xml.etree.ElementTree import Element

from letters.letter import BODY, Run
from letters.readback.docx import SKIPPED, Package, R, W, boxes, style_of, targets
from letters.review.content import ALT_TEXT, IMAGE, Fact, Passage
from letters.review.files.docx_runs import Reader
from letters.review.files.docx_styles import Styles, is_on, kind_of

_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_PLACED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


@dataclass(frozen=True)
class Document:
    """What all stories of one document share. `ours`: whether letters made it."""

    package: Package
    styles: Styles
    language: str
    ours: bool


class Story:
    """One story; `source` is the member that holds it, `part` the part that all of it is, or None."""

    def __init__(self, document: Document, source: str, part: str | None = None) -> None:
        self._document = document
        self._source = source
        self._part = part
        self._reader = Reader(document.styles, _links(document.package, source), document.language)
        self._lists: dict[int, str] = {}

    def passages(self, container: Element) -> Iterator[Passage]:
        """Its passages in reading order, empty ones too, and at the end the notes that they refer to."""
        yield from self._blocks(container, "")
        yield from self._notes()

    def _blocks(self, container: Element, place: str) -> Iterator[Passage]:
        carried: tuple[Run, ...] = ()
        last = BODY, "paragraph"
        for paragraph, at in _paragraphs(container, place):
            runs = carried + self._reader.runs(paragraph)
            last = self._part_of(paragraph), self._style(paragraph, at)
            carried = runs if _end_is_gone(paragraph) else ()
            if not carried:
                yield Passage(*last, runs)
            for box in boxes(paragraph):
                yield from self._blocks(box, "text box")
        if carried:
            yield Passage(*last, carried)

    def _part_of(self, paragraph: Element) -> str:
        return self._part or self._document.styles.part(style_of(paragraph), ours=self._document.ours)

    def _style(self, paragraph: Element, place: str) -> str:
        name = self._document.styles.name(style_of(paragraph))
        level = self._document.styles.list_level(paragraph)
        if level:
            self._lists = {number: kind for number, kind in self._lists.items() if number < level[0]}
            self._lists[level[0]] = level[1]
        if name.startswith("list continue") and paragraph.find(f"{W}pPr/{W}ind") is None:
            self._lists = {number: kind for number, kind in self._lists.items() if number == min(self._lists)}
        return place or kind_of(name, level, self._lists)

    def _notes(self) -> Iterator[Passage]:
        told = 0
        while told < len(self._reader.notes):
            kind, number = self._reader.notes[told]
            told += 1
            for member in targets(self._document.package, self._document.package.main, kind).values():
                for note in self._document.package.parse(member):
                    if note.get(f"{W}id") == number:
                        found = self._blocks(note, "footnote")
                        yield from (Passage(kind, passage.style, passage.runs) for passage in found)

    def pictures(self, container: Element, first: int) -> Iterator[Fact]:
        """The alt text and the bytes of each picture, counted from `first`."""
        images = targets(self._document.package, self._source, "image")
        for number, drawing in enumerate(_drawings(container), first):
            about = f"picture {number}"
            placed = next(drawing.iter(_PLACED), None)
            yield Fact(ALT_TEXT, "" if placed is None else placed.get("descr", ""), about)
            for blip in drawing.iter(_BLIP):
                data = self._document.package.members.get(images.get(blip.get(f"{R}embed", ""), ""), b"")
                yield Fact(IMAGE, f"{len(data):,} bytes, {sha256(data).hexdigest()[:8]}", about)


def _links(package: Package, source: str) -> dict[str, str]:
    relations = join(dirname(source), "_rels", f"{basename(source)}.rels")
    if relations not in package.members:
        return {}
    return {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in package.parse(relations)
        if relation.get("Type", "").endswith("/hyperlink")
    }


def _paragraphs(container: Element, place: str) -> Iterator[tuple[Element, str]]:
    """The paragraphs in reading order, tables row by row, and which cell of a table they are in, if any."""
    for child in container:
        if child.tag == f"{W}p":
            yield child, place
        elif child.tag == f"{W}tr":
            properties = child.find(f"{W}trPr")
            if properties is None or properties.find(f"{W}del") is None:
                heads = properties is not None and is_on(properties.find(f"{W}tblHeader"))
                yield from _paragraphs(child, "column heading" if heads else "table cell")
        elif child.tag not in SKIPPED:
            yield from _paragraphs(child, place)


def _end_is_gone(paragraph: Element) -> bool:
    """Whether the end of a paragraph was deleted, or moved away, so that it runs on into the next."""
    return any(paragraph.find(f"{W}pPr/{W}rPr/{W}{tag}") is not None for tag in ("del", "moveFrom"))


def _drawings(element: Element) -> Iterator[Element]:
    """The drawings that show a picture, those of text boxes included."""
    for child in element:
        if child.tag == f"{W}drawing" and next(child.iter(_BLIP), None) is not None:
            yield child
        elif child.tag not in SKIPPED or child.tag == f"{W}txbxContent":
            yield from _drawings(child)
