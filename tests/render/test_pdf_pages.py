"""The PDF on paper: where pages break, what stays together, and that nothing stands in anything's way."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from letters.letter import BODY, Letter, Part, Stage
from letters.readback import faults
from letters.readback.pdf import read
from letters.render import pdf
from support.letters_by_hand import REAL, commissioner, house_style, lines, paragraph, real, rich
from support.pdf_objects import baselines, page_texts, places


def render(letter: Letter, extra_css: str = "") -> bytes:
    style = house_style(letter.letterhead)
    return pdf.render(letter, replace(style, css=style.css + extra_css))


@pytest.mark.parametrize("slug", REAL)
def test_real_letters_make_two_pages_and_break_before_the_verdict(slug: str) -> None:
    first, second = page_texts(render(real(slug)))
    assert "documentation submitted by 31 May" in first
    assert second.startswith(("We were pleased", "Your plans"))


def test_sign_off_stays_together_and_with_the_paragraph_before() -> None:
    made = {count: render(_letter_of(count)) for count in range(14, 30)}
    assert {len(page_texts(data)) for data in made.values()} == {1, 2}, "no letter of these breaks at its sign-off"
    assert [count for count, data in made.items() if not _sign_off_is_kept(data)] == []


def test_a_lonely_sign_off_is_found() -> None:
    assert not _sign_off_is_kept(render(_letter_of(3), ".closing { break-before: page }"))
    assert not _sign_off_is_kept(render(_letter_of(3), ".signatory { break-before: page }"))


def test_the_space_for_the_signature_is_the_same_with_and_without_a_picture() -> None:
    signed = real("cumbria")
    unsigned = replace(signed, parts=tuple(replace(p, blocks=()) if p.name == "signature" else p for p in signed.parts))
    assert places(render(signed)) == places(render(unsigned))


def test_a_letterhead_without_welsh_leaves_no_gap() -> None:
    letter = commissioner()
    name, _, title = letter.parts[0].blocks
    english = replace(letter, parts=(replace(letter.parts[0], blocks=(name, title)), *letter.parts[1:]))
    (three, _), (two, _) = baselines(render(letter)), baselines(render(english))
    assert two[:2] == three[:2]
    assert two[1] - two[2] == pytest.approx(three[2] - three[3], abs=0.2)


def test_two_parts_of_a_masthead_stand_one_above_the_other() -> None:
    letter = real("cumbria")
    picture, strapline = letter.parts[0].blocks
    apart = replace(letter, parts=(Part("masthead", (picture,)), Part("masthead", (strapline,)), *letter.parts[1:]))
    (first, _), (once, _) = baselines(render(apart)), baselines(render(letter))
    assert first[:4] != once[:4]
    assert len(page_texts(render(apart))) == 2
    assert faults(apart, read(render(apart))) == []


def test_stage_mark_and_repeated_letterhead_stand_clear_of_each_other_and_of_the_text() -> None:
    for css in ("", "@page repeating { margin-top: 25mm }"):
        for on in baselines(render(commissioner(Stage.DRAFT), css)):
            assert all(higher - lower > 9 for higher, lower in pairwise(on))
    crowded = render(commissioner(Stage.DRAFT), ".head .sender { margin-top: -8mm }")
    assert any(higher - lower < 9 for on in baselines(crowded) for higher, lower in pairwise(on))


def _letter_of(count: int) -> Letter:
    """A letter with a body of so many short paragraphs."""
    head = (lines("addressee", "A", "B"), lines("date", "1 May 2020"), lines("salutation", "Dear A"))
    body = Part(BODY, tuple(paragraph(f"Paragraph {number}.") for number in range(1, count + 1)))
    tail = (lines("closing", "Yours sincerely"), Part("signature", ()), lines("signatory", "Somebody", "Inspector"))
    return replace(rich(), parts=(*head, body, *tail), stage=Stage.READY)


def _sign_off_is_kept(data: bytes) -> bool:
    """Whether the page with the closing also has the signatory, and a paragraph of the body."""
    (text,) = (text for text in page_texts(data) if "Yours sincerely" in text)
    return "Inspector" in text and "Paragraph" in text.partition("Yours")[0]
