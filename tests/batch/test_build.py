"""What a build is asked for, what it leaves over, waits for and says; how it ends."""

from __future__ import annotations

import json
import shutil
from fnmatch import fnmatch
from pathlib import Path

import pytest

from conftest import Workspace
from letters.batch.formats import FORMATS
from support.builds import KENT, TYPE, build, edit_in_word, files, made, reasons, stamps

pytestmark = pytest.mark.slow

EVERY = set(FORMATS)


# -- what is left over


def test_files_of_a_force_that_went_are_reported_and_never_deleted(three: Workspace) -> None:
    before = files(three.path(f"outputs/{TYPE}"))
    three.path("forces/kent.yaml").unlink()
    ran = three.letters("build")
    assert ran.status == 0
    assert f"left over: {TYPE}/kent.* (4 files) belongs to no letter any more" in ran.err
    assert files(three.path(f"outputs/{TYPE}")) == before
    assert "left over" in three.letters("build").err  # for as long as they are there
    assert "left over" not in three.letters("build", "-q").err
    assert "left over" not in three.letters("build", "warwickshire").err


def test_files_of_a_letter_that_went_back_to_awaited_are_left_over(three: Workspace) -> None:
    three.replace("forces/kent.yaml", "stage: specimen", "stage: awaited")
    assert build(three)["left_over"] == sorted(f"{TYPE}/kent.{form}" for form in FORMATS)


def test_files_of_a_force_with_problems_are_not_left_over(three: Workspace) -> None:
    three.replace("forces/kent.yaml", "not_found", "not_fund")
    said = build(three)
    files = sorted(f"{TYPE}/kent.{form}" for form in FORMATS)
    assert (said["left_over"], [one["files"] for one in said["not_built"]]) == ([], [files])
    lines = f"not built: {TYPE}/kent: problems; 4 files of an earlier build are in outputs/"
    assert (lines in three.letters("build").err, lines in three.letters("status").out) == (True, True)
    three.write(f"templates/{TYPE}/outcome.yaml", "[]")
    out = three.letters("status").out
    assert lines in out
    assert out.count("not built: ") == 3, "those of a letter type that cannot be read too"


# -- what is asked for


def test_only_letters_of_a_type(small: Workspace) -> None:
    said = build(small, "--type", "pcc-response-2019")
    assert made(said) == {"south-wales (2019)": EVERY}
    assert [letter["force"] for letter in said["letters"]] == ["south-wales"]


@pytest.mark.parametrize("form", FORMATS)
def test_one_format_alone(small: Workspace, form: str) -> None:
    assert made(build(small, "--format", form, "--jobs", "2", "kent")) == {"kent": {form}}
    assert small.path(f"outputs/composed/{TYPE}/kent.json").exists()
    assert made(build(small, "--format", form, "kent")) == {}


def test_only_some_formats(small: Workspace) -> None:
    assert made(build(small, "--format", "docx, TXT", "kent")) == {"kent": {"docx", "txt"}}
    assert {path.suffix for path in small.path(f"outputs/{TYPE}").iterdir()} == {".docx", ".txt"}
    assert made(build(small, "kent")) == {"kent": {"pdf", "html"}}


@pytest.mark.parametrize("pattern", ["w*", "*es", "[ks]*", "forces/kent.yaml", "KENT"])
def test_only_forces_that_fit_a_pattern(three: Workspace, pattern: str) -> None:
    shutil.rmtree(three.path("outputs"))
    three.letters("build", "--format", "txt", "--type", TYPE, pattern)
    plain = pattern.removeprefix("forces/").removesuffix(".yaml").lower()
    wanted = {slug for slug in ("kent", "south-wales", "warwickshire") if fnmatch(slug, plain)}
    assert wanted
    assert {path.stem for path in three.path(f"outputs/{TYPE}").iterdir()} == wanted


def test_another_output_folder(three: Workspace, tmp_path: Path) -> None:
    before = files(three.path("outputs"))
    said = build(three, "--out", str(tmp_path / "else where"))
    assert reasons(said) == {"new"}
    elsewhere = files(tmp_path / "else where")
    assert b"made by `letters`" in elsewhere.pop(".made-by-letters")
    assert elsewhere == before
    assert files(three.path("outputs")) == before


