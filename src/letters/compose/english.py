"""How English puts phrases together: joins, agreement, capitals. Pure functions, no wording of their own."""

from __future__ import annotations

from collections.abc import Sequence

from letters.workspace.model import Number, Phrase


def join(texts: Sequence[str], word: str) -> str:
    """`a`, `a and b`, `a, b and c` (no comma before the `word`, as in the 2017 letters)."""
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} {word} {texts[-1]}"


def number_of(phrases: Sequence[Phrase]) -> Number:
    """The number of a subject made of `phrases`: a single phrase has its own ("improvements" are plural)."""
    if len(phrases) == 1:
        return phrases[0].number
    return Number.PLURAL


def agree(phrases: Sequence[Phrase], singular: str, plural: str) -> str:
    """`singular` or `plural`, as the subject made of `phrases` asks for: was or were, this or these."""
    return singular if number_of(phrases) is Number.SINGULAR else plural


def capitalised(text: str) -> str:
    """`text` with its first letter a capital, to begin a sentence."""
    return text[:1].upper() + text[1:]


def ordinal(number: int) -> str | None:
    """An ordinal in figures: 1st, 22nd, 113th; None for what is none."""
    if number < 1:
        return None
    teens = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
