"""Who letters go to in a workspace: what one is called, and what its file may hold, as `recipient.yaml` says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from letters.problems import Code, InvalidInput, Problem, did_you_mean, quoted
from letters.workspace.closing import closed, closed_inside
from letters.workspace.copies import lost_recipient, misnamed_recipient
from letters.workspace.described import Described, schema_problems
from letters.workspace.fields import Field, FieldKind
from letters.workspace.keywords import OF_RECIPIENTS
from letters.workspace.model import FORCE, Word
from letters.workspace.outcome import as_mapping, read
from letters.workspace.raw import KeyPath, Raw, load_yaml
from letters.workspace.references import written_out
from letters.workspace.schema import Checker, Schema, packaged
from letters.workspace.shapes import Shape
from letters.workspace.source import RECIPIENT, Source
from letters.workspace.texts import text_problems
from letters.workspace.typed import TextKind, typed_problems
from letters.workspace.word import word_said

#: Keys of a force's file, and facts of templates, that are the tool's own.
_OWN = ("letters", "slug")
#: The area that suggestions are tried with.
AREA = "Anyshire"
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}?|\}")


@dataclass(frozen=True)
class Recipient:
    """Who letters go to: the word for one, the schema of its facts, and what is read of that."""

    word: Word
    schema: Schema
    facts: Field

    @cached_property
    def in_letters(self) -> tuple[str, ...]:
        """The facts that a letter may say otherwise for itself."""
        return tuple(name for name, field in self.facts.fields.items() if field.says.get("in_letters") is True)

    @cached_property
    def behind_area(self) -> tuple[str, ...]:
        """What suggested names have behind an area, such as `Police`."""
        said = (name.split("\0 ", 1) for name in suggestions(self.facts.at(("name",)), "\0"))
        return tuple(end for start, *ends in said for end in ends if not start)

    @cached_property
    def file_schema(self) -> Schema:
        """The schema of a whole file: the facts, and below `letters` anything."""
        letters = {"type": ["object", "null"], "description": "What was found, by letter type"}
        properties = {**{name: {} for name in self.facts.fields}, **as_mapping(self.schema.get("properties"))}
        shape = {key: value for key, value in self.schema.items() if key not in ("allOf", "word")}
        whole = {"additionalProperties": False, **shape, "properties": {**properties, "letters": letters}}
        return closed_inside(as_mapping(written_out(self.schema, whole)))

    @cached_property
    def own_schema(self) -> Schema:
        """The schema of the keys of an outcome that are the tool's own, with the facts that it may say otherwise."""
        own = packaged("own")
        described = as_mapping(self.schema.get("properties"))
        facts = {name: closed(written_out(self.schema, described[name])) for name in self.in_letters}
        properties = as_mapping(own["properties"])
        before = {key: properties[key] for key in properties if key not in _BEHIND_FACTS}
        return {**own, "properties": {**before, **facts, **properties}}

    @cached_property
    def own_keys(self) -> tuple[str, ...]:
        """The keys of an outcome that are the tool's own, in order."""
        return tuple(as_mapping(self.own_schema["properties"]))


#: The tool's own keys of an outcome that stand behind the facts.
_BEHIND_FACTS = ("salutation", "copied_to", "date")


@cache
def shipped() -> Recipient:
    """Who letters go to where a workspace does not say it."""
    return _recipient(load_yaml({RECIPIENT: shipped_file()}, RECIPIENT))


def shipped_file() -> bytes:
    """The same as a file that may be put into a workspace, and changed."""
    return (files("letters.workspace") / "schemas" / RECIPIENT).read_bytes()


def load_recipient(source: Source) -> tuple[Recipient | None, list[Problem]]:
    """Who the letters of a workspace go to, and what is wrong with what it says of that; None where that stops."""
    if RECIPIENT not in source:
        found = misnamed_recipient(source) or lost_recipient(source)
        return (None, [found]) if found else (shipped(), [])
    try:
        raw = load_yaml(source, RECIPIENT)
    except InvalidInput as broken:
        return None, list(broken.problems)
    problems = [*Shape({"type": "object"}).problems(raw, (), raw.data), *text_problems(raw, (), raw.data)]
    problems += typed_problems(raw, (), raw.data, _kind_of)
    if isinstance(raw.data, dict):
        problems += _problems(raw, raw.data)
    if any(problem.stops for problem in problems):
        return None, problems
    return _recipient(raw), problems


def recipient_of(source: Source) -> Recipient:
    """Who the letters of a workspace go to; where it does not say it rightly, whoever it would be without a word."""
    return load_recipient(source)[0] or shipped()


def suggestions(field: Field, area: str) -> list[str]:
    """What may be written into a field of a new file, for an area; the most likely first."""
    said = field.says.get("suggest")
    return [str(one).replace("{area}", area) for one in (said if isinstance(said, list) else [said]) if one is not None]


def _recipient(raw: Raw) -> Recipient:
    data = raw.data if isinstance(raw.data, dict) else {}
    schema = {key: value for key, value in data.items() if key != "word"}
    return Recipient(word_said(data) or FORCE, schema, read(schema))


def _kind_of(path: KeyPath) -> TextKind:
    return TextKind.WORDS if path[-1] == "title" or path[0] == "word" else TextKind.REMARK


