"""What people type or paste into a letter is set as they mean it, in every format and everywhere text is set."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from conftest import Workspace
from letters.batch.formats import FORMATS
from letters.letter import normalise
from support.plain_letters import FORCE, LETTER, SETTINGS, TYPE, plain_workspace

pytestmark = pytest.mark.slow

BODY = """\
The class of '17 and that of '04 had non-'crime' matters. "We will –" he began; write to aoife.o'neil@example.org.

- the *'90s* and **"so"** – ('fine')
- a fall of -5 per cent, section 4(2), 10-12 at 10.30

| Who's | What |
|---|---|
| O'Brien's | 'yes' |
"""
TURNED = (
    "The class of ’17 and that of ’04 had"
    " non-‘crime’ matters. “We will –” he began; write to aoife.o'neil@example.org.",
    "the ’90s and “so” – (‘fine’)",
    "a fall of -5 per cent, section 4(2), 10-12 at 10.30",
    "Who’s",
    "O’Brien’s",
    "‘yes’",
    "Chief Constable Niamh O’Dea",
    "Dear Chief Constable O’Dea",
    "Your force’s ‘next’ inspection",
)


def spaced(text: str) -> str:
    """`text` on one line, with ordinary spaces."""
    return " ".join(text.split())


def words_of(there: Workspace, form: str) -> list[str]:
    return [spaced(block) for block in FORMATS[form].read(there.path(f"outputs/{TYPE}/x.{form}").read_bytes()).words]


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    there = plain_workspace(tmp_path_factory.mktemp("turned") / "workspace", BODY)
    there.replace(SETTINGS, "title: Your next inspection", "title: Your force's 'next' inspection")
    there.replace(FORCE, "{rank: Chief Constable}", "{rank: Chief Constable, name: Niamh O'Dea}")
    there.replace(FORCE, "stage: ready", "stage: ready\n    salutation: Chief Constable O'Dea")
    ran = there.letters("build")
    assert ran.status == 0, ran.err
    return there


@pytest.mark.parametrize("form", FORMATS)
def test_marks_turn_in_bodies_names_salutations_fields_cells_and_titles(turned: Workspace, form: str) -> None:
    said = words_of(turned, form)
    for line in TURNED:
        assert line in said


#: The same name, typed as one character a letter and as letters with accents behind them.
NAME = "Siân Ŵyn-Núñez"


def built_with(folder: Path, name: str, in_wording: str) -> Workspace:
    there = plain_workspace(folder, f"We thank {name} and {name.upper()}.")
    there.replace(FORCE, "name: North Example Police", f"name: Heddlu {name}")
    there.replace(FORCE, "{rank: Chief Constable}", f"{{rank: Chief Constable, name: {name}}}")
    there.replace(FORCE, "    stage: ready", f"    stage: ready\n    salutation: {name}")
    there.replace(LETTER, "{{ outcome.body }}", f"{in_wording} is at {{{{ force.name }}}}.\n\n{{{{ outcome.body }}}}")
    ran = there.letters("build")
    assert (ran.status, ran.err) == (0, "")
    return there


def test_a_name_is_one_thing_however_its_accents_are_typed(tmp_path: Path) -> None:
    apart = unicodedata.normalize("NFD", NAME)
    assert apart != NAME
    one, other = built_with(tmp_path / "one", NAME, NAME), built_with(tmp_path / "other", apart, NAME)
    for form in FORMATS:
        path = f"outputs/{TYPE}/x.{form}"
        assert one.path(path).read_bytes() == other.path(path).read_bytes()
    for form in FORMATS:
        assert f"{NAME} is at Heddlu {NAME}." in words_of(other, form)
        assert normalise(f"Dear {NAME}") in words_of(other, form)


def test_an_accent_behind_a_backslash_joins_its_letter_too(tmp_path: Path) -> None:
    there = plain_workspace(tmp_path / "workspace")
    there.replace(FORCE, "    stage: ready", '    stage: ready\n    salutation: "Sia\\u0302n"')
    assert there.letters("build", "--format", "txt,html").status == 0
    assert all("Dear Siân" in words_of(there, form) for form in ("txt", "html"))
