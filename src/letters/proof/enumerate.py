"""Every outcome that an `outcome.yaml` allows, from the schema alone.

Closed fields take each of their answers, and none where they may be left out; lists of them each choice of answers,
where these are few; open ones (names, prose) take a sample. Rules of severity `warning` do not forbid.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, islice, product
from math import prod
from random import Random

from letters.proof.choices import ABSENT, Choices, as_answers, each_once, every
from letters.proof.compared import Compared
from letters.workspace.fields import Field
from letters.workspace.outcome import read
from letters.workspace.references import written_out
from letters.workspace.schema import Checker, Schema

#: From here on outcomes are covered pairwise: each two answers of two fields together at least once, where allowed.
MOST = 100_000
_TRIES = 200
#: Pairs of answers, beyond which each answer is tried once and then at random: the search for rows takes their square.
MOST_PAIRS = 10_000
MOST_ROWS = 500


@dataclass(frozen=True)
class Enumeration:
    """Outcomes of one letter type: the answers of each, whether they are all there are, and what none could have."""

    outcomes: tuple[Mapping[str, object], ...]
    complete: bool
    combinations: int
    #: The open fields of which no value was found that they allow.
    lacking: tuple[Field, ...] = ()
    #: Where they are not all there are: whether any two answers of two fields meet in one of them.
    by_pairs: bool = False
    #: How many outcomes there are, each with all of its answers, where that is known: parts of a letter that do not
    #: hang on one another are read apart, and most outcomes are then no letter that was composed.
    number: int | None = None


def enumerate_outcomes(schema: Schema, most: int = MOST, outcome: Field | None = None) -> Enumeration:
    """All outcomes that `schema` and its rules allow; pairwise cover where there are more than `most` combinations.

    `outcome`: what is read of the schema, if it has been.
    """
    rows = Rows(schema, outcome or read(schema), most)
    outcomes = tuple(rows.of(rows.fields))
    return Enumeration(outcomes, rows.are_all(rows.fields), rows.number, rows.lacking, rows.by_pairs(rows.fields))


class Rows:
    """The outcomes that a schema and its rules allow, all of them or those that differ in some fields only.

    `number`: of all combinations of answers. `base`: the first outcome that is allowed, if one is.
    """

    def __init__(self, schema: Schema, outcome: Field, most: int = MOST, compared: Compared | None = None) -> None:
        """`compared`: the numbers and dates that are to have a value on each side of something."""
        self._most = most
        found = Choices(schema, compared)
        self._choices = found.of_object(outcome, ())
        self._allowed = Checker(without_warnings(schema))
        self.number, self.lacking = found.number, tuple(found.lacking)
        self._numbers = {name: found.number_of(name, values) for name, values in self._choices.items()}
        self._joined = joined_fields(without_warnings(schema), tuple(self._choices))
        self._found: dict[frozenset[str], list[dict[str, object]]] = {}
        self.base = next(self._first(), None)

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field, in order."""
        return tuple(self._choices)

    def _first(self) -> Iterator[dict[str, object]]:
        rows = islice(every(self._choices), self._most)
        yield from (answers for answers in rows if self._allowed.fits(answers))
        if self.number > self._most:
            yield from self._covering(self._choices)

    def of(self, fields: Collection[str]) -> list[dict[str, object]]:
        """An outcome for each combination of answers in `fields` that is allowed with some of the others.

        Where there are too many, a cover of them (see `are_all`).
        """
        if self.base is None:
            return []
        known = frozenset(fields)
        if known not in self._found:
            self._found[known] = self._list(known)
        return self._found[known]

    def _list(self, fields: Collection[str]) -> list[dict[str, object]]:
        found: dict[str, dict[str, object]] = {}
        choices = self._within(self._with_joined(fields))
        are_few = prod(len(values) for values in choices.values()) <= self._most
        rows = every(choices) if are_few else self._covering(choices)
        for answers in rows:
            key = repr([answers.get(name, ABSENT) for name in self._choices if name in fields])
            if key not in found and self._allowed.fits(answers):
                found[key] = answers
        return list(found.values())

    def are_all(self, fields: Collection[str]) -> bool:
        """Whether `of` gives every combination of answers in these fields."""
        return prod(self._numbers[name] for name in self._with_joined(fields)) <= self._most

    def by_pairs(self, fields: Collection[str]) -> bool:
        """Whether `of` gives at least every two answers of two of these fields together, but not all combinations."""
        return not self.are_all(fields) and _pairs(self._within(self._with_joined(fields))) <= MOST_PAIRS

    def allowed(self) -> int | None:
        """How many outcomes there are, where they can be counted: listed for no more than fields that rules join."""
        if self.base is None or not all(map(self.are_all, self._joined)):
            return None if self.base else 0
        return prod(len(self.of(joined)) for joined in self._joined)

    def some(self, number: int) -> Iterator[dict[str, object]]:
        """So many outcomes at random, the same ones every time; fewer where most are forbidden."""
        chance = Random(0)
        rows = ([chance.choice(values) for values in self._choices.values()] for _ in range(number * _TRIES))
        allowed = (answers for row in rows if self._allowed.fits(answers := as_answers(self._choices, row)))
        yield from islice(allowed, number)

    def with_both(
        self, one: Mapping[str, object], fields: Collection[str], other: Mapping[str, object]
    ) -> dict[str, object] | None:
        """The outcome `other` with the answers of `one` in `fields`, if that is allowed."""
        mixed = {name: (one if name in fields else other).get(name, ABSENT) for name in self._choices}
        answers = as_answers(self._choices, list(mixed.values()))
        return answers if self._allowed.fits(answers) else None

    def _covering(self, choices: Mapping[str, Sequence[object]]) -> Iterator[dict[str, object]]:
        if _pairs(choices) <= MOST_PAIRS:
            return _pairwise(choices, self._allowed)
        return (answers for answers in each_once(choices, MOST_ROWS) if self._allowed.fits(answers))

    def _with_joined(self, fields: Collection[str]) -> set[str]:
        return {name for joined in self._joined if joined & set(fields) for name in joined}

    def _within(self, fields: Collection[str]) -> dict[str, Sequence[object]]:
        """The answers of these fields, and of the others the one that `base` has."""
        base = self.base or {}
        return {name: values if name in fields else [base.get(name, ABSENT)] for name, values in self._choices.items()}


