"""Whether letters say what they are about: the title of letter.yaml, or a heading in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters.problems import Code, Problem, Severity
from letters.proof.places import Places
from letters.workspace.model import LetterType
from letters.workspace.raw import read_text
from letters.workspace.source import Source

_SUBJECT = re.compile(r"\bletter\.title|^#{1,6} ", re.MULTILINE)


def subject_problems(source: Source, letter_type: LetterType, places: Places) -> Iterator[Problem]:
    """A warning where no template of a letter type prints its title, and none has a heading."""
    paths = (letter_type.letterhead_path, letter_type.letter_path)
    if not any(path in source and _SUBJECT.search(_without_remarks(read_text(source, path))) for path in paths):
        file = letter_type.letter_path.rpartition("/")[2]
        message = f"{file} does not print this title, and has no other heading: the letter has no subject"
        place, hint = places.setting("title"), f"write `# {{{{ letter.title }}}}` into {file}"
        yield Problem(Code.NO_SUBJECT, message, place, hint, Severity.WARNING)


def _without_remarks(text: str) -> str:
    return re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
