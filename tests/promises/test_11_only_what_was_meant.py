"""Promise 11, as far as it is built: a command puts in what it says, none takes away, and none is written over."""

from __future__ import annotations

import pytest

from conftest import Workspace
from support.builds import TYPE, edit_in_word, files

pytestmark = pytest.mark.slow

ANSWERS = (
    "plans_comprehensive=no",
    "national_strategy=reflected",
    *(f"{name}=started" for name in ("counter_corruption_unit", "it_monitoring", "intelligence_from_organisations")),
)
COMMANDS = (
    ("check",),
    ("build", "--format", "docx"),
    ("status",),
    ("wording", "--book"),
    ("explain", "kent"),
    ("try", TYPE, *ANSWERS),
    ("schema",),
    ("diff",),
    ("review",),
    ("review", "--done", "--by", "Ann"),
    ("build", "kent", "--format", "docx"),
    ("build", "kent", "--format", "docx", "--keep", "--by", "Ann"),
    ("build", "kent", "--format", "docx", "--replace-edited"),
    ("clean",),
    ("doctor",),
    ("new", "kent"),
    ("new", "--type", TYPE),
    ("new", "--type", "of-2018", "--from", TYPE, "--dry-run"),
)


def kept(workspace: Workspace) -> dict[str, bytes]:
    """What staff keep, byte for byte."""
    return {**files(workspace.path("forces")), **files(workspace.path("templates"))}


def test_no_command_changes_what_staff_keep(small: Workspace) -> None:
    before = kept(small)
    for number, command in enumerate(COMMANDS):
        if number == COMMANDS.index(("review",)):
            edit_in_word(small.path(f"outputs/{TYPE}/kent.docx"))
        ran = small.letters(*command)
        assert ran.status in (0, 1, 3, 4), ran.err
        assert kept(small) == before, command


def test_new_writes_a_file_of_its_own_and_never_over_one(small: Workspace) -> None:
    before = kept(small)
    assert small.letters("new", "gwent").status == 0
    after = kept(small)
    assert after.keys() - before.keys() == {"gwent.yaml"}
    assert {name: after[name] for name in before} == before
    ran = small.letters("new", "gwent")
    assert (ran.status, kept(small)) == (4, after)
    assert "is there already, and was left as it is" in ran.err


def test_a_letter_type_puts_its_lines_into_force_files_and_takes_nothing_away(workspace: Workspace) -> None:
    before = kept(workspace)
    assert workspace.letters("new", "--type", "of-2018", "--from", TYPE).status == 0
    after = kept(workspace)
    assert {name: after[name] for name in before if not name.endswith(".yaml") or "/" in name} == {
        name: data for name, data in before.items() if not name.endswith(".yaml") or "/" in name
    }
    for name in (name for name in before if name.endswith(".yaml") and "/" not in name):
        first, _, rest = after[name].partition(b"\n\n  of-2018:\n")
        last = b"disclosed on request"
        assert first + rest[rest.index(last) + len(last) :] == before[name], name
