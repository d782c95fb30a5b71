"""The YAML of `templates/` to letter types, or every problem in it at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from letters.letter.names import MAIL, mail_of_another
from letters.machine.files import is_plain_name
from letters.problems import Code, InvalidInput, Place, Problem, did_you_mean, quoted
from letters.workspace.copies import copied_from, repeated_types
from letters.workspace.model import Expected, Group, LetterType, Number, Phrase, Signatory
from letters.workspace.outcome import packaged_field, read
from letters.workspace.raw import KeyPath, Raw, load_yaml
from letters.workspace.schema import Checker, NoSchema, Schema, packaged
from letters.workspace.schema_bounds import too_much
from letters.workspace.shapes import Shape
from letters.workspace.signatories import PICTURES, load_signatories, picture_paths, signatory_names, unknown_signatory
from letters.workspace.source import LETTERHEADS, RESERVED, Source, letter_type_names
from letters.workspace.texts import Printed, mail_problem, printed_problems, text_problems
from letters.workspace.typed import KindOf, TextKind, typed_problems
from letters.workspace.unread import unread


def load_letter_types(source: Source) -> tuple[dict[str, LetterType], list[Problem]]:
    """Every letter type of a workspace that is sound, by name, and the problems of the others."""
    types: dict[str, LetterType] = {}
    signatories, problems = load_signatories(source)
    for name in letter_type_names(source):
        try:
            types[name], warnings = _letter_type(source, name, signatories)
            problems += warnings
        except InvalidInput as broken:
            problems += broken.problems
    problems += repeated_types(source, types)
    if not types and not any(problem.stops for problem in problems):
        hint = "`letters init DIR` makes a workspace with two letter types to start from"
        problems.append(Problem(Code.MISSING_FILE, "there is no letter type here", Place("templates"), hint))
    return types, problems


def letterheads(source: Source) -> list[str]:
    """The names of the letterheads of a workspace."""
    start = f"templates/{LETTERHEADS}/"
    return sorted({path.removeprefix(start).split("/")[0] for path in source if path.startswith(start)})


def pictures(source: Source, letter_type: LetterType) -> list[str]:
    """The paths of the pictures that a letter type may show: in its own folder, its letterhead's, and of who signs."""
    folders = (letter_type.folder, letter_type.letterhead_folder)
    own = [path for path in source if path.rpartition("/")[0] in folders and path.lower().endswith(PICTURES)]
    return [*own, *(path for one in letter_type.signatories.values() for path in picture_paths(source, one))]


def _letter_type(source: Source, name: str, signatories: Mapping[str, Signatory]) -> tuple[LetterType, list[Problem]]:
    """A letter type, and what is to be asked about it. Raises InvalidInput where it cannot be used."""
    folder = f"templates/{name}"
    if name.casefold() in RESERVED:
        hint = f"rename the folder, such as {name}-letter, here and in the forces' files"
        raise InvalidInput(
            Problem(
                Code.UNFIT_FOLDER_NAME,
                "no letter type can be called so: the tool has a folder of that name",
                Place(folder),
                hint,
            )
        )
    if not is_plain_name(name):
        hint = "rename the folder like abuse-of-position-2017 (a-z, 0-9 and single hyphens)"
        raise InvalidInput(
            Problem(Code.UNFIT_FOLDER_NAME, "not every system can have a folder of that name", Place(folder), hint)
        )
    if original := _copied(source, name):
        hint = f"delete it; or, for a letter type of its own, give it a name of its own, such as {original}-2"
        raise InvalidInput(
            Problem(Code.COPIED_LETTER_TYPE, f"this folder seems to be a copy of {original}", Place(folder), hint)
        )
    if not any(f"{folder}/{file}" in source for file in ("letter.yaml", "outcome.yaml", "letter.md")):
        hint = "move it out of templates/; a letter type has a letter.yaml, an outcome.yaml and a letter.md"
        raise InvalidInput(Problem(Code.MISSING_FILE, "this folder is no letter type", Place(folder), hint))
    raw, problems = _read(source, f"{folder}/letter.yaml", packaged("letter"))
    schema_raw, more = _read(source, f"{folder}/outcome.yaml", {"type": "object"})
    problems += more
    problems += printed_problems(raw, (), raw.data, Printed(_is_setting)) if raw else []
    phrases: dict[str, Phrase] = {}
    if f"{folder}/wording.yaml" in source:
        wording, more = _read(source, f"{folder}/wording.yaml", packaged("wording"))
        problems += more
        problems += printed_problems(wording, (), wording.data, Printed(_is_remark)) if wording else []
        if wording and not more:
            phrases = {key: _phrase(key, value) for key, value in _items(wording.data)}
    schema = dict(_items(schema_raw.data)) if schema_raw else {}
    if schema_raw and isinstance(schema_raw.data, dict):
        problems += _schema_problems(schema_raw, schema)
    if raw and isinstance(raw.data, dict):
        problems += [*_group_problems(raw), *_letterhead_problems(source, raw), *_mail_problems(raw)]
        problems += _signatory_problems(source, raw, signatories)
    if raw is None or any(problem.stops for problem in problems):
        raise InvalidInput(*problems)
    made = _made(name, dict(_items(raw.data)), schema, phrases, signatories)
    return replace(made, signatory_files=signatory_names(source)), problems


