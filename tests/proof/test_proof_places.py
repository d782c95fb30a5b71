"""One mistake is one problem, at the line and column where it is to be mended; what is sound in a letter is none."""

from __future__ import annotations

import pytest

from letters.problems import Problem
from support.outcomes import ABUSE
from support.proofs import LETTER, VERDICT, WORDING, files, planted, proofs

pytestmark = pytest.mark.slow

KENT, WALES = "forces/kent.yaml", "forces/south-wales.yaml"
EVIDENCE = "text: a review of the capability and capacity of your counter-corruption unit"
ANSWER = "    it_monitoring:"

#: What somebody changed, and the problem that each change is: its code, its file, and the words at its column.
MISTAKES = {
    "phrases and templates": [
        (WORDING, "text: improvements to", "text: Improvements to", "E417", "Improvements to"),
        (WORDING, "text: had yet to start", "text: had yet to start,", "E418", "start,"),
        (WORDING, "text: your progress in reviewing", "text: your progress,in reviewing", "E419", "progress,in"),
        (VERDICT, "although at the time of our review", "although at the time of of our review", "E402", "of of"),
        (LETTER, "This letter will be published", "Cumbria Constabulary knows that this letter will be published", "E413", "Cumbria Constabulary"),
        (LETTER, "If you have any queries", "## What what is next\n\nIf you have any queries", "E402", "What what"),
        (LETTER, "Further to my letter", "## Our review\n\nfurther to my letter", "E408", "further"),
        (LETTER, "In December 2016", "We ask you:\n\n- to plan,act and report\n\nIn December 2016", "E419", "plan,act"),
        (WALES, "text: initiatives to seek", "text: initiatives to to seek", "E402", "to to seek"),
        (KENT, ANSWER, f"    added_sentences:\n      - We were glad of it.\n      - We shall return\n{ANSWER}", "E405", "We shall return"),
    ],
    "others of the same kinds": [
        (WORDING, EVIDENCE, EVIDENCE.replace("a review", "The review"), "E417", "The review"),
        (WORDING, "systems' monitoring capability\n  number: plural", "systems' monitoring capability.\n  number: plural", "E418", "capability."),
        (WORDING, "text: had yet to start", "text: had yet to start, etc.", "E418", "etc."),
        (f"templates/{ABUSE}/letter.yaml", "date: 2017-10-02", "date: 2018-10-02", "E415", "date: 2018"),
        (WALES, "text: initiatives to seek", "text: Initiatives to seek", "E417", "Initiatives"),
        (WALES, "vulnerable people\n        number", "vulnerable people.\n        number", "E418", "people."),
        (KENT, ANSWER, f"    added_sentences:\n      - We were glad of it.\n      - We shall retrun.\n{ANSWER}", "W416", "retrun"),
    ],
    "a value and the words around it": [
        (KENT, ANSWER, f"    salutation: Dear Chief Constable\n{ANSWER}", "E402", "Dear Chief Constable"),
        (KENT, ANSWER, f"    copied_to: [Copied to Matthew Scott]\n{ANSWER}", "E402", "Copied to Matthew"),
        (KENT, "{rank: Chief Constable}", "{rank: Chief Constable, name: Chief Constable Alan Pughsley}", "E402", "Chief Constable Alan"),
    ],
    "offices and bodies of others": [
        (KENT, "title: Police and Crime Commissioner for Kent", "title: Police and Crime Commissioner for Warwickshire", "E413", "Police and Crime Commissioner for Warwickshire"),
        (KENT, ANSWER, f"    added_sentences:\n      - We thank the Chief Constable of Warwickshire.\n{ANSWER}", "W426", "Chief Constable of Warwickshire"),
        (KENT, ANSWER, f"    copied_to: [Police and Crime Commissioner for South Wales]\n{ANSWER}", "W426", "Police and Crime Commissioner for South Wales"),
    ],
}  # fmt: skip


