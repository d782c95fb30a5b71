"""Marks that carry through rendering where a piece of text comes from; no letter can hold their characters."""

from __future__ import annotations

import re

#: Private use characters, which the letters' font lacks.
OPEN, CLOSE = "\ue000", "\ue001"
#: A mark: a line of the document template, `v` and a line of `verdict.md`, `+` and the id of a phrase, or `-`, its end,
#: `u` and the number of a unit, or 0 behind it.
MARK = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
#: The marks in front of a text.
LEADING_MARKS = re.compile(f"(?:\\s*{OPEN}[^{CLOSE}]*{CLOSE})*")


def strip_marks(text: str) -> str:
    """`text` without marks."""
    return MARK.sub("", text)
