"""Slips that nobody tells but a reader: brackets, dates, articles; each by itself, without a letter."""

from __future__ import annotations

import pytest

from letters.proof.slips import impossible_date, unpaired, wrong_article

UNPAIRED = (
    "the problem as 'abuse of authority. In line with the Chiefs' Council's view, we call it 'abuse of position'.",
    "He called it “a concern.",
    "See our website (https://www.example.org/ for it.",
    "See annex b] of it.",
    'They called it "good enough.',
)
IMPOSSIBLE = ("on 31 June 2017", "30 February", "on Monday 16 May 2017", "Monday, the 16th of May 2017", "31st April")
ARTICLES = ("you a improvement", "an review of it", "A inspection", "an university", "a hour")
SOUND = (
    "We ask: a) to plan and b) to act; see section 3(1)(a), the Chiefs' Council's 'view' and '90s music.",
    "In the forces' words, it's 'good' and ‘fine’ (so they say [sic]).",
    "'A quotation of several paragraphs begins.",
    "on Tuesday 16 May 2017, 31 May and 29 February 2016; 1 Mayfield Road",
    "a university, a European unit, an hour, an historic and a historic case, option a is, a one-off, an MP, a UK one",
    "grade a or b, a user, an unusual uniform, an uninvited guest, an honest union",
)


@pytest.mark.parametrize("text", UNPAIRED)
def test_a_mark_without_its_partner_is_found(text: str) -> None:
    assert [found.code for found in unpaired(text)] == ["E428"]


@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_a_day_that_there_is_not_is_found(text: str) -> None:
    assert [found.code for found in impossible_date(text)] == ["E429"]


@pytest.mark.parametrize("text", ARTICLES)
def test_a_wrong_article_is_found(text: str) -> None:
    assert [found.code for found in wrong_article(text)] == ["E243"]


@pytest.mark.parametrize("text", SOUND)
def test_sound_english_has_no_slip(text: str) -> None:
    assert [*unpaired(text), *impossible_date(text), *wrong_article(text)] == []
