"""What a template prints of the data: texts of several blocks stay where they are put, numbers are as typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Workspace
from letters.letter import BODY, Block, Heading, ItemList, Letter, Paragraph, Quote, Table, plain
from letters.problems import Problem
from support.counts import examples
from support.plain_letters import plain_workspace, with_field
from support.plain_note import LETTER, LINES_OF_FORCE, LINES_OF_LETTER, block, check, said_in_all, source, told

pytestmark = pytest.mark.slow

TWO = "First paragraph of the reply,\non two lines.\n\nSecond paragraph of the reply.\n"
RICH = "First.\n\n- one\n- two\n\n> quoted\n\n1. three\n\nLast.\n"


def made(answers: str, middle: str, **more: str) -> tuple[Block, ...]:
    """The blocks that `middle` makes, below the title."""
    letter, problems = check(source(answers, middle, **more))
    assert problems == []
    assert letter
    return body(letter)[1:]


def body(letter: Letter) -> tuple[Block, ...]:
    return next(part.blocks for part in letter.parts if part.name == BODY)


def paragraph_in(blocks: Sequence[Block]) -> Paragraph:
    """The paragraph that an item begins with."""
    assert isinstance(blocks[0], Paragraph)
    return blocks[0]


def problems_of(answers: str, middle: str, **more: str) -> list[Problem]:
    letter, problems = check(source(answers, middle, **more))
    assert letter is None or not any(problem.stops for problem in problems)
    return problems


def test_a_text_put_into_a_quotation_stays_in_it() -> None:
    (quote,) = made(block(TWO), "> {{ outcome.body }}")
    assert isinstance(quote, Quote)
    assert [plain(inner.runs) for inner in quote.blocks if isinstance(inner, Paragraph)] == [
        "First paragraph of the reply, on two lines.",
        "Second paragraph of the reply.",
    ]


def test_lists_and_quotations_in_it_stay_in_the_quotation_too() -> None:
    (quote,) = made(block(RICH), "> {{ outcome.body }}")
    assert isinstance(quote, Quote)
    assert [type(inner) for inner in quote.blocks] == [Paragraph, ItemList, Quote, ItemList, Paragraph]


@pytest.mark.parametrize("sign", ["- ", "* ", "1. ", "10. "])
def test_a_text_put_into_an_entry_stays_in_it(sign: str) -> None:
    middle = f"{sign}before\n{sign.replace('1.', '2.').replace('10.', '11.')}{{{{ outcome.body }}}}"
    (listed,) = made(block(RICH), middle)
    assert isinstance(listed, ItemList)
    assert [type(inner) for inner in listed.items[1]] == [Paragraph, ItemList, Quote, ItemList, Paragraph]


def test_containers_in_each_other() -> None:
    (quote,) = made(block(TWO), "> - before\n> - {{ outcome.body }}\n>\n> after")
    assert isinstance(quote, Quote)
    listed, after = quote.blocks
    assert isinstance(listed, ItemList)
    assert isinstance(after, Paragraph)
    assert [len(item) for item in listed.items] == [1, 2]


LIST = """\
type: object
required: [items]
properties:
  items: {type: array, items: {type: string, contentMediaType: text/markdown}}
