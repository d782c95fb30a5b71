"""What is meant is understood, what nobody made is left alone, and what is said is short and to the point."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import Workspace
from support.plain_letters import OUTCOME, plain_workspace

pytestmark = pytest.mark.slow

TYPE = "templates/abuse-of-position-2017"


@pytest.mark.parametrize(
    "name", ["Kent", "KENT", "Kent Police", "kent police", "forces/kent.yaml", "South Wales", "k*"]
)
def test_a_force_is_understood_however_it_is_called(small: Workspace, name: str) -> None:
    ran = small.letters("status", name)
    assert ran.status == 0, ran.err


def test_a_force_that_is_not_there(workspace: Workspace) -> None:
    ran = workspace.letters("check", "knet")
    assert ran.status == 2
    assert "there is no force 'knet'; did you mean 'kent'?\n" in ran.err
    assert "letters status lists them all" in workspace.letters("check", "qqq").err


def test_a_new_force_with_a_name_of_several_words(small: Workspace) -> None:
    assert small.letters("new", "Isle of Man").status == 0
    ran = small.letters("check", "isle-of-man")
    assert ran.status == 0
    assert "Next: fill in the outcomes in forces/isle-of-man.yaml" in ran.out
    assert "Next: fill in the outcomes in forces/isle-of-man.yaml" in small.letters("build", "isle-of-man").out


def test_check_of_one_force_tells_what_concerns_it(small: Workspace) -> None:
    small.replace("forces/warwickshire.yaml", "country: England", "country: Englnd")
    small.replace("templates/pcc-response-2019/letter.md", "Yours sincerely", "Yours sincerely {{ letter.nobody }}")
    ran = small.letters("check", "kent")
    assert (ran.status, ran.err) == (0, "")
    assert "2 more problems and warnings concern other letters: letters check" in ran.out
    everything = small.letters("check")
    assert everything.status == 1
    assert "concern other letters" not in everything.out
    assert small.letters("check", "south-wales").status == 1


@pytest.mark.parametrize(
    "name",
    [
        *("Thumbs.db", "desktop.ini", "kent.yaml~", ".kent.yaml.swp", "~$kent.yaml", "#kent.yaml#", "kent.yaml.bak"),
        *("kent.bak", "kent.yaml.orig", "kent.yaml.rej", "kent.yaml.tmp", "kent.yaml.lock", "kent_BACKUP_1234.yaml"),
    ],
)
def test_what_systems_leave_beside_files_is_no_mistake(small: Workspace, name: str) -> None:
    small.path(f"forces/{name}").write_bytes(b"\0")
    ran = small.letters("status")
    assert (ran.status, ran.err) == (0, "")


@pytest.mark.parametrize(
    "name",
    [
        *("kent (1).yaml", "Copy of kent.yaml", "kent - Copy (2).yaml", "kent copy 2.yaml", "kent 2.yaml"),
        *("kent.yaml (1)", "kent.yaml.txt", "kent.yaml.yaml", "Copy of Copy of kent.yaml", "kent-DESKTOP-1AB2C3D.yaml"),
        *("kent.sync-conflict-20180101-120000-ABCDEFG.yaml", "kent (Anna's conflicted copy 2018-03-01).yaml"),
    ],
)
def test_the_copy_of_a_force_is_told_as_one_and_makes_no_letter(small: Workspace, name: str) -> None:
    small.path(f"forces/{name}").write_text(small.read("forces/kent.yaml"), "utf-8")
    ran = small.letters("build")
    assert ran.err.count("[E113]") == 1
    assert f"forces/{name}: seems to be a copy of kent.yaml, and is not read [E113]" in ran.err
    assert "4 letters" in ran.out


def test_of_two_files_for_one_force_that_with_its_name_counts(small: Workspace) -> None:
    small.write("forces/old.yaml", small.read("forces/kent.yaml").replace("Kent Police", "KENT  Police"))
    assert "forces/old.yaml: 'KENT  Police' is also the name in forces/kent.yaml" in small.letters("check").err


@pytest.mark.parametrize(
    "name",
    ["Copy of abuse", "abuse-of-position-2017 - Copy", "abuse-of-position-2017 (2)", "abuse-of-position-2017 copy"],
)
def test_the_copy_of_a_letter_type_is_told(small: Workspace, name: str) -> None:
    shutil.copytree(small.path(TYPE), small.path(f"templates/{name}"))
    ran = small.letters("check")
    assert ran.status == 1
    assert f"templates/{name}: this folder seems to be a copy of abuse" in ran.err
    assert "waiting" not in ran.out


def test_a_letter_type_with_the_words_of_another_is_told(small: Workspace) -> None:
    shutil.copytree(small.path(TYPE), small.path("templates/a-backup-of-mine"))
    ran = small.letters("check")
    assert ran.status == 0
    assert "templates/a-backup-of-mine: warning: this letter type has the title and the wording of abuse" in ran.err
    small.replace("templates/a-backup-of-mine/letter.yaml", "title: ", "title: Second ")
    assert "W127" not in small.letters("check").err


@pytest.mark.parametrize(
    ("schema", "value", "hint"),
    [
        ("{type: boolean}", "yes", "write true, without quotation marks"),
        ("{type: boolean}", "perhaps", "write true or false"),
        ("{type: boolean}", '"false"', "write false, without quotation marks"),
        ("{type: number}", '"92.5"', "take the quotation marks off"),
        ("{type: number}", "many", "write figures alone"),
        (
            "{type: string}",
            "92.5",
            "put quotation marks around it; if it is one in every file, let outcome.yaml say `type",
        ),
        (
            "{type: array, items: {type: string}}",
            "[{Record all crimes within 24 hours: not always}]",
            "if it is a text with a colon in it, put quotation marks around the whole of it",
        ),
    ],
)
def test_hints_name_the_cause(tmp_path: Path, schema: str, value: str, hint: str) -> None:
    there = plain_workspace(tmp_path / "workspace")
    there.write(OUTCOME, there.read(OUTCOME) + f"  x: {schema}\n")
    there.replace("forces/x.yaml", "    stage: ready\n", f"    stage: ready\n    x: {value}\n")
    assert f"hint: {hint}" in there.letters("status").err


def test_where_nothing_can_show_a_letter_that_is_one_sentence(small: Workspace) -> None:
    nothing = {"DISPLAY": "", "WAYLAND_DISPLAY": ""}
    ran = small.letters("build", "kent", "--format", "txt", "--open", env=nothing)
    assert ran.status == 0
    assert ran.err.startswith("Nothing here can show ")
    assert ran.err.count("\n") == 1


def test_init_says_how_to_go_there_in_lines_that_can_be_pasted(tmp_path: Path) -> None:
    said = Workspace(tmp_path).letters("init", "My Letters").out
    go, build = said.splitlines()[1:]
    assert said.startswith("My Letters: 43 forces and 2 letter types. Next:\n")
    assert build == "    letters build"
    gone = subprocess.run(["sh", "-c", f"{go} && pwd"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert gone.stdout.strip() == str(tmp_path / "My Letters")
    (tmp_path / "here").mkdir()
    assert Workspace(tmp_path / "here").letters("init", ".").out.splitlines()[1:] == ["    letters build"]
