"""Letter types of any shape are proved: open fields take a sample that they allow, or the proof says that it has none."""

from __future__ import annotations

import pytest

from letters.proof import terminal
from letters.proof.enumerate import Rows, enumerate_outcomes
from letters.workspace.outcome import read
from letters.workspace.schema import Checker
from support.proofs import second

PATTERNS = [
    r"^\d+ [A-Z][a-z]+ \d{4}$",
    r"^[A-Z]{2}/\d{3}/\d{4}$",
    r"^(?:North|South) [A-Z][a-z]+$",
    r"^week \d{1,2}$",
    r"^[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}$",
    r"^£\d{1,3}(,\d{3})*(\.\d\d)?$",
    r"^0\d{3} \d{3} \d{4}$",
    r"^[^@ ]+@[^@ ]+\.uk$",
    r"^(yes|no|not yet): .+$",
    r"^\S+( \S+){2,4}$",
    r"^Form [A-F]\d\.$",
    r"^(Mr|Ms|Dr)\.? [A-Z]\w*( [A-Z]\w*)*$",
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_has_a_sample(pattern: str) -> None:
    field = {"type": "string", "pattern": pattern}
    found = enumerate_outcomes({"type": "object", "required": ["it"], "properties": {"it": field}})
    assert found.lacking == ()
    assert len(found.outcomes) == 1
    assert Checker(field).fits(found.outcomes[0]["it"])


@pytest.mark.parametrize(
    "field",
    [
        {"type": "integer", "maximum": 0},
        {"type": "integer", "exclusiveMinimum": 40, "maximum": 60},
        {"type": "number", "minimum": 99.5, "maximum": 100},
        {"type": "integer", "multipleOf": 7},
        {"type": ["string", "null"]},
        {"type": ["integer", "null"]},
        {"type": "string", "format": "date"},
        {"type": "string", "format": "email"},
        {"type": "string", "maxLength": 5},
        {"type": "string", "minLength": 60},
        {"type": "string", "default": "in due course"},
        {"type": "string", "pattern": "^x(?=y)y$", "examples": ["xy"]},
        {"type": "array", "minItems": 3, "items": {"type": "string"}},
        {"type": "array", "minItems": 2, "items": {"enum": ["a", "b"]}},
        {},
    ],
)
def test_every_open_field_has_a_sample(field: dict[str, object]) -> None:
    found = enumerate_outcomes({"type": "object", "required": ["it"], "properties": {"it": field}})
    assert found.lacking == ()
    assert found.outcomes


WEEK = "urgent: {type: boolean}"


def test_a_field_for_which_there_is_no_sample_is_one_problem_at_its_line() -> None:
    found = second(outcome=("required: [commissioner, team, length]", "required: [commissioner, team, length, code]"))
    assert found.problems == []  # required and not described: anything fits
    code = WEEK + "\n  code: {type: string, pattern: '^(?=.*q)[a-z]{4}$'}"
    found = second(outcome=(WEEK, code), letter=("This is urgent.", "This is urgent."))
    assert [(problem.code, problem.place.text.strip().split(":")[0]) for problem in found.problems] == [
        ("E420", "code")
    ]
    assert "examples" in found.problems[0].hint


def test_rules_that_leave_nothing_are_one_problem_and_no_branch_is_blamed() -> None:
    never = "  - description: never\n    not: {type: object}\n  - description: a large team never comes for a day"
    found = second(outcome=("  - description: a large team never comes for a day", never))
    assert [(problem.code, problem.place.text) for problem in found.problems] == [("E421", "allOf:")]


def test_an_example_that_its_own_field_forbids_is_told() -> None:
    found = second(
        outcome=(WEEK, WEEK + "\n  day: {type: string, pattern: '^[a-z]+day$', examples: [Tuesday]}"),
        letter=("This is urgent.", "This is urgent{% if outcome.day %} on {{ outcome.day }}{% endif %}."),
    )
    assert [problem.code for problem in found.problems] == ["E422"]


def test_branches_that_ask_about_open_fields_are_reached() -> None:
    found = second(
        outcome=(WEEK, WEEK + "\n  count: {type: integer, minimum: 0}\n  items: {type: array, items: {type: string}}"),
        letter=(
            "This is urgent.",
            "This is urgent.\n{% endif %}\n{% if outcome.count == 7 %}\nThere are seven.\n{% elif outcome.count %}\nThere "
            "are some.\n{% else %}\n{% endif %}\n{% if outcome['items'] %}\n{% for item in outcome['items'] %}\n"
            "It is {{ item }}{% if loop.last %}.{% else %};{% endif %}\n\n{% endfor %}",
        ),
    )
    assert [str(problem) for problem in found.problems if problem.code == "E412"] == []


def test_an_optional_paragraph_of_three_ways_may_say_nothing_in_the_last() -> None:
    found = second(
        outcome=("urgent: {type: boolean}", "extent: {enum: [all, some, none]}"),
        letter=(
            "{% if outcome.urgent %}\nThis is urgent.\n{% endif %}",
            "{% if outcome.extent == 'all' %}\nAll is well.\n{% elif outcome.extent == 'some' %}\nSome is well.\n"
            "{% else %}{% endif %}",
        ),
    )
    assert found.problems == []


def test_no_finding_is_found_in_words_that_nobody_wrote() -> None:
    found = second(
        outcome=(WEEK, WEEK + "\n  crimes_reported: {type: string}"),
        letter=(
            "This is urgent.",
            "This is urgent, with {% if outcome.crimes_reported %}{{ outcome.crimes_reported }} reported{% else %}none{% endif %}.",
        ),
    )
    assert [str(problem) for problem in found.problems] == []


#: What an open field may say, in ways that a schema has.
OPEN: dict[str, dict[str, object]] = {
    "a week": {"type": "string", "pattern": r"^\d+ [A-Z][a-z]+ \d{4}$"},
    "a reference": {"type": "string", "pattern": r"^[A-Z]{2}\d{2,3}/\d{4}$"},
    "capitals of some length": {"type": "string", "pattern": "^[A-Z]+$", "minLength": 6, "maxLength": 8},
    "a day of some year": {"type": "string", "format": "date", "pattern": "^2019"},
    "a time": {"type": "string", "format": "date-time"},
    "a long text": {"type": "string", "minLength": 60},
    "a short one": {"type": "string", "maxLength": 3},
    "a number at steps": {"type": "number", "multipleOf": 0.25, "minimum": 3.1},
    "a whole number at steps": {"type": "integer", "multipleOf": 7, "minimum": 50},
    "the one between": {"type": "integer", "exclusiveMinimum": 41, "exclusiveMaximum": 43},
    "a small part": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 0.1},
    "below nothing": {"type": "number", "maximum": -5},
    "some of a few": {"type": "array", "items": {"enum": ["a", "b", "c"]}},
    "different texts": {"type": "array", "minItems": 3, "uniqueItems": True, "items": {"type": "string"}},
    "different numbers": {"type": "array", "minItems": 3, "uniqueItems": True, "items": {"type": "integer"}},
    "years": {"type": "array", "minItems": 2, "items": {"type": "string", "pattern": r"^\d{4}$"}},
    "a list by example": {"type": "array", "items": {"type": "string"}, "examples": [["one", "two"]]},
}


@pytest.mark.parametrize("name", OPEN)
def test_an_open_field_has_a_sample_that_it_allows(name: str) -> None:
    schema = {"type": "object", "required": ["x"], "properties": {"x": OPEN[name]}}
    rows = Rows(schema, read(schema))
    found = [answers["x"] for answers in rows.of(["x"])]
    assert found
    assert rows.lacking == ()
    assert all(Checker(OPEN[name]).fits(value) for value in found)
    if "examples" in OPEN[name]:
        assert found == OPEN[name]["examples"]


def test_a_field_that_nothing_fits_is_told_and_nothing_else_because_of_it() -> None:
    """A branch that asks for it is reached by no outcome that is known: not a branch to be taken out."""
    found = second(
        outcome=(WEEK, WEEK + "\n  code: {type: string, pattern: '^(?=.*q)[a-z]{4}$'}"),
        letter=(
            "This is urgent.",
            "This is urgent.\n{% endif %}\n{% if outcome.code %}\nIts code is {{ outcome.code }}.",
        ),
    )
    assert [problem.code for problem in found.problems] == ["E420"]
    first = next(iter(terminal.proof_lines(found)))
    assert "none of them with code, for which no value is known" in first
    assert "every one composed" not in first
