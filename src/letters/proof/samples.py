"""A value for an open field, for letters that nobody wrote: an example of the schema's, or one that it allows."""

from __future__ import annotations

from collections.abc import Iterator

from letters.workspace.examples import LIKELY, from_pattern
from letters.workspace.schema import Checker, NoSchema, Schema

_NUMBERS = (1, 2, 5, 10, 12, 50, 100, 1000, 0, -1, 0.5, 1.5)


#: Characters of a sample.
_LONGEST = 10_000


def sample(schema: Schema, name: str, part: Schema) -> object | None:
    """A value that `part` of `schema`, the field `name`, allows; None where none was found."""
    checker = _checker(schema, part)
    return next((value for value in _candidates(name, part) if checker is None or checker.fits(value)), None)


def wrong_examples(schema: Schema, part: Schema) -> list[object]:
    """The examples of a field that the field itself does not allow."""
    checker = _checker(schema, part)
    return [value for value in _listed(part.get("examples")) if checker and not checker.fits(value)]


def _checker(schema: Schema, part: Schema) -> Checker | None:
    shared = {"$defs": schema["$defs"]} if "$defs" in schema else {}
    try:
        return Checker({**shared, **part})
    except NoSchema:
        return None


def _candidates(name: str, part: Schema) -> Iterator[object]:
    yield from _listed(part.get("examples"))
    if "default" in part:
        yield part["default"]
    if part.get("format") == "date":
        yield "2018-01-31"
    kinds = part.get("type")
    if kinds in ("integer", "number"):
        yield from (part[key] for key in ("minimum", "maximum", "exclusiveMinimum", "multipleOf") if key in part)
        yield from _NUMBERS
        return
    said = name.replace("_", " ")
    if part.get("contentMediaType") == "text/markdown":
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
