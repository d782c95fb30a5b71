"""What somebody edited in the Word file of a letter, held against the letter as it was composed."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from letters.batch.history import COMPOSED
from letters.machine.files import Store
from letters.review.compare.changes import ELSE, Difference, FactChange
from letters.review.compare.content import counted


def edited(out: Path, one: Difference, name: str) -> Difference | None:
    """From a letter as it was composed to its Word file, which was edited since; None where there is no such file.

    `one`: the letter, which is there. `name`: of the file, for a person. An edit that changes no word is told as one of
    something else, and known by the bytes of the file: another edit is another change.
    """
    from letters.review.files import UnreadableFile, compare_files

    path, composed = out / f"{one.key.path}.docx", out / COMPOSED / f"{one.key.path}.json"
    if not composed.is_file() or not path.is_file():
        return None
    try:
        found = replace(compare_files(composed, path), key=one.key)
    except UnreadableFile as error:
        why = str(error).removeprefix(f"{path}: ")
        found = Difference(one.key, one.after, one.after, facts=(_unread(out, one, f"it cannot be compared: {why}"),))
    else:
        if found.is_same:
            found = replace(found, facts=(*found.facts, _unread(out, one, _beside_words(found))))
    return replace(found, after=found.after and replace(found.after, name=name))


def _beside_words(found: Difference) -> str:
    not_compared = f", or {counted(found.not_compared)} not compared" if found.not_compared else ""
    return f"no word; how it looks{not_compared}"


def _unread(out: Path, one: Difference, what: str) -> FactChange:
    try:
        data = Store(out).read(f"{one.key.path}.docx")
    except OSError:
        data = b""
    return FactChange(ELSE, "", None, what, within=sha256(data).hexdigest())
