"""The pictures of templates, read and looked at: whole, of the kind that their names say, and fit for every format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from letters.letter import CannotRender
from letters.letter.pictures import Image, TooLarge, image, raster
from letters.machine.archive import NotAnArchive, read_members
from letters.problems import Code, InvalidInput, Place, Problem
from letters.workspace.raw import read_bytes
from letters.workspace.source import Source

#: What a file of each kind begins and ends with.
_BEGINS = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff"}
_ENDS = {".png": b"IEND\xaeB`\x82", ".jpg": b"\xff\xd9"}


def read_pictures(source: Source, paths: Iterable[str]) -> tuple[dict[str, bytes], list[Problem]]:
    """The pictures, and files of Word, at `paths`, by their paths below `templates/`; and what is wrong with them."""
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            files[path.removeprefix("templates/")] = _sound_bytes(source, path)
        except InvalidInput as broken:
            problems += broken.problems
    problems += _without_png(files)
    of_drawings = [problem for path, data in files.items() if _is_svg(path) for problem in _of_drawing(path, data)]
    refused = {problem.place.path for problem in of_drawings}
    problems += of_drawings
    problems += _not_to_be_shown({path: data for path, data in files.items() if f"templates/{path}" not in refused})
    return files, problems


def _sound_bytes(source: Source, path: str) -> bytes:
    data = read_bytes(source, path)
    suffix = path[path.rfind(".") :].lower()
    if not _is_sound(suffix, data):
        hint = "save it again in the program that made it, or fetch the earlier version back"
        raise InvalidInput(
            Problem(Code.UNUSABLE_PICTURE, f"is damaged, or no {suffix[1:].upper()} file", Place(path), hint)
        )
    return data


def _is_sound(suffix: str, data: bytes) -> bool:
    """Whether a file is of the kind that its name says, and whole as far as can be seen without drawing it."""
    match suffix:
        case ".svg":
            return True  # read below
        case ".docx":
            try:
                return "word/document.xml" in read_members(data)
            except NotAnArchive:
                return False
        case _:
            return data.startswith(_BEGINS[suffix]) and data.rstrip(b"\0\r\n").endswith(_ENDS[suffix])


def _of_drawing(path: str, data: bytes) -> Iterator[Problem]:
    # Imported here, and only for drawings: most of what a build of one letter takes is imports.
    from letters.workspace.looks.drawing import drawing_fault

    try:
        fault = drawing_fault(data)
    except ValueError:
        hint = "save it again in the program that made it, or fetch the earlier version back"
        yield Problem(Code.UNUSABLE_PICTURE, "is damaged, or no SVG file", Place(f"templates/{path}"), hint)
        return
    if fault:
        hint = "in the program that made it, save it as plain SVG, without pictures, links or scripts in it"
        yield Problem(Code.FORBIDDEN_DRAWING, fault, Place(f"templates/{path}"), hint)


def _without_png(files: dict[str, bytes]) -> list[Problem]:
    """Word shows no SVG by itself: each needs the same drawing as PNG beside it."""
    missing = [path for path in files if _is_svg(path) and f"{path[:-4]}.png" not in files]
    hint = "save the same drawing as PNG beside it, with the same name: Word needs one"
    return [
        Problem(Code.UNUSABLE_PICTURE, "has no PNG beside it", Place(f"templates/{path}"), hint) for path in missing
    ]


def _is_svg(path: str) -> bool:
    return path.lower().endswith(".svg")


def _not_to_be_shown(files: dict[str, bytes]) -> Iterator[Problem]:
    """Pictures that cannot be shown, and drawings that would have other proportions in Word than in the PDF."""
    found: dict[str, Image] = {}
    for path, data in files.items():
        if path.endswith(".docx"):
            continue
        try:
            found[path] = image(path, data)
        except TooLarge as error:
            hint = "save it smaller: 300 pixels to the inch are enough for paper"
            yield Problem(Code.TOO_LARGE_PICTURE, str(error), Place(f"templates/{path}"), hint)
        except CannotRender:
            hint = "save it again in the program that made it, as PNG or JPEG that does not move"
            yield Problem(
                Code.UNUSABLE_PICTURE, "is damaged, or none that can be shown", Place(f"templates/{path}"), hint
            )
    for path, shown in found.items():
        beside = found.get(raster(path))
        if beside and not _alike(shown, beside):
            message = f"is {_shape(shown)}, but the PNG beside it, which Word shows, {_shape(beside)}"
            hint = "save the drawing as PNG again, whole and in the proportions that it has"
            yield Problem(Code.PNG_OF_ANOTHER_SHAPE, message, Place(f"templates/{path}"), hint)


def _alike(drawing: Image, png: Image) -> bool:
    """Whether both have the same proportions, but for what was lost when their sides became whole pixels."""
    lost = 0.02 + 1.5 / min(png.pixels)
    return abs(drawing.width * png.height / (drawing.height * png.width) - 1) <= lost


def _shape(found: Image) -> str:
    return f"{found.width / found.height:.2f} times as wide as high"
