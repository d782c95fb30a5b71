"""Names, ranks and titles with a mark behind them, without capitals, or with a slip are told, and no others."""

from __future__ import annotations

import pytest

from conftest import ROOT
from letters.workspace.raw import load_yaml
from letters.workspace.validate import Validator

KENT = (ROOT / "forces/kent.yaml").read_text("utf-8").partition("letters:")[0]
TYPES = frozenset({"abuse-of-position-2017", "pcc-response-2019"})


def told(text: str, slug: str = "kent") -> list[tuple[str, int]]:
    """Code and line of what is said of a force's file."""
    _, problems = Validator({}, TYPES).force(slug, load_yaml({"forces/x.yaml": text.encode()}, "forces/x.yaml"))
    return [(problem.code.value, problem.place.line) for problem in problems]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        *(("Kent Plice", "W139"), ("kent police", "W139"), ("KENT POLICE", "W139"), ("Knet Police", "W139")),
        *(("Kent Constabluary", "W139"), ("Kent Police.", "W138"), ("Kent Police?", "W138"), ("Kent Police,", "E138")),
        *(
            ("Kent Police", ""),
            ("Kent Constabulary", ""),
            ("Kent Police Ltd.", ""),
            ("KENT", ""),
            ("Kent Services", ""),
        ),
        *(("Essex Police", ""), ("Kent and Medway Police", ""), ("Heddlu Caint", "")),
    ],
)
def test_a_name(name: str, code: str) -> None:
    assert told(KENT.replace("name: Kent Police", f"name: {name}")) == ([(code, 2)] if code else [])


@pytest.mark.parametrize(("rank", "code"), [("Chief Constable,", "E138"), ("chief constable", "W139"), ("HMI", "")])
def test_a_rank(rank: str, code: str) -> None:
    facts = KENT.replace("{rank: Chief Constable}", f"\n  rank: {rank}")
    assert told(facts) == ([(code, 5)] if code else [])


def test_names_of_the_repository_are_no_mistakes() -> None:
    for file in sorted((ROOT / "forces").glob("*.yaml")):
        assert told(file.read_text("utf-8"), file.stem) == [], file.name


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ("email: {to: chief@kent}", "W143"),
        ("email: {to: [chief@kent.example, chief@kent]}", "W143"),
        ('email: {to: "a@kent.example; b@kent.example"}', "E109"),
        ("email: {to: chief@kent.example}", ""),
        ("letters:\n  region: South East", "E118"),
    ],
)
def test_an_address_and_a_fact_that_stands_too_low(facts: str, code: str) -> None:
    assert told(f"{KENT.rstrip()}\n{facts}\n") == (
        [(code, KENT.rstrip().count("\n") + 2 + facts.count("\n"))] if code else []
    )
