"""Promise 7: PDF/UA-1 and PDF/A-2a in one file, Word files without barriers, pages in which axe finds nothing."""

from __future__ import annotations

from pathlib import Path

import page
import pytest

from conftest import Workspace
from letters.batch.formats import FORMATS
from letters.letter import Stage, stage_mark
from letters.letter.json import from_json
from support.docx_barriers import barriers
from support.docx_samples import violations

pytestmark = pytest.mark.slow


def test_every_pdf_is_valid_and_marked_on_every_page(built: Workspace) -> None:
    for path in built.path("outputs").glob("*-*/*.pdf"):
        data = path.read_bytes()
        for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A):
            report = page.validate_pdf_bytes(data, profile=profile)
            assert report.is_compliant, (path.name, report.failures)
        reading = FORMATS["pdf"].read(data)
        specimen = "stage: specimen" in built.read(f"forces/{path.stem}.yaml")
        marks = [str(stage_mark(Stage.SPECIMEN)) in " ".join(said) for said in reading.furniture]
        assert marks == [specimen] * (reading.pages or 0), path.name


def test_every_docx_is_valid_and_accessible(built: Workspace, tmp_path: Path) -> None:
    for path in built.path("outputs").glob("*-*/*.docx"):
        data = path.read_bytes()
        letter = from_json(built.path(f"outputs/composed/{path.parent.name}/{path.stem}.json").read_bytes())
        assert barriers(data, letter) == [], path.name
        assert violations(data, tmp_path) == [], path.name
