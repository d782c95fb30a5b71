"""JSON Schema for people: what a schema finds wrong in raw data, as problems with a place and a hint."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NoReturn

import jsonschema_rs

from letters.machine.surroundings import ending_at_once
from letters.problems import Code, Place, Problem, Severity, did_you_mean, nearest, quoted
from letters.workspace.examples import LIKELY, from_pattern
from letters.workspace.raw import Path, Raw, in_quotation_marks

Schema = Mapping[str, object]


@cache
def packaged(name: str) -> Schema:
    """A schema that ships with the tool: `force`, `own`, `letter` or `wording`."""
    schema: Schema = json.loads((files("letters.workspace") / "schemas" / f"{name}.json").read_text("utf-8"))
    return schema


class NoSchema(ValueError):
    """What should be a JSON Schema is none; `path` leads to what is wrong, `hint` says what to do."""

    def __init__(self, message: str, path: Path, hint: str) -> None:
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

    def faults(self, instance: object) -> list[Path]:
        """The way to each value of `instance` that the schema does not allow."""
        return [tuple(error.instance_path) for error in self._errors(instance)]

    def _errors(self, instance: object) -> list[jsonschema_rs.ValidationError]:
        with ending_at_once():
            return list(self._validator.iter_errors(instance))

    def shape_problems(
        self, raw: Raw, at: Path, instance: object, *, partial: bool = False, also: Collection[str] = ()
    ) -> list[Problem]:
        """Every problem of shape of `instance`, which stands at `at`.

        `partial`: missing keys are no problem. `also`: keys that are checked elsewhere, for hints.
        """
        errors = [inner for error in self._errors(instance) for inner in _innermost(error)]
        mistyped = {place for error in errors for place in self._meant(error)}
        problems: list[Problem] = []
        for error in errors:
            missing = error.kind.as_dict()["property"] if error.kind.name == "required" else None
            if missing is None or not (partial or (*error.instance_path, missing) in mistyped):
                problems += _shape(self.schema, raw, at, error, also)
        return problems

    def _meant(self, error: jsonschema_rs.ValidationError) -> Iterator[Path]:
        """The keys that were meant by unknown ones: these are mistyped, and not missing as well."""
        if error.kind.name == "additionalProperties":
            allowed = list(_mapping(_subschema(self.schema, error.instance_path).get("properties")))
            for key in error.kind.as_dict()["unexpected"][:_MOST]:
                if near := nearest(key, allowed):
                    yield (*error.instance_path, near)


class Rules:
    """The rules across fields of an outcome: the members of its schema's `allOf`, each with a description."""

    def __init__(self, schema: Schema) -> None:
        rules = schema.get("allOf")
        shared = {"$defs": schema["$defs"]} if "$defs" in schema else {}
        self._rules = [Checker({**shared, **_mapping(rule)}) for rule in rules] if isinstance(rules, list) else []

    def problems(self, raw: Raw, at: Path, answers: object) -> list[Problem]:
        """A problem for each rule that is broken, where the first value stands that breaks it."""
        problems = []
        for rule in self._rules:
            if broken := rule.faults(answers):
                place = min((raw.place((*at, *path), key=not path) for path in broken), key=_line_and_column)
                severity = Severity(str(rule.schema.get("severity", "error")))
                code = Code.BROKEN_ADVICE if severity is Severity.WARNING else Code.BROKEN_RULE
                problems.append(Problem(code, str(rule.schema["description"]), place, severity=severity))
        return problems


def answers_of(schema: Schema) -> dict[str, list[str]]:
    """The answers of each closed field of an outcome."""
    fields = _mapping(schema.get("properties"))
    found = {name: _constants(resolved(schema, _mapping(part))) for name, part in fields.items()}
    return {name: answers for name, answers in found.items() if answers}


#: The media type of a text that is Markdown.
MARKDOWN = "text/markdown"


def is_markdown(part: Schema) -> bool:
    """Whether a text that `part` of a schema describes is Markdown."""
    return part.get("contentMediaType") == MARKDOWN


def items_of(part: Schema) -> Schema:
    """What `part`, a list, says of its items. What it says of Markdown, it says of each of them."""
    items = _mapping(part.get("items"))
    return {"contentMediaType": MARKDOWN, **items} if is_markdown(part) else items


def markdown_paths(schema: Schema, value: object, part: Schema | None = None) -> Iterator[Path]:
    """The ways to the Markdown texts in `value`, which `schema` describes (`part` of it)."""
    part = resolved(schema, schema if part is None else part)
    if isinstance(value, str) and is_markdown(part):
        yield ()
    elif isinstance(value, Mapping):
        fields = _mapping(part.get("properties"))
        for key, inner in value.items():
            yield from ((key, *path) for path in markdown_paths(schema, inner, _mapping(fields.get(key))))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from ((number, *path) for path in markdown_paths(schema, item, items_of(part)))


