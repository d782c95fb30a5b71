"""Who letters go to is what recipient.yaml says: its facts print as an outcome's, and its word is that of messages."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, Workspace
from letters.batch.inputs import Inputs
from letters.letter import FORCE_WORD, Stage, stage_mark, stage_marked, words
from letters.proof.sample_forces import other_forces, sample_force, sample_forces
from letters.workspace.editor import force_schema, new_force
from letters.workspace.forces import slug_of
from letters.workspace.raw import load_yaml
from letters.workspace.recipient import load_recipient, shipped
from letters.workspace.schema import Checker
from letters.workspace.source import RECIPIENT, Folder, Source
from support.documents import document, fenced

FIRE = ROOT / "src/letters/samples/fire"
TYPE = "protection-review-2026"
#: What a workspace of fire services has no use for.
OF_POLICE = re.compile(r"police|policing|constab|chief[ _]officer|commissioner|hmic", re.IGNORECASE)

# -- the facts

HOUSES = """\
word: {one: house, many: houses}
type: object
required: [name, opened, rooms, kind]
properties:
  name: {type: string, suggest: "{area} House"}
  opened: {type: string, format: date}
  rooms: {type: number}
  kind:
    oneOf: [{const: by_river, title: by the river}, {const: on_hill, title: on the hill}]
  doors: {type: array, items: {type: string}, in_letters: true}
  about: {type: string, contentMediaType: text/markdown}
  keeper: {type: object, in_letters: true, required: [name], properties: {name: {type: string}}}
allOf:
  - description: a house on the hill says who keeps it
    if: {properties: {kind: {const: on_hill}}}
    then: {required: [keeper]}
"""
HOUSE = """\
name: Mill House
opened: 1911-05-02
rooms: 12.50
kind: by_river
doors: [the red one, the blue one]
about: It is *old*.
letters:
  note:
    stage: draft
    cleaned: yes
"""
NOTE = """\
{{ force.name }} opened on {{ force.opened | long_date }} {{ force.kind.title }}, with {{ force.rooms }} rooms.

{% if force.doors %}
Its doors are {{ force.doors | all_of }}.
{% endif %}

{% if force.about %}
{{ force.about }}
{% endif %}

{% if force.keeper %}
{{ force.keeper.name }} keeps it.
{% endif %}

{% if outcome.cleaned == 'yes' %}It is clean.{% else %}It is not clean.{% endif %}
"""


def houses(house: str = HOUSE, recipient: str = HOUSES, note: str = NOTE) -> Source:
    """A workspace of houses, in memory."""
    files = {
        RECIPIENT: recipient,
        "forces/mill.yaml": house,
        "templates/note/letter.yaml": "title: A note\ndate: 2026-01-05\nletterhead: plain\nexpected: all\n",
        "templates/note/outcome.yaml": "properties: {cleaned: {enum: ['yes', 'no']}}\n",
        "templates/note/letter.md": note,
        "templates/letterheads/plain/letterhead.md": "::: {.sender}\nThe Keeper of Houses\n:::\n",
    }
    return {path: text.encode() for path, text in files.items()}


def said(there: Source) -> tuple[tuple[str, ...], list[str]]:
    """The words of the note to the mill, and the problems on the way to it."""
    inputs = Inputs(there)
    file = inputs.file("mill")
    problems = [*inputs.recipient_problems, *inputs.type_problems, *file.problems]
    problems += inputs.composer.template_problems(inputs.types["note"])
    letter = None
    if file.force and "note" in file.force.letters:
        letter, more = inputs.composer.compose(inputs.types["note"], file.force, file.place_of)
        problems += more
    return (words(letter)[1:] if letter else ()), [f"{one.code} {one.place.path}:{one.place.line}" for one in problems]


def test_facts_print_as_those_of_an_outcome_do() -> None:
    assert said(houses()) == (
        (
            "Mill House opened on 2 May 1911 by the river, with 12.50 rooms.",
            "Its doors are the red one and the blue one.",
            "It is old.",
            "It is clean.",
        ),
        [],
    )


def test_a_letter_says_a_fact_otherwise_where_the_workspace_lets_it() -> None:
    own = HOUSE + "    doors: [the green one]\n    keeper: {name: Jo Miller}\n"
    texts, problems = said(houses(own))
    assert problems == []
    assert texts[1:4] == ("Its doors are the green one.", "It is old.", "Jo Miller keeps it.")
    _, problems = said(houses(HOUSE + "    rooms: 3\n"))
    assert problems == ["E105 forces/mill.yaml:11"]
    unused = NOTE.replace("force.keeper", "force.doors").replace("force.doors.name", "force.name")
    assert "E116 forces/mill.yaml:11" in said(houses(HOUSE + "    keeper: {name: Jo}\n", note=unused))[1]


@pytest.mark.parametrize(
    ("house", "problem"),
    [
        (HOUSE.replace("1911-05-02", "1911-02-30"), "E108 forces/mill.yaml:2"),
        (HOUSE.replace("12.50", "many"), "E107 forces/mill.yaml:3"),
        (HOUSE.replace("by_river", "by_sea"), "E104 forces/mill.yaml:4"),
        (HOUSE.replace("by_river", "on_hill"), "E114 forces/mill.yaml:1"),
        (HOUSE.replace("doors:", "dors:"), "E105 forces/mill.yaml:5"),
        (HOUSE.replace("the red one", "TBC"), "E123 forces/mill.yaml:5"),
        (HOUSE.replace("It is *old*.", "It is<br>old."), "E205 forces/mill.yaml:6"),
        (HOUSE.replace("rooms: 12.50\n", ""), "E106 forces/mill.yaml:1"),
    ],
)
def test_facts_are_held_against_what_the_workspace_says(house: str, problem: str) -> None:
    assert said(houses(house))[1] == [problem]


PEOPLE = """\
required: [name]
properties:
  name: {type: string}
  chair: {type: object, required: [name], properties: {name: {type: string}, age: {type: number}}}
  posts: {type: array, items: {type: object, properties: {post: {type: string}}}}
  other: {anyOf: [{const: none}, {type: object, properties: {who: {type: string}}}]}
  head: {$ref: "#/$defs/person", description: Who heads it, required: [since]}
  free: {type: object, additionalProperties: true, properties: {name: {type: string}}}
  loose: {type: object}
