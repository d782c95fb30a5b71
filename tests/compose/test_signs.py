"""Signs that stress nothing in templates, in branches that no letter has too, and in phrases."""

from __future__ import annotations

import pytest

from letters.compose.signs import template_signs
from letters.proof.signs import phrase_signs

VERDICT = "templates/a/verdict.md"
TOLD = {
    "a star in a branch": ("{% if a %}\n    We *found it.\n{% endif %}", "E205", 2),
    "a hyphen that begins a sentence": ("{% if a %}\n- We found {{ b }}.\n{% endif %}", "E222", 2),
    "a # that begins a sentence": ("  # We found it.", "E222", 1),
}


@pytest.mark.parametrize("name", TOLD)
def test_a_sign_is_told_at_its_line_of_the_template(name: str) -> None:
    text, code, line = TOLD[name]
    found = [(problem.code, problem.place.line) for problem in template_signs(VERDICT, text)]
    assert found == [(code, line)]


@pytest.mark.parametrize(
    "text", ["We *found* {{ a }}.", "{# - *remark #}We", r"\- We \*found", "*{{ a }}* and *{% if b %}c{% endif %}*"]
)
def test_signs_that_work_or_are_meant_are_sound(text: str) -> None:
    assert list(template_signs(VERDICT, text)) == []


def test_a_list_in_letter_md_is_one() -> None:
    assert list(template_signs("templates/a/letter.md", "- We found it.\n- We saw it.")) == []


def test_a_sign_in_a_phrase_is_found_where_it_stands() -> None:
    (found,) = phrase_signs("had _yet to start")
    assert found.at == 4
    assert list(phrase_signs("R* and 5 * 4 of snake_case")) == []
