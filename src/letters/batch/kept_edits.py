"""Edited Word files that somebody said are to stay as they are: records of their letters, which colleagues share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from letters.batch.plan import Kept
from letters.letter import LetterKey
from letters.workspace.record import LETTERS, read_records, write_record

KEPT = "kept"


def kept(root: Path, key: LetterKey, digest: str, core: Callable[[], str]) -> Kept | None:
    """That the Word file of a letter is to stay, if somebody said so of this very file.

    `digest`: of the file; `core`: gives that of its text and looks alone, for a service may have written beside it.
    """
    for record in reversed(read_records(root / LETTERS / key.path).of_kind(KEPT)):
        data = record.data
        if data["file"] == digest or (data["text"] and data["text"] == core()):
            return Kept(record.at.date().isoformat(), data["letter"], record.by)
    return None


def keep(root: Path, key: LetterKey, digest: str, core: str, letter: str, by: str) -> Kept:
    """Say that a Word file is to stay beside the letter of digest `letter`. Raises OSError and ValueError."""
    records = read_records(root / LETTERS / key.path)
    record = write_record(records, KEPT, by, {"file": digest, "text": core, "letter": letter})
    return Kept(record.at.date().isoformat(), letter, by)
