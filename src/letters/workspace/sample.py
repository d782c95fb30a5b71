"""A working workspace to start from: the forces and templates that ship with the tool."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from letters.machine.files import Store
from letters.workspace.source import INPUTS, Folder

_OUTPUTS_IGNORE = "*\n!.gitignore\n"
_IGNORE = ".letters/\n"


def sample() -> Folder:
    """The sample: in the installed package, or the checkout that the package is run from."""
    packaged = Path(str(files("letters") / "sample"))
    return Folder(packaged if packaged.is_dir() else Path(__file__).parents[3])


def write_sample(folder: Path) -> int:
    """Write the sample workspace into `folder`, which must be empty or not there; gives the number of force files.

    Without `forces/`, which comes last, nothing takes what a killed command leaves for a workspace. Raises OSError.
    """
    source, store = sample(), Store(folder)
    store.remove_leftovers("")
    files = {path: source[path] for path in source}
    files |= {"outputs/.gitignore": _OUTPUTS_IGNORE.encode(), ".gitignore": _IGNORE.encode()}
    store.write_all(files, last=INPUTS[0])
    return sum(path.startswith(f"{INPUTS[0]}/") for path in source)
