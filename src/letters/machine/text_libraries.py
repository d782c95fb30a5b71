"""Where Pango and its like are: the system has them, or, on Windows, the package gstreamer-libs that comes along."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

#: The variable in which WeasyPrint is told the folders of libraries on Windows, parted by semicolons.
VARIABLE = "WEASYPRINT_DLL_DIRECTORIES"
#: A package of the Python Package Index that holds Pango, HarfBuzz, Fontconfig and what they need, for Windows.
PACKAGE = "gstreamer_libs"

#: What WeasyPrint loads, under the names that each system has (those of Windows: of gstreamer-libs, then of MSYS2).
NAMES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "gobject": {
        "linux": ("libgobject-2.0.so.0",),
        "darwin": ("libgobject-2.0.dylib",),
        "win32": ("gobject-2.0-0.dll", "libgobject-2.0-0.dll"),
    },
    "pango": {
        "linux": ("libpango-1.0.so.0",),
        "darwin": ("libpango-1.0.dylib",),
        "win32": ("pango-1.0-0.dll", "libpango-1.0-0.dll"),
    },
    "harfbuzz": {
        "linux": ("libharfbuzz.so.0",),
        "darwin": ("libharfbuzz.dylib",),
        "win32": ("harfbuzz.dll", "libharfbuzz-0.dll"),
    },
    "fontconfig": {
        "linux": ("libfontconfig.so.1",),
        "darwin": ("libfontconfig.dylib",),
        "win32": ("fontconfig-1.dll", "libfontconfig-1.dll"),
    },
    "pangoft2": {
        "linux": ("libpangoft2-1.0.so.0",),
        "darwin": ("libpangoft2-1.0.dylib",),
        "win32": ("pangoft2-1.0-0.dll", "libpangoft2-1.0-0.dll"),
    },
}


def bundled() -> Path | None:
    """The folder of the libraries that the package brings, or None without it. It is found and not imported: its own
    code would set up a multimedia framework."""
    spec = find_spec(PACKAGE)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(place) / "bin"
        if folder.is_dir():
            return folder
    return None


def folders(environment: Mapping[str, str], brought: Path | None) -> tuple[str, ...]:
    """The folders in which Windows is to look for libraries: a user's own, else that of the package, else none, and
    WeasyPrint looks where MSYS2 is commonly installed."""
    if VARIABLE in environment:
        return tuple(folder for folder in environment[VARIABLE].split(";") if folder)
    return (str(brought),) if brought else ()


def prepare() -> None:
    """Have the libraries found on Windows; call it before they are loaded. Other systems know where they are."""
    if sys.platform == "win32":
        found = folders(os.environ, bundled())
        if found:
            os.environ[VARIABLE] = ";".join(found)
        for folder in found:
            if Path(folder).is_dir():
                os.add_dll_directory(folder)


def load(name: str) -> ctypes.CDLL:
    """The library of a key of `NAMES`. Raises OSError, which names the file and where it was looked for."""
    prepare()
    files = NAMES[name].get(sys.platform, NAMES[name]["linux"])
    for file in files:
        try:
            return ctypes.CDLL(file)
        except OSError as error:
            reason = str(error).split("\n")[0]
    if sys.platform == "win32":
        looked = "; ".join(folders(os.environ, bundled())) or "the folders of MSYS2"
        raise OSError(f"{files[0]} cannot be loaded from {looked}: {reason}")
    raise OSError(reason)
