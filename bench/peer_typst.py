"""The letters by typst, PDF only, in one process with one compiler. `WORKSPACE OUT`"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typst

from plain import read_letters


def main(workspace: Path, out: Path) -> None:
    """Write `out/SLUG.pdf` for each force of a workspace."""
    template = Path(__file__).with_name("peer_typst.typ").read_bytes()
    compiler = typst.Compiler(root=workspace / "templates")
    for letter in read_letters(workspace):
        target = out / f"{letter['slug']}.pdf"
        inputs = {"letter": json.dumps(letter)}
        compiler.compile(template, output=target, sys_inputs=inputs, pdf_standards=["ua-1"])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
