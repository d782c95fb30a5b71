"""A Word document whose tracked changes are all accepted, or all rejected, and what it then says; for tests.

It knows nothing of how letters writes redlines, only what the standard says about revisions (ISO/IEC 29500-1, 17.13.5).
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from lxml import etree

from letters.letter import normalise
from letters.machine.archive import read_members

Element = etree._Element
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
CHANGES = {"ins", "del", "moveFrom", "moveTo"}
RANGES = {f"move{way}Range{end}" for way in ("From", "To") for end in ("Start", "End")}
#: A character or what stands for one: what it is, its look, and where it links to.
Atom = tuple[str, bytes, str]
#: (kind, properties, text): a paragraph with its style and its characters, or a table's cells and its rows' properties.
Said = (
    tuple[Literal["paragraph"], bytes, list[Atom]]
    | tuple[Literal["table"], bytes, list[list[list["Said"]]], list[bytes]]
)


def name(element: Element) -> str:
    return etree.QName(element).localname


def parent_of(element: Element) -> Element:
    parent = element.getparent()
    assert parent is not None
    return parent


def remove(element: Element) -> None:
    parent_of(element).remove(element)


def attribute(element: Element, key: str) -> str:
    """An attribute that must be there."""
    found = element.get(key)
    assert found is not None
    return found


def value_in(element: Element, child: str) -> str:
    """The value that a child of this name has, which must be there."""
    found = element.find(f"{W}{child}")
    assert found is not None
    return attribute(found, f"{W}val")


def settle(root: Element, accept: bool) -> Element:
    """One story with all its changes accepted, or rejected; changes `root`."""
    gone = {"del", "moveFrom"} if accept else {"ins", "moveTo"}
    for row in list(root.iter(f"{W}tr")):
        if any(row.find(f"{W}trPr/{W}{mark}") is not None for mark in gone):
            remove(row)
    for table in [table for table in root.iter(f"{W}tbl") if table.find(f"{W}tr") is None]:
        remove(table)
    _settle_properties(root, accept)
    marks = {paragraph: _mark(paragraph) for paragraph in root.iter(f"{W}p")}
    _settle_runs(root, gone)
    for paragraph, mark in marks.items():
        if mark & gone:
            _join_with_next(paragraph)
    for element in [element for element in root.iter(etree.Element) if name(element) in RANGES]:
        remove(element)
    return root


def _settle_properties(root: Element, accept: bool) -> None:
    for change in [one for one in root.iter(etree.Element) if name(one).endswith("PrChange")]:
        properties = parent_of(change)
        properties.remove(change)
        if not accept:
            kept = (
                [child for child in properties if name(child) in ("rPr", "sectPr")] if name(properties) == "pPr" else []
            )
            properties[:] = [*change[0], *kept]


def _mark(paragraph: Element) -> set[str]:
    """What became of the mark that ends a paragraph."""
    properties = paragraph.find(f"{W}pPr/{W}rPr")
    if properties is None:
        return set()
    remove(properties)
    return {name(child) for child in properties} & CHANGES


def _settle_runs(root: Element, gone: set[str]) -> None:
    for change in [one for one in root.iter(etree.Element) if name(one) in CHANGES]:
        if name(change) not in gone:
            for child in list(change):
                change.addprevious(child)
        remove(change)
    for link in [link for link in root.iter(f"{W}hyperlink") if len(link) == 0]:
        remove(link)
    for old, new in (("delText", "t"), ("delInstrText", "instrText")):
        for text in root.iter(f"{W}{old}"):
            text.tag = f"{W}{new}"


def _join_with_next(paragraph: Element) -> None:
    """Without its mark the text of a paragraph begins the next; without text it is gone."""
    following = paragraph.getnext()
    while following is not None and name(following) in RANGES:
        following = following.getnext()
    content = [child for child in paragraph if name(child) != "pPr" and name(child) not in RANGES]
    if following is not None and name(following) == "p":
        at = int(following.find(f"{W}pPr") is not None)
        following[at:at] = content
    else:
        assert not content, "a paragraph cannot be joined with a table, nor with the end"
    remove(paragraph)


@dataclass(frozen=True)
class Document:
    """A Word document, and how its changes are settled."""

    data: bytes
    settled: Callable[[Element], Element] = lambda root: root

    @cached_property
    def members(self) -> dict[str, bytes]:
        return read_members(self.data)

    @cached_property
    def styles(self) -> dict[str, str]:
        found = etree.fromstring(self.members["word/styles.xml"]).iter(f"{W}style")
        return {attribute(style, f"{W}styleId"): value_in(style, "name") for style in found}

    @cached_property
    def numbers(self) -> dict[str, bytes]:
        root = etree.fromstring(self.members["word/numbering.xml"])
        abstracts = {
            attribute(one, f"{W}abstractNumId"): canonical(one, "abstractNumId") for one in root.iter(f"{W}abstractNum")
        }
        return {
            attribute(one, f"{W}numId"): abstracts[value_in(one, "abstractNumId")]
            + b"".join(canonical(child) for child in one.iter(f"{W}lvlOverride"))
            for one in root.iter(f"{W}num")
        }

    @cached_property
    def stories(self) -> dict[str, list[Said]]:
        """The text, and headers and footers of the first section by their kinds."""
        body = etree.fromstring(self.members["word/document.xml"])[0]
        targets = self.targets("word/document.xml")
        parts = {
            f"{name(one)} {one.get(f'{W}type')}": targets[attribute(one, f"{R}id")].removeprefix("member ")
            for one in next(body.iter(f"{W}sectPr"))
            if name(one).endswith("Reference")
        }
        body.remove(body[-1])
        said = {"text": self.blocks(self.settled(body), targets)}
        for kind, part in parts.items():
            said[kind] = self.blocks(self.settled(etree.fromstring(self.members[part])), self.targets(part))
        return said

    def targets(self, part: str) -> dict[str, str]:
        folder, base = posixpath.split(part)
        if (relations := f"{folder}/_rels/{base}.rels") not in self.members:
            return {}
        return {
            attribute(one, "Id"): attribute(one, "Target")
            if one.get("TargetMode") == "External"
            else "member " + posixpath.normpath(f"{folder}/{attribute(one, 'Target')}")
            for one in etree.fromstring(self.members[relations])
        }

    def blocks(self, root: Element, targets: dict[str, str]) -> list[Said]:
        lists: dict[str, int] = {}
        return [self.said(child, targets, lists) for child in root]

    def said(self, block: Element, targets: dict[str, str], lists: dict[str, int]) -> Said:
        if name(block) == "tbl":
            rows = [
                [[self.said(p, targets, lists) for p in cell.iter(f"{W}p")] for cell in row.iter(f"{W}tc")]
                for row in block.iter(f"{W}tr")
            ]
            return "table", canonical(block.find(f"{W}tblPr")), rows, [canonical(pr) for pr in block.iter(f"{W}trPr")]
        properties = block.find(f"{W}pPr")
        for style in properties.iter(f"{W}pStyle") if properties is not None else ():
            style.set(f"{W}val", self.styles[attribute(style, f"{W}val")])
        for number in properties.iter(f"{W}numId") if properties is not None else ():
            value = attribute(number, f"{W}val")
            number.set(f"{W}val", f"{lists.setdefault(value, len(lists))}: {self.numbers[value]!r}")
        return "paragraph", canonical(properties), list(self.atoms(block, targets, ""))

    def atoms(self, container: Element, targets: dict[str, str], link: str) -> Iterator[Atom]:
        in_field = False
        for run in container:
            if name(run) == "hyperlink":
                yield from self.atoms(run, targets, targets.get(run.get(f"{R}id", ""), f"#{run.get(f'{W}anchor')}"))
            elif name(run) == "fldSimple":
                yield f"field {run.get(f'{W}instr')}", b"", link
            for child in run if name(run) == "r" else ():
                look = canonical(run.find(f"{W}rPr"))
                if name(child) == "fldChar":
                    in_field = child.get(f"{W}fldCharType") != "end"
                elif name(child) == "instrText":
                    yield f"field {child.text}", b"", link
                elif name(child) == "t" and not in_field:
                    yield from ((ch, look, link) for ch in child.text or "")
                elif name(child) == "drawing":
                    yield self.picture(child, targets), look, link
                elif name(child) not in ("rPr", "t"):
                    yield canonical(child).decode(), look, link

    def picture(self, drawing: Element, targets: dict[str, str]) -> str:
        for blip in drawing.iter("{*}blip"):
            image = self.members[targets[attribute(blip, f"{R}embed")].removeprefix("member ")]
            blip.set(f"{R}embed", hashlib.sha256(image).hexdigest())
        for picture in drawing.iter("{*}docPr"):
            del picture.attrib["id"], picture.attrib["name"]  # numbered through the document
        return canonical(drawing).decode()


def canonical(element: Element | None, *without: str) -> bytes:
    """What an element says, apart from attributes of these names; nothing for one that says nothing."""
    if element is None or (len(element) == 0 and not element.attrib):
        return b""
    copy = etree.fromstring(etree.tostring(element, with_tail=False))
    for attribute in without:
        copy.attrib.pop(f"{W}{attribute}")
    return etree.tostring(copy, method="c14n", exclusive=True)


def accepted(data: bytes) -> Document:
    return Document(data, lambda root: settle(root, accept=True))


def rejected(data: bytes) -> Document:
    return Document(data, lambda root: settle(root, accept=False))


def texts(document: Document, story: str = "text") -> list[str]:
    """The words of a story, a paragraph or cell each; empty ones left out."""
    found = [normalise(text) for block in document.stories.get(story, []) for text in _texts(block)]
    return [text for text in found if text]


def _texts(block: Said) -> Iterator[str]:
    if block[0] == "table":
        yield from (text for row in block[2] for cell in row for inner in cell for text in _texts(inner))
    else:
        yield "".join(_character(what) for what, _, _ in block[2])


def _character(what: str) -> str:
    return (
        what
        if len(what) == 1
        else {"br": "\n", "tab": "\t", "noBreakHyphen": "\u2011"}.get(what[3:].partition(" ")[0], "")
    )
