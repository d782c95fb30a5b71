"""Which version of a library is here, of this tool itself, and of the system's text libraries."""

from __future__ import annotations

import ctypes
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from letters.machine import text_libraries

#: The function by which each library of the system says its version.
_SAYS = {"pango": "pango_version_string", "harfbuzz": "hb_version_string"}
#: The libraries that the system brings.
SYSTEM = frozenset(_SAYS)


def version_of(name: str) -> str:
    """The version of a Python package, or of a library of the system; `missing` where it is not there."""
    if name in _SAYS:
        return _of_system(name)
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def _of_system(name: str) -> str:
    try:
        said = getattr(text_libraries.load(name), _SAYS[name])
    except (OSError, AttributeError):
        return "missing"
    said.restype = ctypes.c_char_p
    return bytes(said()).decode()


def own_digest() -> str:
    """A digest of the tool's own code and fonts: for a developer too, a change of them rebuilds."""
    root = Path(__file__).parents[1]
    digest = sha256()
    for file in sorted(root.rglob("*")):
        if file.suffix in (".py", ".css", ".json", ".ttf", ".txt") and "samples" not in file.relative_to(root).parts:
            digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]
