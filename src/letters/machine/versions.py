"""What the bytes of a rendition hang on besides its letter: this tool, its libraries, the system's text libraries."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from letters.machine import text_libraries

#: The libraries that shape the bytes, by format; the text rendition hangs on the tool alone.
LIBRARIES: Mapping[str, tuple[str, ...]] = {
    "pdf": ("weasyprint", "pydyf", "fonttools", "tinycss2", "cssselect2", "tinyhtml5", "pillow", "pango", "harfbuzz"),
    "docx": ("python-docx", "lxml"),
    "html": (),
    "txt": (),
}
_COMPOSING = ("jinja2", "markdown-it-py", "mdit-py-plugins")

#: The function by which each library of the system says its version.
_SYSTEM = {"pango": "pango_version_string", "harfbuzz": "hb_version_string"}


@cache
def versions() -> dict[str, str]:
    """Name to version of everything that renditions hang on; `missing` where it is not there."""
    names = {*_COMPOSING, *(name for names in LIBRARIES.values() for name in names)} - _SYSTEM.keys()
    found = {"letters": _own_digest(), **{name: _library(name) for name in names}}
    return dict(sorted({**found, **{name: system_library(name) for name in _SYSTEM}}.items()))


def versions_for(format: str) -> dict[str, str]:
    """The part of `versions()` that the bytes of one format hang on."""
    return {name: said for name, said in versions().items() if name in ("letters", *LIBRARIES[format])}


def system_library(name: str) -> str:
    """The version of Pango or HarfBuzz as the system has it, or `missing`."""
    try:
        said = getattr(text_libraries.load(name), _SYSTEM[name])
    except (OSError, AttributeError):
        return "missing"
    said.restype = ctypes.c_char_p
    return bytes(said()).decode()


def _library(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def _own_digest() -> str:
    """A digest of the tool's own code and fonts: for a developer too, a change of them rebuilds."""
    root = Path(__file__).parents[1]
    digest = sha256()
    for file in sorted(root.rglob("*")):
        if file.suffix in (".py", ".css", ".json", ".ttf", ".txt") and "sample" not in file.relative_to(root).parts:
            digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]
