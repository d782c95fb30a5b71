"""What a comparison is made against: kept by builds and reviews, in git, or in a folder; never lost, never mixed up."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from builds import start
from conftest import Ran, Workspace, copy_workspace
from letters.request import Request
from letters.review.decisions import Decision, Decisions, State, group_id, letter_id, to_json
from letters.reviewroom import Compared
from letters.reviewroom import review as reviewed_now
from reviewing import KENT, LETTER, TYPE, ask, build, copy, diff, edits, names, renamed, review, swap, told

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
    assert ask(workspace, "review", "--done", *forces).status == 0


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


def test_after_the_first_build_nothing_was_edited_and_every_letter_is_new(workspace: Workspace) -> None:
    assert ask(workspace, "diff", "--exit-code").out == (
        "no change in 4 letters, against the last build\n4 letters: nothing changed. "
        "Next: edit a file in forces/, then letters diff\n"
    )
    found = review(workspace)
    assert found["against"] == "nothing: this is the first build"
    assert lines(workspace, found) == ["whole letter: letters added (4 letters)"]
    done(workspace)
    assert lines(workspace, review(workspace)) == []


def test_a_review_shows_what_was_edited_before_the_build_without_git(workspace: Workspace) -> None:
    WORD(workspace)
    assert marked(workspace, asked := diff(workspace)) == [WORD_TOLD]
    assert asked["against"] == "the last build"
    assert build(workspace, *TEXT).status == 0
    for found in (review(workspace), diff(workspace)):
        assert marked(workspace, found) == [WORD_TOLD]
        assert found["against"] == "the build before the last"


def test_before_any_review_it_is_the_last_build_that_is_shown_whatever_was_built_in_vain(workspace: Workspace) -> None:
    rebuilt(workspace, WORD, COMMA, lambda _: None)
    assert marked(workspace, review(workspace)) == [COMMA_TOLD]


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
    assert lines(workspace, review(workspace)) == [f"words: body: {WORD_TOLD} (south-wales, thames-valley)"]
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
    kept = workspace.path(f"outputs/review/reviewed/composed/{TYPE}/kent.json")
    before = kept.read_bytes()
    rebuilt(workspace, WORD)
    assert kept.read_bytes() == before
    done(workspace, "thames-valley")
    assert kept.read_bytes() == before


# -- killed


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="process groups are of POSIX")
@pytest.mark.parametrize("written", [1, 2, 4])
def test_a_build_that_was_killed_and_its_completion_count_as_one(workspace: Workspace, written: int) -> None:
    rebuilt(workspace, COMMA)
    WORD(workspace)
    composed = sorted(workspace.path(f"outputs/composed/{TYPE}").glob("*.json"))
    texts = sorted(workspace.path(f"outputs/{TYPE}").glob("*.txt"))
    before = {path: path.stat().st_ino for path in (*composed, *texts)}
    building = start(workspace, "build", *TEXT, "--jobs", "1")
    while building.poll() is None and sum(path.stat().st_ino != was for path, was in before.items()) < written:
        pass
    if building.poll() is None:
        os.killpg(building.pid, signal.SIGKILL)
    building.communicate(timeout=20)
    assert build(workspace, *TEXT).status == 0
    assert lines(workspace, review(workspace)) == [f"words: body: {WORD_TOLD} (3 letters)"]


def leftovers(*suffixes: str) -> Callable[[Workspace], None]:
    """The folders as `review --done` leaves them if it is killed: `.new` being made, `.old` put aside."""

    def leave(workspace: Workspace) -> None:
        folder = workspace.path("outputs/review")
        for suffix in suffixes:
            shutil.copytree(folder / "reviewed", folder / f"reviewed{suffix}")

    return leave


def put_aside(workspace: Workspace) -> None:
    folder = workspace.path("outputs/review")
    leftovers(".new")(workspace)
    (folder / "reviewed").rename(folder / "reviewed.old")


@pytest.mark.parametrize(
    ("killed", "asked_first"),
    [(leftovers(".new"), "review"), (put_aside, "review"), (put_aside, "diff"), (leftovers(".old"), "review")],
    ids=["while copying", "between the renamings, review", "between the renamings, diff", "after the renamings"],
)
def test_a_review_that_was_killed_while_it_was_kept_keeps_a_state(
    killed: Callable[[Workspace], None], asked_first: str, workspace: Workspace
) -> None:
    done(workspace)
    rebuilt(workspace, WORD, COMMA)
    killed(workspace)
    assert marked(workspace, (diff if asked_first == "diff" else review)(workspace)) == [COMMA_TOLD, WORD_TOLD]
    done(workspace)
    assert marked(workspace, review(workspace)) == []
    assert sorted(path.name for path in workspace.path("outputs/review").glob("reviewed*")) == ["reviewed"]


@pytest.mark.parametrize("name", ["review.json", f"composed/{TYPE}/kent.json", "inputs.zip"])
def test_what_is_kept_and_cannot_be_read_is_no_traceback(name: str, workspace: Workspace) -> None:
    done(workspace)
    rebuilt(workspace, WORD)
    path = workspace.path(f"outputs/review/reviewed/{name}")
    path.write_bytes(path.read_bytes()[:20])
    found = diff(workspace)
    assert WORD_TOLD in marked(workspace, found)


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


@pytest.mark.parametrize("state", ["reviewed", "previous"])
def test_what_is_kept_of_a_letter_and_cannot_be_read_is_said(state: str, workspace: Workspace) -> None:
    if state == "reviewed":
        done(workspace)
    rebuilt(workspace, WORD)
    workspace.write(f"outputs/review/{state}/composed/{TYPE}/kent.json", "{ damaged")
    for found in (diff(workspace), review(workspace)):
        assert found["notes"] == ["left out, because what was kept of them cannot be read: kent"]
        assert "kent" not in names(found["groups"][0])


# -- decisions


def compared(workspace: Workspace) -> Compared:
    """What the report of a review is made of."""
    return reviewed_now(Request(workspace.root, workspace.path("outputs")), None, with_pages=False)


def saved(
    workspace: Workspace, found: Compared, letters: dict[str, State], changes: list[State], reviewer: str = "Ann"
) -> str:
    """The file that a reviewer saves who decided so about letters (by force) and about changes (in their order)."""
    about_letters = [
        Decision(letter_id(one.key), one.key[1], letters.get(one.key[1], State.TO_DO), "Is this meant?")
        for one in found.review.changed
    ]
    about_changes = [
        Decision(group_id(group), group.title, state, "Why?")
        for group, state in zip(found.review.groups, changes, strict=True)
    ]
    decisions = Decisions(found.identity, reviewer, date(2026, 3, 31), tuple(about_changes), tuple(about_letters))
    path = workspace.path(f"decisions-{reviewer}.json")
    path.write_bytes(to_json(decisions))
    return str(path)


@pytest.fixture
def judged(workspace: Workspace) -> Workspace:
    """Two changes since the last review: one in three letters, one in kent's; and the report of them."""
    done(workspace)
    rebuilt(workspace, edits(WORD, FINDING))
    review(workspace)
    return workspace


