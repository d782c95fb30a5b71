"""Where in a force's data the values stand that a line of a template could not print."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from letters.problems import Place
from letters.workspace.raw import KeyPath, PlaceOf


def told_with_values(
    hint: str, line: str, given: tuple[object, ...], outcome: Mapping[str, object], place: Callable[[KeyPath], Place]
) -> str:
    """A hint with the places of the values that a filter was `given` before it, where they are data of the force.

    `line`: of the template. `place`: of a value of the outcome in the force's file; one without a path if not known.
    """
    ways = [way for way in _ways(outcome, given) if re.search(rf"\b{re.escape(_key(way))}\b", line)]
    places = {(found.path, found.line): found for way in ways if (found := place(way)).path}
    said = [f"{found.path}:{found.line} says `{found.text.strip()}`" for found in places.values()]
    return f"{' and '.join(said)}: {hint}" if said else hint


def below(place_of: PlaceOf, letter_type: str) -> Callable[[KeyPath], Place]:
    """The places of the values of one letter's outcome."""
    return lambda way: place_of(("letters", letter_type, *way))


def _ways(data: object, given: tuple[object, ...], way: KeyPath = ()) -> Iterator[KeyPath]:
    """The ways to all values that are among some."""
    if isinstance(data, Mapping):
        for key, inner in data.items():
            yield from _ways(inner, given, (*way, key))
    elif isinstance(data, list):
        for number, inner in enumerate(data):
            yield from _ways(inner, given, (*way, number))
    elif any(_is_same(data, one) for one in given):
        yield way


def _is_same(one: object, other: object) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == other
    return isinstance(one, str) and isinstance(other, str) and str(one) == str(other)


def _key(way: KeyPath) -> str:
    """The last name on a way."""
    return next(str(step) for step in reversed(way) if isinstance(step, str))
