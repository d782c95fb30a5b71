"""Promise 6: no holes. What nobody filled in is a problem with its template's line, and never a blank."""

from __future__ import annotations

import pytest

from letters.letter import words
from support.plain_note import LETTER, LINES_OF_LETTER, block, check, source

FIRST = LINES_OF_LETTER + 1
OUTCOME = """\
type: object
required: [body]
properties:
  body: {type: string, contentMediaType: text/markdown}
  team: {type: string}
"""
HOLES = {
    "a name that is not there": ("Dear {{ officer }}", "E203"),
    "a fact that is not there": ("{{ force.chief_officer.nmae }}", "E203"),
    "a fact that was left out": ("By {{ outcome.team }}.", "E211"),
    "a list that was left out": ("{{ letter.copied_to | agree('is', 'are') }}{{ outcome.team | all_of }}", "E211"),
    "no branch for it": ("{% if outcome.team == 'a' %}A{% elif outcome.team == 'b' %}B{% endif %}", "E210"),
    "no other word": ("The {{ 'large' if outcome.team }} team", "E209"),
    "a phrase that is not there": ("{{ phrase('team') }}", "E208"),
    "an empty part": ("::: {.enclosure}\n:::", "E207"),
    "a part that is empty for one force": (
        "::: {.enclosure}\n{% if outcome.team %}\nThe team\n{% endif %}\n:::",
        "E207",
    ),
    "a heading of nothing": ("##", "E207"),
}


@pytest.mark.parametrize("hole", HOLES)
def test_a_hole_is_a_problem_with_its_line(hole: str) -> None:
    template, code = HOLES[hole]
    _, problems = check(source(block("Words."), template + "\n\n{{ outcome.body }}", OUTCOME))
    assert (code, LETTER, FIRST) in [(one.code, one.place.path, one.place.line) for one in problems if one.stops]


def test_what_may_be_left_out_leaves_no_blank() -> None:
    template = "By {% if outcome.team %}{{ outcome.team }}{% else %}our team{% endif %}.\n\n{{ outcome.body }}"
    letter, problems = check(source(block("Words."), template, OUTCOME))
    assert problems == []
    assert letter
    assert "By our team." in words(letter)
