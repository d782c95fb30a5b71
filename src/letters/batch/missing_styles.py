"""A style that the Word file of a letterhead lacks for a part of letters, told where the part is named."""

from __future__ import annotations

from letters.batch.survey import Survey
from letters.compose.foot import FOOT
from letters.compose.parts import part_place
from letters.letter import SIGNATURE, Letter
from letters.problems import Code, Place, Problem, nearest
from letters.render.styles_of_parts import LINE_STYLES, line_styles


def missing_style(survey: Survey, type_name: str, name: str, styles: Place) -> Problem:
    """That a letterhead's `styles` have no style `name`, which the letters of a type need."""
    hint = "open it in Word and add the style"
    part = next((part for part in survey.part_names(type_name) if name in line_styles(part)), "")
    editions = survey.inputs.types[type_name].editions
    templates = tuple(path for one in editions for path in (one.letter_path, one.letterhead_path))
    named = part_place(survey.source, templates, part) if part and part not in LINE_STYLES else None
    if named:
        near = nearest(part, [*LINE_STYLES, SIGNATURE, FOOT])
        start = f"did you mean {near!r}? otherwise" if near else "mend it, or"
        hint = f"{start} add the style {name!r} to {styles.path} in Word"
    message = f"the style {name!r} is missing" + (f" for the part .{part}" if named else "")
    return Problem(Code.MISSING_STYLE, message, named or styles, hint)


def missing_for(survey: Survey, letter: Letter, reason: str, styles: Place) -> Problem | None:
    """The same of the style that Word's writer missed, by what it said; None where it missed none."""
    names = [name for part in letter.parts for name in line_styles(part.name)]
    missed = next((name for name in names if f"no style {name!r}," in reason), "")
    return missing_style(survey, letter.type, missed, styles) if missed else None
