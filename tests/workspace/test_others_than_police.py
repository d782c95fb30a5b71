"""Who writes to others than police forces: what they change by the way, and what is told them then."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from conftest import ROOT, Workspace
from letters.batch.inputs import Inputs
from letters.cli import letters as command
from letters.compose.comparisons import comparisons
from letters.proof.compared import compared
from letters.workspace.copies import lost_recipient
from letters.workspace.editor import new_force
from letters.workspace.forces import slug_of
from letters.workspace.how_tos import how_to, page_named
from letters.workspace.outcome import read
from letters.workspace.recipient import load_recipient, shipped
from letters.workspace.renewing import renewed_block
from letters.workspace.source import Folder

TYPE = "protection-review-2026"
LETTER = f"templates/{TYPE}/letter.md"
SETTINGS = f"templates/{TYPE}/letter.yaml"
AVON = "forces/avon.yaml"

#: What is said of two facts that the sample has not.
SAYS = """
{% if force.population and force.population > 1000 %}
Your area is large.

{% else %}
Your area is small.

{% endif %}
{% if force.joined and force.joined < letter.date and '2011-01-01' < force.joined %}
You joined before this letter.
{% endif %}
"""


@pytest.fixture
def fire(tmp_path: Path) -> Workspace:
    """The sample of fire services, less most of them."""
    root = tmp_path / "fire"
    assert command.main(["init", "--sample", "fire", str(root)], standalone_mode=False) == 0
    there = Workspace(root)
    there.keep_forces("avon", "cheshire", "cleveland")
    return there


@pytest.mark.slow
def test_a_number_and_a_date_of_a_recipient(fire: Workspace) -> None:
    facts = "  population: {type: integer}\n  joined: {type: string, format: date}\n"
    fire.write("recipient.yaml", fire.read("recipient.yaml") + facts)
    fire.replace(AVON, "\nletters:", "population: 605\njoined: 2011-03-02\n\nletters:")
    fire.replace(LETTER, "# {{ letter.title }}\n", f"# {{{{ letter.title }}}}\n{SAYS}")
    assert fire.letters("build", "--format", "txt").status == 0
    said = fire.read(f"outputs/{TYPE}/avon.txt")
    assert "Your area is small." in said
    assert "You joined before this letter." in said

    fire.replace(AVON, "population: 605", "population: 1605")
    fire.replace(AVON, "done: 398", "done: 411")
    lines = fire.read(AVON).splitlines()
    told = fire.letters("diff").out
    assert f"from {AVON}:{lines.index('population: 1605') + 1} (population)" in told
    assert f"from {AVON}:{lines.index('        done: 411') + 1} (figures.done)" in told
    assert "body: “398” → “411”" in told
    assert "written." not in told
    explained = fire.letters("explain", "avon").out.partition("Your area is large.")[2]
    assert f"decided by  {AVON}:{lines.index('population: 1605') + 1}" in explained.partition("\n\n")[0]


@pytest.mark.slow
def test_what_check_refuses_in_a_ready_letter_is_not_built_without_a_word(fire: Workspace) -> None:
    fire.replace(LETTER, "# {{ letter.title }}\n", "# {{ letter.title }}\n\nThis is is so.\n")
    build = ("build", "avon", "--format", "txt")
    assert "[E402]" not in fire.letters(*build).err  # a specimen may still be mended
    fire.replace(AVON, "stage: specimen", "stage: ready")
    for _ in range(2):  # and is told as long as it is so
        ran = fire.letters(*build)
        assert ran.status == 0
        assert "warning: the word 'is' stands twice" in ran.err
    fire.write("templates/words.txt", "This is is so\n")
    assert "[E402]" not in fire.letters(*build).err


@pytest.mark.slow
def test_one_address_of_two_is_asked_about_until_somebody_says_that_it_is_shared(fire: Workspace) -> None:
    fire.replace(AVON, "email: avon@", "email: Cheshire@")
    lines = {name: fire.read(f"forces/{name}.yaml").casefold().splitlines() for name in ("avon", "cheshire")}
    at = {name: text.index("email: cheshire@example.org") + 1 for name, text in lines.items()}
    ran = fire.letters("check")
    assert ran.status == 0
    assert f"forces/avon.yaml:{at['avon']}:1: warning: 'Cheshire@example.org'" in ran.err
    assert f"is also the address in forces/cheshire.yaml:{at['cheshire']}" in ran.err
    assert ran.err.count("[W145]") == 2
    fire.write("templates/words.txt", "cheshire@example.org  # they share an office\n")
    assert "[W" not in fire.letters("check").err


@pytest.mark.slow
def test_without_recipient_yaml_one_problem_says_so_and_nothing_of_police_is_written(fire: Workspace) -> None:
    fire.path("recipient.yaml").unlink()
    ran = fire.letters("check")
    assert (ran.status, ran.err.count("[E")) == (1, 1)
    assert "recipient.yaml: is not there, and 3 of the 3 files" in ran.err
    ran = fire.letters("new", "Clun")
    assert ran.status == 1
    assert not fire.path("forces/clun.yaml").exists()


def test_a_workspace_of_police_forces_needs_no_recipient_yaml() -> None:
    police, other = b"name: Kent Police\nchief_officer: {rank: x}\n", b"name: Kent\nward: x\n"
    assert lost_recipient({"forces/a.yaml": police, "forces/b.yaml": other}) is None
    assert lost_recipient({"forces/a.yaml": other, "forces/b.yaml": police}) is None
    assert lost_recipient({}) is None
    assert lost_recipient({"forces/a.yaml": b"", "forces/b.yaml": b""}) is None
    found = lost_recipient({"forces/a.yaml": other, "forces/b.yaml": other, "forces/c.yaml": police})
    assert found
    assert found.message.startswith("is not there, and 2 of the 3")


BLOCK = """\
name: Clun
letters:
  visit:
    stage: awaited    # awaited | draft
    # Are the roads in order?
    # roads: good | bad
    # notes:    # who found it
  other:
    stage: draft
