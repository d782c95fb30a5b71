"""An outcome that somebody tries is what was typed: what is optional is left out, and what is invented is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conftest import Workspace
from letters.batch.request import Request
from letters.problems import Code
from letters.proof.terminal import tried_lines
from letters.proof.trying import Tried, try_outcome
from support.grades import GRADES, QUESTIONS, SAMPLE, TYPE

FOLDER = f"templates/{TYPE}"
RULE = """
  - description: a force good at recording is not visited again
    if:
      properties: {recording: {const: good}}
    then:
      not: {required: [revisit]}

$defs:
"""


@pytest.fixture
def grades(tmp_path: Path) -> Workspace:
    there = Workspace(tmp_path / "workspace")
    shutil.copytree(SAMPLE, there.root)
    visit = "{% if outcome.revisit %}\nWe will visit you on {{ outcome.revisit | long_date }}.\n{% endif %}\n"
    there.replace(f"{FOLDER}/verdict.md", "{% endmacro %}", f"{visit}{{% endmacro %}}")
    there.replace(f"{FOLDER}/outcome.yaml", "\n$defs:\n", RULE)
    return there


def tried(there: Workspace, grades: str, **others: str) -> Tried:
    answers = dict(zip(QUESTIONS, (GRADES[one] for one in grades), strict=True))
    return try_outcome(Request(there.root, there.root / "outputs"), TYPE, {**answers, **others})


def test_an_optional_fact_is_left_out_unless_it_is_given(grades: Workspace) -> None:
    there = tried(grades, "gggr")
    assert (there.problems, there.left_out) == ([], ("since_last", "revisit"))
    assert "We will visit" not in there.verdict[0]
    given = tried(grades, "oggr", revisit="2019-09-01")
    assert given.verdict[0].endswith("We will visit you on 1 September 2019.")
    assert given.left_out == ("since_last",)
    assert [problem.code for problem in tried(grades, "gggr", revisit="2019-09-01").problems] == [Code.BROKEN_RULE]


def test_what_is_asked_for_and_not_given_is_invented_and_named(grades: Workspace) -> None:
    usual = {"rate": 92.5, "audited_to": "2018-03-31"}
    invented = dict(tried(grades, "gggr", areas="One thing.").invented)
    assert invented == usual
    by_a_rule = tried(grades, "iggr", rate="12.5", areas="One thing.")
    assert by_a_rule.verdict[0].endswith("We will visit you on 12 March 2019.")
    assert list(tried_lines(by_a_rule)) == [
        "invented, as it was not given: audited_to=2018-03-31 and revisit=2019-03-12",
        "left out: since_last (FIELD=VALUE gives one)",
    ]


def test_what_is_optional_inside_of_what_is_asked_for_is_left_out_as_well(grades: Workspace) -> None:
    visit = (
        "  visit:\n    type: object\n    required: [day]\n    properties:\n"
        "      day: {type: string, format: date}\n      hour: {type: string}\n  revisit:"
    )
    grades.replace(f"{FOLDER}/outcome.yaml", "  revisit:", visit)
    grades.replace(f"{FOLDER}/outcome.yaml", "required: [recording,", "required: [visit, recording,")
    assert tried(grades, "gggr").invented["visit"] == {"day": "2018-01-31"}
