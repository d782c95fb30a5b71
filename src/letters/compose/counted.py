"""The figures of texts in English and in Welsh, as they are compared: numbers with their signs, days with months."""

from __future__ import annotations

import re
from collections import Counter

from letters.compose.stretches import values_as
from letters.letter import ENGLISH, WELSH

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
#: Numbers as they are written in words, by their figures; in Welsh with what changes their first letter.
_WELSH_WORDS = {
    "1": "un",
    "2": "dd?au|dd?wy|[pb]ythefnos",
    "3": "[td]ri|thri|[td]air|thair",
    "4": "(?:[pb]|ph)ed(?:war|air)",
    "5": "(?:[pb]|ph)ump?",
    "6": "chwech?",
    "7": "saith",
    "8": "wyth",
    "9": "naw",
    "10": "dd?eg|dd?eng",
    "11": "un ar ddeg|un deg un",
    "12": "dd?eudde[gn]g?|un deg dau",
    "14": "[pb]ed(?:war|air) ar ddeg|[pb]ythefnos|un deg pedwar",
    "15": "(?:[pb]|ph)ymthe[gn]g?|un deg pump?",
    "18": "dd?eunaw|un deg wyth",
    "20": "h?ugain|dd?au ddeg",
    "21": "un ar hugain|dd?au ddeg un",
    "28": "wyth ar hugain|dd?au ddeg wyth",
    "30": "dd?eg ar hugain|[td]ri deg",
    "40": "dd?eugain|[pb]edwar deg",
    "50": "hanner cant|[pb]um deg",
    "100": "[cg]ant?|chant?",
}
_ENGLISH_WORDS = {
    str(number): words
    for number, words in enumerate(
        "one two|fortnight three four five six seven eight nine ten eleven twelve thirteen fourteen|fortnight fifteen "
        "sixteen seventeen eighteen nineteen twenty(?!-) twenty-one".split(),
        1,
    )
} | {"28": "twenty-eight", "30": "thirty", "40": "forty", "50": "fifty", "100": "hundred"}
_MONTH = rf"(?:{'|'.join(_NAMED)})\b"
_FIGURE = re.compile(
    rf"(?P<pound>£\s*)?(?:(?P<early>{_MONTH})\s+)?(?P<number>\d+(?:[.,:]\d+)*|{_VALUE})"
    r"(?P<more>\s*(?:million\b|[mf]iliwn\b)|(?<=\d)m\b)?"
    r"(?P<percent>\s*(?:%|per\s?cent\b|y\s+cant\b))?"
    r"(?P<pounds>\s+(?:pounds?|(?:o\s+)?(?:[pb]|ph)unn?o?e?dd|[pb]unt|phunt)\b)?"
    rf"(?:(?:st|nd|rd|th|af|ail|il|ydd|ed|fed|eg|ain)?\s+(?:of\s+|o\s+)?(?P<late>{_MONTH}))?",
    re.I,
)

_MONEY = re.compile(r"\{\{[^{}]*\|\s*(?:short_)?money\b[^{}]*\}\}")
_PERCENT = re.compile(r"\{\{[^{}]*\|\s*percent\b[^{}]*\}\}")


def figures(text: str) -> Counter[str]:
    """The figures of a text, less those in tags and values: numbers, percentages, pounds, days and months.

    9:30 is 9.30, a number has no zeros in front, and `y cant`, `Mawrth` are `%`, `March`.
    """
    return Counter(filter(None, map(_said, _FIGURE.finditer(values_as(_VALUE, text)))))


def signs_beside(before: str, behind: str) -> frozenset[str]:
    """`£` or `%` where it is typed beside a value, given what stands before it and behind it."""
    near = f"{before[-2:]}{_VALUE}{behind}"
    found = next((one for one in _FIGURE.finditer(near) if one["number"] == _VALUE), None)
    groups = {"£": ("pound", "pounds"), "%": ("percent",)}
    return frozenset(sign for sign, names in groups.items() if found and any(found[name] for name in names))


def _with_signs(text: str) -> str:
    """A text with the signs, behind its values, that filters print."""
    return _PERCENT.sub(r"\g<0>%", _MONEY.sub(r"£\g<0>", text))


def _said(found: re.Match[str]) -> str:
    number = found["number"].replace(":", ".").lstrip("0") or "0"
    is_money = found["pound"] or found["pounds"]
    number = f"{'£' if is_money else ''}{number}"
    more = found["more"] or ""
    number += f"{'m' if more == 'm' and not is_money else ' million' if more else ''}{'%' if found['percent'] else ''}"
    early, late = (_NAMED[month.lower()] if month else "" for month in (found["early"], found["late"]))
    number = " ".join(filter(None, (early if not late else "", number, late)))
    return "" if number == _VALUE else number.replace(_VALUE, "…")


def _in_words(lost: Counter[str], text: str, language: str) -> Counter[str]:
    """Those of some figures that a text has in words."""
    known = _WELSH_WORDS if language == WELSH else _ENGLISH_WORDS
    found = {number: len(re.findall(rf"\b(?:{known[number]})\b", text, re.I)) for number in lost if number in known}
    return Counter({number: min(count, lost[number]) for number, count in found.items()})


def other_figures(english: str, welsh: str) -> str:
    """That the figures of a text are not those of the English that it was made from; empty where they are."""
    was, now = figures(english), figures(welsh)
    if was == now or figures(_with_signs(english)) == figures(_with_signs(welsh)):
        return ""
    was, now = was - (_in_words(was - now, welsh, WELSH)), now - (_in_words(now - was, english, ENGLISH))
    if was == now:
        return ""
    lost, more = (", ".join((one - other).elements()) for one, other in ((was, now), (now, was)))
    if lost and more:
        return f"the Welsh has {more} where its English has {lost}"
    return f"the Welsh lacks the figure {lost} of its English" if lost else f"the English of this has no figure {more}"


#: What to do about figures that are not the same.
SAME_FIGURES = "write the same figures and dates in both languages"
