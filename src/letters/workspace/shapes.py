"""What a schema finds wrong in raw data, as problems with a place and a hint for people."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from letters.problems import Code, Place, Problem, Severity, did_you_mean, nearest
from letters.workspace.addressed import several_addresses
from letters.workspace.examples import LIKELY, from_pattern
from letters.workspace.fields import Field, FieldKind
from letters.workspace.outcome import as_list, as_mapping, read
from letters.workspace.raw import KeyPath, Raw
from letters.workspace.references import written_out
from letters.workspace.scalars import as_typed, in_quotation_marks
from letters.workspace.schema import Checker, Fault, NoSchema, Schema, named, shown, sort_of, sorts_said


class Shape:
    """What values are held against, and what is then said. Raises NoSchema where `schema` is no JSON Schema."""

    def __init__(self, schema: Schema, described: Field | None = None) -> None:
        """`described`: what is read of the schema, where that is known; else it is read when something is wrong."""
        self._checker = Checker(schema)
        self._schema = schema
        self._described = described

    def problems(
        self, raw: Raw, at: KeyPath, instance: object, *, partial: bool = False, also: Collection[str] = ()
    ) -> list[Problem]:
        """Every problem of shape of `instance`, which stands at `at`.

        `partial`: missing keys are no problem. `also`: keys that are checked elsewhere, for hints.
        """
        errors = [inner for error in self._checker.errors(instance) for inner in _innermost(error)]
        if not errors:
            return []
        self._described = self._described or read(self._schema)
        told = _Told(self._schema, self._described, raw, at, also)
        mistyped = {place for error in errors for place in told.meant(error)}
        problems: list[Problem] = []
        for error in errors:
            missing = error.kind.as_dict()["property"] if error.kind.name == "required" else None
            if missing is None or not (partial or (*error.instance_path, missing) in mistyped):
                problems += told.problems(error)
        return problems


class Rules:
    """The rules across fields of an outcome: the members of its schema's `allOf`, each with a description."""

    def __init__(self, schema: Schema) -> None:
        rules = (as_mapping(written_out(schema, rule)) for rule in as_list(schema.get("allOf")))
        self._rules = [Checker(rule) for rule in rules]

    def problems(self, raw: Raw, at: KeyPath, answers: object) -> list[Problem]:
        """A problem for each rule that is broken, where the first value stands that breaks it."""
        problems = []
        for rule in self._rules:
            if broken := rule.errors(answers):
                ways = (tuple(error.instance_path) for error in broken)
                place = min((raw.place((*at, *path), key=not path) for path in ways), key=_line_and_column)
                severity = Severity(str(rule.schema.get("severity", "error")))
                code = Code.BROKEN_ADVICE if severity is Severity.WARNING else Code.BROKEN_RULE
                hint = _rule_hint(broken)
                problems.append(Problem(code, str(rule.schema["description"]), place, hint, severity))
        return problems


def _rule_hint(errors: Iterable[Fault]) -> str:
    """What a rule asks to be added, if that is all; what else would keep it, its description says."""
    missing = [error.kind.as_dict()["property"] if error.kind.name == "required" else None for error in errors]
    return f"add {', '.join(f'`{key}: …`' for key in missing)}" if missing and None not in missing else ""


#: For more mistyped keys than this no hint is looked for.
_MOST = 100


def _line_and_column(place: Place) -> tuple[int, int]:
    return place.line, place.column


def _innermost(error: Fault) -> Iterator[Fault]:
    """What is wrong in the one branch of an `anyOf` or `oneOf` that is of the right type; else the error itself."""
    if error.kind.name in ("anyOf", "oneOf"):
        branches = error.kind.as_dict().get("context") or []
        for branch in branches:
            if not any(inner.kind.name in ("type", "const") and _same_place(inner, error) for inner in branch):
                for inner in branch:
                    yield from _innermost(inner)
                return
    yield error


def _same_place(error: Fault, other: Fault) -> bool:
    return list(error.instance_path) == list(other.instance_path)


