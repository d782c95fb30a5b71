"""How the letters of one type look: style sheet, Word styles and pictures, gathered from the templates."""

from __future__ import annotations

from collections.abc import Iterator

from letters.letter import HouseStyle
from letters.problems import InvalidInput, Place, Problem
from letters.workspace.letter_types import pictures
from letters.workspace.looks.sheet import sheet_problems
from letters.workspace.model import LetterType
from letters.workspace.picture_files import read_pictures
from letters.workspace.raw import read_text
from letters.workspace.source import Source


def house_style(source: Source, letter_type: LetterType) -> tuple[HouseStyle | None, list[Problem]]:
    """The house style of a letter type, or None and what is missing or unreadable."""
    problems: list[Problem] = []
    css = ""
    sheet = f"{letter_type.letterhead_folder}/letter.css"
    try:
        css = read_text(source, sheet)
        problems += sheet_problems(sheet, css)
    except InvalidInput as broken:
        problems += broken.problems
    files, wrong = read_pictures(
        source, (f"{letter_type.letterhead_folder}/styles.docx", *pictures(source, letter_type))
    )
    problems += wrong
    if problems:
        return None, problems
    styles = files.pop(f"letterheads/{letter_type.letterhead}/styles.docx")
    if problems := list(_style_problems(f"{letter_type.letterhead_folder}/styles.docx", styles)):
        return None, problems
    return HouseStyle(letter_type.letterhead, css, styles, files), []


def _style_problems(path: str, styles: bytes) -> Iterator[Problem]:
    """Styles that hide or change words, and numbers that no letter can have; what else the file holds is left in it."""
    # Imported here: a build of no DOCX need not wait for it.
    from letters.workspace.looks.word import NotTaken, take_over

    try:
        faults = take_over(styles).faults
    except NotTaken:
        return  # told where its styles are asked for
    for fault in faults:
        yield Problem(fault.code, f"{fault.owner!r} {fault.found}", Place(path), fault.hint)
