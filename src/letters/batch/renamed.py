"""A letter type that many files have and that is not there: said once, with the folder that it may be called now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from letters.problems import Code, Place, Problem, nearest, plural

#: So many files do not have the same slip of the pen.
_MANY = 3


def gathered(problems: Iterable[Problem], without_outcome: Callable[[], list[str]]) -> list[Problem]:
    """Problems, those of files that name the same missing letter type as one.

    `without_outcome`: the letter types that no file has anything for.
    """
    kept: list[Problem] = []
    by_type: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        (by_type[problem.message] if problem.code is Code.UNKNOWN_LETTER_TYPE else kept).append(problem)
    for same in by_type.values():
        kept += [_once(same, without_outcome())] if len(same) >= _MANY else same
    return kept


def _once(same: list[Problem], free: list[str]) -> Problem:
    old = same[0].place.text.strip().partition(":")[0].strip("\"' ")
    where = f"{same[0].place.path}:{same[0].place.line} and {len(same) - 1} more"
    message = f"{plural(len(same), 'file')} have letters of the type {old!r}, and there is no templates/{old}/"
    # One that is nearest by name, or the only one that nobody has a letter of.
    new = nearest(old, free) or (free[0] if len(free) == 1 else "")
    if new:
        message += f"; of {new!r} there is no letter: was the folder renamed?"
        hint = f"call templates/{new}/ {old} again; or write `{new}:` for `{old}:` in these files: {where}"
    else:
        hint = f"put the folder there again, or take its lines out of these files: {where}"
    return Problem(Code.UNKNOWN_LETTER_TYPE, message, Place("forces"), hint)
