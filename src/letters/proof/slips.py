"""Slips that a reader of a finished letter sees at once: a bracket without its partner, a day that there is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from letters.problems import Code
from letters.proof.finding import Finding

_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_DATE = re.compile(
    rf"(?:\b({'|'.join(_DAYS)})(?:,? the|,)? )?(?<![\d/.,£€$])\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? "
    rf"({'|'.join(_MONTHS)})\b(?:,? ((?:19|20)\d\d)\b)?"
)
#: A year that has a 29 February, for a date without one.
_LEAP = 2016
#: The number or letter of an item, whose bracket only closes: a) to plan; (i) is in a pair.
_ITEM = re.compile(r"(?:\s|^)(?:[a-zA-Z]{1,2}|[ivx]{1,5}|\d{1,3})\)$")
_PAIRS = {"(": ")", "[": "]", "“": "”"}
_OPENS, _CLOSES = (
    re.compile(r"(?<![\w'])'(?=[\w(])(?!\d0s|tis\b|twas\b|em\b|til\b)"),
    re.compile(r"(?<=[\w.,;:?!)%])'(?!\w)"),
)
_POSSESSIVE = re.compile(r"s' \w")
#: Words whose first letter is a vowel that is said otherwise, and the other way round.
_SAID_WITH_A = re.compile(r"(?:one|once|uni(?!n|m)|us(?!h)|ut[ei]|ubi|eu|ewe|ouija|urin)\w*")
_SAID_WITH_AN = re.compile(r"(?:hour|honest|honou?r|heir|hors d)\w*")
#: With `a` or `an`, as somebody says them.
_SAID_WITH_EITHER = re.compile(r"histor|hotel|habitu|heredit")
_ARTICLE = re.compile(r"\b([Aa]n?)(?<!['’.(/-][Aa])(?<!['’.(/-][Aa]n) ([a-z]{2,})(?![\w)]|\.\w)")
#: Behind an `a` that is a letter or a grade: a is, a and b.
_NO_NOUN = frozenset("is and or are in as at of on if it under above applies also does has was were to for by".split())
#: In front of it: option a.
_LETTERED = re.compile(
    r"(?:option|paragraph|section|point|part|grade|item|letter|category|class|level|type|band|group|annex|appendix|"
    r"clause|question|table|figure|recommendation|vitamin|plan)s? $",
    re.IGNORECASE,
)


def unpaired(text: str) -> Iterator[Finding]:
    """a bracket (or a quotation mark that has no end"""
    for opens, closes in _PAIRS.items():
        yield from _unpaired(text, opens, closes)
    if text.count('"') % 2 and not re.search(r'\d"', text) and not text.startswith('"'):
        yield _lonely(text.rfind('"'), '"')
    # A quotation of several paragraphs begins each of them with a mark.
    if _OPENS.search(text) and (at := _open_single(text)):
        yield _lonely(at, "'")


def _open_single(text: str) -> int | None:
    """Where a single quotation mark stands that opens a quotation which nothing closes; an apostrophe does not."""
    marks = sorted(
        [(match.start(), True) for match in _OPENS.finditer(text)]
        + [(match.start(), False) for match in _CLOSES.finditer(text)]
    )
    opened: int | None = None
    for at, opens in marks:
        if opens and opened is not None:
            return opened
        if opens:
            opened = at
        elif opened is not None and not (
            _POSSESSIVE.match(text, at - 1) and re.search(r"[.?!] [A-Z]", text[opened:at])
        ):
            opened = None
    return opened


def _unpaired(text: str, opens: str, closes: str) -> Iterator[Finding]:
    open_at: list[int] = []
    for match in re.finditer(f"[{re.escape(opens + closes)}]", text):
        if match[0] == opens:
            open_at.append(match.start())
        elif open_at:
            open_at.pop()
        elif opens != "“" and not _ITEM.search(text[: match.end()]):
            yield _lonely(match.start(), closes)
            return
    if open_at and not (opens == "“" and open_at == [0]):
        yield _lonely(open_at[-1], opens)


def _lonely(at: int, mark: str) -> Finding:
    return Finding(
        Code.UNPAIRED_MARK, at, f"{mark} has no partner", "write the other one, or take this one out", at + 1
    )


def impossible_date(text: str) -> Iterator[Finding]:
    """31 June 2017; Monday 16 May 2017, which was a Tuesday"""
    for match in _DATE.finditer(text):
        weekday, day, month, year = match[1], int(match[2]), _MONTHS.index(match[3]) + 1, match[4]
        try:
            found = date(int(year or _LEAP), month, day)
        except ValueError:
            yield Finding(
                Code.NO_SUCH_DAY, match.start(), f"there is no {match[0]}", "write the right date", match.end()
            )
            continue
        real = _DAYS[found.weekday()]
        if year and weekday and weekday != real:
            message = f"{match[0]} is a {real}"
            yield Finding(
                Code.NO_SUCH_DAY, match.start(), message, "mend the day of the week, or the date", match.end()
            )


def wrong_article(text: str) -> Iterator[Finding]:
    """a improvement, an review; but a university, an hour"""
    for match in _ARTICLE.finditer(text):
        article, word = match[1].lower(), match[2]
        has_vowel = bool(_SAID_WITH_AN.fullmatch(word)) or (word[0] in "aeiou" and not _SAID_WITH_A.fullmatch(word))
        is_either = bool(_SAID_WITH_EITHER.match(word))
        is_letter = article == "a" and (word in _NO_NOUN or _LETTERED.search(text[: match.start()]))
        if has_vowel != (article == "an") and not (is_either or is_letter):
            right = "an" if has_vowel else "a"
            message = f"{match[0]!r}: before this word stands {right!r}"
            yield Finding(Code.WRONG_ARTICLE, match.start(), message, f"write {right}", match.end())
