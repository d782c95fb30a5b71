"""A working workspace to start from: the forces and templates that ship with the tool."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from letters.files import Store
from letters.source import INPUTS, Folder

#: What the folder is called that a workspace is made in.
_BUILDING = ".letters-init-"
_OUTPUTS_IGNORE = "*\n!.gitignore\n"
_IGNORE = ".letters/\n"


def sample() -> Folder:
    """The sample: in the installed package, or the checkout that the package is run from."""
    packaged = Path(str(files("letters") / "sample"))
    return Folder(packaged if packaged.is_dir() else Path(__file__).parents[2])


def may_be_written(folder: Path) -> bool:
    """Whether a folder is empty, or not there, or has only what a run of this that was killed left there."""
    if not folder.exists():
        return True
    return folder.is_dir() and (not any(folder.iterdir()) or any(folder.glob(f"{_BUILDING}*")))


def write_sample(folder: Path) -> int:
    """Write the sample workspace into `folder`, of which `may_be_written` holds; gives the number of force files.

    It is made inside, under a name of its own, and then moved up part by part, the forces last: what was killed on
    the way does not look like a workspace.
    """
    source = sample()
    folder.mkdir(parents=True, exist_ok=True)
    before = list(folder.glob(f"{_BUILDING}*"))
    building = Path(mkdtemp(prefix=_BUILDING, dir=folder))
    store = Store(building)
    for path in source:
        store.write(path, source[path])
    store.write("outputs/.gitignore", _OUTPUTS_IGNORE.encode())
    store.write(".gitignore", _IGNORE.encode())
    for part in sorted(building.iterdir(), key=lambda part: part.name == INPUTS[0]):
        if not os.path.lexists(folder / part.name):  # else it was moved there, whole, before this was killed
            part.rename(folder / part.name)
    for left in (*before, building):
        rmtree(left, ignore_errors=True)
    return sum(path.startswith(f"{INPUTS[0]}/") for path in source)
