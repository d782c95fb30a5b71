"""Whether this machine can build letters, and the exact command that mends it where it cannot."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from importlib.resources import files
from io import StringIO
from pathlib import Path

from letters.batch.versions import versions
from letters.machine import dictionary, text_libraries
from letters.machine.files import Store, why
from letters.machine.versions import SYSTEM, version_of
from letters.problems import Code, Place, Problem

FONTS = ("Regular", "Bold", "Italic", "BoldItalic")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: whether it is well, what was found, and the command that mends it.

    `needed`: whether every workspace needs it.
    """

    what: str
    well: bool
    found: str
    mend: str = ""
    needed: bool = True


def examine(out: Path) -> list[Finding]:
    """Everything that builds and checks need of this machine; `out` is where renditions go."""
    return [_python(), *_libraries(), _pango(), _fonts(), _spelling(), _welsh_spelling(), _output(out)]


def missing_pango() -> Problem | None:
    """The problem to report where PDFs cannot be made, or None where they can."""
    if not (why := _why_no_pdf()):
        return None
    message = f"the PDFs were not made: {why}"
    return Problem(
        Code.NO_PANGO, message, Place("this machine"), f"install Pango: {pango_command()}; then `letters build` again"
    )


def pango_command() -> str:
    """The command that installs Pango on this system (as WeasyPrint's documentation of first steps has it)."""
    if sys.platform == "win32":
        return _pango_for_windows()
    if sys.platform == "darwin":
        return "brew install pango"
    family = _distribution()
    if "fedora" in family or "rhel" in family:
        return "sudo dnf install pango"
    if "debian" in family or "ubuntu" in family:
        return "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b"
    return "the package `pango` of your distribution"


def _pango_for_windows() -> str:
    variable = text_libraries.VARIABLE
    if os.environ.get(variable):
        return f"mend the folder that the variable {variable} names, or unset it: Remove-Item Env:{variable}"
    if platform.machine() == "AMD64":
        return "pip install --force-reinstall gstreamer-libs"
    package = "pacman -S mingw-w64-clang-aarch64-pango"
    return f"winget install MSYS2.MSYS2, in its shell: {package}; then set {variable} to its folder of DLLs"


def _distribution() -> set[str]:
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return set()
    return {release.get("ID", ""), *release.get("ID_LIKE", "").split()}


def _python() -> Finding:
    found = platform.python_version()
    return Finding("Python", sys.version_info >= (3, 11), found, "install Python 3.11 or newer")


def _libraries() -> Iterator[Finding]:
    for name, said in versions().items():
        if name != "letters" and name not in SYSTEM:
            yield Finding(name, said != "missing", said, f"pip install {name}")


def _pango() -> Finding:
    why = _why_no_pdf()
    found = f"Pango {version_of('pango')}, HarfBuzz {version_of('harfbuzz')}"
    return Finding("text layout for PDF", not why, why or found, pango_command())


def _why_no_pdf() -> str:
    """Why WeasyPrint cannot be loaded; empty where it can."""
    try:
        if sys.platform in ("linux", "win32"):
            # As WeasyPrint would, without the half second that its import takes; and its error names no folder.
            for name in text_libraries.NAMES:
                text_libraries.load(name)
        else:
            with redirect_stdout(StringIO()):  # WeasyPrint prints advice that knows nothing of `--json`
                import letters.render.pdf  # noqa: F401
    except (ImportError, OSError) as error:
        return str(error).split("\n")[0]
    return ""


def _fonts() -> Finding:
    folder = files("letters.render") / "fonts"
    lacking = [style for style in FONTS if not (folder / f"LettersSans-{style}.ttf").is_file()]
    return Finding(
        "fonts", not lacking, "missing: " + ", ".join(lacking) if lacking else "bundled", "reinstall letters"
    )


def _spelling() -> Finding:
    words, why_not = dictionary.british_dictionary()
    return Finding("spelling", words is not None, why_not or dictionary.NAME, dictionary.mend())


def _welsh_spelling() -> Finding:
    words, why_not = dictionary.welsh_dictionary()
    mend = f"{dictionary.mend_welsh()} (letters in English do not need it)"
    return Finding("Welsh spelling", words is not None, why_not or dictionary.WELSH_NAME, mend, needed=False)


def _output(out: Path) -> Finding:
    try:
        Store(out).try_out()
    except OSError as error:
        return Finding("output folder", False, why(error), f"make {out} writable")
    return Finding("output folder", True, "writable")
