"""Which folders are ours to put letters into, and how that is told: nothing of anybody else's is replaced there."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from letters.batch.manifest import Manifest, read_manifest
from letters.machine.files import Refused, Store, is_file
from letters.workspace.source import INPUTS

#: The folder of a workspace that letters are put into, unless another one is named.
OUTPUTS = "outputs"
#: What says that a folder elsewhere is ours.
MARKER = ".made-by-letters"
_SAID = b"The files in this folder are made by `letters`, which replaces and deletes them. Put nothing else here.\n"
#: Folders of a workspace that are no place for letters, besides those of its input.
_OTHERS = (".git", ".letters", "records", "issued")


def unfit(out: Path, root: Path) -> str:
    """Why letters of the workspace in `root` cannot be put into the folder `out` (both resolved); empty if they can."""
    if out == root or root.is_relative_to(out):
        return "it holds the workspace itself"
    if out.exists() and not out.is_dir():
        return "it is no folder"
    inside = out.relative_to(root).parts[0] if out.is_relative_to(root) else ""
    return f"{inside}/ is for other files" if inside in (*INPUTS, *_OTHERS) else ""


def claim(out: Path) -> None:
    """Make certain that a folder is ours, and mark it where it is new. Raises Refused where it holds other files.

    Ours is the folder of a workspace that is there for it, one with our marker or manifest, and an empty one.
    """
    store = Store(out)
    if _is_of_a_workspace(store.root) or is_file(store.path(MARKER)):
        return
    if _holds_anything(store.root):
        if read_manifest(store.root) == Manifest():
            raise Refused("it holds files that letters did not make; name an empty folder, or a new one", out)
        with suppress(OSError):  # the manifest says the same; what stands in the way is told of the letters
            store.write(MARKER, _SAID)
    else:
        store.write(MARKER, _SAID)


def _is_of_a_workspace(out: Path) -> bool:
    return out.name == OUTPUTS and all((out.parent / folder).is_dir() for folder in INPUTS)


def _holds_anything(folder: Path) -> bool:
    """Whether a folder has files or folders in it, those that are hidden aside."""
    return folder.is_dir() and any(not path.name.startswith(".") for path in folder.iterdir())
