"""What templates decide by of a recipient is read with each value that makes a difference, and no other is."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from conftest import ROOT, Workspace
from letters.compose.deciding import decisions
from letters.letter import Stage
from letters.proof.choices import ABSENT
from letters.proof.recipients import Kinds
from letters.proof.sample_forces import sample_force
from letters.workspace.model import Force, Outcome
from letters.workspace.recipient import load_recipient

_RECIPIENT = r"""
type: object
required: [name, governance, head, county]
properties:
  name: {type: string, description: Name, examples: [A House]}
  governance:
    description: To whom it answers
    oneOf: [{const: combined, title: a board}, {const: mayor, title: a mayor}]
  mayor: {type: string, description: The mayor, examples: [Jo Marsh]}
  region: {description: Region, enum: [North, South]}
  county: {type: string, description: County, examples: [Kent]}
  head:
    type: object
    description: Who heads it
    required: [title]
    properties:
      title: {type: string, description: Title, examples: [Chief]}
      name: {type: string, description: Name, examples: [A. N. Example]}
  halls: {type: integer, description: Halls, minimum: 0, examples: [3]}
  founded: {type: string, format: date, description: Founded, examples: ['1974-04-01']}
  boats: {type: array, description: Boats, items: {type: string}, examples: [[Anna]]}
  chair:
    type: object
    description: The chair
    required: [title]
    properties: {title: {type: string, examples: [Chair]}, kind: {enum: [elected, named]}}
allOf:
  - description: a mayor has a name
    if: {properties: {governance: {const: mayor}}}
    then: {required: [mayor]}
    else: {properties: {mayor: false}}
