"""What looks like a finding and is meant: another force named on purpose, a relative date with its year."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import ROOT, Workspace
from letters.proof.finished import relative_date
from support.plain_letters import plain_workspace

pytestmark = pytest.mark.slow

ON_PURPOSE = """\
You work with Surrey Police and Sussex Police on this.
North Example Police and Surrey Police have one unit.
You share your unit with Surrey Police.
Your unit is led by Surrey Police.
It is better than Surrey Police in this.
Forces such as Surrey Police, Sussex Police and Kent Police have done so.
Unlike Surrey Police, you have no plan.
Surrey Police and you act jointly.
Under the collaboration agreement Surrey Police provides the staff.
An officer seconded from Surrey Police leads it.
"""
BY_MISTAKE = """\
Surrey Police has a plan.
We reviewed the plans of Surrey Police.
We are grateful to Surrey Police for its help.
In 2016, Surrey Police's plans were good.
We found that Surrey Police and others had plans.
"""


def with_neighbours(folder: Path, body: str) -> Workspace:
    there = plain_workspace(folder / "workspace", body)
    for name in ("surrey", "sussex", "kent"):
        facts = (ROOT / f"forces/{name}.yaml").read_text("utf-8").partition("letters:")[0]
        there.write(f"forces/{name}.yaml", facts)
    return there


def test_another_force_may_be_named_on_purpose(tmp_path: Path) -> None:
    ran = with_neighbours(tmp_path, ON_PURPOSE).letters("check")
    assert (ran.status, ran.err) == (0, "")


def test_another_force_in_place_of_ones_own_is_told(tmp_path: Path) -> None:
    ran = with_neighbours(tmp_path, BY_MISTAKE).letters("check")
    assert ran.status == 1
    assert ran.err.count("[E413]") == len(BY_MISTAKE.splitlines())


def test_whom_else_a_letter_goes_to_is_meant(tmp_path: Path) -> None:
    there = with_neighbours(tmp_path, "Text.")
    part = "::: {.copied-to}\n{% for line in letter.copied_to %}\n{{ line }}\n{% endfor %}\n:::\n\n::: {.date}"
    there.replace("templates/note-2018/letter.md", "::: {.date}", part)
    there.replace(
        "forces/x.yaml", "    stage: ready", "    stage: ready\n    copied_to: [Chief Constable of Surrey Police]"
    )
    assert "E413" not in there.letters("check").err


@pytest.mark.parametrize(
    "text",
    [
        "Earlier this year, in 2016, we", "this year (2017)", "last month, in May 2016, we", "last year, 2016, we",
        "this year – 2017 – we", "in 2016, this year of change", "next year, in the spring of 2018",
        "by 2018 next year",
        "last week, on 3 May 2017, we", "this year (i.e. 2017)", "this year's 2017 report", "last summer (July 2016)",
        "this year: 2017", "last year in 2016", "the last year of the plan", "next month, that is, June 2017",
    ],
)  # fmt: skip
def test_a_relative_date_with_its_year(text: str) -> None:
    assert not relative_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "Earlier this year we did so.",
        "last month, in May, we",
        "In 2016. Last year we",
        "next year the force",
        "yesterday",
    ],
)
def test_a_relative_date_without_its_year(text: str) -> None:
    assert relative_date(text)


@pytest.mark.parametrize(
    ("begins", "is_told"),
    [
        ("No. 10 work", False), ("Nos. 3 and 4 of your plans", False), ("St. Albans work", False),
        ("Recommendation 3 work", False), ("Mr. Smith's work", False), ("No 10 work", False),
        ("J. Smith's work", False),
        ("Work", True), ("The 43 forces' work", True), ("No work", True), ("These 3 pieces of work", True),
    ],
)  # fmt: skip
def test_a_phrase_may_begin_with_a_capital_that_a_number_or_name_has(
    small: Workspace, begins: str, is_told: bool
) -> None:
    wording = "templates/abuse-of-position-2017/wording.yaml"
    small.replace(wording, "text: work to seek", f"text: {begins} to seek")
    assert ("[E417]" in small.letters("check").err) is is_told