"""
ITEMS = "items:\n  - Make sure that **all staff** know.\n  - |\n    First.\n\n    Second.\n  - three\n"
LOOP = "{% for item in outcome.items %}\n- {{ item }}\n{% endfor %}"


@pytest.mark.parametrize("outcome", [LIST, LIST.replace("array, items: {type: string, ", "array, ").replace("}}", "}")])
def test_entries_of_a_list_are_markdown_if_outcome_yaml_says_so(outcome: str) -> None:
    (listed,) = made(ITEMS, LOOP, outcome=outcome)
    assert isinstance(listed, ItemList)
    assert [len(item) for item in listed.items] == [1, 2, 1]
    assert [run.bold for run in paragraph_in(listed.items[0]).runs] == [False, True, False]


@pytest.mark.parametrize("sign", ["-", "*"])
def test_an_entry_may_begin_with_whatever_the_data_say(sign: str) -> None:
    plain_list = LIST.replace(", contentMediaType: text/markdown", "")
    for items in (["3 per cent"], ["3 per cent", "11. and 12. May", "+ 5", "- 6", "> 7", "1986. That", "R*"]):
        answers = "items:\n" + "".join(f"  - '{item}'\n" for item in items)
        (listed,) = made(answers, LOOP.replace("- {{", f"{sign} {{{{"), outcome=plain_list)
        assert isinstance(listed, ItemList)
        assert [plain(paragraph_in(item).runs) for item in listed.items] == items


def test_what_is_wrong_in_an_entry_is_told_where_it_stands() -> None:
    found = problems_of(ITEMS.replace("Second.", "1986. It was."), LOOP, outcome=LIST)
    assert told(found) == [f"E223 forces/x.yaml:{LINES_OF_FORCE + 6}"]


def test_all_formats_say_what_stays_in_place() -> None:
    there = source(block(TWO), "- {{ outcome.body }}\n- after\n\n> {{ outcome.body }}")
    letter, problems = check(there)
    assert problems == []
    assert letter
    two = ("First paragraph of the reply, on two lines.", "Second paragraph of the reply.")
    assert said_in_all(there, letter)[-6:-1] == (*two, "after", *two)


AMONG_WORDS = (
    "We write: {{ outcome.body }}",
    "{{ outcome.body }} More words.",
    "| a | b |\n|---|---|\n| {{ outcome.body }} | c |",
    "## {{ outcome.body }}",
    "We write:\n{{ outcome.body }}",
    "{{ outcome.body }}\nMore words.",
    "{% if outcome.body %}We write: {{ outcome.body }}{% endif %}",
    "{% set text = outcome.body %}\nWe write: {{ text | capitalised }}",
    "- We write: {{ outcome.body }}",
)


@pytest.mark.parametrize("middle", AMONG_WORDS)
def test_several_blocks_among_words_are_a_problem_of_the_template(middle: str) -> None:
    found = problems_of(block(TWO), middle)
    line = next(number for number, line in enumerate(middle.split("\n"), 1) if "{{" in line)
    assert told(found) == [f"E229 {LETTER}:{LINES_OF_LETTER + line}"]
    assert "outcome.body is more than one paragraph" in found[0].message


@pytest.mark.parametrize("middle", [*AMONG_WORDS[:2], *AMONG_WORDS[4:]])
def test_one_paragraph_may_stand_among_words(middle: str) -> None:
    (found,) = made(block("one two\nthree **four** | five\n"), middle)
    words = paragraph_in(found.items[0] if isinstance(found, ItemList) else (found,))
    assert "three four | five" in plain(words.runs)


def test_one_paragraph_may_stand_in_a_heading_and_in_a_cell() -> None:
    heading, table = made(
        block("one\ntwo | three\n"), "## {{ outcome.body }}\n\n| a | b |\n|---|---|\n| {{ outcome.body }} | c |"
    )
    assert isinstance(heading, Heading)
    assert plain(heading.runs) == "one two | three"
    assert isinstance(table, Table)
    assert [plain(cell) for cell in table.rows[0]] == ["one two | three", "c"]


def test_a_list_in_a_verdict_is_a_problem_of_the_verdict() -> None:
    there = source(block(TWO), "{{ verdict(outcome) }}")
    verdict = b"{% macro verdict(outcome) %}\nWe found:\n{{ outcome.body }}\n{% endmacro %}\n"
    path = "templates/note-2018/verdict.md"
    _, found = check({**there, path: verdict})
    assert told(found) == [f"E229 {path}:3"]


@settings(max_examples=examples(40))
@given(
    st.lists(st.sampled_from(["One two.", "- a\n- b", "> q", "1. x\n2. y", "Three\nfour."]), min_size=1, max_size=4),
    st.lists(st.sampled_from(["> ", "- ", "1. "]), min_size=1, max_size=3).map("".join),
)
def test_whatever_it_is_and_wherever_it_is_put_it_stays_in_one_block(blocks: list[str], signs: str) -> None:
    letter, problems = check(source(block("\n\n".join(blocks)), f"{signs}{{{{ outcome.body }}}}"))
    if letter:
        assert len(body(letter)) == 2, body(letter)
        assert all(problem.code == "W222" for problem in problems)
    else:
        assert {problem.code for problem in problems} <= {"E224", "E223"}


def test_the_level_of_a_heading_is_seen_where_it_is_printed() -> None:
    assert len(made(block("### Inner\n\nText of it.\n"), "## Outer\n\n{{ outcome.body }}")) == 3
    found = problems_of(block("Words.\n\n### Inner\n\nText of it.\n"), "{{ outcome.body }}")
    assert told(found) == [f"E219 forces/x.yaml:{LINES_OF_FORCE + 4}"]
    assert found[0].place.column == 7
    found = problems_of(block("## Inner\n\n#### Too deep\n"), "{{ outcome.body }}")
    assert told(found) == [f"E219 forces/x.yaml:{LINES_OF_FORCE + 4}"]


# -- numbers

NUMBERS = """\
type: object
properties:
  rate: {type: number}
  count: {type: integer}
  rows: {type: array, items: {type: object, properties: {rate: {type: number}}}}
