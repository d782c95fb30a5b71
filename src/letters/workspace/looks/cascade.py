"""Which words of a page nobody could read, by what its style sheets come to: in windows wide and narrow, and printed.

Only properties that a letterhead may set are followed, and of them those that words need several of to be read: the
colour of a text and of what is behind it, the size of its type and of its lines, and the room that is left for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import cssselect2

from letters.letter.colours import BLACK, WHITE, Colour, can_be_read
from letters.workspace.looks.longhands import Declared, matcher_of, said_of
from letters.workspace.looks.values import colour_of, pixels

#: Pixels of CSS that type must have (6 pt), and the most.
_SMALLEST, _LARGEST = 8.0, 192.0
#: How close lines may stand, in sizes of their type.
_CLOSEST = 0.95
#: Pixels that must be left for words between all margins.
_LEAST_ROOM = 64.0
_NORMAL_LINE = 1.2
_VOID = frozenset({"meta", "img", "br", "col", "hr", "link"})
#: Letters of the words that are told.
_SHOWN = 60
_SIDES = ("left", "right")


@dataclass(frozen=True)
class Medium:
    """How a page is looked at: on a screen or printed, and how wide it is in pixels."""

    kind: str
    width: float
    said: str


MEDIA = (
    Medium("screen", 390, "in a narrow window"),
    Medium("screen", 1280, "in a window"),
    Medium("print", 642, "when printed from a browser"),
)


@dataclass(frozen=True)
class Unreadable:
    """Words that cannot be read: why, how the page is then looked at, which words, and of how many more that is so.

    `line`, `column`: the declaration of the letterhead that does it, 0 if it is none of the letterhead's.
    """

    why: str
    medium: str
    words: str
    more: int = 0
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        others = f" and {self.more} more" if self.more else ""
        return f"these words {self.why} {self.medium}: {self.words!r}{others}"


@dataclass(frozen=True)
class _Set:
    """How the words in an element are set; the nodes name the declarations of the letterhead that did it."""

    colour: Colour = BLACK
    ground: Colour = WHITE
    size: float = 16.0
    line: float | None = None  # in sizes of the type; None if `line_height` is in pixels
    line_height: float = 0.0
    room: float = 0.0
    by_colour: Any = None
    by_ground: Any = None
    by_size: Any = None
    by_line: Any = None
    by_room: Any = None

    @property
    def pitch(self) -> float:
        """From one line to the next, in pixels."""
        return self.line_height if self.line is None else self.line * self.size


def unreadable(page: str) -> list[Unreadable]:
    """What of a page cannot be read; its last style sheet is the letterhead's."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    tree, sheets = reader.root, tuple(reader.sheets)
    if tree is None or (_outline(tree), sheets) in _SOUND:
        return []
    found = [fault for medium in MEDIA for fault in _in_medium(tree, sheets, medium)]
    if not found:
        _remember((_outline(tree), sheets))
    return _together(found)


