"""The whole batch as a user builds it: real letters word for word, valid and accessible files, pages that agree."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import pytest

from conftest import ROOT, Workspace
from letters.batch.formats import FORMATS
from letters.letter import normalise
from letters.readback import same_words
from support.office import convert
from support.paper import off_paper

pytestmark = pytest.mark.slow

REFERENCE = sorted((ROOT / "tests" / "reference").glob("*/*.txt"))
NAMES = [f"{path.parent.name}/{path.stem}" for path in REFERENCE]


def blocks(path: Path) -> list[str]:
    """A reference letter's blocks, straight and typographic quotes made equal."""
    return [normalise(block) for block in path.read_text("utf-8").split("\n\n") if block.strip()]


def test_there_are_five_reference_letters() -> None:
    assert len(REFERENCE) == 5


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("path", REFERENCE, ids=NAMES)
def test_reads_as_the_real_letter_block_by_block(built: Workspace, path: Path, form: str) -> None:
    file = built.path(f"outputs/{path.parent.name}/{path.stem}.{form}")
    said, wanted = FORMATS[form].read(file.read_bytes()).words, blocks(path)
    assert len(said) == len(wanted)
    for got, want in zip(said, wanted, strict=True):
        assert same_words(want, got), f"{got!r} is not {want!r}"


def test_one_word_more_or_less_is_found(built: Workspace) -> None:
    said = FORMATS["txt"].read(built.path("outputs/pcc-response-2019/south-wales.txt").read_bytes()).words
    wanted = blocks(ROOT / "tests/reference/pcc-response-2019/south-wales.txt")
    assert not all(map(same_words, [block.replace("shocking", "shocking and") for block in wanted], said))


def test_every_letter_is_there_in_every_format(built: Workspace) -> None:
    made = sorted(path.relative_to(built.path("outputs")).as_posix() for path in built.path("outputs").glob("*-*/*.*"))
    forces = sorted(path.stem for path in built.path("forces").glob("*.yaml"))
    assert len(forces) == 43
    wanted = {f"abuse-of-position-2017/{slug}.{form}" for slug in forces for form in FORMATS}
    assert set(made) == wanted | {f"pcc-response-2019/south-wales.{form}" for form in FORMATS}


def test_every_glyph_of_every_pdf_is_on_the_paper_for_another_reader(built: Workspace) -> None:
    made = sorted(built.path("outputs").glob("*-*/*.pdf"))
    assert len(made) > 43
    assert {path.name: off_paper(path.read_bytes()) for path in made} == {path.name: [] for path in made}


def test_every_docx_has_the_page_count_of_its_pdf(built: Workspace, tmp_path: Path) -> None:
    files = sorted(built.path("outputs").glob("*-*/*.docx"))
    for folder in {file.parent for file in files}:
        convert([file for file in files if file.parent == folder], "pdf", tmp_path / folder.name)
    assert len(files) == 44
    for file in files:
        printed = pypdfium2.PdfDocument(tmp_path / file.parent.name / f"{file.stem}.pdf")
        ours = pypdfium2.PdfDocument(file.with_suffix(".pdf"))
        assert len(printed) == len(ours) == 2, file.name


def test_overview_groups_are_those_published(built: Workspace) -> None:
    groups = json.loads(built.letters("status", "--json").out)["groups"]["abuse-of-position-2017"]
    assert groups == {"insufficient_information": 11, "not_started": 15, "started": 15, "in_place": 2}
