"""The YAML of `templates/` to letter types, or every problem in it at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from letters.letter import ENGLISH
from letters.letter.names import MAIL, mail_of_another
from letters.machine.files import is_plain_name
from letters.problems import Code, InvalidInput, Place, Problem, did_you_mean, quoted
from letters.workspace.copies import copied_from, repeated_types
from letters.workspace.described import Described, schema_problems
from letters.workspace.fields import Field
from letters.workspace.keywords import unknown_keywords
from letters.workspace.languages import language_problems, languages_of
from letters.workspace.model import Expected, Group, LetterType, Number, Phrase, Signatory, in_language, own_key
from letters.workspace.outcome import packaged_field, read
from letters.workspace.raw import KeyPath, Raw, load_yaml
from letters.workspace.recipient import Recipient, recipient_of
from letters.workspace.same_signatures import same_signatures
from letters.workspace.schema import Checker, NoSchema, Schema, packaged
from letters.workspace.schema_bounds import too_much
from letters.workspace.shapes import Shape
from letters.workspace.signatories import PICTURES, load_signatories, picture_paths, signatory_names, unknown_signatory
from letters.workspace.source import LETTERHEADS, RESERVED, Source, letter_type_names
from letters.workspace.texts import Printed, mail_problem, printed_problems, text_problems
from letters.workspace.typed import KindOf, TextKind, typed_problems
from letters.workspace.unread import unknown_names

#: What is said of a workspace without letters.
NO_TYPE = "there is no letter type here"


def load_letter_types(
    source: Source, recipient: Recipient | None = None
) -> tuple[dict[str, LetterType], list[Problem]]:
    """Every letter type of a workspace that is sound, by name, and the problems of the others.

    `recipient`: who its letters go to, if that has been read.
    """
    recipient = recipient or recipient_of(source)
    types: dict[str, LetterType] = {}
    signatories, problems = load_signatories(source)
    for name in letter_type_names(source):
        try:
            types[name], warnings = _letter_type(source, name, recipient, signatories)
            problems += warnings
        except InvalidInput as broken:
            problems += broken.problems
    problems += [*repeated_types(source, types), *same_signatures(source, types, signatories)]
    if not types and not any(problem.stops for problem in problems):
        hint = "`letters new --type NAME` makes one"
        problems.append(Problem(Code.MISSING_FILE, NO_TYPE, Place("templates"), hint))
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


def _letter_type(
    source: Source, name: str, recipient: Recipient, signatories: Mapping[str, Signatory]
) -> tuple[LetterType, list[Problem]]:
    """A letter type, and what is to be asked about it. Raises InvalidInput where it cannot be used."""
    folder = f"templates/{name}"
    if name.casefold() in RESERVED:
        hint = f"rename the folder, such as {name}-letter, here and in the files in forces/"
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
    problems += printed_problems(raw, (), raw.data, Printed(_is_setting, nouns=recipient.word.nouns)) if raw else []
    data = dict(_items(raw.data)) if raw else {}
    wordings: dict[str, dict[str, Phrase]] = {}
    for language in languages_of(data):
        wordings[language], more = _wording(
            source, in_language(f"{folder}/wording.yaml", language), language, recipient.word.nouns
        )
        problems += more
    schema = dict(_items(schema_raw.data)) if schema_raw else {}
    if schema_raw and isinstance(schema_raw.data, dict):
        problems += schema_problems(schema_raw, schema, Described("an outcome", "every outcome", recipient.own_keys))
    if raw and isinstance(raw.data, dict):
        group_problems = [*_group_problems(raw)]
        if not group_problems and not any(problem.stops for problem in problems):
            group_problems += _unknown_in_groups(raw, read(schema, own_key("title", ENGLISH)))
        problems += [*group_problems, *_letterhead_problems(source, raw), *_mail_problems(raw)]
        problems += language_problems(source, raw, folder)
        problems += _signatory_problems(source, raw, signatories)
    if raw is None or any(problem.stops for problem in problems):
        raise InvalidInput(*problems)
    made = _made(source, name, data, schema, wordings, signatories)
    return made, problems


def _wording(
    source: Source, path: str, language: str, nouns: tuple[str, str]
) -> tuple[dict[str, Phrase], list[Problem]]:
    """The phrases of a letter type in a language, by id; none where they have problems, or there is no such file.

    `nouns`: what those who get the letters are called.
    """
    if path not in source:
        return {}, []
    raw, problems = _read(source, path, packaged("wording" if language == ENGLISH else "wording_cy"))
    problems += printed_problems(raw, (), raw.data, Printed(_is_remark, nouns=nouns)) if raw else []
    if raw is None or any(problem.stops for problem in problems):
        return {}, problems
    return {key: _phrase(key, value) for key, value in _items(raw.data)}, problems


def _copied(source: Source, name: str) -> str:
    """The letter type that a folder is called a copy of; empty where it is none."""
    if not (original := copied_from(name)):
        return ""
    names = [other for other in letter_type_names(source) if other != name]
    is_there = next((other for other in names if other.startswith(original)), "")
    return is_there or (original if name.casefold().startswith(("copy", "kopie", "copie")) else "")


def _is_setting(path: KeyPath) -> bool:
    """Whether a text of `letter.yaml` is for the tool, and none of the letter's words."""
    return path == ("signatory",) or path[0] not in _WORDS


