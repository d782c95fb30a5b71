"""WordprocessingML as redlines write it: names, elements, and the marks of tracked changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import count

from lxml import etree

from letters.machine.ooxml import OFFICE, WORDML

Element = etree._Element

WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
NAMESPACES = {"w": WORDML, "r": OFFICE}
RELATION = f"{{{OFFICE}}}id"
EMBEDDED = f"{{{OFFICE}}}embed"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

#: Who is said to have made the changes.
AUTHOR = "letters"


class State(StrEnum):
    """What became of a stretch of text, of a paragraph's mark or of a row; the value is the element that says so."""

    SAME = ""
    REMOVED = "del"
    ADDED = "ins"
    MOVED_AWAY = "moveFrom"
    MOVED_HERE = "moveTo"


def w(name: str) -> str:
    """The full name of an element or attribute of WordprocessingML."""
    return f"{{{WORDML}}}{name}"


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname


def element(tag: str, /, *children: Element, **attributes: str) -> Element:
    """An element with its children, its attributes in the same namespace."""
    made = etree.Element(w(tag), {w(key): value for key, value in attributes.items()}, nsmap={"w": WORDML})
    made.extend(children)
    return made


def referring(tag: str, relation: str, **attributes: str) -> Element:
    """An element that refers to something outside its part by the id of a relation."""
    made = {w(key): value for key, value in attributes.items()}
    return etree.Element(w(tag), {**made, RELATION: relation}, nsmap=NAMESPACES)


def root_element(tag: str, *children: Element) -> Element:
    """The root of a part."""
    made = etree.Element(w(tag), nsmap=NAMESPACES)
    made.extend(children)
    return made


def written(root: Element) -> bytes:
    """A member of a package."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def canonical(element: Element | None) -> bytes:
    """The same bytes for elements that say the same; none for no element."""
    return b"" if element is None else etree.tostring(element, method="c14n", exclusive=True, with_tail=False)


def place(parent: Element, child: Element, earlier: Sequence[str]) -> None:
    """Put `child` where the schema has it: behind all children of the names `earlier`."""
    positions = [number for number, other in enumerate(parent, 1) if local(other) in earlier]
    parent.insert(max(positions, default=0), child)


@dataclass
class Changes:
    """Makes the marks of tracked changes; their ids are unique in the whole package. `day`: of the letter at hand."""

    day: date = date.min
    later: bool = False
    ids: Iterator[int] = field(default_factory=lambda: count(1))
    moves: Iterator[int] = field(default_factory=lambda: count(1))

    def mark(self, name: str, *children: Element) -> Element:
        """A change: `name` is its element, `children` what it is about."""
        time = f"{self.day.isoformat()}T00:{'02' if self.later else '00'}:00Z"
        return element(name, *children, id=str(next(self.ids)), author=AUTHOR, date=time)

    def part_from_last(self) -> None:
        """Keep the changes to come apart from the last one: LibreOffice makes one of two insertions that only the end
        of a paragraph parts, that end included, unless they are more than a minute apart."""
        self.later = not self.later

    def of_properties(self, new: Element, old: Element | None) -> None:
        """Note in `new`, the properties of a run, a paragraph or a table, what they were before."""
        name = local(new)
        was = element(name) if old is None else deepcopy(old)
        for inner in was.findall(w("rPr")) if name == "pPr" else ():
            was.remove(inner)
        new.append(self.mark(f"{name}Change", was))
