"""Without Pango there are no PDFs, and everything else: said with the command that mends it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from conftest import Workspace
from letters.batch.doctor import pango_command
from support.builds import KENT, TYPE, build, files, made

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="breaks a library as Linux loads it"),
    pytest.mark.slow,
]

LIBRARIES = ("libpango-1.0.so.0", "libharfbuzz.so.0", "libpangoft2-1.0.so.0")


def without(library: str, folder: Path) -> dict[str, str]:
    """The environment in which a library cannot be loaded: a broken one stands before it."""
    folder.mkdir(exist_ok=True)
    (folder / library).write_bytes(b"no library")
    return {"LD_LIBRARY_PATH": str(folder)}


@pytest.fixture
def no_pango(tmp_path: Path) -> dict[str, str]:
    return without("libpango-1.0.so.0", tmp_path / "broken")


def test_everything_but_the_pdfs_is_built(small: Workspace, no_pango: dict[str, str]) -> None:
    ran = small.letters("build", env=no_pango)
    assert ran.status == 3
    assert "this machine: the PDFs were not made: " in ran.err
    assert "libpango-1.0.so.0" in ran.err
    assert f"hint: install Pango: {pango_command()}; then `letters build` again" in ran.err
    assert ran.err.count("E305") == 1
    assert "Traceback" not in ran.err
    suffixes = [path.suffix for path in small.path("outputs").glob("*-*/*")]
    assert {suffix: suffixes.count(suffix) for suffix in suffixes} == {".docx": 4, ".html": 4, ".txt": 4}


@pytest.mark.parametrize("library", LIBRARIES)
def test_each_library_that_pdfs_need_is_looked_for(small: Workspace, tmp_path: Path, library: str) -> None:
    env = without(library, tmp_path / "broken")
    ran = small.letters("build", "kent", env=env)
    assert ran.status == 3
    assert f"the PDFs were not made: {library}" in ran.err or library in ran.err
    assert not small.path(f"{KENT}.pdf").exists()
    assert small.path(f"{KENT}.docx").exists()


def test_formats_that_need_no_pango_are_no_problem(small: Workspace, no_pango: dict[str, str]) -> None:
    ran = small.letters("build", "--format", "docx,html,txt", env=no_pango)
    assert (ran.status, ran.err) == (0, "")


def test_pdfs_of_before_are_kept_and_made_when_pango_is_back(small: Workspace, no_pango: dict[str, str]) -> None:
    assert build(small)["problems"] == []
    before = files(small.path("outputs"))
    small.replace("forces/kent.yaml", "not_found", "started")
    said = build(small, env=no_pango)
    assert [problem["code"] for problem in said["problems"]] == ["E305"]
    assert made(said)["kent"] == {"docx", "html", "txt"}
    assert {path: data for path, data in files(small.path("outputs")).items() if path.endswith(".pdf")} == {
        path: data for path, data in before.items() if path.endswith(".pdf")
    }
    said = build(small)
    assert said["problems"] == []
    assert made(said) == {"kent": {"pdf"}}
    assert files(small.path("outputs"))[f"{TYPE}/kent.pdf"] != before[f"{TYPE}/kent.pdf"]


def test_a_build_with_nothing_to_make_says_that_pdfs_cannot_be_made(small: Workspace, no_pango: dict[str, str]) -> None:
    build(small)
    before = files(small.path("outputs"))
    ran = small.letters("build", env=no_pango)
    assert ran.status == 3
    assert "4 letters: 0 changed, 0 the same, 4 not made" in ran.out
    assert {path for path, data in files(small.path("outputs")).items() if before[path] != data} <= {"manifest.json"}
    assert small.letters("build").out.startswith("4 letters: 0 changed, 4 the same")


def test_many_letters(workspace: Workspace, no_pango: dict[str, str]) -> None:
    ran = workspace.letters("build", "--jobs", "2", env=no_pango)
    assert ran.status == 3
    assert ran.err.count("[E305]") == 1
    assert len(list(workspace.path(f"outputs/{TYPE}").glob("*.docx"))) == 43
    assert list(workspace.path("outputs").rglob("*.pdf")) == []


def test_the_doctor_says_it(small: Workspace, no_pango: dict[str, str]) -> None:
    well, ill = small.letters("doctor"), small.letters("doctor", env=no_pango)
    assert well.status == 0
    assert "This machine can build letters." in well.out
    assert ill.status == 3
    assert "MISSING  text layout for PDF: " in ill.out
    assert f"do this: {pango_command()}" in ill.out
    assert "1 to mend. Next: do the above, then letters doctor" in ill.out
    findings = json.loads(small.letters("doctor", "--json", env=no_pango).out)
    assert [finding["what"] for finding in findings if not finding["well"]] == ["text layout for PDF"]
