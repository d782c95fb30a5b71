"""What jsonschema-rs finds wrong in a schema itself is said for people; what is read of it for that is still there."""

from __future__ import annotations

from typing import NoReturn

import jsonschema_rs
import pytest

from letters.workspace.schema import Checker, NoSchema, Schema

PART = {"$ref": "#/$defs/answer"}
#: A schema, what is said, and what the library calls it.
EXAMPLES: tuple[tuple[Schema, str, str], ...] = (
    (PART, "'#/$defs/answer' refers to nothing in this file", "$ref"),
    ({"$ref": "https://a.org/b"}, "'https://a.org/b' refers to nothing in this file", "$ref"),
    ({"$defs": {"a": {}}, "$ref": "#a"}, "'#a' refers to nothing in this file", "$ref"),
    ({"type": "strin"}, "'strin' is no type", "anyOf"),
    ({"pattern": "("}, "'(' is no pattern", "format"),
    ({"properties": []}, "properties is a list, not keys with values", "type"),
    ({"properties": {"a": [PART]}}, "a is a list, not keys with values", "type"),
)


def fetch_nothing(uri: str) -> NoReturn:
    raise ValueError(uri)


@pytest.mark.parametrize(("schema", "message", "kind"), EXAMPLES)
def test_what_is_no_schema_is_said(schema: Schema, message: str, kind: str) -> None:
    with pytest.raises(jsonschema_rs.ValidationError) as said:
        jsonschema_rs.Draft202012Validator(dict(schema), validate_formats=True, retriever=fetch_nothing)
    assert said.value.kind.name == kind
    with pytest.raises(NoSchema) as caught:
        Checker(schema)
    assert str(caught.value) == message
