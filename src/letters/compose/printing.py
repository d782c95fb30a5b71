"""What is in the data as letters print it: numbers, money, ordinals, dates, lists; in English or Welsh.

Nothing is rounded, and nothing depends on the machine's locale: names come of Babel's data, patterns are our own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from letters.compose import english, welsh
from letters.compose.marks import strip_marks
from letters.letter import dates

#: The languages of letters, as their attribute `lang` has them, and the locales that have their names.
LOCALES = {"en": "en_GB", "cy": "cy"}
#: What joins the last of a list: before a consonant, and before a vowel.
AND = {"en": ("and", "and"), "cy": ("a", "ac")}
OR = {"en": ("or", "or"), "cy": ("neu", "neu")}
_TO = {"en": "to", "cy": "i"}
_LARGE = ((Decimal(10**9), {"en": "billion", "cy": "biliwn"}), (Decimal(10**6), {"en": "million", "cy": "miliwn"}))
_FIRST = "first second third fourth fifth sixth seventh eighth ninth".split()
_ZERO = "zero one two three four five six seven eight nine".split()
#: Decimal places of pounds, and of millions of pounds.
_PLACES = 2


def number(value: Decimal, language: str) -> str:
    """`1,234`, `92.50`: the thousands apart, with as many decimal places as there are."""
    return _formatted(value, f"#,##0.{'0' * _places(value)}", language)


def percent(value: Decimal, language: str) -> str:
    """`92.5%` for 92.5."""
    return f"{number(value, language)}%"


def money(value: Decimal, language: str) -> str | None:
    """Pounds: `£1,234`, `£1,234.50`; None for what is no amount, as it has parts of a penny."""
    if _places(value.normalize()) > _PLACES:
        return None
    return _formatted(value, "¤#,##0.00" if value % 1 else "¤#,##0", language, money=True)


def short_money(value: Decimal, language: str) -> str | None:
    """Pounds: `£2.5 million`, `£1 billion`; below a million, and what would have to be rounded, as `money` has it."""
    for size, words in _LARGE:
        share = (value / size).normalize()
        if abs(value) >= size and _places(share) <= _PLACES:
            pattern = f"¤#,##0.{'0' * _places(share)}"
            return f"{_formatted(share, pattern, language, money=True)} {words[language]}"
    return money(value, language)


def ordinal(value: int, language: str) -> str | None:
    """`first` to `ninth`, `10th`, `21st`; in Welsh `1af`, `2il`, `3ydd`. None for what is no ordinal there."""
    if language == "cy":
        return welsh.ordinal(value)
    if not 1 <= value <= len(_FIRST):
        return english.ordinal(value)
    return _FIRST[value - 1]


def in_words(value: Decimal, language: str) -> str | None:
    """`zero` to `nine`, and other numbers in figures; None in Welsh, where a number agrees with what is counted."""
    if language == "cy":
        return None
    return _ZERO[int(value)] if value in range(len(_ZERO)) else number(value, language)


def long_date(day: date, language: str) -> str:
    """`2 October 2017`."""
    # In nearly every letter: Babel need not be waited for.
    return dates.long_date(day) if language == "en" else _date(day, "d MMMM y", language)


def weekday(day: date, language: str) -> str:
    """`Monday`; `dydd Llun`, which CLDR begins with a capital, as a sentence would."""
    name = _date(day, "EEEE", language)
    return name if language == "en" else name[:1].lower() + name[1:]


def weekday_date(day: date, language: str) -> str:
    """`Monday 2 October 2017`."""
    return f"{weekday(day, language)} {long_date(day, language)}"


def month_year(day: date, language: str) -> str:
    """`October 2017`."""
    return _date(day, "MMMM y", language)


def day_month(day: date, language: str) -> str:
    """`2 October`."""
    return _date(day, "d MMMM", language)


def until(first: date, last: date, language: str) -> str | None:
    """A span of days, what they share said once: `12 to 14 March 2018`. One day where they are the same; None where
    the last is before the first."""
    if last <= first:
        return long_date(first, language) if last == first else None
    if first.year != last.year:
        begin = long_date(first, language)
    else:
        begin = str(first.day) if first.month == last.month else day_month(first, language)
    return f"{begin} {_TO[language]} {long_date(last, language)}"


def joined(texts: Sequence[str], before: str, before_vowel: str) -> str:
    """`a, b and c`: before the last of them a word, and another where a vowel begins it, as in Welsh `a` and `ac`."""
    return english.join(texts, _word(texts[-1], before, before_vowel) if texts else before)


def after(text: str, before: str, before_vowel: str) -> str:
    """A text behind the word that goes before it: `ac Abertawe`."""
    return f"{_word(text, before, before_vowel)} {text}"


def _word(text: str, before: str, before_vowel: str) -> str:
    return before_vowel if before != before_vowel and welsh.takes_ac(strip_marks(text)) else before


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _formatted(value: Decimal, pattern: str, language: str, *, money: bool = False) -> str:
    # Imported here, and in _date: most letters hold neither.
    from babel.numbers import format_currency, format_decimal

    if money:
        return format_currency(value, "GBP", pattern, LOCALES[language], currency_digits=False)
    return format_decimal(value, pattern, LOCALES[language])


def _date(day: date, pattern: str, language: str) -> str:
    from babel.dates import format_date

    return format_date(day, pattern, LOCALES[language])
