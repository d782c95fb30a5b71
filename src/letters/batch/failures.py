"""What stood in the way of a file or a letter, as a problem: one for all letters that the same failure met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil
from pathlib import Path
from typing import assert_never

from letters.batch.missing_styles import missing_for
from letters.batch.press import Cause, Failure
from letters.batch.request import Request
from letters.batch.survey import Survey
from letters.letter import Letter
from letters.machine.files import is_of_the_machine, why
from letters.problems import Code, Place, Problem

#: Of the letters that one failure met, so many are named.
_NAMED = 5
#: What is mended in the letter, and not on the machine.
OF_THE_LETTER = (Cause.LOOK, Cause.PAPER, Cause.TIME, Cause.MEMORY, Cause.CRASH)


def cannot_write(request: Request, path: Path, error: OSError) -> Problem:
    """That a file cannot be written."""
    reason = why(error)
    mend = "make room, or choose another folder with --out" if is_of_the_machine(error) else "mend its permissions"
    return Problem(Code.NOT_WRITTEN, f"cannot be written: {reason}", shown(request, path), mend)


def is_open_elsewhere(request: Request, path: Path) -> Problem:
    """That somebody has a Word file open."""
    hint = "close it there, then run the same command again"
    message = "is open in Word or LibreOffice, and was left as it is"
    return Problem(Code.NOT_WRITTEN, message, shown(request, path), hint)


def shown(request: Request, path: Path) -> Place:
    """A path as a user knows it: from the workspace if it is below it."""
    return Place(path.relative_to(request.root).as_posix() if path.is_relative_to(request.root) else str(path))


def failure(request: Request, survey: Survey, format: str, found: Failure, letters: Sequence[Letter]) -> Problem:
    """One problem for one failure, however many letters it met."""
    first = letters[0]
    file = shown(request, request.out / f"{first.key.path}.{format}")
    others = f" and {len(letters) - _NAMED} more" if len(letters) > _NAMED else ""
    left = f"left as they are: the files of {', '.join(letter.key.name for letter in letters[:_NAMED])}{others}"
    look = f"templates/letterheads/{first.letterhead}/{'styles.docx' if format == 'docx' else 'letter.css'}"
    match found.cause:
        case Cause.LOOK:
            if missing := missing_for(survey, first, found.reason, Place(look)):
                return replace(missing, hint=f"{missing.hint}; {left}")
            return Problem(Code.MISSING_STYLE, found.reason, Place(look), f"mend it; {left}")
        case Cause.PAPER:
            hint = f"was {look} edited? Without it the page says the words: mend it; {left}"
            return Problem(Code.OTHER_WORDS, f"does not say what the letter says: {found.reason}", file, hint)
        case Cause.WORDS:
            hint = f"was {look} edited? If not, this is a fault in letters, please report it; {left}"
            return Problem(Code.OTHER_WORDS, f"does not say what the letter says: {found.reason}", file, hint)
        case Cause.MACHINE:
            hint = f"is the disk for temporary files full? The variable TMPDIR can name another folder; {left}"
            return Problem(Code.NOT_MADE, f"could not be made: {found.reason}", file, hint)
        case Cause.FAULT:
            hint = f"this is a fault in letters, or in {look}; please report it; {left}"
            return Problem(Code.FAULT_IN_LETTERS, f"could not be made: {found.reason}", file, hint)
        case Cause.TIME:
            more = f"letters build --time-limit {ceil(request.bounds.seconds * 5)}"
            return Problem(Code.LETTER_TIME, found.reason, file, f"{_simpler(look)}; or give it more: {more}; {left}")
        case Cause.MEMORY:
            return Problem(Code.LETTER_MEMORY, found.reason, file, f"{_simpler(look)}; {left}")
        case Cause.CRASH:
            return Problem(Code.LIBRARY_CRASH, found.reason, file, f"{_simpler(look)}; {left}")
        case Cause.LOST:
            message = f"{found.reason}: is memory short?"
            return Problem(Code.PROCESS_LOST, message, Place("this machine"), f"run `letters build --jobs 1`; {left}")
        case _:
            assert_never(found.cause)


def _simpler(look: str) -> str:
    """What to try with a letter that is too much for a library."""
    return f"is its text very long, or a picture very large? make them smaller; was {look} edited? make it simpler"
