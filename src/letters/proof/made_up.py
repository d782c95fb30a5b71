"""Samples of what an outcome that somebody tries is asked for and was not given; nothing optional is in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from letters.proof.enumerate import enumerate_outcomes
from letters.proof.rules import without_warnings
from letters.proof.samples import fitting
from letters.workspace.fields import Field, FieldKind
from letters.workspace.model import LetterType
from letters.workspace.schema import Checker

Answers = dict[str, object]


def made_up(letter_type: LetterType, given: Mapping[str, object]) -> Answers:
    """A sample for each open field of an outcome that is asked for beside what is given, always or by a rule."""
    fields, schema = letter_type.outcome.fields, letter_type.schema
    samples = {
        name: _least(letter_type, fields[name], value)
        for name, value in _alike(letter_type, given).items()
        if name in fields and name not in given and not fields[name].is_closed
    }
    found = {name: value for name, value in samples.items() if fields[name].required}
    checker = Checker(without_warnings(schema))
    while asked := [name for name in _asked_for(checker, {**given, **found}) if name in samples.keys() - found.keys()]:
        found |= {name: samples[name] for name in asked}
    return {name: found[name] for name in fields if name in found}


def _alike(letter_type: LetterType, given: Mapping[str, object]) -> Mapping[str, object]:
    """Of the outcomes there can be the first that has most of what is given."""
    outcomes = enumerate_outcomes(letter_type.schema, outcome=letter_type.outcome).outcomes
    return max(outcomes, key=lambda one: sum(one.get(name) == value for name, value in given.items()), default={})


def _asked_for(checker: Checker, answers: Mapping[str, object]) -> Iterator[str]:
    """The fields that a rule asks for with these answers."""
    for fault in checker.errors(dict(answers)):
        if fault.kind.name == "required" and not list(fault.instance_path):
            yield str(fault.kind.as_dict()["property"])


def _least(letter_type: LetterType, field: Field, value: object) -> object:
    """A sample without what may be left out of it, where the field allows that."""
    return next(iter(fitting(letter_type.schema, field, [_without_optional(field, value), value])), value)


def _without_optional(field: Field, value: object) -> object:
    field = field.of(value)
    if isinstance(value, Mapping) and field.kind is FieldKind.OBJECT:
        inside = {key: field.at((key,)) for key in value}
        return {key: _without_optional(inside[key], inner) for key, inner in value.items() if inside[key].required}
    if isinstance(value, list) and field.item:
        return [_without_optional(field.item, item) for item in value]
    return value
