"""What a change is known by in records and files of decisions: the same for every version, or marks would be lost."""

from __future__ import annotations

from letters.letter import LetterKey
from letters.letter.compared import Op, Piece
from letters.review.compare.changes import ChangeKind, Group, Occurrence
from letters.review.marks.decisions import group_id
from letters.review.marks.identity import known_by

KENT = LetterKey("abuse-of-position-2017", "kent")


def test_a_change_has_the_name_that_version_0_2_gave_it() -> None:
    assert known_by(ChangeKind.WORDS, KENT, "body", ["in", 3], "old", "new") == "e7a901687471db30b812a5ff"


def test_a_group_and_a_letter_have_the_names_that_version_0_2_gave_them() -> None:
    pieces = Piece(Op.REMOVED, "a"), Piece(Op.ADDED, "b")
    group = Group(ChangeKind.WORDS, "“a” → “b”", (Occurrence(KENT, "body", pieces, 0),))
    assert group_id(group) == "094345e2f0b61ce6"
    assert KENT.path == "abuse-of-position-2017/kent"


def test_the_welsh_letter_of_a_force_is_another() -> None:
    welsh = KENT._replace(language="cy")
    assert welsh.path == "abuse-of-position-2017/kent.cy"
    assert known_by(ChangeKind.WORDS, welsh, "body") != known_by(ChangeKind.WORDS, KENT, "body")
