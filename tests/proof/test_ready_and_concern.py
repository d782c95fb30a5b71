"""A build reads what is ready as `letters check` does; a check of one letter is told what its template gets wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.plain_letters import FORCE, LETTER, OUTCOME, plain_workspace

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "body", ["We ask the force\n\n- to plan\n- *to* act", "We ask [the force](https://example.org)\n\n- to act"]
)
def test_words_before_a_list_in_the_data_are_no_sentence_to_either(tmp_path: Path, body: str) -> None:
    there = plain_workspace(tmp_path / "workspace", body)
    assert (there.letters("check").err, there.letters("build").err) == ("", "")


def test_a_template_that_fails_for_a_letter_nobody_gets_concerns_each_that_is_made_from_it(tmp_path: Path) -> None:
    there = plain_workspace(tmp_path / "workspace")
    there.write(OUTCOME, there.read(OUTCOME) + "  suites: {type: integer, minimum: 1}\n")
    there.replace(LETTER, "{{ outcome.body }}\n", "{{ outcome.body }}\n\nWe saw {{ outcome.suites }} of your suites.\n")
    there.replace(FORCE, "    stage: ready\n", "    stage: ready\n    suites: 2\n")
    ran = there.letters("check", "x")
    assert (ran.status, ran.err.count("[E211]"), "other letters" in ran.out) == (1, 1, False), ran.err + ran.out
