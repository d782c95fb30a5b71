"""The nouns of the data: forces, outcomes and letter types, as they are once validated."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """How far an outcome is. `awaited` ones are counted and not built."""

    AWAITED = "awaited"
    SPECIMEN = "specimen"
    DRAFT = "draft"
    READY = "ready"