#: Keywords of an outcome that join no fields with others, beside its rules.
_JOIN_NOTHING = frozenset(
    "$schema $id $defs $comment title description type properties required additionalProperties examples default"
    " allOf".split()
)


#: Keywords of a rule that are about whatever fields there are.
_ABOUT_ALL = frozenset(
    "minProperties maxProperties propertyNames patternProperties additionalProperties unevaluatedProperties".split()
)


def joined_fields(schema: Schema, fields: Sequence[str]) -> tuple[frozenset[str], ...]:
    """The fields in sets, so that no rule is about fields of two: what is allowed in one is whatever is in another."""
    every = frozenset(fields)
    rules = written_out(schema, schema.get("allOf"))
    groups = [frozenset(named_fields(rule, every)) for rule in (rules if isinstance(rules, list) else [])]
    if schema.keys() - _JOIN_NOTHING or not all(groups):  # who knows what these are about
        return (every,)
    sets = [frozenset({name}) for name in fields]
    for group in groups:
        joined = frozenset[str]().union(*(one for one in sets if one & group))
        sets = [one for one in sets if not one & group] + [joined]
    return tuple(sorted(sets, key=lambda one: min(fields.index(name) for name in one)))


def named_fields(part: object, fields: frozenset[str]) -> Iterator[str]:
    """The fields that a rule names, wherever in it. What looks like one and is none does no harm."""
    if isinstance(part, Mapping):
        for key, inner in part.items():
            yield from fields if key in _ABOUT_ALL else {key} & fields
            yield from named_fields(inner, fields)
    elif isinstance(part, list):
        for inner in part:
            yield from named_fields(inner, fields)
    elif isinstance(part, str):
        yield from {part} & fields


def _pairs(choices: Mapping[str, Sequence[object]]) -> int:
    """How many pairs of answers there are of any two fields."""
    numbers = [len(values) for values in choices.values()]
    return (sum(numbers) ** 2 - sum(number**2 for number in numbers)) // 2


def _pairwise(choices: Mapping[str, Sequence[object]], allowed: Checker) -> Iterator[dict[str, object]]:
    # Imported here: no letter type has needed it so far, and most runs enumerate nothing.
    from allpairspy import AllPairs

    names = list(choices)
    if len(names) < 2:
        yield from every(choices)
        return

    def is_allowed(row: list[object]) -> bool:
        return allowed.fits(as_answers(choices, row))

    columns = [list(values) for values in choices.values()]
    # Not its own filter: that tries every way to fill a row out before it gives a forbidden pair up.
    rows = [list(row) for row in AllPairs(columns) if is_allowed(list(row))]
    yield from (as_answers(choices, row) for row in (*rows, *_with_pairs_left_out(columns, rows, is_allowed)))


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


def without_warnings(schema: Schema) -> Schema:
    rules = schema.get("allOf")
    kept = [rule for rule in rules if _mapping(rule).get("severity") != "warning"] if isinstance(rules, list) else []
    return {**{key: value for key, value in schema.items() if key != "allOf"}, **({"allOf": kept} if kept else {})}


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
