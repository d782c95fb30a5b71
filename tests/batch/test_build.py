"""What a build makes, why, and what it leaves alone: decided by content, and said."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path

import docx
import pytest
from docx.shared import Pt

from conftest import FORMATS, Workspace, copy_workspace
from letters.batch.manifest import Manifest, read_manifest
from letters.letter import fold
from letters.readback import read
from support.builds import KENT, TYPE, build, copy, copy_of_the_tool, edit_in_word, files, made, python_path, reasons

pytestmark = pytest.mark.slow

EVERY = set(FORMATS)
CSS = "templates/letterheads/hmicfrs/letter.css"
STYLES = "templates/letterheads/hmicfrs/styles.docx"
WORDING = f"templates/{TYPE}/wording.yaml"


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Three forces with four letters, built; not to be changed."""
    workspace = copy_workspace(tmp_path_factory.mktemp("done") / "workspace")
    workspace.keep_forces("south-wales", "warwickshire", "kent")
    said = build(workspace)
    assert made(said) == dict.fromkeys(("south-wales", "warwickshire", "kent", "south-wales (2019)"), EVERY)
    assert reasons(said) == {"new"}
    return workspace


@pytest.fixture
def three(done: Workspace, tmp_path: Path) -> Workspace:
    """The same, in a folder of the test's own."""
    return copy(done, tmp_path / "workspace")


def stamps(workspace: Workspace) -> dict[str, tuple[int, int]]:
    """What shows that a file was written again, be it with the same bytes."""
    found = {path: path.stat() for path in workspace.path("outputs").rglob("*") if path.name != ".lock"}
    return {str(path): (stat.st_ino, stat.st_mtime_ns) for path, stat in found.items() if path.is_file()}


# -- what is made again, and why


def test_nothing_is_made_or_written_where_nothing_changed(three: Workspace) -> None:
    before = stamps(three)
    ran = three.letters("build")
    assert ran.status == 0
    assert ran.out == "4 letters: 0 changed, 4 the same. Next: edit a file in forces/, then letters diff\n"
    assert stamps(three) == before


def test_a_time_stamp_is_no_change(three: Workspace) -> None:
    for path in three.root.rglob("*"):
        os.utime(path, (4_000_000_000, 4_000_000_000))
    assert made(build(three)) == {}


def test_a_copied_workspace_is_up_to_date(three: Workspace, tmp_path: Path) -> None:
    assert made(build(copy(three, tmp_path / "elsewhere"))) == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# yaml-language-server", "# A comment.\n# yaml-language-server"),
        ("    stage: specimen", "    notes: seen by the team on Monday\n    stage: specimen"),
        ("name: Kent Police", 'name:   "Kent Police"'),
    ],
    ids=["a comment", "a note", "another way to write the same"],
)
def test_what_is_not_printed_rebuilds_nothing(three: Workspace, old: str, new: str) -> None:
    three.replace("forces/kent.yaml", old, new)
    before = files(three.path(f"outputs/{TYPE}"))
    assert made(build(three)) == {}
    assert files(three.path(f"outputs/{TYPE}")) == before


def test_editing_one_force_makes_that_letter_only(three: Workspace) -> None:
    three.replace("forces/kent.yaml", "not_found", "started")
    before = files(three.path("outputs"))
    said = build(three)
    assert made(said) == {"kent": EVERY}
    assert reasons(said) == {"the letter changed"}
    after = files(three.path("outputs"))
    changed = {path for path in after if before[path] != after[path]}
    assert changed == {
        "manifest.json",
        f".sealed/{TYPE}/kent.docx",
        f"composed/{TYPE}/kent.json",
        *(f"{TYPE}/kent.{form}" for form in FORMATS),
    }
    for form in FORMATS:
        words = fold(" ".join(read(form, after[f"{TYPE}/kent.{form}"]).words))
        assert "a review of the capability and capacity of your counter-corruption unit was included" in words.lower()


def test_editing_one_letter_of_two_makes_that_letter_only(three: Workspace) -> None:
    three.replace("forces/south-wales.yaml", "very shocking", "most shocking")
    assert made(build(three)) == {"south-wales (2019)": EVERY}


