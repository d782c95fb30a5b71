"""Promise 2: nobody's edit is lost."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import docx
import pytest

from builds import KENT, TYPE, build, copy, edit_in_word, files, made, reasons, start
from conftest import Workspace, copy_workspace
from letters.render.seal import is_sealed

DOCX = f"{KENT}.docx"


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Kent and Warwickshire, built; not to be changed."""
    workspace = copy_workspace(tmp_path_factory.mktemp("done") / "workspace")
    workspace.keep_forces("warwickshire", "kent")
    assert set(made(build(workspace))) == {"warwickshire", "kent"}
    return workspace


@pytest.fixture
def two(done: Workspace, tmp_path: Path) -> Workspace:
    """The same, in a folder of the test's own."""
    return copy(done, tmp_path / "workspace")


def change_both(workspace: Workspace) -> None:
    """Change words that stand in every letter."""
    workspace.replace(f"templates/{TYPE}/letter.md", "If you have any queries", "If you have questions")


def test_an_edited_document_is_kept_and_said_and_the_others_are_built(two: Workspace) -> None:
    edited = edit_in_word(two.path(DOCX))
    change_both(two)
    ran = two.letters("build")
    assert ran.status == 4
    assert f"kept: {TYPE}/kent.docx was edited since it was built, and was left as it is" in ran.err
    assert "--replace-edited (they are moved aside)" in ran.out
    assert two.path(DOCX).read_bytes() == edited
    assert "If you have questions" in two.read(f"{KENT}.txt")
    assert "If you have questions" in two.read(f"outputs/{TYPE}/warwickshire.txt")
    assert two.letters("build").status == 4  # for as long as it stands there
    assert two.path(DOCX).read_bytes() == edited
    status = two.letters("status")
    assert "edited in Word, not replaced" in status.out
    assert "1 edited in Word" in status.out


def test_an_edited_document_is_kept_though_its_letter_is_the_same(two: Workspace) -> None:
    edited = edit_in_word(two.path(DOCX))
    said = two.letters("build")
    assert said.status == 4
    assert two.path(DOCX).read_bytes() == edited
    assert "2 letters: 0 changed, 2 the same" in said.out


def test_replacing_moves_every_edit_aside_under_a_number_of_its_own(two: Workspace) -> None:
    before = two.path(DOCX).read_bytes()
    for number in (1, 2, 3):
        edited = edit_in_word(two.path(DOCX), f"Edit {number}.")
        ran = two.letters("build", "--replace-edited")
        assert ran.status == 0
        assert f"moved aside: {TYPE}/kent.docx is now kent.edited-{number}.docx" in ran.out
        assert two.path(f"{KENT}.edited-{number}.docx").read_bytes() == edited
        assert two.path(DOCX).read_bytes() == before
    assert "Edit 1." in [p.text for p in docx.Document(str(two.path(f"{KENT}.edited-1.docx"))).paragraphs]
    assert two.letters("build").status == 0


def test_a_dry_run_moves_nothing_aside(two: Workspace) -> None:
    edit_in_word(two.path(DOCX))
    before = files(two.root)
    ran = two.letters("build", "--replace-edited", "-n")
    assert "would change: kent" in ran.out
    assert files(two.root) == before


def test_an_edited_document_is_kept_without_a_manifest(two: Workspace) -> None:
    edited = edit_in_word(two.path(DOCX))
    two.path("outputs/manifest.json").unlink()
    assert two.letters("build").status == 4
    assert two.path(DOCX).read_bytes() == edited
    assert two.path(f"{KENT}.edited-1.docx").exists() is False


def test_an_unedited_document_is_built_again_without_a_manifest(two: Workspace) -> None:
    two.path("outputs/manifest.json").unlink()
    change_both(two)
    ran = two.letters("build")
    assert ran.status == 0, ran.err
    assert "If you have questions" in "".join(p.text for p in docx.Document(str(two.path(DOCX))).paragraphs)


def test_an_older_copy_put_back_is_built_again(two: Workspace) -> None:
    older = two.path(DOCX).read_bytes()
    change_both(two)
    build(two)
    two.path(DOCX).write_bytes(older)
    said = build(two)
    assert made(said) == {"kent": {"docx"}}
    assert reasons(said) == {"the file changed since it was built"}


@pytest.mark.parametrize("content", ["a document by somebody else", "no document", "an empty file"])
def test_a_foreign_file_under_that_name_is_kept(two: Workspace, content: str) -> None:
    shutil.rmtree(two.path("outputs"))
    two.path(DOCX).parent.mkdir(parents=True)
    two.path(DOCX).write_bytes({"no document": b"notes of a meeting"}.get(content, b""))
    if content == "a document by somebody else":
        docx.Document().save(str(two.path(DOCX)))
    before = two.path(DOCX).read_bytes()
    ran = two.letters("build")
    assert ran.status == 4
    assert two.path(DOCX).read_bytes() == before
    assert is_sealed(two.path(f"outputs/{TYPE}/warwickshire.docx").read_bytes())


def test_an_edit_that_is_undone_needs_nothing(two: Workspace) -> None:
    before = two.path(DOCX).read_bytes()
    edit_in_word(two.path(DOCX))
    two.path(DOCX).write_bytes(before)
    assert two.letters("build").status == 0


@pytest.mark.parametrize("owner", ["~$kent.docx", "~$nt.docx", ".~lock.kent.docx#"])
def test_a_document_that_is_open_is_reported_and_the_batch_goes_on(two: Workspace, owner: str) -> None:
    before = two.path(DOCX).read_bytes()
    two.path(f"outputs/{TYPE}/{owner}").write_bytes(b"\x05Staff")
    assert two.letters("build").status == 0  # nothing is to be written, and nothing is said
    change_both(two)
    ran = two.letters("build")
    assert ran.status == 1
    assert f"outputs/{TYPE}/kent.docx: is open in Word or LibreOffice, and was left as it is [E302]" in ran.err
    assert two.path(DOCX).read_bytes() == before
    assert "If you have questions" in two.read(f"outputs/{TYPE}/warwickshire.txt")
    two.path(f"outputs/{TYPE}/{owner}").unlink()
    assert made(build(two)) == {"kent": {"docx"}}


def test_a_document_that_is_edited_and_open_is_not_moved_away_under_words_hands(two: Workspace) -> None:
    edited = edit_in_word(two.path(DOCX))
    two.path(f"outputs/{TYPE}/.~lock.kent.docx#").write_bytes(b"")
    ran = two.letters("build", "--replace-edited")
    assert ran.status == 1
    assert "is open in Word or LibreOffice" in ran.err
    assert two.path(DOCX).read_bytes() == edited
    assert not two.path(f"{KENT}.edited-1.docx").exists()


def test_a_document_edited_while_the_build_runs_is_kept(workspace: Workspace) -> None:
    workspace.letters("build", "--format", "docx")
    first, last = (workspace.path(f"outputs/{TYPE}/{slug}.docx") for slug in ("avon-and-somerset", "wiltshire"))
    change_both(workspace)
    before = first.stat().st_ino
    with start(workspace, "build", "--jobs", "1", "--format", "docx") as building:
        while first.stat().st_ino == before:
            time.sleep(0.001)
        edited = edit_in_word(last)
        said, complaints = building.communicate(timeout=60)
    assert building.returncode == 4
    assert f"kept: {TYPE}/wiltshire.docx was edited since it was built" in complaints
    assert last.read_bytes() == edited
    assert "changed: 42 letters" in said
