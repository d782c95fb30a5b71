"""Promise 2 (and 10, untouched is untouched): nobody's edit is lost."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import docx
import pytest

from conftest import Workspace, copy_workspace
from letters.machine.archive import read_members
from letters.render.seal import is_sealed
from letters.workspace.record import parse
from support.builds import KENT, TYPE, build, copy, edit_in_word, files, made, reasons, start
from support.stamps import LABEL_ID, commented, labelled, saved_in_word, sharepoint

pytestmark = pytest.mark.slow

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


# -- a deliberate keep


def test_an_edited_document_is_accepted_once(two: Workspace) -> None:
    edited = edit_in_word(two.path(DOCX))
    assert "letters build kent --keep (stays as it is)" in two.letters("build").out
    ran = two.letters("build", "kent", "--keep")
    assert ran.status == 0
    assert f"{TYPE}/kent.docx is kept as edited by hand since " in ran.out
    assert two.letters("build").status == 0
    assert two.path(DOCX).read_bytes() == edited
    status = two.letters("status")
    assert "kept as edited by hand since" in status.out
    assert "1 kept as edited by hand" in status.out
    letter = json.loads(two.letters("status", "--json", "kent").out)["letters"][0]
    assert letter["word_file"]["state"] == "kept"
    assert letter["word_file"]["older_than_its_letter"] is False


def test_what_was_accepted_is_a_record_that_colleagues_share(two: Workspace) -> None:
    edit_in_word(two.path(DOCX))
    two.letters("build", "kent", "--keep", "--by", "Ann Smith")
    (record,) = two.path(f"records/letters/{TYPE}/kent").iterdir()
    assert parse(record.read_bytes()).by == "Ann Smith"
    assert "by Ann Smith" in two.letters("status").out
    two.path("outputs/manifest.json").unlink()
    assert two.letters("build").status == 0  # the record outlives what the last build knew
    record.write_bytes(record.read_bytes().replace(b"Ann", b"Bob"))
    assert two.letters("build").status == 4  # altered: it does not count


def test_another_edit_of_what_was_accepted_is_refused_and_a_stamp_is_not(two: Workspace) -> None:
    edit_in_word(two.path(DOCX))
    two.letters("build", "kent", "--keep")
    two.path(DOCX).write_bytes(labelled(sharepoint(two.path(DOCX).read_bytes())))
    assert two.letters("build").status == 0
    edit_in_word(two.path(DOCX), "Another sentence.")
    assert two.letters("build").status == 4


def test_what_was_accepted_is_told_as_older_than_its_letter(two: Workspace) -> None:
    edited = edit_in_word(two.path(DOCX))
    two.letters("build", "kent", "--keep")
    change_both(two)
    ran = two.letters("build")
    assert ran.status == 0
    assert "kept as edited by hand since" in ran.err
    assert "and older than its letter: the words changed since" in ran.err
    assert two.path(DOCX).read_bytes() == edited
    assert "older than its letter" in two.letters("status").out
    assert two.letters("build", "--replace-edited").status == 0
    assert two.path(DOCX).read_bytes() == edited  # it was said to stay, and its force is not named
    ran = two.letters("build", "kent", "--replace-edited")
    assert f"moved aside: {TYPE}/kent.docx is now kent.edited-1.docx" in ran.out
    assert "()" not in ran.out
    assert "kept as edited" not in ran.err
    assert two.path(f"{KENT}.edited-1.docx").read_bytes() == edited
    assert "kept as edited" not in two.letters("status").out


def test_a_keep_names_its_forces(two: Workspace) -> None:
    assert "letters build kent --keep" in two.letters("build", "--keep").err
    assert two.letters("build", "--keep").status == 2
    assert two.letters("build", "kent", "--keep", "--replace-edited").status == 2


# -- files that services stamped and programs saved


def all_docx(workspace: Workspace) -> list[Path]:
    return sorted(path for path in workspace.path("outputs").glob("*/*.docx"))


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """All 44 letters as Word files; not to be changed."""
    workspace = copy_workspace(tmp_path_factory.mktemp("batch") / "workspace")
    assert workspace.letters("build", "--format", "docx").status == 0
    assert len(all_docx(workspace)) == 44
    return workspace


def test_44_files_stamped_in_three_ways_are_none_refused_and_none_lost(batch: Workspace, tmp_path: Path) -> None:
    workspace = copy(batch, tmp_path / "workspace")
    ways = (sharepoint, labelled, saved_in_word)
    for number, path in enumerate(all_docx(workspace)):
        path.write_bytes(ways[number % 3](path.read_bytes()))
    before = {path: path.read_bytes() for path in all_docx(workspace)}
    ran = workspace.letters("build", "--format", "docx")
    assert ran.status == 0
    assert "Word files: 44 were stamped by SharePoint or saved in Word without a change" in ran.out
    assert "44 letters: 0 changed, 44 the same" in ran.out
    assert {path: path.read_bytes() for path in all_docx(workspace)} == before  # left alone
    for path in all_docx(workspace):
        path.write_bytes(commented(path.read_bytes()))
    ran = workspace.letters("build", "--format", "docx")
    assert ran.status == 4
    assert ran.err.count("was edited since it was built, and was left as it is") == 44


def test_a_stamped_file_is_replaced_when_its_letter_changes_and_keeps_its_label(two: Workspace) -> None:
    two.path(DOCX).write_bytes(saved_in_word(labelled(sharepoint(two.path(DOCX).read_bytes()))))
    change_both(two)
    assert two.letters("build").status == 0
    written = read_members(two.path(DOCX).read_bytes())
    assert "If you have questions" in written["word/document.xml"].decode()
    assert f"MSIP_Label_{LABEL_ID}_Name" in written["docProps/custom.xml"].decode()
    assert "customXml/item1.xml" in written
    assert not two.path(f"{KENT}.edited-1.docx").exists()
    assert "Word files" not in two.letters("build").out  # as we wrote it


def test_a_stamped_file_needs_no_manifest(two: Workspace) -> None:
    two.path(DOCX).write_bytes(sharepoint(two.path(DOCX).read_bytes()))
    two.path("outputs/manifest.json").unlink()
    assert two.letters("build").status == 0


def test_status_tells_stamped_and_saved_files_apart(two: Workspace) -> None:
    two.path(DOCX).write_bytes(sharepoint(two.path(DOCX).read_bytes()))
    other = two.path(f"outputs/{TYPE}/warwickshire.docx")
    other.write_bytes(saved_in_word(other.read_bytes()))
    letters = json.loads(two.letters("status", "--json").out)["letters"]
    assert [letter["word_file"]["state"] for letter in letters] == ["stamped", "saved"]
    assert "Word files: 2 were stamped by SharePoint or saved in Word without a change" in two.letters("status").out


# -- other Word files that we write


def test_an_edited_book_of_wordings_is_kept(workspace: Workspace) -> None:
    workspace.keep_forces("south-wales")
    book = workspace.path("outputs/wording/pcc-response-2019.docx")
    assert workspace.letters("wording", "pcc-response-2019", "--book").status == 0
    assert is_sealed(book.read_bytes())
    edited = edit_in_word(book)
    ran = workspace.letters("wording", "pcc-response-2019", "--book")
    assert ran.status == 4
    assert "kept: wording/pcc-response-2019.docx was edited since it was written, and was left as it is" in ran.err
    assert "--replace-edited" in ran.out
    assert book.read_bytes() == edited
    ran = workspace.letters("wording", "pcc-response-2019", "--book", "--replace-edited")
    assert ran.status == 0
    assert book.with_name("pcc-response-2019.edited-1.docx").read_bytes() == edited
    assert is_sealed(book.read_bytes())
    book.write_bytes(saved_in_word(book.read_bytes()))
    assert workspace.letters("wording", "pcc-response-2019", "--book").status == 0


def test_edited_redlines_are_kept(two: Workspace) -> None:
    change_both(two)
    two.letters("build")
    redlines = two.path("outputs/review/redlines")
    assert two.letters("review", "--docx").status == 0
    one, other, book = (
        redlines / TYPE / "kent.docx",
        redlines / TYPE / "warwickshire.docx",
        two.path("outputs/review/redlines.docx"),
    )
    assert all(is_sealed(path.read_bytes()) for path in (one, other, book))
    edited = {path: edit_in_word(path) for path in (one, book)}
    for arguments in ((), ("--docx",)):
        ran = two.letters("review", *arguments)
        assert ran.status == 4
        assert f"kept: review/redlines/{TYPE}/kent.docx was edited since it was written" in ran.err
        assert "kept: review/redlines.docx was edited since it was written" in ran.err
        assert {path: path.read_bytes() for path in edited} == edited
    assert is_sealed(other.read_bytes())
    ran = two.letters("review", "--docx", "--replace-edited")
    assert ran.status == 0
    assert all(path.with_name(f"{path.stem}.edited-1.docx").read_bytes() == data for path, data in edited.items())
    assert all(is_sealed(path.read_bytes()) for path in edited)
    assert two.letters("review").status == 0  # and what was moved aside stays, without a word
    assert one.with_name("kent.edited-1.docx").exists()
    assert not one.exists()
