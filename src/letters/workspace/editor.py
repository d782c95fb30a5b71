"""What editors and new files take from the schemas: completion, and every allowed value in a comment."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from letters.workspace.closing import closed_inside
from letters.workspace.fields import Field, FieldKind, spelt
from letters.workspace.forces import area_in
from letters.workspace.model import Expected, LetterType, Signatory
from letters.workspace.outcome import as_list, as_mapping, packaged_field
from letters.workspace.recipient import Recipient, shipped, shipped_file, suggestions
from letters.workspace.references import written_out
from letters.workspace.scalars import as_typed
from letters.workspace.schema import Schema, packaged
from letters.workspace.shapes import answers_typed
from letters.workspace.source import RECIPIENT

FOLDER = ".letters"


def schemas(types: Mapping[str, LetterType], recipient: Recipient) -> dict[str, bytes]:
    """Path to bytes of the schemas that editors read, for forces, letter types, signatories and wordings in English and
    Welsh; and where nothing says who letters go to, that which is then taken, to begin one's own with."""
    named = {
        "force": force_schema(types, recipient),
        "letter": _letter_schema(types),
        "signatory": packaged("signatory"),
        "wording": packaged("wording"),
        "wording_cy": packaged("wording_cy"),
    }
    made = {f"{FOLDER}/{name}.schema.json": _json(schema) for name, schema in named.items()}
    return made | ({f"{FOLDER}/{RECIPIENT}": shipped_file()} if recipient == shipped() else {})


def force_schema(types: Mapping[str, LetterType], recipient: Recipient) -> Schema:
    """One schema for a whole force file: the force's own facts, and for each letter type its outcome."""
    schema = recipient.file_schema
    properties = dict(as_mapping(schema["properties"]))
    outcomes = {name: _outcome_schema(letter_type, recipient) for name, letter_type in types.items()}
    properties["letters"] = {**as_mapping(properties["letters"]), "properties": outcomes, "additionalProperties": False}
    rules = as_list(recipient.schema.get("allOf"))
    return {**schema, "properties": properties, **({"allOf": rules} if rules else {})}


def _letter_schema(types: Mapping[str, LetterType]) -> Schema:
    """What a letter.yaml may say, with the names of who may sign."""
    schema = packaged("letter")
    properties = as_mapping(schema["properties"])
    files = next((letter_type.signatories for letter_type in types.values()), {})
    by_name, of_its_own = as_list(as_mapping(properties["signatory"])["anyOf"])
    signatory = {**as_mapping(properties["signatory"]), "anyOf": [_names(files) or by_name, of_its_own]}
    return {**schema, "properties": {**properties, "signatory": signatory}}


def _names(signatories: Mapping[str, Signatory]) -> Schema:
    """A choice of those who may sign; empty where there are none."""
    return {"oneOf": [{"const": one.id, "title": one.name} for one in signatories.values()]} if signatories else {}


def _outcome_schema(letter_type: LetterType, recipient: Recipient) -> Schema:
    """The tool's own keys and the type's fields together; what is required holds only once it is not awaited.

    References are written out: editors follow them in the whole file alone.
    """
    own = as_mapping(written_out(recipient.own_schema, recipient.own_schema))
    schema = closed_inside(as_mapping(written_out(letter_type.schema, letter_type.schema)))
    awaited = {"properties": {"stage": {"const": "awaited"}}, "required": ["stage"]}
    return {
        "type": "object",
        "description": letter_type.title,
        "properties": {
            **as_mapping(own["properties"]),
            "signatory": {**as_mapping(as_mapping(own["properties"])["signatory"]), **_names(letter_type.signatories)},
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


def new_force(slug: str, types: Mapping[str, LetterType], recipient: Recipient, name: str = "") -> str:
    """The text of a new force file: guesses to be checked, and every allowed value in a comment.

    `name`: what somebody called it in words, if they did: its whole name, or its area.
    """
    area = " ".join(word if word in ("and", "of") else word.capitalize() for word in slug.split("-"))
    name = "" if name.islower() or name.isupper() else name
    area = area_in(name, recipient.behind_area) or area
    lines = [f"# yaml-language-server: $schema=../{FOLDER}/force.schema.json"]
    for field in sorted(recipient.facts.fields.values(), key=lambda field: field.name != "name"):
        is_given = field.name == "name" and name.casefold().startswith(f"{area.casefold()} ")
        lines += [f"name: {as_typed(name)}"] if is_given else _fact_lines(field, area)
    lines += ["", "letters:"]
    for letter_type in types.values():
        comment = "" if letter_type.expected is Expected.ALL else "# "
        lines += [f"{comment}{line}".rstrip() for line in _outcome_lines(letter_type)]
    return "\n".join(lines) + "\n"


def outcome_block(letter_type: LetterType) -> tuple[str, ...]:
    """The lines of a letter type in a force file, a blank one first, as far in as at the top of a file.

    Where not every force gets the letter they are remarks, as in a new file.
    """
    comment = "" if letter_type.expected is Expected.ALL else "# "
    lines = (line.removeprefix("  ") for line in _outcome_lines(letter_type))
    return ("", *(f"{comment}{line}".rstrip() for line in lines))


def _fact_lines(field: Field, area: str) -> Iterator[str]:
    """How a fact is filled in: what is suggested for an area, and in a remark every answer, or what the fact is for.

    A fact that may be left out is a remark as a whole.
    """
    remark = _remark(field, area)
    lines = [f"{as_typed(field.name)}: {_suggested(field, area)}".rstrip() + (f"    # {remark}" if remark else "")]
    for one in field.each_kind():
        lines += (f"  {line}" for inner in one.fields.values() for line in _fact_lines(inner, area))
        lines += ["  # - …" if field.required else "  - …"] if one.item else []
    yield from lines if field.required else (f"# {line}" for line in lines)


def _suggested(field: Field, area: str) -> str:
    """What a new file says of a fact that nobody has looked at yet."""
    first = next(iter(suggestions(field, area)), "")
    answer = next((answer for answer in field.answers if spelt(answer) == first), first)
    return first if field.kind is FieldKind.NUMBER or not first else as_typed(answer)


def _remark(field: Field, area: str) -> str:
    """What is said of a fact beside it: its answers, else what else it could be, else what it is for.

    Of one that is only suggested it says so: nobody else would ask.
    """
    suggested = suggestions(field, area)
    others = [one.removeprefix(f"{area} ") for one in suggested[1:]]
    said = _choices(field) or (f"or {', or '.join(others)}" if others else _description(field))
    return f"check: {said or 'this is a suggestion'}" if suggested else said


def _description(field: Field) -> str:
    text = field.says.get("description")
    return " ".join(str(text).split()) if text else ""


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
    if letter_type.signatories:
        yield f"    # signatory: {' | '.join(letter_type.signatories)}    # who signs this letter alone"
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
    """How an entry of a list is filled in: the keys inside it, or its answers, or anything."""
    lines = [line for inner in item.fields.values() for line in _field_lines(inner)]
    lines = lines or [_choices(item) or "…"]
    yield from (f"  {'  ' if number else '- '}{line}" for number, line in enumerate(lines))


def _choices(field: Field) -> str:
    answers = answers_typed(field)
    is_open = answers and any(not one.is_closed for one in field.each_kind())
    return " | ".join([*answers, "…"] if is_open else answers)


def _json(schema: Schema) -> bytes:
    return (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()
