"""The values on each side of what templates compare numbers and dates with, so that every branch on them is read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from letters.compose.comparisons import LETTER_DATE, Comparison
from letters.proof.samples import as_number, fitting, sample, samples
from letters.workspace.fields import Field, FieldKind
from letters.workspace.schema import Schema

_DAY = timedelta(days=1)
_KINDS = (FieldKind.NUMBER, FieldKind.DATE)


@dataclass(frozen=True)
class Compared:
    """Which numbers and dates of an outcome templates compare, and with what; facts are known by name."""

    schema: Schema = field(default_factory=dict)
    fields: Mapping[str, Field] = field(default_factory=dict)
    comparisons: Sequence[Comparison] = ()

    @property
    def names(self) -> frozenset[str]:
        """The names of the fields that have a value for each side."""
        return frozenset(name for one in self.comparisons for name in (one.name, one.other) if name)

    def values(self, described: Field) -> list[object]:
        """The values of an open field: its sample, and one on each further side of what it is compared with."""
        first = self.sample(described)
        if first is None or described.name not in self.names:
            return [first]
        name = described.name
        if firsts := [one.name for one in self.comparisons if one.is_span and one.other == name]:
            return self._until(described, self.sample(self.fields[firsts[0]])) or [first]
        if name in self._first_days:
            return [first]
        return on_each_side(self.schema, described, first, [*self._points(name)])

    def sample(self, described: Field) -> object | None:
        """The sample of an open field; of a first day one with others behind it in its month and year."""
        if described.name in self._first_days:
            days = (one for one in samples(self.schema, described) if (day := _day(one)) and _has_room(day))
            return next(days, None) or sample(self.schema, described)
        return sample(self.schema, described)

    def sides(self, answers: object) -> tuple[str, ...]:
        """On which side of each comparison the numbers and dates in some answers are."""
        known: dict[str, list[object]] = {}
        for name, value in _leaves("", answers):
            known.setdefault(name, []).append(value)
        found = []
        for one in self.comparisons:
            others = known.get(one.other, []) if one.other else [one.constant]
            found += [
                _span(value, other) if one.is_span else side(value, [other])
                for value in known.get(one.name, [])
                for other in others
            ]
        return tuple(found)

    def less(self, answers: Mapping[str, object]) -> dict[str, object]:
        """Answers in which the numbers and dates that are compared are all the same."""
        return {key: self._less(key, value) for key, value in answers.items()}

    def _less(self, name: str, value: object) -> object:
        match value:
            case Mapping():
                return {key: self._less(str(key), inner) for key, inner in value.items()}
            case list():
                return [self._less(name, inner) for inner in value]
            case _:
                return "given" if name in self.names else value

    @property
    def _first_days(self) -> frozenset[str]:
        return frozenset(one.name for one in self.comparisons if one.is_span)

    def _points(self, name: str) -> Iterator[object]:
        """What a field has values around: constants, and the samples of the facts that stay as they are for it."""
        for one in self.comparisons:
            if one.name == name and not one.other:
                yield one.constant
            elif name in (one.name, one.other) and not one.is_span:
                other = one.other if one.name == name else one.name
                if one.name == name or other in self._first_days or not self._has_room_beside(one):
                    yield self.sample(self.fields[other])

    def _has_room_beside(self, one: Comparison) -> bool:
        """Whether the first of two facts has a value on each side of the sample of the other, which may be the least
        or the most that is allowed."""
        described, point = self.fields[one.name], self.sample(self.fields[one.other])
        found = on_each_side(self.schema, described, self.sample(described), [point])
        return {side(value, [point]) for value in found} >= {"<", ">"}

    def _until(self, described: Field, first: object) -> list[object]:
        """A last day of each form that `until` has words for."""
        day = _day(first)
        if not day:
            return []
        later = (day, day + _DAY, (day + 31 * _DAY), day.replace(year=day.year + 1))
        return fitting(self.schema, described, [one.isoformat() for one in later])


def compared(schema: Schema, outcome: Field, found: Sequence[Comparison], letter_date: date | None = None) -> Compared:
    """What of the comparisons of a letter type's templates is about open numbers and dates of its outcome.

    `letter_date`: of the letters of the type, with which their dates may be compared.
    """
    found = [_with_constant(one, letter_date) for one in found]
    fields: dict[str, Field] = {}
    for described in (kind for one in outcome.every() for kind in one.each_kind()):
        if described.kind in _KINDS:
            fields.setdefault(described.name, described)
    mine = [one for one in found if one.name in fields and (not one.other or one.other in fields)]
    return Compared(schema, fields, tuple(one for one in mine if one.name != one.other and _is_alike(one, fields)))


def _with_constant(one: Comparison, letter_date: date | None) -> Comparison:
    """A comparison with the date of the letter as one with that day."""
    if letter_date is None or one.is_span or LETTER_DATE not in (one.name, one.other):
        return one
    return Comparison(one.other if one.name == LETTER_DATE else one.name, letter_date.isoformat())


def on_each_side(schema: Schema, described: Field, first: object, points: Collection[object]) -> list[object]:
    """The value `first` of a number or date, and one on each further side of some points."""
    by_side = {side(first, points): first}
    for one in fitting(schema, described, [*_around(points)]):
        by_side.setdefault(side(one, points), one)
    return list(by_side.values())


def _is_alike(one: Comparison, fields: Mapping[str, Field]) -> bool:
    """Whether numbers are compared with numbers, and dates with dates."""
    kind = fields[one.name].kind
    if one.other:
        return fields[one.other].kind is kind
    return _day(one.constant) is not None if kind is FieldKind.DATE else as_number(one.constant) is not None


def _around(points: Collection[object]) -> Iterator[object]:
    """Values below, at, between and above some points."""
    if days := sorted({day for point in points if (day := _day(point))}):
        for day in days:
            yield from (one.isoformat() for one in (day - _DAY, day, day + _DAY))
        return
    numbers = sorted({number for point in points if (number := as_number(point)) is not None})
    steps = [Decimal(1), Decimal("0.5"), Decimal("0.1"), Decimal("0.01")]
    for number in numbers:
        yield _plain(number)
        yield from (_plain(number + sign * step) for step in steps for sign in (-1, 1))
    yield from (_plain((low + high) / 2) for low, high in pairwise(numbers))


def side(value: object, points: Collection[object]) -> str:
    """How a value stands to each point: before it, at it or behind it."""
    return "".join(_sign(value, point) for point in points)


def _sign(value: object, point: object) -> str:
    one, other = (_day(value), _day(point)) if isinstance(value, str) else (as_number(value), as_number(point))
    if one is None or other is None:
        return "?"
    return "=" if one == other else "<" if one < other else ">"  # type: ignore[operator]


def _span(first: object, last: object) -> str:
    """Which form the words for a first and a last day have."""
    begin, end = _day(first), _day(last)
    if not begin or not end:
        return "?"
    same = [begin == end, (begin.year, begin.month) == (end.year, end.month), begin.year == end.year]
    return "".join("=" if one else "-" for one in same)


def _has_room(day: date) -> bool:
    return day.month == (day + _DAY).month and day.year == (day + 31 * _DAY).year and (day.month, day.day) != (2, 29)


def _leaves(name: str, value: object) -> Iterator[tuple[str, object]]:
    match value:
        case Mapping():
            for key, inner in value.items():
                yield from _leaves(str(key), inner)
        case list():
            for inner in value:
                yield from _leaves(name, inner)
        case _:
            yield name, value


def _day(value: object) -> date | None:
    if isinstance(value, str):
        with suppress(ValueError):
            return date.fromisoformat(value)
    return None


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