def test_letters_that_were_read_are_reviewed_and_queries_are_listed(judged: Workspace) -> None:
    letters = {"kent": State.READ, "south-wales": State.READ, "thames-valley": State.QUERIED}
    file = saved(judged, compared(judged), letters, [State.READ, State.READ])
    ran = ask(judged, "review", "--import", file)
    assert ran.status == 0
    assert ran.out.startswith("query: thames-valley\n    Is this meant?\n")
    assert "reviewed by Ann, 1 query" in ran.out
    assert lines(judged, review(judged)) == [f"words: body: {WORD_TOLD} (thames-valley)"]


def test_a_letter_with_a_change_that_is_queried_is_not_reviewed(judged: Workspace) -> None:
    letters = dict.fromkeys(("kent", "south-wales", "thames-valley"), State.READ)
    file = saved(judged, compared(judged), letters, [State.READ, State.QUERIED])
    ran = ask(judged, "review", "--import", file)
    assert ran.out.startswith("query: ")
    assert lines(judged, review(judged)) == [
        f"words: body: {WORD_TOLD} (kent)",
        f"words: body: {FINDING_TOLD} (kent)",
    ]


def test_a_letter_all_of_whose_changes_are_read_is_read(judged: Workspace) -> None:
    file = saved(judged, compared(judged), {"thames-valley": State.QUERIED}, [State.READ, State.READ])
    ran = ask(judged, "review", "--import", file)
    assert "2 letters are reviewed by Ann, 1 query" in ran.out
    assert lines(judged, review(judged)) == [f"words: body: {WORD_TOLD} (thames-valley)"]


