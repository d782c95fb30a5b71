"""How many random examples a test tries: a tenth in `make test`, all of them in `make soak`."""

from __future__ import annotations

import os

SOAK = os.environ.get("LETTERS_SOAK") == "1"


def examples(count: int) -> int:
    """`count` for the everyday run, ten times as many for a soak."""
    return count * 10 if SOAK else count
