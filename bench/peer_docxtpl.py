"""The letters by docxtpl, DOCX and then PDF by LibreOffice. `WORKSPACE OUT TEMPLATE PROFILE`"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from docxtpl import DocxTemplate

from plain import read_letters

#: Files for one call of LibreOffice. It takes 255 arguments at most, and leaves out the rest without a word (7.4).
MOST = 240
_PDF = 'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"}}'


def main(workspace: Path, out: Path, template: Path, profile: Path) -> None:
    """Write `out/SLUG.docx` and `out/SLUG.pdf` for each force; `profile` is LibreOffice's own, kept between runs."""
    files = []
    for letter in read_letters(workspace):
        document = DocxTemplate(template)
        document.render(letter, autoescape=True)
        files.append(out / f"{letter['slug']}.docx")
        document.save(files[-1])
    for start in range(0, len(files), MOST):
        _convert(files[start : start + MOST], out, profile)


def _convert(files: Sequence[Path], out: Path, profile: Path) -> None:
    own_profile = f"-env:UserInstallation={profile.as_uri()}"
    subprocess.run(["soffice", own_profile, "--headless", "--convert-to", _PDF, "--outdir", out, *files], check=True)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:5]))
