"""The proof of the wording: every outcome is read, every planted fault is found where it is, and the real wording is sound."""

from __future__ import annotations

import subprocess

import pytest

from conftest import Workspace
from letters.proof.english_rules import CHECKS, findings
from letters.proof.enumerate import enumerate_outcomes
from letters.proof.finding import Check
from support.outcomes import ABUSE
from support.proofs import LETTER, VERDICT, WORDING, files, planted, proofs, second

pytestmark = pytest.mark.slow


def test_the_real_wording_is_sound_and_wholly_used() -> None:
    found = proofs(files())
    assert found.problems == []
    book = found.book
    (section,) = book.paragraphs
    assert book.enumeration.number == len(section.verdicts) == 567
    assert len({verdict.number for verdict in book.verdicts}) == len(book.verdicts)
    assert book.branches == book.reached
    assert all(book.phrase_numbers().values())


STARTED = "{{ found | all_of | capitalised }} {{ found | agree('was', 'were') }} included and {{ found | agree('this', 'these') }}"
PLANS = "The plans include {{ planned | all_of }}, although at the time of our review"

# Name, edits, code, and a piece of the template line that the problem must point to.
FAULTS = [
    ("of of", [(VERDICT, "evidence in your plans of {{", "evidence in your plans of of {{")], "E402", "of of"),
    ("doubled word across a phrase", [(WORDING, "text: a review of", "text: a a review of")], "E402", "text: a a review of"),
    ("doubled word across two phrases", [(WORDING, "text: had yet to start", "text: these had yet to start")], "E402", "planned | agree"),
    ("this has, of a plural", [(VERDICT, "{{ found | agree('this', 'these') }}", "these")], "E407", "included and these"),
    ("these has", [(VERDICT, "{{ planned | agree('this', 'these') }} {{ phrase('not_started.clause') }}", "these has {{ phrase('not_started.clause') }}")], "E407", "these has"),
    ("number wrong in wording", [(VERDICT, "{{ found | agree('was', 'were') }} included", "were included")], "E407", "were included"),
    ("full stop missing in one branch", [(VERDICT, "although not fully reflecting {{ phrase('national_strategy') }}.", "although not fully reflecting {{ phrase('national_strategy') }}")], "E405", "although not fully"),
    ("full stop missing at the end of a macro", [(VERDICT, "We could not find evidence of {{ phrases(not_found, 'evidence') | any_of }}.\n{% endif %}\n{% endif %}", "We could not find evidence of {{ phrases(not_found, 'evidence') | any_of }}\n{% endif %}\n{% endif %}")], "E405", "We could not find"),
    ("full stop missing in a standard paragraph", [(LETTER, "a subsequent inspection.", "a subsequent inspection")], "E405", "subsequent inspection"),
    ("space before a comma", [(VERDICT, "comprehensive,\n", "comprehensive ,\n")], "E404", "comprehensive ,"),
    ("space before a full stop", [(LETTER, "31 May 2017.", "31 May 2017 .")], "E404", "31 May 2017 ."),
    ("two spaces in a phrase", [(WORDING, "improvements to your IT", "improvements  to your IT")], "E403", "improvements  to your IT"),
    ("two spaces in a standard paragraph", [(LETTER, "I am writing to", "I am  writing to")], "E403", "I am  writing"),
    ("stranded and", [(VERDICT, "We found that you {{ phrases(in_place, 'in_place') | all_of }}.", "We found that you {{ phrases(in_place, 'in_place') | all_of }} and.")], "E406", "and."),
    ("stranded of", [(VERDICT, "We found evidence in your plans of {{ found | all_of }}. Work", "We found evidence in your plans of. Work")], "E406", "plans of."),
    ("stranded comma", [(VERDICT, PLANS, "The plans include {{ planned | all_of }},, although at the time of our review")], "E406", ",, although"),
    ("an empty sentence", [(VERDICT, "{{ phrase('not_started.clause') }}.", "{{ phrase('not_started.clause') }}. .")], "E401", "."),
    ("a sentence that begins small", [(VERDICT, "{{ found | all_of | capitalised }}", "{{ found | all_of }}")], "E408", "{{ found | all_of }}"),
    ("one branch left out", [(VERDICT, "{% if in_place %}\nWe found that you {{ phrases(in_place, 'in_place') | all_of }}.\n{% endif %}\n", "")], "E409", "counter_corruption_unit"),
    ("one branch that is never taken", [(VERDICT, "{% if not_found %}\n{% if in_place or", "{% if not_found and not not_found %}\n{% if in_place or")], "E412", "not_found and not"),
    ("two states with one sentence", [(VERDICT, "Your plans did not fully reflect {{", "Your plans did not reflect {{")], "E409", "Your plans did not reflect"),
    ("an element that is never told", [(VERDICT, "'it_monitoring', 'intelligence_from_organisations'] %}", "'it_monitoring'] %}")], "E409", "intelligence_from_organisations"),
    ("two phrases for one finding", [(VERDICT, "We found that you {{ phrases(in_place, 'in_place') | all_of }}.", "We found that you {% if outcome.national_strategy == 'reflected' %}{{ phrases(in_place, 'in_place') | all_of }}{% else %}{{ phrases(in_place, 'evidence') | all_of }}{% endif %}.")], "E410", "We found that you"),
    ("a phrase nobody uses", [(WORDING, "started.clause:", "spare.clause:\n  text: in due course\n  number: singular\n  use: never\nstarted.clause:")], "E411", "spare.clause"),
    ("a branch nobody reaches", [(VERDICT, "{% if in_place %}", "{% if in_place and not in_place %}\nNothing.\n{% endif %}\n{% if in_place %}")], "E412", "in_place and not in_place"),
    ("another force's name in a standard paragraph", [(LETTER, "This letter will be published", "Kent Police know that this letter will be published")], "E413", "Kent Police know"),
    ("another force's name in an added sentence", [("forces/kent.yaml", "    it_monitoring:", "    added_sentences: [Cumbria Constabulary did better.]\n    it_monitoring:")], "E413", "Cumbria Constabulary did better"),
    ("another name signs", [(LETTER, "::: {.signatory}\n{{ letter.signatory.name }}", "::: {.signatory}\nZoë Billingham")], "E414", "Zoë Billingham"),
    ("a date that is wrong next year", [("forces/kent.yaml", "    it_monitoring:", "    date: 2018-01-09\n    it_monitoring:")], "E415", "date: 2018-01-09"),
    ("a relative date that says no year", [(WORDING, "  true_in: 2017", "  # true_in: 2017")], "E415", "in April of this year"),
    ("a relative date in a standard paragraph", [(LETTER, "during June 2017,", "in June of this year,")], "E415", "this year"),
    ("a misspelt word", [(LETTER, "organisations that support", "organisations that suport")], "W416", "suport"),
    ("American spelling", [(LETTER, "organisations that support", "organizations that support")], "W416", "organizations"),
    ("a misspelt word in a phrase", [(WORDING, "text: improvements to", "text: improvments to")], "W416", "improvments"),
    ("a finding in an added sentence", [("forces/kent.yaml", "    it_monitoring:", "    added_sentences: [We noted the the progress.]\n    it_monitoring:")], "E402", "We noted the the progress"),
]  # fmt: skip


