"""Where a reference within a schema leads, and schemas with what they refer to written out."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote

from letters.workspace.raw import KeyPath

#: What a part says for people and editors; it allows and forbids nothing.
REMARKS = frozenset(
    {
        "title",
        "title_cy",
        "description",
        "examples",
        "default",
        "deprecated",
        "readOnly",
        "writeOnly",
        "contentMediaType",
    }
    | {"$comment", "$schema", "$defs", "definitions", "severity", "suggest", "in_letters", "word"}
)


def target(schema: object, reference: str) -> tuple[object, KeyPath] | None:
    """The part of `schema` that a reference within it leads to, and the way there; None where it leads nowhere."""
    if reference != "#" and not reference.startswith("#/"):
        return None
    found: object = schema
    way: list[str | int] = []
    for step in reference[1:].split("/")[1:]:
        key = unquote(step).replace("~1", "/").replace("~0", "~")
        if isinstance(found, Mapping) and key in found:
            found = found[key]
            way.append(key)
        elif isinstance(found, list) and key.isdigit() and int(key) < len(found):
            found = found[int(key)]
            way.append(int(key))
        else:
            return None
    return found, tuple(way)


def written_out(schema: object, part: object) -> object:
    """`part` of `schema` with what it refers to in the place of each reference. The references must end."""
    if isinstance(part, list):
        return [written_out(schema, inner) for inner in part]
    if not isinstance(part, Mapping):
        return part
    own = {key: written_out(schema, inner) for key, inner in part.items()}
    reference = own.get("$ref")
    found = target(schema, reference) if isinstance(reference, str) else None
    if found is None:
        return own
    del own["$ref"]
    referred = written_out(schema, found[0])
    if isinstance(referred, dict) and own.keys() <= REMARKS:
        return {**referred, **own}
    others = own.get("allOf")
    return {**own, "allOf": [*(others if isinstance(others, list) else ()), referred]}
