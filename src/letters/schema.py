"""JSON Schema for people: what a schema finds wrong in raw data, as problems with a place and a hint."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NoReturn

import jsonschema_rs

from letters.load import Path, Raw
from letters.problems import Problem, Severity, did_you_mean

Schema = Mapping[str, object]


@cache
def packaged(name: str) -> Schema:
    """A schema that ships with the tool: `force`, `own`, `letter` or `wording`."""
    schema: Schema = json.loads((files("letters") / "schemas" / f"{name}.json").read_text("utf-8"))
    return schema


class Checker:
    """A schema made ready to check many instances. Raises ValueError where it is no JSON Schema."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        try:
            self._validator = jsonschema_rs.Draft202012Validator(
                dict(schema), validate_formats=True, retriever=_refuse_to_fetch
            )
        except jsonschema_rs.ValidationError as error:
            raise ValueError(_first_line(error)) from None

    def fits(self, instance: object) -> bool:
        """Whether the schema allows `instance`."""
        return self._validator.is_valid(instance)

    def shape_problems(self, raw: Raw, at: Path, instance: object, *, partial: bool = False) -> list[Problem]:
        """Every problem of shape of `instance`, which stands at `at`. `partial`: missing keys are no problem."""
        problems: list[Problem] = []
        for error in self._validator.iter_errors(instance):
            if not (partial and error.kind.name == "required"):
                problems += _shape(self.schema, raw, at, error)
        return problems

    def rule_problems(self, raw: Raw, at: Path, instance: object) -> list[Problem]:
        """The rules across fields (members of `allOf`) that `instance` breaks, each said by its description."""
        broken: dict[str | int, Problem] = {}
        for error in self._validator.iter_errors(instance):
            rule = error.schema_path[1]
            broken.setdefault(rule, _rule_problem(self.schema, int(rule), raw, at, error))
        return list(broken.values())


def _refuse_to_fetch(uri: str) -> NoReturn:
    raise ValueError(f"{uri} is outside this file; put it under $defs")


def _first_line(error: jsonschema_rs.ValidationError) -> str:
    where = "".join(f"{step}: " for step in error.instance_path)
    return where + str(error).split("\n", 1)[0]


def _rule_problem(schema: Schema, number: int, raw: Raw, at: Path, error: jsonschema_rs.ValidationError) -> Problem:
    rules = schema["allOf"]
    assert isinstance(rules, list)
    rule = rules[number]
    severity = Severity(rule.get("severity", "error"))
    code = "W114" if severity is Severity.WARNING else "E114"
    return Problem(code, rule["description"], raw.place((*at, *error.instance_path)), severity=severity)


def _shape(schema: Schema, raw: Raw, at: Path, error: jsonschema_rs.ValidationError) -> Iterator[Problem]:
    path = (*at, *error.instance_path)
    kind = error.kind.as_dict()
    place = raw.place(path)
    where = _named(path)
    part = _subschema(schema, error.instance_path)
    match error.kind.name:
        case "additionalProperties":
            allowed = list(_mapping(part.get("properties")))
            for key in kind["unexpected"]:
                message = f"{key!r} is not a key of {where}"
                yield Problem("E105", message, raw.place((*path, key), key=True), did_you_mean(key, allowed))
        case "required":
            hint = f"add `{kind['property']}:` below it"
            yield Problem("E106", f"{kind['property']!r} is missing in {where}", raw.place(path, key=True), hint)
        case "oneOf" | "anyOf" if allowed := _constants(part):
            shown = _shown(error.instance)
            yield Problem(
                "E104", f"{shown} is not an answer for {where}", place, did_you_mean(shown.strip("'"), allowed)
            )
        case "oneOf" | "anyOf" | "type":
            yield Problem("E107", f"{where} is {_kind(error.instance)}, not {_wanted(part)}", place, _type_hint(error))
        case "format":
            hint = "write a date that there is, as year-month-day: 2017-10-02"
            yield Problem("E108", f"{_shown(error.instance)} is not a {kind['format']}", place, hint)
        case "minLength" | "pattern" | "minItems" | "minProperties":
            empty = not error.instance or (isinstance(error.instance, str) and not error.instance.strip())
            message = f"{where} is empty" if empty else f"{_shown(error.instance)} does not fit {where}"
            yield Problem("E109", message, place, "fill it in, or take the key out if it may be left out")
        case _:
            yield Problem("E119", f"{where}: {error.message}", place)


def _named(path: Path) -> str:
    """A path as a person says it: the last key, or the whole file."""
    keys = [step for step in path if isinstance(step, str)]
    suffix = f" (item {path[-1] + 1})" if path and isinstance(path[-1], int) else ""
    return (keys[-1] if keys else "the file") + suffix


def _subschema(schema: Schema, path: list[str | int]) -> Schema:
    """The part of `schema` that describes the value at `path`; empty where it does not say."""
    part = _resolved(schema, schema)
    for step in path:
        inner = part.get("items") if isinstance(step, int) else _mapping(part.get("properties")).get(step)
        part = _resolved(schema, _mapping(inner if inner is not None else part.get("additionalProperties")))
    return part


def _resolved(schema: Schema, part: Schema) -> Schema:
    reference = part.get("$ref")
    if isinstance(reference, str) and reference.startswith("#/$defs/"):
        return {**_mapping(_mapping(schema.get("$defs")).get(reference.removeprefix("#/$defs/"))), **part, "$ref": None}
    return part


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _constants(part: Schema) -> list[str]:
    choices = part.get("oneOf") or part.get("anyOf")
    found = [_mapping(choice).get("const") for choice in choices] if isinstance(choices, list) else []
    return [str(const) for const in found] if found and None not in found else []


def _shown(value: object) -> str:
    match value:
        case str():
            return repr(value if len(value) <= 60 else value[:59] + "…")
        case None:
            return "nothing"
        case bool() | int() | float():
            return json.dumps(value)
        case _:
            return _kind(value)


def _kind(value: object) -> str:
    match value:
        case None:
            return "empty"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list():
            return "a list"
        case _:
            return "a set of keys"


_KINDS = {"string": "text", "object": "a set of keys", "array": "a list", "null": "empty", "boolean": "true or false"}


def _wanted(part: Schema) -> str:
    wanted = part.get("type")
    names = wanted if isinstance(wanted, list) else [wanted]
    said = [_KINDS.get(str(name), "a number") for name in names if name and name != "null"]
    return " or ".join(said) or "what is allowed here"


def _type_hint(error: jsonschema_rs.ValidationError) -> str:
    wanted = error.kind.as_dict().get("types", [])
    if error.instance is None:
        return "fill it in, or take the key out if it may be left out"
    if "string" in wanted and isinstance(error.instance, bool | int | float):
        return "put it in quotation marks"
    if "array" in wanted:
        return "write each entry on a line of its own, beginning with `- `"
    if "object" in wanted:
        return "write `key: value` lines below it, indented"
    return ""
