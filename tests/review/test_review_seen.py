"""What a reader is told besides changed words: the stage, edited Word files, looks; who read what; other branches."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import RGBColor
from PIL import Image

from conftest import Workspace, copy_workspace
from letters.letter import normalise
from support.reviewing import CSS, LETTER, LETTERHEAD, TYPE, ask, build, copy, diff, review, told
from support.tracked_changes import accepted, rejected, texts

pytestmark = pytest.mark.slow

STYLES = "templates/letterheads/hmicfrs/styles.docx"
KENT_DOCX = f"outputs/{TYPE}/kent.docx"
DOCX_AND_PDF = ("--format", "pdf,docx")
REPORT = "outputs/review/review.html"
BOOK = "outputs/review/redlines.docx"


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Two forces, built as PDF and Word; not to be changed."""
    workspace = copy_workspace(tmp_path_factory.mktemp("seen") / "workspace")
    workspace.keep_forces("kent", "warwickshire")
    assert build(workspace, *DOCX_AND_PDF).status == 0
    return workspace


@pytest.fixture
def workspace(reviewed: Workspace, tmp_path: Path) -> Workspace:
    return copy(reviewed, tmp_path / "workspace")


def in_word(path: Path, edit: Callable[[Any], object]) -> None:
    """Edit a Word file as Word would: opened, changed, saved."""
    document = docx.Document(str(path))
    edit(document)
    document.save(str(path))


def saying(old: str, new: str) -> Callable[[Any], object]:
    """An edit of words."""

    def edit(document: Any) -> None:
        runs = [run for paragraph in document.paragraphs for run in paragraph.runs if old in run.text]
        assert runs, f"{old!r} is in no run"
        for run in runs:
            run.text = run.text.replace(old, new)

    return edit


def without_marks(document: Any) -> None:
    for section in document.sections:
        for header in (section.first_page_header, section.header):
            for paragraph in [one for one in header.paragraphs if one.text.startswith("SPECIMEN")]:
                paragraph.clear()


def blue(document: Any) -> None:
    document.styles["Heading 1"].font.color.rgb = RGBColor(0, 0, 255)


def mark(workspace: Workspace, by: str, **states: str) -> None:
    """Have a reader's decisions taken in, by the title of each change: `read`, or what is asked."""
    found = review(workspace)
    report = workspace.read(REPORT).partition('data-report="')[2].partition('"')[0]
    changes = [
        {
            "about": group["id"],
            "title": group["title"],
            "state": state if state in ("read", "to do") else "queried",
            "comment": "" if state in ("read", "to do") else state,
        }
        for group in found["groups"]
        for state in [next((s for word, s in states.items() if word in group["title"]), "to do")]
    ]
    data = {"format": 2, "report": report, "reviewer": by, "saved": "2026-11-27T10:00:00+00:00", "changes": changes}
    workspace.write("decisions.json", json.dumps(data))
    assert ask(workspace, "review", "--import", str(workspace.path("decisions.json"))).status == 0


# The stage


def test_a_letter_that_gets_ready_is_told_first_and_as_its_pages_show_it(workspace: Workspace) -> None:
    workspace.replace("forces/kent.yaml", "stage: specimen", "stage: ready")
    workspace.replace(LETTER, "any queries", "any questions")
    build(workspace, *DOCX_AND_PDF)
    title = "specimen → ready: the line “SPECIMEN – not a finding about this force” goes from every page"
    ran = ask(workspace, "review")
    assert f" 1. in 1 letter: stage: {title}, the signature is printed\n" in ran.out
    data = review(workspace)
    assert [(one["kind"], one["number"]) for one in data["groups"]][:2] == [("stage", 1), ("words", 2)]
    assert data["kinds"]["hidden facts"] == 0
    kent = next(one for one in data["changed"] if one["force"] == "kent")
    assert kent["stage"] == [{"before": "specimen", "after": "ready"}]
    assert kent["verdict"] == "specimen → ready; changed: words once"
    page = workspace.read(REPORT)
    assert page.index("Specimen → ready: the line") < page.index("Body: “queries” → “questions”")
    assert "the signature is printed" in page.partition("<h4>Stage</h4>")[2].partition("</table>")[0]


