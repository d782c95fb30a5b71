"""The sample of letters in English and Welsh, as a workspace; and a letter type in both, made by hand."""

from __future__ import annotations

import shutil
from pathlib import Path

from conftest import Workspace
from letters.workspace import samples

SAMPLE = Path(samples.__file__).parents[1] / "samples" / "welsh"
CUSTODY, STOPS = "custody-records-2018", "stop-and-search-2018"
TYPE = f"templates/{CUSTODY}"
SLUGS = ("dyfed-powys", "gwent", "north-wales", "south-wales")


def welsh(root: Path) -> Workspace:
    """The sample in a folder: four forces, a type with a letter in each language, one with both in a file."""
    shutil.copytree(SAMPLE, root)
    return Workspace(root)
