"""Two lists of texts laid beside each other: which stand for each other, which are other versions, which are alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

#: The places of two texts that stand beside each other; None where there is nothing.
Pair = tuple[int | None, int | None]


def aligned(one: Sequence[str], other: Sequence[str]) -> list[Pair]:
    """The texts of both, in order, each once; the fewest are changed, new or gone.

    A text that both have as often is never another version: it was moved.
    """
    costs = _costs(one, other)
    pairs: list[Pair] = []
    a, b = len(one), len(other)
    while a or b:
        if a and b and costs[a][b] == costs[a - 1][b - 1] + _change(one, other, a - 1, b - 1):
            a, b = a - 1, b - 1
            pairs.append((a, b))
        elif a and costs[a][b] == costs[a - 1][b] + 1:
            a -= 1
            pairs.append((a, None))
        else:
            b -= 1
            pairs.append((None, b))
    return pairs[::-1]


def _costs(one: Sequence[str], other: Sequence[str]) -> list[list[int]]:
    """How many changes there are at least between the first texts of both, for each number of them."""
    costs = [[a + b for b in range(len(other) + 1)] for a in range(len(one) + 1)]
    here, there = Counter(one), Counter(other)
    for a, first in enumerate(one, 1):
        for b, second in enumerate(other, 1):
            change = _cost(first, second, here, there)
            costs[a][b] = min(costs[a - 1][b - 1] + change, costs[a - 1][b] + 1, costs[a][b - 1] + 1)
    return costs


def _change(one: Sequence[str], other: Sequence[str], a: int, b: int) -> int:
    return _cost(one[a], other[b], Counter(one), Counter(other))


def _cost(first: str, second: str, here: Counter[str], there: Counter[str]) -> int:
    if first == second:
        return 0
    is_version = here[first] > there[first] and there[second] > here[second]
    return 1 if is_version else 3