@pytest.mark.parametrize(("edits", "code", "line"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS])
def test_a_planted_fault_is_found_where_it_is(edits: list[tuple[str, str, str]], code: str, line: str) -> None:
    found = planted(*edits)
    # One mistake is one problem, at the line where it is to be mended.
    assert [problem.code for problem in found] == [code], "\n".join(map(str, found))
    assert line in found[0].place.text
    assert found[0].hint


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (WORDING, "text: improvements to", "text: |\n    improvements to"),
        (WORDING, "text: improvements to", "text: >+\n    improvements to"),
        (WORDING, "text: had yet to", "text: |2-\n    had yet to"),
        (
            "forces/kent.yaml",
            "    it_monitoring:",
            "    added_sentences:\n    - |\n      We are grateful.\n    it_monitoring:",
        ),
        (
            "forces/kent.yaml",
            "    it_monitoring:",
            "    changed_wording:\n      national_strategy: |\n        the strategy agreed in April 2017\n    it_monitoring:",
        ),
    ],
)
def test_the_line_end_of_a_text_in_lines_parts_no_words(path: str, old: str, new: str) -> None:
    assert planted((path, old, new)) == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_each_check_has_an_example_that_fails_and_passes_a_good_sentence(check: Check) -> None:
    bad = {
        "hole": "It was done. . It was good.",
        "doubled_word": "It was was done.",
        "doubled_words": "We met Chief Constable Chief Constable Pughsley.",
        "doubled_space": "It was  done.",
        "space_before_punctuation": "It was done , and well.",
        "missing_space": "It was done,and well.",
        "missing_end": "It was done",
        "stranded": "It was done and.",
        "agreement": "These has been done.",
        "sentence_begins_small": "it was done.",
        "impossible_date": "It was done on 31 June 2017.",
        "wrong_article": "It was a improvement.",
        "unpaired": "It was done (and well.",
    }
    assert list(check(bad[check.__name__]))
    assert findings("We found that you had already reviewed it, and that 'these' had started.") == []


