"""What the fields of an outcome are tried with: each answer, made-up values, lists and objects of these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, islice, product
from math import prod
from random import Random

from letters.proof.compared import Compared
from letters.proof.samples import fitting, samples
from letters.workspace.fields import Field, FieldKind
from letters.workspace.raw import KeyPath
from letters.workspace.schema import Schema

#: Ways to fill an object within an outcome, beyond which each answer in it is tried once.
_MOST_INSIDE = 1_000
#: Entries of a list.
_LONGEST_LIST = 1_000
#: Answers of a closed field, of which a list is tried with each choice; of more with each alone, and some together.
_FEW_ANSWERS = 5
#: Entries of different kinds that a list is tried with together, and ways to fill an entry that are all tried.
_TOGETHER, _FEW_WAYS = 10, 20


class _Absent:
    """The choice to leave a key out."""


ABSENT = _Absent()


def each_once(choices: Mapping[str, Sequence[object]], least: int = 0) -> Iterator[dict[str, object]]:
    """Each answer of each field once, next to random ones of the others; `least` rows."""
    chance = Random(0)  # the same rows every time
    longest = max((len(values) for values in choices.values()), default=0)
    for row in range(max(longest, least)):
        yield as_answers(
            choices, [values[row] if row < len(values) else chance.choice(values) for values in choices.values()]
        )


def every(choices: Mapping[str, Sequence[object]]) -> Iterator[dict[str, object]]:
    """Each combination of answers."""
    for values in product(*choices.values()):
        yield as_answers(choices, values)


def as_answers(choices: Mapping[str, Sequence[object]], values: Sequence[object]) -> dict[str, object]:
    """The answers of a row that has a value for each field, less those that are left out."""
    return {name: value for name, value in zip(choices, values, strict=True) if value is not ABSENT}


class Choices:
    """The values that an outcome's fields are tried with; `lacking` are those for which there is none."""

    def __init__(self, schema: Schema, compared: Compared | None = None) -> None:
        self.schema = schema
        self._compared = compared or Compared(schema)
        self.lacking: list[Field] = []
        #: How many values there are for the field at a way; of an object more than are listed.
        self._numbers: dict[KeyPath, int] = {}

    @property
    def number(self) -> int:
        """How many outcomes there are: counted, not listed."""
        return self._numbers[()]

    def number_of(self, name: str, values: Sequence[object], way: KeyPath = ()) -> int:
        """How many values there are for a field, of which `values` are listed."""
        inside = self._numbers.get((*way, name))
        return len(values) if inside is None else inside + (values[-1] is ABSENT)

    def of_object(self, described: Field, way: KeyPath) -> dict[str, list[object]]:
        """The values of each field of an object; ABSENT among them where it may be left out."""
        found = {}
        for name, field in described.fields.items():
            values = self._of(field, (*way, name))
            found[name] = values if field.required else [*values, ABSENT]
        self._numbers[way] = prod(self.number_of(name, values, way) for name, values in found.items())
        return found

    def of(self, field: Field) -> list[object]:
        """The values of one field by itself."""
        return self._of(field, ())

    def _of(self, field: Field, way: KeyPath) -> list[object]:
        match field.kind:
            case FieldKind.CLOSED:
                return list(field.answers)
            case FieldKind.OBJECT:
                return self._objects(self.of_object(field, way))
            case FieldKind.LIST:
                return self._lists(field, way)
            case FieldKind.SEVERAL:
                return [value for number, one in enumerate(field.variants) for value in self._of(one, (*way, number))]
            case _:
                return self._samples(field)

    def _objects(self, choices: Mapping[str, Sequence[object]]) -> list[object]:
        """The ways to fill an object. They are counted before they are listed."""
        number = prod(len(values) for values in choices.values())
        return list(every(choices) if number <= _MOST_INSIDE else each_once(choices))

    def _lists(self, field: Field, way: KeyPath) -> list[object]:
        """Lists of what entries may be: of a few answers each choice; else each in a short one, and some together."""
        least, most = field.says.get("minItems"), field.says.get("maxItems")
        shortest = min(max(least if isinstance(least, int) else 1, 1), _LONGEST_LIST)
        longest = most if isinstance(most, int) else _LONGEST_LIST
        items = self._entries(field.item, (*way, 0)) if field.item else []
        if (
            field.item
            and items
            and not field.item.is_closed
            and len(items) < shortest
            and field.says.get("uniqueItems")
        ):
            items = [*items, *islice((one for one in samples(self.schema, field.item) if one not in items), shortest)]
        if field.item and field.item.is_closed and len(items) <= _FEW_ANSWERS:
            lengths = range(shortest, min(longest, len(items)) + 1)
            choices = [list(chosen) for length in lengths for chosen in combinations(items, length)]
            if choices:
                return list(choices)
        found = [_round(items, start, shortest) for start in range(len(items))]
        every = items[: min(longest, _TOGETHER)]
        examples = field.says.get("examples")
        given = fitting(self.schema, field, examples) if isinstance(examples, list) else []
        fit = fitting(self.schema, field, [*found, every] if len(every) > shortest else found)
        if not (given or fit) and None not in items:
            self.lacking.append(field)
        return given or fit or [None]

    def _entries(self, field: Field, way: KeyPath) -> list[object]:
        """What an entry of a list may be. In an object the closed fields take their answers, and nothing is left out
        of the open ones."""
        if field.kind is not FieldKind.OBJECT:
            return self._of(field, way)
        choices = self.of_object(field, way)
        for name, inner in field.fields.items():
            if not inner.is_closed and len(choices[name]) > 1:
                choices[name] = [value for value in choices[name] if value is not ABSENT]
        number = prod(len(values) for values in choices.values())
        return list(every(choices) if number <= _FEW_WAYS else each_once(choices))

    def _samples(self, field: Field) -> list[object]:
        found = self._compared.values(field)
        if found == [None]:
            self.lacking.append(field)
        return found


def _round(items: list[object], start: int, number: int) -> object:
    """`number` of some items from `start` on, from the first again behind the last."""
    return [items[(start + at) % len(items)] for at in range(number)]
