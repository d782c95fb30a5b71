"""Answers are printed in words, never as codes; dates as letters write them; both still compare as the YAML says."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Ran, Workspace
from support.plain_letters import LETTER, OUTCOME, TYPE, plain_workspace, with_field

pytestmark = pytest.mark.slow

GRADE = """
    oneOf:
      - {const: good, title: Good}
      - {const: requires_improvement, title: requires improvement}
      - {const: inadequate, title: inadequate}"""
AREAS = f"\n    type: array\n    items:{GRADE.replace(chr(10), chr(10) + '  ')}"
NESTED = f"\n    type: object\n    properties:\n      victims:{GRADE.replace(chr(10), chr(10) + '    ')}"
DAY = "{type: string, format: date}"
TEAM = """
    oneOf:
      - {const: large, title: five inspectors}
      - {const: small, title: two inspectors}"""


def made(folder: Path, schema: str, template: str, value: str, wording: str = "") -> Workspace:
    there = plain_workspace(folder / "workspace")
    with_field(there, "x", schema, template, value)
    if wording:
        there.write(f"templates/{TYPE}/wording.yaml", wording)
    return there


def built(there: Workspace) -> str:
    ran = there.letters("build", "--format", "txt")
    # What is said here need not be good English, which a build tells of a letter that is ready.
    assert ran.status == 0, ran.err
    return there.read(f"outputs/{TYPE}/x.txt").replace("\u00a0", " ")


def checked(there: Workspace) -> Ran:
    return there.letters("check")


PHRASES = """\
good: {text: it is good, number: singular, use: when good}
requires_improvement: {text: it must improve, number: singular, use: when not so good}
inadequate: {text: it is inadequate, number: singular, use: when bad}
"""


@pytest.mark.parametrize(
    ("schema", "value", "template", "said"),
    [
        (GRADE, "requires_improvement", "We found: {{ outcome.x.title }}.", "We found: requires improvement."),
        (GRADE, "good", "{{ outcome.x.title | capitalised }} it is.", "Good it is."),
        (GRADE, "good", "{% if outcome.x == 'good' %}Well{% else %}Ill{% endif %} done.", "Well done."),
        (GRADE, "good", "{% if outcome.x in ['good', 'inadequate'] %}Told{% else %}Not{% endif %}.", "Told."),
        (GRADE, "inadequate", "{% if outcome.x != 'good' %}Not good{% else %}Good{% endif %}.", "Not good."),
        (NESTED, "{victims: requires_improvement}", "So {{ outcome.x.victims.title }}.", "So requires improvement."),
        (
            AREAS,
            "[good, requires_improvement]",
            "{% for area in outcome.x %}({{ area.title }}) {% endfor %}.",
            "(Good) (requires improvement) .",
        ),
        (
            AREAS,
            "[good, requires_improvement]",
            "{{ outcome.x | titles | all_of }}.",
            "Good and requires improvement.",
        ),
        ("\n    oneOf: [{const: 1, title: one}, {const: 2, title: two}]", "2", "{{ outcome.x.title }}.", "two."),
        ("\n    oneOf: [{const: 1, title: one}, {const: 2, title: two}]", "2", "Stage {{ outcome.x }}.", "Stage 2."),
        ("\n    enum: [Monday, Tuesday]", "Monday", "On {{ outcome.x }}.", "On Monday."),
        ("\n    enum: [M25, A1]", "M25", "The {{ outcome.x }}.", "The M25."),
        (DAY, "2018-03-12", "We visit you on {{ outcome.x | long_date }}.", "We visit you on 12 March 2018."),
        (DAY, "2018-03-12", "{% if outcome.x == '2018-03-12' %}Same{% else %}Other{% endif %}.", "Same."),
        (f"\n    type: array\n    items: {DAY}", "[2018-03-12]", "{{ outcome.x[0] | long_date }}.", "12 March 2018."),
    ],
)
def test_answers_and_dates_in_words(tmp_path: Path, schema: str, value: str, template: str, said: str) -> None:
    assert said in built(made(tmp_path, schema, template, value))


def test_an_answer_names_a_phrase(tmp_path: Path) -> None:
    there = made(tmp_path, GRADE, "We think {{ phrase(outcome.x) }}.", "requires_improvement", PHRASES)
    assert "We think it must improve." in built(there)


@pytest.mark.parametrize(
    ("schema", "value", "template", "found"),
    [
        (GRADE, "good", "{{ outcome.x }}.", "prints codes, such as 'requires_improvement' [E121]"),
        (GRADE, "good", "{{ outcome.x | capitalised }}.", "prints codes, such as 'requires_improvement' [E121]"),
        (GRADE, "good", "| A | B |\n|---|---|\n| A | {{ outcome.x }} |", "[E121]"),
        (NESTED, "{victims: good}", "{{ outcome.x.victims }}.", "[E121]"),
        (
            AREAS,
            "[good, requires_improvement]",
            "{% for area in outcome.x %}{{ area }}{% endfor %}",
            "prints the code 'requires_improvement'",
        ),
        (AREAS, "[requires_improvement]", "{{ outcome.x | all_of }}.", "prints the code 'requires_improvement'"),
        (GRADE, "requires_improvement", "{% set y = outcome.x %}\n{{ y }}.", "[E121]"),
        ("\n    enum: [in_place, started]", "started", "{{ outcome.x }}.", "[E121]"),
        (
            "\n    enum: [in_place, started]",
            "started",
            "{{ outcome.x.title }}.",
            "outcome.x is a value and has no 'title'",
        ),
        ("{type: string}", "words", "{{ outcome.x.title }}.", "outcome.x is a value and has no 'title'"),
        (GRADE, "good", "{{ outcome.x.titel }}.", "outcome.x has no 'titel'"),
        (DAY, "2018-03-12", "{{ outcome.x }}.", "prints the bare date outcome.x [E211]"),
        (f"\n    type: array\n    items: {DAY}", "[2018-03-12]", "{{ outcome.x | all_of }}.", "prints a bare date"),
        ("{type: string}", "words", "{{ outcome.x | long_date }}.", "`long_date` takes a date, and outcome.x is text"),
        (AREAS, "[good]", "{{ outcome.x | titles }}.", "prints a list"),
    ],
)
def test_codes_and_bare_dates_are_problems_at_their_line(
    tmp_path: Path, schema: str, value: str, template: str, found: str
) -> None:
    there = made(tmp_path, schema, template, value)
    ran = checked(there)
    assert ran.status == 1
    assert found in ran.err
    line = next(n for n, text in enumerate(there.read(LETTER).split("\n"), 1) if "outcome.x" in text)
    assert f"{LETTER}:{line}" in ran.err or f"{LETTER}:{line + 1}" in ran.err


def test_the_hint_is_what_to_write(tmp_path: Path) -> None:
    assert "hint: write {{ outcome.x.title }}" in checked(made(tmp_path, GRADE, "{{ outcome.x }}.", "good")).err
    ran = checked(made(tmp_path / "2", DAY, "{{ outcome.x }}.", "2018-03-12"))
    assert "hint: write {{ outcome.x | long_date }}" in ran.err
    ran = checked(made(tmp_path / "3", "\n    enum: [in_place, started]", "{{ outcome.x }}.", "started"))
    assert "hint: give in_place words in outcome.yaml, {const: in_place, title: …}" in ran.err


def test_an_answer_that_is_a_word_with_another_title_is_only_asked_about(tmp_path: Path) -> None:
    there = made(tmp_path, TEAM, "A {{ outcome.x }} team.", "large")
    ran = checked(there)
    assert ran.status == 0
    assert "prints 'large', which outcome.yaml calls 'five inspectors' [W121]" in ran.err
    there.replace(OUTCOME, "title: five inspectors", "title: large")
    there.replace(OUTCOME, "title: two inspectors", "title: Small")
    assert "W121" not in checked(there).err
