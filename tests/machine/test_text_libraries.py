"""Which libraries set PDFs on Windows: a user's own, else those of the package that comes along; and what is locked."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from letters.machine.text_libraries import NAMES, VARIABLE, folders

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


def asked(code: str, path: Path) -> str:
    """What Python prints that finds packages in a folder too."""
    environment = {"PYTHONPATH": str(path), "PATH": ""}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()


def test_the_package_is_found_and_not_imported(tmp_path: Path) -> None:
    package = tmp_path / "gstreamer_libs"
    (package / "bin").mkdir(parents=True)
    (package / "__init__.py").write_text("raise SystemExit('imported')\n")
    code = "from letters.machine.text_libraries import bundled; print(bundled())"
    assert asked(code, tmp_path) == str(package / "bin")


def test_a_package_without_libraries_is_none(tmp_path: Path) -> None:
    (tmp_path / "gstreamer_libs").mkdir()
    code = "from letters.machine.text_libraries import bundled; print(bundled())"
    assert asked(code, tmp_path) == "None"


def test_the_folder_of_the_package_is_looked_in(tmp_path: Path) -> None:
    assert folders({}, tmp_path) == (str(tmp_path),)
    assert folders({}, None) == ()


def test_a_users_own_folders_win(tmp_path: Path) -> None:
    assert folders({VARIABLE: r"C:\own;D:\more;"}, tmp_path) == (r"C:\own", r"D:\more")
    assert folders({VARIABLE: ""}, tmp_path) == ()


def test_weasyprint_tries_the_names_of_the_package() -> None:
    """Our names for Windows are among those that WeasyPrint gives to its loader, which adds the ending itself."""
    from importlib.util import find_spec

    spec = find_spec("weasyprint")
    assert spec is not None
    assert spec.origin is not None
    loader = (Path(spec.origin).parent / "text/ffi.py").read_text("utf-8")
    for library in NAMES.values():
        assert f"'{library['win32'][0].removesuffix('.dll')}'" in loader
        assert f"'{library['linux'][0]}'" in loader


def test_everything_that_installs_is_locked() -> None:
    """pip builds the package with tools of the lock file, and fetches none beside it."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    installs = [line for line in makefile.splitlines() if "pip install" in line and "/lock/" not in line]
    assert len(installs) == 3
    for line in installs:
        assert "--require-hashes" in line or ("--no-deps" in line and "--no-build-isolation" in line)
    for name in ("build", "test"):
        locked = (ROOT / f"requirements/{name}.txt").read_text("utf-8")
        needs = re.findall(r'"([\w-]+)[>=]', (ROOT / "pyproject.toml").read_text("utf-8").split("[project]")[0])
        assert needs == ["hatchling"]
        for tool in (*needs, "editables"):
            assert re.search(rf"^{tool}==\S+ \\\n    --hash=sha256:", locked, re.M), tool
        assert re.search(r"^gstreamer-libs==\S+ ; .*sys_platform == 'win32'", locked, re.M)
