"""JSON Schema: the packaged schemas, and what a value is held against; of what is none, why, and where."""

from __future__ import annotations

import decimal  # noqa: F401 - jsonschema-rs imports it at its first use, and panics if that is interrupted
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NoReturn

import jsonschema_rs

from letters.machine.surroundings import ending_at_once
from letters.problems import did_you_mean, quoted
from letters.workspace.raw import KeyPath

Schema = Mapping[str, object]
#: One thing that a schema finds wrong.
Fault = jsonschema_rs.ValidationError


@cache
def packaged(name: str) -> Schema:
    """A schema that ships with the tool: `force`, `own`, `letter`, `signatory` or `wording`."""
    schema: Schema = json.loads((files("letters.workspace") / "schemas" / f"{name}.json").read_text("utf-8"))
    return schema


class NoSchema(ValueError):
    """What should be a JSON Schema is none; `path` leads to what is wrong, `hint` says what to do."""

    def __init__(self, message: str, path: KeyPath, hint: str) -> None:
        super().__init__(message)
        self.path = path
        self.hint = hint


#: A pattern that goes back over a text again and again allows nothing; what it may look ahead for stays.
_PATTERNS = jsonschema_rs.FancyRegexOptions(backtrack_limit=100_000)


class Checker:
    """A schema made ready to check many instances. Raises NoSchema where it is no JSON Schema."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        try:
            with ending_at_once():
                self._validator = jsonschema_rs.Draft202012Validator(
                    dict(schema),
                    validate_formats=True,
                    formats={"date": _is_date},
                    retriever=_refuse_to_fetch,
                    pattern_options=_PATTERNS,
                )
        except jsonschema_rs.ValidationError as error:
            raise _no_schema(schema, error) from None

    def fits(self, instance: object) -> bool:
        """Whether the schema allows `instance`."""
        with ending_at_once():
            return self._validator.is_valid(instance)

    def faults(self, instance: object) -> list[KeyPath]:
        """The way to each value of `instance` that the schema does not allow."""
        return [tuple(error.instance_path) for error in self.errors(instance)]

    def errors(self, instance: object) -> list[Fault]:
        """All that is wrong with `instance`, as the library says it."""
        with ending_at_once():
            return list(self._validator.iter_errors(instance))


def named(path: KeyPath) -> str:
    """A path as a person says it: the last key, or the whole file."""
    keys = [step for step in path if isinstance(step, str)]
    suffix = f" (item {path[-1] + 1})" if path and isinstance(path[-1], int) else ""
    return (keys[-1] if keys else "this file") + suffix


def shown(value: object) -> str:
    """A value as a message shows it."""
    match value:
        case str():
            return quoted(value)
        case None:
            return "nothing"
        case bool() | int() | float():
            return json.dumps(value)
        case _:
            return sort_of(value)


def sort_of(value: object) -> str:
    """What a value is, for people."""
    match value:
        case None:
            return "empty"
        case bool():
            return "true or false"
        case float() if not value.is_integer():
            return "a number with a fraction"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list():
            return "a list"
        case _:
            return "keys with values"


_SORTS = {
    "string": "text",
    "object": "keys with values",
    "array": "a list",
    "null": "empty",
    "boolean": "true or false",
    "integer": "a whole number",
}


def sorts_said(types: object) -> str:
    """The `type` of a schema, one or several, for people; what may be empty is not said of it."""
    names = types if isinstance(types, list) else [types]
    said = dict.fromkeys(_SORTS.get(str(name), "a number") for name in names if name and name != "null")
    return " or ".join(said) or "what is allowed here"


def _is_date(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) and date.fromisoformat(text))
    except ValueError:
        return False


def _refuse_to_fetch(uri: str) -> NoReturn:
    raise ValueError(uri)


_TYPES = ("object", "array", "string", "number", "integer", "boolean", "null")


def _no_schema(schema: Schema, error: Fault) -> NoSchema:
    path = tuple(error.instance_path)
    said = str(error).split("\n", 1)[0]
    if path[-1:] == ("type",):
        return NoSchema(f"{shown(error.instance)} is no type", path, did_you_mean(str(error.instance), _TYPES))
    if path[-1:] == ("pattern",):
        return NoSchema(f"{shown(error.instance)} is no pattern", path, "compare with the patterns of other fields")
    if error.kind.name == "$ref" and (found := _named_in(said, schema)):
        where, reference = found
        defined = schema.get("$defs")
        names = defined if isinstance(defined, Mapping) else {}
        hint = did_you_mean(reference, [f"#/$defs/{name}" for name in names]) or "write out what it refers to"
        return NoSchema(f"{quoted(reference)} refers to nothing in this file", where, hint)
    if error.kind.name == "type":
        types = [kind for kind in error.kind.as_dict()["types"] if kind != "boolean"]
        message = f"{named(path)} is {sort_of(error.instance)}, not {sorts_said(types)}"
        return NoSchema(message, path, "compare with the other fields")
    return NoSchema(f"this is no JSON Schema: {said}", path, "compare with the other fields, or another letter type")


def _named_in(said: str, schema: Schema) -> tuple[KeyPath, str] | None:
    """The reference that jsonschema-rs names, without its #, and where it stands: of two that fit the longer."""
    found = [one for one in _references((), schema) if one[1].removeprefix("#") in said]
    return max(found, key=lambda one: len(one[1]), default=None)


def _references(path: KeyPath, part: object) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(part, Mapping):
        for key, inner in part.items():
            if key == "$ref" and isinstance(inner, str):
                yield (*path, key), inner
            yield from _references((*path, key), inner)
    elif isinstance(part, list):
        for number, inner in enumerate(part):
            yield from _references((*path, number), inner)
