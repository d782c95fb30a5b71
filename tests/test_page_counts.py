"""Random letters in every format: the words of each, and as many pages in Word, through LibreOffice, as in the PDF."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from letters.readback import faults, read
from letters.render import FORMATS
from support.random_letters import SEEDS, random_letter, random_style

#: A tenth of the seeds; all with LETTERS_SOAK=1.
CHOSEN = list(SEEDS if os.environ.get("LETTERS_SOAK") == "1" else SEEDS[::10])
#: Some pages of difference are a matter of a few points, in whichever program.
ENOUGH = 0.9


@cache
def rendition(seed: int, form: str) -> bytes:
    return FORMATS[form](random_letter(seed), random_style())


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("seed", CHOSEN)
def test_a_random_letter_says_its_words(seed: int, form: str) -> None:
    assert faults(random_letter(seed), read(form, rendition(seed, form))) == []


def pages_of_word(folder: Path) -> dict[int, int]:
    """How many pages each letter has in LibreOffice, all converted at once."""
    for seed in CHOSEN:
        (folder / f"{seed}.docx").write_bytes(rendition(seed, "docx"))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder / "out")]
    files = [str(folder / f"{seed}.docx") for seed in CHOSEN]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=len(files) * 5 + 120)
    return {seed: len(pypdfium2.PdfDocument(folder / "out" / f"{seed}.pdf")) for seed in CHOSEN}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_word_has_the_pages_of_the_pdf(tmp_path: Path) -> None:
    in_word = pages_of_word(tmp_path)
    on_paper = {seed: len(pypdfium2.PdfDocument(rendition(seed, "pdf"))) for seed in CHOSEN}
    assert max(on_paper.values()) <= 5
    off = {seed: in_word[seed] - on_paper[seed] for seed in CHOSEN if in_word[seed] != on_paper[seed]}
    assert all(abs(more) == 1 for more in off.values()), off
    assert len(off) <= len(CHOSEN) * (1 - ENOUGH), (off, Counter(on_paper.values()))
