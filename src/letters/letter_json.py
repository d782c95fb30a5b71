"""A composed letter as JSON and back: kept beside the manifest, so that it can be compared without its templates."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from typing import Any

from letters.letter import Heading, ItemList, Letter, Paragraph, Part, Picture, Quote, Run, Table
from letters.model import Stage

_KINDS = {kind.__name__: kind for kind in (Paragraph, Heading, Quote, ItemList, Table, Picture, Part, Run)}


def to_json(letter: Letter) -> bytes:
    """The letter in UTF-8 JSON; the same letter gives the same bytes."""
    return (json.dumps(_plain(letter), ensure_ascii=False, indent=1) + "\n").encode()


def from_json(data: bytes) -> Letter:
    """The letter that `to_json` wrote. Raises ValueError where the bytes are anything else."""
    try:
        fields = json.loads(data)
        parts = tuple(_made(part) for part in fields.pop("parts"))
        values = tuple((name, text) for name, text in fields.pop("values", ()))
        day, stage = date.fromisoformat(fields.pop("date")), Stage(fields.pop("stage"))
        return Letter(**fields, parts=parts, date=day, stage=stage, values=values)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a composed letter: {error}") from None


def _plain(value: Any) -> Any:
    """Dataclasses as objects that name their kind; what is at its default is left out of runs."""
    if isinstance(value, Letter):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if dataclasses.is_dataclass(value):
        fields = {
            f.name: getattr(value, f.name) for f in dataclasses.fields(value) if getattr(value, f.name) != f.default
        }
        return {"kind": type(value).__name__, **{name: _plain(inner) for name, inner in fields.items()}}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def _made(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_made(inner) for inner in value)
    if isinstance(value, dict):
        fields = dict(value)
        return _KINDS[fields.pop("kind")](**{name: _made(inner) for name, inner in fields.items()})
    return value
