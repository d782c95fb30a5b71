"""A workspace to spoil, and the real command line to run in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from support import warm
from support.counts import SOAK
from support.office import needs_libreoffice

# The same examples at every run; the soak looks for new ones. No time is asserted: machines are noisy.
settings.register_profile("usual", derandomize=True, deadline=None)
settings.register_profile("soak", deadline=None)
settings.load_profile("soak" if SOAK else "usual")

ROOT = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write golden files anew instead of comparing with them")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what takes a browser or LibreOffice."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
        if needs_libreoffice.mark in item.iter_markers():
            item.add_marker("office")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium without a window."""
    from support.browsing import launched

    with launched() as chromium:
        yield chromium


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written anew."""
    return bool(request.config.getoption("--accept"))


@dataclass(frozen=True)
class Ran:
    """What a command printed and how it ended."""

    status: int
    out: str
    err: str


class Workspace:
    """A copy of the project's forces and templates in a folder of the test's own."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def letters(self, *arguments: str, env: dict[str, str] | None = None, timeout: float = 120) -> Ran:
        """Run `letters` here, as a user would."""
        return Ran(*warm.run(arguments, self.root, env, timeout))

    def path(self, name: str) -> Path:
        return self.root / name

    def read(self, name: str) -> str:
        return self.path(name).read_text("utf-8")

    def write(self, name: str, text: str) -> None:
        self.path(name).parent.mkdir(parents=True, exist_ok=True)
        self.path(name).write_text(text, "utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        """Edit a file as staff would; `old` must be there."""
        text = self.read(name)
        assert old in text, f"{old!r} is not in {name}"
        self.write(name, text.replace(old, new, 1))

    def keep_forces(self, *slugs: str) -> None:
        """Delete every other force, for tests that need few."""
        for file in self.path("forces").glob("*.yaml"):
            if file.stem not in slugs:
                file.unlink()


def copy_workspace(root: Path) -> Workspace:
    for folder in ("forces", "templates"):
        shutil.copytree(ROOT / folder, root / folder)
    return Workspace(root)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """All 43 forces and both letter types, never built."""
    return copy_workspace(tmp_path / "workspace")


@pytest.fixture
def small(workspace: Workspace) -> Workspace:
    """Three forces: a real one with both letters, a real one with departures, a specimen."""
    workspace.keep_forces("south-wales", "warwickshire", "kent")
    return workspace


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """All 43 forces, built once in every format; not to be changed."""
    workspace = copy_workspace(tmp_path_factory.mktemp("built") / "workspace")
    ran = workspace.letters("build")
    assert ran.status == 0, ran.err
    return workspace


@pytest.fixture(scope="session")
def three_built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Three forces with four letters, built once; not to be changed."""
    from support.builds import three_forces

    return three_forces(tmp_path_factory.mktemp("three") / "workspace")


@pytest.fixture
def three(three_built: Workspace, tmp_path: Path) -> Workspace:
    """A copy of them, as it is after that build."""
    from support.builds import copy

    return copy(three_built, tmp_path / "workspace")


@pytest.fixture
def bilingual(tmp_path: Path) -> Workspace:
    """The sample of letters in English and Welsh, never built."""
    from support.welsh import welsh

    return welsh(tmp_path / "workspace")


@pytest.fixture(scope="session")
def bilingual_built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The same, built once in every format; not to be changed."""
    from support.welsh import welsh

    workspace = welsh(tmp_path_factory.mktemp("bilingual") / "workspace")
    ran = workspace.letters("build")
    assert ran.status == 0, ran.err
    return workspace
