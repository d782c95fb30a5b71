"""The blocks of all possible letters, of which each line that is a paragraph is read once, are those of whole texts."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from letters.compose.blocks_of_units import UnitBlock, unit_blocks
from letters.compose.marks import CLOSE, OPEN
from letters.compose.trace import traced_blocks
from support.counts import examples

PATHS = ("templates/note/letter.md", "templates/note/verdict.md")
#: A text with a line end of Windows in it is read as a whole.
WHOLE = "\n\nThe end.\r\n"

_WORDS = st.sampled_from(["We came.", "You had ", "plans", " and *more*", "", " ", "- one", "> said", "# Title", "A\\"])
_MARK = st.sampled_from(["3", "4", "v2", "+seen.evidence", "-", "u1", "u2", "u0"]).map(lambda mark: OPEN + mark + CLOSE)
_LINE = st.lists(st.one_of(_WORDS, _MARK), max_size=6).map("".join)
#: Units end, as those of templates do.
_TEXT = st.lists(st.one_of(_LINE, st.just("")), max_size=9).map(lambda lines: "\n".join([*lines, f"{OPEN}u0{CLOSE}"]))


def marked(*marks: str) -> str:
    return "".join(f"{OPEN}{mark}{CLOSE}" for mark in marks)


def of_whole(text: str) -> tuple[UnitBlock, ...]:
    """What is found where nothing is read line by line."""
    return unit_blocks(text + WHOLE, *PATHS)[:-1]


@settings(max_examples=examples(400))
@given(_TEXT)
@example(f"{marked('1')}We came.\n\n{marked('u1')}\n{marked('3')}We saw.\n\n{marked('4')}We went.{marked('u0')}\n")
@example(f"{marked('1')}We came.\n\n{marked('u1', 'u0', '3')}We saw.{marked('u2', 'u0')}\n\nWe went.")
@example(f"{marked('1')}We {marked('+seen.evidence')}came.\n\nWe saw.{marked('-')}\n\nWe went.")
def test_line_by_line_and_as_a_whole_is_the_same(text: str) -> None:
    assert unit_blocks(text, *PATHS) == of_whole(text)


@settings(max_examples=examples(100))
@given(_TEXT)
def test_the_blocks_are_those_of_the_letter(text: str) -> None:
    assert [one.block for one in unit_blocks(text, *PATHS)] == list(traced_blocks(text, *PATHS))