def test_a_letter_of_which_only_the_stage_changed_does_not_look_unchanged(workspace: Workspace) -> None:
    workspace.replace("forces/warwickshire.yaml", "stage: ready", "stage: draft")
    build(workspace, *DOCX_AND_PDF)
    (found,) = review(workspace)["changed"]
    assert found["verdict"] == "ready → draft; words the same"
    assert "“DRAFT – not for issue” comes on every page, the signature is no longer printed" in workspace.read(REPORT)


# Edited in Word


def test_what_somebody_edited_in_a_word_file_is_told_with_its_words(workspace: Workspace) -> None:
    in_word(workspace.path(KENT_DOCX), saying("any queries", "some questions"))
    edit = f"edited in Word: body: [-any queries-]{{+some questions+}} (kent) ← outputs/{TYPE}/kent.docx"
    assert told(workspace, diff(workspace)) == [edit]
    data = review(workspace)
    assert told(workspace, data) == [edit]
    assert data["changed"][0]["verdict"].startswith("its Word file was edited and says something else than its PDF")
    assert data["changed"][0]["edited in Word"]["words"]
    page = workspace.read(REPORT)
    assert "The Word file and the PDF of this letter say different things" in page
    assert "<h4>Edited in Word</h4>" in page
    assert "nothing changed" not in ask(workspace, "diff").out
    assert "1. in 1 letter: edited in Word: body: “any queries” → “some questions”" in ask(workspace, "review").out


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (lambda document: document.paragraphs[-4].add_run(" And more."), "{+ And more.+}"),
        (lambda document: document.add_paragraph("One more line."), "{+One more line.+}"),
        (lambda document: document.paragraphs[0].clear(), "edited in Word"),
        (saying("published", "released"), "[-published-]{+released+}"),
        (lambda document: setattr(document.paragraphs[-1].runs[0].font, "hidden", True), "edited in Word"),
        (
            lambda document: setattr(document.paragraphs[-4].runs[0].font.color, "rgb", RGBColor(255, 0, 0)),
            "how it looks",
        ),
        (without_marks, "[-specimen-]{+ready+}"),
    ],
    ids=[
        "words added",
        "a paragraph added",
        "a line emptied",
        "a word",
        "hidden words",
        "red words",
        "the mark of the stage",
    ],
)
def test_whatever_is_edited_in_word_is_told(edit: Callable[[Any], object], expected: str, workspace: Workspace) -> None:
    in_word(workspace.path(KENT_DOCX), edit)
    found = diff(workspace)
    assert {one["kind"] for one in found["groups"]} == {"edited in Word"}
    assert any(expected in line for line in told(workspace, found)), told(workspace, found)


def test_a_word_file_that_was_only_saved_again_is_no_change(workspace: Workspace) -> None:
    in_word(workspace.path(KENT_DOCX), lambda _: None)
    assert diff(workspace)["groups"] == []


def test_an_edit_that_is_read_stays_read_and_one_more_is_not(workspace: Workspace) -> None:
    in_word(workspace.path(KENT_DOCX), saying("any queries", "some questions"))
    mark(workspace, "Jo", queries="read")
    assert [one["state"] for one in review(workspace)["groups"]] == ["read"]
    in_word(workspace.path(KENT_DOCX), saying("published", "released"))
    states = {one["title"]: one["state"] for one in review(workspace)["groups"]}
    assert sorted(states.values()) == ["read", "to do"]
    assert next(title for title, state in states.items() if state == "read") == "body: “any queries” → “some questions”"


def test_one_file_of_the_outputs_is_compared_with_its_letter(workspace: Workspace, tmp_path: Path) -> None:
    in_word(workspace.path(KENT_DOCX), saying("any queries", "some questions"))
    ran = ask(workspace, "diff", str(workspace.path(KENT_DOCX)))
    assert ran.out.startswith("1 change from the letter as it was built to kent.docx")
    assert "[-any queries-]{+some questions+}" in ran.out
    ran = workspace.letters("diff", f"outputs/{TYPE}/kent.pdf")
    assert "no change" in ran.out
    assert "from the letter as it was built to kent.pdf" in ran.out
    elsewhere = tmp_path / "kent.docx"
    elsewhere.write_bytes(workspace.path(KENT_DOCX).read_bytes())
    ran = workspace.letters("diff", str(elsewhere))
    assert (ran.status, "name two files" in ran.err) == (2, True)


# Looks


