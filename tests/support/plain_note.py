"""A letter type with one field of Markdown and one force, in memory: what is typed becomes a letter, or is told."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from functools import cache

from conftest import ROOT
from letters.batch.formats import FORMATS
from letters.compose import Composer
from letters.letter import Letter, words
from letters.problems import InvalidInput, Problem, in_order
from letters.readback import faults
from letters.workspace.house_style import house_style
from letters.workspace.letter_types import load_letter_types
from letters.workspace.model import Force
from letters.workspace.raw import load_yaml
from letters.workspace.source import Folder, Source
from letters.workspace.validate import Validator
from support.plain import FACTS, FORCE, LETTER, OUTCOME, OUTCOME_FILE, SETTINGS, SETTINGS_FILE, TYPE

__all__ = [
    "FORCE",
    "LETTER",
    "LINES_OF_FORCE",
    "LINES_OF_LETTER",
    "OUTCOME",
    "TYPE",
    "block",
    "check",
    "said_in_all",
    "source",
    "told",
]

_BEFORE = """\
::: {.salutation}
Dear {{ force.chief_officer.rank }}
:::

# {{ letter.title }}

"""
_AFTER = """

::: {.closing}
Yours sincerely
:::

::: {.signature}
:::
"""
#: The lines of letter.md above what a test puts there, and of the force's file above the answers.
LINES_OF_LETTER, LINES_OF_FORCE = _BEFORE.count("\n"), FACTS.count("\n")


@cache
def _letterhead() -> Source:
    folder = Folder(ROOT)
    return {path: folder[path] for path in folder if path.startswith("templates/letterheads/hmicfrs/")}


def source(answers: str, middle: str = "{{ outcome.body }}", outcome: str = OUTCOME) -> Source:
    """The workspace: the lines of one force's outcome, what stands in the middle of letter.md, and outcome.yaml."""
    own = {
        SETTINGS_FILE: SETTINGS,
        OUTCOME_FILE: outcome,
        LETTER: _BEFORE + middle + _AFTER,
        FORCE: FACTS + textwrap.indent(answers, " " * 4),
    }
    return {**_letterhead(), **{path: text.encode() for path, text in own.items()}}


def block(text: str) -> str:
    """A Markdown text as the field `body`."""
    return "body: |\n" + textwrap.indent(text.rstrip("\n") + "\n", "  ")


def check(there: Source) -> tuple[Letter | None, list[Problem]]:
    """The letter, and everything wrong with it and with what it is made from."""
    types, problems = load_letter_types(there)
    force: Force | None = None
    try:
        raw = load_yaml(there, FORCE)
    except InvalidInput as broken:
        return None, list(broken.problems)
    force, found = Validator(types).force("x", raw)
    problems += found
    if force is None or TYPE not in force.letters:
        return None, in_order(problems)
    composer = Composer(there)
    problems += composer.template_problems(types[TYPE])
    letter, found = composer.compose(types[TYPE], force, lambda path: raw.place(path, key=True))
    return letter, in_order([*problems, *found])


def told(problems: Iterable[Problem]) -> list[str]:
    """Code and place of each problem, as `E205 forces/x.yaml:9`."""
    return [f"{problem.code} {problem.place.path}:{problem.place.line}" for problem in problems]


def said_in_all(there: Source, letter: Letter) -> tuple[str, ...]:
    """The words of a letter, after they were read back out of all four formats."""
    types, _ = load_letter_types(there)
    style, _ = house_style(there, types[TYPE])
    assert style
    for form in FORMATS:
        assert faults(letter, FORMATS[form].read(FORMATS[form].render(letter, style))) == [], form
    return words(letter)
