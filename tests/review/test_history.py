"""What a comparison is made against: kept by builds and reviews, in git, or in a folder; never lost, never mixed up."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from conftest import Ran, Workspace, copy_workspace
from support.builds import start
from support.reviewing import KENT, LETTER, TYPE, ask, build, copy, diff, edits, names, renamed, review, swap, told

pytestmark = pytest.mark.slow

TEXT = ("--format", "txt")
WORD = swap(LETTER, "highlighted our concerns", "raised our concerns")
COMMA = swap(LETTER, "in which we referred", "in which, we referred")
FINDING = swap(KENT, "national_strategy: reflected", "national_strategy: not_reflected")
#: What they are told as.
WORD_TOLD, COMMA_TOLD = "[-highlighted-]{+raised+}", "{+,+}"
FINDING_TOLD = "[-reflected-]{+did not reflect+}…[-However no-]{+No+}"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Three forces and four letters, built once and never reviewed; not to be changed."""
    workspace = copy_workspace(tmp_path_factory.mktemp("first") / "workspace")
    workspace.keep_forces("kent", "south-wales", "thames-valley")
    assert build(workspace, *TEXT).status == 0
    return workspace


@pytest.fixture
def workspace(first: Workspace, tmp_path: Path) -> Workspace:
    return copy(first, tmp_path / "workspace")


def rebuilt(workspace: Workspace, *steps: Callable[[Workspace], object]) -> None:
    """Each step an edit and a build of its own."""
    for step in steps:
        step(workspace)
        assert build(workspace, *TEXT).status == 0


def marked(workspace: Workspace, found: dict[str, object]) -> list[str]:
    """The words of each group, without where they are and what they come from."""
    return [line.partition(": ")[2].partition(": ")[2].rpartition(" (")[0] for line in lines(workspace, found)]


def lines(workspace: Workspace, found: dict[str, object]) -> list[str]:
    return [line.partition(" ← ")[0] for line in told(workspace, found)]


def done(workspace: Workspace, *forces: str) -> None:
    """A report is written, and Ann has read all of it; or some forces are said to be reviewed."""
    if not forces:
        review(workspace)
    ran = ask(workspace, "review", "--done", "--by", "Ann", *forces)
    assert (ran.status, ran.err) == (0, "") or forces


def refused(ran: Ran, *said: str) -> None:
    """It ended with 1 and a text that says so, not with a traceback."""
    assert ran.status == 1
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert [text for text in said if text not in ran.err] == []


# -- builds and reviews


def test_before_any_build_there_is_nothing_to_compare_with(workspace: Workspace) -> None:
    shutil.rmtree(workspace.path("outputs"))
    for arguments in (["diff"], ["review"], ["review", "--done"]):
        refused(ask(workspace, *arguments), "nothing was built", "letters build")


def test_where_every_letter_is_gone_the_review_says_so(workspace: Workspace) -> None:
    for file in workspace.path("forces").iterdir():
        file.unlink()
    ask(workspace, "build")
    ran = ask(workspace, "review")
    assert "nothing was built" not in ran.err
    assert "letters removed: 4" in ran.out


def test_after_the_first_build_nothing_was_edited(workspace: Workspace) -> None:
    assert ask(workspace, "diff", "--exit-code").out == (
        "no change in 4 letters, against the first build\n4 letters: nothing changed. "
        "Next: edit a file in forces/, then letters diff\n"
    )
    found = review(workspace)
    assert found["against"] == "the first build"
    assert lines(workspace, found) == []


def test_a_review_shows_what_was_edited_since_the_first_build_without_git(workspace: Workspace) -> None:
    WORD(workspace)
    assert marked(workspace, asked := diff(workspace)) == [WORD_TOLD]
    assert asked["against"] == "the first build"
    assert build(workspace, *TEXT).status == 0
    for found in (review(workspace), diff(workspace)):
        assert marked(workspace, found) == [WORD_TOLD]
        assert found["against"] == "the first build"


