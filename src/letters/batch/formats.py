"""The formats of a letter: a row each, with what makes it, what reads it back, and what its bytes hang on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from letters.letter import HouseStyle, Letter
    from letters.readback import Reading

#: The JSON of the composed letter is kept like a rendition, but belongs to the tool.
COMPOSED = "json"


class Look(Enum):
    """What of a house style a format takes."""

    CSS = "its style sheet and pictures"
    WORD = "its Word styles and pictures"
    NONE = "nothing"


@dataclass(frozen=True)
class Format:
    """A format by its ending. `renderer` has `render(letter, style)`, `reader` has `read(data)`; both are imported when
    first used, for WeasyPrint alone takes longer than all the rest of a small build. `libraries` shape its bytes."""

    name: str
    renderer: str
    reader: str
    look: Look
    libraries: tuple[str, ...] = ()

    def render(self, letter: Letter, style: HouseStyle) -> bytes:
        """The rendition of a letter. Raises CannotRender, and whatever a library raises."""
        made: bytes = self._module("render", self.renderer).render(letter, style)
        return made

    def read(self, data: bytes) -> Reading:
        """What a file of this format says."""
        reading: Reading = self._module("readback", self.reader).read(data)
        return reading

    def set_up(self) -> None:
        """Import, and make ready, all that it takes to make and read it."""
        self._module("readback", self.reader)
        set_up: Callable[[], None] | None = getattr(self._module("render", self.renderer), "set_up", None)
        if set_up:
            set_up()

    def _module(self, room: str, name: str) -> ModuleType:
        return import_module(f"letters.{room}.{name}")

    def look_of(self, style: HouseStyle) -> tuple[bytes, ...]:
        """What it takes from a house style, the pictures aside."""
        match self.look:
            case Look.CSS:
                return (style.css.encode(),)
            case Look.WORD:
                return (style.styles,)
            case Look.NONE:
                return ()


_FOR_PDF = ("weasyprint", "pydyf", "fonttools", "tinycss2", "cssselect2", "tinyhtml5", "pillow", "pango", "harfbuzz")

#: By name, in the order in which they are made and named.
FORMATS: Mapping[str, Format] = {
    row.name: row
    for row in (
        Format("pdf", "pdf", "pdf", Look.CSS, _FOR_PDF),
        Format("docx", "docx", "docx", Look.WORD, ("python-docx", "lxml")),
        Format("html", "html", "html", Look.CSS),
        Format("txt", "text", "text", Look.NONE),
    )
}
