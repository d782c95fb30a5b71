"""How the letters of one type look: style sheet, Word styles and pictures, gathered from the templates."""

from __future__ import annotations

from letters.letter import HouseStyle
from letters.load import read_text
from letters.model import LetterType
from letters.problems import Broken, Place, Problem
from letters.source import Source, Unreadable

#: What a file of each kind begins with, and so the kinds of picture that letters can show.
_SIGNATURES = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".svg": b"<"}
_DOCX = b"PK\x03\x04"


def house_style(source: Source, kind: LetterType) -> tuple[HouseStyle | None, list[Problem]]:
    """The house style of a letter type, or None and what is missing or unreadable."""
    problems: list[Problem] = []
    css, styles = "", b""
    try:
        css = read_text(source, f"{kind.letterhead_folder}/letter.css")
        styles = _bytes(source, f"{kind.letterhead_folder}/styles.docx", _DOCX)
    except Broken as broken:
        problems += broken.problems
    pictures = {}
    for path in source:
        suffix = path[path.rfind(".") :].lower()
        if path.rpartition("/")[0] in (kind.folder, kind.letterhead_folder) and suffix in _SIGNATURES:
            try:
                pictures[path.removeprefix("templates/")] = _bytes(source, path, _SIGNATURES[suffix])
            except Broken as broken:
                problems += broken.problems
    problems += _without_png(pictures)
    return (None if problems else HouseStyle(kind.letterhead, css, styles, pictures)), problems


def _bytes(source: Source, path: str, begins: bytes) -> bytes:
    try:
        data = source[path]
    except KeyError:
        raise Broken(Problem("E201", f"{path} is missing", Place(path))) from None
    except Unreadable as error:
        raise Broken(Problem("E101", f"cannot be read: {error}", Place(path))) from None
    if not data.lstrip().startswith(begins):
        hint = "save it again in the program that made it, or fetch the earlier version back"
        raise Broken(Problem("E215", "is not what its name says, or is damaged", Place(path), hint))
    return data


def _without_png(pictures: dict[str, bytes]) -> list[Problem]:
    """Word shows no SVG by itself: each needs the same drawing as PNG beside it."""
    missing = [path for path in pictures if path.endswith(".svg") and f"{path[:-4]}.png" not in pictures]
    hint = "save the same drawing as PNG beside it: Word needs one"
    return [Problem("E215", f"has no {path[:-4]}.png beside it", Place(f"templates/{path}"), hint) for path in missing]
