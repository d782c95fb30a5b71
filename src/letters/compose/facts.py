"""What templates may know of a force, a letter and an outcome, and by which names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from markupsafe import Markup

from letters.compose.environment import Record
from letters.compose.inspection import Names
from letters.model import Force, LetterType, Outcome

NAMES_OF_FUNCTIONS = frozenset({"phrase", "phrases", "fields_where", "verdict"})

_CHIEF_OFFICER: Names = dict.fromkeys(("rank", "name"))
_POLICING_BODY: Names = dict.fromkeys(("title", "short_title", "name"))


def template_names(kind: LetterType) -> dict[str, Names | None]:
    """The facts that the templates of a letter type may name, as a tree."""
    letter = dict.fromkeys(("title", "date", "salutation", "copied_to"))
    force = dict.fromkeys(("slug", "name", "country"))
    return {
        "force": {**force, "chief_officer": _CHIEF_OFFICER, "local_policing_body": _POLICING_BODY},
        "letter": {**letter, "signatory": dict.fromkeys(kind.signatory), "contact": dict.fromkeys(kind.contact)},
        "outcome": _names_of(kind.schema),
    }


def _names_of(schema: object) -> Names:
    properties = schema.get("properties") if isinstance(schema, Mapping) else None
    if not isinstance(properties, Mapping):
        return {}
    return {key: _names_of(part) if "properties" in part else None for key, part in properties.items()}


def force_record(force: Force, outcome: Outcome) -> Record:
    """`force`, with what this letter says differently of the people."""
    facts: dict[str, object] = {"slug": force.slug, "name": force.name, "country": force.country}
    officer, body = (
        outcome.chief_officer or force.chief_officer,
        outcome.local_policing_body or force.local_policing_body,
    )
    facts["chief_officer"] = Record("force.chief_officer", asdict(officer))
    facts["local_policing_body"] = Record("force.local_policing_body", asdict(body))
    return Record("force", facts)


def letter_record(kind: LetterType, outcome: Outcome) -> Record:
    """`letter`: what the type says, or this one letter."""
    return Record(
        "letter",
        {
            "title": kind.title,
            "date": outcome.date or kind.date,
            "salutation": outcome.salutation or kind.salutation,
            "copied_to": outcome.copied_to,
            "signatory": Record("letter.signatory", dict(kind.signatory)),
            "contact": Record("letter.contact", dict(kind.contact)),
        },
    )


def outcome_record(kind: LetterType, outcome: Outcome) -> Record:
    """`outcome`: every field that the schema knows; None where it has been left out."""
    return _record("outcome", kind.schema, outcome.answers)


def _record(name: str, schema: Mapping[str, object], data: Mapping[str, object]) -> Record:
    properties = schema.get("properties")
    known = properties if isinstance(properties, Mapping) else {}
    keys = [*known, *(key for key in data if key not in known)]
    return Record(name, {key: _fact(f"{name}.{key}", known.get(key, {}), data.get(key)) for key in keys})


def _fact(name: str, schema: Mapping[str, object], value: object) -> object:
    if isinstance(value, Mapping):
        return _record(name, schema, value)
    if isinstance(value, str) and schema.get("contentMediaType") == "text/markdown":
        return Markup(value.strip())
    return value
