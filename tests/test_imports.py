"""The order of imports holds, and the check of it finds what it must."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter over the package in `folder`, under the project's own contracts."""
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--config", ROOT / "pyproject.toml", "--no-cache"],
        env={**os.environ, "PYTHONPATH": str(folder)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def package(tmp_path: Path) -> Path:
    shutil.copytree(
        ROOT / "src" / "letters", tmp_path / "letters", ignore=shutil.ignore_patterns("__pycache__", "*.ttf")
    )
    return tmp_path


def test_imports_point_one_way(package: Path) -> None:
    done = lint(package)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("module", "planted", "contract"),
    [
        ("problems.py", "import letters.machine.files", "imports point one way"),
        ("machine/kept.py", "import letters.letter", "imports point one way"),
        ("letter/__init__.py", "import letters.workspace.raw", "imports point one way"),
        ("workspace/validate.py", "import letters.compose", "imports point one way"),
        ("render/text.py", "import letters.readback", "imports point one way"),
        ("readback/text.py", "import letters.render", "imports point one way"),
        ("compose/facts.py", "import letters.batch.survey", "imports point one way"),
        ("batch/plan.py", "import letters.proof.book", "imports point one way"),
        ("proof/book.py", "import letters.review.states", "imports point one way"),
        ("review/states.py", "import letters.cli", "imports point one way"),
        ("review/compare/words.py", "import letters.review.marks.identity", "imports point one way in review"),
        ("review/marks/standing.py", "import letters.review.groups.groups", "imports point one way in review"),
        ("review/groups/groups.py", "import letters.review.redlines", "imports point one way in review"),
        ("review/baseline.py", "import letters.review.states", "imports point one way in review"),
        ("review/states.py", "import letters.review.pipeline", "imports point one way in review"),
        ("review/pipeline.py", "import letters.review.delivery", "imports point one way in review"),
        ("review/book.py", "import letters.review.delivery", "imports point one way in review"),
        ("batch/terminal.py", "import click", "click only in cli"),
        ("compose/__init__.py", "import yaml", "yaml only in raw"),
        ("letter/markdown/reader.py", "import jinja2", "jinja2 only in compose"),
        ("render/html.py", "import weasyprint", "weasyprint only in render.pdf"),
        ("readback/docx.py", "import docx", "python-docx only in render"),
        ("workspace/house_style.py", "import tinycss2", "tinycss2 only in looks"),
        ("workspace/forces.py", "import jsonschema_rs", "jsonschema_rs only in schema"),
    ],
)
def test_a_planted_import_is_found(package: Path, module: str, planted: str, contract: str) -> None:
    file = package / "letters" / module
    file.write_text(file.read_text("utf-8") + f"\n{planted}\n", "utf-8")
    done = lint(package)
    assert done.returncode == 1, done.stdout
    assert f"{contract} BROKEN" in done.stdout
