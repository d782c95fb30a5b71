"""Whether each outcome of a letter type falls into a group of its overview."""

from __future__ import annotations

from collections.abc import Iterator

from letters.letter import Stage
from letters.problems import Code, Problem, Severity
from letters.proof.enumerate import Rows
from letters.proof.places import Places
from letters.proof.rules import named_fields
from letters.workspace.fields import spelt
from letters.workspace.model import LetterType, Outcome
from letters.workspace.overview import Overview


def group_problems(letter_type: LetterType, places: Places) -> Iterator[Problem]:
    """A warning with the first outcome that no group's `when` fits, of those that differ in what the groups ask."""
    if not letter_type.groups:
        return
    names = frozenset(letter_type.fields)
    asked = {name for group in letter_type.groups for name in named_fields(group.when, names)}
    overview = Overview(letter_type)
    for answers in Rows(letter_type.schema, letter_type.outcome).of(asked):
        if not overview.group_of(Outcome(Stage.READY, answers)):
            told = (name for name in letter_type.fields if name in asked)
            example = ", ".join(f"{name}: {spelt(answers.get(name, 'left out'))}" for name in told)
            message = f"an outcome falls into no group of the overview, such as {example}"
            hint = "add a last group with `when: true`, or mend the group that it was meant for"
            yield Problem(Code.NO_GROUP, message, places.setting("overview"), hint, Severity.WARNING)
            return
