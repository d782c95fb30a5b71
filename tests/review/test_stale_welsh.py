"""An English phrase changed: exactly its Welsh is stale, told in check, status, review; letters that are ready wait."""

from __future__ import annotations

import json

import pytest

from conftest import Workspace
from support.welsh import CUSTODY, TYPE

pytestmark = pytest.mark.slow


def ready(workspace: Workspace, *slugs: str) -> None:
    for slug in slugs:
        workspace.replace(f"forces/{slug}.yaml", "stage: specimen", "stage: ready")


def told(workspace: Workspace, command: str) -> list[tuple[str, str, int | None]]:
    problems = json.loads(workspace.letters(command, "--json").out)["problems"]
    return [(one["code"], one["path"], one["line"]) for one in problems]


def test_exactly_the_welsh_of_a_changed_phrase_is_stale(bilingual: Workspace) -> None:
    ready(bilingual, "dyfed-powys", "south-wales")
    assert bilingual.letters("build").status == 0
    before = bilingual.read(f"outputs/{CUSTODY}/south-wales.txt")
    bilingual.replace(f"{TYPE}/wording.yaml", "training for your staff", "training for all your staff")

    stale = ("W600", f"{TYPE}/wording.cy.yaml", 9)
    held = ("E600", "forces/south-wales.yaml", 13)  # in Dyfed-Powys training was received, which says no phrase
    assert told(bilingual, "check") == [held, stale]
    assert told(bilingual, "status") == [held, stale]
    status = bilingual.letters("status")
    assert "this letter is ready, and its Welsh is not up to date: the phrase training [E600]" in status.err
    assert "was made of 'training for your staff', and the English is 'training for all your staff' now" in status.err

    built = bilingual.letters("build")
    assert built.status == 1
    assert bilingual.read(f"outputs/{CUSTODY}/south-wales.txt") == before
    assert "Training for all your staff was not planned" in bilingual.read(f"outputs/{CUSTODY}/north-wales.txt")

    reviewed = bilingual.letters("review")
    assert "[W600]" in reviewed.err
    report = bilingual.read("outputs/review/review.html")
    assert (
        "This letter is ready, and its Welsh is not up to date: the phrase training (forces/south-wales.yaml" in report
    )
    assert "The Welsh of training was made of" in report

    bilingual.replace(
        f"{TYPE}/wording.cy.yaml", "english: training for your staff", "english: training for all your staff"
    )
    assert told(bilingual, "check") == []
    assert bilingual.letters("build").status == 0
    assert "Training for all your staff was planned" in bilingual.read(f"outputs/{CUSTODY}/south-wales.txt")


def test_a_sentence_without_welsh_holds_the_letters_that_say_it(bilingual: Workspace) -> None:
    ready(bilingual, "dyfed-powys", "north-wales")
    bilingual.replace(f"{TYPE}/verdict.md", "not complete.\n", "not complete.\n\nPlease mend them.\n")
    said = bilingual.letters("check")
    assert (
        "forces/north-wales.yaml:13:5: this letter is ready, and its Welsh is not up to date: verdict.md:" in said.err
    )
    assert "forces/dyfed-powys.yaml" not in said.err
    assert "write the Welsh into templates/custody-records-2018/verdict.cy.md" in said.err


def test_a_change_in_welsh_is_read_once_with_its_place(bilingual: Workspace) -> None:
    bilingual.letters("build")
    bilingual.replace(f"{TYPE}/letter.cy.md", "Ysgrifennwch atom", "Anfonwch lythyr atom")
    ran = bilingual.letters("diff")
    assert "1 change in 4 letters" in ran.out
    lines = bilingual.read(f"{TYPE}/letter.cy.md").split("\n")
    assert f"from {TYPE}/letter.cy.md:{lines.index('Anfonwch lythyr atom o fewn 28 diwrnod.') + 1}\n" in ran.out
    assert "dyfed-powys.cy, gwent.cy, north-wales.cy, south-wales.cy" in ran.out
    assert "4 of 10 letters would change" in ran.out
    bilingual.letters("build")
    bilingual.letters("review")
    assert "Dyfed-Powys Police, Welsh" in bilingual.read("outputs/review/review.html")
    assert bilingual.letters("review", "--done", "--by", "A. Reviewer").status == 0
    assert "nothing changed" in bilingual.letters("diff").out


