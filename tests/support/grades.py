"""The sample of four grades on four questions, and the letters of outcomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from conftest import ROOT
from letters.compose import Composer
from letters.compose.trace import TracedBlock
from letters.problems import Problem
from letters.proof.book import Book, letter_of, write_book
from letters.workspace.letter_types import load_letter_types
from letters.workspace.model import LetterType
from letters.workspace.source import Folder

SAMPLE = ROOT / "src/letters/samples/grades"
TYPE = "crime-data-integrity-2018"
QUESTIONS = ("recording", "systems", "victims", "leadership")
GRADES = {"o": "outstanding", "g": "good", "r": "requires_improvement", "i": "inadequate"}


@cache
def sample() -> tuple[LetterType, Composer]:
    source = Folder(SAMPLE)
    types, problems = load_letter_types(source)
    assert problems == []
    return types[TYPE], Composer(source)


@cache
def book() -> tuple[Book, list[Problem]]:
    kind, composer = sample()
    return write_book(composer, kind, [])


def answers(grades: str, **others: object) -> dict[str, object]:
    """An outcome: a grade a question by its first letter, and other answers in place of usual ones; None: left out."""
    usual: dict[str, object] = {
        **dict(zip(QUESTIONS, (GRADES[one] for one in grades), strict=True)),
        "rate": 92.5,
        "audited_to": "2018-03-31",
        "areas": ["The force should act."],
        "revisit": "2019-03-12",
    }
    return {key: value for key, value in {**usual, **others}.items() if value is not None}


def letter(outcome: Mapping[str, object]) -> tuple[TracedBlock, ...]:
    kind, composer = sample()
    return letter_of(composer, kind, outcome)
