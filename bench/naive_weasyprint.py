"""What most people would write: a loop over the forces, a Jinja template, `write_pdf`. `WORKSPACE OUT`"""

from __future__ import annotations

import sys
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from weasyprint import HTML

from plain import read_letters


def main(workspace: Path, out: Path) -> None:
    """Write `out/SLUG.pdf` for each force of a workspace."""
    template = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True).get_template(
        "naive_letter.html"
    )
    for letter in read_letters(workspace):
        html = HTML(string=template.render(letter), base_url=f"{workspace / 'templates'}/")
        html.write_pdf(out / f"{letter['slug']}.pdf", pdf_variant="pdf/ua-1")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
