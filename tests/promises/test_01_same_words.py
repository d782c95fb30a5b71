"""Promise 1: a rendition that does not say the letter's words is not written, and its letter is stopped."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from conftest import ROOT, Workspace, copy_workspace
from letters.batch.formats import FORMATS
from letters.machine.archive import read_members, write_members
from support.builds import TYPE, build, copy, copy_of_the_tool, files, made

pytestmark = pytest.mark.slow

CSS = "templates/letterheads/hmicfrs/letter.css"
STYLES = "templates/letterheads/hmicfrs/styles.docx"
REPLY = "outputs/pcc-response-2019/south-wales"


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Two forces with three letters of two letterheads, built; not to be changed."""
    workspace = copy_workspace(tmp_path_factory.mktemp("done") / "workspace")
    workspace.keep_forces("south-wales", "kent")
    build(workspace)
    return workspace


@pytest.fixture
def three(done: Workspace, tmp_path: Path) -> Workspace:
    """The same, in a folder of the test's own; every letter's words have changed."""
    workspace = copy(done, tmp_path / "workspace")
    workspace.replace(f"templates/{TYPE}/letter.md", "If you have any queries", "If you have questions")
    workspace.replace("templates/pcc-response-2019/letter.md", "Dear {{ letter.salutation }},", "Dear Minister,")
    return workspace


def stops_the_letters_of_that_letterhead(
    workspace: Workspace, *formats: str, jobs: str = "2", env: dict[str, str] | None = None, status: int = 1
) -> str:
    """Build; both letters of the one letterhead must stay as they were, and that of the other be built."""
    before = files(workspace.path("outputs"))
    ran = workspace.letters("build", "--format", ",".join(formats), "--jobs", jobs, env=env)
    assert ran.status == status, ran.out + ran.err
    assert "Traceback" not in ran.err
    after = files(workspace.path("outputs"))
    changed = {path for path in after if after[path] != before[path]} - {"manifest.json"}
    reply = {f"pcc-response-2019/south-wales.{form}" for form in formats}
    as_made = {f".sealed/{path}" for path in reply if path.endswith(".docx")}
    assert changed == reply | as_made | {"composed/pcc-response-2019/south-wales.json"}
    assert "3 letters: 1 changed, 0 the same, 2 not made. Next: mend what is said above" in ran.out
    return ran.err


SHEETS = {
    "hides a paragraph": ".salutation { display: none }",
    "adds a word": ".salutation p::after { content: ' and others' }",
    "adds a paragraph": ".salutation::before { display: block; content: 'By hand' }",
    "adds a counter": ".body { counter-reset: n } .body p::before { counter-increment: n; content: counter(n) '. ' }",
    "speaks in capitals": ".salutation { text-transform: uppercase }",
    "hides the stage": ".stage, .stage-mark { display: none }",
    "hides the foot": ".foot { display: none }",
    "hides the subject": "h1 { display: none }",
}


@pytest.mark.parametrize("css", SHEETS)
def test_a_style_sheet_that_changes_words_is_a_problem_before_any_letter_is_made(three: Workspace, css: str) -> None:
    three.write(CSS, f"{three.read(CSS)}\n{SHEETS[css]}\n")
    line = three.read(CSS).splitlines().index(SHEETS[css]) + 1
    before = files(three.path("outputs"))
    ran = three.letters("build", "--format", "pdf,html")
    assert ran.status == 1
    assert f"{CSS}:{line}:" in ran.err
    assert "not allowed" in ran.err
    after = files(three.path("outputs"))
    assert {path for path in after if TYPE in path and after[path] != before[path]} == set()
    assert {path for path in after if path.endswith("south-wales.html") and after[path] != before[path]}


#: Each word by itself may be set so; together, nobody can read them.
UNREADABLE = {
    "in white": ".salutation { color: #fff }",
    "on black": ".salutation { background: #000 }",
    "in small type": ".salutation { font-size: 0.6em } .salutation p { font-size: 0.6em; line-height: 1 }",
}


