"""A paragraph of one line is read once, however many letters have it, and says what the whole text makes of it."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from letters.letter.markdown import read
from support.counts import examples

#: Lines that mean something to Markdown, or look as if they did.
LINES = st.sampled_from(
    [
        *(
            "Plain words.",
            "We met *you* and **your** team.",
            "press_desk@x.uk, R&amp;D, 5 * 4",
            "Read <https://a.org>.",
        ),
        *(
            "[Our guide](https://a.org/x_(y)) says it.",
            "[Dŵr]{lang=cy} is water.",
            "a \\* star, a \\_ line",
            "“Quoted”, (it)",
        ),
        *(
            "- an entry",
            "  and more of it",
            "1. the first",
            "12 October",
            "> quoted",
            "# A heading",
            "Underlined",
            "---",
            "===",
        ),
        *(
            "::: {.addressee}",
            ":::",
            "::: {.body}",
            "| a | b |",
            "| --- | --- |",
            "| c | d |",
            "    indented",
            "ends in a \\",
        ),
        *(
            "```",
            "~~~",
            "<div>",
            "[a]: https://a.org",
            "two blanks  ",
            "x",
            "*emphasis that goes",
            "on* in another line",
            "",
        ),
    ]
)
TEXTS = st.lists(st.tuples(LINES, st.sampled_from(["\n", "\n\n", "\n\n\n"])), max_size=14).map(
    lambda lines: "".join(line + end for line, end in lines)
)


def whole(text: str) -> str:
    """The text with a line end behind it that is not ours, so that no line of it is read apart."""
    return f"{text}\r"


@settings(max_examples=examples(500))
@given(TEXTS)
@example("Plain words.\n\n- an entry\n\nPlain words.\n")
@example("::: {.addressee}\n\nPlain words.\n\n:::\n\nPlain words.\n")
@example("::: {.addressee}\n::: {.addressee}\n\nPlain words.\n")
@example("```\n\nPlain words.\n\n```\n\nPlain words.\n")
def test_a_text_says_the_same_read_by_its_lines(text: str) -> None:
    assert read(text) == read(whole(text))


@given(
    st.text(alphabet="ab *_[](){}<>&;\\`~|#-=:.12\n“‘’é\u00a0", max_size=60).map(
        lambda text: text.replace("\n", "\n\n")
    )
)
@settings(max_examples=examples(500))
def test_whatever_signs_are_in_a_line(text: str) -> None:
    assert read(text) == read(whole(text))


def test_where_words_were_typed_is_told_behind_lines_of_any_length() -> None:
    text = "A much longer line than what stands in for it.\n\nShort one.\n\n- entry\n\nThe *last* line.\n"
    reading = read(text)
    starts = [points[0][1] for points in reading.typed]
    assert [text[at : at + 5] for at in starts] == ["A muc", "Short", "entry", "The *"]


@pytest.mark.parametrize("text", ["", "\n", "Plain words.", "Plain words.\n\n:::\n\nPlain words."])
def test_small_texts(text: str) -> None:
    assert read(text) == read(whole(text))
