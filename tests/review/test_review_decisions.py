"""The file of a reviewer's decisions: read as it was written, and refused in words where it was not."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.letter import LetterKey
from letters.review.compare.changes import Occurrence
from letters.review.marks.decisions import MOST_BYTES, Decision, Decisions, State, group_id, read_decisions, to_json
from support.review_samples import review

SAVED = Decisions(
    "0f5c2a",
    "Jo",
    datetime(2026, 3, 31, 14, 5, tzinfo=UTC),
    (Decision("1-abc", "1 words changed", State.QUERIED, "Why?"),),
    (Decision("type/kent", "Kent Police", State.READ), Decision("type/essex", "Essex Police", State.TO_DO)),
)


def test_an_id_of_a_group_is_its_own_and_stays() -> None:
    ids = [group_id(group) for group in review().groups]
    assert len(set(ids)) == len(ids)
    group = review().groups[1]
    for same in (replace(group, causes=()), replace(group, number=9), replace(group, title="x")):
        assert group_id(same) == group_id(group)
    for other in (
        replace(group, occurrences=group.occurrences[:2]),
        replace(group, occurrences=(Occurrence(LetterKey("type", "kent"), "body", ()),)),
    ):
        assert group_id(other) != group_id(group)


texts = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs")), max_size=40)
decisions = st.builds(Decision, texts, texts, st.sampled_from(State), texts.map(str.strip))
times = st.datetimes(datetime(1900, 1, 1), datetime(2900, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001 - bounds
    lambda time: time.replace(microsecond=0)
)
several = st.lists(decisions, max_size=5, unique_by=lambda one: one.about).map(tuple)


@given(
    st.builds(Decisions, st.from_regex("[0-9a-f]{1,64}", fullmatch=True), texts.map(str.strip), times, several, several)
)
def test_decisions_come_back_as_they_were_written(made: Decisions) -> None:
    assert read_decisions(to_json(made)) == made


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
)


@given(st.data())
def test_a_file_with_any_other_value_is_read_or_refused_in_words(data: st.DataObject) -> None:
    fields = json.loads(to_json(SAVED))
    at = data.draw(st.sampled_from([fields, fields["changes"][0], fields["letters"][1]]))
    at[data.draw(st.sampled_from(sorted(at)))] = data.draw(json_values)
    refusal = ""
    try:
        read_decisions(json.dumps(fields).encode())
    except ValueError as error:
        refusal = str(error)
    assert re.match(r"$|this file|this is not|'|entry", refusal)


@given(st.binary(max_size=60))
def test_any_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="this"):
        read_decisions(data)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b'"format": 2', b'"format": 3', "format 3, and this version of letters reads format 2"),
        (b'"format": 2', b'"format": true', "not a file of decisions"),
        (b'"report"', b'"report2"', "not a file of decisions"),
        (b'"state": "read"', b'"state": "approved"', "entry 1 of 'letters' is neither read, nor queried, nor to do"),
        (b'"comment": "Why?"', b'"comment": 3', "'comment' of entry 1 of 'changes' is not a text"),
        (b'"report": "0f5c2a"', b'"report": "../../kent"', "not what a report is known by"),
        (b'"report": "0f5c2a"', b'"report": ""', "not what a report is known by"),
        (b"2026-03-31T14:05:00+00:00", b"yesterday", "not a time"),
        (b"type/essex", b"type/kent", "decides about type/kent twice"),
        (b'"reviewer": "Jo"', b'"reviewer": "Jo", "reviewer": "Al"', "stands in it twice"),
        (b'"reviewer": "Jo"', b'"reviewer": "Jo" oops', "is not JSON"),
        (b'"reviewer": "Jo"', b'"reviewer": ' + b"[" * 100_000, "nested too deeply"),
        (b'"reviewer": "Jo"', b'"reviewer": "\xff"', "not text in UTF-8"),
        (b'"reviewer": "Jo"', b'"reviewer": "' + b"x" * MOST_BYTES + b'"', "longer than 10 MB"),
    ],
)
def test_a_file_that_no_report_saved_is_refused(old: bytes, new: bytes, message: str) -> None:
    data = to_json(SAVED)
    assert data.count(old) == 1
    with pytest.raises(ValueError, match=re.escape(message)):
        read_decisions(data.replace(old, new))


def test_a_comment_cannot_do_anything_in_a_terminal() -> None:
    comment = "red \x1b[31m\nright \u202e left \ud800"
    data = to_json(SAVED).replace(b'"Why?"', json.dumps(comment).encode())
    assert read_decisions(data).changes[0].comment == "red  [31m\nright   left"


def test_a_file_that_notepad_saved_again_is_read() -> None:
    assert read_decisions(b"\xef\xbb\xbf" + to_json(SAVED).replace(b"\n", b"\r\n")) == SAVED


def test_a_file_by_an_earlier_version_is_read() -> None:
    fields = {**json.loads(to_json(SAVED)), "format": 1, "saved": "2026-03-31"}
    assert read_decisions(json.dumps(fields).encode()) == replace(
        SAVED, format=1, saved=datetime(2026, 3, 31, tzinfo=UTC)
    )
    del fields["letters"]
    with pytest.raises(ValueError, match="'letters' of the file is not a list"):
        read_decisions(json.dumps(fields).encode())
