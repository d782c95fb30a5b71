"""What a letterhead lacks for the letters that use it: Word styles, and colours and sizes that can be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from letters.batch.concern import Concern
from letters.batch.formats import FORMATS
from letters.batch.missing_styles import missing_style
from letters.batch.request import Request
from letters.batch.survey import Survey
from letters.letter import CannotRender
from letters.problems import Code, Place, Problem, Severity
from letters.render.docx import missing_styles
from letters.render.styles_of_parts import line_styles
from letters.workspace.looks.cascade import unreadable


def style_problems(survey: Survey, request: Request) -> Iterator[Problem]:
    """Styles that the Word file of a letterhead lacks for the parts of the letters."""
    concern = Concern(survey, request)
    for type_name in filter(concern.has_type, survey.looks):
        style = survey.style(type_name)
        needed = {name for part in survey.part_names(type_name) for name in line_styles(part)}
        place = Place(f"templates/letterheads/{style.name}/styles.docx")
        try:
            missing = missing_styles(style.styles, sorted(needed))
        except CannotRender as error:
            yield Problem(Code.MISSING_STYLE, str(error), place, "fetch the earlier version back")
            continue
        for name in missing:
            yield missing_style(survey, type_name, name, place)


def differing(problems: Iterable[Problem], told: Iterable[Problem]) -> list[Problem]:
    """Where Word and the PDF look different, as something to be mended: a build only says it.

    Nothing of a letterhead that has a part without a style (`told`): what stands beside it only seems to differ.
    """
    astray = {_folder(problem) for problem in told if problem.code is Code.MISSING_STYLE}
    found = (problem for problem in problems if problem.code is Code.LOOKS_DIFFER_BUILT)
    return [
        replace(problem, code=Code.LOOKS_DIFFER, severity=Severity.ERROR)
        for problem in found
        if _folder(problem) not in astray
    ]


def _folder(problem: Problem) -> str:
    return problem.place.path.rpartition("/")[0]


def unreadable_problems(survey: Survey, request: Request) -> Iterator[Problem]:
    """Words of letters that nobody could read on a web page, by what the style sheet of their letterhead comes to."""
    concern = Concern(survey, request)
    told: dict[tuple[str, int, int, str], Problem] = {}
    for slug, force in survey.forces.items():
        for key in (key for key, facts in force.keyed(slug) if facts.letter and key.type in survey.looks):
            if not concern.has_type(key.type):
                continue
            letter, style = survey.letter(key), survey.style(key.type)
            try:
                page = FORMATS["html"].render(letter, style).decode()
            except CannotRender:
                continue  # which a build tells, of the letter
            place = f"templates/letterheads/{style.name}/letter.css"
            lines = style.css.split("\n")
            for found in unreadable(page):
                cause = place, found.line, found.column, found.why
                if known := told.get(cause):
                    told[cause] = replace(known, seen_in=(*known.seen_in, force.name))
                    continue
                text = lines[found.line - 1] if 0 < found.line <= len(lines) else ""
                hint = "mend it there, or give the words a color, background or size of their own"
                seen = Place(place, found.line, found.column, text)
                told[cause] = Problem(Code.UNREADABLE_WORDS, str(found), seen, hint, seen_in=(force.name,))
    yield from told.values()
