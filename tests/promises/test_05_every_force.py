"""Promise 5: every force is attempted, and nothing of one letter is in another."""

from __future__ import annotations

import pytest

from conftest import Workspace
from letters.batch.formats import FORMATS
from letters.letter import normalise
from support.builds import TYPE, build

pytestmark = pytest.mark.slow


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
        reading = FORMATS[form].read(path.read_bytes())
        said = normalise(" ".join([*reading.words, *(piece for page in reading.furniture for piece in page)]))
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
