"""Workspaces to work in: the project's forces and templates, once or several times over, and edits of them."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import yaml

from measure import JobFailed

ROOT = Path(__file__).parents[1]
#: The letter that every force gets, and that the other tools make too.
TYPE = "abuse-of-position-2017"
_NAME = re.compile(r"^name: (.+)$", re.MULTILINE)


def make_workspace(folder: Path, times: int) -> Path:
    """A new workspace with each force of the project `times` over, under other slugs and other names."""
    shutil.copytree(ROOT / "templates", folder / "templates")
    (folder / "forces").mkdir()
    for file in sorted((ROOT / "forces").glob("*.yaml")):
        text = file.read_text("utf-8")
        (folder / "forces" / file.name).write_text(text, "utf-8")
        names = _NAME.findall(text)
        if len(names) != 1:
            raise JobFailed(f"{file.name} has no line `name: …`, or several")
        for number in range(2, times + 1):
            named = text.replace(names[0], f"{names[0]} {number}")  # its own letter may name it too
            (folder / "forces" / f"{file.stem}-{number}.yaml").write_text(named, "utf-8")
    return folder


def letters_of(workspace: Path) -> list[str]:
    """`type/slug` of every letter that a build should make, found without `letters`."""
    found = []
    for file in sorted((workspace / "forces").glob("*.yaml")):
        for kind, outcome in yaml.safe_load(file.read_text("utf-8"))["letters"].items():
            if outcome["stage"] != "awaited":
                found.append(f"{kind}/{file.stem}")
    return found


def digests(folder: Path) -> dict[str, str]:
    """The digest of each file below `folder`, by its path from there; what is hidden is left out, and reviews."""
    paths = {path.relative_to(folder): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {
        name.as_posix(): sha256(path.read_bytes()).hexdigest()
        for name, path in paths.items()
        if name.parts[0] != "review" and not any(part.startswith(".") for part in name.parts)
    }


@dataclass(frozen=True)
class Flip:
    """An edit that goes back and forth: `one` becomes `other`, and the next time `other` becomes `one`."""

    file: Path
    one: str
    other: str

    def make(self) -> None:
        """Edit the file as staff would."""
        text = self.file.read_text("utf-8")
        old, new = (self.one, self.other) if self.one in text else (self.other, self.one)
        if text.count(old) != 1:
            raise JobFailed(f"{self.file.name} should say {self.one!r} or {self.other!r}, once: mend bench/jobs.py")
        self.file.write_text(text.replace(old, new), "utf-8")
