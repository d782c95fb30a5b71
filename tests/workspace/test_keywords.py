"""A key of a schema that nobody reads is told at its place, with what was meant; what JSON Schema has is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from letters.workspace.keywords import OF_RECIPIENTS, unknown_keywords
from letters.workspace.recipient import load_recipient

SHIPPED = sorted([*ROOT.glob("src/letters/**/outcome.yaml"), *ROOT.glob("src/letters/**/recipient.yaml")])
#: One of each place in which a schema may stand.
PLACES = (
    "{%s: 1}",
    "{properties: {a: {%s: 1}}}",
    "{properties: {a: {type: array, items: {%s: 1}}}}",
    "{properties: {a: {oneOf: [{const: x}, {const: y, %s: 1}]}}}",
    "{properties: {a: {type: object, additionalProperties: {%s: 1}}}}",
    "{allOf: [{description: d, if: {properties: {a: {%s: 1}}}}]}",
    "{$defs: {a: {%s: 1}}}",
)


@pytest.mark.parametrize("file", [*SHIPPED, *ROOT.glob("templates/*/outcome.yaml")], ids=lambda file: file.parts[-2])
def test_schemas_that_are_there_have_no_unknown_key(file: Path) -> None:
    schema = yaml.safe_load(file.read_text("utf-8"))
    schema.pop("word", None)
    assert unknown_keywords(schema, OF_RECIPIENTS if file.name == "recipient.yaml" else ()) == []


@given(
    st.sampled_from(PLACES), st.sampled_from([("minimun", "minimum"), ("patern", "pattern"), ("requred", "required")])
)
def test_a_mistyped_keyword_is_told_wherever_it_stands(place: str, word: tuple[str, str]) -> None:
    mistyped, meant = word
    (found,) = unknown_keywords(yaml.safe_load(place % mistyped))
    assert found.way[-1] == mistyped
    assert f"`{meant}`" in found.hint


@given(st.sampled_from(PLACES), st.sampled_from(["x-owner", "$comment", "deprecated", "minimum", "propertyNames"]))
def test_json_schema_and_keys_of_ones_own_are_left_alone(place: str, key: str) -> None:
    assert unknown_keywords(yaml.safe_load(place % key)) == []


def test_names_of_fields_and_answers_are_no_keywords() -> None:
    fields = {"properties": {"minimun": {"const": {"patern": 1}, "examples": [{"requred": 1}]}}}
    assert unknown_keywords({**fields, "shared": {"a": {}}, "allOf": [{"$ref": "#/shared/a"}]}) == []
    assert [one.way for one in unknown_keywords({"shared": {"a": {}}})] == [("shared",)]


def test_the_tools_own_keys_stand_where_they_are_read() -> None:
    rule = {"description": "d", "severity": "warning"}
    assert unknown_keywords({"allOf": [rule]}) == []
    assert [one.way for one in unknown_keywords({"properties": {"a": rule}})] == [("properties", "a", "severity")]
    assert [one.way for one in unknown_keywords({"properties": {"a": {"suggest": "x"}}})]
    values = {"properties": {"a": {"format": "emial"}, "b": {"contentMediaType": "text/markdwon"}}}
    assert [one.way[-1] for one in unknown_keywords(values)] == ["format", "contentMediaType"]


def test_a_recipient_yaml_says_each_at_its_line() -> None:
    text = "type: object\nrequred: [name]\nproperties:\n  name: {type: string, sugest: x}\nclerk2: x\n"
    recipient, problems = load_recipient({"recipient.yaml": text.encode()})
    told = [(str(one.code), one.place.line) for one in problems]
    assert recipient is None
    assert told == [("E145", 2), ("E145", 4), ("E145", 5)]