def part_at(schema: Schema, path: Path) -> Schema:
    """The part of `schema` that describes the value at `path`. What a list says of Markdown, it says of its items."""
    part = _subschema(schema, path)
    is_item = path and isinstance(path[-1], int) and is_markdown(_subschema(schema, path[:-1]))
    return {"contentMediaType": MARKDOWN, **part} if is_item else part


def takes_words(schema: Schema, path: Path) -> bool:
    """Whether what `schema` allows at `path` are words: neither one of some answers nor a date."""
    part = _subschema(schema, path)
    return not _constants(part) and part.get("format") != "date"


def codes_of(schema: object) -> frozenset[str]:
    """Every answer in a schema that is written as a code, with underscores."""
    if isinstance(schema, list):
        return frozenset().union(*map(codes_of, schema))
    if not isinstance(schema, Mapping):
        return frozenset()
    options = schema.get("enum")
    own = [schema.get("const"), *(options if isinstance(options, list) else ())]
    return frozenset(text for text in own if isinstance(text, str) and "_" in text).union(
        *(codes_of(inner) for inner in schema.values())
    )


def titles_of(schema: Schema, part: Schema) -> dict[object, str | None]:
    """The answers of a closed field, each with its title or None; empty for any other field."""
    part = resolved(schema, part)
    if not _constants(part):
        return {}
    options = part.get("enum")
    choices = [{"const": const} for const in options] if isinstance(options, list) else _branches(part)
    found = [part] if "const" in part else [_mapping(choice) for choice in choices]
    titles = ((choice.get("const"), choice.get("title")) for choice in found)
    return {const: title if isinstance(title, str) else None for const, title in titles if _is_plain(const)}


def titles_by_field(schema: Schema) -> dict[str, dict[object, str | None]]:
    """The answers of each closed field of an outcome, each with its title or None."""
    return {name: titles_of(schema, _mapping(part)) for name, part in _mapping(schema.get("properties")).items()}


def _is_plain(const: object) -> bool:
    return isinstance(const, str | int) and not isinstance(const, bool)


#: For more mistyped keys than this no hint is looked for.
_MOST = 100


def _line_and_column(place: Place) -> tuple[int, int]:
    return place.line, place.column


def _is_date(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) and date.fromisoformat(text))
    except ValueError:
        return False


def _refuse_to_fetch(uri: str) -> NoReturn:
    raise ValueError(uri)


_TYPES = ("object", "array", "string", "number", "integer", "boolean", "null")


def _no_schema(schema: Schema, error: jsonschema_rs.ValidationError) -> NoSchema:
    path = tuple(error.instance_path)
    said = str(error).split("\n", 1)[0]
    if path[-1:] == ("type",):
        return NoSchema(f"{_shown(error.instance)} is no type", path, did_you_mean(str(error.instance), _TYPES))
    if path[-1:] == ("pattern",):
        return NoSchema(f"{_shown(error.instance)} is no pattern", path, "compare with the patterns of other fields")
    references = sorted(_references((), schema), key=lambda found: -len(found[1]))
    for where, reference in references:
        if reference.removeprefix("#") in said:
            hint = did_you_mean(reference, [f"#/$defs/{name}" for name in _mapping(schema.get("$defs"))])
            hint = hint or "write out what it refers to"
            return NoSchema(f"{quoted(reference)} refers to nothing in this file", where, hint)
    if error.kind.name == "type":
        types = [kind for kind in error.kind.as_dict()["types"] if kind != "boolean"]
        message = f"{_named(path)} is {_kind(error.instance)}, not {_wanted({'type': types})}"
        return NoSchema(message, path, "compare with the other fields")
    return NoSchema(f"this is no JSON Schema: {said}", path, "compare with the other fields, or another letter type")


def _references(path: Path, part: object) -> Iterator[tuple[Path, str]]:
    if isinstance(part, Mapping):
        for key, inner in part.items():
            if key == "$ref" and isinstance(inner, str):
                yield (*path, key), inner
            yield from _references((*path, key), inner)
    elif isinstance(part, list):
        for number, inner in enumerate(part):
            yield from _references((*path, number), inner)


