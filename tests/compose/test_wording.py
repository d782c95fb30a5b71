"""Joins, agreement, dates, quotation marks and no-break spaces: tables of examples."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.compose.english import agree, capitalised, join
from letters.letter import Paragraph, Part, Run, normalise, plain
from letters.letter.dates import long_date
from letters.letter.quotes import smart_quotes
from letters.letter.typography import NO_BREAK, Typographer
from letters.workspace.model import Number, Phrase

ONE = Phrase("a", "a review", Number.SINGULAR, "")
MANY = Phrase("b", "improvements", Number.PLURAL, "")


@pytest.mark.parametrize(
    ("texts", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c"), (list("abcd"), "a, b, c and d")],
)
def test_join(texts: list[str], said: str) -> None:
    assert join(texts, "and") == said


@pytest.mark.parametrize(
    ("phrases", "said"), [([ONE], "was"), ([MANY], "were"), ([ONE, ONE], "were"), ([ONE, MANY], "were")]
)
def test_agreement_follows_the_phrase_and_the_join(phrases: list[Phrase], said: str) -> None:
    assert agree(phrases, "was", "were") == said


def test_capitals_and_dates() -> None:
    assert capitalised("work done") == "Work done"
    assert capitalised("ŵyn") == "Ŵyn"
    assert capitalised("IT systems") == "IT systems"
    assert long_date(date(2017, 10, 2)) == "2 October 2017"
    assert long_date(date(2019, 11, 20)) == "20 November 2019"


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("'abuse of authority'", "‘abuse of authority’"),
        ("Chiefs' Council's", "Chiefs’ Council’s"),
        ('"Yes," she said', "“Yes,” she said"),
        ("('so')", "(‘so’)"),
        ("the '90s and 'tis", "the ’90s and ’tis"),
        ("\"'Inside,' he said\"", "“‘Inside,’ he said”"),
        ("O'Brien", "O’Brien"),
        ("already ‘set’", "already ‘set’"),
        ("end.'", "end.’"),
    ],
)
def test_quotation_marks(typed: str, set_: str) -> None:
    assert smart_quotes(typed) == set_


def set_text(text: str, *keep: str) -> str:
    part = Typographer(keep).part(Part("body", (Paragraph((Run(text),)),)))
    block = part.blocks[0]
    assert isinstance(block, Paragraph)
    return plain(block.runs).replace(NO_BREAK, "~")


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("by 31 May 2017.", "by 31~May~2017."),
        ("On the 1st October 2019, we", "On the 1st~October~2019, we"),
        ("In December 2016, we", "In December~2016, we"),
        ("on 07802 948502.", "on 07802~948502."),
        ("Direct Line: 020 3513 0500", "Direct Line: 020~3513~0500"),
        ("12 Mayflower Road", "12 Mayflower Road"),
        ("May 2 people", "May 2 people"),
        ("in 2016 and 2017", "in 2016 and 2017"),
    ],
)
def test_what_belongs_together_stays_together(typed: str, set_: str) -> None:
    assert set_text(typed) == set_


def test_words_that_the_letter_type_keeps_together() -> None:
    assert set_text("our PEEL: police report", "PEEL: police") == "our PEEL:~police report"
    assert set_text("our PEEL: policeman", "PEEL: police") == "our PEEL: policeman"


def test_a_quotation_that_crosses_emphasis() -> None:
    runs = (Run("say '"), Run("so", italic=True), Run("' and '"), Run("thus", bold=True), Run("'"))
    part = Typographer().part(Part("body", (Paragraph(runs),)))
    block = part.blocks[0]
    assert isinstance(block, Paragraph)
    assert plain(block.runs) == "say ‘so’ and ‘thus’"


@given(st.text(st.characters(codec="latin-1", exclude_categories=["Cc"])))
def test_typography_never_alters_words(text: str) -> None:
    part = Typographer(["a b"]).part(Part("body", (Paragraph((Run(text),)),)))
    block = part.blocks[0]
    assert isinstance(block, Paragraph)
    assert normalise(plain(block.runs)) == normalise(text)