# -- what is wrong

_WORD: Schema = {
    "type": "object",
    "required": ["one", "many"],
    "additionalProperties": False,
    "properties": {key: {"type": "string", "pattern": r"^\s*\w[^\r\n]{0,59}$"} for key in ("one", "many")},
}


def _problems(raw: Raw, data: Mapping[str, object]) -> list[Problem]:
    problems = list(_word_problems(raw, data))
    schema = {key: value for key, value in data.items() if key != "word"}
    word = word_said(data) or FORCE
    described = Described(
        f"{word.a} {word.one}", f"the file of every {word.one}", _OWN, Code.RESERVED_FACT, OF_RECIPIENTS
    )
    problems += schema_problems(raw, schema, described)
    if any(problem.stops for problem in problems):
        return problems
    facts = read(schema)
    problems += _name_problems(raw, facts)
    for name, field in facts.fields.items():
        problems += _in_letters_problems(raw, name, field)
        for way, inner in _inside((name,), field):
            problems += _suggestion_problems(raw, schema, way, inner)
    return problems


def _word_problems(raw: Raw, data: Mapping[str, object]) -> Iterator[Problem]:
    for problem in Shape(_WORD).problems(raw, ("word",), data["word"]) if "word" in data else ():
        hint = "write `word: {one: fire service, many: fire services}`"
        yield Problem(Code.RECIPIENT_WORD, problem.message, problem.place, hint)


def _name_problems(raw: Raw, facts: Field) -> Iterator[Problem]:
    """`name` is what the tool itself calls a recipient by."""
    name = facts.fields.get("name")
    place = raw.place(("properties", "name"), key=True)
    if name is None or name.way == facts.way:
        hint = "add it below `properties:`, as `name: {type: string, description: …}`"
        yield Problem(Code.RECIPIENT_NAME, "`name` is not described, by which letters know who they go to", place, hint)
    elif name.kind is not FieldKind.TEXT or name.says.get("type") != "string":
        hint = "write `type: string`; what else is to be known of it may be another field"
        yield Problem(Code.RECIPIENT_NAME, "`name` is not a text, which it must be", place, hint)
    elif not name.required:
        hint = "add it to `required:`, such as required: [name]"
        yield Problem(Code.RECIPIENT_NAME, "`name` may be left out, and is needed in every file", place, hint)


def _in_letters_problems(raw: Raw, name: str, field: Field) -> Iterator[Problem]:
    at: KeyPath = ("properties", name)
    said = field.says.get("in_letters", False)
    if not isinstance(said, bool):
        message = f"in_letters is {quoted(str(said))}, not true or false"
        yield Problem(
            Code.NOT_SAID_OTHERWISE, message, raw.place((*field.way, "in_letters")), "write `in_letters: true`"
        )
    elif said and (name == "name" or name in as_mapping(packaged("own")["properties"])):
        hint = "take `in_letters` out" if name == "name" else "give the field another name, or take `in_letters` out"
        message = f"{name!r} means something else in every letter already"
        if name == "name":
            message = "`name` is the same in all letters: by it one is known"
        yield Problem(Code.NOT_SAID_OTHERWISE, message, raw.place(at, key=True), hint)
    for way, inner in _inside(at, field):
        if way != at and "in_letters" in inner.says:
            hint = f"put it below {name}: a letter says the whole of a fact otherwise, or nothing"
            place = raw.place((*inner.way, "in_letters"), key=True)
            yield Problem(Code.NOT_SAID_OTHERWISE, "only a whole fact can be said otherwise in letters", place, hint)


def _inside(way: KeyPath, field: Field) -> Iterator[tuple[KeyPath, Field]]:
    """A field and those inside it, each with the way to it."""
    yield way, field
    for one in field.each_kind():
        for name, inner in one.fields.items():
            yield from _inside((*way, name), inner)


def _suggestion_problems(raw: Raw, schema: Schema, way: KeyPath, field: Field) -> Iterator[Problem]:
    said = field.says.get("suggest")
    place = raw.place((*field.way, "suggest"))
    for one in said if isinstance(said, list) else [said]:
        if one is not None and not isinstance(one, str | int | float):
            hint = 'write what a new file is to say there, such as suggest: "{area} Fire and Rescue Service"'
            yield Problem(Code.UNFIT_SUGGESTION, "what is suggested is neither a text nor a number", place, hint)
            return
    fitting = Checker(as_mapping(written_out(schema, field.says)))
    for one in suggestions(field, AREA):
        if found := next((match for match in _PLACEHOLDER.finditer(one)), None):
            hint = did_you_mean(found[1] or "", ["area"]) or "write {area}"
            message = f"{quoted(found[0])} stands for nothing in what is suggested"
            yield Problem(Code.UNFIT_SUGGESTION, message, place, f"only {{area}} does; {hint}")
        elif not (fitting.fits(one) or (_is_number(said) and fitting.fits(said))):
            message = f"{quoted(one)}, which is suggested, is not allowed for {way[-1]}"
            answers = [str(answer) for answer in field.answers]
            hint = did_you_mean(one, answers) if answers else "mend it, or what the field allows"
            yield Problem(Code.UNFIT_SUGGESTION, message, place, hint)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)