def test_a_look_of_the_pages_is_told_with_the_style_and_where_it_is_set(workspace: Workspace) -> None:
    sheet = "templates/letterheads/hmicfrs/letter.css"
    rules = "h1 { color: #1d3c6e }\n.masthead { float: none }\n"
    workspace.write(sheet, f"{workspace.read(sheet)}{rules}")
    build(workspace, *DOCX_AND_PDF)
    causes = {group["title"]: group["causes"] for group in review(workspace)["groups"]}
    expected = {"file": sheet, "line": 15, "name": "Heading 1: colour black → #1d3c6e"}
    assert causes["appearance"] == [expected], causes


def test_a_look_of_word_alone_is_told_and_nothing_is_said_to_be_unchanged(workspace: Workspace) -> None:
    in_word(workspace.path(STYLES), blue)
    expected = (
        "look: the Word look changed: styles.docx: Heading 1: colour black → #0000ff (kent, warwickshire)"
        " ← letterheads/hmicfrs/styles.docx"
    )
    assert told(workspace, diff(workspace)) == [expected]
    assert ask(workspace, "diff").out.rstrip().endswith("Next: letters build")
    assert "not built as the files are now" in ask(workspace, "review").out
    build(workspace, *DOCX_AND_PDF)
    assert told(workspace, review(workspace)) == [expected]
    ran = ask(workspace, "review")
    assert "1. in 2 letters: the Word look changed" in ran.out
    assert "nothing changed" not in ran.out
    mark(workspace, "Jo", look="read")
    in_word(workspace.path(STYLES), lambda document: setattr(document.styles["Heading 1"].font, "italic", True))
    build(workspace, *DOCX_AND_PDF)
    assert [one["state"] for one in review(workspace)["groups"]] == ["to do"], "another look is another change"


def test_styles_that_were_only_saved_again_and_remarks_in_a_style_sheet_are_no_change(workspace: Workspace) -> None:
    data = workspace.path(STYLES).read_bytes()
    in_word(workspace.path(STYLES), lambda document: setattr(document.core_properties, "comments", "Looked at."))
    assert workspace.path(STYLES).read_bytes() != data
    workspace.write(CSS, f"/* as agreed */\n{workspace.read(CSS)}\n")
    assert diff(workspace)["groups"] == []


def test_a_style_sheet_for_browsers_alone_is_told(workspace: Workspace) -> None:
    workspace.write(CSS, f"{workspace.read(CSS)}\n@media screen {{ body {{ margin-left: 9mm }} }}\n")
    build(workspace, *DOCX_AND_PDF)
    assert [one["title"] for one in review(workspace)["groups"]] == ["the HTML look changed"]


def test_a_picture_that_word_alone_shows_is_told(workspace: Workspace) -> None:
    path = next(workspace.path("templates/letterheads/hmicfrs").glob("*.png"))
    with Image.open(path) as picture:
        picture.convert("RGBA").rotate(180).save(path)
    (found,) = diff(workspace)["groups"]
    assert (found["title"], found["places"][0]["pieces"]) == (
        "the Word look changed",
        [{"same": f"the picture {path.name}"}],
    )


# Who read what


def test_diff_and_review_say_who_read_what_and_how_much_is_to_do(workspace: Workspace) -> None:
    workspace.replace(LETTER, "any queries", "any questions")
    workspace.replace(LETTER, "six months", "seven months")
    assert "read" not in ask(workspace, "diff").out.rpartition("\n\n")[2]
    build(workspace, *DOCX_AND_PDF)
    mark(workspace, "Jo", queries="read", six="Why seven?")
    for command in ("diff", "review"):
        out = ask(workspace, command).out
        assert "    read by Jo\n" in out
        assert "query 1 (kent, warwickshire), Jo asks: Why seven?\n" in out
        assert "2 changes: 1 read, 1 queried, 0 to do\n" in out
    data = diff(workspace)
    assert data["states"] == {"to do": 0, "read": 1, "queried": 1}
    page = workspace.read(REPORT)
    assert "Read by Jo</p>" in page
    assert "<blockquote>Why seven?</blockquote>" in page


