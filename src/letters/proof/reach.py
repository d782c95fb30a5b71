"""Outcomes with other values in open fields, for branches that ask about them: another number, two items, a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from letters.proof.enumerate import Enumeration, of_outcome
from letters.workspace.fields import Field
from letters.workspace.schema import Checker, Schema

#: Of so many outcomes the others are tried; a branch may be inside one that only some outcomes reach.
_OUTCOMES = 60
_NUMBERS = (0, 1, 2, 3, 5, 10, 100)


def other_outcomes(
    schema: Schema, outcome: Field, enumeration: Enumeration, templates: Iterable[str]
) -> Iterator[Mapping[str, object]]:
    """Outcomes that the schema allows, each with another value in one open field.

    `templates`: the texts of the templates, for the words and numbers that they compare with.
    """
    said = "\n".join(re.findall(r"\{%.*?%\}|\{\{.*?\}\}", "\n".join(templates), re.S))
    words = sorted({first or second for first, second in re.findall(r"'([^'\n]*)'|\"([^\"\n]*)\"", said)})
    numbers = sorted(
        {*_NUMBERS, *(int(digits) + more for digits in re.findall(r"\b\d{1,6}\b", said) for more in (-1, 0, 1))}
    )
    allowed = Checker(schema)
    for answers in _spread(enumeration.outcomes):
        own = of_outcome(answers)
        for key, value in own.items():
            for other in () if outcome.at((key,)).is_closed else _others(value, words, numbers):
                if allowed.fits({**own, key: other}):
                    yield {**answers, key: other}


def _spread(outcomes: tuple[Mapping[str, object], ...]) -> tuple[Mapping[str, object], ...]:
    return outcomes[:: max(len(outcomes) // _OUTCOMES, 1)]


def _others(value: object, words: list[str], numbers: list[int]) -> Iterator[object]:
    match value:
        case bool():
            return
        case int() | float():
            yield from numbers
        case str():
            yield from words
        case [first, *_]:
            yield []
            yield from ([first] * length for length in (2, 3))
        case Mapping():
            for key, inner in value.items():
                yield from ({**value, key: other} for other in _others(inner, words, numbers))
        case _:
            return
