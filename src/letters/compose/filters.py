"""The filters of templates: what each takes, and what it makes of it in the language of the letter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from markupsafe import Markup

from letters.compose import english, printing
from letters.compose.answers import Answer, NumberedAnswer, Switch, TitledNumber, as_date
from letters.compose.bounds import TemplateError, not_larger
from letters.compose.figures import as_written
from letters.compose.marks import LEADING_MARKS
from letters.letter import ENGLISH
from letters.problems import Code
from letters.workspace.model import Phrase

#: Above this not every whole number is one that a computer has.
_LARGEST = 10**15


class Takes(StrEnum):
    """What a filter takes, in words."""

    LIST = "a list"
    DATE = "a date"
    NUMBER = "a number"
    WORDS = "words"


@dataclass(frozen=True)
class Filter:
    """What a filter takes, how it is written, and how many values it is given behind its name."""

    takes: Takes
    usage: str
    fewest: int = 0
    most: int = 0


def _plain(takes: Takes, names: str) -> dict[str, Filter]:
    return {name: Filter(takes, name) for name in names.split()}


FILTERS: dict[str, Filter] = {
    **_plain(Takes.LIST, "all_of any_of"),
    "joined": Filter(Takes.LIST, "joined('a', 'ac')", 1, 2),
    "agree": Filter(Takes.LIST, "agree('was', 'were')", 2, 2),
    **_plain(Takes.WORDS, "capitalised"),
    "after": Filter(Takes.WORDS, "after('a', 'ac')", 1, 2),
    **_plain(Takes.NUMBER, "number percent money short_money ordinal in_words"),
    **_plain(Takes.DATE, "long_date weekday weekday_date day_month month_year"),
    "until": Filter(Takes.DATE, "until(outcome.last)", 1, 1),
    **_plain(Takes.LIST, "titles length"),
}
#: What to write in outcome.yaml where a filter is to take a field, and what there is to take else.
HINTS = {
    Takes.LIST: "give it several phrases, such as phrases(…)",
    Takes.DATE: "give it letter.date, or a field that outcome.yaml says is a date: {type: string, format: date}",
    Takes.NUMBER: "give it a field that outcome.yaml says is a number: {type: number}, or {type: integer}",
    Takes.WORDS: "give it words, or a phrase",
}


class Filters:
    """The filters of the letters in one language. `printed`: what `{{ value }}` prints of a value."""

    def __init__(self, language: str, printed: Callable[[object], object]) -> None:
        self._language = language
        self._printed = printed

    def by_name(self) -> dict[str, Callable[..., object]]:
        """Each filter by its name in templates."""
        ways = {Takes.NUMBER: self._of_number, Takes.DATE: self._of_day}
        made = {
            name: self._each(name, ways[one.takes])
            for name, one in FILTERS.items()
            if one.takes in ways and not one.most
        }
        return {name: made.get(name) or getattr(self, name) for name in FILTERS}

    # -- lists

    def all_of(self, items: object) -> Markup:
        """`a, b and c`."""
        return self._join("all_of", items, *printing.AND[self._language])

    def any_of(self, items: object) -> Markup:
        """`a, b or c`."""
        return self._join("any_of", items, *printing.OR[self._language])

    def joined(self, items: object, before: object, before_vowel: object = None) -> Markup:
        """A list with a word of the drafter's before the last of it."""
        return self._join("joined", items, *self._words("joined", before, before_vowel))

    def after(self, value: object, before: object, before_vowel: object = None) -> Markup:
        """Words behind a word of the drafter's."""
        return Markup(printing.after(str(self._printed(value)), *self._words("after", before, before_vowel)))

    def _join(self, name: str, items: object, before: str, before_vowel: str) -> Markup:
        texts: list[str] = []
        size = 0
        for item in _list(items, name):
            texts.append(str(self._printed(item)))
            size = not_larger(size + len(texts[-1]))
        return Markup(printing.joined(texts, before, before_vowel))

    def _words(self, name: str, before: object, before_vowel: object) -> tuple[str, str]:
        """The two words that a filter is given, the second being the first where it is left out."""
        if not isinstance(before, str) or not isinstance(before_vowel, str | None):
            hint = f"write `| {FILTERS[name].usage}`"
            raise TemplateError(Code.UNFIT_FOR_FILTER, f"`{name}` is given something else than words", hint)
        return str(self._printed(before)), str(self._printed(before_vowel or before))

    def agree(self, items: object, singular: str, plural: str) -> str:
        """One of two words, as the subject that these phrases make asks for."""
        phrases = [item for item in _list(items, "agree") if isinstance(item, Phrase)]
        if len(phrases) != len(_list(items, "agree")):
            message, hint = "`agree` is given something else than phrases", "give it phrases(…) or [phrase(…)]"
            raise TemplateError(Code.PRINTS_NO_WORDS, message, hint)
        return english.agree(phrases, singular, plural)

    def titles(self, items: object) -> list[str]:
        """The titles of a list of answers."""
        answers = _list(items, "titles")
        if not all(isinstance(answer, Answer | NumberedAnswer | TitledNumber) for answer in answers):
            hint = "give it a list of answers, each of which has a title in outcome.yaml"
            raise TemplateError(Code.PRINTS_NO_WORDS, "`titles` is given something else than answers", hint)
        return [str(getattr(answer, "title")) for answer in answers]  # noqa: B009 - of any of the classes

    def length(self, items: object) -> int:
        """How many there are."""
        return len(_list(items, "length"))

    def capitalised(self, value: object) -> Markup:
        """Words that begin a sentence."""
        text = str(self._printed(value))
        start = leading.end() if (leading := LEADING_MARKS.match(text)) else 0
        return Markup(text[:start] + english.capitalised(text[start:]))

    # -- numbers and dates, one or a list of them

    def _each(self, name: str, of: Callable[[str, object], str]) -> Callable[[object], object]:
        def made(value: object) -> object:
            return [of(name, one) for one in value] if isinstance(value, list | tuple) else of(name, value)

        return made

    def _of_number(self, name: str, value: object) -> str:
        number = _number(value, name)
        match name:
            case "number":
                return printing.number(number, self._language)
            case "percent":
                return printing.percent(number, self._language)
            case "money":
                made, wanted = printing.money(number, self._language), "an amount of pounds and pence"
            case "short_money":
                made, wanted = printing.short_money(number, self._language), "an amount of pounds and pence"
            case "ordinal":
                is_whole = number == number.to_integral_value()
                made = printing.ordinal(int(number), self._language) if is_whole else None
                wanted = _ORDINALS[self._language]
            case _:
                made, wanted = printing.in_words(number, self._language), "a number in an English letter"
        if made is None:
            other = "write it in words" if name in ("ordinal", "in_words") else "use `| number`"
            message = f"`{name}` is given {number:f}, and takes {wanted}"
            raise TemplateError(Code.UNFIT_FOR_FILTER, message, f"mend the value, or {other}", (value,))
        return made

    def _of_day(self, name: str, value: object) -> str:
        printed: Callable[[date, str], str] = getattr(printing, name)
        return printed(_day(value, name), self._language)

    def until(self, first: object, last: object) -> str:
        """A span of days."""
        begin, end = _day(first, "until"), _day(last, "until")
        span = printing.until(begin, end, self._language)
        if span is None:
            message = f"`until` is given a last day, {printing.long_date(end, ENGLISH)}, before the first"
            hint = "mend the dates, or begin with the first: {{ outcome.first | until(outcome.last) }}"
            raise TemplateError(Code.UNFIT_FOR_FILTER, message, hint, (first, last))
        return span


