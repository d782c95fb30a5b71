"""The words of a PDF: blocks from its tag tree, their text from the page itself, and the rest as furniture."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from letters.readback import Reading
from letters.readback.drawn import Drawn, drawn_on
from letters.readback.paper import unseen
from letters.readback.pdfium.document import Document, opened
from letters.readback.pdfium.page import Page
from letters.readback.pdfium.structure import Element, Tree
from letters.readback.pdfium.text import PageText

#: The tags that hold the text of one block; the label of a list item is none of the words.
_BLOCKS = frozenset({"P", "H1", "H2", "H3", "H4", "H5", "H6", "TH", "TD"})
LABEL = "Lbl"

#: Text objects whose baselines differ by more points than this stand on different lines.
SAME_LINE = 1.0

T = TypeVar("T")

#: The numbers of the marked content that makes one block or one label, in reading order.
Content = tuple[int, ...]
#: Which child of which child of the tree something is; in reading order when sorted.
Path = tuple[int, ...]


@dataclass(frozen=True)
class Tagged:
    """What one page holds of a block or a label. `path`: where it is in the tree, the same on each of its pages."""

    tag: str
    path: Path
    content: Content


@dataclass(frozen=True)
class _Said:
    """What a page says: of each block, and beside them."""

    blocks: tuple[tuple[Path, str], ...]
    furniture: tuple[str, ...]
    unseen: tuple[str, ...]


def read(data: bytes) -> Reading:
    """What the PDF says; raises ValueError if `data` is no PDF that can be read."""
    with opened(data) as document:
        pages = [_read_page(document, number) for number in range(len(document))]
    words = joined([page.blocks for page in pages], lambda above, below: f"{above}\n{below}")
    furniture = tuple(page.furniture for page in pages)
    return Reading(tuple(words), furniture, len(pages), tuple(fault for page in pages for fault in page.unseen))


def joined(pages: Sequence[Sequence[tuple[Path, T]]], join: Callable[[T, T], T]) -> list[T]:
    """The blocks of all pages in reading order, each once; of each page are given the paths of its blocks and they.

    A cell may begin on a later page than the next one of its row.
    """
    found: dict[Path, T] = {}
    for path, block in (pair for page in pages for pair in page):
        found[path] = join(found[path], block) if path in found else block
    return [found[path] for path in sorted(found)]


def _read_page(document: Document, number: int) -> _Said:
    with opened_page(document, number) as (page, text, tree):
        drawn = list(drawn_on(page, text))
        pieces = _pieces(drawn)
        found = list(tagged(tree, pieces))
        seen = {mcid for block in found for mcid in block.content}
        faults = tuple(unseen(page, number + 1, drawn, seen))
    blocks = tuple((block.path, _join(block.content, pieces)) for block in found if block.tag != LABEL)
    furniture = tuple(piece.text or "" for mcid, said in pieces.items() if mcid not in seen for piece in said)
    return _Said(blocks, furniture, faults)


@contextmanager
def opened_page(document: Document, number: int) -> Iterator[tuple[Page, PageText, Tree]]:
    """A page of an opened PDF, its text and its tag tree; raises ValueError if it has no text or no tags."""
    with document.page(number) as page, page.text() as text, page.tags() as tree:
        if tree is None:
            raise ValueError("not a PDF that can be read: a page has no text or no tags")
        yield page, text, tree


def _pieces(drawn: Sequence[Drawn]) -> Mapping[int, list[Drawn]]:
    """The pieces of text of a page by the number of their marked content, which is -1 where it has none."""
    found: defaultdict[int, list[Drawn]] = defaultdict(list)
    for item in drawn:
        if item.text is not None:
            found[item.mcid].append(item)
    return found


def tagged(tree: Tree, pieces: Container[int]) -> Iterator[Tagged]:
    """The blocks and labels of a page, in reading order."""
    for index, element in tree.children():
        yield from _sort(element, pieces, (index,))


def _sort(element: Element, pieces: Container[int], path: Path) -> Iterator[Tagged]:
    tag = element.tag
    if tag == LABEL or tag in _BLOCKS:
        yield Tagged(tag, path, tuple(element.content()))
        return
    for index, child in element.children():
        if not isinstance(child, int):
            yield from _sort(child, pieces, (*path, index))
        elif child in pieces:  # and not a picture: text that no block holds is one of its own
            yield Tagged(tag, (*path, index), (child,))


def _join(content: Content, pieces: Mapping[int, list[Drawn]]) -> str:
    """The text of a block; a line end stands as a line feed."""
    said = ""
    before: float | None = None
    for piece in (piece for mcid in content for piece in pieces.get(mcid, ())):
        new_line = before is not None and abs(piece.baseline - before) > SAME_LINE
        said += ("\n" if new_line else "") + (piece.text or "")
        before = piece.baseline
    return said
