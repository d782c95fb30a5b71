"""A force's facts with other words in one value, and all else alike: what a letter says all the same is not of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from letters.compose.answers import as_date
from letters.workspace.fields import Field
from letters.workspace.model import Force, LetterType, Outcome
from letters.workspace.raw import KeyPath

#: What a text is changed to: a word that no letter has, and nothing agrees or disagrees with.
_OTHER = "Zzyzx"


def other_words(letter_type: LetterType, force: Force, described: Field) -> Iterator[tuple[KeyPath, Force]]:
    """The way to each value of which a letter of `letter_type` may print the words, and the force with others there.

    Lists stay as long as they are, and what is there stays there, so that templates take the same branches. Answers
    that only choose what the letter says have no words. Of a departure both other words and the standard ones.
    `described`: the facts of a force.
    """
    for path, facts in _others(force.facts, described):
        yield path, replace(force, facts=facts)
    for path, outcome in _of_outcome(letter_type, force.letters[letter_type.name], described):
        yield ("letters", letter_type.name, *path), replace(force, letters={**force.letters, letter_type.name: outcome})


def _of_outcome(letter_type: LetterType, outcome: Outcome, described: Field) -> Iterator[tuple[KeyPath, Outcome]]:
    for name, answer in outcome.answers.items():
        for path, value in _others(answer, letter_type.outcome.at((name,))):
            yield (name, *path), replace(outcome, answers={**outcome.answers, name: value})
    for key, departure in outcome.changed_wording.items():
        rest = {other: one for other, one in outcome.changed_wording.items() if other != key}
        yield ("changed_wording", key), replace(outcome, changed_wording=rest)
        changed = {**outcome.changed_wording, key: replace(departure, text=_OTHER)}
        yield ("changed_wording", key), replace(outcome, changed_wording=changed)
    for path, facts in _others(outcome.facts, described):
        yield path, replace(outcome, facts=facts)
    for name in ("added_sentences", "salutation", "copied_to"):
        for path, value in _others(getattr(outcome, name)):
            yield (name, *path), replace(outcome, **{name: value})
    if outcome.date:
        yield ("date",), replace(outcome, date=outcome.date + timedelta(days=400))


def _others(value: Any, field: Field | None = None) -> Iterator[tuple[KeyPath, Any]]:
    """The way to each text inside a value, which answers `field`, and the value with another there."""
    if field and field.is_answer(value):
        return  # it only chooses what the letter says
    if isinstance(value, str):
        day = as_date(value)
        yield (), (day + timedelta(days=400)).isoformat() if day else _OTHER
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            for path, other in _others(inner, field.at((number,)) if field else None):
                yield (number, *path), type(value)([*value[:number], other, *value[number + 1 :]])
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            for path, other in _others(inner, field.at((key,)) if field else None):
                yield (key, *path), {**value, key: other}
