"""Values for an open field, for letters that nobody wrote: examples of the schema's, or what it allows."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal

from letters.workspace.examples import LIKELY, from_pattern
from letters.workspace.fields import Field, FieldKind
from letters.workspace.references import written_out
from letters.workspace.schema import Checker, NoSchema, Schema

_LOWEST, _HIGHEST = ("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")
_NUMBERS = (1, 2, 5, 10, 12, 50, 100, 1000, 0, -1, 0.5, 1.5)


#: By format what fits it: of dates one in each month of some years, for patterns that ask for one.
_FORMATS: dict[str, tuple[str, ...]] = {
    "date": ("2018-01-31", *(f"{year}-{month:02}-12" for year in range(2016, 2031) for month in range(1, 13))),
    "time": ("10:30:00Z", "10:30:00"),
    "date-time": ("2018-01-31T10:30:00Z",),
    "duration": ("P3D",),
    "email": ("office@example.org",),
    "uri": ("https://example.org",),
    "uuid": ("123e4567-e89b-12d3-a456-426614174000",),
    "ipv4": ("192.0.2.1",),
    "hostname": ("example.org",),
}
#: Characters of a sample.
_LONGEST = 10_000


def sample(schema: Schema, field: Field) -> object | None:
    """A value that an open field of `schema` allows; None where none was found."""
    return next(samples(schema, field), None)


def samples(schema: Schema, field: Field) -> Iterator[object]:
    """Values that an open field of `schema` allows, the likeliest first, each once."""
    checker = _checker(schema, field)
    seen: set[str] = set()
    for value in _candidates(field):
        if repr(value) not in seen and (checker is None or checker.fits(value)):
            yield value
        seen.add(repr(value))


def fitting(schema: Schema, field: Field, values: list[object]) -> list[object]:
    """Those of some values that a field of `schema` allows."""
    checker = _checker(schema, field)
    return [value for value in values if checker is None or checker.fits(value)]


def wrong_examples(schema: Schema, field: Field) -> list[object]:
    """The examples of a field that the field itself does not allow."""
    checker = _checker(schema, field)
    return [value for value in _listed(field.says.get("examples")) if checker and not checker.fits(value)]


def _checker(schema: Schema, field: Field) -> Checker | None:
    whole = written_out(schema, field.says)
    try:
        return Checker(whole) if isinstance(whole, dict) else None
    except NoSchema:
        return None


def _candidates(field: Field) -> Iterator[object]:
    part = field.says
    yield from _listed(part.get("examples"))
    if "default" in part:
        yield part["default"]
    if field.kind is FieldKind.NUMBER:
        yield from _numbers(part)
        return
    yield from _FORMATS.get(str(part.get("format")), ())
    said = field.name.replace("_", " ")
    if field.kind is FieldKind.MARKDOWN:
        yield f"A sample of {said}."
    yield f"a sample of {said}"
    yield from LIKELY
    if isinstance(part.get("pattern"), str):
        yield from from_pattern(str(part["pattern"]))
    if isinstance(length := part.get("maxLength"), int):
        yield said[:length].strip()
    if isinstance(length := part.get("minLength"), int) and length <= _LONGEST:
        yield (f"a sample of {said} " * length)[:length].strip() + "."
    yield from _NUMBERS


def _numbers(part: Schema) -> Iterator[object]:
    """Numbers in the bounds of a field, at its steps."""
    yield from (part[key] for key in ("minimum", "maximum", "multipleOf") if key in part)
    lows, highs = ([as_number(part.get(key)) for key in keys] for keys in (_LOWEST, _HIGHEST))
    low, high = (
        max((n for n in lows if n is not None), default=None),
        min((n for n in highs if n is not None), default=None),
    )
    step = as_number(part.get("multipleOf")) or Decimal(1)
    first = low if low is not None else high - 3 * step if high is not None else Decimal(0)
    steps = [(first / step).to_integral_value(ROUND_CEILING) + more for more in range(4)] if step else []
    yield from _NUMBERS if low is None and high is None and "multipleOf" not in part else ()
    yield from (_plain(number * step) for number in steps)
    if low is not None and high is not None:
        yield _plain((low + high) / 2)
    yield from _NUMBERS


def as_number(value: object) -> Decimal | None:
    """A number of a schema as it is typed; None of anything else."""
    return Decimal(repr(value)) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []
