"""One reading of `outcome.yaml`: its fields, made once for each letter type and asked by all who want to know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from letters.workspace.fields import Field, FieldKind
from letters.workspace.raw import KeyPath
from letters.workspace.references import REMARKS, target, written_out
from letters.workspace.schema import Checker, Schema, packaged

#: The media type of a text that is Markdown.
MARKDOWN = "text/markdown"
#: What says what a field is, beside its answers.
_OF_A_KIND = ("type", "properties", "items")


def read(schema: Schema, title: str = "title") -> Field:
    """The outcome that a schema describes, as a field of fields. Its references must end (`schema_bounds`).

    `title`: the key of the words of answers.
    """
    return _Reader(schema, title).outcome()


@cache
def packaged_field(name: str) -> Field:
    """What a schema that ships with the tool describes."""
    return read(packaged(name))


@dataclass(frozen=True)
class Layer:
    """One of the schemas that a value must fit all of, and the way to it."""

    part: Schema
    way: KeyPath

    def without(self, *keys: str) -> Layer:
        """The layer less some of its keywords."""
        return replace(self, part={key: value for key, value in self.part.items() if key not in keys})


def layers(schema: Schema, part: object, way: KeyPath) -> Iterator[Layer]:
    """`part` of `schema` and what it refers to and takes over (`$ref`, `allOf`): a value must fit each."""
    if not isinstance(part, Mapping):
        return
    yield Layer(part, way).without("$ref", "allOf")
    reference = part.get("$ref")
    if isinstance(reference, str) and (found := target(schema, reference)):
        yield from layers(schema, *found)
    for number, inner in enumerate(as_list(part.get("allOf"))):
        yield from layers(schema, inner, (*way, "allOf", number))


def branches(layer: Layer) -> list[tuple[str, list[tuple[object, KeyPath]]]]:
    """The choices of a layer, by keyword: what each may be, and the way there."""
    found = ((key, as_list(layer.part.get(key))) for key in ("oneOf", "anyOf"))
    return [
        (key, [(choice, (*layer.way, key, number)) for number, choice in enumerate(choices)])
        for key, choices in found
        if choices
    ]


def is_plain(answer: object) -> bool:
    """Whether a constant can be an answer: a word, a number, true or false, or nothing."""
    return answer is None or isinstance(answer, str | int | float)


Choice = tuple[object, str | None]


@dataclass(frozen=True)
class _Reader:
    schema: Schema
    title: str

    def outcome(self) -> Field:
        """The whole, in whose `allOf` are rules, and nothing that describes a field."""
        return self._object("", [Layer(self.schema, ()).without("allOf")], required=True)

    def _field(self, name: str, found: list[Layer], *, required: bool) -> Field:
        says = merged(found)
        answers = self._answers(found)
        if answers is not None:
            return Field(name, _label(name, says), FieldKind.CLOSED, required, answers, says=says, way=_way(found))
        if variants := [self._field(name, variant, required=required) for variant in _variants(self.schema, found)]:
            allowed = self._checker(found)
            return _of_variants(name, [_narrowed(one, allowed) for one in variants], says, _way(found))
        match _kind(says):
            case FieldKind.OBJECT:
                return self._object(name, found, required=required)
            case FieldKind.LIST:
                item = self._field(name, self._of_items(found, says), required=True)
                return Field(name, _label(name, says), FieldKind.LIST, required, item=item, says=says, way=_way(found))
            case kind:
                return Field(name, _label(name, says), kind, required, says=says, way=_way(found))

    def _object(self, name: str, found: list[Layer], *, required: bool) -> Field:
        says = merged(found)
        needed = [key for key in as_list(says.get("required")) if isinstance(key, str)]
        described: dict[str, list[Layer]] = {}
        for layer in found:
            for key, part in as_mapping(layer.part.get("properties")).items():
                described.setdefault(key, []).extend(self._layers(part, (*layer.way, "properties", key)))
        for key in needed:  # what is required and not described may be anything
            described.setdefault(key, [Layer({}, _way(found))])
        fields = {key: self._field(key, inner, required=key in needed) for key, inner in described.items()}
        others = self._layers(says.get("additionalProperties"), _way(found))
        rest = self._field("…", others, required=False) if others[0].part else None
        kind = FieldKind.OBJECT
        return Field(name, _label(name, says), kind, required, fields=fields, rest=rest, says=says, way=_way(found))

    def _layers(self, part: object, way: KeyPath) -> list[Layer]:
        return list(layers(self.schema, part, way)) or [Layer({}, way)]

    def _of_items(self, found: list[Layer], says: Schema) -> list[Layer]:
        """What a list says of its entries. What it says of Markdown, it says of each of them."""
        inherited = (
            [Layer({"contentMediaType": MARKDOWN}, _way(found))] if says.get("contentMediaType") == MARKDOWN else []
        )
        where = next((layer.way for layer in found if "items" in layer.part), _way(found))
        return [*self._layers(says.get("items"), (*where, "items")), *inherited]

    # -- answers

    def _answers(self, found: list[Layer]) -> dict[object, str | None] | None:
        """The answers of a closed field, each with its title: those that are listed and that all of it allows.

        None if any other may be given, and of answers that are no plain ones, which nobody can read.
        """
        listed = self._choices(found)
        if not listed or not all(is_plain(answer) for answer, _ in listed):
            return None
        if not _is_simple(found, listed):
            allowed = self._checker(found)
            listed = [choice for choice in listed if allowed.fits(choice[0])]
        titles: dict[object, str | None] = {}
        for answer, title in listed:
            titles[answer] = titles.get(answer) or title
        return titles

    def _checker(self, found: list[Layer]) -> Checker:
        """What holds a value against all layers."""
        parts = (as_mapping(written_out(self.schema, layer.part)) for layer in found)
        return Checker({"allOf": [{key: part[key] for key in part.keys() - REMARKS} for part in parts]})

    def _choices(self, found: list[Layer]) -> list[Choice] | None:
        """Every constant that is listed, with its title; None where something else may stand as well."""
        of_each = [listed for layer in found if (listed := self._listed(layer, merged(found))) is not None]
        if of_each:
            titles = {
                answer: title for listed in reversed(of_each) for answer, title in listed if title and is_plain(answer)
            }
            return [(answer, titles.get(answer) if is_plain(answer) else None) for answer, _ in of_each[0]]
        types = _types(merged(found))
        if not types or not set(types) <= {"boolean", "null"}:
            return None
        return [
            *([(True, None), (False, None)] if "boolean" in types else []),
            *([(None, None)] if "null" in types else []),
        ]

    def _listed(self, layer: Layer, says: Schema) -> list[Choice] | None:
        title = says.get(self.title)
        if "const" in layer.part:
            return [(layer.part["const"], title if isinstance(title, str) else None)]
        if isinstance(layer.part.get("enum"), list):
            return [(answer, None) for answer in as_list(layer.part["enum"])]
        for _, choices in branches(layer):
            of_each = [self._choices(self._layers(*choice)) for choice in choices]
            if None not in of_each:
                return [choice for listed in of_each for choice in listed or ()]
        return None


def _variants(schema: Schema, found: list[Layer]) -> Iterator[list[Layer]]:
    """What a field of several kinds may be, each of one kind; nothing where it is of one."""
    says = merged(found)
    types = says.get("type")
    if isinstance(types, list):
        for one in types:
            yield [Layer({"type": one}, _way(found)), *found]
    elif not any(key in says for key in _OF_A_KIND):
        # Of one layer alone: choices in two of them would have to be multiplied.
        others = [layer.without("oneOf", "anyOf") for layer in found]
        choices = next((choices for layer in found for _, choices in branches(layer)), [])
        for part, way in choices:
            yield [*(list(layers(schema, part, way)) or [Layer({}, way)]), *others]


def _narrowed(field: Field, allowed: Checker) -> Field:
    """A variant less the answers that what stands around it forbids."""
    return replace(field, answers={answer: title for answer, title in field.answers.items() if allowed.fits(answer)})


def _of_variants(name: str, variants: list[Field], says: Schema, way: KeyPath) -> Field:
    """A field of several kinds, or of the one that all its variants are of."""
    flat = [inner for one in variants for inner in one.each_kind()]
    kinds = {one.kind for one in flat}
    label, required = _label(name, says), flat[0].required
    if len(flat) == 1:
        return replace(flat[0], label=label, says={**flat[0].says, **says}, way=way)
    if len(kinds) == 1 and not kinds & {FieldKind.OBJECT, FieldKind.LIST, FieldKind.CLOSED}:
        return Field(name, label, flat[0].kind, required, says=says, way=way)
    return Field(name, label, FieldKind.SEVERAL, required, variants=tuple(flat), says=says, way=way)


def merged(found: Iterable[Layer]) -> dict[str, object]:
    """The keywords of several layers, of the same ones the first; `required` of all."""
    says: dict[str, object] = {}
    needed: list[object] = []
    for layer in found:
        says = {**layer.part, **says}
        needed += as_list(layer.part.get("required"))
    return {**says, "required": needed} if needed else says


def as_mapping(value: object) -> Mapping[str, object]:
    """What should be keys with values; empty if it is none."""
    return value if isinstance(value, Mapping) else {}


def as_list(value: object) -> list[object]:
    """What should be a list; empty if it is none."""
    return value if isinstance(value, list) else []


def _is_simple(found: list[Layer], listed: list[Choice]) -> bool:
    """Whether nothing forbids an answer that is listed: one keyword lists them, each once, and no other says more."""
    asserting = [(key, value) for layer in found for key, value in layer.part.items() if key not in REMARKS]
    if len(asserting) != 1 or len({(type(answer), answer) for answer, _ in listed}) < len(listed):
        return False
    key, value = asserting[0]
    if key not in ("oneOf", "anyOf"):
        return True
    return all(as_mapping(choice).keys() - REMARKS == {"const"} for choice in as_list(value))


def _label(name: str, says: Schema) -> str:
    text = next((says[key] for key in ("description", "title") if isinstance(says.get(key), str)), None)
    return " ".join(str(text).split()) if text else name.replace("_", " ")


def _kind(says: Schema) -> FieldKind:
    types = _types(says)
    if "object" in types or (not types and "properties" in says):
        return FieldKind.OBJECT
    if "array" in types or (not types and "items" in says):
        return FieldKind.LIST
    if set(types) & {"number", "integer"}:
        return FieldKind.NUMBER
    if says.get("format") == "date":
        return FieldKind.DATE
    return FieldKind.MARKDOWN if says.get("contentMediaType") == MARKDOWN else FieldKind.TEXT


def _types(says: Schema) -> list[object]:
    types = says.get("type")
    return types if isinstance(types, list) else [types] if types else []


def _way(found: list[Layer]) -> KeyPath:
    return found[0].way
