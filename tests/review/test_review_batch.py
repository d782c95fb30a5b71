"""A review of all 43 forces: each change read once, with the letters it is in, as a terminal and as data say it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from conftest import Workspace, copy_workspace
from support.reviewing import (
    CSS,
    KENT,
    LETTER,
    TYPE,
    WORDING,
    appended,
    ask,
    build,
    copy,
    diff,
    edits,
    names,
    review,
    swap,
    told,
)

pytestmark = pytest.mark.slow

#: Thames Valley's letter names its commissioner, and the bodies of three cities have no shorter title.
NAMED_OR_WITHOUT_A_SHORT_TITLE = 4
SENTENCE = swap(LETTER, "highlighted our concerns", "raised our concerns")
FINDING = swap(KENT, "it_monitoring: not_provided", "it_monitoring: started")
BROKEN = swap(KENT, "it_monitoring: not_provided", "it_monitoring: startd")


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """All 43 forces and 44 letters, built as text; not to be changed."""
    workspace = copy_workspace(tmp_path_factory.mktemp("batch") / "workspace")
    assert build(workspace, "--format", "txt").status == 0
    return workspace


@pytest.fixture(scope="module")
def two(batch: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The batch with a standard sentence and one force's finding changed; not to be changed further."""
    workspace = copy(batch, tmp_path_factory.mktemp("two") / "workspace")
    edits(SENTENCE, FINDING)(workspace)
    return workspace


def test_a_sentence_and_a_finding_are_two_groups_that_hold_every_changed_word(two: Workspace) -> None:
    found = diff(two)
    assert [len(group["letters"]) for group in found["groups"]] == [43, 1]
    assert names(found["groups"][1]) == ["kent"]
    assert found["letters"] == {"compared": 44, "changed": 43}
    assert found["kinds"] == {
        **dict.fromkeys(["stage", "whole letter", "edited in Word", "formatting", "layout", "look", "hidden facts"], 0),
        "words": 2,
    }
    changed = [
        (letter["type"], letter["force"], piece)
        for letter in found["changed"]
        for change in letter["words"]
        for piece in change["pieces"]
        if "same" not in piece
    ]
    grouped = [
        (place["type"], place["force"], piece)
        for group in found["groups"]
        for place in group["places"]
        for piece in place["pieces"]
        if "same" not in piece
    ]
    assert sorted(grouped, key=repr) == sorted(changed, key=repr)
    assert len(grouped) == 43 * 2 + 3


def test_a_terminal_shows_each_change_once_on_one_screen(two: Workspace) -> None:
    ran = two.letters("diff", env={"COLUMNS": "80"})
    assert ran.status == 0
    assert ran.err == ""
    assert ran.out == (
        "2 changes in 43 letters, against the first build\n"
        "\n"
        " 1. in 43 letters: body: “highlighted” → “raised”\n"
        "    The report [-highlighted-]{+raised+} our concerns that some police\n"
        "    counter-corruption units did not have the capability or …\n"
        f"    from {LETTER}:{line_of(two, LETTER, 'raised our concerns')}\n"
        "    all 43 letters of abuse-of-position-2017\n"
        "\n"
        " 2. in 1 letter: body: words changed in “Your plans reflected the …”\n"
        "    … April of this year. However no information was provided that allowed us to\n"
        "    assess [-your progress in developing your IT systems' monitoring-]\n"
        "    [-capability or-] any work done to seek intelligence from those\n"
        "    organisations that support vulnerable people. {+Improvements to your IT+}\n"
        "    {+systems' monitoring capability were included and these had already+}\n"
        "    {+started at the time of our review.+} We could not {+however+} find\n"
        "    evidence of a review of the capability and capacity of your\n"
        "    counter-corruption unit.\n"
        f"    from {KENT}:{line_of(two, KENT, 'it_monitoring')} (it_monitoring)\n"
        "    kent\n"
        "\n"
        "43 of 44 letters would change, in 2 ways. Next: letters build\n"
    )
    assert max(map(len, ran.out.splitlines())) <= 80
    assert len(ran.out.splitlines()) <= 24


def test_it_is_told_the_same_at_every_run(two: Workspace) -> None:
    ran = [two.letters("diff", "--json", env={"PYTHONHASHSEED": seed}) for seed in ("1", "2")]
    assert ran[0].out == ran[1].out != ""


def test_stat_says_how_many_changes_of_which_kind(two: Workspace) -> None:
    ran = ask(two, "diff", "--stat")
    assert ran.out.splitlines()[:3] == [
        "2 changes in 43 letters, against the first build",
        " 1. in 43 letters: body: “highlighted” → “raised”",
        " 2. in 1 letter: body: words changed in “Your plans reflected the …”",
    ]
    assert "    kent                     changed: words twice" in ran.out.splitlines()
    assert len(ran.out.splitlines()) == 3 + 43 + 1


