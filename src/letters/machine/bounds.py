"""What the making of one letter may take of time and memory."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bounds:
    """What one piece of work may take: seconds of the processor, and bytes above what the process has at first."""

    seconds: float = 120.0
    memory: int = 2 * 1024**3

    @property
    def patience(self) -> float:
        """Seconds by the clock, for what waits and does nothing."""
        return max(10 * self.seconds, 2.0)
