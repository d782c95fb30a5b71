"""What a letter is known by: its type, its force and its language."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.letter import Letter, LetterKey, Stage

PLAIN = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,2}", fullmatch=True)


@pytest.mark.parametrize(
    ("key", "path"),
    [
        (LetterKey("abuse-of-position-2017", "kent"), "abuse-of-position-2017/kent"),
        (LetterKey("abuse-of-position-2017", "kent", "en"), "abuse-of-position-2017/kent"),
        (LetterKey("abuse-of-position-2017", "south-wales", "cy"), "abuse-of-position-2017/south-wales.cy"),
    ],
)
def test_a_letter_in_english_has_files_without_a_language(key: LetterKey, path: str) -> None:
    assert key.path == path
    assert LetterKey.of(path) == key


@given(st.builds(LetterKey, PLAIN, PLAIN, st.sampled_from(["en", "cy", "ga"])))
def test_a_path_tells_its_letter(key: LetterKey) -> None:
    assert LetterKey.of(key.path) == key


@pytest.mark.parametrize(("language", "known_by"), [("en-GB", "en"), ("cy", "cy"), ("cy-GB", "cy")])
def test_a_letter_knows_its_key(language: str, known_by: str) -> None:
    letter = Letter("t", "kent", "Kent Police", "T", date(2018, 1, 2), Stage.READY, "plain", (), language=language)
    assert letter.key == LetterKey("t", "kent", known_by)
