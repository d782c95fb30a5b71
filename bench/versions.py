"""Versions of `letters` to measure: each with its own source and a start of its own, made in the same way."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

from measure import JobFailed, run
from workspaces import ROOT

SOURCE = ("src", "requirements/build.txt", "pyproject.toml")
_SCRIPT = "#!{python}\nimport sys\nfrom {module} import {function}\nsys.exit({function}())\n"


class UnknownRevision(Exception):
    """Git knows no such revision; the text says so."""


def commit_of(revision: str) -> str:
    """The short hash of a revision of this project."""
    try:
        return _git("rev-parse", "--verify", "--quiet", "--short", f"{revision}^{{commit}}")
    except (OSError, subprocess.CalledProcessError):
        raise UnknownRevision(f"git knows no revision {revision!r} of this project") from None


def working_tree() -> str:
    """What the working tree is: its commit, and whether anything that is measured was changed since."""
    changed = _git("status", "--porcelain", "--", *SOURCE, "forces", "templates")
    return f"{commit_of('HEAD')}, with changes that are not committed" if changed else commit_of("HEAD")


def copy_revision(commit: str, folder: Path) -> None:
    """The source as at a commit, into a new folder."""
    folder.mkdir()
    archive = folder / "source.tar"
    run(["git", "archive", f"--output={archive}", commit, "--", *SOURCE], ROOT, os.environ)
    run(["tar", "-xf", archive], folder, os.environ)


def copy_working_tree(folder: Path) -> None:
    """The source as it is now, into a new folder: whoever goes on editing changes nothing that is measured."""
    (folder / "requirements").mkdir(parents=True)
    shutil.copytree(ROOT / SOURCE[0], folder / SOURCE[0], ignore=shutil.ignore_patterns("__pycache__"))
    for name in SOURCE[1:]:
        shutil.copyfile(ROOT / name, folder / name)


def install(*folders: Path) -> list[Path]:
    """A `letters` for each copied source, all with the same Python; the paths of the programs.

    They share the libraries that are installed here if all are locked to the same; else each gets its own.
    """
    locks = {(folder / "requirements" / "build.txt").read_bytes() for folder in folders}
    return [_install(folder, own_libraries=len(locks) > 1) for folder in folders]


def _install(folder: Path, own_libraries: bool) -> Path:
    _python("-m", "venv", "--without-pip", folder / "venv")
    python = folder / "venv" / "bin" / "python"
    paths = [folder / "src"]
    if own_libraries:
        pip = ("-m", "pip", "--python", python, "--quiet", "--disable-pip-version-check")
        _python(*pip, "install", "--require-hashes", "-r", folder / "requirements" / "build.txt")
    else:
        paths.append(Path(sysconfig.get_path("purelib")))
    packages = sysconfig.get_path("purelib", vars={"base": str(folder / "venv")})
    Path(packages, "letters.pth").write_text("\n".join(map(str, paths)), "utf-8")
    _python("-m", "compileall", "-q", folder / "src")
    program = _write_script(folder, python)
    _see_that_it_is_this_one(python, folder)
    return program


def _write_script(folder: Path, python: Path) -> Path:
    """What pip makes of the entry point that the version names."""
    entry = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]["letters"]
    module, _, function = entry.partition(":")
    program = python.with_name("letters")
    program.write_text(_SCRIPT.format(python=python, module=module, function=function), "utf-8")
    program.chmod(0o755)
    return program


def _see_that_it_is_this_one(python: Path, folder: Path) -> None:
    """A variable such as PYTHONPATH could have brought in another."""
    found = run([python, "-c", "import letters; print(letters.__file__)"], folder, os.environ).out.strip()
    if not Path(found).is_relative_to(folder / "src"):
        raise JobFailed(f"{folder.name} would start {found}")


def _python(*arguments: str | Path) -> None:
    run([sys.executable, *arguments], ROOT, os.environ)


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()