def _copied(source: Source, name: str) -> str:
    """The letter type that a folder is called a copy of; empty where it is none."""
    if not (original := copied_from(name)):
        return ""
    names = [other for other in letter_type_names(source) if other != name]
    is_there = next((other for other in names if other.startswith(original)), "")
    return is_there or (original if name.casefold().startswith(("copy", "kopie", "copie")) else "")


def _is_setting(path: KeyPath) -> bool:
    """Whether a text of `letter.yaml` is for the tool, and none of the letter's words."""
    return path == ("signatory",) or path[:1] not in (("title",), ("salutation",), ("signatory",), ("contact",))


def _is_remark(path: KeyPath) -> bool:
    """Whether a text of `wording.yaml` is for its readers, and none of the letter's words."""
    return path[1:] != ("text",)


def _read(source: Source, path: str, schema: Schema) -> tuple[Raw | None, list[Problem]]:
    try:
        raw = load_yaml(source, path)
    except InvalidInput as broken:
        return None, list(broken.problems)
    problems = [*Shape(schema).problems(raw, (), raw.data), *text_problems(raw, (), raw.data)]
    return raw, [*problems, *typed_problems(raw, (), raw.data, _kind_of(path))]


def _kind_of(file: str) -> KindOf:
    """What the texts of a file of a letter type are for."""

    def kind_of(path: KeyPath) -> TextKind:
        match file.rpartition("/")[2]:
            case "letter.yaml" if not packaged_field("letter").at(path).takes_words:
                return TextKind.CLOSED
            case "letter.yaml":
                return TextKind.REMARK if _is_setting(path) else TextKind.WORDS
            case "wording.yaml":
                return TextKind.REMARK if _is_remark(path) else TextKind.WORDS
            case _:
                return (
                    TextKind.WORDS
                    if path[-1] == "title" and path[0] in ("properties", "$defs", "definitions")
                    else TextKind.REMARK
                )

    return kind_of


def _schema_problems(raw: Raw, schema: Schema) -> list[Problem]:
    problems = [*_rule_problems(raw, schema), *_field_problems(raw, schema)]
    if found := too_much(schema):
        return [*problems, Problem(found.code, found.message, raw.place(found.path), found.hint)]
    try:
        Checker(schema)
    except NoSchema as error:
        return [*problems, Problem(Code.BROKEN_OUTCOME_SCHEMA, str(error), raw.place(error.path), error.hint)]
    not_read = [] if problems else unread(schema, read(schema))
    return [
        *problems,
        *(Problem(one.code, one.message, raw.place(one.way, key=not one.is_value), one.hint) for one in not_read),
    ]


def _rule_problems(raw: Raw, schema: Schema) -> Iterator[Problem]:
    for number, rule in enumerate(_list(schema.get("allOf"))):
        if not (isinstance(rule, dict) and isinstance(rule.get("description"), str)):
            hint = "say in `description:` what is wrong when it is broken, and what to do; people read it"
            yield Problem(
                Code.BROKEN_OUTCOME_SCHEMA, "a rule without a description", raw.place(("allOf", number)), hint
            )
        elif rule.get("severity", "error") not in ("error", "warning"):
            where = raw.place(("allOf", number, "severity"))
            hint = "an error stops the letter, a warning is only said"
            yield Problem(Code.BROKEN_OUTCOME_SCHEMA, "a severity is `error` or `warning`", where, hint)


