"""Working workspaces to start from: whole folders that ship with the tool."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path, PurePosixPath

from letters.machine.files import Store, is_file, is_leftover, read_file
from letters.problems import InvalidInput, plural
from letters.workspace.raw import load_yaml
from letters.workspace.source import INPUTS, Source, letter_type_names

#: The sample that `letters init` makes where none is named, and the one that is no example.
DEFAULT, EMPTY = "inspectorate", "empty"

_FOLDER = Path(str(files("letters") / "samples"))
_SKELETON = Path(str(files("letters.workspace") / "skeleton"))
_OUTPUTS_IGNORE = "*\n!.gitignore\n"
_IGNORE = ".letters/\n"
_README, _RECIPIENT = "README.md", "recipient.yaml"
_INVENTED = "; what is marked `specimen` is invented"
#: The line of the README for workspaces that say themselves who letters go to.
_ROW = (
    "| `recipient.yaml` | who letters go to: the word for one and for many, and what a file in `forces/` may hold |\n"
)


@dataclass(frozen=True)
class Sample:
    """A sample: its files by path from the workspace, those that git would not keep included."""

    files: Source

    @property
    def forces(self) -> int:
        """How many force files it has."""
        return sum(path.startswith(f"{INPUTS[0]}/") and path.endswith(".yaml") for path in self.files)

    @property
    def types(self) -> list[str]:
        """The names of its letter types."""
        return letter_type_names(self.files)

    @property
    def word(self) -> tuple[str, str]:
        """What one of those who get its letters is called, and many."""
        try:
            data = load_yaml(self.files, _RECIPIENT).data
        except InvalidInput:
            return "force", "forces"
        word = data.get("word") if isinstance(data, dict) else None
        return (str(word["one"]), str(word["many"])) if isinstance(word, dict) else ("force", "forces")

    @property
    def inside(self) -> str:
        """What is in it, in words: `43 forces and 2 letter types`."""
        if not self.forces and not self.types:
            return f"no {self.word[0]} and no letter type"
        return f"{plural(self.forces, *self.word)} and {plural(len(self.types), 'letter type')}"


def sample_names() -> list[str]:
    """The samples that `letters init --sample` makes."""
    return sorted(path.name for path in _FOLDER.iterdir() if path.is_dir() and path.name != EMPTY)


def load_sample(name: str) -> Sample:
    """A sample, or the workspace without letters. Raises OSError."""
    return Sample(_inside(_FOLDER / name))


def skeleton() -> dict[str, bytes]:
    """The files of a small letter type that works as it is, by their names. Raises OSError."""
    return _inside(_SKELETON)


def _inside(root: Path) -> dict[str, bytes]:
    found = {path.relative_to(root).as_posix(): path for path in sorted(root.rglob("*")) if path.is_file()}
    return {name: read_file(path) for name, path in found.items()}


def takes_sample(folder: Path, sample: Sample) -> bool:
    """Whether a sample may be written into `folder`: nothing is there, or only what a killed command had begun.

    Raises OSError.
    """
    if not folder.is_dir():
        return not folder.exists()
    made = _made(sample)
    begun = {name: data for name, data in made.items() if name.split("/")[0] != INPUTS[0]}
    folders = {above.as_posix() for name in begun for above in PurePosixPath(name).parents}
    for path in (path for path in folder.rglob("*") if not is_leftover(path.relative_to(folder).parts[0])):
        name = path.relative_to(folder).as_posix()
        if not (is_file(path) and read_file(path) == begun.get(name)) and (path.is_symlink() or name not in folders):
            return False
    return True


def write_sample(folder: Path, sample: Sample) -> None:
    """Write a sample into `folder`, with a README where it has none of its own.

    Without `forces/`, which comes last, nothing takes what a killed command leaves for a workspace. Raises OSError,
    also where something else is in the folder.
    """
    if not takes_sample(folder, sample):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder))
    store, made = Store(folder), _made(sample)
    store.remove_leftovers("")
    for name in dict.fromkeys(name.split("/")[0] for name in made):
        store.remove_tree(name)
    store.write_all(made, last=INPUTS[0])


def _made(sample: Sample) -> dict[str, bytes]:
    """All files of a workspace that is made from a sample."""
    return {
        _README: _readme(sample).encode(),
        **sample.files,
        "outputs/.gitignore": _OUTPUTS_IGNORE.encode(),
        ".gitignore": _IGNORE.encode(),
    }


def _readme(sample: Sample) -> str:
    text = (
        read_file(_FOLDER / _README)
        .decode()
        .replace(", made with {inside}", f", made with {sample.inside}{_INVENTED}" if sample.forces else "")
    )
    return text.replace("{recipient}", _ROW if _RECIPIENT in sample.files else "").replace("{one}", sample.word[0])
