"""The group of the national overview that an outcome falls into."""

from __future__ import annotations

from letters.workspace.model import LetterType, Outcome
from letters.workspace.schema import Checker


class Overview:
    """The groups of one letter type, in order; the first that an outcome fits is its group."""

    def __init__(self, letter_type: LetterType) -> None:
        self._groups = [(group.group, Checker(group.when)) for group in letter_type.groups]

    def group_of(self, outcome: Outcome) -> str:
        """The group's id, or an empty text where the type has no groups or none fits."""
        answers = dict(outcome.answers)
        return next((group for group, checker in self._groups if checker.fits(answers)), "")
