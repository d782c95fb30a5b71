"""A workspace from somebody else does no harm: git, names, links out of it, folders of others, odd terminals."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Ran, Workspace
from letters.machine.files import OpenElsewhere, Refused, Store, read_file
from letters.workspace import revision
from letters.workspace.revision import NoRevision, Revision
from support.builds import TYPE
from support.reviewing import ask

pytestmark = pytest.mark.slow

posix = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="links, pipes and streams as POSIX has them")
KENT = f"outputs/{TYPE}/kent"
TEXT = ("build", "kent", "--format", "txt")
LONG = "a" * 300


# -- writing


@posix
@pytest.mark.parametrize(
    "name", ["../victim", "/victim", "a/../../victim", "link/victim", "a\\victim", "", "a//b", "."]
)
def test_nothing_is_written_linked_moved_or_deleted_outside(tmp_path: Path, name: str) -> None:
    store, outside = Store(tmp_path / "ours"), tmp_path / "outside"
    outside.mkdir()
    (outside / "victim").write_text("work")
    (tmp_path / "victim").write_text("work")
    store.write("own", b"")
    store.path("link").symlink_to(outside)
    for act in (
        lambda: store.write(name, b""),
        lambda: store.read(name),
        lambda: store.remove(name),
        lambda: store.remove_tree(name),
        lambda: store.rename("own", name),
        lambda: store.rename(name, "own"),
        lambda: store.link("own", name),
        lambda: store.link(name, "second"),
        lambda: store.move_aside(name),
        lambda: store.add_lines(name, ["a"]),
    ):
        with pytest.raises(Refused):
            act()
    assert [path.read_text() for path in (outside / "victim", tmp_path / "victim")] == ["work", "work"]


@posix
def test_a_link_in_the_place_of_a_file_is_replaced_and_not_followed(tmp_path: Path) -> None:
    store, victim = Store(tmp_path / "ours"), tmp_path / "victim"
    victim.write_text("work")
    store.make_folder()
    store.path("a").symlink_to(victim)
    with pytest.raises(Refused, match="it is a link"):
        store.read("a")
    store.write("a", b"ours")
    assert (store.read("a"), victim.read_text()) == (b"ours", "work")
    store.remove_tree("a")
    store.path("b").symlink_to(tmp_path)
    store.remove_tree("b")
    assert victim.exists()


def test_two_writers_of_one_path_never_mix(tmp_path: Path) -> None:
    one, other = Store(tmp_path), Store(tmp_path)
    first, second = one.prepare({"a": b"1" * 50_000}), other.prepare({"a": b"2" * 70_000})
    one.put("a", first["a"])
    assert one.read("a") == b"1" * 50_000
    other.put("a", second["a"])
    assert one.read("a") == b"2" * 70_000
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@posix
def test_only_ordinary_files_of_a_bounded_size_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "long").write_bytes(b"12345")
    (tmp_path / "zero").symlink_to("/dev/zero")
    for name in ("pipe", "folder", "long", "zero"):
        with pytest.raises(Refused):
            read_file(tmp_path / name, 4, follow=True)
    assert read_file(tmp_path / "long", 5) == b"12345"


def test_a_document_that_is_open_is_told_in_a_line(small: Workspace) -> None:
    ask(small, "build", "kent", "--format", "docx,txt")
    ask(small, "review", "--docx")
    ask(small, "wording", "pcc-response-2019", "--book")
    small.write("outputs/wording/.~lock.pcc-response-2019.docx#", "")
    ran = ask(small, "wording", "pcc-response-2019", "--book")
    assert (ran.status, "it is open in Word or LibreOffice" in ran.err) == (1, True), ran
    with pytest.raises(OpenElsewhere):
        Store(small.root).write("outputs/wording/pcc-response-2019.docx", b"")


def test_a_killed_init_leaves_no_workspace_and_can_be_repeated(tmp_path: Path) -> None:
    half = tmp_path / "letters/.letters-0123456789abcdef.part/forces"
    half.mkdir(parents=True)
    ran = Workspace(tmp_path).letters("init", "letters")
    assert ran.status == 0, ran.err
    assert sorted(path.name for path in (tmp_path / "letters").iterdir()) == [
        ".gitignore",
        "README.md",
        "forces",
        "outputs",
        "templates",
    ]


# -- whose folder


def test_a_folder_that_holds_files_of_others_is_refused(small: Workspace, tmp_path: Path) -> None:
    scan = tmp_path / "mine" / TYPE / "kent.pdf"
    scan.parent.mkdir(parents=True)
    scan.write_bytes(b"a signed scan")
    for command in (TEXT, ("review",), ("clean",), ("wording", "pcc-response-2019", "--book")):
        ran = ask(small, *command, "--out", str(tmp_path / "mine"))
        assert ran.status in (1, 4), ran
    assert ask(small, *TEXT, "--out", str(tmp_path / "mine")).status == 4
    assert [path for path in (tmp_path / "mine").rglob("*") if path.is_file()] == [scan]


def test_a_new_folder_is_marked_and_ours_from_then_on(small: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "new"
    assert ask(small, *TEXT, "--out", str(out)).status == 0
    (out / "manifest.json").write_text("garbled")
    assert ask(small, *TEXT, "--out", str(out)).status == 0


@pytest.mark.parametrize("out", ["forces", "templates", "", " ", ".", "..", "forces/kent", "records", ".git"])
def test_folders_that_are_for_other_files_are_wrong_usage(small: Workspace, out: str) -> None:
    ran = small.letters(*TEXT, "--out", out)
    assert ran.status == 2, ran
    assert not small.path("outputs").exists()


def test_a_file_is_no_folder_for_letters(small: Workspace) -> None:
    small.write("letters.txt", "somebody's")
    ran = small.letters(*TEXT, "--out", "letters.txt")
    assert (ran.status, "cannot be put into letters.txt: it is no folder" in ran.err) == (2, True), ran


@pytest.mark.parametrize("form", ["txt", "html"])
def test_a_page_or_text_that_somebody_changed_is_moved_aside(small: Workspace, form: str) -> None:
    ask(small, "build", "kent", "--format", "txt,html")
    small.write(f"{KENT}.{form}", "what somebody wrote")
    ran = ask(small, "build", "kent", "--format", "txt,html")
    assert f"moved aside: {TYPE}/kent.{form} is now kent.edited-1.{form}" in ran.out
    assert small.read(f"{KENT}.edited-1.{form}") == "what somebody wrote"


def test_what_a_killed_build_left_is_not_taken_for_somebodys(small: Workspace) -> None:
    ask(small, *TEXT)
    small.path("outputs/manifest.json").unlink()
    ask(small, *TEXT)
    assert not small.path(f"{KENT}.edited-1.txt").exists()


def test_the_composed_letter_is_kept_only_if_a_file_says_it(small: Workspace) -> None:
    ask(small, *TEXT)
    before = small.read(f"outputs/composed/{TYPE}/kent.json")
    small.replace("forces/kent.yaml", "name: Kent Police", "name: Kent Constabulary")
    small.path(f"{KENT}.txt").unlink()
    small.path("outputs").joinpath(TYPE).rmdir()
    small.write(f"outputs/{TYPE}", "a file in the place of the folder")
    ran = ask(small, *TEXT)
    assert ran.status in (1, 3, 4)
    assert small.read(f"outputs/composed/{TYPE}/kent.json") == before


# -- names and links


@posix
@pytest.mark.parametrize("folder", ["forces", "templates"])
def test_input_that_is_a_link_out_of_the_workspace_is_a_problem(small: Workspace, tmp_path: Path, folder: str) -> None:
    small.path(folder).rename(tmp_path / "elsewhere")
    small.path(folder).symlink_to(tmp_path / "elsewhere")
    ran = ask(small, "check")
    assert (ran.status, f"{folder}: is a link to a folder outside the workspace" in ran.err) == (1, True), ran


@posix
@pytest.mark.parametrize("folder", ["forces", "templates"])
def test_where_input_is_not_read_no_letter_counts_as_left_over(small: Workspace, tmp_path: Path, folder: str) -> None:
    ask(small, *TEXT)
    small.path(folder).rename(tmp_path / "elsewhere")
    small.path(folder).symlink_to(tmp_path / "elsewhere")
    for command in (("status",), ("build", "--format", "txt"), ("clean", "-n"), ("clean",)):
        ran = ask(small, *command)
        assert f"{folder}: is a link to a folder outside the workspace" in ran.err
        assert "left over" not in ran.out + ran.err
        assert ran.status == (0 if command == ("status",) else 1)
    assert small.path(f"{KENT}.txt").exists()
    assert small.path(f"outputs/composed/{TYPE}/kent.json").exists()


@posix
def test_outputs_that_are_a_link_out_of_the_workspace_are_wrong_usage(small: Workspace, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    small.path("outputs").symlink_to(tmp_path / "elsewhere")
    assert small.letters(*TEXT).status == 2
    assert list((tmp_path / "elsewhere").iterdir()) == []


@posix
@pytest.mark.parametrize(
    "name",
    [
        "review",
        "Composed",
        "wording",
        "records",
        "issued",
        "signatories",
        "left-over",
        "nul",
        "Com1",
        "a\x1b[31mb",
        b"\xff",
    ],
)
def test_letter_types_of_names_that_cannot_be_are_a_problem(small: Workspace, name: str | bytes) -> None:
    folder = os.path.join(os.fsencode(small.path("templates")), os.fsencode(name))  # noqa: PTH118 - may be no Unicode
    os.mkdir(folder)  # noqa: PTH102
    with open(os.path.join(folder, b"letter.md"), "w") as file:  # noqa: PTH118, PTH123
        file.write("Dear")
    ran = small.letters("check")
    assert ran.status == 1
    assert ("[E234]" if name == "signatories" else "[E500]") in ran.err
    assert "\x1b" not in ran.err + ran.out
    assert "Traceback" not in ran.err
    assert "\x1b" not in small.letters("build", "kent", "--format", "txt", "--type", "no\x1b[31m").err


def test_a_force_of_a_name_that_windows_has_for_a_device(small: Workspace) -> None:
    small.write("forces/nul.yaml", small.read("forces/kent.yaml").replace("Kent Police", "Nul Police"))
    assert "forces/nul.yaml" in ask(small, "check").err


@pytest.mark.parametrize(
    "command",
    [
        ("new", LONG),
        ("check", LONG),
        ("init", LONG),
        ("status", "--workspace", LONG),
        ("diff", f"{LONG}.pdf", "b.pdf"),
        ("diff", "--against", LONG),
        ("review", "--import", LONG),
        (*TEXT, "--out", LONG),
        ("status", "--out", LONG),
    ],
)
def test_a_name_that_is_too_long_is_told(small: Workspace, command: tuple[str, ...]) -> None:
    ran = small.letters(*command)
    assert ran.status in (1, 2), ran
    assert "Traceback" not in ran.err


# -- streams


def in_shell(workspace: Workspace, script: str) -> Ran:
    done = subprocess.run(
        ["sh", "-c", script],
        cwd=workspace.root,
        env={**os.environ, "LETTERS": f"{sys.executable} -m letters"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@posix
@pytest.mark.parametrize(
    ("script", "status", "said"),
    [
        ("$LETTERS status >&-", 0, ""),
        ("$LETTERS status >/dev/full", 3, "could not be written: no space left on device"),
        ("$LETTERS build kent --format txt 2>&-", 0, ""),
        ("$LETTERS check nobody 2>&-", 2, ""),
        ("$LETTERS check nobody 2>/dev/full", 2, ""),
        ("$LETTERS build kent --format txt >/dev/full 2>/dev/full", 3, ""),
        ("$LETTERS build kent --format txt >&- 2>&- <&-", 0, ""),
        ("$LETTERS status | true", 0, ""),
        ("mkdir gone; cd gone; rmdir ../gone; $LETTERS status", 3, "The current folder is gone"),
    ],
)
def test_a_closed_or_full_terminal_stops_nothing(small: Workspace, script: str, status: int, said: str) -> None:
    ran = in_shell(small, script)
    assert ran.status == status, ran
    assert said in ran.err
    assert "Traceback" not in ran.err
    assert "Exception" not in ran.err


# -- git


def git(workspace: Workspace, *arguments: str) -> None:
    user = ("-c", "user.name=a", "-c", "user.email=a@b")
    subprocess.run(["git", *user, *arguments], cwd=workspace.root, check=True, capture_output=True)


@pytest.fixture
def committed(small: Workspace) -> Workspace:
    git(small, "init", "-q")
    git(small, "add", "-A")
    git(small, "commit", "-qm", "all")
    return small


def test_a_revision_is_read(committed: Workspace) -> None:
    found = Revision(committed.root, "HEAD")
    assert found["forces/kent.yaml"] == committed.path("forces/kent.yaml").read_bytes()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("HEAD:forces", "is a folder in a revision; name the revision alone: HEAD"),
        ("HEAD:forces/kent.yaml", "is a file in a revision"),
        ("--upload-pack=x", "is no revision"),
        ("nothing", "git knows no revision 'nothing': name a branch"),
    ],
)
def test_what_is_no_revision_is_told(committed: Workspace, name: str, said: str) -> None:
    with pytest.raises(NoRevision, match=said):
        Revision(committed.root, name)


def lose_object(workspace: Workspace, path: str) -> None:
    found = subprocess.run(
        ["git", "rev-parse", f"HEAD:{path}"], cwd=workspace.root, capture_output=True, text=True, check=True
    )
    number = found.stdout.strip()
    (workspace.root / ".git/objects" / number[:2] / number[2:]).unlink()


def test_an_object_that_is_missing_is_told(committed: Workspace) -> None:
    lose_object(committed, "forces/kent.yaml")
    ran = committed.letters("diff", "--against", "HEAD")
    assert (ran.status, "the repository is not whole" in ran.err) == (1, True), ran


@posix
def test_git_is_waited_for_once(committed: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revision, "PATIENCE", 0.5)
    committed.path(".git/HEAD").unlink()
    os.mkfifo(committed.path(".git/HEAD"))
    with pytest.raises(NoRevision, match="did not answer"):
        revision.meant(committed.root, "main")


@posix
@pytest.mark.parametrize("command", [("build",), ("review",), ("clean",), ("wording", "--book")])
def test_what_stands_in_the_way_is_named_and_not_its_folder(small: Workspace, command: tuple[str, ...]) -> None:
    ask(small, *TEXT)
    small.path("outputs/.lock").unlink()
    small.path("outputs/.lock").symlink_to(small.path("outputs/nothing"))
    ran = small.letters(*command)
    assert ran.status == 4
    assert f"{small.path('outputs/.lock')} cannot be written: it is no ordinary file: delete it" in ran.err


@posix
def test_git_starts_no_program_that_a_repository_names(committed: Workspace, tmp_path: Path) -> None:
    """A partial clone would fetch what it lacks by a program of its own; hooks, monitors and filters would run, too."""
    mark, program = tmp_path / "started", tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch '{mark}'\nexit 1\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    for name, value in (
        ("core.fsmonitor", program),
        ("core.pager", program),
        ("core.sshCommand", program),
        ("core.hooksPath", tmp_path),
        ("core.askPass", program),
        ("core.repositoryFormatVersion", 1),
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", f"ext::{program} %S"),
        ("remote.origin.uploadpack", program),
        ("protocol.allow", "always"),
        ("protocol.ext.allow", "always"),
        ("diff.all.textconv", program),
        ("filter.all.smudge", program),
    ):
        git(committed, "config", name, str(value))
    committed.write(".gitattributes", "* diff=all filter=all\n")
    lose_object(committed, "forces/kent.yaml")
    ran = committed.letters("diff", "--against", "HEAD")
    assert ran.status == 1, ran
    assert not mark.exists(), ran.err


@posix
def test_git_is_not_taken_from_the_current_folder(committed: Workspace, tmp_path: Path) -> None:
    mark, false = tmp_path / "started", committed.path("git")
    false.write_text(f"#!/bin/sh\ntouch '{mark}'\n")
    false.chmod(0o755)
    for path in (".", "", str(committed.root)):
        ran = committed.letters("diff", "--against", "HEAD", env={"PATH": f"{path}{os.pathsep}{os.environ['PATH']}"})
        assert ran.status in (0, 1), ran
    assert not mark.exists()