class _Told:
    """What is said of one value that does not fit: `raw` has it at `at`, and `described` is what it should be."""

    def __init__(self, schema: Schema, described: Field, raw: Raw, at: KeyPath, also: Collection[str]) -> None:
        self.schema = schema
        self.described = described
        self.raw = raw
        self.at = at
        self.also = also

    def meant(self, error: Fault) -> Iterator[KeyPath]:
        """The keys that were meant by unknown ones: these are mistyped, and not missing as well."""
        if error.kind.name == "additionalProperties":
            allowed = _keys(self.described.at(tuple(error.instance_path)))
            for key in error.kind.as_dict()["unexpected"][:_MOST]:
                if near := nearest(key, allowed):
                    yield (*error.instance_path, near)

    def problems(self, error: Fault) -> Iterator[Problem]:
        """A fault as one problem, or one for each key."""
        inner = tuple(error.instance_path)
        path, field = (*self.at, *inner), self.described.at(inner)
        kind = error.kind.as_dict()
        match error.kind.name:
            case "additionalProperties" | "unevaluatedProperties":
                yield from self._unknown(path, field, kind["unexpected"])
            case "required":
                yield self._missing(path, field, kind["property"])
            case _ if field.is_answer(error.instance):
                yield self._against_others(error, path)
            case name if _is_no_answer(name, field):
                yield self._no_answer(error.instance, path, field)
            case "format" | "type" if field.says.get("format") == "date" and error.instance is not None:
                hint = "write a date that there is, as year-month-day: 2017-10-02"
                yield Problem(Code.NOT_A_DATE, f"{shown(error.instance)} is not a date", self.raw.place(path), hint)
            case "oneOf" | "anyOf" | "type":
                yield self._of_other_sort(error.instance, path, field)
            case "format" if isinstance(error.instance, str) and field.says.get("format") == "email":
                yield self._unfit(error.instance, path, field)
            case "minLength" | "pattern" | "minItems" | "minProperties":
                yield self._unfit(error.instance, path, field)
            case _:
                message = f"{named(path)}: {error.message[:200]}"
                yield Problem(
                    Code.OUTSIDE_SCHEMA, message, self.raw.place(path), str(field.says.get("description", ""))
                )

    def _unknown(self, path: KeyPath, field: Field, keys: list[str]) -> Iterator[Problem]:
        allowed = [*field.fields, *(self.also if path == self.at else ())]
        for number, key in enumerate(keys):
            meant = allowed or ([] if nearest(key, _keys(field)) is None else _keys(field))
            hint = did_you_mean(key, meant) if number < _MOST else ""
            message = f"{shown(key)} is not a key of {named(path)}"
            if key != key.strip() and key.strip() in allowed:
                message, hint = _beside(key.strip()), f"delete it: `{key.strip()}:`"
            yield Problem(Code.UNKNOWN_KEY, message, self.raw.place((*path, key), key=True), hint or "take it out")

    def _missing(self, path: KeyPath, field: Field, key: str) -> Problem:
        missing = field.at((key,))
        choices = answers_typed(missing) if missing.is_closed else []
        hint = f"add `{key}: …`" + (f"; one of: {', '.join(choices)}" if choices else "")
        return Problem(Code.MISSING_KEY, f"{key!r} is missing in {named(path)}", self.raw.place(path, key=True), hint)

    def _no_answer(self, value: object, path: KeyPath, field: Field) -> Problem:
        where = named(path)
        found = "this" if isinstance(value, list | dict) else shown(value)
        message = f"{where} has no answer" if value is None else f"{found} is not an answer for {where}"
        answers = answers_typed(field)
        if isinstance(value, str) and value != value.strip() and value.strip() in answers:
            message = f"a blank, perhaps a no-break space, stands beside {value.strip()}"
            return Problem(
                Code.NOT_AN_ANSWER, message, self.raw.place(path), f"delete it: `{path[-1]}: {value.strip()}`"
            )
        meant = {True: "yes", False: "no"}.get(value, "") if isinstance(value, bool) else value
        hint = did_you_mean(meant if isinstance(meant, str) else "", answers)
        if others := [one.says.get("type", "string") for one in field.variants if not one.is_closed]:
            hint += f"; or {sorts_said(others)}"
        return Problem(Code.NOT_AN_ANSWER, message, self.raw.place(path), hint)

    def _against_others(self, error: Fault, path: KeyPath) -> Problem:
        """An answer that its field allows, and that something around it forbids."""
        about: object = self.schema
        hint = "look at the other answers"
        for step in error.schema_path:
            about = about[step] if isinstance(about, Mapping | list) else None  # type: ignore[index]
            if isinstance(about, Mapping) and {"if", "not", "then"} & about.keys():
                hint = str(about.get("description", hint))
        message = f"{shown(error.instance)} for {named(path)} does not go with the other answers"
        return Problem(Code.OUTSIDE_SCHEMA, message, self.raw.place(path), hint)

    def _of_other_sort(self, value: object, path: KeyPath, field: Field) -> Problem:
        where, empty = named(path), value is None
        message = f"{where} is {sort_of(value)}" + ("" if empty else f", not {_wanted(field)}")
        hint = self._empty_hint(path) if empty else _type_hint(field, value, path, self.also)
        if _wanted(field).startswith("text") and (line := _one_line(self.raw, path, value)):
            hint = f"if it is a text with a colon in it, put quotation marks around the whole of it: {line}"
        return Problem(Code.WRONG_SHAPE, message, self.raw.place(path), hint)

    def _unfit(self, value: object, path: KeyPath, field: Field) -> Problem:
        where = named(path)
        empty = not value or (isinstance(value, str) and not value.strip())
        message = f"{where} is empty" if empty else f"{shown(value)} does not fit {where}"
        hint = self._empty_hint(path) if empty else several_addresses(value) or _fit_hint(field)
        return Problem(Code.UNFIT_VALUE, message, self.raw.place(path), hint)

    def _empty_hint(self, path: KeyPath) -> str:
        inner = path[len(self.at) :]
        needed = inner and self.described.at(inner).required and isinstance(inner[-1], str)
        return "fill it in" if needed or not inner else "fill it in, or take the line out"


