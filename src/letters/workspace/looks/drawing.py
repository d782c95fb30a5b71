"""An SVG file, held against what a drawing in a letter may be: shapes and letters, nothing that acts or reaches out."""

from __future__ import annotations

import re

from letters.machine.xml import tell

_SVG = "http://www.w3.org/2000/svg"
_LINK = "http://www.w3.org/1999/xlink"
#: What is drawn, and what says something of the drawing.
_ELEMENTS = frozenset(
    "svg g defs symbol use path rect circle ellipse line polyline polygon clipPath linearGradient radialGradient stop"
    " text tspan title desc metadata style".split()
)
#: Where programs for drawing keep what they need; nothing there is drawn.
_EDITORS = re.compile(r"inkscape\.org|sourceforge\.net|creativecommons\.org|purl\.org|1999/02/22-rdf|ns\.adobe\.com")
#: Bytes, elements, how deep they stand in one another, and how many copies `use` may come to.
_LARGEST, _MOST, _DEEPEST, _MOST_COPIES = 2_000_000, 20_000, 40, 20_000
_ELSEWHERE = re.compile(r"url\(\s*['\"]?\s*(?!#|['\"]?\s*#)|@|expression\(|\\", re.IGNORECASE)


class _Refused(Exception):
    pass


def drawing_fault(data: bytes) -> str:
    """Why an SVG file is not taken into a letter; empty if nothing is wrong. Raises ValueError if it is damaged."""
    if len(data) > _LARGEST:
        return f"has {len(data) / 1e6:.1f} MB, and {_LARGEST / 1e6:.0f} MB is the most for a drawing"
    reading = _Reading()
    try:
        tell(data, reading)
        reading.copies()
    except _Refused as refused:
        return str(refused)
    return ""


class _Reading:
    """What of a drawing was read so far."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._count = 0
        #: The elements with a name that are open; of each its size, and the names that it copies.
        self._named: list[str] = []
        self._sizes: dict[str, int] = {}
        self._copied: dict[str, list[str]] = {"": []}

    def entity(self, name: str, *_: object) -> None:
        """A text that stands for another, by which a short file can grow without end."""
        raise _Refused(f"declares {name[:40]!r} as a short form of another text")

    def instruction(self, target: str, said: str) -> None:
        """What is said to programs; a style sheet elsewhere is."""
        if target.lower() == "xml-stylesheet":
            raise _Refused(f"refers to something outside: {said[:60]!r}")

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        space, _, name = tag.rpartition(" ")
        if not self._open and (space, name) != (_SVG, "svg"):
            raise ValueError("no drawing")
        self._open.append(name)
        self._count += 1
        if self._count > _MOST or len(self._open) > _DEEPEST:
            raise _Refused(f"has more than {_MOST:,} elements, or some more than {_DEEPEST} deep in others")
        if space != _SVG:
            if not _EDITORS.search(space) and "metadata" not in self._open:
                raise _Refused(f"has an element {name[:40]!r}, which is none of a drawing")
        elif name not in _ELEMENTS:
            raise _Refused(f"has an element {name[:40]!r}, which is not allowed in a letter")
        identity = attributes.get("id", "") if space == _SVG else ""
        self._named.append(identity)
        for named in {*self._named, ""}:
            self._sizes[named] = self._sizes.get(named, 0) + 1
        for key, value in attributes.items():
            self._attribute(name, key, value)

    def _attribute(self, element: str, key: str, value: str) -> None:
        space, _, name = key.rpartition(" ")
        if space and space != _LINK:
            return
        if name.lower().startswith("on"):
            raise _Refused(f"runs a script ({name[:40]})")
        if name == "href":
            if not value.strip().startswith("#"):
                raise _Refused(f"refers to something outside: {value[:60]!r}")
            for named in {*self._named, ""} if element == "use" else ():
                self._copied.setdefault(named, []).append(value.strip()[1:])
        elif name not in ("d", "points") and _ELSEWHERE.search(value):
            raise _Refused(f"refers to something outside: {value[:60]!r}")

    def end(self, _: str) -> None:
        """An element ends."""
        self._open.pop()
        self._named.pop()

    def text(self, said: str) -> None:
        """Characters; those of a style sheet must not reach out."""
        if self._open and self._open[-1] == "style" and _ELSEWHERE.search(said):
            raise _Refused(f"has a style sheet that refers to something outside, or moves: {said.strip()[:60]!r}")

    def copies(self) -> None:
        """Ask how large the drawing becomes once all copies are made."""
        found: dict[str, int] = {}
        self._size("", found, ())

    def _size(self, named: str, found: dict[str, int], within: tuple[str, ...]) -> int:
        if named in within or len(within) > _DEEPEST:
            raise _Refused("has parts that copy themselves")
        if named not in found:
            copies = (self._size(copied, found, (*within, named)) for copied in self._copied.get(named, ()))
            found[named] = self._sizes.get(named, 0) + sum(copies)
            if found[named] > _MOST_COPIES:
                raise _Refused(f"has more than {_MOST_COPIES:,} elements once all copies are made")
        return found[named]