@pytest.mark.parametrize(
    "note",
    [
        "",
        "null",
        '{"format": 1}',
        '{"since": 5}',
        '{"since": "yesterday"}',
        '{"since": "2026-03-31"}',
        '{"since": "2026-03-31T14:05:00"}',
        '{"since": "0001-01-01T00:00:00+23:00"}',
    ],
)
def test_without_its_time_the_first_build_is_still_what_is_compared_with(note: str, workspace: Workspace) -> None:
    rebuilt(workspace, WORD)
    workspace.write("outputs/review/first/review.json", note)
    for found in (diff(workspace), review(workspace), review(workspace)):
        assert marked(workspace, found) == [WORD_TOLD]
        assert found["against"] == "the first build"


@pytest.mark.parametrize("reported", [(), (1,), (1, 2, 3)])
def test_no_build_takes_a_change_out_of_review(reported: tuple[int, ...], workspace: Workspace) -> None:
    for number, step in enumerate((FINDING, WORD, COMMA, lambda _: None), 1):
        rebuilt(workspace, step)
        if number in reported:
            review(workspace)
    assert sorted(marked(workspace, review(workspace))) == sorted([COMMA_TOLD, FINDING_TOLD, WORD_TOLD])


def test_after_a_review_all_is_shown_since_then(workspace: Workspace) -> None:
    done(workspace)
    assert marked(workspace, review(workspace)) == []
    rebuilt(workspace, WORD, COMMA)
    FINDING(workspace)
    assert marked(workspace, review(workspace)) == [COMMA_TOLD, WORD_TOLD]
    asked = diff(workspace)
    assert marked(workspace, asked) == [COMMA_TOLD, WORD_TOLD, FINDING_TOLD]
    assert asked["against"].startswith("what was last reviewed, on ")
    assert build(workspace, *TEXT).status == 0
    done(workspace)
    assert marked(workspace, review(workspace)) == []


def test_one_force_can_be_reviewed_alone(workspace: Workspace) -> None:
    rebuilt(workspace, edits(WORD, FINDING))
    done(workspace, "kent")
    found = review(workspace)
    assert [names(group) for group in found["groups"]] == [["south-wales", "thames-valley"]]
    assert lines(workspace, found) == [f"words: body: {WORD_TOLD} (south-wales, thames-valley)"]
    rebuilt(workspace, COMMA)
    assert lines(workspace, review(workspace)) == [
        f"words: body: {COMMA_TOLD} (3 letters)",
        f"words: body: {WORD_TOLD} (south-wales, thames-valley)",
    ]


def test_a_review_of_one_letter_type_leaves_the_other(workspace: Workspace) -> None:
    done(workspace)
    rebuilt(workspace, swap("forces/south-wales.yaml", "very shocking", "shocking"), WORD)
    done(workspace, "--type", TYPE)
    assert lines(workspace, review(workspace)) == ["words: body: [-very -] (south-wales (2019))"]


def test_a_force_that_went_is_told_until_it_is_reviewed(workspace: Workspace) -> None:
    rebuilt(workspace, lambda here: here.path(KENT).unlink())
    gone = ["whole letter: letter removed (kent)"]
    assert lines(workspace, review(workspace)) == gone
    rebuilt(workspace, WORD)
    assert lines(workspace, review(workspace)) == [*gone, f"words: body: {WORD_TOLD} (south-wales, thames-valley)"]
    done(workspace)
    rebuilt(workspace, lambda here: here.write(KENT, here.read("forces/thames-valley.yaml").replace("Thames", "Kent")))
    assert lines(workspace, review(workspace)) == ["whole letter: letter added (kent)"]


def test_a_file_that_was_renamed_is_the_same_letter_for_the_next_review_too(workspace: Workspace) -> None:
    done(workspace)
    rebuilt(workspace, renamed(KENT, "forces/kent-x.yaml"))
    done(workspace)
    assert marked(workspace, review(workspace)) == []
    swap("forces/kent-x.yaml", "national_strategy: reflected", "national_strategy: not_reflected")(workspace)
    assert lines(workspace, diff(workspace)) == [f"words: body: {FINDING_TOLD} (kent-x)"]