def test_the_report_says_when_it_was_made_and_from_which_files(workspace: Workspace) -> None:
    workspace.replace(LETTER, "any queries", "any questions")
    build(workspace, *DOCX_AND_PDF)

    def made() -> str:
        ask(workspace, "review")
        return workspace.read(REPORT).partition('<p class="made">')[2].partition("</p>")[0]

    first = made()
    assert first.startswith("Compared: the first build, and the last build<br>Report ")
    assert " made on " in first
    version = first.partition("from version ")[2].partition(" ")[0]
    assert len(version) == 8
    assert version in made()
    workspace.replace(LETTERHEAD, "Promoting", "Making")
    build(workspace, *DOCX_AND_PDF)
    assert version not in made()


# For Word


def test_the_redlines_begin_with_each_change_once(workspace: Workspace) -> None:
    workspace.replace(LETTER, "any queries", "any questions")
    build(workspace, *DOCX_AND_PDF)
    in_word(workspace.path(f"outputs/{TYPE}/warwickshire.docx"), saying("published", "released"))
    ran = ask(workspace, "review", "--docx")
    assert f"written: {BOOK} (each change once, then every changed letter), {REPORT}\n" in ran.out
    said = workspace.path(BOOK).read_bytes()
    now, was = (texts(side(said)) for side in (accepted, rejected))
    first = now.index("Each change once")
    assert now[first + 1] == "2 changes in 2 of 2 letters"
    assert normalise("1. Body: “queries” → “questions”") in now
    assert now.count("In all 2 letters") == 1
    assert any("any questions, please contact" in line for line in now[: now.index("In all 2 letters")])
    assert any("any queries, please contact" in line for line in was[: was.index("In all 2 letters")])
    assert "The Word file of this letter and its PDF say different things." in now
    assert "In 1 letter: Warwickshire Police" in now
    assert now.index("Kent Police") > now.index("In all 2 letters"), "the letters come behind"


def test_where_no_letter_has_a_redline_the_book_still_tells_each_change(workspace: Workspace) -> None:
    in_word(workspace.path(STYLES), blue)
    build(workspace, *DOCX_AND_PDF)
    ask(workspace, "review", "--docx")
    now = texts(accepted(workspace.path(BOOK).read_bytes()))
    assert "1. The Word look changed" in now


# Branches


def git(workspace: Workspace, *arguments: str) -> str:
    given = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main", *arguments]
    return subprocess.run(given, cwd=workspace.root, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def branched(workspace: Workspace) -> Workspace:
    """On a branch with one edit, of a main that has gone on with another."""
    git(workspace, "init", "-q")
    workspace.write(".gitignore", "outputs/\n")
    git(workspace, "add", ".")
    git(workspace, "commit", "-qm", "Begin")
    git(workspace, "checkout", "-qb", "mine")
    workspace.replace(LETTER, "any queries", "any questions")
    git(workspace, "commit", "-qam", "Mine")
    git(workspace, "checkout", "-q", "main")
    workspace.replace("forces/kent.yaml", "it_monitoring: not_provided", "it_monitoring: started")
    git(workspace, "commit", "-qam", "Another's")
    git(workspace, "checkout", "-q", "mine")
    return workspace


def test_against_a_branch_that_went_on_what_others_changed_is_left_out_and_said(branched: Workspace) -> None:
    found = diff(branched, "--against", "main")
    assert [one["title"] for one in found["groups"]] == ["body: “queries” → “questions”"]
    base = git(branched, "rev-parse", "--short", "main~1")
    assert found["against"] == f"the revision {base}, where your branch left main"
    assert found["notes"][0].startswith("main has 1 commit more since your branch left it")


@pytest.mark.parametrize("name", ["main...mine", "main...", "mine...main"])
def test_three_dots_are_where_two_branches_parted(name: str, branched: Workspace) -> None:
    found = diff(branched, "--against", name)
    assert [one["title"] for one in found["groups"]] == ["body: “queries” → “questions”"]
    assert "parted" in found["against"]


def test_a_commit_or_a_tag_is_exactly_that(branched: Workspace) -> None:
    git(branched, "tag", "sent", "main")
    for name in ("sent", git(branched, "rev-parse", "main"), "main~0"):
        found = diff(branched, "--against", name)
        assert (len(found["groups"]), found["notes"]) == (2, [])
        assert found["against"] == f"the revision {name}"


@pytest.mark.parametrize("name", ["nothing...mine", "main...nothing", "-x...main", "...."])
def test_what_git_does_not_know_is_said(name: str, branched: Workspace) -> None:
    ran = ask(branched, "diff", f"--against={name}")
    assert ran.status == 1
    assert "is neither a folder nor a revision" in ran.err
