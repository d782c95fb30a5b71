"""The order of imports holds, and the check of it finds what it must."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from conftest import ROOT
from letters.batch.formats import FORMATS

pytestmark = pytest.mark.slow


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


def copied(folder: Path) -> Path:
    """A copy of the package, in a folder that Python can import it from."""
    shutil.copytree(ROOT / "src" / "letters", folder / "letters", ignore=shutil.ignore_patterns("__pycache__", "*.ttf"))
    return folder


def test_imports_point_one_way(tmp_path: Path) -> None:
    done = lint(copied(tmp_path))
    assert done.returncode == 0, done.stdout


#: In each room a module, and what it may not import.
PLANTED = [
    ("problems/__init__.py", "letters.machine.files", "imports point one way"),
    ("machine/kept.py", "letters.letter", "imports point one way"),
    ("letter/__init__.py", "letters.workspace.raw", "imports point one way"),
    ("workspace/validate.py", "letters.compose", "imports point one way"),
    ("render/text.py", "letters.readback", "imports point one way"),
    ("readback/text.py", "letters.render", "imports point one way"),
    ("compose/facts.py", "letters.batch.survey", "imports point one way"),
    ("batch/plan.py", "letters.proof.book", "imports point one way"),
    ("proof/book.py", "letters.review.states", "imports point one way"),
    ("review/states.py", "letters.cli", "imports point one way"),
    ("review/compare/hidden.py", "letters.review.marks.identity", "imports point one way in review"),
    ("review/marks/standing.py", "letters.review.groups.groups", "imports point one way in review"),
    ("review/groups/groups.py", "letters.review.redlines", "imports point one way in review"),
    ("review/baseline.py", "letters.review.states", "imports point one way in review"),
    ("review/states.py", "letters.review.comparison", "imports point one way in review"),
    ("review/delivery.py", "letters.review.pipeline", "imports point one way in review"),
    ("review/comparison.py", "letters.review.delivery", "imports point one way in review"),
    ("review/recording.py", "letters.review.delivery", "imports point one way in review"),
    ("batch/terminal.py", "click", "click only in cli"),
    ("compose/__init__.py", "yaml", "yaml only where YAML is read"),
    ("letter/markdown/reader.py", "jinja2", "jinja2 only in compose and render.web"),
    ("review/report/page.py", "jinja2", "jinja2 only in compose and render.web"),
    ("proof/page.py", "markupsafe", "jinja2 only in compose and render.web"),
    ("render/html.py", "weasyprint", "weasyprint only in render.pdf"),
    ("render/pdf_margins.py", "pydyf", "pydyf only where PDFs are finished"),
    ("readback/docx.py", "docx", "python-docx only in render"),
    ("review/pages/layout.py", "pypdfium2", "pypdfium2 only in readback.pdfium"),
    ("batch/survey.py", "multiprocessing", "processes and signals only in machine"),
    ("proof/spelling.py", "subprocess", "processes and signals only in machine"),
    ("review/pages/workers.py", "signal", "processes and signals only in machine"),
    ("workspace/house_style.py", "tinycss2", "tinycss2 only in looks"),
    ("workspace/forces.py", "jsonschema_rs", "jsonschema_rs only in schema"),
]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the check says of a package in which all of it is planted."""
    package = copied(tmp_path_factory.mktemp("planted"))
    for module, imported, _ in PLANTED:
        plant(package, module, imported)
    done = lint(package)
    assert done.returncode == 1, done.stdout
    return done.stdout


@pytest.mark.parametrize(("module", "imported", "contract"), PLANTED)
def test_a_planted_import_is_found(said: str, module: str, imported: str, contract: str) -> None:
    assert f"{contract} BROKEN" in said
    importer = f"letters.{module.removesuffix('.py').removesuffix('/__init__').replace('/', '.')}"
    assert f"{importer} -> {imported} (l." in " ".join(said.split())


def test_modules_that_import_one_another_are_found(tmp_path: Path) -> None:
    package = copied(tmp_path)
    plant(package, "batch/plan.py", "letters.batch.delivery")
    assert "nothing imports itself BROKEN" in lint(package).stdout


def plant(package: Path, module: str, imported: str) -> None:
    file = package / "letters" / module
    file.write_text(file.read_text("utf-8") + f"\nimport {imported}\n", "utf-8")


#: Modules that import in functions, and what: the readers of files ...
READERS = {
    "review/files/__init__.py": {
        "review.files.docx",
        "review.files.pdf",
        "review.files.pdf_pair",
        "review.files.text",
    },
}
#: ... and stages that are mostly skipped. Commands and the start of the program import what they need anyway.
SKIPPED = {
    "batch/delivery.py": {"batch.doctor"},
    "batch/doctor.py": {"render.pdf"},
    "batch/guard.py": {"review.files.untouched"},
    "batch/inputs.py": {"render.look_problems"},
    "batch/survey.py": {"batch.inputs", "workspace.word"},
    "compose/__init__.py": {"compose.lockstep", "compose.own_twins"},
    "letter/pictures.py": {"machine.xml"},
    "review/baseline.py": {"review.files"},
    "review/delivery.py": {"review.redlines", "review.redlines.once", "review.report.page"},
    "review/files/wordfile.py": {"review.files"},
    "review/comparison.py": {
        "review.files",
        "review.files.wordfile",
        "review.groups.letterheads",
        "review.pages.pictures",
    },
    "review/groups/causes.py": {"review.groups.sheets"},
    "workspace/house_style.py": {"workspace.looks.word"},
    "workspace/picture_files.py": {"workspace.looks.drawing"},
}


def imported_in_functions(code: str) -> set[str]:
    """The modules of the package, less its name, that functions in `code` import."""
    functions = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.FunctionDef)]
    inside = [node for function in functions for node in ast.walk(function)]
    names = {node.module for node in inside if isinstance(node, ast.ImportFrom) and node.module}
    names |= {alias.name for node in inside if isinstance(node, ast.Import) for alias in node.names}
    return {name.removeprefix("letters.") for name in names if name.startswith("letters.")}


def test_functions_import_only_what_is_listed() -> None:
    source = ROOT / "src" / "letters"
    modules = {path.relative_to(source).as_posix(): path for path in source.rglob("*.py")}
    found = {name: imported_in_functions(path.read_text("utf-8")) for name, path in modules.items()}
    lazy = {name: names for name, names in found.items() if names and not name.startswith(("cli/", "__main__"))}
    assert lazy == {**READERS, **SKIPPED}


def test_what_the_table_of_formats_names_is_there() -> None:
    """It imports by name, which no contract sees: from these two rooms alone, and what has the two functions."""
    assert {row.renderer for row in FORMATS.values()} | {row.reader for row in FORMATS.values()} == {
        "docx",
        "html",
        "pdf",
        "text",
    }
    for row in FORMATS.values():
        assert callable(import_module(f"letters.render.{row.renderer}").render)
        assert callable(import_module(f"letters.readback.{row.reader}").read)


def test_nothing_else_imports_by_name() -> None:
    source = ROOT / "src" / "letters"
    found = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Name | ast.Attribute) and ast.unparse(node).endswith(("import_module", "__import__"))
    }
    assert found == {"batch/formats.py"}


def test_an_import_in_a_function_is_found() -> None:
    assert imported_in_functions("def f():\n    if True:\n        from letters.batch import plan\n") == {"batch"}


def test_the_top_of_the_package_stays_small() -> None:
    entries = [path for path in (ROOT / "src" / "letters").iterdir() if path.name != "__pycache__"]
    assert len(entries) <= 15
