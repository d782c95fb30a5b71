"""The figures of texts in English and in Welsh, as they are compared: numbers with their signs, days with months."""

from __future__ import annotations

import re
from collections import Counter

from letters.compose.stretches import values_as

_MONTHS = {
    "January": "ionawr",
    "February": "chwefror",
    "March": "mawrth|fawrth",
    "April": "ebrill",
    "May": "mai|fai",
    "June": "mehefin|fehefin",
    "July": "gorffennaf|orffennaf",
    "August": "awst",
    "September": "medi|fedi",
    "October": "hydref",
    "November": "tachwedd|dachwedd|thachwedd",
    "December": "rhagfyr|ragfyr",
}
#: The English name of a month by any name of it, in small letters.
_NAMED = {name: month for month, welsh in _MONTHS.items() for name in (month.lower(), *welsh.split("|"))}
#: A value of the data, where its sign stands beside it.
_VALUE = "\ue000"
_MONTH = rf"(?:{'|'.join(_NAMED)})\b"
_FIGURE = re.compile(
    rf"(?P<pound>£\s*)?(?:(?P<early>{_MONTH})\s+)?(?P<number>\d+(?:[.,:]\d+)*|{_VALUE})"
    r"(?P<more>\s*(?:million\b|[mf]iliwn\b))?"
    r"(?P<percent>\s*(?:%|per\s?cent\b|y\s+cant\b))?"
    r"(?P<pounds>\s+(?:pounds?|(?:o\s+)?(?:[pb]|ph)unn?o?e?dd|[pb]unt|phunt)\b)?"
    rf"(?:(?:st|nd|rd|th|af|ail|il|ydd|ed|fed|eg|ain)?\s+(?:of\s+|o\s+)?(?P<late>{_MONTH}))?",
    re.I,
)


def figures(text: str) -> Counter[str]:
    """The figures of a text, less those in tags and values: numbers, percentages, pounds, days and months.

    9:30 is 9.30, a number has no zeros in front, and `y cant`, `Mawrth` are `%`, `March`.
    """
    return Counter(filter(None, map(_said, _FIGURE.finditer(values_as(_VALUE, text)))))


def _said(found: re.Match[str]) -> str:
    number = found["number"].replace(":", ".").lstrip("0") or "0"
    number = f"{'£' if found['pound'] or found['pounds'] else ''}{number}"
    number += f"{' million' if found['more'] else ''}{'%' if found['percent'] else ''}"
    early, late = (_NAMED[month.lower()] if month else "" for month in (found["early"], found["late"]))
    number = " ".join(filter(None, (early if not late else "", number, late)))
    return "" if number == _VALUE else number.replace(_VALUE, "…")


def other_figures(english: str, welsh: str) -> str:
    """That the figures of a text are not those of the English that it was made from; empty where they are."""
    was, now = figures(english), figures(welsh)
    if was == now:
        return ""
    lost, more = (", ".join((one - other).elements()) for one, other in ((was, now), (now, was)))
    if lost and more:
        return f"the Welsh has {more} where its English has {lost}"
    return f"the Welsh lacks the figure {lost} of its English" if lost else f"the English of this has no figure {more}"


#: What to do about figures that are not the same.
SAME_FIGURES = "write the same figures and dates in both languages"