def test_what_was_reviewed_stays_as_it_was_whatever_is_built_over_it(workspace: Workspace) -> None:
    done(workspace)
    kept = {path: path.read_bytes() for path in workspace.path("records/reviews").iterdir()}
    rebuilt(workspace, WORD)
    done(workspace, "thames-valley")
    assert {path: path.read_bytes() for path in kept} == kept


# -- killed


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="process groups are of POSIX")
@pytest.mark.parametrize("written", [1, 4])
def test_a_build_that_was_killed_and_its_completion_count_as_one(workspace: Workspace, written: int) -> None:
    rebuilt(workspace, COMMA)
    WORD(workspace)
    composed = sorted(workspace.path(f"outputs/composed/{TYPE}").glob("*.json"))
    texts = sorted(workspace.path(f"outputs/{TYPE}").glob("*.txt"))
    before = {path: path.stat().st_ino for path in (*composed, *texts)}
    building = start(workspace, "build", *TEXT, "--jobs", "1")
    while building.poll() is None and sum(path.stat().st_ino != was for path, was in before.items()) < written:
        time.sleep(0.001)
    if building.poll() is None:
        os.killpg(building.pid, signal.SIGKILL)
    building.communicate(timeout=20)
    assert build(workspace, *TEXT).status == 0
    assert lines(workspace, review(workspace)) == [
        f"words: body: {COMMA_TOLD} (3 letters)",
        f"words: body: {WORD_TOLD} (3 letters)",
    ]


def test_a_first_build_that_was_killed_and_its_completion_are_the_first_build(workspace: Workspace) -> None:
    shutil.rmtree(workspace.path("outputs/review"))
    for left in ("txt", "json"):  # killed before these were made
        for path in workspace.path("outputs").rglob(f"kent.{left}"):
            path.unlink()
    rebuilt(workspace, lambda _: None)
    assert lines(workspace, review(workspace)) == []


@pytest.mark.parametrize("left", ["pages", "pack", "marks"])
def test_a_review_that_was_killed_before_its_record_is_not_done(left: str, workspace: Workspace) -> None:
    rebuilt(workspace, WORD)
    review(workspace)
    records = workspace.path("records/reviews")
    before = {path.name for path in records.iterdir()}
    done(workspace)
    for path in records.iterdir():
        made = {"pack": path.suffix == ".zip", "marks": "-marks-" in path.name, "pages": False}
        if path.name not in before and not (made[left] or (left == "pack" and "-marks-" in path.name)):
            path.unlink()
    workspace.path("outputs/review/pages/new/x").mkdir(parents=True)
    assert marked(workspace, review(workspace)) == [WORD_TOLD]
    done(workspace)
    assert marked(workspace, review(workspace)) == []


def test_who_deletes_the_outputs_keeps_what_was_reviewed(workspace: Workspace) -> None:
    done(workspace)
    rebuilt(workspace, WORD)
    before = marked(workspace, review(workspace))
    shutil.rmtree(workspace.path("outputs"))
    assert build(workspace, *TEXT).status == 0
    assert marked(workspace, review(workspace)) == before == [WORD_TOLD]


# -- git


def git(workspace: Workspace, *arguments: str) -> None:
    user = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *user, *arguments], cwd=workspace.root, check=True, capture_output=True)


def committed(workspace: Workspace, message: str) -> None:
    git(workspace, "add", "forces", "templates")
    git(workspace, "commit", "--quiet", "-m", message)


@pytest.fixture
def history(workspace: Workspace) -> Workspace:
    """A workspace whose first revision lacks kent and whose second has templates that are broken."""
    git(workspace, "init", "--quiet")
    kent = workspace.read(KENT)
    workspace.path(KENT).unlink()
    committed(workspace, "two forces")
    workspace.write(KENT, kent)
    whole = workspace.read(LETTER)
    workspace.write(LETTER, whole.replace("{{ letter.title }}", "{{ letter.titel }}"))
    committed(workspace, "broken")
    workspace.write(LETTER, whole)
    committed(workspace, "mended")
    return workspace


