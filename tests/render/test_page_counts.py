"""Random letters in every format: the words of each, and as many pages in Word, through LibreOffice, as in the PDF."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from letters.batch.formats import FORMATS
from letters.readback import faults
from support.counts import SOAK
from support.office import needs_libreoffice, office
from support.random_letters import SEEDS, random_letter, random_style

pytestmark = pytest.mark.slow

#: A tenth of the seeds, all of them in a soak.
CHOSEN = list(SEEDS if SOAK else SEEDS[::10])
#: Some pages of difference are a matter of a few points, in whichever program.
ENOUGH = 0.9


@cache
def rendition(seed: int, form: str) -> bytes:
    return FORMATS[form].render(random_letter(seed), random_style())


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("seed", CHOSEN)
def test_a_random_letter_says_its_words(seed: int, form: str) -> None:
    assert faults(random_letter(seed), FORMATS[form].read(rendition(seed, form))) == []


def pages_of_word(folder: Path) -> dict[int, int]:
    """How many pages each letter has in LibreOffice, all converted at once."""
    files = [folder / f"{seed}.docx" for seed in CHOSEN]
    for seed, file in zip(CHOSEN, files, strict=True):
        file.write_bytes(rendition(seed, "docx"))
    command = ("--convert-to", "pdf", "--outdir", str(folder / "out"), *map(str, files))
    office(folder / "office", *command, timeout=120 + 5 * len(files))
    return {seed: len(pypdfium2.PdfDocument(folder / "out" / f"{seed}.pdf")) for seed in CHOSEN}


@needs_libreoffice
def test_word_has_the_pages_of_the_pdf(tmp_path: Path) -> None:
    in_word = pages_of_word(tmp_path)
    on_paper = {seed: len(pypdfium2.PdfDocument(rendition(seed, "pdf"))) for seed in CHOSEN}
    assert max(on_paper.values()) <= 5
    off = {seed: in_word[seed] - on_paper[seed] for seed in CHOSEN if in_word[seed] != on_paper[seed]}
    assert all(abs(more) == 1 for more in off.values()), off
    assert len(off) <= len(CHOSEN) * (1 - ENOUGH), (off, Counter(on_paper.values()))