def _innermost(error: jsonschema_rs.ValidationError) -> Iterator[jsonschema_rs.ValidationError]:
    """What is wrong in the one branch of an `anyOf` or `oneOf` that is of the right type; else the error itself."""
    if error.kind.name in ("anyOf", "oneOf"):
        branches = error.kind.as_dict().get("context") or []
        for branch in branches:
            if not any(inner.kind.name in ("type", "const") and _same_place(inner, error) for inner in branch):
                for inner in branch:
                    yield from _innermost(inner)
                return
    yield error


def _same_place(error: jsonschema_rs.ValidationError, other: jsonschema_rs.ValidationError) -> bool:
    return list(error.instance_path) == list(other.instance_path)


def _shape(
    schema: Schema, raw: Raw, at: Path, error: jsonschema_rs.ValidationError, also: Collection[str]
) -> Iterator[Problem]:
    path = (*at, *error.instance_path)
    kind = error.kind.as_dict()
    place = raw.place(path)
    where = _named(path)
    part = _subschema(schema, error.instance_path)
    match error.kind.name:
        case "additionalProperties" | "unevaluatedProperties":
            allowed = [*_mapping(part.get("properties")), *(also if path == at else ())]
            for number, key in enumerate(kind["unexpected"]):
                hint = did_you_mean(key, allowed) if number < _MOST else ""
                message = f"{quoted(key)} is not a key of {where}"
                yield Problem(Code.UNKNOWN_KEY, message, raw.place((*path, key), key=True), hint or "take it out")
        case "required":
            key = kind["property"]
            choices = _constants(_subschema(schema, [*error.instance_path, key]))
            hint = f"add `{key}: …`" + (f"; one of: {', '.join(choices)}" if choices else "")
            yield Problem(Code.MISSING_KEY, f"{key!r} is missing in {where}", raw.place(path, key=True), hint)
        case "oneOf" | "anyOf" | "enum" | "const" if allowed := _constants(part):
            found = "this" if isinstance(error.instance, list | dict) else _shown(error.instance)
            message = f"{where} has no answer" if error.instance is None else f"{found} is not an answer for {where}"
            yield Problem(Code.NOT_AN_ANSWER, message, place, did_you_mean(_typed(error.instance), allowed))
        case "format" | "type" if part.get("format") == "date" and error.instance is not None:
            hint = "write a date that there is, as year-month-day: 2017-10-02"
            yield Problem(Code.NOT_A_DATE, f"{_shown(error.instance)} is not a date", place, hint)
        case "oneOf" | "anyOf" | "type":
            empty = error.instance is None
            message = f"{where} is {_kind(error.instance)}" + ("" if empty else f", not {_wanted(part)}")
            hint = _empty_hint(schema, error.instance_path) if empty else _type_hint(part, error.instance, path, also)
            if _wanted(part).startswith("text") and (line := _one_line(raw, path, error.instance)):
                hint = f"if it is a text with a colon in it, put quotation marks around the whole of it: {line}"
            yield Problem(Code.WRONG_SHAPE, message, place, hint)
        case "minLength" | "pattern" | "minItems" | "minProperties":
            empty = not error.instance or (isinstance(error.instance, str) and not error.instance.strip())
            message = f"{where} is empty" if empty else f"{_shown(error.instance)} does not fit {where}"
            hint = _empty_hint(schema, error.instance_path) if empty else _fit_hint(part)
            yield Problem(Code.UNFIT_VALUE, message, place, hint)
        case _:
            yield Problem(
                Code.OUTSIDE_SCHEMA, f"{where}: {error.message[:200]}", place, str(part.get("description", ""))
            )


def _named(path: Iterable[str | int]) -> str:
    """A path as a person says it: the last key, or the whole file."""
    steps = list(path)
    keys = [step for step in steps if isinstance(step, str)]
    suffix = f" (item {steps[-1] + 1})" if steps and isinstance(steps[-1], int) else ""
    return (keys[-1] if keys else "this file") + suffix


def _subschema(schema: Schema, path: Iterable[str | int]) -> Schema:
    """The part of `schema` that describes the value at `path`; empty where it does not say."""
    part = resolved(schema, schema)
    for step in path:
        part = resolved(schema, _step(schema, part, step))
    return part


def _step(schema: Schema, part: Schema, step: str | int) -> Schema:
    inner = part.get("items") if isinstance(step, int) else _mapping(part.get("properties")).get(step)
    inner = inner if inner is not None else part.get("additionalProperties")
    if not isinstance(inner, Mapping):
        branches = (resolved(schema, _mapping(branch)) for branch in _branches(part))
        inner = next((found for branch in branches if (found := _step(schema, branch, step))), None)
    return _mapping(inner)


def _branches(part: Schema) -> list[object]:
    choices = part.get("anyOf") or part.get("oneOf")
    return choices if isinstance(choices, list) else []


