"""What in an `outcome.yaml` nobody could read rightly: constructs, answers and names, each with what to write."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from letters.problems import Code, did_you_mean, nearest
from letters.workspace.fields import Field, FieldKind, spelt
from letters.workspace.outcome import as_list, as_mapping, is_plain
from letters.workspace.raw import KeyPath
from letters.workspace.references import target
from letters.workspace.schema import Schema

#: What describes a field in a way that is not read, and what to write for it.
_NOT_READ = {
    "prefixItems": "write `items:`, which is the same for every entry; or a field for each under `properties:`",
    "patternProperties": "write each field with its name under `properties:`",
}
#: What asks how answers go together.
_CONDITIONS = ("if", "not", "oneOf", "anyOf")
#: What holds a schema for the same value.
_SAME_VALUE = ("if", "then", "else", "not", "oneOf", "anyOf", "allOf")
_OF_ITEMS = ("items", "contains")


@dataclass(frozen=True)
class Unread:
    """Something that is not read: its code, the way to its key or its value, what is wrong, and what to write."""

    code: Code
    way: KeyPath
    message: str
    hint: str
    is_value: bool = False


def unread(schema: Schema, outcome: Field) -> list[Unread]:
    """All in `schema` that is not read rightly, `outcome` being what was read of it. Its references must end."""
    found = [*_of_top(schema), *_Walk(schema).of(schema, (), outcome), *_required(outcome), *_alike(outcome)]
    found += _without_answers(outcome, [one.way for one in found])
    by_place: dict[tuple[str, KeyPath], Unread] = {}
    for one in found:
        by_place.setdefault((one.code, one.way), one)
    return list(by_place.values())


def unknown_names(condition: Schema, outcome: Field) -> list[Unread]:
    """The fields and answers that a condition asks for and that there are not; its references must end."""
    found = _Walk(condition).of(condition, (), outcome, asks=True)
    return list({one.way: one for one in found if one.code is Code.NO_SUCH_FIELD}.values())


def _of_top(schema: Schema) -> Iterator[Unread]:
    for key in _CONDITIONS:
        if key in schema:
            hint = f"put it under `allOf:`, as `- description: …` with `{key}:` below it; people read the description"
            yield Unread(Code.RULE_APART, (key,), f"`{key}` stands for itself, and nobody is told what is wrong", hint)
    if "$ref" in schema:
        hint = "write the fields under `properties:`; each of them may be a `$ref`"
        yield Unread(Code.RULE_APART, ("$ref",), "the whole file is a `$ref`, and its fields are not read", hint)


def _without_answers(outcome: Field, told: Collection[KeyPath]) -> Iterator[Unread]:
    """Fields that nobody can answer, if it is not `told` why."""
    for field in outcome.every():
        is_told = any(way[: len(field.way)] == field.way for way in told)
        if field.is_closed and not field.answers and not is_told:
            hint = "look at what it says beside its answers; `oneOf` takes what fits one place alone, `anyOf` any"
            yield Unread(Code.ANSWERS_UNCLEAR, field.way, f"no answer is allowed for {field.name!r}", hint)


def _alike(outcome: Field) -> Iterator[Unread]:
    """Fields that may be one of several objects, or of several lists: which of them a value is, nobody can tell."""
    hints = {
        FieldKind.OBJECT: "write one object with all of the fields, "
        "and with `if:` and `then:` which of them go together",
        FieldKind.LIST: "write one list, and below its `items:` what an entry may be",
    }
    for field in outcome.every():
        kinds = [one.kind for one in field.variants]
        for kind, hint in hints.items():
            if kinds.count(kind) > 1:
                sort = "objects" if kind is FieldKind.OBJECT else "lists"
                yield Unread(
                    Code.SCHEMA_NOT_READ, field.way, f"{field.name!r} is one of several {sort}, which is not read", hint
                )


def _required(outcome: Field) -> Iterator[Unread]:
    """Names among `required` that seem to be mistyped: nothing is said of the field, and another one is meant."""
    for field in outcome.every():
        described = {name: inner for name, inner in field.fields.items() if inner.way != field.way}
        for number, name in enumerate(as_list(field.says.get("required"))):
            meant = nearest(name, described) if isinstance(name, str) and name not in described else None
            if meant and not described[meant].required:
                way = (*field.way, "required", number)
                yield Unread(
                    Code.NO_SUCH_FIELD,
                    way,
                    f"{name!r} is required, and is no field",
                    did_you_mean(str(name), described),
                )


@dataclass(frozen=True)
class _Walk:
    """Looks at every part of a schema with the field that it is about.

    `asks`: whether the part asks about answers, and does not list them.
    """

    schema: Schema

    def of(self, part: object, way: KeyPath, field: Field, *, asks: bool = False) -> Iterator[Unread]:
        """What is not read of `part`, which stands at `way`."""
        for key, inner in part.items() if isinstance(part, Mapping) else ():
            here = (*way, key)
            if key in _NOT_READ:
                yield Unread(Code.SCHEMA_NOT_READ, here, f"`{key}` is not read", _NOT_READ[key])
            elif key == "$ref" and isinstance(inner, str):
                yield from self._of_reference(inner, here, field, asks=asks)
            elif key in ("const", "enum"):
                yield from _of_answers(key, inner, here, field, asks=asks)
            elif key in _SAME_VALUE:
                yield from self._of_same(key, inner, here, field, asks=asks or key in ("if", "then", "else") or not way)
            elif key in _OF_ITEMS:
                yield from self.of(inner, here, field.at((0,)), asks=asks or key == "contains")
            elif key == "additionalProperties":
                yield from self.of(inner, here, field.rest or field, asks=asks) if field.rest else ()
            else:
                yield from self._of_names(key, inner, here, field, asks=asks)

    def _of_reference(self, reference: str, here: KeyPath, field: Field, *, asks: bool) -> Iterator[Unread]:
        found = target(self.schema, reference)
        if found is None:
            hint = 'write `$ref: "#/$defs/NAME"`, or "#/properties/NAME"'
            yield Unread(
                Code.SCHEMA_NOT_READ, here, f"the reference {reference!r} is not followed", hint, is_value=True
            )
        else:
            yield from self.of(*found, field, asks=asks)

    def _of_same(self, key: str, inner: object, here: KeyPath, field: Field, *, asks: bool) -> Iterator[Unread]:
        if not isinstance(inner, list):
            yield from self.of(inner, here, field, asks=asks)
            return
        if key == "oneOf" and not asks:
            yield from _twice([as_mapping(choice).get("const", _NONE) for choice in inner], here, field)
        for number, choice in enumerate(inner):
            yield from self.of(choice, (*here, number), field, asks=asks)

    def _of_names(self, key: str, inner: object, here: KeyPath, field: Field, *, asks: bool) -> Iterator[Unread]:
        match key, inner:
            case ("properties" | "dependentSchemas", Mapping()):
                for name, part in inner.items():
                    yield from _unknown(name, (*here, name), field)
                    about = field.at((name,)) if key == "properties" else field
                    yield from self.of(part, (*here, name), about, asks=asks or key != "properties")
            case ("required", list()):
                for number, name in enumerate(inner):
                    yield from _unknown(name, (*here, number), field)
            case ("dependentRequired", Mapping()):
                for name, names in inner.items():
                    yield from _unknown(name, (*here, name), field)
                    for number, other in enumerate(as_list(names)):
                        yield from _unknown(other, (*here, name, number), field)


_NONE = object()


def _of_answers(key: str, inner: object, here: KeyPath, field: Field, *, asks: bool) -> Iterator[Unread]:
    each = [(inner, here)] if key == "const" else [(one, (*here, number)) for number, one in enumerate(as_list(inner))]
    for answer, way in each:
        if not asks and not is_plain(answer):
            hint = "write a word, a number, or true or false; of a list, its entries under `items:`"
            message = f"what stands here cannot be an answer for {field.name!r}"
            yield Unread(Code.ANSWERS_UNCLEAR, way, message, hint, is_value=True)
        elif asks and field.is_closed and field.answers and not field.is_answer(answer):
            message = f"{spelt(answer)!r} is not an answer for {field.name!r}"
            hint = did_you_mean(spelt(answer), map(spelt, field.answers))
            yield Unread(Code.NO_SUCH_FIELD, way, message, hint, is_value=True)
    if not asks and key == "enum":
        yield from _both([answer for answer, _ in each], here, field)


def _twice(answers: list[object], here: KeyPath, field: Field) -> Iterator[Unread]:
    """Answers that stand twice in a `oneOf`, which takes what is in one place alone."""
    for number, answer in enumerate(answers):
        if (
            answer is not _NONE
            and is_plain(answer)
            and (type(answer), answer) in [(type(other), other) for other in answers[:number]]
        ):
            message = f"the answer {spelt(answer)!r} for {field.name!r} stands here twice, so that it is not allowed"
            yield Unread(Code.ANSWERS_UNCLEAR, (*here, number), message, "take one of the two out")
    yield from _both(answers, here, field)


def _both(answers: list[object], here: KeyPath, field: Field) -> Iterator[Unread]:
    """A number and a truth that cannot be told apart: 1 and true."""
    switches = [answer for answer in answers if isinstance(answer, bool)]
    for number, answer in enumerate(answers):
        if isinstance(answer, int | float) and not isinstance(answer, bool) and answer in switches:
            message = f"{spelt(answer)} and {spelt(bool(answer))} are both answers for {field.name!r}"
            yield Unread(Code.ANSWERS_UNCLEAR, (*here, number), message, "write words for one of the two")


def _unknown(name: object, way: KeyPath, field: Field) -> Iterator[Unread]:
    """A name that is no field's, where all fields are known by name."""
    objects = [one for one in field.each_kind() if one.kind is FieldKind.OBJECT]
    names = {name: None for one in objects for name in one.fields}
    is_open = any(one.says.get("additionalProperties") not in (None, False) for one in objects)
    if objects and not is_open and isinstance(name, str) and name not in names:
        hint = did_you_mean(name, names) or "describe it under `properties:`"
        yield Unread(Code.NO_SUCH_FIELD, way, f"there is no field {name!r}", hint)
