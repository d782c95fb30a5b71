"""A finding that one force's letter alone has is told where it is to be mended: in its file, or in the template."""

from __future__ import annotations

import pytest

from letters.problems import Problem
from support.proofs import LETTER, VERDICT, files, planted, proofs

pytestmark = pytest.mark.slow

KENT, WALES = "forces/kent.yaml", "forces/south-wales.yaml"
UNIT, MONITORING = "counter_corruption_unit: not_found", "it_monitoring: not_provided"
END = "intelligence_from_organisations: not_provided\n"
QUERIES = "If you have any queries"
COPIED = "    copied_to: [Jane Doe, Ann Roe]\n"
Edit = tuple[str, str, str]


def kent(own: str, *more: Edit, unit: str = "not_found", monitoring: str = "not_provided") -> list[Problem]:
    """What the proof says with more in Kent's file, other findings there, and other edits."""
    answers = (KENT, UNIT, f"counter_corruption_unit: {unit}"), (KENT, MONITORING, f"it_monitoring: {monitoring}")
    return planted(*answers, (KENT, END, END + own), *more)


def at(problem: Problem) -> tuple[str, str, str]:
    """Code, file, and what stands at the line and column."""
    return problem.code, problem.place.path, problem.place.text[max(problem.place.column - 1, 0) :].strip()


def changed(*lines: str) -> str:
    return "".join(f"{line}\n" for line in ("    changed_wording:", *(f"      {line}" for line in lines)))


@pytest.mark.parametrize(
    ("own", "findings", "code", "words"),
    [
        (changed("started.clause: have begun"), ("started", "not_provided"), "E407", "have begun"),
        (changed("started.clause: were under way"), ("started", "not_provided"), "E407", "were under way"),
        (changed("started.clause: has begun"), ("started", "started"), "E407", "has begun"),
        (changed("started.clause: >-", "  have", "  begun"), ("started", "not_provided"), "E407", "have"),
        (changed("started.clause: {text: have begun, number: plural}"), ("started", "not_provided"), "E407", "have begun, number: plural}"),
        (changed("counter_corruption_unit.evidence: of any review"), ("not_found", "not_provided"), "E402", "of any review"),
        (changed("counter_corruption_unit.evidence: any review and"), ("not_found", "not_provided"), "E406", "and"),
        (changed("counter_corruption_unit.evidence: any plan,or review"), ("not_found", "not_provided"), "E419", "plan,or review"),
        ("    added_sentences:\n      - We saw it.\n      - These has gone.\n", ("started", "not_provided"), "E407", "These has gone."),
    ],
)  # fmt: skip
def test_what_a_force_says_for_itself_is_told_at_its_own_line(
    own: str, findings: tuple[str, str], code: str, words: str
) -> None:
    assert [at(problem) for problem in kent(own, unit=findings[0], monitoring=findings[1])] == [(code, KENT, words)]


def test_of_two_departures_the_one_with_the_words_is_told() -> None:
    own = changed(
        "counter_corruption_unit.evidence: {text: reviews of your unit, number: plural}", "started.clause: has begun"
    )
    assert [at(problem) for problem in kent(own, unit="started")] == [("E407", KENT, "has begun")]


def test_the_hint_is_about_the_departure() -> None:
    [problem] = kent(changed("started.clause: have begun"), unit="started")
    assert problem.hint.startswith("word what stands for started.clause so that it agrees with the words around it;")


