"""What editors and new files take from the schemas: completion, and every allowed value in a comment."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from letters.workspace.model import Expected, LetterType
from letters.workspace.schema import Schema, packaged

FOLDER = ".letters"


def schemas(types: Mapping[str, LetterType]) -> dict[str, bytes]:
    """Path to bytes of the schemas that editors read, for forces, letter types and wordings."""
    named = {"force": force_schema(types), "letter": packaged("letter"), "wording": packaged("wording")}
    return {f"{FOLDER}/{name}.schema.json": _json(schema) for name, schema in named.items()}


def force_schema(types: Mapping[str, LetterType]) -> Schema:
    """One schema for a whole force file: the force's own facts, and for each letter type its outcome."""
    schema = dict(packaged("force"))
    properties = dict(_mapping(schema["properties"]))
    outcomes = {name: _outcome_schema(kind) for name, kind in types.items()}
    properties["letters"] = {**_mapping(properties["letters"]), "properties": outcomes, "additionalProperties": False}
    return {**schema, "properties": properties}


def _outcome_schema(kind: LetterType) -> Schema:
    """The tool's own keys and the type's fields together; what is required holds only once it is not awaited."""
    own = packaged("own")
    answers = {key: value for key, value in kind.schema.items() if key in ("$defs", "allOf", "required")}
    awaited = {"properties": {"stage": {"const": "awaited"}}, "required": ["stage"]}
    return {
        "$id": f"outcome/{kind.name}",
        "type": "object",
        "description": kind.title,
        "$defs": {**_mapping(own["$defs"]), **_mapping(kind.schema.get("$defs"))},
        "properties": {**_mapping(own["properties"]), **_mapping(kind.schema["properties"])},
        "required": own["required"],
        "additionalProperties": False,
        "if": {"not": awaited},
        "then": {key: value for key, value in answers.items() if key != "$defs"},
    }


def new_force(slug: str, types: Mapping[str, LetterType]) -> str:
    """The text of a new force file: guesses to be checked, and every allowed value in a comment."""
    area = " ".join(word if word in ("and", "of") else word.capitalize() for word in slug.split("-"))
    lines = [
        f"# yaml-language-server: $schema=../{FOLDER}/force.schema.json",
        f"name: {area} Police    # check: or Constabulary, or Police Service",
        f"country: England    # {' | '.join(_choices(_field(packaged('force'), 'country')))}",
        "chief_officer:",
        "  rank: Chief Constable    # the heads of the two London forces are Commissioners",
        "  # name: left out, the letter says the rank alone",
        "local_policing_body:    # check: not always a Police and Crime Commissioner",
        f"  title: Police and Crime Commissioner for {area}",
        "  short_title: Police and Crime Commissioner",
        "  # name: left out, the letter says the short title alone",
        "",
        "letters:",
    ]
    for kind in types.values():
        comment = "" if kind.expected is Expected.ALL else "# "
        lines += [f"{comment}{line}".rstrip() for line in _outcome_lines(kind)]
    return "\n".join(lines) + "\n"


def _outcome_lines(kind: LetterType) -> Iterator[str]:
    own = packaged("own")
    yield f"  {kind.name}:"
    yield f"    stage: awaited    # {' | '.join(_choices(_field(own, 'stage')))}"
    required = kind.schema.get("required")
    for name, part in _mapping(kind.schema["properties"]).items():
        field = _field(kind.schema, name)
        optional = "" if isinstance(required, list) and name in required else "optional: "
        yield f"    # {optional}{field.get('description', name)}"
        if choices := _choices(field):
            yield f"    # {name}: {' | '.join(choices)}"
        elif _mapping(_mapping(part).get("properties")):
            yield f"    # {name}:"
            yield from (f"    #   {key}:" for key in _mapping(_mapping(part)["properties"]))
        else:
            yield f"    # {name}:"
    yield "    # changed_wording:    # by phrase id, as in wording.yaml; always shown in review"
    yield "    # added_sentences:    # at the end of the verdict paragraph; always shown in review"
    yield "    # notes:    # who found it, evidence reference. Never printed, but it can be disclosed on request"


def _field(schema: Schema, name: str) -> Schema:
    part = dict(_mapping(_mapping(schema.get("properties")).get(name)))
    reference = str(part.pop("$ref", ""))
    return {**_mapping(_mapping(schema.get("$defs")).get(reference.removeprefix("#/$defs/"))), **part}


def _choices(part: Schema) -> list[str]:
    choices = part.get("oneOf")
    return [str(_mapping(choice)["const"]) for choice in choices] if isinstance(choices, list) else []


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _json(schema: Schema) -> bytes:
    return (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()