@pytest.mark.parametrize("css", UNREADABLE)
def test_a_style_sheet_with_which_words_cannot_be_read_stops_the_letters(three: Workspace, css: str) -> None:
    three.write(CSS, f"{three.read(CSS)}\n{UNREADABLE[css]}\n")
    form = "html" if css == "in small type" else "pdf"
    said = stops_the_letters_of_that_letterhead(three, form, "txt")
    assert f"outputs/{TYPE}/kent.{form}: does not say what the letter says: " in said
    assert "left as they are: the files of kent" in said
    assert f"was {CSS} edited?" in said
    checked = three.letters("check")
    assert checked.status == 1
    assert "'Dear Chief Constable'" in checked.err
    assert f"{CSS}:{len(three.read(CSS).splitlines())}:" in checked.err


@pytest.mark.parametrize("force", ["kent", "south-wales"])
def test_a_check_of_any_of_these_letters_tells_it(three: Workspace, force: str) -> None:
    three.write(CSS, f"{three.read(CSS)}\n{UNREADABLE['in white']}\n")
    ran = three.letters("check", force)
    assert ran.status == 1
    assert ran.err.count("[E522]") == 1
    assert "(in the letter to Kent Police and 1 more)" in ran.err


def test_once_the_style_sheet_is_mended_what_was_left_undone_is_made(three: Workspace) -> None:
    three.write(CSS, f"{three.read(CSS)}\n{UNREADABLE['in white']}\n")
    stops_the_letters_of_that_letterhead(three, *FORMATS)
    shutil.copy(ROOT / CSS, three.path(CSS))
    assert made(build(three)) == {"kent": set(FORMATS), "south-wales": set(FORMATS)}


def test_in_one_process_or_several_the_same_is_said(three: Workspace, tmp_path: Path) -> None:
    three.write(CSS, f"{three.read(CSS)}\n{UNREADABLE['in white']}\n")
    copies = [copy(three, tmp_path / jobs) for jobs in ("1", "2")]
    said = [stops_the_letters_of_that_letterhead(copied, *FORMATS, jobs=copied.root.name) for copied in copies]
    assert said[0] == said[1]
    assert "'Dear Chief Constable'" in said[0]


def test_one_letter_that_differs_stops_alone(three: Workspace) -> None:
    """A sheet that hides what stands in one letter only: the line of a second addressee's name."""
    three.write(CSS, f"{three.read(CSS)}\n.copied-to p + p + p {{ color: #fff }}\n")
    three.replace("forces/kent.yaml", "    stage: specimen", "    copied_to: [One, Two, Three]\n    stage: specimen")
    before = files(three.path("outputs"))
    ran = three.letters("build", "--json")
    said = json.loads(ran.out)
    assert ran.status == 1
    stops = [problem for problem in said["problems"] if problem["severity"] == "error"]
    assert [(problem["code"], problem["path"]) for problem in stops] == [
        ("E304", f"outputs/{TYPE}/kent.pdf"),
        ("E304", f"outputs/{TYPE}/kent.html"),
    ]
    assert set(made(said)) == {"south-wales", "south-wales (2019)"}
    after = files(three.path("outputs"))
    assert {path for path in before if "kent" in path and before[path] != after[path]} == set()


def test_a_sheet_that_cannot_be_used_is_a_problem_of_the_sheet(three: Workspace) -> None:
    three.write(CSS, f"{three.read(CSS)}\n.salutation {{ background: url(nothing.png) }}\n")
    before = files(three.path("outputs"))
    ran = three.letters("build")
    assert ran.status == 1
    assert f"{CSS}:{len(three.read(CSS).splitlines())}:15: background cannot be 'url(nothing.png)' here" in ran.err
    assert ran.err.count("[E520]") == 1, "one problem, however many letters it met"
    after = files(three.path("outputs"))
    changed = {path.partition("/")[0] for path in after if after[path] != before[path]}
    assert changed == {"pcc-response-2019", ".sealed", "composed", "manifest.json"}


FAULTS = {
    "loses": "parts = tuple(part for part in letter.parts if part.name != 'salutation')",
    "reorders": "parts = letter.parts[::-1]",
}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_renderer_that_changes_words_stops_the_letters(
    three: Workspace, tmp_path: Path, form: str, fault: str
) -> None:
    plant = f"""
    from dataclasses import replace
    {FAULTS[fault]}
    if letter.letterhead == "hmicfrs":
        letter = replace(letter, parts=parts)
"""
    env = planted(tmp_path, form, plant)
    said = stops_the_letters_of_that_letterhead(three, form, "txt" if form == "html" else "html", env=env, status=3)
    assert f"outputs/{TYPE}/kent.{form}: does not say what the letter says: " in said