def test_editing_a_phrase_makes_the_letters_that_use_it(three: Workspace) -> None:
    phrase = "your progress in reviewing the capability"
    users = {path.stem for path in three.path(f"outputs/{TYPE}").glob("*.txt") if phrase in path.read_text("utf-8")}
    assert users == {"warwickshire"}
    three.replace(WORDING, phrase, "what you have done to review the capability")
    said = build(three)
    assert made(said) == dict.fromkeys(users, EVERY)
    assert reasons(said) == {"the letter changed"}


def test_editing_a_phrase_that_a_force_words_itself_leaves_its_letter_alone(three: Workspace) -> None:
    three.replace(WORDING, "had already started at the time", "had already begun at the time")
    assert made(build(three)) == {"south-wales": EVERY}  # Warwickshire's departure stands


def test_editing_the_style_sheet_makes_pdf_and_html(three: Workspace) -> None:
    three.replace(CSS, "font-size: 9pt", "font-size: 8.5pt")
    before = files(three.path("outputs"))
    said = build(three)
    assert made(said) == {force: {"pdf", "html"} for force in ("south-wales", "warwickshire", "kent")}
    assert reasons(said) == {"the look of the letterhead changed"}
    after = files(three.path("outputs"))
    assert {path.rpartition(".")[2] for path in after if before[path] != after[path]} == {"pdf", "html", "json"}


def test_restyling_in_word_makes_docx_only(three: Workspace) -> None:
    styles = docx.Document(str(three.path(STYLES)))
    styles.styles["Body Text"].font.size = Pt(10)
    styles.save(str(three.path(STYLES)))
    said = build(three)
    assert made(said) == {force: {"docx"} for force in ("south-wales", "warwickshire", "kent")}
    assert reasons(said) == {"the look of the letterhead changed"}


@pytest.mark.parametrize("form", FORMATS)
def test_a_deleted_file_is_made_again(three: Workspace, form: str) -> None:
    path = three.path(f"{KENT}.{form}")
    before = path.read_bytes()
    path.unlink()
    said = build(three)
    assert made(said) == {"kent": {form}}
    assert reasons(said) == {"it was missing"}
    assert path.read_bytes() == before


@pytest.mark.parametrize("form", ["pdf", "html", "txt"])
def test_a_damaged_file_is_made_again(three: Workspace, form: str) -> None:
    path = three.path(f"{KENT}.{form}")
    before = path.read_bytes()
    path.write_bytes(before[:-100])
    said = build(three)
    assert made(said) == {"kent": {form}}
    assert reasons(said) == {"the file changed since it was built"}
    assert path.read_bytes() == before


def test_a_lost_manifest_costs_a_build_and_nothing_else(three: Workspace) -> None:
    before = files(three.path("outputs"))
    three.path("outputs/manifest.json").unlink()
    said = build(three)
    assert set(made(said)) == {"south-wales", "warwickshire", "kent", "south-wales (2019)"}
    assert reasons(said) == {"left by an unfinished build"}
    assert files(three.path("outputs")) == before


def another_library(folder: Path, name: str, version: str) -> dict[str, str]:
    """The environment in which a library passes for another version of itself."""
    info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    return {"PYTHONPATH": python_path(folder)}


@pytest.mark.parametrize(
    ("library", "formats"), [("weasyprint", {"pdf"}), ("lxml", {"docx"}), ("jinja2", set())], ids=str
)
def test_a_library_upgrade_makes_what_it_shapes(
    three: Workspace, tmp_path: Path, library: str, formats: set[str]
) -> None:
    env = another_library(tmp_path / "upgraded", library, "999.1")
    said = build(three, "kent", "warwickshire", env=env)
    assert made(said) == ({"kent": formats, "warwickshire": formats} if formats else {})
    assert all(library in reason and "→ 999.1" in reason for reason in reasons(said))
    # The manifest now knows the new version, and South Wales has yet to be made with it.
    said = build(three, env=env)
    assert reasons(said) == ({"a library changed"} if formats else set())
    assert made(build(three, env=env)) == {}


def test_a_change_of_the_tool_makes_everything(three: Workspace, tmp_path: Path) -> None:
    tool, env = copy_of_the_tool(tmp_path)
    with (tool / "render/text.py").open("a") as source:
        source.write("# a change\n")
    said = build(three, "kent", env=env)
    assert made(said) == {"kent": EVERY}
    assert reasons(said) == {"a library changed (letters itself)"}


