"""Every outcome that an `outcome.yaml` allows, from the schema alone.

Closed fields (`oneOf` of constants, `enum`, `const`, `boolean`) take each of their values, and none where they may be
left out; open ones (names, prose) take a sample. Rules of severity `warning` do not forbid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product
from math import prod
from random import Random

from letters.proof.samples import sample
from letters.workspace.schema import Checker, Schema, resolved

#: From here on outcomes are covered pairwise: each two answers of two fields together at least once, where allowed.
MOST = 100_000
_TRIES = 200
#: Pairs of answers, beyond which each answer is tried once and then at random: the search for rows takes their square.
MOST_PAIRS = 10_000
MOST_ROWS = 500
#: Ways to fill an object within an outcome, beyond which each answer in it is tried once.
_MOST_INSIDE = 1_000
#: Entries of a list.
_LONGEST_LIST = 1_000
#: A schema may refer to itself; nobody fills fields in fields in fields for ever.
_DEEPEST = 6


class _Absent:
    """The choice to leave a key out."""


ABSENT = _Absent()


@dataclass(frozen=True)
class Enumeration:
    """Outcomes of one letter type: the answers of each, whether they are all there are, and what none could have."""

    outcomes: tuple[Mapping[str, object], ...]
    complete: bool
    combinations: int
    #: Where open fields are of which no value was found that they allow: the way to each through `properties`.
    lacking: tuple[tuple[str, ...], ...] = ()
    #: Where they are not all there are: whether any two answers of two fields meet in one of them.
    by_pairs: bool = False


def enumerate_outcomes(schema: Schema, most: int = MOST) -> Enumeration:
    """All outcomes that `schema` and its rules allow; pairwise cover where there are more than `most` combinations."""
    found = _Choices(schema)
    choices = found.of_object(schema)
    rows_at_most = prod(len(values) for values in choices.values())
    allowed = Checker(_without_warnings(schema))
    if rows_at_most <= most:
        rows = _every(choices)
    elif _pairs(choices) <= MOST_PAIRS:
        rows = _pairwise(choices, allowed)
    else:
        rows = _each_once(choices, MOST_ROWS)
    outcomes = tuple(answers for answers in rows if allowed.fits(answers))
    number = found.number
    by_pairs = number > most and _pairs(choices) <= MOST_PAIRS
    return Enumeration(outcomes, number <= most, number, tuple(dict.fromkeys(found.lacking)), by_pairs)


def _pairs(choices: Mapping[str, Sequence[object]]) -> int:
    """How many pairs of answers there are of any two fields."""
    numbers = [len(values) for values in choices.values()]
    return (sum(numbers) ** 2 - sum(number**2 for number in numbers)) // 2


def _each_once(choices: Mapping[str, Sequence[object]], least: int = 0) -> Iterator[dict[str, object]]:
    """Each answer of each field once, next to random ones of the others; `least` rows."""
    chance = Random(0)  # the same rows every time
    longest = max((len(values) for values in choices.values()), default=0)
    for row in range(max(longest, least)):
        yield _answers(
            choices, [values[row] if row < len(values) else chance.choice(values) for values in choices.values()]
        )


def closed_fields(schema: Schema) -> dict[str, tuple[str, ...]]:
    """The closed fields of a schema and their values, as staff write them."""
    fields = {}
    for name, part in _mapping(schema.get("properties")).items():
        if values := _constants(resolved(schema, _mapping(part))):
            fields[name] = tuple(str(value) for value in values)
    return fields


def _every(choices: Mapping[str, Sequence[object]]) -> Iterator[dict[str, object]]:
    for values in product(*choices.values()):
        yield _answers(choices, values)


def _pairwise(choices: Mapping[str, Sequence[object]], allowed: Checker) -> Iterator[dict[str, object]]:
    # Imported here: no letter type has needed it so far, and most runs enumerate nothing.
    from allpairspy import AllPairs

    names = list(choices)
    if len(names) < 2:
        yield from _every(choices)
        return

    def is_allowed(row: list[object]) -> bool:
        return allowed.fits(_answers(choices, row))

    columns = [list(values) for values in choices.values()]
    # Not its own filter: that tries every way to fill a row out before it gives a forbidden pair up.
    rows = [list(row) for row in AllPairs(columns) if is_allowed(list(row))]
    yield from (_answers(choices, row) for row in (*rows, *_with_pairs_left_out(columns, rows, is_allowed)))


def _with_pairs_left_out(
    columns: list[list[object]], rows: list[list[object]], is_allowed: Callable[[list[object]], bool]
) -> Iterator[list[object]]:
    """Rows with the pairs that no row has, because a rule forbids the row that was to have them.

    A pair that is allowed neither in a row that is, nor with any random filling, is taken to be forbidden.
    """
    numbered = [range(len(values)) for values in columns]
    seen = {
        (a, columns[a].index(row[a]), b, columns[b].index(row[b]))
        for row in rows
        for a, b in combinations(range(len(columns)), 2)
    }
    chance = Random(0)  # the same rows every time
    for a, b in combinations(range(len(columns)), 2):
        for x, y in product(numbered[a], numbered[b]):
            if (a, x, b, y) in seen:
                continue
            random_rows = ([chance.choice(values) for values in columns] for _ in range(_TRIES))
            for row in chain(map(list, rows), random_rows):
                row[a], row[b] = columns[a][x], columns[b][y]
                if is_allowed(row):
                    yield row
                    break


def _answers(choices: Mapping[str, Sequence[object]], values: Sequence[object]) -> dict[str, object]:
    return {name: value for name, value in zip(choices, values, strict=True) if value is not ABSENT}


class _Choices:
    """The values that an outcome's fields are tried with; `lacking` are those for which there is none."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.lacking: list[tuple[str, ...]] = []
        #: How many values there are for the field at a way; of an object more than are listed.
        self._numbers: dict[tuple[str, ...], int] = {}

    @property
    def number(self) -> int:
        """How many outcomes there are: counted, not listed."""
        return self._numbers[()]

    def of_object(self, part: Schema, way: tuple[str, ...] = ()) -> dict[str, list[object]]:
        """The values of each field of an object; ABSENT among them where it may be left out."""
        if len(way) > _DEEPEST:
            return {}
        required = part.get("required")
        needed = set(required) if isinstance(required, list) else set()
        found = {}
        # What is required and not described may be anything.
        fields = {**_mapping(part.get("properties")), **dict.fromkeys(needed - _mapping(part.get("properties")).keys())}
        number = 1
        for name, inner in fields.items():
            here = (*way, name)
            values = self._of(resolved(self.schema, _mapping(inner)), here)
            found[name] = values if name in needed else [*values, ABSENT]
            number *= self._numbers.get(here, len(values)) + (name not in needed)
        self._numbers[way] = number
        return found

    def _of(self, part: Schema, way: tuple[str, ...]) -> list[object]:
        if constants := _constants(part):
            return constants
        match part.get("type"):
            case "boolean":
                return [True, False]
            case "object":
                return self._objects(self.of_object(part, way))
            case "array":
                return [self._list(part, way)]
            case _:
                return [self._sample(part, way)]

    def _objects(self, choices: Mapping[str, Sequence[object]]) -> list[object]:
        """The ways to fill an object. They are counted before they are listed."""
        number = prod(len(values) for values in choices.values())
        return list(_every(choices) if number <= _MOST_INSIDE else _each_once(choices))

    def _list(self, part: Schema, way: tuple[str, ...]) -> list[object]:
        least = part.get("minItems")
        number = min(max(least if isinstance(least, int) else 1, 1), _LONGEST_LIST)
        items = self._of(resolved(self.schema, _mapping(part.get("items"))), way)
        return (items * number)[:number]

    def _sample(self, part: Schema, way: tuple[str, ...]) -> object:
        found = sample(self.schema, way[-1], part)
        if found is None:
            self.lacking.append(way)
        return found


def _constants(part: Schema) -> list[object]:
    if "const" in part:
        return [part["const"]]
    if isinstance(part.get("enum"), list):
        return list(part["enum"])  # type: ignore[call-overload, no-any-return]
    choices = part.get("oneOf") or part.get("anyOf")
    found = [_mapping(choice).get("const", ABSENT) for choice in choices] if isinstance(choices, list) else []
    return [] if ABSENT in found else found


def _without_warnings(schema: Schema) -> Schema:
    rules = schema.get("allOf")
    kept = [rule for rule in rules if _mapping(rule).get("severity") != "warning"] if isinstance(rules, list) else []
    return {**{key: value for key, value in schema.items() if key != "allOf"}, **({"allOf": kept} if kept else {})}


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
