"""What is wrong with a schema that staff write, `outcome.yaml` or `recipient.yaml`, as a description of files."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from letters.problems import Code, Problem
from letters.workspace.keywords import unknown_keywords
from letters.workspace.outcome import as_list, read
from letters.workspace.raw import Raw
from letters.workspace.schema import Checker, NoSchema, Schema
from letters.workspace.schema_bounds import too_much
from letters.workspace.unread import unread


@dataclass(frozen=True)
class Described:
    """What a schema describes, in a message's words: `what` it is, where its fields stand, the names that the tool
    has there itself, and the keywords that it reads beside those of JSON Schema."""

    what: str
    where: str
    taken: Collection[str]
    code_of_taken: Code = Code.BROKEN_OUTCOME_SCHEMA
    own_keywords: Collection[str] = ()


def schema_problems(raw: Raw, schema: Schema, described: Described) -> list[Problem]:
    """What is wrong with the schema that a file holds, as one that every value can be held against and read by."""
    unknown = unknown_keywords(schema, described.own_keywords)
    problems = [Problem(one.code, one.message, raw.place(one.way, key=not one.is_value), one.hint) for one in unknown]
    problems += _rule_problems(raw, schema)
    if not any(len(one.way) == 1 for one in unknown):
        problems += _field_problems(raw, schema, described)
    if found := too_much(schema):
        return [*problems, Problem(found.code, found.message, raw.place(found.path), found.hint)]
    try:
        Checker(schema)
    except NoSchema as error:
        return [*problems, Problem(Code.BROKEN_OUTCOME_SCHEMA, str(error), raw.place(error.path), error.hint)]
    not_read = [] if problems else unread(schema, read(schema))
    return [
        *problems,
        *(Problem(one.code, one.message, raw.place(one.way, key=not one.is_value), one.hint) for one in not_read),
    ]


def _rule_problems(raw: Raw, schema: Schema) -> Iterator[Problem]:
    for number, rule in enumerate(as_list(schema.get("allOf"))):
        if not (isinstance(rule, dict) and isinstance(rule.get("description"), str)):
            hint = "say in `description:` what is wrong when it is broken, and what to do; people read it"
            yield Problem(
                Code.BROKEN_OUTCOME_SCHEMA, "a rule without a description", raw.place(("allOf", number)), hint
            )
        elif rule.get("severity", "error") not in ("error", "warning"):
            where = raw.place(("allOf", number, "severity"))
            hint = "an error stops the letter, a warning is only said"
            yield Problem(Code.BROKEN_OUTCOME_SCHEMA, "a severity is `error` or `warning`", where, hint)


def _field_problems(raw: Raw, schema: Schema, described: Described) -> Iterator[Problem]:
    fields = schema.get("properties")
    if schema.get("type") in ("array", "string", "number", "integer", "boolean", "null"):
        yield Problem(
            Code.BROKEN_OUTCOME_SCHEMA, f"{described.what} is an object", raw.place(("type",)), "write `type: object`"
        )
    if not isinstance(fields, dict):
        yield Problem(
            Code.BROKEN_OUTCOME_SCHEMA,
            "`properties` is missing",
            raw.place(),
            f"list the fields of {described.what} there",
        )
        return
    for name, part in fields.items():
        where = raw.place(("properties", name), key=True)
        if name in described.taken:
            hint = "give the field another name"
            yield Problem(
                described.code_of_taken, f"{name!r} means something else in {described.where} already", where, hint
            )
        if isinstance(part, bool):
            hint = "say below it, indented, what it may be, such as `type: string`"
            yield Problem(Code.BROKEN_OUTCOME_SCHEMA, f"the field {name!r} does not say what it may be", where, hint)