def tree_of(page: str) -> ElementTree.Element:
    """A page of HTML as a tree. Raises ValueError where there is no element in it."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    if reader.root is None:
        raise ValueError("no page")
    return reader.root


def _together(found: Sequence[Unreadable]) -> list[Unreadable]:
    """Faults of one cause as one, told of the first words and the first medium."""
    by_cause: dict[tuple[str, int, int], list[Unreadable]] = {}
    for fault in found:
        by_cause.setdefault((fault.why, fault.line, fault.column), []).append(fault)
    groups = ([fault for fault in group if fault.medium == group[0].medium] for group in by_cause.values())
    return [replace(group[0], more=len(group) - 1) for group in groups]


#: Outlines of pages, with their style sheets, that were found sound: letters of one type share a few.
_SOUND: dict[tuple[str, tuple[str, ...]], None] = {}


def _remember(key: tuple[str, tuple[str, ...]]) -> None:
    if len(_SOUND) >= 256:
        _SOUND.clear()
    _SOUND[key] = None


def _outline(tree: ElementTree.Element) -> str:
    """Elements and classes of a page and where it has words, without the words."""
    inside = "".join(_outline(child) + ("t" if (child.tail or "").strip() else "") for child in tree)
    return (
        f"<{tree.tag} {tree.get('class', '')} {tree.get('lang', '')}{'t' if (tree.text or '').strip() else ''}{inside}>"
    )


class _Reader(HTMLParser):
    """Makes a tree of a page, and keeps its style sheets."""

    def __init__(self) -> None:
        super().__init__()
        self.root: ElementTree.Element | None = None
        self.sheets: list[str] = []
        self._open: list[ElementTree.Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = ElementTree.Element(tag, {name: value or "" for name, value in attrs})
        if self._open:
            self._open[-1].append(made)
        else:
            self.root = made
        if tag not in _VOID:
            self._open.append(made)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._open:
            return
        top = self._open[-1]
        if top.tag == "style":
            self.sheets.append(data.removeprefix("\n"))
        elif len(top):
            top[-1].tail = (top[-1].tail or "") + data
        else:
            top.text = (top.text or "") + data


@lru_cache(maxsize=32)
def _matcher(sheets: tuple[str, ...], medium: Medium) -> Any:
    return matcher_of(sheets, medium.kind, medium.width)


def _in_medium(tree: ElementTree.Element, sheets: tuple[str, ...], medium: Medium) -> Iterator[Unreadable]:
    matcher = _matcher(sheets, medium)
    settings: dict[Any, _Set] = {}
    root = 16.0
    for element in cssselect2.ElementWrapper.from_html_root(tree).iter_subtree():
        above = settings.get(element.parent, _Set(line=_NORMAL_LINE, room=medium.width))
        here = _applied(said_of(matcher, element), above, root)
        root = here.size if element.parent is None else root
        settings[element] = here
        yield from _faults(_words(element.etree_element), here, medium)
        # What stands behind a child is set in its parent.
        tails = " ".join((child.tail or "").strip() for child in element.etree_element).strip()
        yield from _faults(tails, here, medium)


def _words(element: ElementTree.Element) -> str:
    return "" if element.tag in ("title", "style") else (element.text or "").strip()


def _applied(said: Sequence[Declared], above: _Set, root: float) -> _Set:
    here = above
    for one in said:
        if one.name == "font-size" and one.tokens and (size := pixels(one.tokens[0], above.size, root)) is not None:
            here = replace(here, size=size, by_size=one.node)
    for one in said:
        if one.name == "color" and one.tokens:
            colour = colour_of(one.tokens[0])
            here = replace(here, colour=colour, by_colour=one.node) if colour else here
        elif one.name == "background-color" and one.tokens:
            ground = colour_of(one.tokens[0])
            here = replace(here, ground=ground, by_ground=one.node) if ground else _see_through(here, above)
        elif one.name == "line-height":
            here = _with_line(here, one, root)
    return _with_room(here, {one.name: one for one in said}, above, root)


def _see_through(here: _Set, above: _Set) -> _Set:
    return replace(here, ground=above.ground, by_ground=above.by_ground)


def _with_line(here: _Set, one: Declared, root: float) -> _Set:
    token = one.tokens[0] if one.tokens else None
    if token is None or token.type == "ident":
        return replace(here, line=_NORMAL_LINE, by_line=one.node)
    if token.type == "number":
        return replace(here, line=float(token.value), by_line=one.node)
    height = pixels(token, here.size, root)
    return replace(here, line=None, line_height=height, by_line=one.node) if height is not None else here


def _with_room(here: _Set, said: dict[str, Declared], above: _Set, root: float) -> _Set:
    """What is left of the room above, between margins and paddings, or of the width that is set."""
    room, by = above.room, above.by_room
    for name in ("width", "max-width"):
        if (width := _length(said.get(name), here.size, root, above.room)) is not None and width < room:
            room, by = width, said[name].node or by
    for name in (f"{kind}-{side}" for kind in ("margin", "padding") for side in _SIDES):
        if (taken := _length(said.get(name), here.size, root, above.room)) is not None:
            room, by = room - taken, (said[name].node if taken else None) or by
    return replace(here, room=room, by_room=by)


def _length(one: Declared | None, em: float, root: float, whole: float) -> float | None:
    if one is None or not one.tokens:
        return None
    token = one.tokens[0]
    return float(token.value) / 100 * whole if token.type == "percentage" else pixels(token, em, root)


def _faults(words: str, here: _Set, medium: Medium) -> Iterator[Unreadable]:
    if not words:
        return
    text = " ".join(words.split())
    short = text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…"
    for why, node in _reasons(here):
        yield Unreadable(why, medium.said, short, 0, *((node.source_line, node.source_column) if node else ()))


def _reasons(here: _Set) -> Iterator[tuple[str, Any]]:
    """Why words that are set so cannot be read, each with the declaration that is to blame."""
    if not can_be_read(here.colour, 1.0, here.ground):
        yield f"are {_hex(here.colour)} on {_hex(here.ground)}, too little contrast to be read", _later(here)
    if not _SMALLEST - 0.01 <= here.size <= _LARGEST:
        yield f"have type of {here.size * 0.75:.1f} pt", here.by_size
    elif here.pitch < _CLOSEST * here.size:
        yield "have lines that stand in one another", here.by_line or here.by_size
    if here.room < _LEAST_ROOM and here.by_room is not None:
        yield "have no room between margins", here.by_room


def _later(here: _Set) -> Any:
    """Of the colour and the ground, the one that is declared further down."""
    both = [node for node in (here.by_colour, here.by_ground) if node]
    return max(both, key=lambda node: (node.source_line, node.source_column), default=None)


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{round(part):02x}" for part in colour)
