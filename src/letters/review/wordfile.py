"""What somebody edited in the Word file of a letter, held against the letter as it was composed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from letters.history import COMPOSED
from letters.review.changes import Difference, Key


@dataclass(frozen=True)
class WordFile:
    """A Word file that is not as it was built. `difference`: from the composed letter to it, or None where one of them
    cannot be read, which `problem` says."""

    path: Path
    difference: Difference | None
    problem: str = ""


def edited(out: Path, key: Key) -> WordFile | None:
    """The Word file of a letter in an output folder, which was edited since it was built; None where there is none."""
    from letters.review.files import UnreadableFile, compare_files

    kind, slug = key
    path, composed = out / kind / f"{slug}.docx", out / COMPOSED / kind / f"{slug}.json"
    if not composed.is_file() or not path.is_file():
        return None
    try:
        return WordFile(path, replace(compare_files(composed, path), key=key))
    except UnreadableFile as error:
        return WordFile(path, None, str(error))
