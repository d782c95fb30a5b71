"""A composed letter as JSON and back: kept beside the manifest, so that it can be compared without its templates."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from typing import Any

from letters.letter import Letter
from letters.machine.files import is_plain_name
from letters.machine.kept import KIND, Damaged, made, parsed


def to_json(letter: Letter) -> bytes:
    """The letter in UTF-8 JSON; the same letter gives the same bytes."""
    return (json.dumps(_plain(letter), ensure_ascii=False, indent=1) + "\n").encode()


def from_json(data: bytes) -> Letter:
    """The letter that `to_json` wrote, in this version or an earlier one, which had fewer fields.

    Raises Damaged, a ValueError, where the bytes are anything else.
    """
    letter: Letter = made(Letter, parsed(data))
    if not (is_plain_name(letter.type) and is_plain_name(letter.slug)):
        raise Damaged("its name could be a path")
    return letter


def _plain(value: Any) -> Any:
    """Dataclasses as objects that name their kind; what is at its default is left out of all but the letter."""
    if isinstance(value, Letter):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if dataclasses.is_dataclass(value):
        fields = {
            f.name: getattr(value, f.name) for f in dataclasses.fields(value) if getattr(value, f.name) != f.default
        }
        return {KIND: type(value).__name__, **{name: _plain(inner) for name, inner in fields.items()}}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
