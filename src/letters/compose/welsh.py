"""How Welsh puts phrases together and writes dates. Pure functions; mutations are the drafter's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from letters.compose.marks import strip_marks

_MONTHS = "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr".split()
#: `ac` stands before vowels, of which w and y are two.
_VOWEL = re.compile(r"\W*[aeiouwyâêîôûŵŷáéíóúàèìòùäëïöü]", re.IGNORECASE)


def all_of(texts: Sequence[str]) -> str:
    """`a`, `a a b`, `a, b ac e`: with `ac` before a vowel."""
    if len(texts) < 2:
        return "".join(texts)
    word = "ac" if _VOWEL.match(strip_marks(texts[-1])) else "a"
    return f"{', '.join(texts[:-1])} {word} {texts[-1]}"


def any_of(texts: Sequence[str]) -> str:
    """`a`, `a neu b`, `a, b neu c`."""
    return texts[0] if len(texts) == 1 else " neu ".join(filter(None, (", ".join(texts[:-1]), *texts[-1:])))


def long_date(day: date) -> str:
    """A date as Welsh letters write it: 2 Hydref 2017."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
