"""Other forces' names in a letter are found alike however many forces there are, and however alike their names."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.proof.force_names import ForceNames

pytestmark = pytest.mark.slow

NAMES = ("Kent Police", "Kentish Police", "Mercia Police", "West Mercia Police", "North West Mercia Police", "Kent")


def found(text: str, own: str, names: tuple[str, ...] = NAMES) -> list[tuple[int, str]]:
    return [(one.start, one.name) for one in ForceNames(names).mentions(text, own)]


def test_names_that_contain_one_another() -> None:
    assert found("West Mercia Police and Mercia Police", "Kent Police") == [
        (0, "West Mercia Police"),
        (23, "Mercia Police"),
    ]
    assert found("West Mercia Police and Mercia Police", "West Mercia Police") == [(23, "Mercia Police")]
    assert found("West Mercia Police", "Mercia Police") == [], "what is left of the own name is no name"
    assert found("Kentish Police", "Kent Police") == [(0, "Kentish Police")]
    assert found("Kent Police", "") == [(0, "Kent Police")], "the longest of those that begin alike"
    assert found("Kent's Kentucky, non-Kent", "") == [(0, "Kent"), (21, "Kent")]


def test_a_force_is_named_with_another_ending() -> None:
    names = ForceNames(("Surrey Police", "Kent Police", "City Guard"), ("Police", "Constabulary", "Police Service"))
    text = "Surrey Constabulary, Surrey Police Service, Kent Constabulary and City Constabulary"
    assert [one.name for one in names.mentions(text, "Kent Police")] == ["Surrey Constabulary", "Surrey Police Service"]


def by_pattern(text: str, own: str, names: tuple[str, ...]) -> list[tuple[int, str]]:
    """The same, by a regular expression of all names, whose time grows with their number."""
    others = sorted((name for name in names if name != own), key=len, reverse=True)
    if not others:
        return []
    pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, others))})(?!\w)"
    return [(match.start(), match[0]) for match in re.finditer(pattern, text.replace(own, "*" * len(own)))]


WORDS = st.sampled_from(["Kent", "West", "Mercia", "Police", "Avon", "Dyfed-Powys", "O'Neill", "of", "and"])
A_NAME = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)


@given(
    names=st.lists(A_NAME, min_size=1, max_size=6, unique=True).map(tuple),
    text=st.lists(st.one_of(WORDS, st.sampled_from(["s", ",", ".", "_", "-", "xKent"])), max_size=12),
    blank=st.sampled_from([" ", "", "-"]),
)
def test_as_by_a_pattern(names: tuple[str, ...], text: list[str], blank: str) -> None:
    said = blank.join(text)
    assert found(said, names[0], names) == by_pattern(said, names[0], names)
