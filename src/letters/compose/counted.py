"""The figures of texts in English and in Welsh, as they are compared: numbers with their signs, days with months."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from letters.compose.stretches import values_as
from letters.letter import WELSH
from letters.problems import Code, Problem, Severity
from letters.workspace.model import OWN_WORDS, Departure, Outcome, own_key
from letters.workspace.raw import KeyPath, PlaceOf

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


def own_figures(outcome: Outcome, at: KeyPath, place_of: PlaceOf) -> Iterator[Problem]:
    """Where what a letter says for itself has other figures in Welsh than in English. `at`: the way to the letter."""
    yield from _twins(outcome.answers, at, place_of)
    for key in OWN_WORDS:
        own = own_key(key, WELSH)
        yield from _of(getattr(outcome, key), getattr(outcome, own), (*at, own), place_of)


def _twins(value: object, way: KeyPath, place_of: PlaceOf) -> Iterator[Problem]:
    """The same of what stands beside each other in answers, as `remarks` and `remarks_cy`."""
    match value:
        case Mapping():
            for key, inner in value.items():
                own = own_key(str(key), WELSH)
                if own in value:
                    yield from _of(inner, value[own], (*way, own), place_of)
                yield from _twins(inner, (*way, key), place_of)
        case list():
            for number, inner in enumerate(value):
                yield from _twins(inner, (*way, number), place_of)


def _of(english: object, welsh: object, way: KeyPath, place_of: PlaceOf) -> Iterator[Problem]:
    """The same of two values that stand for each other."""
    match english, welsh:
        case str(), str():
            if told := other_figures(english, welsh):
                yield Problem(Code.OTHER_FIGURES, told, place_of(way), SAME_FIGURES, Severity.WARNING)
        case Departure(text=one), Departure(text=other):
            yield from _of(one, other, way, place_of)
        case Mapping(), Mapping():
            for key in (key for key in english if key in welsh):
                yield from _of(english[key], welsh[key], (*way, key), place_of)
        case (list() | tuple(), list() | tuple()) if len(english) == len(welsh):
            for number, (one, other) in enumerate(zip(english, welsh, strict=True)):
                yield from _of(one, other, (*way, number), place_of)