@pytest.mark.parametrize(
    ("departure", "hint"),
    [
        ("have begun", "write two lines, `text: …` and `number: plural`, below started.clause;"),
        ("{text: have begun, number: singular}", "write `number: plural` below started.clause;"),
    ],
)
def test_where_another_number_helps_the_hint_says_so(departure: str, hint: str) -> None:
    by_clause = (
        VERDICT,
        "{{ found | agree('this', 'these') }} {{ phrase('started.clause') }}",
        "{{ [phrase('started.clause')] | agree('this', 'these') }} {{ phrase('started.clause') }}",
    )
    found = kent(changed(f"started.clause: {departure}"), by_clause, unit="started")
    [problem] = [problem for problem in found if problem.place.path == KENT]
    assert problem.code == "E407"
    assert problem.hint.startswith(hint)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("We copied this to {% for x in letter.copied_to %}{{ x }} and {% endfor %}you .\n\n", "E404", "you ."),
        ("We copied this to\n{% for x in letter.copied_to %}\n{{ x }} ,\n{% endfor %}\nand you.\n\n", "E404", "{{ x }} ,"),
        ("We told\n{% for x in letter.copied_to %}\n{{ x }}\n{% endfor %}\n.\n\n", "E404", "."),
        ("{% if letter.copied_to %}\nWe copied this {{ letter.copied_to[0] }},and wait.\n{% endif %}\n\n", "E419", "We copied this {{ letter.copied_to[0] }},and wait."),
        ("{% if letter.copied_to %}\nWe did copy copy this.\n{% endif %}\n\n", "E402", "copy copy this."),
    ],
)  # fmt: skip
def test_what_a_template_makes_of_values_is_told_of_the_template(text: str, code: str, line: str) -> None:
    found = kent(COPIED, (LETTER, QUERIES, text + QUERIES))
    assert {(problem.code, problem.place.path) for problem in found} == {(code, LETTER)}
    assert any(at(problem)[2].endswith(line) for problem in found)


def test_a_mark_in_a_value_and_one_in_the_template_are_told_each_in_its_file() -> None:
    own = "    copied_to: ['Jane Doe , Commissioner', Ann Roe]\n"
    text = "We copied this to {% for x in letter.copied_to %}{{ x }} , {% endfor %}and you.\n\n"
    found = {at(problem)[:2]: at(problem)[2] for problem in kent(own, (LETTER, QUERIES, text + QUERIES))}
    assert found["E404", KENT].startswith("Doe , Commissioner")
    assert found["E404", LETTER].startswith("We copied this to {% for x")


def test_one_mistake_of_a_template_is_told_once_of_several_letters() -> None:
    text = "{% if letter.copied_to %}\nWe copied this to {{ letter.copied_to[0] }} ,and wait.\n{% endif %}\n\n"
    cumbria = ("forces/cumbria.yaml", "    it_monitoring:", "    copied_to: [Richard Rhodes]\n    it_monitoring:")
    found = kent(COPIED, (LETTER, QUERIES, text + QUERIES), cumbria)
    assert [(problem.code, problem.place.path) for problem in found] == [("E404", LETTER)]


def test_a_finding_in_a_body_between_two_values_is_at_the_line_of_the_body() -> None:
    source = {**files(), WALES: files()[WALES].replace(b"very vigilant and", b"very very vigilant , and")}
    found = [at(problem) for problem in proofs(source, "pcc-response-2019").problems]
    assert {(code, path) for code, path, _ in found} == {("E402", WALES), ("E404", WALES)}


@pytest.mark.parametrize(
    "lines",
    [
        ["started.clause: has begun"], ["started.clause: had begun in May"], ["started.clause: is under way"],
        ["started.clause: was under way, as were others"], ["started.clause: is one of those that have begun"],
        ["counter_corruption_unit.evidence: {text: reviews of your unit, number: plural}"],
        ["counter_corruption_unit.evidence: {text: your staff's checks and reviews, number: plural}"],
        ["counter_corruption_unit.evidence: {text: data and criteria, number: plural}"],
        ["counter_corruption_unit.evidence: a review (as of May) of your unit"],
        ["counter_corruption_unit.evidence: a review, and a report, of your unit"],
        ["counter_corruption_unit.evidence: a review of what you have and of what you need"],
        ["counter_corruption_unit.evidence: the review that we asked you for in May"],
    ],
)  # fmt: skip
def test_sound_departures_are_no_problem(lines: list[str]) -> None:
    assert [str(problem) for problem in kent(changed(*lines), unit="started")] == []