def _beside(word: str) -> str:
    return f"a blank, perhaps a no-break space, stands beside {word}"


def answers_typed(field: Field) -> list[str]:
    """The answers that are listed for a field, as they are typed in a force's file."""
    return [as_typed(answer) for one in field.each_kind() for answer in one.answers]


def _keys(field: Field) -> list[str]:
    return [key for one in field.each_kind() for key in one.fields]


def _is_no_answer(name: str, field: Field) -> bool:
    """Whether a fault is that a value is none of the answers; of true and false it is the sort that is told."""
    if field.kind is FieldKind.SEVERAL:
        return name in ("oneOf", "anyOf") and any(
            answer is not None for one in field.variants for answer in one.answers
        )
    switch = all(isinstance(answer, bool) for answer in field.answers)
    return field.is_closed and (name in ("oneOf", "anyOf", "enum", "const", "not") or not switch)


def _wanted(field: Field) -> str:
    types = [one.says.get("type") or ("string" if one is not field else None) for one in field.each_kind()]
    if field.says.get("type"):
        types = [field.says["type"]]
    return sorts_said([name for one in types for name in (one if isinstance(one, list) else [one])])


def _one_line(raw: Raw, path: KeyPath, value: object) -> str:
    """What YAML takes for a key with a value at `path`, in quotation marks; empty if it is no single line."""
    if not isinstance(value, Mapping) or len(value) != 1:
        return ""
    inner = (*path, *value)
    (line, column), (last, end) = raw.values[path], raw.ends.get(inner, (-1, 0))
    text = raw.lines[line][column:end]
    return in_quotation_marks(text) if line == last and not text.startswith("{") else ""


def _fit_hint(field: Field) -> str:
    """What a text should be like: as its field is described, or as an example of it is."""
    description, pattern = field.says.get("description"), field.says.get("pattern")
    listed = [str(example) for example in as_list(field.says.get("examples"))]
    if any(one.says.get("format") == "email" or "@" in str(one.says.get("pattern")) for one in field.each_kind()):
        said = f"{description}: " if description else ""
        example = next((one for one in listed if "@" in one), "clerk@example.org")
        return f"{said}write one e-mail address, such as {example}, without a name, a blank or a comma"
    if description:
        return str(description)
    likely = (*listed, *LIKELY, *(from_pattern(pattern) if isinstance(pattern, str) else ()))
    try:
        fitting = Checker(field.says)
    except NoSchema:
        return ""
    example = next((text for text in likely if fitting.fits(text)), "")
    return f"write it like this: {example}" if example else ""


_YES = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}


def _type_hint(field: Field, value: object, path: KeyPath, also: Collection[str]) -> str:
    wanted = _wanted(field)
    if wanted.startswith("text") and isinstance(value, bool | int | float):
        in_outcome = not isinstance(value, bool) and also and len(path) > 2 and path[2] not in also
        other = "; if it is one in every file, let outcome.yaml say `type: number`" if in_outcome else ""
        return f"put quotation marks around it{other}"
    if wanted.startswith("text") and isinstance(value, Mapping):
        return (
            "if it is a text with a colon in it, put quotation marks around the whole of it: 'within 24 hours: always'"
        )
    if wanted.startswith("text"):
        return "write words, in quotation marks if they begin with [ or {"
    if wanted == "true or false" and value is not None:
        typed = value.casefold() if isinstance(value, str) else ""
        meant = _YES.get(typed) or (typed if typed in ("true", "false") else "")
        return f"write {meant}, without quotation marks" if meant else "write true or false"
    if wanted.endswith("number") and isinstance(value, str):
        is_number = re.fullmatch(r"[-+]?[0-9]+(?:\.[0-9]+)?", value)
        figures = "1234" if wanted == "a whole number" else "1234 or 92.5"
        return "take the quotation marks off" if is_number else f"write figures alone, such as {figures}"
    if wanted.startswith("a list"):
        return "write each entry on a line of its own, beginning with `- `"
    if wanted.startswith("keys with values"):
        keys = _keys(field) or ["key"]
        example = f"lines such as `{keys[0]}: …`"
        return f"begin with {example}" if not path else f"write {example} below it, indented"
    return ""
