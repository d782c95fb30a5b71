"""One mistake is one problem, at the line and column where it is to be mended; what is sound in a letter is none."""

from __future__ import annotations

import pytest

from letters.problems import Problem
from outcomes import ABUSE
from proofs import LETTER, VERDICT, WORDING, files, planted, proofs

KENT, WALES = "forces/kent.yaml", "forces/south-wales.yaml"
EVIDENCE = "text: a review of the capability and capacity of your counter-corruption unit"
ANSWER = "    it_monitoring:"

#: What somebody changed, and the one problem: its code, its line in the file, and the words at its column.
MISTAKES = {
    "a phrase that begins with a capital": (
        [(WORDING, "text: improvements to", "text: Improvements to")],
        ("E417", WORDING, 15, "Improvements to"),
    ),
    "a phrase that begins with an article": (
        [(WORDING, EVIDENCE, EVIDENCE.replace("a review", "The review"))],
        ("E417", WORDING, 11, "The review"),
    ),
    "a phrase that ends in a full stop": (
        [(WORDING, "systems' monitoring capability\n  number: plural", "systems' monitoring capability.\n  number: plural")],
        ("E418", WORDING, 15, "capability."),
    ),
    "a phrase that ends in a comma": (
        [(WORDING, "text: had yet to start", "text: had yet to start,")],
        ("E418", WORDING, 54, "start,"),
    ),
    "a phrase that ends in etc. where a full stop follows": (
        [(WORDING, "text: had yet to start", "text: had yet to start, etc.")],
        ("E418", WORDING, 54, "etc."),
    ),
    "no space after a comma in a phrase": (
        [(WORDING, "text: had yet to start", "text: had,in part, yet to start")],
        ("E419", WORDING, 54, "had,in"),
    ),
    "a doubled word in a template": (
        [(VERDICT, "although at the time of our review", "although at the time of of our review")],
        ("E402", VERDICT, 52, "of of"),
    ),
    "another force's name in a template": (
        [(LETTER, "This letter will be published", "Cumbria Constabulary knows that this letter will be published")],
        ("E413", LETTER, 50, "Cumbria Constabulary"),
    ),
    "the date of all letters": (
        [(f"templates/{ABUSE}/letter.yaml", "date: 2017-10-02", "date: 2018-10-02")],
        ("E415", f"templates/{ABUSE}/letter.yaml", 3, "date: 2018"),
    ),
    "an added sentence without its end": (
        [(KENT, ANSWER, f"    added_sentences:\n      - We were glad of it.\n      - We shall return\n{ANSWER}")],
        ("E405", KENT, 17, "We shall return"),
    ),
    "a misspelt word in an added sentence": (
        [(KENT, ANSWER, f"    added_sentences:\n      - We were glad of it.\n      - We shall retrun.\n{ANSWER}")],
        ("W416", KENT, 17, "retrun"),
    ),
    "a doubled word in a departure": (
        [(WALES, "text: initiatives to seek", "text: initiatives to to seek")],
        ("E402", WALES, 19, "to to seek"),
    ),
    "no space after a comma in a list item": (
        [(LETTER, "This letter will be published", "We ask you:\n\n- to plan,act and report\n\nThis letter will be published")],
        ("E419", LETTER, 52, "plan,act"),
    ),
    "a slip in a heading": ([(LETTER, "Yours sincerely", "Yours sincerely"), (LETTER, "This letter will", "## What what is next\n\nThis letter will")], ("E402", LETTER, 50, "What what")),
}  # fmt: skip


def at(problem: Problem) -> tuple[str, str, int, str]:
    """Code, file, line, and what stands at the column."""
    return problem.code, problem.place.path, problem.place.line, problem.place.text[max(problem.place.column - 1, 0) :]


@pytest.mark.parametrize("name", MISTAKES)
def test_one_mistake_is_one_problem_where_it_is(name: str) -> None:
    edits, (code, path, line, words) = MISTAKES[name]
    found = [at(problem) for problem in planted(*edits)]
    assert [problem[:3] for problem in found] == [(code, path, line)]
    assert found[0][3].startswith(words)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("very vigilant and proactive", "very vigilent and proactive", "W416"),
        ("very vigilant and proactive", "very very vigilant and proactive", "E402"),
        ("very vigilant and proactive", "very vigilant ,and proactive", "E404"),
    ],
)
def test_a_slip_in_a_body_is_at_its_own_line(old: str, new: str, code: str) -> None:
    source = {**files(), WALES: files()[WALES].replace(old.encode(), new.encode())}
    line = source[WALES].decode().split(new)[0].count("\n") + 1
    found = [at(problem) for problem in proofs(source, "pcc-response-2019").problems]
    assert {problem[:3] for problem in found} == {(code, WALES, line)}


#: What stands in the real templates, and sound English in its place.
SOUND = [
    (WORDING, EVIDENCE, "text: a review (e.g. the one in May) of your counter-corruption unit"),
    (WORDING, EVIDENCE, "text: a plan for officers, staff etc. and others"),
    (WORDING, EVIDENCE, "text: a meeting at 10.30 a.m. on Monday"),
    (WORDING, EVIDENCE, "text: Her Majesty's Inspectorate's review of your counter-corruption unit"),
    (WORDING, EVIDENCE, "text: Parliament's view of your counter-corruption unit"),
    (WORDING, EVIDENCE, "text: IT systems' review (no. 5)"),
    (WORDING, EVIDENCE, "text: an MP's, an 18-month and a one-off review in the U.K."),
    (LETTER, "This letter will be published", "We refer to the Act, which says that\n\n> a person is to be heard\n\nin all cases. This letter will be published"),
    (LETTER, "This letter will be published", "We ask you\n\n- to plan; and\n- to act\n\nby May. This letter will be published"),
    (LETTER, "This letter will be published", "**Next steps**\n\nThis letter will be published"),
    (LETTER, "This letter will be published", "| Year   | Cases |\n|--------|-------|\n| 2016   | 12    |\n\nThis letter will be published"),
    (LETTER, "This letter will be published", "-   to plan\n-   to act\n\nThis letter will be published"),
    (LETTER, "This letter will be published", "{# agreed  with\n   the drafter  in May #}\nThis letter will be published"),
    (LETTER, "This letter will be published", "It was so in the last year of the plan, and is so this year (2017). This letter will be published"),
    (LETTER, "This letter will be published", "See https://example.org/this,that. This letter will be published"),
    (KENT, ANSWER, f"    added_sentences: ['Mr. Smith agreed at 4 p.m. on Monday.', 'iPads, etc. were bought.']\n{ANSWER}"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "old", "new"), SOUND)
def test_sound_english_in_any_place_is_no_problem(path: str, old: str, new: str) -> None:
    assert [str(problem) for problem in planted((path, old, new))] == []
