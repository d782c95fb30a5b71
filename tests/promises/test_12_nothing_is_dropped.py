"""Promise 12, as far as it is built: each change in a Word file that came back is told, and none is applied unasked."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest

from conftest import Workspace
from support.builds import TYPE, files
from support.stamps import commented

pytestmark = pytest.mark.slow


@pytest.fixture
def returned(small: Workspace, tmp_path: Path) -> Path:
    """Kent's letter as it came back: a word, the look of a word, and a comment."""
    assert small.letters("build", "kent", "--format", "docx").status == 0
    file = tmp_path / "kent.docx"
    document = docx.Document(str(small.path(f"outputs/{TYPE}/kent.docx")))
    paragraphs = [one for one in document.paragraphs if "highlighted" in one.text]
    run = next(run for run in paragraphs[0].runs if "highlighted" in run.text)
    run.text = run.text.replace("highlighted", "raised")
    next(one for one in document.paragraphs if "queries" in one.text).runs[0].bold = True
    document.save(str(file))
    file.write_bytes(commented(file.read_bytes()))
    return file


def test_each_change_that_came_back_is_told_once(small: Workspace, returned: Path) -> None:
    small.path(f"outputs/{TYPE}/kent.docx").write_bytes(returned.read_bytes())
    said = json.loads(small.letters("diff", f"outputs/{TYPE}/kent.docx", "--json").out)
    [letter] = said["changed"]
    pieces = [piece for change in letter["words"] for piece in change["pieces"] if "same" not in piece]
    assert {"removed": "highlighted"} in pieces
    assert {"added": "raised"} in pieces
    assert [one["what"] for one in letter["formatting"]] == ["bold"]
    assert letter["not compared"]["comment"] == 1
    assert [group["kind"] for group in said["groups"]] == ["words", "formatting"]


def test_nothing_that_came_back_is_applied_unasked(small: Workspace, returned: Path) -> None:
    small.path(f"outputs/{TYPE}/kent.docx").write_bytes(returned.read_bytes())
    before = files(small.root)
    small.letters("diff", f"outputs/{TYPE}/kent.docx")
    assert files(small.root) == before
    assert small.letters("build", "kent", "--format", "docx").status == 4
    assert small.path(f"outputs/{TYPE}/kent.docx").read_bytes() == returned.read_bytes()
    assert files(small.path("forces")) == {name[7:]: data for name, data in before.items() if name[:7] == "forces/"}