"""


def kinds(template: str) -> Kinds:
    """The kinds of recipients that a template tells apart."""
    recipient, problems = load_recipient({"recipient.yaml": _RECIPIENT.encode()})
    assert recipient
    assert problems == []
    nobody = sample_force(recipient)
    assert nobody
    return Kinds(recipient, nobody.facts, decisions([template], recipient.facts))


def values(template: str) -> Mapping[str, list[object]]:
    """By fact the values that are tried."""
    found = kinds(template).choices
    return {
        name.removeprefix("force."): [None if one is ABSENT else one for one in tried] for name, tried in found.items()
    }


@pytest.mark.parametrize(
    ("template", "tried"),
    [
        (
            "{{ force.name }} {{ force.head.title }} {% for b in force.boats %}{{ b }}{% endfor %}",
            {"boats": [None, ["Anna"]]},
        ),
        ("{{ force.governance.title }}", {"governance": ["combined", "mayor"]}),
        ("{% if force.region == 'South' %}x{% endif %}", {"region": [None, "North", "South"]}),
        ("{% if force.head.name %}x{% endif %}", {"head.name": [None, "A. N. Example"]}),
        ("{{ 'x' if force.head.title == 'Commissioner' }}", {"head.title": ["Chief", "Commissioner"]}),
        ("{% if force.county in ('Kent', 'Essex') %}x{% endif %}", {"county": ["Kent", "Essex"]}),
        ("{% if force.halls and force.halls > 1 %}x{% endif %}", {"halls": [None, 3, 0, 1]}),
        (
            "{% if force.founded and force.founded < '1948-01-01' %}x{% endif %}",
            {"founded": [None, "1974-04-01", "1947-12-31", "1948-01-01"]},
        ),
        (
            "{% if force.boats and force.boats | length > 2 %}x{% endif %}",
            {"boats": [None, ["Anna"], [], ["Anna"] * 2, ["Anna"] * 3]},
        ),
        (
            "{% for b in force.boats or [] %}{{ b }}{{ ', ' if not loop.last }}{% endfor %}",
            {"boats": [None, ["Anna"], [], ["Anna"] * 2, ["Anna"] * 3]},
        ),
        (
            "{% if force.chair and force.chair.kind == 'named' %}x{% endif %}",
            {
                "chair": [
                    None,
                    {"title": "Chair"},
                    {"title": "Chair", "kind": "elected"},
                    {"title": "Chair", "kind": "named"},
                ]
            },
        ),
        ("{% set c = force.county %}{% if c == 'Essex' %}x{% endif %}", {"county": ["Kent", "Essex"]}),
        (
            "{% macro m(n) %}{% if n == 'Essex' %}x{% endif %}{% endmacro %}{{ m(force.county) }}",
            {"county": ["Kent", "Essex"]},
        ),
        (
            "{% macro m(f) %}{% if f.county == 'Essex' %}x{% endif %}{% endmacro %}{{ m(force) }}",
            {"county": ["Kent", "Essex"]},
        ),
    ],
)
def test_what_decides_is_tried_on_each_side(template: str, tried: Mapping[str, list[object]]) -> None:
    found = values(template)
    assert {name: sorted(map(repr, one)) for name, one in found.items()} == {
        name: sorted(map(repr, one)) for name, one in tried.items()
    }


def test_a_recipient_is_made_up_that_the_rules_allow() -> None:
    found = kinds("{% if force.governance == 'mayor' %}x{% endif %}")
    made = found.facts({"force.governance": "mayor"})
    assert made
    assert made["mayor"] == "Jo Marsh", "which is asked of no other"
    assert found.facts({"force.governance": "combined"}) == found.base
    assert found.facts({"force.governance": "county"}) is None


def test_a_wording_is_theirs_of_whom_the_same_is_true() -> None:
    found = kinds("{% if force.halls > 1 or force.county == 'Essex' %}x{% endif %}")
    outcome = Outcome(Stage.READY, {})

    def same(facts: Mapping[str, object], name: str, value: object) -> bool:
        own = found.of(Force("x", facts, {}), outcome)
        return found.side(f"force.{name}", own) == found.side(f"force.{name}", {f"force.{name}": value})

    assert same({"halls": 40, "county": "Surrey"}, "halls", 3)
    assert not same({"halls": 1, "county": "Surrey"}, "halls", 3)
    assert same({"halls": 1, "county": "Surrey"}, "county", "Kent")
    assert not same({"halls": 1, "county": "Essex"}, "county", "Kent")


# -- through the command line

_TEMPLATE = "templates/protection-review-2026/letter.md"


@pytest.fixture
def fire(tmp_path: Path) -> Workspace:
    """The sample of fire services, never built."""
    shutil.copytree(ROOT / "src/letters/samples/fire", tmp_path / "fire")
    return Workspace(tmp_path / "fire")


@pytest.mark.slow
def test_what_only_some_recipients_are_told_is_read_and_in_the_book_under_their_names(fire: Workspace) -> None:
    fire.replace(
        _TEMPLATE,
        "## Your inspections\n",
        "{% if force.governance == 'mayor' and outcome.next_steps %}\nWe wil tell them.\n{% endif %}\n\n"
        "{% if force.head.title == 'Commissioner' %}\nThank you for teh time.\n{% endif %}\n\n"
        "{% if force.slug == 'london' %}\nWe go.\n{% endif %}\n\n## Your inspections\n",
    )
    fire.replace(_TEMPLATE, "Copied to: The mayor", "Copied to: The mayorr")
    fire.replace("recipient.yaml", "title: your mayor", "title: your electted mayor")
    told = fire.letters("check").err
    for said in ("'wil' is not", "'mayorr' is not", "'teh' is not", "recipient.yaml:22:36: warning: 'electted' is not"):
        assert said in told
    assert (told.count("[W425]"), "[E412]" in told) == (1, False), told


@pytest.mark.slow
def test_the_book_says_what_each_kind_of_recipient_is_told_under_their_names(fire: Workspace) -> None:
    (proof,) = json.loads(fire.letters("wording", "--json").out)
    said = {verdict["text"]: verdict for verdict in proof["verdicts"]}
    assert said["Copied to: The mayor"]["forces"] == []
    assert said["Copied to: The leader of the council"]["forces"] == ["oxfordshire"]
    chair = said["Copied to: The chair of the fire authority"]["forces"]
    assert "lancashire" not in chair, "whose letter is copied to others"
    assert len(chair) == 8
    combined = said["We ask you for nothing more, and will tell your combined fire authority so."]
    assert (combined["number"], "oxfordshire" in combined["forces"]) == ("D5YN2", False)
    assert said["We ask you for nothing more, and will tell your county council so."]["forces"] == ["oxfordshire"]
    assert (proof["outcomes"], proof["recipients"]["kinds"]) == (81, 6)
