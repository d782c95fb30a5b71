"""What those are called who the letters of a workspace go to."""

from __future__ import annotations

from letters.problems import InvalidInput
from letters.workspace.model import FORCE, Word
from letters.workspace.raw import load_yaml
from letters.workspace.source import RECIPIENT, Source


def word_of(source: Source) -> Word:
    """What they are called in messages, whatever else is wrong with `recipient.yaml`."""
    if RECIPIENT not in source:
        return FORCE
    try:
        return word_said(load_yaml(source, RECIPIENT).data) or FORCE
    except InvalidInput:
        return FORCE


def word_said(data: object) -> Word | None:
    """What the data of `recipient.yaml` call them; None where they do not."""
    said = data.get("word") if isinstance(data, dict) else None
    one, many = (said.get("one"), said.get("many")) if isinstance(said, dict) else (None, None)
    return Word(one.strip(), many.strip()) if isinstance(one, str) and isinstance(many, str) else None
