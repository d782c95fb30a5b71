"""Letters that are no longer to be made: one line each, never deleted, and moved aside whole when asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import Workspace, copy_workspace
from support.builds import TYPE, build, copy, edit_in_word, files

pytestmark = pytest.mark.slow

SLUGS = ("kent", "metropolitan", "warwickshire")
FEW = ("--format", "docx,txt")


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Three forces, one of them with a signed letter, built in two formats; not to be changed."""
    workspace = copy_workspace(tmp_path_factory.mktemp("done") / "workspace")
    workspace.keep_forces(*SLUGS)
    assert workspace.letters("build", *FEW).status == 0
    return workspace


@pytest.fixture
def three(done: Workspace, tmp_path: Path) -> Workspace:
    return copy(done, tmp_path / "workspace")


def test_a_letter_is_told_in_one_line_and_the_command_is_named(three: Workspace) -> None:
    three.path("forces/kent.yaml").unlink()
    ran = three.letters("build", *FEW)
    assert ran.status == 0
    assert ran.err == f"left over: {TYPE}/kent.* (2 files) belongs to no letter any more\n"
    assert "1 left over. Next: letters clean (moves aside what is left over)" in ran.out
    assert "1 left over" in three.letters("status").out


def test_a_signed_letter_must_not_look_like_one_to_be_mailed(three: Workspace) -> None:
    three.path("forces/warwickshire.yaml").unlink()
    ran = three.letters("build", *FEW)
    assert "; it is signed, and not to be sent" in ran.err
    assert "1 left over (signed: not to be sent)" in ran.out
    assert "1 left over (signed: not to be sent)" in three.letters("build", *FEW).out  # for as long as it is there
    assert "1 left over (signed: not to be sent)" in three.letters("status").out


def test_the_old_files_of_a_renamed_force_are_told_as_such(three: Workspace) -> None:
    three.path("forces/metropolitan.yaml").rename(three.path("forces/met.yaml"))
    line = f"left over: {TYPE}/metropolitan.* (2 files) is the letter of a force whose file is now met.yaml\n"
    assert line in three.letters("status").err
    assert line in three.letters("build", *FEW).err
    assert line in three.letters("build", *FEW).err  # also when the old name is in no memory of forces any more
    data = json.loads(three.letters("status", "--json").out)["left_over_letters"]
    assert [(one["force"], one["force_is_now"]) for one in data] == [("metropolitan", "forces/met.yaml")]


def test_many_are_counted_and_with_v_named(workspace: Workspace) -> None:
    workspace.letters("build", "--format", "txt")
    workspace.keep_forces("kent")
    ran = workspace.letters("build", "--format", "txt")
    lines = [line for line in ran.err.splitlines() if line.startswith("left over")]
    assert len(lines) == 4
    assert lines[-1].startswith("left over: 40 letters more, ")
    assert "43 left over" in ran.out
    verbose = workspace.letters("build", "-v", "--format", "txt").err
    assert sum(line.startswith("left over") for line in verbose.splitlines()) == 43
    assert "left over" not in workspace.letters("build", "-q", "--format", "txt").err


def test_clean_moves_whole_letters_aside_and_says_how_they_come_back(three: Workspace) -> None:
    for slug in ("kent", "metropolitan"):
        three.path(f"forces/{slug}.yaml").unlink()
    edited = edit_in_word(three.path(f"outputs/{TYPE}/kent.docx"))
    before = files(three.path(f"outputs/{TYPE}"))
    said = three.letters("clean", "-n")
    assert "2 letters (4 files) would be moved aside. Next: letters clean" in said.out
    assert files(three.path(f"outputs/{TYPE}")) == before
    ran = three.letters("clean")
    assert ran.status == 0
    assert "2 letters (4 files) moved aside. Next: letters status" in ran.out
    assert f"/{TYPE}/ to outputs/{TYPE}/" in ran.out
    (day,) = three.path("outputs/left-over").iterdir()
    moved = files(day / TYPE)
    assert moved["kent.docx"] == edited
    assert {**files(three.path(f"outputs/{TYPE}")), **moved} == before
    assert set(files(three.path(f"outputs/{TYPE}"))) == {"warwickshire.docx", "warwickshire.txt"}
    assert "left over" not in three.letters("build", *FEW).out
    assert three.letters("clean").out == "Nothing is left over. Next: letters status\n"


def test_what_was_moved_aside_before_stays(three: Workspace) -> None:
    kent = three.read("forces/kent.yaml")
    for _ in range(2):
        three.path("forces/kent.yaml").unlink()
        assert "1 letter (2 files) moved aside" in three.letters("clean").out
        three.write("forces/kent.yaml", kent)
        assert three.letters("build", *FEW).status == 0
    days = sorted(path.name for path in three.path("outputs/left-over").iterdir())
    assert days[1] == f"{days[0]}-2"
    assert [len(files(three.path(f"outputs/left-over/{day}"))) for day in days] == [2, 2]


def test_clean_leaves_what_is_not_ours_and_what_is_open_in_word(three: Workspace) -> None:
    folder = three.path(f"outputs/{TYPE}")
    (folder / "kent scanned.pdf").write_bytes(b"signed")
    (folder / "kent.pdf").write_bytes(b"a scan of somebody's")  # no PDF was built
    (folder / "~$kent.docx").write_bytes(b"")
    for slug in ("kent", "metropolitan"):
        three.path(f"forces/{slug}.yaml").unlink()
    ran = three.letters("clean")
    assert ran.status == 1
    assert "cannot be moved aside: it is open in Word or LibreOffice" in ran.err
    assert "[E540]" in ran.err
    assert "1 letter (2 files) moved aside, 1 not" in ran.out
    assert {"kent.docx", "kent.txt", "kent.pdf", "kent scanned.pdf"} <= set(files(folder))
    (folder / "~$kent.docx").unlink()
    assert three.letters("clean").status == 0
    assert {"kent.pdf", "kent scanned.pdf"} <= set(files(folder))
    assert "kent.docx" not in files(folder)


def test_versions_that_were_moved_aside_go_with_their_letter(three: Workspace) -> None:
    edited = edit_in_word(three.path(f"outputs/{TYPE}/kent.docx"))
    three.letters("build", "--replace-edited", *FEW)
    three.path("forces/kent.yaml").unlink()
    assert "(3 files)" in three.letters("build", *FEW).err
    three.letters("clean")
    (aside,) = three.path("outputs/left-over").glob(f"*/{TYPE}/kent.edited-1.docx")
    assert aside.read_bytes() == edited


def test_clean_as_data(three: Workspace) -> None:
    three.path("forces/kent.yaml").unlink()
    data = json.loads(three.letters("clean", "--json").out)
    assert set(data["moved"]) == {f"{TYPE}/kent.docx", f"{TYPE}/kent.txt"}
    assert all(three.path(f"outputs/{path}").exists() for path in data["moved"].values())
    assert build(three)["left_over"] == []


def test_whatever_the_manifest_says_nothing_outside_is_moved(three: Workspace, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("mine", "utf-8")
    three.path("forces/kent.yaml").unlink()
    folder = three.path(f"outputs/{TYPE}")
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    before = files(tmp_path / "elsewhere")
    ran = three.letters("clean")
    assert ran.status == 0
    assert "Nothing is left over" in ran.out
    assert files(tmp_path / "elsewhere") == before
    assert secret.read_text("utf-8") == "mine"