def test_a_second_letter_type_is_enumerated_and_proofed_without_python() -> None:
    found = second()
    teams = {(one["team"], one["length"], one.get("urgent")) for one in found.book.enumeration.outcomes}
    allowed = {("small", "day"), ("small", "week"), ("large", "week")}
    assert {team[:2] for team in teams} == allowed
    # Urgent, not urgent, not said: that the last two read the same is as it should be.
    assert len(teams) == 9
    assert found.problems == []


def test_two_answers_that_read_the_same_are_found_and_what_is_left_out_is_none() -> None:
    found = second(outcome=("urgent: {type: boolean}", "urgent: {enum: [today, tomorrow]}"))
    assert [(problem.code, problem.place.text.strip()) for problem in found.problems] == [
        ("E409", "urgent: {enum: [today, tomorrow]}")
    ]


def test_a_fault_in_a_second_letter_type_is_found() -> None:
    found = second(letter=("This is urgent.", "This are urgent."))
    assert ("E407", "This are urgent.") in {(problem.code, problem.place.text) for problem in found.problems}


def test_many_outcomes_are_covered_pairwise_and_it_says_so() -> None:
    fields = {f"field_{n}": {"enum": ["a", "b", "c", "d"]} for n in range(10)}
    rule = {"not": {"properties": {"field_0": {"const": "a"}, "field_1": {"const": "a"}}}, "description": "never"}
    schema = {"type": "object", "required": list(fields), "properties": fields, "allOf": [rule]}
    found = enumerate_outcomes(schema)
    assert not found.complete
    assert found.combinations == 4**10
    assert len(found.outcomes) < 200
    pairs = {(a, one[a], b, one[b]) for one in found.outcomes for a in fields for b in fields if a < b}
    assert ("field_0", "a", "field_1", "a") not in pairs
    assert len(pairs) == 45 * 16 - 1


EXPLAINED = {
    "south-wales": [
        ({"national_strategy"}, {"plans_comprehensive", "national_strategy"}),
        (
            {"counter_corruption_unit.evidence", "it_monitoring.evidence", "intelligence_from_organisations.evidence"},
            {"counter_corruption_unit", "it_monitoring", "intelligence_from_organisations"}
            | {"intelligence_from_organisations.evidence"},
        ),
        ({"started.clause"}, {"counter_corruption_unit", "it_monitoring", "intelligence_from_organisations"}),
    ],
    "thames-valley": [
        ({"national_strategy"}, {"plans_comprehensive", "national_strategy"}),
        (
            {"counter_corruption_unit.progress", "it_monitoring.progress", "intelligence_from_organisations.progress"},
            {"national_strategy", "counter_corruption_unit", "it_monitoring", "intelligence_from_organisations"}
            | {"it_monitoring.progress"},
        ),
    ],
    "warwickshire": [
        ({"national_strategy"}, {"plans_comprehensive", "national_strategy"}),
        (
            {"counter_corruption_unit.progress", "it_monitoring.progress"},
            {"national_strategy", "counter_corruption_unit", "it_monitoring", "intelligence_from_organisations"},
        ),
        (
            {"intelligence_from_organisations.evidence", "started.clause"},
            {"counter_corruption_unit", "it_monitoring", "intelligence_from_organisations"}
            | {"intelligence_from_organisations.evidence", "started.clause"},
        ),
    ],
    "cumbria": [
        ({"national_strategy"}, {"plans_comprehensive", "national_strategy"}),
        (
            {"it_monitoring.evidence", "intelligence_from_organisations.evidence", "not_started.clause"},
            {"counter_corruption_unit", "it_monitoring", "intelligence_from_organisations"},
        ),
        (
            {"counter_corruption_unit.evidence"},
            {"counter_corruption_unit", "it_monitoring", "intelligence_from_organisations"},
        ),
    ],
}


@pytest.mark.parametrize("slug", EXPLAINED)
def test_explain_names_phrases_and_yaml_lines(workspace: Workspace, slug: str) -> None:
    import json

    ran = workspace.letters("explain", slug, "--type", ABUSE, "--json")
    assert ran.status == 0, ran.err
    sentences = json.loads(ran.out)[0]["sentences"]
    verdict = [one for one in sentences if any(span["path"].endswith("verdict.md") for span in one["from"])]
    lines = workspace.read(f"forces/{slug}.yaml").splitlines()
    assert len(verdict) == len(EXPLAINED[slug])
    for said, (phrases, decided) in zip(verdict, EXPLAINED[slug], strict=True):
        assert {span["phrase"] for span in said["from"] if span["phrase"]} == phrases
        keys = {lines[place["line"] - 1].split(":")[0].strip() for place in said["decided_by"]}
        assert keys == decided


