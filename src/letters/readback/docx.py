"""The words of a Word document, by us or by others, with its tracked changes accepted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath
from xml.etree import ElementTree

from letters.members import NotAnArchive, read_members
from letters.readback import Reading

Element = ElementTree.Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STAGE_MARK = "stage mark"

_MARKUP = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}ptab": "\t", f"{_W}noBreakHyphen": "\u2011"}
# Text that is no longer there, that another story tells, or that stands twice for older programs.
_SKIPPED = {
    *(f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "txbxContent")),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}


class UnreadableDocx(ValueError):
    """The bytes are not a Word document that can be read."""


@dataclass
class _Package:
    """The parts of a document that hold text, parsed when asked for, and the ids of the styles of stage marks."""

    members: Mapping[str, bytes]
    main: str = ""
    targets: dict[str, str] = field(default_factory=dict)
    marks: frozenset[str] = frozenset()

    def parse(self, name: str) -> Element:
        if name not in self.members:
            raise UnreadableDocx(f"not a whole Word document: {name} is missing")
        try:
            return ElementTree.fromstring(self.members[name])
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise UnreadableDocx(f"{name} is not XML: {error}") from error


def read(data: bytes) -> Reading:
    """The words of the first page's header and of the text; the furniture of the first page and of further ones.

    Raises UnreadableDocx.
    """
    try:
        return _read(_open(read_members(data)))
    except NotAnArchive as error:
        raise UnreadableDocx(str(error)) from error
    except RecursionError as error:
        raise UnreadableDocx("its elements are nested too deeply") from error


def _read(package: _Package) -> Reading:
    document = package.parse(package.main)
    body = document.find(f"{_W}body")
    if body is None:
        raise UnreadableDocx("not a Word document: it has no body")
    first, further = _page_kinds(document)
    head = _stories(package, first, "header")
    foot = _stories(package, first, "footer")
    words = (*(text for text, mark in head if not mark), *(text for text, _ in _blocks(body, package.marks)))
    repeated = (*_stories(package, further, "header"), *_stories(package, further, "footer"))
    first_furniture = (*(text for text, mark in head if mark), *(text for text, _ in foot))
    return Reading(words, (first_furniture, tuple(text for text, _ in repeated)))


def _open(members: Mapping[str, bytes]) -> _Package:
    package = _Package(members)
    package.main = next(iter(_targets(package, "", "officeDocument").values()), "")
    if not package.main:
        raise UnreadableDocx("not an Office document: it names no main part")
    for kind in ("header", "footer"):
        package.targets.update(_targets(package, package.main, kind))
    styles = next(iter(_targets(package, package.main, "styles").values()), "")
    if styles in members:
        package.marks = frozenset(_style_ids(package.parse(styles), _STAGE_MARK))
    return package


def _targets(package: _Package, source: str, kind: str) -> dict[str, str]:
    """Relationship id to member name, of the relationships of one kind."""
    folder = dirname(source)
    relations = join(folder, "_rels", f"{source.rpartition('/')[2]}.rels")
    if relations not in package.members:
        return {}
    return {
        relation.get("Id", ""): normpath(join("/", folder, relation.get("Target", ""))).lstrip("/")
        for relation in package.parse(relations)
        if relation.get("Type", "").rpartition("/")[2] == kind
    }


def _style_ids(styles: Element, wanted: str) -> Iterator[str]:
    for style in styles.iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        if name is not None and name.get(f"{_W}val", "").lower() == wanted:
            yield style.get(f"{_W}styleId", "")


_Kind = dict[str, str]


def _page_kinds(document: Element) -> tuple[_Kind, list[_Kind]]:
    """The headers and footers (relationship ids by tag) of the first page, and of the further pages of each section."""
    sections = list(document.iter(f"{_W}sectPr"))
    further = [_references(section, "default") for section in sections]
    if not sections:
        return {}, []
    special = sections[0].find(f"{_W}titlePg")
    if special is None or special.get(f"{_W}val") in ("0", "false", "off"):
        return further[0], further
    return _references(sections[0], "first"), further


def _references(section: Element, kind: str) -> _Kind:
    return {
        reference.tag.removeprefix(_W).removesuffix("Reference"): reference.get(f"{_R}id", "")
        for tag in ("header", "footer")
        for reference in section.findall(f"{_W}{tag}Reference")
        if reference.get(f"{_W}type", "default") == kind
    }


def _stories(package: _Package, kinds: _Kind | list[_Kind], place: str) -> list[tuple[str, bool]]:
    """The blocks of the headers or footers of some kinds of page, each story once."""
    ids = [kind[place] for kind in ([kinds] if isinstance(kinds, dict) else kinds) if place in kind]
    stories = (package.targets[key] for key in dict.fromkeys(ids) if key in package.targets)
    return [block for story in stories for block in _blocks(package.parse(story), package.marks)]


def _blocks(container: Element, marks: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """Each block's text and whether it is a stage mark; a paragraph whose end was deleted runs on into the next."""
    carried = ""
    for paragraph, cell in _paragraphs(container):
        text = carried + ("" if paragraph is None else _text(paragraph))
        if paragraph is not None and paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None:
            carried = text
            continue
        carried = ""
        if text.strip() or cell:
            yield text, paragraph is not None and _style(paragraph) in marks
        if paragraph is not None:
            for box in _boxes(paragraph):
                yield from _blocks(box, marks)
    if carried.strip():
        yield carried, False


def _paragraphs(container: Element) -> Iterator[tuple[Element | None, bool]]:
    """The paragraphs in reading order, tables row by row. An empty cell is one block: (None, True)."""
    for child in container:
        if child.tag == f"{_W}p":
            yield child, False
        elif child.tag == f"{_W}tc":
            filled = [found for found in _paragraphs(child) if found[0] is not None and _says_something(found[0])]
            yield from filled or [(None, True)]
        elif child.tag == f"{_W}tr" and child.find(f"{_W}trPr/{_W}del") is not None:
            continue
        elif child.tag not in _SKIPPED:
            yield from _paragraphs(child)


def _says_something(paragraph: Element) -> bool:
    return bool(_text(paragraph).strip()) or next(_boxes(paragraph), None) is not None


def _text(element: Element) -> str:
    return "".join(_pieces(element))


def _pieces(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _MARKUP:
            yield _MARKUP[child.tag]
        elif child.tag not in _SKIPPED:
            yield from _pieces(child)


def _boxes(element: Element) -> Iterator[Element]:
    """The text boxes anchored in a paragraph."""
    for child in element:
        if child.tag == f"{_W}txbxContent":
            yield child
        elif child.tag not in _SKIPPED:
            yield from _boxes(child)


def _style(paragraph: Element) -> str | None:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return None if style is None else style.get(f"{_W}val")
