"""A finding: what a check of English says of a piece of text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from letters.problems import Code


@dataclass(frozen=True)
class Finding:
    """One finding: its problem code, where it begins and ends in the text, what it is, and what to do."""

    code: Code
    at: int
    message: str
    hint: str
    end: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "end", max(self.end, self.at + 1))


Check = Callable[[str], Iterator[Finding]]
