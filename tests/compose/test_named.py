"""What templates name is found, whatever way they name it."""

from __future__ import annotations

import pytest

from letters.compose.named import named


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("{{ outcome.rate }}", ("rate",)),
        ("{{ outcome.rate | ordinal }}", ("rate",)),
        ("{{ outcome['rate'] }}", ("rate",)),
        ("{% if outcome.rate > 5 %}a{% endif %}", ("rate",)),
        ("{% if x %}a{% elif outcome.visit.first %}{% endif %}", ("visit", "first")),
        ("{% for one in outcome.visits %}{{ one.place }}{% endfor %}", ("visits", "place")),
        ("{{ outcome.visits[0].place }}", ("visits", "place")),
        ("{% set visit = outcome.visit %}{{ visit.first }}", ("visit", "first")),
        ("{% macro told(it) %}{{ it.first }}{% endmacro %}", ("visit", "first")),
        ("{{ phrases(fields_where(outcome, ['rate', 'cost'], 'yes'), 'use') }}", ("rate",)),
        ("{% for name in outcome %}{{ outcome[name] }}{% endfor %}", ("rate",)),
    ],
)
def test_a_fact_is_named(text: str, way: tuple[str, ...]) -> None:
    assert named([text]).has("outcome", way)


@pytest.mark.parametrize(
    "text",
    [
        "We found that the rate was low.",
        "{{ outcome.rates }}",
        "{{ force.rate }} {{ letter.rate }}",
        "{{ outcome.grade.rate }}",
        "{{ outcome.grade",
        "{# {{ outcome.rate }} #}",
    ],
)
def test_a_fact_is_not_named(text: str) -> None:
    assert not named([text]).has("outcome", ("rate",))