_ORDINALS = {"en": "a whole number from 1 on", "cy": "a whole number from 1 to 31 in a Welsh letter"}


def _list(items: object, name: str) -> Sequence[object]:
    _not_empty(items, name)
    if not isinstance(items, list | tuple):
        raise TemplateError(Code.PRINTS_NO_WORDS, f"`{name}` is given something else than a list", HINTS[Takes.LIST])
    return items


def _number(value: object, name: str) -> Decimal:
    """A number as it was typed: 92.50 has two decimal places."""
    _not_empty(value, name)
    if isinstance(value, bool | Switch) or not isinstance(value, int | float):
        message = f"`{name}` is given something else than a number"
        raise TemplateError(Code.UNFIT_FOR_FILTER, message, HINTS[Takes.NUMBER], (value,))
    try:
        number = Decimal(as_written(value))
    except InvalidOperation:  # YAML has ways to write one that nobody else has
        number = Decimal(repr(float(value)))
    if not number.is_finite() or abs(number) >= _LARGEST:
        message = f"`{name}` is given a number that no letter has: {value}"
        raise TemplateError(Code.UNFIT_FOR_FILTER, message, "mend the value", (value,))
    return number


def _day(value: object, name: str) -> date:
    _not_empty(value, name)
    day = as_date(value) if isinstance(value, str) else value
    if not isinstance(day, date):
        message = f"`{name}` is given something else than a date"
        raise TemplateError(Code.PRINTS_NO_WORDS, message, HINTS[Takes.DATE], (value,))
    return day


def _not_empty(value: object, name: str) -> None:
    if value is None:
        hint = "use it only {% if … %} it is there, or fill it in for this letter"
        raise TemplateError(Code.PRINTS_NO_WORDS, f"`{name}` is given a value that is empty", hint)
