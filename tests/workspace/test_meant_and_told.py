"""What somebody meant, in a force's file or a template, is said in words that can be pasted; what is sound is left."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from letters.problems import Problem
from support.plain_note import FORCE, LETTER, LINES_OF_FORCE, OUTCOME, block, check, source, told

RECOMMENDATIONS = "  recs: {type: array, items: {type: string}}\n"
GRADES = "  x: {oneOf: [{const: good, title: well}, {const: poor_work, title: poor work}]}\n  n: {enum: [1, 2]}\n"


def problems(answers: str, middle: str = "{{ outcome.body }}", outcome: str = OUTCOME) -> list[Problem]:
    return check(source(block("Hello.") + answers, middle, outcome))[1]


@pytest.mark.parametrize(
    ("entry", "written"),
    [
        ("Record all crimes within 24 hours: not always", "'Record all crimes within 24 hours: not always'"),
        ("Record: it's done  # a remark", '"Record: it\'s done"'),
        ('Record: it\'s "done"', "'Record: it''s \"done\"'"),
        ("Record: 'not' always", "\"Record: 'not' always\""),
        ("Record all: within: 24 hours", "'Record all: within: 24 hours'"),
        ("Record all crimes: not\n  always here", "'Record all crimes: not always here'"),
    ],
)
def test_an_entry_with_a_colon_is_quoted_ready_to_paste(entry: str, written: str) -> None:
    (problem,) = problems(f"recs:\n- {entry}\n", outcome=OUTCOME + RECOMMENDATIONS)
    assert problem.hint.endswith(f": {written}")
    assert not problems(f"recs:\n- {written}\n", "{{ outcome.body }}\n\n{{ outcome.recs }}", OUTCOME + RECOMMENDATIONS)[
        1:
    ]


@pytest.mark.parametrize(
    ("field", "hint"),
    [
        (r"{type: string, pattern: '^\d+ [A-Z][a-z]+ \d{4}$'}", "write it like this: 12 March 2018"),
        ("{type: string, pattern: '^[A-Z]{2}-[0-9]{3}$'}", "write it like this: AA-000"),
        ("{type: string, pattern: '^Q[0-9]$', examples: [Q7]}", "write it like this: Q7"),
        ("{type: string, pattern: '^[A-Z]{2}$', description: Two capitals}", "Two capitals"),
    ],
)
def test_what_does_not_fit_a_pattern_is_told_what_does(field: str, hint: str) -> None:
    (problem,) = problems("week: nonsense\n", outcome=OUTCOME + f"  week: {field}\n")
    assert (problem.code, problem.hint) == ("E109", hint)


def of_templates(condition: str) -> Iterator[str]:
    middle = f"{{% if {condition} %}}A.{{% else %}}B.{{% endif %}}\n\n{{{{ outcome.body }}}}"
    return (problem.hint for problem in problems("x: good\nn: 1\n", middle, OUTCOME + GRADES))


@pytest.mark.parametrize(
    ("condition", "hint"),
    [
        ("outcome.x.title == 'poor_work'", "did you mean outcome.x == 'poor_work'?"),
        ("outcome.x.title != 'poor_work'", "did you mean outcome.x != 'poor_work'?"),
        ("outcome.x.title in ['poor_work']", "did you mean outcome.x == 'poor_work'?"),
        ("'poor_work' == outcome.x.title", "did you mean outcome.x == 'poor_work'?"),
        ("outcome.x.title == 'poor wrok'", "did you mean 'poor work'? one of: well, poor work"),
        ("outcome.x == 'well'", "did you mean 'good'? an answer is compared as the files in forces/ write it"),
        ("'god' == outcome.x", "did you mean 'good'? one of: good, poor_work"),
        ("outcome['x'] == 'god'", "did you mean 'good'? one of: good, poor_work"),
        ("outcome.n == 3", "one of: 1, 2"),
    ],
)
def test_a_comparison_that_never_holds_says_what_was_meant(condition: str, hint: str) -> None:
    assert list(of_templates(condition)) == [hint]


def test_an_answer_without_quotation_marks_is_told() -> None:
    assert "if the answer is meant, put it in quotation marks: 'good'" in of_templates("outcome.x == good")


@pytest.mark.parametrize(
    "condition",
    [
        "outcome.x == 'good'",
        "outcome.x.title == 'poor work'",
        "outcome.x in ['good', 'poor_work']",
        "outcome.n == 2",
        "outcome.n > 0",
        "outcome.x and outcome.x == 'poor_work'",
    ],
)
def test_a_comparison_that_may_hold_is_left(condition: str) -> None:
    assert list(of_templates(condition)) == []


PATHS = {
    r"See \\server\share now.": r"write four: \\\\server\share",
    r"See (\\server\share) now.": r"write four: \\\\server\share",
    r"See C:\_old now.": r"write two backslashes in a path: \\_",
    r"See S:\#1\a now.": r"write two backslashes in a path: \\#",
}


@pytest.mark.parametrize("text", PATHS)
def test_a_backslash_of_a_path_that_is_not_printed_is_told_wherever_it_stands(text: str) -> None:
    in_the_template = check(source(block("Hello."), text + "\n\n{{ outcome.body }}"))[1]
    in_the_data = check(source(block(text)))[1]
    for (problem,), path in ((in_the_template, LETTER), (in_the_data, FORCE)):
        assert (problem.code, problem.place.path, problem.hint) == ("W224", path, PATHS[text])


@pytest.mark.parametrize(
    "text", [r"See C:\Users\x.", r"See \\\\server\share and C:\\_old.", r"Write 5 \* 3, \# and 1\. here.", r"A\*b."]
)
def test_a_backslash_that_is_meant_is_left(text: str) -> None:
    assert check(source(block(text), text + "\n\n{{ outcome.body }}"))[1] == []


def test_a_value_of_the_wrong_shape_hides_nothing_of_the_others() -> None:
    entries = "{type: array, items: {type: string, contentMediaType: text/markdown}}"
    areas = f"type: object\nproperties:\n  areas: {entries}\n"
    there = source('areas:\n  - "| a | b |"\n  - 12\n  - 2018-03-01\n  - TBC\n', "x", areas)
    found = [(code.partition(" ")[0], int(code.rpartition(":")[2]) - LINES_OF_FORCE) for code in told(check(there)[1])]
    assert found == [("E225", 2), ("E107", 3), ("W122", 4), ("E123", 5)]


def test_of_a_value_that_is_wrong_one_thing_is_told() -> None:
    number = "type: object\nproperties:\n  rate: {type: number}\n"
    assert [problem.code for problem in check(source("rate: TBC\n", "x", number))[1]] == ["E107"]