def test_a_dry_run_writes_nothing_at_all(small: Workspace) -> None:
    before = files(small.root)
    ran = small.letters("build", "-n")
    assert ran.status == 0
    assert "would change: kent, abuse-of-position-2017 (new)" in ran.out
    assert "4 letters: 4 would change, 0 the same. Next: letters build" in ran.out
    assert files(small.root) == before
    assert not small.path("outputs").exists()


def test_a_dry_run_says_what_the_build_does(three: Workspace) -> None:
    three.replace("forces/kent.yaml", "not_found", "started")
    three.path(f"outputs/{TYPE}/warwickshire.pdf").unlink()
    before = stamps(three)
    dry = three.letters("build", "-n")
    assert stamps(three) == before
    wet = three.letters("build")
    assert dry.out.replace("would change: ", "changed: ").splitlines()[:-1] == wet.out.splitlines()[:-1]
    assert "4 letters: 2 would change, 2 the same" in dry.out
    assert "Next: edit a file" in three.letters("build", "-n").out


def test_quiet_says_nothing_and_verbose_names_every_file(three: Workspace) -> None:
    three.replace("forces/kent.yaml", "not_found", "started")
    ran = three.letters("build", "-q")
    assert (ran.status, ran.out, ran.err) == (0, "", "")
    three.replace("forces/kent.yaml", "started", "not_found")
    ran = three.letters("build", "-v")
    assert [line for line in ran.out.splitlines() if line.startswith("  ")] == [
        f"  {TYPE}/kent.{form}" for form in FORMATS
    ]


def test_json_says_what_the_lines_say(three: Workspace) -> None:
    three.replace("forces/kent.yaml", "not_found", "not_fund")
    three.replace("forces/warwickshire.yaml", "stage: ready", "stage: awaited")
    ran = three.letters("build", "--json")
    said = json.loads(ran.out)
    assert ran.status == 1
    assert ran.err == ""
    assert [problem["path"] for problem in said["problems"]] == ["forces/kent.yaml"]
    assert said["waiting"] == [{"type": TYPE, "force": "warwickshire", "language": "en"}]
    assert {letter["force"]: letter["stage"] for letter in said["letters"] if letter["type"] == TYPE} == {
        "south-wales": "ready",
        "warwickshire": "awaited",
    }


# -- exit status


def test_the_table_of_exit_statuses(three: Workspace, tmp_path: Path) -> None:
    def status(*arguments: str) -> int:
        return three.letters("build", *arguments).status

    assert status() == 0
    assert status("lancashire") == status("--format", "odt") == status("--type", "x") == status("--bogus") == 2
    assert three.letters("build", "--workspace", str(tmp_path)).status == 2
    (tmp_path / "a file").write_text("")
    assert status("--out", str(tmp_path / "a file" / "outputs")) == 3
    three.replace("forces/kent.yaml", "not_found", "not_fund")
    assert status() == 1
    assert status("warwickshire") == 0  # somebody else's problems are nobody's here
    edit_in_word(three.path(f"outputs/{TYPE}/warwickshire.docx"))
    assert status("warwickshire") == 4
    assert status() == 4  # the higher of 4 and 1


# -- waiting


def test_an_awaited_outcome_is_counted_and_not_built(small: Workspace) -> None:
    small.replace("forces/kent.yaml", "stage: specimen", "stage: awaited")
    small.replace("forces/kent.yaml", "    it_monitoring: not_provided\n", "")
    ran = small.letters("build", "--format", "txt")
    assert ran.status == 0
    assert "3 letters: 3 changed, 0 the same, 1 waiting for outcomes. Next: letters status" in ran.out
    assert not small.path(f"{KENT}.txt").exists()


def test_a_force_without_an_outcome_is_waiting_where_every_force_gets_the_letter(small: Workspace) -> None:
    text = small.read("forces/kent.yaml")
    small.write("forces/kent.yaml", text[: text.index("letters:")])
    ran = small.letters("build", "--format", "txt")
    assert ran.status == 0
    assert "1 waiting for outcomes" in ran.out  # and not for the reply, which few commissioners write
