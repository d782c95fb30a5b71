"""The lines at the foot of further pages are printed as they are typed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest

from conftest import Workspace
from support.plain_letters import LETTER, TYPE, plain_workspace

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    there = plain_workspace(tmp_path_factory.mktemp("foot") / "workspace", "Text of the letter. " * 300)
    there.replace(
        LETTER, "{{ force.name }}, {{ letter.date | long_date }}\n:::", "Our reference: 12\nPart two of it\n:::"
    )
    ran = there.letters("build")
    assert ran.status == 0, ran.err
    return there


def outputs(built: Workspace, form: str) -> bytes:
    path: Path = built.path(f"outputs/{TYPE}/x.{form}")
    return path.read_bytes()


def test_on_paper(built: Workspace) -> None:
    first, second, *_ = (
        sheet.get_textpage().get_text_range().splitlines() for sheet in pypdfium2.PdfDocument(outputs(built, "pdf"))
    )
    assert {"Our reference: 12", "Part two of it"} <= set(second)
    assert "Part two of it" not in first


def test_in_word(built: Workspace) -> None:
    (foot,) = docx.Document(BytesIO(outputs(built, "docx"))).sections[0].footer.paragraphs
    assert foot.text.startswith("Our reference: 12\nPart two of it\t")