def _field_problems(raw: Raw, schema: Schema) -> Iterator[Problem]:
    fields = schema.get("properties")
    if schema.get("type") in ("array", "string", "number", "integer", "boolean", "null"):
        yield Problem(
            Code.BROKEN_OUTCOME_SCHEMA, "an outcome is an object", raw.place(("type",)), "write `type: object`"
        )
    if not isinstance(fields, dict):
        yield Problem(
            Code.BROKEN_OUTCOME_SCHEMA, "`properties` is missing", raw.place(), "list the fields of an outcome there"
        )
        return
    own = packaged("own")["properties"]
    for name, part in fields.items():
        where = raw.place(("properties", name), key=True)
        if isinstance(own, dict) and name in own:
            hint = "give the field another name"
            yield Problem(
                Code.BROKEN_OUTCOME_SCHEMA, f"{name!r} means something else in every outcome already", where, hint
            )
        if isinstance(part, bool):
            hint = "say below it, indented, what it may be, such as `type: string`"
            yield Problem(Code.BROKEN_OUTCOME_SCHEMA, f"the field {name!r} does not say what it may be", where, hint)


def _group_problems(raw: Raw) -> Iterator[Problem]:
    for number, group in enumerate(_list(dict(_items(raw.data)).get("overview"))):
        when = dict(_items(group)).get("when")
        if found := too_much(when):
            where = raw.place(("overview", number, "when", *found.path))
            yield Problem(found.code, found.message, where, found.hint)
            continue
        try:
            Checker(when if isinstance(when, dict) else {})
        except NoSchema as error:
            yield Problem(
                Code.BROKEN_OVERVIEW, str(error), raw.place(("overview", number, "when", *error.path)), error.hint
            )


def _mail_problems(raw: Raw) -> Iterator[Problem]:
    """Addresses of mail that stand below one name and seem to be somebody else's."""
    for key in ("signatory", "contact"):
        who = dict(_items(dict(_items(raw.data)).get(key)))
        for field, address in who.items():
            if (
                isinstance(address, str)
                and MAIL.fullmatch(address)
                and mail_of_another(address, str(who.get("name", "")))
            ):
                yield mail_problem(address, str(who["name"]), raw.place((key, field)))


def _signatory_problems(source: Source, raw: Raw, signatories: Mapping[str, Signatory]) -> list[Problem]:
    name = dict(_items(raw.data)).get("signatory")
    if not isinstance(name, str) or not name.strip() or name in signatories:
        return []
    return [unknown_signatory(name, signatories, signatory_names(source), raw.place(("signatory",)))]


def _letterhead_problems(source: Source, raw: Raw) -> list[Problem]:
    name = dict(_items(raw.data)).get("letterhead")
    there = letterheads(source)
    if not isinstance(name, str) or name in there:
        return []
    hint = did_you_mean(name, there) or "put its folder into templates/letterheads/"
    return [
        Problem(Code.UNKNOWN_LETTERHEAD, f"there is no letterhead {quoted(name)}", raw.place(("letterhead",)), hint)
    ]


def _made(
    name: str,
    data: dict[str, object],
    schema: Schema,
    phrases: dict[str, Phrase],
    signatories: Mapping[str, Signatory],
) -> LetterType:
    day, chosen = data.get("date"), signatories.get(str(data.get("signatory")))
    return LetterType(
        name=name,
        title=str(data["title"]),
        letterhead=str(data["letterhead"]),
        expected=Expected(str(data["expected"])),
        date=date.fromisoformat(str(day)) if day else None,
        salutation=str(data["salutation"]) if "salutation" in data else None,
        signatory=chosen.facts if chosen else dict(_items(data.get("signatory"))),
        contact=dict(_items(data.get("contact"))),
        keep_together=tuple(str(words) for words in _list(data.get("keep_together"))),
        groups=tuple(_group(dict(_items(group))) for group in _list(data.get("overview"))),
        schema=schema,
        outcome=read(schema),
        phrases=phrases,
        signed_by=chosen,
        signatories=signatories,
    )


def _phrase(key: str, value: object) -> Phrase:
    data = dict(_items(value))
    year = data.get("true_in")
    number = Number(str(data["number"]))
    text = str(data["text"]).strip("\r\n")  # of a text that YAML keeps in lines (`|`, `>`)
    return Phrase(key, text, number, str(data["use"]), year if isinstance(year, int) else None)


def _group(data: dict[str, object]) -> Group:
    when = data["when"]
    return Group(
        str(data["group"]), str(data["title"]), when if isinstance(when, dict) else {"not": {}} if not when else {}
    )


def _items(value: object) -> Iterable[tuple[str, object]]:
    return value.items() if isinstance(value, dict) else ()


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
