"""How the letters of one type look: style sheet, Word styles and pictures, gathered from the templates."""

from __future__ import annotations

from collections.abc import Iterator

from letters.letter import CannotRender, HouseStyle
from letters.letter_types import pictures
from letters.load import read_bytes, read_text
from letters.members import NotAnArchive, read_members
from letters.model import LetterType
from letters.pictures import Image, image, raster
from letters.problems import Broken, Place, Problem
from letters.source import Source

#: What a file of each kind begins and ends with.
_BEGINS = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff"}
_ENDS = {".png": b"IEND\xaeB`\x82", ".jpg": b"\xff\xd9"}


def house_style(source: Source, kind: LetterType) -> tuple[HouseStyle | None, list[Problem]]:
    """The house style of a letter type, or None and what is missing or unreadable."""
    problems: list[Problem] = []
    files: dict[str, bytes] = {}
    css = ""
    try:
        css = read_text(source, f"{kind.letterhead_folder}/letter.css")
    except Broken as broken:
        problems += broken.problems
    for path in (f"{kind.letterhead_folder}/styles.docx", *pictures(source, kind)):
        try:
            files[path.removeprefix("templates/")] = _sound_bytes(source, path)
        except Broken as broken:
            problems += broken.problems
    problems += _without_png(files)
    problems += _not_to_be_shown(files)
    if problems:
        return None, problems
    styles = files.pop(f"letterheads/{kind.letterhead}/styles.docx")
    return HouseStyle(kind.letterhead, css, styles, files), []


def _sound_bytes(source: Source, path: str) -> bytes:
    data = read_bytes(source, path)
    suffix = path[path.rfind(".") :].lower()
    if not _is_sound(suffix, data):
        hint = "save it again in the program that made it, or fetch the earlier version back"
        raise Broken(Problem("E215", f"is damaged, or no {suffix[1:].upper()} file", Place(path), hint))
    return data


def _is_sound(suffix: str, data: bytes) -> bool:
    """Whether a file is of the kind that its name says, and whole as far as can be seen without drawing it."""
    match suffix:
        case ".svg":
            return _is_drawing(data)
        case ".docx":
            try:
                return "word/document.xml" in read_members(data)
            except NotAnArchive:
                return False
        case _:
            return data.startswith(_BEGINS[suffix]) and data.rstrip(b"\0\r\n").endswith(_ENDS[suffix])


def _is_drawing(data: bytes) -> bool:
    # Imported here, and only for drawings: most of what a build of one letter takes is imports.
    from xml.etree import ElementTree

    if b"<!ENTITY" in data:
        return False  # no drawing needs one, and they can blow up
    try:
        return ElementTree.fromstring(data).tag == "{http://www.w3.org/2000/svg}svg"
    except ElementTree.ParseError:
        return False


def _without_png(files: dict[str, bytes]) -> list[Problem]:
    """Word shows no SVG by itself: each needs the same drawing as PNG beside it."""
    missing = [path for path in files if path.endswith(".svg") and f"{path[:-4]}.png" not in files]
    hint = "save the same drawing as PNG beside it, with the same name: Word needs one"
    return [Problem("E215", "has no PNG beside it", Place(f"templates/{path}"), hint) for path in missing]


def _not_to_be_shown(files: dict[str, bytes]) -> Iterator[Problem]:
    """Pictures that cannot be shown, and drawings that would have other proportions in Word than in the PDF."""
    for path, data in files.items():
        if path.endswith(".docx"):
            continue
        try:
            shown = image(path, data)
            beside = image(raster(path), files[raster(path)]) if path.endswith(".svg") else shown
        except KeyError:
            continue  # no PNG beside it, which is said already
        except CannotRender:
            hint = "save it again in the program that made it, as PNG or JPEG"
            yield Problem("E215", "is damaged, or none that can be shown", Place(f"templates/{path}"), hint)
            continue
        if not _alike(shown, beside):
            message = f"is {_shape(shown)}, but the PNG beside it, which Word shows, {_shape(beside)}"
            hint = "save the drawing as PNG again, whole and in the proportions that it has"
            yield Problem("E315", message, Place(f"templates/{path}"), hint)


def _alike(drawing: Image, png: Image) -> bool:
    """Whether both have the same proportions, but for what was lost when their sides became whole pixels."""
    lost = 0.02 + 1.5 / min(png.pixels)
    return abs(drawing.width * png.height / (drawing.height * png.width) - 1) <= lost


def _shape(found: Image) -> str:
    return f"{found.width / found.height:.2f} times as wide as high"
