"""What editors and new files take from the schemas: completion, and every allowed value in a comment."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from letters.workspace.fields import Field
from letters.workspace.model import Expected, LetterType
from letters.workspace.outcome import as_mapping, packaged_field
from letters.workspace.references import written_out
from letters.workspace.scalars import as_typed
from letters.workspace.schema import Schema, packaged
from letters.workspace.shapes import answers_typed

FOLDER = ".letters"


def schemas(types: Mapping[str, LetterType]) -> dict[str, bytes]:
    """Path to bytes of the schemas that editors read, for forces, letter types and wordings in English and Welsh."""
    named = {"force": force_schema(types), "letter": packaged("letter"), "wording": packaged("wording")}
    named["wording_cy"] = packaged("wording_cy")
    return {f"{FOLDER}/{name}.schema.json": _json(schema) for name, schema in named.items()}


def force_schema(types: Mapping[str, LetterType]) -> Schema:
    """One schema for a whole force file: the force's own facts, and for each letter type its outcome."""
    schema = dict(packaged("force"))
    properties = dict(as_mapping(schema["properties"]))
    outcomes = {name: _outcome_schema(letter_type) for name, letter_type in types.items()}
    properties["letters"] = {**as_mapping(properties["letters"]), "properties": outcomes, "additionalProperties": False}
    return {**schema, "properties": properties}


def _outcome_schema(letter_type: LetterType) -> Schema:
    """The tool's own keys and the type's fields together; what is required holds only once it is not awaited.

    References are written out: editors follow them in the whole file alone.
    """
    own = as_mapping(written_out(packaged("own"), packaged("own")))
    schema = as_mapping(written_out(letter_type.schema, letter_type.schema))
    awaited = {"properties": {"stage": {"const": "awaited"}}, "required": ["stage"]}
    return {
        "type": "object",
        "description": letter_type.title,
        "properties": {
            **as_mapping(own["properties"]),
            **{name: {} for name in letter_type.fields},
            **as_mapping(schema["properties"]),
        },
        "required": own["required"],
        "additionalProperties": schema.get("additionalProperties", False),
        "if": {"not": awaited},
        "then": {key: value for key, value in schema.items() if key not in _NOT_ANSWERS},
    }


#: Keywords of an `outcome.yaml` that say nothing of how answers go together, or that say it above.
_NOT_ANSWERS = {"$schema", "$id", "$comment", "title", "description", "$defs", "definitions"} | {
    "type",
    "properties",
    "additionalProperties",
}


def new_force(slug: str, types: Mapping[str, LetterType]) -> str:
    """The text of a new force file: guesses to be checked, and every allowed value in a comment."""
    area = " ".join(word if word in ("and", "of") else word.capitalize() for word in slug.split("-"))
    lines = [
        f"# yaml-language-server: $schema=../{FOLDER}/force.schema.json",
        f"name: {area} Police    # check: or Constabulary, or Police Service",
        f"country: England    # {_choices(packaged_field('force').at(('country',)))}",
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
    for letter_type in types.values():
        comment = "" if letter_type.expected is Expected.ALL else "# "
        lines += [f"{comment}{line}".rstrip() for line in _outcome_lines(letter_type)]
    return "\n".join(lines) + "\n"


def _outcome_lines(letter_type: LetterType) -> Iterator[str]:
    yield f"  {letter_type.name}:"
    yield f"    stage: awaited    # {_choices(packaged_field('own').at(('stage',)))}"
    for field in letter_type.outcome.fields.values():
        yield f"    # {'' if field.required else 'optional: '}{field.label}"
        yield from (f"    # {line}" for line in _field_lines(field))
    yield "    # changed_wording:    # by phrase id, as in wording.yaml; always shown in review"
    if letter_type.others:
        yield "    # changed_wording_cy:    # the same phrases in Welsh; added_sentences_cy likewise"
    yield "    # added_sentences:    # at the end of the verdict paragraph; always shown in review"
    yield "    # notes:    # who found it, evidence reference. Never printed, but it can be disclosed on request"


def _field_lines(field: Field) -> Iterator[str]:
    """How a field is filled in: its key with every answer, and below it the keys or the entries inside."""
    yield f"{as_typed(field.name)}: {_choices(field)}".rstrip()
    for one in field.each_kind():
        for inner in one.fields.values():
            yield from (f"  {line}" for line in _field_lines(inner))
        if one.item:
            yield from _entry_lines(one.item)


def _entry_lines(item: Field) -> Iterator[str]:
    """How an entry of a list is filled in, where there is more to say of it than that it is one."""
    lines = [line for inner in item.fields.values() for line in _field_lines(inner)]
    lines = [_choices(item)] if item.is_closed else lines
    yield from (f"  {'  ' if number else '- '}{line}" for number, line in enumerate(lines))


def _choices(field: Field) -> str:
    answers = answers_typed(field)
    is_open = answers and any(not one.is_closed for one in field.each_kind())
    return " | ".join([*answers, "…"] if is_open else answers)


def _json(schema: Schema) -> bytes:
    return (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()
