"""Objects of a schema that list their keys hold no others, unless the schema says otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from letters.workspace.outcome import as_list, as_mapping
from letters.workspace.schema import Schema

#: Keywords by which an object says itself what other keys it may hold.
_SAYS_OTHERWISE = frozenset({"additionalProperties", "unevaluatedProperties", "patternProperties", "propertyNames"})


def closed_inside(schema: Schema) -> Schema:
    """A schema, its references written out, in whose fields no object holds a key that is not listed.

    What the whole may hold is left as it is said.
    """
    properties = as_mapping(schema.get("properties"))
    return {**schema, "properties": {name: closed(part) for name, part in properties.items()}}


def closed(part: object) -> object:
    """What a value must fit, with each object in it closed."""
    if not isinstance(part, Mapping):
        return part
    inner = _inside(part)
    layers = list(_layers(inner))
    if not any(as_mapping(layer.get("properties")) for layer in layers):
        for key in {"anyOf", "oneOf"} & inner.keys():
            inner[key] = [closed(one) for one in as_list(inner[key])]
        return inner
    if any(layer.keys() & _SAYS_OTHERWISE for layer in layers):
        return inner
    listed: dict[str, object] = {name: {} for layer in layers for name in _names(layer)}
    return {**inner, "properties": {**listed, **as_mapping(inner.get("properties"))}, "additionalProperties": False}


def _layers(part: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """A part and what it takes over."""
    yield part
    for one in as_list(part.get("allOf")):
        yield from _layers(as_mapping(one))


def _names(layer: Mapping[str, object]) -> Iterator[str]:
    yield from as_mapping(layer.get("properties"))
    yield from (name for name in as_list(layer.get("required")) if isinstance(name, str))


def _inside(part: Mapping[str, object]) -> dict[str, object]:
    """A part whose fields and entries are closed, and it is not."""
    inner = dict(part)
    if isinstance(properties := part.get("properties"), Mapping):
        inner["properties"] = {name: closed(one) for name, one in properties.items()}
    for key in ("items", "additionalProperties"):
        if key in part:
            inner[key] = closed(part[key])
    if isinstance(others := part.get("allOf"), list):
        inner["allOf"] = [_inside(one) if isinstance(one, Mapping) else one for one in others]
    return inner
