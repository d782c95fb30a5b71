"""Jinja says of broken templates what is looked for in its words: where it says it otherwise, a test fails."""

from __future__ import annotations

import re
from importlib.metadata import version

import jinja2
import pytest

from conftest import ROOT
from letters.compose.syntax import AT_THE_END, SAID, UNKNOWN_TAG, VERSION, syntax_problem

#: For each row of the table a template, and what is said of it.
EXAMPLES = {
    "Dear {# a": "{# is never closed",
    "{{ }}": "{{ }} says nothing",
    "{% if %}a{% endif %}": "something is missing before %}",
    "{% if a = b %}c{% endif %}": "a single =",
    "{{ a b }}": "b cannot stand here",
    "{% for a of b %}{% endfor %}": "of stands where in should",
    "{{ (a }}": "} stands where ) should",
    "{{ a) }}": "a single )",
    "{{ ‘a’ }}": "‘ cannot stand in {{ }} or {% %}",
    "{{ a + }}": "something is missing before }}",
}
#: What is looked for anywhere in what it says, and what is then found in the text.
OF_TAGS = {
    "{% foo %}": (UNKNOWN_TAG, "there is no {% foo %}"),
    "{% if a %}b": (AT_THE_END, "{% if %} is never closed"),
    "a\n{{ b": (AT_THE_END, "{{ is not closed"),
    "{{ (b": (AT_THE_END, "{{ is not closed"),
    "{% if a": (AT_THE_END, "{% is not closed"),
}
#: Words of Jinja's for signs, which are not said to people.
WORDS = ("print statement", "statement block", "token", "Expected", "unexpected", "named")


def error_of(template: str) -> jinja2.TemplateSyntaxError:
    with pytest.raises(jinja2.TemplateSyntaxError) as caught:
        jinja2.Environment().from_string(template)
    return caught.value


def row_of(said: str) -> int:
    """The first row of the table whose words are in what Jinja says; -1 where none are."""
    return next((number for number, row in enumerate(SAID) if re.match(row[0], said)), -1)


def test_jinja_says_all_words_that_are_looked_for() -> None:
    assert [row_of(str(error_of(template).message)) for template in EXAMPLES] == list(range(len(SAID)))


@pytest.mark.parametrize("template", EXAMPLES)
def test_the_words_are_said_for_people(template: str) -> None:
    problem = syntax_problem("letter.md", template, error_of(template))
    assert problem.message == EXAMPLES[template]
    assert not any(word in problem.message for word in WORDS)


@pytest.mark.parametrize("template", OF_TAGS)
def test_jinja_says_what_is_wrong_with_tags(template: str) -> None:
    words, message = OF_TAGS[template]
    error = error_of(template)
    assert words in str(error.message)
    assert syntax_problem("letter.md", template, error).message == message


def test_other_words_are_found() -> None:
    assert row_of("a comment is never ended") == -1


def test_this_is_the_version_that_was_looked_at() -> None:
    locked = re.search(r"^jinja2==(\S+)", (ROOT / "requirements/build.txt").read_text("utf-8"), re.M)
    assert locked is not None
    assert locked[1] == version("jinja2") == VERSION