def test_a_phrase_of_a_letter_in_both_languages_is_traced(bilingual: Workspace) -> None:
    bilingual.letters("build", "--format", "txt")
    bilingual.replace("templates/stop-and-search-2018/letter.md", "its report on", "the report on")
    bilingual.replace(f"{TYPE}/wording.cy.yaml", "eich cofnodion dalfa", "eich holl gofnodion dalfa")
    out = bilingual.letters("diff").out
    assert f"from {TYPE}/wording.cy.yaml:3 (records)" in out
    assert "from templates/stop-and-search-2018/letter.md:" in out


def test_the_report_shows_both_languages_beside_each_other(bilingual: Workspace) -> None:
    bilingual.letters("build")
    bilingual.replace("forces/gwent.yaml", "training: planned", "training: received")
    bilingual.replace("forces/gwent.yaml", "report: published", "report: not_published")
    bilingual.letters("build")
    bilingual.letters("review")
    report = bilingual.read("outputs/review/review.html")
    assert report.count('<table class="beside">') == 3  # the two letters of a pair, and the one that holds both
    for english, welsh in (
        ("Gwent Police", "Heddlu Gwent"),
        ("custody records", "cofnodion dalfa"),
        ("Please write to us within 28 days.", "Ysgrifennwch atom o fewn 28 diwrnod."),
    ):
        row = f'<tr><td lang="en-GB">{english}</td><td lang="cy">{welsh}</td></tr>'
        assert report.count(row) == (3 if english == "Gwent Police" else 2), english
    assert (
        '<td lang="en-GB">Your force has not published its report on stop and search.</td><td lang="cy">Nid yw'
        in report
    )


def test_a_review_says_of_which_letters_the_welsh_is_stale(bilingual: Workspace) -> None:
    assert bilingual.letters("build", "--format", "txt").status == 0
    assert "its Welsh is stale" not in bilingual.letters("review").out
    bilingual.replace(f"{TYPE}/wording.yaml", "training for your staff", "training for all your staff")
    assert f"its Welsh is stale, {CUSTODY}:\n    gwent, north-wales, south-wales\n" in bilingual.letters("review").out
    asked = json.loads(bilingual.letters("review", "gwent", "--json").out)["welsh_is_stale"]
    assert [(one["type"], one["force"], one["language"]) for one in asked] == [
        (CUSTODY, "gwent", "cy"),
        (CUSTODY, "gwent", "en"),
    ]


def test_what_nobody_read_is_named_with_its_language(bilingual: Workspace) -> None:
    assert bilingual.letters("build", "--format", "txt").status == 0
    bilingual.replace(f"{TYPE}/letter.cy.md", "o fewn 28 diwrnod", "ymhen 28 diwrnod")
    bilingual.letters("build", "--format", "txt")
    assert "(dyfed-powys.cy, gwent.cy, north-wales.cy, south-wales.cy)" in bilingual.letters("review", "--done").err


def test_a_letter_that_words_a_phrase_itself_does_not_wait_for_its_welsh(bilingual: Workspace) -> None:
    ready(bilingual, "south-wales", "gwent")
    own = (
        "    changed_wording:\n      training: teaching of your staff\n"
        "    changed_wording_cy:\n      training: dysgu eich staff\n"
    )
    bilingual.replace("forces/south-wales.yaml", "    visit: 2018", f"{own}    visit: 2018")
    bilingual.replace(f"{TYPE}/wording.yaml", "training for your staff", "training for all your staff")
    told = bilingual.letters("build", "--dry-run")
    assert (
        "forces/gwent.yaml:13:5: this letter is ready, and its Welsh is not up to date: the phrase training" in told.err
    )
    assert "forces/south-wales.yaml" not in told.err
    bilingual.replace(f"{TYPE}/wording.yaml", "your custody records", "your own custody records")
    assert "Welsh is not up to date: the phrase records" in bilingual.letters("build", "--dry-run").err