$defs:
  person: {type: object, properties: {full: {type: string}}}
"""


@pytest.mark.parametrize(
    ("facts", "problems"),
    [
        ("chair: {name: Jo, aeg: 4}", ["E105"]),
        ("chair: {nmae: Jo}", ["E105"]),
        ("posts: [{post: a}, {psot: b}]", ["E105"]),
        ("other: {hwo: Jo}", ["E105"]),
        ("other: none", []),
        ("head: {full: Jo, since: 2001, fulll: Jo}", ["E105"]),
        ("head: {full: Jo, since: 2001}", []),
        ("free: {name: Jo, anything: else}", []),
        ("loose: {anything: else}", []),
    ],
)
def test_a_key_inside_a_fact_or_an_answer_that_is_not_listed_is_told(facts: str, problems: list[str]) -> None:
    there = houses(f"name: Mill House\n{facts}\n", PEOPLE, "# {{ letter.title }}\n")
    file = Inputs(there).file("mill")
    assert [str(one.code) for one in file.problems] == problems
    assert _fits(Inputs(there), load_yaml(there, "forces/mill.yaml").data) is (problems == [])
    outcome = PEOPLE.replace("required: [name]\n", "").encode()
    house = f"name: Mill House\nletters:\n  note:\n    stage: draft\n    name: Jo\n    {facts}\n".encode()
    answered = Inputs({**there, "templates/note/outcome.yaml": outcome, "forces/mill.yaml": house})
    assert [str(one.code) for one in answered.file("mill").problems] == problems


def _fits(inputs: Inputs, facts: object) -> bool:
    """Whether editors take these facts."""
    assert inputs.recipient is not None
    return Checker(force_schema(inputs.types, inputs.recipient)).fits(facts)


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("{{ force.kind }}", "E121"),
        ("{{ force.opened }}", "E211"),
        ("{{ force.chief_officer.rank }}", "E203"),
        ("{{ force.kind.titel }}", "E203"),
        ("{% if force.kind == 'by_sea' %}By the sea.{% endif %}", "E208"),
    ],
)
def test_templates_are_held_against_them_too(written: str, problem: str) -> None:
    assert f"{problem} templates/note/letter.md:1" in said(houses(note=f"A word: {written}\n\n{NOTE}"))[1]


def test_a_rule_of_the_workspace_holds_for_the_made_up_ones_of_the_proof() -> None:
    recipient, problems = load_recipient(houses())
    assert recipient
    assert problems == []
    nobody = sample_force(recipient)
    assert nobody
    assert nobody.name == "Anyshire House"
    assert "keeper" not in nobody.facts
    assert {str(force.facts["kind"]) for force in sample_forces(recipient)} == {"by_river", "on_hill"}
    without = [force for force in other_forces(recipient) if "keeper" not in force.facts]
    assert without
    assert all(force.facts["kind"] == "by_river" for force in without)


# -- the shape that ships


def test_the_shape_that_ships_is_sound_and_what_police_forces_have_always_been() -> None:
    text = (ROOT / "src/letters/workspace/schemas" / RECIPIENT).read_bytes()
    recipient, problems = load_recipient({RECIPIENT: text})
    assert problems == []
    assert recipient == shipped()
    assert recipient.word.one == FORCE_WORD
    assert recipient.in_letters == ("chief_officer", "local_policing_body")
    nobody = sample_force(recipient)
    assert nobody
    assert nobody.facts == {
        "name": "Anyshire Police",
        "country": "Wales",
        "chief_officer": {"rank": "Chief Constable"},
        "local_policing_body": {
            "title": "Police and Crime Commissioner for Anyshire",
            "short_title": "Police and Crime Commissioner",
        },
    }


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("West Mercia Police", "west-mercia"),
        ("Metropolitan Police Service", "metropolitan"),
        ("Gwent Constabulary", "gwent"),
        ("Police", "police"),
        ("Kent Police Federation", "kent-police-federation"),
    ],
)
def test_the_name_of_a_file_leaves_out_what_all_names_have(name: str, slug: str) -> None:
    assert slug_of(name, shipped().behind_area) == slug


def test_a_new_file_begins_with_its_name() -> None:
    properties = b"{post: {type: string, suggest: Chief Officer}, name: {type: string, suggest: '{area} Service'}}"
    recipient, _ = load_recipient({RECIPIENT: b"type: object\nrequired: [post, name]\nproperties: " + properties})
    assert recipient
    lines = new_force("kent", {}, recipient).splitlines()
    assert lines[1:3] == [
        "name: Kent Service    # check: this is a suggestion",
        "post: Chief Officer    # check: this is a suggestion",
    ]


@given(st.from_regex(r"[a-z]{1,9}(-(and|of|[a-z]{2,9})){0,3}", fullmatch=True))
def test_every_new_file_is_yaml_with_what_is_suggested(slug: str) -> None:
    fire, _ = load_recipient(Folder(FIRE))
    assert fire
    for recipient in (shipped(), fire):
        data = load_yaml({"x.yaml": new_force(slug, {}, recipient).encode()}, "x.yaml").data
        assert isinstance(data, dict)
        assert slug_of(str(data["name"]), recipient.behind_area) == slug
        assert set(data) == {name for name, field in recipient.facts.fields.items() if field.required} | {"letters"}


@given(st.from_regex(r"[A-Za-z][a-z'-]{0,20}( [a-z]{1,15}){0,2}", fullmatch=True), st.sampled_from(Stage))
def test_a_stage_mark_is_known_whatever_the_word(word: str, stage: Stage) -> None:
    mark = stage_mark(stage, word=word)
    assert mark is None or stage_marked(mark) is stage
    assert stage_marked(f"{mark} x y") in (None, Stage.SPECIMEN)
    assert stage_marked(word) is None


# -- the sample of fire services, through the command line


@pytest.fixture
def fire(tmp_path: Path) -> Workspace:
    """The sample of fire services, never built."""
    shutil.copytree(FIRE, tmp_path / "fire")
    return Workspace(tmp_path / "fire")


def _texts(there: Workspace) -> str:
    """The text of all files of a workspace, those in Word files among them."""
    found = []
    for path in sorted(there.root.rglob("*")):
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as package:
                found += [package.read(name) for name in package.namelist() if name.endswith(".xml")]
        elif path.suffix in (".html", ".txt", ".json", ".yaml", ".md", ".css"):
            found.append(path.read_bytes())
    return "\n".join(data.decode("utf-8", "replace") for data in found)


@pytest.mark.slow
def test_letters_to_fire_services_know_nothing_of_police(fire: Workspace) -> None:
    answers = [f"{name}=at_standard" for name in ("premises_register", "inspections", "training_records")]
    commands = (
        ("check",),
        ("build",),
        ("status",),
        ("wording", "--book"),
        ("explain", "lancashire"),
        ("try", TYPE, *answers, "public_advice=above_standard"),
        ("new", "Durham Fire Brigade"),
        ("new", "a/b"),
        ("schema",),
        ("status", "durhma"),
    )
    ran = [fire.letters(*command) for command in commands]
    assert [one.status for one in ran] == [0, 0, 0, 0, 0, 0, 0, 2, 0, 2], [one.err for one in ran]
    assert "10 letters can be built, 2 waiting for outcomes: 0 problems" in ran[0].out
    assert "10 letters: 10 changed" in ran[1].out
    assert "meet the standard." in ran[5].out
    assert "there is no fire service 'durhma'; did you mean 'durham'?" in ran[9].err
    assert "'a/b' cannot name a fire service" in ran[7].err
    assert fire.read("forces/durham.yaml").startswith("# yaml")
    assert "name: Durham Fire Brigade\n" in fire.read("forces/durham.yaml")
    was = fire.path("was.docx")
    was.write_bytes(fire.path(f"outputs/{TYPE}/avon.docx").read_bytes())
    fire.replace("forces/avon.yaml", "    stage: specimen", "    stage: draft")
    fire.replace("forces/avon.yaml", "email: avon@", "email: avon.fire@")
    fire.path("forces/durham.yaml").unlink()
    fire.replace("forces/cheshire.yaml", "region:", "regoin:")
    more = [fire.letters(*command) for command in (("build",), ("diff",), ("review",), ("check",))]
    files = fire.letters("diff", str(was), str(fire.path(f"outputs/{TYPE}/avon.docx")), "--workspace", str(fire.root))
    assert "the line “SPECIMEN – not a finding about this fire service” on every page" in files.out
    was.unlink()
    assert "1 fire service with problems" in more[0].out
    assert "forces/avon.yaml" in more[1].out
    assert "“SPECIMEN – not a finding about this fire service”" in more[1].out
    everything = "\n".join([*(one.out + one.err for one in (*ran, *more)), _texts(fire)])
    assert OF_POLICE.findall(everything) == []
    assert len(list(fire.path(f"outputs/{TYPE}").glob("*.*"))) == 40
    assert str(stage_mark(Stage.SPECIMEN, word="fire service")) in fire.read(f"outputs/{TYPE}/cleveland.txt")
    schema = json.loads(fire.read(".letters/force.schema.json"))
    assert {"name", "governance", "region", "head", "address", "email", "letters"} == set(schema["properties"])


@pytest.mark.slow
def test_a_changed_recipient_makes_anew_what_hangs_on_it_and_no_more(fire: Workspace) -> None:
    assert fire.letters("build", "--format", "txt").status == 0
    fire.replace(RECIPIENT, "type: object", "# a remark\ntype: object")
    again = fire.letters("build", "--format", "txt")
    assert "10 letters: 0 changed, 10 the same" in again.out
    fire.replace(RECIPIENT, "title: your county council", "title: your council of the county")
    assert re.search(r"^    from recipient\.yaml:\d+ \(governance\)$", fire.letters("diff").out, re.M)
    fire.replace(RECIPIENT, "one: fire service", "one: service")
    assert "10 letters: 10 changed" in fire.letters("build", "--format", "txt").out
    fire.replace(RECIPIENT, "required: [title]", "required: [title, name]")
    spoilt = fire.letters("status")
    assert "'name' is missing in head" in spoilt.err
    fire.write(RECIPIENT, "word: [\n")
    broken = fire.letters("build", "--format", "txt")
    assert (broken.status, broken.err.count("[E102]"), broken.err.count("[E")) == (1, 1, 1)
    assert "left over" not in broken.out
    assert fire.letters("clean").out.startswith("Nothing is left over")


# -- the pages about it


def test_the_examples_of_the_pages_are_sound_and_give_what_they_say() -> None:
    shown, written = fenced(document("docs/reference/recipient.md"), "yaml")
    recipient, problems = load_recipient({RECIPIENT: shown.encode()})
    assert recipient
    assert problems == []
    assert sample_force(recipient)
    assert new_force("avon", {}, recipient) == written
    hospitals, *_ = fenced(document("docs/how-to/other-recipients.md"), "yaml")
    recipient, problems = load_recipient({RECIPIENT: hospitals.encode()})
    assert (recipient is not None, problems) == (True, [])