def test_reviewers_send_their_files_one_after_the_other(judged: Workspace) -> None:
    found, to_do = compared(judged), [State.TO_DO, State.TO_DO]
    ann = saved(judged, found, {"kent": State.READ, "south-wales": State.QUERIED}, to_do, "Ann")
    bob = saved(judged, found, {"thames-valley": State.READ}, to_do, "Bob")
    assert "1 letter is reviewed by Ann, 1 query" in ask(judged, "review", "--import", ann).out
    ran = ask(judged, "review", "--import", bob)
    assert (ran.status, ran.err) == (0, "")
    assert "1 letter is reviewed by Bob, 0 queries" in ran.out
    assert lines(judged, review(judged)) == [f"words: body: {WORD_TOLD} (south-wales)"]
    kept = [path.read_text("utf-8") for path in judged.path("outputs/review/decisions").iterdir()]
    assert sorted(json.loads(text)["reviewer"] for text in kept) == ["Ann", "Bob"]


def test_a_letter_that_was_built_anew_since_the_report_is_not_reviewed(judged: Workspace) -> None:
    letters = dict.fromkeys(("kent", "south-wales", "thames-valley"), State.READ)
    file = saved(judged, compared(judged), letters, [State.READ, State.READ])
    rebuilt(judged, COMMA)
    before = marked(judged, review(judged))
    ran = ask(judged, "review", "--import", file)
    assert ran.status == 0
    assert "3 letters were read and built anew since that report" in ran.err
    assert "0 letters are reviewed by Ann" in ran.out
    assert marked(judged, review(judged)) == before == [COMMA_TOLD, WORD_TOLD, FINDING_TOLD]


def test_decisions_about_a_report_that_is_not_known_change_nothing(judged: Workspace) -> None:
    file = saved(judged, compared(judged), {"kent": State.READ}, [State.READ, State.READ])
    shutil.rmtree(judged.path("outputs/review/reports"))
    before = marked(judged, review(judged))
    shutil.rmtree(judged.path("outputs/review/reports"))
    ran = ask(judged, "review", "--import", file)
    assert ran.status == 1
    assert "a report that was not written here" in ran.err
    assert marked(judged, review(judged)) == before


def test_done_says_which_letters_no_report_has_shown(judged: Workspace) -> None:
    rebuilt(judged, COMMA)
    ran = ask(judged, "review", "--done")
    assert "warning: 3 letters that changed were in no report as now built" in ran.err
    assert ask(judged, "review", "--done").err == ""


def test_redlines_of_an_earlier_report_go(judged: Workspace) -> None:
    assert ask(judged, "review", "--docx").status == 0
    assert judged.path("outputs/review/redlines.docx").exists()
    assert ask(judged, "review").status == 0
    assert not judged.path("outputs/review/redlines.docx").exists()
    assert not judged.path("outputs/review/redlines").exists()


def test_a_review_waits_for_a_build_and_gives_up(judged: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("letters.pipeline.PATIENCE", 0.1)
    with FileLock(judged.path("outputs/.lock")):
        for options in (("--done",), ()):
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
    assert ask(workspace, "review").out.endswith("Next: open outputs/review/review.html, then letters review --done\n")
    for command in (("review", "--done"), ("review",), ("diff",)):
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


def test_what_is_kept_of_a_review_says_when_and_by_whom(judged: Workspace) -> None:
    file = saved(judged, compared(judged), {"kent": State.READ}, [State.READ, State.READ])
    assert ask(judged, "review", "--import", file).status == 0
    note = json.loads(judged.read("outputs/review/reviewed/review.json"))
    assert note["reviewer"] == "Ann"
    assert date.fromisoformat(note["on"]) <= date.today()  # noqa: DTZ011 - the user's own calendar