def test_exit_code_says_whether_anything_is_different(two: Workspace, batch: Workspace) -> None:
    assert ask(two, "diff", "--exit-code").status == 1
    assert ask(batch, "diff", "--exit-code").status == 0
    assert ask(two, "diff", "--exit-code", "--type", "pcc-response-2019").status == 0


@pytest.mark.parametrize(
    ("asked", "letters"),
    [
        (["kent"], [["kent"], ["kent"]]),
        (["essex", "su*"], [["essex", "suffolk", "surrey", "sussex"]]),
        (["--type", "pcc-response-2019"], []),
        (["kent", "--type", TYPE], [["kent"], ["kent"]]),
    ],
)
def test_only_what_is_asked_for_is_compared(asked: list[str], letters: list[list[str]], two: Workspace) -> None:
    assert [names(group) for group in diff(two, *asked)["groups"]] == letters


def test_a_force_that_is_not_there_is_said(two: Workspace) -> None:
    ran = two.letters("diff", "kant")
    assert ran.status == 2
    assert "there is no force 'kant'; did you mean 'kent'?" in ran.err


def test_the_titles_of_many_commissioners_are_one_change(batch: Workspace, tmp_path: Path) -> None:
    workspace = copy(batch, tmp_path / "workspace")
    title = "Copied to: {{ force.local_policing_body.%s }}"
    workspace.replace(LETTER, title % "short_title", title % "title")
    found = diff(workspace)
    assert [len(group["letters"]) for group in found["groups"]] == [43 - NAMED_OR_WITHOUT_A_SHORT_TITLE]
    assert found["groups"][0]["causes"][0]["file"] == LETTER


def test_a_phrase_concerns_the_letters_that_use_it_and_no_others(batch: Workspace, tmp_path: Path) -> None:
    workspace = copy(batch, tmp_path / "workspace")
    old = "had already improved your IT systems' monitoring capability"
    workspace.replace(WORDING, old, old.replace("improved", "raised"))
    using = [path.stem for path in workspace.path(f"outputs/{TYPE}").glob("*.txt") if old in folded(path)]
    [group] = diff(workspace)["groups"]
    assert names(group) == sorted(using) != []
    assert group["causes"] == [
        {"file": WORDING, "line": line_of(workspace, WORDING, "raised your"), "name": "it_monitoring.in_place"}
    ]


def folded(path: Path) -> str:
    return " ".join(path.read_text("utf-8").replace("’", "'").split())


def line_of(workspace: Workspace, path: str, text: str) -> int:
    return next(number for number, line in enumerate(workspace.read(path).splitlines(), 1) if text in line)


# -- files that are broken


def test_a_broken_file_is_left_out_and_said_and_the_others_are_compared(batch: Workspace, tmp_path: Path) -> None:
    workspace = copy(batch, tmp_path / "workspace")
    edits(SENTENCE, BROKEN)(workspace)
    ran = ask(workspace, "diff", "--json")
    assert ran.status == 1
    found = json.loads(ran.out)
    assert [len(group["letters"]) for group in found["groups"]] == [42]
    assert found["notes"] == ["left out, because of the problems: kent"]
    assert [problem["code"] for problem in found["problems"]] == ["E104"]
    plain = ask(workspace, "diff")
    assert plain.status == 1
    assert "forces/kent.yaml" in plain.err
    assert "note: left out, because of the problems: kent" in plain.out
    alone = ask(workspace, "diff", "kent")
    assert "0 letters: nothing was compared. Next: mend what is said above, then letters diff" in alone.out


def test_a_broken_template_leaves_its_letters_out(batch: Workspace, tmp_path: Path) -> None:
    workspace = copy(batch, tmp_path / "workspace")
    workspace.replace(LETTER, "{{ letter.title }}", "{{ letter.titel }}")
    swap("forces/south-wales.yaml", "a very shocking", "a shocking")(workspace)
    ran = ask(workspace, "diff", "--json")
    assert ran.status == 1
    assert [names(group) for group in json.loads(ran.out)["groups"]] == [["south-wales (2019)"]]


# -- the look alone


def test_pages_of_another_library_are_told_as_moved_and_the_words_as_the_same(tmp_path: Path) -> None:
    """The PDF that was reviewed is replaced by one set otherwise, as an earlier library might have set it."""
    workspace = copy_workspace(tmp_path / "workspace")
    workspace.keep_forces("kent", "essex")
    assert build(workspace).status == 0
    other = copy(workspace, tmp_path / "other")
    appended(CSS, "p { margin-bottom: 13pt }\n")(other)
    assert build(other).status == 0
    assert ask(workspace, "review", "--done").status == 0
    [reviewed] = workspace.path("outputs/review/pages").glob(f"*/{TYPE}/kent.pdf")
    reviewed.unlink()
    shutil.copy(other.path(f"outputs/{TYPE}/kent.pdf"), reviewed)
    found = review(workspace)
    assert [(letter["force"], letter["verdict"]) for letter in found["changed"]] == [
        ("kent", "words the same, layout moved")
    ]
    assert {line.partition(":")[0] for line in told(workspace, found)} == {"layout"}
