"""What templates may do at most in one letter: steps, the size of any value, and processor time."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from letters.problems import Code

#: Steps: characters said, TURN for each turn of a loop, and CALL for each function called. A long letter takes 30,000.
STEPS = 1_000_000
TURN, CALL = 10, 100
#: Characters of one value, those of all that is in a list together.
LARGEST = 1_000_000
#: Seconds of the processor. A letter takes some hundredths of one.
SECONDS = 10.0
#: Steps between two looks at the clock, which may be slow itself.
_BETWEEN = 5_000

_HINT = "look for a loop or a macro that repeats itself, or for a very long text"


class TemplateError(Exception):
    """Something a template does that no letter can take; `code` and `hint` are those of the problem.

    `given`: the values of the data that may be to blame.
    """

    def __init__(self, code: Code, message: str, hint: str = "", given: tuple[object, ...] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint
        self.given = given


class Budget:
    """What is left of steps and time for one letter; every use of it raises TemplateError when there is no more."""

    def __init__(self, steps: int = STEPS, seconds: float = SECONDS) -> None:
        self._steps, self._seconds = steps, seconds
        self.replenish()

    def replenish(self) -> None:
        """Begin a letter."""
        self._left, self._look_at = self._steps, self._steps - _BETWEEN
        self._begun = time.thread_time()

    def spend(self, amount: int = 1) -> None:
        """Count something done."""
        self._left -= amount
        if self._left < 0:
            message = f"does more than a letter needs: {self._steps:,} steps are the most"
            raise TemplateError(
                Code.TOO_MANY_STEPS, f"{message} (a character is 1, a turn of a loop {TURN}, a call {CALL})", _HINT
            )
        if self._left > self._look_at:
            return
        self._look_at = self._left - _BETWEEN
        if time.thread_time() - self._begun > self._seconds:
            raise TemplateError(
                Code.TEMPLATE_TIME, f"takes more than {self._seconds:g} seconds, which no letter does", _HINT
            )

    def turns(self, items: Iterable[object]) -> Iterator[object]:
        """The items that a loop goes through, each turn counted."""
        for item in items:
            self.spend(TURN)
            yield item

    def listed(self, items: list[object] | tuple[object, ...]) -> list[object] | tuple[object, ...]:
        """A list that a template makes, weighed: lists in lists of lists grow fast, and are compared item by item."""
        try:
            self.spend(_weight(items, LARGEST))
        except RecursionError:
            raise TemplateError(
                Code.TOO_LARGE_VALUE, "makes a list in a list in a list, and so on for ever", _HINT
            ) from None
        return items


def _weight(value: object, most: int) -> int:
    """How many characters and items are in a value, what is in it twice counted twice; stops soon after `most`."""
    if isinstance(value, str):
        return 1 + len(value)
    total = 1
    for item in value if isinstance(value, list | tuple) else ():
        total += _weight(item, most - total)
        if total > most:
            raise TemplateError(Code.TOO_LARGE_VALUE, f"makes a list of more than {LARGEST:,} characters", _HINT)
    return total


def not_larger(size: int) -> int:
    """The size of a text that a template makes, in characters. Raises TemplateError when it is too large."""
    if size > LARGEST:
        raise TemplateError(Code.TOO_LARGE_VALUE, f"makes a text of more than {LARGEST:,} characters", _HINT)
    return size