"""
NEW = ("", "visit:", "  stage: awaited    # awaited | draft", "  # Are the bins in order?", "  # bins: good | bad")


def test_lines_in_which_nothing_is_filled_in_are_renewed_and_no_others() -> None:
    made = renewed_block(BLOCK.encode(), "f", "visit", NEW)
    assert made
    assert b"bins" in made
    assert b"roads" not in made
    assert b"  other:\n    stage: draft\n" in made
    assert renewed_block(made, "f", "visit", NEW) is None
    for written in (
        BLOCK.replace("stage: awaited ", "stage: draft "),
        BLOCK.replace("    # notes:", "    # ask Jane\n    # notes:"),
        BLOCK.replace("  other:", "    # ask Jane\n  other:"),
        BLOCK.replace("    # roads: good | bad", "    roads: good"),
        BLOCK.replace("    # roads: good | bad", "    # roads: see the photographs"),
    ):
        assert renewed_block(written.encode(), "f", "visit", NEW) is None


def test_hints_say_what_is_to_be_written() -> None:
    files = dict(Folder(ROOT / "src/letters/samples/fire"))
    files[AVON] = files[AVON].replace(b"avon@example.org", b"Avon Office <avon@example.org>")
    files[AVON] = files[AVON].replace(b"training_records: at_standard", b"training_records: below_standard")
    files[LETTER] = files[LETTER].replace(b"{{ force.name }}", b"{{ council.name }}", 1)
    inputs = Inputs(files)
    problems = [*inputs.file("avon").problems, *inputs.composer.template_problems(inputs.types[TYPE])]
    hints = {str(one.code): one.hint for one in problems}
    assert "write one e-mail address, such as office@example.org" in hints["E109"]
    assert hints["E114"] == "add `next_steps: …`"
    assert hints["E203"].startswith("who gets the letter is `force`, whatever one is called: {{ force.name }}")


def test_each_suggestion_of_a_new_file_asks_to_be_checked() -> None:
    recipient, _ = load_recipient(Folder(ROOT / "src/letters/samples/fire"))
    assert recipient
    for made in (new_force("london", {}, recipient), new_force("london", {}, shipped())):
        keys = [line for line in made.splitlines() if re.match(r" *[a-z_]+: +[^ #]", line)]
        assert len(keys) > 2
        assert all("# check: " in line for line in keys)


def test_a_page_is_shown_by_the_links_of_others_and_without_remarks_for_its_makers() -> None:
    assert page_named("../reference/recipient.md#what-it-must-have") == page_named("recipient") == "recipient"
    assert "<!--" not in (how_to("problems") or "<!--")


def test_an_apostrophe_parts_no_name() -> None:
    assert slug_of("Bishop's Castle", ()) == slug_of("Bishop’s Castle", ()) == "bishops-castle"


def test_a_day_before_and_one_behind_that_of_the_letter_are_read_by_the_proof() -> None:
    schema = {"properties": {"pay_by": {"type": "string", "format": "date"}}}
    outcome, template = read(schema), "{% if outcome.pay_by < letter.date %}Late.{% else %}In time.{% endif %}"
    asked = compared(schema, outcome, comparisons([template]), date(2026, 3, 1))
    days = [str(day) for day in asked.values(outcome.fields["pay_by"])]
    assert any(day < "2026-03-01" for day in days)
    assert any(day >= "2026-03-01" for day in days)
