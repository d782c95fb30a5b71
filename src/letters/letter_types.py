"""The YAML of `templates/` to letter types, or every problem in it at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from letters.characters import refused
from letters.load import Path, Raw, load_yaml
from letters.model import Expected, Group, LetterType, Number, Phrase
from letters.problems import Broken, Place, Problem, did_you_mean
from letters.schema import Checker, Schema, packaged
from letters.source import LETTERHEADS, Source, letter_type_names


def load_letter_types(source: Source) -> tuple[dict[str, LetterType], list[Problem]]:
    """Every letter type of a workspace that is sound, by name, and the problems of the others."""
    types: dict[str, LetterType] = {}
    problems: list[Problem] = []
    for name in letter_type_names(source):
        try:
            types[name] = _letter_type(source, name)
        except Broken as broken:
            problems += broken.problems
    if not types and not problems:
        hint = "`letters init DIR` makes a workspace with two letter types to start from"
        problems.append(Problem("E201", "there is no letter type here", Place("templates"), hint))
    return types, problems


def letterheads(source: Source) -> list[str]:
    """The names of the letterheads of a workspace."""
    start = f"templates/{LETTERHEADS}/"
    return sorted({path.removeprefix(start).split("/")[0] for path in source if path.startswith(start)})


def _letter_type(source: Source, name: str) -> LetterType:
    folder = f"templates/{name}"
    raw, problems = _read(source, f"{folder}/letter.yaml", packaged("letter"))
    schema_raw, more = _read(source, f"{folder}/outcome.yaml", {"type": "object"})
    problems += more
    phrases: dict[str, Phrase] = {}
    if f"{folder}/wording.yaml" in source:
        wording, more = _read(source, f"{folder}/wording.yaml", packaged("wording"))
        problems += more
        if wording and not more:
            phrases = {key: _phrase(key, value) for key, value in _items(wording.data)}
    if problems or raw is None or schema_raw is None:
        raise Broken(*problems)
    schema = dict(_items(schema_raw.data))
    problems += [*_schema_problems(schema_raw, schema), *_group_problems(raw), *_letterhead_problems(source, raw)]
    if problems:
        raise Broken(*problems)
    return _made(name, dict(_items(raw.data)), schema, phrases)


def _read(source: Source, path: str, schema: Schema) -> tuple[Raw | None, list[Problem]]:
    try:
        raw = load_yaml(source, path)
    except Broken as broken:
        return None, list(broken.problems)
    return raw, [*Checker(schema).shape_problems(raw, (), raw.data), *character_problems(raw)]


def character_problems(raw: Raw, leave_out: frozenset[str] = frozenset()) -> list[Problem]:
    """Every character of the texts in `raw` that no letter can hold; texts below the keys `leave_out` are not read."""
    problems = []
    for path, text in _texts((), raw.data):
        if not leave_out.intersection(str(step) for step in path):
            for position, description in refused(text):
                hint = "delete it, or write it in words; the letters' fonts have the letters of English and Welsh"
                problems.append(
                    Problem("E110", description, _character_place(raw, path, text[position : position + 1]), hint)
                )
    return problems


def _texts(path: Path, value: object) -> Iterable[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts((*path, key), inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts((*path, number), inner)


def _character_place(raw: Raw, path: Path, ch: str) -> Place:
    """Where a character stands: the first time that it does, from the beginning of its value."""
    start = raw.place(path)
    for line in range(start.line - 1, len(raw.lines)):
        column = raw.lines[line].find(ch, start.column - 1 if line == start.line - 1 else 0)
        if ch and column >= 0:
            return raw.at(line, column)
    return start


def _schema_problems(raw: Raw, schema: Schema) -> list[Problem]:
    problems = []
    for number, rule in enumerate(_list(schema.get("allOf"))):
        if not (isinstance(rule, dict) and isinstance(rule.get("description"), str)):
            hint = "say in `description:` what is wrong when it is broken; people read it"
            problems.append(Problem("E213", "a rule without a description", raw.place(("allOf", number)), hint))
        elif rule.get("severity", "error") not in ("error", "warning"):
            where = raw.place(("allOf", number, "severity"))
            problems.append(Problem("E213", "a severity is `error` or `warning`", where))
    try:
        Checker(schema)
    except ValueError as error:
        problems.append(Problem("E213", f"is no JSON Schema: {error}", raw.place(), "see the other letter type's file"))
    if not isinstance(schema.get("properties"), dict):
        problems.append(Problem("E213", "`properties` is missing", raw.place(), "list the fields of an outcome there"))
    return problems


def _group_problems(raw: Raw) -> list[Problem]:
    problems = []
    for number, group in enumerate(_list(dict(_items(raw.data)).get("overview"))):
        when = dict(_items(group)).get("when")
        try:
            Checker(when if isinstance(when, dict) else {})
        except ValueError as error:
            where = raw.place(("overview", number, "when"))
            problems.append(Problem("E212", f"`when` is no JSON Schema: {error}", where))
    return problems


def _letterhead_problems(source: Source, raw: Raw) -> list[Problem]:
    name = str(dict(_items(raw.data))["letterhead"])
    there = letterheads(source)
    if name in there:
        return []
    return [Problem("E217", f"there is no letterhead {name!r}", raw.place(("letterhead",)), did_you_mean(name, there))]


def _made(name: str, data: dict[str, object], schema: Schema, phrases: dict[str, Phrase]) -> LetterType:
    day = data.get("date")
    return LetterType(
        name=name,
        title=str(data["title"]),
        letterhead=str(data["letterhead"]),
        expected=Expected(str(data["expected"])),
        date=date.fromisoformat(str(day)) if day else None,
        salutation=str(data["salutation"]) if "salutation" in data else None,
        signatory=dict(_items(data.get("signatory"))),
        contact=dict(_items(data.get("contact"))),
        keep_together=tuple(str(words) for words in _list(data.get("keep_together"))),
        groups=tuple(_group(dict(_items(group))) for group in _list(data.get("overview"))),
        schema=schema,
        phrases=phrases,
    )


def _phrase(key: str, value: object) -> Phrase:
    data = dict(_items(value))
    return Phrase(key, str(data["text"]), Number(str(data["number"])), str(data["use"]))


def _group(data: dict[str, object]) -> Group:
    when = data["when"]
    return Group(
        str(data["group"]), str(data["title"]), when if isinstance(when, dict) else {"not": {}} if not when else {}
    )


def _items(value: object) -> Iterable[tuple[str, object]]:
    return value.items() if isinstance(value, dict) else ()


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
