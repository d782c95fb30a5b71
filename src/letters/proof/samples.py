"""A value for an open field, for letters that nobody wrote: an example of the schema's, or one that it allows."""

from __future__ import annotations

from collections.abc import Iterator

from letters.workspace.examples import LIKELY, from_pattern
from letters.workspace.fields import Field, FieldKind
from letters.workspace.references import written_out
from letters.workspace.schema import Checker, NoSchema, Schema

_NUMBERS = (1, 2, 5, 10, 12, 50, 100, 1000, 0, -1, 0.5, 1.5)


#: Characters of a sample.
_LONGEST = 10_000


def sample(schema: Schema, field: Field) -> object | None:
    """A value that an open field of `schema` allows; None where none was found."""
    checker = _checker(schema, field)
    return next((value for value in _candidates(field) if checker is None or checker.fits(value)), None)


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
    if part.get("format") == "date":
        yield "2018-01-31"
    if field.kind is FieldKind.NUMBER:
        yield from (part[key] for key in ("minimum", "maximum", "exclusiveMinimum", "multipleOf") if key in part)
        yield from _NUMBERS
        return
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


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []
