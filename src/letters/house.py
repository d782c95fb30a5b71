"""How the letters of one type look: style sheet, Word styles and pictures, gathered from the templates."""

from __future__ import annotations

from letters.letter import HouseStyle
from letters.letter_types import pictures
from letters.load import read_bytes, read_text
from letters.members import NotAnArchive, read_members
from letters.model import LetterType
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
