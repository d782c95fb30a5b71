"""What a workspace may ask of this machine: templates, outcomes and letters have bounds, and the rest goes on."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image

from conftest import ROOT, Workspace
from letters.batch import pipeline
from letters.batch.request import Request
from letters.compose import Composer
from letters.compose.bounds import Budget, TemplateError
from letters.machine.bounds import Bounds
from letters.machine.crew import Crew, End, Unfinished
from letters.proof.enumerate import MOST_PAIRS, enumerate_outcomes
from letters.proof.samples import sample
from letters.workspace.letter_types import load_letter_types
from letters.workspace.outcome import read
from letters.workspace.raw import load_yaml
from letters.workspace.schema import Checker
from letters.workspace.schema_bounds import too_much
from letters.workspace.source import Folder
from letters.workspace.validate import Validator
from support.builds import TYPE, build, files, lengthen, made, on_linux, reasons, start
from support.escapes import LETTER, problems_of, with_escape

pytestmark = pytest.mark.slow

# -- templates

_DEEP = "{% macro m0() %}{% endmacro %}" + "".join(
    f"{{% macro m{n + 1}() %}}{{% for a in t %}}{{% for b in t %}}{{{{ m{n}() }}}}{{% endfor %}}{{% endfor %}}"
    "{% endmacro %}"
    for n in range(4)
)
BEYOND = {
    "loops in loops that say nothing": ("E510", "{% set t = 'abcdefghij' %}" + _DEEP + "{{ m4() }}"),
    "a text put into itself": ("E510", "{% set a %}xxxx{% endset %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 40),
    "much text in a loop": (
        "E510",
        "{% set t = 'abcdefghij' %}{% for a in t %}{% for b in t %}" + ("and so on, " * 9 + "\n") * 101 + "{% endfor %}{% endfor %}",
    ),
    "lists of lists, compared": (
        "E510",
        "{% set a = ['x'] %}{% set b = ['x'] %}" + "{% set a = [a, a] %}{% set b = [b, b] %}" * 30 + "{{ 'x' if a == b else 'y' }}",
    ),
    "a list of long texts, joined": (
        "E511",
        "{% set a = 'xxxxxxxxxxx' %}" + "{% set a = [a, a, a, a, a, a, a, a, a, a] | all_of %}" * 12,
    ),
    "one line of many": (
        "E511",
        "{% set t = 'abcdefghijabcdefghijabcdefghij' %}{% for a in t %}{% for b in t %}" + "and so on, " * 9 + "{% endfor %}{% endfor %}",
    ),
    "a method by another name": ("E218", "{% set n = force.name %}{% set f = n.center %}{{ f(15000) }}"),
    "a method by its key": ("E218", "{% set n = force.name %}{% set f = n['ljust'] %}{{ f(15000) }}"),
    "a method in a macro": ("E218", "{% macro f(x) %}{{ x.zfill }}{% endmacro %}{{ f(force.name) }}"),
    "a loop that calls itself": ("E218", "{% for a in ['x'] recursive %}{{ loop(['x']) }}{% endfor %}"),
}  # fmt: skip


@pytest.mark.parametrize("name", BEYOND)
def test_a_template_that_goes_beyond_a_bound_is_told_with_its_line(name: str) -> None:
    code, planted = BEYOND[name]
    text, line = with_escape(LETTER, planted)
    found = problems_of(LETTER, text)
    assert [problem.code for problem in found] == [code]
    assert found[0].place.path == LETTER
    assert line <= found[0].place.line <= line + planted.count("\n")
    if code in ("E510", "E511"):
        assert any(digits in found[0].message for digits in ("1,000,000", "50,000"))


WITHIN = (
    "{% for a in ['x', 'y'] %}{% for b in (1, 2) %}\n\nA paragraph of some words, {{ a }} and {{ b }}.{% endfor %}{% endfor %}",
    "{% for a, b in [('x', 'y'), ('z', 'w')] if a != 'z' %}{{ a }}{{ b if not loop.last else '' }}{% endfor %}",
    "{% macro m(x) %}{{ x }}{% endmacro %}{% set n = m %}{{ n(force.name) }}",
    "{% for name in letter.copied_to %}{{ name }}{% else %}nobody{% endfor %}",
    "{% set names = ['a', 'b'] %}{{ names | all_of }}",
)  # fmt: skip


@pytest.mark.parametrize("planted", WITHIN)
def test_what_letters_do_stays_within_the_bounds(planted: str) -> None:
    text, _ = with_escape(LETTER, planted)
    assert problems_of(LETTER, text) == []


@pytest.mark.parametrize(
    "planted", ["{% set a = 'x' ~ 'y' %}", "{% set a = 'x' * 2 %}", "{% include 'forces/kent.yaml' %}"]
)
def test_what_nobody_inspected_is_not_carried_out_either(planted: str) -> None:
    """A review composes letters of earlier states from the templates that were kept with them."""
    text, _ = with_escape(LETTER, planted)
    source: Mapping[str, bytes] = {**Folder(ROOT), LETTER: text.encode()}
    types, _ = load_letter_types(source)
    force, _ = Validator(types).force("kent", load_yaml(source, "forces/kent.yaml"))
    assert force
    assert Composer(source).compose_anyway(types[TYPE], force) is None


def test_time_is_looked_at_between_steps() -> None:
    budget = Budget(steps=10**9, seconds=0)
    budget.spend(1_000)
    with pytest.raises(TemplateError, match="takes more than 0 seconds") as told:
        budget.spend(10_000)
    assert told.value.code == "E512"


def test_a_line_without_end_is_no_line_of_words(small: Workspace) -> None:
    small.write("forces/kent.yaml", small.read("forces/kent.yaml") + "# " + "x" * 20_000 + "\n")
    ran = small.letters("check")
    assert ran.status == 1
    assert "a line of more than 10,000 characters [E101]" in ran.err


# -- outcomes


def fields(**properties: object) -> dict[str, object]:
    return {"type": "object", "properties": properties}


ENDLESS: dict[str, tuple[str, dict[str, object]]] = {
    "to itself": ("$defs/a/$ref", {**fields(x={"$ref": "#/$defs/a"}), "$defs": {"a": {"$ref": "#/$defs/a"}}}),
    "to the whole": ("properties/x/$ref", fields(x={"$ref": "#"})),
    "in its own list": ("properties/x/items/$ref", fields(x={"type": "array", "items": {"$ref": "#/properties/x"}})),
    "in turns": (
        "$defs/b/$ref",
        {
            **fields(x={"$ref": "#/$defs/a"}),
            "$defs": {"a": {"allOf": [{"$ref": "#/$defs/b"}]}, "b": {"$ref": "#/$defs/a"}},
        },
    ),
    "in an object of its own": (
        "$defs/a/properties/more/$ref",
        {**fields(x={"$ref": "#/$defs/a"}), "$defs": {"a": fields(more={"$ref": "#/$defs/a"})}},
    ),
    "that moves": ("properties/x/$dynamicRef", fields(x={"$dynamicRef": "#node"})),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_a_reference_that_has_no_end_is_told_where_it_stands(name: str) -> None:
    where, schema = ENDLESS[name]
    found = too_much(schema)
    assert found
    assert (found.code, "/".join(map(str, found.path))) == ("E516", where)


def test_references_that_double_are_counted_and_not_followed() -> None:
    doubling = {f"a{n}": {"allOf": [{"$ref": f"#/$defs/a{n + 1}"}, {"$ref": f"#/$defs/a{n + 1}"}]} for n in range(40)}
    schema = {**fields(x={"$ref": "#/$defs/a0"}), "$defs": {**doubling, "a40": {"type": "string"}}}
    found = too_much(schema)
    assert found
    assert found.code == "E517"


def test_the_shipped_schemas_and_sound_references_are_not_too_much() -> None:
    for path, data in Folder(ROOT).items():
        if path.endswith("outcome.yaml"):
            assert data
            assert too_much(load_yaml(Folder(ROOT), path).data) is None
    shared = {"$id": "https://example.org/outcome", **fields(a={"$ref": "#/$defs/x"}, b={"$ref": "#/$defs/x"})}
    assert too_much({**shared, "$defs": {"x": {"enum": ["1", "2"]}}}) is None


def test_the_command_line_says_where_a_schema_has_no_end(small: Workspace) -> None:
    small.replace(f"templates/{TYPE}/outcome.yaml", "\n$defs:\n", '\n$defs:\n  loop:\n    $ref: "#/$defs/loop"\n')
    ran = small.letters("check")
    assert ran.status == 1
    assert f"templates/{TYPE}/outcome.yaml:" in ran.err
    assert "'#/$defs/loop' leads back to itself, so that an outcome would never end [E516]" in ran.err


def test_outcomes_are_counted_before_they_are_listed() -> None:
    inside = enumerate_outcomes(fields(x=fields(**{f"f{n}": {"type": "boolean"} for n in range(30)})))
    assert (inside.combinations, inside.complete) == (3**30 + 1, False)
    assert 0 < len(inside.outcomes) < 100
    many = {f"f{n}": {"enum": ["a", "b", "c", "d", "e"]} for n in range(100)}
    wide = enumerate_outcomes(fields(**many))
    assert (wide.combinations, wide.complete, wide.by_pairs) == (6**100, False, False)
    for name, part in many.items():
        assert {outcome.get(name) for outcome in wide.outcomes} == {*part["enum"], None}
    assert MOST_PAIRS < 36 * 4950


def test_samples_and_patterns_stay_small() -> None:
    long = fields(x={"type": "string", "minLength": 10**9})
    assert sample(long, read(long).at(("x",))) is None
    grows = fields(x={"type": "string", "pattern": "^((((a{99}){99}){99}){99})$"})
    assert len(str(sample(grows, read(grows).at(("x",))))) < 100_000
    assert not Checker({"type": "string", "pattern": "^(?=a)(a|aa)+$"}).fits("a" * 3_000 + "b")


# -- work in processes


def _do(what: str) -> str:
    match what:
        case "hang in C":  # and hold Python's own lock, so that no thread of the process can end it
            ctypes.PyDLL(None).pause()
        case "work in C":
            while True:
                pass
        case "swell":
            bytes(2**40)
        case "crash":
            os.abort()
        case "be killed":
            os.kill(os.getpid(), signal.SIGKILL)
    return f"{what}: done"


def test_work_that_does_not_end_well_is_told_and_the_rest_is_done() -> None:
    work = ["a", "hang in C", "b", "swell", "c", "crash", "d", "be killed", "e", "work in C", "f"]
    with Crew(_do, Bounds(0.1, 512 * 1024**2)) as crew:
        crew.hire(2)
        found = dict(crew.do(work))
    ends = {what: result.end for what, result in found.items() if isinstance(result, Unfinished)}
    assert ends == {
        "hang in C": End.TIME,
        "work in C": End.TIME,
        "swell": End.MEMORY,
        "crash": End.CRASH,
        "be killed": End.LOST,
    }
    assert {what for what, result in found.items() if result == f"{what}: done"} == {*"abcdef"}


# -- a letter that takes too long

#: Seconds of the processor: a letter takes a tenth of it, the long one ten times as many.
LIMIT = "1.2"


@pytest.mark.parametrize(
    ("forces", "jobs"),
    [(3, "2"), (3, "1"), (12, "2")],
    ids=["lanes", "one job", "workers"],
)
def test_a_letter_over_its_time_is_told_and_the_others_are_made(workspace: Workspace, forces: int, jobs: str) -> None:
    slugs = sorted(file.stem for file in workspace.path("forces").glob("*.yaml"))
    workspace.keep_forces("south-wales", *slugs[: forces - 1])
    lengthen(workspace)
    ran = workspace.letters("build", "--time-limit", LIMIT, "--jobs", jobs, "--format", "pdf,txt")
    assert ran.status == 1
    assert f"outputs/pcc-response-2019/south-wales.pdf: takes more than {LIMIT} seconds" in ran.err
    assert "[E513]" in ran.err
    assert "letters build --time-limit 6" in ran.err
    assert "Traceback" not in ran.err
    there = {path.rpartition("/")[2] for path in files(workspace.path("outputs")) if path.startswith(TYPE)}
    assert there == {f"{slug}.{form}" for slug in ("south-wales", *slugs[: forces - 1]) for form in ("pdf", "txt")}
    assert not workspace.path("outputs/pcc-response-2019").exists()


def test_with_more_time_the_long_letter_is_made(small: Workspace) -> None:
    lengthen(small, 40)
    assert build(small, "--time-limit", "0.01", "--format", "pdf")["problems"]
    said = build(small, "--format", "pdf")
    assert said["problems"] == []
    assert made(said)["south-wales (2019)"] == {"pdf"}
    assert reasons(build(small, "--format", "pdf")) == set()


@on_linux
def test_a_letter_over_its_memory_is_told_and_the_others_are_made(small: Workspace) -> None:
    """Its picture is a small file, and 144 MB once it is unpacked."""
    Image.new("RGBA", (6000, 6000), (0, 0, 0, 1)).save(small.path("templates/pcc-response-2019/chart.png"))
    letter = "templates/pcc-response-2019/letter.md"
    small.write(letter, small.read(letter) + "\n::: {.figure}\n![A chart](chart.png)\n:::\n")
    request = Request(small.root, small.path("outputs"), formats=("pdf",), bounds=Bounds(memory=160 * 1024**2))
    [problem] = pipeline.build(request, lambda *_: None).problems
    assert (problem.code, problem.place.path) == ("E514", "outputs/pcc-response-2019/south-wales.pdf")
    assert "than the 160 MB that a letter may" in problem.message
    assert {path for path in files(small.path("outputs")) if path.endswith(".pdf")} == {
        f"{TYPE}/{slug}.pdf" for slug in ("kent", "south-wales", "warwickshire")
    }


@on_linux
def test_a_library_that_crashes_over_a_letter_is_told_and_the_others_are_made(small: Workspace) -> None:
    """It ends its process as a library in C does: just after the first letter, in the second or between two."""
    others = multiprocessing.active_children()

    def crash(done: int, _: int) -> None:
        for process in multiprocessing.active_children() if done == 1 else ():
            if process not in others and process.pid:
                os.kill(process.pid, signal.SIGABRT)

    result = pipeline.build(Request(small.root, small.path("outputs"), formats=("txt",)), crash)
    [problem] = result.problems
    assert problem.code == "E515"
    there = {path for path in files(small.path("outputs")) if path.endswith(".txt")}
    assert len(there) == 3
    assert problem.place.path.removeprefix("outputs/") in {step.wanted.path for step in result.steps} - there


# -- what is around


def test_variables_that_libraries_heed_change_no_page(small: Workspace, tmp_path: Path) -> None:
    build(small, "kent", "--format", "pdf")
    plain = small.path(f"outputs/{TYPE}/kent.pdf").read_bytes()
    swaying = {
        "HB_SHAPER_LIST": "fallback",
        "PANGO_LANGUAGE": "he",
        "FC_LANG": "ja",
        "FREETYPE_PROPERTIES": "truetype:interpreter-version=35",
        "SOURCE_DATE_EPOCH": "1",
        "FONTCONFIG_PATH": str(tmp_path),
        "G_DEBUG": "fatal-warnings",
    }
    out = tmp_path / "out"
    ran = small.letters("build", "kent", "--format", "pdf", "--out", str(out), env=swaying)
    assert ran.status == 0, ran.err
    assert (out / f"{TYPE}/kent.pdf").read_bytes() == plain


def temporary(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir())


@on_linux
def test_temporary_files_go_with_the_run_and_those_of_a_killed_one_with_the_next(
    small: Workspace, tmp_path: Path
) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    env = {"TMPDIR": str(place)}
    assert small.letters("build", "kent", "--format", "pdf", env=env).status == 0
    assert temporary(place) == []
    building = start(small, "build", "--format", "pdf", env=env)
    patience = time.monotonic() + 60
    while not any(place.rglob("this-folder-is-of-letters")) and time.monotonic() < patience:
        time.sleep(0.002)
    os.killpg(building.pid, signal.SIGKILL)
    building.communicate()
    left = temporary(place)
    assert len(left) == 1
    for foreign in ("letters-run-of-somebody", "weasyprint-abc"):
        (place / foreign).mkdir()
    (place / "letters-run-link").symlink_to(tmp_path)
    assert small.letters("build", "--format", "pdf", env=env).status == 0
    assert temporary(place) == ["letters-run-link", "letters-run-of-somebody", "weasyprint-abc"]