"""


def printed(answers: str, middle: str = "{{ outcome.rate }}") -> str:
    (paragraph,) = made(answers, middle, outcome=NUMBERS)
    assert isinstance(paragraph, Paragraph)
    return plain(paragraph.runs)


@pytest.mark.parametrize(
    "typed", ["92.5", "92.50", "5", "5.0", "0.10", ".5", "+5", "007", "1e3", "1.5E-7", "123456789012345678901"]
)
def test_a_number_is_printed_as_it_was_typed(typed: str) -> None:
    assert printed(f"rate: {typed}") == typed


@pytest.mark.parametrize(
    ("typed", "said"), [("5.0", "5"), ("5", "5"), ("1e2", "100"), ("12345678901234567890", "12345678901234567890")]
)
def test_a_whole_number_is_printed_whole(typed: str, said: str) -> None:
    assert printed(f"count: {typed}", "{{ outcome.count }}") == said


def test_numbers_in_rows_and_in_comparisons() -> None:
    middle = "{% for row in outcome.rows %}{{ row.rate }}{% if row.rate == 2.5 %} even{% endif %}, {% endfor %}so."
    assert printed("rows: [{rate: 2.50}, {rate: 3.0}]", middle) == "2.50 even, 3.0, so."


MISTAKES = {
    "{{ outcome.rows }}": "prints a list",
    "{{ outcome }}": "prints outcome, which is a set of facts",
    "{{ outcome.rate == 2 }}": "prints true or false",
    "{{ outcome.count }}": "prints a value that is empty",
    "{{ outcome.count | all_of }}": "`all_of` is given a value that is empty",
    "{% for x in outcome.count %}{{ x }}{% endfor %}": "loops over a value that is empty",
    "{{ outcome.rate | all_of }}": "`all_of` is given something else than a list",
}


@pytest.mark.parametrize("middle", MISTAKES)
def test_a_message_names_the_fault_that_there_is(middle: str) -> None:
    told = problems_of("rate: 2.5\nrows: []", middle, outcome=NUMBERS)
    (found,) = (problem for problem in told if problem.code == "E211")  # what the template says of it is E231
    assert found.message == MISTAKES[middle]


TYPES = {
    "count: 5.5": ("count is a number with a fraction, not a whole number", ""),
    "count: five": ("count is text, not a whole number", "write figures alone"),
    "rate: 1,234": ("rate is text, not a number", "write figures alone"),
    "rate: 92.5%": ("rate is text, not a number", "write figures alone"),
    "rate: true": ("rate is true or false, not a number", ""),
    "more: yes": ("more is text, not true or false", "write true, without quotation marks"),
    "more: 1": ("more is a number, not true or false", "write true or false"),
}


@pytest.mark.parametrize("typed", TYPES)
def test_a_value_of_another_type_is_called_what_it_is(typed: str) -> None:
    (found,) = problems_of(typed, "Words.", outcome=f"{NUMBERS}  more: {{type: boolean}}\n")
    assert (found.code, found.message, found.place.line) == ("E107", TYPES[typed][0], LINES_OF_FORCE + 1)
    assert found.hint.startswith(TYPES[typed][1])


@pytest.fixture
def note(tmp_path: Path) -> Workspace:
    return plain_workspace(tmp_path / "w", "We shall come.")


def test_try_takes_a_number_for_a_number(note: Workspace) -> None:
    with_field(note, "rate", "{type: number}", "It was {{ outcome.rate }}.", "2.5")
    ran = note.letters("try", "note-2018", "rate=12.50")
    assert ran.status == 0, ran.err
    assert re.search(r"It was 12\.50\.", ran.out)
    assert "rate is text, not a number" in note.letters("try", "note-2018", "rate=twelve").err


# -- parts


def test_a_part_that_is_misspelt_is_told_at_its_line(note: Workspace) -> None:
    note.replace(LETTER, "{.addressee}", "{.adresee}")
    built = note.letters("build").err
    said = f"{LETTER}:1:7: the style 'Adresee' is missing for the part .adresee [E216]"
    assert (said in built, "did you mean 'addressee'?" in built) == (True, True), built
    note.replace("templates/letterheads/hmicfrs/letterhead.md", "{.sender-details}", "{.sender-detials}")
    err = note.letters("check").err
    assert f"{LETTER}:1:7: the style 'Adresee' is missing for the part .adresee [E216]" in err
    assert "did you mean 'addressee'?" in err
    assert "hmicfrs/letterhead.md:6:7: the style 'Sender Detials' is missing" in err


def test_a_title_without_a_blank_is_told(note: Workspace) -> None:
    note.replace(LETTER, "# {{ letter.title }}", "#{{ letter.title }}")
    assert "a # without a blank behind it makes no heading" in note.letters("check").err
