"""Promise 4: content decides what is built again, not time stamps; the reason is said."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.shared import Pt

from conftest import Workspace
from letters.batch.formats import FORMATS
from letters.batch.manifest import Manifest, read_manifest
from letters.letter import normalise
from support.builds import (
    KENT,
    TYPE,
    build,
    copy,
    copy_of_the_tool,
    files,
    made,
    python_path,
    reasons,
    stamps,
)

pytestmark = pytest.mark.slow

EVERY = set(FORMATS)
CSS = "templates/letterheads/hmicfrs/letter.css"
STYLES = "templates/letterheads/hmicfrs/styles.docx"
WORDING = f"templates/{TYPE}/wording.yaml"


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
        text = normalise(" ".join(FORMATS[form].read(after[f"{TYPE}/kent.{form}"]).words))
        assert "a review of the capability and capacity of your counter-corruption unit was included" in text.lower()


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
def test_a_manifest_that_cannot_be_used_counts_as_none(three_built: Workspace, tmp_path: Path, spoil: object) -> None:
    assert callable(spoil)
    (tmp_path / "manifest.json").write_text(spoil(three_built.read("outputs/manifest.json")))
    assert read_manifest(three_built.path("outputs")) != Manifest()
    assert read_manifest(tmp_path) == Manifest()


def test_a_build_goes_on_from_a_spoilt_manifest(three: Workspace) -> None:
    three.replace("outputs/manifest.json", '"pages": 2', '"pages": []')
    said = build(three)
    assert reasons(said) == {"left by an unfinished build"}
    assert made(build(three)) == {}
