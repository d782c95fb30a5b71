"""A template of the project with something planted in it, and all that is said of it."""

from __future__ import annotations

from conftest import ROOT
from letters.compose import Composer
from letters.problems import Place, Problem
from letters.workspace.letter_types import load_letter_types
from letters.workspace.raw import load_yaml
from letters.workspace.source import Folder
from letters.workspace.validate import Validator
from support.builds import TYPE

LETTER = f"templates/{TYPE}/letter.md"


def problems_of(template: str, text: str) -> list[Problem]:
    """Everything that is said about Kent's letter, with another text for one template."""
    source = {**Folder(ROOT), template: text.encode()}
    types, problems = load_letter_types(source)
    composer = Composer(source)
    force, more = Validator(types).force("kent", load_yaml(source, "forces/kent.yaml"))
    assert force
    problems += [*more, *composer.template_problems(types[TYPE])]
    return problems or composer.compose(types[TYPE], force, lambda _: Place("forces/kent.yaml"))[1]


def with_escape(template: str, escape: str) -> tuple[str, int]:
    """A template's text with something planted in it, and the line where it is."""
    text = (ROOT / template).read_text("utf-8")
    place = "Via email\n" if template == LETTER else "{# The plans, and"
    assert place in text
    return text.replace(place, f"{escape}\n{place}", 1), text[: text.index(place)].count("\n") + 1
