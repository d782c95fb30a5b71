"""The words of a Word document, by us or by others, with its tracked changes accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from letters.machine.archive import NotAnArchive, read_members
from letters.machine.ooxml import OFFICE, WORDML, list_of, relations
from letters.machine.xml import DeclaresType, parsed
from letters.readback import Reading

W, R = f"{{{WORDML}}}", f"{{{OFFICE}}}"
_STAGE_MARK = "stage mark"

MARKUP = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}noBreakHyphen": "\u2011"}
# Text that is no longer there, that another story tells, or that stands twice for older programs.
SKIPPED = {
    *(f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "txbxContent")),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}


class UnreadableDocx(ValueError):
    """The bytes are not a Word document that can be read."""


@dataclass
class Package:
    """The parts of a document that hold text, parsed when asked for, and the ids of the styles of stage marks."""

    members: Mapping[str, bytes]
    main: str = ""
    targets: dict[str, str] = field(default_factory=dict)
    marks: frozenset[str] = frozenset()

    def parse(self, name: str) -> Element:
        if name not in self.members:
            raise UnreadableDocx(f"not a whole Word document: {name} is missing")
        try:
            return parsed(_transitional(self.members[name]))
        except DeclaresType as error:
            raise UnreadableDocx(f"{name} {error}, which no Word document does") from error
        except ValueError as error:
            raise UnreadableDocx(f"{name} is not XML: {error}") from error


# What "Strict Open XML" calls the same things: each namespace, and what all others call it.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/", b"http://schemas.openxmlformats.org/wordprocessingml/2006/"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)


def _transitional(data: bytes) -> bytes:
    """A member of a Strict document as a document of the usual kind has it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = re.sub(r'(<\?xml[^>]*?) encoding="[^"]*"', r"\1", data.decode("utf-16"), count=1).encode()
    if b"http://purl.oclc.org/ooxml/" in data:
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
    return data


def read(data: bytes) -> Reading:
    """The words of the first page's header and of the text; the furniture of the first page and of further ones.

    Raises UnreadableDocx.
    """
    try:
        return _read(open_package(read_members(data)))
    except NotAnArchive as error:
        raise UnreadableDocx(str(error)) from error
    except RecursionError as error:
        raise UnreadableDocx("its elements are nested too deeply") from error


def _read(package: Package) -> Reading:
    document = package.parse(package.main)
    body = document.find(f"{W}body")
    if body is None:
        raise UnreadableDocx("not a Word document: it has no body")
    first, further = page_kinds(document)
    head = _stories(package, first, "header")
    foot = _stories(package, first, "footer")
    words = (*(text for text, mark in head if not mark), *(text for text, _ in _blocks(body, package.marks)))
    repeated = (*_stories(package, further, "header"), *_stories(package, further, "footer"))
    first_furniture = (*(text for text, mark in head if mark), *(text for text, _ in foot))
    return Reading(words, (first_furniture, tuple(text for text, _ in repeated)))


def open_package(members: Mapping[str, bytes]) -> Package:
    """The document made of these members of a zip file. Raises UnreadableDocx."""
    package = Package(members)
    package.main = next(iter(targets(package, "", "officeDocument").values()), "")
    if not package.main:
        raise UnreadableDocx("not an Office document: it names no main part")
    for kind in ("header", "footer"):
        package.targets.update(targets(package, package.main, kind))
    styles = next(iter(targets(package, package.main, "styles").values()), "")
    if styles in members:
        package.marks = frozenset(_style_ids(package.parse(styles), _STAGE_MARK))
    return package


def targets(package: Package, source: str, kind: str) -> dict[str, str]:
    """Relationship id to member name, of the relationships of one kind."""
    listed = package.parse(list_of(source)) if list_of(source) in package.members else ()
    return {key: one.target for key, one in relations(source, listed) if one.kind == kind}


def _style_ids(styles: Element, wanted: str) -> Iterator[str]:
    for style in styles.iter(f"{W}style"):
        name = style.find(f"{W}name")
        if name is not None and name.get(f"{W}val", "").lower() == wanted:
            yield style.get(f"{W}styleId", "")


_Kind = dict[str, str]


def page_kinds(document: Element) -> tuple[_Kind, list[_Kind]]:
    """The headers and footers (relationship ids by tag) of the first page, and of the further pages of each section."""
    sections = list(document.iter(f"{W}sectPr"))
    further = [_references(section, "default") for section in sections]
    if not sections:
        return {}, []
    special = sections[0].find(f"{W}titlePg")
    if special is None or special.get(f"{W}val") in ("0", "false", "off"):
        return further[0], further
    return _references(sections[0], "first"), further


def _references(section: Element, kind: str) -> _Kind:
    return {
        reference.tag.removeprefix(W).removesuffix("Reference"): reference.get(f"{R}id", "")
        for tag in ("header", "footer")
        for reference in section.findall(f"{W}{tag}Reference")
        if reference.get(f"{W}type", "default") == kind
    }


def _stories(package: Package, kinds: _Kind | list[_Kind], place: str) -> list[tuple[str, bool]]:
    """The blocks of the headers or footers of some kinds of page, each story once."""
    ids = [kind[place] for kind in ([kinds] if isinstance(kinds, dict) else kinds) if place in kind]
    stories = (package.targets[key] for key in dict.fromkeys(ids) if key in package.targets)
    return [block for story in stories for block in _blocks(package.parse(story), package.marks)]


def _blocks(container: Element, marks: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """Each block's text and whether it is a stage mark; a paragraph whose end was deleted runs on into the next."""
    carried = ""
    for paragraph, cell in _paragraphs(container):
        text = carried + ("" if paragraph is None else _text(paragraph))
        if paragraph is not None and paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            carried = text
            continue
        carried = ""
        if text.strip() or cell:
            yield text, paragraph is not None and style_of(paragraph) in marks
        if paragraph is not None:
            for box in boxes(paragraph):
                yield from _blocks(box, marks)
    if carried.strip():
        yield carried, False


def _paragraphs(container: Element) -> Iterator[tuple[Element | None, bool]]:
    """The paragraphs in reading order, tables row by row. An empty cell is one block: (None, True)."""
    for child in container:
        if child.tag == f"{W}p":
            yield child, False
        elif child.tag == f"{W}tc":
            filled = [found for found in _paragraphs(child) if found[0] is not None and _says_something(found[0])]
            yield from filled or [(None, True)]
        elif child.tag == f"{W}tr" and child.find(f"{W}trPr/{W}del") is not None:
            continue
        elif child.tag not in SKIPPED:
            yield from _paragraphs(child)


def _says_something(paragraph: Element) -> bool:
    return bool(_text(paragraph).strip()) or next(boxes(paragraph), None) is not None


def _text(element: Element) -> str:
    return "".join(_pieces(element))


def _pieces(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in MARKUP:
            yield MARKUP[child.tag]
        elif child.tag not in SKIPPED:
            yield from _pieces(child)


def boxes(element: Element) -> Iterator[Element]:
    """The text boxes anchored in a paragraph."""
    for child in element:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag not in SKIPPED:
            yield from boxes(child)


def style_of(paragraph: Element) -> str | None:
    """The id of a paragraph's style."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return None if style is None else style.get(f"{W}val")
