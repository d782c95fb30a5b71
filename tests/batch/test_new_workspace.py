"""What a new user does first: install the wheel, `init`, `new`, `schema`, `doctor`, and build."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from conftest import ROOT, Workspace
from letters import __version__
from letters.batch.formats import FORMATS
from letters.letter import normalise
from letters.readback import same_words
from letters.workspace.samples import load_sample, sample_names
from letters.workspace.schema import Checker

pytestmark = pytest.mark.slow

REFERENCE = sorted((ROOT / "tests/reference").glob("*/*.txt"))


def blocks(path: Path) -> list[str]:
    """A reference letter's blocks, straight and typographic quotes made equal."""
    return [normalise(block) for block in path.read_text("utf-8").split("\n\n") if block.strip()]


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the built wheel and its libraries, and nothing of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT, check=True)
    wheel = next(folder.glob("*.whl"))
    venv.create(folder / "venv", with_pip=True)
    pip: list[str | Path] = [
        folder / "venv/bin/python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    subprocess.run([*pip, "--require-hashes", "-r", ROOT / "requirements/build.txt"], check=True)
    subprocess.run([*pip, "--no-deps", wheel], check=True)
    return folder / "venv/bin/letters"


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.xdist_group("wheel")
def test_the_installed_wheel_makes_a_workspace_and_builds_it(installed: Path, tmp_path: Path) -> None:
    made = run(installed, "init", "x", cwd=tmp_path)
    assert (made.returncode, made.stdout) == (
        0,
        "x: 43 forces and 2 letter types. Next:\n    cd x\n    letters build\n",
    )
    ran = run(installed, "build", cwd=tmp_path / "x")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[-1].startswith("44 letters: 44 changed, 0 the same.")
    assert len(list((tmp_path / "x/outputs").glob("*-*/*.*"))) == 44 * 4
    for path in REFERENCE:  # the letters that were sent in 2017 and 2019
        file = tmp_path / f"x/outputs/{path.parent.name}/{path.stem}.txt"
        said = zip(blocks(path), FORMATS["txt"].read(file.read_bytes()).words, strict=True)
        assert all(same_words(wanted, got) for wanted, got in said), path


@pytest.mark.xdist_group("wheel")
def test_the_installed_wheel_shows_the_how_tos(installed: Path, tmp_path: Path) -> None:
    listed = run(installed, "how-to", cwd=tmp_path).stdout
    for page in [*ROOT.glob("docs/how-to/*.md"), *ROOT.glob("docs/reference/*.md")]:
        assert f"  {page.stem} " in listed
        shown = re.sub(r"<!--.*?-->\n\n?", "", page.read_text("utf-8"), flags=re.DOTALL)
        assert run(installed, "how-to", page.stem, cwd=tmp_path).stdout == shown


def test_no_package_has_anything_of_an_offices_own_forces_and_templates(tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    for folder in ("src", "docs", "forces", "templates"):
        shutil.copytree(ROOT / folder, checkout / folder)
    for file in ("LICENSE", "README.md", "pyproject.toml"):
        shutil.copyfile(ROOT / file, checkout / file)
    (checkout / "forces/kent.yaml").rename(checkout / "forces/kent-of-ours.yaml")
    secret = b"    notes: found-by-somebody-in-confidence\n"
    (checkout / "forces/essex.yaml").write_bytes((ROOT / "forces/essex.yaml").read_bytes() + secret)
    (checkout / "templates/of-ours").mkdir()
    (checkout / "templates/of-ours/letter.md").write_bytes(secret)
    build = [sys.executable, "-m", "hatchling", "build", "-d", str(tmp_path / "made")]
    subprocess.run(build, cwd=checkout, check=True)
    wheel, sdist = next(tmp_path.glob("made/*.whl")), next(tmp_path.glob("made/*.tar.gz"))
    packed = {name: zipfile.ZipFile(wheel).read(name) for name in zipfile.ZipFile(wheel).namelist()}
    with tarfile.open(sdist) as archive:
        files = [member for member in archive.getmembers() if member.isfile()]
        packed |= {member.name: archive.extractfile(member).read() for member in files}  # type: ignore[union-attr]
    assert len(packed) > 300
    assert [name for name in packed if "of-ours" in name] == []
    assert [name for name, data in packed.items() if b"found-by-somebody-in-confidence" in data] == []


@pytest.mark.xdist_group("wheel")
def test_the_installed_wheel_has_every_file_of_the_package(installed: Path) -> None:
    package = next(installed.parents[1].glob("lib/python*/site-packages/letters"))
    here, there = (
        {path.relative_to(root) for path in root.rglob("*") if path.is_file() and path.parent.name != "__pycache__"}
        for root in (ROOT / "src/letters", package)
    )
    assert here - there == set()


def test_init_leaves_a_folder_with_something_in_it_alone(workspace: Workspace) -> None:
    before = sorted(workspace.root.rglob("*"))
    ran = workspace.letters("init", str(workspace.root))
    assert ran.status == 2
    assert "is there already and is not an empty folder" in ran.err
    assert sorted(workspace.root.rglob("*")) == before


def test_init_goes_on_with_what_a_killed_one_had_begun_and_with_nothing_else(tmp_path: Path) -> None:
    here, there = Workspace(tmp_path), Workspace(tmp_path / "x")
    here.letters("init", "x")
    whole = _files(there.root)
    shutil.rmtree(there.path("forces"))
    there.path("README.md").unlink()
    for other in ("templates/mine.md", "notes.txt"):
        there.write(other, "Mine.")
        assert here.letters("init", "x").status == 2
        assert there.read(other) == "Mine."
        there.path(other).unlink()
    there.path("mine").mkdir()
    assert here.letters("init", "x").status == 2
    there.path("mine").rmdir()
    assert here.letters("init", "x").status == 0
    assert {
        path.relative_to(there.root): path.read_bytes() for path in there.root.rglob("*") if path.is_file()
    } == whole


def test_a_workspace_that_init_makes_says_what_is_where_and_what_to_do(tmp_path: Path) -> None:
    there = Workspace(tmp_path / "x")
    Workspace(tmp_path).letters("init", "x")
    said = there.read("README.md")
    assert "43 forces and 2 letter types" in said
    assert "{" not in said
    for command in re.findall(r"^letters (\w+)$", said, re.MULTILINE):
        assert there.letters(command, "--help").status == 0


def test_every_sample_is_made_whole_and_checks_without_a_problem(tmp_path: Path) -> None:
    for name in sample_names():
        ran = Workspace(tmp_path).letters("init", name, "--sample", name)
        assert (ran.status, ran.out.splitlines()[-1]) == (0, "    letters build"), ran
        assert Workspace(tmp_path / name).letters("check", "-q").status == 0
        there = {
            path.relative_to(tmp_path / name).as_posix() for path in (tmp_path / name).rglob("*") if path.is_file()
        }
        assert there >= {*load_sample(name).files, "README.md", "outputs/.gitignore", ".gitignore"}


def test_an_empty_workspace_gets_its_first_letter_type_by_command(tmp_path: Path) -> None:
    ran = Workspace(tmp_path).letters("init", "x", "--empty")
    assert ran.out.splitlines()[0] == "x: no recipient and no letter type. Next:"
    there = Workspace(tmp_path / "x")
    made = there.letters("new", "--type", "crime-data-2018")
    assert made.status == 0, made.err
    assert "title: Crime data 2018" in there.read("templates/crime-data-2018/letter.yaml")
    assert there.letters("new", "Some Body").status == 0
    ran = there.letters("wording")
    assert (ran.status, "8 outcomes, 4 + 2 different verdicts" in ran.out) == (0, True), ran
    checked = there.letters("check")
    assert (checked.status, checked.err) == (0, "")
    assert "1 waiting for outcomes" in checked.out


def test_init_takes_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert Workspace(tmp_path).letters("init", "empty").status == 0
    assert Workspace(tmp_path / "empty").letters("check", "-q").status == 0


def test_new_writes_a_force_that_is_sound_and_awaited(small: Workspace) -> None:
    ran = small.letters("new", "west-mercia")
    assert ran.status == 0
    assert "Next: open it, fill it in, then letters check west-mercia" in ran.out
    text = small.read("forces/west-mercia.yaml")
    for value in ("not_provided", "not_found", "not_started", "started", "in_place", "partly_reflected", "specimen"):
        assert value in text
    assert "can be disclosed on request" in text
    check = small.letters("check", "west-mercia")
    assert check.status == 0, check.err
    assert "1 waiting for outcomes" in check.out


def test_new_as_filled_in_by_its_own_comments_is_a_letter(small: Workspace) -> None:
    small.letters("new", "west-mercia")
    text = small.read("forces/west-mercia.yaml")
    text = text.replace("stage: awaited ", "stage: draft ", 1)
    for field in ("plans_comprehensive", "national_strategy", "counter_corruption_unit", "it_monitoring"):
        text = re.sub(rf"# ({field}): (\S+).*", r"\1: \2", text, count=1)
    text = re.sub(r"# (intelligence_from_organisations): .*", r"\1: started", text, count=1)
    small.write("forces/west-mercia.yaml", text.replace("it_monitoring: not_provided", "it_monitoring: in_place"))
    ran = small.letters("check", "west-mercia")
    assert "cannot lack information" in ran.err, "the first answers contradict one another, and that is said"
    small.replace(
        "forces/west-mercia.yaml", "counter_corruption_unit: not_provided", "counter_corruption_unit: started"
    )
    built = small.letters("build", "west-mercia", "--format", "txt")
    assert built.status == 0, built.err
    assert "[DRAFT – not for issue]" in small.read("outputs/abuse-of-position-2017/west-mercia.txt")


@pytest.mark.parametrize("name", ["kent", "Kent", "kent police"])
def test_new_leaves_a_force_that_is_there_alone(small: Workspace, name: str) -> None:
    before = small.read("forces/kent.yaml")
    ran = small.letters("new", name)
    assert ran.status == 4
    assert "is there already, and was left as it is" in ran.err
    assert small.read("forces/kent.yaml") == before


@pytest.mark.parametrize("name", ["../evil", "a--b", "", "/etc/x", "C:\\\\x", "a/b"])
def test_new_refuses_a_name_that_cannot_be_a_force(small: Workspace, name: str) -> None:
    ran = small.letters("new", name)
    assert ran.status == 2
    assert "cannot name a force" in ran.err
    assert len(list(small.path("forces").iterdir())) == 3


def test_schema_for_editors_takes_every_force_and_refuses_a_mistake(workspace: Workspace) -> None:
    from letters.workspace.raw import load_yaml
    from letters.workspace.source import Folder

    assert workspace.letters("schema").status == 0
    schema = json.loads(workspace.read(".letters/force.schema.json"))
    checker = Checker(schema)
    source = Folder(workspace.root)
    for path in source:
        if path.startswith("forces/"):
            assert checker.fits(load_yaml(source, path).data), path
    kent = load_yaml(source, "forces/kent.yaml").data
    assert isinstance(kent, dict)
    outcome = kent["letters"]["abuse-of-position-2017"]
    outcome["it_monitoring"] = "startd"
    assert not checker.fits(kent)
    outcome.clear()
    outcome["stage"] = "awaited"
    assert checker.fits(kent)


def test_doctor_finds_this_machine_well(small: Workspace) -> None:
    ran = small.letters("doctor")
    assert ran.status == 0, ran.out
    assert ran.out.endswith("This machine can build letters.\n")
    findings = json.loads(small.letters("doctor", "--json").out)
    assert {"Python", "text layout for PDF", "fonts", "output folder"} <= {finding["what"] for finding in findings}


def test_doctor_finds_an_output_folder_that_is_none(small: Workspace) -> None:
    small.write("outputs", "a file in the way")
    ran = small.letters("doctor")
    assert ran.status == 3
    assert "MISSING  output folder" in ran.out


def test_version(small: Workspace) -> None:
    assert __version__ in small.letters("--version").out


def _files(root: Path) -> dict[Path, bytes]:
    return {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}