def at(problem: Problem) -> tuple[str, str, str]:
    """Code, file, and what stands at the line and column."""
    return problem.code, problem.place.path, problem.place.text[max(problem.place.column - 1, 0) :]


@pytest.mark.parametrize("name", MISTAKES)
def test_one_mistake_is_one_problem_where_it_is(name: str) -> None:
    found = [at(problem) for problem in planted(*(mistake[:3] for mistake in MISTAKES[name]))]
    expected = [(code, path, words) for path, _, _, code, words in MISTAKES[name]]
    assert sorted(problem[:2] for problem in found) == sorted(mistake[:2] for mistake in expected)
    for code, path, words in expected:
        assert any(problem[:2] == (code, path) and problem[2].startswith(words) for problem in found), words


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("very vigilant and proactive", "very vigilent and proactive", "W416"),
        ("very vigilant and proactive", "very very vigilant and proactive", "E402"),
        ("very vigilant and proactive", "very vigilant ,and proactive", "E404"),
    ],
)
def test_a_finding_in_a_body_is_at_its_own_line(old: str, new: str, code: str) -> None:
    source = {**files(), WALES: files()[WALES].replace(old.encode(), new.encode())}
    line = source[WALES].decode().split(new)[0].count("\n") + 1
    found = [
        (problem.code, problem.place.path, problem.place.line)
        for problem in proofs(source, "pcc-response-2019").problems
    ]
    assert set(found) == {(code, WALES, line)}


def paragraph(text: str) -> tuple[str, str, str]:
    """Text in front of a standard paragraph."""
    return LETTER, "This letter will be published", f"{text}This letter will be published"


#: Sound English in every place of the real templates.
SOUND = [
    [
        (WORDING, EVIDENCE, "text: a review (e.g. the one in May) of your counter-corruption unit"),
        (WORDING, "text: improvements to your IT systems'", "text: IT systems' (no. 5)"),
        (WORDING, "text: work to seek", "text: work done in a meeting at 10.30 a.m. on Monday on gov.uk to seek"),
        (WORDING, "text: your progress in reviewing", "text: plans for officers, staff etc. and progress in reviewing"),
        (WORDING, "text: your progress in developing", "text: Her Majesty's Inspectorate's progress in developing"),
        (WORDING, "text: any work done to seek", "text: Parliament's wish, an MP's and a one-off wish in the U.K. to seek"),
        paragraph("We refer to the Act, which says that\n\n> a person is to be heard\n\nin all cases.\n\n"),
        paragraph("We ask you\n\n- to plan; and\n- to act\n\nby May.\n\n**Next steps**\n\n"),
        paragraph("| Year   | Cases |\n|--------|-------|\n| 2016   | 12    |\n\n-   to plan\n-   to act\n\n"),
        paragraph("{# agreed  with\n   the drafter  in May #}\nSee https://example.org/this,that. "),
        paragraph("It was so in the last year of the plan, and is so this year (2017). "),
        (KENT, ANSWER, f"    added_sentences: ['Mr. Smith agreed at 4 p.m. on Monday.', 'iPads, etc. were bought.']\n{ANSWER}"),
    ],
]  # fmt: skip


@pytest.mark.parametrize("edits", SOUND)
def test_sound_english_in_any_place_is_no_problem(edits: list[tuple[str, str, str]]) -> None:
    assert [str(problem) for problem in planted(*edits)] == []


@pytest.mark.parametrize(
    "edit",
    [
        (WORDING, "text: improvements to your IT", "text: IT improvements to your"),
        (KENT, ANSWER, f"    chief_officer: {{rank: Chief Constable, name: Anne O’Connor}}\n{ANSWER}"),
        (KENT, ANSWER, f"    chief_officer: {{rank: Chief Constable, name: Anne O'Connor}}\n{ANSWER}"),
    ],
    ids=["an abbreviation like an opening word", "a curly apostrophe in a name", "a straight one"],
)
def test_sound_names_are_no_mistake(edit: tuple[str, str, str]) -> None:
    assert planted(edit) == []
