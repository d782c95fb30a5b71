"""The letters by docxtpl, DOCX and then PDF by one call of LibreOffice. `WORKSPACE OUT TEMPLATE PROFILE`"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from docxtpl import DocxTemplate

from plain import read_letters


def main(workspace: Path, out: Path, template: Path, profile: Path) -> None:
    """Write `out/SLUG.docx` and `out/SLUG.pdf` for each force; `profile` is LibreOffice's own, kept between runs."""
    files = []
    for letter in read_letters(workspace):
        document = DocxTemplate(template)
        document.render(letter, autoescape=True)
        files.append(out / f"{letter['slug']}.docx")
        document.save(files[-1])
    own_profile = f"-env:UserInstallation={profile.as_uri()}"
    subprocess.run(["soffice", own_profile, "--headless", "--convert-to", "pdf", "--outdir", out, *files], check=True)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:5]))
