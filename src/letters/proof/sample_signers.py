"""Who else may sign a letter than who does: for branches that ask what is known of a signatory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from letters.workspace.model import LetterType, Signatory
from letters.workspace.signatories import KEYS
from letters.workspace.source import SIGNATORIES

_ID = "sample"
_NAME = "A. N. Other"
_LISTS = ("offices", "offices_cy")


def signed_otherwise(letter_type: LetterType) -> Iterator[LetterType]:
    """A letter type signed by each signatory, by somebody of whom all is known, and of whom one thing is not."""
    others = letter_type.signatories.values()
    keys = [*letter_type.signatory, *KEYS, *(key for one in others for key in one.facts)]
    known: dict[str, object] = {
        key: [_NAME] if key in _LISTS else _NAME for key in dict.fromkeys(keys) if key != "picture"
    }
    yield from (replace(letter_type, signatory=one.facts, signed_by=one) for one in others)
    picture = f"{SIGNATORIES}/{_ID}.png" if others else ""
    unknown: list[dict[str, object]] = [{**known, key: None} for key in known if key != "name"]
    for facts in (known, *unknown):
        yield replace(letter_type, signatory=facts, signed_by=Signatory(_ID, facts, picture))
    yield replace(letter_type, signatory=known, signed_by=Signatory(_ID, known))