def planted_manifests() -> dict[str, Callable[[str], str]]:
    def with_value(*keys: str, value: object) -> Callable[[str], str]:
        def spoil(text: str) -> str:
            data = json.loads(text)
            place = data
            for key in keys[:-1]:
                place = place[key]
            place[keys[-1]] = value
            return json.dumps(data)

        return spoil

    return {
        "empty": lambda _: "",
        "cut short": lambda text: text[: len(text) // 2],
        "a list": lambda _: "[]",
        "deep": lambda _: "[" * 100_000,
        "another format": with_value("format", value=0),
        "letters are a list": with_value("letters", value=[]),
        "a letter is a number": with_value("letters", f"{TYPE}/kent", value=3),
        "a record is a text": with_value("letters", f"{TYPE}/kent", "files", "pdf", value="x"),
        "pages are a text": with_value("letters", f"{TYPE}/kent", "pages", value="two"),
        "libraries are a list": with_value("tools", value=[]),
        "looks are a number": with_value("looks", value=1),
        "a look is missing": with_value("looks", TYPE, value={}),
        "a type is nothing": with_value("types", TYPE, value=None),
        "a force is a text": with_value("forces", "kent", value="x"),
        "letters of a force are a number": with_value("forces", "kent", "letters", value=5),
        "a fact of a force is a list": with_value("forces", "kent", "name", value=["x"]),
        "a digest is another": with_value("letters", f"{TYPE}/kent", "files", "pdf", "sha256", value="0" * 64),
    }


@pytest.mark.parametrize("spoil", planted_manifests().values(), ids=planted_manifests())
def test_a_manifest_that_cannot_be_used_counts_as_none(done: Workspace, tmp_path: Path, spoil: object) -> None:
    assert callable(spoil)
    (tmp_path / "manifest.json").write_text(spoil(done.read("outputs/manifest.json")))
    assert read_manifest(done.path("outputs")) != Manifest()
    assert read_manifest(tmp_path) == Manifest()


def test_a_build_goes_on_from_a_spoilt_manifest(three: Workspace) -> None:
    three.replace("outputs/manifest.json", '"pages": 2', '"pages": []')
    said = build(three)
    assert reasons(said) == {"left by an unfinished build"}
    assert made(build(three)) == {}


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
    assert build(three)["left_over"] == []


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
    assert said["waiting"] == [{"type": TYPE, "force": "warwickshire"}]
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


# -- promise 5: every force is attempted, and nothing of one letter is in another


def test_the_problems_of_one_letter_never_stop_the_others(workspace: Workspace) -> None:
    broken = {
        "avon-and-somerset": "name: [",
        "kent": "",
        "merseyside": "a: *b",
        "surrey": "name: Surrey Police\n",
        "wiltshire": "\0",
    }
    for slug, text in broken.items():
        workspace.write(f"forces/{slug}.yaml", text)
    ran = workspace.letters("build", "--format", "txt")
    assert ran.status == 1
    made_here = {path.stem for path in workspace.path(f"outputs/{TYPE}").iterdir()}
    assert made_here == {path.stem for path in workspace.path("forces").iterdir()} - broken.keys()
    assert len(made_here) == 38
    for slug in broken:
        assert f"forces/{slug}.yaml:" in ran.err
    assert "39 letters: 39 changed, 0 the same, 5 forces with problems. Next: mend" in ran.out


def names_of_others(workspace: Workspace, form: str) -> list[str]:
    names = {
        path.stem: path.read_text("utf-8").split("\nname: ")[1].split("\n")[0]
        for path in workspace.path("forces").iterdir()
    }
    assert len(set(names.values())) == len(names)
    found = []
    for path in sorted(workspace.path("outputs").glob(f"*-*/*.{form}")):
        reading = read(form, path.read_bytes())
        said = fold(" ".join([*reading.words, *(piece for page in reading.furniture for piece in page)]))
        assert names[path.stem] in said
        found += [f"{path.name}: {name}" for slug, name in names.items() if name in said and slug != path.stem]
    return found


@pytest.mark.parametrize("form", FORMATS)
def test_no_letter_names_another_force(built: Workspace, form: str) -> None:
    assert names_of_others(built, form) == []


def test_a_letter_that_names_another_force_would_be_found(three: Workspace) -> None:
    three.replace("forces/kent.yaml", "    stage: specimen", "    copied_to: [South Wales Police]\n    stage: specimen")
    build(three, "--format", "txt")
    assert names_of_others(three, "txt") == ["kent.txt: South Wales Police"]
