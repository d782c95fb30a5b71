"""What templates may know of a force, a letter and an outcome, and by which names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from letters.compose.answers import Unprintable, as_answer, unprintable
from letters.compose.environment import Record
from letters.compose.figures import as_figure
from letters.compose.inspection import Names
from letters.compose.values import MarkdownText
from letters.workspace.model import Force, LetterType, Outcome
from letters.workspace.schema import Schema, answers_of, is_markdown, items_of, resolved, titles_of

NAMES_OF_FUNCTIONS = frozenset({"phrase", "phrases", "fields_where", "verdict"})

_CHIEF_OFFICER: Names = dict.fromkeys(("rank", "name"))
_POLICING_BODY: Names = dict.fromkeys(("title", "short_title", "name"))
#: What an answer has of its own; it can be printed and compared as well.
_ANSWER: Names = {"title": None}


def template_names(kind: LetterType) -> dict[str, Names | None]:
    """The facts that the templates of a letter type may name, as a tree."""
    letter = dict.fromkeys(("title", "date", "salutation", "copied_to"))
    force = dict.fromkeys(("slug", "name", "country"))
    return {
        "force": {**force, "chief_officer": _CHIEF_OFFICER, "local_policing_body": _POLICING_BODY},
        "letter": {**letter, "signatory": dict.fromkeys(kind.signatory), "contact": dict.fromkeys(kind.contact)},
        "outcome": _names_of(kind.schema, kind.schema),
    }


#: Facts of facts of facts: a schema may refer to itself, a template need not follow it for ever.
_DEEPEST = 6


def _names_of(schema: Schema, part: Schema, depth: int = 0) -> Names:
    if (titles := titles_of(schema, part)) and None not in titles.values():
        return _ANSWER
    return {key: _names_of(schema, inner, depth + 1) or None for key, inner in _fields(schema, part, depth).items()}


def unprintable_facts(kind: LetterType) -> dict[str, Unprintable]:
    """The facts of an outcome that no template can print as they are, by name, as in `outcome.week.day`."""
    return dict(_unprintable("outcome", kind.schema, kind.schema, 0))


def _unprintable(name: str, schema: Schema, part: Schema, depth: int) -> Iterator[tuple[str, Unprintable]]:
    for key, inner in _fields(schema, part, depth).items():
        if why := unprintable(f"{name}.{key}", schema, inner):
            yield f"{name}.{key}", why
        yield from _unprintable(f"{name}.{key}", schema, inner, depth + 1)


def _fields(schema: Schema, part: Schema, depth: int) -> Mapping[str, Schema]:
    """What a schema says of each field of `part`, which is a part of it."""
    fields = resolved(schema, part).get("properties")
    if depth > _DEEPEST or not isinstance(fields, Mapping):
        return {}
    return {key: inner if isinstance(inner, Mapping) else {} for key, inner in fields.items()}


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


def own_values(kind: LetterType, force: Force, outcome: Outcome) -> dict[str, str]:
    """The data of a force that a letter may say, by its name: names and titles, and the answers in open fields.

    Not Markdown, and not the answers in closed fields, which the wording puts into words.
    """
    officer, body = (
        outcome.chief_officer or force.chief_officer,
        outcome.local_policing_body or force.local_policing_body,
    )
    closed = answers_of(kind.schema)
    people = {"chief_officer": asdict(officer), "local_policing_body": asdict(body)}
    open_answers = {key: value for key, value in outcome.answers.items() if key not in closed}
    found = dict(_texts({"name": force.name, **people, **open_answers}))
    return {key: text for key, text in found.items() if SHORTEST_VALUE <= len(text) <= LONGEST_VALUE}


#: Shorter ones are in many words, and longer ones are prose; in characters.
SHORTEST_VALUE, LONGEST_VALUE = 3, 100


def _texts(data: Mapping[str, object], around: str = "") -> Iterator[tuple[str, str]]:
    for key, value in data.items():
        if isinstance(value, str):
            yield f"{around}{key}", value
        elif isinstance(value, Mapping):
            yield from _texts(value, f"{around}{key}.")


def outcome_record(kind: LetterType, outcome: Outcome) -> Record:
    """`outcome`: every field that the schema knows; None where it has been left out."""
    return _Facts(kind.schema, outcome.written).record("outcome", kind.schema, outcome.answers)


@dataclass(frozen=True)
class _Facts:
    """Makes facts of data: `schema` says what they are, `written` how its numbers were typed, by their names."""

    schema: Schema
    written: Mapping[str, str]

    def record(self, name: str, part: Schema, data: Mapping[str, object], depth: int = 0) -> Record:
        known = _fields(self.schema, part, depth)
        keys = [*known, *(key for key in data if key not in known)]
        return Record(name, {key: self.fact(f"{name}.{key}", known.get(key, {}), data.get(key), depth) for key in keys})

    def fact(self, name: str, part: Schema, value: object, depth: int) -> object:
        part = resolved(self.schema, part)
        own = name.partition(".")[2]
        if isinstance(value, Mapping):
            return self.record(name, part, value, depth + 1)
        if isinstance(value, list) and depth <= _DEEPEST:
            inner = items_of(part)
            return [self.fact(f"{name}.{number}", inner, item, depth + 1) for number, item in enumerate(value)]
        if isinstance(value, str) and is_markdown(part):
            return MarkdownText(value.strip(), own)
        answer = as_answer(value, self.schema, part)
        if answer is value and isinstance(value, int | float) and not isinstance(value, bool):
            return as_figure(value, self.written.get(own), whole=part.get("type") == "integer")
        return answer