@pytest.mark.parametrize("form", FORMATS)
def test_a_renderer_that_stumbles_over_some_letters_stops_those_alone(
    three: Workspace, tmp_path: Path, form: str
) -> None:
    env = planted(tmp_path, form, '    if letter.letterhead == "hmicfrs":\n        raise KeyError("planted")\n')
    said = stops_the_letters_of_that_letterhead(three, form, "txt" if form == "html" else "html", env=env, status=3)
    assert (
        f"outputs/{TYPE}/kent.{form}: could not be made: KeyError: 'planted', at {FORMATS[form].renderer}.py:" in said
    )
    assert said.count("[E306]") == 1


def planted(folder: Path, form: str, plant: str) -> dict[str, str]:
    """The environment of a tool that has a fault planted in the beginning of a renderer."""
    tool, env = copy_of_the_tool(folder)
    source = tool / f"render/{FORMATS[form].renderer}.py"
    wrapped = f"_sound = render\ndef render(letter, style):\n{plant}\n    return _sound(letter, style)\n"
    source.write_text(f"{source.read_text('utf-8')}\n{wrapped}", "utf-8")
    return env


def restyled(workspace: Workspace, member: str, old: str, new: str) -> None:
    members = read_members(workspace.path(STYLES).read_bytes())
    text = members[member].decode()
    assert old in text
    workspace.path(STYLES).write_bytes(write_members({**members, member: text.replace(old, new).encode()}))


def test_styles_without_one_that_is_needed_are_a_problem(three: Workspace) -> None:
    restyled(three, "word/styles.xml", 'w:val="Salutation"', 'w:val="Greeting"')
    ran = three.letters("build")
    assert ran.status == 1
    said = f"{STYLES}: the style 'Salutation' is missing [E216]"
    assert said in ran.err
    assert ran.err.count("[E216]") == 1
    assert said in three.letters("check").err


@pytest.mark.parametrize(("look", "does"), [("<w:vanish/>", "hides"), ("<w:caps/>", "shows its words in capitals")])
def test_styles_that_hide_or_change_words_stop_the_letters(three: Workspace, look: str, does: str) -> None:
    begins = (
        '<w:style w:type="paragraph" w:styleId="Salutation"><w:name w:val="Salutation"/><w:basedOn w:val="Normal"/>'
    )
    restyled(three, "word/styles.xml", begins, begins.replace("Normal", "Greeting"))
    greeting = f"""<w:style w:type="paragraph" w:styleId="Greeting"><w:name w:val="Greeting"/>
        <w:basedOn w:val="Normal"/><w:rPr>{look}</w:rPr></w:style>"""
    restyled(three, "word/styles.xml", "</w:styles>", f"{greeting}</w:styles>")
    before = files(three.path("outputs"))
    ran = three.letters("build")
    assert ran.status == 1
    assert f"{STYLES}: 'Greeting' {does}" in ran.err
    assert ran.err.count("[E523]") == 1
    after = files(three.path("outputs"))
    assert {path for path in before if before[path] != after[path] and TYPE in path} == set()


@pytest.mark.parametrize("spoil", ["cut short", "no Word document", "no styles"])
def test_styles_that_cannot_be_used_are_a_problem(three: Workspace, spoil: str) -> None:
    data = three.path(STYLES).read_bytes()
    members = read_members(data)
    spoilt = {
        "cut short": data[:-200],
        "no Word document": write_members({"a.txt": b"text"}),
        "no styles": write_members({name: text for name, text in members.items() if name != "word/styles.xml"}),
    }
    three.path(STYLES).write_bytes(spoilt[spoil])
    before = files(three.path("outputs"))
    ran = three.letters("build")
    assert ran.status in (1, 3)
    assert STYLES in ran.err
    assert "Traceback" not in ran.err
    after = files(three.path("outputs"))
    assert {path for path in before if before[path] != after[path] and TYPE in path} == set()
    assert after["pcc-response-2019/south-wales.docx"] != before["pcc-response-2019/south-wales.docx"]