#: What of `letter.yaml` letters say.
_WORDS = frozenset({"title", "title_cy", "salutation", "salutation_cy", "signatory", "contact"})


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
            case "wording.yaml" | "wording.cy.yaml":
                return TextKind.REMARK if _is_remark(path) else TextKind.WORDS
            case _:
                return (
                    TextKind.WORDS
                    if path[-1] in ("title", "title_cy") and path[0] in ("properties", "$defs", "definitions")
                    else TextKind.REMARK
                )

    return kind_of


def _group_problems(raw: Raw) -> Iterator[Problem]:
    for number, group in enumerate(_list(dict(_items(raw.data)).get("overview"))):
        when = dict(_items(group)).get("when")
        if found := too_much(when):
            where = raw.place(("overview", number, "when", *found.path))
            yield Problem(found.code, found.message, where, found.hint)
            continue
        condition = when if isinstance(when, dict) else {}
        for one in unknown_keywords(condition):
            yield Problem(one.code, one.message, raw.place(("overview", number, "when", *one.way), key=True), one.hint)
        try:
            Checker(condition)
        except NoSchema as error:
            yield Problem(
                Code.BROKEN_OVERVIEW, str(error), raw.place(("overview", number, "when", *error.path)), error.hint
            )


def _unknown_in_groups(raw: Raw, outcome: Field) -> Iterator[Problem]:
    """Fields and answers that a group asks for and outcome.yaml does not have: nothing would ever be in it."""
    for number, group in enumerate(_list(dict(_items(raw.data)).get("overview"))):
        when = dict(_items(group)).get("when")
        for one in unknown_names(when, outcome) if isinstance(when, dict) else ():
            where = raw.place(("overview", number, "when", *one.way), key=not one.is_value)
            yield Problem(one.code, one.message, where, one.hint)


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
    source: Source,
    name: str,
    data: dict[str, object],
    schema: Schema,
    wordings: Mapping[str, dict[str, Phrase]],
    signatories: Mapping[str, Signatory],
) -> LetterType:
    """The letter type in the first of its languages, with the others."""
    english = wordings.get(ENGLISH, {})
    first, *others = (
        _signed(_edition(source, name, data, schema, _completed(phrases, english), language), source, data, signatories)
        for language, phrases in wordings.items()
    )
    return replace(first, others=tuple(others), together=bool(data.get("together")))


def _signed(
    made: LetterType, source: Source, data: Mapping[str, object], signatories: Mapping[str, Signatory]
) -> LetterType:
    """A letter type with who may sign its letters, and who does where no letter says otherwise."""
    chosen = signatories.get(str(data.get("signatory")))
    facts = chosen.facts if chosen else dict(_items(data.get("signatory")))
    files = signatory_names(source)
    return replace(made, signatory=facts, signed_by=chosen, signatories=signatories, signatory_files=files)


def _completed(phrases: dict[str, Phrase], english: Mapping[str, Phrase]) -> dict[str, Phrase]:
    """Phrases, of which those in another language take over when they are used, and in which year they are right."""
    known = {key: english.get(key, phrase) for key, phrase in phrases.items()}
    return {
        key: replace(phrase, use=phrase.use or known[key].use, true_in=phrase.true_in or known[key].true_in)
        for key, phrase in phrases.items()
    }


def _edition(
    source: Source, name: str, data: dict[str, object], schema: Schema, phrases: dict[str, Phrase], language: str
) -> LetterType:
    day = data.get("date")
    salutation = own_key("salutation", language)
    words = in_language(f"templates/{LETTERHEADS}/{data['letterhead']}/letterhead.md", language)
    return LetterType(
        name=name,
        title=str(data[own_key("title", language)]),
        letterhead=str(data["letterhead"]),
        expected=Expected(str(data["expected"])),
        date=date.fromisoformat(str(day)) if day else None,
        salutation=str(data[salutation]) if salutation in data else None,
        signatory={},
        contact=dict(_items(data.get("contact"))),
        keep_together=tuple(str(words) for words in _list(data.get("keep_together"))),
        groups=tuple(_group(dict(_items(group))) for group in _list(data.get("overview"))),
        schema=schema,
        outcome=read(schema, own_key("title", language)),
        phrases=phrases,
        language=language,
        has_letterhead=words in source,
    )


def _phrase(key: str, value: object) -> Phrase:
    data = dict(_items(value))
    year = data.get("true_in")
    number = Number(str(data["number"]))
    text = str(data["text"]).strip("\r\n")  # of a text that YAML keeps in lines (`|`, `>`)
    english = str(data.get("english", "")).strip("\r\n")
    return Phrase(key, text, number, str(data.get("use", "")), year if isinstance(year, int) else None, english)


def _group(data: dict[str, object]) -> Group:
    when = data["when"]
    return Group(
        str(data["group"]), str(data["title"]), when if isinstance(when, dict) else {"not": {}} if not when else {}
    )


def _items(value: object) -> Iterable[tuple[str, object]]:
    return value.items() if isinstance(value, dict) else ()


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