def test_against_a_revision_its_forces_and_templates_are_composed(history: Workspace) -> None:
    WORD(history)
    now = diff(history, "--against", "HEAD")
    assert told(history, now) == [
        f"words: body: {WORD_TOLD} (3 letters) ← letter.md: The report raised our concerns that some"
    ]
    assert now["against"] == "the revision HEAD"
    before = diff(history, "--against", "HEAD~2")
    assert lines(history, before) == [
        "whole letter: letter added (kent)",
        f"words: body: {WORD_TOLD} (south-wales, thames-valley)",
    ]


def test_letters_that_could_not_be_composed_at_a_revision_are_said(history: Workspace) -> None:
    found = diff(history, "--against", "HEAD~1")
    assert [kind for kind, number in found["kinds"].items() if number] == ["whole letter"]
    assert sorted(name for group in found["groups"] for name in names(group)) == [
        "kent",
        "south-wales",
        "thames-valley",
    ]


@pytest.mark.parametrize("name", ["no-such-revision", "--help", "HEAD~9"])
def test_a_revision_that_is_not_there_is_said(name: str, history: Workspace) -> None:
    for command in ("diff", "review"):
        refused(ask(history, command, f"--against={name}"))


def test_where_there_is_no_git_repository_that_is_said(workspace: Workspace) -> None:
    ran = workspace.letters("diff", "--against", "HEAD", env={"GIT_CEILING_DIRECTORIES": str(workspace.root.parent)})
    refused(ran, "not a git repository")


# -- folders