def test_explain_says_who_else_has_a_sentence(workspace: Workspace) -> None:
    ran = workspace.letters("explain", "cumbria", "--sentence", "13")
    assert "2 October 2017" in ran.out
    assert "also in     42 letters" in ran.out
    assert f"decided by  templates/{ABUSE}/letter.yaml:3  date: 2017-10-02" in ran.out
    contact = workspace.letters("explain", "cumbria", "--sentence", "30").out
    assert f"decided by  templates/{ABUSE}/letter.yaml:19  email: john.young@hmic.gsi.gov.uk" in contact


def test_try_says_the_verdict_without_a_file(small: Workspace) -> None:
    answers = ["plans_comprehensive=yes", "national_strategy=reflected", "counter_corruption_unit=started"]
    ran = small.letters("try", ABUSE, *answers, "it_monitoring=started", "intelligence_from_organisations=started")
    assert ran.status == 0
    assert ran.out.endswith("Work to implement all three elements had already started at the time of our review.\n")
    wrong = small.letters("try", ABUSE, *answers, "it_monitoring=startd")
    assert wrong.status == 1
    assert "'startd' is not an answer for it_monitoring" in wrong.err
    assert "'intelligence_from_organisations' is missing" in wrong.err
    contradicting = small.letters(
        "try", ABUSE, *answers, "it_monitoring=started", "intelligence_from_organisations=not_provided"
    )
    assert "cannot lack information" in contradicting.err


def test_wording_and_check_say_what_the_proof_finds(small: Workspace) -> None:
    sound = small.letters("wording", ABUSE)
    assert sound.status == 0, sound.err
    assert "567 outcomes, 567 different verdicts" in sound.out
    small.replace(VERDICT, "evidence in your plans of {{", "evidence in your plans of of {{")
    for command in ("wording", "check"):
        ran = small.letters(command)
        assert ran.status == 1
        assert "the word 'of' stands twice" in ran.err
        assert f"{VERDICT}:44" in ran.err


def test_the_book_marks_what_changed_since_a_revision(small: Workspace) -> None:
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-C", str(small.root)]
    for step in (["init", "-q"], ["add", "forces", "templates"], ["commit", "-qm", "before"]):
        subprocess.run([*git, *step], check=True)
    small.replace(VERDICT, "We found evidence in your plans of {{", "We saw evidence in your plans of {{")
    counted = small.letters("wording", ABUSE, "--since", "HEAD")
    assert f"{ABUSE}: 1 change, 6 of 571 verdicts new or changed since HEAD" in counted.out
    assert not small.path("outputs/wording").exists()
    ran = small.letters("wording", ABUSE, "--book", "--since", "HEAD")
    assert ran.status == 0, ran.err
    page = small.read(f"outputs/wording/{ABUSE}.html")
    # Six verdicts have all three elements started: two answers of plans_comprehensive times three of national_strategy.
    assert "<dt>Changed since HEAD</dt><dd>6</dd>" in page
    assert small.path(f"outputs/wording/{ABUSE}.docx").stat().st_size > 10_000
    wrong = small.letters("wording", ABUSE, "--since", "nonsense")
    assert wrong.status == 2
    assert "git knows no revision 'nonsense': name a branch, a tag or a commit" in wrong.err


def test_the_plain_rules_hold_in_the_lines_of_parts_as_well() -> None:
    found = planted((LETTER, "Via email", "Via force police police , by email"))
    said = {(problem.code, problem.place.line, problem.place.column) for problem in found}
    assert {("E402", 4, 11), ("E404", 4, 18)} <= said


def test_slips_of_whoever_drafts_are_told_where_they_are() -> None:
    settings = f"templates/{ABUSE}/letter.yaml"
    found = planted(
        (VERDICT, "| all_of }}. Work to", "| all_of }} Work to"),
        (LETTER, "{{ verdict(outcome) }}", "{{ verdict(outcome) }}\n\n{{ verdict(outcome) }}"),
        (LETTER, "# {{ letter.title }}", ""),
        (settings, "young@hmic.gsi", "young@hmic,gsi"),
        (settings, "07802 948502", "07802 9485O2"),
    )
    assert {problem.code for problem in found} == {"E405", "E244", "W246", "E245"}
    assert [problem.place.line for problem in found if problem.code == "E245"] == [19, 20]