def resolved(schema: Schema, part: Schema) -> Schema:
    """`part` of `schema` with what it refers to in the place of the reference."""
    seen: set[str] = set()
    while isinstance(reference := part.get("$ref"), str) and reference.startswith("#/$defs/") and reference not in seen:
        seen.add(reference)
        target = _mapping(_mapping(schema.get("$defs")).get(reference.removeprefix("#/$defs/")))
        part = {**target, **{key: value for key, value in part.items() if key != "$ref"}}
    return part


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _constants(part: Schema) -> list[str]:
    """The values that a closed field may have."""
    options = part.get("enum")
    found = options if isinstance(options, list) else [_mapping(choice).get("const") for choice in _branches(part)]
    found = [part["const"]] if "const" in part else found
    return [str(const) for const in found] if found and None not in found else []


def _typed(value: object) -> str:
    return value if isinstance(value, str) else ""


def _shown(value: object) -> str:
    match value:
        case str():
            return quoted(value)
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


_KINDS = {
    "string": "text",
    "object": "keys with values",
    "array": "a list",
    "null": "empty",
    "boolean": "true or false",
    "integer": "a whole number",
}


def _wanted(part: Schema) -> str:
    wanted = part.get("type")
    if not wanted:
        wanted = [_mapping(branch).get("type", "string") for branch in _branches(part)]
    names = wanted if isinstance(wanted, list) else [wanted]
    said = dict.fromkeys(_KINDS.get(str(name), "a number") for name in names if name and name != "null")
    return " or ".join(said) or "what is allowed here"


def _empty_hint(schema: Schema, path: list[str | int]) -> str:
    required = _subschema(schema, path[:-1]).get("required")
    needed = isinstance(required, list) and path[-1:] and path[-1] in required
    return "fill it in" if needed or not path else "fill it in, or take the line out"


def _one_line(raw: Raw, path: Path, value: object) -> str:
    """What YAML takes for a key with a value at `path`, in quotation marks; empty if it is no single line."""
    if not isinstance(value, Mapping) or len(value) != 1:
        return ""
    inner = (*path, *value)
    (line, column), (last, end) = raw.values[path], raw.ends.get(inner, (-1, 0))
    text = raw.lines[line][column:end]
    return in_quotation_marks(text) if line == last and not text.startswith("{") else ""


def _fit_hint(part: Schema) -> str:
    """What a text should be like: as its field is described, or as an example of it is."""
    if description := part.get("description"):
        return str(description)
    pattern = part.get("pattern")
    examples = part.get("examples")
    listed = [str(example) for example in examples] if isinstance(examples, list) else []
    likely = (*listed, *LIKELY, *(from_pattern(pattern) if isinstance(pattern, str) else ()))
    try:
        fitting = Checker(part)
    except NoSchema:
        return ""
    example = next((text for text in likely if fitting.fits(text)), "")
    return f"write it like this: {example}" if example else ""


_YES = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}


def _type_hint(part: Schema, value: object, path: Path, also: Collection[str]) -> str:
    wanted = _wanted(part)
    if wanted.startswith("text") and isinstance(value, bool | int | float):
        in_outcome = not isinstance(value, bool) and also and len(path) > 2 and path[2] not in also
        other = "; if it is one in every file, let outcome.yaml say `type: number`" if in_outcome else ""
        return f"put quotation marks around it{other}"
    if wanted.startswith("text") and isinstance(value, Mapping):
        return (
            "if it is a text with a colon in it, put quotation marks around the whole of it: 'within 24 hours: always'"
        )
    if wanted.startswith("text"):
        return "write words, in quotation marks if they begin with [ or {"
    if wanted == "true or false" and value is not None:
        typed = value.casefold() if isinstance(value, str) else ""
        meant = _YES.get(typed) or (typed if typed in ("true", "false") else "")
        return f"write {meant}, without quotation marks" if meant else "write true or false"
    if wanted.endswith("number") and isinstance(value, str):
        is_number = re.fullmatch(r"[-+]?[0-9]+(?:\.[0-9]+)?", value)
        figures = "1234" if wanted == "a whole number" else "1234 or 92.5"
        return "take the quotation marks off" if is_number else f"write figures alone, such as {figures}"
    if wanted.startswith("a list"):
        return "write each entry on a line of its own, beginning with `- `"
    if wanted.startswith("keys with values"):
        keys = list(_mapping(part.get("properties"))) or ["key"]
        example = f"lines such as `{keys[0]}: …`"
        return f"begin with {example}" if not path else f"write {example} below it, indented"
    return ""
