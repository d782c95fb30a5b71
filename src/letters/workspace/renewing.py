"""Lines of a letter type in a force's file in which nothing is filled in: renewed when outcome.yaml asks otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence

from letters.problems import InvalidInput
from letters.workspace.edits import Block, Edit, Remove
from letters.workspace.raw import load_yaml
from letters.workspace.splice import spliced
from letters.workspace.written import NotWritten

#: A remark that a new file has for a field: its key, with its answers or nothing, or an entry of a list of them.
_FIELD = re.compile(r"#\s+(?:- )?[^\s:#][^:#]*:(?:| .* \| .*)|#\s+- .*")
#: One that it has for a key of the tool's own, with what it is for behind it.
_OWN = re.compile(r"#\s+[a-z_]+:(?: \S+(?: \| \S+)*)?\s{2,}#.*")
_STAGE = re.compile(r"stage:\s*awaited\s*(?:#.*)?")


def renewed_block(data: bytes, path: str, name: str, lines: Sequence[str]) -> bytes | None:
    """A force's file with the lines of a letter type as they are for a new file; None where they are so already, or
    where somebody wrote something there.

    `lines`: as for a new file, less the way in.
    """
    raw = load_yaml({path: data}, path)
    at = ("letters", name)
    letters = raw.data.get("letters") if isinstance(raw.data, dict) else None
    if not (isinstance(letters, dict) and letters.get(name) == {"stage": "awaited"} and at in raw.keys):
        return None
    own = _lines_of(raw.lines, *raw.keys[at])
    new = [line.strip() for line in lines if line.strip()]
    if own == new or not _is_untouched(own[1:]):
        return None
    edits: list[Edit] = [Remove(at), Block(("letters",), tuple(lines))]
    try:
        return spliced(data, edits, path)
    except (NotWritten, InvalidInput):
        return None


def _lines_of(lines: Sequence[str], first: int, column: int) -> list[str]:
    """The lines of a key and of what stands further in below it, remarks among them, without blanks around them."""
    found = [lines[first].strip()]
    for line in lines[first + 1 :]:
        if line.strip() and len(line) - len(line.lstrip()) <= column:
            break
        found += [line.strip()] if line.strip() else []
    return found


def _is_untouched(lines: Sequence[str]) -> bool:
    """Whether all is as `letters new` writes it: of each field a remark with its name below one with what it asks."""
    if len(lines) < 2 or not _STAGE.fullmatch(lines[0]):
        return False
    below = [*lines[2:], ""]
    remarks = zip(lines[1:], below, strict=True)
    return all(
        one.startswith("#") and (_FIELD.fullmatch(one) or _OWN.fullmatch(one) or _FIELD.fullmatch(other))
        for one, other in remarks
    )
