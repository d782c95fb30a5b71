"""The tag tree of a PDF, made from the elements of the letter: what is one thing there is one tag, on however many
pages it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pydyf

from letters.render.weasyprint_inside import Box, Page

#: The tag of each HTML element that has one; what stands in any other belongs to the element around it.
_TAGS = {
    **{name: name.upper() for name in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "th", "td")},
    **{
        "main": "Part",
        "section": "Sect",
        "div": "Div",
        "blockquote": "BlockQuote",
        "ul": "L",
        "ol": "L",
        "li": "LI",
        "a": "Link",
    },
    **{"table": "Table", "thead": "THead", "tbody": "TBody", "img": "Figure"},
}
_ATTRIBUTES = {
    "ul": {"O": "/List", "ListNumbering": "/Disc"},
    "ol": {"O": "/List", "ListNumbering": "/Decimal"},
    "th": {"O": "/Table", "Scope": "/Column"},
}
_POINTS = 0.75  # in a pixel of CSS


@dataclass
class _Marked:
    page: int
    mcid: int


@dataclass
class _Annotation:
    page: int
    entry: Any


@dataclass
class _Node:
    """One tag: what is in it, and once it is written the object that it is."""

    tag: str
    element: Any = None
    kids: list[_Node | _Marked | _Annotation] = field(default_factory=list)
    box: Box | None = None
    pages: set[int] = field(default_factory=set)
    entry: Any = None


class Tree:
    """The tags of a letter while its pages are gone through."""

    def __init__(self, root: Any, pages: Sequence[Page]) -> None:
        self.document = _Node("Document")
        self._nodes: dict[Any, _Node] = {}
        self._labels: dict[Any, _Node] = {}
        self._around = {child: parent for parent in root.iter() for child in parent}
        for number, page in enumerate(pages):
            for box in page.box:
                if not box.margin:  # whose content is no part of the letter
                    self._add(box, number)

    def _add(self, box: Box, page: int) -> None:
        if box.element is None or (box.is_head_of_table and self._stands_before(box, page)):
            return
        node = self._node_of(box)
        if box.annotation:
            node.kids.append(_Annotation(page, box.annotation))
        if (mcid := box.mcid) is not None:
            node.box = box
            node.kids.append(_Marked(page, mcid))
            node.pages.add(page)
        for child in box:
            self._add(child, page)

    def _stands_before(self, head: Box, page: int) -> bool:
        """Whether the head of a table was met on an earlier page, and is repeated for the eye."""
        node = self._nodes.get(head.element)
        return node is not None and any(before < page for before in _pages(node))

    def _node_of(self, box: Box) -> _Node:
        if box.name.endswith("::marker"):
            return self._label_of(box.element)
        return self._inner(box.element)

    def _inner(self, element: Any) -> _Node:
        """The tag that holds what stands in an element; it is made when first asked for."""
        if element not in self._nodes:
            self._nodes[element] = self._made(element)
            if element.tag == "tr":  # of a row that goes on on the next page, some cells may begin only there
                for cell in element:
                    self._inner(cell)
        return self._nodes[element]

    def _made(self, element: Any) -> _Node:
        parent = self._inner(self._around[element]) if element in self._around else self.document
        tag = _TAGS.get(element.tag) or ("Span" if _language(element) else None)
        if tag is None or element.tag in ("html", "body"):
            return parent
        node = _child(parent, tag, element)
        return _child(node, "LBody") if tag == "LI" else node

    def _label_of(self, element: Any) -> _Node:
        if element not in self._labels:
            self._inner(element)
            parent = self._inner(self._around[element])
            item = next(kid for kid in parent.kids if isinstance(kid, _Node) and kid.element is element)
            self._labels[element] = _Node("Lbl")
            item.kids.insert(0, self._labels[element])
        return self._labels[element]


def _child(parent: _Node, tag: str, element: Any = None) -> _Node:
    node = _Node(tag, element)
    parent.kids.append(node)
    return node


def _pages(node: _Node) -> Iterator[int]:
    yield from node.pages
    for kid in node.kids:
        if isinstance(kid, _Node):
            yield from _pages(kid)


def _language(element: Any) -> str | None:
    return element.get("lang") if element.tag not in ("html", "body") else None


class Writer:
    """Writes a tree into a PDF in place of the one that WeasyPrint made."""

    def __init__(self, pdf: pydyf.PDF, pages: Sequence[Page]) -> None:
        self._pdf = pdf
        self._pages = pages
        self._references: Sequence[bytes] = pdf.page_references
        self._spare = [item for item in pdf.objects if _is_tag(item)]
        for item in self._spare:
            item.clear()
        self._spare.reverse()
        self._owners: list[list[bytes | str]] = [["null"] * page.marks for page in pages]
        self._annotated: list[bytes] = []
        #: The annotations that belong to a tag; those of what is repeated for the eye do not.
        self.annotations: set[bytes] = set()
        self._named: list[tuple[str, bytes]] = []

    def write(self, tree: Tree) -> list[set[int]]:
        """Write the tags; what comes back is, for each page, the marked content that none of them holds."""
        root = object_of(self._pdf, self._pdf.catalog["StructTreeRoot"])
        document = self._written(tree.document, root.reference)
        root["K"] = pydyf.Array([document.reference])
        nums = [entry for number, owners in enumerate(self._owners) for entry in (number, pydyf.Array(owners))]
        nums += [entry for number, owner in enumerate(self._annotated, len(self._pages)) for entry in (number, owner)]
        object_of(self._pdf, root["ParentTree"])["Nums"] = pydyf.Array(nums)
        if self._named:
            names = [entry for name, owner in self._named for entry in (pydyf.String(name), owner)]
            root["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(names)})
        return [{mcid for mcid, owner in enumerate(owners) if owner == "null"} for owners in self._owners]

    def _written(self, node: _Node, parent: bytes) -> Any:
        page = next((kid.page for kid in node.kids if not isinstance(kid, _Node)), 0)
        entry = self._new({"Type": "/StructElem", "S": f"/{node.tag}", "P": parent})
        entry["Pg"] = self._page(page)
        entry["K"] = pydyf.Array([self._kid(kid, page, entry) for kid in node.kids if not _is_idle(kid)])
        entry.update(self._told(node, page))
        if len(node.pages) > 1:
            name = f"block-{len(self._named) + 1:06}"
            entry["ID"] = pydyf.String(name)
            self._named.append((name, entry.reference))
        return entry

    def _kid(self, kid: _Node | _Marked | _Annotation, page: int, owner: Any) -> Any:
        match kid:
            case _Node():
                return self._written(kid, owner.reference).reference
            case _Marked():
                self._owners[kid.page][kid.mcid] = owner.reference
                if kid.page == page:
                    return kid.mcid
                return pydyf.Dictionary({"Type": "/MCR", "Pg": self._page(kid.page), "MCID": kid.mcid})
            case _Annotation():
                kid.entry["StructParent"] = len(self._pages) + len(self._annotated)
                self._annotated.append(owner.reference)
                self.annotations.add(kid.entry.reference)
                return pydyf.Dictionary({"Type": "/OBJR", "Pg": self._page(kid.page), "Obj": kid.entry.reference})

    def _told(self, node: _Node, page: int) -> dict[str, Any]:
        """What a tag says of its element."""
        if node.element is None:
            return {}
        said: dict[str, Any] = {}
        if attributes := _ATTRIBUTES.get(node.element.tag):
            said["A"] = pydyf.Dictionary(attributes)
        if language := _language(node.element):
            said["Lang"] = pydyf.String(language)
        if node.tag == "Figure":
            said["Alt"] = pydyf.String(node.element.get("alt"))
            said["A"] = pydyf.Dictionary({"O": "/Layout", "BBox": _bounds(self._pages[page], node.box)})
        return said

    def _new(self, entries: dict[str, Any]) -> Any:
        if self._spare:
            entry = self._spare.pop()
            entry.update(entries)
        else:
            entry = pydyf.Dictionary(entries)
            self._pdf.add_object(entry)
        return entry

    def _page(self, number: int) -> bytes:
        return self._references[number]


def _is_idle(kid: _Node | _Marked | _Annotation) -> bool:
    """Whether a tag holds nothing and has no place to keep, as the cell of a table has."""
    return isinstance(kid, _Node) and not kid.kids and kid.tag not in ("TH", "TD")


def _is_tag(item: Any) -> bool:
    return isinstance(item, pydyf.Dictionary) and item.get("Type") in ("/StructElem", "/OBJR")


def _bounds(page: Page, picture: Box | None) -> Any:
    return area(page, picture) if picture else pydyf.Array((0, 0, 0, 0))


def area(page: Page, box: Box) -> Any:
    """Where the content of a box stands, in points from the lower left corner of its page."""
    left, top, right, bottom = box.content
    sides = (left, page.height - bottom, right, page.height - top)
    return pydyf.Array(round(side * _POINTS, 3) for side in sides)


def object_of(pdf: pydyf.PDF, reference: bytes) -> Any:
    """The object that a reference names."""
    return pdf.objects[int(reference.split()[0])]
