"""The sender of a letter type that the tool made: invented, so that no letter of theirs is ready."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from letters.problems import Code, Problem, quoted
from letters.workspace.model import LetterType
from letters.workspace.outcome import as_mapping
from letters.workspace.raw import KeyPath, load_yaml
from letters.workspace.samples import skeleton
from letters.workspace.signatories import FOLDER
from letters.workspace.source import Source

#: What of a sender nobody else has.
_TOLD = ("name", "offices", "address", "email")


def invented_sender(letter_type: LetterType, source: Source) -> Problem | None:
    """That who signs is still whom the tool invented, in whole or in part, at the first line that says so.

    `letter_type`: with who signs the letter. Raises InvalidInput.
    """
    signs, invented = letter_type.signatory, _invented()
    left = [key for key in _TOLD if key in signs and signs[key] == invented.get(key)]
    if not left:
        return None
    way: KeyPath = (left[0],)
    if letter_type.signed_by:
        path = f"{FOLDER}/{letter_type.signed_by.id}.yaml"
    else:
        path, way = f"{letter_type.folder}/letter.yaml", ("signatory", *way)
    first = signs[left[0]]
    said = quoted(str(first[0] if isinstance(first, list) else first))
    message = f"a letter is ready, and its sender is still an invented one: {said}"
    hint = f"write who signs: {', '.join(left)}; until then let the stage be draft or specimen"
    return Problem(Code.INVENTED_SENDER, message, load_yaml(source, path).place(way), hint)


@cache
def _invented() -> Mapping[str, object]:
    return as_mapping(as_mapping(load_yaml(skeleton(), "letter.yaml").data)["signatory"])
