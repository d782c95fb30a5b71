"""A letter type for the next campaign, made by command, with its place in every force's file and what to look at."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Workspace
from letters.workspace.editor import new_force
from letters.workspace.forces import slug_of
from letters.workspace.recipient import shipped
from letters.workspace.samples import EMPTY, load_sample, write_sample

pytestmark = pytest.mark.slow

OLD, NEW = "abuse-of-position-2017", "a-new-one-2018"
MAKE = ("new", "--type", NEW, "--from", OLD)


def files(there: Workspace) -> dict[str, bytes]:
    folders = (there.path("forces"), there.path("templates"))
    found = (path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(there.root).as_posix(): path.read_bytes() for path in found}


def test_each_force_gets_its_lines_and_nothing_else_changes(workspace: Workspace) -> None:
    workspace.write("forces/kent.yaml", workspace.read("forces/kent.yaml").replace("\n", "\r\n"))
    workspace.replace("forces/essex.yaml", "\nletters:\n", f"\nletters:\n  {NEW}:\n    stage: awaited\n")
    before = files(workspace)
    ran = workspace.letters(*MAKE)
    assert (ran.status, ran.err) == (0, "")
    assert "Its lines are in 42 files of forces/." in ran.out
    assert "1 file had something for it already, left alone: essex." in ran.out
    after = files(workspace)
    assert {path: data for path, data in after.items() if path in before and path.startswith("templates/")} == {
        path: data for path, data in before.items() if path.startswith("templates/")
    }
    for path in (path for path in before if path.startswith("forces/") and path != "forces/essex.yaml"):
        assert after[path].startswith(before[path].rstrip()), path
        assert f"\n  {NEW}:".encode() in after[path]
    assert after["forces/essex.yaml"] == before["forces/essex.yaml"]
    assert b"\n" not in after["forces/kent.yaml"].replace(b"\r\n", b"")
    for path in (path for path in before if path.startswith(f"templates/{OLD}/")):
        assert after[path.replace(OLD, NEW)] == before[path]
    checked = workspace.letters("check")
    assert checked.status == 0, checked.err
    assert "44 letters can be built, 43 waiting for outcomes: 0 problems" in checked.out
    assert f"templates/{NEW}: warning: this letter type has the title and the wording of {OLD}" in checked.err


def test_what_new_writes_in_a_new_file_is_what_it_adds_to_one_that_is_there(small: Workspace) -> None:
    small.letters("new", "essex")
    small.letters(*MAKE)
    added = small.read("forces/essex.yaml").split(f"  {NEW}:\n")[1]
    small.letters("new", "dorset")
    assert small.read("forces/dorset.yaml").split(f"  {NEW}:\n")[1].startswith(added)


def test_where_not_everybody_gets_the_letter_the_lines_are_remarks(small: Workspace) -> None:
    ran = small.letters("new", "--type", "reply-2020", "--from", "pcc-response-2019")
    assert "as remarks, since not everybody gets this letter" in ran.out
    assert small.letters("new", "--type", "reply-2020").status == 4, "they are there, if only as remarks"
    said = small.read("forces/kent.yaml")
    small.write("forces/kent.yaml", said.replace("\n#   ", "\n  "))
    checked = small.letters("check", "kent")
    assert (checked.status, "1 waiting for outcomes" in checked.out) == (0, True), checked


def test_what_may_be_true_of_last_year_alone_is_listed_by_its_line(small: Workspace) -> None:
    outcome = f"  {OLD}:\n    chief_officer: {{rank: Chief Constable, name: Alan Pughsley QPM}}\n"
    small.replace("forces/kent.yaml", f"  {OLD}:\n", outcome)
    letter = f"templates/{OLD}/letter.md"
    small.replace(letter, "I am writing to inform", "As Alan Pughsley knows, I am writing to inform")
    small.replace(letter, "any queries", "any queries on abuse-of-position-2017 next year, or may ask in the spring,")
    out = small.letters(*MAKE).out
    text = small.read(letter).splitlines()

    def at(words: str) -> str:
        return f"  templates/{NEW}/letter.md:{next(n for n, line in enumerate(text, 1) if words in line)}: "

    assert f"{at('In December')}December 2016, 2016\n" in out
    assert f"{at('16 May')}16 May 2017" in out
    assert f"{at('Pughsley')}" in out
    assert "Alan Pughsley\n" in out
    assert f"{at('queries on')}" in out
    assert f"next year, {OLD}\n" in out
    assert f"{at('Signature of')}Michael Cunningham\n" in out
    assert f"  templates/{NEW}/signature.png: Signature of Michael Cunningham (the picture itself is that of" in out
    assert f"  templates/{NEW}/letter.yaml:3: date: 2017-10-02 (the date of the other letter type)" in out
    assert f"  templates/{NEW}/wording.yaml:8: true_in: 2017 (the year in which the phrase is right)" in out
    assert "April of this year" in out
    assert "outcome.yaml:" not in out, "the year in the name of a schema is nobody's"
    assert out.splitlines()[-1].startswith(f"Next: open templates/{NEW}/letter.yaml")


def test_a_dry_run_says_the_same_and_writes_nothing(small: Workspace) -> None:
    before = files(small)
    ran = small.letters(*MAKE, "-n")
    assert (ran.status, files(small) == before) == (0, True)
    assert f"templates/{NEW}/ would be made from {OLD}." in ran.out
    assert "Its lines would be in 3 files of forces/." in ran.out
    assert ran.out.splitlines()[-1] == f"Nothing was written. Next: letters {' '.join(MAKE)}"


@pytest.mark.parametrize(("old", "new"), [("name: Kent Police", "name: &a Kent Police"), ("stage:", "stage: [")])
def test_a_force_that_cannot_be_read_leaves_all_as_they_are(small: Workspace, old: str, new: str) -> None:
    small.replace("forces/kent.yaml", old, new)
    before = files(small)
    ran = small.letters(*MAKE)
    assert (ran.status, files(small) == before) == (1, True)
    assert "forces/kent.yaml:" in ran.err
    assert "Nothing was written." in ran.err


def test_the_only_letter_type_is_the_one_to_begin_with(small: Workspace) -> None:
    for file in sorted(small.path("templates/pcc-response-2019").iterdir()):
        file.unlink()
    small.path("templates/pcc-response-2019").rmdir()
    ran = small.letters("new", "--type", NEW)
    assert f"templates/{NEW}/ is made from {OLD}." in ran.out


def test_letters_in_braces_get_theirs_in_braces(small: Workspace) -> None:
    text = small.read("forces/kent.yaml")
    head = text[: text.index("letters:\n")]
    small.write("forces/kent.yaml", f"{head}letters: {{{OLD}: {{stage: awaited}}}} # ours")
    assert small.letters(*MAKE).status == 0
    assert small.read("forces/kent.yaml") == (
        f"{head}letters: {{{OLD}: {{stage: awaited}}, {NEW}: {{stage: awaited}}}} # ours"
    )
    assert "2 waiting for outcomes" in small.letters("check", "kent").out


def test_a_letter_type_that_was_made_by_hand_gets_its_place_in_every_file(small: Workspace) -> None:
    for slug in ("kent", "warwickshire"):
        text = small.read(f"forces/{slug}.yaml")
        small.write(f"forces/{slug}.yaml", text[: text.index("\nletters:")])
    ran = small.letters("new", "--type", OLD)
    assert (ran.status, ran.out.splitlines()[0]) == (0, "Its lines are in 2 files of forces/."), ran
    assert "left alone: south-wales." in ran.out
    assert "2 waiting for outcomes" in small.letters("check", "kent", "warwickshire").out
    assert small.letters("new", "--type", OLD).status == 4


def test_a_file_that_cannot_be_read_is_told_and_litter_stays_behind(small: Workspace) -> None:
    small.write(f"templates/{OLD}/letter.md~", "old")
    assert small.letters(*MAKE, "-n").status == 0
    small.path(f"templates/{OLD}/figure.png").symlink_to("/nowhere")
    ran = small.letters(*MAKE)
    assert (ran.status, f"templates/{OLD}/figure.png: cannot be read: it is a link" in ran.err) == (1, True)
    small.path(f"templates/{OLD}/figure.png").unlink()
    assert small.letters(*MAKE).status == 0
    assert not small.path(f"templates/{NEW}/letter.md~").exists()


def test_a_workspace_without_letters_says_what_comes_next_until_a_letter_is_ready(tmp_path: Path) -> None:
    there = Workspace(tmp_path / "there")
    write_sample(there.root, load_sample(EMPTY))
    type_first = "letters new --type NAME"
    assert f"hint: `{type_first}` makes one" in there.letters("check").err
    ran = there.letters("new", "Norfolk FRS")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.endswith(f"Next: {type_first}\n")
    assert there.read("forces/norfolk-frs.yaml").splitlines()[1] == "name: Norfolk FRS"
    for command in (("diff",), ("review",)):
        assert there.letters(*command).err.endswith(f"Next: {type_first}\n")
    assert f"{type_first} makes one" in there.letters("try", "visits", "a=b").err
    assert "and who signs" in there.letters("new", "--type", "visits").out
    there.replace("forces/norfolk-frs.yaml", "stage: awaited", "stage: ready\n    records: in_order\n    plans: sent")
    ran = there.letters("check")
    assert (ran.status, "templates/visits/letter.yaml:9:9: a letter is ready" in ran.err) == (1, True)
    assert "its sender is still an invented one: 'A. N. Other' [E137]" in ran.err
    there.replace("templates/visits/letter.yaml", "A. N. Other", "Jo Bloggs")
    assert "templates/visits/letter.yaml:10:12: a letter is ready" in there.letters("build").err
    there.replace("forces/norfolk-frs.yaml", "stage: ready", "stage: draft")
    assert there.letters("check").status == 0
    steps = "  steps: {type: array, items: {type: string}}\n  remarks:"
    there.replace("templates/visits/outcome.yaml", "  remarks:", steps)
    said = "{% if outcome.steps %}\nDo {{ outcome.steps | all_of }}.\n{% endif %}\n{% endmacro %}"
    there.replace("templates/visits/verdict.md", "{% endmacro %}", said)
    answers = ("try", "visits", "records=in_order", "plans=sent")
    assert "Do this, and that." in there.letters(*answers, "steps=['this,', that]").out
    assert "Do this, so." in there.letters(*answers, "steps=this, so").out
    ran = there.letters(*answers, "stpes=this")
    assert ("'stpes' is not a key" in ran.err, "_cy" in ran.err) == (True, False)
    there.path("recipient.yaml").rename(there.path("recipient - Copy.yaml"))
    assert "recipient - Copy.yaml: is not read" in there.letters("build").err


@pytest.mark.parametrize(
    ("typed", "name", "area"),
    [
        ("Kent Fire Brigade", "Kent Fire Brigade", "Kent"),
        ("Essex Constabulary", "Essex Constabulary", "Essex"),
        ("Royal Berkshire Fire and Rescue", "Royal Berkshire Fire and Rescue", "Royal Berkshire"),
        ("Norfolk FRS", "Norfolk FRS", "Norfolk"),
        ("Isle of Man", "Isle of Man Police    # check: or Constabulary, or Police Service", "Isle of Man"),
        ("essex constabulary", "Essex Police    # check: or Constabulary, or Police Service", "Essex"),
    ],
)
def test_the_name_that_was_typed_is_the_name_in_the_file(typed: str, name: str, area: str) -> None:
    ends = shipped().behind_area
    lines = new_force(slug_of(typed, ends), {}, shipped(), typed).splitlines()
    assert lines[1] == f"name: {name}"
    assert f"  title: Police and Crime Commissioner for {area}    #" in "\n".join(lines)


def test_the_old_signature_under_a_new_name_is_told_at_the_later_letters(small: Workspace) -> None:
    assert small.letters(*MAKE).status == 0
    for file in ("letter.yaml", "letter.md"):
        small.replace(f"templates/{NEW}/{file}", "Michael Cunningham", "Wendy Williams")
    small.replace(f"templates/{NEW}/letter.yaml", "date: 2017-10-02", "date: 2018-10-02")
    ran = small.letters("check")
    line = (
        small.read(f"templates/{NEW}/letter.md").splitlines().index("![Signature of Wendy Williams](signature.png)") + 1
    )
    said = "the signature above the name 'Wendy Williams QPM' is the same picture as that of 'Michael Cunningham QPM'"
    assert f"templates/{NEW}/letter.md:{line}:1: {said} in templates/{OLD}/letter.md:{line}:1 [E125]" in ran.err
    assert (ran.status, ran.err.count("[E125]")) == (1, 1)


def test_no_letter_type_is_called_as_a_folder_or_a_force(small: Workspace) -> None:
    for name in ("templates", "forces", "letterheads", "signatories", "kent"):
        ran = small.letters("new", "--type", name, "--from", OLD)
        assert (ran.status, f"no letter type can be called {name!r}" in ran.err) == (2, True), name
        assert not small.path(f"templates/{name}/letter.md").exists()


def test_what_is_wrong_with_who_signs_is_said_where_no_type_can_be_made(small: Workspace) -> None:
    small.write("templates/signatories/jo-bloggs.yaml", "name: Jo Bloggs\noffices: Inspector\n")
    settings = small.read(f"templates/{OLD}/letter.yaml")
    before, _, others = settings.partition("signatory:\n")
    after = others[others.index("\ncontact:") :]
    small.write(f"templates/{OLD}/letter.yaml", f"{before}signatory: jo-bloggs\n{after}")
    ran = small.letters(*MAKE)
    assert (ran.status, small.path(f"templates/{NEW}").exists()) == (1, False)
    assert "the signatory 'jo-bloggs' cannot be used [E233]" in ran.err
    assert "templates/signatories/jo-bloggs.yaml:2:10: offices is text, not a list [E107]" in ran.err


def test_a_list_of_texts_shows_how_an_entry_is_begun(small: Workspace) -> None:
    remarks = "properties:\n  areas: {description: What to do, type: array, items: {type: string}}\n"
    small.replace(f"templates/{OLD}/outcome.yaml", "properties:\n", remarks)
    small.letters("new", "dorset")
    assert "    # optional: What to do\n    # areas:\n    #   - …\n" in small.read("forces/dorset.yaml")
