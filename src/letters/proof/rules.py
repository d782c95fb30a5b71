"""What the rules of a schema join: fields of which what is allowed in one hangs on what is in another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from letters.workspace.outcome import as_mapping
from letters.workspace.references import written_out
from letters.workspace.schema import Schema

#: Keywords of an outcome that join no fields with others, beside its rules.
_JOIN_NOTHING = frozenset(
    "$schema $id $defs $comment title description type properties required additionalProperties examples default"
    " allOf".split()
)


#: Keywords of a rule that are about whatever fields there are.
_ABOUT_ALL = frozenset(
    "minProperties maxProperties propertyNames patternProperties additionalProperties unevaluatedProperties".split()
)


def joined_fields(schema: Schema, fields: Sequence[str]) -> tuple[frozenset[str], ...]:
    """The fields in sets, so that no rule is about fields of two: what is allowed in one is whatever is in another."""
    every = frozenset(fields)
    rules = written_out(schema, schema.get("allOf"))
    groups = [frozenset(named_fields(rule, every)) for rule in (rules if isinstance(rules, list) else [])]
    if schema.keys() - _JOIN_NOTHING or not all(groups):  # who knows what these are about
        return (every,)
    sets = [frozenset({name}) for name in fields]
    for group in groups:
        joined = frozenset[str]().union(*(one for one in sets if one & group))
        sets = [one for one in sets if not one & group] + [joined]
    return tuple(sorted(sets, key=lambda one: min(fields.index(name) for name in one)))


def named_fields(part: object, fields: frozenset[str]) -> Iterator[str]:
    """The fields that a rule names, wherever in it. What looks like one and is none does no harm."""
    if isinstance(part, Mapping):
        for key, inner in part.items():
            yield from fields if key in _ABOUT_ALL else {key} & fields
            yield from named_fields(inner, fields)
    elif isinstance(part, list):
        for inner in part:
            yield from named_fields(inner, fields)
    elif isinstance(part, str):
        yield from {part} & fields


def without_warnings(schema: Schema) -> Schema:
    rules = schema.get("allOf")
    kept = [rule for rule in rules if as_mapping(rule).get("severity") != "warning"] if isinstance(rules, list) else []
    return {**{key: value for key, value in schema.items() if key != "allOf"}, **({"allOf": kept} if kept else {})}