@pytest.fixture(scope="module")
def renditions(first: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Kent's letter and both of South Wales as PDF and DOCX; not to be changed."""
    workspace = copy(first, tmp_path_factory.mktemp("renditions") / "workspace")
    workspace.path("forces/thames-valley.yaml").unlink()
    assert build(workspace, "--format", "pdf,docx").status == 0
    return workspace


def only(workspace: Workspace, form: str, to: Path) -> Path:
    """The renditions of one format, by force, without those of the other letter type."""
    to.mkdir()
    for path in workspace.path(f"outputs/{TYPE}").glob(f"*.{form}"):
        shutil.copy(path, to / path.name)
    return to


def test_against_another_output_folder(renditions: Workspace, tmp_path: Path) -> None:
    workspace = copy(renditions, tmp_path / "workspace")
    shutil.copytree(workspace.path("outputs"), tmp_path / "earlier")
    rebuilt(workspace, WORD)
    found = review(workspace, "--against", str(tmp_path / "earlier"))
    assert lines(workspace, found) == [f"words: body: {WORD_TOLD} (kent, south-wales)"]
    assert found["against"] == f"the folder {tmp_path / 'earlier'}"
    assert "letter.md: The report raised" in told(workspace, found)[0]


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_against_a_folder_of_files_named_by_force(form: str, renditions: Workspace, tmp_path: Path) -> None:
    workspace = copy(renditions, tmp_path / "workspace")
    folder = only(workspace, form, tmp_path / "earlier")
    shutil.copy(folder / f"kent.{form}", folder / f"a letter to nobody.{form}")
    edits(WORD, FINDING)(workspace)
    found = diff(workspace, "--against", str(folder), "--type", TYPE, "kent")
    assert lines(workspace, found) == [f"words: body: {WORD_TOLD} (kent)", f"words: body: {FINDING_TOLD} (kent)"]
    assert [note for note in found["notes"] if f"a letter to nobody.{form}" in note] == found["notes"] != []


def test_a_file_of_a_folder_that_cannot_be_read_is_left_out_and_said(renditions: Workspace, tmp_path: Path) -> None:
    (tmp_path / "earlier").mkdir()
    only(renditions, "pdf", tmp_path / "earlier" / TYPE)
    (tmp_path / "earlier" / TYPE / "kent.pdf").write_bytes(b"%PDF-1.7 and no more")
    found = diff(renditions, "--against", str(tmp_path / "earlier"), "--type", TYPE)
    assert [note for note in found["notes"] if note.startswith("left out: ") and "kent.pdf" in note] == found["notes"]
    assert len(found["notes"]) == 1
    assert told(renditions, found) == []


def test_a_file_that_may_be_either_letter_of_a_force_is_said(renditions: Workspace, tmp_path: Path) -> None:
    folder = only(renditions, "pdf", tmp_path / "earlier")
    found = diff(renditions, "--against", str(folder))
    assert found["notes"] == ["left out, because their names do not tell which letter they are: south-wales.pdf"]
    assert diff(renditions, "--against", str(folder), "--type", TYPE)["notes"] == []


def test_a_folder_without_letters_is_said(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "holiday").mkdir()
    (tmp_path / "holiday/photo.jpg").write_bytes(b"")
    refused(ask(workspace, "diff", "--against", str(tmp_path / "holiday")), "holds no letter that can be read")


# -- reports


@pytest.fixture
def judged(workspace: Workspace) -> Workspace:
    """Two changes since the last review: one in three letters, one in kent's; and the report of them."""
    done(workspace)
    rebuilt(workspace, edits(WORD, FINDING))
    review(workspace)
    return workspace


def test_redlines_of_an_earlier_report_go(judged: Workspace) -> None:
    assert ask(judged, "review", "--docx").status == 0
    assert judged.path("outputs/review/redlines.docx").exists()
    assert ask(judged, "review").status == 0
    assert not judged.path("outputs/review/redlines.docx").exists()
    assert not [*judged.path("outputs/review/redlines").rglob("*.docx")]


def test_a_review_waits_for_a_build_and_gives_up(judged: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("letters.batch.pipeline.PATIENCE", 0.1)
    with FileLock(judged.path("outputs/.lock")):
        for options in (("--done",), (), ("--import", "x.json"), ("--answer", "1", "Yes", "--by", "Ann")):
            ran = ask(judged, "review", *options)
            assert ran.status == 4
            assert "A build is at work" in ran.err


def test_the_last_line_says_what_to_do_next(workspace: Workspace) -> None:
    done(workspace)
    WORD(workspace)
    assert ask(workspace, "diff").out.endswith("Next: letters build\n")
    assert ask(workspace, "review").out.endswith("Next: letters build, then letters review\n")
    assert build(workspace, *TEXT).out.endswith("Next: letters review\n")
    assert ask(workspace, "diff").out.endswith("Next: letters review\n")
    assert ask(workspace, "review").out.endswith(
        "Next: open outputs/review/review.html, then letters review --import FILE, or --done --by NAME\n"
    )
    for command in (("review", "--done", "--by", "Ann"), ("review",), ("diff",)):
        assert ask(workspace, *command).out.endswith("Next: edit a file in forces/, then letters diff\n")


def test_a_force_may_be_named_by_its_file(workspace: Workspace) -> None:
    swap(KENT, "it_monitoring: not_provided", "it_monitoring: started")(workspace)
    ran = workspace.letters("diff", KENT)
    assert ran.status == 0
    assert "1 of 1 letter would change" in ran.out


@pytest.mark.parametrize(
    "options",
    [
        ("review", "--done", "--docx"),
        ("review", "--done", "--import", "x.json"),
        ("review", "--import", "x.json", "--json"),
        ("review", "--import", "x.json", "--against", "HEAD"),
        ("review", "--import"),
        ("review", "--done", "--against", "HEAD"),
        ("review", "--by", "Ann"),
        ("review", "--done", "--by", " "),
        ("review", "--answer", "1", "Yes"),
        ("review", "--answer", "1", "Yes", "--by", "Ann"),
        ("review", "--answer", "1", "", "--by", "Ann"),
        ("review", "--answer", "one", "Yes", "--by", "Ann"),
        ("diff", "a.pdf"),
        ("diff", "a.pdf", "b.pdf", "--against", "HEAD"),
    ],
)
def test_options_that_do_not_go_together_are_refused(options: tuple[str, ...], workspace: Workspace) -> None:
    assert workspace.letters(*options).status == 2


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"format": 1}', '{"format": 2, "report": "x"}', "\ud800"])
def test_a_file_that_no_report_saved_is_said(text: str, judged: Workspace) -> None:
    judged.path("decisions.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    refused(ask(judged, "review", "--import", str(judged.path("decisions.json"))), "decisions.json")
    refused(ask(judged, "review", "--import", "nowhere.json"), "nowhere.json cannot be read")
